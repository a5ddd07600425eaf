// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "replica/outboxentry.h"

#include <optional>

namespace Earshot {

// What was turned away on the way to the server may have been done there. Before something else is done in its place
// the server is asked, under the same id: it says what it made of it, or keeps the id from ever being done. Until it
// has answered, the entry is in the outbox, as what waits is. Functions with a Writing run on the writer thread, each
// in one task.

/// Has one asked about, or says what is known. Errors: notFound, refused (it is on its way).
[[nodiscard]] Result<std::optional<Settled>> settleEntry(Writing &writing, qint64 entry,
                                                         OutboxEntry::Settling settling);
/// The answer was that it was not done, or, with `isHere`, there is none to be had.
void endSettling(Writing &writing, const OutboxEntry &entry, const Outcome &outcome, bool isHere);
/// What has become of one that was asked about; nothing = that is not known yet. Errors: unsure (nothing came of
/// asking), unsupported (the server does not understand that).
[[nodiscard]] Result<std::optional<Settled>> settledAs(Database &database, qint64 entry);

/// Why other words are not taken, in known words (ErrorText::reason()).
[[nodiscard]] QString unsettledReason();
/// Of a refusal here: the server is too old to be asked, in known words.
[[nodiscard]] QString unaskableReason();

} // namespace Earshot
