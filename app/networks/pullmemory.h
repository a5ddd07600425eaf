// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/remote.h"

#include <QHash>

#include <optional>

namespace Earshot {

/// What a connector remembers of the posts that its pulls brought, by key, so that it asks less. What a page taught
/// counts as stored only when the next pull goes on from what that page answered: a pull that failed, or a page that
/// could not be stored, brings it again. Of one process; belongs to a session, any one thread.
template <class T>
class PullMemory
{
public:
    /// @param most more than this is forgotten at once: starting anew costs a few requests, nothing else
    explicit PullMemory(qsizetype most)
        : m_most(most)
    {
    }

    /// A pull begins. What a page answered counts once: what a pull learns that then fails is never stored.
    void begin(const Position &position)
    {
        if (m_next == position) {
            if (m_stored.size() > m_most)
                m_stored.clear();
            m_stored.insert(m_fresh);
        }
        m_fresh.clear();
        m_next.reset();
    }
    /// It ends with this page.
    void end(const Page &page) { m_next = page.next; }

    void learn(const QString &key, const T &value)
    {
        if (m_fresh.size() <= m_most)
            m_fresh.insert(key, value);
    }
    /// Known, stored or not; null when it is not. Until anything else is learnt.
    [[nodiscard]] const T *find(const QString &key) const
    {
        const T *fresh = in(m_fresh, key);
        return fresh ? fresh : in(m_stored, key);
    }
    [[nodiscard]] const T *findStored(const QString &key) const { return in(m_stored, key); }

private:
    [[nodiscard]] static const T *in(const QHash<QString, T> &values, const QString &key)
    {
        const auto at = values.constFind(key);
        return at == values.constEnd() ? nullptr : &*at;
    }

    qsizetype m_most;
    QHash<QString, T> m_stored;
    QHash<QString, T> m_fresh;
    std::optional<Position> m_next;
};

} // namespace Earshot
