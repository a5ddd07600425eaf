// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakesite.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Earshot {

using namespace Qt::StringLiterals;

QString FakeSite::json(const Wish &wish) const
{
    QJsonArray items;
    const QList<Item> chosen = itemsOf(wish);
    for (const Item &item : chosen) {
        items.append(QJsonObject{{u"id"_s, idOf(item)},
                                 {u"url"_s, linkOf(item)},
                                 {u"title"_s, item.title},
                                 {u"content_html"_s, item.html},
                                 {u"authors"_s, QJsonArray{QJsonObject{{u"name"_s, item.author}}}},
                                 {u"date_published"_s, toIso(item.writtenAt)},
                                 {u"date_modified"_s, toIso(qMax(item.writtenAt, item.editedAt))}});
    }
    QJsonObject feed{{u"version"_s, u"https://jsonfeed.org/version/1.1"_s},
                     {u"title"_s, m_title},
                     {u"home_page_url"_s, u"https://%1/"_s.arg(m_host)},
                     {u"items"_s, items}};
    if (const QString next = nextOf(wish); !next.isEmpty())
        feed.insert(u"next_url"_s, next);
    return QString::fromUtf8(QJsonDocument(feed).toJson());
}

QString FakeSite::page(const Item *post) const
{
    QString text =
        u"<!DOCTYPE html>\n<html><head><title>%1</title>\n"_s.arg((post ? post->title : m_title).toHtmlEscaped());
    const auto announce = [&text](const QString &type, const QString &title, const QString &href) {
        text += u"<link rel=\"alternate\" type=\"%1\" title=\"%2\" href=\"%3\" />\n"_s.arg(type, title.toHtmlEscaped(),
                                                                                           href);
    };
    announce(u"application/rss+xml"_s, m_title + u" » Feed"_s, u"/feed/"_s);
    announce(u"application/atom+xml"_s, m_title + u" » Atom Feed"_s, u"/feed/atom/"_s);
    announce(u"application/feed+json"_s, m_title + u" » JSON Feed"_s, u"/feed.json"_s);
    announce(u"application/rss+xml"_s, m_title + u" » Comments Feed"_s, u"/comments/feed/"_s);
    if (post)
        announce(u"application/rss+xml"_s, post->title + u" Comments Feed"_s, u"/%1/feed/"_s.arg(post->slug));
    return text + u"</head><body><h1>%1</h1>%2</body></html>\n"_s.arg((post ? post->title : m_title).toHtmlEscaped(),
                                                                      post ? post->html : QString());
}

} // namespace Earshot
