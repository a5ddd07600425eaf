// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/journal.h"

namespace Earshot {

void writeJournal(Writing &writing, const JournalLine &line)
{
    Statement insert = writing.statement("insert_journal");
    insert.bind("id", writing.newRowId()).bind("seq", writing.nextSeq());
    insert.bind("channel", line.channel).bind("at", writing.now());
    if (line.action.isEmpty())
        insert.bindNull("action");
    else
        insert.bind("action", line.action);
    insert.bind("agent", line.agent).bind("device", line.device).bind("number", line.number).bind("kind", line.kind);
    insert.bind("conversation", line.conversation).bind("message", line.message);
    insert.bind("before", line.before).bind("after", line.after).run();
    if (line.conversation.isValid())
        writing.notice().conversations.insert(line.conversation);
}

void movePublicSeq(Writing &writing, ConversationId conversation, const QString &device)
{
    Statement update = writing.statement("update_conversation_public_seq");
    update.bind("id", conversation).bind("seq", writing.nextSeq()).bind("device", device).run();
    writing.notice().conversations.insert(conversation);
}

} // namespace Earshot
