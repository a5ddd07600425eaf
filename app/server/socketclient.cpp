// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/socketclient.h"

#include "model/future.h"
#include "workspace/wirerows.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QPointer>
#include <QSslSocket>

#include <algorithm>
#include <array>
#include <sys/socket.h>
#include <sys/uio.h>

namespace Earshot {

namespace {

constexpr qint64 mostUnsent = 16LL * 1024 * 1024;
constexpr qsizetype longestId = 256;
/// In one frame; Qt divides longer texts.
constexpr qsizetype longestAtOnce = 512 * 1024;
constexpr Duration busyTime = std::chrono::seconds(5);

} // namespace

SocketClient::SocketClient(QWebSocket *socket, QTcpSocket *wire, const Principal &principal,
                           const SocketService::Parts &parts, const ServerLimits &limits, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_wire(wire)
    , m_isEncrypted(qobject_cast<QSslSocket *>(wire) != nullptr)
    , m_principal(principal)
    , m_parts(parts)
    , m_limits(limits)
{
    m_socket->setParent(this);
    m_socket->setMaxAllowedIncomingMessageSize(quint64(limits.requestBytes));
    m_socket->setMaxAllowedIncomingFrameSize(quint64(limits.requestBytes));
    connect(m_socket, &QWebSocket::textMessageReceived, this, &SocketClient::onText);
    connect(m_socket, &QWebSocket::binaryMessageReceived, this,
            [this] { m_socket->close(QWebSocketProtocol::CloseCodeDatatypeNotSupported); });
    connect(m_socket, &QWebSocket::pong, this, [this] { m_isAlive = true; });
    connect(m_socket, &QWebSocket::bytesWritten, this, &SocketClient::onBytesTaken);
    if (auto *secure = qobject_cast<QSslSocket *>(wire))
        connect(secure, &QSslSocket::encryptedBytesWritten, this, &SocketClient::onBytesTaken);
    connect(m_socket, &QWebSocket::disconnected, this, [this] {
        // Longer than what may come: Qt has ended it.
        if (m_socket->closeCode() == QWebSocketProtocol::CloseCodeTooMuchData)
            m_parts.refused(m_principal, overLimit(QStringLiteral("maxSizeRequest"), 413));
        deleteLater();
    });
    const QPointer<SocketClient> self(this);
    PushHub::Listener listener;
    listener.principal = principal;
    listener.changed = [self](QJsonObject change, const QString &pushState) {
        if (!self)
            return;
        change.insert(QStringLiteral("pushState"), pushState);
        self->sendPush(QJsonDocument(change).toJson(QJsonDocument::Compact));
    };
    listener.delta = [self](const QByteArray &text) {
        if (self)
            self->sendPush(text);
    };
    listener.shows = [self](const QSet<ConversationId> &conversations) {
        return self && self->m_parts.presence.isShowing(self->m_presence, conversations);
    };
    listener.gone = [self] {
        if (self)
            self->m_socket->close(QWebSocketProtocol::CloseCodePolicyViolated);
    };
    m_listener = m_parts.hub.add(std::move(listener));
    m_presence = m_parts.presence.add({principal.agent, [self](QJsonObject others) {
                                           if (!self)
                                               return;
                                           others.insert(QStringLiteral("@type"), QStringLiteral("PresenceChange"));
                                           self->send(others);
                                       }});
}

SocketClient::~SocketClient()
{
    m_parts.hub.remove(m_listener);
    m_parts.presence.remove(m_presence);
}

void SocketClient::closeSoon()
{
    m_isClosing = true;
    if (!isBusy())
        m_socket->close(QWebSocketProtocol::CloseCodeGoingAway);
}

void SocketClient::beat()
{
    if (!m_isAlive || m_socket->state() != QAbstractSocket::ConnectedState) {
        m_socket->abort();
        // One that has ended already does not say so again.
        deleteLater();
        return;
    }
    m_isAlive = false;
    m_socket->ping();
}

void SocketClient::send(const QJsonObject &object)
{
    const QByteArray text = QJsonDocument(object).toJson(QJsonDocument::Compact);
    if (m_socket->bytesToWrite() > mostUnsent)
        m_socket->abort();
    else
        sendText(text);
}

void SocketClient::sendText(const QByteArray &text)
{
    if (!sendAtOnce(text))
        m_socket->sendTextMessage(QString::fromUtf8(text));
}

/// Nothing depends on a push: a thousand slow listeners are not to cost a thousand long queues.
void SocketClient::sendPush(const QByteArray &text)
{
    if (m_isBehind || m_isClosing)
        return;
    const qint64 share = m_limits.unreadPushesOfAll / std::max<qint64>(1, m_parts.hub.listenerCount());
    m_isBehind = m_socket->bytesToWrite() > std::min(m_limits.unreadPushes, share);
    if (m_isBehind)
        m_parts.hub.pause(m_listener);
    else
        sendText(text);
}

/// One unmasked frame (RFC 6455 5.2), past Qt: with a thousand listeners most of a push's time went into copies of the
/// same text and into waiting, for each, until its socket can be written; and an answer waited until all of them had
/// been told. What the system does not take at once waits in the socket as ever.
/// @return false when it must go the usual way, as it is encrypted or long, or something waits before it
bool SocketClient::sendAtOnce(const QByteArray &text)
{
    constexpr qsizetype shortest = 126; // of a length in 16 bits
    if (m_isEncrypted || text.size() > longestAtOnce || m_socket->state() != QAbstractSocket::ConnectedState ||
        m_wire->bytesToWrite() > 0)
        return false;
    QByteArray head("\x81");
    const auto size = quint64(text.size());
    const int lengthBytes = text.size() < shortest ? 0 : size <= 0xffff ? 2 : 8;
    head.append(lengthBytes == 0 ? char(size) : lengthBytes == 2 ? char(126) : char(127));
    for (int i = lengthBytes - 1; i >= 0; --i)
        head.append(char((size >> (8 * i)) & 0xff));
    std::array<iovec, 2> parts{iovec{head.data(), size_t(head.size())},
                               iovec{const_cast<char *>(text.constData()), size_t(text.size())}};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    const ssize_t sent = ::sendmsg(int(m_wire->socketDescriptor()), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0)
        return false;
    if (const qsizetype rest = head.size() + text.size() - sent; rest > 0)
        m_wire->write(rest > text.size() ? head.right(rest - text.size()) + text : text.right(rest));
    return true;
}

qint64 SocketClient::unsent() const
{
    const auto *secure = qobject_cast<const QSslSocket *>(m_wire);
    return m_socket->bytesToWrite() + (secure ? secure->encryptedBytesToWrite() : 0);
}

void SocketClient::onBytesTaken()
{
    if (m_isAnswerUnsent && unsent() == 0) {
        m_isAnswerUnsent = false;
        if (m_isClosing)
            closeSoon();
    }
    if (!m_isBehind || m_socket->bytesToWrite() > 0)
        return;
    m_isBehind = false;
    m_parts.hub.resume(m_listener);
}

/// @param wait until it may be tried again; 0 = that is of no use
void SocketClient::sendProblem(const QString &id, const Problem &problem, Duration wait)
{
    m_parts.refused(m_principal, problem);
    QJsonObject object = problem.toJson();
    object.insert(QStringLiteral("@type"), QStringLiteral("RequestError"));
    object.insert(QStringLiteral("requestId"), id.isEmpty() ? QJsonValue() : QJsonValue(id));
    if (wait > Duration::zero())
        object.insert(QStringLiteral("retryAfter"), qint64((wait.count() + 999) / 1000));
    send(object);
}

void SocketClient::onText(const QString &text)
{
    m_isAlive = true;
    if (m_isClosing)
        return;
    const auto object = parseJson(text.toUtf8());
    if (!object) {
        sendProblem({}, object.error());
        return;
    }
    const QString type = object->value(QLatin1StringView("@type")).toString();
    const QString id = object->value(QLatin1StringView("id")).toString();
    if (id.size() > longestId)
        sendProblem({}, notRequest(QStringLiteral("the request's id is too long")));
    else if (const auto wait = m_parts.requests.take(m_principal.token, m_parts.clock.now())) {
        sendProblem(id, overLimit(QStringLiteral("requestsPerSecond"), 429), *wait);
    } else if (type == QLatin1StringView("Request"))
        onRequest(id, *object);
    else if (type == QLatin1StringView("WebSocketPushEnable"))
        onPushEnable(*object);
    else if (type == QLatin1StringView("WebSocketPushDisable"))
        onPushDisable();
    else if (type == QLatin1StringView("Presence"))
        onPresence(*object);
    else
        sendProblem(id, notRequest(QStringLiteral("there is no such @type")));
}

void SocketClient::onRequest(const QString &id, const QJsonObject &object)
{
    const auto request = readRequest(object, m_limits);
    if (!request) {
        sendProblem(id, request.error());
        return;
    }
    auto place = m_parts.running.take(m_principal.token);
    if (!place) {
        sendProblem(id, overLimit(QStringLiteral("maxConcurrentRequests"), 429), std::chrono::seconds(1));
        return;
    }
    ++m_running;
    m_parts.accepted();
    // Its place is taken until it has been carried out, whether anybody still listens or not.
    whenDone(m_parts.processor.run(m_principal, *request), &m_parts.processor,
             [self = QPointer(this), place = std::move(place), id](const Result<QJsonObject> &answer) mutable {
                 place.reset();
                 if (self)
                     self->sendResponse(id, answer);
             });
}

void SocketClient::sendResponse(const QString &id, const Result<QJsonObject> &answer)
{
    if (answer) {
        QJsonObject response = *answer;
        response.insert(QStringLiteral("@type"), QStringLiteral("Response"));
        if (!id.isEmpty())
            response.insert(QStringLiteral("requestId"), id);
        send(response);
    } else {
        sendProblem(id, {QStringLiteral("about:blank"), 503, word(answer.error().kind), {}}, busyTime);
    }
    finishOne();
}

void SocketClient::finishOne()
{
    --m_running;
    m_isAnswerUnsent = unsent() > 0;
    if (m_isClosing)
        closeSoon();
}

/// {"@type": "Presence", "conversations": [{"id": "12", "isWriting": false}]}: all that is on screen; every 10 s at
/// least, and then without "conversations" where it is the same as before.
void SocketClient::onPresence(const QJsonObject &object)
{
    const QJsonValue list = object.value(QLatin1StringView("conversations"));
    if (list.isUndefined()) {
        m_parts.presence.beat(m_presence);
        return;
    }
    if (const auto shown = PresenceHub::shownFrom(list, m_limits.shownConversations))
        m_parts.presence.show(m_presence, *shown);
    else
        sendProblem({}, notRequest(QStringLiteral("conversations")));
}

void SocketClient::onPushDisable()
{
    m_isBehind = false;
    m_parts.hub.pause(m_listener);
}

void SocketClient::onPushEnable(const QJsonObject &object)
{
    const QJsonValue wished = object.value(QLatin1StringView("dataTypes"));
    QStringList types;
    for (const QJsonValue &type : wished.toArray())
        types.append(type.toString());
    const bool areKnown =
        std::all_of(types.cbegin(), types.cend(), [](const QString &type) { return !tableOfWireType(type).isEmpty(); });
    if ((!wished.isArray() && !wished.isNull() && !wished.isUndefined()) || !areKnown) {
        sendProblem({}, notRequest(QStringLiteral("dataTypes")));
        return;
    }
    const QJsonValue deltas = object.value(QLatin1StringView("deltas"));
    if (!deltas.isBool() && !deltas.isUndefined()) {
        sendProblem({}, notRequest(QStringLiteral("deltas")));
        return;
    }
    m_isBehind = false;
    if (wished.isArray() && types.isEmpty())
        m_parts.hub.pause(m_listener);
    else
        m_parts.hub.listen(m_listener, types, object.value(QLatin1StringView("pushState")).toString(), deltas.toBool());
}

} // namespace Earshot
