// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/settings.h"
#include "workspace/workspace.h"

namespace Earshot {

/// What was never set is as it is by itself. On any thread that has a Database; errors stay in it.
[[nodiscard]] WorkspaceSettings loadSettings(Database &database);
/// Within a transaction of the writer's thread.
void storeSetting(Writing &writing, Setting setting, int value);

} // namespace Earshot
