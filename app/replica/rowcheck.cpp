// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/rowcheck.h"

#include "replica/forecasts.h"
#include "workspace/wirerows.h"

#include <QJsonArray>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>

namespace Earshot {

namespace {

constexpr qsizetype mostFetched = 200;

using Key = std::pair<QByteArray, qint64>;

std::map<Key, QByteArray> byKey(const QList<DigestedRow> &rows)
{
    std::map<Key, QByteArray> map;
    for (const DigestedRow &row : rows)
        map.emplace(Key(row.table, row.id), row.digest);
    return map;
}

QList<DigestedRow> rowsFrom(const QJsonArray &list)
{
    QList<DigestedRow> rows;
    for (const QJsonValue &row : list)
        rows.append({tableOfWireType(row[QLatin1StringView("type")].toString()),
                     row[QLatin1StringView("id")].toString().toLongLong(), row[QLatin1StringView("seq")].toInteger(),
                     QByteArray::fromHex(row[QLatin1StringView("digest")].toString().toLatin1())});
    return rows;
}

QList<RowDifference> differencesOf(const QList<DigestedRow> &here, const QList<DigestedRow> &there)
{
    using Kind = RowDifference::Kind;
    QList<RowDifference> found;
    const auto mine = byKey(here);
    const auto theirs = byKey(there);
    for (const auto &[key, digest] : theirs) {
        const auto known = mine.find(key);
        if (known == mine.end())
            found.append({key.first, key.second, Kind::missing});
        else if (known->second != digest)
            found.append({key.first, key.second, Kind::different});
    }
    for (const auto &[key, digest] : mine) {
        if (!theirs.contains(key))
            found.append({key.first, key.second, Kind::surplus});
    }
    return found;
}

QString text(const ServerCall &answer, const char *name)
{
    return answer.object.value(QLatin1StringView(name)).toString();
}

bool isNewest(const ServerCall &answer)
{
    return answer.object.value(QLatin1StringView("isNewest")).toBool();
}

} // namespace

Result<QList<ServerCall>> RowCheck::ask(QList<ServerCall> calls)
{
    auto answers = m_server.call(calls);
    if (!answers)
        return answers;
    for (const ServerCall &answer : *answers) {
        if (answer.name != QLatin1StringView("error"))
            continue;
        if (text(answer, "type") == QLatin1StringView("cannotCalculateChanges"))
            return fail(ErrorKind::unsupported, QStringLiteral("the server has other columns, or other grants by now"));
        return tl::unexpected(methodErrorFrom(answer.object));
    }
    return answers;
}

ServerCall RowCheck::checksum(Seq since, int mostRows, bool withRows) const
{
    return {QStringLiteral("Row/checksum"),
            {{QStringLiteral("state"), m_file.state()},
             {QStringLiteral("schema"), m_file.formHere()},
             {QStringLiteral("since"), since},
             {QStringLiteral("maxRows"), mostRows},
             {QStringLiteral("withRows"), withRows}}};
}

/// A replica gone wrong may hold any number of rows there.
Result<RangeDigest> RowCheck::digestHere(Seq since, const Finding &finding)
{
    constexpr int noLimit = std::numeric_limits<int>::max();
    const DigestRange range{since, finding.hasMore ? finding.upTo : 0, noLimit, noLimit, m_file.formHere()};
    using Digest = std::optional<RangeDigest>;
    const auto digest = [range](Database &database) {
        return digestRows(database, range, [](const QByteArray &, qint64, qint64 id) { return id < firstForecastId; });
    };
    const auto plain = m_file.workspace().readNow<Digest>([&digest](Database &database) -> Result<Digest> {
        return database.result(isAhead(database) ? Digest() : Digest(digest(database)));
    });
    if (!plain)
        return tl::unexpected(plain.error());
    if (*plain)
        return **plain;
    // Something may stand in the outbox for ever.
    const auto aside =
        m_file.workspace().write<RangeDigest>(Urgency::interactive, [digest](Writing &writing) -> Result<RangeDigest> {
            RangeDigest found;
            lookWithoutForecasts(writing, [&](Database &database) { found = digest(database); });
            return writing.database().result(found);
        });
    return aside.result();
}

Result<RowCheck::Finding> RowCheck::compare(Seq since)
{
    const auto answers = ask({checksum(since, m_mostRows, false)});
    if (!answers)
        return tl::unexpected(answers.error());
    const ServerCall &told = answers->constFirst();
    Finding finding;
    finding.upTo = told.object.value(QLatin1StringView("upTo")).toInteger();
    finding.hasMore = told.object.value(QLatin1StringView("hasMore")).toBool();
    if (finding.hasMore && finding.upTo <= since)
        return fail(ErrorKind::malformed, QStringLiteral("the server goes in a circle"));
    const int count = told.object.value(QLatin1StringView("count")).toInt();
    const auto here = digestHere(since, finding);
    if (!here)
        return tl::unexpected(here.error());
    finding.count = here->rows.size();
    if (here->digest().toHex() == text(told, "digest").toLatin1())
        return finding;
    if (!isNewest(told)) {
        finding.isTold = false;
        return finding;
    }
    return narrow(finding, since, count);
}

/// Row by row, in the same range.
Result<RowCheck::Finding> RowCheck::narrow(Finding finding, Seq since, int count)
{
    const auto answers = ask({checksum(since, std::max(count, 1), true)});
    if (!answers)
        return tl::unexpected(answers.error());
    const ServerCall &told = answers->constFirst();
    finding.isTold = isNewest(told);
    if (!finding.isTold)
        return finding;
    const auto here = digestHere(since, finding);
    if (!here)
        return tl::unexpected(here.error());
    finding.differences = differencesOf(here->rows, rowsFrom(told.object.value(QLatin1StringView("rows")).toArray()));
    return finding;
}

/// Some rows as they are there, or their absence.
Result<ChangeBatch> RowCheck::fetch(const QList<RowDifference> &part)
{
    std::map<QByteArray, QJsonArray> ids;
    for (const RowDifference &row : part)
        ids[row.table].append(QString::number(row.id));
    QList<ServerCall> calls{checksum(0, 1, false)};
    for (const auto &[table, list] : ids)
        calls.append({wireTypeOf(table) + QStringLiteral("/get"), {{QStringLiteral("ids"), list}}});
    const auto answers = ask(calls);
    if (!answers)
        return tl::unexpected(answers.error());
    if (!isNewest(answers->constFirst()))
        return fail(ErrorKind::transient, QStringLiteral("something has changed at the server meanwhile"));
    return m_file.workspace().readNow<ChangeBatch>([&](Database &database) -> Result<ChangeBatch> {
        ChangeBatch batch;
        qsizetype next = 1;
        for (const auto &[table, list] : ids) {
            const QJsonObject &told = answers->at(next++).object;
            for (const QJsonValue &object : told.value(QLatin1StringView("list")).toArray()) {
                const auto row = rowFromWire(table, wireColumns(database, table), object.toObject());
                if (!row)
                    return tl::unexpected(row.error());
                batch.rows.append(*row);
            }
            for (const QJsonValue &id : told.value(QLatin1StringView("notFound")).toArray())
                batch.rows.prepend({table, 0, true, id.toString().toLongLong(), {}});
        }
        return database.result(batch);
    });
}

bool RowCheck::dropsUndone()
{
    const auto dropped = m_file.workspace().write<bool>(Urgency::interactive, [](Writing &writing) -> Result<bool> {
        return writing.database().result(withdrawUndone(writing));
    });
    return dropped.result().value_or(false);
}

bool RowCheck::comesToRest()
{
    if (!isDue())
        return false;
    const auto isShownAhead = m_file.workspace().readNow<bool>(
        [](Database &database) -> Result<bool> { return database.result(isAhead(database)); });
    return isShownAhead.has_value() && (!*isShownAhead || dropsUndone());
}

Result<qint64> RowCheck::repair(const QList<RowDifference> &differences)
{
    qint64 repaired = 0;
    for (qsizetype i = 0; i < differences.size(); i += mostFetched) {
        const auto batch = fetch(differences.mid(i, mostFetched));
        if (!batch)
            return tl::unexpected(batch.error());
        if (const Done taken = m_file.takeRows(*batch, m_file.state(), m_file.isComplete()); !taken)
            return tl::unexpected(taken.error());
        repaired += batch->rows.size();
    }
    return repaired;
}

} // namespace Earshot
