// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/viewstore.h"

#include <limits>

namespace Earshot {

namespace {

constexpr qint64 all = std::numeric_limits<qint64>::max();

} // namespace

void bindView(Statement &statement, const ViewContent &view)
{
    const ViewFilter &filter = view.filter;
    statement.bind("name", view.name).bind("statuses", filter.statusBits()).bind("owner", filter.owner);
    statement.bind("agent", filter.agent).bind("channels", idsToText(filter.channels));
    statement.bind("tags", idsToText(filter.tags)).bind("without_tags", idsToText(filter.withoutTags));
    statement.bind("least", filter.least).bind("needs_answer", filter.needsAnswer);
    statement.bind("is_private", filter.isPrivate).bind("has_trouble", filter.hasTrouble);
    statement.bind("search", view.search).bind("list_order", view.order).bind("is_grouped", view.isGrouped);
    statement.bind("networks", networksToText(filter.networks)).bind("waits_longer", filter.waitsLonger);
}

ViewRecord readView(Statement &row)
{
    ViewRecord view;
    ViewFilter &filter = view.content.filter;
    int statuses = 0;
    QString channels;
    QString tags;
    QString withoutTags;
    QString networks;
    qint64 waitsLonger = 0;
    row >> view.id >> view.uuid >> view.content.name >> view.position >> statuses >> filter.owner >> filter.agent;
    row >> channels >> tags >> withoutTags >> filter.least >> filter.needsAnswer >> filter.isPrivate;
    row >> filter.hasTrouble >> view.content.search >> view.content.order >> view.content.isGrouped;
    row >> networks >> waitsLonger;
    filter.setStatusBits(statuses);
    filter.channels = idsFromText<ChannelId>(channels);
    filter.tags = idsFromText<TagId>(tags);
    filter.withoutTags = idsFromText<TagId>(withoutTags);
    filter.networks = networksFromText(networks);
    filter.waitsLonger = Duration(waitsLonger);
    return view;
}

QHash<QString, ViewRecord> ownViews(Database &database, AgentId agent)
{
    QHash<QString, ViewRecord> views;
    Statement rows = database.statement("list_own_views");
    rows.bind("me", agent);
    while (rows.next()) {
        const ViewRecord view = readView(rows);
        views.insert(view.uuid, view);
    }
    return views;
}

bool countViewSlice(Writing &writing, int rows)
{
    qint64 view = 0;
    qint64 from = 0;
    {
        Statement find = writing.statement("select_uncounted_view");
        if (!find.next())
            return false;
        find >> view >> from;
    }
    qint64 to = all;
    {
        Statement end = writing.statement("select_slice_end");
        if (end.bind("from", from).bind("rows", rows - 1).next())
            to = end.integer(0);
    }
    {
        Statement count = writing.statement("count_view_slice");
        count.bind("view", view).bind("from", from).bind("to", to).run();
    }
    Statement store = writing.statement("update_view_counted");
    store.bind("view", view).bind("to", to).run();
    return true;
}

} // namespace Earshot
