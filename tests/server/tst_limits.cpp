// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/serverworld.h"
#include "tests/server/socketlistener.h"

#include <QTest>

using namespace Earshot;

/// How much one may ask, from where, and how often; who asks more is told when to come again.
class LimitsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_world.reset(); }
    void strangersAreRateLimitedWhateverTheyAsk();
    void healthIsToldToEachAddress();
    void foreignPagesAreRefused();
    void invitedPagesMayCall();
    void requestsAreRateLimited();
    void concurrentRequestsAreLimited();
    void concurrentRequestsAreThoseOfAllSockets();
    void whoAsksTooMuchIsLogged();
    void connectionsOfAnAddressAreLimited();
    void tooManyConnectionsAreRefused();

private:
    std::unique_ptr<ServerWorld> m_world;
};

void LimitsTest::strangersAreRateLimitedWhateverTheyAsk()
{
    ServerLimits limits;
    limits.strangerBurst = 3;
    limits.strangersPerSecond = 1;
    const QList<std::pair<QByteArray, int>> wrong{
        {"GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n", 404},
        {"PUT /jmap/api HTTP/1.1\r\nHost: a\r\n\r\n", 405},
        {"GET /healthz HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.example\r\n\r\n", 403},
        {"GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
    };
    for (const auto &[request, status] : wrong) {
        m_world = std::make_unique<ServerWorld>(limits);
        const auto client = m_world->client(AgentId());
        client->write(request.repeated(4));
        for (int i = 0; i < 3; ++i)
            QCOMPARE(client->read().status, status);
        const WireReply reply = client->read();
        QCOMPARE(reply.status, 429);
        QCOMPARE(reply.headers.value("retry-after"), QByteArray("1"));
        QCOMPARE(m_world->server().counts().refused, 4);
    }
}

/// A stranger who asks all the time keeps nobody else from asking.
void LimitsTest::healthIsToldToEachAddress()
{
    Server::Options options;
    options.limits.strangerBurst = 2;
    options.limits.strangersPerSecond = 1;
    options.isBehindProxy = true;
    m_world = std::make_unique<ServerWorld>();
    m_world->start(options);
    const auto client = m_world->client(AgentId());
    const auto askFrom = [&client](const QByteArray &address) {
        return client->send("GET", "/healthz", {}, "X-Forwarded-For: " + address + "\r\n").status;
    };
    QCOMPARE(askFrom("192.0.2.1"), 200);
    QCOMPARE(askFrom("192.0.2.1"), 200);
    QCOMPARE(askFrom("192.0.2.1"), 429);
    QCOMPARE(askFrom("192.0.2.2"), 200);
    // A host of IPv6 has as many addresses as it likes.
    QCOMPARE(askFrom("2001:db8:1:2::1"), 200);
    QCOMPARE(askFrom("2001:db8:1:2::2"), 200);
    QCOMPARE(askFrom("2001:db8:1:2:3::3"), 429);
    QCOMPARE(askFrom("2001:db8:1:3::1"), 200);
}

void LimitsTest::foreignPagesAreRefused()
{
    m_world = std::make_unique<ServerWorld>();
    const auto client = m_world->client();
    QCOMPARE(client->send("GET", "/.well-known/jmap", {}, "Origin: https://evil.example\r\n").status, 403);
    QCOMPARE(client->send("POST", "/auth/login", "{}", "Origin: null\r\n").status, 403);
    const QByteArray own = "Origin: http://127.0.0.1:" + QByteArray::number(m_world->server().port()) + "\r\n";
    QCOMPARE(client->send("GET", "/.well-known/jmap", {}, own).status, 200);
    // A page's WebSocket asks nobody before: its handshake is refused, whoever's token it has.
    const auto handshake = [&client](const QByteArray &origin) {
        return client
            ->send("GET", "/jmap/ws", {},
                   "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Protocol: jmap\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                       origin)
            .status;
    };
    QCOMPARE(handshake("Origin: https://evil.example\r\n"), 403);
    QCOMPARE(handshake("Origin: null\r\n"), 403);
    QCOMPARE(handshake({}), 101);
}

/// What a browser asks and looks at before it lets a page of another site call: the Fetch standard's CORS protocol.
void LimitsTest::invitedPagesMayCall()
{
    m_world = std::make_unique<ServerWorld>();
    Server::Options options;
    options.origins = {QStringLiteral("https://board.example"), QStringLiteral("http://localhost:3000")};
    m_world->start(options);
    const auto client = m_world->client();
    WireClient stranger(m_world->server().port(), {}, {});
    const QByteArray origin = "Origin: https://board.example\r\n";
    const QByteArray asks = "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization, "
                            "content-type\r\n";
    const auto allowed = [](const WireReply &reply) { return reply.headers.value("access-control-allow-origin"); };
    for (const char *path : {"/jmap/api", "/.well-known/jmap", "/auth/login", "/jmap/download/a/b/c", "/healthz"}) {
        const WireReply reply = stranger.send("OPTIONS", path, {}, origin + asks);
        QCOMPARE(reply.status, 204);
        QCOMPARE(allowed(reply), QByteArray("https://board.example"));
        QVERIFY(reply.headers.value("access-control-allow-methods").contains("POST"));
        const QByteArray headers = reply.headers.value("access-control-allow-headers").toLower();
        QVERIFY(headers.contains("authorization") && headers.contains("content-type"));
        QCOMPARE(reply.headers.value("vary"), QByteArray("Origin"));
        // Who sends no cookie needs no leave to.
        QVERIFY(!reply.headers.contains("access-control-allow-credentials"));
    }
    // Every answer, also a refusal, is for that page to read; and only for that page.
    QCOMPARE(allowed(client->send("POST", "/jmap/api", requestBody({}), origin)), QByteArray("https://board.example"));
    QCOMPARE(allowed(client->send("GET", "/.well-known/jmap", {}, "Origin: http://localhost:3000\r\n")),
             QByteArray("http://localhost:3000"));
    const WireReply unknown = stranger.send("GET", "/.well-known/jmap", {}, origin);
    QCOMPARE(unknown.status, 401);
    QCOMPARE(allowed(unknown), QByteArray("https://board.example"));
    QVERIFY(unknown.headers.value("access-control-expose-headers").contains("Retry-After"));
    client->write("GET /jmap/eventsource/?types=*&closeafter=no&ping=0 HTTP/1.1\r\nHost: a\r\n" + origin +
                  "Authorization: Bearer " + client->token() + "\r\n\r\n");
    QByteArray stream;
    QVERIFY(client->waitFor([&] { return (stream += client->socket().readAll()).contains("\r\n\r\n"); }));
    QVERIFY(stream.contains("\r\nAccess-Control-Allow-Origin: https://board.example\r\n"));
    // Others are refused as before, and a program is told nothing of it.
    for (const char *other :
         {"https://evil.example", "null", "https://board.example.evil.example", "http://board.example"}) {
        const WireReply reply =
            stranger.send("OPTIONS", "/jmap/api", {}, QByteArray("Origin: ") + other + "\r\n" + asks);
        QCOMPARE(reply.status, 403);
        QVERIFY(!reply.headers.contains("access-control-allow-origin"));
    }
    QCOMPARE(stranger.send("OPTIONS", "/jmap/api", {}, asks).status, 405);
    QCOMPARE(stranger.send("OPTIONS", "/jmap/api", {}, origin).status, 405);
    QCOMPARE(stranger.send("OPTIONS", "/nothing", {}, origin + asks).status, 404);
    QVERIFY(!m_world->client()->get("/healthz").headers.contains("access-control-allow-origin"));
}

void LimitsTest::requestsAreRateLimited()
{
    ServerLimits limits;
    limits.requestBurst = 3;
    limits.requestsPerSecond = 1;
    m_world = std::make_unique<ServerWorld>(limits);
    const auto client = m_world->client();
    for (int i = 0; i < 3; ++i)
        QCOMPARE(client->post({}).status, 200);
    const WireReply reply = client->post({});
    QCOMPARE(reply.status, 429);
    QCOMPARE(reply.headers.value("retry-after"), QByteArray("1"));
    QCOMPARE(m_world->client()->post({}).status, 200);
    m_world->clock().advance(std::chrono::seconds(1));
    QCOMPARE(client->post({}).status, 200);
}

void LimitsTest::concurrentRequestsAreLimited()
{
    ServerLimits limits;
    limits.concurrentRequests = 1;
    m_world = std::make_unique<ServerWorld>(limits);
    const QByteArray token = m_world->token(ServerWorld::ana);
    WireClient one(m_world->server().port(), token, m_world->account());
    WireClient two(m_world->server().port(), token, m_world->account());
    QCOMPARE(one.post({}).status, 200);
    QCOMPARE(two.post({}).status, 200);
    const QByteArray body = requestBody({});
    const QByteArray request = "POST /jmap/api HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: "
                               "Bearer " +
                               token + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    // While the writer is busy nothing ends: both are under way together.
    QList<int> statuses;
    for (int i = 0; i < 50 && !statuses.contains(429); ++i) {
        one.write(request);
        two.write(request);
        statuses = {one.read().status, two.read().status};
        QVERIFY(statuses.contains(200));
    }
    QVERIFY(statuses.contains(429));
}

/// A token's, whatever it comes by.
void LimitsTest::concurrentRequestsAreThoseOfAllSockets()
{
    ServerLimits limits;
    limits.concurrentRequests = 1;
    m_world = std::make_unique<ServerWorld>(limits);
    const QByteArray token = m_world->token(ServerWorld::ana);
    SocketListener one(m_world->server().port(), token);
    SocketListener two(m_world->server().port(), token);
    QTRY_VERIFY(one.isOpen() && two.isOpen());
    const char *request = R"({"@type":"Request","id":"r","using":["urn:ietf:params:jmap:core"],
        "methodCalls":[["Core/echo",{},"a"]]})";
    const auto refusals = [&one, &two] {
        return one.ofType("RequestError").size() + two.ofType("RequestError").size();
    };
    qsizetype answers = 0;
    for (int i = 0; i < 50 && refusals() == 0; ++i) {
        one.send(request);
        two.send(request);
        answers += 2;
        QTRY_COMPARE(one.messages.size() + two.messages.size(), answers);
    }
    QVERIFY(refusals() > 0);
    const QJsonObject refusal = (one.ofType("RequestError") + two.ofType("RequestError")).constFirst();
    QCOMPARE(refusal.value(QStringLiteral("limit")).toString(), QStringLiteral("maxConcurrentRequests"));
    QCOMPARE(refusal.value(QStringLiteral("retryAfter")).toInt(), 1);
    // Whoever leaves in the middle leaves its place.
    for (int i = 0; i < 5; ++i) {
        SocketListener brief(m_world->server().port(), token);
        QTRY_VERIFY(brief.isOpen());
        brief.send(request);
        brief.socket().flush();
        brief.socket().abort();
    }
    WireClient client(m_world->server().port(), token, m_world->account());
    QTRY_COMPARE(client.post({}).status, 200);
}

