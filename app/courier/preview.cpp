// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/preview.h"

#include <QBuffer>
#include <QColorSpace>
#include <QImageReader>
#include <QImageWriter>

namespace Earshot {

namespace {

constexpr int jpegQuality = 88;

/// The decoder for what the first bytes say; empty for everything else, so that no other decoder ever sees it.
QByteArray formatOf(const QByteArray &file)
{
    if (file.startsWith("\x89PNG\r\n\x1a\n"))
        return QByteArrayLiteral("png");
    if (file.startsWith("\xff\xd8\xff"))
        return QByteArrayLiteral("jpeg");
    if (file.startsWith("GIF8"))
        return QByteArrayLiteral("gif");
    if (file.startsWith("RIFF") && file.mid(8, 4) == "WEBP")
        return QByteArrayLiteral("webp");
    return {};
}

Result<QByteArray> encoded(const QImage &image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, image.hasAlphaChannel() ? QByteArrayLiteral("png") : QByteArrayLiteral("jpeg"));
    if (!image.hasAlphaChannel())
        writer.setQuality(jpegQuality);
    if (!writer.write(image))
        return fail(ErrorKind::unsupported, writer.errorString());
    return bytes;
}

} // namespace

Result<Preview> makePreview(const QByteArray &file)
{
    const QByteArray format = formatOf(file);
    if (format.isEmpty())
        return fail(ErrorKind::unsupported, QStringLiteral("not a picture that is shown"));
    QBuffer buffer;
    buffer.setData(file);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, format);
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(true);
    // Read from the head alone: what is too large never takes the memory.
    const QSize own = reader.size();
    if (!own.isValid() || own.isEmpty())
        return fail(ErrorKind::malformed, reader.errorString());
    if (qint64(own.width()) * own.height() > mostPreviewPixels)
        return fail(ErrorKind::tooLarge, QStringLiteral("%1 x %2 pixels").arg(own.width()).arg(own.height()));
    const QSize fitting = own.scaled(longestPreviewSide, longestPreviewSide, Qt::KeepAspectRatio).expandedTo({1, 1});
    if (fitting.width() < own.width())
        reader.setScaledSize(fitting);
    QImage image = reader.read();
    if (image.isNull())
        return fail(ErrorKind::malformed, reader.errorString());
    Preview preview;
    preview.original = reader.transformation() & QImageIOHandler::TransformationRotate90 ? own.transposed() : own;
    // Profiles and texts of the file end here.
    image = image.convertToFormat(image.hasAlphaChannel() ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    image.setColorSpace({});
    const QStringList keys = image.textKeys();
    for (const QString &key : keys)
        image.setText(key, QString());
    Result<QByteArray> bytes = encoded(image);
    if (!bytes)
        return tl::unexpected(bytes.error());
    preview.bytes = std::move(*bytes);
    return preview;
}

} // namespace Earshot
