// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

class QWidget;

namespace Earshot {

/// A name as a stranger may choose it; a widget that took it for markup would open a file.
[[nodiscard]] QString hostileName();

/// What in a window, or the window itself, takes the hostile name for markup instead of letters: labels, message boxes
/// and tool tips, also those of rows.
/// @return one line for each, by object name and class; empty = all is well
[[nodiscard]] QStringList markupIn(const QWidget &window);

} // namespace Earshot
