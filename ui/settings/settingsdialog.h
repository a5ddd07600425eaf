// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QSpinBox;

namespace Earshot {

class Appearance;
class CommandRegistry;
class ConversationActions;
class PlainLabel;
class Roster;

/// How the program behaves for me, and what holds for everybody in the workspace, which admins change. Everything
/// applies at once; there is nothing to confirm. Deletes itself.
class SettingsDialog final : public QDialog
{
    Q_OBJECT

public:
    SettingsDialog(Desk &desk, const Roster &roster, CommandRegistry &commands, ConversationActions &actions,
                   Appearance &appearance, QWidget *parent);
    void done(int result) override;

private:
    void addOwn(QFormLayout *form);
    void addWorkspace(QFormLayout *form);
    /// A box that is on where the command `off` can be done; absent where there are no such commands.
    void addSwitch(QFormLayout *form, const QString &text, const char *name, const char *on, const char *off);
    [[nodiscard]] QSpinBox *number(Setting setting, const char *name, const QString &label);
    void showWorkspace();
    void change(Setting setting, int value);
    /// @param whyNot empty where it was done
    void onAnswered(Setting setting, const QString &whyNot);

    Desk &m_desk;
    const Roster &m_roster;
    CommandRegistry &m_commands;
    ConversationActions &m_actions; ///< remembers what can be undone, also when this has closed
    Appearance &m_appearance;
    QSpinBox *m_undo;
    QSpinBox *m_reopen;
    PlainLabel *m_state;
    WorkspaceSettings m_shown; ///< what a person who typed has seen before
};

} // namespace Earshot
