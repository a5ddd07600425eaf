// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

#include <QByteArray>
#include <QList>

#include <functional>

namespace Earshot {

/// A row by what is in it, so that two files can be compared without sending rows.
struct DigestedRow
{
    QByteArray table;
    qint64 id = 0;
    Seq seq = 0;
    QByteArray digest; ///< SHA-256 of its type's name, a line feed and its wire object as RFC 8785 writes it
    bool operator==(const DigestedRow &) const = default;
};

/// The rows of a range of change numbers.
struct RangeDigest
{
    Seq upTo = 0; ///< the range's last number; where nothing is left, the highest there can be
    bool hasMore = false;
    QList<DigestedRow> rows; ///< by seq
    /// SHA-256 of the rows' digests one after another.
    [[nodiscard]] QByteArray digest() const;
};

struct DigestRange
{
    Seq since = 0;    ///< rows with higher numbers
    Seq upTo = 0;     ///< and no higher than this; 0 = as far as the limits go
    int mostRows = 0; ///< that are seen
    int mostExamined = 0;
    int form = 0; ///< rows and their properties as that migration of synchronised tables left them; 0 = today's
};

/// @param sees whether a row counts: table, channel (0 = the whole workspace's), id
[[nodiscard]] RangeDigest digestRows(Database &database, const DigestRange &range,
                                     const std::function<bool(const QByteArray &, qint64, qint64)> &sees);

} // namespace Earshot
