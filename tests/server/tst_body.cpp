// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/httpconnection.h"
#include "tests/server/wireclient.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace Earshot;

/// How slowly a body may come, by a clock of the test's own.
class BodyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void steadyBodyMayTakeLong();
    void standingBodyIsCutOff();
    void trickledBodyIsCutOff();
    void whoIsKnownMayTrickle();
    void aBurstBuysNoTime();

private:
    void beginBody(qint64 length, AgentId sender = AgentId(1));
    void send(qint64 bytes);
    void pass(Duration time);

    ServerLimits m_limits;
    std::unique_ptr<QTcpServer> m_listener;
    std::unique_ptr<WireClient> m_client;
    QPointer<HttpConnection> m_connection;
    BodyBytes m_bodies;
    qint64 m_now = 1;
    std::optional<qsizetype> m_came; ///< the whole body
};

void BodyTest::init()
{
    m_limits = ServerLimits();
    m_now = 1;
    m_came.reset();
    m_listener = std::make_unique<QTcpServer>();
    QVERIFY(m_listener->listen(QHostAddress(QHostAddress::LocalHost), 0));
    m_client = std::make_unique<WireClient>(m_listener->serverPort(), QByteArray(), QString());
    QTRY_VERIFY(m_listener->hasPendingConnections());
    m_connection = new HttpConnection(m_listener->nextPendingConnection(), m_limits, m_bodies, nullptr);
    m_connection->begin(m_now);
}

void BodyTest::cleanup()
{
    delete m_connection;
    QCOMPARE(m_bodies.all, 0);
    QVERIFY(m_bodies.ofAgent.isEmpty());
    m_client.reset();
    m_listener.reset();
}

void BodyTest::beginBody(qint64 length, AgentId sender)
{
    QSignalSpy heads(m_connection, &HttpConnection::headArrived);
    m_client->write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + QByteArray::number(length) + "\r\n\r\n");
    QTRY_COMPARE(heads.size(), 1);
    m_connection->readBody(length, sender, [this](const QByteArray &body) { m_came = body.size(); });
}

/// Sends on, and waits until it is here.
void BodyTest::send(qint64 bytes)
{
    const qint64 before = m_bodies.all;
    m_client->write(QByteArray(bytes, 'x'));
    QTRY_VERIFY(m_came || m_bodies.all == before + bytes);
}

/// Time passes, looked at as often as a server does.
void BodyTest::pass(Duration time)
{
    for (Duration passed{}; m_connection && passed < time; passed += m_limits.sweepTime) {
        m_now += m_limits.sweepTime.count();
        m_connection->checkTime(m_now);
    }
}

/// The largest file that may be sent, over a line of 256 kbit/s: 21 minutes.
void BodyTest::steadyBodyMayTakeLong()
{
    constexpr qint64 perSecond = 32'000;
    const qint64 length = m_limits.uploadBytes;
    beginBody(length);
    qint64 left = length;
    for (; left > 0 && m_connection && m_connection->isReading(); left -= perSecond * 10) {
        send(std::min(left, perSecond * 10));
        pass(std::chrono::seconds(10));
    }
    QCOMPARE(m_came.value_or(0), length);
    QVERIFY(m_now > 20 * 60 * 1000);
    HttpReply reply;
    m_connection->answer(reply);
    QCOMPARE(m_client->read().status, 200);
}

void BodyTest::standingBodyIsCutOff()
{
    beginBody(m_limits.uploadBytes);
    send(1'000'000);
    pass(m_limits.bodyTime + 3 * m_limits.sweepTime);
    QCOMPARE(m_client->read().status, 408);
}

/// A byte now and then is no flow, of whom nobody knows.
void BodyTest::trickledBodyIsCutOff()
{
    beginBody(100'000, AgentId());
    for (Duration passed{}; passed < m_limits.bodyTime + std::chrono::seconds(2); passed += std::chrono::seconds(1)) {
        if (m_bodies.all > 0 || passed == Duration::zero())
            send(1);
        pass(std::chrono::seconds(1));
    }
    QCOMPARE(m_client->read().status, 408);
    QVERIFY(m_now < 60'000);
}

/// Their line may be as slow as it likes, as long as something comes.
void BodyTest::whoIsKnownMayTrickle()
{
    constexpr qint64 length = 60;
    beginBody(length);
    for (qint64 sent = 0; sent < length && m_connection && m_connection->isReading(); ++sent) {
        send(1);
        pass(m_limits.bodyTime - std::chrono::seconds(1));
    }
    QCOMPARE(m_came.value_or(0), length);
    QVERIFY(m_now > 15 * 60 * 1000);
    HttpReply reply;
    m_connection->answer(reply);
    QCOMPARE(m_client->read().status, 200);
}

/// Who sends much at first may not stand still for as long afterwards.
void BodyTest::aBurstBuysNoTime()
{
    beginBody(m_limits.uploadBytes);
    send(m_limits.uploadBytes - 1);
    pass(m_limits.bodyTime + 3 * m_limits.sweepTime);
    QCOMPARE(m_client->read().status, 408);
    QVERIFY(m_now < 60'000);
}

QTEST_GUILESS_MAIN(BodyTest)
#include "tst_body.moc"
