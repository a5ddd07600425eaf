// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/emptylist.h"

#include "ui/shell/queues.h"
#include "ui/shell/roster.h"
#include "ui/shell/wording.h"

namespace Earshot {

EmptyList::Words EmptyList::of(const ListQuery &query, const Roster &roster)
{
    if (roster.isLoaded() && roster.channels().isEmpty())
        return withoutChannel(roster);
    switch (query.view) {
    case View::all:
        return ofEverything(roster);
    case View::channel:
        return {QStringLiteral("check"), tr("Nothing is to be done on this channel"),
                tr("What people write there appears here by itself. Whether it is well says its page."),
                tr("Show the channel"), QStringLiteral("channels.show")};
    case View::tag:
        return {QStringLiteral("tag"),
                tr("No conversation has this tag"),
                tr("Drag one onto the tag, or give it to one with T."),
                {},
                {}};
    case View::custom:
        return ofMade(query, roster);
    default:
        return ofWork(query.view);
    }
}

EmptyList::Words EmptyList::withoutChannel(const Roster &roster)
{
    const QString icon = QStringLiteral("channels");
    const QString title = tr("No channel is connected yet");
    if (!roster.isAdmin())
        return {icon, title, tr("An admin connects channels; what people write there arrives here."), {}, {}};
    return {icon, title,
            tr("Paste the address of a blog, a feed or an account, and what people write there arrives here."),
            tr("Connect a channel…"), QStringLiteral("channels.connect")};
}

EmptyList::Words EmptyList::ofWork(View view)
{
    switch (view) {
    case View::mine:
        return {QStringLiteral("mine"),
                tr("Nothing is assigned to you"),
                tr("Take something from “Unassigned” with Shift+A."),
                {},
                {}};
    case View::unassigned:
        return {QStringLiteral("check"),
                tr("Everything has its owner"),
                tr("What comes in and is nobody's yet appears here. “All open” has what colleagues are at."),
                {},
                {}};
    case View::open:
        return {QStringLiteral("check"),
                tr("Nothing is open"),
                tr("What wants an answer appears here by itself; what has one stands in “Waiting”."),
                {},
                {}};
    case View::notesToMe:
        return {QStringLiteral("note"),
                tr("No notes to you"),
                tr("When a colleague writes @ and your name in a note, the conversation appears here."),
                {},
                {}};
    case View::waiting:
        return {QStringLiteral("waiting"),
                tr("Nobody is waited for"),
                tr("What was answered stands here until its contact writes again or it is resolved."),
                {},
                {}};
    case View::snoozed:
        return {QStringLiteral("snooze"),
                tr("Nothing is snoozed"),
                tr("What can wait is put off with S until a time; then it is open again by itself."),
                {},
                {}};
    case View::resolved:
        return {QStringLiteral("resolve"),
                tr("Nothing is resolved yet"),
                tr("What is done is resolved with E. It stays here, and can be searched."),
                {},
                {}};
    case View::trouble:
        return {QStringLiteral("check"), tr("No trouble"), tr("Every reply was delivered."), {}, {}};
    default:
        return {
            QStringLiteral("check"), tr("Nothing here"), tr("What belongs in this view appears by itself."), {}, {}};
    }
}

EmptyList::Words EmptyList::ofEverything(const Roster &roster)
{
    const bool mayPull = roster.canAct();
    return {QStringLiteral("all"), tr("Nothing has come in yet"),
            tr("What people write on the connected channels arrives here by itself."),
            mayPull ? tr("Pull now") : QString(), mayPull ? QStringLiteral("channels.pull") : QString()};
}

EmptyList::Words EmptyList::ofMade(const ListQuery &query, const Roster &roster)
{
    if (const AgentId agent = Queues::agentOf(query); agent.isValid())
        return {QStringLiteral("mine"),
                tr("%1 has nothing open").arg(Wording::isolated(roster.agentName(agent))),
                tr("Drag conversations onto the name, or assign them with A."),
                {},
                {}};
    const ViewRecord *view = roster.view(query.uuid);
    const QString icon = QStringLiteral("check");
    if (!view)
        return {icon, tr("Nothing is open here"), tr("What comes in for this team appears here by itself."), {}, {}};
    const QString title = tr("Nothing is as this view wants it");
    const QString text = tr("What comes to be so appears here by itself.");
    const bool mayEdit = view->isShared() ? roster.isLead() : roster.canAct();
    if (!mayEdit)
        return {icon, title, text, {}, {}};
    return {icon, title, text, tr("Edit this view…"), QStringLiteral("view.edit")};
}

} // namespace Earshot
