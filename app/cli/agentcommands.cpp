// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/commandgroups.h"
#include "cli/deed.h"
#include "cli/present.h"

#include <QJsonArray>

namespace Earshot {

namespace {

Done addAgent(Call &call)
{
    const QString roleWord = call.has("role") ? call.value("role") : word(Role::agent);
    const std::optional<Role> role = fromWord<Role>(roleWord);
    if (!role)
        return fail(
            ErrorKind::invalid,
            QStringLiteral("--role is one of %1, not \"%2\"").arg(words<Role>().join(QStringLiteral(", ")), roleWord));
    if (Done opened = call.open(Call::For::acting); !opened)
        return tl::unexpected(opened.error());
    Deed deed;
    deed.action = makeAction(Act::AddAgent{call.argument(0), *role}, call.now());
    deed.subject = call.argument(0);
    deed.done = QStringLiteral("added with the role ") + roleWord;
    deed.json = QJsonObject{{QStringLiteral("name"), call.argument(0)}, {QStringLiteral("role"), roleWord}};
    deed.made = QStringLiteral("id");
    const auto outcomes = doAll(call, {deed}, true);
    return outcomes ? Done() : tl::unexpected(outcomes.error());
}

Done listAgents(Call &call)
{
    if (Done opened = call.open(Call::For::reading); !opened)
        return tl::unexpected(opened.error());
    const auto agents = call.ask(Ask::Agents());
    if (!agents)
        return tl::unexpected(agents.error());
    Table table({QStringLiteral("ID"), QStringLiteral("NAME"), QStringLiteral("ROLE"), QStringLiteral("DUTY"),
                 QStringLiteral("AT MOST")});
    QJsonArray json;
    for (const AgentRecord &agent : *agents) {
        const QString duty = agent.isOnDuty ? QStringLiteral("on duty") : QStringLiteral("off duty");
        table.add({QString::number(agent.id.value), agent.name, word(agent.role),
                   agent.isDisabled ? QStringLiteral("disabled") : duty,
                   agent.openLimit > 0 ? QString::number(agent.openLimit) : QString()});
        json.append(agentJson(agent));
    }
    call.output().table(table);
    call.output().json(json);
    return {};
}

Done changeDuty(Call &call)
{
    const bool isOn = call.argument(0) == QLatin1StringView("on");
    if (!isOn && call.argument(0) != QLatin1StringView("off"))
        return fail(ErrorKind::invalid, QStringLiteral("Duty is on or off, not \"%1\"").arg(call.argument(0)));
    if (Done opened = call.open(Call::For::acting); !opened)
        return opened;
    Deed deed;
    deed.action = makeAction(Act::SetDuty{call.me(), isOn}, call.now());
    deed.subject = QStringLiteral("duty");
    deed.done = isOn ? QStringLiteral("on duty") : QStringLiteral("off duty");
    const auto outcomes = doAll(call, {deed}, true);
    return outcomes ? Done() : tl::unexpected(outcomes.error());
}

} // namespace

QList<Command> agentCommands()
{
    return {
        {"agent add",
         "NAME",
         1,
         1,
         "Add a person who works here",
         addAgent,
         {{"role", "R", "viewer, agent, lead, admin; without it agent"}}},
        {"agent list", "", 0, 0, "List the people who work here", listAgents, {}},
        {"duty",
         "STATE",
         1,
         1,
         "Go on duty or off duty: on, off; work that is spread evenly passes who is off",
         changeDuty,
         {}},
    };
}

} // namespace Earshot
