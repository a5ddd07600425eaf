// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/listeningwatch.h"

#include "workspace/queries.h"

#include <algorithm>
#include <utility>

namespace Earshot {

namespace {

/// So much too early a pause may begin where no pull has come through since.
constexpr Duration betweenLifeSigns = std::chrono::minutes(3);

} // namespace

ListeningWatch::ListeningWatch(Intake &intake)
    : m_intake(intake)
    , m_looked(intake.workspace().clock().now())
{
}

void ListeningWatch::begin()
{
    const Result<Time> sign = m_intake.lastLifeSign();
    const auto channels =
        m_intake.workspace().readNow<QList<ChannelRecord>>([](Database &database) { return loadChannels(database); });
    // Without one it is the first start of a server with this file.
    if (sign && isKnown(*sign) && channels && !channels->isEmpty()) {
        const Pause pause{std::max(*sign, newestPull(*channels)), m_looked};
        // Where each is asked once an hour, nothing was missed before that hour is over.
        Duration shortest = std::chrono::seconds(channels->constFirst().pullEverySeconds);
        for (const ChannelRecord &channel : *channels)
            shortest = std::min<Duration>(shortest, std::chrono::seconds(channel.pullEverySeconds));
        if (pause.isLong() && pause.heardAgain - pause.heardUntil >= shortest)
            static_cast<void>(m_intake.storePause(pause));
    }
    giveLifeSign();
}

bool ListeningWatch::hasSlept()
{
    const Time now = m_intake.workspace().clock().now();
    const Pause pause{std::exchange(m_looked, now), now};
    if (pause.isLong())
        static_cast<void>(m_intake.storePause(pause));
    // Also where the clock was set back.
    if (now < m_signed || now - m_signed >= betweenLifeSigns)
        giveLifeSign();
    return pause.isLong();
}

void ListeningWatch::giveLifeSign()
{
    m_signed = m_looked;
    static_cast<void>(m_intake.storeLifeSign());
}

} // namespace Earshot
