// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"

#include <QRandomGenerator>

#include <algorithm>

namespace Earshot {

/// A pause after which a thousand desktops do not come back in the same moment: by chance between half of it and all of
/// it. Where the server named a time, never before that, and by chance up to a quarter of the way later.
/// @param until as the server wishes; not known = it said nothing @param longest of what it wishes that is believed
[[nodiscard]] inline Duration scattered(Duration pause, Time until, Time now, Duration longest)
{
    const auto chance = [](Duration most) {
        return Duration(QRandomGenerator::global()->bounded(std::max<qint64>(1, most.count())));
    };
    const Duration usual = pause - chance(pause / 2);
    if (!isKnown(until))
        return usual;
    const Duration wished = std::clamp<Duration>(until - now, Duration(0), longest);
    return std::max(usual, wished + chance(wished / 4));
}

} // namespace Earshot
