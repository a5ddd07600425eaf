// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/cuttingproxy.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace Earshot {

namespace {

QByteArray withoutHeader(QByteArray bytes, const QByteArray &name)
{
    const qsizetype at = name.isEmpty() ? -1 : bytes.toLower().indexOf(QByteArray("\r\n" + name + ':'));
    return at < 0 ? bytes : bytes.remove(at, bytes.indexOf('\r', at + 2) - at);
}

} // namespace

CuttingProxy::CuttingProxy(QString host, quint16 port)
    : m_host(std::move(host))
    , m_port(port)
{
    connect(this, &QTcpServer::newConnection, this, &CuttingProxy::onConnection);
    listen(QHostAddress::LocalHost);
}

void CuttingProxy::leaveOnlyWebSockets()
{
    m_here = serverPort();
    close();
    const QList<QTcpSocket *> clients = findChildren<QTcpSocket *>(Qt::FindDirectChildrenOnly);
    for (QTcpSocket *client : clients) {
        if (!client->property("isWebSocket").toBool())
            client->abort();
    }
}

void CuttingProxy::listenAgain()
{
    listen(QHostAddress::LocalHost, m_here);
}

void CuttingProxy::letHeldGo()
{
    m_toHold.clear();
    Q_EMIT heldGo();
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

bool CuttingProxy::isLost(QTcpSocket *client, QTcpSocket *server, const QByteArray &bytes)
{
    if (m_failure.isArriving)
        return false;
    if (m_failure.isCut) {
        server->write(bytes.first(bytes.size() / 2));
        server->disconnectFromHost();
    }
    if (m_failure.instead.isEmpty()) {
        client->abort();
    } else {
        client->write(m_failure.instead);
        client->disconnectFromHost();
    }
    return true;
}

bool CuttingProxy::isToHold(const QByteArray &request)
{
    if (!m_toHold.isEmpty() && request.startsWith(m_toHold))
        return true;
    if (m_partToHold.isEmpty() || !request.contains(m_partToHold))
        return false;
    m_partToHold.clear();
    return true;
}

void CuttingProxy::join(QTcpSocket *client)
{
    auto *server = new QTcpSocket(client);
    const auto cut = std::make_shared<std::optional<Failure>>();
    const auto left = std::make_shared<qint64>(0);
    const auto isHeld = std::make_shared<bool>(false);
    // Head and body come one after the other.
    const auto request = std::make_shared<QByteArray>();
    connect(client, &QTcpSocket::readyRead, server, [this, client, server, cut, left, isHeld, request] {
        const QByteArray bytes = withoutHeader(client->readAll(), m_swallowed);
        if (isRefused(client, bytes, *left))
            return;
        if (!m_lost.isEmpty() && bytes.contains(m_lost)) {
            ++m_cuts;
            client->write(m_insteadOfLost);
            m_insteadOfLost.isEmpty() ? client->abort() : client->disconnectFromHost();
            return;
        }
        if (bytes.startsWith("GET /jmap/ws"))
            client->setProperty("isWebSocket", true);
        const bool isRequest = bytes.startsWith("POST ") || bytes.startsWith("GET ");
        if (isRequest)
            m_requests.append(bytes.first(std::max<qsizetype>(0, bytes.indexOf('\r'))));
        if (isRequest && m_left && (*m_left <= 0 || (*m_left)-- <= 0)) {
            m_left = -1;
            client->abort();
            return;
        }
        if (isRequest && m_toFail && *m_toFail >= 0 && (*m_toFail)-- == 0) {
            *cut = m_failure;
            if (isLost(client, server, bytes))
                return;
        }
        const bool isToCut = (!m_beginning.isEmpty() && bytes.startsWith(m_beginning)) ||
                             (!m_cutPart.isEmpty() && bytes.contains(m_cutPart));
        if (isToCut && !*cut) {
            *cut = Failure{true, false, m_instead};
            ++m_cuts;
        }
        if (isRequest)
            *request = bytes;
        else if (!m_partToHold.isEmpty())
            request->append(bytes);
        if (!*isHeld && isToHold(*request)) {
            *isHeld = true;
            ++m_heldCount;
            if (!m_insteadOfHeld.isEmpty())
                *cut = Failure{true, false, std::exchange(m_insteadOfHeld, {})};
        }
        server->write(bytes);
    });
    const auto handBack = [this, client, server, cut, isHeld] {
        const QByteArray bytes = *isHeld ? QByteArray() : server->readAll();
        if (bytes.isEmpty())
            return;
        if (m_losesPushes && client->property("isWebSocket").toBool()) {
            m_lostPushes += bytes;
            return;
        }
        if (!*cut && m_endsSockets && client->property("isWebSocket").toBool()) {
            ++m_cuts;
            client->write(bytes.first(bytes.indexOf("\r\n\r\n") + 4));
            client->disconnectFromHost();
        } else if (!*cut) {
            client->write(bytes);
        } else if ((*cut)->isCut) {
            client->write(bytes.first(bytes.size() / 2));
            client->disconnectFromHost();
        } else if ((*cut)->instead.isEmpty()) {
            client->abort();
        } else {
            client->write((*cut)->instead);
            client->disconnectFromHost();
        }
    };
    connect(server, &QTcpSocket::readyRead, client, handBack);
    const auto endClient = [client, cut, isHeld] {
        // Also of a server that is no more.
        if (*isHeld)
            return;
        if (*cut)
            client->abort();
        else
            client->disconnectFromHost();
    };
    connect(this, &CuttingProxy::heldGo, client, [server, isHeld, handBack, endClient] {
        *isHeld = false;
        handBack();
        if (server->state() == QAbstractSocket::UnconnectedState)
            endClient();
    });
    connect(server, &QTcpSocket::disconnected, client, endClient);
    connect(server, &QTcpSocket::errorOccurred, client, [client, isHeld] {
        if (!*isHeld)
            client->disconnectFromHost();
    });
    connect(client, &QTcpSocket::disconnected, client, &QTcpSocket::deleteLater);
    server->connectToHost(m_host, m_port);
}

} // namespace Earshot
