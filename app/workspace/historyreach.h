// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"
#include "workspace/database.h"

#include <algorithm>

namespace Earshot {

/// How far back a workspace holds and finds what there is: a replica whose history is still arriving, and one in which
/// what came waits to be indexed, not all the way.
struct HistoryReach
{
    bool isHere = true;    ///< no older history is missing
    Time hereSince;        ///< while some is: what is newer is here. Not known = that cannot be said
    bool isIndexed = true; ///< a search looks at all that is here
    Time indexedSince;     ///< while it does not: at what is newer
    [[nodiscard]] bool isWhole() const { return isHere && isIndexed; }
    /// While it is not whole: everything that is newer is found. Not known = that cannot be said.
    [[nodiscard]] Time foundSince() const
    {
        return !isHere && !isKnown(hereSince) ? Time() : std::max(hereSince, indexedSince);
    }
    bool operator==(const HistoryReach &) const = default;
};

/// One short statement on the caller's connection. Errors: those of reading.
[[nodiscard]] Result<HistoryReach> loadHistoryReach(Database &database);

/// When a replica had everything last; not known = not yet, or it is none.
[[nodiscard]] Time loadAsOf(Database &database);

} // namespace Earshot
