// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/outbox.h"

#include "desk/personalstate.h"
#include "model/actionjson.h"
#include "model/keptversion.h"
#include "replica/forecasts.h"
#include "replica/replicameta.h"
#include "replica/serverera.h"
#include "workspace/facts.h"
#include "workspace/queries.h"

#include <QJsonDocument>

#include <algorithm>

namespace Earshot {

namespace {

using State = OutboxEntry::State;

constexpr int mostShown = 200;
/// Of a request, around the actions, and for each one beside what it says itself: its number.
constexpr qint64 mostBytesAround = 1024;
constexpr qint64 mostBytesBeside = 32;
/// So long an id that was made here is understood after its row has come.
constexpr Duration keptDone = std::chrono::hours(24);

std::optional<OutboxEntry> entryOfAction(Database &database, const QUuid &action)
{
    Statement find = database.statement("select_outbox_of_action");
    find.bind("action", action.toString(QUuid::WithoutBraces));
    return readEntry(find);
}

void deleteEntry(Writing &writing, qint64 entry)
{
    Statement remove = writing.statement("delete_outbox_entry");
    remove.bind("id", entry).run();
    writing.notice().hasOutbox = true;
}

void setState(Writing &writing, qint64 entry, State state, qint64 undoes)
{
    Statement store = writing.statement("update_outbox_state");
    store.bind("id", entry).bind("state", state);
    if (undoes != 0)
        store.bind("undoes", undoes);
    else
        store.bindNull("undoes");
    store.run();
}

/// The one that an action takes back: its delivery, or what was last done to the conversation.
std::optional<OutboxEntry> undoneBy(Database &database, const OutboxEntry &entry)
{
    if (const auto *cancel = std::get_if<Act::CancelDelivery>(&entry.action.arguments)) {
        if (!isForecast(cancel->delivery))
            return std::nullopt;
        const auto made = loadEntry(database, entryOfForecast(cancel->delivery.value));
        const bool isIt = made && made->outcome && made->outcome->created == cancel->delivery.value;
        return isIt ? made : std::nullopt;
    }
    if (!entry.conversation.isValid())
        return std::nullopt;
    Statement find = database.statement("select_outbox_newest");
    find.bind("conversation", entry.conversation).bind("before", entry.id);
    const auto newest = readEntry(find);
    const bool isIt = newest && newest->outcome && newest->outcome->inverse == entry.action.arguments;
    return isIt ? newest : std::nullopt;
}

/// A later part of a reply in several ones, that a delivery shown here is of; 0 = it is of none.
int partOf(Database &database, const OutboxEntry &made, DeliveryId delivery)
{
    const auto *reply = std::get_if<Act::SendReply>(&made.action.arguments);
    Statement find = database.statement("select_delivery_uuid");
    const QString uuid = reply && find.bind("id", delivery).next() ? find.text(0) : QString();
    for (qsizetype part = 1; reply && part <= reply->furtherParts.size(); ++part) {
        if (uuid == uuidOfPart(made.action.id, int(part)))
            return int(part);
    }
    return 0;
}

/// What is called back of a reply in several parts that has not been sent is never sent, with what was to stand below
/// it; what stands above it goes out.
/// @return whether that is so
bool withdrawPart(Writing &writing, OutboxEntry &entry)
{
    Database &database = writing.database();
    const auto *cancel = std::get_if<Act::CancelDelivery>(&entry.action.arguments);
    if (!cancel || !isForecast(cancel->delivery))
        return false;
    const auto made = loadEntry(database, entryOfForecast(cancel->delivery.value));
    const int part = made ? partOf(database, *made, cancel->delivery) : 0;
    if (part == 0)
        return false;
    if (made->state != State::waiting) {
        Statement store = writing.statement("update_outbox_part");
        store.bind("id", entry.id).bind("undoes", made->id).bind("part", part).run();
        return false;
    }
    Action shorter = made->action;
    auto &reply = std::get<Act::SendReply>(shorter.arguments);
    reply.furtherParts = reply.furtherParts.first(part - 1);
    withdrawForecasts(writing);
    Statement store = writing.statement("update_outbox_body");
    store.bind("id", made->id).bind("body", jsonText(toJson(shorter))).run();
    deleteEntry(writing, entry.id);
    decideAgain(writing);
    return true;
}

/// What is undone before it was sent never goes out.
/// @return whether that is so
bool withdrawWithUndone(Writing &writing, const OutboxEntry &entry)
{
    const auto undone = undoneBy(writing.database(), entry);
    if (!undone || !undone->isOpen())
        return false;
    const bool isUnsent = undone->state == State::waiting;
    if (isUnsent)
        setState(writing, undone->id, State::withdrawn, undone->undoes);
    setState(writing, entry.id, isUnsent ? State::withdrawn : State::waiting, undone->id);
    return isUnsent;
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

bool isJournaled(Database &database, const QUuid &action)
{
    Statement find = database.statement("select_is_journaled");
    return find.bind("action", action.toString(QUuid::WithoutBraces)).next();
}

qint64 nextNumber(Database &database)
{
    Statement find = database.statement("select_device");
    const qint64 here =
        find.bind("uuid", ReplicaMeta::read(database, ReplicaMeta::device)).next() ? find.integer(1) : 0;
    return std::max(here, ReplicaMeta::read(database, ReplicaMeta::number).toLongLong()) + 1;
}

QList<OutgoingMedia> filesOf(const Action &action, const QSet<QString> &uploaded)
{
    QList<OutgoingMedia> files;
    if (const auto *reply = std::get_if<Act::SendReply>(&action.arguments))
        files = reply->media;
    files.removeIf([&uploaded](const OutgoingMedia &file) { return uploaded.contains(file.hash); });
    return files;
}

/// Whether an action is refused because somebody has written since. Of a status that was changed since more is to be
/// said: who else did it is news.
bool asksWhoWrote(const Action &action, const ConversationFacts &conversation)
{
    const bool isStatus = std::holds_alternative<Act::SetStatus>(action.arguments);
    return std::holds_alternative<Act::SendReply>(action.arguments) ||
           (isStatus && conversation.statusMark.seq <= action.basedOn);
}

/// What this replica itself wrote under an earlier log-in is no news to who goes on after it.
Seq acknowledgedBy(Database &database, const Action &action, const QStringList &formerDevices)
{
    if (action.basedOn == 0 || formerDevices.isEmpty())
        return action.basedOn;
    const auto present = loadFacts(database, action, {}).conversation;
    if (!present || !asksWhoWrote(action, *present))
        return action.basedOn;
    const auto publicSeq = [&](const QString &device) {
        const auto conversation = loadFacts(database, action, device).conversation;
        return conversation ? conversation->publicSeq : 0;
    };
    const Seq now = present->publicSeq;
    const bool isOwn =
        std::ranges::any_of(formerDevices, [&](const QString &device) { return publicSeq(device) <= action.basedOn; });
    return isOwn && action.basedOn < now ? now : action.basedOn;
}

/// After a new log-in what came before it in a conversation is to be here first, so that it is known for one's own.
bool waitsForOwn(Database &database, const OutboxEntry &entry, const QStringList &formerDevices)
{
    if (formerDevices.isEmpty() || entry.action.basedOn == 0 || !entry.conversation.isValid())
        return false;
    Statement find = database.statement("select_outbox_newest");
    find.bind("conversation", entry.conversation).bind("before", entry.id);
    return readEntry(find).has_value();
}

WaitingAction waitingAction(const OutboxEntry &entry)
{
    const bool isRefused = entry.state == State::refused;
    WaitingAction waiting{entry.id, entry.action, entry.at, entry.conversation, isRefused, {}, entry.isRefusedHere};
    if (waiting.isRefused && entry.outcome)
        waiting.refusal = entry.outcome->refusal;
    return waiting;
}

} // namespace

Result<Queued> queueAction(Writing &writing, const Action &action)
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
    const bool isWithdrawn = withdrawPart(writing, entry) || withdrawWithUndone(writing, entry);
    // Then it is certain: neither the one nor the other ever goes out.
    shown.isForecast = !isWithdrawn;
    return database.result(Queued{isWithdrawn ? 0 : entry.id, shown});
}

Result<Queued> queueWritten(Writing &writing, const Action &action, AgentId agent, const DraftRecord &draft)
{
    const Result<Queued> queued = queueAction(writing, action);
    if (!queued)
        return queued;
    settleDraft(writing, agent, draft, queued->entry != 0 || queued->outcome.isApplied());
    if (queued->entry != 0) {
        PersonalState written;
        written.drafts.insert({draft.conversation, draft.mode}, draft);
        QJsonObject body = toJson(action);
        body.insert(QStringLiteral("draft"),
                    QJsonObject{{QStringLiteral("agent"), agent.value}, {QStringLiteral("personal"), toJson(written)}});
        Statement store = writing.statement("update_outbox_body");
        store.bind("id", queued->entry).bind("body", jsonText(body)).run();
    }
    return writing.database().result(*queued);
}

Result<OutboxBatch> takeBatch(Writing &writing, const BatchLimits &limits, const QSet<QString> &uploaded)
{
    Database &database = writing.database();
    QList<OutboxEntry> entries;
    {
        Statement rows = database.statement("list_outbox_to_send");
        rows.bind("limit", limits.actions);
        while (auto entry = readEntry(rows))
            entries.append(*entry);
    }
    OutboxBatch batch;
    qint64 number = entries.isEmpty() ? 0 : nextNumber(database);
    const qint64 before = number;
    const QString era = presentEra(database);
    qint64 bytes = 0;
    const QStringList former = ReplicaMeta::read(database, ReplicaMeta::formerDevices).split(u' ', Qt::SkipEmptyParts);
    for (OutboxEntry &entry : entries) {
        // Not before it is judged, nor before what it names has a name there.
        if (entry.era != era || !isNameable(database, entry) || waitsForOwn(database, entry, former))
            break;
        if (!entry.isReadable) {
            batch.hopeless = batch.entries.isEmpty() ? entry.id : 0;
            batch.why = RefusalKind::unreadable;
            break;
        }
        const QList<OutgoingMedia> files = filesOf(entry.action, uploaded);
        if (!files.isEmpty()) {
            batch.files = batch.entries.isEmpty() ? files : QList<OutgoingMedia>();
            batch.waitsForFiles = batch.entries.isEmpty() ? entry.id : 0;
            break;
        }
        entry.action.basedOn = acknowledgedBy(database, entry.action, former);
        QJsonObject wire = wireOf(database, entry);
        bytes += QJsonDocument(wire).toJson(QJsonDocument::Compact).size() + mostBytesBeside;
        if (limits.bytes > 0 && bytes > limits.bytes - mostBytesAround) {
            batch.hopeless = batch.entries.isEmpty() ? entry.id : 0;
            break;
        }
        if (entry.state == State::waiting)
            batch.first.append(entry.id);
        // Also of one that was sent under a number which was not the next: without one it would take any.
        if (entry.state == State::waiting || entry.number == 0) {
            if (entry.number == 0)
                entry.number = number++;
            Statement store = database.statement("update_outbox_number");
            store.bind("id", entry.id).bind("number", entry.number).run();
        }
        wire.insert(QStringLiteral("number"), entry.number);
        batch.entries.append(entry.id);
        batch.actions.append(wire);
    }
    if (number > before)
        ReplicaMeta::write(database, ReplicaMeta::number, QString::number(number - 1));
    return database.result(batch);
}

Done takeBack(Writing &writing, const QList<qint64> &entries)
{
    for (const qint64 entry : entries) {
        Statement store = writing.statement("update_outbox_unsent");
        store.bind("id", entry).run();
    }
    return writing.database().done();
}

namespace {

/// Takes the answers of one Action/perform one after another.
class Answering
{
public:
    Answering(Writing &writing, const QSet<qint64> &told, const AnswerForm &form)
        : m_writing(writing)
        , m_told(told)
        , m_form(form)
    {
    }

