// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/serverwire.h"

#include "networks/authorities.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkRequest>
#include <QSslError>

#include <utility>

namespace Earshot {

ServerWire::ServerWire(Secret token, QByteArray authorities, Duration beat)
    : m_token(std::move(token))
    , m_authorities(std::move(authorities))
    , m_beatEvery(beat)
{
}

void ServerWire::open()
{
    m_transport = std::make_unique<NetworkTransport>();
    if (const auto ssl = trustingAuthorities(m_authorities); ssl) {
        m_ssl = *ssl;
        m_transport->setSsl(*ssl);
    }
    m_beat = new QTimer(this);
    m_beat->setInterval(std::chrono::milliseconds(m_beatEvery));
    connect(m_beat, &QTimer::timeout, this, &ServerWire::beat);
}

void ServerWire::close()
{
    stopListening();
    m_transport.reset();
}

void ServerWire::send(HttpRequest request, const std::shared_ptr<Pending<HttpAnswer>> &pending)
{
    if (!m_transport) {
        pending->end(fail(ErrorKind::cancelled));
        return;
    }
    if (!m_token.isEmpty())
        request.authorization = Secret(authorization());
    whenDone(m_transport->exchange(request), this,
             [pending](Result<HttpAnswer> answer) { pending->end(std::move(answer)); });
}

void ServerWire::connectAnew()
{
    if (m_transport)
        m_transport->connectAnew();
}

void ServerWire::rest(Duration time, const std::shared_ptr<Pending<bool>> &pending)
{
    if (!m_transport) {
        pending->end(fail(ErrorKind::cancelled));
        return;
    }
    // Goes with the transport, and the pending with it.
    QTimer::singleShot(time, m_transport.get(), [pending] { pending->end(true); });
}

void ServerWire::listen(const QUrl &address, const QString &pushState, int line)
{
    stopListening();
    m_line = line;
    if (!m_transport)
        return;
    m_trouble.clear();
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    if (m_ssl)
        m_socket->setSslConfiguration(*m_ssl);
    connect(m_socket, &QWebSocket::connected, this, [this, pushState] { onConnected(pushState); });
    connect(m_socket, &QWebSocket::textMessageReceived, this, &ServerWire::onText);
    connect(m_socket, &QWebSocket::pong, this, &ServerWire::onAnswer);
    connect(m_socket, &QWebSocket::disconnected, this, &ServerWire::onLost);
    connect(m_socket, &QWebSocket::sslErrors, this, [this](const QList<QSslError> &errors) {
        // Not ignored: it ends by itself.
        m_trouble = errors.constFirst().errorString();
    });
    QNetworkRequest request(address);
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Earshot/" EARSHOT_VERSION));
    request.setRawHeader("Authorization", authorization());
    request.setRawHeader("Sec-WebSocket-Protocol", "jmap");
    // A proxy may accept and say nothing: the handshake has one beat.
    m_hasAnswer = false;
    m_isListening = false;
    m_beat->start();
    m_socket->open(request);
}

void ServerWire::stopListening()
{
    if (m_beat)
        m_beat->stop();
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->abort();
    m_socket->deleteLater();
    m_socket = nullptr;
}

void ServerWire::onConnected(const QString &pushState)
{
    const QJsonObject enable{{QStringLiteral("@type"), QStringLiteral("WebSocketPushEnable")},
                             {QStringLiteral("pushState"), pushState},
                             {QStringLiteral("deltas"), true}};
    say(enable);
    m_hasAnswer = false;
    m_beat->start();
    m_socket->ping();
}

void ServerWire::onAnswer()
{
    m_hasAnswer = true;
    if (!std::exchange(m_isListening, true))
        Q_EMIT listening(m_line);
}

void ServerWire::say(const QJsonObject &message)
{
    if (m_socket && m_socket->state() == QAbstractSocket::ConnectedState)
        m_socket->sendTextMessage(QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
}

void ServerWire::onText(const QString &text)
{
    onAnswer();
    const QJsonObject message = QJsonDocument::fromJson(text.toUtf8()).object();
    if (message.value(QLatin1StringView("@type")) == QLatin1StringView("PresenceChange"))
        Q_EMIT presenceTold(message);
    else if (!message.isEmpty())
        Q_EMIT told(message);
}

void ServerWire::beat()
{
    if (!m_hasAnswer) {
        if (m_trouble.isEmpty())
            m_trouble = QStringLiteral("the socket's other end answers nothing");
        onLost();
        return;
    }
    m_hasAnswer = false;
    m_socket->ping();
}

void ServerWire::onLost()
{
    const QString why = m_trouble.isEmpty() ? m_socket->errorString() : m_trouble;
    stopListening();
    Q_EMIT listeningEnded(why, m_line);
}

} // namespace Earshot
