// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/personalstore.h"

#include "workspace/viewstore.h"

namespace Earshot {

qint64 nextPersonalVersion(Writing &writing, AgentId agent, int count)
{
    Statement next = writing.statement("upsert_personal_version");
    next.bind("agent", agent).bind("count", count);
    const qint64 version = next.next() ? next.integer(0) : 0;
    writing.notice().personal.insert(agent, version);
    return version;
}

qint64 personalVersion(Database &database, AgentId agent)
{
    Statement find = database.statement("select_personal_version");
    return find.bind("agent", agent).next() ? find.integer(0) : 0;
}

void storeSeen(Writing &writing, AgentId agent, ConversationId conversation, MessageId newest)
{
    const qint64 version = nextPersonalVersion(writing, agent);
    Statement store = writing.statement("upsert_seen");
    store.bind("agent", agent).bind("conversation", conversation).bind("message", newest.value);
    store.bind("at", writing.now()).bind("version", version).run();
    writing.notice().conversations.insert(conversation);
}

void storeOwnView(Writing &writing, AgentId agent, const QString &uuid, const std::optional<ViewRecord> &view)
{
    ViewContent content = view ? view->content : ViewContent();
    if (content.filter.isOlder)
        completeView(content, ownViews(writing.database(), agent).value(uuid).content);
    if (uuid.isEmpty() || (view && !tidyView(content).isEmpty()))
        return;
    writing.notice().hasViews = true;
    const qint64 version = nextPersonalVersion(writing, agent);
    const auto run = [&](const char *name, bool isNumbered) {
        Statement statement = writing.statement(name);
        statement.bind("uuid", uuid).bind("of_agent", agent);
        if (isNumbered)
            statement.bind("version", version);
        statement.run();
    };
    if (!view) {
        run("delete_own_view", false);
        run("upsert_own_view_gone", true);
        return;
    }
    run("delete_own_view_gone", false);
    Statement store = writing.statement("upsert_own_view");
    store.bind("uuid", uuid).bind("of_agent", agent).bind("position", view->position).bind("version", version);
    bindView(store, content);
    store.run();
}

bool hasDraft(Database &database, AgentId agent, ConversationId conversation)
{
    Statement find = database.statement("has_draft");
    return find.bind("agent", agent).bind("conversation", conversation).next() && find.integer(0) != 0;
}

void noteDrafts(Writing &writing, AgentId agent, ConversationId conversation, bool had)
{
    if (hasDraft(writing.database(), agent, conversation) != had)
        writing.notice().conversations.insert(conversation);
}

void makeUnseen(Writing &writing, ConversationId conversation, MessageId message)
{
    QList<AgentId> agents;
    {
        Statement update = writing.statement("update_seen_back");
        update.bind("conversation", conversation).bind("message", message);
        while (update.next())
            agents.append(AgentId(update.integer(0)));
    }
    for (const AgentId agent : std::as_const(agents)) {
        const qint64 version = nextPersonalVersion(writing, agent);
        Statement store = writing.statement("update_seen_version");
        store.bind("agent", agent).bind("conversation", conversation).bind("version", version).run();
    }
}

} // namespace Earshot
