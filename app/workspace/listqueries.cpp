// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/queries.h"
#include "workspace/viewqueries.h"

#include <algorithm>
#include <limits>

namespace Earshot {

namespace {

/// Above so many conversations of one tag, walking all conversations and asking each is faster than sorting these.
constexpr int rareTag = 2000;

bool isCommon(Database &database, TagId tag)
{
    Statement count = database.statement("count_tagged");
    count.bind("tag", tag);
    return count.next() && count.integer(0) >= rareTag;
}

const char *statementName(Database &database, const ListQuery &query)
{
    switch (query.view) {
    case View::mine:
        return "list_mine";
    case View::unassigned:
        return "list_unassigned";
    case View::open:
        return query.order == ListOrder::longestWaiting ? "list_longest_waiting" : "list_open";
    case View::waiting:
    case View::resolved:
        return "list_by_status";
    case View::snoozed:
        return "list_snoozed";
    case View::all:
        return "list_all";
    case View::notesToMe:
        return "list_notes_to_me";
    case View::trouble:
        return "list_trouble";
    case View::channel:
        return "list_channel";
    case View::tag:
        return isCommon(database, query.tag) ? "list_common_tag" : "list_rare_tag";
    case View::contact:
        return "list_contact";
    case View::custom:
        break;
    }
    Q_UNREACHABLE();
}

bool hasDueSnoozed(View view)
{
    return view == View::mine || view == View::unassigned || view == View::open || view == View::channel;
}

void bindArguments(Statement &list, const ListQuery &query)
{
    if (query.view == View::mine || query.view == View::notesToMe)
        list.bind("me", query.me);
    if (hasDueSnoozed(query.view) || query.view == View::snoozed)
        list.bind("now", query.now);
    if (query.view == View::channel)
        list.bind("channel", query.channel);
    if (query.view == View::tag)
        list.bind("tag", query.tag);
    if (query.view == View::contact)
        list.bind("contact", query.contact).bind("statuses", query.filter.statusBits());
    if (query.view == View::waiting)
        list.bind("status", Status::pending);
    if (query.view == View::resolved)
        list.bind("status", Status::resolved);
}

ListPlace startOf(const ListQuery &query)
{
    if (query.after)
        return *query.after;
    using Limits = std::numeric_limits<qint64>;
    const bool isAscending = query.view == View::open && query.order == ListOrder::longestWaiting;
    const qint64 end = isAscending ? Limits::min() : Limits::max();
    return {timeFromMs(end), ConversationId(end)};
}

void countStatuses(Database &database, AgentId me, ViewCounts &counts)
{
    Statement rows = database.statement("count_by_status");
    rows.bind("me", me.value);
    while (rows.next()) {
        Status status{};
        qint64 all = 0;
        qint64 mine = 0;
        qint64 unassigned = 0;
        rows >> status >> all >> mine >> unassigned;
        if (status == Status::open) {
            counts.open = all;
            counts.mine = me.isValid() ? mine : 0;
            counts.unassigned = unassigned;
        } else if (status == Status::pending) {
            counts.waiting = all;
        } else if (status == Status::snoozed) {
            counts.snoozed = all;
        } else {
            counts.resolved = all;
        }
    }
}

/// @param statement gives a key and how many there are of it, in each row
template <class Key>
void countBy(Database &database, const char *statement, QHash<Key, qint64> &counts)
{
    Statement rows = database.statement(statement);
    while (rows.next()) {
        Key key;
        qint64 count = 0;
        rows >> key >> count;
        if (count > 0)
            counts.insert(key, count);
    }
}

/// Those snoozed until a past time are open now, whatever the counters still say.
void moveDueSnoozed(Database &database, AgentId me, Time now, ViewCounts &counts)
{
    Statement rows = database.statement("list_due_snoozed");
    rows.bind("now", now);
    while (rows.next()) {
        ChannelId channel;
        AgentId assignee;
        rows >> channel >> assignee;
        --counts.snoozed;
        ++counts.open;
        ++counts.channels[channel];
        if (assignee.isValid())
            ++counts.agents[assignee];
        else
            ++counts.unassigned;
        if (assignee.isValid() && assignee == me)
            ++counts.mine;
    }
}

} // namespace

Result<QList<ListEntry>> listConversations(Database &database, const ListQuery &query)
{
    if (query.view == View::custom || isReadWhole(query))
        return listView(database, query);
    QList<ListEntry> entries;
    const ListPlace start = startOf(query);
    Statement list = database.statement(statementName(database, query));
    bindArguments(list, query);
    list.bind("at", start.at).bind("id", start.id.value).bind("limit", query.limit);
    while (list.next()) {
        ListEntry entry;
        list >> entry.id >> entry.at;
        entries.append(entry);
    }
    return database.result(entries);
}

Result<ViewCounts> countViews(Database &database, AgentId me, Time now)
{
    ViewCounts counts;
    countStatuses(database, me, counts);
    countBy(database, "count_open_by_channel", counts.channels);
    countBy(database, "count_open_by_agent", counts.agents);
    countBy(database, "count_by_tag", counts.tags);
    moveDueSnoozed(database, me, now, counts);
    {
        Statement notes = database.statement("count_notes_to_me");
        if (notes.bind("me", me).next())
            notes >> counts.notesToMe;
    }
    {
        Statement trouble = database.statement("count_trouble");
        if (trouble.next())
            trouble >> counts.trouble;
    }
    countMadeViews(database, me, now, counts);
    return database.result(counts);
}

} // namespace Earshot
