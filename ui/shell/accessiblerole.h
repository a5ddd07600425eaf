// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAccessible>

class QWidget;

namespace Earshot {

/// What a screen reader says that a widget is, where Qt knows nothing to say of its class. To be called before the
/// widget is shown. GUI thread.
void setAccessibleRole(QWidget &widget, QAccessible::Role role);

} // namespace Earshot
