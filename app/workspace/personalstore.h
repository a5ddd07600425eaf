// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"
#include "workspace/workspace.h"

namespace Earshot {

// What one agent has read, and its own views. Each change has a number of its own, by which it follows to the agent's
// other machines; of drafts see tolddraft.h. On the writer thread, inside one writing task.

/// The last of as many new ones.
[[nodiscard]] qint64 nextPersonalVersion(Writing &writing, AgentId agent, int count = 1);
/// 0 = there was never any.
[[nodiscard]] qint64 personalVersion(Database &database, AgentId agent);

void storeSeen(Writing &writing, AgentId agent, ConversationId conversation, MessageId newest);
/// Keeps or drops a view of the agent's own. What makes no sense is not kept.
void storeOwnView(Writing &writing, AgentId agent, const QString &uuid, const std::optional<ViewRecord> &view);

/// Whether the agent has begun to write there: more than an empty editor.
[[nodiscard]] bool hasDraft(Database &database, AgentId agent, ConversationId conversation);
/// Drafts of a conversation were changed: lists hear of it where that has begun or ended. @param had hasDraft() before
void noteDrafts(Writing &writing, AgentId agent, ConversationId conversation, bool had);

/// Whoever has seen this message has not seen what it says now.
void makeUnseen(Writing &writing, ConversationId conversation, MessageId message);

} // namespace Earshot
