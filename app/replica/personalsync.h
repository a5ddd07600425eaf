// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/serverconnection.h"
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

    /// @param type by which the server tells of it @param betweenTries see OutboxSender
    PersonalSync(Workspace &workspace, ServerConnection &connection, const QString &type, Duration betweenTries,
                 QObject *parent);

    /// What the server has is asked for, where it may be newer or something else than is known; ends as look() does.
    virtual void ask() = 0;
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
    /// It is going to be asked now. @return isBehind() before
    bool beginAsking();
    /// What the server last told to be its state, where that is why it may have something newer; else empty.
    [[nodiscard]] const QString &toldState() const { return m_toldState; }
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

    Workspace &m_workspace;
    ServerConnection &m_connection;
    const QString m_type;
    const Duration m_betweenTries;
    std::optional<ServerSession> m_session;
    QTimer m_again;
    int m_failures = 0;
    QString m_toldState;
    bool m_isServerOld = false;
    bool m_isSightOld = false;
    bool m_isBehind = false;
    bool m_isBusy = false;
    bool m_isWoken = false; ///< while busy
};

} // namespace Earshot
