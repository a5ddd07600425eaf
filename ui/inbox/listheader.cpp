// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/listheader.h"

#include "ui/inbox/orderbox.h"
#include "ui/shell/activitygraph.h"
#include "ui/shell/icons.h"
#include "ui/shell/newonesbutton.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/queues.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QToolButton>

namespace Earshot {

namespace {

constexpr int spacing = 6;
// Of what may be shortened.
constexpr int titleLetters = 9;
constexpr int countLetters = 9;
constexpr int orderLetters = 14; ///< with its arrow

} // namespace

ListHeader::ListHeader(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_title(new PlainLabel(this))
    , m_count(new PlainLabel(this))
    , m_activity(new ActivityGraph(desk, this))
    , m_order(new OrderBox(this))
    , m_grouped(new QToolButton(this))
    , m_newOnes(new NewOnesButton(this))
    , m_arranging(new QWidget(this))
{
    nameParts();
    arrange();
    connect(m_order, &QComboBox::activated, this,
            [this] { Q_EMIT orderChosen(ListOrder(m_order->currentData().toInt())); });
    connect(m_grouped, &QToolButton::clicked, this, &ListHeader::groupingChosen);
    connect(m_newOnes, &QToolButton::clicked, this, &ListHeader::newOnesAsked);
    connect(m_newOnes, &NewOnesButton::announced, this, &ListHeader::announced);
}

void ListHeader::nameParts()
{
    m_title->setBold(true);
    m_title->setObjectName(QStringLiteral("viewTitle"));
    m_count->setQuiet(true);
    m_count->setObjectName(QStringLiteral("viewCount"));
    m_activity->setObjectName(QStringLiteral("viewActivity"));
    m_order->setObjectName(QStringLiteral("listOrder"));
    m_grouped->setObjectName(QStringLiteral("listGrouped"));
    m_grouped->setAccessibleName(tr("Group by thread"));
    m_grouped->setToolTip(tr("Group by thread"));
    m_grouped->setIcon(Icons::icon(QStringLiteral("thread")));
    m_grouped->setCheckable(true);
    m_grouped->setAutoRaise(true);
    m_newOnes->setObjectName(QStringLiteral("newOnes"));
}

void ListHeader::arrange()
{
    auto *name = new QHBoxLayout;
    name->addWidget(m_title);
    name->addWidget(m_count);
    name->addSpacing(6);
    name->addWidget(m_activity);
    name->addStretch(1);
    name->addWidget(m_newOnes);
    auto *arranging = new QHBoxLayout(m_arranging);
    arranging->setContentsMargins(0, 0, 0, 0);
    arranging->setSpacing(4);
    arranging->addWidget(m_order);
    arranging->addWidget(m_grouped);
    m_rows = new QGridLayout(this);
    m_rows->setContentsMargins(14, 6, 8, 6);
    m_rows->setSpacing(spacing);
    m_rows->setColumnStretch(0, 1);
    m_rows->addLayout(name, 0, 0);
    m_rows->addWidget(m_arranging, 0, 1);
}

void ListHeader::setTitle(const QString &title)
{
    m_title->setText(title);
    fit();
}

QString ListHeader::title() const
{
    return m_title->text();
}

void ListHeader::setCount(const QString &count)
{
    m_count->setText(count);
    fit();
}

void ListHeader::showActivity(const ListQuery &query)
{
    m_activity->show(query);
}

void ListHeader::showOrder(const ListQuery &query)
{
    // A list with history is only ever read from its newest end.
    m_order->setVisible(hasOrders(query));
    m_grouped->setVisible(hasOrders(query));
    m_order->setCurrentIndex(m_order->findData(int(query.order)));
    m_grouped->setChecked(query.isGrouped);
    fit();
}

void ListHeader::showWaiting(int count, int moved, bool isFrozen)
{
    QStringList parts;
    if (count > moved)
        parts.append(tr("%Ln new", "conversations waiting above the list", count - moved));
    if (moved > 0)
        parts.append(tr("%Ln moved", "rows that would go up, as their contact wrote again", moved));
    m_news = parts.join(QStringLiteral(", "));
    m_waiting = count;
    m_newOnes->showWaiting(
        count, moved == 0 ? tr("Show %Ln new conversation(s)", nullptr, count) : tr("Show in the list: %1").arg(m_news),
        isFrozen);
    fit();
}

void ListHeader::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

int ListHeader::leastOf(const QWidget *widget, int letters)
{
    return std::min(widget->sizeHint().width(), widget->fontMetrics().averageCharWidth() * letters);
}

int ListHeader::shortNewOnes() const
{
    // The sign and a few figures: as a button without words, beside them.
    const QFontMetrics metrics = m_newOnes->fontMetrics();
    return m_newOnes->iconSize().width() + metrics.horizontalAdvance(QStringLiteral(" 999")) + 2 * spacing;
}

int ListHeader::leastFirst() const
{
    return leastOf(m_title, titleLetters) + leastOf(m_count, countLetters) + shortNewOnes() + 4 * spacing;
}

int ListHeader::leastArranging() const
{
    const QWidget &order = *m_order;
    return order.fontMetrics().averageCharWidth() * orderLetters + m_grouped->sizeHint().width();
}

QSize ListHeader::minimumSizeHint() const
{
    const QMargins margins = m_rows->contentsMargins();
    return {std::max(leastFirst(), leastArranging()) + margins.left() + margins.right(),
            m_rows->totalMinimumSize().height()};
}

/// The list's name, its order and what is new need their room first. How many rows there are is of the width alone.
void ListHeader::fit()
{
    const int room = width() - m_rows->contentsMargins().left() - m_rows->contentsMargins().right();
    const bool isLow = room >= leastFirst() + spacing + leastArranging();
    const int height = std::max({m_title->sizeHint().height(), m_newOnes->sizeHint().height(),
                                 m_order->sizeHint().height(), m_grouped->sizeHint().height()});
    if (isLow != m_isLow)
        m_rows->addWidget(m_arranging, isLow ? 0 : 1, isLow ? 1 : 0);
    m_isLow = isLow;
    m_rows->setRowMinimumHeight(0, height);
    m_rows->setRowMinimumHeight(1, isLow ? 0 : height);
    m_title->setMinimumWidth(leastOf(m_title, titleLetters));
    fitNews(room);
    int beside = 4 * spacing + m_title->sizeHint().width() + m_count->sizeHint().width();
    if (isLow && !m_order->isHidden())
        beside += m_order->sizeHint().width() + m_grouped->sizeHint().width() + spacing;
    const int taken = beside + (m_newOnes->isHidden() ? 0 : m_newOnes->sizeHint().width());
    m_activity->setVisible(room >= taken + m_activity->sizeHint().width() + 2 * spacing);
}

/// What waits is said in words as long as the others, shortened, leave room for these, how many there are last; else it
/// is a number.
void ListHeader::fitNews(int room)
{
    m_newOnes->setText(m_news);
    m_count->setMinimumWidth(leastOf(m_count, countLetters));
    if (m_newOnes->isHidden())
        return;
    int left = room - 4 * spacing - m_title->minimumWidth() - m_newOnes->sizeHint().width();
    if (m_isLow && !m_order->isHidden())
        left -= leastArranging() + spacing;
    if (left >= m_count->minimumWidth())
        return;
    if (left >= 0)
        m_count->setMinimumWidth(left);
    else
        m_newOnes->setText(QLocale().toString(m_waiting));
}

} // namespace Earshot