void LimitsTest::whoAsksTooMuchIsLogged()
{
    ServerLimits limits;
    limits.requestBurst = limits.strangerBurst = 2;
    limits.requestsPerSecond = limits.strangersPerSecond = 1;
    m_world = std::make_unique<ServerWorld>(limits);
    const auto client = m_world->client(ServerWorld::kim);
    for (int i = 0; i < 2; ++i)
        QCOMPARE(client->post({}).status, 200);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(client->post({}).status, 429);
    // Once a minute: to be refused is cheap, and shall stay so.
    QTRY_COMPARE(m_world->accessLog().size(), 1);
    const AccessLine line = m_world->accessLog().constFirst();
    QCOMPARE(line.kind, QStringLiteral("rateLimited"));
    QCOMPARE(line.agent, ServerWorld::kim);
    QCOMPARE(line.address, QStringLiteral("127.0.0.1"));
    QVERIFY(!line.token.isEmpty());
    m_world->clock().advance(std::chrono::seconds(61));
    for (int i = 0; i < 2; ++i)
        QCOMPARE(client->post({}).status, 200);
    QCOMPARE(client->post({}).status, 429);
    QTRY_COMPARE(m_world->accessLog().size(), 2);
    SocketListener socket(m_world->server().port(), m_world->token(ServerWorld::kim));
    QTRY_VERIFY(socket.isOpen());
    for (int i = 0; i < 4; ++i)
        socket.send(R"({"@type":"WebSocketPushDisable"})");
    QTRY_VERIFY(!socket.ofType("RequestError").isEmpty());
    QCOMPARE(socket.ofType("RequestError").constFirst().value(QStringLiteral("retryAfter")).toInt(), 1);
    QTRY_COMPARE(m_world->accessLog().size(), 3);
    const auto stranger = m_world->client(AgentId());
    for (int i = 0; i < 5; ++i)
        QCOMPARE(stranger->get("/nothing").status, i < 2 ? 404 : 429);
    QTRY_COMPARE(m_world->accessLog().size(), 4);
    QCOMPARE(m_world->accessLog().constFirst().address, QStringLiteral("127.0.0.1"));
    // A page of another site is told apart from who only asks too much.
    m_world->clock().advance(std::chrono::seconds(61));
    QCOMPARE(stranger->send("GET", "/healthz", {}, "Origin: https://evil.example\r\n").status, 403);
    QTRY_COMPARE(m_world->accessLog().size(), 5);
    QCOMPARE(m_world->accessLog().constFirst().kind, QStringLiteral("originRefused"));
    QCOMPARE(m_world->accessLog().constFirst().detail, QStringLiteral("https://evil.example"));
}

