// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cli/call.h"

namespace Earshot {

/// What an answer was made of: what a search finds, or the rows that are here.
enum class AnsweredFrom { index, rows };

/// Says on standard error how far an answer reaches, where the workspace is a replica that is not whole yet; nothing
/// else. Errors: those of reading.
[[nodiscard]] Done sayReach(Call &call, AnsweredFrom from);

/// As the help of such a command has it.
inline constexpr auto reachHelp =
    "On a replica whose history is not all here, or not searchable yet, standard error says how far it reaches; with\n"
    "--json as a line {\"reach\":{\"isWhole\":false,\"since\":TIME}}: what is newer than that is in the answer, null = "
    "that\n"
    "cannot be said.";

} // namespace Earshot
