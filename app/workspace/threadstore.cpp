// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/threadstore.h"

#include "model/htmltext.h"
#include "workspace/messagestore.h"

namespace Earshot {

namespace {

ThreadId findThread(Writing &writing, ChannelId channel, const QString &uri)
{
    Statement find = writing.statement("select_thread_by_uri");
    find.bind("channel", channel).bind("uri", uri);
    return find.next() ? ThreadId(find.integer(0)) : ThreadId();
}

ThreadId threadOfMessage(Writing &writing, ChannelId channel, const QString &uri)
{
    if (uri.isEmpty())
        return {};
    Statement find = writing.statement("select_thread_of_message");
    find.bind("channel", channel).bind("uri_key", uriKey(uri)).bind("uri", uri);
    return find.next() ? ThreadId(find.integer(0)) : ThreadId();
}

ThreadId addThread(Writing &writing, ChannelId channel, const QString &uri, const RemoteMessage &message)
{
    Statement insert = writing.statement("insert_thread");
    insert.bind("seq", writing.nextSeq()).bind("channel", channel).bind("uri", uri);
    insert.bind("title", cleanLine(message.threadTitle)).bind("url", message.threadUrl).run();
    return ThreadId(writing.database().lastInsertId());
}

struct Unit
{
    ConversationId conversation;
    IdentityId identity;
};

int nextOrdinal(Writing &writing, ChannelId channel, ThreadId thread, IdentityId identity)
{
    Statement find = writing.statement("select_unit_conversation");
    find.bind("channel", channel).bind("thread", thread).bind("identity", identity);
    return find.next() ? int(find.integer(1)) + 1 : 0;
}

/// Moves everything of `from` into `into`; `from` stays as an alias.
void joinThreads(Writing &writing, ChannelId channel, ThreadId from, ThreadId into)
{
    QList<Unit> units;
    {
        Statement find = writing.statement("select_thread_conversations");
        find.bind("thread", from);
        while (find.next()) {
            Unit unit;
            find >> unit.conversation >> unit.identity;
            units.append(unit);
        }
    }
    for (const Unit &unit : std::as_const(units)) {
        const int ordinal = nextOrdinal(writing, channel, into, unit.identity);
        Statement move = writing.statement("update_conversation_thread");
        move.bind("id", unit.conversation)
            .bind("seq", writing.nextSeq())
            .bind("thread", into)
            .bind("ordinal", ordinal)
            .run();
        writing.notice().conversations.insert(unit.conversation);
    }
    QList<MessageId> context;
    {
        Statement find = writing.statement("select_thread_messages");
        find.bind("thread", from);
        while (find.next())
            context.append(MessageId(find.integer(0)));
    }
    for (const MessageId id : std::as_const(context)) {
        {
            Statement move = writing.statement("update_message_thread");
            move.bind("id", id).bind("seq", writing.nextSeq()).bind("thread", into).run();
        }
        moveParts(writing, id);
    }
    QList<ThreadId> names{from};
    {
        Statement find = writing.statement("select_thread_aliases");
        find.bind("thread", from);
        while (find.next())
            names.append(ThreadId(find.integer(0)));
    }
    for (const ThreadId name : std::as_const(names)) {
        Statement alias = writing.statement("update_thread_alias");
        alias.bind("id", name).bind("seq", writing.nextSeq()).bind("into", into).run();
    }
}

void nameThread(Writing &writing, ThreadId thread, const RemoteMessage &message)
{
    const QString title = cleanLine(message.threadTitle);
    if (title.isEmpty())
        return;
    {
        Statement find = writing.statement("select_thread_title");
        if (!find.bind("id", thread).next() || find.text(0) == title)
            return;
    }
    Statement update = writing.statement("update_thread_title");
    update.bind("id", thread).bind("seq", writing.nextSeq()).bind("title", title).bind("url", message.threadUrl).run();
}

/// Who began a thread does not change: what was told once holds.
void keepWhoseThread(Writing &writing, ThreadId thread, const RemoteMessage &message)
{
    if (!message.isThreadOurs)
        return;
    {
        Statement find = writing.statement("select_thread_ours");
        if (!find.bind("id", thread).next() || find.integer(0) != 0)
            return;
    }
    Statement update = writing.statement("update_thread_ours");
    update.bind("id", thread).bind("seq", writing.nextSeq()).run();
}

/// The rows that a reply's copy, made by a pull, leaves behind.
void removeCopy(Writing &writing, MessageId reply, ChannelId channel, const QString &uri)
{
    MessageId copy;
    ConversationId conversation;
    {
        Statement find = writing.statement("select_message_by_uri");
        find.bind("channel", channel).bind("uri_key", uriKey(uri)).bind("uri", uri);
        if (!find.next())
            return;
        find >> copy >> conversation;
    }
    if (copy == reply)
        return;
    removeRows(writing, "select_message_media", "delete_media", "media", {{"message", copy.value}});
    removeRows(writing, "select_message_versions", "delete_message_version", "message_version",
               {{"message", copy.value}});
    if (conversation.isValid())
        removeRows(writing, "select_message_events", "delete_journal", "journal",
                   {{"conversation", conversation.value}, {"message", copy.value}});
    removeRows(writing, "select_message_row", "delete_message", "message", {{"id", copy.value}});
    if (conversation.isValid()) {
        Statement count = writing.statement("update_conversation_count");
        count.bind("id", conversation).bind("seq", writing.nextSeq()).bind("by", -1).run();
    }
}

} // namespace

ThreadId threadFor(Writing &writing, ChannelId channel, const RemoteMessage &message)
{
    const ThreadId own = findThread(writing, channel, message.uri);
    ThreadId thread;
    if (!message.threadUri.isEmpty()) {
        thread = findThread(writing, channel, message.threadUri);
        if (!thread.isValid())
            thread = threadOfMessage(writing, channel, message.threadUri);
        if (!thread.isValid())
            thread = addThread(writing, channel, message.threadUri, message);
    } else {
        thread = threadOfMessage(writing, channel, message.parentUri);
        if (!thread.isValid())
            thread = own.isValid() ? own : addThread(writing, channel, message.uri, message);
    }
    if (own.isValid() && own != thread)
        joinThreads(writing, channel, own, thread);
    nameThread(writing, thread, message);
    keepWhoseThread(writing, thread, message);
    return thread;
}

IdentityId identityFor(Writing &writing, ChannelId channel, const RemoteAuthor &author)
{
    const QString name = cleanLine(author.name, 120);
    const QString handle = cleanLine(author.handle, 200);
    if (!author.id.isEmpty()) {
        IdentityId id;
        QString oldName;
        QString oldHandle;
        {
            Statement find = writing.statement("select_identity");
            if (find.bind("channel", channel).bind("remote_id", author.id).next())
                find >> id >> oldName >> oldHandle;
        }
        if (id.isValid() && oldName == name && oldHandle == handle)
            return id;
        if (id.isValid()) {
            Statement update = writing.statement("update_identity");
            update.bind("id", id).bind("seq", writing.nextSeq()).bind("name", name).bind("handle", handle);
            update.bind("url", author.url).run();
            return id;
        }
    }
    {
        Statement contact = writing.statement("insert_contact");
        contact.bind("seq", writing.nextSeq()).bind("channel", channel).run();
    }
    const ContactId contact(writing.database().lastInsertId());
    Statement insert = writing.statement("insert_identity");
    insert.bind("seq", writing.nextSeq())
        .bind("channel", channel)
        .bind("contact", contact)
        .bind("remote_id", author.id);
    insert.bind("handle", handle).bind("name", name).bind("url", author.url).run();
    return IdentityId(writing.database().lastInsertId());
}

ConversationId conversationAnswered(Writing &writing, ChannelId channel, const QString &parentUri, ThreadId thread)
{
    if (!parentUri.isEmpty()) {
        Statement find = writing.statement("select_message_by_uri");
        find.bind("channel", channel).bind("uri_key", uriKey(parentUri)).bind("uri", parentUri);
        if (find.next() && find.integer(1) != 0)
            return ConversationId(find.integer(1));
    }
    Statement find = writing.statement("select_newest_thread_conversation");
    return !parentUri.isEmpty() && find.bind("thread", thread).next() ? ConversationId(find.integer(0))
                                                                      : ConversationId();
}

void bindReply(Writing &writing, MessageId reply, const Delivered &delivered)
{
    if (delivered.uri.isEmpty())
        return;
    ChannelId channel;
    {
        Statement find = writing.statement("select_message_channel");
        if (!find.bind("id", reply).next())
            return;
        find >> channel;
    }
    removeCopy(writing, reply, channel, delivered.uri);
    Statement update = writing.statement("update_message_delivered");
    update.bind("id", reply).bind("seq", writing.nextSeq()).bind("uri_key", uriKey(delivered.uri));
    update.bind("uri", delivered.uri).bind("remote_id", delivered.remoteId).bind("url", delivered.url);
    update.bind("moderation", delivered.moderation).run();
    for (const ScaledMedium &medium : delivered.scaled) {
        Statement scaled = writing.statement("update_media_scaled");
        scaled.bind("message", reply).bind("position", medium.position).bind("seq", writing.nextSeq());
        scaled.bind("width", medium.width).bind("height", medium.height).run();
    }
}

} // namespace Earshot
