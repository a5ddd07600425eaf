// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "replica/outboxentry.h"

#include <QJsonArray>
#include <QSet>

namespace Earshot {

// A replica's outbox: what was done on this device goes out in its order, under the device's numbers, until the server
// has answered each (design section 7). Functions with a Writing run on the writer thread, each in one task.

/// What became of an action that was done here.
struct Queued
{
    qint64 entry = 0; ///< 0 = nothing waits: the outcome is what it is
    Outcome outcome;
};
/// Keeps an action and shows what it will do. What the rules refuse by what is here is not kept.
[[nodiscard]] Result<Queued> queueAction(Writing &writing, const Action &action);

/// The same of what an agent's draft has become: it is gone with that, and comes back where whoever waits for the
/// answer is told of a refusal.
[[nodiscard]] Result<Queued> queueWritten(Writing &writing, const Action &action, AgentId agent,
                                          const DraftRecord &draft);

/// What is to go out next, in one Action/perform.
struct OutboxBatch
{
    QList<qint64> entries;
    QList<qint64> first; ///< those of them that are on their way for the first time
    QJsonArray actions;
    QList<OutgoingMedia> files; ///< of the first one, to be there before it: then there are no actions
    qint64 waitsForFiles = 0;   ///< that one
    qint64 hopeless = 0;        ///< the first one, where it cannot be sent at all: then there are no actions
    RefusalKind why = RefusalKind::tooLarge;
};
/// What a batch has marked as on its way certainly did not leave this machine.
[[nodiscard]] Done takeBack(Writing &writing, const QList<qint64> &entries);
struct BatchLimits
{
    int actions = 1;
    qint64 bytes = 0; ///< of the whole request; 0 = the server does not say
};
/// From the commit of this on they are believed to be on their way.
/// @param uploaded files that the server has
[[nodiscard]] Result<OutboxBatch> takeBatch(Writing &writing, const BatchLimits &limits, const QSet<QString> &uploaded);

/// What was made of the server's answers.
struct Answered
{
    QList<WaitingAction> undone; ///< refused, and nobody has been told yet
    QList<WaitingAction> told;   ///< refused, and somebody waits to be told: kept until that has happened
    bool isToRepeat = false;     ///< some of them have no answer yet
    bool isRenumbered = false;
};
struct AnswerForm
{
    bool showsAnew = true; ///< what is shown of the others is decided anew where something was refused
    bool isHere = false;   ///< the refusals are not the server's decisions: it may still do the same action
};
/// @param told whoever waits for them is told of a refusal
[[nodiscard]] Result<Answered> takeAnswers(Writing &writing, const QList<qint64> &entries,
                                           const QList<Outcome> &outcomes, const QSet<qint64> &told,
                                           const AnswerForm &form = {});
/// Ends what has been answered and is shown by the server's rows up to this number.
void endAnswered(Writing &writing, Seq position);

/// Errors: refused (it is on its way), notFound.
[[nodiscard]] Done discardEntry(Writing &writing, qint64 entry);
/// Its refusal has been told: it is forgotten, unless it was done all the same meanwhile.
void endTold(Writing &writing, const WaitingAction &told);
/// Queues a refused one anew, in its place where it is not refused at once again. Errors: notFound.
[[nodiscard]] Result<Queued> doEntryAnyway(Writing &writing, qint64 entry, const Anyway &how = {});
/// Forgets what was done long ago.
void pruneOutbox(Writing &writing);

/// For screens.
struct OutboxOverview
{
    int waiting = 0;
    int refused = 0;
    QList<WaitingAction> actions; ///< the first hundreds of those that were refused, then of those that wait
    bool operator==(const OutboxOverview &) const = default;
};
[[nodiscard]] Result<OutboxOverview> loadOutboxOverview(Database &database);

} // namespace Earshot
