// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <functional>

namespace Earshot {

/// Makes the reference workspace of the benchmarks: several years of German and English conversations on 30 channels, 1 %
/// of them not resolved, three contacts to ten conversations, three journal lines to each, 2 % of the messages edited, one
/// conversation of 5,000 messages (fewer in small workspaces). The same seed and clock give the same rows. Takes some ten
/// minutes for 5,000,000 messages; a file that was not finished is worth nothing.
/// @param conversations at least 1; @param messages at least as many
/// @param progress told a share 0..1; may be empty
/// Errors: invalid (the file exists, or the numbers make no sense), diskFull, io.
[[nodiscard]] Done generateWorkspace(const QString &path, qint64 conversations, qint64 messages, quint32 seed,
                                     const Clock &clock, const std::function<void(double)> &progress);

} // namespace Earshot
