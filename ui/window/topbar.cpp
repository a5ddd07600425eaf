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

#include <algorithm>

namespace Earshot {

namespace {

constexpr int fieldLetters = 22; ///< for a search to be read while it is typed
constexpr int mostFieldLetters = 90;
constexpr int fieldShare = 45; ///< of a hundred, of the bar: what is said beside it does not move it

QString iconOf(TopBar::Sign sign)
{
    switch (sign) {
    case TopBar::Sign::done:
        return QStringLiteral("check");
    case TopBar::Sign::busy:
        return QStringLiteral("pull");
    case TopBar::Sign::notice:
        return QStringLiteral("information");
    case TopBar::Sign::trouble:
        return QStringLiteral("warning");
    }
    return {};
}

} // namespace

TopBar::TopBar(QWidget *parent)
    : QWidget(parent)
    , m_views(new QToolButton(this))
    , m_list(new QToolButton(this))
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
    m_views->setObjectName(QStringLiteral("viewsButton"));
    m_views->setIcon(Icons::icon(QStringLiteral("views")));
    m_views->setAccessibleName(tr("Views"));
    m_views->setToolTip(tr("Views, teams, channels and tags (F6)"));
    m_list->setObjectName(QStringLiteral("listButton"));
    m_list->setIcon(Icons::icon(QStringLiteral("back")));
    m_list->setText(tr("List"));
    m_list->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_list->setAccessibleName(tr("Back to the list"));
    m_list->setToolTip(tr("Back to the list (Esc)"));
    for (QToolButton *button : {m_views, m_list}) {
        button->setAutoRaise(true);
        // A click gives the keyboard to a pane, not to the button.
        button->setFocusPolicy(Qt::TabFocus);
        button->hide();
    }
    m_outbox->setObjectName(QStringLiteral("outboxButton"));
    m_duty->setObjectName(QStringLiteral("dutyButton"));
    m_status->setObjectName(QStringLiteral("statusButton"));
    m_field->setMinimumHeight(fontMetrics().height() + 12);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->addWidget(m_views);
    row->addWidget(m_list);
    // Whatever is said beside it, it begins where it is and takes what it may have first.
    row->addWidget(m_field, 1000);
    row->addStretch(1);
    row->addWidget(m_outbox);
    row->addWidget(m_duty);
    row->addWidget(m_status);
    connect(m_outbox, &QToolButton::clicked, this, &TopBar::outboxAsked);
    connect(m_duty, &QToolButton::clicked, this, &TopBar::dutyAsked);
    connect(m_status, &QToolButton::clicked, this, &TopBar::statusAsked);
    connect(m_views, &QToolButton::clicked, this, &TopBar::viewsAsked);
    connect(m_list, &QToolButton::clicked, this, &TopBar::listAsked);
    setOutbox(0, 0);
    setDuty({});
}

void TopBar::setStatus(const QString &text, const QString &explanation, Sign sign)
{
    m_sign = sign;
    m_status->setText(text);
    m_status->setIcon(Icons::icon(iconOf(sign)));
    m_status->setToolTip(
        PlainLabel::toolTipOf(explanation.isEmpty() ? text : text + QStringLiteral(" · ") + explanation));
    m_status->setAccessibleName(tr("Status: %1").arg(text));
    // Else the tool tip, with its markup, would be read.
    m_status->setAccessibleDescription(explanation.isEmpty() ? text : explanation);
    fit();
}

QString TopBar::status() const
{
    return m_status->text();
}

void TopBar::setOutbox(int waiting, int trouble)
{
    m_outbox->setVisible(waiting + trouble > 0);
    m_outbox->setIcon(Icons::icon(trouble > 0 ? QStringLiteral("warning") : QStringLiteral("outbox")));
    m_outbox->setText(trouble > 0 ? tr("%Ln not delivered", nullptr, trouble)
                                  : tr("%Ln waiting to be sent", nullptr, waiting));
    m_outbox->setAccessibleName(tr("Outbox: %1").arg(m_outbox->text()));
    m_outbox->setToolTip(m_outbox->accessibleName());
    fit();
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
    fit();
}

void TopBar::setFolding(bool areViewsFolded, bool isListFolded)
{
    m_views->setVisible(areViewsFolded);
    m_list->setVisible(isListFolded);
    fit();
}

void TopBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

QSize TopBar::minimumSizeHint() const
{
    const QMargins margins = layout()->contentsMargins();
    int width = margins.left() + margins.right() + m_field->minimumSizeHint().width();
    for (const QToolButton *button : {m_views, m_list, m_outbox, m_duty, m_status}) {
        const int words = button->fontMetrics().horizontalAdvance(button->text());
        const bool isSign = button->toolButtonStyle() == Qt::ToolButtonIconOnly;
        if (!button->isHidden())
            width += button->sizeHint().width() - (isSign || button == m_list ? 0 : words) + layout()->spacing();
    }
    return {width, QWidget::minimumSizeHint().height()};
}

void TopBar::fit()
{
    const QList<QToolButton *> all{m_duty, m_outbox, m_status};
    for (QToolButton *button : all)
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    const QMargins margins = layout()->contentsMargins();
    const int letter = fontMetrics().averageCharWidth();
    m_field->setMaximumWidth(std::clamp(width() * fieldShare / 100, letter * fieldLetters, letter * mostFieldLetters));
    const auto needed = [&] {
        int sum = margins.left() + margins.right() + letter * fieldLetters;
        for (const QToolButton *button : QList<const QToolButton *>{m_views, m_list, m_outbox, m_duty, m_status})
            sum += button->isHidden() ? 0 : button->sizeHint().width() + layout()->spacing();
        return sum;
    };
    for (QToolButton *button : all) {
        if (needed() <= width())
            return;
        button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    }
}

void TopBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(Appearance::line(palette()));
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
}

} // namespace Earshot
