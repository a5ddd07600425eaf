// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/sharedtools.h"

#include "ui/shell/commandregistry.h"
#include "ui/window/logoutdialog.h"

#include <QWidget>

#include <algorithm>

namespace Earshot {

SharedTools::SharedTools(Desk &desk, CommandRegistry &commands, QWidget *window)
    : QObject(window)
    , m_desk(desk)
    , m_commands(commands)
    , m_window(window)
{
}

void SharedTools::addCommands()
{
    if (m_desk.status().kind == DeskStatus::Kind::here)
        return;
    Command devices;
    devices.id = QStringLiteral("workspace.devices");
    devices.text = tr("De&vices…");
    devices.run = [this] { Q_EMIT devicesAsked(); };
    m_commands.add(std::move(devices));
    Command out;
    out.id = QStringLiteral("workspace.logOut");
    out.text = tr("Log o&ut…");
    out.run = [this] { askToLogOut(); };
    m_commands.add(std::move(out));
    connect(&m_desk, &Desk::statusChanged, &m_commands, &CommandRegistry::refresh);
}

void SharedTools::askToLogOut()
{
    const int unsent = std::max(m_desk.waitingCount(), int(m_desk.waitingActions().size()));
    auto *dialog = new LogOutDialog(m_desk.workspace().path(), unsent, m_window);
    connect(dialog, &LogOutDialog::logOutAsked, this, &SharedTools::logOutAsked);
    dialog->open();
}

} // namespace Earshot
