// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"

#include <chrono>
#include <optional>

namespace Earshot {

/// Notices that the machine slept: the time of day went on, and what counts only while it runs (CLOCK_MONOTONIC, as
/// QElapsedTimer reads it) did not. To be asked every few seconds.
class SleepWatch
{
public:
    /// A slow machine, or a clock that is put right a little, is no sleep.
    static constexpr Duration noticeable = std::chrono::seconds(10);

    /// @return whether it slept since it was asked last
    [[nodiscard]] bool hasSlept(Time now, std::chrono::milliseconds running)
    {
        const Duration ahead = (now - Time()) - Duration(running);
        const bool slept = m_ahead && ahead - *m_ahead > noticeable;
        m_ahead = ahead;
        return slept;
    }

private:
    std::optional<Duration> m_ahead; ///< the time of day before what it ran; nothing = it was never asked
};

} // namespace Earshot
