// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/searchscope.h"

#include "workspace/queries.h"
#include "workspace/typedname.h"

#include <algorithm>
#include <iterator>

namespace Earshot {

namespace {

// Reading an id from a list's index takes a fraction of a microsecond, finding a conversation's messages some
// microseconds: so these stay within a few milliseconds.
constexpr int heldIds = 40'000;
/// Of the index of names each takes a microsecond; who is not held is asked their name.
constexpr int heldAuthors = 10'000;
constexpr size_t fewConversations = 1000;
constexpr int fewMessages = 20'000;

/// The ids that a statement gives; none when there are more than can be held.
std::optional<IdSet> readIds(Statement &statement)
{
    std::vector<qint64> ids;
    statement.bind("limit", heldIds + 1);
    while (statement.next())
        ids.push_back(statement.integer(0));
    return ids.size() > heldIds ? std::nullopt : std::optional(IdSet(std::move(ids)));
}

/// The list whose conversations a status and an owner select; none where there is no such list.
std::optional<View> viewOf(Status status, const std::optional<AgentId> &owner)
{
    switch (status) {
    case Status::open:
        if (!owner)
            return View::open;
        return owner->isValid() ? View::mine : View::unassigned;
    case Status::pending:
        return View::waiting;
    case Status::snoozed:
        return View::snoozed;
    case Status::resolved:
        break;
    }
    return std::nullopt;
}

/// A list's conversations; none when there are more than can be held.
std::optional<IdSet> readList(Database &database, View view, AgentId me, Time now)
{
    ListQuery list;
    list.view = view;
    list.me = me;
    list.limit = heldIds + 1;
    list.now = now;
    std::vector<qint64> ids;
    const Result<QList<ListEntry>> entries = listConversations(database, list);
    for (const ListEntry &entry : entries.value_or(QList<ListEntry>()))
        ids.push_back(entry.id.value);
    return ids.size() > heldIds ? std::nullopt : std::optional(IdSet(std::move(ids)));
}

/// Those in both, where both are known.
std::optional<IdSet> narrowed(std::optional<IdSet> found, std::optional<IdSet> further)
{
    if (!found || !further)
        return found ? found : further;
    return found->intersected(*further);
}

std::optional<IdSet> findConversations(Database &database, const SearchQuery &query, const SearchPlan &plan, Time now)
{
    std::optional<IdSet> found;
    if (const auto view = query.status ? viewOf(*query.status, plan.owner) : std::nullopt)
        found = readList(database, *view, plan.owner.value_or(AgentId()), now);
    if (query.hasTrouble)
        found = narrowed(found, readList(database, View::trouble, AgentId(), now));
    if (plan.drafter) {
        Statement drafted = database.statement("find_drafted");
        drafted.bind("agent", *plan.drafter);
        found = narrowed(found, readIds(drafted));
    }
    // Whoever has seen nearly all finds few by them all, and no message has to be looked at.
    if (plan.unseenBy && plan.isOnce && !found) {
        Statement unseen = database.statement("find_unseen");
        unseen.bind("agent", *plan.unseenBy);
        found = readIds(unseen);
    }
    if (!plan.tag.isValid())
        return found;
    Statement tagged = database.statement("select_tagged");
    tagged.bind("tag", plan.tag);
    return narrowed(found, readIds(tagged));
}

/// The messages of conversations, newest first; none when they are many.
/// @param statement gives those of one
std::optional<std::vector<qint64>> findMessages(Database &database, const char *statement, const IdSet &conversations)
{
    std::vector<qint64> ids;
    Statement ofConversation = database.statement(statement);
    for (const qint64 conversation : conversations.ids()) {
        ofConversation.restart();
        ofConversation.bind("conversation", conversation);
        while (ofConversation.next())
            ids.push_back(ofConversation.integer(0));
        if (ids.size() > fewMessages)
            return std::nullopt;
    }
    std::sort(ids.begin(), ids.end(), std::greater<>());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

void narrowToAuthors(Database &database, const QString &from, SearchScope &scope)
{
    if (std::vector<qint64> authors = findAuthors(database, from, heldAuthors + 1); authors.size() <= heldAuthors)
        scope.authors = IdSet(std::move(authors));
    const TypedName typed(from);
    std::vector<qint64> agents;
    const Result<QList<AgentRecord>> all = loadAgents(database);
    for (const AgentRecord &agent : all.value_or(QList<AgentRecord>())) {
        if (typed.isOf(agent.name))
            agents.push_back(agent.id.value);
    }
    scope.agents = IdSet(std::move(agents));
}

} // namespace

IdSet::IdSet(std::vector<qint64> ids)
    : m_ids(std::move(ids))
{
    std::sort(m_ids.begin(), m_ids.end());
    m_ids.erase(std::unique(m_ids.begin(), m_ids.end()), m_ids.end());
}

bool IdSet::contains(qint64 id) const
{
    return std::binary_search(m_ids.begin(), m_ids.end(), id);
}

IdSet IdSet::intersected(const IdSet &other) const
{
    IdSet both;
    std::set_intersection(m_ids.begin(), m_ids.end(), other.m_ids.begin(), other.m_ids.end(),
                          std::back_inserter(both.m_ids));
    return both;
}

SearchScope findScope(Database &database, const SearchQuery &query, const SearchPlan &plan, Time now)
{
    SearchScope scope;
    scope.conversations = findConversations(database, query, plan, now);
    const char *statement = plan.isOnce ? "select_newest_searched" : "select_searched_messages";
    if (scope.conversations && scope.conversations->ids().size() <= fewConversations)
        scope.messages = findMessages(database, statement, *scope.conversations);
    if (!plan.author.isEmpty())
        narrowToAuthors(database, plan.author, scope);
    return scope;
}

} // namespace Earshot
