// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/outboxentry.h"
#include "workspace/changes.h"
#include "workspace/workspace.h"

#include <QJsonObject>

#include <functional>

namespace Earshot {

// What a replica shows of its outbox ahead of the server: each entry is decided by the same rules on what is here, and
// what that changed is kept, so that it can be taken back when the server's rows come. All on the writer thread, inside
// one writing task.

/// Whether everything of the server is here, or was: what is decided before may lack what it is decided by.
[[nodiscard]] bool isCompleteReplica(Database &database);

/// Whether anything may be shown that the server's rows do not say: then they cannot be compared with the server's.
[[nodiscard]] bool isAhead(Database &database);

/// Decides one and shows it. What it makes gets the same ids each time.
/// @return the forecast; refused = nothing is shown
Outcome forecast(Writing &writing, OutboxEntry &entry);
/// Whether rows of the server concern anything that is shown, so that it is to be taken back before they come.
/// @param position up to which everything is here with them
[[nodiscard]] bool concernsForecasts(Database &database, const ChangeBatch &batch, Seq position);
/// Takes back all that is shown. Fails with `damaged` where a row is not as it was left.
void withdrawForecasts(Writing &writing);
/// Takes back what is shown of things that were undone before they were sent, where nothing else waits.
/// @return whether nothing is shown any more that the server did not say
bool withdrawUndone(Writing &writing);
/// Looks at the rows as the server said them, with nothing shown ahead; afterwards all is shown as it was. Fails as
/// withdrawForecasts() does.
void lookWithoutForecasts(Writing &writing, const std::function<void(Database &)> &look);
/// Decides everything anew that has not arrived, in its order. To be called after withdrawForecasts().
/// @param reached up to this number nothing of the server's is missing; 0 = that is not known
void decideAgain(Writing &writing, Seq reached = 0);

/// The entry that made a row here.
[[nodiscard]] constexpr qint64 entryOfForecast(qint64 id)
{
    return (id - firstForecastId) >> 16;
}
/// The same action with the server's ids for rows that have arrived meanwhile.
[[nodiscard]] Action withServersIds(Database &database, const Action &action);
/// As Action/perform takes it: rows that have not arrived are named by the action that makes them.
[[nodiscard]] QJsonObject wireOf(Database &database, const Action &action);
[[nodiscard]] QJsonObject wireOf(Database &database, const OutboxEntry &entry);
/// Whether the server can be told what it is about: what stands inside of something else, and what an action has made
/// beside the first, has a name there only when its rows have come.
[[nodiscard]] bool isNameable(Database &database, const OutboxEntry &entry);
/// How the rows of a later part of a reply are named.
[[nodiscard]] QString uuidOfPart(const QUuid &action, int part);

} // namespace Earshot
