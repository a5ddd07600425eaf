// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/messagestore.h"

#include "model/htmltext.h"

#include <QCryptographicHash>
#include <QtEndian>

namespace Earshot {

namespace {

constexpr qsizetype snippetLength = 160;

qint64 takeCounter(Writing &writing, const QString &name, qint64 step)
{
    const qint64 value = writing.meta(name).toLongLong() + step;
    writing.setMeta(name, QString::number(value));
    return value;
}

QString uriOf(Writing &writing, MessageId message)
{
    Statement find = writing.statement("select_message_uri");
    return find.bind("id", message).next() ? find.text(0) : QString();
}

/// How a conversation stands by its messages.
struct LastWord
{
    QString text;
    Time at;
    Time waitingSince; ///< the contact's first message that nobody has answered; not known = none
};

std::optional<LastWord> findLastWord(Writing &writing, ConversationId conversation)
{
    std::optional<LastWord> newest;
    std::optional<LastWord> newestLive;
    Statement find = writing.statement("list_public_messages_newest");
    find.bind("conversation", conversation);
    while (find.next()) {
        MessageKind kind = MessageKind::inbound;
        Presence presence = Presence::live;
        LastWord word;
        find >> kind >> word.at >> presence >> word.text;
        if (!newest)
            newest = word;
        if (presence != Presence::live)
            continue;
        if (!newestLive)
            newestLive = word;
        if (kind == MessageKind::reply)
            break;
        newestLive->waitingSince = word.at;
    }
    return newestLive ? newestLive : newest;
}

} // namespace

MessageId nextLiveMessageId(Writing &writing)
{
    if (writing.isForecasting())
        return MessageId(writing.newRowId().value);
    return MessageId(takeCounter(writing, QStringLiteral("message_high"), 1));
}

MessageId takeBackfillBlock(Writing &writing, qint64 count)
{
    return MessageId(takeCounter(writing, QStringLiteral("message_low"), -count));
}

qint64 uriKey(const QString &uri)
{
    const QByteArray hash = QCryptographicHash::hash(uri.toUtf8(), QCryptographicHash::Blake2b_256);
    return qFromBigEndian<qint64>(hash.constData());
}

QString snippetOf(const QString &text)
{
    return cleanLine(text, snippetLength);
}

ChannelId channelOfConversation(Writing &writing, ConversationId conversation)
{
    Statement find = writing.statement("select_conversation_channel");
    return find.bind("id", conversation).next() ? ChannelId(find.integer(0)) : ChannelId();
}

MessageId storeOwnMessage(Writing &writing, const NewMessage &message)
{
    const MessageId id = nextLiveMessageId(writing);
    const QString parent = message.target.isValid() ? uriOf(writing, message.target) : QString();
    {
        Statement insert = writing.statement("insert_own_message");
        insert.bind("id", id).bind("seq", writing.nextSeq()).bind("conversation", message.conversation);
        insert.bind("channel", channelOfConversation(writing, message.conversation)).bind("kind", message.kind);
        insert.bind("agent", message.agent).bind("uuid", message.uuid).bind("parent_uri", parent);
        insert.bind("at", writing.now()).bind("text", message.text).bind("content_warning", message.contentWarning);
        insert.bind("language", message.language).bind("visibility", message.visibility).run();
    }
    const bool isReply = message.kind == MessageKind::reply;
    Statement update = writing.statement(isReply ? "update_conversation_own_reply" : "update_conversation_own_message");
    update.bind("id", message.conversation).bind("seq", writing.nextSeq());
    if (isReply)
        update.bind("at", writing.now()).bind("snippet", snippetOf(message.text));
    update.run();
    writing.notice().conversations.insert(message.conversation);
    return id;
}

void readLastWord(Writing &writing, ConversationId conversation)
{
    const auto last = findLastWord(writing, conversation);
    if (!last)
        return;
    Statement update = writing.statement("update_conversation_last_word");
    update.bind("id", conversation).bind("seq", writing.nextSeq()).bind("snippet", snippetOf(last->text));
    update.bind("at", last->at).bind("needs_answer", isKnown(last->waitingSince));
    update.bind("waiting_since", last->waitingSince).run();
    writing.notice().conversations.insert(conversation);
}

void storeOutgoingMedia(Writing &writing, MessageId message, const QList<OutgoingMedia> &media)
{
    int position = 0;
    for (const OutgoingMedia &file : media) {
        Statement insert = writing.statement("insert_media");
        insert.bind("id", writing.newRowId()).bind("seq", writing.nextSeq());
        insert.bind("message", message).bind("position", position++);
        insert.bind("remote_url", QString()).bind("preview_url", QString()).bind("hash", file.hash);
        insert.bind("type", file.type).bind("description", file.description).bind("width", 0).bind("height", 0).run();
    }
}

void storeMedium(Writing &writing, MessageId message, int position, const RemoteMedia &media)
{
    Statement add = writing.statement("insert_media");
    add.bind("id", writing.newRowId()).bind("seq", writing.nextSeq());
    add.bind("message", message).bind("position", position);
    add.bind("remote_url", media.url).bind("preview_url", media.previewUrl).bind("hash", QString());
    add.bind("type", media.type).bind("description", media.description).bind("width", media.width);
    add.bind("height", media.height).run();
}

ConversationId replaceText(Writing &writing, MessageId message, const QString &text, Time editedAt)
{
    {
        Statement version = writing.statement("insert_message_version");
        version.bind("id", writing.newRowId()).bind("seq", writing.nextSeq());
        version.bind("message", message).bind("at", writing.now()).run();
    }
    {
        Statement update = writing.statement("update_message_text");
        update.bind("id", message).bind("seq", writing.nextSeq()).bind("at", editedAt).bind("text", text).run();
    }
    Statement find = writing.statement("select_message_conversation");
    const ConversationId conversation =
        find.bind("id", message).next() ? ConversationId(find.integer(0)) : ConversationId();
    if (conversation.isValid())
        writing.notice().conversations.insert(conversation);
    return conversation;
}

void removeRows(Writing &writing, const char *select, const char *remove, const char *table,
                const QList<std::pair<const char *, qint64>> &keys)
{
    QList<std::pair<qint64, ChannelId>> rows;
    {
        Statement find = writing.statement(select);
        for (const auto &[name, value] : keys)
            find.bind(name, value);
        while (find.next()) {
            std::pair<qint64, ChannelId> row;
            find >> row.first >> row.second;
            rows.append(row);
        }
    }
    for (const auto &[id, channel] : std::as_const(rows)) {
        {
            Statement gone = writing.statement(remove);
            gone.bind("id", id).run();
        }
        // Nobody follows what is not so yet.
        if (writing.isForecasting())
            continue;
        Statement tombstone = writing.statement("insert_tombstone");
        tombstone.bind("seq", writing.nextSeq()).bind("channel", channel).bind("name", QString::fromLatin1(table));
        tombstone.bind("row", id).bind("at", writing.now()).run();
    }
}

void moveParts(Writing &writing, MessageId message)
{
    struct Part
    {
        const char *select;
        const char *touch;
    };
    for (const Part &part :
         {Part{"select_message_media", "touch_media"}, Part{"select_message_versions", "touch_message_version"}}) {
        QList<qint64> ids;
        {
            Statement find = writing.statement(part.select);
            find.bind("message", message);
            while (find.next())
                ids.append(find.integer(0));
        }
        for (const qint64 id : std::as_const(ids)) {
            Statement touch = writing.statement(part.touch);
            touch.bind("id", id).bind("seq", writing.nextSeq()).run();
        }
    }
}

} // namespace Earshot
