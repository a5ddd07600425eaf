// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/decide.h"
#include "workspace/workspace.h"

namespace Earshot {

/// Who does what with which device.
struct ActingParty
{
    AgentFacts agent;
    QString device; ///< UUID
    qint64 number = 0;
};

/// Carries out a decision and writes its journal line.
/// @return the id of what it made (message, delivery, agent, channel), else 0
[[nodiscard]] qint64 applyDecision(Writing &writing, const Decision &decision, const Action &action,
                                   const ActingParty &party);

} // namespace Earshot
