// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/httpconnection.h"

#include <QSslSocket>

#include <algorithm>
#include <sys/socket.h>

namespace Earshot {

namespace {

constexpr qint64 readBuffer = 64 * 1024;
/// Of a file, handed to the system ahead of what the client takes.
constexpr qint64 sendBuffer = 256 * 1024;
/// Of answers, waiting for a client that asks on.
constexpr qint64 mostUnread = 256 * 1024;
/// What may wait for a client that listens to a stream.
constexpr qint64 mostUnsent = 4LL * 1024 * 1024;
constexpr Duration lingerTime = std::chrono::seconds(5);

} // namespace

HttpConnection::HttpConnection(QTcpSocket *socket, const ServerLimits &limits, BodyBytes &bodies, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_limits(limits)
    , m_bodies(bodies)
    , m_peer(socket->peerAddress())
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(readBuffer);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::onReadable);
    connect(m_socket, &QTcpSocket::disconnected, this, &HttpConnection::end);
    if (auto *secure = qobject_cast<QSslSocket *>(m_socket)) {
        m_phase = Phase::handshake;
        // What was only encrypted is not gone yet.
        connect(secure, &QSslSocket::encryptedBytesWritten, this, &HttpConnection::onTaken);
        connect(secure, &QSslSocket::encrypted, this, [this] {
            m_phase = Phase::head;
            onReadable();
        });
    } else {
        connect(m_socket, &QTcpSocket::bytesWritten, this, &HttpConnection::onTaken);
    }
}

HttpConnection::~HttpConnection()
{
    countBody(-m_body.size());
}

qint64 HttpConnection::unsent() const
{
    const auto *secure = qobject_cast<QSslSocket *>(m_socket);
    return m_socket->bytesToWrite() + (secure ? secure->encryptedBytesToWrite() : 0);
}

bool HttpConnection::isEncrypted() const
{
    return qobject_cast<QSslSocket *>(m_socket) != nullptr;
}

void HttpConnection::setDeadline(Duration time)
{
    // m_now is as old as the last sweep: nobody is cut off early.
    m_deadline = m_now + (time + m_limits.sweepTime).count();
}

void HttpConnection::begin(qint64 now)
{
    m_now = now;
    setDeadline(m_phase == Phase::handshake ? m_limits.handshakeTime : m_limits.headTime);
}

void HttpConnection::onReadable()
{
    if (m_phase == Phase::head)
        readHead();
    else if (m_phase == Phase::body)
        readMoreBody();
    else if (m_phase == Phase::lingering)
        m_socket->skip(m_socket->bytesAvailable());
}

void HttpConnection::readHead()
{
    if (unsent() > mostUnread)
        return;
    QByteArray bytes = m_socket->peek(m_limits.headBytes + 1);
    while (!m_hasBegun && bytes.startsWith("\r\n")) { // RFC 9112 2.2
        m_socket->skip(2);
        bytes = m_socket->peek(m_limits.headBytes + 1);
    }
    if (bytes.isEmpty())
        return;
    if (!m_hasBegun) {
        m_hasBegun = true;
        setDeadline(m_limits.headTime);
    }
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0 || end + 4 > m_limits.headBytes) {
        if (bytes.size() > m_limits.headBytes)
            refuse(431);
        return;
    }
    m_headSize = end + 4;
    tl::expected<HttpHead, int> head = parseHead(bytes.left(m_headSize));
    if (!head) {
        refuse(head.error());
        return;
    }
    m_head = *std::move(head);
    m_headers.clear();
    m_phase = Phase::deciding;
    m_deadline = 0;
    Q_EMIT headArrived(this);
}

void HttpConnection::readBody(qint64 limit, AgentId sender, std::function<void(QByteArray)> then)
{
    if (m_phase != Phase::deciding)
        return;
    m_sender = sender;
    if (m_head.contentLength > limit) {
        refuse(413);
        return;
    }
    m_socket->skip(m_headSize);
    m_headSize = 0;
    m_phase = Phase::body;
    m_then = std::move(then);
    setDeadline(m_limits.bodyTime);
    if (m_head.expectsContinue)
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    readMoreBody();
}

