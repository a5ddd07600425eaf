// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/draftrows.h"

#include "model/htmltext.h"
#include "model/mediajson.h"
#include "replica/keptdrafts.h"
#include "replica/replicameta.h"
#include "replica/serverera.h"
#include "workspace/personalstore.h"

#include <QJsonDocument>

#include <algorithm>

namespace Earshot {

namespace {

/// What the server has of one, as far as it is known here.
struct DraftState
{
    qint64 version = 0; ///< 0 = none is known, or it was withdrawn
    QString known;      ///< digest; empty = nothing
    qint64 incomingVersion = 0;
    ToldDraft incoming;
    QStringList said; ///< digests of what it was told and has not answered, the newest last

    /// What is not here was not dropped.
    [[nodiscard]] bool isWithdrawn() const { return version == 0 && !known.isEmpty(); }
    [[nodiscard]] bool isTypedOn(const QString &mine) const
    {
        return mine != known && !(mine.isEmpty() && isWithdrawn());
    }
    /// It was told, reached the server, and was sent or discarded elsewhere, as it was or typed on.
    [[nodiscard]] bool isGone(const QString &mine) const { return said.contains(mine) && incoming.was.contains(mine); }
};

/// Without an answer it is told again and again, each time what is there by then.
constexpr qsizetype mostSaid = 8;

/// What is here of one.
struct LocalDraft
{
    ToldDraft told;
    int files = 0; ///< of its attachments, those that lie here
};

Statement &bindKey(Statement &statement, const DraftKey &key)
{
    return statement.bind("conversation", key.conversation).bind("mode", key.mode);
}

DraftState loadState(Database &database, const DraftKey &key)
{
    DraftState state;
    Statement find = database.statement("select_draft_state");
    if (bindKey(find, key).next()) {
        QString incoming;
        QString said;
        find >> state.version >> state.known >> state.incomingVersion >> incoming >> said;
        state.said = said.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        state.incoming = toldDraftFromJson(QJsonDocument::fromJson(incoming.toUtf8()).object());
        state.incoming.draft.conversation = key.conversation;
        state.incoming.draft.mode = key.mode;
    }
    return state;
}

void storeState(Writing &writing, const DraftKey &key, const DraftState &state)
{
    Statement store = writing.statement("upsert_draft_state");
    bindKey(store, key).bind("version", state.version).bind("known", state.known);
    store.bind("incoming_version", state.incomingVersion).bind("said", state.said.join(QLatin1Char(' ')));
    const QJsonObject incoming = toJson(state.incoming);
    store.bind("incoming", incoming.isEmpty()
                               ? QStringLiteral("{}")
                               : QString::fromUtf8(QJsonDocument(incoming).toJson(QJsonDocument::Compact)));
    store.run();
}

/// All that came is understood: the server has this.
void storeKnown(Writing &writing, const DraftKey &key, qint64 version, const QString &digest)
{
    if (!digest.isEmpty()) {
        storeState(writing, key, {version, digest, 0, {}, {}});
        return;
    }
    Statement remove = writing.statement("delete_draft_state");
    bindKey(remove, key).run();
}

LocalDraft loadLocal(Database &database, const DraftPlace &place, const DraftKey &key)
{
    LocalDraft local;
    ToldDraft &told = local.told;
    told.device = place.device;
    Statement rows = database.statement("select_draft_rows");
    bindKey(rows, key).bind("me", place.me);
    while (rows.next()) {
        DraftRecord draft;
        QString device;
        QString media;
        QString leftOut;
        int elsewhere = 0;
        rows >> device >> draft.text >> draft.contentWarning >> draft.target >> draft.basedOn >> draft.updatedAt;
        rows >> media >> leftOut >> draft.language >> elsewhere;
        if (device.isEmpty()) {
            local.files = int(mediaFromJson(QJsonDocument::fromJson(media.toUtf8()).array()).size());
            told.attachments = local.files + elsewhere;
            draft.leftOut = leftOut.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
            told.draft = draft;
        } else {
            told.beside.append({key.mode, device, device.section(QLatin1Char(' '), 1),
                                timeFromMs(device.section(QLatin1Char(' '), 0, 0).toLongLong()), draft.text,
                                draft.contentWarning, draft.target});
        }
    }
    told.draft.conversation = key.conversation;
    told.draft.mode = key.mode;
    return local;
}

void storeRow(Writing &writing, const DraftPlace &place, const DraftRecord &draft, const QString &device, int elsewhere)
{
    Statement store = writing.statement("upsert_arrived_draft");
    store.bind("agent", place.me).bind("conversation", draft.conversation).bind("mode", draft.mode);
    store.bind("device", device).bind("text", draft.text).bind("content_warning", draft.contentWarning);
    store.bind("target", draft.target.value).bind("based_on", draft.basedOn).bind("at", draft.updatedAt);
    store.bind("left_out", draft.leftOut.join(QLatin1Char('\n'))).bind("language", draft.language);
    store.bind("elsewhere", elsewhere).run();
}

/// Beside what stands there: of one machine and moment there may be several, and no text takes another one's place.
void storeBeside(Writing &writing, const DraftPlace &place, const DraftKey &key, const TypedElsewhere &typed)
{
    if (typed.text.isEmpty() && typed.contentWarning.isEmpty())
        return;
    const QList<TypedElsewhere> here = loadLocal(writing.database(), place, key).told.beside;
    if (std::ranges::any_of(here, [&typed](const TypedElsewhere &other) { return other.isSame(typed); }))
        return;
    Time at = typed.at;
    QString name = typed.key;
    while (std::ranges::find(here, name, &TypedElsewhere::key) != here.end()) {
        at += std::chrono::milliseconds(1);
        name = besideKey(at, typed.device);
    }
    DraftRecord row;
    row.conversation = key.conversation;
    row.mode = key.mode;
    row.text = typed.text;
    row.contentWarning = typed.contentWarning;
    row.target = typed.target;
    row.updatedAt = typed.at;
    storeRow(writing, place, row, name, 0);
}

/// What the server has takes the place of what is here; files that are here stay with it.
void replace(Writing &writing, const DraftPlace &place, const DraftKey &key, const ToldDraft &told, int filesHere)
{
    const char *name = told.isEmpty() ? "delete_draft_rows" : "delete_drafts_beside";
    Statement remove = writing.statement(name);
    bindKey(remove, key).bind("agent", place.me).run();
    if (told.isEmpty())
        return;
    DraftRecord draft = told.draft;
    draft.conversation = key.conversation;
    draft.mode = key.mode;
    storeRow(writing, place, draft, {}, std::max(0, told.attachments - filesHere));
    for (const TypedElsewhere &typed : told.beside)
        storeBeside(writing, place, key, typed);
}

/// Both were typed on: both stay, and what an editor shows, else what is newer, is the draft.
/// @return whether the draft here is another now
bool putTogether(Writing &writing, const DraftPlace &place, const DraftKey &key, const LocalDraft &local,
                 const ToldDraft &theirs)
{
    const ToldDraft &mine = local.told;
    TypedElsewhere ofTheirs = theirs.asBeside();
    TypedElsewhere ofMine = mine.asBeside();
    QList<TypedElsewhere> beside = mine.beside + theirs.beside;
    const bool isMineNewer = mine.draft.updatedAt >= theirs.draft.updatedAt;
    const bool hasMine = !mine.draft.text.isEmpty() || !mine.draft.contentWarning.isEmpty() || local.files > 0;
    const bool isMine = ofMine.isSame(ofTheirs) || place.held.contains(key) || (hasMine && isMineNewer);
    if (!isMine)
        replace(writing, place, key, theirs, local.files);
    if (!ofMine.isSame(ofTheirs))
        beside.prepend(isMine ? ofTheirs : ofMine);
    for (const TypedElsewhere &typed : std::as_const(beside))
        storeBeside(writing, place, key, typed);
    return !isMine;
}

/// Whether what was begun is in a message that its agent has written since then, at any machine.
bool isInOwnMessage(Database &database, const DraftPlace &place, const DraftRecord &draft)
{
    const QString begun = cleanText(draft.text);
    if (begun.isEmpty() || draft.mode == DraftRecord::Mode::noteEdit)
        return false;
    Statement rows = database.statement("list_own_messages_since");
    rows.bind("conversation", draft.conversation).bind("me", place.me).bind("since", draft.basedOn);
    rows.bind("kind", DraftRecord::isOfNote(draft.mode) ? MessageKind::note : MessageKind::reply);
    while (rows.next()) {
        if (cleanText(rows.text(0)).startsWith(begun))
            return true;
    }
    return false;
}

/// What came may become part of what is here: nothing of it is under anybody's hands, and what it means is known.
bool mayBeSettled(Database &database, const DraftPlace &place, const DraftState &state, const ToldDraft &mine)
{
    const bool isHeld = place.held.contains({mine.draft.conversation, mine.draft.mode});
    const QString digest = digestOf(mine);
    if (state.incoming.isEmpty() && state.said.contains(digest) && !state.isGone(digest))
        return !isHeld && (place.isCurrent || isInOwnMessage(database, place, mine.draft));
    return (state.isTypedOn(digest) && !state.isGone(digest)) || !isHeld;
}

/// What came becomes part of what is here, where nothing is under anybody's hands.
std::optional<DraftChange> settle(Writing &writing, const DraftPlace &place, const DraftKey &key)
{
    Database &database = writing.database();
    const DraftState state = loadState(database, key);
    if (state.incomingVersion == 0)
        return std::nullopt;
    const LocalDraft local = loadLocal(database, place, key);
    const QString mine = digestOf(local.told);
    const QString theirs = digestOf(state.incoming);
    DraftChange change{key, false, state.incoming.asBeside()};
    if (mine != theirs) {
        // What was told and typed on before the answer came is no other text.
        const bool isOwn = !theirs.isEmpty() && state.said.contains(theirs);
        const bool isTypedOn = state.isTypedOn(mine);
        // Nor is it another one where it is what was typed on here.
        const bool isBefore = !mine.isEmpty() && !theirs.isEmpty() && theirs == state.known;
        if (isOwn || isBefore) {
            storeKnown(writing, key, state.incomingVersion, theirs);
            return change;
        }
        if (!mayBeSettled(database, place, state, local.told))
            return change;
        // It was told, and nobody knows what became of that: it may have reached the server, and been sent elsewhere;
        // not so the files that lie here.
        const bool isSent = theirs.isEmpty() && state.said.contains(mine) && local.files == 0 &&
                            isInOwnMessage(database, place, local.told.draft);
        if (!isTypedOn || mine.isEmpty() || isSent || state.isGone(mine)) {
            replace(writing, place, key, state.incoming, local.files);
            forgetKept(writing, state.incoming.draft);
            change.isReplaced = true;
        } else if (!theirs.isEmpty()) {
            change.isReplaced = putTogether(writing, place, key, local, state.incoming);
        }
    }
    storeKnown(writing, key, state.incomingVersion, theirs);
    return change;
}

/// The same, and lists hear of it.
std::optional<DraftChange> settleAndTell(Writing &writing, const DraftPlace &place, const DraftKey &key)
{
    const bool had = hasDraft(writing.database(), place.me, key.conversation);
    const std::optional<DraftChange> change = settle(writing, place, key);
    noteDrafts(writing, place.me, key.conversation, had);
    return change;
}

} // namespace

Result<std::optional<DraftWork>> nextDraftWork(Database &database, const DraftPlace &place,
                                               const RefusedDrafts &refused)
{
    // Until they are judged their conversations may have other numbers at the server.
    const bool isOfOtherEra = isOfAnotherEra(database);
    QList<DraftKey> keys;
    {
        Statement rows = database.statement("list_draft_keys");
        rows.bind("me", place.me);
        while (rows.next()) {
            DraftKey key{};
            rows >> key.conversation >> key.mode;
            if (DraftRecord::isKnown(key.mode))
                keys.append(key);
        }
    }
    for (const DraftKey &key : std::as_const(keys)) {
        const DraftState state = loadState(database, key);
        const ToldDraft told = loadLocal(database, place, key).told;
        const QString digest = digestOf(told);
        const bool isTypedOn = state.isTypedOn(digest);
        const bool isToSettle = state.incomingVersion != 0 && mayBeSettled(database, place, state, told);
        const bool isToTell = isTypedOn && !isOfOtherEra && !refused.contains(key, digest);
        if (isToSettle || (isToTell && state.incomingVersion == 0))
            return database.result(std::optional(DraftWork{key, isToSettle, state.version, told, digest}));
    }
    return database.result(std::optional<DraftWork>());
}

namespace {

/// What is known here, and neither there any more nor among what is told, was sent or discarded long ago.
QList<ArrivedDraft> longGone(Database &database, const DraftNews &news)
{
    QList<ArrivedDraft> gone;
    Statement rows = database.statement("list_draft_states_known");
    rows.bind("most", news.forgottenUpTo);
    while (rows.next()) {
        ArrivedDraft draft{{}, news.forgottenUpTo, {}};
        rows >> draft.key.conversation >> draft.key.mode;
        if (DraftRecord::isKnown(draft.key.mode) && !news.present.contains(draft.key))
            gone.append(draft);
    }
    return gone;
}

} // namespace

bool isToComeBack(Database &database, const DraftKey &key)
{
    return loadState(database, key).isWithdrawn();
}

void awaitAgain(Writing &writing, const DraftKey &key)
{
    storeKnown(writing, key, 0, loadState(writing.database(), key).known);
}

bool isTold(Database &database, const DraftPlace &place, const DraftKey &key)
{
    return digestOf(loadLocal(database, place, key).told) == loadState(database, key).known;
}

Result<QList<DraftChange>> takeDrafts(Writing &writing, const DraftPlace &place, const DraftNews &news)
{
    Database &database = writing.database();
    // A channel was withdrawn since it was asked: all is to be asked for anew, without what is out of sight.
    const bool isOfBefore = !news.state.isEmpty() && ReplicaMeta::read(database, ReplicaMeta::drafts) != news.since;
    if (isOfAnotherEra(database) || isOfBefore)
        return fail(ErrorKind::tryAgain);
    if (news.isAnew) {
        database.statement("delete_all_draft_states").run();
        ReplicaMeta::write(database, ReplicaMeta::drafts, news.state);
    }
    QList<DraftChange> changes;
    const QList<ArrivedDraft> all =
        (news.forgottenUpTo > 0 ? longGone(database, news) : QList<ArrivedDraft>()) + news.drafts;
    for (const ArrivedDraft &arrived : all) {
        DraftState known = loadState(database, arrived.key);
        if (arrived.version <= std::max(known.version, known.incomingVersion))
            continue;
        known.incomingVersion = arrived.version;
        known.incoming = arrived.told;
        storeState(writing, arrived.key, known);
        if (const auto change = settleAndTell(writing, place, arrived.key))
            changes.append(*change);
    }
    if (!news.state.isEmpty())
        ReplicaMeta::write(database, ReplicaMeta::drafts, news.state);
    return database.result(changes);
}

Result<QList<DraftChange>> settleDrafts(Writing &writing, const DraftPlace &place, const DraftKey &key)
{
    const auto change = settleAndTell(writing, place, key);
    return writing.database().result(change ? QList<DraftChange>{*change} : QList<DraftChange>());
}

void noteDraftSaid(Writing &writing, const DraftWork &work)
{
    if (work.digest.isEmpty())
        return;
    DraftState state = loadState(writing.database(), work.key);
    state.said.removeAll(work.digest);
    state.said.append(work.digest);
    state.said = state.said.mid(std::max(state.said.size() - mostSaid, qsizetype(0)));
    storeState(writing, work.key, state);
}

void noteDraftTold(Writing &writing, const DraftWork &work, qint64 version)
{
    const DraftState state = loadState(writing.database(), work.key);
    // Its conversation was withdrawn: what is no more here was not dropped.
    const bool isOfBefore = !work.digest.isEmpty() && !state.said.contains(work.digest);
    // A newer one may have come meanwhile.
    if (!isOfBefore && state.version < version)
        storeKnown(writing, work.key, version, work.digest);
}

void settleBeside(Writing &writing, const DraftPlace &place, ConversationId conversation, const TypedElsewhere &typed,
                  bool isKept)
{
    const DraftKey key{conversation, typed.mode};
    if (isKept) {
        TypedElsewhere kept = typed;
        if (kept.key.isEmpty())
            kept.key = besideKey(typed.at, typed.device);
        storeBeside(writing, place, key, kept);
    } else if (!typed.key.isEmpty()) {
        Statement remove = writing.statement("delete_draft_beside");
        bindKey(remove, key).bind("agent", place.me).bind("device", typed.key).run();
    } else if (const DraftState state = loadState(writing.database(), key); state.incomingVersion != 0) {
        for (const TypedElsewhere &other : state.incoming.beside)
            storeBeside(writing, place, key, other);
        storeKnown(writing, key, state.incomingVersion, digestOf(state.incoming));
    }
}

} // namespace Earshot
