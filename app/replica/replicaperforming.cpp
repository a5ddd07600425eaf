// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicadesk.h"

#include "model/waiting.h"

namespace Earshot {

// What is done: kept or sent, and who did it told of what became of it.

namespace {

/// Longer than this nobody waits for the rows of what the server has done already and nothing is shown of.
constexpr Duration longestWait = std::chrono::seconds(2);
constexpr qsizetype bulkSize = 20;

QList<Outcome> allRefused(qsizetype count, RefusalKind kind, const QString &detail)
{
    Outcome outcome;
    outcome.kind = Outcome::Kind::refused;
    outcome.refusal.kind = kind;
    outcome.refusal.detail = detail;
    return QList<Outcome>(count, outcome);
}

/// Whether the same action may not come to another end when it is sent again.
bool isFinal(RefusalKind kind)
{
    return kind != RefusalKind::tryAgain && kind != RefusalKind::unreachable && kind != RefusalKind::outOfOrder &&
           kind != RefusalKind::deviceReset;
}

/// What the server's failure means to who acted: whatever kept it from answering, the same action may be sent again.
RefusalKind refusalOf(const Error &error)
{
    const bool isRefused = error.kind == ErrorKind::authExpired || error.kind == ErrorKind::permission;
    return isRefused ? RefusalKind::permission : RefusalKind::unreachable;
}

} // namespace

/// Actions of which somebody waits to hear.
struct ReplicaDesk::Performing
{
    QList<Outcome> outcomes;       ///< as far as they are known; what waits has its forecast
    qsizetype toQueue = 0;         ///< not in the outbox yet
    qsizetype toArrive = 0;        ///< its rows are to come
    QSet<qsizetype> direct;        ///< which of them want an answer
    QHash<qint64, qsizetype> open; ///< entries that have no answer, and which outcome is theirs
    QSet<qint64> storing;          ///< those of them whose answers are being stored
    bool isLate = false;           ///< nobody waits for the server any more
    bool isLost = false;           ///< nobody knows what became of those that want an answer
    bool isKept = false;           ///< what is refused waits for a person, whoever is told
    QList<WaitingAction> refused;  ///< forgotten when their refusal has been told
    QPromise<QList<Outcome>> promise;
    bool hasEnded = false;

