// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/titlestate.h"

#include "desk/desk.h"
#include "ui/shell/roster.h"
#include "ui/shell/wording.h"

namespace Earshot {

bool TitleState::isLoggedOut(const Desk &desk)
{
    const DeskStatus now = desk.status();
    return now.kind == DeskStatus::Kind::refused && now.why.kind == ErrorKind::authExpired;
}

QString TitleState::of(const Desk &desk, const Roster &roster)
{
    const bool isOut = isLoggedOut(desk);
    if (!isOut && !roster.isReadOnly())
        return {};
    const Time asOf = isOut ? desk.status().asOf : roster.asOf();
    if (!isKnown(asOf))
        return isOut ? tr("not logged in") : tr("read only");
    const QString when = Wording::clockTime(asOf);
    return isOut ? tr("as of %1, not logged in").arg(when) : tr("as of %1, read only").arg(when);
}

} // namespace Earshot
