// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/presencekeeper.h"
#include "tests/server/cuttingproxy.h"
#include "tests/server/serverworld.h"
#include "tests/server/socketlistener.h"

#include <QSignalSpy>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

using Others = QList<Present>;

constexpr ConversationId one{1};
constexpr ConversationId three{3};

ServerLimits quick()
{
    ServerLimits limits;
    limits.presenceSweep = std::chrono::milliseconds(20);
    // By the world's clock no time passes, so that none is given back.
    limits.requestBurst = 1'000'000;
    return limits;
}

} // namespace

/// What a desktop says of itself and knows of others, on a real server: Kim here, Bo with a socket of his own.
class PresenceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void othersAreKnown();
    void rowsOnlyHear();
    void mostImportantGoesFirst();
    void severalWindowsAreOne();
    void heartbeatKeepsIt();
    void silenceOfAnotherIsForgotten();
    void sleepIsSurvived();
    void endedConnectionForgets();
    void whatIsNotShownIsNotKept();
    void callsTellAndAsk();
    void callsAreRepeated();
    void callsThatFailKeepNobody();
    void listeningAgainLeavesNothingBehind();
    void olderServerIsAskedOnce();
    void whoeverLeavesSaysSoByCalls();

private:
    void listen() { m_connection->listen(QUrl(str("ws://127.0.0.1:%1/jmap/ws").arg(m_port)), {}); }
    /// As where no WebSocket gets through.
    void callInstead()
    {
        m_connection->stopListening();
        m_keeper->beginCalls(m_world->account());
    }
    /// What Bo was told last: "2" = Kim looks, "2w" = writes; "-" = nothing.
    [[nodiscard]] QString bosNews() const;
    void bosBeat() { m_bo->send(R"({"@type":"Presence"})"); }
    void boShows(const char *list)
    {
        m_bo->send(QByteArray(R"({"@type":"Presence","conversations":)" + QByteArray(list) + '}').constData());
    }

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<ServerConnection> m_connection;
    std::unique_ptr<PresenceKeeper> m_keeper;
    std::unique_ptr<SocketListener> m_bo;
    QObject m_window;
    quint16 m_port = 0;
};

void PresenceTest::init()
{
    m_world = std::make_unique<ServerWorld>(quick(), 40);
    m_port = m_world->server().port();
    m_connection = std::make_unique<ServerConnection>(QUrl(str("http://127.0.0.1:%1").arg(m_port)),
                                                      Secret(m_world->token(ServerWorld::kim)), m_world->clock());
    m_keeper =
        std::make_unique<PresenceKeeper>(*m_connection, m_world->clock(), nullptr, std::chrono::milliseconds(20));
    m_bo = std::make_unique<SocketListener>(m_port, m_world->token(ServerWorld::bo));
    QSignalSpy listening(m_connection.get(), &ServerConnection::listening);
    listen();
    QTRY_COMPARE(listening.count(), 1);
    QTRY_VERIFY(m_bo->isOpen());
}

void PresenceTest::cleanup()
{
    m_keeper.reset();
    m_connection.reset();
    m_bo.reset();
    m_world.reset();
}

QString PresenceTest::bosNews() const
{
    const QList<QJsonObject> told = m_bo->ofType("PresenceChange");
    if (told.isEmpty())
        return str("-");
    QString agents;
    for (const QJsonValue &agent : told.constLast().value(str("agents")).toArray())
        agents += agent[str("agent")].toString() + (agent[str("isWriting")].toBool() ? str("w") : QString());
    return agents;
}

void PresenceTest::othersAreKnown()
{
    QSignalSpy changed(m_keeper.get(), &PresenceKeeper::changed);
    m_keeper->show(&m_window, {{one}, {}, {three}});
    boShows(R"([{"id":"1"},{"id":"3","isWriting":true}])");
    QTRY_COMPARE(m_keeper->presentIn(one), (Others{{ServerWorld::bo, false}}));
    QTRY_COMPARE(m_keeper->presentIn(three), (Others{{ServerWorld::bo, true}}));
    QCOMPARE(changed.count(), 2);
    QTRY_COMPARE(bosNews(), str("2"));
    m_keeper->show(&m_window, {{one}, {one}, {three}});
    QTRY_COMPARE(bosNews(), str("2w"));
    boShows("[]");
    QTRY_COMPARE(m_keeper->presentIn(one), Others());
    QTRY_COMPARE(m_keeper->presentIn(three), Others());
    // Of oneself one never hears.
    for (const ConversationId id : {one, three})
        QVERIFY(m_keeper->presentIn(id).isEmpty());
}

