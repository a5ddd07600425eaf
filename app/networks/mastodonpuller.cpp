// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonpuller.h"

#include "networks/mastodonownposts.h"
#include "networks/mastodonpolicy.h"

#include <algorithm>

namespace Earshot {

namespace {

using Kind = MastodonAddress::Kind;

constexpr int mostInboxPages = 500;
constexpr int mostPublicPages = 100;
constexpr qsizetype mostPublicContexts = 10;

bool isDirect(const QJsonObject &post)
{
    return textOf(post, "visibility") == QLatin1StringView("direct");
}

QByteArray pageBefore(const QByteArray &firstPage, const QString &id)
{
    return firstPage + "&max_id=" + idInPath(id);
}

} // namespace

MastodonPull::MastodonPull(MastodonSession &session, const Position &position, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_walker(position, habitOf(session), session.client->now())
{
    whenPrepared(m_session, [this] { ask(); });
}

TimelineWalker::Habit MastodonPull::habitOf(const MastodonSession &session)
{
    TimelineWalker::Habit habit;
    habit.horizon = session.access.horizon;
    habit.mostPages = session.isInbox() ? mostInboxPages : mostPublicPages;
    return habit;
}

void MastodonPull::ask()
{
    askFor(m_walker.next().isEmpty() ? newestPage(m_session) : m_walker.next());
}

void MastodonPull::askFor(const QByteArray &path)
{
    m_path = path;
    m_session.client->get(m_path, this, [this](const Result<MastodonReply> &reply) { takePage(reply); });
}

void MastodonPull::takePage(const Result<MastodonReply> &reply)
{
    if (!reply) {
        // A few enormous posts must not stop the channel.
        const QByteArray fewer = reply.error().kind == ErrorKind::tooLarge ? withFewer(m_path) : QByteArray();
        if (fewer.isEmpty())
            restart(reply.error());
        else
            askFor(fewer);
        return;
    }
    if (!reply->body.isArray()) {
        end(fail(ErrorKind::malformed, QStringLiteral("not a list: %1").arg(QString::fromLatin1(m_path))));
        return;
    }
    m_items += itemsOf(reply->body.toArray(), m_session);
    QList<TimelineWalker::Item> places;
    for (const MastodonItem &item : std::as_const(m_items))
        places.append({item.key, item.createdAt});
    QList<QJsonObject> unplaced;
    for (qsizetype i = 0; i < m_items.size(); ++i) {
        const MastodonItem &item = m_items.at(i);
        if (item.post.isEmpty() || m_walker.isStored(item.key) || m_walker.isTooOld(places, i))
            continue;
        m_newPosts.append(item.post);
        if (m_session.threads.needsContext(item.post))
            unplaced.append(item.post);
    }
    if (!m_session.isInbox() && unplaced.size() > mostPublicContexts)
        unplaced.resize(mostPublicContexts);
    step(*reply, places);
    auto *contexts = new MastodonContexts(m_session, unplaced, this);
    whenDone(contexts->future(), this, [this](const Result<QList<PostContext>> &found) {
        if (found)
            takeContexts(*found);
        else
            end(tl::unexpected(found.error()));
    });
}

void MastodonPull::restart(const Error &error)
{
    const bool isRefused = isMissing(error) || error.kind == ErrorKind::policy;
    const std::optional<Page> page = isRefused ? m_walker.restarted() : std::nullopt;
    if (!page) {
        end(tl::unexpected(error));
        return;
    }
    m_session.threads.end(*page);
    end(*page);
}

void MastodonPull::step(const MastodonReply &reply, const QList<TimelineWalker::Item> &places)
{
    m_walker.setClockOffset(m_session.client->clockOffset());
    if (reply.hasLink)
        m_walker.setHasLinks();
    QByteArray next = reply.next;
    if (next.isEmpty() && !m_walker.hasLinks() && !m_items.isEmpty())
        next = pageBefore(newestPage(m_session), m_items.last().id);
    m_walker.take(places, m_path, next);
}

void MastodonPull::add(RemoteMessage message)
{
    const auto isSame = [&](const RemoteMessage &other) { return other.uri == message.uri; };
    if (message.uri.isEmpty() || std::any_of(m_page.messages.cbegin(), m_page.messages.cend(), isSame))
        return;
    m_page.messages.append(std::move(message));
}

void MastodonPull::takeContexts(const QList<PostContext> &contexts)
{
    MastodonThreads &threads = m_session.threads;
    for (const auto &[post, context, isGrowing] : contexts)
        threads.learn(context, post);
    for (const QJsonObject &post : std::as_const(m_newPosts))
        threads.learn(post);
    for (const QJsonObject &post : std::as_const(m_newPosts)) {
        RemoteMessage message = messageFrom(post, m_session.view);
        message.isContext = false;
        threads.place(message, post);
        add(std::move(message));
    }
    for (const auto &[post, context, isGrowing] : contexts) {
        const QJsonArray ancestors = valueOf(context, "ancestors").toArray();
        for (const QJsonValue &entry : ancestors) {
            const QJsonObject ancestor = entry.toObject();
            if (isDirect(ancestor) != isDirect(post))
                continue;
            RemoteMessage message = messageFrom(ancestor, m_session.view);
            threads.place(message, ancestor);
            add(std::move(message));
        }
    }
    if (m_walker.end() != TimelineWalker::End::no && m_session.address.kind == Kind::account)
        lookAtOwnPosts();
    else
        finish();
}

void MastodonPull::lookAtOwnPosts()
{
    auto *own = new MastodonOwnPosts(m_session, m_walker.mark(), m_walker.isFirst(), this);
    whenDone(own->future(), this, [this](const Result<OwnPosts> &found) {
        if (!found) {
            end(tl::unexpected(found.error()));
            return;
        }
        for (const RemoteMessage &message : found->messages)
            add(message);
        m_walker.setOwn(found->replies, found->hasRest, m_page);
        finish();
    });
}

void MastodonPull::finish()
{
    const Time now = m_session.client->now();
    if (m_walker.end() == TimelineWalker::End::no || !m_session.isInbox() || !m_session.withheld.isDue(now)) {
        conclude();
        return;
    }
    auto *policy = new MastodonPolicy(m_session, this);
    whenDone(policy->future(), this, [this, now](const Result<QString> &withheld) {
        // What was pulled is not to be lost over this; a token of little scope never learns it.
        m_session.withheld.learn(withheld, now);
        conclude();
    });
}

void MastodonPull::conclude()
{
    m_page.withheld = m_session.withheld.text();
    m_walker.finish(m_page);
    m_session.threads.end(m_page);
    end(m_page);
}

} // namespace Earshot
