// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/outcome.h"

namespace Earshot {

/// The kind, in the protocol alone, of what does nothing and keeps its id from ever doing anything.
inline constexpr QLatin1StringView withdrawalKind("withdraw");
/// The detail of what it is refused with (notPossible), as everything is that comes later under that id.
inline constexpr QLatin1StringView withdrawnDetail("withdrawn");

[[nodiscard]] inline bool isWithdrawn(const Refusal &refusal)
{
    return refusal.kind == RefusalKind::notPossible && refusal.detail == withdrawnDetail;
}

} // namespace Earshot
