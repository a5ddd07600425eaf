// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

#include <QByteArray>
#include <QList>

#include <utility>

struct sqlite3_context;

namespace Earshot {

/// Rows that a statement reads out of the program's memory, in one pass: `SELECT id, seq FROM given(:rows)`, a
/// table-valued function of every connection (sqlite.org/vtab.html, 3.1.3). Many rows put in by one statement take two
/// thirds of the time that a statement for each takes.
class GivenRows
{
public:
    GivenRows() = default;
    virtual ~GivenRows() = default;
    Q_DISABLE_COPY_MOVE(GivenRows)

    /// @param columns all that a statement can ask for, each at its place: those of all tables
    virtual void begin(const QList<QByteArray> &columns) = 0;
    [[nodiscard]] virtual bool isAtEnd() const = 0;
    virtual void step() = 0;
    /// The present row's value; nothing said is null.
    virtual void give(sqlite3_context *to, int column) const = 0;
};

/// Ids, each with a time.
class GivenTimes final : public GivenRows
{
public:
    /// @param time the column that the second number of each is
    GivenTimes(QList<std::pair<qint64, qint64>> rows, QByteArray time)
        : m_rows(std::move(rows))
        , m_timeName(std::move(time))
    {
    }
    void begin(const QList<QByteArray> &columns) override;
    [[nodiscard]] bool isAtEnd() const override { return m_next >= m_rows.size(); }
    void step() override { ++m_next; }
    void give(sqlite3_context *to, int column) const override;

private:
    const QList<std::pair<qint64, qint64>> m_rows;
    const QByteArray m_timeName;
    int m_id = -1;
    int m_time = -1;
    qsizetype m_next = 0;
};

/// Makes `given` known to a connection.
void offerGivenRows(sqlite3 *handle);

/// The statement's parameter of that name, until it leaves its scope; the rows live as long.
void bindRows(Statement &statement, const char *name, GivenRows &rows);

} // namespace Earshot
