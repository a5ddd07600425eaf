// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/readerpool.h"

#include "workspace/filesystem.h"

#include <QFileInfo>

#include <sqlite3.h>

#include <utility>

namespace Earshot {

namespace {

/// A medium or a folder that cannot be written to has no place for the shared memory.
bool isKeptFromReading(Database &database, const QString &path)
{
    if (mayMakeFilesIn(QFileInfo(path).absolutePath()))
        return false;
    const int code = sqlite3_exec(database.handle(), "PRAGMA schema_version", nullptr, nullptr, nullptr);
    return (code & 0xff) == SQLITE_READONLY || (code & 0xff) == SQLITE_CANTOPEN;
}

} // namespace

Result<std::unique_ptr<Database>> openReader(const QString &path)
{
    // Read-write, as a WAL file needs it for its shared memory; query_only keeps it a reader.
    Result<std::unique_ptr<Database>> database = Database::open(path, Database::Mode::readWrite);
    if (!database)
        database = Database::open(path, Database::Mode::readOnly);
    if (database && isKeptFromReading(**database, path))
        database = Database::open(path, Database::Mode::still);
    if (!database)
        return database;
    // What lies in its log stays there: it is for whoever writes to put it into the file.
    if (QFileInfo(path + QStringLiteral("-wal")).size() > 0)
        sqlite3_db_config((*database)->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    (*database)->execute(QStringLiteral("PRAGMA query_only = ON"));
    (*database)->execute(QStringLiteral("PRAGMA cache_size = -4000"));
    (*database)->execute(QStringLiteral("PRAGMA temp_store = MEMORY"));
    if (auto error = (*database)->takeFailure())
        return tl::unexpected(*error);
    return database;
}

ReaderPool::ReaderPool(QString path)
    : m_path(std::move(path))
{
    m_threads.setMaxThreadCount(3);
    m_threads.setExpiryTimeout(-1);
}

ReaderPool::~ReaderPool()
{
    m_threads.waitForDone();
}

Result<std::unique_ptr<Database>> ReaderPool::borrow()
{
    {
        const QMutexLocker lock(&m_mutex);
        if (!m_idle.empty()) {
            std::unique_ptr<Database> database = std::move(m_idle.back());
            m_idle.pop_back();
            return database;
        }
    }
    return openReader(m_path);
}

void ReaderPool::giveBack(std::unique_ptr<Database> database)
{
    database->setCancel({});
    static_cast<void>(database->takeFailure());
    // One whose transaction could not be ended would show everybody after it an old state.
    if (sqlite3_get_autocommit(database->handle()) == 0)
        return;
    const QMutexLocker lock(&m_mutex);
    m_idle.push_back(std::move(database));
}

void ReaderPool::start(std::function<void(Result<Database *>)> work)
{
    m_threads.start([this, work = std::move(work)] { runHere(work); });
}

void ReaderPool::runHere(const std::function<void(Result<Database *>)> &work)
{
    Result<std::unique_ptr<Database>> database = borrow();
    if (!database) {
        work(tl::unexpected(database.error()));
        return;
    }
    // One snapshot for the whole piece of work: what it reads together belongs together.
    (*database)->execute(QStringLiteral("BEGIN"));
    work(database->get());
    (*database)->execute(QStringLiteral("ROLLBACK"));
    giveBack(std::move(*database));
}

} // namespace Earshot
