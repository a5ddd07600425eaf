// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <functional>

namespace Earshot {

/// A consistent copy of the database file alone, as of now, whoever writes to it. `target` is replaced and durable.
/// Errors: io, diskFull, damaged, cancelled.
[[nodiscard]] Done copyDatabase(const QString &path, const QString &target,
                                const std::function<void(double)> &progress = {},
                                const std::function<bool()> &isCancelled = {});

} // namespace Earshot
