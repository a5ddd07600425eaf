// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

namespace Earshot {

/// Which of some names may be meant by what is typed: their places, in the names' order, whatever the case.
struct Matches
{
    QList<int> begun;  ///< they begin so, and are meant more likely
    QList<int> within; ///< they only hold it
    [[nodiscard]] QList<int> all() const { return begun + within; }
};

[[nodiscard]] inline Matches matchesOf(const QStringList &names, const QString &typed)
{
    Matches found;
    for (int i = 0; i < names.size(); ++i) {
        if (names.at(i).startsWith(typed, Qt::CaseInsensitive))
            found.begun.append(i);
        else if (names.at(i).contains(typed, Qt::CaseInsensitive))
            found.within.append(i);
    }
    return found;
}

} // namespace Earshot
