// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/messagebar.h"

#include "desk/desk.h"
#include "ui/shell/announcing.h"
#include "ui/shell/appearance.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/wording.h"
#include "ui/shell/wraplayout.h"

#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

#include <utility>

namespace Earshot {

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_text(new PlainLabel(this))
    , m_button(new QPushButton(this))
    , m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("messageBar"));
    m_button->setObjectName(QStringLiteral("messageBarButton"));
    m_button->setAutoDefault(false);
    m_close->setObjectName(QStringLiteral("messageBarClose"));
    // A click leaves the keyboard where it is: the next letter is meant for the list.
    m_button->setFocusPolicy(Qt::TabFocus);
    m_close->setFocusPolicy(Qt::TabFocus);
    m_close->setAutoRaise(true);
    m_close->setIcon(Icons::icon(QStringLiteral("close")));
    m_close->setAccessibleName(tr("Close the message"));
    m_close->setToolTip(tr("Close"));
    m_text->setWrapping(true);
    auto *row = new WrapLayout(this);
    row->setContentsMargins(38, 6, 8, 6);
    row->addStretching(m_text);
    row->addWidget(m_button);
    row->addWidget(m_close);
    m_lapse.setSingleShot(true);
    m_lapse.setInterval(10'000);
    connect(&m_lapse, &QTimer::timeout, this, [this] {
        // Not while somebody is about to answer it.
        if (underMouse() || m_button->hasFocus() || m_close->hasFocus())
            m_lapse.start();
        else
            clear();
    });
    connect(m_close, &QToolButton::clicked, this, &MessageBar::clear);
    connect(m_button, &QPushButton::clicked, this, [this] {
        const std::function<void()> run = std::exchange(m_run, {});
        clear();
        if (run)
            run();
    });
    hide();
}

void MessageBar::show(Kind kind, const QString &text, const QString &button, std::function<void()> run)
{
    m_kind = kind;
    m_text->setText(text);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    m_button->setAccessibleName(button);
    m_run = std::move(run);
    if (kind == Kind::trouble)
        m_lapse.stop();
    else
        m_lapse.start();
    setAccessibleName(text);
    QFrame::show();
    update();
    announce(this, text);
}

void MessageBar::add(const QString &text)
{
    if (isHidden())
        return show(Kind::hint, text);
    if (m_text->text().endsWith(text))
        return;
    m_text->setText(m_text->text() + QLatin1Char(' ') + text);
    if (m_lapse.isActive())
        m_lapse.start();
    setAccessibleName(m_text->text());
    announce(this, text);
}

QString MessageBar::text() const
{
    return isHidden() ? QString() : m_text->text();
}

void MessageBar::clear()
{
    const bool hadFocus = m_button->hasFocus() || m_close->hasFocus();
    m_lapse.stop();
    m_run = {};
    hide();
    if (hadFocus)
        Q_EMIT focusLeft();
}

void MessageBar::forgetWithdrawn(Desk &desk)
{
    connect(&desk, &Desk::changed, this, [this](const CommitNotice &notice) {
        if (notice.hasWithdrawn && Wording::hasIsolated(text()))
            clear();
    });
}

bool MessageBar::act()
{
    if (isHidden() || m_button->isHidden())
        return false;
    m_button->click();
    return true;
}

void MessageBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::AlternateBase));
    painter.setPen(Appearance::line(palette()));
    painter.drawLine(rect().topLeft(), rect().topRight());
    const bool isTrouble = m_kind == Kind::trouble;
    Icons::paint(&painter, QStyle::visualRect(layoutDirection(), rect(), QRect(12, (height() - 18) / 2, 18, 18)),
                 isTrouble              ? QStringLiteral("warning")
                 : m_kind == Kind::hint ? QStringLiteral("information")
                                        : QStringLiteral("check"),
                 isTrouble ? Appearance::warning(palette()) : Appearance::accent(palette()));
}

} // namespace Earshot
