// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/keptdrafts.h"

#include "model/actionjson.h"
#include "model/mediajson.h"
#include "replica/draftrows.h"
#include "replica/forecasts.h"
#include "replica/outboxentry.h"
#include "replica/replicameta.h"
#include "replica/serverera.h"

#include <QJsonDocument>

#include <algorithm>
#include <optional>

namespace Earshot {

namespace {

/// What a newer program's draft is nobody knows here: nothing that is for the public, then.
ActionArguments sentAs(const DraftRecord &draft)
{
    if (draft.mode == DraftRecord::Mode::noteEdit && draft.target.isValid())
        return Act::EditNote{draft.target, draft.text};
    if (DraftRecord::isOfNote(draft.mode) || !DraftRecord::isKnown(draft.mode))
        return Act::AddNote{draft.conversation, draft.text};
    Act::SendReply reply;
    reply.conversation = draft.conversation;
    reply.target = draft.target;
    reply.text = draft.text;
    reply.contentWarning = draft.contentWarning;
    reply.language = draft.language;
    reply.media = draft.media;
    reply.leftOut = draft.leftOut;
    if (draft.mode == DraftRecord::Mode::privateReply)
        reply.visibility = Visibility::direct;
    return reply;
}

bool isEmpty(const DraftRecord &draft)
{
    return draft.text.trimmed().isEmpty() && draft.contentWarning.isEmpty() && draft.media.isEmpty();
}

/// All but what was typed on.
void cut(QString &text, const QString &before)
{
    if (text.startsWith(before))
        text = before;
}

/// Whether one says all that another said of the same place, and may go on.
bool goesOnFrom(const ActionArguments &before, const ActionArguments &now)
{
    ActionArguments begun = now;
    if (auto *reply = std::get_if<Act::SendReply>(&begun)) {
        const auto *was = std::get_if<Act::SendReply>(&before);
        if (!was)
            return false;
        cut(reply->text, was->text);
        cut(reply->contentWarning, was->contentWarning);
        if (reply->media.first(std::min(was->media.size(), reply->media.size())) == was->media)
            reply->media = was->media;
        reply->language = was->language;
        reply->leftOut = was->leftOut;
    } else if (auto *note = std::get_if<Act::AddNote>(&begun)) {
        const auto *was = std::get_if<Act::AddNote>(&before);
        cut(note->text, was ? was->text : QString());
    } else if (auto *edit = std::get_if<Act::EditNote>(&begun)) {
        const auto *was = std::get_if<Act::EditNote>(&before);
        cut(edit->text, was ? was->text : QString());
    }
    return begun == before;
}

/// Of drafts that were kept: the one that this draft was only typed on from. The server knows nothing of it.
std::optional<OutboxEntry> keptBefore(Database &database, const DraftRecord &draft, RefusalKind why, const QString &era)
{
    if (!draft.conversation.isValid())
        return std::nullopt;
    const ActionArguments now = sentAs(draft);
    Statement rows = database.statement("list_outbox_refused_of");
    rows.bind("conversation", draft.conversation);
    while (const auto entry = readEntry(rows)) {
        const bool isKept = entry->isRefusedHere && entry->number == 0 && entry->era == era && entry->isReadable &&
                            entry->outcome && entry->outcome->refusal.kind == why;
        if (isKept && goesOnFrom(entry->action.arguments, now))
            return entry;
    }
    return std::nullopt;
}

QList<DraftRecord> readDrafts(Statement &rows)
{
    QList<DraftRecord> drafts;
    while (rows.next()) {
        DraftRecord draft;
        QString media;
        QString leftOut;
        rows >> draft.conversation >> draft.mode >> draft.text >> draft.contentWarning >> draft.target;
        rows >> draft.basedOn >> draft.language >> leftOut >> media;
        draft.leftOut = leftOut.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        draft.media = mediaFromJson(QJsonDocument::fromJson(media.toUtf8()).array());
        drafts.append(draft);
    }
    return drafts;
}

/// Whose drafts are here.
DraftPlace placeIn(Database &database)
{
    return {AgentId(ReplicaMeta::read(database, ReplicaMeta::agent).toLongLong()),
            ReplicaMeta::read(database, ReplicaMeta::device),
            {}};
}

/// Whether a conversation that is not here is none that is still to come, or has another number.
bool isAllHere(Database &database)
{
    return isCompleteReplica(database) && ReplicaMeta::read(database, ReplicaMeta::toFetch).isEmpty() &&
           ReplicaMeta::read(database, ReplicaMeta::torn).isEmpty() && !isOfAnotherEra(database);
}

} // namespace

void keepAsRefused(Writing &writing, const DraftRecord &draft, RefusalKind why, const QString &era)
{
    if (isEmpty(draft))
        return;
    Action action = makeAction(sentAs(draft), writing.now(), draft.basedOn);
    if (const auto before = keptBefore(writing.database(), draft, why, era)) {
        action.id = before->action.id;
        Statement store = writing.statement("update_outbox_body");
        store.bind("id", before->id).bind("body", jsonText(toJson(action))).run();
        writing.notice().hasOutbox = true;
        return;
    }
    const OutboxEntry entry = insertEntry(writing, action, era);
    refuseHere(writing, entry.id, why, draft.conversation);
}

void keepDraftsOfWithdrawn(Writing &writing, qint64 channel)
{
    Database &database = writing.database();
    const DraftPlace place = placeIn(database);
    QList<DraftRecord> drafts;
    {
        Statement rows = database.statement("list_drafts_of_channel");
        rows.bind("me", place.me).bind("channel", channel);
        drafts = readDrafts(rows);
    }
    for (const DraftRecord &draft : std::as_const(drafts)) {
        if (!isTold(database, place, {draft.conversation, draft.mode}))
            keepAsRefused(writing, draft, RefusalKind::permission, eraOfRows(database));
    }
}

void keepDraftsOutOfSight(Writing &writing)
{
    Database &database = writing.database();
    if (!isAllHere(database))
        return;
    const DraftPlace place = placeIn(database);
    QList<DraftRecord> drafts;
    {
        Statement rows = database.statement("list_drafts_out_of_sight");
        rows.bind("me", place.me);
        drafts = readDrafts(rows);
    }
    // What stands beside one is told or not told with it.
    drafts.removeIf([&](const DraftRecord &draft) {
        return isTold(database, place, {draft.conversation, draft.mode});
    });
    // What the server has instead comes with its conversation.
    if (!drafts.isEmpty())
        ReplicaMeta::write(database, ReplicaMeta::drafts, QString());
    for (const DraftRecord &draft : std::as_const(drafts)) {
        keepAsRefused(writing, draft, RefusalKind::permission, eraOfRows(database));
        Statement remove = database.statement("delete_draft_rows");
        remove.bind("agent", place.me).bind("conversation", draft.conversation).bind("mode", draft.mode).run();
        Statement forget = database.statement("delete_draft_state");
        forget.bind("conversation", draft.conversation).bind("mode", draft.mode).run();
    }
}

} // namespace Earshot
