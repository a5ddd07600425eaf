// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/htmltext.h"
#include "model/keptversion.h"
#include "model/rules.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr int highestOpenLimit = 9999;

/// As the journal has it, behind a name and a role.
QString limitWords(int openLimit)
{
    return QLatin1Char(' ') + (openLimit > 0 ? QString::number(openLimit) : QStringLiteral("-"));
}

} // namespace

Verdict Rules::operator()(const Act::MergeContacts &wish) const
{
    if (wish.from == wish.into)
        return refuse(RefusalKind::invalid, QStringLiteral("a contact cannot be merged with itself"));
    if (m_facts.contact->mergedInto.isValid() || m_facts.otherContact->mergedInto.isValid())
        return refuse(RefusalKind::notPossible, QStringLiteral("this contact is merged already"));
    // The one that is merged names the other: whoever may see it must be allowed to see that.
    const ContactFacts *from = &*m_facts.contact;
    const ContactFacts *into = &*m_facts.otherContact;
    if (!into->channel.isSeenByAllOf(from->channel))
        std::swap(from, into);
    if (!into->channel.isSeenByAllOf(from->channel))
        return refuse(RefusalKind::notPossible, QStringLiteral("not all who see the one may see the other"));
    Decision decision;
    decision.channel = from->channel.id;
    decision.changes.emplace_back(Change::ContactMerge{from->id, into->id});
    decision.before = QString::number(from->id.value);
    decision.after = QString::number(into->id.value);
    decision.inverse = Act::SplitContact{from->id, into->id};
    return decision;
}

Verdict Rules::operator()(const Act::SplitContact &wish) const
{
    Decision decision;
    const ContactId into = m_facts.contact->mergedInto;
    if (!into.isValid())
        return decision;
    if (!m_action.force && wish.from.isValid() && wish.from != into)
        return refuse(RefusalKind::changed);
    decision.channel = m_facts.contact->channel.id;
    decision.changes.emplace_back(Change::ContactMerge{wish.contact, ContactId()});
    decision.before = QString::number(into.value);
    decision.after = QString::number(wish.contact.value);
    decision.inverse = Act::MergeContacts{wish.contact, into};
    return decision;
}

Verdict Rules::operator()(const Act::SetDuty &wish) const
{
    if (wish.agent != m_actor.id && m_actor.role < Role::lead)
        return refuse(RefusalKind::permission, QStringLiteral("lead"));
    Decision decision;
    if (m_facts.agent->isOnDuty == wish.onDuty)
        return decision;
    if (const auto refusal = overtaken())
        return tl::unexpected(*refusal);
    Change::AgentRow row;
    row.agent = wish.agent;
    row.isOnDuty = wish.onDuty;
    decision.changes.emplace_back(row);
    // Whose duty it is, where it is not that of who acts.
    if (wish.agent != m_actor.id)
        decision.before = QString::number(wish.agent.value);
    decision.after = wish.onDuty ? QStringLiteral("on") : QStringLiteral("off");
    decision.inverse = Act::SetDuty{wish.agent, !wish.onDuty};
    return decision;
}

Verdict Rules::operator()(const Act::AddAgent &wish) const
{
    const QString name = cleanLine(wish.name, 80);
    if (name.isEmpty())
        return refuse(RefusalKind::invalid, QStringLiteral("an agent needs a name"));
    const bool isKnown = std::any_of(m_facts.agents.cbegin(), m_facts.agents.cend(), [&name](const AgentFacts &agent) {
        return agent.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    if (isKnown)
        return refuse(RefusalKind::notPossible, QStringLiteral("there is an agent of this name"));
    Decision decision;
    Change::AgentRow row;
    row.name = name;
    row.role = wish.role;
    row.isOnDuty = false; // until they come and say so
    decision.changes.emplace_back(row);
    decision.after = name + QLatin1Char(' ') + word(wish.role);
    return decision;
}

Verdict Rules::operator()(const Act::EditAgent &wish) const
{
    const AgentFacts &agent = *m_facts.agent;
    const bool losesAdmin = agent.role == Role::admin && !agent.isDisabled &&
                            ((wish.role && *wish.role != Role::admin) || wish.isDisabled.value_or(false));
    if (losesAdmin && m_facts.adminCount <= 1)
        return refuse(RefusalKind::notPossible, QStringLiteral("the workspace needs an admin"));
    Change::AgentRow row;
    row.agent = agent.id;
    row.role = wish.role;
    row.isDisabled = wish.isDisabled;
    row.openLimit = wish.openLimit;
    if (wish.openLimit && (*wish.openLimit < 0 || *wish.openLimit > highestOpenLimit))
        return refuse(RefusalKind::invalid, QStringLiteral("a limit is between 0 and 9999"));
    if (wish.name) {
        row.name = cleanLine(*wish.name, 80);
        if (row.name->isEmpty())
            return refuse(RefusalKind::invalid, QStringLiteral("an agent needs a name"));
    }
    if (isOtherThan(wish.was, versionOf(agent.name, agent.role)))
        return refuse(RefusalKind::changed);
    Decision decision;
    decision.changes.emplace_back(row);
    decision.before = agent.name + QLatin1Char(' ') + word(agent.role);
    decision.after = row.name.value_or(agent.name) + QLatin1Char(' ') + word(wish.role.value_or(agent.role));
    if (wish.openLimit) {
        decision.before += limitWords(agent.openLimit);
        decision.after += limitWords(*wish.openLimit);
    }
    Act::EditAgent back{agent.id, wish.name ? std::optional(agent.name) : std::nullopt,
                        wish.role ? std::optional(agent.role) : std::nullopt,
                        wish.isDisabled ? std::optional(agent.isDisabled) : std::nullopt};
    if (wish.openLimit)
        back.openLimit = agent.openLimit;
    if (wish.name || wish.role)
        back.was = versionOf(row.name.value_or(agent.name), wish.role.value_or(agent.role));
    decision.inverse = back;
    return decision;
}

} // namespace Earshot
