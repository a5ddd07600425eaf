// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/spread.h"

#include <functional>
#include <queue>
#include <utility>
#include <vector>

namespace Earshot {

QList<qsizetype> spreadEvenly(const QList<qint64> &loads, const QList<int> &limits, qsizetype count)
{
    using Load = std::pair<qint64, qsizetype>;
    std::priority_queue<Load, std::vector<Load>, std::greater<>> waiting;
    const auto hasRoom = [&limits](qint64 load, qsizetype who) {
        const int limit = limits.value(who);
        return limit == 0 || load < limit;
    };
    for (qsizetype i = 0; i < loads.size(); ++i) {
        if (hasRoom(loads.at(i), i))
            waiting.emplace(loads.at(i), i);
    }
    QList<qsizetype> given;
    given.reserve(count);
    while (given.size() < count && !waiting.empty()) {
        const auto [load, who] = waiting.top();
        waiting.pop();
        given.append(who);
        if (hasRoom(load + 1, who))
            waiting.emplace(load + 1, who);
    }
    return given;
}

} // namespace Earshot
