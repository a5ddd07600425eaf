// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/outboxsettling.h"

#include "model/actionjson.h"
#include "replica/outboxanswers.h"
#include "replica/serverera.h"

namespace Earshot {

namespace {

using State = OutboxEntry::State;
using Settling = OutboxEntry::Settling;

/// An older server says so of a kind that it does not know.
bool isUnknownKind(const Refusal &refusal)
{
    return refusal.kind == RefusalKind::invalid && refusal.detail == QLatin1StringView("kind");
}

void storeOutcome(Writing &writing, const OutboxEntry &entry, const Outcome &outcome)
{
    Statement store = writing.statement("update_outbox_outcome");
    store.bind("id", entry.id).bind("state", State::refused).bind("seq", outcome.seq);
    store.bind("outcome", jsonText(toJson(outcome))).run();
    writing.notice().hasOutbox = true;
}

} // namespace

Result<std::optional<Settled>> settleEntry(Writing &writing, qint64 id, Settling settling)
{
    Database &database = writing.database();
    auto entry = loadEntry(database, id);
    if (!entry)
        return fail(ErrorKind::notFound);
    if (isJournaled(database, entry->action.id)) {
        endAnswered(writing, writing.lastSeq());
        return database.result(std::optional(Settled::done));
    }
    if (!entry->isSettling() && !entry->mayBeKnown()) {
        if (entry->state == State::waiting || entry->state == State::sent)
            return fail(ErrorKind::refused, QStringLiteral("it is on its way"));
        return settledAs(database, id);
    }
    const bool isAsked = entry->isSettling();
    // Who has given it up is not asked again.
    if (entry->settling != Settling::forgetting)
        entry->settling = settling;
    storeBody(writing, *entry);
    if (!isAsked) {
        Statement store = writing.statement("update_outbox_settling");
        store.bind("id", id).bind("era", eraOfRows(database)).run();
    }
    writing.notice().hasOutbox = true;
    return database.result(std::optional<Settled>());
}

void endSettling(Writing &writing, const OutboxEntry &entry, const Outcome &outcome, bool isHere)
{
    // An older server remembers under that id that it refused it: it is never done there either.
    if (entry.settling == Settling::forgetting && !isHere) {
        deleteEntry(writing, entry.id);
        return;
    }
    OutboxEntry refused = entry;
    refused.settling = Settling::no;
    storeBody(writing, refused);
    const bool isUnaskable = isUnknownKind(outcome.refusal);
    if (!isHere && !isUnaskable) {
        storeOutcome(writing, entry, outcome);
        return;
    }
    const Refusal before = entry.outcome ? entry.outcome->refusal : outcome.refusal;
    refuseHere(writing, entry.id, before.kind, entry.conversation, isUnaskable ? unaskableReason() : before.detail);
}

Result<std::optional<Settled>> settledAs(Database &database, qint64 id)
{
    const auto entry = loadEntry(database, id);
    if (!entry)
        return database.result(std::optional(Settled::withdrawn));
    if (entry->isSettling() || entry->state == State::waiting || entry->state == State::sent)
        return database.result(std::optional<Settled>());
    if (entry->state != State::refused)
        return database.result(std::optional(entry->state == State::withdrawn ? Settled::withdrawn : Settled::done));
    if (!entry->mayBeKnown())
        return database.result(std::optional(Settled::withdrawn));
    const bool isUnaskable = entry->outcome && entry->outcome->refusal.detail == unaskableReason();
    return fail(isUnaskable ? ErrorKind::unsupported : ErrorKind::unsure);
}

QString unsettledReason()
{
    return QStringLiteral("it may have been done already; whether it was is asked first");
}

QString unaskableReason()
{
    return QStringLiteral("the server is too old to be asked whether it was done already");
}

} // namespace Earshot
