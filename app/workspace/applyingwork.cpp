// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is done with conversations: their state, tags, notes, contacts.

#include "workspace/applier.h"
#include "workspace/messagestore.h"

namespace Earshot {

void Applier::operator()(const Change::Work &change)
{
    Statement update = m_writing.statement("update_conversation_work");
    update.bind("id", change.conversation).bind("seq", m_writing.nextSeq()).bind("by", m_party.agent.id);
    update.bind("has_status", change.status.has_value()).bind("status", change.status.value_or(Status::open));
    update.bind("reason", change.reason).bind("duplicate_of", change.duplicateOf);
    update.bind("snoozed_until", change.snoozedUntil);
    update.bind("has_assignee", change.assignee.has_value()).bind("assignee", change.assignee.value_or(AgentId()));
    update.bind("has_priority", change.priority.has_value())
        .bind("priority", change.priority.value_or(Priority::normal));
    update.run();
    m_writing.notice().conversations.insert(change.conversation);
}

TagId Applier::tagNamed(const QString &name)
{
    {
        Statement find = m_writing.statement("select_tag_by_name");
        if (find.bind("name", name).next())
            return TagId(find.integer(0));
    }
    Statement insert = m_writing.statement("insert_tag");
    insert.bind("id", m_writing.newRowId()).bind("seq", m_writing.nextSeq());
    insert.bind("uuid", uuid()).bind("name", name).run();
    m_writing.notice().hasChannels = true;
    return TagId(m_writing.database().lastInsertId());
}

void Applier::operator()(const Change::Tagging &change)
{
    const TagId tag = tagNamed(change.tag);
    if (change.isAdded) {
        Statement insert = m_writing.statement("insert_conversation_tag");
        insert.bind("id", m_writing.newRowId()).bind("seq", m_writing.nextSeq());
        insert.bind("conversation", change.conversation).bind("tag", tag).run();
    } else {
        removeRows(m_writing, "select_conversation_tag", "delete_conversation_tag", "conversation_tag",
                   {{"conversation", change.conversation.value}, {"tag", tag.value}});
    }
    // The row itself is what lists show: its number moves with its tags.
    Statement touch = m_writing.statement("update_conversation_seq");
    touch.bind("id", change.conversation).bind("seq", m_writing.nextSeq()).run();
    m_writing.notice().conversations.insert(change.conversation);
}

void Applier::storeMentions(MessageId message, ConversationId conversation, const QList<AgentId> &agents)
{
    for (const AgentId agent : agents) {
        Statement insert = m_writing.statement("insert_note_mention");
        insert.bind("id", m_writing.newRowId()).bind("seq", m_writing.nextSeq());
        insert.bind("message", message).bind("conversation", conversation);
        insert.bind("agent", agent).run();
    }
}

void Applier::operator()(const Change::NewNote &change)
{
    NewMessage note;
    note.conversation = change.conversation;
    note.kind = MessageKind::note;
    note.agent = m_party.agent.id;
    note.uuid = uuid();
    note.text = change.text;
    const MessageId id = storeOwnMessage(m_writing, note);
    storeMentions(id, change.conversation, change.mentions);
    m_created = id.value;
}

void Applier::operator()(const Change::NoteText &change)
{
    const ConversationId conversation = replaceText(m_writing, change.message, change.text, m_writing.now());
    storeMentions(change.message, conversation, change.mentions);
}

void Applier::operator()(const Change::ContactMerge &change)
{
    Statement update = m_writing.statement("update_contact_merged");
    update.bind("id", change.contact).bind("seq", m_writing.nextSeq()).bind("into", change.into).run();
    m_writing.notice().hasChannels = true;
}

} // namespace Earshot
