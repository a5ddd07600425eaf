// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/outcome.h"
#include "model/records.h"

namespace Earshot {

class Database;
class Writing;

// What was begun to be written and has no place any more goes to what is refused, where it can be read, copied and
// discarded. On the writer thread, inside one writing task.

/// What would have become of it, as refused; nothing of one that is empty. Where it is kept already and was only typed
/// on since, in that one's place. Its conversation and target are to be ones that are certain, or none.
/// @param era the incarnation that those are of
void keepAsRefused(Writing &writing, const DraftRecord &draft, RefusalKind why, const QString &era);

/// What its agent typed about conversations of a channel that is withdrawn and never told the server, without it or
/// just before. What the server was told comes back with the channel, but for files that lay here. Before the channel's
/// rows go, and after keptDrafts was emptied.
void keepDraftsOfWithdrawn(Writing &writing, qint64 channel);

/// The same of conversations that are out of sight already: written down after their channel was withdrawn, or while
/// all was fetched anew without them. What was typed on since is kept in the place of what it was. Nothing as long as
/// some are still to come.
void keepDraftsOutOfSight(Writing &writing);

/// It is a draft again that its agent sees, or will see: what it goes on from is not kept beside it.
void forgetKept(Writing &writing, const DraftRecord &draft);
[[nodiscard]] bool isInSight(Database &database, ConversationId conversation);

} // namespace Earshot
