// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"

namespace Earshot {

class CommandRegistry;
class MessageBar;
class Roster;

/// Where this window's workspace file comes from, as far as it matters: one that was copied, moved or restored pulls
/// and sends nothing until somebody says that it is the one to work with; one that a server goes on with is only read.
class OriginControl final : public QObject
{
    Q_OBJECT

public:
    /// All outlive this.
    OriginControl(Desk &desk, const Roster &roster, MessageBar &bar, QObject *parent);
    void addCommands(CommandRegistry &commands);
    /// Whether it has to be said that this is the file to work with.
    [[nodiscard]] bool isOpen() const;
    /// Says what is the matter, and asks; nothing where nothing is.
    void ask();

Q_SIGNALS:
    void adopted();

private:
    void adopt();

    Desk &m_desk;
    const Roster &m_roster;
    MessageBar &m_bar;
};

} // namespace Earshot
