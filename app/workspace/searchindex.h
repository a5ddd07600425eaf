// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

namespace Earshot {

/// Puts into the full-text index what was written since it was last called: the writer's last step before COMMIT,
/// outside every savepoint (each would flush FTS5's pending words: a segment a message instead of one a transaction).
void indexWaiting(Database &database);

} // namespace Earshot
