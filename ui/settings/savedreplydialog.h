// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/settings/keepdialog.h"

class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace Earshot {

/// The saved replies: texts that ";" offers in the composer, with placeholders.
class SavedReplyDialog final : public KeepDialog
{
    Q_OBJECT

public:
    SavedReplyDialog(Desk &desk, const Roster &roster, QWidget *parent);

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

private:
    QLineEdit *m_name;
    QPlainTextEdit *m_text;
    QToolButton *m_insert;
};

} // namespace Earshot
