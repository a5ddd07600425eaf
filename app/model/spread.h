// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>

namespace Earshot {

/// Who gets each of `count` pieces of work, so that all have about as much in the end: always whoever has least then,
/// of equals the first. @param loads how much each has now @return for each piece a place in `loads`; empty when there
/// is nobody
[[nodiscard]] QList<qsizetype> spreadEvenly(const QList<qint64> &loads, qsizetype count);

} // namespace Earshot
