// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/deliveryrules.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr int mostAttempts = 5;
constexpr Duration longestLimit = std::chrono::hours(24);
constexpr Duration longWait = std::chrono::minutes(30);

int matterOf(Effect effect)
{
    switch (effect) {
    case Effect::reply:
        return 0;
    case Effect::like:
    case Effect::unlike:
        return 1;
    case Effect::boost:
    case Effect::unboost:
        return 2;
    case Effect::deleteOwn:
        return 3;
    default:
        return 4;
    }
}

} // namespace

BeginVerdict mayBegin(const BeginFacts &facts, Time now)
{
    const bool isWaiting =
        facts.state == DeliveryState::queued || (facts.state == DeliveryState::held && facts.heldUntil <= now);
    if (!isWaiting || facts.isPaused || facts.retryAt > now)
        return BeginVerdict::wait;
    const Time due = std::max({facts.heldUntil, facts.queuedAt, facts.retryAt});
    if (facts.isFirstAfterStart && now - due > longWait)
        return BeginVerdict::waitedLong;
    if (facts.partBefore)
        return *facts.partBefore == DeliveryState::sent ? BeginVerdict::begin : BeginVerdict::wait;
    if (facts.effect == Effect::reply && facts.publicSeq > facts.basedOn)
        return BeginVerdict::stale;
    if (facts.effect == Effect::reply && facts.twinAnsweredSeq > facts.basedOn)
        return BeginVerdict::answeredElsewhere;
    return BeginVerdict::begin;
}

bool isSameMatter(Effect one, Effect other)
{
    return matterOf(one) == matterOf(other);
}

FarthestWaits farthestWaits(Time now, Duration undoWindow)
{
    // Clocks are set by seconds all the time.
    constexpr Duration leeway = std::chrono::minutes(1);
    const Time soon = now + leeway;
    return {soon + undoWindow, soon + longestLimit, soon + longestAttempt};
}

Duration backOff(int n)
{
    constexpr Duration most = std::chrono::minutes(5);
    return std::min(most, Duration(std::chrono::seconds(5)) * (1 << std::clamp(n - 1, 0, 10)));
}

AttemptVerdict afterAttempt(const std::optional<Error> &error, int attempts, Time now)
{
    AttemptVerdict verdict;
    if (!error)
        return verdict;
    verdict.failure = word(error->kind);
    verdict.detail = error->detail;
    switch (error->kind) {
    case ErrorKind::unsure:
    case ErrorKind::duplicate:
        verdict.state = DeliveryState::unsure;
        break;
    case ErrorKind::rateLimited:
    case ErrorKind::quota:
        verdict.state = DeliveryState::queued;
        verdict.retryAt = std::max(error->until, now + backOff(attempts));
        break;
    case ErrorKind::transient:
    case ErrorKind::certificate:
        verdict.state = attempts < mostAttempts ? DeliveryState::queued : DeliveryState::failed;
        verdict.retryAt = std::max(error->until, now + backOff(attempts));
        break;
    default:
        verdict.state = DeliveryState::failed;
    }
    return verdict;
}

AttemptVerdict afterRepeat(AttemptVerdict verdict)
{
    if (verdict.state == DeliveryState::failed)
        verdict.failure = notFoundOnNetwork();
    if (verdict.state != DeliveryState::sent)
        verdict.state = DeliveryState::unsure;
    verdict.retryAt = {};
    return verdict;
}

QString notFoundOnNetwork()
{
    return QStringLiteral("notFoundOnNetwork");
}

InboundVerdict afterInbound(Status status, Reason reason, Time lastMessageAt, Time now, Duration reopenWithin)
{
    InboundVerdict verdict;
    if (status == Status::resolved && reason == Reason::spam) {
        verdict.status = status;
        return verdict;
    }
    verdict.startsNew = status == Status::resolved && isKnown(lastMessageAt) && now - lastMessageAt > reopenWithin;
    verdict.isReopened = status != Status::open && !verdict.startsNew;
    if (verdict.startsNew)
        verdict.status = status;
    return verdict;
}

} // namespace Earshot
