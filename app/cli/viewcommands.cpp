// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/commandgroups.h"
#include "cli/deed.h"
#include "cli/present.h"
#include "cli/when.h"
#include "model/actionjson.h"

#include <QJsonArray>

namespace Earshot {

namespace {

Done listViews(Call &call)
{
    if (Done opened = call.open(Call::For::reading); !opened)
        return opened;
    const auto views = call.ask(Ask::Views());
    if (!views)
        return tl::unexpected(views.error());
    Table table(
        {QStringLiteral("NAME"), QStringLiteral("WHOSE"), QStringLiteral("CONVERSATIONS"), QStringLiteral("SEARCH")});
    QJsonArray json;
    for (const auto &[view, count] : *views) {
        const QString whose = view.isShared() ? QStringLiteral("shared") : QStringLiteral("own");
        table.add({view.content.name, whose, count ? QString::number(*count) : QString(), view.content.search});
        QJsonObject row = toJson(view.content);
        row.insert(QStringLiteral("uuid"), view.uuid);
        row.insert(QStringLiteral("isShared"), view.isShared());
        row.insert(QStringLiteral("count"), count ? QJsonValue(*count) : QJsonValue());
        json.append(row);
    }
    call.output().table(table);
    call.output().json(json);
    return {};
}

QString placeText(const Act::PinNotice &notice)
{
    if (notice.channel.isValid())
        return QStringLiteral("channel ") + QString::number(notice.channel.value);
    if (notice.tag.isValid())
        return QStringLiteral("tag ") + QString::number(notice.tag.value);
    if (notice.view.isValid())
        return QStringLiteral("view ") + QString::number(notice.view.value);
    return notice.list ? word(*notice.list) : QStringLiteral("everywhere");
}

Done listNotices(Call &call)
{
    if (Done opened = call.open(Call::For::reading); !opened)
        return opened;
    const auto notices = call.ask(Ask::Notices());
    if (!notices)
        return tl::unexpected(notices.error());
    Table table({QStringLiteral("ID"), QStringLiteral("WHERE"), QStringLiteral("UNTIL"), QStringLiteral("BY"),
                 QStringLiteral("TEXT")});
    QJsonArray json;
    for (const NoticeRecord &notice : *notices) {
        table.add({QString::number(notice.id.value), placeText(notice.pinned), call.shown(notice.pinned.until),
                   notice.byName, notice.pinned.text});
        json.append(QJsonObject{{QStringLiteral("id"), notice.id.value},
                                {QStringLiteral("text"), notice.pinned.text},
                                {QStringLiteral("until"), toIso(notice.pinned.until)},
                                {QStringLiteral("place"), placeText(notice.pinned)},
                                {QStringLiteral("by"), notice.byName}});
    }
    call.output().table(table);
    call.output().json(json);
    return {};
}

/// Where --channel, --tag or --view say that a notice is to stand.
Done givePlace(Call &call, Act::PinNotice &notice)
{
    if (int(call.has("view")) + int(call.has("channel")) + int(call.has("tag")) > 1)
        return fail(ErrorKind::invalid, QStringLiteral("One of --view, --channel and --tag at a time"));
    if (call.has("channel")) {
        const Result<ChannelRecord> channel = call.channel(call.value("channel"));
        if (!channel)
            return tl::unexpected(channel.error());
        notice.channel = channel->id;
    }
    if (call.has("tag")) {
        const Result<TagRecord> tag = call.tag(call.value("tag"));
        if (!tag)
            return tl::unexpected(tag.error());
        notice.tag = tag->id;
    }
    if (!call.has("view"))
        return {};
    notice.list = fromWord<View>(call.value("view"));
    if (notice.list)
        return {};
    const Result<ViewRecord> view = call.view(call.value("view"));
    if (!view)
        return tl::unexpected(view.error());
    if (!view->isShared())
        return fail(ErrorKind::invalid, QStringLiteral("Only shared views can have a notice"));
    notice.view = view->id;
    return {};
}

Done pin(Call &call)
{
    Act::PinNotice notice;
    notice.text = call.argument(0);
    const Result<Time> until =
        parseFuture(call.has("until") ? call.value("until") : QStringLiteral("4h"), call.now(), call.zone());
    if (!until)
        return tl::unexpected(until.error());
    notice.until = *until;
    if (Done opened = call.open(Call::For::acting); !opened)
        return opened;
    if (const Done place = givePlace(call, notice); !place)
        return place;
    Deed deed;
    deed.action = makeAction(notice, call.now());
    deed.subject = QStringLiteral("notice");
    deed.done = QStringLiteral("pinned until ") + call.shown(*until);
    deed.json = QJsonObject{{QStringLiteral("text"), notice.text}};
    deed.made = QStringLiteral("id");
    const auto outcomes = doAll(call, {deed}, true);
    return outcomes ? Done() : tl::unexpected(outcomes.error());
}

Done unpin(Call &call)
{
    const Result<qint64> id = parseNumber(call.argument(0));
    if (!id)
        return tl::unexpected(id.error());
    if (Done opened = call.open(Call::For::acting); !opened)
        return opened;
    Deed deed;
    deed.action = makeAction(Act::UnpinNotice{NoticeId(*id)}, call.now());
    deed.subject = QStringLiteral("notice %1").arg(*id);
    deed.done = QStringLiteral("taken off");
    deed.json = QJsonObject{{QStringLiteral("id"), *id}};
    const auto outcomes = doAll(call, {deed}, true);
    return outcomes ? Done() : tl::unexpected(outcomes.error());
}

} // namespace

QList<Command> viewCommands()
{
    return {
        {"view list", "", 0, 0, "List the views that somebody made: all shared ones and your own", listViews, {}},
        {"notice pin",
         "TEXT",
         1,
         1,
         "Pin a text above list and composer for everybody (leads)",
         pin,
         {{"until", "TIME", "until when: 2h, tonight, 2026-06-01T09:30; without it 4h"},
          {"channel", "CHANNEL", "only where this channel is concerned"},
          {"tag", "T", "only where this tag is concerned"},
          {"view", "V", "only above this view"}}},
        {"notice list", "", 0, 0, "List what is pinned", listNotices, {}},
        {"notice unpin", "ID", 1, 1, "Take a pinned text off for everybody (leads)", unpin, {}},
    };
}

} // namespace Earshot