    ~Performing()
    {
        if (!hasEnded) {
            promise.addResult(outcomes);
            promise.finish();
        }
    }
    [[nodiscard]] bool isDone() const { return toQueue == 0 && direct.isEmpty() && toArrive == 0 && open.isEmpty(); }
};

QFuture<QList<Outcome>> ReplicaDesk::perform(QList<Action> actions)
{
    return performAs(m_me, actions);
}

ReplicaDesk::PerformingPointer ReplicaDesk::beginPerforming(qsizetype count)
{
    auto performing = std::make_shared<Performing>();
    performing->outcomes = allRefused(count, RefusalKind::unreachable, {});
    performing->toQueue = count;
    performing->promise.start();
    return performing;
}

QFuture<QList<Outcome>> ReplicaDesk::performAs(AgentId agent, const QList<Action> &actions)
{
    if (agent != m_me)
        return readyFuture(allRefused(actions.size(), RefusalKind::notPossible, QStringLiteral("replica")));
    return performAll(actions, std::nullopt);
}

QFuture<QList<Outcome>> ReplicaDesk::performWritten(const QList<Action> &actions, const DraftRecord &draft)
{
    return m_personal.handOver(draft, [&] { return performAll(actions, draft); });
}

QFuture<QList<Outcome>> ReplicaDesk::performAll(const QList<Action> &actions, const std::optional<DraftRecord> &draft)
{
    const PerformingPointer performing = beginPerforming(actions.size());
    QFuture<QList<Outcome>> future = performing->promise.future();
    if (actions.isEmpty())
        end(performing);
    Q_EMIT acts();
    const Urgency urgency = actions.size() > bulkSize ? Urgency::bulk : Urgency::interactive;
    for (qsizetype i = 0; i < actions.size(); ++i) {
        const Action &action = actions.at(i);
        if (mayWait(action.arguments))
            queue(performing, i,
                  m_workspace.write<Queued>(
                      urgency, [action, me = m_me, written = i == 0 ? draft : std::nullopt](Writing &writing) {
                          return written ? queueWritten(writing, action, me, *written) : queueAction(writing, action);
                      }));
        else
            performDirect(performing, i, action);
    }
    return future;
}

void ReplicaDesk::queue(const PerformingPointer &performing, qsizetype index, const QFuture<Result<Queued>> &queued)
{
    whenDone(queued, this, [this, performing, index](const Result<Queued> &result) {
        if (!result) {
            const QString detail = word(result.error().kind) + QStringLiteral(": ") + result.error().detail;
            performing->outcomes[index] = allRefused(1, RefusalKind::tryAgain, detail).constFirst();
        } else {
            performing->outcomes[index] = result->outcome;
            if (result->entry != 0) {
                performing->open.insert(result->entry, index);
                m_open.insert(result->entry, performing);
                m_sender.wake();
            }
        }
        isQueued(performing);
    });
}

void ReplicaDesk::performDirect(const PerformingPointer &performing, qsizetype index, const Action &action)
{
    if (!m_session || isAway()) {
        performing->outcomes[index] = allRefused(1, refusalOf(m_status.why), m_status.why.detail).constFirst();
        isQueued(performing);
        return;
    }
    performing->direct.insert(index);
    m_direct.append(performing);
    const auto sent = m_sender.sendDirect({action});
    whenDone(sent, this, [this, performing, index, action](const Result<QList<Outcome>> &outcomes) {
        m_direct.removeOne(performing);
        performing->direct.remove(index);
        if (performing->hasEnded) {
            // It was told that nobody knows; what was done is seen.
            if (outcomes && !outcomes->constFirst().isApplied())
                Q_EMIT undone({0, action, m_workspace.clock().now(), {}, true, outcomes->constFirst().refusal, false});
            return;
        }
        if (outcomes) {
            arrive(performing, index, outcomes->constFirst());
            return;
        }
        const Error &error = outcomes.error();
        performing->outcomes[index] = allRefused(1, refusalOf(error), error.detail).constFirst();
        endIfDue(performing);
    });
    isQueued(performing);
}

/// Who stopped sending in a crisis is to know that nobody knows whether it is stopped.
void ReplicaDesk::onAnswerLost()
{
    const QList<PerformingPointer> waiting = m_direct;
    for (const PerformingPointer &performing : waiting) {
        for (const qsizetype index : std::as_const(performing->direct))
            performing->outcomes[index] = allRefused(1, RefusalKind::unreachable, word(ErrorKind::unsure)).constFirst();
        performing->isLost = true;
        if (performing->toQueue == 0)
            end(performing);
    }
}

void ReplicaDesk::isQueued(const PerformingPointer &performing)
{
    if (--performing->toQueue > 0)
        return;
    if (performing->isDone() || performing->isLost) {
        end(performing);
        return;
    }
    // Who is online sees what the server says where it says it at once.
    const bool isReached = m_session && m_status.kind == DeskStatus::Kind::current;
    if (isReached)
        QTimer::singleShot(m_patience, this, [this, performing] { endLate(performing); });
    else
        endLate(performing);
}

QSet<qint64> ReplicaDesk::tellWhoWaits(const QList<qint64> &entries)
{
    QSet<qint64> told;
    for (const qint64 entry : entries) {
        const QList<PerformingPointer> waiting = m_open.values(entry);
        for (const PerformingPointer &performing : waiting) {
            performing->storing.insert(entry);
            if (!performing->isKept)
                told.insert(entry);
        }
    }
    return told;
}

void ReplicaDesk::onStored(const QList<qint64> &entries, const QList<Outcome> &outcomes)
{
    m_heard.clear();
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const QList<PerformingPointer> waiting = m_open.values(entries.at(i));
        for (const PerformingPointer &performing : waiting) {
            // Told of twice where what is shown could not be taken back.
            performing->storing.remove(entries.at(i));
            const bool isAnswered =
                i < outcomes.size() && (outcomes.at(i).isApplied() || isFinal(outcomes.at(i).refusal.kind));
            if (isAnswered) {
                m_heard.insert(entries.at(i), performing);
                m_open.remove(entries.at(i), performing);
                arrive(performing, performing->open.take(entries.at(i)), outcomes.at(i));
            }
            if (performing->isLate)
                endLate(performing);
        }
    }
}

