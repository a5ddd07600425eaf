// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/cli/networkserver.h"

#include <QTcpSocket>

namespace Earshot {

namespace {

QByteArray headerOf(const QByteArray &head, const QByteArray &lowerCaseName)
{
    const QList<QByteArray> lines = head.split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).toLower() == lowerCaseName)
            return line.sliced(colon + 1).trimmed();
    }
    return {};
}

} // namespace

NetworkServer::NetworkServer()
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onReadable(socket); });
            connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
                m_received.remove(socket);
                socket->deleteLater();
            });
        }
    });
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("no port on loopback");
}

QString NetworkServer::host() const
{
    return QStringLiteral("127.0.0.1:%1").arg(m_server.serverPort());
}

void NetworkServer::servePlainly(std::shared_ptr<FakeNetwork> network)
{
    m_network = std::move(network);
    m_isPlain = true;
}

void NetworkServer::onReadable(QTcpSocket *socket)
{
    QByteArray &received = m_received[socket];
    received += socket->readAll();
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const QByteArray head = received.first(end);
    const QByteArray body = received.sliced(end + 4);
    if (body.size() >= headerOf(head, "content-length").toLongLong())
        answer(socket, head, body);
}

void NetworkServer::answer(QTcpSocket *socket, const QByteArray &head, const QByteArray &body)
{
    const QList<QByteArray> words = head.first(std::max<qsizetype>(head.indexOf("\r\n"), 0)).split(' ');
    HttpRequest request;
    request.method = words.value(0);
    request.url = QUrl::fromEncoded("http://" + host().toLatin1() + words.value(1));
    const QList<QByteArray> lines = head.split('\n').sliced(1);
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = line.first(std::max<qsizetype>(colon, 0));
        if (name.toLower() == "authorization")
            request.authorization = Secret(line.sliced(colon + 1).trimmed());
        else
            request.headers.append({name, line.sliced(colon + 1).trimmed()});
    }
    request.body = body;
    const Fate fate = m_watch ? m_watch(request) : Fate::answered;
    HttpAnswer answer = m_network->answer(request);
    if (fate == Fate::unanswered)
        return;
    if (m_isPlain) {
        const QByteArray secure = "https://" + host().toLatin1();
        const QByteArray plain = "http://" + host().toLatin1();
        answer.body.replace(secure, plain);
        for (QByteArray &value : answer.headers)
            value.replace(secure, plain);
    }
    QByteArray out = "HTTP/1.1 " + QByteArray::number(answer.status) +
                     " x\r\nConnection: close\r\nContent-Length: " + QByteArray::number(answer.body.size()) + "\r\n";
    for (auto it = answer.headers.cbegin(); it != answer.headers.cend(); ++it)
        out += it.key() + ": " + it.value() + "\r\n";
    socket->write(out + "\r\n" + answer.body);
    socket->disconnectFromHost();
}

} // namespace Earshot
