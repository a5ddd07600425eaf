// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

#include <functional>

namespace Earshot {

// The index of messages by their addresses is the one large index whose keys come in no order: while millions of rows
// come each piece of them would write most of its pages anew, which took a third of the time. A replica that is empty
// is without it, and makes it at once when all is here. Until then nothing is found by an address: which other messages
// are of the same post is not told.

/// In the transaction that is open there, or in one of its own.
void dropAddressIndex(Database &database);

[[nodiscard]] bool hasAddressIndex(Database &database);

/// Makes it where it is missing, in a transaction of its own: none may be open. Takes a second for each million
/// messages. Errors: cancelled, those of writing.
/// @param isCancelled asked now and then; may be empty
[[nodiscard]] Done makeAddressIndex(Database &database, const std::function<bool()> &isCancelled);

} // namespace Earshot
