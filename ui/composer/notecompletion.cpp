// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/notecompletion.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTextBlock>

namespace Earshot {

NoteCompletion::NoteCompletion(QPlainTextEdit *edit)
    : QObject(edit)
    , m_edit(edit)
    , m_completer(new QCompleter(this))
    , m_names(new QStringListModel(this))
{
    m_completer->setModel(m_names);
    m_completer->setWidget(edit);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setCompletionMode(QCompleter::PopupCompletion);
    m_completer->popup()->setObjectName(QStringLiteral("noteCompletion"));
    m_completer->popup()->setAccessibleName(tr("Agents"));
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &NoteCompletion::insert);
    connect(edit, &QPlainTextEdit::textChanged, this, &NoteCompletion::offer);
    edit->installEventFilter(this);
}

void NoteCompletion::setNames(const QStringList &names)
{
    m_names->setStringList(names);
}

void NoteCompletion::setActive(bool isActive)
{
    m_isActive = isActive;
    if (!isActive)
        m_completer->popup()->hide();
}

QString NoteCompletion::beginning() const
{
    const QTextCursor cursor = m_edit->textCursor();
    const QString before = cursor.block().text().first(cursor.positionInBlock());
    const qsizetype at = before.lastIndexOf(QLatin1Char('@'));
    const bool isInWord = at > 0 && before.at(at - 1).isLetterOrNumber();
    if (at < 0 || isInWord || before.size() - at > 40)
        return {};
    // Not null even when nothing follows the sign yet.
    return QLatin1String("") + before.sliced(at + 1);
}

void NoteCompletion::offer()
{
    const QString begun = m_isActive && m_edit->hasFocus() ? beginning() : QString();
    if (begun.isNull()) {
        m_completer->popup()->hide();
        return;
    }
    m_completer->setCompletionPrefix(begun);
    const bool isWhole = m_completer->completionCount() == 1 &&
                         m_completer->currentCompletion().compare(begun, Qt::CaseInsensitive) == 0;
    if (m_completer->completionCount() == 0 || isWhole) {
        m_completer->popup()->hide();
        return;
    }
    QRect place = m_edit->cursorRect();
    place.setWidth(m_completer->popup()->sizeHintForColumn(0) + 24);
    m_completer->complete(place);
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
}

void NoteCompletion::insert(const QString &name)
{
    QTextCursor cursor = m_edit->textCursor();
    cursor.movePosition(QTextCursor::PreviousCharacter, QTextCursor::KeepAnchor, int(beginning().size()));
    cursor.insertText(name + QLatin1Char(' '));
    m_edit->setTextCursor(cursor);
}

bool NoteCompletion::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && m_completer->popup()->isVisible()) {
        // These end the choice; the popup hears them when the editor leaves them alone.
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Tab:
            insert(m_completer->popup()->currentIndex().data().toString());
            m_completer->popup()->hide();
            return true;
        case Qt::Key_Escape:
            m_completer->popup()->hide();
            return true;
        default:
            break;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace Earshot
