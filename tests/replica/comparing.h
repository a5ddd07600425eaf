// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/server/serverworld.h"

namespace Earshot {

/// The tables, with their rows, in which a replica is not what its agent may see of the server.
[[nodiscard]] QStringList differences(ServerWorld &world, Workspace &replica, AgentId agent);

} // namespace Earshot
