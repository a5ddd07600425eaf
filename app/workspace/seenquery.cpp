// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/queries.h"

namespace Earshot {

Result<MessageId> loadSeenMessage(Database &database, AgentId me, ConversationId conversation)
{
    MessageId newest;
    Statement row = database.statement("select_seen");
    row.bind("me", me).bind("conversation", conversation);
    if (row.next())
        row >> newest;
    return database.result(newest);
}

Result<QList<UnseenPlace>> loadUnseenPlaces(Database &database, AgentId me, const QList<ConversationId> &conversations)
{
    QList<UnseenPlace> places;
    for (const ConversationId conversation : conversations) {
        Statement row = database.statement("select_unseen_place");
        row.bind("me", me).bind("conversation", conversation);
        if (!row.next())
            continue;
        UnseenPlace place{conversation, {}, {}};
        row >> place.newest >> place.before;
        places.append(place);
    }
    return database.result(places);
}

} // namespace Earshot
