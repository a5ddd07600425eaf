// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

#include <QByteArray>
#include <QVariant>

namespace Earshot {

/// One changed row of a synchronised table, whole; or a tombstone (`isGone`).
struct ChangedRow
{
    QByteArray table;
    Seq seq = 0;
    bool isGone = false;
    qint64 id = 0;
    QList<QVariant> values; ///< all columns in the table's order; empty when gone
    bool operator==(const ChangedRow &) const = default;
};

struct ChangeBatch
{
    QList<ChangedRow> rows; ///< by seq
    Seq upTo = 0;           ///< the follower's new position
    bool hasMore = false;   ///< only where this is false is `upTo` a consistent position
};

/// The synchronised tables, in the order of their creation.
[[nodiscard]] const QList<QByteArray> &synchronisedTables();

/// Whether a table has a unique key besides its id: a statement `displace_TABLE`.
[[nodiscard]] bool hasOtherKeys(const QByteArray &table);

/// The name in `meta` of the change number at which rows last lost what they said of others that fewer people may see.
inline constexpr char referencesCutAt[] = "references_cut_at";

/// Deleted rows are remembered from here on.
[[nodiscard]] Seq tombstonesSince(Database &database);

/// "What changed since n": at most `limit` rows. One index range a table, merged. Errors: notFound when n is older than
/// the tombstones that are kept (cannot be calculated).
[[nodiscard]] Result<ChangeBatch> changesSince(Database &database, Seq since, int limit);

/// @param value a number or a text; not valid = null
void bindValue(Statement &statement, const char *name, const QVariant &value);

/// Applies a batch to a follower's file (foreign keys off on that connection). The derived tables follow by triggers.
void applyChanges(Database &database, const ChangeBatch &batch);

} // namespace Earshot
