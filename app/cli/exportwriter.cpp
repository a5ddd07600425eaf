// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/exportwriter.h"

#include "cli/csv.h"
#include "cli/output.h"

#include <QJsonArray>

namespace Earshot {

QString fieldText(const QJsonObject &row, const QString &column)
{
    const qsizetype dot = column.indexOf(QLatin1Char('.'));
    if (dot >= 0)
        return fieldText(row.value(column.left(dot)).toObject(), column.mid(dot + 1));
    const QJsonValue value = row.value(column);
    if (!value.isArray())
        return value.toVariant().toString();
    QStringList parts;
    for (const QJsonValue part : value.toArray())
        parts.append(part.toVariant().toString());
    return parts.join(QStringLiteral(", "));
}

ExportWriter::ExportWriter(Format format, Sink sink)
    : m_format(format)
    , m_sink(std::move(sink))
{
}

Done ExportWriter::begin(const QStringList &columns)
{
    m_columns = columns;
    return m_format == Format::csv ? m_sink(csvRecord(columns)) : Done();
}

Done ExportWriter::write(const QJsonObject &row)
{
    ++m_rows;
    if (m_format == Format::jsonLines)
        return m_sink(jsonText(row, false));
    QStringList fields;
    for (const QString &column : m_columns)
        fields.append(fieldText(row, column));
    return m_sink(csvRecord(fields));
}

} // namespace Earshot
