// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/slicepack.h"

#include <QCryptographicHash>
#include <QFile>
#include <QScopeGuard>

#include <zstd.h>

#include <memory>

namespace Earshot {

namespace {

/// Fast, and no more memory than its default window takes.
constexpr int level = 3;
constexpr qsizetype pieceSize = 256 * 1024;

ErrorKind kindOf(const QFile &file)
{
    return file.error() == QFileDevice::ResourceError ? ErrorKind::diskFull : ErrorKind::io;
}

Done openBoth(QFile &source, QFile &target)
{
    if (!source.open(QIODevice::ReadOnly))
        return fail(source.exists() ? ErrorKind::io : ErrorKind::notFound, source.errorString());
    if (!target.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered))
        return fail(kindOf(target), target.errorString());
    target.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return {};
}

/// A full disk writes less than asked for.
bool writeAll(QFile &target, const char *bytes, qint64 size)
{
    return target.write(bytes, size) == size;
}

} // namespace

Result<PackedFile> packFile(const QString &from, const QString &to)
{
    QFile source(from);
    QFile target(to);
    if (Done opened = openBoth(source, target); !opened)
        return tl::unexpected(opened.error());
    const std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx *)> packer(ZSTD_createCCtx(), ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(packer.get(), ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(packer.get(), ZSTD_c_checksumFlag, 1);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray out(pieceSize, Qt::Uninitialized);
    PackedFile packed;
    for (bool isLast = false; !isLast;) {
        const QByteArray piece = source.read(pieceSize);
        if (piece.isEmpty() && source.error() != QFileDevice::NoError)
            return fail(ErrorKind::io, source.errorString());
        isLast = source.atEnd();
        ZSTD_inBuffer input{piece.constData(), size_t(piece.size()), 0};
        size_t left = 1;
        while (isLast ? left != 0 : input.pos < input.size) {
            ZSTD_outBuffer output{out.data(), size_t(out.size()), 0};
            left = ZSTD_compressStream2(packer.get(), &output, &input, isLast ? ZSTD_e_end : ZSTD_e_continue);
            if (ZSTD_isError(left))
                return fail(ErrorKind::unknown, QString::fromUtf8(ZSTD_getErrorName(left)));
            if (!writeAll(target, out.constData(), qint64(output.pos)))
                return fail(ErrorKind::diskFull, target.errorString());
            hash.addData(QByteArrayView(out).first(qsizetype(output.pos)));
            packed.size += qint64(output.pos);
        }
    }
    packed.hash = QString::fromLatin1(hash.result().toHex());
    return packed;
}

Done unpackFile(const QString &from, const QString &to, qint64 most)
{
    QFile source(from);
    QFile target(to);
    if (Done opened = openBoth(source, target); !opened)
        return opened;
    auto removal = qScopeGuard([&target] { target.remove(); });
    const std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx *)> unpacker(ZSTD_createDCtx(), ZSTD_freeDCtx);
    QByteArray out(pieceSize, Qt::Uninitialized);
    size_t left = 1;
    for (QByteArray piece = source.read(pieceSize); !piece.isEmpty(); piece = source.read(pieceSize)) {
        ZSTD_inBuffer input{piece.constData(), size_t(piece.size()), 0};
        bool isFull = true;
        while (input.pos < input.size || isFull) {
            ZSTD_outBuffer output{out.data(), size_t(out.size()), 0};
            left = ZSTD_decompressStream(unpacker.get(), &output, &input);
            if (ZSTD_isError(left))
                return fail(ErrorKind::damaged, QString::fromUtf8(ZSTD_getErrorName(left)));
            if (target.pos() + qint64(output.pos) > most)
                return fail(ErrorKind::tooLarge);
            if (!writeAll(target, out.constData(), qint64(output.pos)))
                return fail(ErrorKind::diskFull, target.errorString());
            // After the end of it, asking for more would begin another.
            isFull = output.pos == output.size && left != 0;
        }
    }
    if (left != 0)
        return fail(ErrorKind::damaged, QStringLiteral("it ends too early"));
    removal.dismiss();
    return {};
}

} // namespace Earshot
