// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/mediafolder.h"

#include "workspace/wholefile.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QMimeDatabase>

#include <chrono>
#include <cstdlib>

namespace Earshot {

namespace {

constexpr qint64 pieceSize = 256 * 1024;
/// So long after it was attached a file's draft is written, at the latest.
constexpr std::chrono::milliseconds justNow = std::chrono::minutes(10);

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

/// When a file says that it was last written.
bool setTime(QFileDevice &file, const QDateTime &time)
{
    return file.setFileTime(time, QFileDevice::FileModificationTime);
}

/// @return whether it is there
bool renew(const QString &path)
{
    QFile file(path);
    return (file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly) &&
            setTime(file, QDateTime::currentDateTimeUtc())) ||
           file.exists();
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
        return fail(ErrorKind::tooLarge,
                    QStringLiteral("%1 has more than %2 bytes").arg(file, QString::number(maxBytes)));
    const Result<QString> hash = hashOf(source);
    if (!hash)
        return tl::unexpected(hash.error());
    const QDir folder(mediaFolder);
    if (!folder.mkpath(QStringLiteral(".")))
        return fail(ErrorKind::io, QStringLiteral("%1 cannot be made").arg(mediaFolder));
    if (!renew(folder.filePath(*hash))) {
        if (Done copied = copyTo(source, folder.filePath(*hash)); !copied)
            return tl::unexpected(copied.error());
    }
    return OutgoingMedia{*hash, QMimeDatabase().mimeTypeForFile(file).name(), description};
}

bool isKeptJustNow(const QString &file)
{
    const QDateTime kept = QFileInfo(file).lastModified();
    return kept.isValid() && std::abs(kept.msecsTo(QDateTime::currentDateTimeUtc())) < justNow.count();
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
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.flush();
    if (isWritten)
        static_cast<void>(setTime(file, QDateTime(QDate(2000, 1, 1), QTime(0, 0), Qt::UTC)));
    if (isWritten && commitWhole(file))
        return hash;
    return fail(ErrorKind::diskFull, QStringLiteral("%1: %2").arg(file.fileName(), file.errorString()));
}

} // namespace Earshot
