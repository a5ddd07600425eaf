// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/methodarguments.h"
#include "server/readmethods.h"
#include "workspace/changes.h"
#include "workspace/wirerows.h"

#include <algorithm>
#include <limits>

namespace Earshot {

namespace {

/// Rows looked at for one answer of which the viewer may see few.
constexpr int mostExamined = 20'000;

constexpr int idColumn = 0;
constexpr int seqColumn = 1;
constexpr int createdSeqColumn = 2;
constexpr int channelColumn = 3;

Statement statementFor(Database &database, const char *verb, const QByteArray &table)
{
    const QByteArray name = verb + table;
    return database.statement(name.constData());
}

bool isVisible(const MethodContext &context, const QByteArray &table, const Statement &row)
{
    return context.viewer.sees(table, row.integer(channelColumn), row.integer(idColumn));
}

qint64 numberOf(const QString &id)
{
    bool isNumber = false;
    const qint64 number = id.toLongLong(&isNumber);
    return isNumber && number > 0 && QString::number(number) == id ? number : 0;
}

bool areKnown(const QStringList &properties, const QList<WireColumn> &columns)
{
    return std::all_of(properties.cbegin(), properties.cend(), [&columns](const QString &property) {
        return std::any_of(columns.cbegin(), columns.cend(),
                           [&property](const WireColumn &column) { return column.property == property; });
    });
}

struct Gotten
{
    QJsonArray list;
    QJsonArray notFound;
    bool isTooMany = false;
};

Gotten getAll(MethodContext &context, const QByteArray &table, const QList<WireColumn> &columns,
              const QStringList &properties)
{
    Gotten gotten;
    Statement rows = statementFor(context.database, "changes_", table);
    rows.bind("since", 0).bind("limit", mostExamined + 1);
    int examined = 0;
    while (rows.next() && !gotten.isTooMany) {
        if (isVisible(context, table, rows))
            gotten.list.append(wireRow(rows, columns, properties));
        gotten.isTooMany = gotten.list.size() > context.limits.objectsInGet || ++examined > mostExamined;
    }
    return gotten;
}

Gotten getThese(MethodContext &context, const QByteArray &table, QStringList ids, const QList<WireColumn> &columns,
                const QStringList &properties)
{
    Gotten gotten;
    ids.removeDuplicates();
    gotten.isTooMany = ids.size() > context.limits.objectsInGet;
    if (gotten.isTooMany)
        return gotten;
    for (const QString &id : std::as_const(ids)) {
        Statement row = statementFor(context.database, "get_", table);
        row.bind("id", numberOf(id));
        if (row.next() && isVisible(context, table, row))
            gotten.list.append(wireRow(row, columns, properties));
        else
            gotten.notFound.append(id);
    }
    return gotten;
}

/// The next numbers of a table's rows and of its tombstones, in their order.
class ChangeWalk
{
public:
    ChangeWalk(Database &database, const QByteArray &table, Seq since)
        : m_rows(statementFor(database, "changes_", table))
        , m_stones(database.statement("list_tombstones"))
    {
        m_rows.bind("since", since).bind("limit", std::numeric_limits<qint64>::max());
        m_stones.bind("since", since).bind("limit", std::numeric_limits<qint64>::max());
        m_stones.bind("name", QString::fromLatin1(table));
        m_hasRow = m_rows.next();
        m_hasStone = m_stones.next();
    }
    [[nodiscard]] bool hasMore() const { return m_hasRow || m_hasStone; }
    [[nodiscard]] bool isGone() const
    {
        return m_hasStone && (!m_hasRow || m_stones.integer(0) < m_rows.integer(seqColumn));
    }
    [[nodiscard]] Seq seq() const { return isGone() ? m_stones.integer(0) : m_rows.integer(seqColumn); }
    [[nodiscard]] qint64 channel() const { return isGone() ? m_stones.integer(1) : m_rows.integer(channelColumn); }
    [[nodiscard]] qint64 id() const { return isGone() ? m_stones.integer(2) : m_rows.integer(idColumn); }
    [[nodiscard]] Seq createdSeq() const { return m_rows.integer(createdSeqColumn); }
    void step()
    {
        if (isGone())
            m_hasStone = m_stones.next();
        else
            m_hasRow = m_rows.next();
    }

private:
    Statement m_rows;
    Statement m_stones;
    bool m_hasRow = false;
    bool m_hasStone = false;
};

struct Changed
{
    QStringList created;
    QStringList updated;
    QStringList destroyed;
    Seq upTo = 0;
    bool hasMore = false;

