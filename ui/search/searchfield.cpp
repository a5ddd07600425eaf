// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/search/searchfield.h"

#include "ui/shell/clearable.h"
#include "ui/shell/icons.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCompleter>
#include <QKeyEvent>

namespace Earshot {

SearchField::SearchField(QWidget *parent)
    : QLineEdit(parent)
{
    setObjectName(QStringLiteral("searchField"));
    setAccessibleName(tr("Search or command"));
    setPlaceholderText(tr("Search or > command  (/)"));
    setToolTip(tr("With > at the beginning: commands only"));
    makeClearable(*this);
    setMaxLength(500);
    QAction *search = addAction(Icons::icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    search->setText(tr("Search"));
    connect(search, &QAction::triggered, this, [this] { setFocus(Qt::OtherFocusReason); });
    connect(this, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.trimmed().isEmpty())
            Q_EMIT emptied();
        else
            Q_EMIT searched(text, true);
    });
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    // The list of proposals offers keys to the field first: what is for the list is left to it.
    if (const auto *completer = findChild<QCompleter *>(); completer && completer->popup()->isVisible()) {
        const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
        if (event->key() == Qt::Key_Escape || (isEnter && completer->popup()->currentIndex().isValid())) {
            event->ignore();
            return;
        }
        if (isEnter)
            completer->popup()->hide();
    }
    switch (event->key()) {
    case Qt::Key_Down:
        Q_EMIT listAsked();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT accepted();
        return;
    case Qt::Key_Escape:
        // What was written is one step, where one came from the next.
        if (text().isEmpty())
            Q_EMIT left();
        else
            clear();
        return;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

} // namespace Earshot
