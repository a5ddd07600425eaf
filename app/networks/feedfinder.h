// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/remote.h"
#include "networks/http.h"

namespace Earshot {

/// The feeds that an answer is or announces: itself when it is a feed, else every `link rel=alternate` of a page (and
/// of HTTP's Link header). Entries' feeds come before comments', each in the order of the page; `what` tells "posts",
/// "comments" or "reviews"; of one thing in several formats all but the best (Atom, RSS, JSON Feed) name that in
/// `sameAs`; isBest is set for the first. Pure.
[[nodiscard]] QList<Finding> findFeeds(const HttpAnswer &page);

/// Where a site that announces nothing is likely to keep its feed, the likeliest first.
[[nodiscard]] QList<QUrl> likelyFeedUrls(const QUrl &site);

} // namespace Earshot
