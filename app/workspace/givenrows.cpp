// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/givenrows.h"

#include <QFile>

#include <sqlite3.h>

#include <memory>
#include <new>

namespace Earshot {

namespace {

constexpr char pointerType[] = "Earshot::GivenRows";

struct GivenTable : sqlite3_vtab
{
    QList<QByteArray> columns;
};

struct GivenCursor : sqlite3_vtab_cursor
{
    GivenRows *rows = nullptr;
    sqlite3_int64 number = 0;
};

const QList<QByteArray> &columnsOf(const sqlite3_vtab *table)
{
    return static_cast<const GivenTable *>(table)->columns;
}

/// Of whatever table: what a statement does not name costs nothing. Without Database: it is in the middle of preparing
/// a statement.
int declare(sqlite3 *handle, GivenTable &table)
{
    QFile file(QStringLiteral(":/queries/given_columns.sql"));
    if (!file.open(QIODevice::ReadOnly))
        return SQLITE_ERROR;
    const QByteArray sql = file.readAll();
    sqlite3_stmt *list = nullptr;
    int code = sqlite3_prepare_v2(handle, sql.constData(), int(sql.size()), &list, nullptr);
    if (code == SQLITE_OK)
        code = sqlite3_step(list);
    if (code == SQLITE_ROW) {
        table.columns = QByteArray(reinterpret_cast<const char *>(sqlite3_column_text(list, 1))).split(' ');
        code = sqlite3_declare_vtab(handle, reinterpret_cast<const char *>(sqlite3_column_text(list, 0)));
    }
    sqlite3_finalize(list);
    return code;
}

int connectTable(sqlite3 *handle, void *, int, const char *const *, sqlite3_vtab **made, char **)
{
    auto table = std::make_unique<GivenTable>();
    const int code = declare(handle, *table);
    if (code == SQLITE_OK)
        *made = table.release();
    return code;
}

int disconnectTable(sqlite3_vtab *table)
{
    delete static_cast<GivenTable *>(table);
    return SQLITE_OK;
}

/// In the one way there is: from the rows that are given.
int planScan(sqlite3_vtab *table, sqlite3_index_info *plan)
{
    for (int i = 0; i < plan->nConstraint; ++i) {
        const auto &constraint = plan->aConstraint[i];
        if (constraint.iColumn != columnsOf(table).size() || constraint.op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        if (constraint.usable == 0)
            return SQLITE_CONSTRAINT;
        plan->aConstraintUsage[i].argvIndex = 1;
        plan->aConstraintUsage[i].omit = 1;
        plan->estimatedCost = 1;
        return SQLITE_OK;
    }
    return SQLITE_CONSTRAINT;
}

int openCursor(sqlite3_vtab *, sqlite3_vtab_cursor **made)
{
    *made = new (std::nothrow) GivenCursor;
    return *made ? SQLITE_OK : SQLITE_NOMEM;
}

int closeCursor(sqlite3_vtab_cursor *cursor)
{
    delete static_cast<GivenCursor *>(cursor);
    return SQLITE_OK;
}

int beginScan(sqlite3_vtab_cursor *cursor, int, const char *, int count, sqlite3_value **values)
{
    auto *given = static_cast<GivenCursor *>(cursor);
    given->rows = count > 0 ? static_cast<GivenRows *>(sqlite3_value_pointer(values[0], pointerType)) : nullptr;
    if (given->rows)
        given->rows->begin(columnsOf(cursor->pVtab));
    return SQLITE_OK;
}

int stepRow(sqlite3_vtab_cursor *cursor)
{
    auto *given = static_cast<GivenCursor *>(cursor);
    given->rows->step();
    ++given->number;
    return SQLITE_OK;
}

int isAtEnd(sqlite3_vtab_cursor *cursor)
{
    const GivenRows *rows = static_cast<GivenCursor *>(cursor)->rows;
    return !rows || rows->isAtEnd() ? 1 : 0;
}

int giveColumn(sqlite3_vtab_cursor *cursor, sqlite3_context *to, int column)
{
    if (column < columnsOf(cursor->pVtab).size())
        static_cast<GivenCursor *>(cursor)->rows->give(to, column);
    return SQLITE_OK;
}

int giveNumber(sqlite3_vtab_cursor *cursor, sqlite3_int64 *number)
{
    *number = static_cast<GivenCursor *>(cursor)->number;
    return SQLITE_OK;
}

/// Without xCreate it is there by its name alone.
const sqlite3_module &givenModule()
{
    static const sqlite3_module module = [] {
        sqlite3_module made{};
        made.xConnect = connectTable;
        made.xDisconnect = disconnectTable;
        made.xBestIndex = planScan;
        made.xOpen = openCursor;
        made.xClose = closeCursor;
        made.xFilter = beginScan;
        made.xNext = stepRow;
        made.xEof = isAtEnd;
        made.xColumn = giveColumn;
        made.xRowid = giveNumber;
        return made;
    }();
    return module;
}

} // namespace

void GivenTimes::begin(const QList<QByteArray> &columns)
{
    m_id = int(columns.indexOf("id"));
    m_time = int(columns.indexOf(m_timeName));
    m_next = 0;
}

void GivenTimes::give(sqlite3_context *to, int column) const
{
    if (column == m_id)
        sqlite3_result_int64(to, m_rows.at(m_next).first);
    else if (column == m_time)
        sqlite3_result_int64(to, m_rows.at(m_next).second);
}

void offerGivenRows(sqlite3 *handle)
{
    sqlite3_create_module_v2(handle, "given", &givenModule(), nullptr, nullptr);
}

void bindRows(Statement &statement, const char *name, GivenRows &rows)
{
    if (!statement.handle())
        return;
    const QByteArray parameter = QByteArray(1, ':') + name;
    sqlite3_bind_pointer(statement.handle(), sqlite3_bind_parameter_index(statement.handle(), parameter.constData()),
                         &rows, pointerType, nullptr);
}

} // namespace Earshot
