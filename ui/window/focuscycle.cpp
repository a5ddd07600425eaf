// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/focuscycle.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QTextEdit>

namespace Earshot {

namespace {

/// What takes the keyboard there first: its text, else its first button.
QWidget *entryOf(const QWidget &pane)
{
    QWidget *first = nullptr;
    const QList<QWidget *> all = pane.findChildren<QWidget *>();
    for (QWidget *one : all) {
        if (!one->isVisible() || !one->isEnabled() || !(one->focusPolicy() & Qt::TabFocus))
            continue;
        if (qobject_cast<QTextEdit *>(one) || qobject_cast<QPlainTextEdit *>(one))
            return one;
        first = first ? first : one;
    }
    return first;
}

} // namespace

void FocusCycle::addInner(QWidget &part)
{
    if (part.isVisible() && entryOf(part))
        m_stops.append(&part);
}

QWidget *FocusCycle::entry(int step) const
{
    // The innermost that has the keyboard counts; the list where none has it.
    qsizetype now = 1;
    const QWidget *focused = QApplication::focusWidget();
    for (qsizetype i = 0; i < m_stops.size(); ++i) {
        if (focused && (m_stops.at(i) == focused || m_stops.at(i)->isAncestorOf(focused)))
            now = i;
    }
    QWidget *next = m_stops.at((now + step + m_stops.size()) % m_stops.size());
    return next->focusPolicy() == Qt::NoFocus && !next->focusProxy() ? entryOf(*next) : next;
}

} // namespace Earshot
