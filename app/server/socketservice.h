// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/jmapprocessor.h"
#include "server/presencehub.h"
#include "server/pushhub.h"
#include "server/ratelimiter.h"

#include <QTimer>
#include <QWebSocketServer>

namespace Earshot {

class SocketClient;

/// JMAP over WebSocket (RFC 8887): requests and pushes on one socket. Lives on the server's thread; owns its sockets.
class SocketService final : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        JmapProcessor &processor;
        PushHub &hub;
        PresenceHub &presence;
        RateLimiter &requests; ///< by token
        PlaceLimiter &running; ///< requests under way by token, also those over HTTP
        const Clock &clock;
        std::function<void()> accepted; ///< a request is being carried out
        std::function<void(const Principal &principal, const Problem &problem)> refused;
    };

    SocketService(const Parts &parts, const ServerLimits &limits, QObject *parent = nullptr);
    ~SocketService() override;

    /// Takes over a socket whose unread bytes are the handshake, of somebody known.
    void adopt(QTcpSocket *socket, const Principal &principal);
    /// Whether a request is still being carried out on some socket.
    [[nodiscard]] bool isBusy() const;
    /// Says good-bye to all (1001); those with a request under way when it is answered.
    void closeSoon();
    [[nodiscard]] qsizetype clientCount() const { return m_clients.size(); }
    /// Sockets of a token whose handshake is under way.
    [[nodiscard]] qsizetype awaitedCountOf(const QString &token) const;

private:
    /// A socket whose handshake is under way.
    struct Awaited
    {
        QTcpSocket *socket;
        Principal principal;
    };
    void onConnected();
    void beat();

    Parts m_parts;
    const ServerLimits m_limits;
    QWebSocketServer m_server;
    QHash<std::pair<QString, quint16>, Awaited> m_awaited; ///< by the peer's address and port
    QSet<SocketClient *> m_clients;
    QTimer m_beat;
    bool m_isClosing = false;
};

} // namespace Earshot
