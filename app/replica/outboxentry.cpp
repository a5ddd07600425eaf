// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/outboxentry.h"

#include "model/actionjson.h"

#include <QJsonDocument>

namespace Earshot {

namespace {

// Beside an action's own members.
const QLatin1StringView draftMember("draft");
const QLatin1StringView settlingMember("settling");
const QLatin1StringView forgettingWord("forgetting");
const QLatin1StringView keepingWord("keeping");

OutboxEntry::Settling takeSettling(QJsonObject &object)
{
    const QString word = object.take(settlingMember).toString();
    return word == forgettingWord ? OutboxEntry::Settling::forgetting
           : word == keepingWord  ? OutboxEntry::Settling::keeping
                                  : OutboxEntry::Settling::no;
}

} // namespace

QString jsonText(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

std::optional<OutboxEntry> readEntry(Statement &rows)
{
    if (!rows.next())
        return std::nullopt;
    OutboxEntry entry;
    QString body;
    QString outcome;
    bool isUndecided = false;
    rows >> entry.id >> body >> entry.at >> entry.conversation >> entry.number >> entry.state >> outcome >> entry.seq >>
        entry.undoes >> isUndecided >> entry.era >> entry.isRefusedHere >> entry.part;
    entry.isDecided = !isUndecided;
    QJsonObject object = QJsonDocument::fromJson(body.toUtf8()).object();
    entry.draft = object.take(draftMember).toObject();
    entry.settling = takeSettling(object);
    const auto action = actionFromJson(object);
    entry.isReadable = action.has_value();
    if (action)
        entry.action = *action;
    if (const auto known = outcomeFromJson(QJsonDocument::fromJson(outcome.toUtf8()).object()))
        entry.outcome = *known;
    if (entry.outcome)
        entry.outcome->isForecast = entry.state < OutboxEntry::State::answered;
    return entry;
}

bool isJournaled(Database &database, const QUuid &action)
{
    Statement find = database.statement("select_is_journaled");
    return find.bind("action", action.toString(QUuid::WithoutBraces)).next();
}

std::optional<OutboxEntry> loadEntry(Database &database, qint64 id)
{
    Statement find = database.statement("select_outbox_entry");
    find.bind("id", id);
    return readEntry(find);
}

WaitingAction waitingAction(const OutboxEntry &entry)
{
    const bool isRefused = entry.state == OutboxEntry::State::refused;
    WaitingAction waiting{entry.id, entry.action, entry.at, entry.conversation, isRefused, {}, entry.isRefusedHere};
    if (waiting.isRefused && entry.outcome)
        waiting.refusal = entry.outcome->refusal;
    waiting.mayBeKnown = entry.mayBeKnown();
    waiting.isSettling = entry.isSettling();
    return waiting;
}

OutboxEntry insertEntry(Writing &writing, const Action &action, const QString &era)
{
    const QJsonObject body = toJson(action);
    OutboxEntry entry;
    entry.action = action;
    entry.at = writing.now();
    entry.era = era;
    entry.conversation =
        ConversationId(body.value(QLatin1StringView("arguments"))[QLatin1StringView("conversation")].toInteger());
    Statement insert = writing.statement("insert_outbox");
    insert.bind("action", action.id.toString(QUuid::WithoutBraces)).bind("body", jsonText(body)).bind("era", era);
    insert.bind("at", entry.at).bind("conversation", entry.conversation).run();
    entry.id = writing.database().lastInsertId();
    writing.notice().hasOutbox = true;
    return entry;
}

void storeBody(Writing &writing, const OutboxEntry &entry)
{
    QJsonObject body = toJson(entry.action);
    if (!entry.draft.isEmpty())
        body.insert(draftMember, entry.draft);
    if (entry.isSettling())
        body.insert(settlingMember, entry.settling == OutboxEntry::Settling::forgetting ? forgettingWord : keepingWord);
    Statement store = writing.statement("update_outbox_body");
    store.bind("id", entry.id).bind("body", jsonText(body)).run();
}

void setEntryState(Writing &writing, qint64 entry, OutboxEntry::State state, qint64 undoes)
{
    Statement store = writing.statement("update_outbox_state");
    store.bind("id", entry).bind("state", state);
    if (undoes != 0)
        store.bind("undoes", undoes);
    else
        store.bindNull("undoes");
    store.run();
}

void deleteEntry(Writing &writing, qint64 entry)
{
    Statement remove = writing.statement("delete_outbox_entry");
    remove.bind("id", entry).run();
    writing.notice().hasOutbox = true;
}

void refuseHere(Writing &writing, qint64 id, RefusalKind kind, ConversationId conversation, const QString &detail)
{
    Outcome refused;
    refused.kind = Outcome::Kind::refused;
    refused.refusal.kind = kind;
    refused.refusal.detail = detail;
    Statement store = writing.statement("update_outbox_refused_here");
    store.bind("id", id).bind("conversation", conversation).bind("outcome", jsonText(toJson(refused))).run();
    writing.notice().hasOutbox = true;
}

} // namespace Earshot
