// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/intake.h"

namespace Earshot {

/// Notices that a server was down for long, or its machine asleep, and keeps that with the channels: so every desktop
/// can say it. Channels that fail while it is at work are no pause: each has its health. Lives on the network thread;
/// the intake outlives it.
class ListeningWatch
{
public:
    explicit ListeningWatch(Intake &intake);

    /// Before the first channel is asked.
    void begin();
    /// To be asked every few seconds while the server is at work, which is kept now and then: the next start looks for
    /// it. @return whether the machine was asleep for long
    [[nodiscard]] bool hasSlept();

private:
    void giveLifeSign();

    Intake &m_intake;
    Time m_looked;
    Time m_signed; ///< when a life sign was last given
};

} // namespace Earshot
