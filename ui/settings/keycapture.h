// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/shell/commandregistry.h"

#include <QLineEdit>
#include <QTimer>

namespace Earshot {

/// Shows the keys that are pressed in it: a letter, two letters one after another, or a shortcut with a modifier.
/// Tab, Return and Escape stay what they are.
class KeyCapture final : public QLineEdit
{
    Q_OBJECT

public:
    explicit KeyCapture(QWidget *parent = nullptr);
    void setKeys(const CommandKeys &keys);
    /// Either a key or a shortcut; empty = nothing was pressed.
    [[nodiscard]] const CommandKeys &keys() const { return m_keys; }

Q_SIGNALS:
    void captured();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    CommandKeys m_keys;
    QTimer m_chord; ///< while it runs, another letter joins the first
};

} // namespace Earshot
