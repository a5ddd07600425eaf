// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/id.h"
#include "server/httphead.h"
#include "server/serverlimits.h"

#include <QFile>
#include <QHostAddress>
#include <QObject>
#include <QTcpSocket>

#include <functional>
#include <memory>

namespace Earshot {

/// One answer. Content-Length, Connection and the headers that keep browsers from guessing are added by the connection.
struct HttpReply
{
    int status = 200;
    QByteArray type; ///< Content-Type; empty = none
    QByteArray body;
    QList<std::pair<QByteArray, QByteArray>> headers;
    bool closes = false; ///< the connection ends after it, whatever the client asked
};

/// Bytes of bodies that are being received, on all connections of a front.
struct BodyBytes
{
    qint64 all = 0;
    QHash<AgentId, qint64> ofAgent; ///< of those who are known
};

/// One client's connection: reads a head, then waits to be told what to do with it: readBody(), answer(), beginStream()
/// or takeSocket(). Every phase has its limit of bytes and time. Requests of one connection are answered one after
/// another; while a client leaves much unread, no further one is begun. Owns its socket; deletes itself when that ends.
/// Lives on its front's thread.
///
/// Why not Qt's own HTTP server: in 6.4 it limits neither a body's size nor any time, and a limit kept beneath it would
/// have to understand the same bytes a second time.
class HttpConnection final : public QObject
{
    Q_OBJECT

public:
    HttpConnection(QTcpSocket *socket, const ServerLimits &limits, BodyBytes &bodies, QObject *parent);
    ~HttpConnection() override;

    /// The request being answered.
    [[nodiscard]] const HttpHead &head() const { return m_head; }
    [[nodiscard]] QHostAddress peer() const { return m_peer; }
    [[nodiscard]] bool isEncrypted() const;
    [[nodiscard]] bool isIdle() const { return m_phase == Phase::head; }
    /// Whom the body comes from that is being received, or was refused.
    [[nodiscard]] AgentId sender() const { return m_sender; }
    /// A body is on its way.
    [[nodiscard]] bool isReading() const { return m_phase == Phase::body; }

    /// Receives the request's body, at most `limit` bytes, then calls `then`, once. A longer one is refused with 413,
    /// one that does not flow with 408, and with 429 what is too much at once of one agent. The line of whoever is
    /// known may be slow; a stranger's body is to be there soon.
    /// @param sender an id that is none: nobody known
    void readBody(qint64 limit, AgentId sender, std::function<void(QByteArray)> then);
    /// What every answer to this request says beside its own headers.
    void addHeaders(const QList<std::pair<QByteArray, QByteArray>> &headers) { m_headers = headers; }
    /// Ends the request. What was not read of its body ends the connection too.
    void answer(const HttpReply &answer);
    /// The same with a part of a file as the body: the next `length` bytes from where it stands. Read and sent a piece
    /// at a time, as fast as the client takes them. The answer's own body is left out.
    void answerFile(const HttpReply &answer, std::unique_ptr<QFile> file, qint64 length);
    /// Begins an answer without an end (server-sent events); send() adds to it.
    void beginStream(const QByteArray &type);
    /// @return false when the client takes too little: the connection is then ended
    bool send(const QByteArray &bytes);
    /// Hands the socket on with the request's head still unread in it. The connection is gone afterwards.
    /// @return null when the client has left meanwhile
    [[nodiscard]] QTcpSocket *takeSocket();
    /// Answers what is under way, then closes; idle ones at once.
    void closeSoon();
    void abort();

    /// From now on its time counts. @param now in ms of the front's clock, more than 0
    void begin(qint64 now);
    /// Ends what takes too long.
    void checkTime(qint64 now);

Q_SIGNALS:
    /// A head is complete. What is to be done is said by the functions above, now or later.
    void headArrived(Earshot::HttpConnection *connection);
    /// Every answer, before it is written.
    void answered(int status);
    /// What was sent is too long, too slow or no HTTP: said by the connection itself.
    void refused(Earshot::HttpConnection *connection, int status);

private:
    enum class Phase {
        handshake, ///< of TLS
        head,
        deciding,
        body,
        answering, ///< the body is here, the answer not yet
        sending,   ///< a file
        streaming,
        lingering, ///< refused; what still comes is thrown away, so that the client gets to read why
        handedOn,
        ended
    };

    void onReadable();
    [[nodiscard]] qint64 unsent() const;
    void readHead();
    void readMoreBody();
    void countBody(qint64 bytes);
    void onTaken();
    void onWritten();
    void refuse(int status);
    void setDeadline(Duration time);
    [[nodiscard]] QByteArray addedHeaders() const;
    [[nodiscard]] bool isToClose(const HttpReply &answer) const;
    [[nodiscard]] QByteArray headOf(const HttpReply &answer, qint64 length, bool closes) const;
    void sendMore();
    void finishRequest(bool closes);
    void close(bool isUnread);
    void end();

    QTcpSocket *m_socket;
    const ServerLimits &m_limits;
    BodyBytes &m_bodies;
    QHostAddress m_peer;
    Phase m_phase = Phase::head;
    HttpHead m_head;
    QList<std::pair<QByteArray, QByteArray>> m_headers;
    qsizetype m_headSize = 0;
    QByteArray m_body;
    AgentId m_sender; ///< of the body
    std::function<void(QByteArray)> m_then;
    std::unique_ptr<QFile> m_file; ///< being sent
    qint64 m_fileLeft = 0;
    bool m_closesAfterFile = false;
    qint64 m_now = 0;
    qint64 m_deadline = 0;   ///< 0 = none
    qint64 m_writeSince = 0; ///< bytes wait to be taken since then; 0 = none do
    bool m_hasBegun = false; ///< the first byte of a request is here
    bool m_closesSoon = false;
};

} // namespace Earshot
