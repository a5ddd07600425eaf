// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/slice.h"

#include <QJsonObject>

#include <map>
#include <tuple>

namespace Earshot {

/// How many units a slice holds at most.
struct SliceSizes
{
    int conversations = 10'000;
    int threads = 20'000;
    int people = 50'000;
    int contacts = 100'000;
};

struct Slice
{
    SliceRange range;
    QString hash; ///< the file's name; empty = not made yet, or nothing in it
    qint64 size = 0;
    qint64 rows = 0;
    qint64 newest = 0;        ///< time of the newest message of its conversations, ms
    Seq position = 0;         ///< it holds everything of its range as it was then; what came after may be missing
    Time madeAt;              ///< not known = never
    Time listedAt;            ///< when somebody last asked for it
    bool isChanged = true;    ///< since it was made, or it never was
    bool hasLostRows = false; ///< a row that it still holds is no more
    QMap<QByteArray, SliceIds> ids;
};

/// Which slices a workspace has, and which of them are not what they should be any more. Not thread-safe.
class SliceCatalogue
{
public:
    explicit SliceCatalogue(const SliceSizes &sizes)
        : m_sizes(sizes)
    {
    }
    using Key = std::tuple<SliceKind, qint64, qint64>; ///< kind, channel, after

    /// Looks at what changed since it was last asked; the first time, or when that cannot be known, at everything.
    /// One snapshot. Errors: those of reading; the catalogue is then to be thrown away.
    [[nodiscard]] Done refresh(Database &database);

    [[nodiscard]] const std::map<Key, Slice> &slices() const { return m_slices; }
    [[nodiscard]] Slice &slice(const Key &key) { return m_slices.at(key); }
    [[nodiscard]] int mostUnits(SliceKind kind) const;
    /// A slice was made. One that has become full is followed by an empty one.
    void note(const Key &key, const WrittenSlice &written, Time now);

    /// For the next start. @return false: it is not what toJson() gave; nothing is taken
    [[nodiscard]] QJsonObject toJson() const;
    bool takeJson(const QJsonObject &json);

private:
    void plan(Database &database);
    void planUnits(Database &database, SliceKind kind, const char *statement);
    void noteTouched(SliceKind kind, qint64 channel, qint64 unit, Seq seq);
    void noteGone(const QByteArray &table, qint64 channel, qint64 row, Seq seq);
    Slice &add(const SliceRange &range);

    SliceSizes m_sizes;
    QString m_incarnation;
    Seq m_lookedAt = 0;
    std::map<Key, Slice> m_slices;
};

} // namespace Earshot
