// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cli/invocation.h"

namespace Earshot {

// The command line's commands, one function and file a group.

[[nodiscard]] QList<Command> workspaceCommands();
[[nodiscard]] QList<Command> handOverCommands();
[[nodiscard]] QList<Command> replicaCommands();
[[nodiscard]] QList<Command> channelCommands();
[[nodiscard]] QList<Command> readingCommands();
[[nodiscard]] QList<Command> workCommands();
[[nodiscard]] QList<Command> replyCommands();
[[nodiscard]] QList<Command> deliveryCommands();
[[nodiscard]] QList<Command> loginCommands();
[[nodiscard]] QList<Command> agentCommands();
[[nodiscard]] QList<Command> accessCommands();
[[nodiscard]] QList<Command> teamCommands();
[[nodiscard]] QList<Command> exportCommands();
[[nodiscard]] QList<Command> viewCommands();

/// What `workspace info` says beneath a replica.
[[nodiscard]] QString noteOfReplica(const Call &call);

/// All of them, in the order of --help.
[[nodiscard]] const QList<Command> &allCommands();

} // namespace Earshot
