// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/decide.h"

namespace Earshot {

// What decide() is made of. Internal: everybody else calls decide().

using Verdict = tl::expected<Decision, Refusal>;

[[nodiscard]] inline tl::unexpected<Refusal> refuse(RefusalKind kind, const QString &detail = {}, AgentId by = {})
{
    Refusal refusal;
    refusal.kind = kind;
    refusal.detail = detail;
    refusal.by = by;
    return tl::unexpected<Refusal>(refusal);
}

/// The rules for one action. Each kind is one function; all read the same four things, which outlive it. Their bodies
/// stand in decideconversation.cpp, decidedelivery.cpp, decideeffect.cpp, decidepeople.cpp, decideteam.cpp,
/// decidechannel.cpp and decidesaved.cpp.
class Rules
{
public:
    Rules(const Facts &facts, const AgentFacts &actor, const Action &action, Time now)
        : m_facts(facts)
        , m_actor(actor)
        , m_action(action)
        , m_now(now)
    {
    }

    Verdict operator()(const Act::Claim &) const;
    Verdict operator()(const Act::Assign &) const;
    Verdict operator()(const Act::Unassign &) const;
    Verdict operator()(const Act::SetStatus &wish) const;
    Verdict operator()(const Act::Snooze &wish) const;
    Verdict operator()(const Act::Wake &) const;
    Verdict operator()(const Act::AddTag &wish) const { return setTag(wish.tag, true); }
    Verdict operator()(const Act::RemoveTag &wish) const { return setTag(wish.tag, false); }
    Verdict operator()(const Act::SetPriority &wish) const;
    Verdict operator()(const Act::AddNote &wish) const;
    Verdict operator()(const Act::EditNote &wish) const;
    Verdict operator()(const Act::SendReply &wish) const;
    Verdict operator()(const Act::CancelDelivery &) const;
    Verdict operator()(const Act::RetryDelivery &) const;
    Verdict operator()(const Act::SettleDelivery &) const;
    Verdict operator()(const Act::PerformEffect &wish) const;
    Verdict operator()(const Act::MergeContacts &wish) const;
    Verdict operator()(const Act::SplitContact &wish) const;
    Verdict operator()(const Act::SetDuty &wish) const;
    Verdict operator()(const Act::PauseSending &wish) const;
    Verdict operator()(const Act::ResumeSending &wish) const;
    Verdict operator()(const Act::AddAgent &wish) const;
    Verdict operator()(const Act::EditAgent &wish) const;
    Verdict operator()(const Act::AddChannel &wish) const;
    Verdict operator()(const Act::EditChannel &wish) const;
    Verdict operator()(const Act::SaveView &wish) const;
    Verdict operator()(const Act::RemoveView &wish) const;
    Verdict operator()(const Act::MoveView &wish) const;
    Verdict operator()(const Act::PinNotice &wish) const;
    Verdict operator()(const Act::UnpinNotice &wish) const;
    Verdict operator()(const Act::RemoveChannel &wish) const;
    Verdict operator()(const Act::KeepSavedReply &wish) const;
    Verdict operator()(const Act::RemoveSavedReply &wish) const;
    Verdict operator()(const Act::KeepMacro &wish) const;
    Verdict operator()(const Act::RemoveMacro &wish) const;
    Verdict operator()(const Act::AddTeam &wish) const;
    Verdict operator()(const Act::RenameTeam &wish) const;
    Verdict operator()(const Act::RemoveTeam &wish) const;
    Verdict operator()(const Act::SetTeamMember &wish) const;
    Verdict operator()(const Act::SetChannelTeam &wish) const;
    Verdict operator()(const Act::ChangeSetting &wish) const;

private:
    [[nodiscard]] const ConversationFacts &conversation() const { return *m_facts.conversation; }
    [[nodiscard]] Decision about(const ConversationFacts &facts) const;
    [[nodiscard]] Verdict setTag(const QString &tag, bool isAdded) const;
    [[nodiscard]] Verdict changeAssignee(AgentId to) const;
    [[nodiscard]] Verdict changeStatus(const Change::Work &work, bool needsCalm) const;
    [[nodiscard]] std::optional<Refusal> changedByOther(const FieldMark &mark, const QString &present) const;
    /// Somebody else, or the agent at another device, has wished something of the same since.
    [[nodiscard]] std::optional<Refusal> newerWish() const;
    /// The same; whoever insists goes over it.
    [[nodiscard]] std::optional<Refusal> overtaken() const;
    [[nodiscard]] bool hasMovedOn() const;
    /// What the person built on (`was`) is not what there is (`now`): see keptversion.h.
    [[nodiscard]] bool isOtherThan(const QString &was, const QString &now) const;
    [[nodiscard]] bool isAnsweredElsewhere() const;
    /// Everything that is known now.
    [[nodiscard]] Seq newest() const;
    /// What the reply builds on: what the person had before the eyes, else the newest.
    [[nodiscard]] Seq acknowledged() const;
    [[nodiscard]] Verdict checkReply(const Act::SendReply &wish) const;

    const Facts &m_facts;
    const AgentFacts &m_actor;
    const Action &m_action;
    const Time m_now;
};

} // namespace Earshot
