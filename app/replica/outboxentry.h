// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "model/action.h"
#include "model/outcome.h"
#include "workspace/workspace.h"

#include <QJsonObject>

#include <optional>

namespace Earshot {

/// One thing done on a replica, until the server's rows say so. The order is stored.
struct OutboxEntry
{
    enum class State {
        waiting,
        sent,     ///< it may have arrived
        answered, ///< its rows are to come
        refused,  ///< a person is to say what becomes of it
        done,
        withdrawn, ///< undone before it was sent
    };
    /// While the server is asked what became of it: what it is then, where it was not done.
    enum class Settling {
        no,
        keeping,    ///< refused: a person says what becomes of it
        forgetting, ///< gone
    };
    qint64 id = 0;
    Action action;
    Time at;
    ConversationId conversation;
    qint64 number = 0; ///< 0 = it has none, below 0 = it had one
    State state = State::waiting;
    std::optional<Outcome> outcome; ///< the forecast, then the answer
    Seq seq = 0;
    qint64 undoes = 0;
    int part = 0; ///< of a reply in several ones that `undoes` made: 0 = the first
    bool isDecided = false;
    QString era;                ///< the server's incarnation under which it was decided and sent
    bool isRefusedHere = false; ///< the server has decided nothing: under its id it can still be done once
    bool isReadable = true;     ///< false: `action` is nothing
    Settling settling = Settling::no;
    QJsonObject draft; ///< what it was before it was handed over; empty = that is nowhere else or was none

    [[nodiscard]] bool isOpen() const { return state <= State::answered; }
    /// Of a refused one: it was sent, and what became of it there is not known.
    [[nodiscard]] bool mayBeKnown() const { return state == State::refused && isRefusedHere && number != 0; }
    [[nodiscard]] bool isSettling() const { return settling != Settling::no; }
};

/// As it is stored.
[[nodiscard]] QString jsonText(const QJsonObject &object);
/// The next row of list_outbox_*.sql and select_outbox_*.sql.
[[nodiscard]] std::optional<OutboxEntry> readEntry(Statement &rows);
[[nodiscard]] std::optional<OutboxEntry> loadEntry(Database &database, qint64 id);
[[nodiscard]] WaitingAction waitingAction(const OutboxEntry &entry);
/// Whether the rows here hold what an action did.
[[nodiscard]] bool isJournaled(Database &database, const QUuid &action);
/// A new one that waits.
OutboxEntry insertEntry(Writing &writing, const Action &action, const QString &era);
/// The entry's action, with what is kept beside it.
void storeBody(Writing &writing, const OutboxEntry &entry);
/// @param undoes the one that it takes back; 0 = none
void setEntryState(Writing &writing, qint64 entry, OutboxEntry::State state, qint64 undoes);
void deleteEntry(Writing &writing, qint64 entry);
/// Nothing is sent of it until a person says so; then under the same id, as the server has decided nothing.
void refuseHere(Writing &writing, qint64 id, RefusalKind kind, ConversationId conversation, const QString &detail = {});

} // namespace Earshot
