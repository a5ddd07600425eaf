// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/mediakeeper.h"

#include "model/background.h"
#include "workspace/mediafolder.h"

#include <QFileInfo>
#include <QMimeDatabase>
#include <QPromise>
#include <QTemporaryFile>

#include <algorithm>
#include <functional>
#include <memory>

namespace Earshot {

namespace {

constexpr qint64 mostBytesEver = 100 * 1024 * 1024;

qint64 limit(qint64 mostBytes)
{
    return mostBytes > 0 ? std::min(mostBytes, mostBytesEver) : mostBytesEver;
}

QFuture<Result<OutgoingMedia>> onPool(std::function<Result<OutgoingMedia>()> work)
{
    auto promise = std::make_shared<QPromise<Result<OutgoingMedia>>>();
    promise->start();
    QFuture<Result<OutgoingMedia>> future = promise->future();
    backgroundThreads().start([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
    return future;
}

} // namespace

QFuture<Result<OutgoingMedia>> MediaKeeper::keepFile(const QString &folder, const QString &path, qint64 mostBytes)
{
    return onPool([folder, path, mostBytes]() -> Result<OutgoingMedia> {
        if (!QFileInfo(path).isFile())
            return fail(ErrorKind::notFound, path);
        const QString type = QMimeDatabase().mimeTypeForFile(path, QMimeDatabase::MatchContent).name();
        const QString group = type.section(QLatin1Char('/'), 0, 0);
        const bool isMedium = group == QLatin1StringView("image") || group == QLatin1StringView("video") ||
                              group == QLatin1StringView("audio");
        if (!isMedium)
            return fail(ErrorKind::unsupported, type);
        // Pictures are made smaller when they are sent.
        const bool isPicture = group == QLatin1StringView("image");
        return keepMedia(folder, path, {}, isPicture ? mostBytesEver : limit(mostBytes));
    });
}

QFuture<Result<OutgoingMedia>> MediaKeeper::keepImage(const QString &folder, const QImage &image)
{
    return onPool([folder, image]() -> Result<OutgoingMedia> {
        QTemporaryFile file;
        if (!file.open() || !image.save(&file, "PNG") || !file.flush())
            return fail(ErrorKind::io, file.errorString());
        return keepMedia(folder, file.fileName(), {}, mostBytesEver);
    });
}

} // namespace Earshot
