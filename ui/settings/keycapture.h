// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/shell/commandregistry.h"

#include <QLineEdit>
#include <QTimer>

namespace Earshot {

/// Shows the keys that are pressed in it: a letter, two letters one after another, or a shortcut with a modifier.
/// Tab and Return stay what they are, and so does Escape, unless it may be a key: then the first one is pressed here,
/// the next one leaves.
class KeyCapture final : public QLineEdit
{
    Q_OBJECT

public:
    explicit KeyCapture(QWidget *parent = nullptr);
    void setKeys(const CommandKeys &keys);
    void setTakesEscape(bool takes) { m_takesEscape = takes; }
    /// Whether Escape was pressed here.
    [[nodiscard]] bool hasEscape() const { return m_keys.shortcut == QKeySequence(Qt::Key_Escape); }
    /// Either a key or a shortcut; empty = nothing was pressed.
    [[nodiscard]] const CommandKeys &keys() const { return m_keys; }

Q_SIGNALS:
    void captured();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    /// What moves in the dialog or is no key by itself.
    [[nodiscard]] bool isLeftAlone(const QKeyEvent &event) const;

    CommandKeys m_keys;
    bool m_takesEscape = false;
    QTimer m_chord; ///< while it runs, another letter joins the first
};

} // namespace Earshot
