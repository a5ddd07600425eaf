// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"

#include <QCoreApplication>

namespace Earshot {

class Roster;
struct MessageRecord;
struct SinceWritten;

/// What somebody typed and what is there instead, as plain text to be read whole.
class OutboxWords final
{
    Q_DECLARE_TR_FUNCTIONS(Earshot::OutboxWords)

public:
    /// All that was typed for an action; empty = nothing was.
    [[nodiscard]] static QString of(const ActionArguments &arguments, const Roster &roster);
    /// Whether they are written on where they are shown.
    [[nodiscard]] static bool areWrittenOnHere(const ActionArguments &arguments);
    /// The same with other words, where areWrittenOnHere().
    [[nodiscard]] static ActionArguments with(const ActionArguments &arguments, const QString &words);
    /// What is known of what was done here, in a line's end.
    [[nodiscard]] static QString stateOf(const WaitingAction &one);
    /// The same in sentences.
    /// @param me whose outbox it is
    /// @param held what keeps those that wait from the server; none = that is not reached
    [[nodiscard]] static QString whyIsHere(const WaitingAction &one, AgentId me,
                                           const std::optional<HeldUp> &held = {});
    [[nodiscard]] static QString whyHeldUp(const HeldUp &held);
    /// Why it cannot be changed: it was done, or what became of it is still not known.
    [[nodiscard]] static QString unsettled(const Result<Settled> &settled);
    [[nodiscard]] static QString present(const SinceWritten &since, Time now);

private:
    [[nodiscard]] static QString of(const MessageRecord &message, Time now);
    [[nodiscard]] static QString whyRefused(const Refusal &refusal, AgentId me);
};

} // namespace Earshot
