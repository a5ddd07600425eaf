// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/textline.h"

namespace Earshot {

void drawTextLine(QPainter &painter, const QRect &area, Qt::AlignmentFlag side, const QString &text)
{
    const QFontMetrics metrics = painter.fontMetrics();
    const QString shown = metrics.elidedText(text, Qt::ElideRight, area.width());
    const int rest = area.width() - metrics.horizontalAdvance(shown);
    const int x = side == Qt::AlignRight ? rest : side == Qt::AlignHCenter ? rest / 2 : 0;
    const Qt::LayoutDirection before = painter.layoutDirection();
    // A stranger's line is read in its own direction, whichever the window has.
    painter.setLayoutDirection(text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    painter.drawText(area.left() + x, area.top() + (area.height() - metrics.height()) / 2 + metrics.ascent(), shown);
    painter.setLayoutDirection(before);
}

} // namespace Earshot
