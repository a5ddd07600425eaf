// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/snoozetimes.h"

#include <QDateTime>

#include <algorithm>

namespace Earshot {

QList<SnoozeTime> SnoozeTimes::from(Time now)
{
    const QDateTime local = toDateTime(now).toLocalTime();
    const auto at = [&local](int days, int hour) {
        return timeFrom(QDateTime(local.date().addDays(days), QTime(hour, 0)));
    };
    const int toMonday = 8 - local.date().dayOfWeek();
    QList<SnoozeTime> times{{tr("In one hour"), now + std::chrono::hours(1)},
                            {tr("In three hours"), now + std::chrono::hours(3)}};
    if (local.time().hour() < 17)
        times.append({tr("Tonight"), at(0, 18)});
    times.append({tr("Tomorrow morning"), at(1, 9)});
    if (toMonday > 1)
        times.append({tr("Monday"), at(toMonday, 9)});
    times.append({tr("In one week"), at(7, 9)});
    times.append({tr("In one month"), timeFrom(QDateTime(local.date().addMonths(1), QTime(9, 0)))});
    std::sort(times.begin(), times.end(),
              [](const SnoozeTime &one, const SnoozeTime &other) { return one.until < other.until; });
    return times;
}

} // namespace Earshot
