// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/methodarguments.h"
#include "server/pushchanges.h"
#include "server/readmethods.h"
#include "workspace/rowdigest.h"
#include "workspace/rowwalk.h"
#include "workspace/schema.h"
#include "workspace/wirerows.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr int mostRows = 2000;
/// Numbers looked at for one answer of which the viewer may see few.
constexpr int mostDigested = 20'000;
/// The form of the first programs that compared.
constexpr qint64 oldestCompared = 9;

/// Whether nothing that the viewer may see has changed since.
bool isNewest(MethodContext &context, Seq since)
{
    RowWalk walk(context.database, since, RowWalk::Stones::with);
    for (int examined = 0; walk.hasMore(); walk.step(), ++examined) {
        if (examined == mostDigested || context.viewer.sees(walk.table(), walk.channel(), walk.id()))
            return false;
    }
    return true;
}

QJsonArray listOf(const QList<DigestedRow> &rows)
{
    QJsonArray list;
    for (const DigestedRow &row : rows)
        list.append(QJsonObject{{QStringLiteral("type"), wireTypeOf(row.table)},
                                {QStringLiteral("id"), QString::number(row.id)},
                                {QStringLiteral("seq"), row.seq},
                                {QStringLiteral("digest"), QString::fromLatin1(row.digest.toHex())}});
    return list;
}

} // namespace

MethodResult checksumOfRows(MethodContext &context, const QJsonObject &arguments)
{
    MethodArguments given(arguments, {"accountId", "state", "schema", "since", "maxRows", "withRows"});
    const QString state = given.text("state").value_or(QString());
    const qint64 schema = given.number("schema", 1).value_or(0);
    const qint64 since = given.number("since", 0).value_or(0);
    const qint64 wished = given.number("maxRows", 1).value_or(mostRows);
    const bool withRows = given.flag("withRows").value_or(false);
    for (const char *needed : {"state", "schema"}) {
        if (!given.isGiven(needed))
            given.complain(needed);
    }
    if (given.problem())
        return tl::unexpected(*given.problem());
    const std::optional<Seq> mine = context.viewer.seqOf(state);
    // With columns that this one does not know nothing would be equal.
    if (!mine || schema < oldestCompared || schema > newestSynchronisedVersion())
        return methodError("cannotCalculateChanges");
    const DigestRange range{since, 0, int(std::min<qint64>(wished, mostRows)), mostDigested, int(schema)};
    const RangeDigest found =
        digestRows(context.database, range, [&context](const QByteArray &table, qint64 channel, qint64 id) {
            return context.viewer.sees(table, channel, id);
        });
    const Seq last = lastSeqOf(context.database);
    QJsonObject answer{{QStringLiteral("accountId"), context.viewer.account},
                       {QStringLiteral("isNewest"), isNewest(context, *mine)},
                       {QStringLiteral("upTo"), found.hasMore ? found.upTo : std::max(since, last)},
                       {QStringLiteral("hasMore"), found.hasMore},
                       {QStringLiteral("count"), found.rows.size()},
                       {QStringLiteral("digest"), QString::fromLatin1(found.digest().toHex())}};
    if (withRows)
        answer.insert(QStringLiteral("rows"), listOf(found.rows));
    if (const auto error = context.database.takeFailure())
        return methodError("serverFail", word(error->kind));
    return answer;
}

} // namespace Earshot
