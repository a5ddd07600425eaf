// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feedjson.h"

#include "model/htmltext.h"
#include "networks/feeddates.h"
#include "networks/feeditem.h"
#include "networks/feedtext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Earshot {

using namespace Qt::StringLiterals;

namespace {

/// A string, or a number that somebody forgot to quote.
QString textOf(const QJsonValue &value)
{
    if (value.isDouble())
        return QString::number(value.toDouble(), 'g', 17);
    return value.toString().trimmed();
}

RemoteAuthor authorOf(const QJsonObject &object)
{
    QJsonObject person = object.value("author"_L1).toObject();
    for (const QJsonArray authors = object.value("authors"_L1).toArray(); const QJsonValue &value : authors) {
        if (!value.toObject().isEmpty()) {
            person = value.toObject();
            break;
        }
    }
    RemoteAuthor author = authorFromText(textOf(person.value("name"_L1)));
    author.url = webAddress(textOf(person.value("url"_L1)), {});
    author.avatarUrl = webAddress(textOf(person.value("avatar"_L1)), {});
    return author;
}

QList<RemoteMedia> mediaOf(const QJsonObject &object, const QUrl &base)
{
    QList<RemoteMedia> media;
    const QString image = webAddress(textOf(object.value("image"_L1)), base);
    if (!image.isEmpty())
        media.append({.url = image, .previewUrl = image, .type = u"image"_s, .description = {}});
    const QJsonArray attachments = object.value("attachments"_L1).toArray();
    for (const QJsonValue &value : attachments) {
        const QJsonObject attachment = value.toObject();
        const QString url = webAddress(textOf(attachment.value("url"_L1)), base);
        if (url.isEmpty() || url == image || media.size() >= 20)
            continue;
        media.append({.url = url,
                      .previewUrl = {},
                      .type = textOf(attachment.value("mime_type"_L1)).left(100),
                      .description = feedLine(textOf(attachment.value("title"_L1)))});
    }
    return media;
}

/// Extensions begin with "_"; reviews have no agreed one, so the usual spellings are taken.
std::optional<int> ratingOf(const QJsonObject &object)
{
    for (const QLatin1StringView name : {"_rating"_L1, "_review"_L1, "rating"_L1}) {
        const QJsonValue value = object.value(name);
        if (!value.isObject()) {
            if (const auto rating = starsTimesTen(textOf(value), {}))
                return rating;
            continue;
        }
        const QJsonObject scale = value.toObject();
        for (const QLatin1StringView inner : {"value"_L1, "rating"_L1, "ratingValue"_L1}) {
            const QString best =
                textOf(scale.contains("max"_L1) ? scale.value("max"_L1) : scale.value("bestRating"_L1));
            if (const auto rating = starsTimesTen(textOf(scale.value(inner)), best))
                return rating;
        }
    }
    return std::nullopt;
}

FeedItem itemOf(const QJsonObject &object, const QUrl &base)
{
    FeedItem item;
    item.url = webAddress(textOf(object.value("url"_L1)), base);
    item.id = textOf(object.value("id"_L1)).left(2000);
    if (item.id.isEmpty())
        item.id = textOf(object.value("url"_L1)).left(2000);
    item.title = feedLine(textOf(object.value("title"_L1)));
    const QString html = textOf(object.value("content_html"_L1));
    const QString plain = textOf(object.value("content_text"_L1));
    const QUrl itemBase = item.url.isEmpty() ? base : QUrl(item.url);
    item.text = html.isEmpty() ? QString() : cleanText(htmlToText(html, itemBase));
    if (item.text.isEmpty())
        item.text = cleanText(plain);
    if (item.text.isEmpty())
        item.text = feedText(textOf(object.value("summary"_L1)), itemBase);
    item.author = authorOf(object);
    item.language = languageTag(textOf(object.value("language"_L1)));
    item.publishedAt = feedDate(textOf(object.value("date_published"_L1)));
    item.updatedAt = feedDate(textOf(object.value("date_modified"_L1)));
    if (!isKnown(item.publishedAt))
        item.publishedAt = item.updatedAt;
    item.media = mediaOf(object, itemBase);
    item.rating = ratingOf(object);
    return item;
}

/// What an App Store feed's JSON form calls `name`: Atom's element, its text in a "label".
QString labelOf(const QJsonObject &object, QLatin1StringView name)
{
    return textOf(object.value(name).toObject().value("label"_L1));
}

FeedItem reviewOf(const QJsonObject &entry)
{
    FeedItem item;
    item.id = labelOf(entry, "id"_L1).left(2000);
    item.title = feedLine(labelOf(entry, "title"_L1));
    item.text = cleanText(labelOf(entry, "content"_L1));
    const QJsonObject author = entry.value("author"_L1).toObject();
    item.author = authorFromText(labelOf(author, "name"_L1));
    item.author.url = webAddress(labelOf(author, "uri"_L1), {});
    const QJsonObject link = entry.value("link"_L1).toObject().value("attributes"_L1).toObject();
    item.url = webAddress(textOf(link.value("href"_L1)), {});
    item.updatedAt = feedDate(labelOf(entry, "updated"_L1));
    item.publishedAt = item.updatedAt;
    item.rating = starsTimesTen(labelOf(entry, "im:rating"_L1), u"5"_s);
    return item;
}

/// The customer reviews of an app (itunes.apple.com/.../customerreviews/.../json).
Feed reviewsOf(const QJsonObject &feedObject)
{
    Feed feed;
    feed.format = u"App Store reviews"_s;
    feed.title = feedLine(labelOf(feedObject, "title"_L1));
    const QJsonValue entries = feedObject.value("entry"_L1);
    const QJsonArray list = entries.isArray() ? entries.toArray() : QJsonArray{entries};
    for (const QJsonValue &value : list) {
        const QJsonObject entry = value.toObject();
        // The first one is the app itself.
        if (!entry.isEmpty() && !entry.contains("im:name"_L1) && feed.items.size() < mostFeedItems)
            feed.items.append(reviewOf(entry));
    }
    return feed;
}

/// A document cut short, closed again behind the last complete item; empty when there is none.
QByteArray closedAgain(const QByteArray &json)
{
    QByteArray open;
    qsizetype lastItemEnd = -1;
    bool isInString = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json.at(i);
        if (isInString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                isInString = false;
        } else if (c == '"') {
            isInString = true;
        } else if (c == '{' || c == '[') {
            open.append(c);
        } else if (c == '}' || c == ']') {
            open.chop(1);
            // Not every array of objects is that of the items, but only its last one can be the broken one.
            if (c == '}' && open == "{[")
                lastItemEnd = i + 1;
        }
        if (open.size() > 500)
            return {};
    }
    return lastItemEnd < 0 ? QByteArray() : json.left(lastItemEnd) + "]}";
}

} // namespace

