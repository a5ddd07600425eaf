// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/draftrows.h"
#include "replica/serverconnection.h"

#include <QTimer>

namespace Earshot {

/// Tells the server what its agent has begun to write here, and takes over what the agent wrote on other machines; one
/// thing at a time. One that something on the way turns away holds up no other. What is here is told also by a later
/// run of the program. A server that knows no drafts is left alone. Lives on its desk's thread; workspace and
/// connection outlive it.
class DraftSync final : public QObject
{
    Q_OBJECT

public:
    /// @param keeper what is typed here and not written yet @param betweenTries see OutboxSender
    DraftSync(Workspace &workspace, ServerConnection &connection, PersonalKeeper &keeper, AgentId me,
              Duration betweenTries, QObject *parent = nullptr);

    /// The server knows this device.
    void setSession(const ServerSession &session);
    /// The server is away.
    void rest();
    /// What it had done when setSession() was called is here, or is still to come.
    void setCurrent(bool isCurrent);
    /// Something of what is here may be another.
    void wake();
    /// Agents, channels or teams are others: what the server refused it may take now, and what was withdrawn with a
    /// channel may be in sight again.
    void onRosterChanged();
    void hold(const QObject *editor, const std::optional<DraftKey> &key);
    [[nodiscard]] QFuture<Done> settle(ConversationId conversation, const TypedElsewhere &typed, bool isKept);

    /// Ends when what is here was told, or cannot be now; or after that time.
    [[nodiscard]] QFuture<Done> untilTold(Duration most);

Q_SIGNALS:
    /// There is nothing to do now.
    void idle();
    // As a Desk's.
    void arrived(Earshot::ConversationId conversation, Earshot::DraftRecord::Mode mode, bool isReplaced);
    void stays(const Earshot::Error &error);

private:
    void onTold(const QJsonObject &message);
    void askAgain();
    void next();
    void ask();
    void onAnswer(const QString &since, const Result<QJsonObject> &answer);
    void take(const DraftNews &news);
    void onTaken(const Result<QList<DraftChange>> &changes);
    void look();
    void onWork(const Result<std::optional<DraftWork>> &work);
    void tell(const DraftWork &work);
    void say(const DraftWork &work);
    void onTellAnswer(const DraftWork &work, const Result<QJsonObject> &answer);
    void onRefused(const DraftWork &work, const Error &error);
    void putOff(const DraftWork &work, const Error &error);
    void pause(const Error &error);
    [[nodiscard]] std::chrono::milliseconds pauseAfter(int failures, Time until) const;
    /// @return another log-in or incarnation has begun since: it is asked, or told, anew under that one
    [[nodiscard]] bool isLate(const ServerSession &asked);
    void end();
    [[nodiscard]] DraftPlace place() const;

    Workspace &m_workspace;
    ServerConnection &m_connection;
    PersonalKeeper &m_keeper;
    const AgentId m_me;
    const Duration m_betweenTries;
    std::optional<ServerSession> m_session;
    QHash<const QObject *, DraftKey> m_held;
    RefusedDrafts m_refused;
    RefusedDrafts m_putOff; ///< until m_tryPutOff
    QTimer m_again;
    QTimer m_tryPutOff;
    int m_failures = 0;
    int m_timesPutOff = 0; ///< since none was
    bool m_isServerOld = false;
    bool m_isCurrent = false;
    bool m_isSightOld = false; ///< what the agent may see, or do, may be something else
    bool m_isBehind = false;   ///< the server may have something newer
    bool m_isBusy = false;
    bool m_isWoken = false; ///< while busy
};

} // namespace Earshot
