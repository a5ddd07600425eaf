// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/metrics.h"
#include "tests/server/serverworld.h"
#include "tests/server/socketlistener.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace Earshot;

namespace {

/// Every time is short.
ServerLimits hasty()
{
    ServerLimits limits;
    limits.headTime = std::chrono::milliseconds(200);
    limits.bodyTime = std::chrono::milliseconds(200);
    limits.idleTime = std::chrono::milliseconds(300);
    limits.writeTime = std::chrono::milliseconds(300);
    limits.sweepTime = std::chrono::milliseconds(20);
    return limits;
}

QByteArray wholeRequest(const QByteArray &token, const QByteArray &body)
{
    return "POST /jmap/api HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer " + token +
           "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

/// A request whose answer is somewhat longer than `size`.
QByteArray echoRequest(const QByteArray &token, qsizetype size)
{
    const QJsonObject text{{QStringLiteral("t"), QString(size, u'x')}};
    return wholeRequest(token, requestBody(oneCall(QStringLiteral("Core/echo"), text)));
}

const QByteArray health = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

} // namespace

/// Rude and broken clients are refused politely, and harm nobody else.
class WireTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void healthIsTold();
    void strangersAreAsked();
    void unknownPathsAndMethods();
    void pipelinedRequestsAreAnsweredInOrder();
    void slowHeadIsCutOff();
    void slowBodyIsCutOff();
    void idleConnectionEnds();
    void silentConnectionEnds();
    void longHeadIsRefused();
    void longBodyIsRefusedBeforeItCame();
    void bodiesTogetherAreLimited();
    void bodiesOfAnAgentAreLimited();
    void whoReadsNothingIsCutOff();
    void whoAsksOnAndReadsNothingIsCutOff();
    void whoListensAndReadsNothingIsCutOff();
    void answersWaitForTheirReader();
    void halfOpenSocketsDoNotStopOthers();
    void expectationIsAnswered();
    void chunkedBodiesAreRefused_data();
    void chunkedBodiesAreRefused();
    void listenersOfATokenAreLimited();
    void randomFramesHarmNobody_data();
    void randomFramesHarmNobody();
    void brokenRequestsAreProblems_data();
    void brokenRequestsAreProblems();
    void beyondLoopbackNeedsTls();
    void metricsAreTold();
    void stopFinishesWhatWasAccepted();

private:
    std::unique_ptr<ServerWorld> m_world;
};

void WireTest::cleanup()
{
    m_world.reset();
}

void WireTest::healthIsTold()
{
    m_world = std::make_unique<ServerWorld>();
    const WireReply reply = m_world->client(AgentId())->get("/healthz");
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body, QByteArray("ok\n"));
    QCOMPARE(reply.headers.value("cache-control"), QByteArray("no-store"));
}

void WireTest::strangersAreAsked()
{
    m_world = std::make_unique<ServerWorld>();
    const auto stranger = m_world->client(AgentId());
    for (const char *path : {"/.well-known/jmap", "/auth/tokens", "/jmap/eventsource/?types=*", "/jmap/ws"}) {
        const WireReply reply = stranger->get(path);
        QCOMPARE(reply.status, 401);
        QVERIFY(reply.headers.value("www-authenticate").startsWith("Bearer"));
    }
    QCOMPARE(stranger->post({}).status, 401);
    const QByteArray good = m_world->token(ServerWorld::ana);
    const QList<QByteArray> bad{good.chopped(1),
                                good + "A",
                                good.left(25) + QByteArray(43, 'A'),
                                QByteArray("earshot_"),
                                QByteArray(4000, 'x'),
                                QByteArray("\xff\xfe")};
    for (const QByteArray &token : bad) {
        WireClient client(m_world->server().port(), token, m_world->account());
        QCOMPARE(client.get("/.well-known/jmap").status, 401);
    }
    WireClient known(m_world->server().port(), good, m_world->account());
    QCOMPARE(known.get("/.well-known/jmap").status, 200);
}

