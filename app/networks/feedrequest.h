// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/connector.h"
#include "networks/feedparser.h"

namespace Earshot {

/// A GET for a feed, with the channel's user and password when it goes to the channel's own host.
[[nodiscard]] HttpRequest feedRequest(const ChannelAccess &access, const QUrl &url, const QByteArray &etag = {},
                                      const QByteArray &modified = {});

/// The address to ask: as given, with "https://" where somebody left it out.
[[nodiscard]] QUrl feedUrl(const ChannelAccess &access);

/// The feed in an answer, or the answer's error; read as readAside() does.
[[nodiscard]] QFuture<Result<Feed>> readFeed(const HttpAnswer &answer, Time now);

/// False for addresses inside this machine or its local network that a feed from elsewhere names.
[[nodiscard]] bool mayFollow(const QUrl &target, const QUrl &from);

/// How long the answer may be kept (Cache-Control: max-age), 0 = not told.
[[nodiscard]] Duration maxAge(const HttpAnswer &answer);

/// When a feed wants to be asked again: 5 minutes to 1 day, never within its skipped hours; 0 = no wish.
[[nodiscard]] Duration nextAsking(Duration ttl, const QSet<int> &skipHours, Time now);

} // namespace Earshot