void HttpConnection::readMoreBody()
{
    const QByteArray piece = m_socket->read(m_head.contentLength - m_body.size());
    m_body += piece;
    countBody(piece.size());
    if (m_bodies.ofAgent.value(m_sender) > m_limits.bodyBytesOfOne) {
        refuse(429);
        return;
    }
    if (m_bodies.all > m_limits.bodyBytesOfAll) {
        refuse(503);
        return;
    }
    if (m_body.size() < m_head.contentLength) {
        if (m_sender.isValid() && !piece.isEmpty())
            setDeadline(m_limits.bodyTime);
        return;
    }
    m_phase = Phase::answering;
    m_deadline = 0;
    countBody(-m_body.size());
    const auto then = std::exchange(m_then, {});
    then(std::exchange(m_body, {}));
}

/// @param bytes that came; negative = that are gone
void HttpConnection::countBody(qint64 bytes)
{
    m_bodies.all += bytes;
    if (!m_sender.isValid())
        return;
    qint64 &own = m_bodies.ofAgent[m_sender];
    own += bytes;
    if (own == 0)
        m_bodies.ofAgent.remove(m_sender);
}

void HttpConnection::refuse(int status)
{
    HttpReply refusal;
    refusal.status = status;
    refusal.closes = true;
    refusal.type = "text/plain";
    refusal.body = reasonPhrase(status) + '\n';
    if (status == 503 || status == 429)
        refusal.headers.emplaceBack("Retry-After", "5");
    m_phase = Phase::deciding;
    Q_EMIT refused(this, status);
    answer(refusal);
}

void HttpConnection::answer(const HttpReply &answer)
{
    if (m_phase != Phase::deciding && m_phase != Phase::body && m_phase != Phase::answering)
        return;
    Q_EMIT answered(answer.status);
    const bool closes = isToClose(answer);
    if (m_headSize > 0 && !closes)
        m_socket->skip(m_headSize);
    QByteArray out = headOf(answer, answer.body.size(), closes);
    if (m_head.method != "HEAD")
        out += answer.body;
    m_socket->write(out);
    onWritten();
    finishRequest(closes);
}

bool HttpConnection::isToClose(const HttpReply &answer) const
{
    const bool isBodyUnread = m_phase != Phase::answering && m_head.contentLength > 0;
    // Who was refused a WebSocket waits for nothing else.
    return answer.closes || isBodyUnread || !m_head.keepsAlive || m_closesSoon || m_head.isUpgrade();
}

void HttpConnection::answerFile(const HttpReply &answer, std::unique_ptr<QFile> file, qint64 length)
{
    if (m_phase != Phase::deciding || m_head.contentLength > 0)
        return;
    m_closesAfterFile = isToClose(answer);
    m_socket->skip(m_headSize);
    m_headSize = 0;
    m_phase = Phase::sending;
    m_deadline = 0;
    m_file = std::move(file);
    m_fileLeft = m_head.method == "HEAD" ? 0 : length;
    m_socket->write(headOf(answer, length, m_closesAfterFile));
    sendMore();
}

void HttpConnection::sendMore()
{
    while (m_fileLeft > 0 && unsent() < sendBuffer) {
        const QByteArray piece = m_file->read(std::min(m_fileLeft, readBuffer));
        // The length was promised: who does not get it must not believe to have it all.
        if (piece.isEmpty()) {
            abort();
            return;
        }
        m_socket->write(piece);
        m_fileLeft -= piece.size();
    }
    onWritten();
}

QByteArray HttpConnection::headOf(const HttpReply &answer, qint64 length, bool closes) const
{
    QByteArray out = "HTTP/1.1 " + QByteArray::number(answer.status) + ' ' + reasonPhrase(answer.status) + "\r\n";
    if (answer.status != 204)
        out += "Content-Length: " + QByteArray::number(length) + "\r\n";
    if (!answer.type.isEmpty())
        out += "Content-Type: " + answer.type + "\r\n";
    bool mayBeKept = false;
    for (const auto &[name, value] : answer.headers) {
        out += name + ": " + value + "\r\n";
        mayBeKept = mayBeKept || name == "Cache-Control";
    }
    out += mayBeKept ? "X-Content-Type-Options: nosniff\r\n"
                     : "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";
    out += addedHeaders();
    return out + (closes ? "Connection: close\r\n\r\n" : "\r\n");
}

QByteArray HttpConnection::addedHeaders() const
{
    QByteArray lines;
    for (const auto &[name, value] : m_headers)
        lines += name + ": " + value + "\r\n";
    return lines;
}

