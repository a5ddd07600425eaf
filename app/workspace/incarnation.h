// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/workspace.h"

namespace Earshot {

/// What this machine remembers outside a workspace file about it: which file it was, and the highest change number.
/// One small file under DATA/earshot/workspaces/, written durably (temporary file, fsync, rename).
struct OutsideRecord
{
    QString incarnation;    ///< UUID: the record's name
    QString path;           ///< canonical
    quint64 fileNumber = 0; ///< inode: a copy put in the file's place is not the file
    Seq highest = 0;
};

[[nodiscard]] std::optional<OutsideRecord> loadOutside(const QString &incarnation);
[[nodiscard]] Done saveOutside(const OutsideRecord &record);
[[nodiscard]] quint64 fileNumber(const QString &path);

/// What the file is, by its own incarnation and number and what this machine remembers.
[[nodiscard]] Workspace::Origin judgeOrigin(const OutsideRecord &file, const std::optional<OutsideRecord> &remembered);

} // namespace Earshot
