// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonthreads.h"

namespace Earshot {

namespace {

constexpr int deepestThread = 5'000;
constexpr qsizetype mostInThread = 2'000;

} // namespace

bool MastodonThreads::needsContext(const QJsonObject &status) const
{
    const QString parentId = textOf(status, "in_reply_to_id");
    return !parentId.isEmpty() && !m_posts.find(parentId);
}

void MastodonThreads::learn(const QJsonObject &status)
{
    const QString id = textOf(status, "id");
    if (!id.isEmpty())
        m_posts.learn(id, Post{.uri = uriOf(status),
                               .parentId = textOf(status, "in_reply_to_id"),
                               .isDirect = textOf(status, "visibility") == QLatin1StringView("direct")});
}

void MastodonThreads::learn(const QJsonObject &context, const QJsonObject &status)
{
    for (const char *part : {"ancestors", "descendants"}) {
        const QJsonArray posts = valueOf(context, part).toArray();
        for (const QJsonValue &post : posts)
            learn(post.toObject());
    }
    learn(status);
}

void MastodonThreads::place(RemoteMessage &message, const QJsonObject &status) const
{
    const bool isDirect = textOf(status, "visibility") == QLatin1StringView("direct");
    QString parentId = textOf(status, "in_reply_to_id");
    message.parentUri.clear();
    message.threadUri = parentId.isEmpty() ? message.uri : QString();
    for (int depth = 0; depth < deepestThread && !parentId.isEmpty(); ++depth) {
        const Post *parent = m_posts.find(parentId);
        if (!parent)
            return;
        if (parent->isDirect != isDirect) {
            // Here something private began (or a private talk was answered in public): a thread of its own.
            if (message.threadUri.isEmpty())
                message.threadUri = message.uri;
            return;
        }
        if (message.parentUri.isEmpty())
            message.parentUri = parent->uri;
        message.threadUri = parent->uri;
        parentId = parent->parentId;
    }
}

QList<RemoteMessage> threadFrom(const QJsonObject &context, const QJsonObject &status, const MastodonView &view)
{
    MastodonThreads threads;
    threads.learn(context, status);
    QList<QJsonObject> posts;
    const QJsonArray ancestors = valueOf(context, "ancestors").toArray();
    for (const QJsonValue &post : ancestors)
        posts.append(post.toObject());
    posts.append(status);
    const QJsonArray descendants = valueOf(context, "descendants").toArray();
    for (const QJsonValue &post : descendants)
        posts.append(post.toObject());

    QList<RemoteMessage> messages;
    for (const QJsonObject &post : std::as_const(posts)) {
        RemoteMessage message = messageFrom(post, view);
        if (message.uri.isEmpty() || messages.size() >= mostInThread)
            continue;
        threads.place(message, post);
        messages.append(message);
    }
    return messages;
}

} // namespace Earshot
