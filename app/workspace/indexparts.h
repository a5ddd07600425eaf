// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace Earshot {

/// The parts of the full-text index, as FTS5 keeps them: new ones on level 0; those of one level are merged into one of
/// the next. (The record of FTS5's structure: ext/fts5/fts5_index.c, "STRUCTURE RECORD".)
struct IndexLevel
{
    int merging = 0;     ///< so many of its parts, the oldest, are being merged; 0 = none
    QList<qint64> sizes; ///< pages of each part, the oldest first; of one being merged, those that are left
};

/// @return nothing where it is not written in the way that is known here
[[nodiscard]] std::optional<QList<IndexLevel>> readIndexParts(const QByteArray &record);

/// What FTS5 would merge next.
struct IndexMerge
{
    int parts = 0;
    qint64 pages = 0;   ///< of these parts
    qint64 largest = 0; ///< pages of the largest one
    int allParts = 0;   ///< of all levels
    qint64 coming = 0;  ///< pages of one that has just come, about
    bool isBegun = false;

    /// Whether it is worth its pages: that a large part is written anew for a few small ones is not, and where a single
    /// word is in millions of messages a piece of it takes a tenth of a second.
    [[nodiscard]] bool isWorthIt() const;
};

/// @return nothing where no level has enough parts
[[nodiscard]] std::optional<IndexMerge> nextIndexMerge(const QList<IndexLevel> &levels);

} // namespace Earshot
