// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/outcome.h"
#include "model/settings.h"

#include <QSet>

#include <vector>

namespace Earshot {

// The facts that rules read. `workspace` loads exactly what neededFacts() names.

/// When and by whom a field was last changed.
struct FieldMark
{
    Seq seq = 0;
    AgentId by;
};

/// What another agent, or the acting one's other device, wished of the same matter: the newest that there is.
struct OtherWish
{
    Seq seq = 0;
    AgentId by;
    QString what; ///< a word of Effect; "on" or "off"; what a delivery that was sent again became
};

struct ConversationFacts
{
    ConversationId id;
    ChannelId channel;
    Status status = Status::open;
    Reason reason = Reason::none;
    ConversationId duplicateOf;
    ChannelId duplicateChannel; ///< of that one
    Time snoozedUntil;
    AgentId assignee;
    Priority priority = Priority::normal;
    bool isPrivate = false;
    bool needsAnswer = false;
    Seq seq = 0;
    Seq publicSeq = 0; ///< as it counts for the acting device: without what that device itself did last
    FieldMark statusMark;
    FieldMark assigneeMark;
    FieldMark priorityMark;
    QStringList tags;
    Seq twinAnsweredSeq = 0; ///< newest answer of ours to the same public post on another channel
};

/// An effect on a message that was wished and is not yet done.
struct EffectFacts
{
    DeliveryId id;
    Effect effect = Effect::like;
    DeliveryState state = DeliveryState::held; ///< held, queued or sending
};

struct MessageFacts
{
    MessageId id;
    ConversationId conversation;
    ChannelId channel;
    MessageKind kind = MessageKind::inbound;
    AgentId agent;
    QString uri;
    QString text;
    Visibility visibility = Visibility::everyone;
    Presence presence = Presence::live;
    Moderation moderation = Moderation::none;
    bool isLiked = false;
    bool isBoosted = false;
    bool isThreadOurs = false;   ///< the network told that its thread's root is the channel's own
    bool isRoot = false;         ///< of its thread
    QList<EffectFacts> underWay; ///< newest first
};

struct DeliveryFacts
{
    DeliveryId id;
    ConversationId conversation;
    MessageId message;
    ChannelId channel;
    Effect effect = Effect::reply;
    DeliveryState state = DeliveryState::held;
    AgentId agent;
    Seq basedOn = 0;
    MessageId target; ///< what a reply answers
    int attempts = 0;
};

struct ChannelFacts
{
    ChannelId id;
    bool isRemoved = false;
    bool isPaused = false;
    Capabilities capabilities;
    TeamId team; ///< none = everybody's
    QString teamName;
    QString name;
    Purpose purpose = Purpose::support;
    int pullEverySeconds = 0;

    /// Whether whoever may see that one may see this one: only then may a row of that one name a row of this one.
    [[nodiscard]] bool isSeenByAllOf(const ChannelFacts &other) const
    {
        return id == other.id || !team.isValid() || team == other.team;
    }
};

struct TeamFacts
{
    TeamId id;
    QString name;
    bool hasAgent = false;    ///< the action's target agent is in it
    bool hasChannels = false; ///< also such that were removed
};

struct AgentFacts
{
    AgentId id;
    QString name;
    Role role = Role::agent;
    bool isDisabled = false;
    bool isOnDuty = true;
    int openLimit = 0;
    QSet<ChannelId> hiddenChannels; ///< of teams that the agent is not in; loaded for who acts and who is to get work

