// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/queries.h"

namespace Earshot {

/// What the journal tells one agent of, who did none of it: what others assigned to them, notes that mention them,
/// what they themselves sent and that did not go out, or that others took back.
struct JournalNews
{
    struct Line
    {
        JournalRecord journal;
        ConversationRecord conversation;
        QString note;                  ///< that mentions the agent
        Effect effect = Effect::reply; ///< that is in trouble
    };
    qint64 last = 0;       ///< the newest line of the record
    QList<Line> lines;     ///< oldest first
    QList<qint64> waiting; ///< lines whose conversation is not here, newest first; at most 200
};

/// @param last the line up to which all is told; below 0 = nothing is told, only where the journal stands. Costs what
/// was done since, and no more than 200 lines that are for the agent. @param waiting what the reading before could not
/// tell: it is told as soon as its conversation is here, which a synchronisation brings last. Errors: those of reading.
[[nodiscard]] Result<JournalNews> loadJournalNews(Database &database, qint64 last, AgentId me, Time now,
                                                  const QList<qint64> &waiting = {});

[[nodiscard]] bool isDeliveryTrouble(const QString &kind);

/// Whether something that was to be sent was taken back by this.
[[nodiscard]] bool isTakenBack(const JournalRecord &line);

/// Whether the message of a line is a reply that this agent sent, or wanted to.
[[nodiscard]] bool isReplyOf(Database &database, const JournalRecord &line, AgentId agent);

} // namespace Earshot
