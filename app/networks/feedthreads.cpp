// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feedthreads.h"

#include "model/htmltext.h"
#include "networks/feedtext.h"

#include <QRegularExpression>

namespace Earshot {

using namespace Qt::StringLiterals;

namespace {

/// What WordPress puts into the title of a comment: of what, and by whom.
struct CommentTitle
{
    QString about;
    QString by;
    bool isOne = false;
};

CommentTitle commentTitle(const QString &title)
{
    static const QRegularExpression both(u"^(?:Comment on (.+) by|Kommentar zu (.+) von) (.+)$"_s);
    static const QRegularExpression onlyBy(u"^(?:By|Von): (.+)$"_s);
    if (const auto match = both.match(title); match.hasMatch())
        return {.about = match.captured(1) + match.captured(2), .by = match.captured(3), .isOne = true};
    if (const auto match = onlyBy.match(title); match.hasMatch())
        return {.about = {}, .by = match.captured(1), .isOne = true};
    return {};
}

/// What a feed's title says that all its comments are about.
QString aboutFromFeedTitle(const QString &title)
{
    static const QRegularExpression pattern(u"^(?:Comments on|Kommentare zu): (.+)$"_s);
    return pattern.match(title).captured(1);
}

QString withoutFragment(const QString &address)
{
    return address.section(u'#', 0, 0);
}

QString withoutRe(const QString &title)
{
    static const QRegularExpression prefix(u"^(?:(?:Re|AW|Antw)\\s*:\\s*)+"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    return QString(title).remove(prefix);
}

/// Titles of posts without one are often the beginning of their text, cut.
bool isBeginning(const QString &title, const QString &text)
{
    QString beginning = title;
    while (beginning.endsWith(u'.') || beginning.endsWith(u'…') || beginning.endsWith(u' '))
        beginning.chop(1);
    const bool isCut = beginning.size() < title.size();
    return beginning.size() > (isCut ? 0 : 20) && cleanLine(text, beginning.size() + 100).startsWith(beginning);
}

QString textOf(const FeedItem &item, bool isAnswer)
{
    if (item.text.isEmpty())
        return item.title.isEmpty() ? item.url : item.title;
    if (isAnswer || item.title.isEmpty() || item.text.startsWith(item.title) || isBeginning(item.title, item.text))
        return item.text;
    return item.title + u"\n\n"_s + item.text;
}

/// Where an item belongs that says so by its id and address alone; no id = it does not.
struct Topic
{
    QString id;
    QString title;
    QString page;
};

/// Discourse names a topic and its posts so that one tells the other: what is answered of "forum-post-42-3" is
/// "forum-topic-42".
Topic discourseTopic(const FeedItem &item)
{
    static const QRegularExpression post(u"^([\\w.:-]+)-post-(\\d+)-\\d+$"_s);
    static const QRegularExpression number(u"(/\\d+)/\\d+$"_s);
    const auto match = post.match(item.id);
    if (!match.hasMatch())
        return {};
    return {match.captured(1) + u"-topic-"_s + match.captured(2), item.title,
            item.url.section(u'#', 0, 0).replace(number, u"\\1"_s)};
}

/// Reddit's comment "t1_..." has the post's id in its address.
Topic redditPost(const FeedItem &item)
{
    static const QRegularExpression address(u"^(https?://[^/]+/(?:r|user)/[^/]+/comments/(\\w+)/[^/]*/)\\w+/?$"_s);
    static const QRegularExpression title(u"^/u/\\S+ on (.+)$"_s);
    const auto match = address.match(item.url);
    if (!item.id.startsWith("t1_"_L1) || !match.hasMatch())
        return {};
    return {u"t3_"_s + match.captured(2), title.match(item.title).captured(1), match.captured(1)};
}

/// Stack Exchange's answer ".../questions/123/-/456#456" to the question ".../q/123".
Topic question(const FeedItem &item)
{
    static const QRegularExpression answer(u"^(https?://[^/]+)/questions/(\\d+)/[^/]*/(\\d+)#\\3$"_s);
    static const QRegularExpression title(u"^(?:Answer|Comment) by .+? (?:for|on) (.+)$"_s);
    static const QRegularExpression number(u"/\\d+(?:#\\d+)?$"_s);
    const auto match = answer.match(item.id);
    if (!match.hasMatch())
        return {};
    return {match.captured(1) + u"/q/"_s + match.captured(2), title.match(item.title).captured(1),
            QString(item.url).remove(number)};
}

Topic topicOf(const FeedItem &item)
{
    for (const auto &read : {discourseTopic, redditPost, question}) {
        if (Topic topic = read(item); !topic.id.isEmpty())
            return topic;
    }
    return {};
}

} // namespace

bool isComment(const FeedItem &item)
{
    static const QRegularExpression pattern(u"#comment-\\d+$"_s);
    static const QRegularExpression furtherPost(u"^[\\w.:-]+-post-\\d+-(?!1$)\\d+$"_s);
    if (furtherPost.match(item.id).hasMatch())
        return true;
    if (!redditPost(item).id.isEmpty() || !question(item).id.isEmpty())
        return true;
    return !item.answers.isEmpty() || pattern.match(item.id).hasMatch() || pattern.match(item.url).hasMatch();
}

FeedThreads::FeedThreads(const Feed &feed, const FeedKnown &known, Time now, const PendingComments *entry)
    : m_feed(feed)
    , m_known(known)
    , m_now(now)
    , m_entry(entry)
{
    for (const FeedItem &item : feed.items) {
        m_byId.insert(item.id, &item);
        if (!item.url.isEmpty() && !m_byUrl.contains(item.url))
            m_byUrl.insert(item.url, &item);
    }
}

const FeedItem *FeedThreads::find(const FeedReference &reference) const
{
    if (const FeedItem *item = m_byId.value(reference.id))
        return item;
    if (reference.page.isEmpty())
        return nullptr;
    return m_byUrl.value(reference.page.toString(QUrl::FullyEncoded));
}

FeedThreads::Place FeedThreads::placeOfPage(const QString &page) const
{
    const FeedItem *entry = m_byUrl.value(page);
    if (entry && !isComment(*entry))
        return {entry->id, entry->title, entry->url};
    return {page, {}, page};
}

FeedThreads::Place FeedThreads::placeOutside(const FeedReference &reference) const
{
    const QString page = withoutFragment(reference.page.toString(QUrl::FullyEncoded));
    if (m_known.isRoot(reference.id))
        return {reference.id, {}, page};
    if (!page.isEmpty())
        return placeOfPage(page);
    const QString idAsPage = reference.id.contains(u'#') ? webAddress(withoutFragment(reference.id), {}) : QString();
    if (!idAsPage.isEmpty())
        return placeOfPage(idAsPage);
    return {reference.id, {}, webAddress(reference.id, {})};
}

FeedThreads::Place FeedThreads::placeOf(const FeedItem &item) const
{
    if (m_entry)
        return {m_entry->id, m_entry->title, m_entry->url};
    const FeedItem *at = &item;
    // References may run in circles.
    for (int steps = 0; steps < 100; ++steps) {
        if (const Topic topic = topicOf(*at); !topic.id.isEmpty())
            return {topic.id, topic.title, topic.page};
        if (at->answers.isEmpty())
            return isComment(*at) ? placeOfPage(withoutFragment(at->url)) : Place{at->id, at->title, at->url};
        const FeedItem *parent = nullptr;
        for (const FeedReference &answer : at->answers) {
            const FeedItem *found = find(answer);
            if (!parent && found != at)
                parent = found;
        }
        if (!parent)
            return placeOutside(at->answers.first());
        at = parent;
    }
    return {item.id, item.title, item.url};
}

QString FeedThreads::parentOf(const FeedItem &item) const
{
    const FeedItem *parent = nullptr;
    for (const FeedReference &answer : item.answers) {
        const FeedItem *found = find(answer);
        if (!parent && found != &item)
            parent = found;
    }
    if (parent)
        return parent->id;
    if (item.answers.isEmpty())
        return {};
    const FeedReference &first = item.answers.first();
    const QString page = first.page.toString(QUrl::FullyEncoded);
    if (m_entry && (page == m_entry->url || first.id.isEmpty()))
        return page == m_entry->url ? m_entry->id : page;
    return first.id.isEmpty() ? page : first.id;
}

Time FeedThreads::honest(Time claimed) const
{
    return claimed > m_now + std::chrono::minutes(5) ? Time() : claimed;
}

RemoteMessage FeedThreads::messageOf(const FeedItem &item) const
{
    const bool isAnswer = m_entry || isComment(item);
    const CommentTitle title = commentTitle(item.title);
    const Place place = placeOf(item);
    RemoteMessage message;
    message.uri = item.id;
    message.remoteId = item.id;
    message.url = item.url;
    message.threadUri = place.uri;
    message.threadUrl = place.url;
    message.threadTitle = place.title;
    if (isAnswer) {
        message.parentUri = parentOf(item);
        if (message.parentUri.isEmpty())
            message.parentUri = place.uri;
        for (const QString &other : {title.about, aboutFromFeedTitle(m_feed.title)}) {
            if (message.threadTitle.isEmpty())
                message.threadTitle = other;
        }
        if (message.threadTitle.isEmpty() && !title.isOne && !isBeginning(item.title, item.text))
            message.threadTitle = withoutRe(item.title);
    }
    message.author = item.author;
    if (message.author.name.isEmpty() && isAnswer)
        message.author.name = title.by;
    message.sentAt = honest(item.publishedAt);
    if (item.updatedAt > item.publishedAt)
        message.editedAt = honest(item.updatedAt);
    message.text = textOf(item, isAnswer && (title.isOne || !item.text.isEmpty()));
    message.language = item.language;
    message.rating = item.rating;
    message.media = item.media;
    return message;
}

} // namespace Earshot
