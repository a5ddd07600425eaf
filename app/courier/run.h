// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"

#include <QPromise>

namespace Earshot {

/// One piece of the courier's work that ends exactly once with a report, whatever happens: also when its owner dies
/// (cancelled). Lives on the network thread and deletes itself after it has ended.
class Run : public QObject
{
    Q_OBJECT

public:
    explicit Run(QObject *parent)
        : QObject(parent)
    {
        m_promise.start();
    }
    ~Run() override
    {
        if (!m_hasEnded)
            settle(Error{ErrorKind::cancelled, {}, {}});
    }

    virtual void start() = 0;
    [[nodiscard]] QFuture<ChannelReport> future() { return m_promise.future(); }

Q_SIGNALS:
    /// Just before the future ends.
    void ended(const Earshot::ChannelReport &report);

protected:
    ChannelReport m_report;

    void end()
    {
        if (m_hasEnded)
            return;
        Q_EMIT ended(m_report);
        settle(std::nullopt);
        deleteLater();
    }
    void endWith(const Error &error)
    {
        if (m_hasEnded)
            return;
        m_report.error = error;
        end();
    }
    [[nodiscard]] bool hasEnded() const { return m_hasEnded; }

private:
    void settle(const std::optional<Error> &error)
    {
        m_hasEnded = true;
        if (error)
            m_report.error = error;
        m_promise.addResult(m_report);
        m_promise.finish();
    }

    QPromise<ChannelReport> m_promise;
    bool m_hasEnded = false;
};

} // namespace Earshot
