// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/ownerwire.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QJsonArray>
#include <QStandardPaths>

namespace Earshot {

namespace {

/// Bytes that QLocalServer can bind: 107 (unix(7)) without those of the folder in which it makes the socket first.
constexpr qsizetype longestName = 90;

} // namespace

QString ownerSocketName(const QString &workspacePath)
{
    const QByteArray path = QFileInfo(workspacePath).canonicalFilePath().toUtf8();
    const QString hash =
        QString::fromLatin1(QCryptographicHash::hash(path, QCryptographicHash::Blake2b_256).toHex().left(24));
    // A folder of the user's own: nobody else can be there first under the name. Where the data are, as the runtime
    // folder is another one for a service, a timer's job and a session of one user.
    const QString name =
        QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/earshot/open/") + hash;
    if (name.toUtf8().size() <= longestName)
        return name;
    return QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) + QStringLiteral("/earshot-") + hash;
}

QJsonObject toJson(const ChannelReport &report)
{
    QJsonObject json{{QStringLiteral("channel"), report.channel.value}, {QStringLiteral("name"), report.name},
                     {QStringLiteral("messages"), report.messages},     {QStringLiteral("history"), report.history},
                     {QStringLiteral("changes"), report.changes},       {QStringLiteral("sent"), report.sent},
                     {QStringLiteral("waiting"), report.waiting},       {QStringLiteral("failed"), report.failed},
                     {QStringLiteral("unsure"), report.unsure}};
    if (report.error) {
        json.insert(QStringLiteral("error"), QJsonObject{{QStringLiteral("kind"), word(report.error->kind)},
                                                         {QStringLiteral("detail"), report.error->detail},
                                                         {QStringLiteral("until"), toMs(report.error->until)}});
    }
    return json;
}

ChannelReport reportFromJson(const QJsonObject &json)
{
    ChannelReport report;
    const auto number = [&json](QLatin1StringView name) { return json.value(name).toInt(); };
    report.channel = ChannelId(json.value(QLatin1StringView("channel")).toInteger());
    report.name = json.value(QLatin1StringView("name")).toString();
    report.messages = number(QLatin1StringView("messages"));
    report.history = number(QLatin1StringView("history"));
    report.changes = number(QLatin1StringView("changes"));
    report.sent = number(QLatin1StringView("sent"));
    report.waiting = number(QLatin1StringView("waiting"));
    report.failed = number(QLatin1StringView("failed"));
    report.unsure = number(QLatin1StringView("unsure"));
    const QJsonObject error = json.value(QLatin1StringView("error")).toObject();
    if (!error.isEmpty()) {
        report.error =
            Error{fromWord<ErrorKind>(error.value(QLatin1StringView("kind")).toString()).value_or(ErrorKind::unknown),
                  error.value(QLatin1StringView("detail")).toString(),
                  timeFromMs(error.value(QLatin1StringView("until")).toInteger())};
    }
    return report;
}

QJsonObject toJson(const CommitNotice &notice)
{
    QJsonArray conversations;
    for (const ConversationId id : notice.conversations)
        conversations.append(id.value);
    return {{QStringLiteral("first"), notice.first},
            {QStringLiteral("last"), notice.last},
            {QStringLiteral("conversations"), conversations},
            {QStringLiteral("hasDeliveries"), notice.hasDeliveries},
            {QStringLiteral("hasChannels"), notice.hasChannels},
            {QStringLiteral("hasNewInbound"), notice.hasNewInbound}};
}

CommitNotice noticeFromJson(const QJsonObject &json)
{
    CommitNotice notice;
    notice.first = json.value(QLatin1StringView("first")).toInteger();
    notice.last = json.value(QLatin1StringView("last")).toInteger();
    const QJsonArray conversations = json.value(QLatin1StringView("conversations")).toArray();
    for (const QJsonValue &id : conversations)
        notice.conversations.insert(ConversationId(id.toInteger()));
    notice.hasDeliveries = json.value(QLatin1StringView("hasDeliveries")).toBool();
    notice.hasChannels = json.value(QLatin1StringView("hasChannels")).toBool();
    notice.hasNewInbound = json.value(QLatin1StringView("hasNewInbound")).toBool();
    return notice;
}

} // namespace Earshot
