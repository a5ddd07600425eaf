// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/blueskyjson.h"
#include "networks/connector.h"

namespace Earshot {

// The records that deliveries make: what one is, where it stands, how it is recognised. Pure, but for the
// sizes of attached files.

inline const auto postCollection = QByteArrayLiteral("app.bsky.feed.post");
inline const auto likeCollection = QByteArrayLiteral("app.bsky.feed.like");
inline const auto repostCollection = QByteArrayLiteral("app.bsky.feed.repost");

/// The collection of the record that an effect makes or takes away; empty for others.
[[nodiscard]] QByteArray collectionOf(Effect effect);
/// Our like or repost of a post, as its view tells.
[[nodiscard]] AtUri ownReaction(const QJsonObject &post, const QByteArray &collection);
/// What stands at the place of our answer, as a delivery.
[[nodiscard]] Delivered deliveredFrom(const QString &uri, const QString &cid, const Outgoing &outgoing);
/// Which of the attached pictures a post shows made smaller: those whose size is not that of the file.
[[nodiscard]] QList<ScaledMedium> scaledIn(const QJsonObject &record, const Outgoing &outgoing,
                                           const ChannelAccess &access);
/// The same answer to the same post, whatever else differs (a mention that was resolved in only one attempt).
[[nodiscard]] bool isSameAnswer(const QJsonObject &record, const Outgoing &outgoing);
/// The key of the record that a delivery makes: a TID (https://atproto.com/specs/tid) that follows from the delivery's
/// id and creation time, so that every attempt writes to the same place.
[[nodiscard]] QString recordKeyFor(const Outgoing &outgoing);

} // namespace Earshot
