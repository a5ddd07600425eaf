// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "replica/outboxentry.h"

namespace Earshot {

// A replica's outbox: what was done on this device goes out in its order, under the device's numbers, until the server
// has answered each (design section 7): see also outboxundoing.h, outboxbatch.h and outboxanswers.h. Functions with a
// Writing run on the writer thread, each in one task.
//
// One thing is overtaken: a reply whose file is still on its way to the server. On a slow line that takes an hour, and
// work elsewhere is not to wait for it: a claim that comes an hour late meets a colleague's. What could build on the
// reply waits with it: what was done later in its conversation, what undoes it or names what it makes, and what names a
// message, a delivery or a contact without saying of which conversation. So the order of each conversation stays, but
// not that between two: a reply without a file, written later, may be published first. Numbers are given as things go
// out, so the server sees no gap, and its journal has them as they came. What is shown ahead here stays in the order in
// which it was done.

/// What became of an action that was done here.
struct Queued
{
    qint64 entry = 0; ///< 0 = nothing waits: the outcome is what it is
    Outcome outcome;
};
/// Keeps an action and shows what it will do. What the rules refuse by what is here is not kept. One that is forced is
/// based on all that is here instead, and stays forced only where the rules refuse that.
[[nodiscard]] Result<Queued> queueAction(Writing &writing, const Action &wanted);

/// The same of what an agent's draft has become: it is gone with that, and comes back where whoever waits for the
/// answer is told of a refusal.
[[nodiscard]] Result<Queued> queueWritten(Writing &writing, const Action &action, AgentId agent,
                                          const DraftRecord &draft);

/// Errors: refused (it is on its way), notFound.
[[nodiscard]] Done discardEntry(Writing &writing, qint64 entry);
/// Queues a refused one anew, in its place where it is not refused at once again. Errors: notFound.
[[nodiscard]] Result<Queued> doEntryAnyway(Writing &writing, qint64 entry, const Anyway &how = {});
/// Forgets a piece of what was done long ago. @return whether there may be more of it
[[nodiscard]] bool pruneOutbox(Writing &writing);

/// For screens.
struct OutboxOverview
{
    int waiting = 0;
    int refused = 0;
    int arriving = 0;                   ///< done at the server, their rows are to come
    QList<WaitingAction> actions;       ///< the first hundreds of those that were refused, then of those that wait
    QSet<ConversationId> conversations; ///< of all that wait
    bool operator==(const OutboxOverview &) const = default;
};
[[nodiscard]] Result<OutboxOverview> loadOutboxOverview(Database &database);

} // namespace Earshot
