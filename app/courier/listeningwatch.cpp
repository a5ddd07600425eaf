// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/listeningwatch.h"

#include "workspace/queries.h"

#include <algorithm>
#include <utility>

namespace Earshot {

ListeningWatch::ListeningWatch(Intake &intake)
    : m_intake(intake)
    , m_looked(intake.workspace().clock().now())
{
}

void ListeningWatch::begin()
{
    const auto channels =
        m_intake.workspace().readNow<QList<ChannelRecord>>([](Database &database) { return loadChannels(database); });
    if (!channels || channels->isEmpty())
        return;
    const Pause pause{newestPull(*channels), m_looked};
    // Where each is asked once an hour, nothing was missed before that hour is over.
    Duration shortest = std::chrono::seconds(channels->constFirst().pullEverySeconds);
    for (const ChannelRecord &channel : *channels)
        shortest = std::min<Duration>(shortest, std::chrono::seconds(channel.pullEverySeconds));
    if (pause.isLong() && pause.heardAgain - pause.heardUntil >= shortest)
        static_cast<void>(m_intake.storePause(pause));
}

bool ListeningWatch::hasSlept()
{
    const Time now = m_intake.workspace().clock().now();
    const Pause pause{std::exchange(m_looked, now), now};
    if (pause.isLong())
        static_cast<void>(m_intake.storePause(pause));
    return pause.isLong();
}

} // namespace Earshot
