// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/replicafile.h"
#include "replica/replicaserver.h"
#include "replica/slicearrival.h"

#include <QElapsedTimer>

#include <functional>

namespace Earshot {

/// Brings a replica up to date: slices first, then what changed since. It may end anywhere and goes on there the next
/// time, also in the middle of a slice. Waits: on a thread that may.
class ReplicaSync
{
public:
    struct Sizes
    {
        qint64 piece = 1024 * 1024;              ///< bytes of a slice asked for at once
        qint64 slice = 8LL * 1024 * 1024 * 1024; ///< an unpacked slice larger than this is refused
        int together = 32;                       ///< slices taken at once, at most: each has a file open
        qint64 packed = 256LL * 1024 * 1024;     ///< bytes that have arrived before they are taken, at most
        Duration put = SliceTaking().piece;      ///< SliceTaking::piece
        int changes = 500;                       ///< rows asked for at once
        int held = 10'000;                       ///< rows that may have come before they are taken
        Duration betweenListings = std::chrono::milliseconds(500);
        Duration betweenLooks =
            std::chrono::seconds(2); ///< for what else changed, while slices come into what is there
        Duration scatter{0}; ///< waited for at most, at random, before slices are fetched because others do so too
        /// See ReplicaFile::sweep(); whoever gives it makes the index too (ReplicaFile::makeIndex()).
        std::function<bool()> isWanted = {};
    };
    /// @param share of the first synchronisation, 0 to 1: half of it for bytes that arrive, half for those put in
    using Progress = std::function<void(double share)>;

    ReplicaSync(ReplicaFile &file, ReplicaServer &server, const Sizes &sizes);
    ReplicaSync(ReplicaFile &file, ReplicaServer &server)
        : ReplicaSync(file, server, Sizes())
    {
    }

    /// When all slices are here: up to which state what came after them is being put in.
    void setFollowing(std::function<void(Seq position)> following) { m_following = std::move(following); }

    /// Until the file has all that the server lets its agent see; what cannot be gone on with is thrown away first.
    /// Without the index of addresses where that cannot be made, and with something left to sweep. Errors: those of
    /// ReplicaServer and ReplicaFile; malformed, tooLarge (a slice), unsupported (the server refuses what is asked, or
    /// has rows that this program does not know).
    [[nodiscard]] Done run(const Progress &progress = {});
    /// A screen has something to show. From any call of Progress.
    [[nodiscard]] bool isUsable() const { return m_file.isUsable(); }
    /// Rows that run() put in, and rows that it took away.
    [[nodiscard]] qint64 changedRows() const { return m_changedRows; }

private:
    /// otherEra: what is here and what is there do not belong together any more.
    enum class Outcome { done, otherEra };

    [[nodiscard]] Result<Outcome> bringUp();
    [[nodiscard]] Result<Outcome> join();
    [[nodiscard]] Done tidyUp();
    [[nodiscard]] Result<Outcome> changeSight();
    [[nodiscard]] Done scatter();
    [[nodiscard]] Result<Outcome> takeListed(const SliceListing &listing);
    [[nodiscard]] bool hasAll(const SliceListing &listing) const;
    /// Slices of a listing on their way.
    struct Coming
    {
        const SliceListing &listing;
        qsizetype next = 0;           ///< of the listing's
        QList<ListedSlice> come;      ///< they wait to be put in
        std::optional<Error> failure; ///< what fetching ahead failed of
    };
    [[nodiscard]] const ListedSlice *nextWanted(Coming &coming) const;
    [[nodiscard]] bool isOfOtherEra(const ListedSlice &slice, const Coming &coming) const;
    [[nodiscard]] Result<bool> fetchSome(const ListedSlice &slice, Coming &coming);
    [[nodiscard]] bool fetchAhead(Coming &coming);
    [[nodiscard]] bool isEnough(Coming &coming) const;
    [[nodiscard]] std::optional<Time> reachWith(const QList<ListedSlice> &come, const SliceListing &listing) const;
    [[nodiscard]] Done take(Coming &coming);
    [[nodiscard]] double shareWith(qint64 arrived, double in) const;
    void tellShare(qint64 arrived, double in);
    [[nodiscard]] Done takeTogether(const QList<ListedSlice> &slices, Coming &coming);
    [[nodiscard]] Result<Outcome> follow(ReplicaFile::Position position = ReplicaFile::Position::kept);
    [[nodiscard]] Result<Outcome> lookAhead();
    /// Rows and the state after them.
    struct RowsAfter
    {
        ChangeBatch batch;
        QString state;
    };
    [[nodiscard]] Result<RowsAfter> askRows(const QString &state);

    ReplicaFile &m_file;
    ReplicaServer &m_server;
    const Sizes m_sizes;
    SliceArrival m_arrival;
    qint64 m_changedRows = 0;
    double m_share = 0;             ///< of the first synchronisation, the highest that was told
    QString m_ahead;                ///< while slices come into what is there: up to where what else changed is here
    bool m_isSightAsBefore = false; ///< the agent sees what was seen before, though it was said to be otherwise
    QElapsedTimer m_looked;         ///< since it was last asked for
    Progress m_progress;
    std::function<void(Seq)> m_following;
    qint64 m_listed = 0;    ///< bytes of all slices
    qint64 m_arrived = 0;   ///< of those that are here whole
    qint64 m_in = 0;        ///< of those that are put in
    bool m_isTight = false; ///< the disk: slices are taken one at a time
};

} // namespace Earshot