/// Comes after onStored(). Who asked may have gone in the meantime.
void ReplicaDesk::onWaitedFor(const WaitingAction &action)
{
    const PerformingPointer performing = m_heard.take(action.entry);
    if (!performing)
        Q_EMIT undone(action);
    else if (performing->hasEnded)
        endRefused(performing, {action});
    else
        performing->refused.append(action);
}

/// The server has answered: so that whoever asked sees what was done, the replica is to have it.
void ReplicaDesk::arrive(const PerformingPointer &performing, qsizetype index, const Outcome &outcome)
{
    const bool isForecastShown = performing->outcomes.at(index).isForecast;
    if (!isForecastShown || outcome.seq <= m_position || !outcome.isApplied())
        performing->outcomes[index] = outcome;
    const bool isToCome = outcome.seq > m_position && m_status.kind == DeskStatus::Kind::current;
    if (isToCome) {
        ++performing->toArrive;
        m_arriving.push_back({performing, index, outcome});
        if (!isForecastShown)
            QTimer::singleShot(longestWait, this, [this, performing] { end(performing); });
    } else {
        endIfDue(performing);
    }
}

void ReplicaDesk::endIfDue(const PerformingPointer &performing)
{
    if (performing->isDone())
        end(performing);
    else if (performing->isLate)
        endLate(performing);
}

void ReplicaDesk::endLate(const PerformingPointer &performing)
{
    performing->isLate = true;
    // What is refused now is told here, and nowhere else.
    if (performing->storing.isEmpty() && performing->direct.isEmpty() && performing->toQueue == 0)
        end(performing);
}

void ReplicaDesk::end(const PerformingPointer &performing)
{
    if (std::exchange(performing->hasEnded, true))
        return;
    for (auto it = performing->open.cbegin(); it != performing->open.cend(); ++it)
        m_open.remove(it.key(), performing);
    std::erase_if(m_arriving, [&performing](const Arriving &one) { return one.performing == performing; });
    performing->promise.addResult(performing->outcomes);
    performing->promise.finish();
    // Only now: whoever dies before finds it in the outbox.
    if (!performing->refused.isEmpty())
        endRefused(performing, performing->refused);
}

/// The result is heard of in the next turn. Where nobody was there any more to hear it, it is told as what nobody waits
/// for.
void ReplicaDesk::endRefused(const PerformingPointer &performing, const QList<WaitingAction> &refused)
{
    const auto tell = [this, performing, refused] {
        if (!performing->promise.isCanceled()) {
            forget(refused);
            return;
        }
        for (const WaitingAction &action : refused)
            Q_EMIT undone(action);
    };
    QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
}

void ReplicaDesk::forget(const QList<WaitingAction> &told)
{
    static_cast<void>(m_workspace.write<void>(Urgency::interactive, [told](Writing &writing) -> Done {
        for (const WaitingAction &one : told)
            endTold(writing, one);
        writing.notice().hasOutbox = true;
        return writing.database().done();
    }));
}

QFuture<QList<Outcome>> ReplicaDesk::doAnyway(qint64 entry, const Anyway &how)
{
    Q_EMIT acts();
    const PerformingPointer performing = beginPerforming(1);
    // Its words are nowhere else.
    performing->isKept = true;
    QFuture<QList<Outcome>> future = performing->promise.future();
    queue(performing, 0, m_workspace.write<Queued>(Urgency::interactive, [entry, how](Writing &writing) {
        return doEntryAnyway(writing, entry, how);
    }));
    return future;
}

/// What was answered before its rows came.
void ReplicaDesk::arriveUpToPosition()
{
    std::vector<Arriving> here;
    for (const Arriving &one : m_arriving) {
        if (one.outcome.seq <= m_position)
            here.push_back(one);
    }
    std::erase_if(m_arriving, [this](const Arriving &one) { return one.outcome.seq <= m_position; });
    for (const Arriving &one : here) {
        one.performing->outcomes[one.index] = one.outcome;
        if (--one.performing->toArrive; one.performing->isDone())
            end(one.performing);
    }
}

} // namespace Earshot
