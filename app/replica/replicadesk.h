// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "desk/personalstate.h"
#include "desk/viewcounter.h"
#include "replica/draftsync.h"
#include "replica/outbox.h"
#include "replica/outboxsender.h"
#include "replica/presencekeeper.h"
#include "replica/seensync.h"
#include "replica/settlements.h"
#include "replica/wantedmedia.h"

#include <QTimer>

#include <memory>
#include <vector>

namespace Earshot {

/// The desk of a shared workspace: reads the replica, keeps what is done in its outbox and shows it at once; the server
/// decides. Who acts is answered by the server where it answers at once, and with a forecast otherwise. What is typed,
/// what was read, and own views follow to the agent's other machines; what is set stays here. Lives on the thread that
/// made it; workspace and connection outlive it.
class ReplicaDesk final : public Desk
{
    Q_OBJECT

public:
    /// @param patience so long the server's own answer is waited for before a forecast is given
    /// @param betweenTries see OutboxSender
    ReplicaDesk(Workspace &workspace, ServerConnection &connection, AgentId me, Duration patience,
                Duration betweenTries, QObject *parent = nullptr);
    ~ReplicaDesk() override;

    /// The server knows this device: what waits goes there.
    void setSession(const ServerSession &session);
    /// Nothing is sent until the next session.
    void rest();
    void setStatus(const DeskStatus &status);
    /// The server answers and cannot be listened to: who is there is asked by calls.
    void setDeaf();

    [[nodiscard]] Workspace &workspace() override { return m_workspace; }
    [[nodiscard]] AgentId me() const override { return m_me; }
    [[nodiscard]] DeskStatus status() const override { return m_status; }
    [[nodiscard]] QFuture<QList<Outcome>> perform(QList<Action> actions) override;
    [[nodiscard]] QFuture<QList<Outcome>> performWritten(const QList<Action> &actions,
                                                         const DraftRecord &draft) override;
    [[nodiscard]] int waitingCount() const override { return m_overview.waiting; }
    [[nodiscard]] int refusedCount() const override { return m_overview.refused; }
    [[nodiscard]] int arrivingCount() const override { return m_overview.arriving; }
    [[nodiscard]] std::optional<HeldUp> heldUp() const override;
    [[nodiscard]] QList<WaitingAction> waitingActions() const override { return m_overview.actions; }
    [[nodiscard]] QSet<ConversationId> waitingConversations() const override { return m_overview.conversations; }
    [[nodiscard]] QFuture<Done> discard(qint64 entry) override;
    [[nodiscard]] QFuture<Result<Settled>> settle(qint64 entry) override;
    [[nodiscard]] QFuture<QList<Outcome>> doAnyway(qint64 entry, const Anyway &how = {}) override;
    /// Only in one's own name; else notPossible.
    [[nodiscard]] QFuture<QList<Outcome>> performAs(AgentId agent, const QList<Action> &actions) override;
    /// From the server; as long as that is not reached it is remembered.
    void wantMedia(const QString &hash) override { m_media.want(hash); }
    [[nodiscard]] QList<DraftRecord> unwrittenDrafts() const { return m_personal.unwrittenDrafts(); }
    void show(const QObject *window, const ShownConversations &shown) override { m_presence.show(window, shown); }
    [[nodiscard]] QList<Present> presentIn(ConversationId conversation) const override
    {
        return m_presence.presentIn(conversation);
    }
    void saveDraft(const DraftRecord &draft) override
    {
        Q_EMIT acts();
        m_personal.saveDraft(draft);
    }
    void dropDraft(ConversationId conversation, DraftRecord::Mode mode) override
    {
        m_personal.dropDraft(conversation, mode);
    }
    void markSeen(ConversationId conversation, MessageId newest) override { m_personal.markSeen(conversation, newest); }
    void saveSetting(const QString &name, const QString &value) override { m_personal.saveSetting(name, value); }
    void saveView(const ViewRecord &view) override { m_personal.saveView(view); }
    void dropView(const QString &uuid) override { m_personal.dropView(uuid); }
    [[nodiscard]] QFuture<Done> flushPersonal() override { return m_personal.flush(); }
    /// flushPersonal(); then, where the server is reached, for a moment until what is typed was told it.
    [[nodiscard]] QFuture<Done> close();
    void holdDraft(const QObject *editor, ConversationId conversation, std::optional<DraftRecord::Mode> mode) override
    {
        m_drafts.hold(editor, mode ? std::optional(DraftKey{conversation, *mode}) : std::nullopt);
    }
    [[nodiscard]] QFuture<Done> settleElsewhere(ConversationId conversation, const TypedElsewhere &typed,
                                                bool isKept) override
    {
        return m_drafts.settle(conversation, typed, isKept);
    }

Q_SIGNALS:
    /// Somebody does something: before it is kept or sent.
    void acts();

private:
    struct Performing;
    using PerformingPointer = std::shared_ptr<Performing>;
    struct Arriving
    {
        PerformingPointer performing;
        qsizetype index = 0;
        Outcome outcome;
    };

