// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/rules.h"

#include "model/htmltext.h"
#include "model/keptversion.h"

#include <algorithm>

namespace Earshot {

namespace {

QString agentWord(AgentId agent)
{
    return agent.isValid() ? QString::number(agent.value) : QString();
}

/// What slept until a time that is past reads as open, and open it becomes again.
ActionArguments statusInverse(const ConversationFacts &facts, Time now)
{
    if (facts.status == Status::snoozed && facts.snoozedUntil <= now)
        return Act::SetStatus{facts.id, Status::open, Reason::none, {}};
    if (facts.status == Status::snoozed)
        return Act::Snooze{facts.id, facts.snoozedUntil};
    return Act::SetStatus{facts.id, facts.status, facts.reason, facts.duplicateOf};
}

/// @param duplicateOf on the same channel: the line stays, also when another channel gets other people
QString statusWords(Status status, Reason reason, ConversationId duplicateOf, Time until)
{
    QString text = word(status);
    if (reason != Reason::none)
        text += QLatin1Char(' ') + word(reason);
    if (duplicateOf.isValid())
        text += QLatin1Char(' ') + QString::number(duplicateOf.value);
    if (isKnown(until))
        text += QLatin1Char(' ') + toIso(until);
    return text;
}

} // namespace

Verdict Rules::operator()(const Act::Claim &) const
{
    const AgentId owner = conversation().assignee;
    const FieldMark &mark = conversation().assigneeMark;
    // Who insists does so over the owner that they saw.
    const bool isOverruled = m_action.force && (m_action.basedOn == 0 || mark.seq <= m_action.basedOn);
    if (owner.isValid() && owner != m_actor.id && !isOverruled)
        return refuse(RefusalKind::taken, {}, owner);
    return changeAssignee(m_actor.id);
}

Verdict Rules::operator()(const Act::Assign &) const
{
    if (m_facts.agent->isDisabled || m_facts.agent->role == Role::viewer)
        return refuse(RefusalKind::notPossible, QStringLiteral("this agent cannot own conversations"));
    return changeAssignee(m_facts.agent->id);
}

Verdict Rules::operator()(const Act::Unassign &) const
{
    return changeAssignee(AgentId());
}

Verdict Rules::changeAssignee(AgentId to) const
{
    const ConversationFacts &facts = conversation();
    Decision decision = about(facts);
    if (facts.assignee == to)
        return decision;
    if (const auto refusal = changedByOther(facts.assigneeMark, agentWord(facts.assignee)))
        return tl::unexpected(*refusal);
    Change::Work work;
    work.conversation = facts.id;
    work.assignee = to;
    decision.changes.emplace_back(work);
    decision.before = agentWord(facts.assignee);
    decision.after = agentWord(to);
    if (facts.assignee.isValid())
        decision.inverse = Act::Assign{facts.id, facts.assignee};
    else
        decision.inverse = Act::Unassign{facts.id};
    return decision;
}

Verdict Rules::changeStatus(const Change::Work &work, bool needsCalm) const
{
    const ConversationFacts &facts = conversation();
    Decision decision = about(facts);
    if (facts.status == *work.status && facts.reason == work.reason && facts.duplicateOf == work.duplicateOf &&
        facts.snoozedUntil == work.snoozedUntil)
        return decision;
    const bool wasNear = facts.duplicateChannel == facts.channel;
    const QString before =
        statusWords(facts.status, facts.reason, wasNear ? facts.duplicateOf : ConversationId(), facts.snoozedUntil);
    if (const auto refusal = changedByOther(facts.statusMark, before))
        return tl::unexpected(*refusal);
    if (needsCalm && hasMovedOn())
        return refuse(RefusalKind::stale);
    decision.changes.emplace_back(work);
    decision.before = before;
    const bool isNear = m_facts.duplicateChannel && m_facts.duplicateChannel->id == facts.channel;
    decision.after =
        statusWords(*work.status, work.reason, isNear ? work.duplicateOf : ConversationId(), work.snoozedUntil);
    decision.inverse = statusInverse(facts, m_now);
    return decision;
}

Verdict Rules::operator()(const Act::SetStatus &wish) const
{
    if (wish.status == Status::snoozed)
        return refuse(RefusalKind::invalid, QStringLiteral("snoozing needs a time"));
    if ((wish.status == Status::resolved) != (wish.reason != Reason::none))
        return refuse(RefusalKind::invalid, QStringLiteral("resolved goes with a reason, other states without"));
    if ((wish.reason == Reason::duplicate) != wish.duplicateOf.isValid() || wish.duplicateOf == wish.conversation)
        return refuse(RefusalKind::invalid, QStringLiteral("a duplicate names the other conversation"));
    if (m_facts.duplicateChannel && !m_facts.duplicateChannel->isSeenByAllOf(*m_facts.channel))
        return refuse(RefusalKind::notPossible, QStringLiteral("not all who see this one may see the other"));
    Change::Work work;
    work.conversation = conversation().id;
    work.status = wish.status;
    work.reason = wish.reason;
    work.duplicateOf = wish.duplicateOf;
    return changeStatus(work, wish.status != Status::open);
}

Verdict Rules::operator()(const Act::Snooze &wish) const
{
    if (wish.until <= m_now)
        return refuse(RefusalKind::invalid, QStringLiteral("the time is past"));
    Change::Work work;
    work.conversation = conversation().id;
    work.status = Status::snoozed;
    work.snoozedUntil = wish.until;
    return changeStatus(work, true);
}

Verdict Rules::operator()(const Act::Wake &) const
{
    if (conversation().status != Status::snoozed)
        return about(conversation());
    Change::Work work;
    work.conversation = conversation().id;
    work.status = Status::open;
    return changeStatus(work, false);
}

Verdict Rules::setTag(const QString &tag, bool isAdded) const
{
    const ConversationFacts &facts = conversation();
    const QString name = cleanLine(tag, 60);
    if (name.isEmpty())
        return refuse(RefusalKind::invalid, QStringLiteral("a tag needs a name"));
    Decision decision = about(facts);
    if (facts.tags.contains(name, Qt::CaseInsensitive) == isAdded)
        return decision;
    decision.changes.emplace_back(Change::Tagging{facts.id, name, isAdded});
    (isAdded ? decision.after : decision.before) = name;
    if (isAdded)
        decision.inverse = Act::RemoveTag{facts.id, name};
    else
        decision.inverse = Act::AddTag{facts.id, name};
    return decision;
}

Verdict Rules::operator()(const Act::SetPriority &wish) const
{
    const ConversationFacts &facts = conversation();
    Decision decision = about(facts);
    if (facts.priority == wish.priority)
        return decision;
    if (const auto refusal = changedByOther(facts.priorityMark, word(facts.priority)))
        return tl::unexpected(*refusal);
    Change::Work work;
    work.conversation = facts.id;
    work.priority = wish.priority;
    decision.changes.emplace_back(work);
    decision.before = word(facts.priority);
    decision.after = word(wish.priority);
    decision.inverse = Act::SetPriority{facts.id, facts.priority};
    return decision;
}

Verdict Rules::operator()(const Act::AddNote &wish) const
{
    const QString text = cleanText(wish.text);
    if (text.isEmpty())
        return refuse(RefusalKind::invalid, QStringLiteral("a note needs text"));
    Decision decision = about(conversation());
    decision.changes.emplace_back(Change::NewNote{conversation().id, text, mentionedAgents(text, m_facts.agents)});
    return decision;
}

Verdict Rules::operator()(const Act::EditNote &wish) const
{
    const MessageFacts &note = *m_facts.message;
    if (note.kind != MessageKind::note)
        return refuse(RefusalKind::notPossible, QStringLiteral("not a note"));
    if (note.agent != m_actor.id && m_actor.role < Role::lead)
        return refuse(RefusalKind::permission, QStringLiteral("somebody else's note"), note.agent);
    const QString text = cleanText(wish.text);
    if (text.isEmpty())
        return refuse(RefusalKind::invalid, QStringLiteral("a note needs text"));
    Decision decision;
    decision.conversation = note.conversation;
    decision.channel = note.channel;
    decision.message = note.id;
    if (text == note.text)
        return decision;
    if (isOtherThan(wish.was, versionOfNote(note.text)))
        return refuse(RefusalKind::changed);
    decision.changes.emplace_back(Change::NoteText{note.id, text, mentionedAgents(text, m_facts.agents)});
    decision.inverse = Act::EditNote{note.id, note.text, versionOfNote(text)};
    return decision;
}

QList<AgentId> mentionedAgents(const QString &text, const QList<AgentFacts> &agents)
{
    QList<AgentFacts> byLength = agents;
    std::sort(byLength.begin(), byLength.end(),
              [](const AgentFacts &a, const AgentFacts &b) { return a.name.size() > b.name.size(); });
    QList<AgentId> found;
    for (qsizetype at = text.indexOf(QLatin1Char('@')); at >= 0; at = text.indexOf(QLatin1Char('@'), at + 1)) {
        const QStringView rest = QStringView(text).sliced(at + 1);
        for (const AgentFacts &agent : std::as_const(byLength)) {
            if (!rest.startsWith(agent.name, Qt::CaseInsensitive))
                continue;
            const qsizetype end = agent.name.size();
            const bool endsThere = rest.size() == end || !rest.at(end).isLetterOrNumber();
            if (endsThere && !found.contains(agent.id))
                found.append(agent.id);
            if (endsThere)
                break;
        }
    }
    return found;
}

} // namespace Earshot
