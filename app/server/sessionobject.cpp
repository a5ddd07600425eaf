// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/sessionobject.h"

#include "desk/protocol.h"
#include "workspace/changes.h"
#include "workspace/schema.h"
#include "workspace/wirerows.h"

#include <QCryptographicHash>
#include <QJsonArray>

namespace Earshot {

namespace {

QJsonObject coreLimits(const ServerLimits &limits)
{
    return {{QStringLiteral("maxSizeUpload"), limits.uploadBytes},
            {QStringLiteral("maxConcurrentUpload"), limits.concurrentUploads},
            {QStringLiteral("maxSizeRequest"), limits.requestBytes},
            {QStringLiteral("maxConcurrentRequests"), limits.concurrentRequests},
            {QStringLiteral("maxCallsInRequest"), limits.callsInRequest},
            {QStringLiteral("maxObjectsInGet"), limits.objectsInGet},
            {QStringLiteral("maxObjectsInSet"), limits.actionsInPerform},
            {QStringLiteral("collationAlgorithms"), QJsonArray()}};
}

QJsonObject deskAccount(const Viewer &viewer, const Principal &principal, const ServerLimits &limits)
{
    QJsonObject earlier;
    for (const QString &one : viewer.lineage.split(u' ', Qt::SkipEmptyParts))
        earlier.insert(one.section(u':', 0, 0), one.section(u':', 1).toLongLong());
    QJsonArray types;
    for (const QByteArray &table : synchronisedTables())
        types.append(wireTypeOf(table));
    return {{QStringLiteral("agent"), QString::number(viewer.agent.value)},
            {QStringLiteral("role"), word(viewer.role)},
            {QStringLiteral("device"), principal.device.toString(QUuid::WithoutBraces)},
            {QStringLiteral("maxActionsInPerform"), limits.actionsInPerform},
            {QStringLiteral("incarnation"), viewer.incarnation},
            {QStringLiteral("earlier"), earlier},
            {QStringLiteral("newest"), viewer.newest},
            {QStringLiteral("schema"), newestSynchronisedVersion()},
            {QStringLiteral("types"), types}};
}

} // namespace

QJsonObject sessionObject(const Viewer &viewer, const Principal &principal, const ServerLimits &limits,
                          const QString &base, const QString &workspaceName)
{
    const QString socket =
        (base.startsWith(QLatin1StringView("https:")) ? u"wss" : u"ws") + base.mid(base.indexOf(u':'));
    const QJsonObject capabilities{
        {coreCapability, coreLimits(limits)},
        {webSocketCapability, QJsonObject{{QStringLiteral("url"), QString(socket + QStringLiteral("/jmap/ws"))},
                                          {QStringLiteral("supportsPush"), true}}},
        {deskCapability, QJsonObject{{QStringLiteral("protocol"), protocolNumber},
                                     {QStringLiteral("slicesUrl"), QString(base + QStringLiteral("/jmap/slices"))}}}};
    const QJsonObject account{
        {QStringLiteral("name"), workspaceName},
        {QStringLiteral("isPersonal"), false},
        {QStringLiteral("isReadOnly"), viewer.role == Role::viewer},
        {QStringLiteral("accountCapabilities"), QJsonObject{{deskCapability, deskAccount(viewer, principal, limits)}}}};
    return {{QStringLiteral("capabilities"), capabilities},
            {QStringLiteral("accounts"), QJsonObject{{viewer.account, account}}},
            {QStringLiteral("primaryAccounts"), QJsonObject{{deskCapability, viewer.account}}},
            {QStringLiteral("username"), viewer.name},
            {QStringLiteral("apiUrl"), QString(base + QStringLiteral("/jmap/api"))},
            {QStringLiteral("downloadUrl"),
             QString(base + QStringLiteral("/jmap/download/{accountId}/{blobId}/{name}?type={type}"))},
            {QStringLiteral("uploadUrl"), QString(base + QStringLiteral("/jmap/upload/{accountId}/"))},
            {QStringLiteral("eventSourceUrl"),
             QString(base + QStringLiteral("/jmap/eventsource/?types={types}&closeafter={closeafter}&ping={ping}"))},
            {QStringLiteral("state"), sessionStateOf(viewer)}};
}

QString sessionStateOf(const Viewer &viewer)
{
    const QString text = viewer.account + u'\n' + viewer.stateStem + u'\n' + viewer.name + u'\n' + word(viewer.role);
    return QString::fromLatin1(QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex().left(16));
}

} // namespace Earshot