    void take(qint64 id, const Outcome &outcome)
    {
        const auto entry = loadEntry(m_writing.database(), id);
        if (!entry || (entry->state != State::sent && entry->state != State::waiting))
            return;
        if (outcome.isApplied()) {
            store(*entry, State::answered, outcome);
            return;
        }
        switch (outcome.refusal.kind) {
        case RefusalKind::tryAgain:
        case RefusalKind::unreachable:
            m_answered.isToRepeat = true;
            break;
        case RefusalKind::outOfOrder:
        case RefusalKind::deviceReset:
            renumber(*entry, outcome.refusal.expected);
            break;
        default:
            refuse(*entry, outcome);
        }
    }

    [[nodiscard]] Answered finish()
    {
        if (m_hasWithdrawn)
            decideAgain(m_writing);
        // Its rows may have come before its answer.
        endAnswered(m_writing, m_writing.lastSeq());
        return m_answered;
    }

private:
    void store(const OutboxEntry &entry, State state, const Outcome &outcome)
    {
        Statement store = m_writing.statement("update_outbox_outcome");
        store.bind("id", entry.id).bind("state", state).bind("seq", outcome.seq);
        store.bind("outcome", jsonText(toJson(outcome))).run();
        m_writing.notice().hasOutbox = true;
    }

