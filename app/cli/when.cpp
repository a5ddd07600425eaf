// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/when.h"

#include <QLocale>
#include <QRegularExpression>

namespace Earshot {

namespace {

const QTime morning(9, 0);
const QTime evening(20, 0);

Time at(QDate day, QTime time, const QTimeZone &zone)
{
    return timeFrom(QDateTime(day, time, zone));
}

/// Both years are far outside what anybody means and inside what ISO 8601 can write.
bool isSensible(const QDateTime &moment)
{
    return moment.isValid() && moment.date().year() >= 1990 && moment.date().year() <= 2200;
}

/// The date-time or date in `text`; a date alone is taken at `timeOfDay`.
std::optional<Time> parseIso(const QString &text, QTime timeOfDay, const QTimeZone &zone)
{
    const QDate day = QDate::fromString(text, Qt::ISODate);
    if (text.size() == 10 && day.isValid()) {
        const QDateTime moment(day, timeOfDay, zone);
        return isSensible(moment) ? std::optional(timeFrom(moment)) : std::nullopt;
    }
    QString iso = text;
    if (iso.size() > 10 && iso.at(10) == QLatin1Char(' '))
        iso[10] = QLatin1Char('T');
    QDateTime moment = QDateTime::fromString(iso, Qt::ISODateWithMs);
    if (moment.timeSpec() == Qt::LocalTime)
        moment = QDateTime(moment.date(), moment.time(), zone);
    return isSensible(moment) && text.size() > 10 ? std::optional(timeFrom(moment)) : std::nullopt;
}

std::optional<int> weekday(const QString &text)
{
    for (int day = 1; day <= 7; ++day) {
        const QString name = QLocale::c().dayName(day, QLocale::LongFormat).toLower();
        if (text == name || text == name.left(3))
            return day;
    }
    return std::nullopt;
}

tl::unexpected<Error> notUnderstood(const QString &text, const QString &examples)
{
    return fail(ErrorKind::invalid, QStringLiteral("\"%1\" is not a time: %2").arg(text, examples));
}

} // namespace

Result<Duration> parseDuration(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^([0-9]{1,6})([smhdw])$"));
    const QRegularExpressionMatch match = form.match(text.trimmed().toLower());
    if (!match.hasMatch())
        return fail(ErrorKind::invalid, QStringLiteral("\"%1\" is not a duration: try 30m, 2h, 30d, 2w").arg(text));
    const qint64 number = match.captured(1).toLongLong();
    switch (match.captured(2).at(0).toLatin1()) {
    case 's':
        return std::chrono::seconds(number);
    case 'm':
        return std::chrono::minutes(number);
    case 'h':
        return std::chrono::hours(number);
    case 'd':
        return std::chrono::hours(24 * number);
    default:
        return std::chrono::hours(7 * 24 * number);
    }
}

Result<Time> parseFuture(const QString &text, Time now, const QTimeZone &zone)
{
    const QString word = text.trimmed().toLower();
    const QDate today = toDateTime(now).toTimeZone(zone).date();
    std::optional<Time> found = parseIso(text.trimmed(), morning, zone);
    if (word == QLatin1StringView("tonight"))
        found = at(today, evening, zone);
    else if (word == QLatin1StringView("tomorrow"))
        found = at(today.addDays(1), morning, zone);
    else if (const auto day = weekday(word))
        found = at(today.addDays((*day - today.dayOfWeek() + 6) % 7 + 1), morning, zone);
    else if (const Result<Duration> duration = parseDuration(word); duration && !found)
        found = now + *duration;
    if (!found || !isSensible(toDateTime(*found)))
        return notUnderstood(text, QStringLiteral("try 2h, 1d, tonight, tomorrow, monday or 2026-06-01T09:30"));
    if (*found <= now)
        return fail(ErrorKind::invalid, QStringLiteral("\"%1\" is already past").arg(text));
    return *found;
}

bool isCountedFromNow(const QString &text)
{
    const QString word = text.trimmed().toLower();
    return word == QLatin1StringView("now") || word == QLatin1StringView("today") ||
           word == QLatin1StringView("yesterday") || parseDuration(word).has_value();
}

Result<Time> parsePast(const QString &text, Time now, const QTimeZone &zone)
{
    const QString word = text.trimmed().toLower();
    const QDate today = toDateTime(now).toTimeZone(zone).date();
    std::optional<Time> found = parseIso(text.trimmed(), QTime(0, 0), zone);
    if (word == QLatin1StringView("now"))
        found = now;
    else if (word == QLatin1StringView("today"))
        found = at(today, QTime(0, 0), zone);
    else if (word == QLatin1StringView("yesterday"))
        found = at(today.addDays(-1), QTime(0, 0), zone);
    else if (const Result<Duration> duration = parseDuration(word); duration && !found)
        found = now - *duration;
    if (!found || !isSensible(toDateTime(*found)))
        return notUnderstood(text, QStringLiteral("try 30d, 12h, today, yesterday, now or 2026-06-01"));
    return *found;
}

} // namespace Earshot
