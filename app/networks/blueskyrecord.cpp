// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskyrecord.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QtEndian>

#include <algorithm>

namespace Earshot {

QByteArray collectionOf(Effect effect)
{
    switch (effect) {
    case Effect::reply:
    case Effect::deleteOwn:
        return postCollection;
    case Effect::like:
    case Effect::unlike:
        return likeCollection;
    case Effect::boost:
    case Effect::unboost:
        return repostCollection;
    default:
        return {};
    }
}

AtUri ownReaction(const QJsonObject &post, const QByteArray &collection)
{
    const char *name = collection == likeCollection ? "like" : "repost";
    return parseAtUri(textOf(objectOf(post, "viewer"), name));
}

Delivered deliveredFrom(const QString &uri, const QString &cid, const Outgoing &outgoing)
{
    const StrongRef target = strongRefFrom(outgoing.targetRemoteId);
    const bool isRoot = target.rootUri.isEmpty();
    const StrongRef ref{.cid = cid,
                        .rootUri = isRoot ? outgoing.targetUri : target.rootUri,
                        .rootCid = isRoot ? target.cid : target.rootCid};
    return {.uri = uri, .remoteId = ref.toString(), .url = pageOf(uri), .moderation = Moderation::none};
}

QList<ScaledMedium> scaledIn(const QJsonObject &record, const Outgoing &outgoing, const ChannelAccess &access)
{
    QList<ScaledMedium> scaled;
    const QJsonArray images = listOf(objectOf(record, "embed"), "images");
    for (qsizetype i = 0; i < std::min(images.size(), outgoing.media.size()) && access.mediaPath; ++i) {
        const QJsonObject image = images.at(i).toObject();
        const QFileInfo attached(access.mediaPath(outgoing.media.at(i).hash));
        const QJsonObject ratio = objectOf(image, "aspectRatio");
        const qint64 sent = valueOf(objectOf(image, "image"), "size").toInteger();
        if (attached.exists() && sent > 0 && sent != attached.size())
            scaled.append({.position = int(i),
                           .width = valueOf(ratio, "width").toInt(),
                           .height = valueOf(ratio, "height").toInt()});
    }
    return scaled;
}

bool isSameAnswer(const QJsonObject &record, const Outgoing &outgoing)
{
    const QString parent = textOf(objectOf(objectOf(record, "reply"), "parent"), "uri");
    return textOf(record, "text") == outgoing.text && parent == outgoing.targetUri;
}

QString recordKeyFor(const Outgoing &outgoing)
{
    const QByteArray hash = QCryptographicHash::hash(outgoing.clientId.toUtf8(), QCryptographicHash::Sha256);
    const auto number = qFromBigEndian<quint32>(hash.constData());
    constexpr quint64 clockIds = 1024;
    const quint64 micros = quint64(std::max<qint64>(toMs(outgoing.createdAt), 0)) * 1000 + number % 1000;
    quint64 value = (micros * clockIds + (number / 1000) % clockIds) & 0x7FFF'FFFF'FFFF'FFFFULL;
    QString key(13, QLatin1Char('2'));
    for (qsizetype i = key.size() - 1; i >= 0; --i) {
        key[i] = QLatin1StringView("234567abcdefghijklmnopqrstuvwxyz")[qsizetype(value % 32)];
        value /= 32;
    }
    return key;
}

} // namespace Earshot
