// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/logflushes.h"

#include <QByteArray>
#include <QFileInfo>

#include <atomic>
#include <mutex>

#include <sqlite3.h>

namespace Earshot {

namespace {

/// SQLite calls plain functions, and a connection may outlive who counts.
struct Counted
{
    sqlite3_vfs files{};
    sqlite3_vfs *usual = nullptr;
    std::once_flag once;
    sqlite3_io_methods methods{};
    int (*usualFlush)(sqlite3_file *, int) = nullptr;
    QByteArray log;
    std::atomic<int> flushes = 0;
};
Counted counted;

int flush(sqlite3_file *file, int flags)
{
    ++counted.flushes;
    return counted.usualFlush(file, flags);
}

int openFile(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    const int code = counted.usual->xOpen(counted.usual, name, file, flags, outFlags);
    if (code != SQLITE_OK || (flags & SQLITE_OPEN_WAL) == 0 || counted.log != name)
        return code;
    std::call_once(counted.once, [file] {
        counted.methods = *file->pMethods;
        counted.usualFlush = file->pMethods->xSync;
        counted.methods.xSync = flush;
    });
    file->pMethods = &counted.methods;
    return code;
}

} // namespace

LogFlushes::LogFlushes(const QString &database)
{
    counted.usual = sqlite3_vfs_find(nullptr);
    counted.files = *counted.usual;
    counted.files.zName = "counted";
    counted.files.xOpen = openFile;
    counted.log = QFileInfo(database).canonicalFilePath().toUtf8() + "-wal";
    counted.flushes = 0;
    if (counted.log == "-wal" || sqlite3_vfs_register(&counted.files, 1) != SQLITE_OK)
        qFatal("nothing can be counted");
}

LogFlushes::~LogFlushes()
{
    sqlite3_vfs_unregister(&counted.files);
}

int LogFlushes::count() const
{
    return counted.flushes;
}

} // namespace Earshot
