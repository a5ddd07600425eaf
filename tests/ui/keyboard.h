// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractItemView>
#include <QApplication>

namespace Earshot {

/// Where a key goes that a person presses: an open list of proposals has the keyboard, and hands on what it does not
/// take, past all event filters. Else what has the focus.
inline QWidget *keyboard()
{
    auto *popup = qobject_cast<QAbstractItemView *>(QApplication::activePopupWidget());
    return popup ? popup : QApplication::focusWidget();
}

} // namespace Earshot
