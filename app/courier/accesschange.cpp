// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/accesschange.h"

#include "workspace/facts.h"

namespace Earshot {

QJsonObject toJson(const AccessChange &change)
{
    return {{QStringLiteral("kind"), int(change.kind)}, {QStringLiteral("agent"), change.agent.value},
            {QStringLiteral("hash"), change.hash},      {QStringLiteral("tokenId"), change.tokenId},
            {QStringLiteral("device"), change.device},  {QStringLiteral("name"), change.name},
            {QStringLiteral("by"), change.by.value}};
}

Result<AccessChange> accessChangeFromJson(const QJsonObject &json)
{
    const int kind = json.value(QLatin1StringView("kind")).toInt(-1);
    AccessChange change;
    change.kind = static_cast<AccessChange::Kind>(kind);
    change.agent = AgentId(json.value(QLatin1StringView("agent")).toInteger());
    change.hash = json.value(QLatin1StringView("hash")).toString();
    change.tokenId = json.value(QLatin1StringView("tokenId")).toString();
    change.device = json.value(QLatin1StringView("device")).toString();
    change.name = json.value(QLatin1StringView("name")).toString();
    change.by = AgentId(json.value(QLatin1StringView("by")).toInteger());
    if (kind < 0 || kind > int(AccessChange::Kind::erase) || !change.agent.isValid() ||
        (change.hash.isEmpty() && !takesAccess(change)))
        return fail(ErrorKind::invalid, QStringLiteral("an access change"));
    return change;
}

Result<bool> storeAccessChange(Writing &writing, const AccessChange &change)
{
    const auto agent = loadAgentFacts(writing.database(), change.agent);
    if (!agent)
        return fail(ErrorKind::notFound, QStringLiteral("no such agent"));
    const auto by = change.by.isValid() ? loadAgentFacts(writing.database(), change.by) : std::nullopt;
    AccessLine line;
    line.agent = change.by;
    line.name = by ? by->name : QString();
    line.address = change.address;
    line.token = change.tokenId;
    line.detail = change.name.isEmpty() ? agent->name : QString(agent->name + QStringLiteral(": ") + change.name);
    if (change.kind == AccessChange::Kind::password) {
        storePassword(writing, change.agent, change.hash);
        line.kind = QStringLiteral("passwordSet");
    } else if (change.kind == AccessChange::Kind::token) {
        storeToken(writing,
                   {change.tokenId, change.agent, change.device, change.name, change.hash, {}, {}, {}, {}, {}, false});
        line.kind = QStringLiteral("tokenMade");
    } else if (change.kind == AccessChange::Kind::erase) {
        if (!askToErase(writing, change.tokenId, change.agent))
            return fail(ErrorKind::notFound, QStringLiteral("no such token, or it was asked already"));
        line.kind = QStringLiteral("eraseAsked");
    } else if (revokeToken(writing, change.tokenId, change.agent)) {
        line.kind = QStringLiteral("tokenRevoked");
    } else {
        return fail(ErrorKind::notFound, QStringLiteral("no such token"));
    }
    logAccess(writing, line);
    return writing.database().result(true);
}

} // namespace Earshot
