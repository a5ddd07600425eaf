// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

namespace Earshot {

/// Puts into the full-text index what was written since it was last called: the writer's last step before COMMIT,
/// outside every savepoint (each would flush FTS5's pending words: a segment a message instead of one a transaction).
/// Where many parts wait to be merged it merges a few pages too.
/// @return whether there was anything
bool indexWaiting(Database &database);

/// Merges small parts of the index into larger ones, for about so many pages; goes on with what was begun. FTS5 does
/// nothing by itself (resources/schema/0018-derived.sql, 0022-derived.sql).
/// @return false when there was nothing to do that is worth it
bool mergeIndex(Database &database, int pages);

} // namespace Earshot
