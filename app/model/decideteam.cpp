// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/rules.h"

#include "model/htmltext.h"

#include <algorithm>

namespace Earshot {

namespace {
constexpr int longestName = 80;
}

Verdict Rules::operator()(const Act::AddTeam &wish) const
{
    const QString name = cleanLine(wish.name, longestName);
    if (name.isEmpty())
        return refuse(RefusalKind::invalid, QStringLiteral("a team needs a name"));
    const bool isKnown =
        std::any_of(m_facts.teamNames.cbegin(), m_facts.teamNames.cend(),
                    [&name](const QString &team) { return team.compare(name, Qt::CaseInsensitive) == 0; });
    if (isKnown)
        return refuse(RefusalKind::notPossible, QStringLiteral("there is a team of this name"));
    Decision decision;
    decision.changes.emplace_back(Change::NewTeam{name});
    decision.after = name;
    return decision;
}

Verdict Rules::operator()(const Act::SetTeamMember &wish) const
{
    Decision decision;
    if (m_facts.team->hasAgent == wish.isMember)
        return decision;
    decision.changes.emplace_back(Change::Membership{wish.team, wish.agent, wish.isMember});
    const QString told = m_facts.team->name + QStringLiteral(": ") + m_facts.agent->name;
    (wish.isMember ? decision.after : decision.before) = told;
    decision.inverse = Act::SetTeamMember{wish.team, wish.agent, !wish.isMember};
    return decision;
}

Verdict Rules::operator()(const Act::SetChannelTeam &wish) const
{
    Decision decision;
    decision.channel = wish.channel;
    if (m_facts.channel->team == wish.team)
        return decision;
    decision.changes.emplace_back(Change::ChannelGrant{wish.channel, wish.team});
    decision.before = m_facts.channel->teamName;
    decision.after = m_facts.team ? m_facts.team->name : QString();
    decision.inverse = Act::SetChannelTeam{wish.channel, m_facts.channel->team};
    return decision;
}

} // namespace Earshot