    /// The first that says so says from which number on.
    void renumber(const OutboxEntry &entry, qint64 expected)
    {
        if (std::exchange(m_answered.isRenumbered, true))
            return;
        Database &database = m_writing.database();
        database.statement("clear_outbox_numbers").run();
        // An older server does not say which it expects when it knows the number: the next one, then.
        const qint64 last = expected > 0 ? expected - 1 : entry.number;
        ReplicaMeta::write(database, ReplicaMeta::number, QString::number(last));
    }

    void refuse(const OutboxEntry &entry, const Outcome &outcome)
    {
        if (m_form.showsAnew && !std::exchange(m_hasWithdrawn, true))
            withdrawForecasts(m_writing);
        // What may have arrived all the same is not forgotten: it ends when its rows say so.
        const bool isCertain = !m_form.isHere || entry.number == 0;
        const bool isTold = m_told.contains(entry.id) && isCertain;
        const bool isNothing = isUndoingNothing(entry);
        if (isTold || isNothing)
            restoreDraft(entry);
        if (isNothing) {
            deleteEntry(m_writing, entry.id);
            return;
        }
        if (m_form.isHere)
            refuseHere(m_writing, entry.id, outcome.refusal.kind, entry.conversation, outcome.refusal.detail);
        else
            store(entry, State::refused, outcome);
        OutboxEntry refused = entry;
        refused.state = State::refused;
        refused.isRefusedHere = m_form.isHere;
        refused.outcome = outcome;
        (isTold ? m_answered.told : m_answered.undone).append(waitingAction(refused));
    }

