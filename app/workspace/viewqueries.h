// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/queries.h"

namespace Earshot {

// Parts of listConversations() and countViews(): everybody else calls those.

/// What a filter selects, newest first by pages, or whole in another order.
[[nodiscard]] Result<QList<ListEntry>> listView(Database &database, const ListQuery &query);
/// Fills `counts.views`.
void countMadeViews(Database &database, AgentId me, Time now, ViewCounts &counts);

} // namespace Earshot
