// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/authenticator.h"
#include "server/pushhub.h"
#include "tests/server/follower.h"
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

/// The whole text frames at the beginning of a server's bytes (RFC 6455 5.2), taken from there.
QList<QJsonObject> takeFrames(QByteArray &bytes)
{
    QList<QJsonObject> messages;
    while (bytes.size() > 1) {
        const int shortSize = bytes[1] & 0x7f;
        const qsizetype more = shortSize == 127 ? 8 : shortSize == 126 ? 2 : 0;
        if (bytes.size() < 2 + more)
            break;
        qsizetype size = more == 0 ? shortSize : 0;
        for (qsizetype i = 0; i < more; ++i)
            size = size * 256 + uchar(bytes[2 + i]);
        if (bytes.size() < 2 + more + size)
            break;
        if ((bytes[0] & 0x0f) == 1)
            messages.append(QJsonDocument::fromJson(bytes.mid(2 + more, size)).object());
        bytes.remove(0, 2 + more + size);
    }
    return messages;
}

} // namespace

/// Who listens hears of what it may see, on whatever it listens.
class PushTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_world = std::make_unique<ServerWorld>(); }
    void cleanup() { m_world.reset(); }
    void streamTellsChanges();
    void streamTellsOnlyWishedTypes();
    void streamGoesOnWhereItEnded();
    void streamEndsAfterState();
    void streamRefusesNonsense_data();
    void streamRefusesNonsense();
    void socketNegotiatesJmap();
    void socketNeedsAToken();
    void socketCarriesRequestsAndPushes();
    void socketIsToldOnlyWhenItWishes();
    void socketProblemsAreTold_data();
    void socketProblemsAreTold();
    void binaryAndBrokenTextEndTheSocket();
    void hiddenChannelIsNotHeardOf();
    void hundredListenersHear();
    void pushesOfAnyLengthAreHeard();
    void revokedTokenEndsListening();
    void newGrantIsTold();
    void listenersAreLookedUpForGrantsOnly();
    void whoHasItOnTheScreenIsToldFirst();
    void whoIsToldMayTakeOthersAlong();
    void nobodyMissesWhatCameMeanwhile();
    void draftToldWhileListeningBeginsIsHeardOf();
    void slowReaderIsToldTheStates_data();
    void slowReaderIsToldTheStates();
    void whoLeavesAtTheDoorIsForgotten();
    void silentSocketEnds();
    void streamIsPinged();
    void stopSaysGoodBye();

private:
    [[nodiscard]] QByteArray token(AgentId agent) { return m_world->token(agent); }
    [[nodiscard]] quint16 port() { return m_world->server().port(); }
    [[nodiscard]] QJsonObject states(const QJsonObject &change)
    {
        return change.value(str("changed")).toObject().value(m_world->account()).toObject();
    }
    /// Waits for another event of a stream; its data, and its id.
    [[nodiscard]] QJsonObject event(WireClient &client, QByteArray &id);
    void openStream(WireClient &client, const QByteArray &query, const QByteArray &headers = {});

    std::unique_ptr<ServerWorld> m_world;
    QByteArray m_stream;
};

