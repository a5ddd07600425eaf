// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Earshot::AfterDeed {

/// What comes when one is through with a conversation: the next row in the order that was seen, the same conversation
/// still, or the list alone. A person's own setting.
enum class Step { next, stay, list };

[[nodiscard]] Step chosen();
/// From now on and after the next start.
void choose(Step step);

} // namespace Earshot::AfterDeed
