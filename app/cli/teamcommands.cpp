// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/commandgroups.h"
#include "cli/deed.h"
#include "cli/present.h"

#include <QJsonArray>

namespace Earshot {

namespace {

const QString everybody = QStringLiteral("everybody");

Done doOne(Call &call, const Deed &deed)
{
    const auto outcomes = doAll(call, {deed}, true);
    return outcomes ? Done() : tl::unexpected(outcomes.error());
}

Done addTeam(Call &call)
{
    if (Done opened = call.open(Call::For::acting); !opened)
        return opened;
    Deed deed;
    deed.action = makeAction(Act::AddTeam{call.argument(0)}, call.now());
    deed.subject = call.argument(0);
    deed.done = QStringLiteral("added. Its people: earshotctl team member");
    deed.json = QJsonObject{{QStringLiteral("name"), call.argument(0)}};
    deed.made = QStringLiteral("id");
    return doOne(call, deed);
}

Done rename(Call &call)
{
    if (Done opened = call.open(Call::For::acting); !opened)
        return opened;
    const Result<TeamRecord> team = call.team(call.argument(0));
    if (!team)
        return tl::unexpected(team.error());
    Deed deed;
    deed.action = makeAction(Act::RenameTeam{team->id, call.argument(1)}, call.now());
    deed.subject = team->name;
    deed.done = QStringLiteral("is called %1 now").arg(call.argument(1));
    deed.json = QJsonObject{{QStringLiteral("team"), team->id.value}, {QStringLiteral("name"), call.argument(1)}};
    return doOne(call, deed);
}

Done remove(Call &call)
{
    if (Done opened = call.open(Call::For::acting); !opened)
        return opened;
    const Result<TeamRecord> team = call.team(call.argument(0));
    if (!team)
        return tl::unexpected(team.error());
    Deed deed;
    deed.action = makeAction(Act::RemoveTeam{team->id}, call.now());
    deed.subject = team->name;
    deed.done = QStringLiteral("is no team any more");
    deed.json = QJsonObject{{QStringLiteral("team"), team->id.value}, {QStringLiteral("name"), team->name}};
    return doOne(call, deed);
}

/// Names of those whose team it is.
template <class T, class Belongs>
QStringList namesOf(const QList<T> &all, Belongs belongs)
{
    QStringList names;
    for (const T &one : all) {
        if (belongs(one))
            names.append(one.name);
    }
    return names;
}

Done listTeams(Call &call)
{
    if (Done opened = call.open(Call::For::reading); !opened)
        return opened;
    const auto teams = call.ask(Ask::Teams());
    const auto agents = call.ask(Ask::Agents());
    const auto channels = call.ask(Ask::Channels());
    if (!teams || !agents || !channels)
        return tl::unexpected(!teams ? teams.error() : !agents ? agents.error() : channels.error());
    Table table({QStringLiteral("ID"), QStringLiteral("TEAM"), QStringLiteral("MEMBERS"), QStringLiteral("CHANNELS")});
    QJsonArray json;
    for (const TeamRecord &team : *teams) {
        const QStringList members =
            namesOf(*agents, [&team](const AgentRecord &agent) { return team.members.contains(agent.id); });
        const QStringList owned =
            namesOf(*channels, [&team](const ChannelRecord &channel) { return channel.team == team.id; });
        table.add({QString::number(team.id.value), team.name, members.join(QStringLiteral(", ")),
                   owned.join(QStringLiteral(", "))});
        json.append(QJsonObject{{QStringLiteral("id"), team.id.value},
                                {QStringLiteral("name"), team.name},
                                {QStringLiteral("members"), QJsonArray::fromStringList(members)},
                                {QStringLiteral("channels"), QJsonArray::fromStringList(owned)}});
    }
    call.output().table(table);
    call.output().json(json);
    return {};
}

Done member(Call &call)
{
    if (Done opened = call.open(Call::For::acting); !opened)
        return opened;
    const Result<TeamRecord> team = call.team(call.argument(0));
    if (!team)
        return tl::unexpected(team.error());
    const bool isMember = !call.has("remove");
    QList<Deed> deeds;
    for (const QString &name : call.invocation().arguments.mid(1)) {
        const Result<AgentRecord> agent = call.agent(name);
        if (!agent)
            return tl::unexpected(agent.error());
        Deed deed;
        deed.action = makeAction(Act::SetTeamMember{team->id, agent->id, isMember}, call.now());
        deed.subject = agent->name;
        deed.done =
            (isMember ? QStringLiteral("is in the team ") : QStringLiteral("is no longer in the team ")) + team->name;
        deed.json = QJsonObject{{QStringLiteral("name"), agent->name}, {QStringLiteral("team"), team->name}};
        deeds.append(deed);
    }
    const auto outcomes = doAll(call, deeds, false);
    return outcomes ? Done() : tl::unexpected(outcomes.error());
}

Done channelTeam(Call &call)
{
    if (Done opened = call.open(Call::For::acting); !opened)
        return opened;
    const Result<ChannelRecord> channel = call.channel(call.argument(0));
    if (!channel)
        return tl::unexpected(channel.error());
    Act::SetChannelTeam grant{channel->id, {}};
    QString whose = everybody;
    if (call.argument(1) != everybody) {
        const Result<TeamRecord> team = call.team(call.argument(1));
        if (!team)
            return tl::unexpected(team.error());
        grant.team = team->id;
        whose = team->name;
    }
    Deed deed;
    deed.action = makeAction(grant, call.now());
    deed.subject = channel->name;
    deed.done = grant.team.isValid() ? QStringLiteral("is for the team %1 and admins only").arg(whose)
                                     : QStringLiteral("is for everybody");
    deed.json = QJsonObject{{QStringLiteral("channel"), channel->id.value},
                            {QStringLiteral("team"), grant.team.isValid() ? QJsonValue(whose) : QJsonValue()}};
    return doOne(call, deed);
}

} // namespace

QList<Command> teamCommands()
{
    return {
        {"team add", "NAME", 1, 1, "Make a team, which may have channels of its own", addTeam, {}},
        {"team list", "", 0, 0, "List the teams with their people and channels", listTeams, {}},
        {"team rename", "TEAM NAME", 2, 2, "Give a team another name", rename, {}},
        {"team remove", "TEAM", 1, 1, "Remove a team that has no channels (channel team gives them away)", remove, {}},
        {"team member",
         "TEAM AGENT...",
         2,
         -1,
         "Put people into a team",
         member,
         {{"remove", nullptr, "take them out of it instead"}}},
        {"channel team",
         "CHANNEL TEAM|everybody",
         2,
         2,
         "Let a channel exist for one team and admins only, or for everybody",
         channelTeam,
         {}},
    };
}

} // namespace Earshot
