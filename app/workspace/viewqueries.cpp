// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/viewqueries.h"

#include "workspace/viewstore.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace Earshot {

namespace {

/// Above so many conversations of one tag, walking a list and asking each is faster than sorting these.
constexpr int rareTag = 2000;
constexpr qint64 anyone = -1;

/// One row of a list that is sorted here.
struct SortedRow
{
    ListEntry entry;
    ThreadId thread;
    Priority priority = Priority::normal;
    Time waitingSince;
    int followers = 0;
};

/// What the views that are always there select; nothing for those that only their own statement knows.
std::optional<ViewFilter> filterOf(const ListQuery &query)
{
    ViewFilter filter;
    switch (query.view) {
    case View::mine:
        filter.owner = ViewFilter::Owner::me;
        filter.statuses = {Status::open};
        return filter;
    case View::unassigned:
        filter.owner = ViewFilter::Owner::nobody;
        filter.statuses = {Status::open};
        return filter;
    case View::open:
        filter.statuses = {Status::open};
        return filter;
    case View::channel:
        filter.statuses = {Status::open};
        filter.channels = {query.channel};
        return filter;
    case View::waiting:
        filter.statuses = {Status::pending};
        return filter;
    case View::snoozed:
        filter.statuses = {Status::snoozed};
        return filter;
    case View::custom:
        return query.filter;
    default:
        return std::nullopt;
    }
}

qint64 ownerOf(const ViewFilter &filter, AgentId me)
{
    switch (filter.owner) {
    case ViewFilter::Owner::anyone:
        return anyone;
    case ViewFilter::Owner::me:
        // Nobody in particular looks: nothing is theirs.
        return me.isValid() ? me.value : std::numeric_limits<qint64>::max();
    case ViewFilter::Owner::nobody:
        return 0;
    case ViewFilter::Owner::agent:
        return filter.agent.value;
    }
    return anyone;
}

/// The rarest of the wanted tags, where it is rare enough to be walked.
TagId rarestTag(Database &database, const ViewFilter &filter)
{
    TagId rarest;
    qint64 least = rareTag;
    for (const TagId tag : filter.tags) {
        Statement count = database.statement("count_tagged");
        if (count.bind("tag", tag).next() && count.integer(0) < least) {
            least = count.integer(0);
            rarest = tag;
        }
    }
    return rarest;
}

void bindFilter(Statement &list, const ViewFilter &filter, const ListQuery &query)
{
    list.bind("now", query.now).bind("statuses", filter.listedStatusBits()).bind("owner", ownerOf(filter, query.me));
    list.bind("least", filter.least).bind("needs_answer", filter.isOfUnanswered()).bind("is_private", filter.isPrivate);
    list.bind("has_trouble", filter.hasTrouble).bind("channels", idsToText(filter.channels));
    list.bind("tag_count", qint64(filter.tags.size())).bind("tags", idsToText(filter.tags));
    list.bind("without_tags", idsToText(filter.withoutTags)).bind("waits_longer", filter.waitsLonger);
}

QList<SortedRow> readRows(Statement &list, const ListPlace &start, int limit)
{
    QList<SortedRow> rows;
    list.bind("at", start.at).bind("id", start.id.value).bind("limit", limit);
    while (list.next()) {
        SortedRow row;
        list >> row.entry.id >> row.entry.at >> row.thread >> row.priority >> row.waitingSince;
        list >> row.followers;
        rows.append(row);
    }
    return rows;
}

/// Of a network are few channels, and often only one: that one has an index.
/// @return nothing where no channel is left
std::optional<ViewFilter> byChannels(Database &database, ViewFilter filter)
{
    if (filter.networks.isEmpty())
        return filter;
    Statement list = database.statement("list_channels_of_networks");
    list.bind("networks", networksToText(filter.networks)).bind("channels", idsToText(filter.channels));
    filter.networks.clear();
    filter.channels.clear();
    while (list.next())
        filter.channels.append(ChannelId(list.integer(0)));
    return filter.channels.isEmpty() ? std::nullopt : std::optional(filter);
}

QList<SortedRow> filtered(Database &database, const ViewFilter &wanted, const ListQuery &query, const ListPlace &start,
                          int limit)
{
    const std::optional<ViewFilter> resolved = byChannels(database, wanted);
    if (!resolved)
        return {};
    const ViewFilter &filter = *resolved;
    if (const TagId tag = rarestTag(database, filter); tag.isValid()) {
        Statement list = database.statement("list_view_tag");
        list.bind("tag", tag);
        bindFilter(list, filter, query);
        return readRows(list, start, limit);
    }
    if (filter.channels.size() == 1 && !filter.isOfWork()) {
        Statement list = database.statement("list_view_channel");
        list.bind("channel", filter.channels.constFirst());
        bindFilter(list, filter, query);
        return readRows(list, start, limit);
    }
    // Of some thousand open ones a person has a few: they have an index of their own.
    const bool isOfSomebody =
        ownerOf(filter, query.me) != anyone && filter.listedStatusBits() == (1 << int(Status::open));
    Statement list = database.statement(isOfSomebody ? "list_view_owner" : "list_view");
    bindFilter(list, filter, query);
    return readRows(list, start, limit);
}

/// By the order wanted; what is alike stays newest first.
void sortRows(QList<SortedRow> &rows, ListOrder order)
{
    if (order == ListOrder::priority) {
        std::stable_sort(rows.begin(), rows.end(),
                         [](const SortedRow &a, const SortedRow &b) { return a.priority > b.priority; });
    } else if (order == ListOrder::reach) {
        std::stable_sort(rows.begin(), rows.end(),
                         [](const SortedRow &a, const SortedRow &b) { return a.followers > b.followers; });
    } else if (order == ListOrder::longestWaiting) {
        // Who waits for nothing comes last.
        const auto since = [](const SortedRow &row) {
            return isKnown(row.waitingSince) ? toMs(row.waitingSince) : std::numeric_limits<qint64>::max();
        };
        std::stable_sort(rows.begin(), rows.end(),
                         [since](const SortedRow &a, const SortedRow &b) { return since(a) < since(b); });
    }
}

/// Brings together what belongs to one thread, at the place of its first row.
QList<SortedRow> grouped(const QList<SortedRow> &rows)
{
    QHash<ThreadId, QList<qsizetype>> threads;
    for (qsizetype i = 0; i < rows.size(); ++i)
        threads[rows.at(i).thread].append(i);
    QList<SortedRow> all;
    all.reserve(rows.size());
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const QList<qsizetype> &members = threads.value(rows.at(i).thread);
        if (members.constFirst() != i)
            continue;
        for (const qsizetype member : members)
            all.append(rows.at(member));
    }
    return all;
}

