// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/channelhealth.h"

namespace Earshot {

namespace {

constexpr Duration farOff = std::chrono::hours(24);
/// Long enough to be seen after a weekend; the journal keeps it for good.
constexpr Duration gapIsToldFor = std::chrono::hours(24 * 7);
/// How the details of a channel begin.
const auto nothingNewer = QStringLiteral("nothing newer than ");
const auto datesOff = QStringLiteral("what is new is dated ");
const auto gapBetween = QStringLiteral("gap possible between ");

/// "1825 days ahead", of an offset as ClockReader::offset() counts it.
QString inDays(Duration offset)
{
    const auto days = std::chrono::duration_cast<std::chrono::hours>(std::chrono::abs(offset)).count() / 24;
    const QString many = days == 1 ? QStringLiteral("a day ") : QStringLiteral("%1 days ").arg(days);
    return many + (offset > Duration(0) ? QStringLiteral("ahead") : QStringLiteral("behind"));
}

/// What was stored, where it is of this kind.
QString storedDetail(const ChannelRecord &channel, Health health, const QString &start)
{
    return channel.health == health && channel.healthDetail.startsWith(start) ? channel.healthDetail : QString();
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
    , m_nothingSince(storedDetail(channel, Health::ok, nothingNewer))
    , m_datesOff(storedDetail(channel, Health::clockOff, datesOff))
    , m_gap(storedDetail(channel, Health::gapPossible, gapBetween))
    , m_gapAt(channel.healthSince)
{
}

ChannelHealth::Condition ChannelHealth::after(const PullRun &run, Time horizon, Time now)
{
    if (const std::optional<Duration> offset = run.datesOffset())
        m_datesOff = std::chrono::abs(*offset) > farOff ? QString(datesOff + inDays(*offset)) : QString();
    if (const auto gap = run.gap()) {
        m_gap = gapBetween + toIso(gap->first) + QStringLiteral(" and ") + toIso(gap->second);
        m_gapAt = now;
    } else if (now - m_gapAt > gapIsToldFor) {
        m_gap.clear();
    }
    if (run.isEmptyFirst() && isKnown(horizon))
        m_nothingSince = QString(nothingNewer + toDateTime(horizon).date().toString(Qt::ISODate) +
                                 QStringLiteral(" was found there; what is older was left out"));
    else if (run.hasNew())
        m_nothingSince.clear();
    if (!run.withheld().isEmpty())
        return {Health::withheld, run.withheld().left(500)};
    if (run.isCutOff())
        return {Health::cutOff, QStringLiteral("the document ends early or is broken: only what was whole is stored")};
    return this->now();
}

ChannelHealth::Condition ChannelHealth::now() const
{
    if (!m_gap.isEmpty())
        return {Health::gapPossible, m_gap};
    if (std::chrono::abs(m_clock.offset()) > farOff)
        return {Health::clockOff, QStringLiteral("the network's clock is ") + inDays(m_clock.offset())};
    if (!m_datesOff.isEmpty())
        return {Health::clockOff, m_datesOff};
    return {Health::ok, m_nothingSince};
}

} // namespace Earshot