void PushTest::openStream(WireClient &client, const QByteArray &query, const QByteArray &headers)
{
    m_stream.clear();
    client.write("GET /jmap/eventsource/?" + query + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + client.token() +
                 "\r\n" + headers + "\r\n");
    QTRY_VERIFY((m_stream += client.socket().readAll()).contains("\r\n\r\n"));
    QVERIFY(m_stream.startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream"));
    m_stream.remove(0, m_stream.indexOf("\r\n\r\n") + 4);
}

QJsonObject PushTest::event(WireClient &client, QByteArray &id)
{
    const auto isWhole = [this, &client] { return (m_stream += client.socket().readAll()).contains("\n\n"); };
    if (!client.waitFor(isWhole))
        return {};
    const QByteArray text = m_stream.left(m_stream.indexOf("\n\n"));
    m_stream.remove(0, text.size() + 2);
    QJsonObject data;
    for (const QByteArray &line : text.split('\n')) {
        if (line.startsWith("data: "))
            data = QJsonDocument::fromJson(line.mid(6)).object();
        else if (line.startsWith("id: "))
            id = line.mid(4);
    }
    return data;
}

void PushTest::streamTellsChanges()
{
    const auto client = m_world->client(ServerWorld::kim);
    openStream(*client, "types=*&closeafter=no&ping=0");
    QByteArray id;
    const QJsonObject first = states(event(*client, id));
    const auto reader = m_world->client(ServerWorld::kim);
    for (const QString &type : {str("Conversation"), str("Agent"), str("Tag")})
        QCOMPARE(first.value(type), reader->call(type + str("/get")).value(str("state")));
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("new")}).isApplied());
    const QJsonObject second = states(event(*client, id));
    for (const QString &type : {str("Conversation"), str("ConversationTag"), str("Tag"), str("Journal")})
        QCOMPARE(second.value(type), reader->call(type + str("/get")).value(str("state")));
    QVERIFY(!second.contains(str("Agent")));
}

void PushTest::streamTellsOnlyWishedTypes()
{
    const auto client = m_world->client(ServerWorld::kim);
    openStream(*client, "types=Tag,Agent&closeafter=no&ping=0");
    QByteArray id;
    QCOMPARE(states(event(*client, id)).keys(), QStringList({str("Agent"), str("Tag")}));
    QVERIFY(m_world->act(Act::Claim{ConversationId(1)}).isApplied());
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("new")}).isApplied());
    QCOMPARE(states(event(*client, id)).keys(), QStringList{str("Tag")});
}

void PushTest::streamGoesOnWhereItEnded()
{
    QByteArray id;
    {
        const auto client = m_world->client(ServerWorld::kim);
        openStream(*client, "types=*&closeafter=no&ping=0");
        QVERIFY(!event(*client, id).isEmpty());
    }
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("new")}).isApplied());
    const auto client = m_world->client(ServerWorld::kim);
    openStream(*client, "types=Tag,Agent&closeafter=no&ping=0", "Last-Event-ID: " + id + "\r\n");
    QCOMPARE(states(event(*client, id)).keys(), QStringList{str("Tag")});
    // Of other grants, or nonsense: everything.
    const auto other = m_world->client(ServerWorld::kim);
    openStream(*other, "types=Tag,Agent&closeafter=no&ping=0", "Last-Event-ID: x-3\r\n");
    QCOMPARE(states(event(*other, id)).keys(), QStringList({str("Agent"), str("Tag")}));
}

void PushTest::streamEndsAfterState()
{
    const auto client = m_world->client(ServerWorld::kim);
    openStream(*client, "types=*&closeafter=state&ping=0");
    QByteArray id;
    QVERIFY(!event(*client, id).isEmpty());
    QVERIFY(client->isClosed());
}

void PushTest::streamRefusesNonsense_data()
{
    QTest::addColumn<QByteArray>("query");
    for (const char *query : {"types=Nothing", "types=*&closeafter=never", "types=*&ping=-1", "types=*&ping=x"})
        QTest::newRow(query) << QByteArray(query);
}

void PushTest::streamRefusesNonsense()
{
    QFETCH(QByteArray, query);
    QCOMPARE(m_world->client()->get("/jmap/eventsource/?" + query).status, 400);
}

void PushTest::socketNegotiatesJmap()
{
    SocketListener good(port(), token(ServerWorld::kim));
    QTRY_VERIFY(good.isOpen());
    QCOMPARE(good.socket().subprotocol(), str("jmap"));
    SocketListener other(port(), token(ServerWorld::kim), str("chat"));
    SocketListener none(port(), token(ServerWorld::kim), QString());
    QTRY_COMPARE(other.socket().state(), QAbstractSocket::UnconnectedState);
    QTRY_COMPARE(none.socket().state(), QAbstractSocket::UnconnectedState);
    QVERIFY(!other.isOpen() && !none.isOpen());
}

