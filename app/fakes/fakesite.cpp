// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakesite.h"

#include "fakes/requestparts.h"

#include <QCryptographicHash>
#include <QLocale>
#include <QUrlQuery>

#include <algorithm>

namespace Earshot {

using namespace Qt::StringLiterals;

namespace {

QByteArray httpDate(Time time)
{
    return QLocale::c().toString(toDateTime(time), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1();
}

} // namespace

FakeSite::FakeSite(QString host, const Clock *clock)
    : m_host(std::move(host))
    , m_clock(clock)
    , m_title(u"Lantern Coffee"_s)
{
}

int FakeSite::addPost(const QString &title, const QString &html, const QString &author)
{
    Item item;
    item.number = ++m_lastNumber;
    item.title = title;
    item.slug = u"post-%1"_s.arg(item.number);
    item.html = html;
    item.author = author;
    item.writtenAt = m_clock->now();
    m_items.append(item);
    return item.number;
}

int FakeSite::addComment(int post, const QString &author, const QString &html, int parent)
{
    Item item;
    item.number = ++m_lastNumber;
    item.post = post;
    item.parent = parent;
    item.html = html;
    item.author = author;
    item.writtenAt = m_clock->now();
    m_items.append(item);
    return item.number;
}

void FakeSite::edit(int number, const QString &html)
{
    for (Item &item : m_items) {
        if (item.number == number) {
            item.html = html;
            item.editedAt = m_clock->now();
        }
    }
}

void FakeSite::remove(int number)
{
    m_items.removeIf([number](const Item &item) { return item.number == number || item.post == number; });
}

void FakeSite::setHeader(const QByteArray &name, const QByteArray &value)
{
    m_headers.insert(name, value);
}

void FakeSite::moveTo(const QString &path, const QString &newPath)
{
    m_moved.insert(path, newPath);
}

void FakeSite::setGone(const QString &path, bool isGone)
{
    m_gone.insert(path, isGone);
}

void FakeSite::setMalformed(const QString &path, const QByteArray &instead)
{
    m_malformed.insert(path, instead);
}

void FakeSite::setPassword(const QByteArray &user, const QByteArray &password)
{
    const QByteArray pair = user + ':' + password;
    m_authorization = user.isEmpty() ? QByteArray() : "Basic " + pair.toBase64();
}

QUrl FakeSite::url(const QString &path) const
{
    return QUrl(u"https://%1%2"_s.arg(m_host, path));
}

HttpAnswer FakeSite::answer(const HttpRequest &request)
{
    HttpRequest asked = request;
    bool isMoved = false;
    while (m_moved.contains(asked.url.path())) {
        asked.url = url(m_moved.value(asked.url.path()));
        isMoved = true;
    }
    HttpAnswer answer = serve(asked, asked.url.path());
    answer.url = asked.url;
    answer.headers.insert("date", httpDate(m_clock->now()));
    if (isMoved)
        answer.movedTo = asked.url;
    return answer;
}

HttpAnswer FakeSite::serve(const HttpRequest &request, const QString &path)
{
    HttpAnswer answer;
    if (!m_authorization.isEmpty() && request.authorization.reveal() != m_authorization) {
        answer.status = 401;
        return answer;
    }
    if (m_gone.value(path)) {
        answer.status = 410;
        return answer;
    }
    if (const QByteArray instead = m_malformed.value(path); !instead.isEmpty()) {
        answer.status = 200;
        answer.body = instead;
        return answer;
    }
    Wish wish;
    wish.self = request.url;
    wish.page = qMax(1, QUrlQuery(request.url).queryItemValue(u"paged"_s).toInt());
    static const QHash<QString, Format> formats = {
        {u"/feed/"_s, Format::rss},          {u"/feed/atom/"_s, Format::atom},
        {u"/feed/rdf/"_s, Format::rdf},      {u"/feed.json"_s, Format::json},
        {u"/comments/feed/"_s, Format::rss}, {u"/comments/feed/atom/"_s, Format::atom}};
    wish.format = formats.value(path);
    wish.isComments = path.startsWith("/comments/"_L1);
    if (formats.contains(path))
        return feedAnswer(request, wish);
    const Item *post = nullptr;
    for (const Item &item : std::as_const(m_items)) {
        if (item.post == 0 && path.startsWith(u'/' + item.slug + u'/'))
            post = &item;
    }
    if (post && path == u"/%1/feed/"_s.arg(post->slug)) {
        wish.isComments = true;
        wish.post = post->number;
        return feedAnswer(request, wish);
    }
    const bool isPage = path.isEmpty() || path == "/"_L1 || (post && path == u"/%1/"_s.arg(post->slug));
    answer.status = isPage ? 200 : 404;
    answer.headers.insert("content-type", "text/html; charset=UTF-8");
    answer.body = isPage ? page(post).toUtf8() : "<!DOCTYPE html><title>Nothing here</title>";
    return answer;
}

HttpAnswer FakeSite::feedAnswer(const HttpRequest &request, const Wish &wish) const
{
    static const QHash<Format, QByteArray> types = {{Format::rss, "application/rss+xml; charset=UTF-8"},
                                                    {Format::atom, "application/atom+xml; charset=UTF-8"},
                                                    {Format::rdf, "application/rdf+xml; charset=UTF-8"},
                                                    {Format::json, "application/feed+json"}};
    HttpAnswer answer;
    answer.headers = m_headers;
    answer.headers.insert("content-type", types.value(wish.format));
    const QString text = wish.format == Format::rss    ? rss(wish)
                         : wish.format == Format::atom ? atom(wish)
                         : wish.format == Format::rdf  ? rdf(wish)
                                                       : json(wish);
    answer.body = text.toUtf8();
    Time newest;
    for (const Item &item : m_items)
        newest = qMax(newest, m_isLying ? item.writtenAt : qMax(item.writtenAt, item.editedAt));
    const QByteArray modified = httpDate(newest);
    const QByteArray source = m_isLying ? modified : answer.body;
    const QByteArray etag = '"' + QCryptographicHash::hash(source, QCryptographicHash::Md5).toHex() + '"';
    answer.headers.insert("etag", etag);
    answer.headers.insert("last-modified", modified);
    const QByteArray ifNone = headerOf(request, "If-None-Match");
    const QByteArray ifModified = headerOf(request, "If-Modified-Since");
    const bool isSame = (!ifNone.isEmpty() || !ifModified.isEmpty()) && (ifNone.isEmpty() || ifNone == etag) &&
                        (ifModified.isEmpty() || ifModified == modified);
    answer.status = isSame ? 304 : 200;
    if (isSame)
        answer.body.clear();
    return answer;
}

const FakeSite::Item *FakeSite::find(int number) const
{
    const auto found =
        std::find_if(m_items.cbegin(), m_items.cend(), [number](const Item &item) { return item.number == number; });
    return found == m_items.cend() ? nullptr : &*found;
}

QList<FakeSite::Item> FakeSite::itemsOf(const Wish &wish) const
{
    QList<Item> items;
    for (auto it = m_items.crbegin(); it != m_items.crend(); ++it) {
        const bool isWanted =
            wish.isComments ? it->post != 0 && (wish.post == 0 || it->post == wish.post) : it->post == 0;
        if (isWanted)
            items.append(*it);
    }
    return items.mid((wish.page - 1) * m_window, m_window);
}

QString FakeSite::nextOf(const Wish &wish) const
{
    Wish next = wish;
    ++next.page;
    if (!m_isPaging || itemsOf(next).isEmpty())
        return {};
    return u"https://%1%2?paged=%3"_s.arg(m_host, wish.self.path(), QString::number(next.page));
}

QString FakeSite::linkOf(const Item &item) const
{
    if (item.post == 0)
        return u"https://%1/%2/"_s.arg(m_host, item.slug);
    const Item *post = find(item.post);
    return u"https://%1/%2/#comment-%3"_s.arg(m_host, post ? post->slug : QString(), QString::number(item.number));
}

QString FakeSite::idOf(const Item &item) const
{
    return item.post == 0 ? u"https://%1/?p=%2"_s.arg(m_host, QString::number(item.number)) : linkOf(item);
}

QString FakeSite::titleOf(const Item &item, const Wish &wish) const
{
    if (item.post == 0)
        return item.title;
    const Item *post = find(item.post);
    return wish.post != 0 ? u"By: %1"_s.arg(item.author)
                          : u"Comment on %1 by %2"_s.arg(post ? post->title : QString(), item.author);
}

qsizetype FakeSite::commentCount(int post) const
{
    return std::count_if(m_items.cbegin(), m_items.cend(), [post](const Item &item) { return item.post == post; });
}

QString FakeSite::rss(const Wish &wish) const
{
    const Item *post = wish.post != 0 ? find(wish.post) : nullptr;
    const QString title = post              ? u"Comments on: "_s + post->title
                          : wish.isComments ? u"Comments for "_s + m_title
                                            : m_title;
    QString text = u"<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"\n"
                   " xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
                   "xmlns:wfw=\"http://wellformedweb.org/CommentAPI/\"\n"
                   " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:atom=\"http://www.w3.org/2005/Atom\"\n"
                   " xmlns:slash=\"http://purl.org/rss/1.0/modules/slash/\">\n<channel>\n"_s;
    text += u"<title>\n\t%1\t</title><link>https://%2</link><description></description>\n"_s.arg(title.toHtmlEscaped(),
                                                                                                 m_host);
    if (const QString next = nextOf(wish); !next.isEmpty())
        text += u"<atom:link rel=\"next\" href=\"%1\"/>\n"_s.arg(next);
    const QList<Item> items = itemsOf(wish);
    for (const Item &item : items)
        text += rssItem(item, wish);
    return text + u"</channel></rss>\n"_s;
}

QString FakeSite::rssItem(const Item &item, const Wish &wish) const
{
    QString text = u"<item><title>\n\t%1\t</title><link>%2</link><guid isPermaLink=\"false\">%3</guid>\n"_s.arg(
        titleOf(item, wish).toHtmlEscaped(), linkOf(item), idOf(item));
    text += u"<dc:creator><![CDATA[%1]]></dc:creator><pubDate>%2</pubDate>\n"_s.arg(
        item.author, QLocale::c().toString(toDateTime(item.writtenAt), u"ddd, dd MMM yyyy HH:mm:ss '+0000'"_s));
    if (item.post == 0) {
        text += u"<comments>%1#comments</comments><wfw:commentRss>%1feed/</wfw:commentRss>"
                "<slash:comments>%2</slash:comments>\n"_s.arg(linkOf(item), QString::number(commentCount(item.number)));
    }
    QString html = item.html;
    if (const Item *parent = find(item.parent))
        html = u"<p>In reply to <a href=\"%1\">%2</a>.</p>\n%3"_s.arg(linkOf(*parent), parent->author, html);
    return text + u"<content:encoded><![CDATA[%1]]></content:encoded></item>\n"_s.arg(html);
}

QString FakeSite::rdf(const Wish &wish) const
{
    QString text = u"<?xml version=\"1.0\"?><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\""
                   " xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
                   "<channel rdf:about=\"https://%1/\"><title>%2</title><link>https://%1/</link></channel>\n"_s.arg(
                       m_host, m_title.toHtmlEscaped());
    const QList<Item> items = itemsOf(wish);
    for (const Item &item : items) {
        text +=
            u"<item rdf:about=\"%1\"><title>%2</title><link>%3</link><dc:creator>%4</dc:creator><dc:date>%5</dc:date>"
            "<description>%6</description></item>\n"_s.arg(idOf(item), item.title.toHtmlEscaped(), linkOf(item),
                                                           item.author.toHtmlEscaped(), toIso(item.writtenAt),
                                                           item.html.toHtmlEscaped());
    }
    return text + u"</rdf:RDF>\n"_s;
}

QString FakeSite::atom(const Wish &wish) const
{
    QString text =
        u"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\""
        " xmlns:thr=\"http://purl.org/syndication/thread/1.0\">\n<title>%1</title><id>https://%2/</id>\n"
        "<link rel=\"alternate\" type=\"text/html\" href=\"https://%2/\"/>\n"_s.arg(m_title.toHtmlEscaped(), m_host);
    if (const QString next = nextOf(wish); !next.isEmpty())
        text += u"<link rel=\"next\" href=\"%1\"/>\n"_s.arg(next);
    const QList<Item> items = itemsOf(wish);
    for (const Item &item : items)
        text += atomEntry(item, wish);
    return text + u"</feed>\n"_s;
}

QString FakeSite::atomEntry(const Item &item, const Wish &wish) const
{
    const Time updated = qMax(item.writtenAt, item.editedAt);
    QString text = u"<entry><id>%1</id><title>%2</title><link href=\"%3\"/><author><name>%4</name></author>\n"
                   "<published>%5</published><updated>%6</updated>\n"_s.arg(
                       idOf(item), titleOf(item, wish).toHtmlEscaped(), linkOf(item), item.author.toHtmlEscaped(),
                       toIso(item.writtenAt), toIso(updated));
    if (item.post == 0) {
        text += u"<link rel=\"replies\" type=\"application/atom+xml\" href=\"%1feed/\" thr:count=\"%2\"/>"
                "<thr:total>%2</thr:total>\n"_s.arg(linkOf(item), QString::number(commentCount(item.number)));
    }
    if (const Item *answered = find(item.parent != 0 ? item.parent : item.post))
        text +=
            u"<thr:in-reply-to ref=\"%1\" href=\"%2\" type=\"text/html\"/>\n"_s.arg(idOf(*answered), linkOf(*answered));
    return text + u"<content type=\"html\">%1</content></entry>\n"_s.arg(item.html.toHtmlEscaped());
}

} // namespace Earshot
