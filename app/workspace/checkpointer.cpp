// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/checkpointer.h"

#include <sqlite3.h>

namespace Earshot {

namespace {

constexpr int pageSize = 4096;
constexpr int enough = 4000; // 16 MB
// Beside a writer that never rests a passive checkpoint does not reach the log's end, so the log only grows.
constexpr int tooMuch = 16 * enough;
// Then it asks the writer to stand still, but never for long: somebody may be reading the whole history.
constexpr int patienceMs = 20;

} // namespace

Checkpointer::Checkpointer(QString path)
    : m_path(std::move(path))
{
    setObjectName(QStringLiteral("checkpoints"));
}

Checkpointer::~Checkpointer()
{
    {
        const QMutexLocker lock(&m_mutex);
        m_isEnding = true;
        m_hasWork.wakeAll();
    }
    QThread::wait();
}

void Checkpointer::logHas(int pages)
{
    m_logBytes = qint64(pages) * pageSize;
    if (pages < enough)
        return;
    const QMutexLocker lock(&m_mutex);
    m_pages = pages;
    m_hasWork.wakeOne();
}

int Checkpointer::awaitWork()
{
    const QMutexLocker lock(&m_mutex);
    while (m_pages == 0 && !m_isEnding)
        m_hasWork.wait(&m_mutex);
    return m_isEnding ? 0 : std::exchange(m_pages, 0);
}

void Checkpointer::run()
{
    const Result<std::unique_ptr<Database>> database = Database::open(m_path, Database::Mode::readWrite);
    if (!database)
        return; // the log is taken in when the file is closed
    sqlite3_busy_timeout((*database)->handle(), patienceMs);
    // A connection that has read nothing yet does not know that there is a log, and checkpoints nothing.
    static_cast<void>((*database)->pragma(QStringLiteral("user_version")));
    while (const int pages = awaitWork()) {
        // A failure (a full disk, somebody who reads for long) leaves the log as it is; the next commit asks again.
        sqlite3_wal_checkpoint_v2((*database)->handle(), nullptr,
                                  pages < tooMuch ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_RESTART, nullptr,
                                  nullptr);
    }
}

} // namespace Earshot
