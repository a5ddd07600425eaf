// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/mastodonposition.h"
#include "networks/mastodonsession.h"

namespace Earshot {

/// One page of a pull: of notifications for an inbox, of a public timeline otherwise. Walks backwards from the newest
/// item along `Link rel="next"` (or a max_id where a server sends no Link) until an item that the mark knows, the
/// horizon, the end, or a cap. Answers that name nobody are found beside the last page: by our own posts' replies.
class MastodonPull final : public Errand<Page>
{
public:
    MastodonPull(MastodonSession &session, const Position &position, QObject *parent);

private:
    struct Item
    {
        QString key; ///< what the mark remembers it by
        QString id;  ///< for max_id
        Time createdAt;
        QJsonObject post; ///< empty when the item brings none
    };
    /// Why a walk ends with a page.
    enum class End { no, met, edge, cap };

    void ask();
    void askFor(const QByteArray &path);
    void takePage(const Result<MastodonReply> &reply);
    void restart(const Error &error);
    void takeContexts(const QList<PostContext> &contexts);
    void finish();
    void lookAtOwnPosts();
    [[nodiscard]] QByteArray firstPage() const;
    [[nodiscard]] Item itemFrom(const QJsonObject &object) const;
    [[nodiscard]] End judge(const MastodonReply &reply);
    void remember();
    void add(RemoteMessage message);

    MastodonSession &m_session;
    Position m_position;
    MastodonMark m_mark;
    MastodonWalk m_walk;
    QByteArray m_path;
    QList<Item> m_items;
    QList<QJsonObject> m_newPosts;
    End m_end = End::no;
    Page m_page;
};

} // namespace Earshot
