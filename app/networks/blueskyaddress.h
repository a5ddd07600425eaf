// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QUrl>

#include <optional>

namespace Earshot {

/// What an address of the Bluesky kind names.
struct BlueskyAddress
{
    enum class Kind {
        account, ///< "@handle", a profile's page, a DID: `name` is the handle or DID
        post,    ///< a post's page or at:// address: `name` as above, `key` the record's
        tag,     ///< a hashtag's page: `name`
        search,  ///< a search's page: `name` holds the words
        server,  ///< a server's own page
    };
    Kind kind = Kind::account;
    QString name;
    QString key;
    QUrl server; ///< where the account lives, where the address says so; empty on the public network

    /// As it is stored with a channel: "@handle"; "https://SERVER/profile/HANDLE" where a server is named; pages of
    /// hashtags and searches as they are.
    [[nodiscard]] QString toString() const;

    bool operator==(const BlueskyAddress &) const = default;
};

/// Understands "@handle", "handle", "did:...", "at://...", pages of profiles, posts, hashtags and searches at
/// bsky.app or at another server, with or without scheme, and servers' addresses. Nothing when it is none of these.
/// Asks nobody.
[[nodiscard]] std::optional<BlueskyAddress> parseBlueskyAddress(const QString &address);

/// Whether this could be a handle (https://atproto.com/specs/handle): a host name with a dot.
[[nodiscard]] bool isHandle(QStringView text);
/// Whether this is a DID of a method in use (https://atproto.com/specs/did).
[[nodiscard]] bool isDid(QStringView text);

/// The parts of "at://REPO/COLLECTION/KEY" (https://atproto.com/specs/at-uri-scheme).
struct AtUri
{
    QString repo;
    QString collection;
    QString key;

    [[nodiscard]] QString toString() const;
    [[nodiscard]] bool isValid() const { return !repo.isEmpty() && !collection.isEmpty() && !key.isEmpty(); }
};
/// Empty parts when it is not one.
[[nodiscard]] AtUri parseAtUri(const QString &uri);

} // namespace Earshot
