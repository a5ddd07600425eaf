// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/slicemerge.h"

namespace Earshot {

/// Puts one slice into a follower's file, whole, in one transaction.
[[nodiscard]] inline Done takeSlice(Database &database, const QString &file, SliceRows rows = SliceRows::newerOnes)
{
    const auto merge = SliceMerge::open({file}, rows);
    if (!merge)
        return tl::unexpected(merge.error());
    database.execute(QStringLiteral("BEGIN IMMEDIATE"));
    while ((*merge)->step(database, std::chrono::hours(1)) && !database.failure()) {
    }
    database.execute(QStringLiteral("COMMIT"));
    return database.done();
}

} // namespace Earshot
