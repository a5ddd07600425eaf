// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

namespace Earshot {

/// What SQLite needs for a while, to take a large statement back or to write a file anew, it keeps in a temporary file
/// while this lives, not in memory: that would be hundreds of megabytes. No transaction may be open.
class TemporaryFiles
{
public:
    explicit TemporaryFiles(Database &database);
    ~TemporaryFiles();
    Q_DISABLE_COPY_MOVE(TemporaryFiles)

    /// Where they lie: SQLITE_TMPDIR, TMPDIR or the system's. Empty = there is no such folder.
    [[nodiscard]] QString folder() const;
    /// What went wrong meanwhile, with what a person needs to know of that folder: where the workspace's own disk has
    /// room it is not that one which is full.
    [[nodiscard]] Error explained(const Error &error) const;
    /// There is room for all that is in use of the workspace there, and beside the workspace. Errors: diskFull.
    [[nodiscard]] Done haveRoomForAll() const;
    /// The same there alone.
    [[nodiscard]] Done haveRoomForCopy() const;

private:
    Database &m_database;
};

} // namespace Earshot
