// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mediapreparation.h"

#include <QBuffer>
#include <QFile>
#include <QImageReader>
#include <QImageWriter>

#include <algorithm>

namespace Earshot {

namespace {

/// More pixels than any camera makes are an attack on our memory.
constexpr qint64 mostPixels = 120'000'000;

QByteArray encoded(const QImage &picture, const QByteArray &format, int quality)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, format);
    writer.setQuality(quality);
    return writer.write(picture) ? bytes : QByteArray();
}

/// The same picture in fewer bytes: as JPEG of less and less quality, then of fewer pixels; pictures with transparent
/// parts stay PNG.
QByteArray fitting(QImage picture, const MediaLimits &limits, QString *type)
{
    const bool isClear = picture.hasAlphaChannel();
    *type = isClear ? QStringLiteral("image/png") : QStringLiteral("image/jpeg");
    while (std::min(picture.width(), picture.height()) > 8) {
        for (const int quality : {90, 80, 65}) {
            const QByteArray bytes = encoded(picture, isClear ? "png" : "jpeg", quality);
            if (!bytes.isEmpty() && (limits.maxBytes == 0 || bytes.size() <= limits.maxBytes))
                return bytes;
            if (isClear)
                break;
        }
        picture = picture.scaled(picture.size() * 3 / 4, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    }
    return {};
}

} // namespace

Result<PreparedMedium> prepareMedium(const ChannelAccess &access, const OutgoingMedia &media, const MediaLimits &limits)
{
    QFile file(access.mediaPath ? access.mediaPath(media.hash) : QString());
    if (file.fileName().isEmpty() || !file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::io, QStringLiteral("cannot read the medium %1").arg(media.hash));
    return fittedMedium(file.readAll(), media.type, limits);
}

Result<PreparedMedium> fittedMedium(const QByteArray &content, const QString &contentType, const MediaLimits &limits)
{
    PreparedMedium prepared{.content = content, .type = contentType, .width = 0, .height = 0, .isScaled = false};
    if (!contentType.startsWith(QLatin1StringView("image/")))
        return prepared;
    QBuffer buffer(&prepared.content);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    QSize size = reader.size();
    const bool isTurned = reader.transformation() & QImageIOHandler::TransformationRotate90;
    if (isTurned)
        size.transpose();
    prepared.width = std::max(0, size.width());
    prepared.height = std::max(0, size.height());
    const bool isWide = limits.maxEdge > 0 && std::max(prepared.width, prepared.height) > limits.maxEdge;
    const bool isHeavy = limits.maxBytes > 0 && prepared.content.size() > limits.maxBytes;
    if (!isWide && !isHeavy)
        return prepared;
    const auto tooLarge = [&limits] {
        return fail(ErrorKind::tooLarge, QStringLiteral("the limit is %1 bytes").arg(limits.maxBytes));
    };
    if (qint64(prepared.width) * prepared.height > mostPixels)
        return tooLarge();
    QImage picture = reader.read();
    if (picture.isNull())
        return isHeavy ? Result<PreparedMedium>(tooLarge()) : Result<PreparedMedium>(prepared);
    if (limits.maxEdge > 0 && std::max(picture.width(), picture.height()) > limits.maxEdge)
        picture = picture.scaled(limits.maxEdge, limits.maxEdge, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    QString type;
    const QByteArray smaller = fitting(picture, limits, &type);
    if (smaller.isEmpty())
        return tooLarge();
    buffer.close();
    const QSize last = QImage::fromData(smaller).size();
    return PreparedMedium{
        .content = smaller, .type = type, .width = last.width(), .height = last.height(), .isScaled = true};
}

} // namespace Earshot
