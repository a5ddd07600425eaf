// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"

#include <QString>

namespace Earshot {

/// The point in time that a feed's date means, as generously as can be: RFC 822 and its broken relatives (two-digit
/// years, missing seconds or day, German and English names, zones by name, "GMT+2"), RFC 3339 and W3C dates with or
/// without zone (none = UTC), "31.12.2024 10:00", seconds or milliseconds since 1970. Not known when nothing sensible
/// (1990 to 2200) can be read. Pure.
[[nodiscard]] Time feedDate(const QString &text);

} // namespace Earshot
