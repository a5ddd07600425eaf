// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/action.h"
#include "workspace/queries.h"

namespace Earshot {

/// What an action that waits for a person was written against, as it is now.
struct SinceWritten
{
    ConversationId conversation;    ///< none = it is about none, or that is not here (any more)
    Seq seq = 0;                    ///< `basedOn` for who has all of this before the eyes; 0 = without a conversation
    Seq publicSeq = 0;              ///< who has seen less has something to read
    QList<MessageRecord> messages;  ///< written since, oldest first; where nothing was: the newest three
    bool isSince = false;           ///< they were written since
    bool isCut = false;             ///< there were more
    QString words;                  ///< of the reply that a delivery is of: the whole one
    std::optional<QString> present; ///< the text that the action changes
};

/// @param action its `basedOn` tells since when; of a delivery RetryDelivery with the one that it has. Errors: those of
/// reading.
[[nodiscard]] Result<SinceWritten> loadSinceWritten(Database &database, const Action &action);

} // namespace Earshot
