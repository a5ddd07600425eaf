// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/mediajson.h"

#include <QJsonObject>

namespace Earshot {

QJsonArray mediaToJson(const QList<OutgoingMedia> &media)
{
    QJsonArray list;
    for (const OutgoingMedia &one : media)
        list.append(QJsonObject{{QStringLiteral("hash"), one.hash},
                                {QStringLiteral("type"), one.type},
                                {QStringLiteral("description"), one.description}});
    return list;
}

QList<OutgoingMedia> mediaFromJson(const QJsonArray &list)
{
    QList<OutgoingMedia> media;
    for (const QJsonValue &value : list) {
        const QJsonObject json = value.toObject();
        OutgoingMedia one;
        one.hash = json.value(QLatin1StringView("hash")).toString();
        one.type = json.value(QLatin1StringView("type")).toString();
        one.description = json.value(QLatin1StringView("description")).toString();
        if (!one.hash.isEmpty())
            media.append(one);
    }
    return media;
}

} // namespace Earshot
