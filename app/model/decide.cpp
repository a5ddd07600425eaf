// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/decide.h"

#include "model/htmltext.h"

#include <algorithm>

namespace Earshot {

namespace {

template <class... Handlers>
struct Overloaded : Handlers...
{
    using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

using Verdict = tl::expected<Decision, Refusal>;

constexpr FactSet operator|(Fact a, Fact b)
{
    return static_cast<FactSet>(a) | static_cast<FactSet>(b);
}
constexpr FactSet operator|(FactSet a, Fact b)
{
    return a | static_cast<FactSet>(b);
}

tl::unexpected<Refusal> refuse(RefusalKind kind, const QString &detail = {}, AgentId by = {})
{
    Refusal refusal;
    refusal.kind = kind;
    refusal.detail = detail;
    refusal.by = by;
    return tl::unexpected<Refusal>(refusal);
}

QString agentWord(AgentId agent)
{
    return agent.isValid() ? QString::number(agent.value) : QString();
}

/// The rules for one action. Each kind is one function; all read the same four things.
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
    Verdict operator()(const Act::RemoveChannel &wish) const;

private:
    [[nodiscard]] const ConversationFacts &conversation() const { return *m_facts.conversation; }
    [[nodiscard]] Decision about(const ConversationFacts &facts) const;
    [[nodiscard]] Verdict setTag(const QString &tag, bool isAdded) const;
    [[nodiscard]] Verdict changeAssignee(AgentId to) const;
    [[nodiscard]] Verdict changeStatus(const Change::Work &work, bool needsCalm) const;
    [[nodiscard]] std::optional<Refusal> changedByOther(const FieldMark &mark, const QString &present) const;
    [[nodiscard]] bool hasMovedOn() const;
    [[nodiscard]] Verdict checkReply(const Act::SendReply &wish) const;

