// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/emptying.h"

#include "replica/forecasts.h"
#include "replica/keptdrafts.h"
#include "replica/replicameta.h"
#include "replica/slicefiles.h"
#include "workspace/addressindex.h"
#include "workspace/changes.h"
#include "workspace/mediafolder.h"
#include "workspace/temporaryfiles.h"

#include <QDir>
#include <QFile>
#include <QSet>

#include <sqlite3.h>

namespace Earshot {

namespace {

// What is to be swept, in this order.
const QString filesWord = QStringLiteral("files");
const QString indexWord = QStringLiteral("index"); ///< the words' parts are to be put together anew
const QString partsWord = QStringLiteral("parts"); ///< that has begun
const QString namesWord = QStringLiteral("names"); ///< the same of names and handles
const QString namePartsWord = QStringLiteral("nameParts");
const QString pagesWord = QStringLiteral("pages"); ///< what the file's pages held before
const QString logWord = QStringLiteral("log");

constexpr int pagesAPiece = 400;
/// So much is written anew in a moment (about nine seconds for a gigabyte were measured).
constexpr qint64 writtenInAMoment = 32 * 1024 * 1024;

/// All of it or nothing.
Done inTransaction(Database &database, const std::function<void()> &work)
{
    database.execute(QStringLiteral("BEGIN IMMEDIATE"));
    work();
    database.execute(QStringLiteral("COMMIT"));
    const Done done = database.done();
    if (!done) {
        database.execute(QStringLiteral("ROLLBACK"));
        static_cast<void>(database.takeFailure());
    }
    return done;
}

void noteAllChanged(Writing &writing, bool hasWithdrawn)
{
    writing.notice().hasWithdrawn = hasWithdrawn;
    writing.notice().hasChannels = true;
    writing.notice().hasDeliveries = true;
    writing.notice().hasViews = true;
}

/// Pictures came from the server too; what a draft or a reply that waits is to send along did not, nor did what was
/// attached just now: its draft is still to be written.
bool removeMedia(const QString &folder, Database &database)
{
    QString kept;
    for (const char *list : {"list_draft_media", "list_outbox_media"}) {
        Statement texts = database.statement(list);
        while (texts.next())
            kept += texts.text(0);
    }
    QSet<QString> shown;
    {
        Statement hashes = database.statement("list_media_hashes");
        while (hashes.next())
            shown.insert(hashes.text(0));
    }
    if (database.failure())
        return false;
    bool isRemoved = true;
    const QStringList files = QDir(folder).entryList(QDir::Files);
    for (const QString &name : files) {
        const QString file = folder + QLatin1Char('/') + name;
        if (!shown.contains(name) && !kept.contains(name) && !isKeptJustNow(file))
            isRemoved = QFile::remove(file) && isRemoved;
    }
    return isRemoved;
}

/// Deleted words stay in an index until its parts are put together: it is begun with the first piece.
/// @param merging merges some pages of that index
/// @return whether there is more to do
bool putPartsTogether(Database &database, const char *merging, bool isFirst)
{
    const int before = sqlite3_total_changes(database.handle());
    Statement merge = database.statement(merging);
    merge.bind("pages", isFirst ? -pagesAPiece : pagesAPiece).run();
    // As FTS5 has it: the command itself counts as one.
    return isFirst || sqlite3_total_changes(database.handle()) - before >= 2;
}

/// A row that is deleted is overwritten where it lay (secure_delete), but not where it lay before the rows beside it
/// moved; nor what was freed by a program that did not overwrite.
Done writePagesAnew(Database &database, const std::function<bool()> &isWanted)
{
    const TemporaryFiles files(database);
    if (Done may = files.haveRoomForAll(); !may)
        return may;
    // Until everything is in the other file; then it is copied back without being asked any more.
    database.setCancel(isWanted);
    database.execute(QStringLiteral("VACUUM"));
    database.setCancel({});
    const auto failure = database.takeFailure();
    return failure ? Done(tl::unexpected(files.explained(*failure))) : Done();
}

/// Into the file, whole, and nothing of it stays in the log.
Done emptyLog(Database &database)
{
    // It would wait for a search or an export that reads, and the writer with it.
    database.execute(QStringLiteral("PRAGMA busy_timeout = 200"));
    const bool isBusy = database.pragma(QStringLiteral("wal_checkpoint(TRUNCATE)")) != 0;
    const Done done = database.done();
    database.execute(QStringLiteral("PRAGMA busy_timeout = 10000"));
    static_cast<void>(database.takeFailure());
    if (!done)
        return done;
    return isBusy ? Done(fail(ErrorKind::locked, QStringLiteral("something reads: the log cannot be emptied")))
                  : Done();
}

} // namespace

Done emptyReplica(Writing &writing)
{
    Database &database = writing.database();
    const Done done = inTransaction(database, [&database] {
        // Not word by word: the indexes go as a whole.
        for (const char *name : {"clear_index", "mark_unindexed", "clear_identity_index", "mark_unindexed_identities"})
            database.statement(name).run();
        dropAddressIndex(database);
        for (const QByteArray &table : synchronisedTables()) {
            const QByteArray name = "empty_" + table;
            database.statement(name.constData()).run();
        }
        // What was done here is kept, and shown again as what it concerns comes.
        for (const char *name :
             {"clear_outbox_forecasts", "delete_outbox_withdrawn", "clear_delivery_wish", "clear_commit_log"})
            database.statement(name).run();
        for (const char *name : {ReplicaMeta::state, ReplicaMeta::slices, ReplicaMeta::asOf, ReplicaMeta::joining,
                                 ReplicaMeta::torn, ReplicaMeta::toFetch, ReplicaMeta::keptDrafts})
            ReplicaMeta::write(database, name, QString());
        // Nothing is found until something comes.
        ReplicaMeta::write(database, ReplicaMeta::reach, QString::fromLatin1(ReplicaMeta::reachesNowhere));
        ReplicaMeta::write(database, ReplicaMeta::toSweep,
                           QStringList{filesWord, logWord, pagesWord, logWord}.join(QLatin1Char(' ')));
    });
    if (done) {
        writing.reach(0);
        noteAllChanged(writing, true);
    }
    return done;
}

Done withdrawChannels(Writing &writing, const QList<qint64> &channels, const QString &state, const QString &toFetch)
{
    Database &database = writing.database();
    const Done done = inTransaction(database, [&] {
        withdrawForecasts(writing);
        if (!channels.isEmpty())
            ReplicaMeta::write(database, ReplicaMeta::keptDrafts, QString());
        for (const qint64 channel : channels) {
            keepDraftsOfWithdrawn(writing, channel);
            for (const char *name :
                 {"delete_draft_states_withdrawn", "update_draft_states_withdrawn", "delete_drafts_withdrawn"})
                database.statement(name).bind("channel", channel).run();
            for (const QByteArray &table : synchronisedTables()) {
                const QByteArray name = "withdraw_" + table;
                Statement withdraw = database.statement(name.constData());
                withdraw.bind("channel", channel).run();
            }
        }
        ReplicaMeta::write(database, ReplicaMeta::state, state);
        ReplicaMeta::write(database, ReplicaMeta::toFetch, toFetch);
        ReplicaMeta::write(database, ReplicaMeta::reach,
                           toFetch.isEmpty() ? QString() : QString::fromLatin1(ReplicaMeta::reachesNowhere));
        if (!channels.isEmpty()) {
            // What was heard of their drafts meanwhile is to come again, with them.
            ReplicaMeta::write(database, ReplicaMeta::drafts, QString());
            // They are gone with the rows; given back, the channel has slices of the same names.
            ReplicaMeta::write(database, ReplicaMeta::slices, QString());
            ReplicaMeta::write(
                database, ReplicaMeta::toSweep,
                QStringList{filesWord, indexWord, namesWord, logWord, pagesWord, logWord}.join(QLatin1Char(' ')));
        }
        // Until the server is asked again a while may pass, or the line may break.
        if (!database.failure())
            decideAgain(writing);
    });
    if (done)
        noteAllChanged(writing, !channels.isEmpty());
    return done;
}

bool isNextSweepLong(Database &database)
{
    return ReplicaMeta::read(database, ReplicaMeta::toSweep).startsWith(pagesWord);
}

bool isNextSweepNoticed(Database &database)
{
    const qint64 pages =
        database.pragma(QStringLiteral("page_count")) - database.pragma(QStringLiteral("freelist_count"));
    return isNextSweepLong(database) && pages * database.pragma(QStringLiteral("page_size")) > writtenInAMoment;
}

Result<bool> sweepReplica(Writing &writing, const QString &path, const QString &mediaFolder,
                          const std::function<bool()> &isWanted)
{
    Database &database = writing.database();
    QStringList steps = ReplicaMeta::read(database, ReplicaMeta::toSweep).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (steps.isEmpty() || database.failure())
        return database.result(true);
    const QString step = steps.takeFirst();
    if (step == filesWord) {
        const bool isRemoved = removeMedia(mediaFolder, database) && removeSliceFiles(path).isEmpty();
        if (Done done = database.done(); !done)
            return tl::unexpected(done.error());
        if (!isRemoved)
            return fail(ErrorKind::io, QStringLiteral("not all that was withdrawn could be removed from the disk"));
    } else if (step == pagesWord) {
        if (Done done = writePagesAnew(database, isWanted); !done)
            return tl::unexpected(done.error());
    } else if (step == logWord) {
        if (Done done = emptyLog(database); !done)
            return tl::unexpected(done.error());
    }
    const Done done = inTransaction(database, [&] {
        const bool isOfIndex = step == indexWord || step == partsWord;
        const bool isOfNames = step == namesWord || step == namePartsWord;
        if (isOfIndex && putPartsTogether(database, "merge_index", step == indexWord))
            steps.prepend(partsWord);
        if (isOfNames && putPartsTogether(database, "merge_identity_index", step == namesWord))
            steps.prepend(namePartsWord);
        ReplicaMeta::write(database, ReplicaMeta::toSweep, steps.join(QLatin1Char(' ')));
    });
    return done ? Result<bool>(steps.isEmpty()) : tl::unexpected(done.error());
}

} // namespace Earshot
