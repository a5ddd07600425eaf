// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/id.h"
#include "workspace/database.h"

#include <QList>

namespace Earshot {

// Walking whole tables by key range: for exports. Each call is one short index range, so a walk of any length holds no
// snapshot and costs the same memory. What is added during a walk may or may not be met.

[[nodiscard]] Result<QList<ConversationId>> conversationsAfter(Database &database, ConversationId after, int limit);
[[nodiscard]] Result<QList<MessageId>> messagesAfter(Database &database, MessageId after, int limit);

} // namespace Earshot