void PushTest::socketNeedsAToken()
{
    SocketListener listener(port(), "earshot_none");
    QTRY_COMPARE(listener.socket().state(), QAbstractSocket::UnconnectedState);
    QVERIFY(!listener.isOpen());
}

void PushTest::socketCarriesRequestsAndPushes()
{
    SocketListener kim(port(), token(ServerWorld::kim));
    QTRY_VERIFY(kim.isOpen());
    kim.send(R"({"@type":"WebSocketPushEnable","dataTypes":null})");
    QTRY_COMPARE(kim.ofType("StateChange").size(), 1);
    const QJsonArray actions{wireAction(str("claim"), {{str("conversation"), str("1")}})};
    QJsonObject request =
        QJsonDocument::fromJson(
            requestBody(oneCall(str("Action/perform"),
                                QJsonObject{{str("accountId"), m_world->account()}, {str("actions"), actions}})))
            .object();
    request.insert(str("@type"), str("Request"));
    request.insert(str("id"), str("R1"));
    kim.send(request);
    QTRY_COMPARE(kim.ofType("Response").size(), 1);
    const QJsonObject response = kim.ofType("Response").constFirst();
    QCOMPARE(response.value(str("requestId")).toString(), str("R1"));
    QVERIFY(response.contains(str("sessionState")));
    QCOMPARE(response.value(str("methodResponses"))[0][1][str("outcomes")][0][str("outcome")].toString(),
             str("applied"));
    QTRY_COMPARE(kim.ofType("StateChange").size(), 2);
    const QJsonObject change = kim.ofType("StateChange").constLast();
    QVERIFY(states(change).contains(str("Conversation")));
    QVERIFY(!change.value(str("pushState")).toString().isEmpty());
}

void PushTest::socketIsToldOnlyWhenItWishes()
{
    SocketListener silent(port(), token(ServerWorld::kim));
    SocketListener ended(port(), token(ServerWorld::kim));
    SocketListener witness(port(), token(ServerWorld::kim));
    QTRY_VERIFY(silent.isOpen() && ended.isOpen() && witness.isOpen());
    ended.send(R"({"@type":"WebSocketPushEnable","dataTypes":["Tag"]})");
    QTRY_COMPARE(ended.messages.size(), 1);
    ended.send(R"({"@type":"WebSocketPushDisable"})");
    ended.send(R"({"@type":"Request","id":"after","using":[],"methodCalls":[]})");
    QTRY_COMPARE(ended.messages.size(), 2);
    witness.send(R"({"@type":"WebSocketPushEnable","dataTypes":["Tag"]})");
    QTRY_COMPARE(witness.messages.size(), 1);
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("new")}).isApplied());
    QTRY_COMPARE(witness.messages.size(), 2);
    QCOMPARE(silent.messages.size(), 0);
    QCOMPARE(ended.messages.size(), 2);
}

void PushTest::socketProblemsAreTold_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *text, const char *type, const char *id) {
        QTest::newRow(text) << QByteArray(text) << str("urn:ietf:params:jmap:error:") + str(type) << str(id);
    };
    row("nonsense", "notJSON", "");
    row("[]", "notRequest", "");
    row("{}", "notRequest", "");
    row(R"({"@type":"Nothing","id":"a"})", "notRequest", "a");
    row(R"({"@type":"Request","id":"a"})", "notRequest", "a");
    row(R"({"@type":"Request","id":"a","using":["x"],"methodCalls":[]})", "unknownCapability", "a");
    row(R"({"@type":"WebSocketPushEnable","dataTypes":["Nothing"]})", "notRequest", "");
    row(R"({"@type":"WebSocketPushEnable","dataTypes":7})", "notRequest", "");
}

