// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

#include <QRegularExpression>
#include <QSet>

namespace Earshot {

/// In everything that belongs to the channel which Bo may not see.
inline const QByteArray hiddenMark = "zanzibarmark";
/// Numbers and times in it that nothing else has.
inline const QRegularExpression hiddenNumber(QStringLiteral("\\b77\\d{9}\\b|\\b2087-"));
/// In everything that never leaves a server.
inline const QByteArray innerMark = "yucatanmark";
/// Numbers and times in it that nothing else has.
inline const QRegularExpression innerNumbers(QStringLiteral("\\b88\\d{9}\\b|\\b1972-10-1"));

/// What is put into one column of all rows of channel 2, and how it looks on the wire.
struct Canary
{
    QString name; ///< table.column
    QString sql;
    QByteArray told;
};

/// One for each column of each synchronised table that has rows of a channel: read from the schema, so that no new one
/// is forgotten.
[[nodiscard]] QList<Canary> canaries(Database &database);

/// What a server keeps for itself, and a row of it whose every column is marked.
struct InnerTable
{
    QString name;
    QString sql;
};

/// Those of the schema less what travels, so that no new one is forgotten.
[[nodiscard]] QList<InnerTable> innerTables(Database &database);
/// Of these tables those without a marked row.
[[nodiscard]] QStringList unmarkedInnerTables(Database &database);
/// The columns of them, as TABLE.COLUMN, whose words are told in this.
[[nodiscard]] QSet<QString> innerColumnsIn(const QByteArray &told);

} // namespace Earshot
