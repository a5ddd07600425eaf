// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/rowfocus.h"

#include <QPainter>
#include <QStyleOptionViewItem>

namespace Earshot {

void paintRowFocus(QPainter *painter, const QStyleOptionViewItem &option)
{
    if (!(option.state & QStyle::State_HasFocus))
        return;
    const bool isSelected = option.state & QStyle::State_Selected;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(
        QPen(option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Highlight), 1, Qt::DotLine));
    painter->drawRect(option.rect.adjusted(2, 2, -3, -3));
    painter->restore();
}

} // namespace Earshot
