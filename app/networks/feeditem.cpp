// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feeditem.h"

#include "model/htmltext.h"
#include "networks/feeddates.h"
#include "networks/feedtext.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace Earshot {

using namespace Qt::StringLiterals;

namespace {

using Names = std::initializer_list<QLatin1StringView>;

const FeedElement *firstFilled(const FeedElement &item, Names names)
{
    for (const QLatin1StringView name : names) {
        for (const FeedElement &child : item.children) {
            if (child.name == name && !QStringView(child.text).trimmed().isEmpty())
                return &child;
        }
    }
    return nullptr;
}

Time firstDate(const FeedElement &item, Names names)
{
    for (const QLatin1StringView name : names) {
        for (const FeedElement &child : item.children) {
            if (child.name != name)
                continue;
            if (const Time time = feedDate(child.text); isKnown(time))
                return time;
        }
    }
    return {};
}

QUrl webUrl(const QString &address, const QUrl &base)
{
    return QUrl(webAddress(address, base));
}

/// The address of the item's page: RSS link, Atom link rel=alternate, a guid that is one, comments, an enclosure never.
QString urlOf(const FeedElement &item)
{
    for (const FeedElement &child : item.children) {
        if (child.name == "link"_L1 && !child.text.trimmed().isEmpty())
            return webAddress(child.text, child.base);
    }
    QString fallback;
    for (const FeedElement &child : item.children) {
        if (child.name != "atom:link"_L1 && child.name != "link"_L1)
            continue;
        const QString relation = child.attribute("rel"_L1).toLower();
        const QString type = child.attribute("type"_L1).toLower();
        const QString address = webAddress(child.attribute("href"_L1), child.base);
        const bool isPage = type.isEmpty() || type.contains("html"_L1);
        // App Store reviews have no other page.
        if (relation == "related"_L1 && item.child("im:rating"_L1) && fallback.isEmpty())
            fallback = address;
        if ((relation.isEmpty() || relation == "alternate"_L1) && !address.isEmpty()) {
            if (isPage)
                return address;
            if (fallback.isEmpty())
                fallback = address;
        }
    }
    if (!fallback.isEmpty())
        return fallback;
    const FeedElement *guid = item.child("guid"_L1);
    if (guid && guid->attribute("isPermaLink"_L1).toLower() != "false"_L1)
        return webAddress(guid->text, {});
    return webAddress(item.attribute("rdf:about"_L1), {});
}

QString idOf(const FeedElement &item)
{
    static constexpr std::array names = {"guid"_L1, "atom:id"_L1, "id"_L1, "dc:identifier"_L1};
    for (const QLatin1StringView name : names) {
        if (const QString id = item.textOf(name); !id.isEmpty())
            return id;
    }
    if (const QString about = item.attribute("rdf:about"_L1); !about.isEmpty())
        return about;
    // As written: what an id resolves to may change, an id must not.
    if (const QString link = item.textOf("link"_L1); !link.isEmpty())
        return link;
    return {};
}

RemoteAuthor authorFromPerson(const FeedElement &person)
{
    RemoteAuthor author = authorFromText(person.textOf("atom:name"_L1));
    if (const QString mail = person.textOf("atom:email"_L1); !mail.isEmpty())
        author.handle = authorFromText(mail).handle;
    const QString uri = person.textOf("atom:uri"_L1);
    author.url = webAddress(uri.isEmpty() ? person.textOf("atom:url"_L1) : uri, person.base);
    return author;
}

RemoteAuthor authorOf(const FeedElement &item)
{
    if (const FeedElement *person = item.child("atom:author"_L1)) {
        RemoteAuthor author = authorFromPerson(*person);
        if (!author.name.isEmpty() || !author.handle.isEmpty())
            return author;
    }
    const QString creator = item.textOf("dc:creator"_L1);
    const FeedElement *named = item.child("author"_L1);
    RemoteAuthor author = authorFromText(named ? named->text.trimmed() : QString());
    // RSS knows no <name> inside; some write it all the same.
    if (author.name.isEmpty() && named)
        author = authorFromText(named->textOf("name"_L1));
    if (!creator.isEmpty())
        author.name = authorFromText(creator).name;
    if (author.name.isEmpty())
        author.name = authorFromText(item.textOf("itunes:author"_L1)).name;
    return author;
}

QString textOf(const FeedElement &item)
{
    static constexpr std::array names = {
        "content:encoded"_L1,   "atom:content"_L1,  "xhtml:body"_L1, "xhtml:div"_L1, "body"_L1,
        "description"_L1,       "atom:summary"_L1,  "content"_L1,    "summary"_L1,   "itunes:summary"_L1,
        "media:description"_L1, "dc:description"_L1};
    for (const QLatin1StringView name : names) {
        for (const FeedElement &child : item.children) {
            // App Store feeds give every review twice; the markup one is a table for a screen of long ago.
            const bool isTable = name == "atom:content"_L1 && child.attribute("type"_L1) == "html"_L1 &&
                                 item.child("im:rating"_L1) && child.text.contains("<table"_L1);
            if (child.name != name || isTable)
                continue;
            if (const QString text = elementText(child); !text.isEmpty())
                return text;
        }
    }
    const FeedElement *group = item.child("media:group"_L1);
    const FeedElement *described = group ? group->child("media:description"_L1) : nullptr;
    return described ? elementText(*described) : QString();
}

void learnAnswers(FeedItem &item, const FeedElement &element)
{
    for (const FeedElement &child : element.children) {
        if (child.name != "thr:in-reply-to"_L1 || item.answers.size() >= 20)
            continue;
        FeedReference reference{child.attribute("ref"_L1), webUrl(child.attribute("href"_L1), child.base)};
        if (!reference.id.isEmpty() || !reference.page.isEmpty())
            item.answers.append(reference);
    }
    // WordPress' RSS knows no thr: the parent is only in the first line of the comment.
    const FeedElement *content = firstFilled(element, {"content:encoded"_L1, "description"_L1});
    if (!item.answers.isEmpty() || !item.url.contains("#comment-"_L1) || !content)
        return;
    static const QRegularExpression line(
        u"^\\s*(?:<p>)?[^<]{2,40}<a [^>]*href=[\"']([^\"'<>]*#comment-\\d+)[\"'][^>]*>[^<]*</a>"_s);
    const auto match = line.match(content->text.left(2000));
    if (!match.hasMatch())
        return;
    item.answers.append({{}, webUrl(decodeEntities(match.captured(1)), content->base)});
    const qsizetype end = item.text.indexOf(u'\n');
    item.text = end < 0 ? item.text : item.text.mid(end).trimmed();
}

void learnComments(FeedItem &item, const FeedElement &element)
{
    const auto learnCount = [&item](const QString &text) {
        bool isNumber = false;
        const int count = text.toInt(&isNumber);
        if (isNumber && count >= 0)
            item.commentCount = qMax(item.commentCount, count);
    };
    for (const FeedElement &child : element.children) {
        if (child.name.compare("wfw:commentRss"_L1, Qt::CaseInsensitive) == 0) {
            item.commentFeed = webUrl(child.text, child.base);
        } else if (child.name == "slash:comments"_L1 || child.name == "thr:total"_L1) {
            learnCount(child.text.trimmed());
        } else if (child.name == "atom:link"_L1 && child.attribute("rel"_L1).toLower() == "replies"_L1) {
            learnCount(child.attribute("thr:count"_L1));
            const QString type = child.attribute("type"_L1).toLower();
            if (type.contains("xml"_L1) && item.commentFeed.isEmpty())
                item.commentFeed = webUrl(child.attribute("href"_L1), child.base);
        }
    }
}

Duration updatePeriod(const QString &period)
{
    using namespace std::chrono;
    const QString word = period.trimmed().toLower();
    if (word == "hourly"_L1)
        return hours(1);
    if (word == "daily"_L1)
        return hours(24);
    if (word == "weekly"_L1)
        return hours(24 * 7);
    if (word == "monthly"_L1)
        return hours(24 * 30);
    return word == "yearly"_L1 ? hours(24 * 365) : hours(0);
}

void learnLink(Feed &feed, const FeedElement &element)
{
    const QString relation = element.attribute("rel"_L1).toLower();
    const QString address = element.attribute("href"_L1);
    if (address.isEmpty()) {
        if (element.name == "link"_L1 && feed.homeUrl.isEmpty())
            feed.homeUrl = webAddress(element.text, element.base);
    } else if (relation == "next"_L1 || (relation == "prev-archive"_L1 && feed.next.isEmpty())) {
        feed.next = webUrl(address, element.base);
    } else if ((relation.isEmpty() || relation == "alternate"_L1) && feed.homeUrl.isEmpty()) {
        feed.homeUrl = webAddress(address, element.base);
    }
}

} // namespace