void PushTest::socketProblemsAreTold()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, type);
    QFETCH(QString, id);
    SocketListener listener(port(), token(ServerWorld::kim));
    QTRY_VERIFY(listener.isOpen());
    listener.send(text.constData());
    QTRY_COMPARE(listener.messages.size(), 1);
    const QJsonObject problem = listener.messages.constFirst();
    QCOMPARE(problem.value(str("@type")).toString(), str("RequestError"));
    QCOMPARE(problem.value(str("type")).toString(), type);
    QCOMPARE(problem.value(str("requestId")).toString(), id);
    QVERIFY(listener.isOpen());
}

void PushTest::binaryAndBrokenTextEndTheSocket()
{
    SocketListener binary(port(), token(ServerWorld::kim));
    QTRY_VERIFY(binary.isOpen());
    binary.socket().sendBinaryMessage("{}");
    QTRY_COMPARE(binary.socket().closeCode(), QWebSocketProtocol::CloseCodeDatatypeNotSupported);
    SocketListener large(port(), token(ServerWorld::kim));
    QTRY_VERIFY(large.isOpen());
    large.socket().setOutgoingFrameSize(16 * 1024 * 1024);
    large.socket().sendTextMessage(QString(6 * 1024 * 1024, u'x'));
    QTRY_VERIFY(!large.isOpen());
    // In pieces no one of which would be too large.
    SocketListener pieces(port(), token(ServerWorld::kim));
    QTRY_VERIFY(pieces.isOpen());
    pieces.socket().setOutgoingFrameSize(64 * 1024);
    pieces.socket().sendTextMessage(QString(6 * 1024 * 1024, u'x'));
    QTRY_VERIFY(!pieces.isOpen());
    QVERIFY(pieces.messages.isEmpty());
    QTRY_COMPARE(m_world->server().connectionCount(), 0);
}

void PushTest::hiddenChannelIsNotHeardOf()
{
    SocketListener bo(port(), token(ServerWorld::bo));
    SocketListener kim(port(), token(ServerWorld::kim));
    QTRY_VERIFY(bo.isOpen() && kim.isOpen());
    for (SocketListener *listener : {&bo, &kim}) {
        listener->send(R"({"@type":"WebSocketPushEnable"})");
        QTRY_COMPARE(listener->messages.size(), 1);
    }
    m_world->receive(ServerWorld::sales, str("more"), str("secretword again"));
    QTRY_VERIFY(kim.messages.size() > 1);
    m_world->receive(ServerWorld::open, str("other"), str("openword again"));
    // Not even that there was something.
    QTRY_COMPARE(bo.messages.size(), 2);
    QVERIFY(states(bo.messages.constLast()).contains(str("Message")));
    const QString state = states(bo.messages.constLast()).value(str("Message")).toString();
    QCOMPARE(m_world->client(ServerWorld::bo)->call(str("Message/get")).value(str("state")).toString(), state);
}

void PushTest::hundredListenersHear()
{
    std::vector<std::unique_ptr<SocketListener>> all;
    for (int i = 0; i < 100; ++i)
        all.push_back(std::make_unique<SocketListener>(port(), token(i % 2 ? ServerWorld::kim : ServerWorld::bo)));
    for (const auto &listener : all) {
        QTRY_VERIFY(listener->isOpen());
        listener->send(R"({"@type":"WebSocketPushEnable","dataTypes":["Conversation"]})");
    }
    for (const auto &listener : all)
        QTRY_COMPARE(listener->messages.size(), 1);
    QVERIFY(m_world->act(Act::Claim{ConversationId(1)}).isApplied());
    for (const auto &listener : all)
        QTRY_COMPARE(listener->messages.size(), 2);
    QCOMPARE(states(all[0]->messages[1]).value(str("Conversation")).toString(),
             m_world->client(ServerWorld::bo)->call(str("Conversation/get")).value(str("state")).toString());
}

