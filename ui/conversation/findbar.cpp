// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/findbar.h"

#include "ui/conversation/conversationpane.h"
#include "ui/conversation/timelineview.h"
#include "ui/shell/announcing.h"
#include "ui/shell/errortext.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/whendone.h"
#include "workspace/queries.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>

namespace Earshot {

FindBar::FindBar(Desk &desk, ConversationPane &pane)
    : QFrame(&pane)
    , m_desk(desk)
    , m_pane(pane)
    , m_field(new QLineEdit(this))
    , m_place(new PlainLabel(this))
{
    setObjectName(QStringLiteral("findBar"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 4, 8, 4);
    m_field->setObjectName(QStringLiteral("findField"));
    m_field->setAccessibleName(tr("Find in this conversation"));
    m_field->setPlaceholderText(tr("Find in this conversation"));
    m_field->setMaxLength(200);
    m_place->setObjectName(QStringLiteral("findPlace"));
    m_place->setMinimumWidth(fontMetrics().averageCharWidth() * 14);
    row->addWidget(m_field, 1);
    row->addWidget(m_place);
    const auto add = [&](const char *name, const QString &icon, const QString &text, auto run) {
        auto *button = new QToolButton(this);
        button->setObjectName(QString::fromLatin1(name));
        button->setIcon(Icons::icon(icon));
        button->setToolTip(text);
        button->setAccessibleName(text);
        button->setAutoRaise(true);
        connect(button, &QToolButton::clicked, this, run);
        row->addWidget(button);
    };
    add("findPrevious", QStringLiteral("up"), tr("Previous match"), [this] { step(-1); });
    add("findNext", QStringLiteral("down"), tr("Next match"), [this] { step(1); });
    add("findClose", QStringLiteral("close"), tr("Close"), [this] {
        leave();
        m_pane.setFocus();
    });
    m_soon.setSingleShot(true);
    m_soon.setInterval(60);
    connect(&m_soon, &QTimer::timeout, this, &FindBar::search);
    connect(m_field, &QLineEdit::textChanged, this, [this] { m_soon.start(); });
    hide();
}

void FindBar::open()
{
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
    m_soon.start();
}

void FindBar::leave()
{
    if (!isOpen())
        return;
    ++m_asked;
    m_soon.stop();
    hide();
    m_found.clear();
    m_at = -1;
    m_pane.timeline().setHighlight({});
}

void FindBar::search()
{
    const QString text = m_field->text().trimmed();
    m_pane.timeline().setHighlight(text.isEmpty() ? QStringList() : QStringList{text});
    if (text.isEmpty()) {
        m_found.clear();
        m_at = -1;
        showPlace();
        return;
    }
    using Found = QList<MessageId>;
    auto future = m_desk.workspace().read<Found>([text, conversation = m_pane.conversation()](Database &database) {
        return findInConversation(database, conversation, text);
    });
    whenDone(future, this, [this, asked = ++m_asked](const Result<Found> &found) {
        if (asked != m_asked)
            return;
        m_trouble = found ? QString() : tr("Not searched: %1").arg(ErrorText::of(found.error()));
        take(found.value_or(Found()));
    });
}

void FindBar::take(const QList<MessageId> &found)
{
    m_found = found;
    // From the newest on, as the conversation opens there; while it still matches, where one is.
    const MessageRecord *current = m_pane.timeline().current();
    m_at = current ? m_found.indexOf(current->id) : -1;
    if (m_at < 0)
        m_at = m_found.size() - 1;
    showPlace();
    if (m_at >= 0)
        m_pane.showMessage(m_found.at(m_at));
}

void FindBar::step(int by)
{
    if (m_found.isEmpty())
        return;
    m_at = (m_at + by + m_found.size()) % m_found.size();
    showPlace();
    m_pane.showMessage(m_found.at(m_at));
}

void FindBar::showPlace()
{
    const QLocale locale;
    const QString before = m_place->text();
    if (m_field->text().trimmed().isEmpty())
        m_place->setText({});
    else if (!m_trouble.isEmpty())
        m_place->setText(m_trouble);
    else if (m_found.isEmpty())
        m_place->setText(tr("Nothing found"));
    else
        m_place->setText(
            tr("%1 of %2", "the match that is shown").arg(locale.toString(m_at + 1), locale.toString(m_found.size())));
    if (m_place->text() != before)
        announce(m_place, m_place->text());
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    const bool isBack = event->modifiers() & Qt::ShiftModifier;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_soon.isActive()) {
            m_soon.stop();
            search();
        } else {
            step(isBack ? -1 : 1);
        }
        return;
    case Qt::Key_Down:
        step(1);
        return;
    case Qt::Key_Up:
        step(-1);
        return;
    case Qt::Key_Escape:
        leave();
        m_pane.setFocus();
        return;
    default:
        QFrame::keyPressEvent(event);
    }
}

} // namespace Earshot