void WireTest::unknownPathsAndMethods()
{
    m_world = std::make_unique<ServerWorld>();
    const auto client = m_world->client();
    QCOMPARE(client->get("/").status, 404);
    QCOMPARE(client->get("/jmap/api/../api").status, 404);
    QCOMPARE(client->get("/jmap/api").status, 405);
    QCOMPARE(client->send("DELETE", "/.well-known/jmap").status, 405);
    QCOMPARE(client->send("OPTIONS", "/jmap/api").status, 405);
    QCOMPARE(client->send("POST", "/healthz", "{}").status, 405);
}

void WireTest::pipelinedRequestsAreAnsweredInOrder()
{
    m_world = std::make_unique<ServerWorld>();
    const auto client = m_world->client();
    QByteArray bytes;
    for (int i = 0; i < 5; ++i) {
        const QByteArray body =
            requestBody(oneCall(QStringLiteral("Core/echo"), QJsonObject{{QStringLiteral("n"), i}}));
        bytes += "\r\nPOST /jmap/api HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
                 client->token() + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }
    client->write(bytes);
    for (int i = 0; i < 5; ++i) {
        const QJsonArray responses = client->read().json().value(QStringLiteral("methodResponses")).toArray();
        QCOMPARE(responses[0].toArray()[1].toObject().value(QStringLiteral("n")).toInt(), i);
    }
}

void WireTest::slowHeadIsCutOff()
{
    m_world = std::make_unique<ServerWorld>(hasty());
    const auto client = m_world->client(AgentId());
    // A byte now and then does not help: the time is that of the whole head.
    QTimer dripping;
    int sent = 0;
    connect(&dripping, &QTimer::timeout, this, [&client, &sent] { client->write(health.mid(sent++, 1)); });
    dripping.start(std::chrono::milliseconds(20));
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(client->read().status, 408);
    dripping.stop();
    QVERIFY(timer.elapsed() >= 200);
    QVERIFY(client->isClosed());
}

void WireTest::slowBodyIsCutOff()
{
    m_world = std::make_unique<ServerWorld>(hasty());
    const auto client = m_world->client();
    client->write("POST /jmap/api HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n"
                  "Authorization: Bearer " +
                  client->token() + "\r\n\r\n{");
    QCOMPARE(client->read().status, 408);
    QVERIFY(client->isClosed());
}

void WireTest::idleConnectionEnds()
{
    m_world = std::make_unique<ServerWorld>(hasty());
    const auto client = m_world->client();
    QCOMPARE(client->get("/healthz").status, 200);
    QVERIFY(client->isClosed());
    QTRY_COMPARE(m_world->server().connectionCount(), 0);
}

void WireTest::silentConnectionEnds()
{
    m_world = std::make_unique<ServerWorld>(hasty());
    const auto client = m_world->client();
    QVERIFY(client->isClosed());
    QTRY_COMPARE(m_world->server().connectionCount(), 0);
}

