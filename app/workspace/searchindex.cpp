// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/searchindex.h"

#include "workspace/indexparts.h"
#include "workspace/quickcommits.h"

#include <QElapsedTimer>
#include <QList>

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <span>

namespace Earshot {

namespace {

/// Parts that may wait for a quiet moment.
constexpr int tooManyWaiting = 64;
constexpr qint64 unknownPages = 64;
constexpr int mostAtOnce = 8192;
constexpr qint64 fewestPages = 16;
constexpr qint64 mostPages = 4096;

std::optional<IndexMerge> nextMerge(Database &database)
{
    QByteArray record;
    {
        Statement find = database.statement("select_index_structure");
        if (find.next())
            record = find.bytes(0);
    }
    const auto parts = readIndexParts(record);
    // Written in another way: FTS5 knows what there is to do.
    return parts ? nextIndexMerge(*parts) : IndexMerge{tooManyWaiting, 2 * unknownPages, 0, 0, 0, false};
}

/// @return whether anything was done
bool merge(Database &database, qint64 pages)
{
    const int before = sqlite3_total_changes(database.handle());
    Statement merge = database.statement("merge_index");
    merge.bind("pages", pages).run();
    // As FTS5 has it: the command itself counts as one.
    return sqlite3_total_changes(database.handle()) - before >= 2;
}

/// The newest of those that wait, in the order of their ids: a lower one after a higher one would end a part.
QList<qint64> newestWaiting(Database &database, int most)
{
    QList<qint64> messages;
    Statement list = database.statement("list_unindexed_newest");
    list.bind("most", most);
    while (list.next())
        messages.append(list.integer(0));
    std::sort(messages.begin(), messages.end());
    return messages;
}

/// FTS5 does not even open an index whose structure it cannot read; then it forgets what it knew of it.
constexpr std::array messagesAnew{"clear_index_data", "clear_index_pages", "insert_index_structure",
                                  "clear_index",      "mark_unindexed",    "defer_unindexed"};
constexpr std::array namesAnew{"clear_identity_index_data", "clear_identity_index_pages",
                               "insert_identity_index_structure", "rebuild_identity_index"};

/// @param merge asks an index for something
bool opensIndex(Database &database, const char *merge)
{
    {
        Statement open = database.statement(merge);
    }
    const auto failure = database.takeFailure();
    return !failure || failure->kind != ErrorKind::damaged;
}

void runAll(Database &database, std::span<const char *const> names)
{
    for (const char *name : names) {
        Statement one = database.statement(name);
        one.run();
    }
}

/// How much fits into the time that is wanted, as the last piece took its own; never twice as much.
qint64 fitting(qint64 done, std::chrono::nanoseconds wanted, std::chrono::nanoseconds took)
{
    return std::min(2 * done,
                    qint64(double(done) * double(wanted.count()) / double(std::max<qint64>(1, took.count()))));
}

} // namespace

bool indexWaiting(Database &database, Merging merging)
{
    indexIdentities(database);
    {
        Statement find = database.statement("select_unindexed_now");
        if (!find.next())
            return false;
    }
    {
        Statement index = database.statement("index_unindexed");
        index.run();
    }
    Statement forget = database.statement("delete_unindexed");
    forget.run();
    if (merging == Merging::now)
        mergeWaiting(database);
    return true;
}

void indexIdentities(Database &database)
{
    {
        Statement find = database.statement("select_unindexed_identity");
        if (!find.next())
            return;
    }
    for (const char *name : {"index_unindexed_identities", "delete_unindexed_identities"})
        database.statement(name).run();
}

bool mergeWaiting(Database &database)
{
    constexpr qint64 fewest = 4;
    constexpr qint64 most = 256;
    const auto next = nextMerge(database);
    if (!next || !next->isWorthIt() || (next->parts < tooManyWaiting && !next->isBegun))
        return false;
    // In step with what comes: each of its pages goes through a few levels.
    return merge(database, std::min(std::clamp(4 * next->coming, fewest, most), std::max<qint64>(1, next->pages / 2)));
}

void deferIndexing(Database &database)
{
    Statement defer = database.statement("defer_unindexed");
    defer.run();
}

std::optional<Error> tryIndex(Database &database)
{
    for (const char *name : {"merge_index", "merge_identity_index"})
        Statement open = database.statement(name);
    return database.takeFailure();
}

bool isIndexWaiting(Database &database)
{
    Statement find = database.statement("select_unindexed");
    return find.next();
}

LateIndexing::LateIndexing(std::chrono::milliseconds piece, int fewest)
    : m_piece(piece)
    , m_fewest(fewest)
    , m_atOnce(2 * fewest)
    , m_pages(4 * fewestPages)
{
}

void LateIndexing::setPiece(std::chrono::milliseconds piece)
{
    if (piece == m_piece)
        return;
    m_atOnce = int(std::clamp<qint64>(fitting(m_atOnce, piece, m_piece), m_fewest, mostAtOnce));
    m_pages = std::clamp(fitting(m_pages, piece, m_piece), fewestPages, mostPages);
    m_piece = piece;
}

Result<bool> LateIndexing::step(Database &database)
{
    QElapsedTimer timer;
    timer.start();
    // Who loses the last pieces with the power finds them waiting again: both are in the same commits.
    const QuickCommits quick(database);
    database.execute(QStringLiteral("BEGIN IMMEDIATE"));
    const auto next = nextMerge(database);
    // Before there are so many parts that a search is slow.
    const qint64 pages = next ? std::min(m_pages, std::max<qint64>(1, next->pages / 2)) : 0;
    const bool isMerging =
        next && next->isWorthIt() && (next->parts >= tooManyWaiting || next->isBegun) && merge(database, pages);
    const int wanted = m_atOnce;
    const int indexed = isMerging ? 0 : indexNewest(database);
    const bool hasWorked = isMerging || indexed > 0;
    database.execute(hasWorked ? QStringLiteral("COMMIT") : QStringLiteral("ROLLBACK"));
    if (const auto failure = database.takeFailure()) {
        if (sqlite3_get_autocommit(database.handle()) == 0)
            sqlite3_exec(database.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
        return tl::unexpected(*failure);
    }
    const std::chrono::nanoseconds took(timer.nsecsElapsed());
    // Small levels say nothing of how long as many pages take as were not asked for.
    if (isMerging && (pages == m_pages || took > m_piece))
        m_pages = std::clamp(fitting(pages, m_piece, took), fewestPages, mostPages);
    else if (isMerging)
        return true;
    else if (indexed == wanted)
        m_atOnce = int(std::clamp<qint64>(fitting(indexed, m_piece, took), m_fewest, mostAtOnce));
    return hasWorked;
}

/// @return how many
int LateIndexing::indexNewest(Database &database)
{
    QElapsedTimer timer;
    timer.start();
    int done = 0;
    const QList<qint64> messages = newestWaiting(database, m_atOnce);
    for (const qint64 message : messages) {
        for (const char *name : {"index_message", "delete_unindexed_message"}) {
            Statement one = database.statement(name);
            one.bind("message", message).run();
        }
        ++done;
        if (database.failure())
            break;
        // Long ones after short ones. Next only as many as now, lest the newest of them are left again.
        if (timer.elapsed() > m_piece.count() && done < messages.size() && done >= m_fewest / 4) {
            m_atOnce = std::max(1, done);
            break;
        }
    }
    return done;
}

bool LateIndexing::mend(Database &database)
{
    // A million messages wait long to be found again, and many names take seconds: what can be read stays. Where the
    // damage is further inside, it may be in either.
    const bool hasMessages = opensIndex(database, "merge_index");
    const bool hasNames = opensIndex(database, "merge_identity_index");
    const bool isOfMessages = (hasNames || !hasMessages) && !m_areMessagesMended;
    const bool isOfNames = (hasMessages || !hasNames) && !m_areNamesMended;
    if (!isOfMessages && !isOfNames)
        return false;
    qWarning("the search index is damaged: it is made anew");
    database.execute(QStringLiteral("BEGIN IMMEDIATE"));
    if (isOfMessages)
        runAll(database, messagesAnew);
    if (isOfNames)
        runAll(database, namesAnew);
    database.execute(QStringLiteral("COMMIT"));
    const auto failure = database.takeFailure();
    if (failure && sqlite3_get_autocommit(database.handle()) == 0)
        sqlite3_exec(database.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    // A disk that was full then may have room the next time.
    m_areMessagesMended = m_areMessagesMended || (isOfMessages && !failure);
    m_areNamesMended = m_areNamesMended || (isOfNames && !failure);
    return !failure;
}

Done indexAll(Database &database, const std::function<bool()> &isCancelled)
{
    LateIndexing indexing(std::chrono::milliseconds(250));
    for (;;) {
        if (isCancelled && isCancelled())
            return fail(ErrorKind::cancelled);
        const Result<bool> worked = indexing.step(database);
        if (!worked && worked.error().kind == ErrorKind::damaged && indexing.mend(database))
            continue;
        if (!worked || !*worked)
            return worked.map([](bool) {});
    }
}

bool mergeIndex(Database &database, int pages)
{
    const auto next = nextMerge(database);
    if (!next || !next->isWorthIt())
        return false;
    // What is left of a number of pages when a level is done FTS5 spends on the next one, whatever that is: so never
    // as many as a level is going to take.
    return merge(database, std::clamp<qint64>(next->pages / 2, 1, pages));
}

} // namespace Earshot
