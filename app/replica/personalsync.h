// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/repeatablecall.h"
#include "workspace/workspace.h"

#include <QTimer>

namespace Earshot {

/// Keeps one kind of an agent's personal state alike here and at the server, which gives it to the agent's other
/// machines: takes over what is newer there, and tells what is newer here, one thing at a time; in trouble it tries
/// again later and later. What is here is told also by a later run of the program. A server that does not know the kind
/// is left alone. Lives on its desk's thread; workspace and connection outlive it.
class PersonalSync : public QObject
{
    Q_OBJECT

public:
    /// The server knows this device.
    void setSession(const ServerSession &session);
    /// The server is away.
    virtual void rest();
    /// Something of what is here may be another.
    void wake();
    /// Agents, channels or teams are others: what the server refused it may take now, and what was withdrawn with a
    /// channel may be in sight again. A server in trouble is left alone all the same: each piece of a slice may change
    /// them.
    void onRosterChanged();

    /// Ends when what is here was told, or cannot be now; or after that time.
    [[nodiscard]] QFuture<Done> untilTold(Duration most);

Q_SIGNALS:
    /// There is nothing to do now.
    void idle();

protected:
    /// With a line that says nothing.
    static constexpr Duration patience = std::chrono::seconds(20);

    /// What the server has that is newer, or all of it.
    struct Answer
    {
        QJsonObject json;
        QString since;       ///< the state from which on it was asked
        QString state;       ///< up to which all is known then
        bool isAnew = false; ///< the server has less than it had: it was put back to an earlier day unawares
    };

    /// @param type by which the server tells of it, and of its methods @param stateName in ReplicaMeta: up to where it
    /// is known @param betweenTries see OutboxSender
    PersonalSync(Workspace &workspace, ServerConnection &connection, const QString &type, const char *stateName,
                 Duration betweenTries, QObject *parent);

    /// Ends as look() does.
    virtual void take(const Answer &answer) = 0;
    /// What is here is told, where it is newer. Ends in end(), pause() or another turn of the same.
    virtual void look() = 0;
    /// What was refused is tried anew.
    virtual void forgive() {}
    /// A session has begun.
    virtual void begin() {}

    [[nodiscard]] Workspace &workspace() { return m_workspace; }
    /// While nothing is on its way there is one, or isServerOld().
    [[nodiscard]] const std::optional<ServerSession> &session() const { return m_session; }
    [[nodiscard]] bool mayTell() const { return m_session && !m_isServerOld; }
    /// The server may have something newer.
    void setBehind()
    {
        m_isBehind = true;
        m_toldState.clear();
    }
    [[nodiscard]] bool isBehind() const { return m_isBehind; }
    /// What the agent may see, or do, may be something else.
    [[nodiscard]] bool isSightOld() const { return m_isSightOld; }
    void setServerOld() { m_isServerOld = true; }
    /// The server answers.
    void setWell() { m_failures = 0; }
    /// @param then is not called where another log-in or incarnation has begun since: it is asked, or told, anew under
    /// that one
    void call(const ServerCall &call, const std::function<void(const Result<QJsonObject> &answer)> &then);
    /// @param isWoken there may be more to do
    void end(bool isWoken = false);
    void pause(const Error &error);
    [[nodiscard]] std::chrono::milliseconds pauseAfter(int failures, Time until) const;

private:
    void onTold(const QJsonObject &message);
    void askAgain(const QString &toldState = {});
    void next();
    void ask();
    [[nodiscard]] bool isToAsk(const QString &since);
    void onAnswer(const QString &since, const Result<QJsonObject> &answer);

    Workspace &m_workspace;
    const QString m_type;
    const char *const m_stateName;
    const Duration m_betweenTries;
    RepeatableCall m_call;
    std::optional<ServerSession> m_session;
    QTimer m_again;
    int m_failures = 0;
    QString m_toldState; ///< the server's, where that is why it may have something newer; else empty
    bool m_isServerOld = false;
    bool m_isSightOld = false;
    bool m_isBehind = false;
    bool m_isBusy = false;
    bool m_isWoken = false; ///< while busy
};

} // namespace Earshot
