// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/outboxanswers.h"

#include "desk/personalstate.h"
#include "model/actionjson.h"
#include "replica/devicenumbers.h"
#include "replica/forecasts.h"
#include "replica/outboxentry.h"
#include "replica/outboxsettling.h"
#include "replica/replicameta.h"
#include "workspace/queries.h"

#include <algorithm>
#include <utility>

namespace Earshot {

namespace {

using State = OutboxEntry::State;

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
            if (entry->isSettling())
                showAgain(*entry);
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
            entry->isSettling() ? endSettling(m_writing, *entry, outcome, m_form.isHere) : refuse(*entry, outcome);
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
        storeLastNumber(database, last);
    }

    void decideAnew()
    {
        if (m_form.showsAnew && !std::exchange(m_hasWithdrawn, true))
            withdrawForecasts(m_writing);
    }

    /// It was done there.
    void showAgain(OutboxEntry entry)
    {
        decideAnew();
        entry.settling = OutboxEntry::Settling::no;
        storeBody(m_writing, entry);
    }

    void refuse(const OutboxEntry &entry, const Outcome &outcome)
    {
        decideAnew();
        // What may have arrived all the same is not forgotten: it ends when its rows say so.
        const bool isCertain = !m_form.isHere || entry.state == State::waiting;
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
    end.bind("position", position).bind("now", writing.now()).run();
    bool hasEnded = writing.database().changedRows() > 0;
    // Refused by somebody on the way, and done all the same.
    Statement settle = writing.statement("update_outbox_settled");
    settle.bind("now", writing.now()).run();
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

} // namespace Earshot
