// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/searchindex.h"

#include "workspace/indexparts.h"

#include <sqlite3.h>

#include <algorithm>

namespace Earshot {

namespace {

/// Parts that may wait for a quiet moment.
constexpr int tooManyWaiting = 64;
constexpr qint64 unknownPages = 64;

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

/// For a desk that is never quiet: a few pages, and only where many parts wait.
void mergeWaiting(Database &database)
{
    constexpr qint64 fewest = 4;
    constexpr qint64 most = 256;
    const auto next = nextMerge(database);
    if (!next || !next->isWorthIt() || (next->parts < tooManyWaiting && !next->isBegun))
        return;
    // In step with what comes: each of its pages goes through a few levels.
    merge(database, std::min(std::clamp(4 * next->coming, fewest, most), std::max<qint64>(1, next->pages / 2)));
}

} // namespace

bool indexWaiting(Database &database)
{
    {
        Statement find = database.statement("select_unindexed");
        if (!find.next())
            return false;
    }
    {
        Statement index = database.statement("index_unindexed");
        index.run();
    }
    Statement forget = database.statement("delete_unindexed");
    forget.run();
    mergeWaiting(database);
    return true;
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
