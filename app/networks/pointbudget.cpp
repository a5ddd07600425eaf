// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/pointbudget.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr Duration minute = std::chrono::minutes(1);

qint64 minuteOf(Time time)
{
    return toMs(time) / minute.count();
}

/// What was spent in that minute counts no more from here on.
Time endOf(qint64 spentIn, Duration length)
{
    return timeFromMs((spentIn + 1) * minute.count()) + length;
}

} // namespace

PointBudget::PointBudget(std::vector<PointLimit> limits)
    : m_limits(std::move(limits))
{
    for (const PointLimit &limit : m_limits)
        m_longest = std::max(m_longest, limit.length);
}

Time PointBudget::mayBeginAt(const QString &account, int points, Time now) const
{
    Time at = now;
    const auto spent = m_spent.constFind(account);
    if (spent == m_spent.cend())
        return at;
    for (const PointLimit &limit : m_limits) {
        int sum = points;
        // From new to old: the first minute that is one too many has to be over.
        for (auto it = spent->crbegin(); it != spent->crend() && endOf(it->first, limit.length) > now; ++it) {
            sum += it->second;
            if (sum > limit.points) {
                at = std::max(at, endOf(it->first, limit.length));
                break;
            }
        }
    }
    return at;
}

void PointBudget::spend(const QString &account, int points, Time now)
{
    Spent &spent = m_spent[account];
    while (!spent.empty() && endOf(spent.begin()->first, m_longest) <= now)
        spent.erase(spent.begin());
    spent[minuteOf(now)] += points;
}

} // namespace Earshot
