// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskyjson.h"

#include "model/htmltext.h"
#include "networks/blueskyquery.h"
#include "networks/blueskytext.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr int deepestEmbed = 3;

bool isType(const QJsonObject &object, const char *type)
{
    QString name = textOf(object, "$type");
    // Views and records of one embed differ only behind the '#'.
    if (name.endsWith(QLatin1StringView("#view")))
        name.chop(5);
    return name == QLatin1StringView(type);
}

QString handleOf(const QJsonObject &author)
{
    const QString handle = textOf(author, "handle");
    const bool isUsable = !handle.isEmpty() && handle != QLatin1StringView("handle.invalid");
    return isUsable ? cleanLine(QLatin1Char('@') + handle, 300) : QString();
}

RemoteMedia mediumFrom(const QJsonObject &shown, const char *type, const char *whole, const char *preview)
{
    RemoteMedia media;
    media.type = QLatin1StringView(type);
    media.url = webAddress(textOf(shown, whole));
    media.previewUrl = webAddress(textOf(shown, preview));
    media.description = cleanText(textOf(shown, "alt"), 5000);
    const QJsonObject ratio = objectOf(shown, "aspectRatio");
    media.width = valueOf(ratio, "width").toInt();
    media.height = valueOf(ratio, "height").toInt();
    return media;
}

QString quoted(const QString &head, const QString &text)
{
    QString lines = QLatin1StringView("> ") + head + QLatin1Char(':');
    const QStringList parts = text.split(QLatin1Char('\n'));
    for (const QString &part : parts)
        lines += QLatin1StringView("\n> ") + part;
    return lines;
}

/// What an embed adds to a message.
struct Embedded
{
    QStringList texts;
    QList<RemoteMedia> media;
};

void takeEmbed(const QJsonObject &embed, const QString &text, Embedded &embedded, int depth);

void takeCard(const QJsonObject &card, const QString &text, Embedded &embedded)
{
    const QString address = webAddress(textOf(card, "uri"));
    QStringList lines{cleanLine(textOf(card, "title")), cleanText(textOf(card, "description"), 2000)};
    if (!text.contains(address) && !text.contains(textOf(card, "uri")))
        lines.append(address);
    lines.removeAll(QString());
    if (!lines.isEmpty())
        embedded.texts.append(lines.join(QLatin1Char('\n')));
}

void takeQuote(const QJsonObject &record, Embedded &embedded, int depth)
{
    const QString type = textOf(record, "$type");
    if (type.endsWith(QLatin1StringView("#viewRecord"))) {
        const QString text = cleanText(textWithLinks(objectOf(record, "value")));
        const QString handle = handleOf(objectOf(record, "author"));
        // What it shows itself belongs to it.
        Embedded inner;
        const QJsonArray embeds = listOf(record, "embeds");
        for (const QJsonValue &embed : embeds)
            takeEmbed(embed.toObject(), text, inner, depth + 1);
        QStringList parts = QStringList{text} + inner.texts;
        parts.removeAll(QString());
        embedded.texts.append(quoted(handle.isEmpty() ? QStringLiteral("?") : handle, parts.join(QLatin1Char('\n'))));
        embedded.media += inner.media;
        return;
    }
    // Feeds, lists and the like have a name; what is deleted, blocked or detached leaves its address alone.
    const QString name = cleanLine(textOf(record, "displayName") + textOf(record, "name"));
    const AtUri uri = parseAtUri(textOf(record, "uri"));
    const bool isPost = uri.collection == QLatin1StringView("app.bsky.feed.post");
    const QString line = isPost ? pageOf(uri.toString()) : uri.toString();
    if (!name.isEmpty())
        embedded.texts.append(QLatin1StringView("> ") + name);
    else if (uri.isValid())
        embedded.texts.append(QLatin1StringView("> ") + line);
}

void takeEmbed(const QJsonObject &embed, const QString &text, Embedded &embedded, int depth)
{
    if (depth > deepestEmbed)
        return;
    if (isType(embed, "app.bsky.embed.images")) {
        const QJsonArray images = listOf(embed, "images");
        for (const QJsonValue &image : images)
            embedded.media.append(mediumFrom(image.toObject(), "image", "fullsize", "thumb"));
    } else if (isType(embed, "app.bsky.embed.video")) {
        embedded.media.append(mediumFrom(embed, "video", "playlist", "thumbnail"));
    } else if (isType(embed, "app.bsky.embed.external")) {
        takeCard(objectOf(embed, "external"), text, embedded);
    } else if (isType(embed, "app.bsky.embed.recordWithMedia")) {
        takeEmbed(objectOf(embed, "media"), text, embedded, depth + 1);
        takeQuote(objectOf(objectOf(embed, "record"), "record"), embedded, depth);
    } else if (isType(embed, "app.bsky.embed.record")) {
        takeQuote(objectOf(embed, "record"), embedded, depth);
    }
}

QString warningFrom(const QJsonObject &post)
{
    QStringList words;
    const auto take = [&words](const QJsonArray &labels) {
        for (const QJsonValue &entry : labels) {
            const QString word = cleanLine(textOf(entry.toObject(), "val"), 60);
            // Words with a '!' steer clients and say nothing of what is in the post.
            const bool isWarning = !word.isEmpty() && !word.startsWith(QLatin1Char('!'));
            if (isWarning && !valueOf(entry.toObject(), "neg").toBool() && !words.contains(word))
                words.append(word);
        }
    };
    take(listOf(post, "labels"));
    take(listOf(objectOf(objectOf(post, "record"), "labels"), "values"));
    return words.join(QLatin1StringView(", "));
}