/// A frame's length is written in 16 or in 64 bits (RFC 6455 5.2); answers and pushes of one socket keep their order.
void PushTest::pushesOfAnyLengthAreHeard()
{
    SocketListener kim(port(), token(ServerWorld::kim));
    QTRY_VERIFY(kim.isOpen());
    kim.send(R"({"@type":"WebSocketPushEnable","deltas":true})");
    QTRY_COMPARE(kim.ofType("StateChange").size(), 1);
    for (const int length : {1, 300, 9'000, 70'000, 95'000, 2}) {
        for (int i = 0; i <= length / 10'000; ++i)
            kim.send(
                R"({"@type":"Request","id":"r","using":["urn:ietf:params:jmap:core"],"methodCalls":[["Core/echo",{},"a"]]})");
        const Outcome noted = m_world->act(Act::AddNote{ConversationId(1), QString(length, u'x')}, ServerWorld::kim);
        QVERIFY(noted.isApplied());
        const auto isTold = [&] {
            const QList<QJsonObject> deltas = kim.ofType("Delta");
            return !deltas.isEmpty() && seqOfState(deltas.constLast().value(str("to")).toString()) >= noted.seq;
        };
        QTRY_VERIFY(isTold());
        const qsizetype told = QJsonDocument(kim.ofType("Delta").constLast()).toJson().size();
        QVERIFY2(told > length, qPrintable(QString::number(told)));
        QVERIFY(std::none_of(kim.messages.cbegin(), kim.messages.cend(), [](const auto &m) { return m.isEmpty(); }));
    }
}

void PushTest::revokedTokenEndsListening()
{
    const auto kim = m_world->client(ServerWorld::kim);
    const QByteArray id = kim->get("/auth/tokens").json().value(str("tokens"))[0][str("id")].toString().toLatin1();
    SocketListener socket(port(), kim->token());
    const auto stream = m_world->client(ServerWorld::kim);
    SocketListener other(port(), stream->token());
    QTRY_VERIFY(socket.isOpen() && other.isOpen());
    openStream(*stream, "types=*&closeafter=no&ping=0");
    QCOMPARE(kim->send("DELETE", "/auth/tokens/" + id).status, 204);
    QTRY_COMPARE(socket.socket().closeCode(), QWebSocketProtocol::CloseCodePolicyViolated);
    QVERIFY(other.isOpen());
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, {}, true}).isApplied());
    QVERIFY(stream->isClosed());
    QTRY_VERIFY(!other.isOpen());
}

void PushTest::newGrantIsTold()
{
    SocketListener bo(port(), token(ServerWorld::bo));
    QTRY_VERIFY(bo.isOpen());
    bo.send(R"({"@type":"WebSocketPushEnable","dataTypes":["Message"]})");
    QTRY_COMPARE(bo.messages.size(), 1);
    m_world->runSql(str("INSERT INTO team_member (id, seq, created_seq, team, agent) VALUES (2, :1, :1, 1, 3)"));
    QTRY_COMPARE(bo.messages.size(), 2);
    QVERIFY(states(bo.messages[1]).value(str("Message")) != states(bo.messages[0]).value(str("Message")));
    m_world->receive(ServerWorld::sales, str("more"), str("secretword again"));
    QTRY_VERIFY(bo.messages.size() > 2);
}

/// A new tag or saved reply changes what nobody may see: a thousand listeners are not read for it.
void PushTest::listenersAreLookedUpForGrantsOnly()
{
    Authenticator authenticator(m_world->workspace());
    QSignalSpy changed(&authenticator, &Authenticator::grantsChanged);
    const auto act = [this](ActionArguments arguments) { QVERIFY(m_world->act(std::move(arguments)).isApplied()); };
    act(Act::AddTag{ConversationId(1), str("unheard")});
    act(Act::KeepSavedReply{SavedReplyId(), str("Greeting"), str("Hello")});
    act(Act::SetDuty{ServerWorld::bo, false});
    act(Act::SetTeamMember{TeamId(1), ServerWorld::bo, true});
    QTRY_COMPARE(changed.size(), 1);
    act(Act::AddTag{ConversationId(1), str("another")});
    act(Act::EditAgent{ServerWorld::bo, {}, Role::lead, {}});
    QTRY_COMPARE(changed.size(), 2);
    act(Act::AddTag{ConversationId(1), str("a third")});
    act(Act::SetChannelTeam{ServerWorld::open, TeamId(1)});
    QTRY_COMPARE(changed.size(), 3);
    const auto kim = m_world->client(ServerWorld::kim);
    QCOMPARE(kim->send("POST", "/auth/logout").status, 204);
    QTRY_COMPARE(changed.size(), 4);
}

