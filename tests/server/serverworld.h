// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/intake.h"
#include "server/credentials.h"
#include "server/server.h"
#include "tests/server/wireclient.h"

#include <QTemporaryDir>

namespace Earshot {

/// A clock that a test may set forward.
class WorldClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return timeFromMs(m_now.load()); }
    void advance(Duration by) { m_now += by.count(); }

private:
    std::atomic<qint64> m_now{1'800'000'000'000};
};

/// A real server in this process on 127.0.0.1, on a workspace with
/// - Ana (admin), Kim (agent, team Sales), Bo (agent, no team), Vic (viewer),
/// - channel 1 for everybody, channel 2 of team Sales, each with `conversations` conversations of one message.
class ServerWorld
{
public:
    explicit ServerWorld(const ServerLimits &limits = {}, int conversations = 3);
    ~ServerWorld();

    /// @param port 0 = any
    void start(Server::Options options, quint16 port = 0);
    [[nodiscard]] Server &server() { return *m_server; }
    [[nodiscard]] LocalDesk &desk() { return *m_desk; }
    [[nodiscard]] Workspace &workspace() { return *m_workspace; }
    [[nodiscard]] WorldClock &clock() { return m_clock; }
    void stopServer() { m_server.reset(); }
    /// Ends it as `kill -9` does, whatever it is about: what is in the files now is all that is left, and nobody is
    /// told of more. It is served again from the next start() on; nobody else may use the workspace.
    void crash();
    /// A copy of the workspace as it is.
    void backUp(const QString &target);
    /// Ends the server and puts such a copy in the workspace's place; it is served again from the next start() on.
    void restore(const QString &copy);

    /// A new device's token.
    [[nodiscard]] QByteArray token(AgentId agent);
    void setPassword(AgentId agent, const QByteArray &password);
    /// A client with a connection of its own, with that agent's token; AgentId() = a stranger.
    [[nodiscard]] std::unique_ptr<WireClient> client(AgentId agent = AgentId(1));
    /// One new inbound message on the channel, in a thread of its own.
    void receive(ChannelId channel, const QString &id, const QString &text);
    /// For what no action does yet.
    void runSql(const QString &script);
    [[nodiscard]] QString account();
    [[nodiscard]] Outcome act(ActionArguments arguments, AgentId agent = AgentId(1));
    [[nodiscard]] QList<AccessLine> accessLog();

    static constexpr AgentId ana{1};
    static constexpr AgentId kim{2};
    static constexpr AgentId bo{3};
    static constexpr AgentId vic{4};
    static constexpr ChannelId open{1};
    static constexpr ChannelId sales{2};

private:
    void addChannel(const QString &address);
    [[nodiscard]] QString meta(const QString &name);
    void closeWorkspace();
    void openWorkspace(const QString &path);

    WorldClock m_clock;
    QTemporaryDir m_folder;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<LocalDesk> m_desk;
    std::unique_ptr<Intake> m_intake;
    std::unique_ptr<Server> m_server;
};

} // namespace Earshot
