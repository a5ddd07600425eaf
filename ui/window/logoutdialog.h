// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

class QCheckBox;

namespace Earshot {

/// Asks before this device leaves a shared workspace, and whether what is kept here goes too. Deletes itself.
class LogOutDialog final : public QDialog
{
    Q_OBJECT

public:
    /// @param file the replica @param unsent how many things were done that the server has not taken
    LogOutDialog(const QString &file, int unsent, QWidget *parent);

Q_SIGNALS:
    void logOutAsked(bool erases);

private:
    QCheckBox *m_erases;
};

} // namespace Earshot
