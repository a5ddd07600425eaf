// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/action.h"
#include "model/outcome.h"
#include "workspace/database.h"

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
    qint64 id = 0;
    Action action;
    Time at;
    ConversationId conversation;
    qint64 number = 0; ///< 0 = it was never sent
    State state = State::waiting;
    std::optional<Outcome> outcome; ///< the forecast, then the answer
    Seq seq = 0;
    qint64 undoes = 0;
    bool isDecided = false;

    [[nodiscard]] bool isOpen() const { return state <= State::answered; }
};

/// The next row of list_outbox_*.sql and select_outbox_*.sql.
[[nodiscard]] std::optional<OutboxEntry> readEntry(Statement &rows);
[[nodiscard]] std::optional<OutboxEntry> loadEntry(Database &database, qint64 id);

} // namespace Earshot
