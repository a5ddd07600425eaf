// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"
#include "workspace/wirerows.h"

#include <memory>
#include <vector>

struct sqlite3_context;

namespace Earshot {

/// One slice, and the row of the present table that is its next one. A failure is its database's and ends the rows.
class SliceSource
{
public:
    explicit SliceSource(std::unique_ptr<Database> database);

    /// Stands on the table's first row, in the order of their ids.
    /// @param columns that are wanted of its rows: later each is meant by its place among them
    void open(const QByteArray &table, const QList<WireColumn> &columns);
    void step();
    [[nodiscard]] bool hasRow() const { return m_hasRow; }
    [[nodiscard]] qint64 id() const { return m_id; }

    /// An older server's slice does not have all of them.
    [[nodiscard]] bool lacksColumns() const { return m_lacksColumns; }
    [[nodiscard]] bool lacks(int column) const { return m_places[size_t(column)] < 0; }
    [[nodiscard]] qint64 number(int column) const { return m_row->integer(m_places[size_t(column)]); }
    /// The present row stays where it is until it is in: nothing is copied.
    void bindColumn(sqlite3_stmt *statement, int parameter, int column) const;
    void giveColumn(sqlite3_context *to, int column) const;
    /// All of the row, as the slice has it.
    [[nodiscard]] sqlite3_stmt *row() const { return m_row->handle(); }

    /// Each page is read once: rows lie in the order of their ids.
    [[nodiscard]] qint64 pagesRead() const;
    [[nodiscard]] const std::optional<Error> &failure() const { return m_database->failure(); }

private:
    void findColumns(const QList<WireColumn> &columns);

    std::vector<int> m_places; ///< in the row, of each that is wanted; -1 = it has none
    bool m_lacksColumns = false;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<Statement> m_row; ///< goes before its database
    bool m_hasRow = false;
    qint64 m_id = 0;
};

} // namespace Earshot
