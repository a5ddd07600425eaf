// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/replica/deed.h"

#include <QRandomGenerator>

#include <functional>

namespace Earshot {

/// A person who looks at what was refused of what was typed, at random: gives it up, sends it anew, or says it in other
/// words; what may have been said already is settled with the server before that.
class Decider
{
public:
    /// One decision more, where there is something to decide, and those that were waited for.
    /// @param newWords what is typed next @param first of these, where they are to be decided
    void decide(Desktop &desktop, QList<DeskDeed> &deeds, QRandomGenerator &random,
                const std::function<QString()> &newWords, const QString &first = {});
    /// Whether they wait for a person.
    [[nodiscard]] static bool isToDecide(Desktop &desktop, const QString &words);
    /// The desktop ends: nobody waits for anything any more.
    void forget() { m_settling.clear(); }

private:
    struct Settlement
    {
        qint64 entry = 0;
        QString text;
        QFuture<Result<Settled>> settled;
    };
    void goOn(Desktop &desktop, QList<DeskDeed> &deeds, const std::function<QString()> &newWords);

    QList<Settlement> m_settling;
};

} // namespace Earshot
