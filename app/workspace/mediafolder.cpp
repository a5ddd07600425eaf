// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/mediafolder.h"

#include "workspace/wholefile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QMimeDatabase>

namespace Earshot {

namespace {

constexpr qint64 pieceSize = 256 * 1024;

/// The content's hash; reads in pieces.
Result<QString> hashOf(QFile &file)
{
    QCryptographicHash hash(QCryptographicHash::Blake2b_256);
    file.seek(0);
    while (!file.atEnd()) {
        const QByteArray piece = file.read(pieceSize);
        if (piece.isEmpty())
            break;
        hash.addData(piece);
    }
    if (file.error() != QFileDevice::NoError)
        return fail(ErrorKind::io, QStringLiteral("%1: %2").arg(file.fileName(), file.errorString()));
    return QString::fromLatin1(hash.result().toHex());
}

Done copyTo(QFile &file, const QString &target)
{
    QSaveFile copy(target);
    bool isFine = copy.open(QIODevice::WriteOnly);
    file.seek(0);
    while (isFine && !file.atEnd()) {
        const QByteArray piece = file.read(pieceSize);
        isFine = !piece.isEmpty() && copy.write(piece) == piece.size();
    }
    if (isFine && commitWhole(copy))
        return {};
    const bool isFull = copy.error() == QFileDevice::ResourceError || copy.error() == QFileDevice::WriteError;
    return fail(isFull ? ErrorKind::diskFull : ErrorKind::io, QStringLiteral("%1: %2").arg(target, copy.errorString()));
}

} // namespace

Result<OutgoingMedia> keepMedia(const QString &mediaFolder, const QString &file, const QString &description,
                                qint64 maxBytes)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return fail(source.exists() ? ErrorKind::io : ErrorKind::notFound,
                    QStringLiteral("%1: %2").arg(file, source.errorString()));
    if (source.size() > maxBytes)
        return fail(ErrorKind::tooLarge, QStringLiteral("%1 has more than %2 bytes").arg(file).arg(maxBytes));
    const Result<QString> hash = hashOf(source);
    if (!hash)
        return tl::unexpected(hash.error());
    const QDir folder(mediaFolder);
    if (!folder.mkpath(QStringLiteral(".")))
        return fail(ErrorKind::io, QStringLiteral("%1 cannot be made").arg(mediaFolder));
    if (!folder.exists(*hash)) {
        if (Done copied = copyTo(source, folder.filePath(*hash)); !copied)
            return tl::unexpected(copied.error());
    }
    return OutgoingMedia{*hash, QMimeDatabase().mimeTypeForFile(file).name(), description};
}

Result<QString> keepMediaBytes(const QString &mediaFolder, const QByteArray &bytes)
{
    const QString hash = QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Blake2b_256).toHex());
    const QDir folder(mediaFolder);
    if (!folder.mkpath(QStringLiteral(".")))
        return fail(ErrorKind::io, QStringLiteral("%1 cannot be made").arg(mediaFolder));
    if (folder.exists(hash))
        return hash;
    QSaveFile file(folder.filePath(hash));
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && commitWhole(file))
        return hash;
    return fail(ErrorKind::diskFull, QStringLiteral("%1: %2").arg(file.fileName(), file.errorString()));
}

} // namespace Earshot
