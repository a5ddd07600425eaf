// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/shell/knownworkspaces.h"

#include <QDialog>

class QListWidget;
class QPushButton;
class QStackedWidget;

namespace Earshot {

/// The workspaces of this computer: switches to one, takes one off the list, begins another. Deletes itself.
class WorkspacesDialog final : public QDialog
{
    Q_OBJECT

public:
    /// @param current the file of the window
    WorkspacesDialog(const QString &current, QWidget *parent);
    /// How one is shown in a list: its name, and below where it is.
    [[nodiscard]] static QString textOf(const KnownWorkspace &workspace);
    /// A row for each, which holds its file as Qt::UserRole.
    static void fill(QListWidget &list, const QList<KnownWorkspace> &workspaces);

Q_SIGNALS:
    /// @param file empty = another one: joined, made or opened
    void chosen(const QString &file);

private:
    void reload();
    void choose();
    void forget();
    void pickFile();

    const QString m_current;
    QStackedWidget *m_stack; ///< the list, or why it is empty
    QListWidget *m_list;
    QPushButton *m_switch;
    QPushButton *m_forget;
};

} // namespace Earshot
