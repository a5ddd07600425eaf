// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonownposts.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr qsizetype mostPerThread = 500;

} // namespace

MastodonOwnPosts::MastodonOwnPosts(MastodonSession &session, const TimelineMark &mark, bool isFirst, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_walk(mark, isFirst)
{
    ask("/api/v1/accounts/" + idInPath(session.view.accountId) + "/statuses?limit=40&exclude_reblogs=true");
}

void MastodonOwnPosts::ask(const QByteArray &path)
{
    m_session.client->get(path, this, [this, path](const Result<MastodonReply> &reply) { takePage(reply, path); });
}

bool MastodonOwnPosts::isTooOld(const QJsonObject &post) const
{
    const Time createdAt = timeOf(post, "created_at");
    return isKnown(createdAt) && isKnown(m_session.access.horizon) && createdAt < m_session.access.horizon;
}

void MastodonOwnPosts::takePage(const Result<MastodonReply> &reply, const QByteArray &path)
{
    if (!reply) {
        end(tl::unexpected(reply.error()));
        return;
    }
    QList<OwnPost> page;
    const QJsonArray list = reply->body.toArray();
    for (const QJsonValue &entry : list) {
        const QJsonObject post = entry.toObject();
        const QString uri = uriOf(post);
        if (uri.isEmpty() || valueOf(post, "reblog").isObject())
            continue;
        m_posts.append(post);
        page.append({.uri = uri,
                     .replies = valueOf(post, "replies_count").toInt(),
                     .isTooOld = isTooOld(post),
                     .needsRoot = m_session.threads.needsContext(post)});
    }
    if (m_walk.take(page) && !reply->next.isEmpty() && reply->next != path)
        ask(reply->next);
    else
        choose();
}

void MastodonOwnPosts::choose()
{
    const OwnChoice choice = m_walk.choose();
    QList<QJsonObject> unread;
    for (const qsizetype i : choice.unread)
        unread.append(m_posts.at(i));
    for (const qsizetype i : choice.fresh)
        m_fresh.append(m_posts.at(i));
    m_own.replies = choice.replies;
    m_own.hasRest = choice.hasRest;
    auto *contexts = new MastodonContexts(m_session, unread, this);
    whenDone(contexts->future(), this, [this](const Result<QList<PostContext>> &found) {
        if (found)
            takeContexts(*found);
        else
            end(tl::unexpected(found.error()));
    });
}

void MastodonOwnPosts::takeContexts(const QList<PostContext> &contexts)
{
    QList<QJsonObject> posts = m_fresh;
    for (const auto &[post, context, isGrowing] : contexts) {
        m_session.threads.learn(context, post);
        // As if one answer were not looked at yet: the next pull asks again.
        if (isGrowing)
            m_own.replies.insert(uriOf(post), valueOf(post, "replies_count").toInt() - 1);
        for (const char *part : {"ancestors", "descendants"}) {
            const QJsonArray others = valueOf(context, part).toArray();
            for (qsizetype i = 0; i < std::min(others.size(), mostPerThread); ++i)
                posts.append(others.at(i).toObject());
        }
    }
    for (const QJsonObject &post : std::as_const(m_fresh))
        m_session.threads.learn(post);
    for (const QJsonObject &post : std::as_const(posts)) {
        RemoteMessage message = messageFrom(post, m_session.view);
        m_session.threads.place(message, post);
        m_own.messages.append(message);
    }
    end(m_own);
}

} // namespace Earshot
