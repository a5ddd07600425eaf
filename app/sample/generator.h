// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <functional>

namespace Earshot {

/// Makes the reference workspace of the benchmarks: so many conversations and messages over four years on 30 channels,
/// 1 % unresolved, 0.3 contacts a conversation, 3 journal rows a conversation, 2 % of the messages edited, the longest
/// conversation 5,000 messages (fewer in small files), German and English words by Zipf's law, 168 bytes a message on
/// average. The same numbers and seed give the same rows; only the times end at `clock.now()`, and the first agent's
/// uuid is new. Blocks.
/// @param progress told a share 0..1; may be empty
/// Errors: invalid (the file exists, fewer messages than conversations), diskFull, io.
[[nodiscard]] Done generateWorkspace(const QString &path, qint64 conversations, qint64 messages, quint32 seed,
                                     const Clock &clock, const std::function<void(double)> &progress);

} // namespace Earshot
