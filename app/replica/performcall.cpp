// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/performcall.h"

#include "model/actionjson.h"

namespace Earshot {

namespace {

/// So often before it is a person's to look at; more often where it may have been the server all the same, on a bad
/// day.
constexpr int mostTurnedAway = 3;
constexpr int mostUnsure = 10;

} // namespace

ServerCall performCall(const QJsonArray &actions, const ServerSession &session)
{
    ServerCall call{QStringLiteral("Action/perform"), {{QStringLiteral("actions"), actions}}};
    // It may have been restored since it let this device in.
    if (!session.era.incarnation.isEmpty())
        call.object.insert(QStringLiteral("ifIncarnation"), session.era.incarnation);
    return call;
}

QList<Outcome> outcomesIn(const QJsonObject &answer)
{
    QList<Outcome> outcomes;
    for (const QJsonValue &told : answer.value(QLatin1StringView("outcomes")).toArray()) {
        const Result<Outcome> outcome = outcomeFromJson(told.toObject());
        if (!outcome || outcome->kind == Outcome::Kind::unknown)
            break;
        outcomes.append(*outcome);
    }
    return outcomes;
}

bool isRefusedAsAWhole(ErrorKind kind)
{
    return kind == ErrorKind::invalid || kind == ErrorKind::tooLong || kind == ErrorKind::tooLarge;
}

RefusalKind refusalOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::tooLarge:
    case ErrorKind::tooLong:
        return RefusalKind::tooLarge;
    case ErrorKind::permission:
        return RefusalKind::permission;
    default:
        return RefusalKind::invalid;
    }
}

bool TurnedAway::isIt(ErrorKind kind)
{
    return kind == ErrorKind::permission || kind == ErrorKind::unknown || kind == ErrorKind::notFound ||
           kind == ErrorKind::gone || kind == ErrorKind::malformed || kind == ErrorKind::unsure;
}

QString TurnedAway::reason()
{
    return QStringLiteral("something on the way to the server, such as a firewall, turns it away, or the server fails "
                          "at it; it may have been done already");
}

bool TurnedAway::isOften(const QList<qint64> &entries, ErrorKind kind)
{
    const qint64 alone = entries.size() == 1 ? entries.constFirst() : 0;
    if (alone == 0 || alone != m_entry)
        *this = {};
    m_entry = alone;
    return alone != 0 && ++m_times >= (kind == ErrorKind::unsure ? mostUnsure : mostTurnedAway);
}

} // namespace Earshot
