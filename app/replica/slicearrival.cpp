// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/slicearrival.h"

#include "replica/slicefiles.h"
#include "workspace/slicepack.h"

#include <QCryptographicHash>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>

namespace Earshot {

namespace {

QString hashOf(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return {};
    return QString::fromLatin1(hash.result().toHex());
}

} // namespace

SliceArrival::SliceArrival(QString replica, ReplicaServer &server, qint64 piece, qint64 most)
    : m_replica(std::move(replica))
    , m_server(server)
    , m_piece(piece)
    , m_most(most)
{
}

Result<qint64> SliceArrival::fetchSome(const ListedSlice &slice)
{
    // The name goes into a path.
    static const QRegularExpression hex(QStringLiteral("^[0-9a-f]{64}$"));
    if (!hex.match(slice.blob).hasMatch() || slice.size < 0)
        return fail(ErrorKind::malformed, QStringLiteral("a slice called %1").arg(slice.blob));
    QFile packed(packedSliceFile(m_replica, slice.blob));
    if (!packed.open(QIODevice::WriteOnly | QIODevice::Append))
        return fail(ErrorKind::io, packed.errorString());
    packed.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    if (packed.size() < slice.size) {
        const auto piece = m_server.piece(slice.blob, packed.size(), std::min(m_piece, slice.size - packed.size()));
        if (!piece)
            return tl::unexpected(piece.error());
        if (piece->isEmpty())
            return fail(ErrorKind::malformed, QStringLiteral("a slice is shorter than the server says"));
        if (packed.write(*piece) != piece->size() || !packed.flush())
            return fail(packed.error() == QFileDevice::ResourceError ? ErrorKind::diskFull : ErrorKind::io,
                        packed.errorString());
    }
    const qint64 here = packed.size();
    packed.close();
    if (here < slice.size || hashOf(packed.fileName()) == slice.blob)
        return here;
    packed.remove();
    return fail(ErrorKind::malformed,
                QStringLiteral("a slice arrived otherwise than it was sent; it is fetched again"));
}

Done SliceArrival::unpack(const ListedSlice &slice)
{
    if (m_unpacked.contains(slice.blob))
        return {};
    const QString packed = packedSliceFile(m_replica, slice.blob);
    QFile::remove(plainFile(slice));
    const Done unpacked = unpackFile(packed, plainFile(slice), m_most);
    if (unpacked)
        m_unpacked.insert(slice.blob);
    if (unpacked || unpacked.error().kind != ErrorKind::damaged)
        return unpacked;
    // It is as it was sent; the workspace here is not what is damaged.
    QFile::remove(packed);
    return fail(ErrorKind::malformed, QStringLiteral("a slice cannot be unpacked: ") + unpacked.error().detail);
}

QString SliceArrival::plainFile(const ListedSlice &slice) const
{
    return plainSliceFile(m_replica, slice.blob);
}

void SliceArrival::removePlain(const ListedSlice &slice)
{
    m_unpacked.remove(slice.blob);
    QFile::remove(plainFile(slice));
}

void SliceArrival::remove(const ListedSlice &slice)
{
    removePlain(slice);
    QFile::remove(packedSliceFile(m_replica, slice.blob));
}

} // namespace Earshot
