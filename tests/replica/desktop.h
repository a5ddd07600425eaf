// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/replicasession.h"
#include "tests/server/serverworld.h"

#include <atomic>

namespace Earshot {

/// That of a machine, which may be wrong, and be put forth and back.
class MachineClock final : public Clock
{
public:
    explicit MachineClock(const Clock &right)
        : m_right(right)
    {
    }
    [[nodiscard]] Time now() const override { return m_right.now() + Duration(m_ahead.load()); }
    void setAhead(Duration ahead) { m_ahead = ahead.count(); }

private:
    const Clock &m_right;
    std::atomic<qint64> m_ahead = 0;
};

/// One agent's desktop on a replica of its own, which is closed and opened again as the same device.
class Desktop
{
public:
    Desktop(ServerWorld &world, AgentId agent, quint16 port);
    ~Desktop() { close(); }

    /// @param patience how long an action waits for the server's own answer
    void open(Duration patience = std::chrono::milliseconds(300),
              Duration betweenChecks = ReplicaFollower::Pauses().betweenChecks);
    /// From the next open() on.
    void setLinePatience(const LinePatience &patience) { m_options.line = patience; }
    void close() { m_session.reset(); }
    [[nodiscard]] bool isOpen() const { return m_session != nullptr; }
    [[nodiscard]] ReplicaSession &session() { return *m_session; }
    [[nodiscard]] Desk &desk() { return m_session->desk(); }
    [[nodiscard]] AgentId agent() const { return m_agent; }
    [[nodiscard]] MachineClock &clock() { return m_clock; }
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("replica.earshot")); }
    [[nodiscard]] QString mediaFolder() const { return path() + QStringLiteral(".media"); }
    [[nodiscard]] QByteArray token() const { return m_options.token.reveal(); }
    [[nodiscard]] DeskStatus::Kind kind() { return desk().status().kind; }
    /// Waits for the end.
    [[nodiscard]] QList<Outcome> perform(const QList<ActionArguments> &arguments, Seq basedOn = 0);
    [[nodiscard]] ConversationRecord conversation(ConversationId id);
    /// The first column of an answer.
    [[nodiscard]] QStringList rows(const QString &sql);
    /// Nothing waits for the server, and all that it did is here.
    [[nodiscard]] bool isSettled();

private:
    MachineClock m_clock;
    const AgentId m_agent;
    QTemporaryDir m_folder;
    ReplicaSession::Options m_options;
    std::unique_ptr<ReplicaSession> m_session;
};

/// The first column of an answer, as text.
[[nodiscard]] QStringList firstColumn(Workspace &workspace, const QString &sql);

} // namespace Earshot
