// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/metrics.h"
#include "tests/server/serverworld.h"
#include "tests/server/socketlistener.h"

#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

QByteArray loginRequest(const QByteArray &body)
{
    return "POST /auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: " +
           QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

/// Whatever is refused is written down and counted; what can be refused without end, once a minute.
class RefusalsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_world.reset(); }
    void actionsOnHiddenChannelsAreWrittenDown_data();
    void actionsOnHiddenChannelsAreWrittenDown();
    void methodsOnHiddenChannelsAreWrittenDown_data();
    void methodsOnHiddenChannelsAreWrittenDown();
    void tooManyAtOnceAreWrittenDown();
    void tooMuchIsWrittenDown();
    void tooMuchOverASocketIsWrittenDown();
    void putOffLogInsAreWrittenDown();
    void turnedAwayConnectionsAreWrittenDown();
    void strangersAreWrittenDownOnceAMinute();
    void strangersPushNobodysLinesOut();
    void everyRefusalIsCounted();

private:
    [[nodiscard]] QList<AccessLine> lines(const char *kind) const;
    [[nodiscard]] qint64 metric(const QByteArray &name) const;
    std::unique_ptr<ServerWorld> m_world;
};

QList<AccessLine> RefusalsTest::lines(const char *kind) const
{
    QList<AccessLine> found;
    for (const AccessLine &line : m_world->accessLog()) {
        if (line.kind == str(kind))
            found.append(line);
    }
    return found;
}

void RefusalsTest::actionsOnHiddenChannelsAreWrittenDown_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QJsonObject>("arguments"); ///< # is the hidden one
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *kind, const char *arguments, const char *detail) {
        QTest::newRow(kind) << str(kind) << QJsonDocument::fromJson(arguments).object() << str(detail);
    };
    row("claim", R"({"conversation":"2"})", "claim conversation 2 (hidden)");
    row("addNote", R"({"conversation":"2","text":"secret words"})", "addNote conversation 2 (hidden)");
    row("performEffect", R"({"message":"MESSAGE","effect":"like"})", "performEffect message MESSAGE (hidden)");
    row("cancelReply", R"({"delivery":"1"})", "cancelReply delivery 1 (hidden)");
    row("mergeContacts", R"({"from":"2","into":"1"})", "mergeContacts from 2 into 1 (hidden)");
}

/// The auditor is told more than who asked.
void RefusalsTest::actionsOnHiddenChannelsAreWrittenDown()
{
    QFETCH(QString, kind);
    QFETCH(QJsonObject, arguments);
    QFETCH(QString, detail);
    m_world = std::make_unique<ServerWorld>();
    const auto ana = m_world->client();
    const QString message =
        ana->call(str("Message/query"), {{str("filter"), QJsonObject{{str("conversation"), str("2")}}}})
            .value(str("ids"))[0]
            .toString();
    Act::SendReply reply;
    reply.conversation = ConversationId(2);
    reply.text = str("Hello");
    if (kind == str("cancelReply"))
        QVERIFY(m_world->act(reply).isApplied());
    if (arguments.contains(str("message")))
        arguments.insert(str("message"), message);
    detail.replace(str("MESSAGE"), message);
    const auto bo = m_world->client(ServerWorld::bo);
    const auto act = [&] {
        QJsonObject outcome = bo->perform({wireAction(kind, arguments)})[0].toObject();
        outcome.remove(str("seq"));
        outcome.remove(str("undoBasedOn"));
        return outcome;
    };
    const QJsonObject refused = act();
    QCOMPARE(refused.value(str("refusal")).toObject().value(str("kind")).toString(), str("notFound"));
    QTRY_COMPARE(lines("actionRefused").size(), 1);
    const AccessLine line = lines("actionRefused").constFirst();
    QCOMPARE(line.agent, ServerWorld::bo);
    QCOMPARE(line.detail, detail);
    // What is not there at all is refused alike, and is nothing to write down.
    for (const QString &name : arguments.keys()) {
        if (name != str("text") && name != str("effect"))
            arguments.insert(name, str("999999"));
    }
    QCOMPARE(act(), refused);
    QCOMPARE(bo->perform({wireAction(str("claim"), {{str("conversation"), str("1")}})}).size(), 1);
    // Lines are written in their order: this one comes after what the others wrote.
    QCOMPARE(m_world->client(ServerWorld::vic)
                 ->perform({wireAction(str("claim"), {{str("conversation"), str("1")}})})
                 .size(),
             1);
    QTRY_COMPARE(lines("actionRefused").size(), 2);
    QCOMPARE(lines("actionRefused").constFirst().agent, ServerWorld::vic);
}

