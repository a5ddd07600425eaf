// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace Earshot {

/// A small fast source of repeatable numbers (SplitMix64): the same on every machine for the same seed.
class RandomSource
{
public:
    explicit RandomSource(quint64 seed)
        : m_state(seed)
    {
    }
    quint64 next()
    {
        quint64 z = (m_state += Q_UINT64_C(0x9e3779b97f4a7c15));
        z = (z ^ (z >> 30)) * Q_UINT64_C(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)) * Q_UINT64_C(0x94d049bb133111eb);
        return z ^ (z >> 31);
    }
    /// From 0 to `limit` - 1; 0 when there is nothing to choose from.
    qint64 below(qint64 limit) { return limit > 0 ? qint64((next() >> 1) % quint64(limit)) : 0; }
    bool isIn(int percent) { return below(100) < percent; }
    /// From 0 up to but not 1.
    double share() { return double(next() >> 11) * 0x1p-53; }

private:
    quint64 m_state;
};

} // namespace Earshot
