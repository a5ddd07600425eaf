// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPainter>

namespace Earshot {

/// Draws one line of text, elided, on the base line of the painter's font: a letter of a taller font (another script,
/// an invisible mark around a name) would move a line that is centred by its own height and cut it off.
/// @param side Qt::AlignLeft, AlignRight or AlignHCenter
void drawTextLine(QPainter &painter, const QRect &area, Qt::AlignmentFlag side, const QString &text);

} // namespace Earshot
