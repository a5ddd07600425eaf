// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"
#include "workspace/workspace.h"

namespace Earshot {

/// Binds what a view is to a statement that stores it in `shared_view` or `own_view`.
void bindView(Statement &statement, const ViewContent &view);
/// Reads the columns that list_shared_views.sql gives.
[[nodiscard]] ViewRecord readView(Statement &row);
/// By their uuids. What fails stays in the database: the task is to fail with it.
[[nodiscard]] QHash<QString, ViewRecord> ownViews(Database &database, AgentId agent);

/// Counts the next few thousand conversations for a view that is not counted to its end; on the writer thread. Exact
/// whatever changes meanwhile: what is counted already is followed by triggers.
/// @return whether there is more to count
/// @param rows how many; reading the usual number takes a few milliseconds
[[nodiscard]] bool countViewSlice(Writing &writing, int rows = 1000);

} // namespace Earshot
