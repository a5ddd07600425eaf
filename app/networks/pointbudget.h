// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"

#include <QHash>
#include <QString>

#include <map>
#include <vector>

namespace Earshot {

/// So many points may be spent within any stretch of that length.
struct PointLimit
{
    Duration length;
    int points = 0;
};

/// Counts what each account has spent, for limits that a server keeps without telling how much is left. Counts by the
/// minute, rounded to our side. Owned by whoever asks; any one thread.
class PointBudget
{
public:
    explicit PointBudget(std::vector<PointLimit> limits);

    /// When `points` more may be spent: not later than `now` when they may at once.
    [[nodiscard]] Time mayBeginAt(const QString &account, int points, Time now) const;
    void spend(const QString &account, int points, Time now);

private:
    using Spent = std::map<qint64, int>; ///< points by the minute since 1970

    std::vector<PointLimit> m_limits;
    Duration m_longest{0};
    QHash<QString, Spent> m_spent;
};

} // namespace Earshot
