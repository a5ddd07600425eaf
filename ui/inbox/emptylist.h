// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/queries.h"

#include <QCoreApplication>

namespace Earshot {

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
    [[nodiscard]] static Words of(const ListQuery &query, const Roster &roster);

private:
    [[nodiscard]] static Words withoutChannel(const Roster &roster);
    [[nodiscard]] static Words ofWork(View view);
    [[nodiscard]] static Words ofEverything(const Roster &roster);
    [[nodiscard]] static Words ofMade(const ListQuery &query, const Roster &roster);
};

} // namespace Earshot
