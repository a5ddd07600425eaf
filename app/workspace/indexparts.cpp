// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/indexparts.h"

#include <algorithm>
#include <numeric>

namespace Earshot {

namespace {

/// FTS5's own least ("usermerge").
constexpr int fewestParts = 4;
/// A search looks into each part; and FTS5 has no more than 2,000.
constexpr int tooManyParts = 500;
/// A large part is written anew when the others are this share of it together.
constexpr qint64 worthwhileShare = 4;
constexpr qsizetype cookieSize = 4;
/// FTS5's highest level, and more parts than it ever has.
constexpr quint64 mostLevels = 64;
constexpr quint64 mostParts = 2000;

/// SQLite's numbers of one to nine bytes, high ones first.
class Numbers
{
public:
    explicit Numbers(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }
    quint64 next()
    {
        quint64 value = 0;
        for (int i = 0; i < 9; ++i) {
            if (m_at >= m_bytes.size()) {
                m_isShort = true;
                return 0;
            }
            const auto byte = quint8(m_bytes[m_at++]);
            if (i == 8)
                return (value << 8) | byte;
            value = (value << 7) | (byte & 0x7f);
            if (byte < 0x80)
                break;
        }
        return value;
    }
    [[nodiscard]] bool isShort() const { return m_isShort; }
    [[nodiscard]] bool isAtEnd() const { return !m_isShort && m_at == m_bytes.size(); }

private:
    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    bool m_isShort = false;
};

} // namespace

std::optional<QList<IndexLevel>> readIndexParts(const QByteArray &record)
{
    Numbers numbers(QByteArrayView(record).sliced(std::min(record.size(), cookieSize)));
    const quint64 levelCount = numbers.next();
    const quint64 partCount = numbers.next();
    static_cast<void>(numbers.next()); // pages ever written
    if (levelCount > mostLevels || partCount > mostParts)
        return std::nullopt;
    QList<IndexLevel> levels;
    quint64 seen = 0;
    for (quint64 i = 0; i < levelCount && !numbers.isShort(); ++i) {
        const quint64 merging = numbers.next();
        const quint64 parts = numbers.next();
        seen += parts;
        if (merging > parts || seen > partCount)
            return std::nullopt;
        IndexLevel level;
        level.merging = int(merging);
        for (quint64 k = 0; k < parts; ++k) {
            static_cast<void>(numbers.next()); // its number
            const auto first = qint64(numbers.next());
            level.sizes.append(qint64(numbers.next()) - first + 1);
        }
        levels.append(level);
    }
    return numbers.isAtEnd() && seen == partCount ? std::optional(levels) : std::nullopt;
}

/// As fts5IndexMerge() chooses: the level with most parts, but none above one that is being merged.
std::optional<IndexMerge> nextIndexMerge(const QList<IndexLevel> &levels)
{
    const IndexLevel *best = nullptr;
    qsizetype most = 0;
    for (const IndexLevel &level : levels) {
        const qsizetype parts = level.merging > 0 ? level.merging : level.sizes.size();
        if (parts > most) {
            best = &level;
            most = parts;
        }
        if (level.merging > 0)
            break;
    }
    if (!best || (best->merging == 0 && most < fewestParts))
        return std::nullopt;
    IndexMerge merge;
    merge.parts = int(most);
    for (const IndexLevel &level : levels)
        merge.allParts += int(level.sizes.size());
    if (const QList<qint64> &newest = levels.constFirst().sizes; !newest.isEmpty())
        merge.coming = newest.constLast();
    merge.isBegun = best->merging > 0;
    merge.pages = std::accumulate(best->sizes.cbegin(), best->sizes.cbegin() + most, qint64(0));
    merge.largest = *std::max_element(best->sizes.cbegin(), best->sizes.cbegin() + most);
    return merge;
}

bool IndexMerge::isWorthIt() const
{
    return allParts >= tooManyParts || largest <= worthwhileShare * (pages - largest);
}

} // namespace Earshot
