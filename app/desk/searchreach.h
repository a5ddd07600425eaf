// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "workspace/historyreach.h"

#include <QTimer>

namespace Earshot {

/// How far back a search finds what there is: while a replica's first synchronisation brings older history, and while
/// what came waits to be indexed, not all the way. Also after a restart in the middle, with or without the server.
/// Reads in the background; lives on the desk's thread.
class SearchReach final : public QObject
{
    Q_OBJECT

public:
    explicit SearchReach(Desk &desk, QObject *parent = nullptr);

    /// All is found, as far as is known yet.
    [[nodiscard]] bool isWhole() const { return m_found.isWhole(); }
    /// While it is not whole: everything that is newer is found. Not known = that cannot be said.
    [[nodiscard]] Time since() const { return m_found.foundSince(); }
    /// The same, and how far back all is here, found or not.
    [[nodiscard]] const HistoryReach &found() const { return m_found; }

Q_SIGNALS:
    void reachChanged();

private:
    void look();
    void take(const HistoryReach &found);

    Desk &m_desk;
    QTimer m_again; ///< while something waits to be indexed
    HistoryReach m_found;
    bool m_isLooking = false;
    bool m_isOld = false; ///< something was committed since it began to look
};

} // namespace Earshot
