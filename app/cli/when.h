// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QTimeZone>

namespace Earshot {

// The points in time and lengths that a person types on the command line. All pure.

/// A number and a unit: "45s", "90m", "2h", "30d", "2w". Errors: invalid.
[[nodiscard]] Result<Duration> parseDuration(const QString &text);

/// A time to come: ISO date-time ("2026-06-01T09:30", with or without zone), a date (09:00 of that day), a duration
/// from now, "tonight" (20:00), "tomorrow" or a day of the week (09:00). Without a zone it is meant in `zone`. Errors:
/// invalid, also when it is already past.
[[nodiscard]] Result<Time> parseFuture(const QString &text, Time now, const QTimeZone &zone);

/// A time that was: ISO date-time, a date (its first moment), a duration ago, "now", "today", "yesterday".
/// Errors: invalid.
[[nodiscard]] Result<Time> parsePast(const QString &text, Time now, const QTimeZone &zone);

/// Whether parsePast() counts this back from now, so that it is only as right as the clock.
[[nodiscard]] bool isCountedFromNow(const QString &text);

} // namespace Earshot
