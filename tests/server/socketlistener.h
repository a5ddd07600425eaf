// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

namespace Earshot {

/// A WebSocket client that keeps what it is told.
class SocketListener
{
public:
    SocketListener(quint16 port, const QByteArray &token, const QString &protocol = QStringLiteral("jmap"))
    {
        QObject::connect(&m_socket, &QWebSocket::textMessageReceived, &m_socket, [this](const QString &text) {
            messages.append(QJsonDocument::fromJson(text.toUtf8()).object());
        });
        QNetworkRequest request(QUrl(QStringLiteral("ws://127.0.0.1:%1/jmap/ws").arg(port)));
        request.setRawHeader("Authorization", "Bearer " + token);
        QWebSocketHandshakeOptions options;
        if (!protocol.isEmpty())
            options.setSubprotocols({protocol});
        m_socket.open(request, options);
    }
    [[nodiscard]] QWebSocket &socket() { return m_socket; }
    [[nodiscard]] bool isOpen() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    void send(const QJsonObject &object)
    {
        m_socket.sendTextMessage(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)));
    }
    void send(const char *text) { m_socket.sendTextMessage(QString::fromUtf8(text)); }
    /// Those messages of a @type, oldest first.
    [[nodiscard]] QList<QJsonObject> ofType(const char *type) const
    {
        QList<QJsonObject> found;
        for (const QJsonObject &message : messages) {
            if (message.value(QStringLiteral("@type")) == QString::fromLatin1(type))
                found.append(message);
        }
        return found;
    }

    QList<QJsonObject> messages;

private:
    QWebSocket m_socket;
};

} // namespace Earshot
