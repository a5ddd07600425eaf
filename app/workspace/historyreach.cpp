// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/historyreach.h"

namespace Earshot {

Result<HistoryReach> loadHistoryReach(Database &database)
{
    HistoryReach reach;
    Statement find = database.statement("select_search_reach");
    if (find.next()) {
        // "0": that slices are missing is known, but not how new they are.
        const QString arrived = find.text(0);
        reach.isHere = arrived.isEmpty();
        reach.hereSince = timeFromMs(arrived.toLongLong());
        reach.isIndexed = find.integer(2) == 0;
        reach.indexedSince = timeFromMs(find.integer(1));
    }
    return database.result(reach);
}

Time loadAsOf(Database &database)
{
    Statement find = database.statement("select_meta");
    find.bind("name", QStringLiteral("replica_as_of"));
    const qint64 ms = find.next() ? find.text(0).toLongLong() : 0;
    return ms > 0 ? timeFromMs(ms) : Time();
}

} // namespace Earshot
