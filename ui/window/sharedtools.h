// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"

class QWidget;

namespace Earshot {

class CommandRegistry;

/// What a window can do in a shared workspace only: its commands, which a workspace of one's own does not have. Lives
/// with its window; desk and commands outlive it.
class SharedTools final : public QObject
{
    Q_OBJECT

public:
    /// @param window parent of the dialogs
    SharedTools(Desk &desk, CommandRegistry &commands, QWidget *window);

    void addCommands();

Q_SIGNALS:
    /// The person wants this device to leave. @param erases with what is kept here
    void logOutAsked(bool erases);
    /// The person wants to see who is logged in where.
    void devicesAsked();

private:
    void askToLogOut();

    Desk &m_desk;
    CommandRegistry &m_commands;
    QWidget *m_window;
};

} // namespace Earshot
