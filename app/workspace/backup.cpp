// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/backup.h"

#include "workspace/changerecorder.h"
#include "workspace/databasefiles.h"
#include "workspace/erasemark.h"
#include "workspace/readerpool.h"
#include "workspace/schema.h"
#include "workspace/searchindex.h"
#include "workspace/upkeep.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QSet>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <optional>

namespace Earshot {

namespace {

constexpr int pagesAStep = 2000;

Done ioFailure(const QString &what)
{
    return fail(ErrorKind::io, what);
}

/// On the disk, not only handed to the system. Works for folders too.
Done makeDurable(const QString &path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return ioFailure(QStringLiteral("cannot open %1").arg(path));
    const bool isDone = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return isDone ? Done() : ioFailure(QStringLiteral("cannot write %1 to disk").arg(path));
}

ErrorKind kindOf(int code)
{
    if (code == SQLITE_FULL)
        return ErrorKind::diskFull;
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? ErrorKind::damaged : ErrorKind::io;
}

bool isEnded(const std::function<bool()> &isCancelled)
{
    return isCancelled && isCancelled();
}

Done copyPages(Database &source, Database &target, const std::function<void(double)> &progress,
               const std::function<bool()> &isCancelled)
{
    sqlite3_backup *backup = sqlite3_backup_init(target.handle(), "main", source.handle(), "main");
    if (!backup)
        return fail(ErrorKind::io, QString::fromUtf8(sqlite3_errmsg(target.handle())));
    int code = SQLITE_OK;
    while (code == SQLITE_OK && !isEnded(isCancelled)) {
        code = sqlite3_backup_step(backup, pagesAStep);
        if (const int total = sqlite3_backup_pagecount(backup); progress && total > 0)
            progress(double(total - sqlite3_backup_remaining(backup)) / total);
    }
    sqlite3_backup_finish(backup);
    if (code == SQLITE_OK)
        return fail(ErrorKind::cancelled);
    return code == SQLITE_DONE ? Done() : fail(kindOf(code), QString::fromUtf8(sqlite3_errstr(code)));
}

Done copyFile(const QString &from, const QString &to)
{
    QFile file(from);
    if (!file.copy(to))
        return ioFailure(QStringLiteral("cannot copy %1: %2").arg(from, file.errorString()));
    return makeDurable(to);
}

/// @param only the names of those that are copied; nothing: all
Done copyMedia(const QString &from, const QString &to, const std::optional<QSet<QString>> &only,
               const std::function<bool()> &isCancelled)
{
    if (!QDir().mkpath(to))
        return ioFailure(QStringLiteral("cannot make %1").arg(to));
    QDirIterator files(from, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        if (isEnded(isCancelled))
            return fail(ErrorKind::cancelled);
        const QString file = files.next();
        if (only && !only->contains(files.fileName()))
            continue;
        const QString copy = to + u'/' + QDir(from).relativeFilePath(file);
        if (!QDir().mkpath(QFileInfo(copy).path()))
            return ioFailure(QStringLiteral("cannot make %1").arg(QFileInfo(copy).path()));
        if (Done done = copyFile(file, copy); !done)
            return done;
    }
    return makeDurable(to);
}

Done renameDurably(const QString &from, const QString &to)
{
    if (!QDir().rename(from, to))
        return ioFailure(QStringLiteral("cannot rename %1 to %2").arg(from, to));
    return makeDurable(QFileInfo(to).absolutePath());
}

/// A copy of a replica follows nobody: it is for reading what was there then. What waited for the server stays with the
/// replica, which sends it; what was shown of it ahead of the server is taken back. What is one person's alone is not
/// for whoever reads the copy: drafts, their own views and settings. The replica and the server keep it. What had been
/// seen then is part of how it looked, as nobody who reads it can mark anything.
Done freeze(Database &copy)
{
    copy.execute(QStringLiteral("PRAGMA secure_delete = ON"));
    copy.execute(QStringLiteral("BEGIN IMMEDIATE"));
    for (const char *name : {"unindex_forecasts", "mark_forecasts_unindexed"})
        copy.statement(name).run();
    QList<QByteArray> changes;
    {
        Statement rows = copy.statement("list_outbox_forecasts");
        while (rows.next())
            changes.append(rows.bytes(0));
    }
    if (!changes.isEmpty())
        revertChanges(copy, changes);
    for (const char *name : {"delete_all_outbox", "delete_all_drafts", "delete_all_draft_states",
                             "delete_all_seen_untold", "delete_all_own_views_untold", "delete_all_own_views",
                             "delete_all_own_views_gone", "delete_all_own_settings"})
        copy.statement(name).run();
    copy.statement("upsert_meta")
        .bind("name", QStringLiteral("replica_frozen"))
        .bind("value", QStringLiteral("1"))
        .run();
    // The words that are as they were again.
    static_cast<void>(indexWaiting(copy));
    copy.execute(QStringLiteral("COMMIT"));
    copy.execute(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)"));
    return copy.done();
}

bool isReplica(Database &database)
{
    Statement origin = database.statement("select_meta");
    origin.bind("name", QStringLiteral("courier_off"));
    return origin.next() && origin.text(0) == QLatin1StringView("replica");
}

/// What messages show; what somebody has begun to send is not among it.
Result<QSet<QString>> shownMedia(Database &database)
{
    QSet<QString> hashes;
    Statement rows = database.statement("list_media_hashes");
    while (rows.next())
        hashes.insert(rows.text(0));
    if (Done done = database.done(); !done)
        return tl::unexpected(done.error());
    return hashes;
}

/// One of an older form is brought to this program's first. Any other copy of an older form is a safety copy before
/// that is done to its original: it stays as it is.
/// @param media set to those of a frozen one
Done freezeIfReplica(const QString &path, std::optional<QSet<QString>> &media, const std::function<bool()> &isCancelled)
{
    {
        const auto copy = Database::open(path, Database::Mode::readWrite);
        if (!copy)
            return tl::unexpected(copy.error());
        const Result<int> version = schemaVersion(**copy);
        if (!version)
            return tl::unexpected(version.error());
        // The first form has no place where it would say so.
        if (*version == 1 || !isReplica(**copy))
            return (*copy)->done();
        (*copy)->execute(QStringLiteral("PRAGMA synchronous = OFF"));
        if (Done done = migrate(**copy); !done)
            return done;
        // Nobody is going to write it: what waits would wait for ever.
        if (Done done = indexAll(**copy, isCancelled); !done)
            return done;
        if (Done done = freeze(**copy); !done)
            return done;
        Result<QSet<QString>> shown = shownMedia(**copy);
        if (!shown)
            return tl::unexpected(shown.error());
        media = *std::move(shown);
    }
    return makeDurable(path);
}

} // namespace

Done copyDatabase(const QString &path, const QString &target, const std::function<void(double)> &progress,
                  const std::function<bool()> &isCancelled)
{
    QFile::remove(target);
    {
        Result<std::unique_ptr<Database>> source = openReader(path);
        if (!source)
            return tl::unexpected(source.error());
        Result<std::unique_ptr<Database>> copy = Database::open(target, Database::Mode::create);
        if (!copy)
            return tl::unexpected(copy.error());
        // A snapshot held from here on: otherwise each commit of the owner starts the copy again.
        (*source)->execute(QStringLiteral("BEGIN"));
        static_cast<void>((*source)->pragma(QStringLiteral("user_version")));
        (*copy)->execute(QStringLiteral("PRAGMA synchronous = OFF"));
        if (Done done = (*source)->done(); !done)
            return done;
        if (Done done = (*copy)->done(); !done)
            return done;
        if (Done done = copyPages(**source, **copy, progress, isCancelled); !done)
            return done;
    }
    QFile::setPermissions(target, QFile::ReadOwner | QFile::WriteOwner);
    return makeDurable(target);
}

Done backupWorkspace(const QString &path, const QString &target, const std::function<void(double)> &progress,
                     const std::function<bool()> &isCancelled)
{
    const QString media = path + QStringLiteral(".media");
    const QString targetMedia = target + QStringLiteral(".media");
    if (!QFileInfo::exists(path))
        return fail(ErrorKind::notFound, path);
    if (Done may = mayBeRead(path); !may)
        return may;
    if (Done may = mayBeRead(target); !may)
        return may;
    if (QFileInfo::exists(target) || QFileInfo::exists(targetMedia))
        return fail(ErrorKind::invalid, QStringLiteral("%1 exists already").arg(target));
    const QString part = target + QStringLiteral(".part");
    const QString mediaPart = targetMedia + QStringLiteral(".part");
    QDir(mediaPart).removeRecursively();
    Done done = copyDatabase(path, part, progress, isCancelled);
    std::optional<QSet<QString>> shown;
    if (done)
        done = freezeIfReplica(part, shown, isCancelled);
    const bool hasMedia = QFileInfo::exists(media);
    if (done && hasMedia)
        done = copyMedia(media, mediaPart, shown, isCancelled);
    if (done && hasMedia)
        done = renameDurably(mediaPart, targetMedia);
    // The file itself comes last: where it is, its backup is complete.
    if (done)
        done = renameDurably(part, target);
    if (!done) {
        removeDatabase(part);
        QDir(mediaPart).removeRecursively();
    }
    return done;
}

} // namespace Earshot
