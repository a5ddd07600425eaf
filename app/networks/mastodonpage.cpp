// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonpage.h"

#include <QRegularExpression>

#include <algorithm>

namespace Earshot {

namespace {

using Kind = MastodonAddress::Kind;

/// Quotes became notifications with this number of api_versions.mastodon.
constexpr int quotesSince = 7;

MastodonItem itemFrom(const QJsonObject &object, const MastodonSession &session)
{
    MastodonItem item;
    item.id = textOf(object, "id");
    item.createdAt = timeOf(object, "created_at");
    if (session.isInbox()) {
        item.key = item.id;
        // Servers may ignore the filter of types.
        if (isInboxType(textOf(object, "type")))
            item.post = valueOf(object, "status").toObject();
    } else {
        // The id of a post may change when it is edited; its uri does not.
        item.key = uriOf(object);
        const bool isBoost = valueOf(object, "reblog").isObject();
        if (!isBoost && isForChannel(object, session.view))
            item.post = object;
    }
    return item;
}

} // namespace

QByteArray newestPage(const MastodonSession &session)
{
    if (session.isInbox()) {
        // A mention that the server's own policy hides from people is still a customer.
        QByteArray path = "/api/v1/notifications?limit=40&include_filtered=true&types%5B%5D=mention";
        if (session.server.apiVersion >= quotesSince)
            path += "&types%5B%5D=quote";
        return path;
    }
    switch (session.address.kind) {
    case Kind::tag:
        return "/api/v1/timelines/tag/" + idInPath(session.address.name) + "?limit=40";
    case Kind::search:
        return "/api/v1/timelines/public?limit=40";
    default:
        return "/api/v1/accounts/" + idInPath(session.view.accountId) + "/statuses?limit=40&exclude_reblogs=true";
    }
}

QByteArray withFewer(const QByteArray &path)
{
    static const QRegularExpression limit(QStringLiteral("(?<=[?&]limit=)(\\d+)"));
    QString fewer = QString::fromLatin1(path);
    const int number = limit.match(fewer).captured(1).toInt();
    return number > 1 ? fewer.replace(limit, QString::number(std::max(1, number / 6))).toLatin1() : QByteArray();
}

QList<MastodonItem> itemsOf(const QJsonArray &page, const MastodonSession &session)
{
    QList<MastodonItem> items;
    for (const QJsonValue &entry : page) {
        const MastodonItem item = itemFrom(entry.toObject(), session);
        if (!item.key.isEmpty())
            items.append(item);
    }
    return items;
}

} // namespace Earshot
