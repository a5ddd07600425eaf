// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/outboxanswers.h"
#include "replica/outboxbatch.h"
#include "replica/outboxfiles.h"
#include "replica/performcall.h"
#include "replica/repeatablecall.h"

#include <QTimer>

#include <deque>
#include <memory>

namespace Earshot {

/// Sends what the outbox holds, in its order, one Action/perform at a time; each is repeated under its number and id
/// until the server has said what became of it. Goes on with what an earlier run of the program left. What wants an
/// answer at once goes between, when what is on its way has been answered, and before what is tried again because
/// something on the way turns it away. Files go beside all that, one after another; what waits for one is overtaken
/// (outbox.h). Lives on the thread that made it; workspace and connection outlive it.
class OutboxSender final : public QObject
{
    Q_OBJECT

public:
    /// @param betweenTries the pause after a failure, doubled after each further one up to 30 s
    OutboxSender(Workspace &workspace, ServerConnection &connection, Duration betweenTries, QObject *parent = nullptr);

    /// The server knows this device: sends from now on, at once.
    void setSession(const ServerSession &session);
    /// The server is away, or lets this device in no more: nothing goes out, and nothing is believed to be on its way,
    /// until setSession(). What wants an answer and has not gone out ends with it.
    /// @param why what is said to those who wanted it
    void rest(const Error &why = {ErrorKind::transient, {}, {}});
    /// There is something new in the outbox.
    void wake();
    /// Sends actions when what is on its way has been answered, before what waits in the outbox for its files or for
    /// rows; they are in no outbox. Errors: those of ServerConnection, never unsure: such ones are repeated until their
    /// outcome is known.
    [[nodiscard]] QFuture<Result<QList<Outcome>>> sendDirect(const QList<Action> &actions);
    /// What keeps what waits from the server now.
    [[nodiscard]] HeldUp heldUp() const;
    /// Asked when answers have come, before they are stored: of which of these entries somebody is told, so that what
    /// was refused of them is kept only until then.
    void setTold(std::function<QSet<qint64>(const QList<qint64> &)> told) { m_told = std::move(told); }

Q_SIGNALS:
    /// The answers to what told() was asked about are stored; without outcomes: they could not be.
    void stored(const QList<qint64> &entries, const QList<Earshot::Outcome> &outcomes);
    /// heldUp() is another.
    void heldUpChanged();
    /// What sendDirect() sent may have arrived, and no answer is to be had now; it is still asked for.
    void answerLost();
    /// Refused, and somebody was to be told: it is kept until that has happened. After stored().
    void waitedFor(const Earshot::WaitingAction &action);
    /// Refused without anybody who was told.
    void undone(const Earshot::WaitingAction &action);

private:
    static constexpr Duration patienceWithAnswers = std::chrono::seconds(30);

    /// What wants an answer.
    struct Direct
    {
        QList<Action> actions;
        QList<Outcome> outcomes;
        bool mayHaveArrived = false;
        bool isOnItsWay = false; ///< its answer, or that there is none, is still to come
        std::shared_ptr<Pending<QList<Outcome>>> pending = Pending<QList<Outcome>>::create();
    };

    /// A rest after a failure.
    struct Rest
    {
        QTimer timer;             ///< runs while it lasts
        int failures = 0;         ///< since the server last answered
        std::optional<Error> why; ///< the last of them
        Time until;
    };

    void next();
    /// @param logIn under which its numbers were taken
    void onBatch(const Result<OutboxBatch> &batch, int logIn);
    [[nodiscard]] bool isForFiles() const { return !m_isUploading && !m_filesRest.timer.isActive(); }
    void sendAll(const OutboxBatch &batch);
    void sendFiles(const OutboxBatch &batch);
    void onFilesSent(qint64 entry, const ServerSession &asked, const Done &sent);
    void send(const OutboxBatch &batch);
    void takeBack(const QList<qint64> &entries, const Error &error = {ErrorKind::transient, {}, {}});
    void onAnswer(const QList<qint64> &entries, const Result<QJsonObject> &answer);
    void onNoOutcome(const QList<qint64> &entries, const Error &error);
    void onRefusedAsAWhole(const QList<qint64> &entries, const Error &error);
    void refuse(qint64 entry, RefusalKind kind, const QString &detail = {});
    void store(const QList<qint64> &entries, const QList<Outcome> &outcomes, const AnswerForm &form = {});
    void onStored(const QList<qint64> &entries, const QList<Outcome> &outcomes, const Result<Answered> &answered);
    [[nodiscard]] bool hasUnsentDirect() const;
    void sendFirstDirect();
    /// What certainly was not sent is not kept, and whoever wanted it is told.
    void giveUpUnsent(const Error &error);
    void onDirectAnswer(const Result<QJsonObject> &answer);
    void onLateDirectAnswer(const Result<QJsonObject> &answer);
    /// Another log-in or incarnation has begun since: what is answered then says nothing of this one, and is asked
    /// anew.
    [[nodiscard]] bool isLate(const ServerSession &asked) const { return m_session && !m_session->isSameAs(asked); }
    void goOn();
    void pause(const Error &error);
    void begin(Rest &rest, const Error &error);
    void forget(Rest &rest);

    Workspace &m_workspace;
    const Duration m_betweenTries;
    std::optional<ServerSession> m_session; ///< none = the server has not been reached, or lets this device in no more
    std::function<QSet<qint64>(const QList<qint64> &)> m_told;
    std::deque<std::shared_ptr<Direct>> m_direct;
    RepeatableCall m_call;
    OutboxFiles m_files;
    Rest m_rest;
    Rest m_filesRest;                                      ///< the same of files
    std::optional<std::pair<qint64, Error>> m_fileRefused; ///< whose, to be said when nothing is on its way
    TurnedAway m_turnedAway;
    int m_most = 1; ///< in the next one
    bool m_isBusy = false;
    bool m_isUploading = false;
    bool m_isWoken = false;      ///< while busy
    bool m_isRenumbered = false; ///< by what was answered last
};

} // namespace Earshot
