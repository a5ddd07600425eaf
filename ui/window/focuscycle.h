// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>

class QWidget;

namespace Earshot {

/// The parts of a window that F6 goes through, in their order. For one step only: which are visible changes.
class FocusCycle final
{
public:
    explicit FocusCycle(QList<QWidget *> panes)
        : m_stops(std::move(panes))
    {
    }

    /// What stands in a pane comes after it, while it can be seen and something in it takes the keyboard.
    void addInner(QWidget &part);
    void addLast(QWidget &part) { m_stops.append(&part); }
    /// What is to take the keyboard. @param step 1 or -1, from where it is now
    [[nodiscard]] QWidget *entry(int step) const;

private:
    QList<QWidget *> m_stops;
};

} // namespace Earshot
