// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QPainter;
class QStyleOptionViewItem;

namespace Earshot {

/// Draws around a row, painted by a delegate of ours, that the keyboard is there: when it is. A row that is only
/// current looks the same without, wherever the keyboard is.
void paintRowFocus(QPainter *painter, const QStyleOptionViewItem &option);

} // namespace Earshot
