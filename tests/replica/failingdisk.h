// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/workspace.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QThread>
#include <QTimer>

#include <atomic>

namespace Earshot {

/// While it lives the k-th access to a workspace by those that write into it fails, 0 = the next.
class FailingDisk
{
public:
    FailingDisk(Workspace &workspace, int k)
        : m_writer(writerOf(workspace))
        , m_left(k)
    {
        Database::setFault([this]() -> std::optional<Error> {
            if (QThread::currentThread() != m_writer || m_left-- != 0)
                return {};
            m_wasMet = true;
            return Error{ErrorKind::io, QStringLiteral("no disk"), {}};
        });
    }
    ~FailingDisk() { Database::setFault({}); }
    Q_DISABLE_COPY_MOVE(FailingDisk)
    [[nodiscard]] bool wasMet() const { return m_wasMet; }

private:
    /// Not that of the server in the same process.
    [[nodiscard]] static QThread *writerOf(Workspace &workspace)
    {
        return workspace
            .write<QThread *>(Urgency::interactive,
                              [](Writing &) -> Result<QThread *> { return QThread::currentThread(); })
            .result()
            .value();
    }

    QThread *const m_writer;
    std::atomic<int> m_left;
    std::atomic<bool> m_wasMet = false;
};

/// As QTRY_VERIFY, which looks every 50 ms: too seldom for hundreds of rounds.
template <class Condition>
[[nodiscard]] bool comesTrue(Condition condition)
{
    const QDeadlineTimer end(std::chrono::seconds(30));
    QTimer tick;
    tick.start(std::chrono::milliseconds(2));
    while (!condition()) {
        if (end.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    }
    return true;
}

} // namespace Earshot
