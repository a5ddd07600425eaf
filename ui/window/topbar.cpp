// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/topbar.h"

#include "ui/search/searchfield.h"
#include "ui/shell/appearance.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

namespace Earshot {

TopBar::TopBar(QWidget *parent)
    : QWidget(parent)
    , m_field(new SearchField(this))
    , m_outbox(new QToolButton(this))
    , m_duty(new QToolButton(this))
    , m_status(new QToolButton(this))
{
    setObjectName(QStringLiteral("topBar"));
    for (QToolButton *button : {m_outbox, m_duty, m_status}) {
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
    }
    m_outbox->setObjectName(QStringLiteral("outboxButton"));
    m_duty->setObjectName(QStringLiteral("dutyButton"));
    m_status->setObjectName(QStringLiteral("statusButton"));
    m_field->setMinimumHeight(fontMetrics().height() + 12);
    m_field->setMaximumWidth(fontMetrics().averageCharWidth() * 90);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->addStretch(1);
    row->addWidget(m_field, 6);
    row->addStretch(1);
    row->addWidget(m_outbox);
    row->addWidget(m_duty);
    row->addWidget(m_status);
    connect(m_outbox, &QToolButton::clicked, this, &TopBar::outboxAsked);
    connect(m_duty, &QToolButton::clicked, this, &TopBar::dutyAsked);
    connect(m_status, &QToolButton::clicked, this, &TopBar::statusAsked);
    setOutbox(0, 0);
    setDuty({});
}

void TopBar::setStatus(const QString &text, const QString &explanation, bool isTrouble)
{
    m_status->setText(text);
    m_status->setIcon(Icons::icon(isTrouble ? QStringLiteral("warning") : QStringLiteral("check")));
    m_status->setToolTip(PlainLabel::toolTipOf(explanation));
    m_status->setAccessibleName(tr("Status: %1").arg(text));
    m_status->setAccessibleDescription(explanation);
}

QString TopBar::status() const
{
    return m_status->text();
}

void TopBar::setOutbox(int waiting, int trouble)
{
    m_outbox->setVisible(waiting + trouble > 0);
    m_outbox->setIcon(Icons::icon(trouble > 0 ? QStringLiteral("warning") : QStringLiteral("outbox")));
    m_outbox->setText(trouble > 0 ? tr("%n not delivered", nullptr, trouble)
                                  : tr("%n waiting to be sent", nullptr, waiting));
    m_outbox->setAccessibleName(tr("Outbox: %1").arg(m_outbox->text()));
    m_outbox->setToolTip(tr("Outbox and trouble"));
}

bool TopBar::hasOutbox() const
{
    return !m_outbox->isHidden();
}

void TopBar::setDuty(std::optional<bool> isOnDuty)
{
    m_duty->setVisible(isOnDuty.has_value());
    const bool isOn = isOnDuty.value_or(true);
    m_duty->setText(isOn ? tr("On duty") : tr("Off duty"));
    m_duty->setIcon(Icons::icon(isOn ? QStringLiteral("claim") : QStringLiteral("snooze")));
    m_duty->setToolTip(isOn ? tr("Go off duty: new work goes to others") : tr("Go on duty"));
    m_duty->setAccessibleName(m_duty->text());
    m_duty->setAccessibleDescription(m_duty->toolTip());
}

void TopBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(Appearance::line(palette()));
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
}

} // namespace Earshot
