// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/http.h"

#include <QLocale>

#include <algorithm>
#include <ctime>
#include <optional>

namespace Earshot {

namespace {

// No limit of a network lasts longer; more is a mistake or malice, and would silence a channel for ever.
constexpr Duration longestWait = std::chrono::hours(24);

/// An HTTP date (RFC 9110 5.6.7, the form that servers must send).
std::optional<Time> httpDate(const QByteArray &text)
{
    QDateTime moment =
        QLocale::c().toDateTime(QString::fromLatin1(text.trimmed()), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (!moment.isValid())
        return {};
    moment.setTimeSpec(Qt::UTC);
    return timeFrom(moment);
}

/// A moment that the server named, by our clock: its own Date tells how far its clock is off.
Time corrected(Time moment, const HttpAnswer &answer, Time now)
{
    const std::optional<Time> date = httpDate(answer.header("date"));
    return date ? now + (moment - *date) : moment;
}

std::optional<Time> after(qint64 seconds, Time now)
{
    if (seconds < 0)
        return {};
    return now + std::min<Duration>(longestWait, std::chrono::seconds(std::min<qint64>(seconds, 1'000'000)));
}

std::optional<Time> fromRetryAfter(const HttpAnswer &answer, Time now)
{
    const QByteArray value = answer.header("retry-after").trimmed();
    if (value.isEmpty())
        return {};
    bool isNumber = false;
    const double seconds = value.toDouble(&isNumber);
    if (isNumber)
        return seconds >= 0 && seconds < 1e9 ? after(qint64(seconds + 0.999), now) : std::nullopt;
    const std::optional<Time> date = httpDate(value);
    return date ? std::optional(corrected(*date, answer, now)) : std::nullopt;
}

/// X-RateLimit-Reset: an ISO time (Mastodon), seconds since 1970 (GitHub, Bluesky) or seconds left (Reddit).
std::optional<Time> fromReset(const HttpAnswer &answer, Time now)
{
    QByteArray value = answer.header("x-ratelimit-reset").trimmed();
    if (value.isEmpty())
        value = answer.header("ratelimit-reset").trimmed();
    if (value.isEmpty())
        return {};
    bool isNumber = false;
    const double number = value.toDouble(&isNumber);
    if (!isNumber) {
        const QDateTime moment = QDateTime::fromString(QString::fromLatin1(value), Qt::ISODateWithMs);
        return moment.isValid() ? std::optional(corrected(timeFrom(moment), answer, now)) : std::nullopt;
    }
    constexpr double firstEpoch = 1e9; // 2001: no limit is 31 years away
    if (!(number >= 0) || number > 1e11)
        return {};
    if (number < firstEpoch)
        return after(qint64(number + 0.999), now);
    return corrected(timeFromMs(qint64(number) * 1000), answer, now);
}

ErrorKind kindOf(int status)
{
    switch (status) {
    case 401:
        return ErrorKind::authExpired;
    case 403:
        return ErrorKind::permission;
    case 404:
        return ErrorKind::notFound;
    case 410:
        return ErrorKind::gone;
    case 413:
        return ErrorKind::tooLong;
    case 429:
        return ErrorKind::rateLimited;
    default:
        return status >= 500 && status < 600 ? ErrorKind::transient : ErrorKind::unknown;
    }
}

} // namespace

Duration uptime()
{
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return std::chrono::seconds(now.tv_sec) +
           std::chrono::duration_cast<Duration>(std::chrono::nanoseconds(now.tv_nsec));
}

Duration clockOffset(const HttpAnswer &answer, Time now)
{
    const std::optional<Time> date = httpDate(answer.header("date"));
    // What a cache kept has the Date of long ago, and says how long (RFC 9111 5.1).
    constexpr qint64 oldest = 7 * 24 * 3600;
    const qint64 age = std::clamp<qint64>(answer.header("age").trimmed().toLongLong(), 0, oldest);
    return date ? *date + std::chrono::seconds(age) - now : Duration(0);
}

Time retryTime(const HttpAnswer &answer, Time now)
{
    std::optional<Time> until = fromRetryAfter(answer, now);
    // Servers send the reset with every answer: it says something only when the limit is why this one failed.
    const bool isLimited = answer.status == 429 || answer.header("x-ratelimit-remaining").trimmed() == "0" ||
                           answer.header("ratelimit-remaining").trimmed() == "0";
    if (!until && isLimited)
        until = fromReset(answer, now);
    return until ? std::clamp(*until, now, now + longestWait) : Time();
}

Time limitReset(const HttpAnswer &answer, Time now)
{
    if (const Time until = retryTime(answer, now); isKnown(until))
        return until;
    const std::optional<Time> reset = fromReset(answer, now);
    return reset ? std::clamp(*reset, now, now + longestWait) : Time();
}

Error errorOf(const HttpAnswer &answer, Time now)
{
    const ErrorKind kind = kindOf(answer.status);
    const bool canWait = kind == ErrorKind::rateLimited || kind == ErrorKind::transient;
    // The body stays out of the log: it may hold what a person wrote, or worse.
    return Error{.kind = kind,
                 .detail = QStringLiteral("HTTP %1 from %2").arg(QString::number(answer.status), answer.url.host()),
                 .until = canWait ? retryTime(answer, now) : Time()};
}

} // namespace Earshot