void WireTest::longHeadIsRefused()
{
    m_world = std::make_unique<ServerWorld>();
    const auto client = m_world->client();
    client->write("GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(200'000, 'x'));
    QCOMPARE(client->read().status, 431);
    QVERIFY(client->isClosed());
}

void WireTest::longBodyIsRefusedBeforeItCame()
{
    m_world = std::make_unique<ServerWorld>();
    const auto client = m_world->client();
    client->write("POST /jmap/api HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                  "Content-Length: 1073741824\r\nExpect: 100-continue\r\nAuthorization: Bearer " +
                  client->token() + "\r\n\r\n" + QByteArray(500'000, 'x'));
    const WireReply reply = client->read();
    QCOMPARE(reply.status, 413);
    QCOMPARE(reply.json().value(QStringLiteral("limit")).toString(), QStringLiteral("maxSizeRequest"));
}

void WireTest::bodiesTogetherAreLimited()
{
    ServerLimits limits;
    limits.bodyBytesOfAll = 10'000;
    m_world = std::make_unique<ServerWorld>(limits);
    const auto client = m_world->client();
    // Known by now: its body is read as soon as it comes.
    QCOMPARE(client->post({}).status, 200);
    const QByteArray head = "POST /jmap/api HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: "
                            "Bearer " +
                            client->token() + "\r\nContent-Length: 6000\r\n\r\n";
    client->write(head + QByteArray(5990, ' '));
    client->socket().flush();
    // What was sent before is with the server when this has been answered.
    QCOMPARE(m_world->client()->get("/healthz").status, 200);
    const auto other = m_world->client();
    other->write(head + QByteArray(5990, ' '));
    QCOMPARE(other->read().status, 503);
    client->write(QByteArray(10, ' '));
    QCOMPARE(client->read().status, 400);
    QCOMPARE(m_world->client()->post({}).status, 200);
}

/// Whoever lets many bodies stand does not keep the others' out.
void WireTest::bodiesOfAnAgentAreLimited()
{
    ServerLimits limits;
    limits.bodyBytesOfAll = 20'000;
    limits.bodyBytesOfOne = 10'000;
    m_world = std::make_unique<ServerWorld>(limits);
    const auto head = [](const WireClient &client) -> QByteArray {
        return "POST /jmap/api HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
               client.token() + "\r\nContent-Length: 6000\r\n\r\n";
    };
    const auto client = m_world->client();
    QCOMPARE(client->post({}).status, 200);
    client->write(head(*client) + QByteArray(5990, ' '));
    client->socket().flush();
    QCOMPARE(m_world->client()->get("/healthz").status, 200);
    const auto second = m_world->client(); // another device of the same agent
    second->write(head(*second) + QByteArray(5990, ' '));
    const WireReply refusal = second->read();
    QCOMPARE(refusal.status, 429);
    QVERIFY(refusal.headers.value("retry-after").toInt() > 0);
    const auto other = m_world->client(ServerWorld::kim);
    other->write(head(*other) + QByteArray(6000, ' '));
    QCOMPARE(other->read().status, 400);
    client->write(QByteArray(10, ' '));
    QCOMPARE(client->read().status, 400);
    QCOMPARE(m_world->client()->post({}).status, 200);
}

void WireTest::whoReadsNothingIsCutOff()
{
    m_world = std::make_unique<ServerWorld>(hasty(), 1);
    const auto client = m_world->client();
    client->socket().setReadBufferSize(1000);
    client->write(echoRequest(client->token(), 100'000).repeated(100));
    QTRY_COMPARE_WITH_TIMEOUT(m_world->server().connectionCount(), 0, 10'000);
}

/// New answers, that wait behind the old, are no bytes taken.
void WireTest::whoAsksOnAndReadsNothingIsCutOff()
{
    ServerLimits limits;
    limits.writeTime = std::chrono::milliseconds(300);
    limits.sweepTime = std::chrono::milliseconds(20);
    m_world = std::make_unique<ServerWorld>(limits, 1);
    const auto client = m_world->client();
    client->socket().setReadBufferSize(1000);
    // Each answer is twenty times as long as its request.
    QJsonArray calls;
    calls.append(QJsonArray{QStringLiteral("Core/echo"), QJsonObject{{QStringLiteral("t"), QString(10'000, u'x')}},
                            QStringLiteral("0")});
    const QJsonObject reference{{QStringLiteral("resultOf"), QStringLiteral("0")},
                                {QStringLiteral("name"), QStringLiteral("Core/echo")},
                                {QStringLiteral("path"), QStringLiteral("/t")}};
    for (int i = 0; i < 20; ++i)
        calls.append(QJsonArray{QStringLiteral("Core/echo"), QJsonObject{{QStringLiteral("#t"), reference}},
                                QStringLiteral("more")});
    const QByteArray request = wholeRequest(client->token(), requestBody(calls));
    QTimer asking;
    int asked = 0;
    connect(&asking, &QTimer::timeout, this, [&] {
        if (client->socket().isOpen())
            client->write(request);
        ++asked;
    });
    asking.start(std::chrono::milliseconds(10));
    QTRY_COMPARE_WITH_TIMEOUT(m_world->server().connectionCount(), 0, 10'000);
    // Of what could not be told, nothing more was carried out.
    QVERIFY(m_world->server().counts().requests < asked);
}

/// By a clock of its own, so that it is certain that nothing was taken meanwhile.
void WireTest::whoListensAndReadsNothingIsCutOff()
{
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress(QHostAddress::LocalHost), 0));
    WireClient client(listener.serverPort(), {}, {});
    client.socket().setReadBufferSize(1000);
    QTRY_VERIFY(listener.hasPendingConnections());
    QTcpSocket *socket = listener.nextPendingConnection();
    const ServerLimits limits = hasty();
    BodyBytes bodies;
    QPointer<HttpConnection> connection = new HttpConnection(socket, limits, bodies, this);
    qint64 now = 1;
    connection->begin(now);
    QSignalSpy heads(connection, &HttpConnection::headArrived);
    client.write(health);
    QTRY_COMPARE(heads.size(), 1);
    connection->beginStream("text/event-stream");
    // More than the system takes.
    QTRY_VERIFY(connection->send(QByteArray(100'000, ' ')) && socket->bytesToWrite() > 1'000'000);
    QSignalSpy ended(connection, &QObject::destroyed);
    for (int i = 0; i < 40; ++i) {
        now += 10;
        connection->checkTime(now);
        static_cast<void>(connection->send("\n"));
    }
    QTRY_COMPARE(ended.size(), 1);
}

/// More than fits into any buffer: what could not be told yet is not carried out, and then it is.
void WireTest::answersWaitForTheirReader()
{
    m_world = std::make_unique<ServerWorld>();
    const auto client = m_world->client();
    client->socket().setReadBufferSize(1000);
    constexpr int count = 40;
    client->write(echoRequest(client->token(), 500'000).repeated(count));
    QTRY_VERIFY(m_world->server().counts().requests > 0);
    client->socket().setReadBufferSize(0);
    for (int i = 0; i < count; ++i)
        QCOMPARE(client->read().status, 200);
    QCOMPARE(m_world->server().counts().requests, qint64(count));
}

void WireTest::halfOpenSocketsDoNotStopOthers()
{
    m_world = std::make_unique<ServerWorld>();
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    for (int i = 0; i < 400; ++i) {
        sockets.push_back(std::make_unique<QTcpSocket>());
        sockets.back()->connectToHost(QStringLiteral("127.0.0.1"), m_world->server().port());
        sockets.back()->write("POST /jmap/api HTT");
    }
    QTRY_COMPARE(m_world->server().connectionCount(), 400);
    QCOMPARE(m_world->client()->get("/.well-known/jmap").status, 200);
}

void WireTest::expectationIsAnswered()
{
    m_world = std::make_unique<ServerWorld>();
    const auto client = m_world->client();
    const QByteArray body = requestBody({});
    client->write("POST /jmap/api HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
                  "Authorization: Bearer " +
                  client->token() + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n");
    QCOMPARE(client->read().status, 100);
    client->write(body);
    QCOMPARE(client->read().status, 200);
}

void WireTest::chunkedBodiesAreRefused_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("status");
    QTest::newRow("chunked") << QByteArray("Transfer-Encoding: chunked\r\n") << 411;
    QTest::newRow("gzip, chunked") << QByteArray("Transfer-Encoding: gzip, chunked\r\n") << 411;
    QTest::newRow("and a length") << QByteArray("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n") << 400;
    QTest::newRow("two lengths") << QByteArray("Content-Length: 5\r\nContent-Length: 50\r\n") << 400;
}

/// Said truly, and what follows on the connection is never taken for a request.
void WireTest::chunkedBodiesAreRefused()
{
    QFETCH(QByteArray, headers);
    QFETCH(int, status);
    m_world = std::make_unique<ServerWorld>();
    const auto client = m_world->client();
    const QByteArray smuggled =
        "GET /.well-known/jmap HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + client->token() + "\r\n\r\n";
    client->write("POST /jmap/api HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
                  client->token() + "\r\n" + headers + "\r\n" + QByteArray::number(smuggled.size(), 16) + "\r\n" +
                  smuggled + "\r\n0\r\n\r\n" + smuggled);
    QCOMPARE(client->read().status, status);
    QCOMPARE(client->read().status, 0);
    QVERIFY(client->isClosed());
}

void WireTest::listenersOfATokenAreLimited()
{
    ServerLimits limits;
    limits.listenersPerToken = 3;
    m_world = std::make_unique<ServerWorld>(limits);
    const auto kim = m_world->client(ServerWorld::kim);
    const quint16 port = m_world->server().port();
    std::vector<std::unique_ptr<SocketListener>> sockets;
    for (int i = 0; i < 2; ++i) {
        sockets.push_back(std::make_unique<SocketListener>(port, kim->token()));
        QTRY_VERIFY(sockets.back()->isOpen());
    }
    const auto stream = std::make_unique<WireClient>(port, kim->token(), m_world->account());
    stream->write("GET /jmap/eventsource/?types=*&closeafter=no&ping=0 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " +
                  kim->token() + "\r\n\r\n");
    QTRY_VERIFY(stream->socket().bytesAvailable() > 0);
    SocketListener tooMuch(port, kim->token());
    QTRY_COMPARE(tooMuch.socket().state(), QAbstractSocket::UnconnectedState);
    const WireReply refused = kim->get("/jmap/eventsource/?types=*&closeafter=no&ping=0");
    QCOMPARE(refused.status, 429);
    QVERIFY(refused.headers.value("retry-after").toInt() > 0);
    // Another device has its own, and a place that was left can be taken.
    SocketListener other(port, m_world->token(ServerWorld::kim));
    QTRY_VERIFY(other.isOpen());
    sockets.pop_back();
    QTRY_COMPARE(m_world->server().counts().sockets, 2);
    SocketListener again(port, kim->token());
    QTRY_VERIFY(again.isOpen());
}

void WireTest::randomFramesHarmNobody_data()
{
    QTest::addColumn<quint32>("seed");
    for (int i = 0; i < 3; ++i) {
        const quint32 seed = QRandomGenerator::global()->generate();
        QTest::addRow("seed %u", seed) << seed;
    }
}

/// Frames that are nearly right, and some that are not at all, on sockets whose handshake was good.
void WireTest::randomFramesHarmNobody()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    ServerLimits limits;
    limits.listenersPerToken = 1000;
    limits.requestsPerSecond = limits.requestBurst = 1'000'000;
    m_world = std::make_unique<ServerWorld>(limits);
    const QByteArray token = m_world->token(ServerWorld::kim);
    const QList<QByteArray> texts{R"({"@type":"WebSocketPushEnable","deltas":true})",
                                  R"({"@type":"Presence","conversations":[{"id":"1"}]})",
                                  R"({"@type":"Request","id":"r","using":[],"methodCalls":[["Core/echo",{},"a"]]})",
                                  "{}",
                                  "\xc3\x28",
                                  ""};
    for (int round = 0; round < 60; ++round) {
        WireClient client(m_world->server().port(), token, m_world->account());
        client.write("GET /jmap/ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Protocol: jmap\r\nAuthorization: Bearer " +
                     token + "\r\n\r\n");
        QTRY_VERIFY(client.socket().bytesAvailable() > 20);
        QByteArray bytes;
        for (int frames = random.bounded(1, 8); frames > 0; --frames) {
            QByteArray text = texts[random.bounded(texts.size())];
            bytes += char(random.bounded(2) ? 0x81 : random.bounded(256));
            bytes += char(0x80 | (random.bounded(4) ? text.size() : random.bounded(128)));
            QByteArray mask;
            for (int i = 0; i < 4; ++i)
                mask += char(random.bounded(256));
            bytes += mask;
            for (qsizetype i = 0; i < text.size(); ++i)
                text[i] = char(text[i] ^ mask[i % 4]);
            bytes += text;
            if (random.bounded(5) == 0)
                bytes[random.bounded(bytes.size())] = char(random.bounded(256));
        }
        client.write(bytes);
        client.socket().flush();
        QCOMPARE(m_world->client()->get("/healthz").status, 200);
    }
    QTRY_COMPARE(m_world->server().counts().sockets, 0);
}

void WireTest::brokenRequestsAreProblems_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("problem");
    QTest::newRow("type") << QByteArray("text/plain") << requestBody({}) << QStringLiteral("notJSON");
    QTest::newRow("utf-8") << QByteArray("application/json") << QByteArray("{\"a\":\"\xff\"}")
                           << QStringLiteral("notJSON");
    QTest::newRow("deep") << QByteArray("application/json") << QByteArray(1'000'000, '[') << QStringLiteral("notJSON");
    QTest::newRow("no request") << QByteArray("application/json; charset=utf-8") << QByteArray("{}")
                                << QStringLiteral("notRequest");
}

void WireTest::brokenRequestsAreProblems()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QString, problem);
    m_world = std::make_unique<ServerWorld>();
    const auto client = m_world->client();
    const WireReply reply = client->send("POST", "/jmap/api", body, "Content-Type: " + type + "\r\n");
    QCOMPARE(reply.status, 400);
    QCOMPARE(reply.headers.value("content-type"), QByteArray("application/problem+json"));
    QCOMPARE(reply.json().value(QStringLiteral("type")).toString(),
             QStringLiteral("urn:ietf:params:jmap:error:") + problem);
    QCOMPARE(client->post({}).status, 200);
}

void WireTest::beyondLoopbackNeedsTls()
{
    m_world = std::make_unique<ServerWorld>();
    Server other(m_world->desk(), {});
    const Done done = other.listen(QHostAddress(QHostAddress::AnyIPv4), 0);
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::refused);
    QCOMPARE(other.port(), quint16(0));
}

void WireTest::metricsAreTold()
{
    m_world = std::make_unique<ServerWorld>();
    MetricsListener metrics(m_world->server(), m_world->workspace());
    QVERIFY(metrics.listen(0));
    const auto client = m_world->client();
    QCOMPARE(client->post({}).status, 200);
    QCOMPARE(m_world->client(AgentId())->post({}).status, 401);
    WireClient scraper(metrics.port(), {}, {});
    const WireReply reply = scraper.get("/metrics");
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.body.contains("\nearshot_requests_total 1\n"));
    QVERIFY(reply.body.contains("\nearshot_refused_total 1\n"));
    QVERIFY(reply.body.contains("# TYPE earshot_connections gauge\n"));
    QCOMPARE(scraper.get("/.well-known/jmap").status, 404);
    QCOMPARE(client->get("/metrics").status, 404);
}

void WireTest::stopFinishesWhatWasAccepted()
{
    m_world = std::make_unique<ServerWorld>();
    const auto client = m_world->client();
    const auto idle = m_world->client();
    QCOMPARE(client->get("/healthz").status, 200);
    QCOMPARE(idle->get("/healthz").status, 200);
    const QByteArray body = requestBody(
        oneCall(QStringLiteral("Action/perform"),
                QJsonObject{{QStringLiteral("accountId"), m_world->account()},
                            {QStringLiteral("actions"),
                             QJsonArray{wireAction(QStringLiteral("claim"),
                                                   {{QStringLiteral("conversation"), QStringLiteral("1")}})}}}));
    client->write("POST /jmap/api HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
                  client->token() + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QSignalSpy stopped(&m_world->server(), &Server::stopped);
    // As soon as the request is being carried out.
    connect(&m_world->server(), &Server::requestAccepted, &m_world->server(), &Server::stop);
    const WireReply reply = client->read();
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.body.contains("\"applied\""));
    QVERIFY(client->isClosed());
    QVERIFY(idle->isClosed());
    QTRY_COMPARE(stopped.size(), 1);
    const auto late = m_world->client();
    QCOMPARE(late->get("/healthz").status, 0);
}

QTEST_GUILESS_MAIN(WireTest)
#include "tst_wire.moc"
