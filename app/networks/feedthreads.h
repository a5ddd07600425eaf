// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/feedparser.h"
#include "networks/feedposition.h"

#include <QHash>

namespace Earshot {

/// True for what answers something else: thr:in-reply-to, or a WordPress comment by its address.
[[nodiscard]] bool isComment(const FeedItem &item);

/// Makes messages of a feed's items and finds out which thread each belongs to: an entry is the root of its own; a
/// comment hangs under what it says it answers, within the feed or known from earlier pulls, else under the page it
/// stands on. A value of one reading; `feed` must outlive it.
class FeedThreads
{
public:
    /// @param entry what all items comment on, when this is an entry's comment feed.
    FeedThreads(const Feed &feed, const FeedKnown &known, Time now, const PendingComments *entry = nullptr);

    [[nodiscard]] RemoteMessage messageOf(const FeedItem &item) const;

private:
    struct Place
    {
        QString uri;
        QString title;
        QString url;
    };
    [[nodiscard]] const FeedItem *find(const FeedReference &reference) const;
    [[nodiscard]] Place placeOf(const FeedItem &item) const;
    [[nodiscard]] Place placeOutside(const FeedReference &reference) const;
    [[nodiscard]] Place placeOfPage(const QString &page) const;
    [[nodiscard]] QString parentOf(const FeedItem &item) const;
    [[nodiscard]] Time honest(Time claimed) const;

    const Feed &m_feed;
    const FeedKnown &m_known;
    Time m_now;
    const PendingComments *m_entry;
    QHash<QString, const FeedItem *> m_byId;
    QHash<QString, const FeedItem *> m_byUrl;
};

} // namespace Earshot
