// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/dialogkeys.h"

#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QPushButton>

namespace Earshot {

DialogKeys::DialogKeys(QObject *application)
    : QObject(application)
{
    application->installEventFilter(this);
}

bool DialogKeys::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress || !watched->isWidgetType())
        return false;
    auto &key = *static_cast<QKeyEvent *>(event);
    switch (key.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: {
        auto *button = qobject_cast<QPushButton *>(watched);
        return button && press(*button, key);
    }
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        openRows(*static_cast<QWidget *>(watched)->window());
        return false;
    default:
        return false;
    }
}

bool DialogKeys::press(QPushButton &button, QKeyEvent &key)
{
    // Those press themselves.
    const bool isOwn = button.autoDefault() || button.isDefault() || button.menu();
    if (isOwn || (key.modifiers() & ~Qt::KeypadModifier))
        return false;
    key.accept();
    if (!key.isAutoRepeat())
        button.click();
    return true;
}

/// Qt gives what comes to a row to its first button. Where the row comes behind that one, as when Cancel was the first
/// to be added, nobody gets past it; by itself it needs no keyboard.
void DialogKeys::openRows(const QWidget &window)
{
    const auto rows = window.findChildren<QDialogButtonBox *>();
    for (QDialogButtonBox *row : rows)
        row->setFocusProxy(nullptr);
}

} // namespace Earshot
