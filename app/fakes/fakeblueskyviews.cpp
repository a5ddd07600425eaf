// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakebluesky.h"

#include "fakes/requestparts.h"
#include "networks/blueskyaddress.h"
#include "networks/jsonvalues.h"

#include <QRegularExpression>

#include <algorithm>

namespace Earshot {

namespace {

QString parentOf(const QJsonObject &record)
{
    return textOf(objectOf(objectOf(record, "reply"), "parent"), "uri");
}

} // namespace

HttpAnswer FakeBluesky::onApp(const Call &call) const
{
    if (call.method == "app.bsky.notification.listNotifications")
        return call.viewer.isEmpty() ? answerError(401, "AuthMissing", QStringLiteral("Authentication Required"))
                                     : listNotifications(call);
    if (call.method == "app.bsky.graph.getListMutes" || call.method == "app.bsky.graph.getListBlocks")
        return call.viewer.isEmpty() ? answerError(401, "AuthMissing", QStringLiteral("Authentication Required"))
                                     : hiddenLists(call, call.method.endsWith("Blocks"));
    if (call.method == "app.bsky.feed.getPostThread")
        return getPostThread(call);
    if (call.method == "app.bsky.feed.getPosts")
        return getPosts(call);
    if (call.method == "app.bsky.actor.getProfile")
        return getProfile(call);
    if (call.method == "app.bsky.actor.getProfiles")
        return getProfiles(call);
    if (call.method == "app.bsky.feed.getAuthorFeed")
        return authorFeed(call);
    if (call.method == "app.bsky.feed.searchPosts")
        return searchPosts(call);
    return answerError(501, "MethodNotImplemented", QStringLiteral("Method Not Implemented"));
}

QJsonObject FakeBluesky::profileJson(const QString &did, const QString &viewer) const
{
    const Person *person = personBy(did);
    QJsonObject profile{{QStringLiteral("did"), did},
                        {QStringLiteral("handle"), person ? person->handle : QStringLiteral("handle.invalid")},
                        {QStringLiteral("labels"), QJsonArray()}};
    if (person)
        profile.insert(QStringLiteral("displayName"), person->displayName);
    if (!viewer.isEmpty())
        profile.insert(QStringLiteral("viewer"),
                       QJsonObject{{QStringLiteral("muted"), false},
                                   {QStringLiteral("blockedBy"), m_blocks.contains(did + QLatin1Char(' ') + viewer)}});
    return profile;
}

QJsonObject FakeBluesky::quoteJson(const QString &uri, int depth) const
{
    const Record *quoted = find(uri);
    if (!quoted)
        return {{QStringLiteral("$type"), QStringLiteral("app.bsky.embed.record#viewNotFound")},
                {QStringLiteral("uri"), uri},
                {QStringLiteral("notFound"), true}};
    QJsonArray embeds;
    if (depth < 2 && quoted->value.contains(QLatin1StringView("embed")))
        embeds.append(embedJson(objectOf(quoted->value, "embed"), quoted->did, depth + 1));
    return {{QStringLiteral("$type"), QStringLiteral("app.bsky.embed.record#viewRecord")},
            {QStringLiteral("uri"), uri},
            {QStringLiteral("cid"), quoted->cid},
            {QStringLiteral("author"), profileJson(quoted->did, {})},
            {QStringLiteral("value"), quoted->value},
            {QStringLiteral("embeds"), embeds}};
}

QJsonObject FakeBluesky::embedJson(const QJsonObject &embed, const QString &did, int depth) const
{
    const QString type = textOf(embed, "$type");
    QJsonObject view{{QStringLiteral("$type"), QString(type + QLatin1StringView("#view"))}};
    if (type == QLatin1StringView("app.bsky.embed.images")) {
        QJsonArray images;
        const QJsonArray list = listOf(embed, "images");
        for (const QJsonValue &entry : list) {
            QJsonObject image = entry.toObject();
            const QString link = textOf(objectOf(objectOf(image, "image"), "ref"), "$link");
            const QString address = QStringLiteral("https://cdn.%1/img/%2/plain/%3/%4");
            image.remove(QStringLiteral("image"));
            image.insert(QStringLiteral("thumb"), address.arg(m_host, QStringLiteral("feed_thumbnail"), did, link));
            image.insert(QStringLiteral("fullsize"), address.arg(m_host, QStringLiteral("feed_fullsize"), did, link));
            images.append(image);
        }
        view.insert(QStringLiteral("images"), images);
    } else if (type == QLatin1StringView("app.bsky.embed.record")) {
        view.insert(QStringLiteral("record"), quoteJson(textOf(objectOf(embed, "record"), "uri"), depth));
    } else if (type == QLatin1StringView("app.bsky.embed.recordWithMedia")) {
        view.insert(QStringLiteral("media"), embedJson(objectOf(embed, "media"), did, depth + 1));
        view.insert(QStringLiteral("record"), embedJson(objectOf(embed, "record"), did, depth + 1));
    } else if (type == QLatin1StringView("app.bsky.embed.external")) {
        view.insert(QStringLiteral("external"), objectOf(embed, "external"));
    } else if (type == QLatin1StringView("app.bsky.embed.video")) {
        view.insert(QStringLiteral("alt"), valueOf(embed, "alt"));
        view.insert(QStringLiteral("playlist"), QStringLiteral("https://video.%1/playlist.m3u8").arg(m_host));
        view.insert(QStringLiteral("thumbnail"), QStringLiteral("https://video.%1/thumbnail.jpg").arg(m_host));
    }
    return view;
}

QJsonObject FakeBluesky::postJson(const Record &post, const QString &viewer) const
{
    const QList<const Record *> all = liveOf(postType);
    const auto replies =
        std::count_if(all.cbegin(), all.cend(), [&](const Record *one) { return parentOf(one->value) == post.uri; });
    QJsonObject json{{QStringLiteral("uri"), post.uri},
                     {QStringLiteral("cid"), post.cid},
                     {QStringLiteral("author"), profileJson(post.did, viewer)},
                     {QStringLiteral("record"), post.value},
                     {QStringLiteral("replyCount"), qint64(replies)},
                     {QStringLiteral("likeCount"), likes(post.uri)},
                     {QStringLiteral("repostCount"), reposts(post.uri)},
                     {QStringLiteral("indexedAt"), toIso(post.indexedAt)},
                     {QStringLiteral("labels"), QJsonArray()}};
    if (post.value.contains(QLatin1StringView("embed")))
        json.insert(QStringLiteral("embed"), embedJson(objectOf(post.value, "embed"), post.did, 0));
    const QString gate = AtUri{post.did, QStringLiteral("app.bsky.feed.threadgate"), post.key}.toString();
    if (const Record *record = find(gate))
        json.insert(QStringLiteral("threadgate"), QJsonObject{{QStringLiteral("uri"), gate},
                                                              {QStringLiteral("cid"), record->cid},
                                                              {QStringLiteral("record"), record->value},
                                                              {QStringLiteral("lists"), QJsonArray()}});
    if (!viewer.isEmpty()) {
        QJsonObject state{{QStringLiteral("threadMuted"), false}};
        if (const QString like = ownRecord("app.bsky.feed.like", viewer, post.uri); !like.isEmpty())
            state.insert(QStringLiteral("like"), like);
        if (const QString repost = ownRecord("app.bsky.feed.repost", viewer, post.uri); !repost.isEmpty())
            state.insert(QStringLiteral("repost"), repost);
        if (post.isGated && post.did != viewer)
            state.insert(QStringLiteral("replyDisabled"), true);
        json.insert(QStringLiteral("viewer"), state);
    }
    return json;
}

HttpAnswer FakeBluesky::listNotifications(const Call &call) const
{
    const QString limitText = item(call.query, "limit");
    const int limit = limitText.isEmpty() ? 50 : limitText.toInt();
    if (limit < 1 || limit > 100)
        return answerError(400, "InvalidRequest", QStringLiteral("limit must be an integer from 1 to 100"));
    if (!item(call.query, "seenAt").isEmpty())
        return answerError(400, "InvalidRequest", QStringLiteral("The seenAt parameter is unsupported"));
    const QString cursor = item(call.query, "cursor");
    const Time before = timeFrom(QDateTime::fromString(cursor, Qt::ISODateWithMs));
    if (!cursor.isEmpty() && !isKnown(before))
        return answerError(500, "InternalServerError", QStringLiteral("Internal Server Error"));
    const QStringList reasons = call.query.allQueryItemValues(QStringLiteral("reasons"), QUrl::FullyDecoded);
    const QString priority = item(call.query, "priority");
    const bool isPriority =
        priority.isEmpty() ? personBy(call.viewer)->hasPriority : priority == QLatin1StringView("true");
    QList<Notification> all;
    for (const Notification &one : m_notifications) {
        const bool isAsked = m_ignoresReasons || reasons.isEmpty() || reasons.contains(one.reason);
        if (isAsked && (cursor.isEmpty() || one.at < before) && isTold(one, call.viewer, isPriority))
            all.append(one);
    }
    std::stable_sort(all.begin(), all.end(), [](const Notification &a, const Notification &b) { return a.at > b.at; });
    QJsonArray list;
    for (const Notification &one : all.first(std::min<qsizetype>(limit, all.size()))) {
        const Record *post = find(one.uri);
        QJsonObject json{{QStringLiteral("uri"), one.uri},
                         {QStringLiteral("cid"), post->cid},
                         {QStringLiteral("author"), profileJson(post->did, call.viewer)},
                         {QStringLiteral("reason"), one.reason},
                         {QStringLiteral("record"), post->value},
                         {QStringLiteral("isRead"), false},
                         {QStringLiteral("indexedAt"), toIso(one.at)},
                         {QStringLiteral("labels"), QJsonArray()}};
        if (!one.subject.isEmpty())
            json.insert(QStringLiteral("reasonSubject"), one.subject);
        list.append(json);
    }
    QJsonObject answer{{QStringLiteral("notifications"), list},
                       {QStringLiteral("priority"), isPriority},
                       {QStringLiteral("seenAt"), toIso(m_now)}};
    if (!list.isEmpty() && list.size() == limit)
        answer.insert(QStringLiteral("cursor"), textOf(list.last().toObject(), "indexedAt"));
    return answerJson(200, answer);
}

bool FakeBluesky::isTold(const Notification &one, const QString &viewer, bool isPriority) const
{
    const Record *post = find(one.uri);
    if (personBy(viewer)->standing == Standing::takenDown)
        return false;
    if (one.to != viewer || !post || isBlocked(viewer, post->did))
        return false;
    const bool isHidden = std::any_of(m_hidden.cbegin(), m_hidden.cend(), [&](const HiddenList &list) {
        return list.owner == viewer && list.members.contains(post->did);
    });
    return !isHidden && (!isPriority || m_follows.contains(viewer + QLatin1Char(' ') + post->did));
}

HttpAnswer FakeBluesky::hiddenLists(const Call &call, bool isBlock) const
{
    QJsonArray lists;
    for (const HiddenList &list : m_hidden) {
        if (list.owner == call.viewer && list.isBlock == isBlock)
            lists.append(QJsonObject{{QStringLiteral("name"), list.name},
                                     {QStringLiteral("purpose"), QStringLiteral("app.bsky.graph.defs#modlist")}});
    }
    return answerJson(200, {{QStringLiteral("lists"), lists}});
}

/// A post as a node of a thread, or what stands in its place.
QJsonObject FakeBluesky::nodeJson(const QString &uri, const QString &viewer) const
{
    const Record *post = find(uri);
    if (!post)
        return {{QStringLiteral("$type"), QStringLiteral("app.bsky.feed.defs#notFoundPost")},
                {QStringLiteral("uri"), uri},
                {QStringLiteral("notFound"), true}};
    if (!viewer.isEmpty() && isBlocked(viewer, post->did))
        return {{QStringLiteral("$type"), QStringLiteral("app.bsky.feed.defs#blockedPost")},
                {QStringLiteral("uri"), uri},
                {QStringLiteral("blocked"), true},
                {QStringLiteral("author"), QJsonObject{{QStringLiteral("did"), post->did}}}};
    return {{QStringLiteral("$type"), QStringLiteral("app.bsky.feed.defs#threadViewPost")},
            {QStringLiteral("post"), postJson(*post, viewer)},
            {QStringLiteral("threadContext"), QJsonObject()}};
}

QJsonObject FakeBluesky::treeJson(const QString &uri, const QString &viewer, int depth) const
{
    QJsonObject node = nodeJson(uri, viewer);
    if (depth == 0 || !node.contains(QLatin1StringView("post")))
        return node;
    QJsonArray replies;
    const QList<const Record *> all = liveOf(postType);
    for (const Record *reply : all) {
        // In a closed thread answers are stored and not shown.
        const bool isShown = parentOf(reply->value) == uri && !find(uri)->isGated;
        if (isShown && (viewer.isEmpty() || !isBlocked(viewer, reply->did)))
            replies.append(treeJson(reply->uri, viewer, depth - 1));
    }
    node.insert(QStringLiteral("replies"), replies);
    return node;
}

HttpAnswer FakeBluesky::getPostThread(const Call &call) const
{
    const QString uri = item(call.query, "uri");
    if (uri.isEmpty())
        return answerError(400, "InvalidRequest", QStringLiteral("Params must have the property \"uri\""));
    const int depth = item(call.query, "depth").isEmpty() ? 6 : item(call.query, "depth").toInt();
    int height = item(call.query, "parentHeight").isEmpty() ? 80 : item(call.query, "parentHeight").toInt();
    if (depth < 0 || depth > 1000 || height < 0 || height > 1000)
        return answerError(400, "InvalidRequest", QStringLiteral("depth out of range"));
    const Record *post = find(uri);
    if (!post)
        return answerError(400, "NotFound", QStringLiteral("Post not found: %1").arg(uri));
    QJsonObject top = treeJson(uri, call.viewer, depth);
    QStringList above;
    QString parent = parentOf(post->value);
    while (!parent.isEmpty() && height-- > 0) {
        above.append(parent);
        const Record *record = find(parent);
        parent = record ? parentOf(record->value) : QString();
    }
    QJsonObject chain;
    for (auto it = above.crbegin(); it != above.crend(); ++it) {
        QJsonObject node = nodeJson(*it, call.viewer);
        if (!chain.isEmpty())
            node.insert(QStringLiteral("parent"), chain);
        chain = node;
    }
    if (!chain.isEmpty() && top.contains(QLatin1StringView("post")))
        top.insert(QStringLiteral("parent"), chain);
    return answerJson(200, {{QStringLiteral("thread"), top}});
}

HttpAnswer FakeBluesky::getPosts(const Call &call) const
{
    const QStringList uris = call.query.allQueryItemValues(QStringLiteral("uris"), QUrl::FullyDecoded);
    if (uris.size() > 25)
        return answerError(400, "InvalidRequest", QStringLiteral("uris must not have more than 25 elements"));
    QJsonArray posts;
    for (const QString &uri : uris) {
        const Record *post = find(uri);
        if (post && (call.viewer.isEmpty() || !isBlocked(call.viewer, post->did)))
            posts.append(postJson(*post, call.viewer));
    }
    return answerJson(200, {{QStringLiteral("posts"), posts}});
}

HttpAnswer FakeBluesky::page(const Call &call, QList<const Record *> posts, bool isFeed) const
{
    const QString limitText = item(call.query, "limit");
    const int limit = limitText.isEmpty() ? 50 : limitText.toInt();
    if (limit < 1 || limit > 100)
        return answerError(400, "InvalidRequest", QStringLiteral("limit must be an integer from 1 to 100"));
    const auto cursorOf = [](const Record *post) {
        return QString(QString::number(toMs(post->indexedAt)) + QLatin1StringView("__") + post->cid);
    };
    std::stable_sort(posts.begin(), posts.end(), [](const Record *a, const Record *b) {
        return std::pair(a->indexedAt, a->cid) > std::pair(b->indexedAt, b->cid);
    });
    if (const QString cursor = item(call.query, "cursor"); !cursor.isEmpty()) {
        const Time at = timeFromMs(cursor.section(QLatin1StringView("__"), 0, 0).toLongLong());
        const QString cid = cursor.section(QLatin1StringView("__"), 1);
        posts.removeIf([&](const Record *post) { return std::pair(post->indexedAt, post->cid) >= std::pair(at, cid); });
    }
    QJsonArray list;
    for (const Record *post : posts.first(std::min<qsizetype>(limit, posts.size()))) {
        const bool isRepost = post->collection == QLatin1StringView("app.bsky.feed.repost");
        const Record *shown = isRepost ? find(textOf(objectOf(post->value, "subject"), "uri")) : post;
        if (!shown)
            continue;
        const QJsonObject json = postJson(*shown, call.viewer);
        QJsonObject entry = isFeed ? QJsonObject{{QStringLiteral("post"), json}} : json;
        if (isRepost)
            entry.insert(QStringLiteral("reason"),
                         QJsonObject{{QStringLiteral("$type"), QStringLiteral("app.bsky.feed.defs#reasonRepost")},
                                     {QStringLiteral("by"), profileJson(post->did, call.viewer)},
                                     {QStringLiteral("indexedAt"), toIso(post->indexedAt)}});
        list.append(entry);
    }
    QJsonObject answer{{isFeed ? QStringLiteral("feed") : QStringLiteral("posts"), list}};
    if (posts.size() > limit)
        answer.insert(QStringLiteral("cursor"), cursorOf(posts.at(limit - 1)));
    return answerJson(200, answer);
}

HttpAnswer FakeBluesky::authorFeed(const Call &call) const
{
    const Person *person = personBy(item(call.query, "actor"));
    if (!person)
        return answerError(400, "InvalidRequest", QStringLiteral("Profile not found"));
    QList<const Record *> posts = liveOf(postType) + liveOf(QStringLiteral("app.bsky.feed.repost"));
    posts.removeIf([person](const Record *post) { return post->did != person->did; });
    return page(call, posts, true);
}

HttpAnswer FakeBluesky::searchPosts(const Call &call) const
{
    if (call.viewer.isEmpty() && !m_isSearchOpen)
        return answerError(403, "Forbidden", QStringLiteral("Forbidden"));
    const QString words = item(call.query, "q");
    if (words.isEmpty())
        return answerError(400, "InvalidRequest", QStringLiteral("q is required"));
    QList<const Record *> posts = liveOf(postType);
    posts.removeIf([&](const Record *post) { return !isFound(*post, words); });
    return page(call, posts, false);
}

/// Words and phrases in the text, in descriptions and cards, by whom, in which language.
bool FakeBluesky::isFound(const Record &post, const QString &query) const
{
    static const QRegularExpression term(QStringLiteral("\"([^\"]+)\"|(from|lang):(\\S+)|(\\S+)"));
    QString text = textOf(post.value, "text");
    const QJsonObject embed = objectOf(post.value, "embed");
    const QJsonArray images = listOf(embed, "images");
    for (const QJsonValue &image : images)
        text += QLatin1Char('\n') + textOf(image.toObject(), "alt");
    const QJsonObject card = objectOf(embed, "external");
    text += QLatin1Char('\n') + textOf(card, "title") + QLatin1Char('\n') + textOf(card, "description");
    bool isFound = true;
    for (auto it = term.globalMatch(query); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString value = match.captured(3);
        if (match.captured(2) == QLatin1StringView("from"))
            isFound = isFound && personBy(value) && personBy(value)->did == post.did;
        else if (match.captured(2) == QLatin1StringView("lang"))
            isFound = isFound && listOf(post.value, "langs").contains(value);
        else
            isFound = isFound && text.contains(match.captured(1) + match.captured(4), Qt::CaseInsensitive);
    }
    return isFound;
}

} // namespace Earshot
