// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cli/call.h"
#include "model/secret.h"

namespace Earshot {

class JmapClient;
class ReplicaFile;

// What the command line does with the replicas that it fetched when the server says that they may no longer be kept
// (app/server/PROTOCOL.md, "Parting"). One log-in fetches many: each goes when it would be brought up to date.

/// This log-in keeps this replica, where it made it or kept it before: the desktop's own stays the desktop's. Errors:
/// io, diskFull.
[[nodiscard]] Done noteFetchedBy(ReplicaFile &file, const Secret &token, bool isNew);

/// Empties or erases the replica, where the server said so to the log-in that fetched it and nobody has it open.
/// @param error with which the server was not to be spoken to @return that, or what became of the replica
[[nodiscard]] Error heedParting(Call &call, const JmapClient &client, const Secret &token, const QString &path,
                                const Error &error);

/// Carries on with what was begun to be erased there, and says again what the server has not heard.
/// Errors: permission (it is erased now), io (something is left).
[[nodiscard]] Done carryOnParting(Call &call, const QString &path);

} // namespace Earshot
