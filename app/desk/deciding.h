// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/applying.h"

namespace Earshot {

/// Decides an action by what the workspace holds and carries it out, journal line included, on the writer thread. What
/// becomes of the number and where the outcome is kept is the caller's: the desk that holds the record stores it, a
/// replica forecasts with it.
/// @return without `seq` and `undoBasedOn`
[[nodiscard]] Outcome decideAndApply(Writing &writing, const Action &action, const ActingParty &party);

} // namespace Earshot