void PresenceTest::rowsOnlyHear()
{
    m_keeper->show(&m_window, {{}, {}, {one, three}});
    boShows(R"([{"id":"1"},{"id":"3","isListed":true}])");
    QTRY_COMPARE(m_keeper->presentIn(one).size(), 1);
    QCOMPARE(m_keeper->presentIn(three), Others());
    QCOMPARE(bosNews(), str("-"));
}

/// More than the server takes: what is open is not what is left out.
void PresenceTest::mostImportantGoesFirst()
{
    ShownConversations shown;
    for (int i = 2; i < 80; ++i)
        shown.listed.append(ConversationId(i));
    shown.open = {one};
    m_keeper->show(&m_window, shown);
    boShows(R"([{"id":"1"}])");
    QTRY_COMPARE(m_keeper->presentIn(one).size(), 1);
    QTRY_COMPARE(bosNews(), str("2"));
}

void PresenceTest::severalWindowsAreOne()
{
    QObject other;
    m_keeper->show(&m_window, {{one}, {}, {}});
    m_keeper->show(&other, {{one}, {one}, {}});
    boShows(R"([{"id":"1"}])");
    QTRY_COMPARE(bosNews(), str("2w"));
    m_keeper->show(&other, {});
    QTRY_COMPARE(bosNews(), str("2"));
    m_keeper->show(&m_window, {});
    QTRY_COMPARE(bosNews(), QString());
}

void PresenceTest::heartbeatKeepsIt()
{
    m_keeper->show(&m_window, {{one}, {one}, {}});
    boShows(R"([{"id":"1"}])");
    QTRY_COMPARE(bosNews(), str("2w"));
    for (int i = 1; i < 4; ++i) {
        // Kim's desktop beats by itself after each of these; Bo's news would change if it did not.
        m_world->clock().advance(std::chrono::seconds(12));
        bosBeat();
        m_bo->send(R"({"@type":"Request","id":"r","using":[],"methodCalls":[]})");
        QTRY_COMPARE(m_bo->ofType("Response").size(), i);
    }
    QCOMPARE(bosNews(), str("2w"));
}

/// A machine that sleeps, a program that was killed without a farewell, a cable that was pulled.
void PresenceTest::silenceOfAnotherIsForgotten()
{
    m_keeper->show(&m_window, {{one}, {}, {}});
    boShows(R"([{"id":"1","isWriting":true}])");
    QTRY_COMPARE(m_keeper->presentIn(one).size(), 1);
    m_world->clock().advance(std::chrono::seconds(24));
    boShows(R"([{"id":"1"}])");
    QTRY_COMPARE(m_keeper->presentIn(one), (Others{{ServerWorld::bo, false}}));
    m_world->clock().advance(std::chrono::seconds(24));
    QTRY_COMPARE(m_keeper->presentIn(one), (Others{{ServerWorld::bo, false}}));
    m_world->clock().advance(std::chrono::seconds(1));
    QTRY_COMPARE(m_keeper->presentIn(one), Others());
}

/// The machine here has slept: who was there may be gone, and the server has counted this one out.
void PresenceTest::sleepIsSurvived()
{
    m_keeper->show(&m_window, {{one}, {}, {}});
    boShows(R"([{"id":"1"}])");
    QTRY_COMPARE(bosNews(), str("2"));
    QTRY_COMPARE(m_keeper->presentIn(one).size(), 1);
    m_world->clock().advance(std::chrono::minutes(20));
    QTRY_COMPARE(m_keeper->presentIn(one), Others());
    boShows(R"([{"id":"1","isWriting":true}])");
    QTRY_COMPARE(m_keeper->presentIn(one), (Others{{ServerWorld::bo, true}}));
    QTRY_COMPARE(bosNews(), str("2"));
}

