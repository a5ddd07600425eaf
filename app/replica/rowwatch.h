// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/replicafile.h"
#include "replica/serverconnection.h"

namespace Earshot {

/// Compares a replica with its server a little at a time while there is nothing else to do, and puts right what
/// differs. From a place at random on, so that also who is never there for long has seen everything some day. Waits: on
/// the follower's thread; file and connection outlive it.
class RowWatch final
{
public:
    RowWatch(ReplicaFile &file, ServerConnection &connection)
        : m_file(file)
        , m_connection(connection)
    {
    }

    /// One range. To be called when everything is here.
    void checkNext();
    /// Rows that were put right so far.
    [[nodiscard]] qint64 repaired() const { return m_repaired; }

private:
    ReplicaFile &m_file;
    ServerConnection &m_connection;
    Seq m_next = -1;          ///< negative = anywhere
    bool m_isUseless = false; ///< the server cannot, or has other columns
    qint64 m_repaired = 0;
};

} // namespace Earshot
