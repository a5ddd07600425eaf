// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/queries.h"

#include <QCoreApplication>

namespace Earshot {

class CommandRegistry;
class Roster;

/// What a list says that has nothing in it: what would be there, and the next step.
class EmptyList final
{
    Q_DECLARE_TR_FUNCTIONS(Earshot::EmptyList)

public:
    struct Words
    {
        QString icon;
        QString title;
        QString text;
        QString step;    ///< what the button says; empty = there is none
        QString command; ///< what it does
        bool operator==(const Words &) const = default;
    };
    /// @param commands tell by which key something is done now; null = no key is named
    /// @param refused see Desk::refusedCount()
    EmptyList(const Roster &roster, const CommandRegistry *commands, int refused = 0)
        : m_roster(roster)
        , m_commands(commands)
        , m_refused(refused)
    {
    }
    [[nodiscard]] Words of(const ListQuery &query) const;

private:
    [[nodiscard]] Words withoutChannel() const;
    [[nodiscard]] static Words ofContact();
    [[nodiscard]] Words ofWork(View view) const;
    [[nodiscard]] Words ofEverything() const;
    [[nodiscard]] Words ofTrouble() const;
    [[nodiscard]] Words ofMade(const ListQuery &query) const;
    /// What the one who looks can do by a key; empty = they may not, or it has none. @param sentence with "%1" for it
    [[nodiscard]] QString byKey(const QString &command, const QString &sentence) const;

    const Roster &m_roster;
    const CommandRegistry *m_commands;
    const int m_refused;
};

} // namespace Earshot
