// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/wraplayout.h"

#include <QStyle>
#include <QWidget>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int usualSpacing = 6;

int wishOf(const QLayoutItem &item)
{
    return std::max(item.sizeHint().width(), item.minimumSize().width());
}

int heightOf(const QLayoutItem &item, int width)
{
    return item.hasHeightForWidth() ? item.heightForWidth(width)
                                    : std::max(item.sizeHint().height(), item.minimumSize().height());
}

} // namespace

WrapLayout::WrapLayout(QWidget *parent)
    : QLayout(parent)
{
    setSpacing(usualSpacing);
}

WrapLayout::~WrapLayout() = default;

void WrapLayout::addItem(QLayoutItem *item)
{
    m_items.push_back({std::unique_ptr<QLayoutItem>(item), false});
    invalidate();
}

void WrapLayout::addStretching(QWidget *widget)
{
    addWidget(widget);
    m_items.back().isStretching = true;
}

void WrapLayout::addGroup(QLayout *group)
{
    addChildLayout(group);
    addItem(group);
}

void WrapLayout::addStretching(QLayout *group)
{
    addGroup(group);
    m_items.back().isStretching = true;
}

QLayoutItem *WrapLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[size_t(index)].item.get() : nullptr;
}

QLayoutItem *WrapLayout::takeAt(int index)
{
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem *taken = m_items[size_t(index)].item.release();
    m_items.erase(m_items.begin() + index);
    invalidate();
    return taken;
}

int WrapLayout::widthOf(const Item &item, int width) const
{
    if (!item.isStretching || !item.item->hasHeightForWidth())
        return std::min(wishOf(*item.item), width);
    int beside = width;
    int tallest = item.item->heightForWidth(width);
    for (const Item &other : m_items) {
        if (&other == &item || other.item->isEmpty())
            continue;
        beside -= wishOf(*other.item) + spacing();
        tallest = std::max(tallest, heightOf(*other.item, wishOf(*other.item)));
    }
    const bool hasRoom = beside >= item.item->minimumSize().width() && item.item->heightForWidth(beside) <= tallest;
    return hasRoom ? beside : width;
}

std::vector<WrapLayout::Row> WrapLayout::rows(int width) const
{
    std::vector<Row> all;
    int used = 0;
    for (const Item &item : m_items) {
        if (item.item->isEmpty())
            continue;
        const int wish = widthOf(item, width);
        if (all.empty() || used + spacing() + wish > width) {
            all.emplace_back();
            used = -spacing();
        }
        used += spacing() + wish;
        all.back().push_back({&item, wish});
    }
    for (Row &row : all) {
        int left = width + spacing();
        for (const Placed &one : row)
            left -= one.width + spacing();
        const auto stretching =
            std::find_if(row.begin(), row.end(), [](const Placed &one) { return one.item->isStretching; });
        if (stretching != row.end())
            stretching->width += std::max(0, left);
    }
    return all;
}

void WrapLayout::place(const Row &row, const QRect &area, const QRect &whole) const
{
    const Qt::LayoutDirection direction = parentWidget() ? parentWidget()->layoutDirection() : Qt::LeftToRight;
    int left = area.left();
    for (const Placed &one : row) {
        const int height = std::min(area.height(), heightOf(*one.item->item, one.width));
        const QRect placed(left, area.top() + (area.height() - height) / 2, one.width, height);
        one.item->item->setGeometry(QStyle::visualRect(direction, whole, placed));
        left += one.width + spacing();
    }
}

int WrapLayout::arrange(const QRect &area, bool isMeant) const
{
    const QRect inside = area.marginsRemoved(contentsMargins());
    int top = inside.top();
    for (const Row &row : rows(inside.width())) {
        int height = 0;
        for (const Placed &one : row)
            height = std::max(height, heightOf(*one.item->item, one.width));
        if (isMeant)
            place(row, QRect(inside.left(), top, inside.width(), height), area);
        top += height + spacing();
    }
    const int between = top > inside.top() ? spacing() : 0;
    return top - between - inside.top() + contentsMargins().top() + contentsMargins().bottom();
}

int WrapLayout::heightForWidth(int width) const
{
    return arrange(QRect(0, 0, width, 0), false);
}

QSize WrapLayout::sizeHint() const
{
    QSize size(-spacing(), 0);
    for (const Item &one : m_items) {
        if (one.item->isEmpty())
            continue;
        const int wish = wishOf(*one.item);
        size = {size.width() + spacing() + wish, std::max(size.height(), heightOf(*one.item, wish))};
    }
    return size.expandedTo({0, 0}).grownBy(contentsMargins());
}

QSize WrapLayout::minimumSize() const
{
    QSize size;
    for (const Item &one : m_items) {
        if (!one.item->isEmpty())
            size = size.expandedTo(one.item->minimumSize());
    }
    return size.expandedTo({0, 0}).grownBy(contentsMargins());
}

void WrapLayout::setGeometry(const QRect &area)
{
    QLayout::setGeometry(area);
    arrange(area, true);
}

} // namespace Earshot
