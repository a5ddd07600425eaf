// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/workspace.h"

namespace Earshot {

/// Brings back what waits for a time further ahead than any wait is ever set: our own clock ran ahead when it was
/// written and was set back since. A held delivery then waits for one undo window from now, a repetition for one
/// back-off, an attempt's judgement for the longest attempt; none before, so that nobody's time to undo is lost.
/// @return how many deliveries now wait shorter
int shortenWaits(Writing &writing, ChannelId channel);

} // namespace Earshot