void HttpConnection::finishRequest(bool closes)
{
    const bool isUnread = m_phase != Phase::answering && m_phase != Phase::sending && m_phase != Phase::streaming;
    countBody(-m_body.size());
    m_body.clear();
    m_sender = {};
    m_then = {};
    m_head = {};
    m_headSize = 0;
    m_hasBegun = false;
    if (closes) {
        close(isUnread);
        return;
    }
    m_phase = Phase::head;
    setDeadline(m_limits.idleTime);
    // Not from within: the answer may have been given inside the handler of the one before.
    if (m_socket->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &HttpConnection::onReadable, Qt::QueuedConnection);
}

/// A socket closed with bytes unread is reset, and the answer lost with it (RFC 9112 9.6).
void HttpConnection::close(bool isUnread)
{
    if (!isUnread) {
        m_phase = Phase::ended;
        setDeadline(m_limits.writeTime);
        m_socket->disconnectFromHost();
        return;
    }
    m_phase = Phase::lingering;
    setDeadline(lingerTime);
    m_socket->skip(m_socket->bytesAvailable());
    onWritten();
}

void HttpConnection::beginStream(const QByteArray &type)
{
    if (m_phase != Phase::deciding)
        return;
    m_socket->skip(m_headSize);
    m_headSize = 0;
    m_phase = Phase::streaming;
    m_deadline = 0;
    m_socket->write("HTTP/1.1 200 OK\r\nContent-Type: " + type +
                    "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nX-Accel-Buffering: no\r\n" +
                    addedHeaders() + "Connection: close\r\n\r\n");
    onWritten();
}

bool HttpConnection::send(const QByteArray &bytes)
{
    if (m_phase != Phase::streaming)
        return false;
    if (m_socket->bytesToWrite() + bytes.size() > mostUnsent) {
        abort();
        return false;
    }
    m_socket->write(bytes);
    onWritten();
    return true;
}

QTcpSocket *HttpConnection::takeSocket()
{
    if (m_phase != Phase::deciding)
        return nullptr;
    m_phase = Phase::handedOn;
    QTcpSocket *socket = m_socket;
    socket->disconnect(this);
    socket->setParent(nullptr);
    socket->setReadBufferSize(0);
    m_socket = nullptr;
    deleteLater();
    return socket;
}

void HttpConnection::closeSoon()
{
    m_closesSoon = true;
    if (m_phase == Phase::head || m_phase == Phase::handshake || m_phase == Phase::streaming)
        finishRequest(true);
}

void HttpConnection::abort()
{
    m_socket->abort();
    end();
}

/// The system has taken bytes: the client reads.
void HttpConnection::onTaken()
{
    m_writeSince = 0;
    if (m_phase == Phase::head && !m_hasBegun) {
        // A long answer is no idle time, and what was asked behind it has its turn.
        setDeadline(m_limits.idleTime);
        onWritten();
        readHead();
        return;
    }
    onWritten();
}

/// Bytes were given to the socket, or taken from it. New ones are none that the client has taken.
void HttpConnection::onWritten()
{
    const qint64 waiting = unsent();
    if (waiting == 0)
        m_writeSince = 0;
    else if (m_writeSince == 0)
        m_writeSince = m_now;
    if (m_phase == Phase::sending && m_fileLeft > 0) {
        if (waiting < sendBuffer)
            sendMore();
        return;
    }
    if (m_phase == Phase::sending) {
        m_file.reset();
        finishRequest(m_closesAfterFile || m_closesSoon);
        return;
    }
    // Over TLS no farewell goes before it: the answer has its length.
    if (m_phase == Phase::lingering && waiting == 0)
        ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR);
}

void HttpConnection::checkTime(qint64 now)
{
    m_now = now;
    if (m_phase == Phase::handedOn)
        return;
    const bool takesNothing = m_writeSince > 0 && now - m_writeSince > m_limits.writeTime.count();
    if (takesNothing) {
        abort();
        return;
    }
    if (m_deadline == 0 || now <= m_deadline)
        return;
    m_deadline = 0;
    if (m_phase == Phase::body || (m_phase == Phase::head && m_hasBegun))
        refuse(408);
    else
        abort();
}

void HttpConnection::end()
{
    if (m_phase == Phase::handedOn)
        return;
    m_phase = Phase::ended;
    deleteLater();
}

} // namespace Earshot
