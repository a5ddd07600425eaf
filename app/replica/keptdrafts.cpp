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

/// A draft that was kept. The server knows nothing of it.
bool isKept(const OutboxEntry &entry, RefusalKind why, const QString &era)
{
    return entry.state == OutboxEntry::State::refused && entry.isRefusedHere && entry.number == 0 && entry.era == era &&
           entry.isReadable && entry.outcome && entry.outcome->refusal.kind == why;
}

/// The one that this draft was only typed on from.
std::optional<OutboxEntry> keptBefore(Database &database, const DraftRecord &draft, RefusalKind why, const QString &era)
{
    if (!draft.conversation.isValid())
        return std::nullopt;
    const ActionArguments now = sentAs(draft);
    Statement rows = database.statement("list_outbox_refused_of");
    rows.bind("conversation", draft.conversation);
    while (const auto entry = readEntry(rows)) {
        if (isKept(*entry, why, era) && goesOnFrom(entry->action.arguments, now))
            return entry;
    }
    return std::nullopt;
}

/// One of this machine, or what stands beside it.
struct FoundDraft
{
    DraftRecord draft;
    bool isBeside = false;
    [[nodiscard]] DraftKey key() const { return {draft.conversation, draft.mode}; }
};

QList<FoundDraft> readDrafts(Statement &rows)
{
    QList<FoundDraft> drafts;
    while (rows.next()) {
        FoundDraft found;
        DraftRecord &draft = found.draft;
        QString device;
        QString media;
        QString leftOut;
        rows >> draft.conversation >> draft.mode >> draft.text >> draft.contentWarning >> draft.target;
        rows >> draft.basedOn >> draft.language >> leftOut >> media >> device;
        draft.leftOut = leftOut.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        draft.media = mediaFromJson(QJsonDocument::fromJson(media.toUtf8()).array());
        found.isBeside = !device.isEmpty();
        drafts.append(found);
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
           ReplicaMeta::read(database, ReplicaMeta::torn).isEmpty() &&
           ReplicaMeta::read(database, ReplicaMeta::between).isEmpty() && !isOfAnotherEra(database);
}

/// The beginning of its place's word in ReplicaMeta::keptDrafts.
QString placeWord(const DraftKey &key)
{
    return QStringLiteral("%1.%2.").arg(key.conversation.value).arg(int(key.mode));
}

/// What is kept of this machine's draft since its place is out of sight.
std::optional<OutboxEntry> keptSince(Database &database, const DraftKey &key, const QString &era)
{
    const QStringList words = ReplicaMeta::read(database, ReplicaMeta::keptDrafts).split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        const auto entry =
            word.startsWith(placeWord(key)) ? loadEntry(database, word.section(u'.', -1).toLongLong()) : std::nullopt;
        if (entry && isKept(*entry, RefusalKind::permission, era))
            return entry;
    }
    return std::nullopt;
}

/// @param entry nothing = another draft is in that place now
void noteKept(Database &database, const DraftKey &key, std::optional<qint64> entry)
{
    const QString before = ReplicaMeta::read(database, ReplicaMeta::keptDrafts);
    QStringList words = before.split(u' ', Qt::SkipEmptyParts);
    words.removeIf([&key](const QString &word) { return word.startsWith(placeWord(key)); });
    if (entry)
        words.append(placeWord(key) + QString::number(*entry));
    if (const QString now = words.join(u' '); now != before)
        ReplicaMeta::write(database, ReplicaMeta::keptDrafts, now);
}

/// @param before what it takes the place of; nothing = none
/// @return the entry
qint64 keepInPlaceOf(Writing &writing, const std::optional<OutboxEntry> &before, const DraftRecord &draft,
                     RefusalKind why, const QString &era)
{
    Action action = makeAction(sentAs(draft), writing.now(), draft.basedOn);
    if (before) {
        action.id = before->action.id;
        Statement store = writing.statement("update_outbox_body");
        store.bind("id", before->id).bind("body", jsonText(toJson(action))).run();
        writing.notice().hasOutbox = true;
        return before->id;
    }
    const OutboxEntry entry = insertEntry(writing, action, era);
    refuseHere(writing, entry.id, why, draft.conversation);
    return entry.id;
}

