// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/ui/windowworld.h"

class QDialog;

namespace Earshot {

/// Somebody at a WindowWorld's window who has no pointer: keys go to what has the keyboard, nothing is called.
class ByKeys final
{
public:
    explicit ByKeys(WindowWorld &world)
        : m_world(world)
    {
    }
    /// Each of them, one after the other: "Shift+J Down Return". Afterwards something has the keyboard.
    void press(const QString &keys);
    /// A command by its name, in the field where everything is found.
    void run(const QString &command);
    void tabTo(const QByteArray &name) { walkTo(name, QStringLiteral("Tab")); }
    void backTabTo(const QByteArray &name) { walkTo(name, QStringLiteral("Shift+Tab")); }
    /// What a button's menu offers, by the arrow keys; the button has the keyboard.
    void chooseInMenu(const QString &text);
    /// Goes with the arrow keys to what begins so in a list or a box that has the keyboard.
    void goTo(const QString &text);
    [[nodiscard]] bool has(const QByteArray &name) const;
    /// In the main window, where one sees it.
    [[nodiscard]] bool isInWindow() const;
    /// The dialog that is in front; null = none.
    [[nodiscard]] QDialog *dialog() const;
    /// Tab goes once round in what is in front, and comes by everything that takes the keyboard; each has a name.
    /// @param isInOrder from above to below, but for a second column that begins above again
    void walkRound(bool isInOrder = true);
    [[nodiscard]] static QString nameOf(const QWidget *widget);

private:
    void walkTo(const QByteArray &name, const QString &key);
    [[nodiscard]] QList<QWidget *> stopsOf(const QDialog &shown);
    static void checkOrder(const QDialog &shown, const QList<QWidget *> &met);

    WindowWorld &m_world;
};

} // namespace Earshot
