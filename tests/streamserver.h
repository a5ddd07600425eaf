// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHostAddress>
#include <QUrl>
#include <QWebSocket>
#include <QWebSocketServer>

#include <memory>

namespace Earshot {

/// A stream's other end on a port of this machine; it says what the test has it say.
class StreamServer final : public QObject
{
public:
    StreamServer()
        : m_server(QStringLiteral("stream"), QWebSocketServer::NonSecureMode)
    {
        static_cast<void>(m_server.listen(QHostAddress::LocalHost));
        connect(&m_server, &QWebSocketServer::newConnection, this, [this] {
            // The one before may still be closing.
            if (socket)
                socket.release()->deleteLater();
            socket.reset(m_server.nextPendingConnection());
            ++connections;
        });
    }
    [[nodiscard]] QString host() const { return QStringLiteral("127.0.0.1:%1").arg(m_server.serverPort()); }
    [[nodiscard]] QUrl base() const { return QUrl(QStringLiteral("http://") + host()); }
    void hint() const
    {
        socket->sendTextMessage(QStringLiteral(R"({"stream":["user"],"event":"notification","payload":"{}"})"));
    }

private:
    QWebSocketServer m_server;

public:
    std::unique_ptr<QWebSocket> socket; ///< of the newest connection; nobody else ends it
    int connections = 0;
};

} // namespace Earshot
