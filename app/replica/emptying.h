// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/workspace.h"

namespace Earshot {

// How rows of the server leave a replica for good. What lies elsewhere than in tables (pictures, slices, words in the
// index, the log) goes after the transaction that takes the rows: that notes what is still to be swept, and it is noted
// until it has been. On the writer, alone (Workspace::writeAlone).

/// Takes away all that came from the server. What its agent typed, saw and set stays.
[[nodiscard]] Done emptyReplica(Writing &writing);

/// Takes away the rows of these channels, in one transaction. Nothing of the outbox may be shown ahead.
/// @param state what is true of the rest
/// @param toFetch channels of which nothing is here yet
[[nodiscard]] Done withdrawChannels(Writing &writing, const QList<qint64> &channels, const QString &state,
                                    const QString &toFetch);

/// What sweepReplica() does next writes the whole file anew: nothing else is written meanwhile.
[[nodiscard]] bool isNextSweepLong(Database &database);
/// The same, and it takes so long that a person would notice.
[[nodiscard]] bool isNextSweepNoticed(Database &database);

/// Sweeps a piece of what was noted. Errors: io (something could not be removed); locked (a reader keeps the log);
/// cancelled.
/// @param path of the replica
/// @param isWanted asked now and then while the file is written anew: whether that is given up; may be empty
/// @return whether nothing is left to be swept
[[nodiscard]] Result<bool> sweepReplica(Writing &writing, const QString &path, const QString &mediaFolder,
                                        const std::function<bool()> &isWanted = {});

} // namespace Earshot
