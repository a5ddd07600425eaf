// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/socketservice.h"

#include "server/socketclient.h"

#include <algorithm>

namespace Earshot {

namespace {

std::pair<QString, quint16> keyOf(const QHostAddress &address, quint16 port)
{
    return {address.toString(), port};
}

} // namespace

SocketService::SocketService(const Parts &parts, const ServerLimits &limits, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_limits(limits)
    , m_server(QStringLiteral("earshotd"), QWebSocketServer::NonSecureMode)
{
    m_server.setSupportedSubprotocols({QStringLiteral("jmap")});
    m_server.setMaxPendingConnections(1000);
    m_server.setHandshakeTimeout(limits.handshakeTime);
    connect(&m_server, &QWebSocketServer::newConnection, this, &SocketService::onConnected);
    connect(&m_beat, &QTimer::timeout, this, &SocketService::beat);
    m_beat.start(limits.beatTime);
}

SocketService::~SocketService()
{
    const QSet<SocketClient *> clients = std::exchange(m_clients, {});
    for (SocketClient *client : clients) {
        disconnect(client, nullptr, this, nullptr);
        delete client;
    }
}

void SocketService::adopt(QTcpSocket *socket, const Principal &principal)
{
    // What has ended already will not say so again.
    if (socket->state() != QAbstractSocket::ConnectedState) {
        socket->deleteLater();
        return;
    }
    const auto key = keyOf(socket->peerAddress(), socket->peerPort());
    m_awaited.insert(key, {socket, principal});
    connect(socket, &QTcpSocket::disconnected, this, [this, key, socket] {
        m_awaited.remove(key);
        socket->deleteLater();
    });
    m_server.handleConnection(socket);
    // The handshake is in the socket already: nothing new will say so.
    QMetaObject::invokeMethod(socket, &QIODevice::readyRead, Qt::QueuedConnection);
}

void SocketService::onConnected()
{
    while (QWebSocket *socket = m_server.nextPendingConnection()) {
        const auto key = keyOf(socket->peerAddress(), socket->peerPort());
        if (!m_awaited.contains(key) || m_isClosing) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        const Awaited awaited = m_awaited.take(key);
        disconnect(awaited.socket, &QTcpSocket::disconnected, this, nullptr);
        if (awaited.socket->state() != QAbstractSocket::ConnectedState) {
            socket->deleteLater();
            awaited.socket->deleteLater();
            continue;
        }
        auto *client = new SocketClient(socket, awaited.socket, awaited.principal, m_parts, m_limits, this);
        // A QWebSocket does not end the socket that it was made from.
        connect(client, &QObject::destroyed, awaited.socket, &QObject::deleteLater);
        m_clients.insert(client);
        connect(client, &QObject::destroyed, this, [this, client] { m_clients.remove(client); });
    }
}

void SocketService::beat()
{
    const QSet<SocketClient *> clients = m_clients;
    for (SocketClient *client : clients)
        client->beat();
}

qsizetype SocketService::awaitedCountOf(const QString &token) const
{
    return std::count_if(m_awaited.cbegin(), m_awaited.cend(),
                         [&token](const Awaited &awaited) { return awaited.principal.token == token; });
}

bool SocketService::isBusy() const
{
    return std::any_of(m_clients.cbegin(), m_clients.cend(),
                       [](const SocketClient *client) { return client->isBusy(); });
}

void SocketService::closeSoon()
{
    m_isClosing = true;
    const QSet<SocketClient *> clients = m_clients;
    for (SocketClient *client : clients)
        client->closeSoon();
}

} // namespace Earshot
