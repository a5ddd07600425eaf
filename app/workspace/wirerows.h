// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/changes.h"
#include "workspace/database.h"
#include "workspace/wirevalues.h"

#include <QJsonObject>

namespace Earshot {

// A synchronised table's rows as the protocol's objects: property names are the columns' in camelCase, ids are strings
// (null = none), times RFC 3339 in UTC (null = not known), words the words of the house.

struct WireColumn
{
    QByteArray column;
    QString property;
    WireForm form = WireForm::text;
    bool isNullable = false; ///< "none" is stored as null; otherwise as 0 or an empty text
    QString usual;           ///< what SQL has it be where nothing is said; empty = null
};

/// "MessageVersion" of "message_version", and back (empty when there is no such table).
[[nodiscard]] QString wireTypeOf(const QByteArray &table);
[[nodiscard]] QByteArray tableOfWireType(const QString &type);

/// The columns of a synchronised table as they travel, in the table's order. Read once from the schema; none after a
/// failure of the database. Thread-safe.
[[nodiscard]] const QList<WireColumn> &wireColumns(Database &database, const QByteArray &table);

/// The same, read anew: of a file of whatever form.
[[nodiscard]] QList<WireColumn> readWireColumns(Database &database, const QByteArray &table);

/// The row that the statement stands on: `SELECT *` of the table.
/// @param properties only these; empty = all. The id is always there
[[nodiscard]] QJsonObject wireRow(const Statement &row, const QList<WireColumn> &columns,
                                  const QStringList &properties = {});

/// The same object, whole, as compact JSON in UTF-8 at the end of `to`.
void appendWireRow(QByteArray &to, const Statement &row, const QList<WireColumn> &columns);

/// What is stored where nothing is said, as the schema has it.
[[nodiscard]] QVariant usualValue(const WireColumn &column);

/// What is to be thought of an object that lacks a property.
enum class Lacking {
    isWrong,
    isUsual ///< it is of an older program: the column is as where nothing is said
};

/// The way back: what applyChanges() takes. Of an object with the table's properties; others are left aside.
/// Errors: malformed, naming the property.
[[nodiscard]] Result<ChangedRow> rowFromWire(const QByteArray &table, const QList<WireColumn> &columns,
                                             const QJsonObject &object, Lacking lacking = Lacking::isWrong);

} // namespace Earshot
