// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/placeholders.h"
#include "model/records.h"

namespace Earshot {

/// What a macro does to one conversation, in its order; pure. Its `reply` step is no action: a person sends it.
[[nodiscard]] QList<ActionArguments> macroActions(const QList<MacroStep> &steps, const ConversationRecord &conversation,
                                                  Time now, const PlaceholderValues &values);

/// The text that a macro puts into the composer, with its placeholders; empty = none.
[[nodiscard]] QString macroReply(const QList<MacroStep> &steps);

} // namespace Earshot
