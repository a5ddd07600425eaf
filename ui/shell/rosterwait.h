// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>

namespace Earshot {

class Roster;
class StatePage;

/// For who shows what a roster has while it is not known yet: what to say meanwhile, and when to look anew. Lives as
/// long as what shows it.
class RosterWait final : public QObject
{
    Q_OBJECT

public:
    explicit RosterWait(const Roster &roster, QObject *parent);
    /// Whether it is known what there is, also if that is nothing.
    [[nodiscard]] bool isOver() const;
    /// What to say before; empty for the first moment.
    [[nodiscard]] QString sentence() const;
    /// The same on a page. @return false: it is over
    bool showOn(StatePage &page) const;

Q_SIGNALS:
    /// It is over, or there is something else to say.
    void changed();

private:
    const Roster &m_roster;
    QTimer m_slow; ///< tells that reading takes long
};

} // namespace Earshot
