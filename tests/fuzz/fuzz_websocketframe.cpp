// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/jmaprequest.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QWebSocket>
#include <QWebSocketServer>

#include <cstdint>
#include <cstdlib>

using namespace Earshot;

namespace {

constexpr qint64 mostBytes = 4096;

const QByteArray handshake = "GET /jmap/ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                             "Sec-WebSocket-Protocol: jmap\r\n\r\n";

/// What must hold for any frames: what arrives is text within its limit, and is understood or a problem.
void takeText(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    if (bytes.size() > mostBytes || !text.isValidUtf16())
        std::abort();
    const auto object = parseJson(bytes);
    const auto request = object ? readRequest(*object, ServerLimits()) : tl::unexpected(object.error());
    if (!request && (request.error().type.isEmpty() || request.error().status < 400))
        std::abort();
}

/// Sockets as SocketService has them.
struct Peers
{
    QTcpServer listener;
    QWebSocketServer sockets{QStringLiteral("fuzz"), QWebSocketServer::NonSecureMode};
    QPointer<QTcpSocket> last;

    Peers()
    {
        sockets.setSupportedSubprotocols({QStringLiteral("jmap")});
        if (!listener.listen(QHostAddress(QHostAddress::LocalHost), 0))
            std::abort();
        QObject::connect(&listener, &QTcpServer::newConnection, &sockets,
                         [this] { sockets.handleConnection(listener.nextPendingConnection()); });
        QObject::connect(&sockets, &QWebSocketServer::newConnection, &sockets, [this] {
            QWebSocket *socket = sockets.nextPendingConnection();
            socket->setMaxAllowedIncomingMessageSize(quint64(mostBytes));
            socket->setMaxAllowedIncomingFrameSize(quint64(mostBytes));
            QObject::connect(socket, &QWebSocket::textMessageReceived, socket, &takeText);
            QObject::connect(socket, &QWebSocket::disconnected, socket, &QObject::deleteLater);
        });
    }
};

template <class Condition>
void waitUntil(const Condition &isSo)
{
    const QDeadlineTimer limit(5000);
    while (!isSo()) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
        if (limit.hasExpired())
            std::abort();
    }
}

} // namespace

/// Any bytes after a good handshake.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int count = 0;
    static QCoreApplication application(count, nullptr);
    static Peers peers;
    QTcpSocket client;
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), peers.listener.serverPort());
    client.write(handshake);
    waitUntil([&client] { return client.bytesAvailable() > 0; });
    client.write(reinterpret_cast<const char *>(data), qint64(size));
    client.disconnectFromHost();
    waitUntil([&client] {
        return client.state() == QAbstractSocket::UnconnectedState &&
               (!peers.last || peers.last->state() == QAbstractSocket::UnconnectedState);
    });
    // A QWebSocket does not end the socket that it was made from.
    delete peers.last;
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    return 0;
}
