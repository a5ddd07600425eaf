// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/listheader.h"

#include "ui/inbox/orderbox.h"
#include "ui/shell/activitygraph.h"
#include "ui/shell/announcing.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/queues.h"
#include "ui/shell/wraplayout.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

namespace Earshot {

namespace {

constexpr auto betweenAnnouncements = std::chrono::seconds(10);

} // namespace

ListHeader::ListHeader(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_title(new PlainLabel(this))
    , m_count(new PlainLabel(this))
    , m_activity(new ActivityGraph(desk, this))
    , m_order(new OrderBox(this))
    , m_grouped(new QToolButton(this))
    , m_newOnes(new QPushButton(this))
{
    nameParts();
    arrange();
    connect(m_order, &QComboBox::activated, this,
            [this] { Q_EMIT orderChosen(ListOrder(m_order->currentData().toInt())); });
    connect(m_grouped, &QToolButton::clicked, this, &ListHeader::groupingChosen);
    connect(m_newOnes, &QPushButton::clicked, this, &ListHeader::newOnesAsked);
    m_mayAnnounce.setSingleShot(true);
    m_mayAnnounce.setInterval(betweenAnnouncements);
    connect(&m_mayAnnounce, &QTimer::timeout, this, &ListHeader::announceNews);
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
    m_newOnes->setIcon(Icons::icon(QStringLiteral("up")));
    m_newOnes->setFlat(true);
    m_newOnes->setFocusPolicy(Qt::TabFocus);
    m_newOnes->hide();
}

void ListHeader::arrange()
{
    auto *row = new WrapLayout(this);
    row->setContentsMargins(14, 8, 8, 8);
    auto *name = new QHBoxLayout;
    name->addWidget(m_title);
    name->addWidget(m_count);
    name->addSpacing(6);
    name->addWidget(m_activity);
    name->addStretch(1);
    row->addStretching(name);
    row->addWidget(m_newOnes);
    auto *arranging = new QHBoxLayout;
    arranging->setSpacing(4);
    arranging->addWidget(m_order);
    arranging->addWidget(m_grouped);
    row->addGroup(arranging);
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
}

void ListHeader::showWaiting(int count, int moved, bool isFrozen)
{
    QStringList parts;
    if (count > moved)
        parts.append(tr("%Ln new", "conversations waiting above the list", count - moved));
    if (moved > 0)
        parts.append(tr("%Ln moved", "rows that would go up, as their contact wrote again", moved));
    m_newOnes->setText(parts.join(QStringLiteral(", ")));
    m_newOnes->setAccessibleName(moved == 0 ? tr("Show %Ln new conversation(s)", nullptr, count)
                                            : tr("Show in the list: %1").arg(m_newOnes->text()));
    m_newOnes->setVisible(count > 0 && isFrozen);
    fit();
    m_waiting = count;
    m_announced = std::min(m_announced, count);
    if (!m_mayAnnounce.isActive())
        announceNews();
}

/// Said to who cannot see the button; what arrives meanwhile is said together later.
void ListHeader::announceNews()
{
    if (m_waiting <= m_announced || !m_newOnes->isVisible())
        return;
    m_announced = m_waiting;
    announce(m_newOnes, m_newOnes->accessibleName());
    Q_EMIT announced(m_newOnes->accessibleName());
    m_mayAnnounce.start();
}

void ListHeader::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

/// The list's name, its order and what is new need their room first.
void ListHeader::fit()
{
    int needed = m_title->fontMetrics().horizontalAdvance(m_title->text()) + m_activity->sizeHint().width();
    for (const QWidget *other : {static_cast<const QWidget *>(m_count), static_cast<const QWidget *>(m_newOnes),
                                 static_cast<const QWidget *>(m_order), static_cast<const QWidget *>(m_grouped)})
        needed += other->isHidden() ? 0 : other->sizeHint().width();
    constexpr int between = 80;
    m_activity->setVisible(width() >= needed + between);
}

} // namespace Earshot
