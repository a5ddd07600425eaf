// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/queries.h"

#include <optional>

namespace Earshot {

/// The lists that everybody in a team has without making them: what each colleague has open, and what is open in a
/// team's own channels.
namespace Queues {

[[nodiscard]] ListQuery ofAgent(AgentId agent);
/// @param channels all that there are
/// @return nothing for a team without a channel of its own
[[nodiscard]] std::optional<ListQuery> ofTeam(const TeamRecord &team, const QList<ChannelRecord> &channels);
/// Whose queue it is; no agent for any other list.
[[nodiscard]] AgentId agentOf(const ListQuery &query);
/// The channels of the team whose queue it is; none for any other list.
[[nodiscard]] QList<ChannelId> teamChannelsOf(const ListQuery &query);
/// How many such a list holds; nothing where that is not counted, or not yet.
[[nodiscard]] std::optional<qint64> countOf(const ListQuery &query, const ViewCounts &counts);

} // namespace Queues

} // namespace Earshot
