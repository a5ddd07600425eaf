// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskypuller.h"

#include "networks/blueskychat.h"
#include "networks/blueskyfollowers.h"
#include "networks/blueskygate.h"
#include "networks/blueskyhidden.h"

#include <algorithm>

namespace Earshot {

namespace {

using Kind = BlueskyAddress::Kind;

constexpr int mostInboxPages = 500;
constexpr int mostPublicPages = 100;
constexpr qsizetype mostPublicContexts = 10;
constexpr int ownDepth = 100;
constexpr int ownPageSize = 50;
/// How far posts are dated back by slow clocks and bridges: read again at each pull.
constexpr Duration overlap = std::chrono::hours(1);

bool isReply(const QJsonObject &post)
{
    return objectOf(post, "record").contains(QLatin1StringView("reply"));
}

QString parentOf(const QJsonObject &post)
{
    return textOf(objectOf(objectOf(objectOf(post, "record"), "reply"), "parent"), "uri");
}

} // namespace

TimelineWalker::Habit BlueskyPull::habitOf(const BlueskySession &session)
{
    TimelineWalker::Habit habit;
    habit.horizon = session.access.horizon;
    habit.mostPages = session.isInbox() ? mostInboxPages : mostPublicPages;
    habit.overlap = overlap;
    habit.endsAtKnown = false;
    habit.isWhole = true;
    return habit;
}

BlueskyPull::BlueskyPull(BlueskySession &session, const Position &position, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_walker(position, habitOf(session), session.client->now())
{
    whenPrepared(m_session, [this] { ask(mostOnPage); });
}

void BlueskyPull::ask(int limit)
{
    m_asked = m_walker.next();
    auto [method, query] = newestPage(m_session, limit);
    if (!m_asked.isEmpty())
        query.append({"cursor", QString::fromUtf8(m_asked)});
    m_session.client->get(method, query, this,
                          [this, limit](const Result<QJsonObject> &reply) { takePage(reply, limit); });
}

QByteArray BlueskyPull::nextPage(const QJsonObject &reply) const
{
    const QString cursor = textOf(reply, "cursor");
    if (!m_session.isInbox())
        return cursor.toUtf8();
    // The next page is strictly older than this moment: one millisecond more brings what shares it.
    const Time border = timeFrom(QDateTime::fromString(cursor, Qt::ISODateWithMs));
    const QByteArray withBorder = isKnown(border) ? toIso(border + Duration(1)).toUtf8() : cursor.toUtf8();
    return withBorder == m_asked ? cursor.toUtf8() : withBorder;
}

void BlueskyPull::takePage(const Result<QJsonObject> &reply, int limit)
{
    // A few enormous posts must not stop the channel.
    if (const int fewer = fewerThan(limit); isTooLarge(reply) && fewer > 0) {
        ask(fewer);
        return;
    }
    if (!reply) {
        restart(reply.error());
        return;
    }
    if (const Done isList = holdsList(*reply, m_session); !isList) {
        end(tl::unexpected(isList.error()));
        return;
    }
    const QList<BlueskyItem> items = itemsOf(*reply, m_session);
    QList<TimelineWalker::Item> places;
    for (const BlueskyItem &item : items)
        places.append({item.key, item.at});
    for (qsizetype i = 0; i < items.size(); ++i) {
        const BlueskyItem &item = items.at(i);
        const bool isStored =
            m_walker.isStored(item.key) || m_session.hasStored(textOf(item.post, "uri"), textOf(item.post, "cid"));
        if (!item.post.isEmpty() && !isStored && !m_walker.isTooOld(places, i))
            m_newPosts.append(item.post);
    }
    m_walker.setClockOffset(m_session.client->clockOffset());
    m_walker.take(places, m_asked, nextPage(*reply));
    askEmbeds();
}

void BlueskyPull::restart(const Error &error)
{
    // A cursor that the server does not understand makes it fail in its own way: a 502 of the one behind it.
    const bool isRefused = error.kind == ErrorKind::policy || error.kind == ErrorKind::notFound ||
                           (error.kind == ErrorKind::transient && error.detail.contains(QLatin1StringView("502 Int")));
    const std::optional<Page> page = isRefused ? m_walker.restarted() : std::nullopt;
    if (!page) {
        end(tl::unexpected(error));
        return;
    }
    m_session.seen.end(*page);
    end(*page);
}

/// Notifications hold the bare record: what its embed shows (addresses of pictures, the quoted text) is asked for.
void BlueskyPull::askEmbeds()
{
    QStringList uris;
    for (const QJsonObject &post : std::as_const(m_newPosts)) {
        const bool hasView = post.contains(QLatin1StringView("embed"));
        if (!hasView && objectOf(post, "record").contains(QLatin1StringView("embed")))
            uris.append(textOf(post, "uri"));
    }
    auto *posts = new BlueskyPosts(m_session, uris, this);
    whenDone(posts->future(), this, [this](const Result<QHash<QString, QJsonObject>> &found) {
        if (!found) {
            end(tl::unexpected(found.error()));
            return;
        }
        for (QJsonObject &post : m_newPosts) {
            const QJsonObject whole = found->value(textOf(post, "uri"));
            if (!whole.isEmpty())
                post = whole;
        }
        askContexts();
    });
}

void BlueskyPull::askContexts()
{
    QSet<QString> here;
    for (const QJsonObject &post : std::as_const(m_newPosts))
        here.insert(textOf(post, "uri"));
    QStringList unplaced;
    for (const QJsonObject &post : std::as_const(m_newPosts)) {
        const QString parent = parentOf(post);
        if (!parent.isEmpty() && !m_session.seen.find(parent) && !here.contains(parent))
            unplaced.append(textOf(post, "uri"));
    }
    if (!m_session.isInbox() && unplaced.size() > mostPublicContexts)
        unplaced.resize(mostPublicContexts);
    auto *contexts = new BlueskyContexts(m_session, unplaced, 0, this);
    whenDone(contexts->future(), this, [this](const Result<QList<BlueskyThread>> &found) {
        if (found)
            takeContexts(*found);
        else
            end(tl::unexpected(found.error()));
    });
}

void BlueskyPull::add(const QJsonObject &post, bool isToUs)
{
    RemoteMessage message = messageFrom(post, m_session.view);
    if (message.uri.isEmpty() || m_inPage.contains(message.uri))
        return;
    if (isToUs)
        message.isContext = false;
    m_inPage.insert(message.uri);
    // What was seen as others' talk may still be told to be for us.
    m_session.seen.learn(message.uri, isToUs ? textOf(post, "cid") : QString());
    m_page.messages.append(std::move(message));
}

void BlueskyPull::addDeleted(const QStringList &uris)
{
    for (const QString &uri : uris)
        m_page.changes.append({.uri = uri, .presence = Presence::deleted, .moderation = {}});
}

void BlueskyPull::takeContexts(const QList<BlueskyThread> &threads)
{
    for (const QJsonObject &post : std::as_const(m_newPosts))
        add(post, true);
    for (const BlueskyThread &thread : threads) {
        for (const QJsonObject &post : thread.posts)
            add(post, false);
        addDeleted(thread.deleted);
    }
    if (m_walker.end() != TimelineWalker::End::no && m_session.address.kind == Kind::account)
        lookAtOwnPosts();
    else
        finish();
}

void BlueskyPull::lookAtOwnPosts()
{
    auto *own = new BlueskyOwnPosts(m_session, m_walker.mark(), m_walker.isFirst(), this);
    whenDone(own->future(), this, [this](const Result<BlueskyOwn> &found) {
        if (!found) {
            end(tl::unexpected(found.error()));
            return;
        }
        for (const QJsonObject &post : found->posts)
            add(post, false);
        addDeleted(found->deleted);
        m_walker.setOwn(found->replies, found->hasRest, m_page);
        readTalks();
    });
}

void BlueskyPull::readTalks()
{
    if (!m_session.isInbox() || m_session.areTalksRefused) {
        finish();
        return;
    }
    auto *chat = new BlueskyChatPull(m_session, m_walker.mark().talks, this);
    whenDone(chat->future(), this, [this](const Result<BlueskyChatNews> &news) {
        // Another service than that of the posts: its silence keeps none of them back. What it holds is read by the
        // next pull, as the mark has not moved.
        if (news) {
            m_page.messages += news->messages;
            addDeleted(news->deleted);
            m_walker.mark().talks = news->rev;
            const Time before = m_walker.mark().newest;
            if (news->isCut)
                m_talksGapFrom = isKnown(before) ? before : m_session.access.horizon;
        } else if (isChatRefused(news.error())) {
            m_session.areTalksRefused = true;
        }
        finish();
    });
}

void BlueskyPull::finish()
{
    auto *moderation = new BlueskyModeration(m_session, std::move(m_page.messages), this);
    whenDone(moderation->future(), this, [this](const Result<QList<RemoteMessage>> &told) {
        if (!told) {
            end(tl::unexpected(told.error()));
            return;
        }
        m_page.messages = *told;
        countFollowers();
    });
}

void BlueskyPull::countFollowers()
{
    auto *followers = new BlueskyFollowers(m_session, std::move(m_page.messages), this);
    whenDone(followers->future(), this, [this](const Result<QList<RemoteMessage>> &counted) {
        if (!counted) {
            end(tl::unexpected(counted.error()));
            return;
        }
        m_page.messages = *counted;
        lookForHidden();
    });
}

void BlueskyPull::lookForHidden()
{
    const Time now = m_session.client->now();
    if (m_walker.end() == TimelineWalker::End::no || !m_session.isInbox() || !m_session.withheld.isDue(now)) {
        conclude();
        return;
    }
    auto *hidden = new BlueskyHidden(m_session, this);
    whenDone(hidden->future(), this, [this, now](const Result<QString> &withheld) {
        // What was pulled is not to be lost over this.
        m_session.withheld.learn(withheld, now);
        conclude();
    });
}

void BlueskyPull::conclude()
{
    m_page.withheld = m_session.withheld.text();
    m_walker.finish(m_page);
    if (!m_page.gapFrom)
        m_page.gapFrom = m_talksGapFrom;
    m_session.seen.end(m_page);
    end(m_page);
}

BlueskyOwnPosts::BlueskyOwnPosts(BlueskySession &session, const TimelineMark &mark, bool isFirst, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_walk(mark, isFirst)
{
    ask({}, ownPageSize);
}

void BlueskyOwnPosts::ask(const QString &cursor, int limit)
{
    BlueskyClient::Query query{{"actor", m_session.view.did},
                               {"filter", QStringLiteral("posts_with_replies")},
                               {"limit", QString::number(limit)}};
    if (!cursor.isEmpty())
        query.append({"cursor", cursor});
    m_session.client->get("app.bsky.feed.getAuthorFeed", query, this,
                          [this, cursor, limit](const Result<QJsonObject> &reply) { takePage(reply, cursor, limit); });
}

void BlueskyOwnPosts::takePage(const Result<QJsonObject> &reply, const QString &cursor, int limit)
{
    if (const int fewer = fewerThan(limit); isTooLarge(reply) && fewer > 0) {
        ask(cursor, fewer);
        return;
    }
    if (!reply) {
        end(tl::unexpected(reply.error()));
        return;
    }
    const Time horizon = m_session.access.horizon;
    QList<OwnPost> page;
    const QJsonArray feed = listOf(*reply, "feed");
    for (const QJsonValue &entry : feed) {
        const QJsonObject post = objectOf(entry.toObject(), "post");
        const bool isOwn = textOf(objectOf(post, "author"), "did") == m_session.view.did;
        if (!isOwn || entry.toObject().contains(QLatin1StringView("reason")))
            continue;
        m_posts.append(post);
        page.append({.uri = textOf(post, "uri"),
                     .replies = valueOf(post, "replyCount").toInt(),
                     .isTooOld = isKnown(horizon) && placeOf(post) < horizon,
                     .needsRoot = isReply(post) && !m_session.seen.find(parentOf(post))});
    }
    const QString next = textOf(*reply, "cursor");
    if (m_walk.take(page) && !next.isEmpty() && next != cursor)
        ask(next, ownPageSize);
    else
        choose();
}

void BlueskyOwnPosts::choose()
{
    const OwnChoice choice = m_walk.choose();
    for (const qsizetype i : choice.fresh)
        m_own.posts.append(m_posts.at(i));
    m_own.replies = choice.replies;
    m_own.hasRest = choice.hasRest;
    QStringList uris;
    for (const qsizetype i : choice.unread)
        uris.append(textOf(m_posts.at(i), "uri"));
    auto *contexts = new BlueskyContexts(m_session, uris, ownDepth, this);
    whenDone(contexts->future(), this, [this](const Result<QList<BlueskyThread>> &found) {
        if (!found) {
            end(tl::unexpected(found.error()));
            return;
        }
        for (const BlueskyThread &thread : *found) {
            m_own.posts += thread.posts;
            m_own.deleted += thread.deleted;
        }
        end(m_own);
    });
}

} // namespace Earshot
