// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QStringList>

namespace Earshot {

/// How many keys of seen items a mark remembers: enough that the deletion of some does not lose the place.
inline constexpr qsizetype ringSize = 200;

/// Position::mark of a channel that reads a list which its network pages from new to old (a microblog's notifications
/// or timeline). Ids are opaque, so a place in a list is remembered by the items around it.
struct TimelineMark
{
    QStringList
        ring;    ///< keys (as the network's connector makes them) of the newest items that are stored, newest first
    Time newest; ///< of the newest of them
    Time deepAt; ///< when the list was last read down to the horizon; only where that is done again and again
    QHash<QString, int> replies; ///< our own recent posts by uri, with the number of replies that were looked at
    bool hasRest = false;        ///< some of them still wait to be looked at
    QString talks;               ///< up to where private talks are read, where those are a list of their own

    [[nodiscard]] QString toString() const;
    /// An empty mark for anything that is not one.
    [[nodiscard]] static TimelineMark from(const QString &text);
    bool operator==(const TimelineMark &) const = default;
};

/// Position::walk of such a channel.
struct TimelineWalk
{
    QByteArray next;  ///< the page to ask for, in the connector's own words
    QStringList ring; ///< the new mark's ring, as far as it is known
    Time newest;      ///< of the first page
    Time begunAt;     ///< only of a deep walk
    int pages = 0;
    int restarts = 0;      ///< how often the server no longer knew the next page
    bool hasLinks = false; ///< the server gives Link headers: their absence means the end
    bool hasMet = false;   ///< something that the mark knows: what stands below is history
    bool isDeep = false;   ///< goes on to the horizon, whatever the mark knows

    [[nodiscard]] QString toString() const;
    /// A walk that has not begun for anything that is not one.
    [[nodiscard]] static TimelineWalk from(const QString &text);
    bool operator==(const TimelineWalk &) const = default;
};

} // namespace Earshot
