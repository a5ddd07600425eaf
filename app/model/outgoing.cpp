// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/outgoing.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Earshot {

QByteArray toBytes(const Outgoing &outgoing)
{
    QJsonArray media;
    for (const OutgoingMedia &file : outgoing.media) {
        media.append(QJsonObject{{QStringLiteral("hash"), file.hash},
                                 {QStringLiteral("type"), file.type},
                                 {QStringLiteral("description"), file.description}});
    }
    // QJsonObject keeps its keys sorted: equal values give equal bytes.
    QJsonObject json{
        {QStringLiteral("effect"), word(outgoing.effect)},
        {QStringLiteral("clientId"), outgoing.clientId},
        {QStringLiteral("targetUri"), outgoing.targetUri},
        {QStringLiteral("targetRemoteId"), outgoing.targetRemoteId},
        {QStringLiteral("threadUri"), outgoing.threadUri},
        {QStringLiteral("text"), outgoing.text},
        {QStringLiteral("contentWarning"), outgoing.contentWarning},
        {QStringLiteral("language"), outgoing.language},
        {QStringLiteral("visibility"), word(outgoing.visibility)},
        {QStringLiteral("media"), media},
        {QStringLiteral("createdAt"), toMs(outgoing.createdAt)},
    };
    if (outgoing.recipients)
        json.insert(QStringLiteral("recipients"), QJsonArray::fromStringList(*outgoing.recipients));
    if (outgoing.mayWiden)
        json.insert(QStringLiteral("mayWiden"), true);
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

Result<Outgoing> outgoingFromBytes(const QByteArray &bytes)
{
    const QJsonObject json = QJsonDocument::fromJson(bytes).object();
    const auto text = [&json](QLatin1StringView name) { return json.value(name).toString(); };
    const auto effect = fromWord<Effect>(text(QLatin1StringView("effect")));
    const auto visibility = fromWord<Visibility>(text(QLatin1StringView("visibility")));
    if (!effect || !visibility)
        return fail(ErrorKind::malformed, QStringLiteral("a stored outgoing cannot be read"));
    Outgoing outgoing;
    outgoing.effect = *effect;
    outgoing.clientId = text(QLatin1StringView("clientId"));
    outgoing.targetUri = text(QLatin1StringView("targetUri"));
    outgoing.targetRemoteId = text(QLatin1StringView("targetRemoteId"));
    outgoing.threadUri = text(QLatin1StringView("threadUri"));
    outgoing.text = text(QLatin1StringView("text"));
    outgoing.contentWarning = text(QLatin1StringView("contentWarning"));
    outgoing.language = text(QLatin1StringView("language"));
    outgoing.visibility = *visibility;
    const QJsonArray media = json.value(QLatin1StringView("media")).toArray();
    for (const QJsonValue &value : media) {
        const QJsonObject file = value.toObject();
        outgoing.media.append({file.value(QLatin1StringView("hash")).toString(),
                               file.value(QLatin1StringView("type")).toString(),
                               file.value(QLatin1StringView("description")).toString()});
    }
    if (const QJsonValue recipients = json.value(QLatin1StringView("recipients")); recipients.isArray()) {
        outgoing.recipients.emplace();
        const QJsonArray names = recipients.toArray();
        for (const QJsonValue &name : names)
            outgoing.recipients->append(name.toString());
    }
    outgoing.mayWiden = json.value(QLatin1StringView("mayWiden")).toBool();
    outgoing.createdAt = timeFromMs(json.value(QLatin1StringView("createdAt")).toInteger());
    return outgoing;
}

QString digestOf(const Outgoing &outgoing)
{
    return QString::fromLatin1(QCryptographicHash::hash(toBytes(outgoing), QCryptographicHash::Blake2b_256).toHex());
}

} // namespace Earshot
