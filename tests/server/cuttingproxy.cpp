// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/cuttingproxy.h"

#include <memory>
#include <utility>

namespace Earshot {

CuttingProxy::CuttingProxy(QString host, quint16 port)
    : m_host(std::move(host))
    , m_port(port)
{
    connect(this, &QTcpServer::newConnection, this, &CuttingProxy::onConnection);
    listen(QHostAddress::LocalHost);
}

void CuttingProxy::onConnection()
{
    while (QTcpSocket *client = nextPendingConnection())
        join(client);
}

void CuttingProxy::join(QTcpSocket *client)
{
    auto *server = new QTcpSocket(client);
    const auto isCut = std::make_shared<bool>(false);
    connect(client, &QTcpSocket::readyRead, server, [this, client, server, isCut] {
        const QByteArray bytes = client->readAll();
        if (!m_beginning.isEmpty() && bytes.startsWith(m_beginning) && !std::exchange(*isCut, true))
            ++m_cuts;
        server->write(bytes);
    });
    connect(server, &QTcpSocket::readyRead, client, [this, client, server, isCut] {
        const QByteArray bytes = server->readAll();
        if (!*isCut) {
            client->write(bytes);
        } else if (m_instead.isEmpty()) {
            client->abort();
        } else {
            client->write(m_instead);
            client->disconnectFromHost();
        }
    });
    connect(server, &QTcpSocket::disconnected, client, [client, isCut] {
        if (*isCut)
            client->abort();
        else
            client->disconnectFromHost();
    });
    connect(server, &QTcpSocket::errorOccurred, client, &QTcpSocket::disconnectFromHost);
    connect(client, &QTcpSocket::disconnected, client, &QTcpSocket::deleteLater);
    server->connectToHost(m_host, m_port);
}

} // namespace Earshot
