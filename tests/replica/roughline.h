// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QPointer>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>
#include <list>

namespace Earshot {

/// A line of poor quality on a free port before a server: delays, stalls, throttles, resets and
/// half-closes its connections, and repeats requests. Lives on the test's thread, ends with it.
class RoughLine final : public QTcpServer
{
    Q_OBJECT

public:
    using Ms = std::chrono::milliseconds;

    /// @param host where the server is, and this
    explicit RoughLine(quint16 port, const QHostAddress &host = QHostAddress(QHostAddress::LocalHost));

    /// Each piece comes so much later, and at random up to `jitter` more: what goes through one connection keeps its
    /// order, several overtake each other.
    void delay(Ms time, Ms jitter = Ms(0))
    {
        m_delay = time;
        m_jitter = jitter;
    }
    /// @param bytes a second, of each connection and direction; 0 = any
    void throttle(int bytes) { m_throttle = bytes; }
    /// What is connected now stays so, and nothing goes through it any more, ever; what connects later is whole.
    void stall();
    /// What is connected now ends as where a machine has restarted.
    void reset();
    /// What is connected now is ended towards the server only: that one may still answer.
    void halfCloseServer();
    /// What is connected now is ended towards the client only: that one may still ask.
    void halfCloseClient();
    /// Of `share` whole requests that are posted one comes to the server again, up to `later` after it was answered
    /// or others were sent; who asked hears nothing of the second answer. @param share 0 = none
    void repeat(int share, Ms later)
    {
        m_repeated = share;
        m_later = later;
    }
    void seed(quint32 seed) { m_random.seed(seed); }
    [[nodiscard]] int repeatCount() const { return m_repeats; }
    /// That were begun and have not come to their end.
    [[nodiscard]] int repeatsToCome() const { return m_toCome; }

private:
    struct Piece
    {
        qint64 due = 0; ///< ms of m_time
        QByteArray bytes;
    };
    /// One direction of a connection.
    struct Way
    {
        QPointer<QTcpSocket> to;
        std::list<Piece> pieces;
        bool isStalled = false;
        bool isEnding = false;
        double allowed = 0; ///< bytes that the throttle lets through by now
    };
    struct Joint
    {
        QPointer<QTcpSocket> client;
        QPointer<QTcpSocket> server;
        Way there;
        Way back;
        QByteArray request; ///< what came of it so far
    };

    void join(QTcpSocket *client);
    void take(Way &way, const QByteArray &bytes);
    void watch(Joint &joint, const QByteArray &bytes);
    void sendAgain(const QByteArray &request);
    void pump();
    void pump(Way &way);
    static void shutDown(QTcpSocket *socket);

    const quint16 m_port;
    const QHostAddress m_host;
    Ms m_delay{};
    Ms m_jitter{};
    Ms m_later{};
    int m_throttle = 0;
    int m_repeated = 0;
    int m_repeats = 0;
    int m_toCome = 0;
    std::list<Joint> m_joints;
    QRandomGenerator m_random;
    QElapsedTimer m_time;
    QTimer m_tick;
};

} // namespace Earshot