    const Facts &m_facts;
    const AgentFacts &m_actor;
    const Action &m_action;
    const Time m_now;
};

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

bool Rules::hasMovedOn() const
{
    return !m_action.force && m_action.basedOn != 0 && conversation().publicSeq > m_action.basedOn;
}

Verdict Rules::operator()(const Act::Claim &) const
{
    const AgentId owner = conversation().assignee;
    if (owner.isValid() && owner != m_actor.id && !m_action.force)
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

/// What slept until a time that is past reads as open, and open it becomes again.
ActionArguments statusInverse(const ConversationFacts &facts, Time now)
{
    if (facts.status == Status::snoozed && facts.snoozedUntil <= now)
        return Act::SetStatus{facts.id, Status::open, Reason::none, {}};
    if (facts.status == Status::snoozed)
        return Act::Snooze{facts.id, facts.snoozedUntil};
    return Act::SetStatus{facts.id, facts.status, facts.reason, facts.duplicateOf};
}

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

Verdict Rules::changeStatus(const Change::Work &work, bool needsCalm) const
{
    const ConversationFacts &facts = conversation();
    Decision decision = about(facts);
    if (facts.status == *work.status && facts.reason == work.reason && facts.duplicateOf == work.duplicateOf &&
        facts.snoozedUntil == work.snoozedUntil)
        return decision;
    const QString before = statusWords(facts.status, facts.reason, facts.duplicateOf, facts.snoozedUntil);
    if (const auto refusal = changedByOther(facts.statusMark, before))
        return tl::unexpected(*refusal);
    if (needsCalm && hasMovedOn())
        return refuse(RefusalKind::stale);
    decision.changes.emplace_back(work);
    decision.before = before;
    decision.after = statusWords(*work.status, work.reason, work.duplicateOf, work.snoozedUntil);
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
    decision.changes.emplace_back(Change::NoteText{note.id, text, mentionedAgents(text, m_facts.agents)});
    decision.inverse = Act::EditNote{note.id, note.text};
    return decision;
}

Verdict Rules::checkReply(const Act::SendReply &wish) const
{
    const ChannelFacts &channel = *m_facts.channel;
    if (channel.isRemoved)
        return refuse(RefusalKind::notPossible, QStringLiteral("the channel was removed"));
    if (!channel.capabilities.canReply)
        return refuse(RefusalKind::notPossible, QStringLiteral("this channel can only be read"));
    if (cleanText(wish.text).isEmpty() && wish.media.isEmpty())
        return refuse(RefusalKind::invalid, QStringLiteral("a reply needs text"));
    if (!m_facts.message)
        return refuse(RefusalKind::notFound, QStringLiteral("there is no message to answer"));
    if (m_facts.message->presence != Presence::live && !m_action.force)
        return refuse(RefusalKind::notPossible, QStringLiteral("the message answered no longer exists"));
    if (hasMovedOn())
        return refuse(RefusalKind::stale);
    if (!m_action.force && m_action.basedOn != 0 && conversation().twinAnsweredSeq > m_action.basedOn)
        return refuse(RefusalKind::answeredElsewhere);
    return Decision();
}

Verdict Rules::operator()(const Act::SendReply &wish) const
{
    if (Verdict verdict = checkReply(wish); !verdict)
        return verdict;
    const ConversationFacts &facts = conversation();
    const MessageFacts &target = *m_facts.message;
    const Visibility asked = wish.visibility.value_or(target.visibility);
    if (asked == Visibility::direct && target.visibility != Visibility::direct &&
        !m_facts.channel->capabilities.canReplyPrivately)
        return refuse(RefusalKind::notPossible, QStringLiteral("this channel has no private replies"));
    if (asked < target.visibility && !m_action.force)
        return refuse(RefusalKind::notPossible, QStringLiteral("more people would see the reply than the message"));

    Change::NewReply reply;
    reply.reply = wish;
    reply.reply.text = cleanText(wish.text);
    reply.visibility = asked;
    reply.target = target.id;
    reply.heldUntil = m_now + (wish.skipUndoWindow ? Duration(0) : m_facts.undoWindow);
    reply.basedOn = m_action.force || m_action.basedOn == 0 ? facts.seq : m_action.basedOn;

    Change::Work work;
    work.conversation = facts.id;
    work.status = wish.thenResolve ? Status::resolved : Status::pending;
    work.reason = wish.thenResolve ? Reason::answered : Reason::none;
    if (!facts.assignee.isValid())
        work.assignee = m_actor.id;

    Decision decision = about(facts);
    decision.changes.emplace_back(reply);
    decision.changes.emplace_back(work);
    decision.message = target.id;
    decision.before = word(facts.status);
    decision.after = word(*work.status);
    return decision;
}

Verdict Rules::operator()(const Act::CancelDelivery &) const
{
    const DeliveryFacts &delivery = *m_facts.delivery;
    Decision decision = about(conversation());
    decision.message = delivery.message;
    if (delivery.state == DeliveryState::cancelled)
        return decision;
    if (delivery.agent != m_actor.id && m_actor.role < Role::lead)
        return refuse(RefusalKind::permission, QStringLiteral("somebody else's reply"), delivery.agent);
    // What is on its way or unsure cannot be called back: only what surely did not leave.
    const bool isStill = delivery.state == DeliveryState::held || delivery.state == DeliveryState::queued ||
                         delivery.state == DeliveryState::failed || delivery.state == DeliveryState::awaitingApproval;
    if (!isStill)
        return refuse(RefusalKind::notPossible, word(delivery.state));
    decision.changes.emplace_back(Change::DeliveryStep{delivery.id, DeliveryState::cancelled, {}, {}});
    if (delivery.effect == Effect::reply && conversation().status != Status::open) {
        Change::Work work;
        work.conversation = conversation().id;
        work.status = Status::open;
        decision.changes.emplace_back(work);
    }
    decision.before = word(delivery.state);
    decision.after = word(DeliveryState::cancelled);
    return decision;
}

Verdict Rules::operator()(const Act::RetryDelivery &) const
{
    const DeliveryFacts &delivery = *m_facts.delivery;
    if (m_facts.channel->isRemoved)
        return refuse(RefusalKind::notPossible, QStringLiteral("the channel was removed"));
    const bool mayRetry =
        delivery.state == DeliveryState::failed || (delivery.state == DeliveryState::unsure && m_action.force);
    if (!mayRetry) {
        const bool isUnsure = delivery.state == DeliveryState::unsure;
        return refuse(RefusalKind::notPossible,
                      isUnsure ? QStringLiteral("it may have arrived: say that it did, or send it again anyway")
                               : word(delivery.state));
    }
    if (delivery.effect == Effect::reply && hasMovedOn())
        return refuse(RefusalKind::stale);
    Decision decision = about(conversation());
    decision.message = delivery.message;
    // The person has the present state before the eyes: the reply now builds on that.
    const Seq basedOn = m_action.force || m_action.basedOn == 0 ? conversation().seq : m_action.basedOn;
    decision.changes.emplace_back(Change::DeliveryStep{delivery.id, DeliveryState::queued, m_now, basedOn});
    if (delivery.effect == Effect::reply) {
        Change::Work work;
        work.conversation = conversation().id;
        work.status = Status::pending;
        decision.changes.emplace_back(work);
    }
    decision.before = word(delivery.state);
    decision.after = word(DeliveryState::queued);
    return decision;
}

Verdict Rules::operator()(const Act::SettleDelivery &) const
{
    const DeliveryFacts &delivery = *m_facts.delivery;
    if (delivery.state != DeliveryState::unsure)
        return refuse(RefusalKind::notPossible, word(delivery.state));
    Decision decision = about(conversation());
    decision.message = delivery.message;
    decision.changes.emplace_back(Change::DeliveryStep{delivery.id, DeliveryState::sent, {}, {}});
    decision.before = word(delivery.state);
    decision.after = word(DeliveryState::sent);
    return decision;
}

/// What leads back to `present`, by the way that the network has for it.
std::optional<Effect> moderationInverse(Effect effect, Moderation present)
{
    switch (present) {
    case Moderation::held:
        return Effect::unapprove;
    case Moderation::hidden:
        return Effect::hide;
    case Moderation::spam:
        return Effect::spam;
    case Moderation::trash:
        return Effect::trash;
    case Moderation::none:
    case Moderation::approved:
        break;
    }
    if (effect == Effect::spam || effect == Effect::trash)
        return Effect::restore;
    return effect == Effect::approve ? Effect::unapprove : Effect::approve;
}

std::optional<Effect> inverseEffect(Effect effect, Moderation present)
{
    switch (effect) {
    case Effect::like:
        return Effect::unlike;
    case Effect::unlike:
        return Effect::like;
    case Effect::boost:
        return Effect::unboost;
    case Effect::unboost:
        return Effect::boost;
    case Effect::approve:
    case Effect::unapprove:
    case Effect::hide:
    case Effect::spam:
    case Effect::trash:
    case Effect::restore:
        return moderationInverse(effect, present);
    case Effect::deleteOwn:
    case Effect::reply:
        return std::nullopt;
    }
    return std::nullopt;
}

QString whyNot(Effect effect, const MessageFacts &message, const Capabilities &can)
{
    const bool isOurs = message.kind == MessageKind::reply;
    switch (effect) {
    case Effect::like:
    case Effect::unlike:
        return can.canLike ? QString() : QStringLiteral("this channel has no likes");
    case Effect::boost:
    case Effect::unboost:
        return can.canBoost ? QString() : QStringLiteral("this channel has no boosts");
    case Effect::deleteOwn:
        if (!isOurs)
            return QStringLiteral("only our own messages can be deleted");
        return can.canDeleteOwn ? QString() : QStringLiteral("this channel cannot delete");
    case Effect::reply:
        return QStringLiteral("a reply has its own action");
    default:
        return can.canHide ? QString() : QStringLiteral("this channel cannot moderate");
    }
}

bool isAlready(Effect effect, const MessageFacts &message)
{
    switch (effect) {
    case Effect::like:
        return message.isLiked;
    case Effect::unlike:
        return !message.isLiked;
    case Effect::boost:
        return message.isBoosted;
    case Effect::unboost:
        return !message.isBoosted;
    case Effect::approve:
        return message.moderation == Moderation::approved;
    case Effect::unapprove:
        return message.moderation == Moderation::held;
    case Effect::hide:
        return message.moderation == Moderation::held || message.moderation == Moderation::hidden;
    case Effect::spam:
        return message.moderation == Moderation::spam;
    case Effect::trash:
        return message.moderation == Moderation::trash;
    case Effect::deleteOwn:
        return message.presence != Presence::live;
    default:
        return false;
    }
}

Verdict Rules::operator()(const Act::PerformEffect &wish) const
{
    const MessageFacts &message = *m_facts.message;
    if (message.kind == MessageKind::note || message.uri.isEmpty())
        return refuse(RefusalKind::notPossible, QStringLiteral("this is not on the network"));
    if (m_facts.channel->isRemoved)
        return refuse(RefusalKind::notPossible, QStringLiteral("the channel was removed"));
    if (const QString why = whyNot(wish.effect, message, m_facts.channel->capabilities); !why.isEmpty())
        return refuse(RefusalKind::notPossible, why);
    Decision decision;
    decision.conversation = message.conversation;
    decision.channel = message.channel;
    decision.message = message.id;
    if (isAlready(wish.effect, message) || message.hasDelivery)
        return decision;
    Change::NewEffect effect;
    effect.conversation = message.conversation;
    effect.message = message.id;
    effect.effect = wish.effect;
    effect.heldUntil = m_now + m_facts.undoWindow;
    decision.changes.emplace_back(effect);
    decision.after = word(wish.effect);
    if (const auto back = inverseEffect(wish.effect, message.moderation))
        decision.inverse = Act::PerformEffect{message.id, *back};
    return decision;
}

Verdict Rules::operator()(const Act::MergeContacts &wish) const
{
    if (wish.from == wish.into)
        return refuse(RefusalKind::invalid, QStringLiteral("a contact cannot be merged with itself"));
    if (m_facts.contact->mergedInto.isValid() || m_facts.otherContact->mergedInto.isValid())
        return refuse(RefusalKind::notPossible, QStringLiteral("this contact is merged already"));
    Decision decision;
    decision.changes.emplace_back(Change::ContactMerge{wish.from, wish.into});
    decision.before = QString::number(wish.from.value);
    decision.after = QString::number(wish.into.value);
    decision.inverse = Act::SplitContact{wish.from};
    return decision;
}

Verdict Rules::operator()(const Act::SplitContact &wish) const
{
    Decision decision;
    const ContactId into = m_facts.contact->mergedInto;
    if (!into.isValid())
        return decision;
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
    Change::AgentRow row;
    row.agent = wish.agent;
    row.isOnDuty = wish.onDuty;
    decision.changes.emplace_back(row);
    decision.after = wish.onDuty ? QStringLiteral("on") : QStringLiteral("off");
    decision.inverse = Act::SetDuty{wish.agent, !wish.onDuty};
    return decision;
}

Verdict Rules::operator()(const Act::PauseSending &wish) const
{
    Decision decision;
    decision.channel = wish.channel;
    if (wish.channel.isValid() && m_facts.channel->isPaused)
        return decision;
    decision.changes.emplace_back(Change::SendingPause{wish.channel, true, cleanLine(wish.reason)});
    decision.after = cleanLine(wish.reason);
    decision.inverse = Act::ResumeSending{wish.channel};
    return decision;
}

Verdict Rules::operator()(const Act::ResumeSending &wish) const
{
    Decision decision;
    decision.channel = wish.channel;
    if (wish.channel.isValid() && !m_facts.channel->isPaused)
        return decision;
    decision.changes.emplace_back(Change::SendingPause{wish.channel, false, {}});
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
    if (wish.name) {
        row.name = cleanLine(*wish.name, 80);
        if (row.name->isEmpty())
            return refuse(RefusalKind::invalid, QStringLiteral("an agent needs a name"));
    }
    Decision decision;
    decision.changes.emplace_back(row);
    decision.before = agent.name + QLatin1Char(' ') + word(agent.role);
    decision.after = row.name.value_or(agent.name) + QLatin1Char(' ') + word(wish.role.value_or(agent.role));
    decision.inverse = Act::EditAgent{agent.id, wish.name ? std::optional(agent.name) : std::nullopt,
                                      wish.role ? std::optional(agent.role) : std::nullopt,
                                      wish.isDisabled ? std::optional(agent.isDisabled) : std::nullopt};
    return decision;
}

Verdict Rules::operator()(const Act::AddChannel &wish) const
{
    if (wish.address.trimmed().isEmpty())
        return refuse(RefusalKind::invalid, QStringLiteral("a channel needs an address"));
    if (m_facts.isKnownAddress)
        return refuse(RefusalKind::notPossible, QStringLiteral("this address is connected already"));
    Decision decision;
    Act::AddChannel channel = wish;
    channel.address = wish.address.trimmed();
    channel.name = cleanLine(wish.name, 120);
    if (channel.name.isEmpty())
        channel.name = channel.address;
    decision.changes.emplace_back(Change::NewChannel{channel});
    decision.after = channel.address;
    return decision;
}

Verdict Rules::operator()(const Act::EditChannel &wish) const
{
    if (wish.pullEverySeconds && (*wish.pullEverySeconds < 15 || *wish.pullEverySeconds > 86'400))
        return refuse(RefusalKind::invalid, QStringLiteral("between 15 seconds and a day"));
    if (wish.name && cleanLine(*wish.name).isEmpty())
        return refuse(RefusalKind::invalid, QStringLiteral("a channel needs a name"));
    Decision decision;
    decision.channel = wish.channel;
    decision.changes.emplace_back(Change::ChannelRow{wish});
    return decision;
}

Verdict Rules::operator()(const Act::RemoveChannel &wish) const
{
    Decision decision;
    decision.channel = wish.channel;
    if (!m_facts.channel->isRemoved)
        decision.changes.emplace_back(Change::ChannelEnd{wish.channel});
    return decision;
}

Role neededRole(const ActionArguments &arguments)
{
    return std::visit(Overloaded{
                          [](const Act::PauseSending &) { return Role::lead; },
                          [](const Act::ResumeSending &) { return Role::lead; },
                          [](const Act::AddAgent &) { return Role::admin; },
                          [](const Act::EditAgent &) { return Role::admin; },
                          [](const Act::AddChannel &) { return Role::admin; },
                          [](const Act::EditChannel &) { return Role::admin; },
                          [](const Act::RemoveChannel &) { return Role::admin; },
                          [](const auto &) { return Role::agent; },
                      },
                      arguments);
}

/// Whether every target that the action names was found.
bool hasTargets(const Facts &facts, const ActionArguments &arguments)
{
    const FactSet needed = neededFacts(arguments);
    const auto needs = [needed](Fact fact) { return (needed & static_cast<FactSet>(fact)) != 0; };
    const auto *reply = std::get_if<Act::SendReply>(&arguments);
    const auto *pause = std::get_if<Act::PauseSending>(&arguments);
    const auto *resume = std::get_if<Act::ResumeSending>(&arguments);
    const bool isForAll = (pause && !pause->channel.isValid()) || (resume && !resume->channel.isValid());
    const bool needsOther = std::holds_alternative<Act::MergeContacts>(arguments);
    return (!needs(Fact::conversation) || facts.conversation) && (!needs(Fact::message) || facts.message || reply) &&
           (!needs(Fact::delivery) || facts.delivery) && (!needs(Fact::channel) || facts.channel || isForAll) &&
           (!needs(Fact::agent) || facts.agent) && (!needs(Fact::contact) || facts.contact) &&
           (!needsOther || facts.otherContact);
}

} // namespace

FactSet neededFacts(const ActionArguments &arguments)
{
    constexpr FactSet onConversation = static_cast<FactSet>(Fact::conversation);
    return std::visit(Overloaded{
                          [=](const Act::Assign &) { return onConversation | Fact::agent; },
                          [=](const Act::AddNote &) { return onConversation | Fact::agents; },
                          [](const Act::EditNote &) { return Fact::message | Fact::agents; },
                          [=](const Act::SendReply &) { return onConversation | Fact::message | Fact::channel; },
                          [=](const Act::CancelDelivery &) { return onConversation | Fact::delivery | Fact::channel; },
                          [=](const Act::RetryDelivery &) { return onConversation | Fact::delivery | Fact::channel; },
                          [=](const Act::SettleDelivery &) { return onConversation | Fact::delivery | Fact::channel; },
                          [](const Act::PerformEffect &) { return Fact::message | Fact::channel; },
                          [](const Act::MergeContacts &) { return static_cast<FactSet>(Fact::contact); },
                          [](const Act::SplitContact &) { return static_cast<FactSet>(Fact::contact); },
                          [](const Act::SetDuty &) { return static_cast<FactSet>(Fact::agent); },
                          [](const Act::PauseSending &) { return static_cast<FactSet>(Fact::channel); },
                          [](const Act::ResumeSending &) { return static_cast<FactSet>(Fact::channel); },
                          [](const Act::AddAgent &) { return static_cast<FactSet>(Fact::agents); },
                          [](const Act::EditAgent &) { return Fact::agent | Fact::agents; },
                          [](const Act::AddChannel &) { return static_cast<FactSet>(Fact::address); },
                          [](const Act::EditChannel &) { return static_cast<FactSet>(Fact::channel); },
                          [](const Act::RemoveChannel &) { return static_cast<FactSet>(Fact::channel); },
                          [=](const auto &) { return onConversation; },
                      },
                      arguments);
}

tl::expected<Decision, Refusal> decide(const Facts &facts, const AgentFacts &actor, const Action &action, Time now)
{
    if (actor.isDisabled)
        return refuse(RefusalKind::permission, QStringLiteral("disabled"));
    if (const Role needed = neededRole(action.arguments); actor.role < needed)
        return refuse(RefusalKind::permission, word(needed));
    if (!hasTargets(facts, action.arguments))
        return refuse(RefusalKind::notFound);
    return std::visit(Rules(facts, actor, action, now), action.arguments);
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