/// A number that differs when a row's place in its list differs by what it is sorted by.
Time placeOf(const SortedRow &row, const SortedRow &first, const ListQuery &query)
{
    const auto keyOf = [&query](const SortedRow &one) {
        if (query.order == ListOrder::priority)
            return size_t(qHashMulti(0, int(one.priority), toMs(one.entry.at)));
        if (query.order == ListOrder::reach)
            return size_t(qHashMulti(0, one.followers, toMs(one.entry.at)));
        return query.order == ListOrder::longestWaiting ? qHashMulti(0, toMs(one.waitingSince), toMs(one.entry.at))
                                                        : qHashMulti(0, toMs(one.entry.at));
    };
    const size_t key = query.isGrouped ? qHashMulti(0, keyOf(first), keyOf(row)) : keyOf(row);
    return timeFromMs(static_cast<qint64>(key >> 1));
}

QList<ListEntry> sorted(QList<SortedRow> rows, const ListQuery &query)
{
    sortRows(rows, query.order);
    if (query.isGrouped)
        rows = grouped(rows);
    QList<ListEntry> entries;
    entries.reserve(rows.size());
    qsizetype first = 0;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        if (rows.at(i).thread != rows.at(first).thread)
            first = i;
        entries.append({rows.at(i).entry.id, placeOf(rows.at(i), rows.at(first), query)});
    }
    return entries;
}

