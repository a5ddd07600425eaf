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

bool CuttingProxy::isRefused(QTcpSocket *client, const QByteArray &bytes, qint64 &left)
{
    static const QByteArray name = "\r\ncontent-length:";
    const qsizetype at = bytes.toLower().indexOf(name);
    const qsizetype body = bytes.indexOf("\r\n\r\n");
    if (left == 0 && m_most > 0 && at > 0 && body > at) {
        const qint64 length = bytes.mid(at + name.size(), 20).trimmed().split('\r').constFirst().toLongLong();
        if (length <= m_most)
            return false;
        left = body + 4 + length;
    }
    if (left == 0)
        return false;
    left -= bytes.size();
    if (left <= 0) {
        client->write(m_refusal);
        client->disconnectFromHost();
    }
    return true;
}

void CuttingProxy::join(QTcpSocket *client)
{
    auto *server = new QTcpSocket(client);
    const auto isCut = std::make_shared<bool>(false);
    const auto left = std::make_shared<qint64>(0);
    connect(client, &QTcpSocket::readyRead, server, [this, client, server, isCut, left] {
        const QByteArray bytes = client->readAll();
        if (isRefused(client, bytes, *left))
            return;
        const bool isRequest = bytes.startsWith("POST ") || bytes.startsWith("GET ");
        if (isRequest && m_toFail && *m_toFail >= 0 && (*m_toFail)-- == 0) {
            *isCut = true;
            if (!m_isArriving) {
                client->abort();
                return;
            }
        }
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
