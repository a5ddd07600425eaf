// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>

namespace Earshot {

/// Who gets each of `count` pieces of work, so that all have about as much in the end: always whoever has least then,
/// of equals the first. Who is full gets none. @param loads how much each has now @param limits beside them: how much
/// each is to have at most; 0 = no limit @return for each piece a place in `loads`; fewer when all are full, empty when
/// there is nobody
[[nodiscard]] QList<qsizetype> spreadEvenly(const QList<qint64> &loads, const QList<int> &limits, qsizetype count);

} // namespace Earshot