RemoteAuthor authorFromText(const QString &text)
{
    static const QRegularExpression mailPattern(
        u"[^\\s<>()\\[\\]\",;:]+@[^\\s<>()\\[\\]\",;:]+\\.[^\\s<>()\\[\\]\",;:]+"_s);
    QString name = feedLine(text);
    RemoteAuthor author;
    const auto match = mailPattern.match(text.left(1000));
    if (match.hasMatch()) {
        author.handle = cleanLine(match.captured());
        name =
            cleanLine(QString(text).remove(match.captured()).remove(QRegularExpression(u"mailto:|[<>()\\[\\]\"]"_s)));
    }
    // What blog software writes when it hides the address.
    if (author.handle.startsWith("noreply@"_L1) || author.handle.startsWith("no-reply@"_L1) ||
        author.handle.endsWith("@blogger.com"_L1))
        author.handle.clear();
    author.name = name;
    return author;
}

FeedItem itemOf(const FeedElement &element)
{
    FeedItem item;
    item.id = idOf(element).left(2000);
    item.url = urlOf(element);
    if (const FeedElement *title = firstFilled(element, {"title"_L1, "atom:title"_L1, "dc:title"_L1, "media:title"_L1}))
        item.title = elementLine(*title);
    item.text = textOf(element);
    item.author = authorOf(element);
    item.media = mediaOf(element, item.author.avatarUrl);
    item.language = languageTag(element.language);
    if (const QString language = element.textOf("dc:language"_L1); !language.isEmpty())
        item.language = languageTag(language);
    item.publishedAt =
        firstDate(element, {"pubDate"_L1, "atom:published"_L1, "atom:issued"_L1, "dcterms:issued"_L1, "dc:date"_L1,
                            "atom:created"_L1, "dcterms:created"_L1, "pubdate"_L1, "date"_L1});
    item.updatedAt = firstDate(element, {"atom:updated"_L1, "atom:modified"_L1, "dcterms:modified"_L1, "updated"_L1});
    if (!isKnown(item.publishedAt))
        item.publishedAt = item.updatedAt;
    item.rating = ratingOf(element);
    learnAnswers(item, element);
    learnComments(item, element);
    return item;
}

