// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/queries.h"

namespace Earshot {

Result<MessageId> loadSeenMessage(Database &database, AgentId me, ConversationId conversation)
{
    MessageId newest;
    Statement row = database.statement("select_seen");
    row.bind("me", me).bind("conversation", conversation);
    if (row.next())
        row >> newest;
    return database.result(newest);
}

} // namespace Earshot
