// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/blueskypage.h"
#include "networks/timelinewalker.h"

namespace Earshot {

/// One page of a pull: of notifications for an inbox, of an account's posts or a search otherwise. These lists are
/// sorted by the earlier of a post's own date and its arrival, so that a post may appear below known ones: a walk reads
/// an hour again, and now and then everything down to the horizon. Replies far below our own posts make no
/// notification: they are found beside the last page.
class BlueskyPull final : public Errand<Page>
{
public:
    BlueskyPull(BlueskySession &session, const Position &position, QObject *parent);

private:
    [[nodiscard]] static TimelineWalker::Habit habitOf(const BlueskySession &session);
    void ask(int limit);
    void takePage(const Result<QJsonObject> &reply, int limit);
    void restart(const Error &error);
    [[nodiscard]] QByteArray nextPage(const QJsonObject &reply) const;
    void askEmbeds();
    void askContexts();
    void takeContexts(const QList<BlueskyThread> &threads);
    void lookAtOwnPosts();
    void readTalks();
    void add(const QJsonObject &post, bool isToUs);
    void addDeleted(const QStringList &uris);
    void finish();
    void countFollowers();
    void lookForHidden();
    void conclude();

    BlueskySession &m_session;
    TimelineWalker m_walker;
    QByteArray m_asked;
    QList<QJsonObject> m_newPosts;
    QSet<QString> m_inPage; ///< uris
    std::optional<Time> m_talksGapFrom;
    Page m_page;
};

/// What looking at our own recent posts brought.
struct BlueskyOwn
{
    QList<QJsonObject> posts;
    QStringList deleted;
    QHash<QString, int> replies;
    bool hasRest = false;
};

/// Looks at an account's own recent posts: new ones (answers given elsewhere) and the threads of those whose number of
/// replies grew.
class BlueskyOwnPosts final : public Errand<BlueskyOwn>
{
public:
    BlueskyOwnPosts(BlueskySession &session, const TimelineMark &mark, bool isFirst, QObject *parent);

private:
    void ask(const QString &cursor, int limit);
    void takePage(const Result<QJsonObject> &reply, const QString &cursor, int limit);
    void choose();

    BlueskySession &m_session;
    OwnPostsWalk m_walk;
    QList<QJsonObject> m_posts;
    BlueskyOwn m_own;
};

} // namespace Earshot
