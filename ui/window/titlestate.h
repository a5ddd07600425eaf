// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCoreApplication>
#include <QString>

namespace Earshot {

class Desk;
class Roster;

/// What a window's title says of a workspace that is not as of now, or in which nothing can be done.
class TitleState final
{
    Q_DECLARE_TR_FUNCTIONS(Earshot::TitleState)

public:
    /// "as of 14:02, read only"; empty = all is as ever.
    [[nodiscard]] static QString of(const Desk &desk, const Roster &roster);
    /// The server does not know this device (any more).
    [[nodiscard]] static bool isLoggedOut(const Desk &desk);
};

} // namespace Earshot
