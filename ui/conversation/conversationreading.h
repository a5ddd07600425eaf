// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/conversation/timeline.h"
#include "workspace/queries.h"
#include "workspace/workspace.h"

#include <QFuture>

#include <optional>

namespace Earshot {

/// Everything that the pane shows of one conversation, read in one snapshot.
struct ConversationReading
{
    ConversationRecord conversation;
    ChannelRecord channel;
    QList<AgentRecord> agents;
    TimelineContent timeline;
    std::optional<ConversationRecord> original; ///< what this one only repeats, where it is here
    /// The contact's other conversations that are not resolved: the newest of them, and only which the rest are.
    QList<ConversationRecord> others;
    QList<ConversationId> furtherOthers;
    bool hasMoreOthers = false;     ///< than these
    bool hasOnlyOpenOthers = false; ///< none of these waits or is snoozed
    QList<DraftRecord> drafts;
    QList<MessageRecord> answered; ///< by the drafts
    QList<TwinRecord> twins;       ///< of the contact's newest message
    std::optional<NoteToMe> note;  ///< the newest that names who reads
};

/// @param limit how many of the newest messages. Errors: notFound, those of reading.
[[nodiscard]] QFuture<Result<ConversationReading>> readConversation(Workspace &workspace, AgentId me, ConversationId id,
                                                                    int limit);

} // namespace Earshot
