// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

class QWidget;

namespace Earshot {

/// What of a window is where it cannot be seen or does not belong: the window reaches beyond its screen, two things lie
/// upon each other, or a label is not before its field in the direction of reading.
/// @return one line for each, by class and object name; empty = all is well
[[nodiscard]] QStringList misplacedIn(const QWidget &window);

} // namespace Earshot