ListPlace topOf()
{
    using Limits = std::numeric_limits<qint64>;
    return {timeFromMs(Limits::max()), ConversationId(Limits::max())};
}

std::optional<qint64> countOf(Database &database, const ViewRecord &view, AgentId me, Time now)
{
    const qint64 owner = ownerOf(view.content.filter, me);
    qint64 count = 0;
    {
        Statement kept = database.statement("count_view");
        if (!kept.bind("uuid", view.uuid).bind("owner", owner).next())
            return std::nullopt;
        count = kept.integer(0);
    }
    Statement due = database.statement("list_due_view_changes");
    due.bind("uuid", view.uuid).bind("now", now);
    while (due.next()) {
        int statuses = 0;
        qint64 before = 0;
        qint64 after = 0;
        due >> statuses >> before >> after;
        const auto has = [statuses](Status status) { return (statuses & (1 << int(status))) != 0; };
        if (has(Status::snoozed) && (owner == anyone || owner == before))
            --count;
        if (has(Status::open) && (owner == anyone || owner == after))
            ++count;
    }
    return count;
}

} // namespace

bool hasOrders(const ListQuery &query)
{
    const std::optional<ViewFilter> filter = filterOf(query);
    return filter && filter->isOfWork();
}

bool isReadWhole(const ListQuery &query)
{
    // The longest waiting of all have an index of their own.
    const bool isWaiting = query.view == View::open && query.order == ListOrder::longestWaiting;
    return hasOrders(query) && (query.isGrouped || (query.order != ListOrder::newest && !isWaiting));
}

Result<QList<ListEntry>> listView(Database &database, const ListQuery &query)
{
    const ViewFilter filter = filterOf(query).value_or(ViewFilter());
    if (isReadWhole(query)) {
        if (query.after)
            return QList<ListEntry>();
        return database.result(sorted(filtered(database, filter, query, topOf(), mostSorted), query));
    }
    QList<ListEntry> entries;
    const QList<SortedRow> rows = filtered(database, filter, query, query.after.value_or(topOf()), query.limit);
    for (const SortedRow &row : rows)
        entries.append(row.entry);
    return database.result(entries);
}

Result<QList<ViewRecord>> loadViews(Database &database, AgentId me)
{
    QList<ViewRecord> views;
    {
        Statement shared = database.statement("list_shared_views");
        while (shared.next())
            views.append(readView(shared));
    }
    Statement own = database.statement("list_own_views");
    own.bind("me", me);
    while (own.next())
        views.append(readView(own));
    return database.result(views);
}

void countMadeViews(Database &database, AgentId me, Time now, ViewCounts &counts)
{
    const Result<QList<ViewRecord>> views = loadViews(database, me);
    for (const ViewRecord &view : views.value_or(QList<ViewRecord>())) {
        const bool isCounted = view.content.search.isEmpty() && view.content.filter.isCounted();
        if (const auto count = isCounted ? countOf(database, view, me, now) : std::nullopt)
            counts.views.insert(view.uuid, *count);
    }
}

Result<QList<NoticeRecord>> loadNotices(Database &database, Time now)
{
    QList<NoticeRecord> notices;
    Statement rows = database.statement("list_notices");
    rows.bind("now", now);
    while (rows.next()) {
        NoticeRecord notice;
        QString list;
        rows >> notice.id >> notice.pinned.text >> notice.pinned.until >> notice.pinned.channel >> notice.pinned.tag;
        rows >> notice.pinned.view >> list >> notice.by >> notice.byName >> notice.at;
        notice.pinned.list = fromWord<View>(list);
        notices.append(notice);
    }
    return database.result(notices);
}

} // namespace Earshot