void RefusalsTest::methodsOnHiddenChannelsAreWrittenDown_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("argument");
    QTest::addColumn<QString>("detail");
    QTest::newRow("test") << str("Channel/test") << str("channel") << str("Channel/test channel 2 (hidden)");
    QTest::newRow("pull") << str("Channel/pull") << str("channel") << str("Channel/pull channel 2 (hidden)");
    QTest::newRow("story") << str("Desk/story") << str("conversation") << str("Desk/story conversation 2 (hidden)");
}

void RefusalsTest::methodsOnHiddenChannelsAreWrittenDown()
{
    QFETCH(QString, method);
    QFETCH(QString, argument);
    m_world = std::make_unique<ServerWorld>();
    const auto bo = m_world->client(ServerWorld::bo);
    const QJsonObject hidden = bo->call(method, {{argument, str("2")}});
    QCOMPARE(hidden.value(str("error")).toString(), str("notFound"));
    QTRY_COMPARE(lines("actionRefused").size(), 1);
    QTEST(lines("actionRefused").constFirst().detail, "detail");
    QCOMPARE(bo->call(method, {{argument, str("999")}}), hidden);
    QCOMPARE(m_world->client(ServerWorld::vic)
                 ->perform({wireAction(str("claim"), {{str("conversation"), str("1")}})})
                 .size(),
             1);
    QTRY_COMPARE(lines("actionRefused").size(), 2);
    QCOMPARE(lines("actionRefused").constFirst().agent, ServerWorld::vic);
}

void RefusalsTest::tooManyAtOnceAreWrittenDown()
{
    ServerLimits limits;
    limits.concurrentRequests = limits.concurrentUploads = limits.listenersPerToken = 0;
    m_world = std::make_unique<ServerWorld>(limits);
    const auto kim = m_world->client(ServerWorld::kim);
    const QByteArray upload = "/jmap/upload/" + m_world->account().toLatin1() + '/';
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(kim->post({}).status, 429);
        QCOMPARE(kim->send("POST", upload, "x", "Content-Type: image/png\r\n").status, 429);
        QCOMPARE(m_world->client(AgentId())
                     ->send("GET", "/jmap/eventsource/?types=*&closeafter=no&ping=0", {},
                            "Authorization: Bearer " + kim->token() + "\r\n")
                     .status,
                 429);
    }
    QTRY_COMPARE(lines("rateLimited").size(), 3);
    QStringList details;
    for (const AccessLine &line : lines("rateLimited")) {
        QCOMPARE(line.agent, ServerWorld::kim);
        QCOMPARE(line.name, str("Kim"));
        QVERIFY(!line.token.isEmpty());
        details.append(line.detail);
    }
    details.sort();
    QCOMPARE(details,
             QStringList({str("listenersPerToken"), str("maxConcurrentRequests"), str("maxConcurrentUpload")}));
    m_world->clock().advance(std::chrono::seconds(61));
    QCOMPARE(kim->post({}).status, 429);
    QTRY_COMPARE(lines("rateLimited").size(), 4);
}

