// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/mediakeeper.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QMimeDatabase>
#include <QPromise>
#include <QSaveFile>
#include <QThreadPool>

#include <functional>
#include <memory>

namespace Earshot {

namespace {

constexpr qint64 mostBytesEver = 200'000'000;

Result<OutgoingMedia> keep(const QString &folder, const QByteArray &content)
{
    OutgoingMedia media;
    media.type = QMimeDatabase().mimeTypeForData(content).name();
    const QString group = media.type.section(QLatin1Char('/'), 0, 0);
    if (group != QLatin1StringView("image") && group != QLatin1StringView("video") &&
        group != QLatin1StringView("audio"))
        return fail(ErrorKind::unsupported, media.type);
    media.hash = QString::fromLatin1(QCryptographicHash::hash(content, QCryptographicHash::Blake2b_256).toHex());
    const QDir place(folder);
    if (!place.mkpath(QStringLiteral(".")))
        return fail(ErrorKind::io, folder);
    const QString path = place.filePath(media.hash);
    if (QFileInfo::exists(path))
        return media;
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit())
        return fail(ErrorKind::io, file.errorString());
    return media;
}

QFuture<Result<OutgoingMedia>> onPool(std::function<Result<OutgoingMedia>()> work)
{
    auto promise = std::make_shared<QPromise<Result<OutgoingMedia>>>();
    promise->start();
    QFuture<Result<OutgoingMedia>> future = promise->future();
    QThreadPool::globalInstance()->start([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
    return future;
}

bool isOver(qint64 size, qint64 mostBytes)
{
    return size > mostBytesEver || (mostBytes > 0 && size > mostBytes);
}

} // namespace

QFuture<Result<OutgoingMedia>> MediaKeeper::keepFile(const QString &folder, const QString &path, qint64 mostBytes)
{
    return onPool([folder, path, mostBytes]() -> Result<OutgoingMedia> {
        QFile file(path);
        if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
            return fail(ErrorKind::notFound, path);
        if (isOver(file.size(), mostBytes))
            return fail(ErrorKind::tooLarge);
        return keep(folder, file.readAll());
    });
}

QFuture<Result<OutgoingMedia>> MediaKeeper::keepImage(const QString &folder, const QImage &image, qint64 mostBytes)
{
    return onPool([folder, image, mostBytes]() -> Result<OutgoingMedia> {
        QByteArray content;
        QBuffer buffer(&content);
        if (!buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, "PNG"))
            return fail(ErrorKind::unsupported);
        if (isOver(content.size(), mostBytes))
            return fail(ErrorKind::tooLarge);
        return keep(folder, content);
    });
}

} // namespace Earshot
