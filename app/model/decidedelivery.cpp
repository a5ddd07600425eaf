// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/rules.h"

#include "model/htmltext.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr qsizetype mostParts = 20;

} // namespace

bool Rules::isAnsweredElsewhere() const
{
    return m_action.basedOn != 0 && conversation().twinAnsweredSeq > m_action.basedOn;
}

Seq Rules::newest() const
{
    return std::max(conversation().seq, conversation().twinAnsweredSeq);
}

Seq Rules::acknowledged() const
{
    return m_action.basedOn != 0 ? m_action.basedOn : newest();
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
    const auto isEmpty = [](const QString &part) { return cleanText(part).isEmpty(); };
    if (std::any_of(wish.furtherParts.cbegin(), wish.furtherParts.cend(), isEmpty))
        return refuse(RefusalKind::invalid, QStringLiteral("a part of the reply is empty"));
    if (wish.furtherParts.size() >= mostParts)
        return refuse(RefusalKind::invalid, QStringLiteral("the reply has too many parts"));
    if (!m_facts.message)
        return refuse(RefusalKind::notFound, QStringLiteral("there is no message to answer"));
    if (m_facts.message->conversation != wish.conversation)
        return refuse(RefusalKind::invalid, QStringLiteral("the message answered is of another conversation"));
    if (m_facts.message->presence != Presence::live && !wish.mayAnswerGone)
        return refuse(RefusalKind::notPossible, QStringLiteral("the message answered no longer exists"));
    if (hasMovedOn())
        return refuse(RefusalKind::stale);
    if (!m_action.force && isAnsweredElsewhere())
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
    if (asked < target.visibility && !wish.mayWiden)
        return refuse(RefusalKind::moreReaders);

    Change::NewReply reply;
    reply.reply = wish;
    reply.reply.text = cleanText(wish.text);
    for (QString &part : reply.reply.furtherParts)
        part = cleanText(part);
    reply.visibility = asked;
    reply.target = target.id;
    reply.heldUntil = m_now + (wish.skipUndoWindow ? Duration(0) : m_facts.settings.undoWindow());
    reply.basedOn = m_action.force ? newest() : acknowledged();

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
    if (const auto refusal = overtaken())
        return tl::unexpected(*refusal);
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

Verdict Rules::operator()(const Act::RetryDelivery &wish) const
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
    // Who looked for it outside looked for what an earlier attempt had left. Attempts are counted from each retry on.
    if (const auto refusal = newerWish())
        return tl::unexpected(*refusal);
    if (wish.attempts > 0 && delivery.attempts != wish.attempts)
        return refuse(RefusalKind::notPossible, QStringLiteral("it was tried again meanwhile"));
    // Forced, it is also done with what may have arrived: over what was seen, not over what came since.
    const bool isReply = delivery.effect == Effect::reply;
    if (isReply && m_action.basedOn != 0 && conversation().publicSeq > m_action.basedOn)
        return refuse(RefusalKind::stale);
    if (isReply && isAnsweredElsewhere())
        return refuse(RefusalKind::answeredElsewhere);
    Decision decision = about(conversation());
    decision.message = delivery.message;
    // The person has the present state before the eyes: the reply now builds on that.
    decision.changes.emplace_back(Change::DeliveryStep{delivery.id, DeliveryState::queued, m_now, acknowledged()});
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

} // namespace Earshot
