// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/slicesource.h"

#include <sqlite3.h>

#include <algorithm>

namespace Earshot {

namespace {

bool hasTable(Database &database, const QByteArray &table)
{
    return sqlite3_table_column_metadata(database.handle(), "main", table.constData(), nullptr, nullptr, nullptr,
                                         nullptr, nullptr, nullptr) == SQLITE_OK;
}

} // namespace

SliceSource::SliceSource(std::unique_ptr<Database> database)
    : m_database(std::move(database))
{
    m_database->execute(QStringLiteral("PRAGMA cache_size = -100"));
    // Rows of a slice without keys (an older server's) are sorted: not in files elsewhere.
    m_database->execute(QStringLiteral("PRAGMA temp_store = MEMORY"));
}

void SliceSource::open(const QByteArray &table, const QList<WireColumn> &columns)
{
    m_row.reset();
    m_hasRow = false;
    if (m_database->failure() || !hasTable(*m_database, table))
        return;
    const QByteArray name = "slice_rows_" + table;
    m_row.reset(new Statement(m_database->statement(name.constData()))); // it cannot be moved
    findColumns(columns);
    step();
}

void SliceSource::findColumns(const QList<WireColumn> &columns)
{
    QList<QByteArray> names;
    for (int i = 0; m_row->handle() && i < sqlite3_column_count(m_row->handle()); ++i)
        names.append(sqlite3_column_name(m_row->handle(), i));
    m_places.clear();
    for (const WireColumn &column : columns)
        m_places.push_back(int(names.indexOf(column.column)));
    m_lacksColumns = std::ranges::find(m_places, -1) != m_places.cend();
}

void SliceSource::step()
{
    m_hasRow = m_row->next();
    m_id = m_hasRow ? m_row->integer(0) : 0;
}

void SliceSource::bindColumn(sqlite3_stmt *statement, int parameter, int column) const
{
    const int place = m_places[size_t(column)];
    switch (sqlite3_column_type(row(), place)) {
    case SQLITE_INTEGER:
        sqlite3_bind_int64(statement, parameter, sqlite3_column_int64(row(), place));
        break;
    case SQLITE_TEXT: {
        const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(row(), place));
        sqlite3_bind_text(statement, parameter, text, sqlite3_column_bytes(row(), place), SQLITE_STATIC);
        break;
    }
    default:
        sqlite3_bind_value(statement, parameter, sqlite3_column_value(row(), place));
    }
}

void SliceSource::giveColumn(sqlite3_context *to, int column) const
{
    // Asked for once: its connection is one thread's.
    sqlite3_value *const value = sqlite3_column_value(row(), m_places[size_t(column)]);
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        sqlite3_result_int64(to, sqlite3_value_int64(value));
        break;
    case SQLITE_TEXT: {
        const auto *text = reinterpret_cast<const char *>(sqlite3_value_text(value));
        sqlite3_result_text(to, text, sqlite3_value_bytes(value), SQLITE_STATIC);
        break;
    }
    case SQLITE_NULL:
        // It is so where nothing is said.
        break;
    default:
        sqlite3_result_value(to, value);
    }
}

qint64 SliceSource::pagesRead() const
{
    int misses = 0;
    int highest = 0;
    sqlite3_db_status(m_database->handle(), SQLITE_DBSTATUS_CACHE_MISS, &misses, &highest, 0);
    return misses;
}

} // namespace Earshot
