// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "rawserver.h"

#include <QPointer>

#include <sys/socket.h>

#include <memory>

namespace Earshot {

namespace {

/// How long the first whole request in a buffer is, 0 when there is none yet.
qsizetype wholeRequest(const QByteArray &buffer)
{
    const qsizetype headEnd = buffer.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return 0;
    qsizetype size = headEnd + 4;
    for (const QByteArray &line : buffer.first(headEnd).toLower().split('\n')) {
        if (line.startsWith("content-length:"))
            size += line.mid(15).trimmed().toLongLong();
    }
    return buffer.size() >= size ? size : 0;
}

} // namespace

RawServer::RawServer(Handler handler)
    : m_handler(std::move(handler))
{
    m_server.listen(QHostAddress::LocalHost, 0);
    connect(&m_server, &QTcpServer::newConnection, this, &RawServer::onConnection);
}

QUrl RawServer::url(const QString &path, const QString &scheme) const
{
    return QUrl(QStringLiteral("%1://127.0.0.1:%2%3").arg(scheme).arg(m_server.serverPort()).arg(path));
}

void RawServer::onConnection()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        ++m_connections;
        socket->setParent(this);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onReadyRead(*socket); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        onReadyRead(*socket);
    }
}

void RawServer::onReadyRead(QTcpSocket &socket)
{
    QByteArray &buffer = m_buffers[&socket];
    const QByteArray bytes = socket.readAll();
    m_bytesReceived += quint64(bytes.size());
    buffer += bytes;
    while (const qsizetype size = wholeRequest(buffer)) {
        const QByteArray request = buffer.first(size);
        buffer.remove(0, size);
        m_requests += request;
        m_handler(socket, request, int(m_requests.size()) - 1);
    }
}

void RawServer::reset(QTcpSocket &socket)
{
    const linger now{.l_onoff = 1, .l_linger = 0};
    setsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    socket.abort();
}

void RawServer::stream(QTcpSocket &socket, const QByteArray &chunk, qint64 total)
{
    constexpr qint64 ahead = 1024 * 1024;
    auto left = std::make_shared<qint64>(total);
    const auto fill = [&socket, chunk, left] {
        while (*left > 0 && socket.bytesToWrite() < ahead && socket.state() == QAbstractSocket::ConnectedState) {
            const qint64 written = socket.write(chunk.first(std::min<qint64>(chunk.size(), *left)));
            if (written <= 0)
                return;
            *left -= written;
        }
        if (*left == 0)
            socket.disconnectFromHost();
    };
    QObject::connect(&socket, &QTcpSocket::bytesWritten, &socket, fill);
    fill();
}

QByteArray RawServer::answer(int status, const QByteArray &body, const QByteArray &headers)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Word\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\n" + headers + "\r\n" + body;
}

} // namespace Earshot
