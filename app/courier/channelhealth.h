// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/clockreader.h"
#include "courier/pullrun.h"
#include "model/records.h"

namespace Earshot {

/// How a channel is that can be pulled: what is worth telling all the same. Lives on the network thread.
class ChannelHealth
{
public:
    struct Condition
    {
        Health health = Health::ok;
        QString detail;
    };
    /// Goes on from what is stored of the channel. @param clock outlives it
    ChannelHealth(const ChannelRecord &channel, const ClockReader &clock);

    /// After a pull that came through.
    [[nodiscard]] Condition after(const PullRun &run, Time horizon, Time now);
    /// Without a pull: what is still true.
    [[nodiscard]] Condition now() const;
    /// A person knows that something may be missing.
    void forgetGap() { m_gap.clear(); }

private:
    const ClockReader &m_clock;
    QString m_nothingSince; ///< in words, while nothing was ever found
    QString m_datesOff;     ///< in words, while what came last had dates that cannot be
    QString m_gap;          ///< in words, until somebody tests the channel, or some days have passed
    Time m_gapAt;
};

/// The channel's health that an error means.
[[nodiscard]] Health healthOf(ErrorKind kind);

} // namespace Earshot
