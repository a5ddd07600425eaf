// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/action.h"

#include <optional>

namespace Earshot {

enum class RefusalKind {
    permission,        ///< the actor's role does not allow it
    notFound,          ///< the target does not exist (any more)
    invalid,           ///< the arguments make no sense; `detail` says which
    taken,             ///< claimed by `by`
    changed,           ///< `by` changed that field, or wished something of the same, since `basedOn`: `detail`
    stale,             ///< the conversation has moved on since `basedOn`
    answeredElsewhere, ///< its twin on another channel was answered since
    notPossible,       ///< not in this state, or the channel cannot do it; `detail` says why
    outOfOrder,        ///< the device's next number is `expected`
    deviceReset,       ///< the number is known with another id; the next is `expected`
    dependsOnRefused,  ///< builds on an action that was refused
    tryAgain,          ///< COMMIT failed; not remembered
    unreachable,       ///< the process that owns the file does not answer
    moreReaders,       ///< more people would see the reply than the message answered: wants a word of consent
    restored,          ///< said by a replica alone: its server begins anew from a copy, what became of it is not known
    tooLarge,          ///< said by a replica alone: the server, or one on the way to it, takes nothing so large
    unreadable,        ///< said by a replica alone: what was kept of it cannot be read any more
};

struct Refusal
{
    RefusalKind kind = RefusalKind::invalid;
    AgentId by;
    QString byName;
    QString detail;
    qint64 expected = 0;

    bool operator==(const Refusal &) const = default;
};

/// What became of an action.
struct Outcome
{
    enum class Kind { applied, refused, unknown };

    Kind kind = Kind::applied;
    Refusal refusal;
    Seq seq = 0;                            ///< the change number after which everything it did is visible
    qint64 created = 0;                     ///< id of what it made: message, delivery, agent, channel; else 0
    bool hadEffect = true;                  ///< false: it was so already; nothing was changed or journalled twice
    std::optional<ActionArguments> inverse; ///< what undoes it, where that exists
    Seq undoBasedOn = 0;                    ///< `basedOn` for the inverse
    bool isForecast = false; ///< kept here durably and shown; the server has not said yet what becomes of it

    [[nodiscard]] bool isApplied() const { return kind == Kind::applied; }
    bool operator==(const Outcome &) const = default;
};

[[nodiscard]] QString word(RefusalKind kind);
[[nodiscard]] std::optional<RefusalKind> refusalFromWord(QStringView text);

} // namespace Earshot
