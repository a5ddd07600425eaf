// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/action.h"
#include "model/outcome.h"
#include "workspace/workspace.h"

#include <QJsonArray>
#include <QSet>

namespace Earshot {

// What goes out of a replica's outbox. Functions with a Writing run on the writer thread, each in one task.

/// What is to go out next, in one Action/perform.
struct OutboxBatch
{
    QList<qint64> entries;
    QList<qint64> first; ///< those of them that are on their way for the first time
    QJsonArray actions;
    QList<OutgoingMedia> files; ///< of the first one that is to have some there before it
    qint64 waitsForFiles = 0;   ///< that one: it and what is to follow it is passed by
    qint64 hopeless = 0;        ///< the first one, where it cannot be sent at all: then there are no actions
    RefusalKind why = RefusalKind::tooLarge;
};
struct BatchLimits
{
    int actions = 1;
    qint64 bytes = 0; ///< of the whole request; 0 = the server does not say
};
/// From the commit of this on they are believed to be on their way. What waits for its files lets pass what has nothing
/// to do with it; in each conversation the order stays.
/// @param uploaded files that the server has
[[nodiscard]] Result<OutboxBatch> takeBatch(Writing &writing, const BatchLimits &limits, const QSet<QString> &uploaded);
/// What a batch has marked as on its way certainly did not leave this machine.
[[nodiscard]] Done takeBack(Writing &writing, const QList<qint64> &entries);

} // namespace Earshot
