// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/conversationactions.h"

#include "model/spread.h"
#include "ui/inbox/pickdialog.h"
#include "ui/shell/errortext.h"
#include "ui/shell/icons.h"
#include "ui/shell/queues.h"
#include "ui/shell/roster.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QWidget>

#include <algorithm>
#include <tuple>

namespace Earshot {

// Whom to give work: who is there, how much everybody has, and who knows the contact.

namespace {

struct Loads
{
    QHash<AgentId, AgentLoad> loads;
    AgentId lastAnswerer;
};

bool canOwn(const AgentRecord &agent)
{
    return !agent.isDisabled && agent.role != Role::viewer;
}

/// What spreading will do with one of them.
PickDialog::Choice planLine(const AgentRecord &agent, qint64 before, qsizetype more)
{
    QString detail = ConversationActions::tr("%1 more: %2 open then", "of a person who is given work")
                         .arg(QString::number(more), QString::number(before + more));
    if (agent.isFull(before + more))
        detail += QStringLiteral(", ") + ConversationActions::tr("full");
    return {agent.name, detail, Icons::icon(QStringLiteral("mine"))};
}

} // namespace

void ConversationActions::assign()
{
    const auto on = targets();
    Q_EMIT dialogAwaited(true);
    const ConversationId only = on.size() == 1 ? on.constFirst().id : ConversationId();
    auto future = m_desk.workspace().read<Loads>([only](Database &database) -> Result<Loads> {
        const auto loads = loadAgentLoads(database);
        const auto last = only.isValid() ? loadLastAnswerer(database, only) : Result<AgentId>();
        if (!loads || !last)
            return tl::unexpected(loads ? last.error() : loads.error());
        return Loads{*loads, *last};
    });
    whenDone(future, this, [this, on](const Result<Loads> &found) {
        Q_EMIT dialogAwaited(false);
        if (!found)
            Q_EMIT refused(ErrorText::of(found.error()), {});
        else
            pickAgent(on, found->loads, found->lastAnswerer);
    });
}

QString ConversationActions::loadText(const AgentRecord &agent, const AgentLoad &load, AgentId lastAnswerer) const
{
    QStringList parts{Wording::of(agent, load)};
    if (agent.id == m_roster.me())
        parts.prepend(tr("you"));
    // First, as a row may be too short for all of it.
    if (agent.id == lastAnswerer)
        parts.prepend(tr("answered this contact last"));
    return parts.join(QStringLiteral(", "));
}

void ConversationActions::pickAgent(const QList<ConversationRecord> &on, const QHash<AgentId, AgentLoad> &loads,
                                    AgentId lastAnswerer)
{
    QList<AgentRecord> agents = m_roster.agents();
    agents.removeIf([](const AgentRecord &agent) { return !canOwn(agent); });
    // Who knows the contact comes first, then who is there; of these who has least.
    std::stable_sort(agents.begin(), agents.end(), [&](const AgentRecord &a, const AgentRecord &b) {
        const auto rank = [&](const AgentRecord &agent) {
            const qint64 open = loads.value(agent.id).open;
            return std::tuple(agent.id != lastAnswerer, !agent.isOnDuty, agent.isFull(open), open);
        };
        return rank(a) < rank(b);
    });
    QList<PickDialog::Choice> choices;
    for (const AgentRecord &agent : std::as_const(agents))
        choices.append(
            {agent.name, loadText(agent, loads.value(agent.id), lastAnswerer), Icons::icon(QStringLiteral("mine"))});
    choices.append({tr("Nobody: back to the team"), {}, Icons::icon(QStringLiteral("unassigned"))});
    if (on.size() > 1)
        choices.append({tr("Spread evenly over those on duty…"), {}, Icons::icon(QStringLiteral("assign"))});
    auto *dialog = new PickDialog(tr("Assign %Ln conversation(s) to", nullptr, int(on.size())), choices, m_window);
    connect(dialog, &PickDialog::picked, this, [this, agents, on, loads](int index) {
        if (index > agents.size())
            previewSpread(on, loads);
        else
            assignTo(index < agents.size() ? agents.at(index).id : AgentId(), on);
    });
    dialog->open();
}

void ConversationActions::put(const QList<ConversationRecord> &on, const ListQuery &place)
{
    if (place.view == View::tag) {
        for (const TagRecord &tag : m_roster.tags()) {
            if (tag.id == place.tag)
                addTag(tag.name, on);
        }
        return;
    }
    if (place.view == View::mine || place.view == View::unassigned || Queues::agentOf(place).isValid())
        assignTo(place.view == View::mine ? m_roster.me() : Queues::agentOf(place), on);
}

void ConversationActions::previewSpread(const QList<ConversationRecord> &on, const QHash<AgentId, AgentLoad> &loads)
{
    QList<AgentRecord> agents = m_roster.agents();
    agents.removeIf([](const AgentRecord &agent) { return !canOwn(agent) || !agent.isOnDuty; });
    QList<qint64> before;
    QList<int> limits;
    for (const AgentRecord &agent : std::as_const(agents)) {
        before.append(loads.value(agent.id).open);
        limits.append(agent.openLimit);
    }
    const QList<qsizetype> given = spreadEvenly(before, limits, on.size());
    if (given.isEmpty()) {
        Q_EMIT refused(agents.isEmpty() ? tr("Nobody is on duty.") : tr("Everybody on duty is full."), {});
        return;
    }
    QHash<ConversationId, AgentId> plan;
    for (qsizetype i = 0; i < given.size(); ++i)
        plan.insert(on.at(i).id, agents.at(given.at(i)).id);
    QList<PickDialog::Choice> lines{{tr("Assign them so"), {}, Icons::icon(QStringLiteral("check"))}};
    for (qsizetype i = 0; i < agents.size(); ++i)
        lines.append(planLine(agents.at(i), before.at(i), given.count(i)));
    if (const qsizetype left = on.size() - given.size(); left > 0)
        lines.append({tr("%Ln stay(s) as is: everybody is full then", nullptr, int(left)),
                      {},
                      Icons::icon(QStringLiteral("unassigned"))});
    auto *dialog = new PickDialog(tr("Spread %Ln conversation(s) over those on duty", nullptr, int(given.size())),
                                  lines, m_window);
    // Only its first line does something; the others are what it will do.
    dialog->setPickable(1);
    connect(dialog, &PickDialog::picked, this, [this, on = on.first(given.size()), plan] {
        perform(tr("Spread over those on duty"), true, on, [plan](const ConversationRecord &record) {
            return Act::Assign{record.id, plan.value(record.id)};
        });
    });
    dialog->open();
}

} // namespace Earshot
