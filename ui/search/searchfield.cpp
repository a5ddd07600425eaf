// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/search/searchfield.h"

#include "ui/shell/icons.h"

#include <QAction>
#include <QKeyEvent>

namespace Earshot {

SearchField::SearchField(QWidget *parent)
    : QLineEdit(parent)
{
    setObjectName(QStringLiteral("searchField"));
    setAccessibleName(tr("Search or command"));
    setPlaceholderText(tr("Search or command  (/)"));
    setClearButtonEnabled(true);
    setMaxLength(500);
    addAction(Icons::icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    connect(this, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.trimmed().isEmpty())
            Q_EMIT left();
        else
            Q_EMIT searched(text, true);
    });
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Down:
        Q_EMIT listAsked();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT accepted();
        return;
    case Qt::Key_Escape:
        if (text().isEmpty())
            Q_EMIT left();
        clear();
        return;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

} // namespace Earshot
