// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

namespace Earshot {

struct PackedFile
{
    QString hash; ///< SHA-256 of what was written, in hex
    qint64 size = 0;
};

/// Packs a file with zstd into a new one, a piece at a time. Errors: notFound, diskFull, io.
[[nodiscard]] Result<PackedFile> packFile(const QString &from, const QString &to);

/// Takes a packed file apart again. What was written is removed when it fails.
/// @param most bytes; a file that grows beyond is refused
/// Errors: notFound, damaged, tooLarge, diskFull, io.
[[nodiscard]] Done unpackFile(const QString &from, const QString &to, qint64 most);

} // namespace Earshot
