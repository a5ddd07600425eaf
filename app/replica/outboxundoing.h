// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/outboxentry.h"

namespace Earshot {

/// Where an action takes back what has not been sent, neither goes out. Writer thread, in the task that kept the action
/// and has shown what it does.
/// @param shown what its doer is told
/// @return whether that is so; else it waits, linked with what it takes back
[[nodiscard]] bool withdrawUnsent(Writing &writing, OutboxEntry &entry, Outcome &shown);

} // namespace Earshot
