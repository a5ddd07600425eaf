// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/time.h"

#include <array>

namespace Earshot {

namespace {

/// Without what stands for digits.
constexpr std::string_view isoForm = "0000-00-00T00:00:00.000Z";

template <size_t size>
void putDigits(char *to, unsigned value)
{
    for (size_t i = size; i-- > 0; value /= 10)
        to[i] = char('0' + value % 10);
}

/// The number at [from, from + size); the digits were seen to be some.
unsigned digitsAt(QStringView text, qsizetype from, qsizetype size)
{
    unsigned value = 0;
    for (qsizetype i = from; i < from + size; ++i)
        value = value * 10 + unsigned(text[i].unicode() - u'0');
    return value;
}

bool isOfIsoForm(QStringView text)
{
    if (text.size() != qsizetype(isoForm.size()))
        return false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t one = text[i].unicode();
        const char form = isoForm[size_t(i)];
        if (form == '0' ? one < u'0' || one > u'9' : one != char16_t(form))
            return false;
    }
    return true;
}

} // namespace

QString toIso(Time time)
{
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const int year = int(date.year());
    if (!isKnown(time) || year < 1 || year > 9999)
        return toDateTime(time).toString(Qt::ISODateWithMs);
    const hh_mm_ss clock(time - day);
    std::array<char, isoForm.size()> text{};
    isoForm.copy(text.data(), text.size());
    putDigits<4>(&text[0], unsigned(year));
    putDigits<2>(&text[5], unsigned(date.month()));
    putDigits<2>(&text[8], unsigned(date.day()));
    putDigits<2>(&text[11], unsigned(clock.hours().count()));
    putDigits<2>(&text[14], unsigned(clock.minutes().count()));
    putDigits<2>(&text[17], unsigned(clock.seconds().count()));
    putDigits<3>(&text[20], unsigned(clock.subseconds().count()));
    return QString::fromLatin1(text.data(), qsizetype(text.size()));
}

std::optional<Time> timeFromIso(const QString &text)
{
    using namespace std::chrono;
    if (isOfIsoForm(text)) {
        const year_month_day date(year(int(digitsAt(text, 0, 4))), month(digitsAt(text, 5, 2)),
                                  day(digitsAt(text, 8, 2)));
        const unsigned hour = digitsAt(text, 11, 2);
        const unsigned minute = digitsAt(text, 14, 2);
        const unsigned second = digitsAt(text, 17, 2);
        if (date.ok() && int(date.year()) > 0 && hour < 24 && minute < 60 && second < 60)
            return sys_days(date) + hours(hour) + minutes(minute) + seconds(second) +
                   milliseconds(digitsAt(text, 20, 3));
    }
    const QDateTime moment = QDateTime::fromString(text, Qt::ISODateWithMs);
    const bool isIt = moment.isValid() && moment.timeSpec() != Qt::LocalTime;
    return isIt ? std::optional(timeFrom(moment)) : std::nullopt;
}

} // namespace Earshot
