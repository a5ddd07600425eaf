// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/wirebatch.h"

#include <QJsonArray>

#include <algorithm>

namespace Earshot {

namespace {

/// Types that are not known here are of a server that is newer: what they hold is fetched when this program knows them,
/// as rows of an older form are.
Done readInto(Database &database, const QJsonObject &changes, Lacking lacking, ChangeBatch &batch)
{
    const QJsonObject rows = changes.value(QLatin1StringView("rows")).toObject();
    for (auto list = rows.constBegin(); list != rows.constEnd(); ++list) {
        const QByteArray table = tableOfWireType(list.key());
        if (table.isEmpty())
            continue;
        for (const QJsonValue &object : list.value().toArray()) {
            const auto row = rowFromWire(table, wireColumns(database, table), object.toObject(), lacking);
            if (!row)
                return tl::unexpected(row.error());
            batch.rows.append(*row);
        }
    }
    for (const QJsonValue &stone : changes.value(QLatin1StringView("destroyed")).toArray()) {
        const QString type = stone[QLatin1StringView("type")].toString();
        const QByteArray table = tableOfWireType(type);
        if (table.isEmpty())
            continue;
        batch.rows.append({table,
                           stone[QLatin1StringView("seq")].toInteger(),
                           true,
                           stone[QLatin1StringView("id")].toString().toLongLong(),
                           {}});
    }
    return {};
}

} // namespace

Result<ChangeBatch> readRows(Workspace &workspace, const QList<QJsonObject> &changes, Lacking lacking)
{
    return workspace.readNow<ChangeBatch>([&](Database &database) -> Result<ChangeBatch> {
        ChangeBatch batch;
        for (const QJsonObject &part : changes) {
            if (Done read = readInto(database, part, lacking, batch); !read)
                return tl::unexpected(read.error());
        }
        std::stable_sort(batch.rows.begin(), batch.rows.end(),
                         [](const ChangedRow &one, const ChangedRow &other) { return one.seq < other.seq; });
        return database.result(batch);
    });
}

} // namespace Earshot