void RefusalsTest::tooMuchIsWrittenDown()
{
    ServerLimits limits;
    limits.requestBytes = 100;
    limits.uploadBytes = 100;
    m_world = std::make_unique<ServerWorld>(limits);
    const auto kim = m_world->client(ServerWorld::kim);
    const QByteArray upload = "/jmap/upload/" + m_world->account().toLatin1() + '/';
    for (int i = 0; i < 2; ++i) {
        const auto stranger = m_world->client(AgentId());
        stranger->write(loginRequest(QByteArray(100'000, ' ')));
        QCOMPARE(stranger->read().status, 413);
        const auto other = m_world->client(AgentId());
        other->write("GET /healthz HTTP/1.1\r\nX: " + QByteArray(100'000, 'x'));
        QCOMPARE(other->read().status, 431);
        QCOMPARE(kim->send("POST", upload, QByteArray(101, 'x'), "Content-Type: image/png\r\n").status, 413);
        QCOMPARE(kim->send("POST", "/jmap/api", QByteArray(101, ' ')).status, 413);
    }
    QTRY_COMPARE(lines("requestRefused").size(), 4);
    QStringList details;
    for (const AccessLine &line : lines("requestRefused")) {
        details.append(line.detail);
        QCOMPARE(line.agent.isValid(), line.detail.startsWith(str("max")));
        QCOMPARE(line.address, str("127.0.0.1"));
    }
    details.sort();
    QCOMPARE(details, QStringList({str("413 Content Too Large"), str("431 Request Header Fields Too Large"),
                                   str("maxSizeRequest"), str("maxSizeUpload")}));
}

void RefusalsTest::tooMuchOverASocketIsWrittenDown()
{
    ServerLimits limits;
    limits.requestBytes = 1000;
    limits.concurrentRequests = 0;
    m_world = std::make_unique<ServerWorld>(limits);
    SocketListener socket(m_world->server().port(), m_world->token(ServerWorld::kim));
    QTRY_VERIFY(socket.isOpen());
    for (int i = 0; i < 3; ++i)
        socket.send(R"({"@type":"Request","id":"r","using":["urn:ietf:params:jmap:core"],"methodCalls":[]})");
    QTRY_COMPARE(socket.ofType("RequestError").size(), 3);
    QTRY_COMPARE(lines("rateLimited").size(), 1);
    QCOMPARE(lines("rateLimited").constFirst().detail, str("maxConcurrentRequests"));
    socket.send(QByteArray(2000, ' ').constData());
    QTRY_VERIFY(!socket.isOpen());
    QTRY_COMPARE(lines("requestRefused").size(), 1);
    QCOMPARE(lines("requestRefused").constFirst().detail, str("maxSizeRequest"));
    QCOMPARE(lines("requestRefused").constFirst().agent, ServerWorld::kim);
}

void RefusalsTest::putOffLogInsAreWrittenDown()
{
    ServerLimits limits;
    limits.waitingLogins = 0;
    m_world = std::make_unique<ServerWorld>(limits);
    for (int i = 0; i < 3; ++i) {
        const auto client = m_world->client(AgentId());
        client->write(loginRequest(R"({"name":"Kim","password":"x","device":"y"})"));
        QCOMPARE(client->read().status, 503);
    }
    QTRY_COMPARE(lines("logInPutOff").size(), 1);
    QCOMPARE(lines("logInPutOff").constFirst().name, str("Kim"));
    QCOMPARE(lines("logInPutOff").constFirst().address, str("127.0.0.1"));
}

void RefusalsTest::turnedAwayConnectionsAreWrittenDown()
{
    ServerLimits limits;
    limits.connections = 1;
    m_world = std::make_unique<ServerWorld>(limits);
    const auto first = m_world->client(AgentId());
    QCOMPARE(first->get("/healthz").status, 200);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(m_world->client(AgentId())->read().status, 503);
    QTRY_COMPARE(lines("connectionRefused").size(), 1);
    QCOMPARE(lines("connectionRefused").constFirst().address, str("127.0.0.1"));
    QVERIFY(!lines("connectionRefused").constFirst().agent.isValid());
}

/// Whatever they make up.
void RefusalsTest::strangersAreWrittenDownOnceAMinute()
{
    Server::Options options;
    options.isBehindProxy = true;
    m_world = std::make_unique<ServerWorld>();
    m_world->start(options);
    const auto from = [](const QByteArray &address) -> QByteArray { return "X-Forwarded-For: " + address + "\r\n"; };
    const auto ask = [&](const QByteArray &address, const QByteArray &header) {
        return m_world->client(AgentId())->send("GET", "/.well-known/jmap", {}, from(address) + header).status;
    };
    const auto logIn = [&](const QByteArray &address, const QByteArray &name) {
        return m_world->client(AgentId())
            ->send("POST", "/auth/login", R"({"name":")" + name + R"(","password":"x","device":"y"})", from(address))
            .status;
    };
    for (int i = 0; i < 5; ++i) {
        const NewToken token = makeToken();
        QCOMPARE(ask("192.0.2.1", "Authorization: Bearer " + token.text.reveal() + "\r\n"), 401);
        QCOMPARE(ask("192.0.2.1", "Origin: https://evil" + QByteArray::number(i) + ".example\r\n"), 403);
    }
    QTRY_COMPARE(lines("originRefused").size(), 1);
    QCOMPARE(lines("tokenRefused").size(), 1);
    QCOMPARE(ask("192.0.2.2", "Origin: https://evil.example\r\n"), 403);
    QTRY_COMPARE(lines("originRefused").size(), 2);
    for (int i = 0; i < ServerLimits().freeFailures; ++i)
        QCOMPARE(logIn("192.0.2.3", "Kim"), 401);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(logIn("192.0.2.3", "Kim"), 429);
    QTRY_COMPARE(lines("logInRefused").size(), ServerLimits().freeFailures);
    QTRY_COMPARE(lines("logInSlowed").size(), 1);
    m_world->clock().advance(std::chrono::seconds(61));
    QCOMPARE(logIn("192.0.2.3", "Kim"), 401);
    QCOMPARE(logIn("192.0.2.3", "Kim"), 429);
    QTRY_COMPARE(lines("logInSlowed").size(), 2);
}

/// Nor do colleagues who are refused a lot.
void RefusalsTest::strangersPushNobodysLinesOut()
{
    m_world = std::make_unique<ServerWorld>();
    constexpr int kept = 10;
    const auto write = [this](const AccessLine &line, int times) {
        const auto done =
            m_world->workspace().write<bool>(Urgency::interactive, [line, times](Writing &writing) -> Result<bool> {
                for (int i = 0; i < times; ++i)
                    logAccess(writing, line, kept);
                return true;
            });
        QVERIFY(done.result());
    };
    const AgentId kim = ServerWorld::kim;
    write({{}, str("logIn"), kim, str("Kim"), str("198.51.100.7"), str("t"), str("laptop")}, 1);
    write({{}, str("tokenMade"), ServerWorld::ana, str("Ana"), str("198.51.100.7"), str("u"), {}}, 1);
    write({{}, str("actionRefused"), ServerWorld::bo, str("Bo"), str("198.51.100.7"), str("v"), {}}, 50);
    write({{}, str("logInRefused"), {}, str("Kim"), str("192.0.2.1"), {}, {}}, 50);
    QCOMPARE(lines("logIn").size(), 1);
    QCOMPARE(lines("tokenMade").size(), 1);
    QCOMPARE(lines("actionRefused").size(), kept);
    QCOMPARE(lines("logInRefused").size(), kept);
    const auto places =
        m_world->workspace().readNow<QList<KnownPlace>>([](Database &database) { return loadKnownPlaces(database); });
    QCOMPARE(places->size(), 1);
    QCOMPARE(places->constFirst().address, str("198.51.100.7"));
    write({{}, str("logIn"), kim, str("Kim"), str("198.51.100.8"), str("t"), str("laptop")}, 50);
    QCOMPARE(lines("logIn").size(), kept);
}

qint64 RefusalsTest::metric(const QByteArray &name) const
{
    MetricsListener metrics(m_world->server(), m_world->workspace());
    if (!metrics.listen(0))
        return -1;
    const QByteArray text = WireClient(metrics.port(), {}, {}).get("/metrics").body;
    const QByteArray line = '\n' + name + ' ';
    const qsizetype start = text.indexOf(line) + line.size();
    return text.mid(start, text.indexOf('\n', start) - start).toLongLong();
}

void RefusalsTest::everyRefusalIsCounted()
{
    ServerLimits limits;
    limits.concurrentUploads = 0;
    limits.connections = 4;
    limits.requestBurst = 6;
    m_world = std::make_unique<ServerWorld>(limits);
    const QByteArray token = m_world->token(ServerWorld::kim);
    const auto kim = std::make_unique<WireClient>(m_world->server().port(), token, m_world->account());
    qint64 refused = 0;
    const auto counted = [&] { return metric("earshot_refused_total"); };
    QCOMPARE(kim->post({}).status, 200);
    QCOMPARE(counted(), refused);
    QCOMPARE(metric("earshot_requests_total"), 1);
    QCOMPARE(kim->send("POST", "/jmap/upload/a/", "x", "Content-Type: image/png\r\n").status, 429);
    QCOMPARE(counted(), ++refused);
    {
        SocketListener socket(m_world->server().port(), token);
        QTRY_VERIFY(socket.isOpen());
        // Requests of a socket are requests, and what is refused there is refused.
        socket.send(R"({"@type":"Request","id":"r","using":["urn:ietf:params:jmap:core"],"methodCalls":[]})");
        QTRY_COMPARE(socket.ofType("Response").size(), 1);
        QCOMPARE(metric("earshot_requests_total"), 2);
        QCOMPARE(counted(), refused);
        socket.send("nonsense");
        QTRY_COMPARE(socket.ofType("RequestError").size(), 1);
        QCOMPARE(counted(), ++refused);
        for (int i = 0; i < 4; ++i)
            socket.send(R"({"@type":"WebSocketPushDisable"})");
        QTRY_VERIFY(socket.ofType("RequestError").size() > 1);
        refused += socket.ofType("RequestError").size() - 1;
        QCOMPARE(counted(), refused);
    }
    QTRY_COMPARE(m_world->server().connectionCount(), 0);
    std::vector<std::unique_ptr<WireClient>> clients;
    for (int i = 0; i < 4; ++i)
        clients.push_back(m_world->client(AgentId()));
    QTRY_COMPARE(m_world->server().connectionCount(), 4);
    QCOMPARE(m_world->client(AgentId())->read().status, 503);
    QCOMPARE(counted(), ++refused);
    clients[0]->write("nonsense\r\n\r\n");
    QCOMPARE(clients[0]->read().status, 400);
    QCOMPARE(counted(), ++refused);
}

QTEST_GUILESS_MAIN(RefusalsTest)
#include "tst_refusals.moc"