Result<Feed> readFeedJson(const QString &document, const QUrl &url)
{
    const QByteArray json = document.toUtf8();
    QJsonParseError error;
    QJsonObject root = QJsonDocument::fromJson(json, &error).object();
    Feed feed;
    if (error.error != QJsonParseError::NoError) {
        feed.isTruncated = true;
        feed.trouble = u"character %1: %2"_s.arg(error.offset).arg(error.errorString());
        root = QJsonDocument::fromJson(closedAgain(json)).object();
    }
    if (root.value("feed"_L1).toObject().contains("entry"_L1))
        return reviewsOf(root.value("feed"_L1).toObject());
    const QString version = textOf(root.value("version"_L1));
    const bool isFeed =
        version.contains("jsonfeed.org/version"_L1) || (root.contains("items"_L1) && root.contains("title"_L1));
    if (!isFeed) {
        const QString found = feed.isTruncated ? u"broken JSON (%1)"_s.arg(feed.trouble) : u"JSON, but no JSON Feed"_s;
        return fail(ErrorKind::malformed, found);
    }
    feed.format =
        u"JSON Feed "_s + (version.section(u'/', -1).isEmpty() ? u"1.1"_s : version.section(u'/', -1).left(10));
    feed.title = feedLine(textOf(root.value("title"_L1)));
    feed.homeUrl = webAddress(textOf(root.value("home_page_url"_L1)), url);
    feed.language = languageTag(textOf(root.value("language"_L1)));
    feed.next = QUrl(webAddress(textOf(root.value("next_url"_L1)), url));
    const RemoteAuthor author = authorOf(root);
    const QJsonArray items = root.value("items"_L1).toArray();
    for (const QJsonValue &value : items) {
        if (!value.isObject() || feed.items.size() >= mostFeedItems)
            continue;
        FeedItem item = itemOf(value.toObject(), url);
        if (item.author == RemoteAuthor())
            item.author = author;
        feed.items.append(item);
    }
    return feed;
}

} // namespace Earshot
