// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/settings/keepdialog.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace Earshot {

class NumberBox;

/// Who works in the workspace: names and roles. Nobody is removed, as what they did stays theirs; whoever has left is
/// disabled.
class AgentsDialog final : public KeepDialog
{
    Q_OBJECT

public:
    AgentsDialog(Desk &desk, const Roster &roster, QWidget *parent);

protected:
    [[nodiscard]] QList<Entry> entries() const override;
    void showEntry(qint64 id) override;
    void setFormEnabled(bool isEnabled) override;
    void focusForm() override;
    [[nodiscard]] ActionArguments keeping(qint64 id) const override;
    [[nodiscard]] ActionArguments removal(qint64 id) const override;
    [[nodiscard]] QString version(qint64 id) const override;
    [[nodiscard]] QString formVersion() const override;
    [[nodiscard]] QString formName() const override;
    [[nodiscard]] bool canChange() const override;
    [[nodiscard]] Words words(qint64 id) const override;

private:
    [[nodiscard]] QString stateOf(const AgentRecord &agent) const;
    void showState();

    QLineEdit *m_name;
    QComboBox *m_role;
    QLabel *m_limitLabel;
    NumberBox *m_limit;
    PlainLabel *m_state;
    QString m_howToStart; ///< for whoever is new
    AgentId m_shown;      ///< none = a new one
    QString m_shownName;  ///< what the form was filled with
    Role m_shownRole = Role::agent;
    int m_shownLimit = 0;
};

} // namespace Earshot
