// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/deliveryrules.h"
#include "model/rules.h"

#include <algorithm>

namespace Earshot {

namespace {

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

const EffectFacts *lastWish(const MessageFacts &message, Effect effect)
{
    for (const EffectFacts &one : message.underWay) {
        if (isSameMatter(one.effect, effect))
            return &one;
    }
    return nullptr;
}

/// Where only threads that we began can be moderated, what answers there can be hidden and shown again.
bool mayHide(Effect effect, const MessageFacts &message, const Capabilities &can)
{
    if (can.canHide)
        return true;
    const bool isHiding = effect == Effect::hide || effect == Effect::approve;
    return can.canHideBelowOwn && isHiding && message.isThreadOurs && !message.isRoot &&
           message.kind != MessageKind::reply;
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
        if (mayHide(effect, message, can))
            return {};
        return can.canHideBelowOwn ? QStringLiteral("only answers to our own posts can be hidden, and shown again")
                                   : QStringLiteral("this channel cannot moderate");
    }
}

bool isAlready(Effect effect, const MessageFacts &message, const Capabilities &can)
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
        return message.moderation == Moderation::approved || (!can.canHide && message.moderation == Moderation::none);
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

/// Whether another one that cannot be taken back may still change the same.
bool hasOther(const MessageFacts &message, const EffectFacts *last)
{
    return std::any_of(message.underWay.cbegin(), message.underWay.cend(), [last](const EffectFacts &one) {
        return &one != last && isSameMatter(one.effect, last->effect);
    });
}

/// What is in doubt says nothing of what is so: the older wish may have been done, or a newer one since.
bool isNothingToDo(Effect effect, const EffectFacts *last, const MessageFacts &message, const Capabilities &can)
{
    if (!last)
        return isAlready(effect, message, can);
    const bool isInDoubt = last->state == DeliveryState::unsure;
    return last->effect == effect && (!isInDoubt || isAlready(effect, message, can));
}

} // namespace

Verdict Rules::operator()(const Act::PerformEffect &wish) const
{
    const MessageFacts &message = *m_facts.message;
    if (message.kind == MessageKind::note || message.uri.isEmpty())
        return refuse(RefusalKind::notPossible, QStringLiteral("this is not on the network"));
    if (m_facts.channel->isRemoved)
        return refuse(RefusalKind::notPossible, QStringLiteral("the channel was removed"));
    if (const QString why = whyNot(wish.effect, message, m_facts.channel->capabilities); !why.isEmpty())
        return refuse(RefusalKind::notPossible, why);
    const Capabilities &can = m_facts.channel->capabilities;
    Decision decision;
    decision.conversation = message.conversation;
    decision.channel = message.channel;
    decision.message = message.id;
    const EffectFacts *last = lastWish(message, wish.effect);
    if (isNothingToDo(wish.effect, last, message, can))
        return decision;
    if (const auto refusal = overtaken())
        return tl::unexpected(*refusal);
    decision.after = word(wish.effect);
    // What has not left yet is taken back instead of being done and undone before everybody's eyes.
    if (last && (last->state == DeliveryState::held || last->state == DeliveryState::queued)) {
        decision.changes.emplace_back(Change::DeliveryStep{last->id, DeliveryState::cancelled, {}, {}});
        decision.inverse = Act::PerformEffect{message.id, last->effect};
        const bool isSo = isAlready(wish.effect, message, can) && !hasOther(message, last);
        if (isSo || inverseEffect(last->effect, message.moderation) == wish.effect)
            return decision;
    }
    Change::NewEffect effect;
    effect.conversation = message.conversation;
    effect.message = message.id;
    effect.effect = wish.effect;
    effect.heldUntil = m_now + m_facts.settings.undoWindow();
    decision.changes.emplace_back(effect);
    if (const auto back = inverseEffect(wish.effect, message.moderation))
        decision.inverse = Act::PerformEffect{message.id, *back};
    return decision;
}

} // namespace Earshot
