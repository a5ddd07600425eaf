// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"

#include <QHash>
#include <QString>

#include <optional>

namespace Earshot {

/// How many follow people, as a connector has learnt it last, by the network's id of each. It changes all the time:
/// once a day is enough, and a quarter of an hour where no answer came. Of one process; belongs to a session, any one
/// thread.
class FollowerCounts
{
public:
    /// @param most more people than this are forgotten at once, between two errands: asking anew costs a few requests
    explicit FollowerCounts(qsizetype most)
        : m_most(most)
    {
    }

    [[nodiscard]] std::optional<int> of(const QString &id) const { return m_told.value(id).count; }
    [[nodiscard]] bool isDue(const QString &id, Time now) const
    {
        const auto told = m_told.constFind(id);
        const Duration age = told == m_told.constEnd() ? Duration(-1) : now - told->askedAt;
        return age >= again || age < Duration(0);
    }
    void forgetIfMany()
    {
        if (m_told.size() > m_most)
            m_told.clear();
    }
    /// They were asked for; what the network then does not say stays as it is.
    void noteAsked(const QString &id, Time now) { m_told[id].askedAt = now; }
    /// No answer came.
    void noteUnanswered(const QString &id, Time now) { m_told[id].askedAt = now - again + afterSilence; }
    void learn(const QString &id, int count) { m_told[id].count = count; }

private:
    static constexpr Duration again = std::chrono::hours(24);
    static constexpr Duration afterSilence = std::chrono::minutes(15);
    struct Told
    {
        std::optional<int> count;
        Time askedAt;
    };
    qsizetype m_most;
    QHash<QString, Told> m_told;
};

} // namespace Earshot
