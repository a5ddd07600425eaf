// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"
#include "model/remote.h"

#include <QByteArray>
#include <QList>
#include <QSet>
#include <QUrl>

namespace Earshot {

/// What an item answers, as it says itself.
struct FeedReference
{
    QString id; ///< of the item answered, compared byte by byte; may be empty
    QUrl page;  ///< where that can be read; may be empty

    bool operator==(const FeedReference &) const = default;
};

/// One entry or comment. All text is plain and clean.
struct FeedItem
{
    QString id;    ///< never empty, unique within the feed
    QString url;   ///< http(s), or empty
    QString title; ///< one line
    QString text;
    RemoteAuthor author; ///< its id is always empty: what a feed says about that proves nothing
    QString language;
    Time publishedAt;
    Time updatedAt;
    std::optional<int> rating; ///< as RemoteMessage::rating
    QList<RemoteMedia> media;
    QList<FeedReference> answers; ///< thr:in-reply-to, and WordPress' "In reply to" line
    QUrl commentFeed;             ///< wfw:commentRss, link rel=replies
    int commentCount = -1;        ///< slash:comments, thr:total, thr:count; -1 = not told
    QByteArray hash; ///< of what a reader would call its content: changes with every edit, with nothing else

    bool operator==(const FeedItem &) const = default;
};

/// What stands after so many items of a document is not read.
constexpr qsizetype mostFeedItems = 20'000;

struct Feed
{
    QString format; ///< "RSS 2.0", "Atom 1.0", "JSON Feed 1.1", ...
    QString title;
    QString homeUrl; ///< http(s), or empty
    QString language;
    RemoteAuthor author; ///< of the items that name none
    Duration ttl{0};     ///< how seldom it wants to be asked (ttl, updatePeriod), 0 = not told
    QSet<int> skipHours; ///< hours of the day in UTC in which it never changes
    QUrl next;           ///< older items (RFC 5005, next_url), or empty
    QList<FeedItem> items;
    Time readAt;              ///< the present as its reader has it: ours, or the server's where that is later
    bool isTruncated = false; ///< something was broken: the items are those that were whole
    QString trouble;          ///< what was broken, for the log

    bool operator==(const Feed &) const = default;
};

/// Reads RSS 0.90 to 2.0, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1, in whatever state they are. An item without an id is
/// known by its link, else by a hash of title, date and beginning; a repeated id gets the hash of its content behind it
/// unless the item is the same. At most 20,000 items of 32 MiB, also where they come compressed unannounced. Pure,
/// thread-safe. Errors: malformed (the detail says what was found instead), tooLarge.
/// @param url where it came from: base of relative links.
[[nodiscard]] Result<Feed> parseFeed(const QByteArray &body, const QByteArray &contentType, const QUrl &url);

} // namespace Earshot
