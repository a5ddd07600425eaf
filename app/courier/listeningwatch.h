// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/intake.h"

namespace Earshot {

/// Notices that a server asked no network for long, as it was down or its machine asleep, and keeps that with the
/// channels: so every desktop can say it. Lives on the network thread; the intake outlives it.
class ListeningWatch
{
public:
    explicit ListeningWatch(Intake &intake);

    /// After a start, before the first channel is asked.
    void begin();
    /// To be asked every few seconds. @return whether the machine was asleep for long
    [[nodiscard]] bool hasSlept();

private:
    Intake &m_intake;
    Time m_looked;
};

} // namespace Earshot
