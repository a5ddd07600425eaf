// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/textfind.h"
#include "workspace/queries.h"

#include <QUuid>

#include <algorithm>
#include <limits>

namespace Earshot {

namespace {

/// Of others in a thread at least so many are looked through, however few messages are wanted.
constexpr int leastConversations = 500;
constexpr qint64 newest = std::numeric_limits<qint64>::max();

QStringList linesOf(const QString &text)
{
    return text.split(u'\n', Qt::SkipEmptyParts);
}

MessageRecord messageFrom(Statement &row)
{
    MessageRecord m;
    QString mentions;
    row >> m.id >> m.conversation >> m.channel >> m.kind >> m.identity >> m.authorName >> m.authorHandle >> m.authorUrl;
    row >> m.agent >> m.agentName >> m.uri >> m.remoteId >> m.url >> m.parentUri;
    row >> m.sortAt >> m.sentAt >> m.arrivedAt >> m.editedAt >> m.text >> m.contentWarning >> m.language;
    row >> m.visibility >> m.presence >> m.moderation >> m.rating >> mentions >> m.isLiked >> m.isBoosted;
    row >> m.createdSeq;
    m.mentions = linesOf(mentions);
    return m;
}

DeliveryRecord deliveryFrom(Statement &row)
{
    DeliveryRecord d;
    row >> d.id >> d.conversation >> d.conversationNumber >> d.message >> d.channel >> d.effect >> d.state >> d.agent;
    row >> d.heldUntil >> d.retryAt >> d.createdAt >> d.attempts >> d.failure >> d.failureDetail >> d.text >> d.basedOn;
    return d;
}

JournalRecord journalFrom(Statement &row)
{
    JournalRecord j;
    row >> j.id >> j.at >> j.agent >> j.agentName >> j.kind >> j.conversation >> j.conversationNumber >> j.channel;
    row >> j.message >> j.before >> j.after >> j.action;
    return j;
}

/// What belongs to a message and lies in tables of its own.
void readParts(Database &database, MessageRecord &message)
{
    {
        Statement versions = database.statement("select_older_texts");
        versions.bind("message", message.id);
        while (versions.next())
            message.olderTexts.append(versions.text(0));
    }
    {
        Statement media = database.statement("select_timeline_media");
        media.bind("message", message.id);
        while (media.next()) {
            MediaRecord m;
            media >> m.hash >> m.remoteUrl >> m.type >> m.description >> m.width >> m.height >> m.sentWidth >>
                m.sentHeight;
            message.media.append(m);
        }
    }
    if (message.kind != MessageKind::reply)
        return;
    Statement delivery = database.statement("select_message_delivery");
    if (delivery.bind("message", message.id).next())
        message.delivery = deliveryFrom(delivery);
}

void readParts(Database &database, QList<MessageRecord> &messages)
{
    for (MessageRecord &message : messages)
        readParts(database, message);
}

/// What follows on what is known only where they are sent; elsewhere the parts' names follow from the first one's.
QStringList partsByName(Database &database, DeliveryId id)
{
    QUuid first;
    {
        Statement find = database.statement("select_delivery_uuid");
        if (find.bind("id", id).next())
            first = QUuid::fromString(find.text(0));
    }
    QStringList texts;
    while (!first.isNull()) {
        const QUuid part = QUuid::createUuidV5(first, QString::number(texts.size() + 1));
        Statement find = database.statement("select_text_by_uuid");
        if (!find.bind("uuid", part.toString(QUuid::WithoutBraces)).next())
            break;
        texts.append(find.text(0));
    }
    return texts;
}

} // namespace

Result<QList<MessageRecord>> loadMessages(Database &database, const TimelineQuery &query)
{
    QList<MessageRecord> messages;
    {
        Statement rows = database.statement("select_messages");
        rows.bind("conversation", query.conversation).bind("limit", query.limit);
        rows.bind("at", query.before ? toMs(query.before->at) : newest);
        rows.bind("id", query.before ? query.before->id.value : newest);
        while (rows.next())
            messages.append(messageFrom(rows));
    }
    std::reverse(messages.begin(), messages.end());
    readParts(database, messages);
    return database.result(messages);
}

Result<QList<MessageRecord>> loadMessagesById(Database &database, const QList<MessageId> &ids)
{
    QList<MessageRecord> messages;
    messages.reserve(ids.size());
    for (const MessageId id : ids) {
        Statement row = database.statement("select_message");
        if (row.bind("id", id).next())
            messages.append(messageFrom(row));
    }
    readParts(database, messages);
    return database.result(messages);
}

Result<QList<MessageId>> findInConversation(Database &database, ConversationId conversation, const QString &text)
{
    QList<MessageId> found;
    Statement rows = database.statement("select_conversation_texts");
    rows.bind("conversation", conversation);
    while (rows.next()) {
        MessageId id;
        QString body;
        QString warning;
        rows >> id >> body >> warning;
        if (!findFolded(body, text).isEmpty() || !findFolded(warning, text).isEmpty())
            found.append(id);
    }
    return database.result(found);
}

Result<QList<MessageRecord>> loadThreadContext(Database &database, ConversationId conversation, int limit)
{
    QList<MessageId> ids;
    {
        Statement rows = database.statement("list_thread_context");
        rows.bind("conversation", conversation).bind("limit", limit);
        rows.bind("conversations", std::max(limit, leastConversations));
        while (rows.next())
            ids.prepend(MessageId(rows.integer(0)));
    }
    return loadMessagesById(database, ids);
}

Result<ThreadSize> loadThreadSize(Database &database, ConversationId conversation)
{
    ThreadSize size;
    Statement row = database.statement("select_thread_size");
    if (row.bind("conversation", conversation).next())
        row >> size.messages >> size.first;
    return database.result(size);
}

Result<QStringList> loadFurtherParts(Database &database, DeliveryId id)
{
    QStringList texts;
    {
        Statement rows = database.statement("select_parts_after");
        rows.bind("delivery", id);
        while (rows.next())
            texts.append(rows.text(2));
    }
    if (texts.isEmpty())
        texts = partsByName(database, id);
    return database.result(texts);
}

Result<QList<TwinRecord>> loadTwins(Database &database, MessageId message)
{
    QList<TwinRecord> twins;
    Statement rows = database.statement("list_twins");
    rows.bind("message", message);
    while (rows.next()) {
        TwinRecord twin;
        rows >> twin.conversation >> twin.number >> twin.channel >> twin.channelName >> twin.isAnswered;
        twins.append(twin);
    }
    return database.result(twins);
}

Result<QList<JournalRecord>> loadEvents(Database &database, ConversationId conversation, int limit)
{
    QList<JournalRecord> events;
    Statement rows = database.statement("select_events");
    rows.bind("conversation", conversation).bind("limit", limit);
    while (rows.next())
        events.append(journalFrom(rows));
    std::reverse(events.begin(), events.end());
    return database.result(events);
}

Result<QList<JournalRecord>> loadJournal(Database &database, qint64 beforeId, int limit)
{
    QList<JournalRecord> lines;
    Statement rows = database.statement("select_journal");
    rows.bind("before", beforeId == 0 ? newest : beforeId).bind("limit", limit);
    while (rows.next()) {
        lines.append(journalFrom(rows));
        rows >> lines.last().channelName;
    }
    return database.result(lines);
}

Result<QList<JournalRecord>> loadJournalAbout(Database &database, AgentId agent, qint64 since, Time after, int limit)
{
    QList<JournalRecord> lines;
    Statement rows = database.statement("select_journal_about");
    rows.bind("agent", agent).bind("since", since).bind("ahead", firstForecastId).bind("limit", limit);
    rows.bind("after", isKnown(after) ? toMs(after) : std::numeric_limits<qint64>::min());
    rows.bind("effect", Effect::reply);
    while (rows.next())
        lines.append(journalFrom(rows));
    return database.result(lines);
}

Result<QList<DeliveryRecord>> loadOutbox(Database &database)
{
    QList<DeliveryRecord> deliveries;
    Statement rows = database.statement("select_outbox");
    while (rows.next())
        deliveries.append(deliveryFrom(rows));
    return database.result(deliveries);
}

Result<QList<DeliveryRecord>> loadEffects(Database &database, ChannelId channel)
{
    QList<DeliveryRecord> effects;
    Statement rows = database.statement("select_channel_effects");
    rows.bind("channel", channel);
    while (rows.next())
        effects.append(deliveryFrom(rows));
    return database.result(effects);
}

Result<std::optional<DeliveryRecord>> loadDelivery(Database &database, DeliveryId id)
{
    std::optional<DeliveryRecord> delivery;
    Statement row = database.statement("select_delivery");
    if (row.bind("id", id).next())
        delivery = deliveryFrom(row);
    return database.result(delivery);
}

} // namespace Earshot
