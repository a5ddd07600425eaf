// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/shell/commandregistry.h"

#include <QDialog>

class QCheckBox;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTableWidget;

namespace Earshot {

class ChoiceBar;
class KeyCapture;
class StatePage;

/// Which keys do what, changeable: each command may have a key that works on list and timeline, and a shortcut that
/// works everywhere. What another command has is named before it is taken. Deletes itself.
class ShortcutsDialog final : public QDialog
{
    Q_OBJECT

public:
    ShortcutsDialog(CommandRegistry &commands, bool hasSingleKeys, QWidget *parent);

Q_SIGNALS:
    /// Single letters were switched on or off.
    void singleKeysChosen(bool areOn);

private:
    void build();
    void fill();
    void filter();
    void showCurrent();
    void onCaptured();
    [[nodiscard]] QString objection(const CommandKeys &pressed) const;
    void assign();
    void give(const CommandKeys &keys);
    void clearKeys();
    void resetCurrent();
    void resetAll();
    [[nodiscard]] QString currentId() const;

    CommandRegistry &m_commands;
    QCheckBox *m_single;
    QLineEdit *m_field;
    QStackedWidget *m_found;
    QTableWidget *m_table;
    StatePage *m_nothing;
    KeyCapture *m_capture;
    ChoiceBar *m_choices;
    QPushButton *m_assign;
    QPushButton *m_clear;
    QPushButton *m_reset;
    QPushButton *m_resetAll;
};

} // namespace Earshot
