// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/countingproxy.h"

#include <QTcpSocket>

namespace Earshot {

CountingProxy::CountingProxy(quint16 port)
    : m_port(port)
{
    connect(this, &QTcpServer::newConnection, this, &CountingProxy::join);
    listen(QHostAddress::LocalHost);
}

void CountingProxy::join()
{
    while (QTcpSocket *client = nextPendingConnection()) {
        auto *server = new QTcpSocket(client);
        client->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        server->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        connect(client, &QTcpSocket::readyRead, server, [this, client, server] {
            const QByteArray bytes = client->readAll();
            m_bytes.sent += bytes.size();
            server->write(bytes);
        });
        connect(server, &QTcpSocket::readyRead, client, [this, client, server] {
            const QByteArray bytes = server->readAll();
            m_bytes.received += bytes.size();
            client->write(bytes);
        });
        connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
        connect(server, &QTcpSocket::errorOccurred, client, &QTcpSocket::disconnectFromHost);
        connect(client, &QTcpSocket::disconnected, client, &QTcpSocket::deleteLater);
        server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
    }
}

} // namespace Earshot
