// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/channelhealth.h"

#include "model/healthsentences.h"

namespace Earshot {

namespace {

constexpr Duration farOff = std::chrono::hours(24);
/// Long enough to be seen after a weekend; the journal keeps it for good.
constexpr Duration gapIsToldFor = std::chrono::hours(24 * 7);

/// "1825 days ahead", of an offset as ClockReader::offset() counts it.
QString inDays(Duration offset)
{
    using namespace HealthSentences;
    const auto days = std::chrono::duration_cast<std::chrono::hours>(std::chrono::abs(offset)).count() / 24;
    const bool isAhead = offset > Duration(0);
    if (days == 1)
        return KnownSentence{isAhead ? aDayAhead : aDayBehind}.inEnglish();
    return KnownSentence{isAhead ? daysAhead : daysBehind, {QString::number(days)}}.inEnglish();
}

/// What was stored, where it is of this kind.
QString storedDetail(const ChannelRecord &channel, Health health, const char *words)
{
    QStringList parts;
    const bool isSo = channel.health == health && KnownSentence::read(channel.healthDetail, words, parts);
    return isSo ? channel.healthDetail : QString();
}

} // namespace

Health healthOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::authExpired:
        return Health::signIn;
    case ErrorKind::permission:
    case ErrorKind::policy:
        return Health::permission;
    case ErrorKind::rateLimited:
    case ErrorKind::quota:
        return Health::rateLimited;
    case ErrorKind::malformed:
    case ErrorKind::tooLarge:
        return Health::malformed;
    case ErrorKind::gone:
    case ErrorKind::notFound:
        return Health::gone;
    case ErrorKind::noKeychain:
        return Health::keyringLocked;
    case ErrorKind::certificate:
        return Health::certificate;
    default:
        return Health::unreachable;
    }
}

ChannelHealth::ChannelHealth(const ChannelRecord &channel, const ClockReader &clock)
    : m_clock(clock)
    , m_nothingSince(storedDetail(channel, Health::ok, HealthSentences::nothingNewer))
    , m_datesOff(storedDetail(channel, Health::clockOff, HealthSentences::datesOff))
    , m_gap(storedDetail(channel, Health::gapPossible, HealthSentences::gapBetween))
    , m_gapAt(channel.healthSince)
{
}

ChannelHealth::Condition ChannelHealth::after(const PullRun &run, Time horizon, Time now)
{
    if (const std::optional<Duration> offset = run.datesOffset())
        m_datesOff = std::chrono::abs(*offset) > farOff
                         ? KnownSentence{HealthSentences::datesOff, {inDays(*offset)}}.inEnglish()
                         : QString();
    if (const auto gap = run.gap()) {
        m_gap = KnownSentence{HealthSentences::gapBetween, {toIso(gap->first), toIso(gap->second)}}.inEnglish();
        m_gapAt = now;
    } else if (now - m_gapAt > gapIsToldFor) {
        m_gap.clear();
    }
    if (run.isEmptyFirst() && isKnown(horizon))
        m_nothingSince =
            KnownSentence{HealthSentences::nothingNewer, {toDateTime(horizon).date().toString(Qt::ISODate)}}
                .inEnglish();
    else if (run.hasNew())
        m_nothingSince.clear();
    if (!run.withheld().isEmpty())
        return {Health::withheld, run.withheld().left(500)};
    if (run.isCutOff())
        return {Health::cutOff, KnownSentence{HealthSentences::cutOff}.inEnglish()};
    return this->now();
}

ChannelHealth::Condition ChannelHealth::now() const
{
    if (!m_gap.isEmpty())
        return {Health::gapPossible, m_gap};
    if (std::chrono::abs(m_clock.offset()) > farOff)
        return {Health::clockOff, KnownSentence{HealthSentences::clockOff, {inDays(m_clock.offset())}}.inEnglish()};
    if (!m_datesOff.isEmpty())
        return {Health::clockOff, m_datesOff};
    return {Health::ok, m_nothingSince};
}

} // namespace Earshot
