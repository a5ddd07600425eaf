// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"

#include <QTimeZone>

namespace Earshot {

/// A conversation as a person reads it: heading, the rest of the public thread if given, messages and events in the
/// order of their times. Not yet safe for a terminal: Output::text() makes it so.
[[nodiscard]] QString timelineText(const ConversationRecord &conversation, const ChannelRecord &channel,
                                   const QList<MessageRecord> &thread, const QList<MessageRecord> &messages,
                                   const QList<JournalRecord> &events, const QTimeZone &zone);

/// "open → pending", or the one of the two that there is.
[[nodiscard]] QString changeText(const QString &before, const QString &after);

} // namespace Earshot
