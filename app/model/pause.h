// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"

namespace Earshot {

/// While no network was asked: who was to ask was closed, down or asleep.
struct Pause
{
    /// A shorter one is not worth a word: networks are asked every minute at most.
    static constexpr Duration longPause = std::chrono::minutes(15);

    Time heardUntil; ///< not known = there was none
    Time heardAgain;
    [[nodiscard]] bool isLong() const { return isKnown(heardUntil) && heardAgain - heardUntil >= longPause; }
    bool operator==(const Pause &) const = default;
};

} // namespace Earshot
