// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

#include <functional>
#include <optional>

#include <chrono>

namespace Earshot {

enum class Merging { now, later };

/// Puts into the full-text index what was written since it was last called: the writer's last step before COMMIT,
/// outside every savepoint (each would flush FTS5's pending words: a segment a message instead of one a transaction).
/// What was deferred stays. @return whether there was anything
/// @param merging now = a few pages are merged too, where many parts wait for it; later = mergeWaiting() is to be
/// called in a transaction soon afterwards: it takes longer than the words themselves
bool indexWaiting(Database &database, Merging merging = Merging::now);

/// The names and handles that were written since: done by the above, too.
void indexIdentities(Database &database);

/// Merges a few pages, in step with what comes, where many parts wait for it. @return whether there was anything
bool mergeWaiting(Database &database);

/// What was written since is indexed afterwards, piece by piece: to be called in the transaction that wrote it. Until
/// then it may be changed and deleted as anything else.
void deferIndexing(Database &database);

/// Indexes what was deferred, the newest messages first, in pieces of about the same time; in between it merges parts,
/// where many wait for it.
class LateIndexing
{
public:
    /// @param piece how long one is to take, with its commit @param fewest messages of one, where that is slow
    explicit LateIndexing(std::chrono::milliseconds piece, int fewest = 16);
    /// From the next one on. Larger ones are larger parts, of which fewer are to be merged.
    void setPiece(std::chrono::milliseconds piece);
    /// One piece, in a transaction of its own: none may be open. @return whether there was anything to do
    Result<bool> step(Database &database);
    /// An index was found damaged. Those that cannot be opened are made anew, or both where both can: that of messages
    /// is emptied, and all are indexed by the steps that follow; that of identities is made at once, which takes three
    /// seconds for 300,000. Each once in its life; no transaction may be open. @return whether it was
    bool mend(Database &database);

private:
    [[nodiscard]] int indexNewest(Database &database);

    std::chrono::milliseconds m_piece;
    int m_fewest;
    int m_atOnce;   ///< messages, as the last piece took its time
    qint64 m_pages; ///< to be merged at once, likewise
    bool m_areMessagesMended = false;
    bool m_areNamesMended = false;
};

/// All of it, for who does not wait for quiet moments. No transaction may be open. Errors: cancelled, those of writing.
/// @param isCancelled asked now and then; may be empty
[[nodiscard]] Done indexAll(Database &database, const std::function<bool()> &isCancelled);

/// Whether any message is not in the index yet.
[[nodiscard]] bool isIndexWaiting(Database &database);

/// Whether both indexes can be opened; damaged where one cannot. Cheap.
[[nodiscard]] std::optional<Error> tryIndex(Database &database);

/// Merges small parts of the index into larger ones, for about so many pages; goes on with what was begun. FTS5 does
/// nothing by itself (resources/schema/0018-derived.sql, 0022-derived.sql).
/// @return false when there was nothing to do that is worth it
bool mergeIndex(Database &database, int pages);

} // namespace Earshot
