// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/comparing.h"

#include "tests/server/follower.h"
#include "workspace/changes.h"

namespace Earshot {

QStringList differences(ServerWorld &world, Workspace &replica, AgentId agent)
{
    const QSet<qint64> hidden = world.workspace()
                                    .readNow<QSet<qint64>>([agent](Database &database) -> Result<QSet<qint64>> {
                                        const auto viewer = loadViewer(database, agent);
                                        return viewer && *viewer ? (*viewer)->hidden : QSet<qint64>();
                                    })
                                    .value();
    QStringList different;
    for (const QByteArray &table : synchronisedTables()) {
        const auto wanted = world.workspace().readNow<QStringList>(
            [&](Database &database) -> Result<QStringList> { return visibleRows(database, table, hidden); });
        const auto found = replica.readNow<QStringList>(
            [&](Database &database) -> Result<QStringList> { return tableRows(database, table); });
        if (*found != *wanted)
            different.append(QString::fromLatin1(table) + QStringLiteral(" has ") + found->join(u'\n') +
                             QStringLiteral("\ninstead of ") + wanted->join(u'\n'));
    }
    return different;
}

} // namespace Earshot
