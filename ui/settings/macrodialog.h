// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/macro.h"
#include "ui/settings/keepdialog.h"

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QStackedWidget;
class QToolButton;

namespace Earshot {

/// The macros: named lists of what one key does to a conversation.
class MacroDialog final : public KeepDialog
{
    Q_OBJECT

public:
    MacroDialog(Desk &desk, const Roster &roster, QWidget *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    [[nodiscard]] QList<Entry> entries() const override;
    void showEntry(qint64 id) override;
    void setFormEnabled(bool isEnabled) override;
    void focusForm() override;
    [[nodiscard]] ActionArguments keeping(qint64 id) const override;
    [[nodiscard]] ActionArguments removal(qint64 id) const override;
    [[nodiscard]] QString version(qint64 id) const override;
    [[nodiscard]] QString formVersion() const override;
    [[nodiscard]] QString formName() const override;

private:
    void buildHead();
    void buildSteps();
    void buildArguments();
    void addStep(MacroStepKind kind);
    void moveStep(int by);
    void removeStep();
    void showSteps(int current);
    void showArgument();
    void fillChoices(const MacroStep &step);
    void setArgument(const QString &argument);

    QLineEdit *m_name;
    QLineEdit *m_key;
    QListWidget *m_steps;
    QToolButton *m_add;
    QToolButton *m_up;
    QToolButton *m_down;
    QToolButton *m_drop;
    QStackedWidget *m_argument;
    QComboBox *m_choice;
    QComboBox *m_tag;
    QPlainTextEdit *m_text;
    QList<MacroStep> m_list;
    bool m_isShowing = false;
    bool m_isEnabled = true;
};

} // namespace Earshot
