// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/decide.h"
#include "workspace/database.h"

namespace Earshot {

/// Loads exactly the facts that neededFacts() names for this action, as they count for the acting device.
[[nodiscard]] Facts loadFacts(Database &database, const Action &action, const QString &device);

[[nodiscard]] std::optional<AgentFacts> loadAgentFacts(Database &database, AgentId agent);
/// With the channels that the agent may not see.
[[nodiscard]] std::optional<AgentFacts> loadActor(Database &database, AgentId agent);

/// The newest public change that counts for a device: what it did itself last does not make it stale.
[[nodiscard]] Seq publicSeqFor(const QString &device, Seq publicSeq, const QString &publicDevice, Seq publicSeqOther);

} // namespace Earshot
