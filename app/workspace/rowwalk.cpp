// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/rowwalk.h"

#include "workspace/changes.h"
#include "workspace/wirerows.h"

#include <limits>

namespace Earshot {

struct RowWalk::Source
{
    QByteArray table;
    Statement rows;
    bool hasRow = false;
};

RowWalk::RowWalk(Database &database, Seq since, Stones stones)
    : m_database(database)
{
    constexpr qint64 noLimit = std::numeric_limits<qint64>::max();
    for (const QByteArray &table : synchronisedTables()) {
        const QByteArray name = "changes_" + table;
        std::unique_ptr<Source> source(new Source{table, database.statement(name.constData())});
        source->rows.bind("since", since).bind("limit", noLimit);
        source->hasRow = source->rows.next();
        m_sources.push_back(std::move(source));
    }
    if (stones == Stones::with) {
        m_stones.reset(new Statement(database.statement("changes_tombstone")));
        m_stones->bind("since", since).bind("limit", noLimit);
        m_hasStone = m_stones->next();
    }
    choose();
}

RowWalk::~RowWalk() = default;

Seq RowWalk::seq() const
{
    return isGone() ? m_stones->integer(0) : m_source->rows.integer(1);
}

qint64 RowWalk::id() const
{
    return isGone() ? m_stones->integer(2) : m_source->rows.integer(0);
}

qint64 RowWalk::channel() const
{
    return isGone() ? m_stones->integer(3) : m_source->rows.integer(3);
}

QByteArray RowWalk::table() const
{
    return isGone() ? m_stones->text(1).toUtf8() : m_source->table;
}

QJsonObject RowWalk::row(const QStringList &properties) const
{
    return wireRow(m_source->rows, wireColumns(m_database, m_source->table), properties);
}

void RowWalk::step()
{
    if (m_source)
        m_source->hasRow = m_source->rows.next();
    else
        m_hasStone = m_stones->next();
    choose();
}

void RowWalk::choose()
{
    m_source = nullptr;
    Seq lowest = m_hasStone ? m_stones->integer(0) : std::numeric_limits<qint64>::max();
    for (const auto &source : m_sources) {
        if (source->hasRow && source->rows.integer(1) < lowest) {
            lowest = source->rows.integer(1);
            m_source = source.get();
        }
    }
}

} // namespace Earshot
