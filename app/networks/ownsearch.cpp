// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/ownsearch.h"

namespace Earshot {

OwnSearch::OwnSearch(Attempt attempt, int mostPages)
    : m_attempt(std::move(attempt))
    , m_pagesLeft(mostPages)
{
}

void OwnSearch::setClock(Time now, Duration offset)
{
    const bool isSetBack = m_attempt.startedAt > now + m_attempt.clockSkew;
    m_earliest = isSetBack ? Time() : m_attempt.startedAt + offset - m_attempt.clockSkew;
}

bool OwnSearch::isPossible(const QString &uri, Time sentAt) const
{
    return sentAt >= m_earliest && !m_attempt.boundUris.contains(uri);
}

OwnSearch::Next OwnSearch::after(Time oldest, bool hasMore)
{
    if (!hasMore || oldest < m_earliest)
        return Next::end;
    if (--m_pagesLeft > 0)
        return Next::page;
    return isKnown(m_earliest) ? Next::unknown : Next::end;
}

} // namespace Earshot