void PushTest::whoHasItOnTheScreenIsToldFirst()
{
    Authenticator authenticator(m_world->workspace());
    PushHub hub(m_world->workspace(), authenticator);
    QList<int> told;
    const auto listener = [&told](int number, ConversationId shown) {
        PushHub::Listener one;
        one.principal.agent = ServerWorld::kim;
        one.changed = [&told, number](const QJsonObject &, const QString &) { told.append(number); };
        one.delta = [&told, number](const QByteArray &) { told.append(number); };
        one.shows = [shown](const QSet<ConversationId> &changed) { return changed.contains(shown); };
        one.gone = [] {};
        return one;
    };
    const QList<ConversationId> shown{ConversationId(3), ConversationId(1), ConversationId(2), ConversationId(1)};
    for (int i = 0; i < shown.size(); ++i)
        hub.listen(hub.add(listener(i, shown.at(i))), {}, {}, true);
    QTRY_COMPARE(told.size(), shown.size());
    told.clear();
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("first")}).isApplied());
    QTRY_COMPARE(told, QList<int>({1, 3, 0, 2}));
    told.clear();
    QVERIFY(m_world->act(Act::AddTag{ConversationId(2), str("next")}).isApplied());
    QTRY_COMPARE(told, QList<int>({2, 0, 1, 3}));
}

void PushTest::whoIsToldMayTakeOthersAlong()
{
    Authenticator authenticator(m_world->workspace());
    PushHub hub(m_world->workspace(), authenticator);
    QList<int> ids;
    int told = 0;
    bool isLeaving = false;
    for (int i = 0; i < 3; ++i) {
        PushHub::Listener one;
        one.principal.agent = ServerWorld::kim;
        one.delta = [&](const QByteArray &) {
            ++told;
            for (const int id : isLeaving ? ids : QList<int>())
                hub.remove(id);
        };
        one.changed = [&told](const QJsonObject &, const QString &) { ++told; };
        one.gone = [] {};
        ids.append(hub.add(std::move(one)));
        hub.listen(ids.constLast(), {}, {}, true);
    }
    QTRY_COMPARE(told, 3);
    isLeaving = true;
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("first")}).isApplied());
    QTRY_VERIFY(told > 3);
    QCOMPARE(hub.listenerCount(), 0);
    told = 0;
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("next")}).isApplied());
    QTest::qWait(50);
    QCOMPARE(told, 0);
}

void PushTest::nobodyMissesWhatCameMeanwhile()
{
    // Listening begins while commits fall: the last thing told is where it is.
    for (int round = 0; round < 20; ++round) {
        SocketListener kim(port(), token(ServerWorld::kim));
        QTRY_VERIFY(kim.isOpen());
        kim.send(R"({"@type":"WebSocketPushEnable","dataTypes":["ConversationTag"]})");
        for (int i = 0; i < 5; ++i)
            QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("t%1-%2").arg(round).arg(i)}).isApplied());
        const QJsonValue state =
            m_world->client(ServerWorld::kim)->call(str("ConversationTag/get")).value(str("state"));
        QTRY_VERIFY(!kim.messages.isEmpty() && states(kim.messages.constLast()).value(str("ConversationTag")) == state);
    }
}

