// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feeddates.h"

#include <QHash>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <optional>

namespace Earshot {

namespace {

struct DateParts
{
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int ms = 0;
    int zone = 0; ///< seconds east of Greenwich
};

Time timeOf(DateParts parts)
{
    if (parts.year < 1990 || parts.year > 2200)
        return {};
    const QDate date(parts.year, parts.month, parts.day);
    // 24:00 is the next day's beginning; leap seconds and nonsense end with the minute.
    const bool isNextDay = parts.hour == 24;
    const QTime time(isNextDay ? 0 : parts.hour, parts.minute, qMin(parts.second, 59), parts.ms);
    if (!date.isValid() || !time.isValid())
        return {};
    const QDateTime moment(isNextDay ? date.addDays(1) : date, time, Qt::UTC);
    return timeFrom(moment.addSecs(-parts.zone));
}

/// Two digits mean a year from 1970 to 2069.
int yearOf(const QString &digits)
{
    const int year = digits.toInt();
    if (digits.size() > 2)
        return year;
    return year < 70 ? year + 2000 : year + 1900;
}

/// "+0200", "+02:00", "-5", "+530": seconds; nothing when it is no offset that exists.
std::optional<int> offsetOf(const QString &sign, const QString &digits)
{
    const QString number = QString(digits).remove(QLatin1Char(':'));
    const int value = number.toInt();
    const int hours = number.size() <= 2 ? value : value / 100;
    const int minutes = number.size() <= 2 ? 0 : value % 100;
    if (hours > 15 || minutes > 59)
        return std::nullopt;
    const int seconds = hours * 3600 + minutes * 60;
    return sign == QLatin1String("-") ? -seconds : seconds;
}

std::optional<int> namedZone(const QString &name)
{
    static const QHash<QString, double> hours = {
        {QStringLiteral("z"), 0},     {QStringLiteral("ut"), 0},    {QStringLiteral("utc"), 0},
        {QStringLiteral("gmt"), 0},   {QStringLiteral("wet"), 0},   {QStringLiteral("west"), 1},
        {QStringLiteral("bst"), 1},   {QStringLiteral("cet"), 1},   {QStringLiteral("mez"), 1},
        {QStringLiteral("met"), 1},   {QStringLiteral("cest"), 2},  {QStringLiteral("mesz"), 2},
        {QStringLiteral("mest"), 2},  {QStringLiteral("eet"), 2},   {QStringLiteral("eest"), 3},
        {QStringLiteral("msk"), 3},   {QStringLiteral("ist"), 5.5}, {QStringLiteral("hkt"), 8},
        {QStringLiteral("jst"), 9},   {QStringLiteral("kst"), 9},   {QStringLiteral("aest"), 10},
        {QStringLiteral("aedt"), 11}, {QStringLiteral("nzst"), 12}, {QStringLiteral("nzdt"), 13},
        {QStringLiteral("ast"), -4},  {QStringLiteral("adt"), -3},  {QStringLiteral("est"), -5},
        {QStringLiteral("edt"), -4},  {QStringLiteral("cst"), -6},  {QStringLiteral("cdt"), -5},
        {QStringLiteral("mst"), -7},  {QStringLiteral("mdt"), -6},  {QStringLiteral("pst"), -8},
        {QStringLiteral("pdt"), -7},
    };
    const auto found = hours.constFind(name.toLower());
    if (found == hours.constEnd())
        return std::nullopt;
    return int(*found * 3600);
}

/// Beginnings of months' names in the languages that feeds are written in: January to December between "|".
const QHash<QString, int> &monthNames()
{
    static const QHash<QString, int> all = [] {
        static constexpr std::array languages = {
            // English, German, Dutch, Scandinavian
            "jan jän|feb|mar mär mae mrz mrt maa|apr|may mai mei maj|jun|jul|aug|sep|oct okt|nov|dec dez des",
            // French, Spanish, Portuguese, Italian
            "ene gen|fév fev|mar|avr abr|mag|juin giu|juil lug|aoû aou ago|set|out ott|nov|déc dic",
            // Polish, Czech, Russian, Ukrainian
            "sty led янв січ|lut úno фев лют|bře мар бер|kwi dub апр кві|kvě май мая тра|cze červn červen июн чер|"
            "lip červenc červene июл лип|sie srp авг сер|wrz zář сен вер|paź říj окт жов|lis ноя лис|gru pro дек гру",
            // Turkish, Finnish, Hungarian
            "oca tam|şub hel|maalis már|nis huh ápr|tou máj|haz kes jún|tem hei júl|ağu elo|eyl syy szep|eki lok|"
            "kas marras|ara jou",
        };
        QHash<QString, int> names;
        for (const char *language : languages) {
            const QStringList months = QString::fromUtf8(language).split(QLatin1Char('|'));
            for (qsizetype i = 0; i < months.size(); ++i) {
                const QStringList beginnings = months.at(i).split(QLatin1Char(' '));
                for (const QString &beginning : beginnings)
                    names.insert(beginning, int(i) + 1);
            }
        }
        return names;
    }();
    return all;
}

/// 1 to 12 for a month's name or its beginning; 0 for any other word.
int monthOf(const QString &word)
{
    constexpr qsizetype longestBeginning = 7;
    const QString name = word.toLower();
    // "juillet" and "juin", "mars" and "marraskuu": the longest beginning counts.
    for (qsizetype length = std::min(name.size(), longestBeginning); length >= 3; --length) {
        if (const int month = monthNames().value(name.left(length), 0); month > 0)
            return month;
    }
    return 0;
}

int milliseconds(const QString &fraction)
{
    return fraction.isEmpty() ? 0 : fraction.leftJustified(3, QLatin1Char('0')).left(3).toInt();
}

/// A zone at the end of a date, in any of its forms; UTC when there is none or nobody knows it.
int zoneOf(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("([A-Za-z]{1,5})?\\s*(?:([+-])\\s*(\\d{1,2}:?\\d{0,2}))?"));
    const auto match = pattern.match(text.trimmed(), 0, QRegularExpression::NormalMatch,
                                     QRegularExpression::AnchorAtOffsetMatchOption);
    if (!match.captured(3).isEmpty())
        return offsetOf(match.captured(2), match.captured(3)).value_or(0);
    return namedZone(match.captured(1)).value_or(0);
}

Time fromNumber(const QString &text)
{
    bool isNumber = false;
    const double value = text.toDouble(&isNumber);
    if (!isNumber || value <= 0)
        return {};
    const qsizetype digits = text.section(QLatin1Char('.'), 0, 0).size();
    if (digits == 9 || digits == 10)
        return timeFromMs(qint64(value * 1000));
    if (digits == 12 || digits == 13)
        return timeFromMs(qint64(value));
    return {};
}

Time fromIso(const QString &text)
{
    static const QRegularExpression pattern(
        QStringLiteral("^(\\d{4})(?:-(\\d{1,2})(?:-(\\d{1,2}))?|(\\d{2})(\\d{2}))?"
                       "(?:[Tt\\s]\\s*(\\d{1,2}):?(\\d{2})(?::?(\\d{2})(?:[.,](\\d+))?)?\\s*(.*))?$"));
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return {};
    DateParts parts;
    parts.year = match.captured(1).toInt();
    const QString month = match.captured(2) + match.captured(4);
    const QString day = match.captured(3) + match.captured(5);
    parts.month = month.isEmpty() ? 1 : month.toInt();
    parts.day = day.isEmpty() ? 1 : day.toInt();
    parts.hour = match.captured(6).toInt();
    parts.minute = match.captured(7).toInt();
    parts.second = match.captured(8).toInt();
    parts.ms = milliseconds(match.captured(9));
    parts.zone = zoneOf(match.captured(10));
    return timeOf(parts);
}

/// Takes the time of day, and the zone that follows it, out of the text.
void takeClock(QString &text, DateParts &parts)
{
    static const QRegularExpression clock(
        QStringLiteral("(\\d{1,2})[:h](\\d{2})(?::(\\d{1,2})(?:[.,](\\d+))?)?\\s*(?:([AaPp])\\.?[Mm]\\b\\.?)?"));
    const auto match = clock.match(text);
    if (!match.hasMatch())
        return;
    parts.hour = match.captured(1).toInt();
    parts.minute = match.captured(2).toInt();
    parts.second = match.captured(3).toInt();
    parts.ms = milliseconds(match.captured(4));
    const QString half = match.captured(5).toLower();
    if (!half.isEmpty())
        parts.hour = parts.hour % 12 + (half == QLatin1String("p") ? 12 : 0);
    QString rest = text.mid(match.capturedEnd()).trimmed();
    if (rest.startsWith(QLatin1String("Uhr")))
        rest = rest.mid(3).trimmed();
    parts.zone = zoneOf(rest);
    // A year may follow (asctime); zones never have four digits without a sign.
    static const QRegularExpression year(QStringLiteral("(?<![+\\-\\d:])\\b(\\d{4})\\b"));
    text = text.left(match.capturedStart()) + QLatin1Char(' ') + year.match(rest).captured(1);
}

/// Dates of figures alone: "2026/11/24", "2026年11月24日", "2026년 11월 24일", "24/11/2026" and "11/24/2026". Nothing
/// when nobody can tell day and month apart: to be months off is worse than not to know.
bool takeFigures(const QString &text, DateParts &parts)
{
    static const QRegularExpression yearFirst(
        QStringLiteral("\\b(\\d{4})\\s*[/.年년]\\s*(\\d{1,2})\\s*[/.月월]\\s*(\\d{1,2})(?!\\d)"));
    static const QRegularExpression yearLast(QStringLiteral("\\b(\\d{1,2})/(\\d{1,2})/(\\d{4})\\b"));
    if (const auto match = yearFirst.match(text); match.hasMatch()) {
        parts.year = match.captured(1).toInt();
        parts.month = match.captured(2).toInt();
        parts.day = match.captured(3).toInt();
        return true;
    }
    const auto match = yearLast.match(text);
    const int one = match.captured(1).toInt();
    const int two = match.captured(2).toInt();
    const bool isDayFirst = one > 12;
    if (!match.hasMatch() || (one <= 12 && two <= 12 && one != two))
        return false;
    parts.year = match.captured(3).toInt();
    parts.month = isDayFirst ? two : one;
    parts.day = isDayFirst ? one : two;
    return true;
}

Time fromWords(QString text)
{
    DateParts parts;
    takeClock(text, parts);
    static const QRegularExpression german(QStringLiteral("\\b(\\d{1,2})\\.\\s*(\\d{1,2})\\.\\s*(\\d{4}|\\d{2})\\b"));
    if (const auto match = german.match(text); match.hasMatch()) {
        parts.day = match.captured(1).toInt();
        parts.month = match.captured(2).toInt();
        parts.year = yearOf(match.captured(3));
        return timeOf(parts);
    }
    if (takeFigures(text, parts))
        return timeOf(parts);
    static const QRegularExpression word(QStringLiteral("\\d+|\\p{L}+"));
    QStringList numbers;
    for (auto it = word.globalMatch(text); it.hasNext();) {
        const QString token = it.next().captured();
        if (token.front().isDigit())
            numbers.append(token);
        else if (const int month = monthOf(token); month > 0)
            // The last one: in Paris, Madrid and Rome Tuesday begins like March.
            parts.month = month;
    }
    if (parts.month == 0 || numbers.size() < 2)
        return {};
    const bool isYearFirst = numbers.at(0).toInt() > 31;
    parts.day = numbers.at(isYearFirst ? 1 : 0).toInt();
    parts.year = yearOf(numbers.at(isYearFirst ? 0 : 1));
    return timeOf(parts);
}

} // namespace

Time feedDate(const QString &text)
{
    const QString simple = text.left(200).simplified();
    if (simple.isEmpty())
        return {};
    static const QRegularExpression digits(QStringLiteral("^\\d+(\\.\\d+)?$"));
    if (digits.match(simple).hasMatch()) {
        if (const Time time = fromNumber(simple); isKnown(time))
            return time;
        if (simple.size() == 14)
            return fromIso(simple.left(8) + QLatin1Char('T') + simple.mid(8));
    }
    if (const Time time = fromIso(simple); isKnown(time))
        return time;
    return fromWords(simple);
}

} // namespace Earshot
