// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/mastodonjson.h"
#include "networks/pullmemory.h"

namespace Earshot {

/// What is known of who answers what: places messages in their threads. Posts name their parent by an id that only this
/// server understands, messages by uri. A direct post and a public one never share a thread.
class MastodonThreads
{
public:
    /// Whether the thread above a post is unknown, so that its context should be asked for.
    [[nodiscard]] bool needsContext(const QJsonObject &status) const;
    void learn(const QJsonObject &status);
    /// A context (https://docs.joinmastodon.org/entities/Context/) and the post that it belongs to.
    void learn(const QJsonObject &context, const QJsonObject &status);
    /// Sets parentUri and threadUri as far as they are known.
    void place(RemoteMessage &message, const QJsonObject &status) const;

    /// As of PullMemory.
    void begin(const Position &position) { m_posts.begin(position); }
    void end(const Page &page) { m_posts.end(page); }

private:
    static constexpr qsizetype mostKept = 20'000;
    struct Post
    {
        QString uri;
        QString parentId;
        bool isDirect = false;
    };

    PullMemory<Post> m_posts{mostKept};
};

/// The messages of a context with the post itself, root first, each in its place.
[[nodiscard]] QList<RemoteMessage> threadFrom(const QJsonObject &context, const QJsonObject &status,
                                              const MastodonView &view);

} // namespace Earshot