void PresenceTest::endedConnectionForgets()
{
    m_keeper->show(&m_window, {{one}, {}, {}});
    boShows(R"([{"id":"1"}])");
    QTRY_COMPARE(m_keeper->presentIn(one).size(), 1);
    QSignalSpy changed(m_keeper.get(), &PresenceKeeper::changed);
    m_bo.reset();
    m_world->stopServer();
    QTRY_COMPARE(m_keeper->presentIn(one), Others());
    QVERIFY(changed.count() >= 1);
    // What is shown is said again by itself.
    m_world->start({}, m_port);
    m_bo = std::make_unique<SocketListener>(m_port, m_world->token(ServerWorld::bo));
    QTRY_VERIFY(m_bo->isOpen());
    listen();
    boShows(R"([{"id":"1"}])");
    QTRY_COMPARE(bosNews(), str("2"));
    QTRY_COMPARE(m_keeper->presentIn(one).size(), 1);
}

void PresenceTest::whatIsNotShownIsNotKept()
{
    m_keeper->show(&m_window, {{one}, {}, {}});
    boShows(R"([{"id":"1"}])");
    QTRY_COMPARE(m_keeper->presentIn(one).size(), 1);
    m_keeper->show(&m_window, {{three}, {}, {}});
    QTRY_COMPARE(m_keeper->presentIn(one), Others());
    m_keeper->show(&m_window, {{one}, {}, {}});
    QTRY_COMPARE(m_keeper->presentIn(one).size(), 1);
}

void PresenceTest::callsTellAndAsk()
{
    callInstead();
    m_keeper->show(&m_window, {{one}, {}, {three}});
    boShows(R"([{"id":"1"},{"id":"3","isWriting":true}])");
    QTRY_COMPARE(bosNews(), str("2"));
    QTRY_COMPARE(m_keeper->presentIn(one), (Others{{ServerWorld::bo, false}}));
    QTRY_COMPARE(m_keeper->presentIn(three), (Others{{ServerWorld::bo, true}}));
    m_keeper->show(&m_window, {{one}, {one}, {three}});
    QTRY_COMPARE(bosNews(), str("2w"));
    boShows(R"([{"id":"3"}])");
    QTRY_COMPARE(m_keeper->presentIn(one), Others());
    QTRY_COMPARE(m_keeper->presentIn(three), (Others{{ServerWorld::bo, false}}));
    boShows(R"([{"id":"1"}])");
    QTRY_COMPARE(m_keeper->presentIn(three), Others());
    QTRY_COMPARE(bosNews(), str("2w"));
    m_keeper->show(&m_window, {});
    QTRY_COMPARE(bosNews(), QString());
    QCOMPARE(m_keeper->presentIn(one), Others());
}

void PresenceTest::callsAreRepeated()
{
    callInstead();
    m_keeper->show(&m_window, {{one}, {one}, {}});
    boShows(R"([{"id":"1"}])");
    QTRY_COMPARE(bosNews(), str("2w"));
    for (int i = 0; i < 3; ++i) {
        m_world->clock().advance(std::chrono::seconds(12));
        bosBeat();
        // One of them at least has begun since then, and ended.
        const qint64 before = m_world->server().counts().requests;
        QTRY_VERIFY(m_world->server().counts().requests > before + 2);
    }
    QCOMPARE(bosNews(), str("2w"));
}

/// The server answers other things; who was there may have left.
void PresenceTest::callsThatFailKeepNobody()
{
    callInstead();
    m_keeper->show(&m_window, {{one}, {}, {}});
    boShows(R"([{"id":"1"}])");
    QTRY_COMPARE(m_keeper->presentIn(one).size(), 1);
    m_world->stopServer();
    m_world->clock().advance(std::chrono::seconds(25));
    QTRY_COMPARE(m_keeper->presentIn(one), Others());
    Server::Options options;
    options.limits = quick();
    m_world->start(options, m_port);
    m_bo = std::make_unique<SocketListener>(m_port, m_world->token(ServerWorld::bo));
    QTRY_VERIFY(m_bo->isOpen());
    boShows(R"([{"id":"1"}])");
    QTRY_COMPARE(m_keeper->presentIn(one).size(), 1);
    QTRY_COMPARE(bosNews(), str("2"));
}

