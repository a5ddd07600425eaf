// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/ui/windowworld.h"

class QAbstractItemView;
class QComboBox;
class QListWidget;
class QTableView;

namespace Earshot {

/// Somebody at a WindowWorld's window who has a pointer only: the keyboard writes words.
class ByPointer final
{
public:
    explicit ByPointer(WindowWorld &world)
        : m_world(world)
    {
    }
    void click(const char *name);
    /// On a row that begins so.
    void clickRow(QAbstractItemView &list, const QString &text);
    /// On its sign beside the text, which takes it or leaves it.
    void check(QListWidget &list, int row);
    /// A view of the left pane.
    void goTo(const char *view);
    /// In the menu of its row in the list.
    void chooseInMenu(ConversationId id, const char *command);
    void chooseInMenuOf(QWidget *viewport, QPoint at, const QString &text);
    /// @param menu its title with the letter's mark
    void chooseInBar(const char *menu, const char *command);
    /// In the menu that is open, or in one that it has opened.
    void chooseInPopup(const QString &text);
    /// In the menu that a button opens.
    void chooseInMenuOfButton(const char *name, const QString &text);
    void chooseInBox(QComboBox &box, const QString &text);
    /// In the list of a question.
    void pick(int row);
    [[nodiscard]] QTableView &table() const;
    /// Where its row can be clicked.
    [[nodiscard]] QPoint placeOf(ConversationId id) const;
    [[nodiscard]] QString textOf(const char *command) const;

private:
    static void activate(QWidget &window);

    WindowWorld &m_world;
};

} // namespace Earshot
