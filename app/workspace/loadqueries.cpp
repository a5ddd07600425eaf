// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/queries.h"

namespace Earshot {

Result<QHash<AgentId, AgentLoad>> loadAgentLoads(Database &database)
{
    QHash<AgentId, AgentLoad> loads;
    Statement rows = database.statement("list_agent_loads");
    while (rows.next()) {
        AgentId agent;
        AgentLoad load;
        rows >> agent >> load.open >> load.oldestWaiting;
        loads.insert(agent, load);
    }
    return database.result(loads);
}

Result<AgentId> loadLastAnswerer(Database &database, ConversationId conversation)
{
    AgentId agent;
    Statement find = database.statement("select_last_answerer");
    if (find.bind("conversation", conversation).next())
        find >> agent;
    return database.result(agent);
}

Result<HandoverWork> loadHandover(Database &database, AgentId me, Time now, int limit)
{
    HandoverWork work;
    ListQuery query;
    query.view = View::custom;
    query.filter.owner = ViewFilter::Owner::me;
    query.filter.statuses = {Status::open, Status::snoozed};
    query.me = me;
    query.now = now;
    query.limit = limit;
    QList<ConversationId> ids;
    const Result<QList<ListEntry>> entries = listConversations(database, query);
    if (!entries)
        return tl::unexpected(entries.error());
    for (const ListEntry &entry : *entries)
        ids.append(entry.id);
    QList<ConversationId> drafted;
    {
        Statement rows = database.statement("list_drafted");
        rows.bind("me", me).bind("limit", limit);
        while (rows.next())
            drafted.append(ConversationId(rows.integer(0)));
    }
    for (const ConversationId id : std::as_const(drafted)) {
        const Result<QList<DraftRecord>> drafts = loadDrafts(database, me, id);
        for (const DraftRecord &draft : drafts.value_or(QList<DraftRecord>())) {
            if (!draft.text.trimmed().isEmpty() && !work.drafts.contains(id))
                work.drafts.insert(id, draft.text.trimmed());
        }
        if (!ids.contains(id))
            ids.append(id);
    }
    Result<QList<ConversationRecord>> records = loadConversations(database, ids, me, now);
    if (!records)
        return tl::unexpected(records.error());
    work.conversations = *std::move(records);
    return work;
}

} // namespace Earshot
