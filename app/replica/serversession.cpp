// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/serversession.h"

#include "desk/protocol.h"

#include <algorithm>

namespace Earshot {

namespace {

const QString deskCapability = QStringLiteral("urn:earshot:params:jmap:desk");
const QString coreCapability = QStringLiteral("urn:ietf:params:jmap:core");

/// A newer server speaks the protocol before its own, too.
bool isSpokenHere(const QJsonObject &session)
{
    const QJsonValue protocol =
        session.value(QLatin1StringView("capabilities"))[deskCapability][QLatin1StringView("protocol")];
    return protocol.toInt(protocolNumber) <= protocolNumber + 1;
}

} // namespace

QJsonArray ServerSession::capabilities()
{
    return {coreCapability, deskCapability};
}

Result<ServerSession> sessionFrom(const QJsonObject &object, const QUrl &server)
{
    if (!isSpokenHere(object))
        return fail(ErrorKind::newerVersion,
                    QStringLiteral("%1 is a newer Earshot than this one understands").arg(server.host()));
    ServerSession session;
    session.account = object.value(QLatin1StringView("primaryAccounts")).toObject().value(deskCapability).toString();
    const QJsonObject desk = object.value(QLatin1StringView("accounts"))[session.account]
                                 .toObject()
                                 .value(QLatin1StringView("accountCapabilities"))[deskCapability]
                                 .toObject();
    session.agent = AgentId(desk.value(QLatin1StringView("agent")).toString().toLongLong());
    if (!session.agent.isValid())
        return fail(ErrorKind::malformed, QStringLiteral("%1 is no Earshot server").arg(server.toString()));
    session.device = desk.value(QLatin1StringView("device")).toString();
    session.mostActions = std::max(1, desk.value(QLatin1StringView("maxActionsInPerform")).toInt());
    session.era.incarnation = desk.value(QLatin1StringView("incarnation")).toString();
    session.era.form = desk.value(QLatin1StringView("schema")).toInt();
    const QJsonObject earlier = desk.value(QLatin1StringView("earlier")).toObject();
    for (auto it = earlier.constBegin(); it != earlier.constEnd(); ++it)
        session.era.alike.insert(it.key(), it.value().toInteger());
    if (const QJsonValue newest = desk.value(QLatin1StringView("newest")); newest.isDouble())
        session.era.newest = newest.toInteger();
    session.mostBytes =
        object.value(QLatin1StringView("capabilities"))[coreCapability][QLatin1StringView("maxSizeRequest")]
            .toInteger();
    // At the address that the person gave, whatever name the server has for itself.
    session.socket = server;
    const bool isSecure = server.scheme() == QLatin1StringView("https");
    session.socket.setScheme(isSecure ? QStringLiteral("wss") : QStringLiteral("ws"));
    session.socket.setPath(QStringLiteral("/jmap/ws"));
    return session;
}

} // namespace Earshot
