// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/activity.h"

#include <algorithm>

namespace Earshot {

Result<Activity> activityOf(Database &database, const ListQuery &query, const QList<Time> &days)
{
    constexpr int pageSize = 2000;
    Activity activity;
    activity.counts.resize(days.size());
    ListQuery page = query;
    page.order = ListOrder::newest;
    page.isGrouped = false;
    page.limit = pageSize;
    page.after.reset();
    for (int looked = 0; looked < mostLooked; looked += pageSize) {
        const auto entries = listConversations(database, page);
        if (!entries)
            return tl::unexpected(entries.error());
        for (const ListEntry &entry : *entries) {
            const auto next = std::upper_bound(days.cbegin(), days.cend(), entry.at);
            if (next == days.cbegin())
                return activity;
            ++activity.counts[next - days.cbegin() - 1];
        }
        if (entries->size() < pageSize)
            return activity;
        page.after = ListPlace{entries->constLast().at, entries->constLast().id};
    }
    activity.isWhole = false;
    return activity;
}

} // namespace Earshot
