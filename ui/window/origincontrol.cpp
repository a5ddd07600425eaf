// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/origincontrol.h"

#include "ui/shell/commandregistry.h"
#include "ui/shell/errortext.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/roster.h"
#include "ui/shell/whendone.h"

namespace Earshot {

OriginControl::OriginControl(Desk &desk, const Roster &roster, MessageBar &bar, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
    , m_roster(roster)
    , m_bar(bar)
{
}

void OriginControl::addCommands(CommandRegistry &commands)
{
    Command command;
    command.id = QStringLiteral("workspace.adopt");
    command.text = tr("&Work with this file");
    command.needsRight = true;
    command.isEnabled = [this] { return isOpen(); };
    command.run = [this] { adopt(); };
    commands.add(std::move(command));
}

bool OriginControl::isOpen() const
{
    const Workspace &workspace = m_desk.workspace();
    return m_desk.status().kind == DeskStatus::Kind::here && workspace.isOwner() && workspace.isCourierOff() &&
           !workspace.isServed();
}

void OriginControl::ask()
{
    if (isOpen())
        m_bar.show(MessageBar::Kind::trouble,
                   tr("This file was copied, moved or restored. Nothing is pulled or sent until you say that this is "
                      "the one to work with."),
                   tr("Work with this file"), [this] { adopt(); });
    else if (m_roster.isReadOnly())
        m_bar.show(MessageBar::Kind::hint, m_roster.whyReadOnly());
}

void OriginControl::adopt()
{
    whenDone(m_desk.workspace().adopt(), this, [this](const Done &done) {
        if (!done) {
            m_bar.show(MessageBar::Kind::trouble, ErrorText::of(done.error()));
            return;
        }
        m_bar.show(MessageBar::Kind::information, tr("Earshot works with this file from now on."));
        Q_EMIT adopted();
    });
}

} // namespace Earshot
