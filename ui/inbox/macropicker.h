// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"

#include <QDialog>

class QLineEdit;
class QListWidget;

namespace Earshot {

class Roster;

/// What M opens: the macros, each run by its key at once, by Enter, or found by a part of its name. Deletes itself.
class MacroPicker final : public QDialog
{
    Q_OBJECT

public:
    MacroPicker(const Roster &roster, int conversations, QWidget *parent);

Q_SIGNALS:
    /// Emitted as it closes.
    void picked(const Earshot::MacroRecord &macro);
    void managingAsked();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filter(const QString &text);
    void pick(int row);

    QList<MacroRecord> m_macros;
    QLineEdit *m_field;
    QListWidget *m_list;
};

} // namespace Earshot
