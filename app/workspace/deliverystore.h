// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/deliveryrules.h"
#include "workspace/workspace.h"

namespace Earshot {

/// What changes of a delivery together with its state.
struct DeliveryChange
{
    DeliveryId delivery;
    DeliveryState state = DeliveryState::held;
    QString failure;
    QString failureDetail;
    Time heldUntil; ///< kept when not known
    Time queuedAt;  ///< kept when not known
    Time retryAt;
    std::optional<Seq> basedOn;
    std::optional<int> attempts;
    QString digest; ///< kept when empty
};

/// Stores a delivery's new state, keeps its conversation's count of troubles right and names both in the notice.
void storeDelivery(Writing &writing, const DeliveryChange &change);

/// Every delivery that waits or is on its way becomes unsure: this file may have a twin that sends it as well.
void makeWaitingUnsure(Writing &writing, const QString &failure);

} // namespace Earshot
