// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Earshot::ClaimChoice {

/// Whether an unassigned conversation becomes one's own with the first letter of an answer to it. A person's own
/// setting; off until chosen.
[[nodiscard]] bool byWriting();
/// From now on and after the next start.
void chooseByWriting(bool claims);

} // namespace Earshot::ClaimChoice
