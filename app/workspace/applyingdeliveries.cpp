// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is to be sent: replies and their parts, likes and the like, and where sending stops.

#include "model/htmltext.h"
#include "workspace/applier.h"
#include "workspace/deliverystore.h"
#include "workspace/journal.h"
#include "workspace/messagestore.h"

#include <tuple>

namespace Earshot {

DeliveryId Applier::addDelivery(const QString &name, ChannelId channel, ConversationId conversation, MessageId message,
                                MessageId target, Effect effect, Time heldUntil, Seq basedOn, bool thenResolve)
{
    const bool isHeld = heldUntil > m_writing.now();
    Statement insert = m_writing.statement("insert_delivery");
    insert.bind("id", m_writing.newRowId()).bind("seq", m_writing.nextSeq());
    insert.bind("channel", channel).bind("uuid", name);
    insert.bind("conversation", conversation).bind("message", message).bind("target", target).bind("effect", effect);
    insert.bind("state", isHeld ? DeliveryState::held : DeliveryState::queued).bind("agent", m_party.agent.id);
    insert.bind("device", m_party.device).bind("based_on", basedOn).bind("held_until", heldUntil);
    insert.bind("created_at", m_writing.now()).bind("queued_at", isHeld ? heldUntil : m_writing.now());
    insert.bind("then_resolve", thenResolve).run();
    m_writing.notice().hasDeliveries = true;
    return DeliveryId(m_writing.database().lastInsertId());
}

void Applier::operator()(const Change::NewReply &change)
{
    auto [message, delivery] = addReply(change, 0, change.target, DeliveryId());
    storeOutgoingMedia(m_writing, message, change.reply.media);
    m_created = delivery.value;
    for (qsizetype part = 1; part <= change.reply.furtherParts.size(); ++part)
        std::tie(message, delivery) = addReply(change, part, message, delivery);
}

std::pair<MessageId, DeliveryId> Applier::addReply(const Change::NewReply &change, qsizetype part, MessageId target,
                                                   DeliveryId after)
{
    const Act::SendReply &wish = change.reply;
    NewMessage reply;
    reply.conversation = wish.conversation;
    reply.kind = MessageKind::reply;
    reply.agent = m_party.agent.id;
    // The action names the first one; the others' names follow from it.
    reply.uuid =
        part == 0 ? uuid() : QUuid::createUuidV5(m_action.id, QString::number(part)).toString(QUuid::WithoutBraces);
    reply.text = part == 0 ? wish.text : wish.furtherParts.at(part - 1);
    reply.contentWarning = wish.contentWarning;
    reply.language = wish.language;
    reply.visibility = change.visibility;
    reply.target = target;
    const MessageId id = storeOwnMessage(m_writing, reply);
    movePublicSeq(m_writing, wish.conversation, m_party.device);
    const DeliveryId delivery =
        addDelivery(reply.uuid, channelOfConversation(m_writing, wish.conversation), wish.conversation, id, target,
                    Effect::reply, change.heldUntil, change.basedOn, wish.thenResolve);
    storeWish(delivery, wish, after);
    return {id, delivery};
}

void Applier::storeWish(DeliveryId delivery, const Act::SendReply &wish, DeliveryId after)
{
    if (wish.leftOut.isEmpty() && !wish.mayWiden && !after.isValid())
        return;
    const QString leftOut = wish.leftOut.join(QLatin1Char('\n'));
    Statement update = m_writing.statement("update_delivery_left_out");
    update.bind("id", delivery).bind("left_out", leftOut).run();
    Statement insert = m_writing.statement("insert_delivery_wish");
    insert.bind("delivery", delivery).bind("left_out", leftOut);
    insert.bind("may_widen", wish.mayWiden).bind("after_delivery", after).run();
}

void Applier::cancelPartsAfter(DeliveryId delivery)
{
    QList<DeliveryId> waiting;
    {
        Statement find = m_writing.statement("select_parts_after");
        find.bind("delivery", delivery);
        while (find.next()) {
            DeliveryId id;
            DeliveryState state = DeliveryState::none;
            find >> id >> state;
            if (state == DeliveryState::held || state == DeliveryState::queued || state == DeliveryState::failed)
                waiting.append(id);
        }
    }
    for (const DeliveryId id : std::as_const(waiting)) {
        DeliveryChange step;
        step.delivery = id;
        step.state = DeliveryState::cancelled;
        storeDelivery(m_writing, step);
    }
}

/// What was to be answered with a reply that is taken back, still is.
void Applier::leaveUnanswered(DeliveryId delivery)
{
    ConversationId conversation;
    Effect effect = Effect::reply;
    {
        Statement find = m_writing.statement("select_delivery_facts");
        if (!find.bind("id", delivery).next())
            return;
        DeliveryId id;
        MessageId message;
        ChannelId channel;
        find >> id >> conversation >> message >> channel >> effect;
    }
    if (effect == Effect::reply)
        readLastWord(m_writing, conversation);
}

void Applier::operator()(const Change::NewEffect &change)
{
    m_created = addDelivery(uuid(), channelOfConversation(m_writing, change.conversation), change.conversation,
                            change.message, change.message, change.effect, change.heldUntil, 0, false)
                    .value;
    m_writing.notice().conversations.insert(change.conversation);
}

void Applier::operator()(const Change::DeliveryStep &change)
{
    DeliveryChange step;
    step.delivery = change.delivery;
    step.state = change.state;
    step.heldUntil = change.heldUntil;
    step.queuedAt = change.state == DeliveryState::queued ? m_writing.now() : Time();
    step.basedOn = change.basedOn;
    if (change.state == DeliveryState::queued)
        step.attempts = 0;
    storeDelivery(m_writing, step);
    if (change.state == DeliveryState::cancelled) {
        cancelPartsAfter(change.delivery);
        leaveUnanswered(change.delivery);
    }
    m_created = change.delivery.value;
}

void Applier::cancelWaiting(ChannelId channel)
{
    QList<DeliveryId> waiting;
    {
        Statement find = m_writing.statement("select_channel_waiting_deliveries");
        find.bind("channel", channel);
        while (find.next())
            waiting.append(DeliveryId(find.integer(0)));
    }
    for (const DeliveryId id : std::as_const(waiting)) {
        DeliveryChange step;
        step.delivery = id;
        step.state = DeliveryState::failed;
        step.failure = QStringLiteral("channelRemoved");
        storeDelivery(m_writing, step);
    }
}

void Applier::operator()(const Change::SendingPause &change)
{
    {
        Statement update = m_writing.statement("update_channel_paused");
        update.bind("id", change.channel).bind("seq", m_writing.nextSeq());
        update.bind("by", change.isPaused ? m_party.agent.id : AgentId()).bind("reason", change.reason).run();
    }
    m_writing.notice().hasChannels = true;
}

} // namespace Earshot
