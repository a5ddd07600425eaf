// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/workspace.h"

namespace Earshot {

/// Of the meta row with the time in ms when a server was last at work with the file; a new incarnation has none.
inline const QString lifeSignName = QStringLiteral("server_at_work");

/// What this machine remembers outside a workspace file about it: which file it was, and the highest change number.
/// One small file under DATA/earshot/workspaces/, written durably (temporary file, fsync, rename). It says when it was
/// written: the file system's time of its last change, which nobody can set, is another one once it was put back.
struct OutsideRecord
{
    QString incarnation;    ///< UUID: the record's name
    QString path;           ///< canonical
    quint64 fileNumber = 0; ///< inode: a copy put in the file's place is not the file
    Seq highest = 0;
    bool isFirstHand = true; ///< false: put back from a copy, so it may be as old as the file that it tells of
};

[[nodiscard]] std::optional<OutsideRecord> loadOutside(const QString &incarnation);
[[nodiscard]] Done saveOutside(const OutsideRecord &record);
[[nodiscard]] quint64 fileNumber(const QString &path);

/// What the file is, by its own incarnation and number and what this machine remembers.
[[nodiscard]] Workspace::Origin judgeOrigin(const OutsideRecord &file, const std::optional<OutsideRecord> &remembered);

} // namespace Earshot
