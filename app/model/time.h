// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>

#include <chrono>
#include <optional>

namespace Earshot {

/// A point in UTC, in milliseconds since 1970. The epoch itself stands for "not known".
using Time = std::chrono::sys_time<std::chrono::milliseconds>;
using Duration = std::chrono::milliseconds;

[[nodiscard]] constexpr Time timeFromMs(qint64 ms)
{
    return Time(Duration(ms));
}
[[nodiscard]] constexpr qint64 toMs(Time time)
{
    return time.time_since_epoch().count();
}
[[nodiscard]] constexpr bool isKnown(Time time)
{
    return toMs(time) != 0;
}
[[nodiscard]] inline Time timeFrom(const QDateTime &moment)
{
    return moment.isValid() ? timeFromMs(moment.toMSecsSinceEpoch()) : Time();
}
[[nodiscard]] inline QDateTime toDateTime(Time time)
{
    return isKnown(time) ? QDateTime::fromMSecsSinceEpoch(toMs(time), Qt::UTC) : QDateTime();
}
/// RFC 3339 in UTC with milliseconds, empty when not known: how times leave the program. As QDateTime has it, without
/// its price, which each row of a change would pay several times.
[[nodiscard]] QString toIso(Time time);
/// The way back, also of what others write: ISO 8601 as QDateTime reads it, with a zone. @return nothing: it is none
[[nodiscard]] std::optional<Time> timeFromIso(const QString &text);

/// Tells the time. Passed in wherever time is read, so that a test decides it. Thread-safe.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Time now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override
    {
        return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    }
};

} // namespace Earshot
