// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QJsonObject>
#include <QStringList>

#include <functional>

namespace Earshot {

/// Writes an export's rows one after another, in constant memory.
class ExportWriter
{
public:
    enum class Format {
        jsonLines, ///< one JSON object a line
        csv,       ///< RFC 4180 in UTF-8, the first record names the columns
    };
    /// Takes the bytes; its error ends the export.
    using Sink = std::function<Done(const QByteArray &)>;

    ExportWriter(Format format, Sink sink);
    /// Lets `write` fill a file that appears, or takes the place of an older one, when it is whole. @return its rows.
    /// Errors: those of `write`, diskFull, io
    [[nodiscard]] static Result<qint64> toFile(const QString &name, Format format,
                                               const std::function<Done(ExportWriter &)> &write);

    /// Before the rows of a kind. @param columns for CSV: which members become columns, in this order; "a.b" is a
    /// member of a member
    [[nodiscard]] Done begin(const QStringList &columns);
    [[nodiscard]] Done write(const QJsonObject &row);
    [[nodiscard]] qint64 rowCount() const { return m_rows; }

private:
    Format m_format;
    Sink m_sink;
    QStringList m_columns;
    qint64 m_rows = 0;
};

/// A member as the text of a CSV field: lists joined by ", ", null as nothing.
[[nodiscard]] QString fieldText(const QJsonObject &row, const QString &column);

} // namespace Earshot
