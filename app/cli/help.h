// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cli/invocation.h"

namespace Earshot {

/// The text of --help: of everything, of a group ("channel") or of one command.
[[nodiscard]] QString helpText(const Invocation &invocation, const QList<Command> &commands);

} // namespace Earshot
