// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/spread.h"

#include <functional>
#include <queue>
#include <utility>
#include <vector>

namespace Earshot {

QList<qsizetype> spreadEvenly(const QList<qint64> &loads, qsizetype count)
{
    using Load = std::pair<qint64, qsizetype>;
    std::priority_queue<Load, std::vector<Load>, std::greater<>> waiting;
    for (qsizetype i = 0; i < loads.size(); ++i)
        waiting.emplace(loads.at(i), i);
    QList<qsizetype> given;
    if (waiting.empty())
        return given;
    given.reserve(count);
    for (qsizetype piece = 0; piece < count; ++piece) {
        auto [load, who] = waiting.top();
        waiting.pop();
        given.append(who);
        waiting.emplace(load + 1, who);
    }
    return given;
}

} // namespace Earshot
