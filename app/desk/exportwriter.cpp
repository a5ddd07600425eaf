// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/exportwriter.h"

#include "desk/csv.h"
#include "desk/rowjson.h"
#include "workspace/wholefile.h"

#include <QJsonArray>

namespace Earshot {

namespace {

Error fileError(const QFileDevice &file)
{
    const bool isFull = file.error() == QFileDevice::ResourceError || file.error() == QFileDevice::WriteError;
    // Of a full disk QSaveFile says no more than that something is unknown.
    if (isFull)
        return {ErrorKind::diskFull, file.fileName(), {}};
    return {ErrorKind::io, QStringLiteral("%1: %2").arg(file.fileName(), file.errorString()), {}};
}

} // namespace

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

Result<qint64> ExportWriter::toFile(const QString &name, Format format,
                                    const std::function<Done(ExportWriter &)> &write)
{
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly))
        return tl::unexpected(fileError(file));
    ExportWriter writer(format, [&file](const QByteArray &bytes) -> Done {
        if (file.write(bytes) != bytes.size())
            return tl::unexpected(fileError(file));
        return {};
    });
    if (Done written = write(writer); !written)
        return tl::unexpected(written.error());
    if (!commitWhole(file))
        return tl::unexpected(fileError(file));
    return writer.rowCount();
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
