// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/methodarguments.h"
#include "server/pushchanges.h"
#include "server/readmethods.h"
#include "workspace/changes.h"
#include "workspace/rowwalk.h"
#include "workspace/wirerows.h"

namespace Earshot {

namespace {

/// Numbers looked at for one answer of which the viewer may see few.
constexpr int mostChangesExamined = 20'000;
/// Characters of one answer's rows, about.
constexpr qsizetype mostText = 2 * 1024 * 1024;

struct Batch
{
    QMap<QByteArray, QJsonArray> rows;
    QJsonArray destroyed;
    qsizetype count = 0;
    qsizetype text = 0;
    Seq upTo = 0;
    bool hasMore = false;

    void add(const RowWalk &walk)
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
    RowWalk walk(context.database, since, RowWalk::Stones::with);
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
