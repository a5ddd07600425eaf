// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/workspace.h"

#include <QHash>

namespace Earshot {

// A server whose workspace was restored from a backup begins a new incarnation: what it was told after the backup it
// does not know any more, and gives the same numbers and ids anew to something else. What this device did under another
// incarnation is judged once all rows of the present one are here. All on the writer thread, inside one writing task.

/// Which incarnation a server's workspace is of.
struct ServerEra
{
    QString incarnation;       ///< empty = the server is too old to say
    QHash<QString, Seq> alike; ///< earlier ones, each with the change number up to which it is the same
    std::optional<Seq> newest; ///< its last change number, where it says so
    int form = 0;              ///< the newest migration of synchronised tables that it knows; 0 = it does not say
    bool operator==(const ServerEra &) const = default;
};

/// The server says which one it is. Whether it is another one than what this replica holds, or the same one with less
/// than it had (put back by something that it knows nothing of), is found out here.
/// @return false: what is here is not what the server has, all is to be fetched anew
[[nodiscard]] bool enterEra(Writing &writing, const ServerEra &era);

/// Of the rows that are here: under this one what is done now is kept.
[[nodiscard]] QString eraOfRows(Database &database);
/// The one in which the server's numbers and ids are to be understood.
[[nodiscard]] QString presentEra(Database &database);

/// Whether something is to be judged as soon as everything is here.
[[nodiscard]] bool isOfAnotherEra(Database &database);
/// What was done, or begun to be written, under another incarnation: what the server has is done; what it certainly
/// does not have and nobody can have seen is to be sent anew; what may have been published, or concerns what the server
/// does not know, is trouble. To be called when nothing is shown ahead and every row is here.
void judgeOtherEras(Writing &writing);

} // namespace Earshot
