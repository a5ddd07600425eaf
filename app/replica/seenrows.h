// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/personalstate.h"

namespace Earshot {

// What an agent has read, and its own views, as far as a replica and its server are to be alike. Of drafts see
// draftrows.h.

/// Told next, all at once: what was read, or views.
struct SeenWork
{
    PersonalState state;
    QHash<ConversationId, MessageId> was; ///< what the server has, of each that is seen

    [[nodiscard]] bool isEmpty() const { return state.isEmpty(); }
};

/// What the server says of them.
struct SeenNews
{
    PersonalState state;
    QString newState;
    QString since;       ///< from which on it was asked
    bool isAnew = false; ///< the server has less than it had: it is told all
};

/// The state is going to be stored; before that, as what was there is what the server has.
void noteUntold(Writing &writing, AgentId me, const PersonalState &state);
/// A channel is in sight again: what was told while it was not was heard by nobody.
void noteChannelUntold(Writing &writing, AgentId me, ChannelId channel);
/// What was read first. @param withViews views, too
[[nodiscard]] Result<SeenWork> nextSeenWork(Database &database, AgentId me, bool withViews);
/// The server is going to be told that, and nobody may ever know whether it has heard it. Errors: tryAgain (what is
/// here is of another incarnation).
[[nodiscard]] Done noteSaid(Writing &writing, const SeenWork &work);
/// What is here and untold stays; of what was seen only what was read further, or where nobody else told anything
/// since noteSaid(). Errors: tryAgain (what is here is of another incarnation, or it was asked from somewhere else).
[[nodiscard]] Done takeSeen(Writing &writing, AgentId me, const SeenNews &news);
/// A message has become another: it was not seen, where the server has not been told what of its conversation was. What
/// it was told it takes back itself.
void unsee(Writing &writing, AgentId me, ConversationId conversation, MessageId message);
/// The server has it so, but for what is otherwise there.
void noteSeenTold(Writing &writing, AgentId me, const SeenWork &work,
                  const QHash<ConversationId, MessageId> &otherwise);

} // namespace Earshot
