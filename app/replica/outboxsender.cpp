// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/outboxsender.h"

#include "replica/devicenumbers.h"
#include "replica/forecasts.h"
#include "replica/pauses.h"

#include <algorithm>
#include <utility>

namespace Earshot {

namespace {

constexpr Duration longestBetweenTries = std::chrono::seconds(30);
constexpr Duration longestPause = std::chrono::minutes(5);

/// A person has to do something before this device is let in again.
bool isShutOut(ErrorKind kind)
{
    return kind == ErrorKind::authExpired || kind == ErrorKind::cancelled;
}

/// So often in a row no answer has come before somebody who waits for one is told that.
constexpr int failuresBeforeTold = 3;

} // namespace

OutboxSender::OutboxSender(Workspace &workspace, ServerConnection &connection, Duration betweenTries, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_betweenTries(betweenTries)
    , m_call(connection, patienceWithAnswers)
    , m_files(workspace, connection)
{
    for (Rest *rest : {&m_rest, &m_filesRest}) {
        rest->timer.setSingleShot(true);
        connect(&rest->timer, &QTimer::timeout, this, &OutboxSender::next);
    }
}

void OutboxSender::setSession(const ServerSession &session)
{
    m_session = session;
    forget(m_rest);
    forget(m_filesRest);
    m_fileRefused.reset();
    m_files.setSession(session);
    m_call.setSession(session);
    // One alone at first: it tells whether the numbers are those that the server expects.
    m_most = 1;
    static_cast<void>(
        m_workspace.write<void>(Urgency::interactive, [device = session.device](Writing &writing) -> Done {
            storeDevice(writing, device);
            return {};
        }));
    next();
}

void OutboxSender::rest(const Error &why)
{
    m_session.reset();
    m_rest.timer.stop();
    m_filesRest.timer.stop();
    // It would wait for what is on its way, then for the server, and be done when nobody thinks of it any more.
    giveUpUnsent(why);
    const bool isLost = std::ranges::any_of(m_direct, [](const auto &direct) { return direct->mayHaveArrived; });
    if (isLost)
        Q_EMIT answerLost();
}

void OutboxSender::wake()
{
    m_isWoken = true;
    if (!m_rest.timer.isActive())
        next();
}

void OutboxSender::next()
{
    if (m_isBusy || !m_session)
        return;
    m_isBusy = true;
    m_isWoken = false;
    if (const auto refused = std::exchange(m_fileRefused, std::nullopt)) {
        onRefusedAsAWhole({refused->first}, refused->second);
        return;
    }
    const BatchLimits limits{m_most, m_session->mostBytes};
    whenDone(m_workspace.write<OutboxBatch>(Urgency::interactive,
                                            [limits, uploaded = m_files.sent()](Writing &writing) {
                                                return takeBatch(writing, limits, uploaded);
                                            }),
             this, [this, logIn = m_session->logIn](const Result<OutboxBatch> &batch) { onBatch(batch, logIn); });
}

void OutboxSender::onBatch(const Result<OutboxBatch> &batch, int logIn)
{
    if (!batch)
        pause(batch.error());
    else if (!m_session || m_session->logIn != logIn)
        takeBack(batch->first);
    else if (batch->hopeless != 0)
        refuse(batch->hopeless, batch->why);
    else
        sendAll(*batch);
}

void OutboxSender::sendAll(const OutboxBatch &batch)
{
    // Files take no numbers, and may take their time.
    if (!batch.files.isEmpty() && isForFiles())
        sendFiles(batch);
    const bool isHeldUp = hasUnsentDirect() && m_turnedAway.isCounted(batch.entries);
    if (!batch.entries.isEmpty() && !isHeldUp)
        send(batch);
    else if (!m_direct.empty())
        sendFirstDirect();
    else {
        m_isBusy = false;
        if (m_isWoken)
            next();
    }
}

void OutboxSender::sendFiles(const OutboxBatch &batch)
{
    m_isUploading = true;
    whenDone(m_files.send(*m_session, batch.files), this,
             [this, entry = batch.waitsForFiles, asked = *m_session](const Done &sent) {
                 m_isUploading = false;
                 onFilesSent(entry, asked, sent);
             });
}

void OutboxSender::onFilesSent(qint64 entry, const ServerSession &asked, const Done &sent)
{
    if (sent || isLate(asked)) {
        forget(m_filesRest);
    } else if (m_session && isFileRefused(sent.error().kind)) {
        m_fileRefused = {entry, sent.error()};
    } else if (m_session && isShutOut(sent.error().kind)) {
        // What is on its way is told that as well.
        if (!m_isBusy)
            pause(sent.error());
        return;
    } else {
        begin(m_filesRest, sent.error());
        return;
    }
    m_isWoken = true;
    if (!m_rest.timer.isActive())
        next();
}

void OutboxSender::send(const OutboxBatch &batch)
{
    whenDone(m_call.ask(*m_session, performCall(batch.actions, *m_session)), this,
             [this, batch, asked = *m_session](const Result<QJsonObject> &answer) {
                 // Nobody was reached.
                 if (!answer && answer.error().kind == ErrorKind::transient)
                     takeBack(batch.first, answer.error());
                 else if (isLate(asked))
                     goOn();
                 else
                     onAnswer(batch.entries, answer);
             });
}

void OutboxSender::takeBack(const QList<qint64> &entries, const Error &error)
{
    const auto taken = m_workspace.write<void>(
        Urgency::interactive, [entries](Writing &writing) -> Done { return Earshot::takeBack(writing, entries); });
    whenDone(taken, this, [this, error](const Done &) {
        if (m_session) {
            pause(error);
        } else {
            m_isBusy = false;
        }
    });
}

void OutboxSender::onAnswer(const QList<qint64> &entries, const Result<QJsonObject> &answer)
{
    if (!answer && isRefusedAsAWhole(answer.error().kind)) {
        onRefusedAsAWhole(entries, answer.error());
        return;
    }
    const QList<Outcome> outcomes = answer ? outcomesIn(*answer) : QList<Outcome>();
    if (outcomes.isEmpty()) {
        onNoOutcome(entries, answer ? Error{ErrorKind::unsure, QStringLiteral("no outcomes"), {}} : answer.error());
        return;
    }
    m_turnedAway.forget();
    store(entries, outcomes);
}

/// Where nothing but this one is turned away, what comes after it does not wait any longer. It may have been done: its
/// id stays what it is.
void OutboxSender::onNoOutcome(const QList<qint64> &entries, const Error &error)
{
    if (!TurnedAway::isIt(error.kind)) {
        pause(error);
        return;
    }
    // To whoever wants something else: that is not what was turned away.
    const Error toOthers{ErrorKind::transient, error.detail, error.until};
    const bool isOften = m_turnedAway.isOften(entries, error.kind);
    if (entries.size() == 1 && hasUnsentDirect() && m_session) {
        m_most = 1;
        goOn();
        return;
    }
    if (!isOften || !m_session) {
        pause(toOthers);
        return;
    }
    if (m_turnedAway.isAlone()) {
        m_turnedAway.forget();
        refuse(entries.constFirst(), RefusalKind::invalid, TurnedAway::reason());
        return;
    }
    // It is tried once more then: what turned everything away may have gone in between.
    whenDone(m_call.ask(*m_session, performCall({}, *m_session)), this,
             [this, toOthers](const Result<QJsonObject> &answer) {
                 m_turnedAway.setAlone(answer && answer->value(QLatin1StringView("outcomes")).isArray());
                 m_turnedAway.isAlone() ? goOn() : pause(toOthers);
             });
}

/// Smaller ones may be taken; what is not even alone is a person's to look at.
void OutboxSender::onRefusedAsAWhole(const QList<qint64> &entries, const Error &error)
{
    if (entries.size() > 1) {
        m_most = 1;
        goOn();
        return;
    }
    refuse(entries.constFirst(), refusalOf(error.kind), error.detail);
}

void OutboxSender::refuse(qint64 entry, RefusalKind kind, const QString &detail)
{
    Outcome refused;
    refused.kind = Outcome::Kind::refused;
    refused.refusal.kind = kind;
    refused.refusal.detail = detail;
    store({entry}, {refused}, {true, true});
}

void OutboxSender::store(const QList<qint64> &entries, const QList<Outcome> &outcomes, const AnswerForm &form)
{
    const QSet<qint64> told = m_told && form.showsAnew ? m_told(entries) : QSet<qint64>();
    const auto written =
        m_workspace.write<Answered>(Urgency::interactive, [entries, outcomes, told, form](Writing &writing) {
            return takeAnswers(writing, entries, outcomes, told, form);
        });
    whenDone(written, this, [this, entries, outcomes, form](const Result<Answered> &answered) {
        // The next rows that come put right what is shown.
        if (!answered && answered.error().kind == ErrorKind::damaged && form.showsAnew) {
            Q_EMIT stored(entries, {});
            store(entries, outcomes, {false, form.isHere});
            return;
        }
        onStored(entries, outcomes, answered);
    });
}

void OutboxSender::onStored(const QList<qint64> &entries, const QList<Outcome> &outcomes,
                            const Result<Answered> &answered)
{
    Q_EMIT stored(entries, answered ? outcomes : QList<Outcome>());
    if (!answered) {
        pause(answered.error());
        return;
    }
    for (const WaitingAction &action : answered->told)
        Q_EMIT waitedFor(action);
    for (const WaitingAction &action : answered->undone)
        Q_EMIT undone(action);
    // The first time a number had been taken; the second time what is here of this device is not what the server has.
    const bool wasRenumbered = std::exchange(m_isRenumbered, answered->isRenumbered);
    if (answered->isToRepeat || (wasRenumbered && m_isRenumbered)) {
        pause({ErrorKind::transient, {}, {}});
        return;
    }
    forget(m_rest);
    m_most = m_isRenumbered || !m_session ? 1 : m_session->mostActions;
    goOn();
}

void OutboxSender::goOn()
{
    m_isBusy = false;
    next();
}

void OutboxSender::pause(const Error &error)
{
    m_isBusy = false;
    // Something smaller may get through.
    m_most = 1;
    m_turnedAway.setAlone(false);
    giveUpUnsent(error);
    // Nothing ends what may have arrived but its outcome: it goes on when this device is let in again.
    const bool isLong = !m_session || isShutOut(error.kind) || m_rest.failures + 1 >= failuresBeforeTold;
    if (!m_direct.empty() && isLong)
        Q_EMIT answerLost();
    if (isShutOut(error.kind)) {
        m_session.reset();
        return;
    }
    begin(m_rest, error);
}

void OutboxSender::begin(Rest &rest, const Error &error)
{
    const Time now = m_workspace.clock().now();
    const Duration usual = std::min(m_betweenTries * (1 << std::min(rest.failures++, 5)), longestBetweenTries);
    const Duration length = scattered(usual, error.until, now, longestPause);
    rest.why = error;
    rest.until = now + length;
    rest.timer.start(length);
    Q_EMIT heldUpChanged();
}

void OutboxSender::forget(Rest &rest)
{
    rest.timer.stop();
    rest.failures = 0;
    if (std::exchange(rest.why, std::nullopt))
        Q_EMIT heldUpChanged();
}

HeldUp OutboxSender::heldUp() const
{
    const bool isFile = !m_rest.why && (m_isUploading || m_filesRest.why);
    const Rest &rest = isFile ? m_filesRest : m_rest;
    return {rest.why, rest.timer.isActive() ? rest.until : Time(), isFile};
}

} // namespace Earshot
