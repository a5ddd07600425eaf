// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/searchindex.h"

#include <sqlite3.h>

namespace Earshot {

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
    return true;
}

bool mergeIndex(Database &database, int pages)
{
    const int before = sqlite3_total_changes(database.handle());
    Statement merge = database.statement("merge_index");
    merge.bind("pages", pages).run();
    // As FTS5 has it: the command itself counts as one.
    return sqlite3_total_changes(database.handle()) - before >= 2;
}

} // namespace Earshot
