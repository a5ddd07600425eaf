// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cli/interrupt.h"
#include "courier/accesschange.h"
#include "courier/session.h"
#include "desk/questions.h"
#include "workspace/historyreach.h"

#include <memory>

namespace Earshot {

/// Where commands read and act: a workspace file opened in this process, or one that a server serves. Commands do not
/// know which. Lives on the main thread; every member waits until it is done or interrupted (cancelled).
class Workplace
{
public:
    virtual ~Workplace() = default;

    /// The file's path or the server's address.
    [[nodiscard]] virtual QString name() const = 0;
    /// Who acts.
    [[nodiscard]] virtual AgentId me() const = 0;
    /// What the agent may see. Errors: those of the question, and of reading or of the way to the server.
    [[nodiscard]] virtual Result<Answer> answer(const Question &question) = 0;
    template <class Asked>
    [[nodiscard]] Result<typename Asked::Answer> ask(const Asked &question)
    {
        Result<Answer> answered = answer(question);
        if (!answered)
            return tl::unexpected(answered.error());
        return std::get<typename Asked::Answer>(*std::move(answered));
    }
    /// How far back it holds and finds what there is; a server all of it. Errors: those of reading.
    [[nodiscard]] virtual Result<HistoryReach> reach() { return HistoryReach(); }
    /// One outcome for each action.
    [[nodiscard]] virtual Result<QList<Outcome>> perform(const QList<Action> &actions) = 0;
    [[nodiscard]] virtual ChannelService &channels() = 0;
    /// A file that a reply is to take along.
    [[nodiscard]] virtual Result<OutgoingMedia> keepFile(const QString &file, const QString &description) = 0;
    [[nodiscard]] virtual Done changeAccess(const AccessChange &change) = 0;
    /// This file is the one to work with.
    [[nodiscard]] virtual Done adopt() = 0;
    /// Everything that was done is stored.
    [[nodiscard]] virtual Done close() = 0;
};

/// Errors: those of Session::open.
[[nodiscard]] Result<std::unique_ptr<Workplace>> openFile(Session::Options options, const Clock &clock,
                                                          Interrupt &interrupt);

} // namespace Earshot
