// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/mastodonsession.h"
#include "networks/timelinewalker.h"

namespace Earshot {

/// What looking at our own recent posts brought.
struct OwnPosts
{
    QList<RemoteMessage> messages;
    QHash<QString, int> replies;
    bool hasRest = false;
};

/// Looks at the account's own recent posts: new ones (answers given elsewhere) and the threads of those whose number of
/// replies grew, as a reply that does not name us makes no notification. At most ten threads a time.
class MastodonOwnPosts final : public Errand<OwnPosts>
{
public:
    MastodonOwnPosts(MastodonSession &session, const TimelineMark &mark, bool isFirst, QObject *parent);

private:
    void ask(const QByteArray &path);
    void takePage(const Result<MastodonReply> &reply, const QByteArray &path);
    void choose();
    void takeContexts(const QList<PostContext> &contexts);
    [[nodiscard]] bool isTooOld(const QJsonObject &post) const;

    MastodonSession &m_session;
    OwnPostsWalk m_walk;
    QList<QJsonObject> m_posts;
    QList<QJsonObject> m_fresh;
    OwnPosts m_own;
};

} // namespace Earshot
