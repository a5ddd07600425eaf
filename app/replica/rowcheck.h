// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/replicafile.h"
#include "replica/replicaserver.h"
#include "workspace/rowdigest.h"

namespace Earshot {

/// A row in which a replica is not what its agent may see of the server.
struct RowDifference
{
    enum class Kind {
        missing,  ///< the server has it
        surplus,  ///< the server does not have it in this place
        different ///< what is in it
    };
    QByteArray table;
    qint64 id = 0;
    Kind kind = Kind::different;
    bool operator==(const RowDifference &) const = default;
};

/// Compares a replica with its server by digests of ranges of change numbers (app/server/PROTOCOL.md, "Comparing"), and
/// fetches what differs; what is shown ahead of the server stands beside and stays. Nothing of the server may be
/// written to the replica meanwhile. Waits: on a thread that may. Errors of all: those of ReplicaServer and
/// ReplicaFile, of the server's methods; unsupported (it cannot, or has other columns).
class RowCheck final
{
public:
    /// @param mostRows of a range; the server takes 2000 at most
    RowCheck(ReplicaFile &file, ReplicaServer &server, int mostRows = 2000)
        : m_file(file)
        , m_server(server)
        , m_mostRows(mostRows)
    {
    }

    struct Finding
    {
        Seq upTo = 0; ///< where the next range begins
        bool hasMore = false;
        qint64 count = 0;   ///< rows here
        bool isTold = true; ///< false: it differs, but the server has moved on meanwhile: nobody knows
        QList<RowDifference> differences;
    };
    /// The range of change numbers after `since`.
    [[nodiscard]] Result<Finding> compare(Seq since);
    /// Fetches these anew, and removes what the server does not have.
    /// @return how many rows were put right. Errors: also transient (something has changed there meanwhile)
    [[nodiscard]] Result<qint64> repair(const QList<RowDifference> &differences);
    /// Whether everything of the server is here: else there is nothing to compare.
    [[nodiscard]] bool isDue() const { return m_file.isComplete() && !m_file.isFetching(); }
    /// Whether that is so, and all that is shown is what the server said. What was undone before it was sent is shown
    /// no longer then.
    [[nodiscard]] bool comesToRest();

private:
    [[nodiscard]] bool dropsUndone();
    [[nodiscard]] Result<QList<ServerCall>> ask(QList<ServerCall> calls);
    [[nodiscard]] Result<RangeDigest> digestHere(Seq since, const Finding &finding);
    [[nodiscard]] ServerCall checksum(Seq since, int mostRows, bool withRows) const;
    [[nodiscard]] Result<Finding> narrow(Finding finding, Seq since, int count);
    [[nodiscard]] Result<ChangeBatch> fetch(const QList<RowDifference> &part);

    ReplicaFile &m_file;
    ReplicaServer &m_server;
    const int m_mostRows;
};

} // namespace Earshot
