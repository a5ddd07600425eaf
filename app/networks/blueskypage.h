// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/blueskysession.h"

namespace Earshot {

// The list that a channel listens to: notifications for an inbox, an account's posts or a search otherwise.

/// As many as these lists give at a time.
constexpr int mostOnPage = 100;

struct BlueskyPageRequest
{
    QByteArray method;
    BlueskyClient::Query query;
};
/// What its newest page is asked for by.
[[nodiscard]] BlueskyPageRequest newestPage(const BlueskySession &session, int limit);

struct BlueskyItem
{
    QString key; ///< of uri and cid: an edited post is another item
    Time at;
    QJsonObject post; ///< empty when the item brings none
};
/// Whether an answer is a page of it. Errors: malformed.
[[nodiscard]] Done holdsList(const QJsonObject &answer, const BlueskySession &session);
/// What stands on a page; what is there for another reason than its age is left out.
[[nodiscard]] QList<BlueskyItem> itemsOf(const QJsonObject &page, const BlueskySession &session);

/// What a mark remembers a post (or its notification) by: its uri and cid, so that an edited post is another item.
[[nodiscard]] QString keyOfPost(const QJsonObject &post);
/// What public lists are sorted by.
[[nodiscard]] Time placeOf(const QJsonObject &post);

} // namespace Earshot