    [[nodiscard]] qsizetype count() const { return created.size() + updated.size() + destroyed.size(); }
};

void note(const ChangeWalk &walk, Seq since, Changed &changed)
{
    const QString id = QString::number(walk.id());
    if (walk.isGone()) {
        changed.destroyed.append(id);
        return;
    }
    // A row number may have been given again since.
    changed.destroyed.removeOne(id);
    (walk.createdSeq() > since ? changed.created : changed.updated).append(id);
}

Changed collect(MethodContext &context, const QByteArray &table, Seq since, qsizetype limit)
{
    Changed changed;
    changed.upTo = since;
    ChangeWalk walk(context.database, table, since);
    for (int examined = 0; walk.hasMore(); walk.step(), ++examined) {
        const bool isSeen = context.viewer.sees(table, walk.channel(), walk.id());
        changed.hasMore = (isSeen && changed.count() == limit) || examined == mostExamined;
        if (changed.hasMore)
            return changed;
        changed.upTo = walk.seq();
        if (isSeen)
            note(walk, since, changed);
    }
    changed.upTo = std::max(since, newestSeq(context.database, context.viewer, table));
    return changed;
}

MethodResult answerOrFail(Database &database, const QJsonObject &answer)
{
    if (const auto error = database.takeFailure())
        return methodError("serverFail", word(error->kind));
    return answer;
}

} // namespace

MethodResult getRows(MethodContext &context, const QByteArray &table, const QJsonObject &arguments)
{
    MethodArguments given(arguments, {"accountId", "ids", "properties"});
    const auto ids = given.texts("ids");
    const QStringList properties = given.texts("properties").value_or(QStringList());
    if (given.problem())
        return tl::unexpected(*given.problem());
    const QList<WireColumn> &columns = wireColumns(context.database, table);
    if (!areKnown(properties, columns))
        return methodError("invalidArguments", QStringLiteral("properties"));
    Gotten gotten =
        ids ? getThese(context, table, *ids, columns, properties) : getAll(context, table, columns, properties);
    if (gotten.isTooMany)
        return methodError("requestTooLarge", QStringLiteral("at most %1 at a time").arg(context.limits.objectsInGet));
    const QJsonObject answer{
        {QStringLiteral("accountId"), context.viewer.account},
        {QStringLiteral("state"), context.viewer.state(newestSeq(context.database, context.viewer, table))},
        {QStringLiteral("list"), gotten.list},
        {QStringLiteral("notFound"), gotten.notFound}};
    return answerOrFail(context.database, answer);
}

MethodResult changedRows(MethodContext &context, const QByteArray &table, const QJsonObject &arguments)
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
    const Changed changed = collect(context, table, *since, std::min<qsizetype>(wished, context.limits.changes));
    const QJsonObject answer{{QStringLiteral("accountId"), context.viewer.account},
                             {QStringLiteral("oldState"), sinceState},
                             {QStringLiteral("newState"), context.viewer.state(changed.upTo)},
                             {QStringLiteral("hasMoreChanges"), changed.hasMore},
                             {QStringLiteral("created"), QJsonArray::fromStringList(changed.created)},
                             {QStringLiteral("updated"), QJsonArray::fromStringList(changed.updated)},
                             {QStringLiteral("destroyed"), QJsonArray::fromStringList(changed.destroyed)}};
    return answerOrFail(context.database, answer);
}

} // namespace Earshot
