// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/personalstate.h"
#include "workspace/tolddraft.h"

#include <QHash>
#include <QSet>

namespace Earshot {

using DraftKey = PersonalState::DraftKey;

/// Whose drafts they are, where this is, and what is not replaced as an editor shows it.
struct DraftPlace
{
    AgentId me;
    QString device;
    QSet<DraftKey> held;
    bool isCurrent = false; ///< what the server had done when it was asked is here
};

/// A draft as the server has it.
struct ArrivedDraft
{
    DraftKey key;
    qint64 version = 0;
    ToldDraft told; ///< empty = sent or discarded
};

/// What the server says of them.
struct DraftNews
{
    QList<ArrivedDraft> drafts;
    QString state;       ///< up to which all are known then; empty = as before
    QString since;       ///< from which on it was asked
    bool isAnew = false; ///< the server has other versions than it had: all is compared anew
    /// Of versions up to this one the server has forgotten which were sent or discarded; 0 = of none.
    qint64 forgottenUpTo = 0;
    QSet<DraftKey> present; ///< where that is so: all that it has, also under other versions
};

/// What became of one here.
struct DraftChange
{
    DraftKey key;
    bool isReplaced = false;
    TypedElsewhere arrived; ///< what it was replaced by
};

/// With their digests: an empty one is dropped.
using RefusedDrafts = QMultiHash<DraftKey, QString>;

/// What is to be done next with a draft of this machine.
struct DraftWork
{
    DraftKey key;
    bool isToSettle = false; ///< what came is to be taken over, or put beside; else it is to be told
    qint64 version = 0;      ///< that it builds on
    ToldDraft told;
    QString digest;
};

/// @param refused what the server does not take, or not now
[[nodiscard]] Result<std::optional<DraftWork>> nextDraftWork(Database &database, const DraftPlace &place,
                                                             const RefusedDrafts &refused);
/// Its channel was withdrawn, or is: what the server has of it is known, and comes with that.
[[nodiscard]] bool isToComeBack(Database &database, const DraftKey &key);
/// So it is from now on; no more of it is known than what the server has.
void awaitAgain(Writing &writing, const DraftKey &key);
/// Whether the server has it as it is here.
[[nodiscard]] bool isTold(Database &database, const DraftPlace &place, const DraftKey &key);
/// Replaces what was not typed on here and what no editor shows; where both were typed on both stay.
/// Errors: tryAgain (what is here is of another incarnation, or a channel was withdrawn since it was asked).
[[nodiscard]] Result<QList<DraftChange>> takeDrafts(Writing &writing, const DraftPlace &place, const DraftNews &news);
/// The same with what came already and was held back.
[[nodiscard]] Result<QList<DraftChange>> settleDrafts(Writing &writing, const DraftPlace &place, const DraftKey &key);
/// The server is going to be told so: what comes from it with that text is known for one's own.
void noteDraftSaid(Writing &writing, const DraftWork &work);
/// The server has it so.
void noteDraftTold(Writing &writing, const DraftWork &work, qint64 version);
/// What was typed elsewhere beside a draft is no more, or is kept.
void settleBeside(Writing &writing, const DraftPlace &place, ConversationId conversation, const TypedElsewhere &typed,
                  bool isKept);

} // namespace Earshot
