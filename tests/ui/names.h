// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

class QWidget;

namespace Earshot {

/// What in a window, or the window itself, a person who cannot see it is not told enough of: whatever takes the
/// keyboard or can be pressed, chosen or filled in has a name and a role, and neither name nor description is markup.
/// Goes by the accessibility tree, as a screen reader does, and of a long list by its first rows.
/// @return one line for each, by what is the matter, role and object name; empty = all is well
[[nodiscard]] QStringList namelessIn(QWidget &window);

} // namespace Earshot
