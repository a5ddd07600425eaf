// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/httpfront.h"

#include "server/ratelimiter.h"

#include <QSslSocket>

#include <algorithm>

namespace Earshot {

HttpFront::HttpFront(const ServerLimits &limits, QObject *parent)
    : QTcpServer(parent)
    , m_limits(limits)
{
    setListenBacklogSize(1024);
    m_clock.start();
    m_sweep.setInterval(m_limits.sweepTime);
    connect(&m_sweep, &QTimer::timeout, this, &HttpFront::checkTimes);
}

HttpFront::~HttpFront()
{
    const QSet<HttpConnection *> connections = std::exchange(m_connections, {});
    for (HttpConnection *connection : connections) {
        disconnect(connection, nullptr, this, nullptr);
        delete connection;
    }
}

void HttpFront::incomingConnection(qintptr descriptor)
{
    auto *secure = m_tls ? new QSslSocket : nullptr;
    QTcpSocket *socket = secure ? secure : new QTcpSocket;
    if (!socket->setSocketDescriptor(descriptor)) {
        delete socket;
        return;
    }
    const QHostAddress address = socket->peerAddress();
    const bool isCounted = m_limits.connectionsPerAddress > 0 && (m_limits.countsLoopback || !address.isLoopback());
    const bool isTooMany = isCounted && m_perNetwork.value(networkOf(address)) >= m_limits.connectionsPerAddress;
    if (isTooMany || m_connectionCount >= m_limits.connections) {
        turnAway(socket);
        return;
    }
    count(socket);
    auto *connection = new HttpConnection(socket, m_limits, m_bodies, this);
    m_connections.insert(connection);
    connect(connection, &HttpConnection::headArrived, this, &HttpFront::headArrived);
    connect(connection, &HttpConnection::refused, this, &HttpFront::refused);
    connect(connection, &HttpConnection::answered, this, [this](int status) { m_refusedCount += status >= 400; });
    connect(connection, &QObject::destroyed, this, [this, connection] { m_connections.remove(connection); });
    connection->begin(m_clock.elapsed() + 1);
    if (!m_sweep.isActive())
        m_sweep.start();
    if (secure) {
        secure->setSslConfiguration(*m_tls);
        secure->startServerEncryption();
    }
}

/// Says so, where that costs nothing.
void HttpFront::turnAway(QTcpSocket *socket)
{
    ++m_refusedCount;
    Q_EMIT turnedAway(socket->peerAddress());
    if (!qobject_cast<QSslSocket *>(socket))
        socket->write("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\nContent-Length: 0\r\n"
                      "Connection: close\r\n\r\n");
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    socket->disconnectFromHost();
    if (socket->state() == QAbstractSocket::UnconnectedState)
        socket->deleteLater();
}

void HttpFront::count(QTcpSocket *socket)
{
    const QString network = networkOf(socket->peerAddress());
    ++m_connectionCount;
    ++m_perNetwork[network];
    // A child dies with the socket, also where a WebSocket has cut all of the socket's own connections.
    connect(new QObject(socket), &QObject::destroyed, this, [this, network] {
        --m_connectionCount;
        if (--m_perNetwork[network] == 0)
            m_perNetwork.remove(network);
        if (m_connectionCount == 0)
            Q_EMIT emptied();
    });
}

void HttpFront::checkTimes()
{
    const qint64 now = m_clock.elapsed() + 1;
    const QSet<HttpConnection *> connections = m_connections;
    for (HttpConnection *connection : connections)
        connection->checkTime(now);
    if (m_connections.isEmpty())
        m_sweep.stop();
}

void HttpFront::closeSoon()
{
    close();
    const QSet<HttpConnection *> connections = m_connections;
    for (HttpConnection *connection : connections)
        connection->closeSoon();
}

bool HttpFront::isBusy() const
{
    return std::any_of(m_connections.cbegin(), m_connections.cend(),
                       [](const HttpConnection *connection) { return !connection->isIdle(); });
}

} // namespace Earshot
