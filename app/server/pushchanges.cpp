// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/pushchanges.h"

#include "workspace/changes.h"
#include "workspace/wirerows.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <limits>

namespace Earshot {

namespace {

/// A commit that changed more is told as a StateChange: who is behind so much asks in its own time.
constexpr int mostDeltaRows = 500;
constexpr qsizetype mostDeltaBytes = 512 * 1024;

/// One channel's part of a delta.
struct Fragment
{
    QByteArrayList rows; ///< "Type":[...]
    QByteArrayList destroyed;

    [[nodiscard]] QByteArray encoded(qint64 channel) const
    {
        const QByteArray name = channel == 0 ? QByteArrayLiteral("null") : '"' + QByteArray::number(channel) + '"';
        return "{\"channel\":" + name + ",\"rows\":{" + rows.join(',') + "},\"destroyed\":[" + destroyed.join(',') +
               "]}";
    }
};

class Gathering
{
public:
    Gathering(Database &database, PushChanges &changes, bool wantsDeltas)
        : m_database(database)
        , m_changes(changes)
        , m_isEncoding(wantsDeltas)
    {
    }
    void walk(const QByteArray &table, Seq since);
    void walkGone(Seq since);
    void finish();

private:
    /// @return whether its row is to be encoded
    bool note(const QByteArray &table, qint64 channel, Seq seq);

    Database &m_database;
    PushChanges &m_changes;
    QMap<qint64, Fragment> m_fragments;
    int m_rows = 0;
    bool m_isEncoding;
};

bool Gathering::note(const QByteArray &table, qint64 channel, Seq seq)
{
    Seq &known = m_changes.tables[table][channel];
    known = std::max(known, seq);
    m_isEncoding = m_isEncoding && ++m_rows <= mostDeltaRows;
    return m_isEncoding;
}

void Gathering::walk(const QByteArray &table, Seq since)
{
    // A channel's own row belongs to that channel.
    const bool isChannel = table == "channel";
    const QByteArray name = "changes_" + table;
    Statement rows = m_database.statement(name.constData());
    rows.bind("since", since).bind("limit", std::numeric_limits<qint64>::max());
    QHash<qint64, QByteArray> lists;
    const QList<WireColumn> &columns = wireColumns(m_database, table);
    while (rows.next()) {
        const qint64 channel = rows.integer(isChannel ? 0 : 3);
        if (!note(table, channel, rows.integer(1)))
            continue;
        QByteArray &list = lists[channel];
        list += list.isEmpty() ? '[' : ',';
        appendWireRow(list, rows, columns);
    }
    for (auto list = lists.cbegin(); list != lists.cend(); ++list)
        m_fragments[list.key()].rows.append('"' + wireTypeOf(table).toLatin1() + "\":" + list.value() + ']');
}

void Gathering::walkGone(Seq since)
{
    Statement stones = m_database.statement("changes_tombstone");
    stones.bind("since", since).bind("limit", std::numeric_limits<qint64>::max());
    while (stones.next()) {
        const QByteArray table = stones.text(1).toLatin1();
        const qint64 channel = stones.integer(table == "channel" ? 2 : 3);
        if (note(table, channel, stones.integer(0)))
            m_fragments[channel].destroyed.append("{\"type\":\"" + wireTypeOf(table).toLatin1() + "\",\"id\":\"" +
                                                  QByteArray::number(stones.integer(2)) +
                                                  "\",\"seq\":" + QByteArray::number(stones.integer(0)) + '}');
    }
}

void Gathering::finish()
{
    qsizetype size = 0;
    for (auto fragment = m_fragments.cbegin(); m_isEncoding && fragment != m_fragments.cend(); ++fragment) {
        const QByteArray text = fragment->encoded(fragment.key());
        size += text.size();
        m_isEncoding = size <= mostDeltaBytes;
        m_changes.deltas.insert(fragment.key(), text);
    }
    m_changes.hasDeltas = m_isEncoding;
    if (!m_isEncoding)
        m_changes.deltas.clear();
}

} // namespace

Seq lastSeqOf(Database &database)
{
    Statement find = database.statement("select_last_seq");
    return find.next() ? find.integer(0) : 0;
}

bool isWished(const QStringList &types, const QString &type)
{
    return types.isEmpty() || types.contains(type);
}

PushChanges PushChanges::since(Database &database, Seq since, bool wantsDeltas, const std::vector<AgentId> &agents)
{
    PushChanges changes;
    changes.upTo = std::max(since, lastSeqOf(database));
    Gathering gathering(database, changes, wantsDeltas);
    for (const QByteArray &table : synchronisedTables())
        gathering.walk(table, since);
    gathering.walkGone(since);
    gathering.finish();
    for (const char *table : {"agent", "team", "team_member", "channel"})
        changes.touchesGrants = changes.touchesGrants || changes.tables.contains(table);
    for (const AgentId agent : changes.touchesGrants ? agents : std::vector<AgentId>()) {
        if (changes.viewers.contains(agent))
            continue;
        if (const auto viewer = loadViewer(database, agent))
            changes.viewers.emplace(agent, *viewer);
    }
    return changes;
}

QJsonObject PushChanges::statesFor(const Viewer &viewer, const QStringList &types) const
{
    QJsonObject states;
    for (auto table = tables.cbegin(); table != tables.cend(); ++table) {
        Seq newest = 0;
        for (auto channel = table->cbegin(); channel != table->cend(); ++channel) {
            if (!viewer.hidden.contains(channel.key()))
                newest = std::max(newest, channel.value());
        }
        const QString type = wireTypeOf(table.key());
        if (newest > 0 && isWished(types, type))
            states.insert(type, viewer.state(newest));
    }
    return states;
}

QByteArray PushChanges::deltaFor(const Viewer &viewer, Seq from) const
{
    QByteArrayList seen;
    for (auto delta = deltas.cbegin(); delta != deltas.cend(); ++delta) {
        if (!viewer.hidden.contains(delta.key()))
            seen.append(delta.value());
    }
    if (seen.isEmpty())
        return {};
    // States are made of digits, letters, points and dashes: nothing in them is to be escaped.
    const QString head = QStringLiteral(R"({"@type":"Delta","accountId":"%1","from":"%2","to":"%3","changes":[)")
                             .arg(viewer.account, viewer.state(from), viewer.state(upTo));
    return head.toUtf8() + seen.join(',') + "]}";
}

} // namespace Earshot
