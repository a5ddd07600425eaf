// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cli/await.h"
#include "cli/invocation.h"
#include "cli/output.h"
#include "cli/workplace.h"

#include <QTimeZone>

#include <memory>

namespace Earshot {

/// One command being carried out: what was asked for, where its answer goes, and the workspace, a file or a server's,
/// opened when first needed. Lives on the main thread.
class Call
{
public:
    enum class For {
        reading, ///< beside whoever owns the file
        acting,  ///< as the owner, or through the process that is
    };

    Call(const Invocation &invocation, Output &output, Interrupt &interrupt, const Clock &clock);
    ~Call();

    [[nodiscard]] const Invocation &invocation() const { return m_invocation; }
    [[nodiscard]] QString argument(qsizetype index) const { return m_invocation.arguments.value(index); }
    [[nodiscard]] bool has(const char *option) const { return m_invocation.has(option); }
    [[nodiscard]] QString value(const char *option) const { return m_invocation.value(option); }
    /// A whole number of 1 or more. Errors: invalid.
    [[nodiscard]] Result<int> number(const char *option, int otherwise) const;

    [[nodiscard]] Output &output() { return m_output; }
    [[nodiscard]] Interrupt &interrupt() { return m_interrupt; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    [[nodiscard]] Time now() const { return m_clock.now(); }
    [[nodiscard]] QTimeZone zone() const { return QTimeZone::systemTimeZone(); }
    /// A time as a person reads it here.
    [[nodiscard]] QString shown(Time time) const;

    /// --workspace, or the desktop's.
    [[nodiscard]] QString workspacePath() const;
    /// Opens the workspace; a second call does nothing. Errors: those of Session::open, or of the way to the server.
    [[nodiscard]] Done open(For purpose);
    /// Waits until everything that was done is stored.
    [[nodiscard]] Done close();

    template <class T>
    [[nodiscard]] Result<T> wait(const QFuture<Result<T>> &future)
    {
        return await(future, m_interrupt);
    }

    // Of the opened workspace.
    [[nodiscard]] Workplace &place() { return *m_place; }
    template <class Asked>
    [[nodiscard]] Result<typename Asked::Answer> ask(const Asked &question)
    {
        return m_place->ask(question);
    }
    [[nodiscard]] AgentId me() const { return m_place->me(); }
    [[nodiscard]] ChannelService &channels() { return m_place->channels(); }
    [[nodiscard]] Result<QList<Outcome>> perform(const QList<Action> &actions);

    // What a person names. Errors: invalid (not such a thing), notFound.
    [[nodiscard]] Result<ConversationRecord> conversation(const QString &number);
    [[nodiscard]] Result<QList<ConversationRecord>> conversations(const QStringList &numbers);
    [[nodiscard]] Result<MessageRecord> message(const QString &id);
    [[nodiscard]] Result<DeliveryRecord> delivery(const QString &id);
    [[nodiscard]] Result<ChannelRecord> channel(const QString &idOrName);
    [[nodiscard]] Result<AgentRecord> agent(const QString &name);
    [[nodiscard]] Result<TagRecord> tag(const QString &name);
    [[nodiscard]] Result<TeamRecord> team(const QString &name);
    [[nodiscard]] Result<QHash<ChannelId, ChannelRecord>> channelsById();

    /// `argument`, or standard input when it is "-".
    [[nodiscard]] Result<QString> text(const QString &argument);

private:
    [[nodiscard]] Done openWorkspace(For purpose);
    [[nodiscard]] Done openAtServer();

    const Invocation &m_invocation;
    Output &m_output;
    Interrupt &m_interrupt;
    const Clock &m_clock;
    std::unique_ptr<Workplace> m_place;
};

/// A positive whole number, perhaps after "#".
[[nodiscard]] Result<qint64> parseNumber(const QString &text);

/// The whole file, or standard input when it is "-"; at most `limit` bytes. Errors: io, tooLarge.
[[nodiscard]] Result<QByteArray> readInput(const QString &file, qint64 limit);

} // namespace Earshot
