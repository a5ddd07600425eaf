// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/otherwish.h"

#include "model/deliveryrules.h"

namespace Earshot {

namespace {

/// @param wish none = all are of the same
std::optional<OtherWish> firstOfOthers(Statement &rows, const QStringList &devices, const Act::PerformEffect *wish)
{
    while (rows.next()) {
        OtherWish other;
        QString device;
        rows >> other.seq >> other.by >> device >> other.what;
        const auto effect = wish ? fromWord<Effect>(other.what) : std::nullopt;
        const bool isSame = !wish || (effect && isSameMatter(*effect, wish->effect));
        if (isSame && !devices.contains(device))
            return other;
    }
    return std::nullopt;
}

DeliveryId triedOrTakenBack(const ActionArguments &arguments)
{
    if (const auto *cancel = std::get_if<Act::CancelDelivery>(&arguments))
        return cancel->delivery;
    const auto *retry = std::get_if<Act::RetryDelivery>(&arguments);
    return retry ? retry->delivery : DeliveryId();
}

} // namespace

std::optional<OtherWish> loadOtherWish(Database &database, const Action &action, const QStringList &devices)
{
    if (action.basedOn == 0)
        return std::nullopt;
    const QString kind = kindOf(action.arguments);
    if (const auto *duty = std::get_if<Act::SetDuty>(&action.arguments)) {
        Statement rows = database.statement("list_duty_set_since");
        rows.bind("agent", duty->agent).bind("kind", kind).bind("since", action.basedOn);
        return firstOfOthers(rows, devices, nullptr);
    }
    if (const DeliveryId delivery = triedOrTakenBack(action.arguments); delivery.isValid()) {
        Statement rows = database.statement("list_delivery_retried_since");
        rows.bind("delivery", delivery).bind("kind", kindOf(Act::RetryDelivery{delivery}));
        rows.bind("since", action.basedOn);
        return firstOfOthers(rows, devices, nullptr);
    }
    const auto *wish = std::get_if<Act::PerformEffect>(&action.arguments);
    if (!wish)
        return std::nullopt;
    Statement rows = database.statement("list_effects_wished_since");
    rows.bind("message", wish->message).bind("kind", kind).bind("since", action.basedOn);
    return firstOfOthers(rows, devices, wish);
}

} // namespace Earshot
