// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/rules.h"

namespace Earshot {

Decision Rules::about(const ConversationFacts &facts) const
{
    Decision decision;
    decision.conversation = facts.id;
    decision.channel = facts.channel;
    return decision;
}

std::optional<Refusal> Rules::changedByOther(const FieldMark &mark, const QString &present) const
{
    if (m_action.force || m_action.basedOn == 0 || mark.seq <= m_action.basedOn || mark.by == m_actor.id)
        return std::nullopt;
    Refusal refusal;
    refusal.kind = RefusalKind::changed;
    refusal.by = mark.by;
    refusal.detail = present;
    return refusal;
}

std::optional<Refusal> Rules::overtaken() const
{
    return m_action.force ? std::nullopt : newerWish();
}

std::optional<Refusal> Rules::newerWish() const
{
    const std::optional<OtherWish> &other = m_facts.otherWish;
    if (m_action.basedOn == 0 || !other || other->seq <= m_action.basedOn)
        return std::nullopt;
    Refusal refusal;
    refusal.kind = RefusalKind::changed;
    refusal.by = other->by;
    refusal.detail = other->what;
    return refusal;
}

bool Rules::isOtherThan(const QString &was, const QString &now) const
{
    return !m_action.force && !was.isEmpty() && was != now;
}

bool Rules::hasMovedOn() const
{
    return !m_action.force && m_action.basedOn != 0 && conversation().publicSeq > m_action.basedOn;
}

} // namespace Earshot
