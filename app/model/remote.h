// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"
#include "model/words.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Earshot {

// What networks say, in one form for all of them: what a connector makes and ingest stores. Text is plain text, already
// made from the network's markup by htmlToText() and cleaned by cleanText() (model/htmltext.h).

/// An account on a network that wrote something.
struct RemoteAuthor
{
    QString id;                   ///< stable on this channel's network; empty when the network gives none
    QString handle;               ///< "@mira@social.example", an e-mail address, or empty
    QString name;                 ///< as shown; may be empty
    QString url;                  ///< public profile, http(s) only, or empty
    QString avatarUrl;            ///< never loaded by the desktop; the courier may fetch it
    std::optional<int> followers; ///< none = the network does not say

    bool operator==(const RemoteAuthor &) const = default;
};

struct RemoteMedia
{
    QString url;        ///< the original, http(s) only
    QString previewUrl; ///< smaller, or empty
    QString type;       ///< MIME type, or "image", "video", "audio" where the network says no more
    QString description;
    int width = 0; ///< pixels, 0 when not known
    int height = 0;

    bool operator==(const RemoteMedia &) const = default;
};

/// One public (or direct) item on a network as it is now.
struct RemoteMessage
{
    QString uri;       ///< stable and unique within the channel: what a message is known by for ever
    QString remoteId;  ///< what the network's calls want; may change
    QString url;       ///< the page a person opens, http(s) only, or empty
    QString parentUri; ///< what it answers; empty for a root or when not known
    QString threadUri; ///< the root of its thread; empty when the root is not known yet (then it is its own thread)
    QString threadTitle;
    QString threadUrl;
    RemoteAuthor author;
    bool isOurs = false;       ///< written by the channel's own identity
    bool isContext = false;    ///< others' talk in the thread, not to us: shown, never work
    bool isThreadOurs = false; ///< the thread's root is the channel's own (told where hiding depends on it)
    Time sentAt;               ///< the network's claim; not known when it gives none
    Time editedAt;
    QString text;
    QString contentWarning;
    QString language; ///< BCP 47, or empty
    Visibility visibility = Visibility::everyone;
    Presence presence = Presence::live;
    Moderation moderation = Moderation::none;
    bool tellsModeration = true; ///< false: `moderation` is not known here, what is stored stays
    std::optional<int> rating;   ///< 1..5 stars times 10 (35 = three and a half)
    QStringList mentions;        ///< handles to name in an answer, without the author and without us
    QList<RemoteMedia> media;
    QString clientId; ///< our own delivery's id where the network carries it back (WordPress user agent), else empty

    bool operator==(const RemoteMessage &) const = default;
};

/// Something known to have happened to a message that we may hold: everything else about it stays.
struct RemoteChange
{
    QString uri;
    std::optional<Presence> presence;
    std::optional<Moderation> moderation;

    bool operator==(const RemoteChange &) const = default;
};

/// Where a channel's pulling stands. Both strings are the connector's own; the courier only stores them.
struct Position
{
    QString mark; ///< everything up to here is stored
    QString walk; ///< how far the present backward walk has come; empty when none is under way

    bool operator==(const Position &) const = default;
};

/// One page of a pull. The courier stores messages, changes and `next` in one transaction, then asks for more.
struct Page
{
    QList<RemoteMessage> messages;
    QList<RemoteChange> changes;
    Position next;
    bool hasMore = false;        ///< ask again at once with `next`
    std::optional<Time> gapFrom; ///< the network's history ended before the mark: something may be missing after this
    Duration askAgainIn{0};      ///< the network's wish (ttl, max-age), 0 = none
    QString withheld;            ///< what settings of our account keep from us, for the channel's health; mostly empty
    bool isCutOff = false;       ///< the answer ended early or was broken: only what was whole is given
    QString movedTo;             ///< the address moved for good (301/308): the courier keeps the new one

    bool operator==(const Page &) const = default;
};

/// A file to be sent along, kept beside the workspace by its hash.
struct OutgoingMedia
{
    QString hash; ///< BLAKE2b-256 of the content, hex: the file's name under WORKSPACE.media/
    QString type; ///< MIME
    QString description;