    /// Whatever teams they belong to.
    [[nodiscard]] bool seesAllChannels() const { return role == Role::admin; }
};

struct ContactFacts
{
    ContactId id;
    ContactId mergedInto;
    ChannelFacts channel; ///< invalid = of the whole workspace
};

struct ViewFacts
{
    ViewId id;
    ViewContent content;
};

struct NoticeFacts
{
    NoticeId id;
    ChannelId channel;
    Act::PinNotice pinned;
};

struct Facts
{
    std::optional<ConversationFacts> conversation;
    std::optional<MessageFacts> message; ///< the action's target, or for replies the message answered
    std::optional<DeliveryFacts> delivery;
    std::optional<ChannelFacts> channel;
    std::optional<AgentFacts> agent;    ///< the action's target agent
    std::optional<OtherWish> otherWish; ///< of the same matter, since the action's `basedOn`; none = none
    std::optional<ContactFacts> contact;
    std::optional<ContactFacts> otherContact;
    std::optional<TeamFacts> team;
    QStringList teamNames;                         ///< of all, where a new one is looked for
    QList<AgentFacts> agents;                      ///< everybody, where names are looked up
    std::optional<Act::KeepSavedReply> savedReply; ///< as it is now
    std::optional<Act::KeepMacro> macro;           ///< as it is now
    bool isNameTaken = false;                      ///< another saved reply or macro has this name
    bool isKeyTaken = false;                       ///< another macro has this key
    QList<ViewFacts> views;                        ///< the shared ones, in their order
    std::optional<NoticeFacts> notice;
    /// Of the conversation that another is said to be a duplicate of.
    std::optional<ChannelFacts> duplicateChannel;
    bool isKnownPlace = false;   ///< the tag or view that a notice is for exists
    bool isKnownAddress = false; ///< a live channel of this network and address exists
    int adminCount = 0;
    WorkspaceSettings settings;
};

enum class Fact : unsigned {
    conversation = 1,
    message = 2,
    delivery = 4,
    channel = 8,
    agent = 16,
    contact = 32,
    agents = 64,
    address = 128,
    savedReply = 256,
    macro = 512,
    team = 1024,
    teams = 2048,
    views = 4096,
    notice = 8192,
    place = 16384,
    duplicate = 32768,
};
using FactSet = unsigned;

/// Which facts decide() reads for such an action.
[[nodiscard]] FactSet neededFacts(const ActionArguments &arguments);

// What an action changes. `workspace` carries these out in one savepoint.

namespace Change {
/// Sets what is named; leaves the rest.
struct Work
{
    ConversationId conversation;
    std::optional<Status> status;
    Reason reason = Reason::none; ///< with status
    ConversationId duplicateOf;   ///< with status
    Time snoozedUntil;            ///< with status
    std::optional<AgentId> assignee;
    std::optional<Priority> priority;
    bool operator==(const Work &) const = default;
};
struct Tagging
{
    ConversationId conversation;
    QString tag;
    bool isAdded = true;
    bool operator==(const Tagging &) const = default;
};
struct NewNote
{
    ConversationId conversation;
    QString text;
    QList<AgentId> mentions;
    bool operator==(const NewNote &) const = default;
};
struct NoteText
{
    MessageId message;
    QString text;
    QList<AgentId> mentions;
    bool operator==(const NoteText &) const = default;
};
/// A reply: the message and its delivery.
struct NewReply
{
    Act::SendReply reply;
    Visibility visibility = Visibility::everyone;
    MessageId target;
    Time heldUntil;
    Seq basedOn = 0;
    bool operator==(const NewReply &) const = default;
};
struct NewEffect
{
    ConversationId conversation;
    MessageId message;
    Effect effect = Effect::like;
    Time heldUntil;
    bool operator==(const NewEffect &) const = default;
};
struct DeliveryStep
{
    DeliveryId delivery;
    DeliveryState state = DeliveryState::held;
    Time heldUntil;
    std::optional<Seq> basedOn;
    bool operator==(const DeliveryStep &) const = default;
};
struct ContactMerge
{
    ContactId contact;
    ContactId into; ///< none = stands alone again
    bool operator==(const ContactMerge &) const = default;
};
struct AgentRow
{
    AgentId agent; ///< none = a new one
    std::optional<QString> name;
    std::optional<Role> role;
    std::optional<bool> isDisabled;
    std::optional<bool> isOnDuty;
    std::optional<int> openLimit;
    bool operator==(const AgentRow &) const = default;
};
struct NewChannel
{
    Act::AddChannel channel;
    bool operator==(const NewChannel &) const = default;
};
struct ChannelRow
{
    Act::EditChannel edit;
    bool operator==(const ChannelRow &) const = default;
};
struct ChannelEnd
{
    ChannelId channel;
    bool operator==(const ChannelEnd &) const = default;
};
struct SendingPause
{
    ChannelId channel;
    bool isPaused = true;
    QString reason;
    bool operator==(const SendingPause &) const = default;
};
struct SavedReplyRow
{
    Act::KeepSavedReply row;
    bool operator==(const SavedReplyRow &) const = default;
};
struct SavedReplyEnd
{
    SavedReplyId savedReply;
    bool operator==(const SavedReplyEnd &) const = default;
};
struct MacroRow
{
    Act::KeepMacro row;
    bool operator==(const MacroRow &) const = default;
};
struct MacroEnd
{
    MacroId macro;
    bool operator==(const MacroEnd &) const = default;
};
struct NewTeam
{
    QString name;
    bool operator==(const NewTeam &) const = default;
};
struct TeamName
{
    TeamId team;
    QString name;
    bool operator==(const TeamName &) const = default;
};
/// With its memberships.
struct TeamEnd
{
    TeamId team;
    bool operator==(const TeamEnd &) const = default;
};
struct Membership
{
    TeamId team;
    AgentId agent;
    bool isMember = true;
    bool operator==(const Membership &) const = default;
};
struct ChannelGrant
{
    ChannelId channel;
    TeamId team; ///< none = everybody's
    bool operator==(const ChannelGrant &) const = default;
};
struct ViewRow
{
    ViewId view; ///< none = a new one
    ViewContent content;
    bool operator==(const ViewRow &) const = default;
};
struct ViewEnd
{
    ViewId view;
    bool operator==(const ViewEnd &) const = default;
};
/// The views in their new order.
struct ViewOrder
{
    QList<ViewId> views;
    bool operator==(const ViewOrder &) const = default;
};
struct NewNotice
{
    Act::PinNotice notice;
    bool operator==(const NewNotice &) const = default;
};
struct NoticeEnd
{
    NoticeId notice;
    bool operator==(const NoticeEnd &) const = default;
};
struct SettingValue
{
    Setting setting = Setting::undoSeconds;
    int value = 0;
    bool operator==(const SettingValue &) const = default;
};
} // namespace Change

using ChangeEffect =
    std::variant<Change::Work, Change::Tagging, Change::NewNote, Change::NoteText, Change::NewReply, Change::NewEffect,
                 Change::DeliveryStep, Change::ContactMerge, Change::AgentRow, Change::NewChannel, Change::ChannelRow,
                 Change::ChannelEnd, Change::SendingPause, Change::SavedReplyRow, Change::SavedReplyEnd,
                 Change::MacroRow, Change::MacroEnd, Change::NewTeam, Change::Membership, Change::ChannelGrant,
                 Change::ViewRow, Change::ViewEnd, Change::ViewOrder, Change::NewNotice, Change::NoticeEnd,
                 Change::TeamName, Change::TeamEnd, Change::SettingValue>;

/// The decision to apply an action.
struct Decision
{
    std::vector<ChangeEffect> changes; ///< empty: it is so already
    ConversationId conversation;       ///< for the journal
    ChannelId channel;
    MessageId message;
    QString before; ///< for the journal, in words: never a secret
    QString after;
    std::optional<ActionArguments> inverse;
};

/// Whether the actor may and what then happens. Pure: everything that it knows is in the arguments.
[[nodiscard]] tl::expected<Decision, Refusal> decide(const Facts &facts, const AgentFacts &actor, const Action &action,
                                                     Time now);

/// What takes away again what an action has made, once it is known which one that is; none = it stays.
[[nodiscard]] std::optional<ActionArguments> undoOfMaking(const ActionArguments &action, qint64 made);

/// The agents that a note's text names: "@Kim", the longest matching name first, case-insensitive.
[[nodiscard]] QList<AgentId> mentionedAgents(const QString &text, const QList<AgentFacts> &agents);

} // namespace Earshot
