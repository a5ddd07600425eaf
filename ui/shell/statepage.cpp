// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/statepage.h"

#include "ui/shell/accessiblerole.h"
#include "ui/shell/appearance.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"

#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace Earshot {

namespace {

constexpr int iconSize = 44;

}

StatePage::StatePage(QWidget *parent)
    : QWidget(parent)
    , m_space(new QWidget(this))
    , m_title(new PlainLabel(this))
    , m_text(new PlainLabel(this))
    , m_step(new QPushButton(this))
{
    setObjectName(QStringLiteral("statePage"));
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleRole(*this, QAccessible::Grouping);
    m_space->setFixedHeight(iconSize + 8);
    m_title->setBold(true);
    m_title->setWrapping(true);
    m_text->setWrapping(true);
    m_text->setQuiet(true);
    m_title->setCentered(true);
    m_text->setCentered(true);
    m_step->setObjectName(QStringLiteral("stateStep"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 20, 8, 20);
    column->addStretch(2);
    column->addWidget(m_space);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addSpacing(6);
    column->addWidget(m_step, 0, Qt::AlignHCenter);
    column->addStretch(3);
    connect(m_step, &QPushButton::clicked, this, &StatePage::stepAsked);
}

void StatePage::show(const QString &icon, const QString &title, const QString &text, const QString &step)
{
    m_icon = icon;
    m_title->setText(title);
    m_text->setText(text);
    m_step->setText(step);
    m_step->setAccessibleName(step);
    m_step->setVisible(!step.isEmpty());
    makeRoom();
    QStringList said{title, text};
    said.removeAll(QString());
    // Nothing is to be seen for a moment only: the answer is on its way.
    setAccessibleName(said.isEmpty() ? tr("Loading…") : said.join(QStringLiteral(". ")));
    update();
}

QString StatePage::title() const
{
    return m_title->text();
}

/// Where it is low the words go before the picture.
void StatePage::makeRoom()
{
    m_space->show();
    m_space->setVisible(height() >= layout()->totalMinimumHeightForWidth(width()));
}

void StatePage::resizeEvent(QResizeEvent *event)
{
    makeRoom();
    QWidget::resizeEvent(event);
}

void StatePage::paintEvent(QPaintEvent *)
{
    if (m_icon.isEmpty() || m_space->isHidden())
        return;
    QPainter painter(this);
    const QRect area = m_space->geometry();
    Icons::paint(&painter, QRect(area.center().x() - iconSize / 2, area.top(), iconSize, iconSize), m_icon,
                 Appearance::fieldEdge(palette()));
}

} // namespace Earshot
