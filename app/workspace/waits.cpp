// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/waits.h"

#include "model/deliveryrules.h"
#include "workspace/attempts.h"
#include "workspace/deliverystore.h"
#include "workspace/settingstore.h"

namespace Earshot {

int shortenWaits(Writing &writing, ChannelId channel)
{
    const Time now = writing.now();
    const Duration window = loadSettings(writing.database()).undoWindow();
    const FarthestWaits farthest = farthestWaits(now, window);
    {
        Statement update = writing.statement("update_far_deadlines");
        update.bind("channel", channel).bind("deadline_at", now + longestAttempt);
        update.bind("farthest", farthest.deadline).run();
    }
    QList<DeliveryChange> changes;
    {
        Statement find = writing.statement("select_far_waits");
        find.bind("channel", channel).bind("retry_at", farthest.retryAt).bind("held_until", farthest.heldUntil);
        while (find.next()) {
            DeliveryChange change;
            Time heldUntil;
            find >> change.delivery >> change.state >> heldUntil >> change.retryAt >> change.failure >>
                change.failureDetail;
            if (change.state == DeliveryState::held && heldUntil > farthest.heldUntil)
                change.heldUntil = change.queuedAt = now + window;
            if (change.retryAt > farthest.retryAt)
                change.retryAt = now + backOff(1);
            changes.append(change);
        }
    }
    for (const DeliveryChange &change : std::as_const(changes))
        storeDelivery(writing, change);
    return int(changes.size());
}

} // namespace Earshot