    [[nodiscard]] bool isAway() const
    {
        return m_status.kind == DeskStatus::Kind::offline || m_status.kind == DeskStatus::Kind::refused;
    }
    void restPersonal();
    [[nodiscard]] QFuture<Done> writePersonal(const PersonalState &state);
    [[nodiscard]] QFuture<QList<Outcome>> performAll(const QList<Action> &actions,
                                                     const std::optional<DraftRecord> &draft);
    [[nodiscard]] PerformingPointer beginPerforming(qsizetype count);
    void queue(const PerformingPointer &performing, qsizetype index, const QFuture<Result<Queued>> &queued);
    void performDirect(const PerformingPointer &performing, qsizetype index, const Action &action);
    void onAnswerLost();
    void isQueued(const PerformingPointer &performing);
    [[nodiscard]] QSet<qint64> tellWhoWaits(const QList<qint64> &entries);
    void onStored(const QList<qint64> &entries, const QList<Outcome> &outcomes);
    void onWaitedFor(const WaitingAction &action);
    void endRefused(const PerformingPointer &performing, const QList<WaitingAction> &refused);
    void forget(const QList<WaitingAction> &told);
    void arrive(const PerformingPointer &performing, qsizetype index, const Outcome &outcome);
    void arriveUpToPosition();
    /// Whoever asked is told what is known now, where nothing more is to come or nobody waits for it any more.
    void endIfDue(const PerformingPointer &performing);
    void endLate(const PerformingPointer &performing);
    void end(const PerformingPointer &performing);
    void loadOverview();
    void watchWaiting();
    void prune();
    void pruneIfDue();
    void onCommitted(const CommitNotice &notice);

    Workspace &m_workspace;
    AgentId m_me;
    DeskStatus m_status;
    std::optional<ServerSession> m_session; ///< none = the server has not been reached yet
    const Duration m_patience;
    Seq m_position = 0;                           ///< everything up to here is in the replica
    QMultiHash<qint64, PerformingPointer> m_open; ///< by entry: those who are still to be told
    QHash<qint64, PerformingPointer> m_heard;     ///< by entry: who was told just now
    QList<PerformingPointer> m_direct;            ///< those who wait for what cannot wait
    std::vector<Arriving> m_arriving;             ///< answered by the server, until the replica has what they did
    OutboxOverview m_overview;
    Time m_prunedAt; ///< when what was done long ago was last forgotten
    bool m_isReadingOverview = false;
    bool m_isOverviewOld = false;
    QTimer m_late; ///< runs until the first of what waits does so for long
    PresenceKeeper m_presence;
    PersonalKeeper m_personal;
    DraftSync m_drafts;
    SeenSync m_seen;
    WantedMedia m_media;
    ViewCounter m_viewCounter;
    OutboxSender m_sender;
    Settlements m_settlements;
};

} // namespace Earshot
