// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QStringList>
#include <QStringView>

#include <optional>

namespace Earshot {

// The closed word lists of the workspace. Stored as their number, so their order never changes; spoken as their word.

enum class Network { feed, mastodon, wordpress, bluesky };
enum class Purpose { support, sales, community, corporate };
enum class Role { viewer, agent, lead, admin };
enum class Status { open, pending, snoozed, resolved };
enum class Reason { none, answered, noAnswerNeeded, spam, duplicate };
enum class Priority { low, normal, high, urgent };
enum class MessageKind {
    inbound, ///< a customer's
    reply,   ///< ours
    note,    ///< internal, never leaves
    context, ///< somebody else's in the same public thread, shown folded
};
/// Who can see a message on its network.
enum class Visibility { everyone, unlisted, followers, direct };
enum class Presence { live, deleted, gone };
/// What holds for a whole workspace (see settings.h); each is a whole number of the unit in its name.
enum class Setting { undoSeconds, reopenDays };
enum class Moderation { none, held, approved, hidden, spam, trash };
enum class DeliveryState {
    none, ///< not ours to deliver
    draft,
    awaitingApproval,
    held,
    queued,
    sending,
    sent,
    failed,
    unsure,
    cancelled,
};
/// What a delivery does on its network.
enum class Effect { reply, like, unlike, boost, unboost, approve, unapprove, hide, spam, trash, restore, deleteOwn };
/// How a channel is doing. Everything but `ok` stops or slows its pulling and has a remedy.
enum class Health {
    unknown,
    ok,
    signIn,
    permission,
    rateLimited,
    unreachable,
    malformed,
    gone,
    gapPossible,
    paused,
    keyringLocked,
    withheld,    ///< settings of the account on the network keep messages from us
    certificate, ///< the other end cannot prove who it is
    cutOff,      ///< what came ended early or was broken in the middle: only what was whole is stored
    clockOff,    ///< the network's clock or dates are more than a day off
};

/// What a macro does; what its argument is stands beside it.
enum class MacroStepKind {
    claim,
    assign, ///< an agent's id
    giveBack,
    addTag,      ///< the tag
    removeTag,   ///< the tag
    setPriority, ///< the priority's word
    snooze,      ///< minutes from when it runs
    wait,        ///< pending
    resolve,     ///< the reason's word; empty = answered where we answered, else no answer needed
    reopen,
    addNote, ///< the text, with placeholders
    reply,   ///< the text that is put into the composer, with placeholders; a person sends it
};

/// The word of a value, as in design.md, in camelCase. Never translated: screens make their own sentences.
template <class Enum>
[[nodiscard]] QString word(Enum value);

/// The value of a word; nothing when the word is not in the list.
template <class Enum>
[[nodiscard]] std::optional<Enum> fromWord(QStringView word);

/// All words of the list in their order, for help texts and messages.
template <class Enum>
[[nodiscard]] QStringList words();

} // namespace Earshot
