// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/replicaserver.h"

#include <QSet>
#include <QString>

namespace Earshot {

/// Slices on their way: fetched in pieces into files beside the replica, and unpacked there. What has arrived of one
/// need not come again. Waits: on a thread that may.
class SliceArrival
{
public:
    /// @param piece bytes asked for at once @param most bytes that one may have unpacked
    SliceArrival(QString replica, ReplicaServer &server, qint64 piece, qint64 most);

    /// One piece more of it. @return bytes that are here; all of them are as they were sent. Errors: those of the
    /// server; malformed, diskFull, io.
    [[nodiscard]] Result<qint64> fetchSome(const ListedSlice &slice);
    /// Where it is not yet. Errors: malformed (then it is to be fetched again), tooLarge, diskFull, io.
    [[nodiscard]] Done unpack(const ListedSlice &slice);
    [[nodiscard]] QString plainFile(const ListedSlice &slice) const;
    void removePlain(const ListedSlice &slice);
    /// It is in.
    void remove(const ListedSlice &slice);

private:
    const QString m_replica;
    ReplicaServer &m_server;
    const qint64 m_piece;
    const qint64 m_most;
    QSet<QString> m_unpacked; ///< their blobs
};

} // namespace Earshot
