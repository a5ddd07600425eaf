// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicadesk.h"

#include "model/waiting.h"
#include "replica/keptdrafts.h"

#include <algorithm>

namespace Earshot {

namespace {

/// Longer than this nobody waits for the rows of what the server has done already and nothing is shown of.
constexpr Duration longestWait = std::chrono::seconds(2);
/// The way to a server that is reached takes less.
constexpr Duration longWait = std::chrono::seconds(3);
constexpr qsizetype bulkSize = 20;
constexpr Duration betweenPrunings = std::chrono::hours(1);

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

MessageId newestConfirmed(Database &database, ConversationId conversation)
{
    Statement find = database.statement("select_newest_confirmed");
    return find.bind("conversation", conversation).next() ? MessageId(find.integer(0)) : MessageId();
}

Seq newestSeq(Workspace &workspace)
{
    const auto last = workspace.readNow<Seq>([](Database &database) -> Result<Seq> {
        Statement find = database.statement("select_last_seq");
        return find.next() ? find.integer(0) : 0;
    });
    return last.value_or(0);
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

ReplicaDesk::ReplicaDesk(Workspace &workspace, ServerConnection &connection, AgentId me, Duration patience,
                         Duration betweenTries, QObject *parent)
    : Desk(parent)
    , m_workspace(workspace)
    , m_me(me)
    , m_patience(patience)
    , m_position(newestSeq(workspace))
    , m_presence(connection, workspace.clock())
    , m_personal([this](const PersonalState &state) { return writePersonal(state); })
    , m_drafts(workspace, connection, m_personal, me, betweenTries)
    , m_seen(workspace, connection, me, betweenTries)
    , m_media(connection, workspace.mediaFolder())
    , m_viewCounter(workspace)
    , m_sender(workspace, connection, betweenTries)
    , m_settlements(workspace, m_sender, patience)
{
    m_status.kind = DeskStatus::Kind::offline;
    connect(&m_presence, &PresenceKeeper::changed, this, &Desk::presenceChanged);
    connect(&m_personal, &PersonalKeeper::failed, this, &Desk::personalStateFailed);
    connect(&m_drafts, &DraftSync::arrived, this, &Desk::draftArrived);
    connect(&m_drafts, &DraftSync::stays, this, &Desk::draftStays);
    connect(&m_media, &WantedMedia::arrived, this, &Desk::mediaArrived);
    connect(&workspace, &Workspace::committed, this, &ReplicaDesk::onCommitted);
    m_sender.setTold([this](const QList<qint64> &entries) { return tellWhoWaits(entries); });
    connect(&m_sender, &OutboxSender::stored, this, &ReplicaDesk::onStored);
    connect(&m_sender, &OutboxSender::undone, this, &Desk::undone);
    connect(&m_sender, &OutboxSender::waitedFor, this, &ReplicaDesk::onWaitedFor);
    connect(&m_sender, &OutboxSender::answerLost, this, &ReplicaDesk::onAnswerLost);
    connect(&m_sender, &OutboxSender::heldUpChanged, this, &Desk::outboxChanged);
    m_late.setSingleShot(true);
    connect(&m_late, &QTimer::timeout, this, &ReplicaDesk::watchWaiting);
    prune();
    loadOverview();
}

ReplicaDesk::~ReplicaDesk()
{
    static_cast<void>(flushPersonal());
}

void ReplicaDesk::setStatus(const DeskStatus &status)
{
    m_drafts.setCurrent(status.kind == DeskStatus::Kind::current);
    if (m_status == status)
        return;
    const bool isAnother = m_status.kind != status.kind || m_status.why != status.why ||
                           m_status.behind != status.behind ||
                           qRound(m_status.share * 100) != qRound(status.share * 100);
    m_status = status;
    if (isAway()) {
        m_sender.rest(status.why);
        m_settlements.rest();
        restPersonal();
        // It stops listening by itself as well, to begin anew.
        m_presence.forget();
    }
    if (isAnother)
        Q_EMIT statusChanged();
}

void ReplicaDesk::rest()
{
    m_sender.rest();
    restPersonal();
}

void ReplicaDesk::restPersonal()
{
    m_drafts.rest();
    m_seen.rest();
}

void ReplicaDesk::setSession(const ServerSession &session)
{
    m_session = session;
    m_sender.setSession(session);
    m_drafts.setSession(session);
    m_seen.setSession(session);
    m_media.setSession(session);
}

QFuture<Done> ReplicaDesk::writePersonal(const PersonalState &state)
{
    const auto written = m_workspace.write<void>(Urgency::interactive, [agent = m_me, state](Writing &writing) -> Done {
        PersonalState confirmed = state;
        for (auto it = confirmed.seen.begin(); it != confirmed.seen.end(); ++it) {
            // What is shown ahead of the server is newer than anything that is still to come.
            if (isForecast(it.value()))
                it.value() = newestConfirmed(writing.database(), it.key());
        }
        noteUntold(writing, agent, confirmed);
        storePersonal(writing, agent, confirmed);
        if (!confirmed.drafts.isEmpty())
            keepDraftsOutOfSight(writing);
        for (const auto &draft : std::as_const(confirmed.drafts)) {
            if (draft && isInSight(writing.database(), draft->conversation))
                forgetKept(writing, *draft);
        }
        return {};
    });
    whenDone(written, this, [this, hasDrafts = !state.drafts.isEmpty()](const Done &) {
        if (hasDrafts)
            m_drafts.wake();
        m_seen.wake();
    });
    return written;
}

QFuture<Done> ReplicaDesk::close()
{
    const auto closed = Pending<void>::create();
    whenDone(m_personal.flush(), this, [this, closed](const Done &written) {
        const QFuture<Done> told = both(m_drafts.untilTold(longestWait), m_seen.untilTold(longestWait));
        whenDone(told, this, [closed, written](const Done &) { closed->end(written); });
    });
    return closed->future();
}

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

QFuture<Done> ReplicaDesk::discard(qint64 entry)
{
    Q_EMIT acts();
    const auto discarded = m_workspace.write<void>(Urgency::interactive,
                                                   [entry](Writing &writing) { return discardEntry(writing, entry); });
    // What may have been done is asked about.
    whenDone(discarded, this, [this](const Done &) { m_sender.wake(); });
    return discarded;
}

QFuture<Result<Settled>> ReplicaDesk::settle(qint64 entry)
{
    Q_EMIT acts();
    return m_settlements.ask(entry, m_session && !isAway());
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

/// One after another: of two readers the later one may answer first.
void ReplicaDesk::loadOverview()
{
    m_isOverviewOld = true;
    if (m_isReadingOverview)
        return;
    m_isOverviewOld = false;
    m_isReadingOverview = true;
    whenDone(m_workspace.read<OutboxOverview>(loadOutboxOverview), this,
             [this](const Result<OutboxOverview> &overview) {
                 m_isReadingOverview = false;
                 if (m_isOverviewOld)
                     loadOverview();
                 if (!overview || *overview == m_overview)
                     return;
                 m_overview = *overview;
                 watchWaiting();
             });
}

void ReplicaDesk::watchWaiting()
{
    if (m_overview.waiting > 0 && !m_late.isActive())
        m_late.start(longWait);
    Q_EMIT outboxChanged();
}

std::optional<HeldUp> ReplicaDesk::heldUp() const
{
    if (m_status.kind != DeskStatus::Kind::current)
        return {};
    const Time now = m_workspace.clock().now();
    const bool isLong = std::ranges::any_of(m_overview.actions, [now](const WaitingAction &one) {
        return !one.isRefused && (one.at > now || now - one.at >= longWait);
    });
    return isLong ? std::optional(m_sender.heldUp()) : std::nullopt;
}

/// A piece at a time: others write in between.
void ReplicaDesk::prune()
{
    m_prunedAt = m_workspace.clock().now();
    const auto pruned = m_workspace.write<bool>(
        Urgency::bulk, [](Writing &writing) { return writing.database().result(pruneOutbox(writing)); });
    whenDone(pruned, this, [this](const Result<bool> &hasMore) {
        if (hasMore.value_or(false))
            prune();
    });
}

/// The window may stay open for months.
void ReplicaDesk::pruneIfDue()
{
    const Duration since = m_workspace.clock().now() - m_prunedAt;
    // Also where the clock was put back.
    if (since < Duration(0) || since >= betweenPrunings)
        prune();
}

void ReplicaDesk::onCommitted(const CommitNotice &notice)
{
    // Lower than before where all was fetched anew from a server that was put back.
    if (notice.last != 0)
        m_position = notice.last;
    pruneIfDue();
    Q_EMIT changed(notice);
    if (notice.hasOutbox) {
        loadOverview();
        // What was held back until rows came may go now.
        m_sender.wake();
        // What was sent is no draft any more.
        m_drafts.wake();
    }
    if (notice.hasChannels) {
        m_drafts.onRosterChanged();
        m_seen.onRosterChanged();
    }
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
