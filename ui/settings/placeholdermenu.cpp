// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/placeholdermenu.h"

#include "model/placeholders.h"

#include <QMenu>
#include <QPlainTextEdit>
#include <QToolButton>

namespace Earshot {

void PlaceholderMenu::fill(QToolButton &button, QPlainTextEdit &edit)
{
    button.setText(tr("Insert placeholder…"));
    button.setAccessibleName(tr("Insert placeholder"));
    button.setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(&button);
    const QStringList names{
        tr("The contact's name"), tr("The contact's first name"),  tr("The contact's address"),    tr("My name"),
        tr("The channel's name"), tr("The conversation's number"), tr("Link to the public thread")};
    for (qsizetype i = 0; i < placeholderWords().size(); ++i) {
        const QString word = QLatin1Char('{') + placeholderWords().at(i) + QLatin1Char('}');
        menu->addAction(names.value(i) + QStringLiteral("  ") + word, &edit, [&edit, word] {
            edit.insertPlainText(word);
            edit.setFocus();
        });
    }
    button.setMenu(menu);
}

} // namespace Earshot