void PresenceTest::listeningAgainLeavesNothingBehind()
{
    callInstead();
    m_keeper->show(&m_window, {{one}, {one}, {}});
    boShows(R"([{"id":"1"},{"id":"3","isListed":true}])");
    QTRY_COMPARE(bosNews(), str("2w"));
    QTRY_COMPARE(m_keeper->presentIn(one).size(), 1);
    QSignalSpy listening(m_connection.get(), &ServerConnection::listening);
    listen();
    QTRY_COMPARE(listening.count(), 1);
    QTRY_COMPARE(m_keeper->presentIn(one).size(), 1);
    // No time passes: what was said by calls would still hold.
    m_keeper->show(&m_window, {{}, {}, {one}});
    QTRY_COMPARE(bosNews(), QString());
    boShows(R"([{"id":"1","isWriting":true}])");
    QTRY_COMPARE(m_keeper->presentIn(one), (Others{{ServerWorld::bo, true}}));
    // And the other way round.
    callInstead();
    m_keeper->show(&m_window, {{one}, {}, {}});
    QTRY_COMPARE(bosNews(), str("2"));
    QTRY_COMPARE(m_keeper->presentIn(one), (Others{{ServerWorld::bo, true}}));
}

void PresenceTest::olderServerIsAskedOnce()
{
    CuttingProxy line(str("127.0.0.1"), m_port);
    const QByteArray unknown = R"({"methodResponses":[["error",{"type":"unknownMethod"},"0"]],"sessionState":"x"})";
    line.loseRequests("Presence/set", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                                          QByteArray::number(unknown.size()) + "\r\n\r\n" + unknown);
    ServerConnection connection(QUrl(str("http://127.0.0.1:%1").arg(line.serverPort())),
                                Secret(m_world->token(ServerWorld::kim)), m_world->clock());
    PresenceKeeper keeper(connection, m_world->clock(), nullptr, std::chrono::milliseconds(20));
    keeper.show(&m_window, {{one}, {}, {}});
    keeper.beginCalls(m_world->account());
    QTRY_COMPARE(line.cutCount(), 1);
    boShows(R"([{"id":"1"}])");
    // It is found out again and again that it cannot be listened to.
    for (int i = 0; i < 3; ++i) {
        keeper.beginCalls(m_world->account());
        keeper.show(&m_window, {{one}, {}, {ConversationId(10 + i)}});
        m_keeper->show(&m_window, {{one}, {}, {ConversationId(10 + i)}});
        m_keeper->show(&m_window, {i % 2 == 0 ? QList{one} : QList<ConversationId>(), {}, {}});
        QTRY_COMPARE(bosNews(), i % 2 == 0 ? str("2") : QString());
    }
    QCOMPARE(line.cutCount(), 1);
    // Once it was away it may be another one.
    line.loseRequests({});
    keeper.forget();
    keeper.beginCalls(m_world->account());
    QTRY_COMPARE(keeper.presentIn(one), (Others{{ServerWorld::bo, false}}));
}

/// By the world's clock nobody falls silent here.
void PresenceTest::whoeverLeavesSaysSoByCalls()
{
    callInstead();
    m_keeper->show(&m_window, {{one}, {}, {}});
    boShows(R"([{"id":"1"}])");
    QTRY_COMPARE(bosNews(), str("2"));
    const auto left = m_keeper->leave(std::chrono::seconds(60));
    QTRY_VERIFY(left.isFinished());
    QTRY_COMPARE(bosNews(), QString());
    // Who comes again is there again.
    m_keeper->show(&m_window, {{one}, {one}, {}});
    QTRY_COMPARE(bosNews(), str("2w"));
}

QTEST_GUILESS_MAIN(PresenceTest)
#include "tst_presence.moc"
