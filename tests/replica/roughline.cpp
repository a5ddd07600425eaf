// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/roughline.h"

#include <algorithm>

#include <sys/socket.h>

namespace Earshot {

namespace {

constexpr std::chrono::milliseconds tick(5);

/// The request at the beginning of `bytes` when it is there as a whole, else empty.
QByteArray wholeRequest(const QByteArray &bytes)
{
    static const QByteArray name = "\r\ncontent-length:";
    const qsizetype body = bytes.indexOf("\r\n\r\n");
    if (body < 0)
        return {};
    const QByteArray head = bytes.first(body + 2).toLower();
    const qsizetype at = head.indexOf(name);
    const qsizetype length =
        at < 0 ? 0 : head.mid(at + name.size(), 20).trimmed().split('\r').constFirst().toLongLong();
    const qsizetype end = body + 4 + length;
    return bytes.size() >= end ? bytes.first(end) : QByteArray();
}

} // namespace

RoughLine::RoughLine(quint16 port, const QHostAddress &host)
    : m_port(port)
    , m_host(host)
{
    m_time.start();
    m_tick.setInterval(tick);
    connect(&m_tick, &QTimer::timeout, this, qOverload<>(&RoughLine::pump));
    m_tick.start();
    connect(this, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *client = nextPendingConnection())
            join(client);
    });
    listen(m_host);
}

void RoughLine::join(QTcpSocket *client)
{
    auto *server = new QTcpSocket(client);
    Joint &joint = m_joints.emplace_back();
    joint.client = client;
    joint.server = server;
    joint.there.to = server;
    joint.back.to = client;
    // The joint outlives both: it goes when the client is no more.
    connect(client, &QTcpSocket::readyRead, server, [this, client, &joint] {
        const QByteArray bytes = client->readAll();
        watch(joint, bytes);
        take(joint.there, bytes);
    });
    connect(server, &QTcpSocket::readyRead, client, [this, server, &joint] { take(joint.back, server->readAll()); });
    connect(client, &QTcpSocket::disconnected, server, [&joint] { joint.there.isEnding = true; });
    connect(server, &QTcpSocket::disconnected, client, [&joint] { joint.back.isEnding = true; });
    connect(server, &QTcpSocket::errorOccurred, client, [&joint] { joint.back.isEnding = true; });
    server->connectToHost(m_host, m_port);
}

void RoughLine::take(Way &way, const QByteArray &bytes)
{
    if (way.isStalled)
        return;
    qint64 due = m_time.elapsed() + m_delay.count();
    if (m_jitter.count() > 0)
        due += m_random.bounded(int(m_jitter.count()) + 1);
    if (!way.pieces.empty())
        due = std::max(due, way.pieces.back().due);
    way.pieces.push_back({due, bytes});
    pump(way);
}

void RoughLine::watch(Joint &joint, const QByteArray &bytes)
{
    if (m_repeated == 0)
        return;
    joint.request += bytes;
    if (!joint.request.startsWith("POST ")) {
        joint.request.clear();
        return;
    }
    const QByteArray whole = wholeRequest(joint.request);
    if (whole.isEmpty())
        return;
    joint.request.remove(0, whole.size());
    if (m_random.bounded(m_repeated) == 0) {
        const Ms later(m_random.bounded(int(m_later.count()) + 1));
        ++m_toCome;
        QTimer::singleShot(later, this, [this, whole] { sendAgain(whole); });
    }
}

void RoughLine::sendAgain(const QByteArray &request)
{
    ++m_repeats;
    auto *server = new QTcpSocket(this);
    connect(server, &QTcpSocket::connected, server, [server, request] { server->write(request); });
    // Whatever is answered: it was done by then.
    connect(server, &QTcpSocket::readyRead, server, [server] { server->disconnectFromHost(); });
    connect(server, &QTcpSocket::disconnected, server, &QObject::deleteLater);
    connect(server, &QTcpSocket::errorOccurred, server, &QObject::deleteLater);
    connect(server, &QObject::destroyed, this, [this] { --m_toCome; });
    server->connectToHost(m_host, m_port);
}

void RoughLine::pump()
{
    for (auto joint = m_joints.begin(); joint != m_joints.end();) {
        pump(joint->there);
        pump(joint->back);
        const bool isOver = joint->client && joint->client->state() == QAbstractSocket::UnconnectedState;
        if (isOver && (joint->there.pieces.empty() || joint->there.isStalled)) {
            delete joint->client;
            joint = m_joints.erase(joint);
        } else {
            ++joint;
        }
    }
}

void RoughLine::pump(Way &way)
{
    if (way.isStalled || !way.to)
        return;
    if (m_throttle > 0)
        way.allowed = std::min(way.allowed + m_throttle * double(tick.count()) / 1000, double(m_throttle));
    while (!way.pieces.empty() && way.pieces.front().due <= m_time.elapsed()) {
        QByteArray &bytes = way.pieces.front().bytes;
        const qsizetype most = m_throttle > 0 ? std::min(qsizetype(way.allowed), bytes.size()) : bytes.size();
        if (most <= 0 && !bytes.isEmpty())
            return;
        way.to->write(bytes.first(most));
        way.allowed -= double(most);
        bytes.remove(0, most);
        if (bytes.isEmpty())
            way.pieces.pop_front();
    }
    if (way.isEnding && way.pieces.empty())
        way.to->disconnectFromHost();
}

void RoughLine::stall()
{
    for (Joint &joint : m_joints)
        joint.there.isStalled = joint.back.isStalled = true;
}

void RoughLine::reset()
{
    for (Joint &joint : m_joints) {
        if (!joint.client || joint.client->socketDescriptor() < 0)
            continue;
        // Closed at once and with what was on its way thrown off: the other side hears a reset, and no end.
        const linger now{1, 0};
        ::setsockopt(int(joint.client->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
        joint.client->abort();
    }
}

void RoughLine::shutDown(QTcpSocket *socket)
{
    if (socket && socket->socketDescriptor() >= 0)
        ::shutdown(int(socket->socketDescriptor()), SHUT_WR);
}

void RoughLine::halfCloseServer()
{
    for (const Joint &joint : m_joints)
        shutDown(joint.server);
}

void RoughLine::halfCloseClient()
{
    for (const Joint &joint : m_joints)
        shutDown(joint.client);
}

} // namespace Earshot
