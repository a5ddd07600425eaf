// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/methodarguments.h"
#include "server/pushchanges.h"
#include "server/readmethods.h"
#include "workspace/changes.h"
#include "workspace/wirerows.h"

#include <limits>
#include <memory>
#include <vector>

namespace Earshot {

namespace {

/// Numbers looked at for one answer of which the viewer may see few.
constexpr int mostChangesExamined = 20'000;
/// Characters of one answer's rows, about.
constexpr qsizetype mostText = 2 * 1024 * 1024;

/// The next numbers of all tables and of the tombstones, in their order.
class AllWalk
{
public:
    AllWalk(Database &database, Seq since)
        : m_database(database)
        , m_stones(database.statement("changes_tombstone"))
    {
        for (const QByteArray &table : synchronisedTables()) {
            const QByteArray name = "changes_" + table;
            std::unique_ptr<Source> source(new Source{table, database.statement(name.constData())});
            source->rows.bind("since", since).bind("limit", std::numeric_limits<qint64>::max());
            source->hasRow = source->rows.next();
            m_sources.push_back(std::move(source));
        }
        m_stones.bind("since", since).bind("limit", std::numeric_limits<qint64>::max());
        m_hasStone = m_stones.next();
        choose();
    }
    [[nodiscard]] bool hasMore() const { return m_source || m_hasStone; }
    [[nodiscard]] bool isGone() const { return !m_source; }
    [[nodiscard]] Seq seq() const { return isGone() ? m_stones.integer(0) : m_source->rows.integer(1); }
    [[nodiscard]] qint64 id() const { return isGone() ? m_stones.integer(2) : m_source->rows.integer(0); }
    [[nodiscard]] qint64 channel() const { return m_source ? m_source->rows.integer(3) : m_stones.integer(3); }
    [[nodiscard]] QByteArray table() const { return isGone() ? m_stones.text(1).toUtf8() : m_source->table; }
    [[nodiscard]] QJsonObject row() const { return wireRow(m_source->rows, wireColumns(m_database, m_source->table)); }
    void step()
    {
        if (m_source)
            m_source->hasRow = m_source->rows.next();
        else
            m_hasStone = m_stones.next();
        choose();
    }

private:
    struct Source
    {
        QByteArray table;
        Statement rows;
        bool hasRow = false;
    };

    void choose()
    {
        m_source = nullptr;
        Seq lowest = m_hasStone ? m_stones.integer(0) : std::numeric_limits<qint64>::max();
        for (const auto &source : m_sources) {
            if (source->hasRow && source->rows.integer(1) < lowest) {
                lowest = source->rows.integer(1);
                m_source = source.get();
            }
        }
    }

    Database &m_database;
    std::vector<std::unique_ptr<Source>> m_sources;
    Statement m_stones;
    bool m_hasStone = false;
    Source *m_source = nullptr; ///< the one that is next; null = a tombstone
};

struct Batch
{
    QMap<QByteArray, QJsonArray> rows;
    QJsonArray destroyed;
    qsizetype count = 0;
    qsizetype text = 0;
    Seq upTo = 0;
    bool hasMore = false;

    void add(const AllWalk &walk)
    {
        ++count;
        if (walk.isGone()) {
            destroyed.append(QJsonObject{{QStringLiteral("type"), wireTypeOf(walk.table())},
                                         {QStringLiteral("id"), QString::number(walk.id())},
                                         {QStringLiteral("seq"), walk.seq()}});
            return;
        }
        const QJsonObject row = walk.row();
        for (const QJsonValue &value : row)
            text += value.toString().size();
        rows[walk.table()].append(row);
    }
};

Batch collect(MethodContext &context, Seq since, qint64 limit)
{
    Batch batch;
    batch.upTo = since;
    AllWalk walk(context.database, since);
    for (int examined = 0; walk.hasMore(); walk.step(), ++examined) {
        const bool isSeen = context.viewer.sees(walk.table(), walk.channel(), walk.id());
        batch.hasMore = (isSeen && batch.count == limit) || batch.text > mostText || examined == mostChangesExamined;
        if (batch.hasMore)
            return batch;
        batch.upTo = walk.seq();
        if (isSeen)
            batch.add(walk);
    }
    return batch;
}

} // namespace

MethodResult changesOfAllRows(MethodContext &context, const QJsonObject &arguments)
{
    MethodArguments given(arguments, {"accountId", "sinceState", "maxChanges"});
    const QString sinceState = given.text("sinceState").value_or(QString());
    const qint64 wished = given.number("maxChanges", 1).value_or(context.limits.changes);
    if (!given.isGiven("sinceState"))
        given.complain("sinceState");
    if (given.problem())
        return tl::unexpected(*given.problem());
    const std::optional<Seq> since = context.viewer.seqOf(sinceState);
    if (!since || *since < tombstonesSince(context.database))
        return methodError("cannotCalculateChanges");
    Batch batch = collect(context, *since, std::min<qint64>(wished, context.limits.changes));
    if (!batch.hasMore)
        batch.upTo = std::max(*since, lastSeqOf(context.database));
    QJsonObject rows;
    for (auto list = batch.rows.cbegin(); list != batch.rows.cend(); ++list)
        rows.insert(wireTypeOf(list.key()), list.value());
    if (const auto error = context.database.takeFailure())
        return methodError("serverFail", word(error->kind));
    return QJsonObject{{QStringLiteral("accountId"), context.viewer.account},
                       {QStringLiteral("oldState"), sinceState},
                       {QStringLiteral("newState"), context.viewer.state(batch.upTo)},
                       {QStringLiteral("hasMoreChanges"), batch.hasMore},
                       {QStringLiteral("rows"), rows},
                       {QStringLiteral("destroyed"), batch.destroyed}};
}

} // namespace Earshot
