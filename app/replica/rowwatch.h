// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/replicafile.h"
#include "replica/replicaserver.h"

namespace Earshot {

/// Compares a replica with its server a little at a time, beside what waits to be sent, and puts right what differs.
/// From a place at random on, so that also who is never there for long has seen everything some day. Waits: on the
/// follower's thread; file and server outlive it.
class RowWatch final
{
public:
    /// @param mostRows of a range
    RowWatch(ReplicaFile &file, ReplicaServer &server, int mostRows = 2000)
        : m_file(file)
        , m_server(server)
        , m_mostRows(mostRows)
    {
    }

    /// The server may be another program than it was: what it could not do is asked of it once more.
    void beginAnew() { m_isUseless = false; }

    /// One range. To be called when everything is here.
    void checkNext();
    /// Until the next range is to be compared: so that all has been in a day, but not before 20,000 times as long as
    /// the last comparison took, so that a thousand who follow are not felt at the server.
    /// @param most never longer than this: where there is little to compare, or a server that answers late
    [[nodiscard]] Duration pause(Duration most) const;
    /// The same for a workspace of so many rows. @param took the last comparison, with the server's answer
    [[nodiscard]] static Duration pauseFor(Seq rows, int mostRows, Duration took, Duration most);
    /// Rows that were put right so far.
    [[nodiscard]] qint64 repaired() const { return m_repaired; }

private:
    void onFailure(const Error &error, Seq otherwise);

    ReplicaFile &m_file;
    ReplicaServer &m_server;
    const int m_mostRows;
    Seq m_next = -1;          ///< negative = anywhere
    Duration m_took{0};       ///< the last comparison
    int m_failures = 0;       ///< in this place, one after another
    bool m_isUseless = false; ///< the server cannot, or has other columns
    qint64 m_repaired = 0;
};

} // namespace Earshot
