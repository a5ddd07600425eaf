// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/remote.h"
#include "workspace/workspace.h"

namespace Earshot {

/// What storing a page did.
struct IngestReport
{
    int messages = 0; ///< new ones
    int history = 0;  ///< of these: written before what comes is work
    int changes = 0;  ///< edits, deletions, moderation
    int settled = 0;  ///< deliveries whose effect was recognised
    /// Between these two times something may be missing, as the network gave no more of its history.
    std::optional<std::pair<Time, Time>> gap;
};

/// Stores what a network said: messages and changes in one savepoint (design section 3, "ingest"; section 5, "Ours").
/// Messages known already are compared; new ones find their identity, thread and conversation, or make them.
[[nodiscard]] IngestReport ingestPage(Writing &writing, ChannelId channel, const Page &page);

/// Where a channel's pulling stands, with `next` stored in the same savepoint as the page it belongs to.
void storePosition(Writing &writing, ChannelId channel, const Position &position, bool isWalkDone);
[[nodiscard]] Position loadPosition(Database &database, ChannelId channel);

/// Two texts that a network may have made of one: handles at the front, white space and letter case aside.
[[nodiscard]] bool isSameText(const QString &a, const QString &b);

} // namespace Earshot