void learnAboutFeed(Feed &feed, const FeedElement &element)
{
    using namespace std::chrono;
    const QString &name = element.name;
    const QString text = element.text.trimmed();
    if ((name == "title"_L1 || name == "atom:title"_L1) && feed.title.isEmpty()) {
        feed.title = elementLine(element);
    } else if (name == "link"_L1 || name == "atom:link"_L1) {
        learnLink(feed, element);
    } else if (name == "language"_L1 || name == "dc:language"_L1) {
        feed.language = languageTag(text);
    } else if (name == "atom:author"_L1) {
        feed.author = authorFromPerson(element);
    } else if (name == "itunes:author"_L1 || name == "managingEditor"_L1 || name == "dc:creator"_L1) {
        if (feed.author == RemoteAuthor())
            feed.author = authorFromText(text);
    } else if (name == "ttl"_L1) {
        feed.ttl = qMax(feed.ttl, Duration(minutes(qBound(0, text.toInt(), 60 * 24 * 7))));
    } else if (name == "sy:updatePeriod"_L1) {
        feed.ttl = qMax(feed.ttl, updatePeriod(text));
    } else if (name == "sy:updateFrequency"_L1 && text.toInt() > 1) {
        feed.ttl /= text.toInt();
    } else if (name == "skipHours"_L1) {
        for (const FeedElement &hour : element.children) {
            bool isNumber = false;
            const int value = hour.text.trimmed().toInt(&isNumber);
            if (isNumber && value >= 0 && value <= 24)
                feed.skipHours.insert(value % 24);
        }
    }
}

} // namespace Earshot
