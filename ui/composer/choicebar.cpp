// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/choicebar.h"

#include "ui/shell/announcing.h"
#include "ui/shell/appearance.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/wraplayout.h"

#include <QApplication>
#include <QPainter>
#include <QPushButton>

namespace Earshot {

ChoiceBar::ChoiceBar(QWidget *parent)
    : QFrame(parent)
    , m_text(new PlainLabel(this))
    , m_row(new WrapLayout(this))
{
    m_text->setWrapping(true);
    // The sign's place; this layout mirrors its margins.
    m_row->setContentsMargins(34, 6, 8, 6);
    m_row->addStretching(m_text);
    hide();
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *old, const QWidget *now) {
        if (old && now && isAncestorOf(now) && !isAncestorOf(old))
            m_before = old;
    });
}

void ChoiceBar::ask(const QString &text, const QList<Choice> &choices)
{
    say({text, choices}, {});
    announce(this, text);
}

void ChoiceBar::remark(const QString &text, const QList<Choice> &choices)
{
    say(m_question, {text, choices});
    announce(this, text);
}

void ChoiceBar::clear()
{
    m_question = {};
    m_remark = {};
    m_text->setText(QString());
    giveFocusBack();
    hide();
}

/// Else the keyboard would go to whatever is next in the window.
void ChoiceBar::giveFocusBack()
{
    if (isAncestorOf(QApplication::focusWidget()) && m_before && m_before->isVisible())
        m_before->setFocus();
}

void ChoiceBar::say(const Said &question, const Said &remark)
{
    m_question = question;
    m_remark = remark;
    for (QPushButton *button : std::as_const(m_buttons))
        button->deleteLater();
    m_buttons.clear();
    QStringList sentences{question.text, remark.text};
    sentences.removeAll(QString());
    m_text->setText(sentences.join(QLatin1Char(' ')));
    for (const Choice &choice : question.choices)
        addButton(choice, false);
    for (const Choice &choice : remark.choices)
        addButton(choice, true);
    setAccessibleName(m_text->text());
    setVisible(true);
}

void ChoiceBar::addButton(const Choice &choice, bool isOfRemark)
{
    auto *button = new QPushButton(choice.text, this);
    button->setObjectName(QStringLiteral("choice%1").arg(m_buttons.size()));
    button->setAccessibleName(choice.text);
    button->setAutoDefault(false);
    // A click leaves the keyboard where it is: the next letter is meant for the list.
    button->setFocusPolicy(Qt::TabFocus);
    connect(button, &QPushButton::clicked, this, [this, isOfRemark, run = choice.run] {
        if (isOfRemark && !m_question.text.isEmpty()) {
            giveFocusBack();
            say(m_question, {});
        } else {
            clear();
        }
        if (run)
            run();
    });
    m_row->addWidget(button);
    m_buttons.append(button);
}

QString ChoiceBar::text() const
{
    return m_text->text();
}

void ChoiceBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::AlternateBase));
    painter.setPen(Appearance::line(palette()));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    const int x = layoutDirection() == Qt::RightToLeft ? width() - 26 : 10;
    const bool isWarning = m_icon == QLatin1StringView("warning");
    Icons::paint(&painter, QRect(x, (height() - 16) / 2, 16, 16), m_icon,
                 isWarning ? Appearance::warning(palette()) : palette().color(QPalette::WindowText));
}

} // namespace Earshot