/// Of the post quoted by a record's own embed.
QString quotedUri(const QJsonObject &record)
{
    const QJsonObject embed = objectOf(record, "embed");
    const QJsonObject inner = objectOf(embed, "record");
    const QString uri = textOf(inner, "uri");
    return uri.isEmpty() ? textOf(objectOf(inner, "record"), "uri") : uri;
}

bool namesUs(const QJsonObject &record, const QString &did)
{
    const QJsonArray facets = listOf(record, "facets");
    for (const QJsonValue &facet : facets) {
        const QJsonArray features = listOf(facet.toObject(), "features");
        for (const QJsonValue &feature : features) {
            if (isType(feature.toObject(), "app.bsky.richtext.facet#mention") &&
                textOf(feature.toObject(), "did") == did)
                return true;
        }
    }
    return false;
}

QString parentUriOf(const QJsonObject &record)
{
    return textOf(objectOf(objectOf(record, "reply"), "parent"), "uri");
}

} // namespace

QString StrongRef::toString() const
{
    return rootUri.isEmpty() ? cid : QString(cid + QLatin1Char(' ') + rootUri + QLatin1Char(' ') + rootCid);
}

StrongRef strongRefFrom(const QString &remoteId)
{
    const QStringList parts = remoteId.split(QLatin1Char(' '));
    return {parts.value(0), parts.value(1), parts.value(2)};
}

RemoteAuthor blueskyAuthorFrom(const QJsonObject &profile)
{
    RemoteAuthor author;
    author.id = textOf(profile, "did");
    author.handle = handleOf(profile);
    author.name = cleanLine(textOf(profile, "displayName"));
    if (isDid(author.id))
        author.url = QLatin1StringView("https://bsky.app/profile/") + author.id;
    author.avatarUrl = webAddress(textOf(profile, "avatar"));
    return author;
}

QString pageOf(const QString &uri)
{
    const AtUri parts = parseAtUri(uri);
    return QLatin1StringView("https://bsky.app/profile/") + parts.repo + QLatin1StringView("/post/") + parts.key;
}

QJsonObject postOfNotification(const QJsonObject &notification)
{
    QJsonObject post;
    for (const char *name : {"uri", "cid", "author", "record", "labels", "indexedAt"})
        post.insert(QLatin1StringView(name), valueOf(notification, name));
    return post;
}

bool isForChannel(const QJsonObject &post, const BlueskyView &view)
{
    const QJsonObject record = objectOf(post, "record");
    if (!view.did.isEmpty()) {
        const bool isToUs = textOf(objectOf(post, "author"), "did") == view.did ||
                            parseAtUri(parentUriOf(record)).repo == view.did ||
                            parseAtUri(quotedUri(record)).repo == view.did || namesUs(record, view.did);
        if (isToUs)
            return true;
    }
    switch (view.kind) {
    case BlueskyAddress::Kind::tag:
        return carriesTag(record, view.words);
    case BlueskyAddress::Kind::search:
        return isMeantBySearch(post, view.words);
    default:
        return false;
    }
}

RemoteMessage messageFrom(const QJsonObject &post, const BlueskyView &view)
{
    RemoteMessage message;
    const AtUri uri = parseAtUri(textOf(post, "uri"));
    const QString cid = textOf(post, "cid");
    if (!uri.isValid() || cid.isEmpty() || cid.contains(QLatin1Char(' ')))
        return message;
    const QJsonObject record = objectOf(post, "record");
    message.uri = uri.toString();
    message.url = pageOf(message.uri);
    StrongRef ref{.cid = cid, .rootUri = {}, .rootCid = {}};
    message.threadUri = message.uri;
    message.parentUri = parentUriOf(record);
    if (!message.parentUri.isEmpty()) {
        const QJsonObject root = objectOf(objectOf(record, "reply"), "root");
        ref.rootUri = textOf(root, "uri");
        ref.rootCid = textOf(root, "cid");
        message.threadUri = ref.rootUri;
    }
    message.remoteId = ref.toString();
    const QJsonObject author = objectOf(post, "author");
    message.author = blueskyAuthorFrom(author);
    message.isOurs = view.isSignedIn && message.author.id == view.did;
    message.isContext = !message.isOurs && !isForChannel(post, view);
    message.isThreadOurs = view.isSignedIn && parseAtUri(message.threadUri).repo == view.did;
    // The gate of a thread hides answers, not the post itself says it.
    message.tellsModeration = false;
    const Time indexed = timeOf(post, "indexedAt");
    const Time created = timeOf(record, "createdAt");
    // The author's clock, unless it runs ahead of the network's.
    message.sentAt = isKnown(created) && (!isKnown(indexed) || created < indexed) ? created : indexed;
    const QString text = textWithLinks(record);
    Embedded embedded;
    takeEmbed(objectOf(post, "embed"), text, embedded, 0);
    QStringList parts = QStringList{cleanText(text)} + embedded.texts;
    parts.removeAll(QString());
    message.text = cleanText(parts.join(QLatin1StringView("\n\n")));
    message.media = embedded.media;
    message.contentWarning = warningFrom(post);
    message.language = listOf(record, "langs").at(0).toString().left(35);
    return message;
}

} // namespace Earshot
