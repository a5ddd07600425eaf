// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

#include <QMap>

#include <limits>

namespace Earshot {

// A slice is a piece of a workspace for a replica's first synchronisation: an SQLite file with every synchronised
// table, without an index, that holds some rows of one channel or of the whole workspace. Every row has one home: the
// slice whose range its unit lies in. A conversation's threads, people and contacts come along a second time, so that
// what has arrived can be shown.

/// By what rows are told apart: a range of these units' ids.
enum class SliceKind {
    workspace,     ///< agents, teams, devices, tags and what was done to none of the channels; no range
    channel,       ///< a channel itself and what was done to it; no range
    conversations, ///< conversations with what belongs to them
    threads,       ///< threads with others' talk
    people,        ///< identities
    contacts,      ///< of the whole workspace
};

/// Rows of one channel (0 = the whole workspace) whose unit is above `after` and at most `upTo`.
struct SliceRange
{
    SliceKind kind = SliceKind::workspace;
    qint64 channel = 0;
    qint64 after = 0;
    qint64 upTo = std::numeric_limits<qint64>::max();

    [[nodiscard]] bool isOpen() const { return upTo == std::numeric_limits<qint64>::max(); }
    bool operator==(const SliceRange &) const = default;
};

/// The lowest and the highest id of a table's rows in a slice.
struct SliceIds
{
    qint64 lowest = 0;
    qint64 highest = 0;
    bool operator==(const SliceIds &) const = default;
};

struct WrittenSlice
{
    SliceRange range; ///< an open one that was found full has ended
    Seq position = 0; ///< of the snapshot: following from here misses nothing
    qint64 rows = 0;
    qint64 newest = 0;              ///< time of the newest message of its conversations, ms
    QMap<QByteArray, SliceIds> ids; ///< of those tables that have rows
};

/// Writes a slice into a new file, from one snapshot of the workspace, on the calling thread. The writer is not kept
/// waiting.
/// @param most units of an open range; it ends with that one when there are so many
/// Errors: those of reading; diskFull, io.
[[nodiscard]] Result<WrittenSlice> writeSlice(const QString &workspace, const QString &file, const SliceRange &range,
                                              int most);

/// Which of a slice's rows are put in: those that are not there or are newer; or also those that are there in the same
/// version, perhaps without columns that came later.
enum class SliceRows { newerOnes, againToo };

} // namespace Earshot
