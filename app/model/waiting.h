// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/action.h"

namespace Earshot {

/// Whether a replica may keep such an action until it reaches its server, and show it at once: the daily work. What
/// changes who may do what, what is connected and whether anything is sent is told to be done only when it is.
[[nodiscard]] bool mayWait(const ActionArguments &arguments);

} // namespace Earshot
