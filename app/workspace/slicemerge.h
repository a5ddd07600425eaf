// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/slice.h"
#include "workspace/wirerows.h"

#include <chrono>
#include <memory>
#include <vector>

namespace Earshot {

class SliceSource;

/// Puts the rows of several slices into a follower's file (foreign keys off on that connection), a piece at a time: by
/// table, in the order of their ids. Each channel's rows lie between all others': one slice after another would write
/// most of the file's pages anew for each of them. Conversations come last, so that what belongs to one is there when
/// it is shown. Of a row that is there already the newer version stays. The derived tables follow; words are indexed
/// afterwards (LateIndexing). Used by one thread at a time.
class SliceMerge
{
public:
    /// Tables that a slice of an older schema lacks are empty, and columns as where nothing is said. Errors: notFound,
    /// malformed, io.
    [[nodiscard]] static Result<std::unique_ptr<SliceMerge>> open(const QStringList &files, SliceRows rows);
    ~SliceMerge();
    Q_DISABLE_COPY_MOVE(SliceMerge)

    /// One piece, in the transaction that is open there; the file may be written otherwise between two. A failure is
    /// the database's (malformed: a slice cannot be read), and what was put in is to be rolled back: begin again.
    /// @param most about how long; 0 = a single row. @return whether there is more
    bool step(Database &database, std::chrono::milliseconds most);
    /// Of the slices' pages, about, those that were read: 0 to 1. Between two pieces.
    [[nodiscard]] double share() const;

private:
    class Piece;
    class Fresh;

    explicit SliceMerge(SliceRows rows);
    void openTable(Database &database);
    void bindRow(Statement &apply, const SliceSource &source);
    /// Of one of m_columns; -1 = it is none.
    [[nodiscard]] int placeOf(const QByteArray &column) const;
    [[nodiscard]] SliceSource *lowest();
    [[nodiscard]] int put(Statement &apply, const SliceSource &source);
    [[nodiscard]] bool isHere(Statement &get, const SliceSource &source) const;
    void putTable(Database &database, Piece &piece);
    void putRows(Database &database, Piece &piece, qint64 most);
    [[nodiscard]] qint64 putNewRows(Database &database, Piece &piece);
    void makeRoom(Database &database, const SliceSource &source);

    const SliceRows m_rows;
    const QList<QByteArray> m_tables;
    qsizetype m_table = 0;
    QList<WireColumn> m_columns; ///< of that table, as the statement has them that puts rows in
    bool m_isOpen = false;       ///< the sources stand in that table
    std::vector<std::unique_ptr<SliceSource>> m_sources;
    qint64 m_bytes = 0; ///< of the slices
};

} // namespace Earshot
