// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/rules.h"

#include "model/htmltext.h"

#include <algorithm>

namespace Earshot {

namespace {
constexpr int longestTeamName = 80;

/// What keeps a team from having this name; a null string = nothing.
QString problemOf(const QString &name, const QStringList &others)
{
    if (name.isEmpty())
        return QStringLiteral("a team needs a name");
    const bool isKnown = std::any_of(others.cbegin(), others.cend(), [&name](const QString &team) {
        return team.compare(name, Qt::CaseInsensitive) == 0;
    });
    return isKnown ? QStringLiteral("there is a team of this name") : QString();
}

} // namespace

Verdict Rules::operator()(const Act::AddTeam &wish) const
{
    const QString name = cleanLine(wish.name, longestTeamName);
    if (const QString problem = problemOf(name, m_facts.teamNames); !problem.isEmpty())
        return refuse(name.isEmpty() ? RefusalKind::invalid : RefusalKind::notPossible, problem);
    Decision decision;
    decision.changes.emplace_back(Change::NewTeam{name});
    decision.after = name;
    return decision;
}

Verdict Rules::operator()(const Act::RenameTeam &wish) const
{
    const QString name = cleanLine(wish.name, longestTeamName);
    QStringList others = m_facts.teamNames;
    others.removeOne(m_facts.team->name);
    if (const QString problem = problemOf(name, others); !problem.isEmpty())
        return refuse(name.isEmpty() ? RefusalKind::invalid : RefusalKind::notPossible, problem);
    Decision decision;
    if (name == m_facts.team->name)
        return decision;
    decision.changes.emplace_back(Change::TeamName{wish.team, name});
    decision.before = m_facts.team->name;
    decision.after = name;
    decision.inverse = Act::RenameTeam{wish.team, m_facts.team->name};
    return decision;
}

Verdict Rules::operator()(const Act::RemoveTeam &wish) const
{
    if (m_facts.team->hasChannels)
        return refuse(RefusalKind::notPossible, QStringLiteral("it has channels"));
    Decision decision;
    decision.changes.emplace_back(Change::TeamEnd{wish.team});
    decision.before = m_facts.team->name;
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
