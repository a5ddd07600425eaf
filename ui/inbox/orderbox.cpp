// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/orderbox.h"

#include "model/viewfilter.h"

#include <QAbstractItemView>
#include <QStyleOptionComboBox>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int leastLetters = 8;

} // namespace

OrderBox::OrderBox(QWidget *parent)
    : QComboBox(parent)
{
    setAccessibleName(tr("Order of the list"));
    addItem(tr("Newest first"), int(ListOrder::newest));
    addItem(tr("Longest waiting first"), int(ListOrder::longestWaiting));
    addItem(tr("Highest priority first"), int(ListOrder::priority));
    addItem(tr("Widest reach first"), int(ListOrder::reach));
    setFrame(false);
    connect(this, &QComboBox::currentIndexChanged, this, [this] {
        setToolTip(currentText());
        updateGeometry();
    });
}

QSize OrderBox::sizeHint() const
{
    return sizeFor(fontMetrics().horizontalAdvance(currentText()));
}

QSize OrderBox::minimumSizeHint() const
{
    return sizeFor(
        std::min(fontMetrics().horizontalAdvance(currentText()), fontMetrics().averageCharWidth() * leastLetters));
}

QSize OrderBox::sizeFor(int textWidth) const
{
    QStyleOptionComboBox option;
    QComboBox::initStyleOption(&option);
    const QSize text(textWidth, fontMetrics().height());
    const QSize whole = style()->sizeFromContents(QStyle::CT_ComboBox, &option, text, this);
    return {whole.width(), QComboBox::sizeHint().height()};
}

void OrderBox::initStyleOption(QStyleOptionComboBox *option) const
{
    QComboBox::initStyleOption(option);
    const QRect room = style()->subControlRect(QStyle::CC_ComboBox, option, QStyle::SC_ComboBoxEditField, this);
    option->currentText = fontMetrics().elidedText(currentText(), Qt::ElideRight, room.width() - 2);
}

void OrderBox::showPopup()
{
    const int frame = 2 * style()->pixelMetric(QStyle::PM_ComboBoxFrameWidth, nullptr, this);
    view()->setMinimumWidth(view()->sizeHintForColumn(0) + frame);
    QComboBox::showPopup();
}

} // namespace Earshot
