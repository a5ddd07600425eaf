// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/searchindex.h"

namespace Earshot {

void indexWaiting(Database &database)
{
    {
        Statement find = database.statement("select_unindexed");
        if (!find.next())
            return;
    }
    {
        Statement index = database.statement("index_unindexed");
        index.run();
    }
    Statement forget = database.statement("delete_unindexed");
    forget.run();
}

} // namespace Earshot
