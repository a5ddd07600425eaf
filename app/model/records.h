// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/action.h"
#include "model/pause.h"

#include <optional>

namespace Earshot {

// What the workspace shows of its rows: value types, read together in one short statement, without I/O of their own.

struct AgentRecord
{
    AgentId id;
    QString name;
    Role role = Role::agent;
    bool isOnDuty = true;
    bool isDisabled = false;
    int openLimit = 0; ///< open conversations at most; 0 = no limit
    /// Whether that many are as many as it is to have.
    [[nodiscard]] bool isFull(qint64 open) const { return openLimit > 0 && open >= openLimit; }
    bool operator==(const AgentRecord &) const = default;
};

struct TeamRecord
{
    TeamId id;
    QString name;
    QList<AgentId> members; ///< in the order of their names
    bool operator==(const TeamRecord &) const = default;
};

struct TagRecord
{
    TagId id;
    QString name;
    bool operator==(const TagRecord &) const = default;
};

/// What a network said of how often it may be asked.
struct RequestLimit
{
    int left = -1; ///< requests that it takes until `resetAt`; negative = it does not say
    Time resetAt;
    bool operator==(const RequestLimit &) const = default;
};

struct ChannelRecord
{
    ChannelId id;
    Network network = Network::feed;
    QString address;
    QString name;
    QString baseUrl;
    QString accountId;
    QString accountHandle;
    QString accountName;
    QString login; ///< user name for Basic authentication
    Purpose purpose = Purpose::support;
    TeamId team; ///< who sees it besides admins; none = everybody
    int pullEverySeconds = 60;
    Time horizon;
    Time workSince;
    Time removedAt;
    AgentId pausedBy; ///< who stopped sending, none = nobody
    QString pauseReason;
    Health health = Health::unknown;
    QString healthDetail;
    Time healthSince;
    Time healthUntil;
    Capabilities capabilities;
    Time lastPullAt; ///< where this desk pulls itself
    Time nextPullAt;
    RequestLimit limit;
    Pause pause;           ///< the newest long one of the server that pulls: it was down or asleep
    bool isBehind = false; ///< no pull of it has come through since
    [[nodiscard]] bool isRemoved() const { return isKnown(removedAt); }
    [[nodiscard]] bool isPaused() const { return pausedBy.isValid(); }
    bool operator==(const ChannelRecord &) const = default;
};

/// A view that somebody made.
struct ViewRecord
{
    ViewId id;    ///< of a shared one; none = the agent's own
    QString uuid; ///< names it, also across desks
    ViewContent content;
    int position = 0;
    [[nodiscard]] bool isShared() const { return id.isValid(); }
    bool operator==(const ViewRecord &) const = default;
};

/// What a lead pinned above list and composer.
struct NoticeRecord
{
    NoticeId id;
    Act::PinNotice pinned;
    AgentId by;
    QString byName;
    Time at;
    bool operator==(const NoticeRecord &) const = default;
};

struct ConversationRecord
{
    ConversationId id;
    qint64 number = 0; ///< #4411
    ChannelId channel;
    Network network = Network::feed;
    ThreadId thread;
    QString threadTitle;
    QString threadUrl;
    bool isThreadOurs = false;
    IdentityId identity;
    ContactId contact;   ///< the merged one where contacts were merged
    QString contactName; ///< the identity's name, else its handle
    QString contactHandle;
    QString subject;
    QString snippet;              ///< one clean line of the newest message
    Status status = Status::open; ///< as it is now: snoozed until a past time is open
    Reason reason = Reason::none;
    ConversationId duplicateOf;
    Time snoozedUntil;
    AgentId assignee;
    QString assigneeName;
    Priority priority = Priority::normal;
    QStringList tags;         ///< sorted
    bool needsAnswer = false; ///< the newest public message is the contact's, whatever the status
    bool isImported = false;
    bool isPrivate = false;
    bool isUnseen = false; ///< holds an inbound message that the asking agent has not seen
    bool hasDraft = false; ///< the asking agent has begun to write there
    int trouble = 0;       ///< deliveries that failed or are unsure
    int messageCount = 0;
    Time createdAt;
    Time lastMessageAt;
    Time waitingSince;
    int followers = 0; ///< how many follow the contact, as told with its last message; 0 = nobody, or not known
    Seq seq = 0;
    Seq publicSeq = 0;
    bool operator==(const ConversationRecord &) const = default;
    /// What is said of it to people: nobody needs an answer from what is resolved, or sleeps.
    [[nodiscard]] bool isToBeAnswered() const { return needsAnswer && status == Status::open; }
};

struct MediaRecord
{
    QString hash; ///< file under WORKSPACE.media/, empty = not fetched
    QString remoteUrl;
    QString type;
    QString description;
    int width = 0;
    int height = 0;
    int sentWidth = 0; ///< pixels of what was made smaller on its way to the network, else 0
    int sentHeight = 0;
    bool operator==(const MediaRecord &) const = default;
};

struct DeliveryRecord
{
    DeliveryId id;
    ConversationId conversation;
    qint64 conversationNumber = 0;
    MessageId message;
    ChannelId channel;
    Effect effect = Effect::reply;
    DeliveryState state = DeliveryState::none;
    AgentId agent;
    Time heldUntil;
    Time retryAt;
    Time createdAt;
    int attempts = 0;
    QString failure; ///< word of an ErrorKind or of a rule ("stale", "waitedLong", "answeredElsewhere", "copied")
    QString failureDetail;
    QString text; ///< of the message, cut
    Seq basedOn = 0;
    bool operator==(const DeliveryRecord &) const = default;
};

struct MessageRecord
{
    MessageId id;
    ConversationId conversation;
    ChannelId channel;
    MessageKind kind = MessageKind::inbound;
    IdentityId identity;
    QString authorName;
    QString authorHandle;
    QString authorUrl;
    AgentId agent; ///< who wrote it here; none for a reply = answered on the network
    QString agentName;
    QString uri;
    QString remoteId;
    QString url;
    QString parentUri;
    Time sortAt;
    Time sentAt;
    Time arrivedAt;
    Time editedAt;
    QString text;
    QString contentWarning;
    QString language;
    Visibility visibility = Visibility::everyone;
    Presence presence = Presence::live;
    Moderation moderation = Moderation::none;
    std::optional<int> rating;
    QStringList mentions;
    bool isLiked = false;
    bool isBoosted = false;
    QStringList olderTexts; ///< what edits replaced, oldest first
    QList<MediaRecord> media;
    std::optional<DeliveryRecord> delivery; ///< of a reply of ours
    Seq createdSeq = 0;
    bool operator==(const MessageRecord &) const = default;
};

/// A line of the journal; in a conversation's timeline it is an event.
struct JournalRecord
{
    qint64 id = 0;
    Time at;
    AgentId agent; ///< none = the network or the program
    QString agentName;
    QString kind; ///< an action's kind or an event: "reopened", "answeredOnNetwork", "edited", "deleted",
                  ///< "deliveryFailed", ...
    ConversationId conversation;
    qint64 conversationNumber = 0;
    ChannelId channel;
    QString channelName; ///< as it is called now; in the journal only
    MessageId message;
    QString before;
    QString after;
    QString action; ///< UUID, empty for events
    bool operator==(const JournalRecord &) const = default;
};

/// A text that everybody may answer with.
struct SavedReplyRecord
{
    SavedReplyId id;
    QString name;
    QString text;
    bool operator==(const SavedReplyRecord &) const = default;
};

struct MacroRecord
{
    MacroId id;
    QString name;
    QString key; ///< one letter or digit, or empty
    QList<MacroStep> steps;
    bool operator==(const MacroRecord &) const = default;
};

/// Text being written, one per agent, conversation, mode and device.
struct DraftRecord
{
    enum class Mode {
        reply,
        privateReply,
        note,     ///< a new one
        noteEdit, ///< another text for the note `target`
    };
    /// Else it is a newer program's: it is kept as it is, and nothing is made of it.
    [[nodiscard]] static constexpr bool isKnown(Mode mode) { return mode >= Mode::reply && mode <= Mode::noteEdit; }
    /// Nothing of it leaves the workspace.
    [[nodiscard]] static constexpr bool isOfNote(Mode mode) { return mode == Mode::note || mode == Mode::noteEdit; }
    ConversationId conversation;
    Mode mode = Mode::reply;
    QString text;
    QString contentWarning;
    MessageId target; ///< what it answers, or the note that it changes
    Seq basedOn = 0;  ///< what its writer has acknowledged
    QList<OutgoingMedia> media;
    QStringList leftOut; ///< who is not to be notified
    QString language;    ///< chosen by its writer; empty = that of the message answered
    QString history;     ///< what can be undone, as its editor wrote it; never read by anybody else
    Time updatedAt;
    bool operator==(const DraftRecord &) const = default;
};

} // namespace Earshot
