// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/id.h"
#include "model/macro.h"
#include "model/remote.h"
#include "model/viewfilter.h"
#include "model/words.h"

#include <QUuid>

#include <optional>

#include <variant>

namespace Earshot {

/// What actions do, one struct a kind. See the README beside this file for how to add one.
namespace Act {

struct Claim
{
    ConversationId conversation;
    bool operator==(const Claim &) const = default;
};
struct Assign
{
    ConversationId conversation;
    AgentId agent;
    bool operator==(const Assign &) const = default;
};
struct Unassign
{
    ConversationId conversation;
    bool operator==(const Unassign &) const = default;
};
/// open, pending or resolved (with a reason); snoozing has its own kind.
struct SetStatus
{
    ConversationId conversation;
    Status status = Status::open;
    Reason reason = Reason::none;
    ConversationId duplicateOf;
    bool operator==(const SetStatus &) const = default;
};
struct Snooze
{
    ConversationId conversation;
    Time until;
    bool operator==(const Snooze &) const = default;
};
/// Wakes a snoozed conversation: by its time (the desk itself does it) or by hand.
struct Wake
{
    ConversationId conversation;
    bool operator==(const Wake &) const = default;
};
struct AddTag
{
    ConversationId conversation;
    QString tag;
    bool operator==(const AddTag &) const = default;
};
struct RemoveTag
{
    ConversationId conversation;
    QString tag;
    bool operator==(const RemoveTag &) const = default;
};
struct SetPriority
{
    ConversationId conversation;
    Priority priority = Priority::normal;
    bool operator==(const SetPriority &) const = default;
};
/// @names in the text mention those agents.
struct AddNote
{
    ConversationId conversation;
    QString text;
    bool operator==(const AddNote &) const = default;
};
struct EditNote
{
    MessageId message;
    QString text;
    QString was = {}; ///< versionOfNote() what the person had before the eyes; empty = not known: not tested
    bool operator==(const EditNote &) const = default;
};
struct SendReply
{
    ConversationId conversation;
    MessageId target; ///< none = the contact's newest
    QString text;
    QString contentWarning;
    QString language;
    std::optional<Visibility> visibility; ///< none = that of the message answered
    QList<OutgoingMedia> media;
    bool thenResolve = false;
    bool skipUndoWindow = false;
    QStringList leftOut;        ///< handles that are not to be named and notified (recipientsOf() tells who would be)
    bool mayWiden = false;      ///< also where more people can see it than the message answered
    bool mayAnswerGone = false; ///< also where the message answered no longer exists
    /// The rest of a reply that is too long for one post: published after `text`, in order, each below the one before.
    QStringList furtherParts;
    bool operator==(const SendReply &) const = default;
};
/// Takes back what is not yet on its way.
struct CancelDelivery
{
    DeliveryId delivery;
    bool operator==(const CancelDelivery &) const = default;
};
/// Tries a failed one again; an unsure one only with Action::force: a person has decided that it did not arrive.
struct RetryDelivery
{
    DeliveryId delivery;
    int attempts = 0; ///< so many there had been when the person looked; 0 = not known: not tested
    bool operator==(const RetryDelivery &) const = default;
};
/// A person has looked: an unsure delivery did arrive.
struct SettleDelivery
{
    DeliveryId delivery;
    bool operator==(const SettleDelivery &) const = default;
};
/// like, unlike, boost, unboost, approve, unapprove, hide, spam, trash, restore, deleteOwn.
struct PerformEffect
{
    MessageId message;
    Effect effect = Effect::like;
    bool operator==(const PerformEffect &) const = default;
};
struct MergeContacts
{
    ContactId from;
    ContactId into;
    bool operator==(const MergeContacts &) const = default;
};
struct SplitContact
{
    ContactId contact;   ///< one that was merged into another
    ContactId from = {}; ///< into which, as the person had it before the eyes; none = not known: not tested
    bool operator==(const SplitContact &) const = default;
};
struct SetDuty
{
    AgentId agent;
    bool onDuty = true;
    bool operator==(const SetDuty &) const = default;
};
/// Stopping everything is a list of these: what was stopped before keeps who stopped it and why, also when undone.
struct PauseSending
{
    ChannelId channel;
    QString reason;
    bool operator==(const PauseSending &) const = default;
};
struct ResumeSending
{
    ChannelId channel;
    bool operator==(const ResumeSending &) const = default;
};
struct AddAgent
{
    QString name;
    Role role = Role::agent;
    bool operator==(const AddAgent &) const = default;
};
struct EditAgent
{
    AgentId agent;
    std::optional<QString> name;
    std::optional<Role> role;
    std::optional<bool> isDisabled;
    QString was = {}; ///< versionOf() what the person had before the eyes; empty = not known: not tested
    std::optional<int> openLimit = {}; ///< open conversations at most; 0 = no limit
    bool operator==(const EditAgent &) const = default;
};
struct AddChannel
{
    Network network = Network::feed;
    QString address;
    QString name;
    QString baseUrl;
    QString login;
    Purpose purpose = Purpose::support;
    Time horizon;   ///< how far back the first pull goes
    Time workSince; ///< what is older arrives resolved as imported
    bool operator==(const AddChannel &) const = default;
};
struct EditChannel
{
    ChannelId channel;
    std::optional<QString> name;
    std::optional<Purpose> purpose;
    std::optional<int> pullEverySeconds;
    QString was = {}; ///< versionOf() what these were for who changes them; empty = not known: not tested
    bool operator==(const EditChannel &) const = default;
};
/// Ends pulling and sending; the history stays.
struct RemoveChannel
{
    ChannelId channel;
    bool operator==(const RemoveChannel &) const = default;
};
/// A text that everybody may answer with. The text may hold placeholders (see placeholders.h).
struct KeepSavedReply
{
    SavedReplyId savedReply; ///< none = a new one
    QString name;
    QString text;
    QString was = {}; ///< versionOf() what the person had before the eyes; empty = not known: not tested
    bool operator==(const KeepSavedReply &) const = default;
};
struct RemoveSavedReply
{
    SavedReplyId savedReply;
    QString was = {}; ///< versionOf() what the person had before the eyes; empty = not known: not tested
    bool operator==(const RemoveSavedReply &) const = default;
};
/// A named list of what is done to a conversation by one key.
struct KeepMacro
{
    MacroId macro; ///< none = a new one
    QString name;
    QString key; ///< one letter or digit to press after the macro key; may be empty
    QList<MacroStep> steps;
    QString was = {}; ///< versionOf() what the person had before the eyes; empty = not known: not tested
    bool operator==(const KeepMacro &) const = default;
};
struct RemoveMacro
{
    MacroId macro;
    QString was = {}; ///< versionOf() what the person had before the eyes; empty = not known: not tested
    bool operator==(const RemoveMacro &) const = default;
};

/// A group of agents who may have channels of their own.
struct AddTeam
{
    QString name;
    bool operator==(const AddTeam &) const = default;
};
struct SetTeamMember
{
    TeamId team;
    AgentId agent;
    bool isMember = true;
    bool operator==(const SetTeamMember &) const = default;
};
/// From then on the channel exists for that team and for admins only.
struct SetChannelTeam
{
    ChannelId channel;
    TeamId team; ///< none = everybody's
    bool operator==(const SetChannelTeam &) const = default;
};

struct RenameTeam
{
    TeamId team;
    QString name;
    bool operator==(const RenameTeam &) const = default;
};
/// Only one that no channel belongs to: nothing is shown to anybody by that.
struct RemoveTeam
{
    TeamId team;
    bool operator==(const RemoveTeam &) const = default;
};

/// A shared view: a new one, or what one is from now on.
struct SaveView
{
    ViewId view; ///< none = a new one, listed last
    ViewContent content;
    QString was = {}; ///< versionOf() what the person had before the eyes; empty = not known: not tested
    bool operator==(const SaveView &) const = default;
};
struct RemoveView
{
    ViewId view;
    QString was = {}; ///< versionOf() what the person had before the eyes; empty = not known: not tested
    bool operator==(const RemoveView &) const = default;
};
struct MoveView
{
    ViewId view;
    ViewId before; ///< none = to the end
    bool operator==(const MoveView &) const = default;
};
/// A text above list and composer until a time, for at most one of the places named; none = everywhere.
struct PinNotice
{
    QString text;
    Time until;
    ChannelId channel;
    TagId tag;
    ViewId view;
    std::optional<View> list; ///< one of those that are always there
    bool operator==(const PinNotice &) const = default;
};
struct UnpinNotice
{
    NoticeId notice;
    bool operator==(const UnpinNotice &) const = default;
};
struct ChangeSetting
{
    Setting setting = Setting::undoSeconds;
    int value = 0; ///< in the setting's unit
    bool operator==(const ChangeSetting &) const = default;
};

} // namespace Act

/// The order is the stored kind: append only.
using ActionKinds =
    std::variant<Act::Claim, Act::Assign, Act::Unassign, Act::SetStatus, Act::Snooze, Act::Wake, Act::AddTag,
                 Act::RemoveTag, Act::SetPriority, Act::AddNote, Act::EditNote, Act::SendReply, Act::CancelDelivery,
                 Act::RetryDelivery, Act::SettleDelivery, Act::PerformEffect, Act::MergeContacts, Act::SplitContact,
                 Act::SetDuty, Act::PauseSending, Act::ResumeSending, Act::AddAgent, Act::EditAgent, Act::AddChannel,
                 Act::EditChannel, Act::RemoveChannel, Act::KeepSavedReply, Act::RemoveSavedReply, Act::KeepMacro,
                 Act::RemoveMacro, Act::AddTeam, Act::SetTeamMember, Act::SetChannelTeam, Act::SaveView,
                 Act::RemoveView, Act::MoveView, Act::PinNotice, Act::UnpinNotice, Act::RenameTeam, Act::RemoveTeam,
                 Act::ChangeSetting>;

/// What is to be done, of one of these kinds. To copy, move, compare and end it is compiled once: wherever the variant
/// itself is copied, a compiler makes four tables of functions, one for each kind.
class ActionArguments final : public ActionKinds
{
public:
    static constexpr size_t kindCount = std::variant_size_v<ActionKinds>;

