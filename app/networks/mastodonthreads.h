// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/remote.h"
#include "networks/mastodonjson.h"

#include <QHash>

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

    /// What was learnt since the last keep() is stored with its messages: from now on no context is asked for it.
    void keep();
    /// ... was not stored: it will be asked for again.
    void forgetFresh() { m_fresh.clear(); }

private:
    struct Post
    {
        QString uri;
        QString parentId;
        bool isDirect = false;
    };
    [[nodiscard]] const Post *find(const QString &id) const;

    QHash<QString, Post> m_kept;
    QHash<QString, Post> m_fresh;
};

/// The messages of a context with the post itself, root first, each in its place.
[[nodiscard]] QList<RemoteMessage> threadFrom(const QJsonObject &context, const QJsonObject &status,
                                              const MastodonView &view);

} // namespace Earshot
