// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/rosterwait.h"

#include "ui/shell/errortext.h"
#include "ui/shell/roster.h"
#include "ui/shell/statepage.h"

namespace Earshot {

RosterWait::RosterWait(const Roster &roster, QObject *parent)
    : QObject(parent)
    , m_roster(roster)
{
    m_slow.setSingleShot(true);
    m_slow.setInterval(100);
    connect(&m_slow, &QTimer::timeout, this, &RosterWait::changed);
    connect(&roster, &Roster::failed, this, &RosterWait::changed);
    connect(&roster, &Roster::rosterChanged, this, &RosterWait::changed);
    if (!isOver())
        m_slow.start();
}

bool RosterWait::isOver() const
{
    return m_roster.isLoaded();
}

QString RosterWait::sentence() const
{
    if (isOver())
        return {};
    if (m_roster.error())
        return tr("What is here could not be read. %1").arg(ErrorText::of(*m_roster.error()));
    return m_slow.isActive() ? QString() : tr("Loading…");
}

bool RosterWait::showOn(StatePage &page) const
{
    if (isOver())
        return false;
    const QString said = sentence();
    const QString icon = m_roster.error() ? QStringLiteral("warning") : QStringLiteral("waiting");
    page.show(said.isEmpty() ? QString() : icon, said, {});
    return true;
}

} // namespace Earshot
