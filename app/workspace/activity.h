// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/queries.h"

namespace Earshot {

/// How much went on in a list.
struct Activity
{
    QList<int> counts;   ///< of conversations whose newest message is of that day; one for each day asked for
    bool isWhole = true; ///< false = there were more than are looked through: the first days may be short of some
    bool operator==(const Activity &) const = default;
};

/// Walks a list from its newest end, through at most `mostLooked` conversations.
/// @param days when each begins; rising, at least one
/// @param query `after`, `limit`, `order` and `isGrouped` are ours
[[nodiscard]] Result<Activity> activityOf(Database &database, const ListQuery &query, const QList<Time> &days);
constexpr int mostLooked = 20'000;

} // namespace Earshot
