// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/action.h"
#include "workspace/queries.h"

namespace Earshot {

/// A reply or a note as its writer left it, to be written on.
struct WrittenReply
{
    MessageRecord message;               ///< its first part, with the text of all
    std::optional<MessageRecord> target; ///< what it answers, or the note that it changes
    QString original;                    ///< of a note's other text: what its writer had seen; empty = not here
    QStringList leftOut;                 ///< who was not to be notified
    bool thenResolve = false;            ///< it was to resolve its conversation; known of one that was never kept here
};

/// @param delivery of the reply, or of the part with which to begin. Errors: notFound, those of reading.
[[nodiscard]] Result<WrittenReply> loadWrittenReply(Database &database, DeliveryId delivery);
/// One that was never kept as a message, as it was handed over. Where what it answers is here no more, it is taken for
/// private unless it says otherwise. Errors: those of reading.
[[nodiscard]] Result<WrittenReply> loadWrittenReply(Database &database, const Act::SendReply &reply);
/// Another text for a note, with that note as it is now; without it, where it is not here (any more). Errors: those of
/// reading.
[[nodiscard]] Result<WrittenReply> loadWrittenReply(Database &database, const Act::EditNote &edit);

} // namespace Earshot
