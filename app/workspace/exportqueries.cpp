// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/exportqueries.h"

namespace Earshot {

namespace {

template <class Id>
Result<QList<Id>> idsAfter(Database &database, const char *query, Id after, int limit)
{
    Statement statement = database.statement(query);
    // By its number: an id that is none would be bound as null, which no id is greater than.
    statement.bind("after", after.value).bind("limit", limit);
    QList<Id> ids;
    while (statement.next()) {
        Id id;
        statement >> id;
        ids.append(id);
    }
    return database.result(ids);
}

} // namespace

Result<QList<ConversationId>> conversationsAfter(Database &database, ConversationId after, int limit)
{
    return idsAfter(database, "select_conversation_ids_after", after, limit);
}

Result<QList<MessageId>> messagesAfter(Database &database, MessageId after, int limit)
{
    return idsAfter(database, "select_message_ids_after", after, limit);
}

} // namespace Earshot
