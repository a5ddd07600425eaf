// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/shell/knownworkspaces.h"

#include <QObject>

class QWidget;

namespace Earshot {

class CommandRegistry;

/// From one workspace's window to another's: by a list, and by a command for each that is known. Lives with its window.
class WorkspaceSwitch final : public QObject
{
    Q_OBJECT

public:
    /// @param current the file of this window @param window parent of the dialog
    WorkspaceSwitch(QString current, QWidget *window);

    /// @param commands live as long as this
    void addCommands(CommandRegistry &commands);

Q_SIGNALS:
    /// @param file empty = one that is not known yet
    void workspaceAsked(const QString &file);
    void readingAsked(const QString &file);

private:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void chooseToRead();
    void nameThem();

    const QString m_current;
    CommandRegistry *m_commands = nullptr;
    QList<KnownWorkspace> m_named; ///< by a command each
    QWidget *m_window;
};

} // namespace Earshot