    /// Its writer goes on with it; what was begun in its place stays.
    void restoreDraft(const OutboxEntry &entry)
    {
        const AgentId agent(entry.draft.value(QLatin1StringView("agent")).toInteger());
        const PersonalState written = personalFromJson(entry.draft.value(QLatin1StringView("personal")).toObject());
        for (const auto &draft : written.drafts) {
            if (!draft)
                continue;
            const auto others = loadDrafts(m_writing.database(), agent, draft->conversation);
            const bool isFree = others && std::ranges::find(*others, draft->mode, &DraftRecord::mode) == others->end();
            if (isFree)
                settleDraft(m_writing, agent, *draft, false);
        }
    }

    /// What was to be taken back was not done either.
    [[nodiscard]] bool isUndoingNothing(const OutboxEntry &entry)
    {
        if (entry.undoes == 0)
            return false;
        const auto undone = loadEntry(m_writing.database(), entry.undoes);
        return !undone || undone->state == State::refused;
    }

    Writing &m_writing;
    const QSet<qint64> &m_told;
    const AnswerForm m_form;
    bool m_hasWithdrawn = false;
    Answered m_answered;
};

} // namespace

Result<Answered> takeAnswers(Writing &writing, const QList<qint64> &entries, const QList<Outcome> &outcomes,
                             const QSet<qint64> &told, const AnswerForm &form)
{
    Answering answering(writing, told, form);
    for (qsizetype i = 0; i < entries.size() && i < outcomes.size(); ++i)
        answering.take(entries.at(i), outcomes.at(i));
    Answered answered = answering.finish();
    if (!form.showsAnew)
        ReplicaMeta::write(writing.database(), ReplicaMeta::torn, QStringLiteral("yes"));
    answered.isToRepeat = answered.isToRepeat || outcomes.size() < entries.size();
    return writing.database().result(answered);
}

void endAnswered(Writing &writing, Seq position)
{
    Statement end = writing.statement("update_outbox_done");
    end.bind("position", position).run();
    bool hasEnded = writing.database().changedRows() > 0;
    // Refused by somebody on the way, and done all the same.
    Statement settle = writing.statement("update_outbox_settled");
    settle.run();
    hasEnded = hasEnded || writing.database().changedRows() > 0;
    writing.notice().hasOutbox = writing.notice().hasOutbox || hasEnded;
}

void endTold(Writing &writing, const WaitingAction &told)
{
    const auto found = loadEntry(writing.database(), told.entry);
    if (found && found->state == State::refused && found->action.id == told.action.id &&
        found->isRefusedHere == told.isRefusedHere)
        deleteEntry(writing, told.entry);
}

Done discardEntry(Writing &writing, qint64 entry)
{
    const auto found = loadEntry(writing.database(), entry);
    if (!found)
        return fail(ErrorKind::notFound);
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

Queued refusedNow(RefusalKind kind)
{
    Queued queued;
    queued.outcome.kind = Outcome::Kind::refused;
    queued.outcome.refusal.kind = kind;
    return queued;
}

/// Bases it on what a person who asks for it anew has before the eyes. @param seen of its conversation; 0 = all
void baseAnew(Database &database, Action &action, Seq seen)
{
    const Facts facts = loadFacts(database, action, ReplicaMeta::read(database, ReplicaMeta::device));
    const Seq all = facts.conversation ? std::max(facts.conversation->seq, facts.conversation->twinAnsweredSeq) : 0;
    action.basedOn = seen > 0 ? seen : all;
    action.arguments = basedOnPresent(action.arguments, facts);
}

/// The server has decided nothing: under its id it is done once, whatever became of it before.
Queued sendAgain(Writing &writing, const OutboxEntry &entry, const Anyway &how)
{
    Database &database = writing.database();
    withdrawForecasts(writing);
    Action again = entry.action;
    again.arguments = how.instead.value_or(again.arguments);
    baseAnew(database, again, how.seen);
    {
        Statement store = writing.statement("update_outbox_anew");
        store.bind("id", entry.id).bind("era", eraOfRows(database)).bind("body", jsonText(toJson(again))).run();
    }
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
    const RefusalKind kind = entry.outcome ? entry.outcome->refusal.kind : RefusalKind::invalid;
    Action anew = makeAction(how.instead.value_or(entry.action.arguments), writing.now());
    if (kind == RefusalKind::notFound)
        makeNew(anew.arguments);
    baseAnew(writing.database(), anew, how.seen);
    anew.force = isForced(anew, kind);
    auto *reply = std::get_if<Act::SendReply>(&anew.arguments);
    if (reply && kind == RefusalKind::moreReaders)
        reply->mayWiden = true;
    Result<Queued> queued = queueAction(writing, anew);
    // What it answered is gone: that is all that is in its way.
    const bool isGone = queued && !queued->outcome.isApplied() && reply && kind == RefusalKind::notPossible &&
                        queued->outcome.refusal.kind == kind;
    if (isGone) {
        Action forced = makeAction(anew.arguments, writing.now(), anew.basedOn);
        forced.force = true;
        queued = queueAction(writing, forced);
    }
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
    // Other words under an id that the server may know would be lost.
    const bool isSame = !how.instead || refused->number == 0;
    return refused->isRefusedHere && isSame ? database.result(sendAgain(writing, *refused, how))
                                            : actAnew(writing, *refused, how);
}

void pruneOutbox(Writing &writing)
{
    Statement remove = writing.statement("delete_outbox_done");
    remove.bind("before", writing.now() - keptDone).run();
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
    for (const char *list : {"list_outbox_refused", "list_outbox_to_send"}) {
        Statement rows = database.statement(list);
        rows.bind("limit", mostShown);
        while (const auto entry = readEntry(rows))
            overview.actions.append(waitingAction(*entry));
    }
    return database.result(overview);
}

} // namespace Earshot
