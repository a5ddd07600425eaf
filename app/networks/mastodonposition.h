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

/// Position::mark of a Mastodon channel. Ids are opaque, so a place in a list is remembered by the items around it.
struct MastodonMark
{
    QStringList ring; ///< keys (ids of notifications, uris of posts) of the newest items that are stored, newest first
    Time newest;      ///< of the newest of them
    QHash<QString, int> replies; ///< our own recent posts by uri, with the number of replies that were looked at
    bool hasRest = false;        ///< some of them still wait to be looked at

    [[nodiscard]] QString toString() const;
    /// An empty mark for anything that is not one.
    [[nodiscard]] static MastodonMark from(const QString &text);
    bool operator==(const MastodonMark &) const = default;
};

/// Position::walk of a Mastodon channel.
struct MastodonWalk
{
    QByteArray next;  ///< path and query of the page to ask for
    QStringList ring; ///< the new mark's ring, as far as it is known
    Time newest;      ///< of the first page
    int pages = 0;
    int restarts = 0;      ///< how often the server no longer knew the next page
    bool hasLinks = false; ///< the server gives Link headers: their absence means the end

    [[nodiscard]] QString toString() const;
    /// A walk that has not begun for anything that is not one.
    [[nodiscard]] static MastodonWalk from(const QString &text);
    bool operator==(const MastodonWalk &) const = default;
};

} // namespace Earshot
