// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QRandomGenerator>
#include <QTest>

namespace Earshot {

/// Rows of random histories: the usual ones, which are the same each time, so that whoever changes something else does
/// not meet what nobody has met before; or as many others as EARSHOT_HISTORIES says, from EARSHOT_FIRST_SEED on; or the
/// one that EARSHOT_SEED names again.
/// @param found seeds that showed a fault once, done with the usual ones
inline void addSeeds(int usual, quint32 usualFirst, const QList<quint32> &found = {})
{
    QTest::addColumn<quint32>("seed");
    const QString named = qEnvironmentVariable("EARSHOT_SEED");
    const QString first = qEnvironmentVariable("EARSHOT_FIRST_SEED");
    const int histories = named.isEmpty() ? qEnvironmentVariableIntValue("EARSHOT_HISTORIES") : 1;
    for (int i = 0; i < std::max(histories, named.isEmpty() ? usual : 1); ++i) {
        quint32 seed = QRandomGenerator::global()->generate();
        if (!named.isEmpty())
            seed = named.toUInt();
        else if (!first.isEmpty() || histories == 0)
            seed = (first.isEmpty() ? usualFirst : first.toUInt()) + quint32(i);
        QTest::addRow("seed %u", seed) << seed;
    }
    for (const quint32 seed : histories == 0 ? found : QList<quint32>())
        QTest::addRow("seed %u", seed) << seed;
}

} // namespace Earshot
