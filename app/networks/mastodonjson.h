// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/remote.h"
#include "networks/jsonvalues.h"
#include "networks/mastodonaddress.h"

namespace Earshot {

/// Whose eyes a channel's posts are read with.
struct MastodonView
{
    MastodonAddress::Kind kind = MastodonAddress::Kind::account;
    QString words;         ///< the hashtag or the words searched for
    QString domain;        ///< of handles without a host
    QString accountId;     ///< our own, or the one listened to; empty for hashtags and searches without token
    QString accountHandle; ///< "@name@host"
    bool isSignedIn = false;
};

/// A post as a message, without its place in a thread: parentUri and threadUri stay empty but for a root, whose thread
/// it is itself. Quoted text and a poll's options are appended to the text.
/// https://docs.joinmastodon.org/entities/Status/
[[nodiscard]] RemoteMessage messageFrom(const QJsonObject &status, const MastodonView &view);

/// What a post is known by for ever: its uri, or its page where a server names none.
[[nodiscard]] QString uriOf(const QJsonObject &status);

/// "@name@host" of an Account, also for local ones that servers name without host.
[[nodiscard]] QString handleOf(const QJsonObject &account, const MastodonView &view);

/// Whether a post is for the channel: it names us, answers us, is ours, carries the hashtag or all the words.
[[nodiscard]] bool isForChannel(const QJsonObject &status, const MastodonView &view);

/// The notification types that bring a mention-like post to the inbox.
[[nodiscard]] bool isInboxType(const QString &type);

/// The post's plain text alone, as written.
[[nodiscard]] QString plainText(const QString &html);

/// What remains of a text when everything that servers change is left out: for finding our own reply again.
[[nodiscard]] QString comparable(const QString &text);

} // namespace Earshot
