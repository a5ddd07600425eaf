// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/orderbox.h"

#include "model/viewfilter.h"

#include <QAbstractItemView>
#include <QStyleOptionComboBox>

namespace Earshot {

OrderBox::OrderBox(QWidget *parent)
    : QComboBox(parent)
{
    setAccessibleName(tr("Order of the list"));
    addItem(tr("Newest first"), int(ListOrder::newest));
    addItem(tr("Longest waiting first"), int(ListOrder::longestWaiting));
    addItem(tr("Highest priority first"), int(ListOrder::priority));
    setFrame(false);
    connect(this, &QComboBox::currentIndexChanged, this, [this] { updateGeometry(); });
}

QSize OrderBox::sizeHint() const
{
    QStyleOptionComboBox option;
    initStyleOption(&option);
    const QSize text(fontMetrics().horizontalAdvance(currentText()), fontMetrics().height());
    const QSize whole = style()->sizeFromContents(QStyle::CT_ComboBox, &option, text, this);
    return {whole.width(), QComboBox::sizeHint().height()};
}

void OrderBox::showPopup()
{
    const int frame = 2 * style()->pixelMetric(QStyle::PM_ComboBoxFrameWidth, nullptr, this);
    view()->setMinimumWidth(view()->sizeHintForColumn(0) + frame);
    QComboBox::showPopup();
}

} // namespace Earshot
