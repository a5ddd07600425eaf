// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/htmltext.h"
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

Result<QList<NoteToMe>> loadNotesToMe(Database &database, AgentId me, const QList<ConversationId> &conversations)
{
    constexpr qsizetype lineLength = 160;
    QList<NoteToMe> notes;
    for (const ConversationId conversation : conversations) {
        Statement row = database.statement("select_note_to_me");
        row.bind("me", me).bind("conversation", conversation);
        if (!row.next())
            continue;
        NoteToMe note;
        note.conversation = conversation;
        row >> note.message >> note.by >> note.text >> note.at >> note.isUnseen;
        note.text = cleanLine(note.text, lineLength);
        notes.append(note);
    }
    return database.result(notes);
}

Result<QList<UnseenPlace>> loadUnseenPlaces(Database &database, AgentId me, const QList<ConversationId> &conversations)
{
    QList<UnseenPlace> places;
    for (const ConversationId conversation : conversations) {
        Statement row = database.statement("select_unseen_place");
        row.bind("me", me).bind("conversation", conversation);
        if (!row.next())
            continue;
        UnseenPlace place{conversation, {}, {}};
        row >> place.seen >> place.before;
        places.append(place);
    }
    return database.result(places);
}

} // namespace Earshot
