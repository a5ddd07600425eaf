// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feedparser.h"

#include "networks/feedencoding.h"
#include "networks/feedinflate.h"
#include "networks/feeditem.h"
#include "networks/feedjson.h"
#include "networks/feedtext.h"
#include "networks/feedxml.h"

#include <QCryptographicHash>
#include <QHash>
#include <QRegularExpression>

namespace Earshot {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MAX_BODY = 32 * 1024 * 1024; // also of what a compressed one holds

QByteArray hashOf(const QStringList &parts)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString &part : parts) {
        hash.addData(part.toUtf8());
        hash.addData(QByteArrayView("\0", 1));
    }
    return hash.result().left(9).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

/// Addresses are left out: many feeds put a new session or signature into them at every request.
QByteArray contentHash(const FeedItem &item)
{
    return hashOf({item.title, item.text, item.author.name, QString::number(item.rating.value_or(0))});
}

QString ownId(const FeedItem &item)
{
    if (!item.url.isEmpty())
        return item.url;
    const QString date = QString::number(toMs(item.publishedAt));
    return u"item:"_s + QString::fromLatin1(hashOf({item.title, date, item.text.left(200)}));
}

/// Gives every item its id and hash, and drops those that are there twice.
void finish(Feed &feed)
{
    QHash<QString, QByteArray> hashes;
    QList<FeedItem> items;
    items.reserve(feed.items.size());
    for (FeedItem &item : feed.items) {
        const bool isEmpty = item.title.isEmpty() && item.text.isEmpty() && item.media.isEmpty() && !item.rating;
        if (isEmpty && item.id.isEmpty() && item.url.isEmpty())
            continue;
        if (item.language.isEmpty())
            item.language = feed.language;
        // RFC 4287 4.2.1. A comment's author is never the blog's.
        if (item.author == RemoteAuthor() && item.answers.isEmpty())
            item.author = feed.author;
        item.hash = contentHash(item);
        if (item.id.isEmpty())
            item.id = ownId(item);
        if (hashes.contains(item.id) && hashes.value(item.id) != item.hash)
            item.id += u'#' + QString::fromLatin1(item.hash);
        if (hashes.contains(item.id))
            continue;
        hashes.insert(item.id, item.hash);
        items.append(item);
    }
    feed.items = items;
}

QString formatOf(const FeedXmlEnd &end)
{
    if (end.rootName == "rss"_L1)
        return u"RSS "_s + (end.version.isEmpty() ? u"0.9x"_s : end.version.left(10));
    if (end.rootName.startsWith("atom:"_L1))
        return end.version.isEmpty() ? u"Atom 1.0"_s : u"Atom "_s + end.version.left(10);
    return u"RSS 1.0"_s;
}

/// What a document is that is no feed, in words for the log and the channel's health.
QString whatWasFound(const QString &document, const QByteArray &body)
{
    const QString start = document.left(2000).trimmed();
    if (start.isEmpty())
        return u"an empty answer"_s;
    static const QRegularExpression page(u"<!doctype html|<html[\\s>]|<head[\\s>]|<body[\\s>]"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    if (page.match(start).hasMatch()) {
        static const QRegularExpression title(u"<title[^>]*>([^<]{1,200})"_s,
                                              QRegularExpression::CaseInsensitiveOption);
        const QString name = feedLine(title.match(document.left(100'000)).captured(1));
        return name.isEmpty() ? u"an HTML page"_s : u"an HTML page (\"%1\")"_s.arg(name);
    }
    if (body.startsWith("\x1f\x8b"))
        return u"compressed data"_s;
    if (body.startsWith("%PDF"))
        return u"a PDF file"_s;
    if (start.startsWith(u'<')) {
        static const QRegularExpression root(u"<([A-Za-z_][\\w:.-]*)"_s);
        return u"XML that is no feed (root element \"%1\")"_s.arg(root.match(start).captured(1).left(60));
    }
    return body.left(1000).contains('\0') ? u"binary data"_s : u"text that is no feed"_s;
}

Result<Feed> readXml(const QString &document, const QByteArray &body, const QUrl &url)
{
    Feed feed;
    bool isCut = false;
    const FeedXmlSink sink{
        .item =
            [&](const FeedElement &element) {
                feed.items.append(itemOf(element));
                isCut = feed.items.size() >= mostFeedItems;
                return !isCut;
            },
        .aboutFeed = [&](const FeedElement &element) { learnAboutFeed(feed, element); },
    };
    const FeedXmlEnd end = readFeedXml(document, url, sink);
    if (end.rootName.isEmpty())
        return fail(ErrorKind::malformed, end.trouble.isEmpty() ? whatWasFound(document, body) : end.trouble);
    feed.format = formatOf(end);
    feed.isTruncated = !end.isComplete || isCut;
    feed.trouble = isCut ? u"more than %1 items"_s.arg(mostFeedItems) : end.trouble;
    // A feed of nothing but trouble is no empty feed.
    if (!end.isComplete && feed.items.isEmpty())
        return fail(ErrorKind::malformed, end.trouble);
    return feed;
}

} // namespace

Result<Feed> parseFeed(const QByteArray &body, const QByteArray &contentType, const QUrl &url)
{
    if (body.size() > MAX_BODY)
        return fail(ErrorKind::tooLarge, u"%1 bytes"_s.arg(body.size()));
    // Twice: a file "feed.xml.gz" that was compressed on its way once more.
    const Result<QByteArray> outer = inflated(body, MAX_BODY);
    const Result<QByteArray> plain = outer ? inflated(*outer, MAX_BODY) : outer;
    if (!plain)
        return tl::unexpected(plain.error());
    const QString document = decodeDocument(*plain, contentType);
    const bool isJson = QStringView(document).left(1000).trimmed().startsWith(u'{');
    Result<Feed> feed = isJson ? readFeedJson(document, url) : readXml(document, *plain, url);
    if (feed)
        finish(*feed);
    return feed;
}

} // namespace Earshot
