// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

#include <QMutex>
#include <QThread>
#include <QWaitCondition>

#include <atomic>

namespace Earshot {

/// Moves what the write-ahead log holds into the file, on a thread and a connection of its own, so that no action waits
/// for it. Started by whoever made it; ends with its destructor, which waits for a checkpoint under way.
class Checkpointer final : public QThread
{
public:
    explicit Checkpointer(QString path);
    ~Checkpointer() override;

    /// Told after each commit how long the log is now; from any thread, never blocks for long. @param pages of 4 KiB
    void logHas(int pages);
    /// What the log holds that the file does not, as the newest commit found it; from any thread.
    [[nodiscard]] qint64 logBytes() const { return m_logBytes.load(); }

private:
    void run() override;
    /// How long the log has become since the last checkpoint; 0 = the end has come.
    [[nodiscard]] int awaitWork();

    QString m_path;
    QMutex m_mutex;
    QWaitCondition m_hasWork;
    int m_pages = 0;
    std::atomic<qint64> m_logBytes{0};
    bool m_isEnding = false;
};

} // namespace Earshot
