// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/writtenreply.h"

namespace Earshot {

namespace {

QStringList loadLeftOut(Database &database, DeliveryId delivery)
{
    Statement find = database.statement("select_delivery_left_out");
    return find.bind("id", delivery).next() ? find.text(0).split(u'\n', Qt::SkipEmptyParts) : QStringList();
}

} // namespace

Result<WrittenReply> loadWrittenReply(Database &database, DeliveryId delivery)
{
    MessageId message;
    MessageId target;
    {
        Statement find = database.statement("select_delivery_facts");
        if (!find.bind("id", delivery).next())
            return fail(ErrorKind::notFound);
        DeliveryId id;
        ConversationId conversation;
        ChannelId channel;
        Effect effect = Effect::reply;
        DeliveryState state = DeliveryState::none;
        AgentId agent;
        Seq basedOn = 0;
        find >> id >> conversation >> message >> channel >> effect >> state >> agent >> basedOn >> target;
    }
    const auto messages = loadMessagesById(database, {message, target});
    const auto parts = loadFurtherParts(database, delivery);
    if (!messages || !parts)
        return tl::unexpected(messages ? parts.error() : messages.error());
    WrittenReply written;
    for (const MessageRecord &one : *messages) {
        if (one.id == message)
            written.message = one;
        else
            written.target = one;
    }
    for (const QString &part : *parts)
        written.message.text += QStringLiteral("\n\n") + part;
    written.leftOut = loadLeftOut(database, delivery);
    return database.result(written);
}

} // namespace Earshot