/// Between the beginning and the first thing told, too.
void PushTest::draftToldWhileListeningBeginsIsHeardOf()
{
    Authenticator authenticator(m_world->workspace());
    PushHub hub(m_world->workspace(), authenticator);
    QList<QJsonObject> heard;
    PushHub::Listener listener;
    listener.principal.agent = ServerWorld::kim;
    listener.changed = [&heard](const QJsonObject &change, const QString &) { heard.append(change); };
    const int id = hub.add(listener);
    const auto toldDraft = [&] {
        return heard.isEmpty() ? QString() : states(heard.constLast())[str("Draft")].toString();
    };
    hub.listen(id, {str("Draft")}, {});
    hub.tellDraft(ServerWorld::kim, 7);
    QTRY_VERIFY(toldDraft().endsWith(str("-7")));
    hub.pause(id);
    hub.tellDraft(ServerWorld::kim, 8);
    hub.resume(id);
    QTRY_VERIFY(toldDraft().endsWith(str("-8")));
    hub.tellDraft(ServerWorld::kim, 9);
    QVERIFY(toldDraft().endsWith(str("-9")));
}

/// Who reads nothing costs no long queue, and learns in the end that there is more.
void PushTest::slowReaderIsToldTheStates_data()
{
    QTest::addColumn<qint64>("ofOne");
    QTest::addColumn<qint64>("ofAll");
    QTest::newRow("its own limit") << Q_INT64_C(262'144) << Q_INT64_C(1'000'000'000);
    QTest::newRow("its share") << Q_INT64_C(1'000'000'000) << Q_INT64_C(262'144);
}

void PushTest::slowReaderIsToldTheStates()
{
    QFETCH(qint64, ofOne);
    QFETCH(qint64, ofAll);
    ServerLimits limits;
    limits.unreadPushes = ofOne;
    limits.unreadPushesOfAll = ofAll;
    m_world = std::make_unique<ServerWorld>(limits);
    constexpr int notes = 500;
    const auto slow = m_world->client(ServerWorld::kim);
    // Small enough to fill, large enough to be read again soon.
    slow->socket().setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, 256 * 1024);
    slow->write("GET /jmap/ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Protocol: jmap\r\nAuthorization: Bearer " +
                slow->token() + "\r\n\r\n");
    QTRY_VERIFY(slow->socket().bytesAvailable() > 20);
    QByteArray bytes = slow->socket().readAll();
    bytes.remove(0, bytes.indexOf("\r\n\r\n") + 4);
    // Masked with nothing.
    const QByteArray enable = R"({"@type":"WebSocketPushEnable","deltas":true})";
    slow->write("\x81" + QByteArray(1, char(0x80 | enable.size())) + QByteArray(4, '\0') + enable);
    const auto isToldSomething = [&] { return !(bytes += slow->socket().readAll()).isEmpty(); };
    QVERIFY(slow->waitFor(isToldSomething));
    slow->socket().setReadBufferSize(1000);
    const QString text(40'000, u'x');
    // Each is told by itself: the server has its turn after every one.
    const auto other = m_world->client(ServerWorld::kim);
    for (int i = 0; i < notes; ++i) {
        QVERIFY(m_world->act(Act::AddNote{ConversationId(1), text}).isApplied());
        QCOMPARE(other->post({}).status, 200);
    }
    const QJsonValue last = m_world->client(ServerWorld::kim)->call(str("Journal/get")).value(str("state"));
    slow->socket().setReadBufferSize(0);
    QList<QJsonObject> messages;
    const auto hears = [&](const std::function<bool(const QJsonObject &)> &isIt) {
        return slow->waitFor([&] {
            bytes += slow->socket().readAll();
            messages += takeFrames(bytes);
            return !messages.isEmpty() && isIt(messages.constLast());
        });
    };
    QVERIFY(hears([&](const QJsonObject &message) { return states(message).value(str("Journal")) == last; }));
    qint64 heard = 0;
    for (const QJsonObject &message : std::as_const(messages))
        heard += QJsonDocument(message).toJson(QJsonDocument::Compact).size();
    qInfo("%lld bytes in %lld messages", heard, qint64(messages.size()));
    QVERIFY2(messages.size() < notes && heard < notes * text.size() / 2, "everything was queued");
    const QJsonValue place = messages.constLast().value(str("pushState"));
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("after")}).isApplied());
    QVERIFY(hears([&](const QJsonObject &message) { return message.value(str("from")) == place; }));
}

