// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "workspace/workspace.h"

#include <QSet>

namespace Earshot {

// What becomes of a replica's outbox by what the server says. Functions with a Writing run on the writer thread, each
// in one task.

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

/// Its refusal has been told: it is forgotten, unless it was done all the same meanwhile.
void endTold(Writing &writing, const WaitingAction &told);

} // namespace Earshot
