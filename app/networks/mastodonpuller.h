// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/mastodonpage.h"
#include "networks/timelinewalker.h"

namespace Earshot {

/// One page of a pull: of notifications for an inbox, of a public timeline otherwise. Walks backwards from the newest
/// item along `Link rel="next"` (or a max_id where a server sends no Link) until an item that the mark knows, the
/// horizon, the end, or a cap. Answers that name nobody are found beside the last page: by our own posts' replies.
class MastodonPull final : public Errand<Page>
{
public:
    MastodonPull(MastodonSession &session, const Position &position, QObject *parent);

private:
    void ask();
    void askFor(const QByteArray &path);
    void takePage(const Result<MastodonReply> &reply);
    void restart(const Error &error);
    void takeContexts(const QList<PostContext> &contexts);
    void finish();
    void conclude();
    void lookAtOwnPosts();
    [[nodiscard]] static TimelineWalker::Habit habitOf(const MastodonSession &session);
    void step(const MastodonReply &reply, const QList<TimelineWalker::Item> &places);
    void add(RemoteMessage message);

    MastodonSession &m_session;
    TimelineWalker m_walker;
    QByteArray m_path;
    QList<MastodonItem> m_items;
    QList<QJsonObject> m_newPosts;
    Page m_page;
};

} // namespace Earshot
