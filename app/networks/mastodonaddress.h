// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QUrl>

#include <optional>

namespace Earshot {

/// What an address of the Mastodon kind names.
struct MastodonAddress
{
    enum class Kind {
        account, ///< "@name@host": `name`
        tag,     ///< "#tag@host": `name`
        search,  ///< "search:WORDS@host": `name` holds the words
        post,    ///< a post's page: `name` (the author, may be empty) and `postId`
        server,  ///< nothing but the host
    };
    Kind kind = Kind::server;
    QString name;
    QString postId;
    QString host; ///< with ":port" where one was given, lower case

    /// The server's root: https, plain http only for loopback addresses.
    [[nodiscard]] QUrl baseUrl() const;
    /// As it is stored with a channel: "@name@host", "#tag@host", "search:WORDS@host"; the host alone otherwise.
    [[nodiscard]] QString toString() const;

    bool operator==(const MastodonAddress &) const = default;
};

/// Understands "@name@host", "name@host", "#tag@host", "search:WORDS@host", pages of profiles, posts and hashtags with
/// or without scheme, and bare hosts. Nothing when it is none of these. Asks nobody.
[[nodiscard]] std::optional<MastodonAddress> parseMastodonAddress(const QString &address);

} // namespace Earshot
