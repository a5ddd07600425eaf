// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicadesk.h"

#include "replica/keptdrafts.h"

#include <algorithm>

namespace Earshot {

namespace {

/// Longer than this no closing window waits until the server was told what was typed.
constexpr Duration longestFarewell = std::chrono::seconds(2);
/// The way to a server that is reached takes less.
constexpr Duration longWait = std::chrono::seconds(3);
constexpr Duration betweenPrunings = std::chrono::hours(1);

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
    , m_media(connection, workspace.mediaFolder(), betweenTries)
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
    m_seen.setCurrent(status.kind == DeskStatus::Kind::current);
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
        m_media.rest();
        // It stops listening by itself as well, to begin anew.
        m_presence.forget();
    }
    if (isAnother)
        Q_EMIT statusChanged();
}

void ReplicaDesk::setDeaf()
{
    if (m_session && !isAway())
        m_presence.beginCalls(m_session->account);
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
        const QFuture<Done> told = both(m_drafts.untilTold(longestFarewell), m_seen.untilTold(longestFarewell));
        whenDone(both(m_presence.leave(longestFarewell), told), this,
                 [closed, written](const Done &) { closed->end(written); });
    });
    return closed->future();
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
    arriveUpToPosition();
}

} // namespace Earshot