    bool operator==(const OutgoingMedia &) const = default;
};

/// Everything that reaches the network for one delivery: computed once, stored, immutable. A retry sends it unchanged.
struct Outgoing
{
    Effect effect = Effect::reply;
    QString clientId;       ///< our own UUID: Idempotency-Key and the like
    QString targetUri;      ///< the message answered, liked, hidden, deleted ...
    QString targetRemoteId; ///< as known when this was made
    QString threadUri;
    QString text;
    QString contentWarning;
    QString language;
    Visibility visibility = Visibility::everyone;
    QList<OutgoingMedia> media;
    Time createdAt;
    /// Whom the text names so that the network notifies them. In a wish: nothing = whomever recipientsOf() tells.
    std::optional<QStringList> recipients;
    bool mayWiden = false; ///< `visibility` stands although more people see it than the message answered

    bool operator==(const Outgoing &) const = default;
};

/// A picture that was made smaller to be sent.
struct ScaledMedium
{
    int position = 0; ///< in Outgoing::media
    int width = 0;    ///< pixels, as sent
    int height = 0;

    bool operator==(const ScaledMedium &) const = default;
};

/// What the network made of an Outgoing.
struct Delivered
{
    QString uri; ///< of the message that now exists (replies), else empty
    QString remoteId;
    QString url;
    Moderation moderation = Moderation::none; ///< sent is not yet published: a held comment says so here
    QList<ScaledMedium> scaled{};

    bool operator==(const Delivered &) const = default;
};

/// How a network counts a text.
enum class CountRule {
    codePoints,
    graphemes,
    mastodon, ///< graphemes, URLs as `perUrl`, @user@domain as @user, content warning raw
    utf8Bytes,
    bluesky, ///< graphemes, and at most ten UTF-8 bytes for each that is allowed: whichever says more
};

/// What a channel can do, as its server said.
struct Capabilities
{
    bool canReply = false;
    bool canReplyPrivately = false;
    bool canLike = false;
    bool canBoost = false;
    bool canHide = false;         ///< hide, approve, spam, trash: moderation of others' items
    bool canHideBelowOwn = false; ///< hide, and show again, what answers in threads that we began
    bool canDeleteOwn = false;
    bool canAskBeforePublishing = false; ///< thread() tells what came since
    bool hasContentWarning = false;
    CountRule countRule = CountRule::graphemes;
    int maxLength = 0;        ///< 0 = no limit known
    int maxPrivateLength = 0; ///< of direct messages, by the same rule; 0 = as maxLength
    int perUrl = 0;
    int maxMedia = 0;
    qint64 maxMediaBytes = 0;
    /// A repeat of the same Outgoing within this long is recognised by the network; 0 = never.
    Duration keyLifetime{0};
    /// How long after an attempt its result may still be invisible to findDelivered().
    Duration visibilityDelay{0};

    bool operator==(const Capabilities &) const = default;
};

/// What holds for one kind of message: private ones with a length of their own are a chat's, which takes text alone.
[[nodiscard]] inline Capabilities roomFor(Capabilities can, bool isPrivate)
{
    if (isPrivate && can.maxPrivateLength > 0) {
        can.maxLength = can.maxPrivateLength;
        can.maxMedia = 0;
        can.hasContentWarning = false;
    }
    return can;
}

/// One thing that an address turned out to be ("What we found").
struct Finding
{
    Network network = Network::feed;
    QString address; ///< what to connect: feed URL, site URL, "@name@host", "#tag@host"
    QString name;    ///< proposed channel name
    QString what;    ///< a word for what it is: "posts", "comments", "account", "hashtag", "search", "reviews"
    bool canAnswer = false;
    bool canModerate = false;
    bool needsUser = false;
    bool needsPassword = false; ///< an application password; with needsSignIn: one of the two suffices
    bool needsSignIn = false;   ///< browser or token
    bool isBest = false;
    QString sameAs; ///< address of another finding that delivers the same items, or empty

    bool operator==(const Finding &) const = default;
};

} // namespace Earshot
