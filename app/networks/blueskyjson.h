// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/remote.h"
#include "networks/blueskyaddress.h"
#include "networks/jsonvalues.h"

namespace Earshot {

/// Whose eyes a channel's posts are read with.
struct BlueskyView
{
    BlueskyAddress::Kind kind = BlueskyAddress::Kind::account;
    QString words;  ///< the hashtag or the words searched for
    QString did;    ///< our own, or the one listened to; empty for hashtags and searches without account
    QString handle; ///< without '@'
    bool isSignedIn = false;
};

/// A post as app.bsky.feed.defs#postView shows it, as a message: parent and root are in the record itself. Quoted posts
/// and link cards are appended to the text, labels are its content warning, the remote id is a strong reference
/// (strongRefFrom()). No uri: it is not a post.
[[nodiscard]] RemoteMessage messageFrom(const QJsonObject &post, const BlueskyView &view);

/// An entry of listNotifications in the form of a postView, without the view of its embed.
[[nodiscard]] QJsonObject postOfNotification(const QJsonObject &notification);

/// Whether a post is for the channel: it names us, answers us, quotes us, is ours, carries the hashtag or the words.
[[nodiscard]] bool isForChannel(const QJsonObject &post, const BlueskyView &view);

/// What a reply must name of the message it answers: its cid, and root's uri and cid where it is not the root itself.
struct StrongRef
{
    QString cid;
    QString rootUri;
    QString rootCid;

    [[nodiscard]] QString toString() const;
};
/// Of a RemoteMessage::remoteId. An empty cid when it is none.
[[nodiscard]] StrongRef strongRefFrom(const QString &remoteId);

/// A profile (app.bsky.actor.defs, chat.bsky.actor.defs) as an author.
[[nodiscard]] RemoteAuthor blueskyAuthorFrom(const QJsonObject &profile);

/// The page where a person sees a post.
[[nodiscard]] QString pageOf(const QString &uri);

} // namespace Earshot
