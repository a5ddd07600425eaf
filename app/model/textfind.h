// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

namespace Earshot {

/// Where a text is found in another, as people mean it: case and accents do not count. @return start and length of each
/// place in `text`, one after another; nothing for an empty `wanted`
[[nodiscard]] QList<std::pair<qsizetype, qsizetype>> findFolded(const QString &text, const QString &wanted);

} // namespace Earshot
