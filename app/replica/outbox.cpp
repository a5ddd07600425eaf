// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/outbox.h"

#include "desk/personalstate.h"
#include "model/actionjson.h"
#include "model/keptversion.h"
#include "model/withdrawal.h"
#include "replica/forecasts.h"
#include "replica/keptdrafts.h"
#include "replica/outboxanswers.h"
#include "replica/outboxsettling.h"
#include "replica/outboxundoing.h"
#include "replica/replicameta.h"
#include "replica/serverera.h"
#include "workspace/facts.h"

#include <algorithm>

namespace Earshot {

namespace {

using State = OutboxEntry::State;

constexpr int mostShown = 200;
/// So long an id that was made here is understood after its row has come.
constexpr Duration keptDone = std::chrono::hours(24);
constexpr int mostPruned = 500;

std::optional<OutboxEntry> entryOfAction(Database &database, const QUuid &action)
{
    Statement find = database.statement("select_outbox_of_action");
    find.bind("action", action.toString(QUuid::WithoutBraces));
    return readEntry(find);
}

Outcome shownLater()
{
    Outcome outcome;
    outcome.isForecast = true;
    return outcome;
}

/// While not all is here the server, which has it, decides.
bool isDecidedHere(Database &database, const Outcome &outcome)
{
    const RefusalKind why = outcome.refusal.kind;
    const bool mayBeMissing = why == RefusalKind::notFound || why == RefusalKind::permission;
    return outcome.kind == Outcome::Kind::refused && (!mayBeMissing || isCompleteReplica(database));
}

/// What is on its way is not refused, whatever is forecast of it.
Queued queuedBefore(const OutboxEntry &known)
{
    if (!known.isOpen())
        return {0, known.outcome.value_or(shownLater())};
    const bool isShown = known.outcome && known.outcome->isApplied();
    return {known.id, isShown ? *known.outcome : shownLater()};
}

/// Whoever acts here sees all that is here.
Action basedOnAll(const Writing &writing, const Action &action)
{
    Action based = action;
    if (based.basedOn == 0 && isBasedOnAll(based.arguments))
        based.basedOn = writing.lastSeq();
    return based;
}

/// Bases it on what a person who asks for it anew has before the eyes. @param seen of its conversation; 0 = all
void baseAnew(Writing &writing, Action &action, Seq seen)
{
    Database &database = writing.database();
    const Facts facts = loadFacts(database, action, ReplicaMeta::read(database, ReplicaMeta::device));
    const Seq all = facts.conversation ? std::max(facts.conversation->seq, facts.conversation->twinAnsweredSeq) : 0;
    if (isBasedOnAll(action.arguments))
        action.basedOn = writing.lastSeq();
    else
        action.basedOn = seen > 0 ? seen : all;
    action.arguments = basedOnPresent(action.arguments, facts);
}

Result<Queued> queueOne(Writing &writing, const Action &action)
{
    Database &database = writing.database();
    if (const auto known = entryOfAction(database, action.id))
        return database.result(queuedBefore(*known));
    OutboxEntry entry = insertEntry(writing, action, eraOfRows(database));
    // Repeated after all was forgotten here: the server knows it.
    if (isJournaled(database, action.id))
        return database.result(Queued{entry.id, shownLater()});
    const Outcome outcome = forecast(writing, entry);
    if (outcome.kind == Outcome::Kind::refused) {
        if (!isDecidedHere(database, outcome))
            return database.result(Queued{entry.id, shownLater()});
        deleteEntry(writing, entry.id);
        Outcome refused = outcome;
        refused.isForecast = false;
        return database.result(Queued{0, refused});
    }
    Outcome shown = outcome.isApplied() ? outcome : shownLater();
    const bool isWithdrawn = withdrawUnsent(writing, entry, shown);
    // Then it is certain: neither the one nor the other ever goes out.
    shown.isForecast = !isWithdrawn;
    return database.result(Queued{isWithdrawn ? 0 : entry.id, shown});
}

} // namespace

Result<Queued> queueAction(Writing &writing, const Action &wanted)
{
    if (!wanted.force)
        return queueOne(writing, basedOnAll(writing, wanted));
    // Who insists does so over what is here: what comes before it arrives is for them to see, be it a day later.
    Action seen = wanted;
    baseAnew(writing, seen, 0);
    Action plain = seen;
    plain.force = false;
    const Result<Queued> queued = queueOne(writing, plain);
    const bool isKept = !queued || queued->entry != 0 || queued->outcome.isApplied();
    return isKept ? queued : queueOne(writing, seen);
}

Result<Queued> queueWritten(Writing &writing, const Action &action, AgentId agent, const DraftRecord &draft)
{
    const Result<Queued> queued = queueAction(writing, action);
    if (!queued)
        return queued;
    const bool isKept = queued->entry != 0 || queued->outcome.isApplied();
    settleDraft(writing, agent, draft, isKept);
    if (!isKept)
        keepDraftsOutOfSight(writing);
    if (queued->entry != 0) {
        PersonalState written;
        written.drafts.insert({draft.conversation, draft.mode}, draft);
        OutboxEntry entry;
        entry.id = queued->entry;
        if (const auto kept = loadEntry(writing.database(), queued->entry))
            entry.action = kept->action;
        entry.draft =
            QJsonObject{{QStringLiteral("agent"), agent.value}, {QStringLiteral("personal"), toJson(written)}};
        storeBody(writing, entry);
    }
    return writing.database().result(*queued);
}

Done discardEntry(Writing &writing, qint64 entry)
{
    const auto found = loadEntry(writing.database(), entry);
    if (!found)
        return fail(ErrorKind::notFound);
    if (found->isReadable && (found->mayBeKnown() || (found->isSettling() && found->state == State::sent))) {
        const auto settled = settleEntry(writing, entry, OutboxEntry::Settling::forgetting);
        return settled ? Done() : tl::unexpected(settled.error());
    }
    if (found->state != State::refused && found->state != State::waiting)
        return fail(ErrorKind::refused, QStringLiteral("it is on its way"));
    const bool isShown = found->state == State::waiting;
    if (isShown)
        withdrawForecasts(writing);
    deleteEntry(writing, entry);
    if (isShown)
        decideAgain(writing);
    return writing.database().done();
}

namespace {

Queued refusedNow(RefusalKind kind, const QString &detail = {})
{
    Queued queued;
    queued.outcome.kind = Outcome::Kind::refused;
    queued.outcome.refusal.kind = kind;
    queued.outcome.refusal.detail = detail;
    return queued;
}

/// What was asked about is answered; whatever else is in the way is asked about then.
void consentTo(RefusalKind kind, ActionArguments &arguments)
{
    auto *reply = std::get_if<Act::SendReply>(&arguments);
    if (reply && kind == RefusalKind::moreReaders)
        reply->mayWiden = true;
    // Where the channel cannot do it that is said again.
    if (reply && kind == RefusalKind::notPossible)
        reply->mayAnswerGone = true;
}

/// The server has decided nothing: under its id it is done once, whatever became of it before.
Queued sendAgain(Writing &writing, const OutboxEntry &entry, const Anyway &how)
{
    Database &database = writing.database();
    withdrawForecasts(writing);
    Action again = entry.action;
    again.arguments = how.instead.value_or(again.arguments);
    if (entry.outcome)
        consentTo(entry.outcome->refusal.kind, again.arguments);
    baseAnew(writing, again, how.seen);
    {
        Statement store = writing.statement("update_outbox_anew");
        store.bind("id", entry.id).bind("era", eraOfRows(database)).bind("body", jsonText(toJson(again))).run();
    }
    // It may be done: what undoes it has to be sent as well.
    if (entry.mayBeKnown())
        setEntryState(writing, entry.id, State::sent, 0);
    writing.notice().hasOutbox = true;
    decideAgain(writing);
    const auto shown = loadEntry(database, entry.id);
    if (!shown || !shown->outcome || !isDecidedHere(database, *shown->outcome))
        return shown ? queuedBefore(*shown) : Queued{entry.id, shownLater()};
    const Outcome refused = *shown->outcome;
    refuseHere(writing, entry.id, refused.refusal.kind, entry.conversation, refused.refusal.detail);
    return {0, refused};
}

/// Leaves out the test that failed, and no other.
bool isForced(const Action &action, RefusalKind kind)
{
    return kind == RefusalKind::taken && std::holds_alternative<Act::Claim>(action.arguments);
}

/// What was to be changed is gone: it is made anew.
void makeNew(ActionArguments &arguments)
{
    if (auto *saved = std::get_if<Act::KeepSavedReply>(&arguments))
        saved->savedReply = SavedReplyId();
    else if (auto *macro = std::get_if<Act::KeepMacro>(&arguments))
        macro->macro = MacroId();
    else if (auto *view = std::get_if<Act::SaveView>(&arguments))
        view->view = ViewId();
}

/// The server has decided: another decision needs another action.
Result<Queued> actAnew(Writing &writing, const OutboxEntry &entry, const Anyway &how)
{
    const bool isDecided = entry.outcome && !isWithdrawn(entry.outcome->refusal);
    const RefusalKind kind = isDecided ? entry.outcome->refusal.kind : RefusalKind::invalid;
    Action anew = makeAction(how.instead.value_or(entry.action.arguments), writing.now());
    if (kind == RefusalKind::notFound)
        makeNew(anew.arguments);
    consentTo(kind, anew.arguments);
    baseAnew(writing, anew, how.seen);
    anew.force = isForced(anew, kind);
    Result<Queued> queued = queueAction(writing, anew);
    if (queued && (queued->entry != 0 || queued->outcome.isApplied()))
        deleteEntry(writing, entry.id);
    return queued;
}

} // namespace

Result<Queued> doEntryAnyway(Writing &writing, qint64 entry, const Anyway &how)
{
    Database &database = writing.database();
    const auto refused = loadEntry(database, entry);
    if (!refused || refused->state != State::refused)
        return fail(ErrorKind::notFound);
    if (!refused->isReadable)
        return refusedNow(RefusalKind::unreadable);
    if (isJournaled(database, refused->action.id)) {
        endAnswered(writing, writing.lastSeq());
        return database.result(Queued());
    }
    // Other words under an id that the server may know would be lost, and under another one be said beside the first.
    if (how.instead && refused->mayBeKnown())
        return refusedNow(RefusalKind::notPossible, unsettledReason());
    return refused->isRefusedHere ? database.result(sendAgain(writing, *refused, how))
                                  : actAnew(writing, *refused, how);
}

bool pruneOutbox(Writing &writing)
{
    // What came to its end in another way than by its rows: to the hour is exact enough.
    writing.statement("update_outbox_done_at").bind("now", writing.now()).run();
    Statement remove = writing.statement("delete_outbox_done");
    remove.bind("before", writing.now() - keptDone).bind("most", mostPruned).run();
    return writing.database().changedRows() == mostPruned;
}

Result<OutboxOverview> loadOutboxOverview(Database &database)
{
    OutboxOverview overview;
    {
        Statement count = database.statement("count_outbox_waiting");
        overview.waiting = count.next() ? int(count.integer(0)) : 0;
    }
    {
        Statement count = database.statement("count_outbox_refused");
        overview.refused = count.next() ? int(count.integer(0)) : 0;
    }
    {
        Statement count = database.statement("count_outbox_arriving");
        overview.arriving = count.next() ? int(count.integer(0)) : 0;
    }
    for (const char *list : {"list_outbox_refused", "list_outbox_to_send"}) {
        Statement rows = database.statement(list);
        rows.bind("limit", mostShown);
        while (const auto entry = readEntry(rows))
            overview.actions.append(waitingAction(*entry));
    }
    Statement conversations = database.statement("list_outbox_conversations");
    while (conversations.next())
        overview.conversations.insert(ConversationId(conversations.integer(0)));
    return database.result(overview);
}

} // namespace Earshot
