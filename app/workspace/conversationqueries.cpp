// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/queries.h"

namespace Earshot {

namespace {

void readTags(Database &database, ConversationRecord &record)
{
    Statement tags = database.statement("select_conversation_tags");
    tags.bind("conversation", record.id);
    while (tags.next())
        record.tags.append(tags.text(0));
}

std::optional<ConversationRecord> readConversation(Database &database, ConversationId id, AgentId me, Time now)
{
    ConversationRecord r;
    {
        Statement row = database.statement("select_conversation");
        row.bind("id", id).bind("me", me).bind("now", now);
        if (!row.next())
            return std::nullopt;
        row >> r.id >> r.number >> r.channel >> r.network >> r.thread >> r.threadTitle >> r.threadUrl >> r.isThreadOurs;
        row >> r.identity;
        row >> r.contact >> r.contactName >> r.contactHandle >> r.subject >> r.snippet;
        row >> r.status >> r.reason >> r.duplicateOf >> r.snoozedUntil >> r.assignee >> r.assigneeName >> r.priority;
        row >> r.needsAnswer >> r.isImported >> r.isPrivate >> r.isUnseen >> r.hasDraft >> r.trouble >> r.messageCount;
        row >> r.createdAt >> r.lastMessageAt >> r.waitingSince >> r.followers >> r.seq >> r.publicSeq;
    }
    readTags(database, r);
    return r;
}

} // namespace

Result<QList<ConversationRecord>> loadConversations(Database &database, const QList<ConversationId> &ids, AgentId me,
                                                    Time now)
{
    QList<ConversationRecord> records;
    records.reserve(ids.size());
    for (const ConversationId id : ids) {
        if (auto record = readConversation(database, id, me, now))
            records.append(*std::move(record));
    }
    return database.result(records);
}

Result<std::optional<ConversationRecord>> conversationByNumber(Database &database, qint64 number, AgentId me, Time now)
{
    ConversationId id;
    {
        Statement find = database.statement("select_conversation_by_number");
        if (find.bind("number", number).next())
            find >> id;
    }
    return database.result(id.isValid() ? readConversation(database, id, me, now) : std::nullopt);
}

Result<QList<ConversationId>> conversationsOfContact(Database &database, ContactId contact, ConversationId besides,
                                                     int limit, Time now, const QList<Status> &statuses)
{
    ListQuery query;
    query.view = View::contact;
    query.contact = contact;
    query.filter.statuses = statuses;
    query.limit = limit + 1;
    query.now = now;
    const Result<QList<ListEntry>> entries = listConversations(database, query);
    if (!entries)
        return tl::unexpected(entries.error());
    QList<ConversationId> ids;
    for (const ListEntry &entry : *entries) {
        if (entry.id != besides && ids.size() < limit)
            ids.append(entry.id);
    }
    return ids;
}

Result<QList<ConversationRecord>> loadConversationsOfContact(Database &database, ContactId contact,
                                                             ConversationId besides, int limit, AgentId me, Time now,
                                                             const QList<Status> &statuses)
{
    const auto ids = conversationsOfContact(database, contact, besides, limit, now, statuses);
    return ids ? loadConversations(database, *ids, me, now) : tl::unexpected(ids.error());
}

Result<ContactCounts> countOfContact(Database &database, ContactId contact, Time now)
{
    ContactCounts counts;
    Statement count = database.statement("count_of_contact");
    if (count.bind("contact", contact).bind("now", now).next())
        count >> counts.all >> counts.open;
    return database.result(counts);
}

Result<QList<IdentityRecord>> loadIdentities(Database &database, ContactId contact, int limit)
{
    QList<IdentityRecord> identities;
    Statement rows = database.statement("list_identities");
    rows.bind("contact", contact).bind("limit", limit);
    while (rows.next()) {
        IdentityRecord one;
        rows >> one.id >> one.network >> one.handle >> one.name >> one.url >> one.contact >> one.mergedInto;
        rows >> one.followers;
        identities.append(one);
    }
    return database.result(identities);
}

} // namespace Earshot
