// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/presencehub.h"

namespace Earshot {

/// Clients without a WebSocket, who say by Presence/set what they show: each is in the hub as a socket is, named by its
/// agent and an id that it chose, until it is silent for as long. Lives on the server's thread; hub and clock outlive
/// it.
class PresenceClients final : public QObject
{
    Q_OBJECT

public:
    PresenceClients(PresenceHub &hub, const Clock &clock, const ServerLimits &limits, QObject *parent = nullptr);

    /// Presence/set: the client's id and all that it shows; nothing shown is leaving. Ends once, with the others there
    /// as PresenceHub::othersOf() has them. Errors: invalid (arguments), tooLarge (too many clients of the agent).
    [[nodiscard]] QFuture<Result<QJsonArray>> set(AgentId agent, const QJsonObject &arguments);

Q_SIGNALS:
    /// What the hub tells one of them.
    void told(Earshot::AgentId agent, const QString &client, const QJsonObject &others);

private:
    using Name = std::pair<AgentId, QString>;
    struct Client
    {
        int member = 0; ///< of the hub
        Time until;
    };
    void forgetSilent();
    void leave(const Name &name);
    /// @return nothing: there are too many of its agent
    [[nodiscard]] std::optional<int> memberOf(const Name &name);

    PresenceHub &m_hub;
    const Clock &m_clock;
    const ServerLimits m_limits;
    std::map<Name, Client> m_clients;
};

} // namespace Earshot