    ActionArguments();
    template <typename Kind>
    requires(!std::is_base_of_v<ActionKinds, Kind> && std::is_constructible_v<ActionKinds, std::in_place_type_t<Kind>>)
        ActionArguments(Kind arguments)
        : ActionKinds(std::in_place_type<Kind>, std::move(arguments))
    {
    }
    template <size_t Index>
    explicit ActionArguments(std::in_place_index_t<Index> kind)
        : ActionKinds(kind)
    {
    }
    ~ActionArguments();
    ActionArguments(const ActionArguments &other);
    ActionArguments(ActionArguments &&other) noexcept;
    ActionArguments &operator=(const ActionArguments &other);
    ActionArguments &operator=(ActionArguments &&other) noexcept;
    bool operator==(const ActionArguments &other) const;
    /// There is no order, and none of variants is tried.
    friend bool operator<(const ActionArguments &, const ActionArguments &) = delete;
};

/// What a person or a rule wants done to the workspace. A list of these is everything that the screen, the command
/// line, macros, bulk edits, undo and the offline queue do.
struct Action
{
    QUuid id;          ///< UUIDv7: names what the action makes
    QUuid device;      ///< the desk fills in its own when null
    qint64 number = 0; ///< running number of the device; 0 = the desk gives the next one
    AgentId actor;     ///< set by the desk that holds the record
    Time claimedAt;    ///< the client's clock: shown, never decides
    /// The conversation's change number that the person had before the eyes; of an effect and of duty, which a
    /// conversation's number says nothing of, the newest of all; 0 = not known: not tested.
    Seq basedOn = 0;
    /// "Do it anyway": a new action that leaves out the `changed`, `stale` and `taken` tests; of a claim, and of what
    /// is sent again, only over what was there at `basedOn`.
    bool force = false;
    ActionArguments arguments;

    bool operator==(const Action &) const = default;
};

/// Whether such an action is based on the newest change number of all that the person had before the eyes, not on a
/// conversation's.
[[nodiscard]] bool isBasedOnAll(const ActionArguments &arguments);

/// The kind's word ("claim", "sendReply", ...): in the journal, in JSON.
[[nodiscard]] QString kindOf(const ActionArguments &arguments);

/// A new time-ordered UUID, version 7 (RFC 9562 5.7).
[[nodiscard]] QUuid newUuid(Time now);

/// An action with a new id.
[[nodiscard]] Action makeAction(ActionArguments arguments, Time now, Seq basedOn = 0);

} // namespace Earshot
