// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/deliverystore.h"

namespace Earshot {

namespace {

void countTrouble(Writing &writing, ConversationId conversation)
{
    Statement update = writing.statement("update_conversation_trouble");
    update.bind("id", conversation).bind("seq", writing.nextSeq()).run();
    writing.notice().conversations.insert(conversation);
}

} // namespace

void storeDelivery(Writing &writing, const DeliveryChange &change)
{
    ConversationId conversation;
    {
        Statement find = writing.statement("select_delivery_conversation");
        find.bind("id", change.delivery);
        if (!find.next())
            return;
        find >> conversation;
    }
    {
        Statement update = writing.statement("update_delivery_state");
        update.bind("id", change.delivery).bind("seq", writing.nextSeq()).bind("state", change.state);
        update.bind("failure", change.failure).bind("failure_detail", change.failureDetail);
        update.bind("held_until", change.heldUntil).bind("queued_at", change.queuedAt).bind("retry_at", change.retryAt);
        update.bind("based_on", change.basedOn.value_or(-1)).bind("attempts", change.attempts.value_or(-1));
        update.bind("digest", change.digest).run();
    }
    writing.notice().hasDeliveries = true;
    countTrouble(writing, conversation);
}

void makeWaitingUnsure(Writing &writing, const QString &failure)
{
    QList<DeliveryId> waiting;
    {
        Statement find = writing.statement("select_waiting_deliveries");
        while (find.next()) {
            DeliveryId id;
            find >> id;
            waiting.append(id);
        }
    }
    for (const DeliveryId id : std::as_const(waiting)) {
        DeliveryChange change;
        change.delivery = id;
        change.state = DeliveryState::unsure;
        change.failure = failure;
        storeDelivery(writing, change);
    }
}

} // namespace Earshot