/// At any moment between the request and the socket's first frame: while its token is looked up, or its handshake is
/// answered.
void PushTest::whoLeavesAtTheDoorIsForgotten()
{
    ServerLimits limits;
    limits.beatTime = std::chrono::milliseconds(100);
    m_world = std::make_unique<ServerWorld>(limits);
    for (int round = 0; round < 150; ++round) {
        WireClient brief(port(), token(ServerWorld::kim), m_world->account());
        brief.write("GET /jmap/ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                    "Sec-WebSocket-Protocol: jmap\r\nAuthorization: Bearer " +
                    brief.token() + "\r\n\r\n");
        brief.socket().flush();
        for (int i = 0; i < round % 10; ++i)
            QCoreApplication::processEvents();
        if (round % 3 == 0)
            brief.socket().abort();
    }
    QTRY_COMPARE(m_world->server().connectionCount(), 0);
    QTRY_COMPARE(m_world->server().counts().sockets, 0);
    QTRY_COMPARE(m_world->server().counts().listeners, 0);
}

/// Who does not answer a ping is not there any more, whatever the system believes of the connection.
void PushTest::silentSocketEnds()
{
    ServerLimits limits;
    limits.beatTime = std::chrono::milliseconds(100);
    m_world = std::make_unique<ServerWorld>(limits);
    const QByteArray kim = token(ServerWorld::kim);
    SocketListener alive(port(), kim);
    QSignalSpy ended(&alive.socket(), &QWebSocket::disconnected);
    QTRY_VERIFY(alive.isOpen());
    WireClient dead(port(), kim, m_world->account());
    dead.write("GET /jmap/ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Protocol: jmap\r\nAuthorization: Bearer " +
               kim + "\r\n\r\n");
    QVERIFY(dead.waitFor([&dead] { return dead.socket().bytesAvailable() > 20; }));
    QTRY_COMPARE(m_world->server().counts().sockets, 2);
    QVERIFY(dead.isClosed());
    QTRY_COMPARE(m_world->server().counts().sockets, 1);
    QVERIFY(alive.isOpen());
    QCOMPARE(ended.size(), 0);
}

void PushTest::streamIsPinged()
{
    ServerLimits limits;
    limits.leastPing = std::chrono::seconds(1);
    m_world = std::make_unique<ServerWorld>(limits);
    const auto client = m_world->client(ServerWorld::kim);
    openStream(*client, "types=Tag&closeafter=no&ping=1");
    QByteArray id;
    QVERIFY(states(event(*client, id)).contains(str("Tag")));
    for (int i = 0; i < 2; ++i)
        QCOMPARE(event(*client, id).value(str("interval")).toInt(), 1);
    // Oftener than the server likes, it says how often it is.
    m_world = std::make_unique<ServerWorld>();
    const HttpHead head =
        parseHead("GET /jmap/eventsource/?types=*&closeafter=no&ping=1 HTTP/1.1\r\nHost: a\r\n\r\n").value();
    QCOMPARE(EventStream::readWish(head, ServerLimits())->pingSeconds, 5);
}

void PushTest::stopSaysGoodBye()
{
    SocketListener kim(port(), token(ServerWorld::kim));
    const auto stream = m_world->client(ServerWorld::kim);
    QTRY_VERIFY(kim.isOpen());
    openStream(*stream, "types=*&closeafter=no&ping=0");
    QSignalSpy stopped(&m_world->server(), &Server::stopped);
    m_world->server().stop();
    QTRY_COMPARE(kim.socket().closeCode(), QWebSocketProtocol::CloseCodeGoingAway);
    QVERIFY(stream->isClosed());
    QTRY_COMPARE(stopped.size(), 1);
}

QTEST_GUILESS_MAIN(PushTest)
#include "tst_push.moc"
