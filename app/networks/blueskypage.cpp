// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskypage.h"

#include <QCryptographicHash>

namespace Earshot {

namespace {

using Kind = BlueskyAddress::Kind;

const char *listIn(const BlueskySession &session)
{
    if (session.isInbox())
        return "notifications";
    return session.address.kind == Kind::account ? "feed" : "posts";
}

BlueskyItem itemFrom(const QJsonObject &entry, const BlueskySession &session)
{
    BlueskyItem item;
    if (session.isInbox()) {
        const QString reason = textOf(entry, "reason");
        const bool isTalk = reason == QLatin1StringView("mention") || reason == QLatin1StringView("reply") ||
                            reason == QLatin1StringView("quote");
        const QJsonObject post = postOfNotification(entry);
        item.key = keyOfPost(post);
        item.at = timeOf(entry, "indexedAt");
        if (isTalk)
            item.post = post;
        return item;
    }
    const bool isFeed = session.address.kind == Kind::account;
    const QJsonObject post = isFeed ? objectOf(entry, "post") : entry;
    item.key = keyOfPost(post);
    item.at = placeOf(post);
    // Reposts and pins stand in a feed for another reason than their age.
    if (isFeed && entry.contains(QLatin1StringView("reason")))
        item.key.clear();
    else if (session.address.kind == Kind::search || isForChannel(post, session.view))
        // Why the server has found it is its own affair: an operator, a description, a linked page.
        item.post = post;
    return item;
}

} // namespace

BlueskyPageRequest newestPage(const BlueskySession &session, int limit)
{
    BlueskyPageRequest page{{}, {{"limit", QString::number(limit)}}};
    if (session.isInbox()) {
        page.method = "app.bsky.notification.listNotifications";
        for (const char *reason : {"mention", "reply", "quote"})
            page.query.append({"reasons", QString::fromLatin1(reason)});
        // Left out, a setting of the account decides: then those alone are told of whom it follows.
        page.query.append({"priority", QStringLiteral("false")});
    } else if (session.address.kind == Kind::account) {
        page.method = "app.bsky.feed.getAuthorFeed";
        page.query.append({"actor", session.view.did});
        page.query.append({"filter", QStringLiteral("posts_with_replies")});
    } else {
        page.method = "app.bsky.feed.searchPosts";
        const bool isTag = session.address.kind == Kind::tag;
        page.query.append({"q", isTag ? QString(QLatin1Char('#') + session.view.words) : session.view.words});
        page.query.append({"sort", QStringLiteral("latest")});
    }
    return page;
}

Done holdsList(const QJsonObject &answer, const BlueskySession &session)
{
    if (session.isInbox() && !valueOf(answer, listIn(session)).isArray())
        return fail(ErrorKind::malformed, QStringLiteral("no list of notifications"));
    return {};
}

QList<BlueskyItem> itemsOf(const QJsonObject &page, const BlueskySession &session)
{
    QList<BlueskyItem> items;
    const QJsonArray list = listOf(page, listIn(session));
    for (const QJsonValue &entry : list) {
        const BlueskyItem item = itemFrom(entry.toObject(), session);
        if (!item.key.isEmpty())
            items.append(item);
    }
    return items;
}

QString keyOfPost(const QJsonObject &post)
{
    const QString whole = textOf(post, "uri") + QLatin1Char(' ') + textOf(post, "cid");
    return QString::fromLatin1(
        QCryptographicHash::hash(whole.toUtf8(), QCryptographicHash::Sha256).first(9).toBase64());
}

Time placeOf(const QJsonObject &post)
{
    const Time indexed = timeOf(post, "indexedAt");
    const Time created = timeOf(objectOf(post, "record"), "createdAt");
    return isKnown(created) && created < indexed ? created : indexed;
}

} // namespace Earshot
