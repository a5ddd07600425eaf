// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/feedparser.h"
#include "networks/feedxml.h"

namespace Earshot {

/// The item that an RSS `item` or Atom `entry` describes; both are read by the same eyes, as feeds mix them. Its id may
/// be empty and its hash is: parseFeed() fills them in.
[[nodiscard]] FeedItem itemOf(const FeedElement &element);

/// A rating from anywhere in the item (App Store, hReview, RDF review, schema.org, Google, plain): stars times 10.
[[nodiscard]] std::optional<int> ratingOf(const FeedElement &item);

/// A value on a scale as stars times 10 (10 to 50); nothing when it is none. Without a scale, values up to 5 are stars,
/// up to 10 tenths, up to 100 per cent.
[[nodiscard]] std::optional<int> starsTimesTen(const QString &value, const QString &best, const QString &worst = {});

/// What is attached: enclosures, media:content, link rel=enclosure. Tracking pixels are left out. A Gravatar goes to
/// `avatar` instead.
[[nodiscard]] QList<RemoteMedia> mediaOf(const FeedElement &item, QString &avatar);

/// Takes what an element says about the feed itself.
void learnAboutFeed(Feed &feed, const FeedElement &element);

/// "mira@example.com (Mira)", "Mira <mira@example.com>", "Mira": name and, when it is a person's, the address.
[[nodiscard]] RemoteAuthor authorFromText(const QString &text);

} // namespace Earshot
