// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/connector.h"

namespace Earshot {

/// Looking for what a lost attempt may have published (Connector::findDelivered) in a list of our own messages that a
/// network pages from new to old: which of them may be it, and how far to look. Knows no network; a value of one
/// search.
class OwnSearch
{
public:
    /// What follows a page that held no match.
    enum class Next {
        page,
        end,    ///< all since the attempt was seen
        unknown ///< there is more than is looked through: whether it is there cannot be told
    };

    OwnSearch(Attempt attempt, int mostPages);

    /// To be called with each page, as its answer tells what time it is there.
    /// @param offset how far the network's clock is ahead of ours
    void setClock(Time now, Duration offset);
    /// Neither older than the attempt nor another delivery's.
    [[nodiscard]] bool isPossible(const QString &uri, Time sentAt) const;
    /// @param oldest the last one's time; unknown when the page was empty
    [[nodiscard]] Next after(Time oldest, bool hasMore);

private:
    Attempt m_attempt;
    Time m_earliest; ///< by the network's clock, not known when our own has been set back since
    int m_pagesLeft;
};

} // namespace Earshot