void LimitsTest::connectionsOfAnAddressAreLimited()
{
    ServerLimits limits;
    limits.connectionsPerAddress = 3;
    limits.countsLoopback = true;
    m_world = std::make_unique<ServerWorld>(limits);
    std::vector<std::unique_ptr<WireClient>> clients;
    for (int i = 0; i < 3; ++i)
        clients.push_back(m_world->client());
    QTRY_COMPARE(m_world->server().connectionCount(), 3);
    const auto other = m_world->client();
    const WireReply reply = other->read();
    QCOMPARE(reply.status, 503);
    QVERIFY(reply.headers.value("retry-after").toInt() > 0);
    QVERIFY(other->isClosed());
    // Also those that became WebSockets count, until they end.
    clients.clear();
    QTRY_COMPARE(m_world->server().connectionCount(), 0);
    const QByteArray token = m_world->token(ServerWorld::kim);
    auto one = std::make_unique<SocketListener>(m_world->server().port(), token);
    SocketListener two(m_world->server().port(), token);
    SocketListener three(m_world->server().port(), token);
    QTRY_VERIFY(one->isOpen() && two.isOpen() && three.isOpen());
    QCOMPARE(m_world->client()->get("/healthz").status, 503);
    one.reset();
    QTRY_COMPARE(m_world->server().connectionCount(), 2);
    QCOMPARE(m_world->client()->get("/healthz").status, 200);
    // Whoever stands behind a proxy on this machine is the proxy's to count (packaging/nginx.conf).
    limits.countsLoopback = false;
    m_world = std::make_unique<ServerWorld>(limits);
    for (int i = 0; i < 5; ++i)
        clients.push_back(m_world->client());
    QTRY_COMPARE(m_world->server().connectionCount(), 5);
    // Or nobody wants them counted.
    clients.clear();
    limits.countsLoopback = true;
    limits.connectionsPerAddress = 0;
    m_world = std::make_unique<ServerWorld>(limits);
    for (int i = 0; i < 5; ++i)
        clients.push_back(m_world->client());
    QTRY_COMPARE(m_world->server().connectionCount(), 5);
}

void LimitsTest::tooManyConnectionsAreRefused()
{
    ServerLimits limits;
    limits.connections = 3;
    m_world = std::make_unique<ServerWorld>(limits);
    std::vector<std::unique_ptr<WireClient>> clients;
    for (int i = 0; i < 3; ++i)
        clients.push_back(m_world->client());
    QTRY_COMPARE(m_world->server().connectionCount(), 3);
    const auto other = m_world->client();
    const WireReply reply = other->read();
    QCOMPARE(reply.status, 503);
    QVERIFY(reply.headers.value("retry-after").toInt() > 0);
    QVERIFY(other->isClosed());
    clients.pop_back();
    QTRY_COMPARE(m_world->server().connectionCount(), 2);
    QCOMPARE(m_world->client()->get("/healthz").status, 200);
}

QTEST_GUILESS_MAIN(LimitsTest)
#include "tst_limits.moc"
