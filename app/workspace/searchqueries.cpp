// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/queries.h"
#include "workspace/searchscope.h"
#include "workspace/typedname.h"

#include <QElapsedTimer>

#include <limits>

namespace Earshot {

namespace {

constexpr int lookedBetweenClocks = 32; ///< candidates between two looks at the clock
constexpr int stepsBeforeSeek = 200;    ///< of the index, which take as long as asking it anew

/// One page of a search under way. Lives for one call.
class Search
{
public:
    Search(Database &database, const SearchQuery &query, const SearchPlan &plan, const SearchScope &scope, int limit,
           Time now, Duration patience)
        : m_query(query)
        , m_plan(plan)
        , m_scope(scope)
        , m_author(plan.author)
        , m_limit(limit)
        , m_patience(patience)
        , m_index(database.statement("search_index"))
        , m_place(database.statement("select_message_place"))
        , m_name(database.statement("select_identity_name"))
        , m_row(database.statement("select_hit"))
    {
        m_watch.start();
        bindRow(now);
        if (plan.asksIndex() || !scope.messages)
            m_index.bind("match", matchExpression(plan));
    }

    SearchPage run(MessageId before)
    {
        m_before = before.isValid() ? before.value : std::numeric_limits<qint64>::max();
        if (m_scope.messages)
            lookAtScope();
        else
            walkIndex();
        return std::move(m_page);
    }

private:
    void bindRow(Time now);
    void walkIndex();
    void lookAtScope();
    bool mayGoOn();
    bool indexHas(qint64 id);
    void startIndex(qint64 before);
    bool isInScope(qint64 id);
    bool isAuthor(qint64 identity);
    void look(qint64 id);

    const SearchQuery &m_query;
    const SearchPlan &m_plan;
    const SearchScope &m_scope;
    const TypedName m_author;
    int m_limit;
    Duration m_patience;
    QElapsedTimer m_watch;
    Statement m_index;
    Statement m_place;
    Statement m_name;
    Statement m_row;
    SearchPage m_page;
    qint64 m_before = 0;
    qint64 m_at = 0; ///< where the index stands; 0 = at its end
    bool m_isAsked = false;
    int m_looked = 0;
};

void Search::bindRow(Time now)
{
    m_row.bind("now", now).bind("from", m_query.after).bind("until", m_query.before);
    m_row.bind("private", m_query.isPrivate).bind("tag", m_plan.tag);
    m_row.bind("trouble", m_query.hasTrouble);
    if (m_query.priority)
        m_row.bind("priority", *m_query.priority);
    if (m_query.status)
        m_row.bind("status", *m_query.status);
    if (m_plan.owner)
        m_row.bind("assignee", m_plan.owner->value);
    if (m_plan.drafter)
        m_row.bind("drafter", m_plan.drafter->value);
    if (m_plan.unseenBy)
        m_row.bind("unseen_by", m_plan.unseenBy->value);
    m_row.bind("once", m_plan.isOnce).bind("new_only", m_plan.isNewOnly);
}

/// Whether the page has room and time for another candidate; otherwise it says how it ended.
bool Search::mayGoOn()
{
    m_page.hasMore = m_page.hits.size() >= m_limit;
    const bool isTimeToLook = m_looked > 0 && m_looked % lookedBetweenClocks == 0;
    ++m_looked;
    m_page.isSearchingOlder = !m_page.hasMore && isTimeToLook && m_watch.elapsed() >= m_patience.count();
    return !m_page.hasMore && !m_page.isSearchingOlder;
}

void Search::walkIndex()
{
    startIndex(m_before);
    while (m_at != 0 && mayGoOn()) {
        const qint64 id = m_at;
        m_page.goOnBefore = MessageId(id);
        if (isInScope(id))
            look(id);
        m_at = m_index.next() ? m_index.integer(0) : 0;
    }
}

void Search::lookAtScope()
{
    for (const qint64 id : *m_scope.messages) {
        if (id >= m_before)
            continue;
        if (!mayGoOn())
            return;
        m_page.goOnBefore = MessageId(id);
        if (m_plan.asksIndex() && !indexHas(id)) {
            if (m_isAsked && m_at == 0)
                return;
            continue;
        }
        if (m_plan.author.isEmpty() || isInScope(id))
            look(id);
    }
}

/// Whether a message matches what the index is asked. To be called with ever older ones: the index is walked along with
/// them, and asked anew where that would be long.
bool Search::indexHas(qint64 id)
{
    if (!m_isAsked)
        startIndex(id + 1);
    for (int steps = 0; m_at > id; ++steps) {
        if (steps == stepsBeforeSeek) {
            startIndex(id + 1);
            break;
        }
        m_at = m_index.next() ? m_index.integer(0) : 0;
    }
    return m_at == id;
}

void Search::startIndex(qint64 before)
{
    m_index.restart();
    m_index.bind("before", before);
    m_at = m_index.next() ? m_index.integer(0) : 0;
    m_isAsked = true;
}

/// Whether a message may be a hit, as far as its own row tells; the row that is joined has the last word.
bool Search::isInScope(qint64 id)
{
    const bool asksAuthor = !m_plan.author.isEmpty();
    if (!m_scope.isNarrow() && !asksAuthor && !isKnown(m_query.before) && !isKnown(m_query.after))
        return true;
    m_place.restart();
    if (!m_place.bind("id", id).next())
        return false;
    qint64 conversation = 0;
    qint64 identity = 0;
    qint64 agent = 0;
    Time at;
    m_place >> at >> identity >> agent >> conversation;
    if (at < m_query.after || (isKnown(m_query.before) && at >= m_query.before))
        return false;
    if (m_scope.conversations && !m_scope.conversations->contains(conversation))
        return false;
    return !asksAuthor || m_scope.agents.contains(agent) || isAuthor(identity);
}

/// Where there are more than can be held, by their names.
bool Search::isAuthor(qint64 identity)
{
    if (m_scope.authors)
        return m_scope.authors->contains(identity);
    m_name.restart();
    return identity != 0 && m_name.bind("id", identity).next() && m_author.isOf(m_name.text(0), m_name.text(1));
}

void Search::look(qint64 id)
{
    m_row.restart();
    if (!m_row.bind("id", id).next())
        return;
    SearchHit hit;
    QString warning;
    QString text;
    m_row >> hit.conversation >> hit.at >> warning >> text;
    hit.message = MessageId(id);
    hit.excerpt = makeExcerpt(warning.isEmpty() ? text : warning + u'\n' + text, m_plan.terms);
    m_page.hits.append(std::move(hit));
}

} // namespace

Result<SearchPage> searchMessages(Database &database, const SearchQuery &query, AgentId me, MessageId before, int limit,
                                  Time now, Duration patience)
{
    SearchPage page;
    if (query.isEmpty())
        return page;
    const SearchPlan plan = planSearch(database, query, me, now);
    if (plan.isImpossible)
        return database.result(page);
    const SearchScope scope = findScope(database, query, plan, now);
    page = Search(database, query, plan, scope, limit, now, patience).run(before);
    return database.result(page);
}

} // namespace Earshot
