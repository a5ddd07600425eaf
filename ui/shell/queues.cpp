// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/queues.h"

#include <QHash>

#include <algorithm>

namespace Earshot::Queues {

namespace {

// No uuid of a made view looks so.
constexpr QLatin1StringView agentName("agent ");
constexpr QLatin1StringView teamName("team ");

ListQuery openOnes(const QString &name)
{
    ListQuery query;
    query.view = View::custom;
    query.uuid = name;
    query.filter.statuses = {Status::open};
    return query;
}

std::optional<qint64> countOfMade(const ListQuery &query, const ViewCounts &counts)
{
    if (const AgentId agent = agentOf(query); agent.isValid())
        return counts.agents.value(agent);
    if (query.uuid.startsWith(teamName)) {
        qint64 sum = 0;
        for (const ChannelId channel : query.filter.channels)
            sum += counts.channels.value(channel);
        return sum;
    }
    const auto found = counts.views.constFind(query.uuid);
    return found == counts.views.cend() ? std::nullopt : std::optional(*found);
}

} // namespace

ListQuery ofAgent(AgentId agent)
{
    ListQuery query = openOnes(agentName + QString::number(agent.value));
    query.filter.owner = ViewFilter::Owner::agent;
    query.filter.agent = agent;
    return query;
}

std::optional<ListQuery> ofTeam(const TeamRecord &team, const QList<ChannelRecord> &channels)
{
    ListQuery query = openOnes(teamName + QString::number(team.id.value));
    for (const ChannelRecord &channel : channels) {
        if (channel.team == team.id)
            query.filter.channels.append(channel.id);
    }
    std::sort(query.filter.channels.begin(), query.filter.channels.end());
    return query.filter.channels.isEmpty() ? std::nullopt : std::optional(query);
}

AgentId agentOf(const ListQuery &query)
{
    const bool isAgents = query.view == View::custom && query.uuid.startsWith(agentName);
    return isAgents ? query.filter.agent : AgentId();
}

QList<ChannelId> teamChannelsOf(const ListQuery &query)
{
    const bool isTeams = query.view == View::custom && query.uuid.startsWith(teamName);
    return isTeams ? query.filter.channels : QList<ChannelId>();
}

std::optional<qint64> countOf(const ListQuery &query, const ViewCounts &counts)
{
    static const QHash<View, qint64 ViewCounts::*> always{
        {View::mine, &ViewCounts::mine},           {View::unassigned, &ViewCounts::unassigned},
        {View::open, &ViewCounts::open},           {View::waiting, &ViewCounts::waiting},
        {View::snoozed, &ViewCounts::snoozed},     {View::resolved, &ViewCounts::resolved},
        {View::notesToMe, &ViewCounts::notesToMe}, {View::trouble, &ViewCounts::trouble}};
    if (const auto found = always.constFind(query.view); found != always.cend())
        return counts.*(*found);
    if (query.view == View::all)
        return counts.open + counts.waiting + counts.snoozed + counts.resolved;
    if (query.view == View::channel)
        return counts.channels.value(query.channel);
    if (query.view == View::tag)
        return counts.tags.value(query.tag);
    return query.view == View::custom ? countOfMade(query, counts) : std::nullopt;
}

} // namespace Earshot::Queues
