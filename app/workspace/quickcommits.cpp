// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/quickcommits.h"

#include <QByteArray>

#include <sqlite3.h>

namespace Earshot {

namespace {

constexpr int normal = 1;

void set(Database &database, int level)
{
    const QByteArray sql = "PRAGMA main.synchronous = " + QByteArray::number(level);
    sqlite3_exec(database.handle(), sql.constData(), nullptr, nullptr, nullptr);
}

} // namespace

QuickCommits::QuickCommits(Database &database)
    : m_database(database)
{
    const auto take = [](void *to, int, char **columns, char **) {
        *static_cast<int *>(to) = QByteArray(columns[0]).toInt();
        return 0;
    };
    sqlite3_exec(database.handle(), "PRAGMA main.synchronous", take, &m_before, nullptr);
    if (m_before > normal)
        set(m_database, normal);
}

QuickCommits::~QuickCommits()
{
    // Within a transaction it stays as it is.
    if (sqlite3_get_autocommit(m_database.handle()) == 0)
        sqlite3_exec(m_database.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    if (m_before > normal)
        set(m_database, m_before);
}

} // namespace Earshot