/// One whose place is out of sight, or about to be.
void keepUntold(Writing &writing, const FoundDraft &found)
{
    if (isEmpty(found.draft))
        return;
    Database &database = writing.database();
    const QString era = eraOfRows(database);
    constexpr RefusalKind why = RefusalKind::permission;
    // Whatever was typed since then is in its place: there is no other editor of it.
    const auto own = keptSince(database, found.key(), era);
    const auto before = own && !found.isBeside ? own : keptBefore(database, found.draft, why, era);
    const qint64 entry = keepInPlaceOf(writing, before, found.draft, why, era);
    // What holds two texts is not given up for what becomes of one of them.
    const bool isShared = before && (found.isBeside ? own && own->id == entry : !own);
    if (isShared)
        noteKept(database, found.key(), std::nullopt);
    else if (!found.isBeside)
        noteKept(database, found.key(), entry);
}

} // namespace

void keepAsRefused(Writing &writing, const DraftRecord &draft, RefusalKind why, const QString &era)
{
    if (!isEmpty(draft))
        keepInPlaceOf(writing, keptBefore(writing.database(), draft, why, era), draft, why, era);
}

void keepDraftsOfWithdrawn(Writing &writing, qint64 channel)
{
    Database &database = writing.database();
    const DraftPlace place = placeIn(database);
    QList<FoundDraft> drafts;
    {
        Statement rows = database.statement("list_drafts_of_channel");
        rows.bind("me", place.me).bind("channel", channel);
        drafts = readDrafts(rows);
    }
    for (const FoundDraft &found : std::as_const(drafts)) {
        if (!isTold(database, place, found.key()))
            keepUntold(writing, found);
    }
}

void keepDraftsOutOfSight(Writing &writing)
{
    Database &database = writing.database();
    if (!isAllHere(database))
        return;
    const DraftPlace place = placeIn(database);
    QList<FoundDraft> drafts;
    {
        Statement rows = database.statement("list_drafts_out_of_sight");
        rows.bind("me", place.me);
        drafts = readDrafts(rows);
    }
    QSet<DraftKey> untold;
    for (const FoundDraft &found : std::as_const(drafts)) {
        // What stands beside one is told or not told with it.
        if (!isTold(database, place, found.key()))
            untold.insert(found.key());
    }
    // What was told before that stays as it is, and what is written down once more comes back as well.
    drafts.removeIf(
        [&](const FoundDraft &found) { return !untold.contains(found.key()) && !isToComeBack(database, found.key()); });
    // What the server has instead comes with its conversation.
    if (!drafts.isEmpty())
        ReplicaMeta::write(database, ReplicaMeta::drafts, QString());
    for (const FoundDraft &found : std::as_const(drafts)) {
        if (untold.contains(found.key()))
            keepUntold(writing, found);
        Statement remove = database.statement("delete_draft_rows");
        remove.bind("agent", place.me).bind("conversation", found.key().conversation).bind("mode", found.key().mode);
        remove.run();
        awaitAgain(writing, found.key());
    }
}

void forgetKept(Writing &writing, const DraftRecord &draft)
{
    Database &database = writing.database();
    noteKept(database, {draft.conversation, draft.mode}, std::nullopt);
    const auto kept = keptBefore(database, draft, RefusalKind::permission, eraOfRows(database));
    if (kept && !isEmpty(draft))
        deleteEntry(writing, kept->id);
}

bool isInSight(Database &database, ConversationId conversation)
{
    Statement find = database.statement("select_conversation_channel");
    return find.bind("id", conversation).next();
}

} // namespace Earshot
