// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/wireforms.h"

#include "workspace/schema.h"
#include "workspace/wirerows.h"

#include <QMutex>

#include <map>

namespace Earshot {

namespace {

Result<WireProperties> findProperties(int form)
{
    const auto opened = Database::open(QStringLiteral(":memory:"), Database::Mode::create);
    if (!opened)
        return tl::unexpected(opened.error());
    Database &database = **opened;
    database.execute(QStringLiteral("PRAGMA application_id = %1").arg(applicationId));
    if (Done made = migrate(database, form); !made)
        return tl::unexpected(made.error());
    WireProperties properties;
    for (const QByteArray &table : synchronisedTables()) {
        const QList<WireColumn> columns = readWireColumns(database, table);
        // Some are younger.
        static_cast<void>(database.takeFailure());
        for (const WireColumn &column : columns)
            properties[table].append(column.property);
    }
    return properties;
}

} // namespace

Result<WireProperties> propertiesOfForm(int form)
{
    static QMutex mutex;
    static std::map<int, WireProperties> known;
    if (form >= newestSynchronisedVersion())
        return WireProperties();
    const QMutexLocker lock(&mutex);
    if (const auto it = known.find(form); it != known.end())
        return it->second;
    auto found = findProperties(form);
    if (found)
        known.emplace(form, *found);
    return found;
}

} // namespace Earshot
