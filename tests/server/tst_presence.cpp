// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/serverworld.h"
#include "tests/server/socketlistener.h"

#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

ServerLimits quick()
{
    ServerLimits limits;
    limits.presenceSweep = std::chrono::milliseconds(20);
    return limits;
}

} // namespace

/// Who looks at what, and who writes there: told to those who show it too, once, and gone by itself.
class PresenceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_world = std::make_unique<ServerWorld>(quick()); }
    void cleanup() { m_world.reset(); }
    void othersAreTold();
    void onlyTransitionsAreTold();
    void silenceIsGoneWithin25Seconds();
    void closingIsLeaving();
    void twoDevicesAreOneAgent();
    void hiddenConversationsTellNothing();
    void rowsHearAndAreNotHeardOf();
    void shortHeartbeatKeepsWhatIsShown();
    void whoComesBackIsToldAnew();
    void lateBeatsBringBack();
    void whatWasSeenBeforeTheGrantWentIsLookedAtAgain();
    void nonsenseIsRefused_data();
    void nonsenseIsRefused();
    void callersAreThereAsOthersAre();
    void callerIsGoneAfterSilence();
    void callerHearsByItsStream();
    void hiddenConversationsTellCallersNothing();
    void callerLeavesWithTheGrant();
    void callerIsGoneWithItsToken();
    void callersNonsenseIsRefused();
    void agentHasSoManyClients();

private:
    [[nodiscard]] std::unique_ptr<SocketListener> listener(AgentId agent)
    {
        return std::make_unique<SocketListener>(m_world->server().port(), m_world->token(agent));
    }
    /// "3" looks, "3w" writes; what the listener was told last, "-" = nothing.
    static QString last(const SocketListener &listener)
    {
        const QList<QJsonObject> told = listener.ofType("PresenceChange");
        return told.isEmpty() ? str("-") : agentsIn(told.constLast());
    }
    static QString agentsIn(const QJsonObject &others)
    {
        QStringList agents;
        for (const QJsonValue &agent : others.value(str("agents")).toArray())
            agents.append(agent[str("agent")].toString() + (agent[str("isWriting")].toBool() ? str("w") : QString()));
        return agents.join(u' ');
    }
    /// Over HTTP. @return who else is in the first conversation where anybody is, or the error
    static QString set(WireClient &client, const char *conversations, const char *name = "c1")
    {
        const QJsonObject answer =
            client.call(str("Presence/set"), {{str("client"), str(name)},
                                              {str("conversations"), QJsonDocument::fromJson(conversations).array()}});
        const QString error = answer.value(str("error")).toString();
        return error.isEmpty() ? agentsIn(answer.value(str("list")).toArray().first().toObject()) : error;
    }
    /// As it was; and that has arrived.
    static void beat(SocketListener &listener)
    {
        const qsizetype before = listener.ofType("Response").size();
        listener.send(R"({"@type":"Presence"})");
        listener.send(R"({"@type":"Request","id":"r","using":[],"methodCalls":[]})");
        QTRY_COMPARE(listener.ofType("Response").size(), before + 1);
    }
    static void show(SocketListener &listener, const char *conversation, bool isWriting = false)
    {
        listener.send({{str("@type"), str("Presence")},
                       {str("conversations"),
                        QJsonArray{QJsonObject{{str("id"), str(conversation)}, {str("isWriting"), isWriting}}}}});
    }

    std::unique_ptr<ServerWorld> m_world;
};

void PresenceTest::othersAreTold()
{
    const auto kim = listener(ServerWorld::kim);
    const auto bo = listener(ServerWorld::bo);
    const auto ana = listener(ServerWorld::ana);
    QTRY_VERIFY(kim->isOpen() && bo->isOpen() && ana->isOpen());
    show(*kim, "1");
    show(*ana, "3");
    show(*bo, "1", true);
    QTRY_COMPARE(last(*kim), str("3w"));
    QTRY_COMPARE(last(*bo), str("2"));
    QCOMPARE(kim->ofType("PresenceChange").constLast().value(str("conversation")).toString(), str("1"));
    show(*bo, "1", false);
    QTRY_COMPARE(last(*kim), str("3"));
    show(*bo, "3");
    QTRY_COMPARE(last(*kim), QString());
    QTRY_COMPARE(last(*ana), str("3"));
}

void PresenceTest::onlyTransitionsAreTold()
{
    const auto kim = listener(ServerWorld::kim);
    const auto bo = listener(ServerWorld::bo);
    QTRY_VERIFY(kim->isOpen() && bo->isOpen());
    show(*kim, "1");
    show(*bo, "1");
    QTRY_COMPARE(last(*kim), str("3"));
    for (int i = 0; i < 5; ++i) {
        show(*bo, "1");
        show(*kim, "1");
    }
    show(*bo, "1", true);
    QTRY_COMPARE(last(*kim), str("3w"));
    QCOMPARE(kim->messages.size(), 2);
    QCOMPARE(bo->messages.size(), 1);
}

/// As often as it is looked for in earnest.
void PresenceTest::silenceIsGoneWithin25Seconds()
{
    m_world = std::make_unique<ServerWorld>();
    const auto kim = listener(ServerWorld::kim);
    const auto bo = listener(ServerWorld::bo);
    QTRY_VERIFY(kim->isOpen() && bo->isOpen());
    show(*kim, "1");
    show(*bo, "1");
    QTRY_COMPARE(last(*kim), str("3"));
    m_world->clock().advance(std::chrono::seconds(20));
    show(*kim, "1");
    // Kim's heartbeat has arrived when an answer to what was sent after it has.
    kim->send(R"({"@type":"Request","id":"r","using":[],"methodCalls":[]})");
    QTRY_COMPARE(kim->ofType("Response").size(), 1);
    QCOMPARE(last(*kim), str("3"));
    m_world->clock().advance(std::chrono::milliseconds(4'900));
    QTRY_COMPARE(last(*kim), QString());
    QCOMPARE(last(*bo), str("2"));
}

void PresenceTest::closingIsLeaving()
{
    const auto kim = listener(ServerWorld::kim);
    auto bo = listener(ServerWorld::bo);
    QTRY_VERIFY(kim->isOpen() && bo->isOpen());
    show(*kim, "1");
    show(*bo, "1");
    QTRY_COMPARE(last(*kim), str("3"));
    bo.reset();
    QTRY_COMPARE(last(*kim), QString());
}

void PresenceTest::twoDevicesAreOneAgent()
{
    const auto kim = listener(ServerWorld::kim);
    const auto bo = listener(ServerWorld::bo);
    auto phone = listener(ServerWorld::bo);
    QTRY_VERIFY(kim->isOpen() && bo->isOpen() && phone->isOpen());
    show(*kim, "1");
    show(*bo, "1");
    show(*phone, "1", true);
    QTRY_COMPARE(last(*kim), str("3w"));
    phone.reset();
    QTRY_COMPARE(last(*kim), str("3"));
    QCOMPARE(last(*bo), str("2"));
}

void PresenceTest::hiddenConversationsTellNothing()
{
    const auto kim = listener(ServerWorld::kim);
    const auto bo = listener(ServerWorld::bo);
    const auto ana = listener(ServerWorld::ana);
    QTRY_VERIFY(kim->isOpen() && bo->isOpen() && ana->isOpen());
    show(*bo, "2", true);
    show(*kim, "2");
    show(*ana, "2");
    QTRY_COMPARE(last(*kim), str("1"));
    QTRY_COMPARE(last(*ana), str("2"));
    QCOMPARE(last(*bo), str("-"));
}

/// Two who have the same list before them do not look at all that is in it.
void PresenceTest::rowsHearAndAreNotHeardOf()
{
    const auto kim = listener(ServerWorld::kim);
    const auto bo = listener(ServerWorld::bo);
    QTRY_VERIFY(kim->isOpen() && bo->isOpen());
    kim->send(R"({"@type":"Presence","conversations":[{"id":"1","isListed":true},{"id":"3","isListed":true}]})");
    bo->send(R"({"@type":"Presence","conversations":[{"id":"1","isWriting":true},{"id":"3","isListed":true}]})");
    QTRY_COMPARE(last(*kim), str("3w"));
    QCOMPARE(kim->ofType("PresenceChange").constLast().value(str("conversation")).toString(), str("1"));
    QCOMPARE(kim->messages.size(), 1);
    show(*kim, "1");
    QTRY_COMPARE(last(*bo), str("2"));
    kim->send(R"({"@type":"Presence","conversations":[{"id":"1","isListed":true}]})");
    QTRY_COMPARE(last(*bo), QString());
}

void PresenceTest::shortHeartbeatKeepsWhatIsShown()
{
    const auto kim = listener(ServerWorld::kim);
    const auto bo = listener(ServerWorld::bo);
    QTRY_VERIFY(kim->isOpen() && bo->isOpen());
    show(*kim, "1");
    show(*bo, "1", true);
    QTRY_COMPARE(last(*kim), str("3w"));
    for (int i = 0; i < 3; ++i) {
        m_world->clock().advance(std::chrono::seconds(20));
        for (SocketListener *one : {kim.get(), bo.get()}) {
            one->send(R"({"@type":"Presence"})");
            one->send(R"({"@type":"Request","id":"r","using":[],"methodCalls":[]})");
            QTRY_COMPARE(one->ofType("Response").size(), i + 1);
        }
    }
    QCOMPARE(last(*kim), str("3w"));
    QCOMPARE(last(*bo), str("2"));
    m_world->clock().advance(std::chrono::seconds(20));
    kim->send(R"({"@type":"Presence"})");
    kim->send(R"({"@type":"Request","id":"r","using":[],"methodCalls":[]})");
    QTRY_COMPARE(kim->ofType("Response").size(), 4);
    m_world->clock().advance(std::chrono::seconds(6));
    QTRY_COMPARE(last(*kim), QString());
}

/// Whoever shows a conversation again has forgotten who was there.
void PresenceTest::whoComesBackIsToldAnew()
{
    const auto kim = listener(ServerWorld::kim);
    const auto bo = listener(ServerWorld::bo);
    QTRY_VERIFY(kim->isOpen() && bo->isOpen());
    show(*bo, "1");
    show(*kim, "1");
    QTRY_COMPARE(kim->ofType("PresenceChange").size(), 1);
    // Both before the server has looked up what may be seen.
    kim->send(R"({"@type":"Presence","conversations":[]})");
    show(*kim, "1");
    QTRY_COMPARE(kim->ofType("PresenceChange").size(), 2);
    QCOMPARE(last(*kim), str("3"));
}

/// The network stood still for longer than anybody waits; nobody looks at anything else meanwhile.
void PresenceTest::lateBeatsBringBack()
{
    const auto kim = listener(ServerWorld::kim);
    const auto bo = listener(ServerWorld::bo);
    QTRY_VERIFY(kim->isOpen() && bo->isOpen());
    show(*kim, "1");
    show(*bo, "1", true);
    QTRY_COMPARE(last(*kim), str("3w"));
    m_world->clock().advance(std::chrono::seconds(20));
    kim->send({{str("@type"), str("Presence")}});
    kim->send(R"({"@type":"Request","id":"r","using":[],"methodCalls":[]})");
    QTRY_COMPARE(kim->ofType("Response").size(), 1);
    m_world->clock().advance(std::chrono::seconds(6));
    QTRY_COMPARE(last(*kim), QString());
    bo->send({{str("@type"), str("Presence")}});
    QTRY_COMPARE(last(*kim), str("3w"));
}

/// Kim's sight of a hidden conversation was found good, and the team is left before that is heard of.
void PresenceTest::whatWasSeenBeforeTheGrantWentIsLookedAtAgain()
{
    PresenceHub hub(m_world->workspace(), ServerLimits());
    int told = 0;
    const int kim = hub.add({ServerWorld::kim, [&told](const QJsonObject &) { ++told; }});
    QList<QJsonObject> toAna;
    const int ana = hub.add({ServerWorld::ana, [&toAna](const QJsonObject &others) { toAna.append(others); }});
    hub.show(ana, {{ConversationId(2), {}}, {ConversationId(1), {}}});
    hub.show(kim, {{ConversationId(2), {}}, {ConversationId(1), {}}});
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied());
    hub.checkAll();
    QTRY_VERIFY(!toAna.isEmpty());
    hub.beat(kim);
    hub.show(ana, {{ConversationId(2), {true, false}}, {ConversationId(1), {true, false}}});
    QTRY_COMPARE(told, 2);
    for (const QJsonObject &others : std::as_const(toAna))
        QCOMPARE(others.value(str("conversation")).toString(), str("1"));
}

void PresenceTest::nonsenseIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {R"({"@type":"Presence","conversations":null})",
          R"({"@type":"Presence","conversations":[{"id":"1","isListed":"yes"}]})",
          R"({"@type":"Presence","conversations":[{"id":1}]})", R"({"@type":"Presence","conversations":[{"id":"x"}]})",
          R"({"@type":"Presence","conversations":[{"id":"1","isWriting":1}]})"})
        QTest::newRow(text) << QByteArray(text);
    QTest::newRow("many") << R"({"@type":"Presence","conversations":[)" + QByteArray(R"({"id":"1"},)").repeated(60) +
                                 R"({"id":"1"}]})";
}

void PresenceTest::nonsenseIsRefused()
{
    QFETCH(QByteArray, text);
    const auto kim = listener(ServerWorld::kim);
    QTRY_VERIFY(kim->isOpen());
    kim->send(text.constData());
    QTRY_COMPARE(kim->ofType("RequestError").size(), 1);
}

/// Who has no WebSocket, and says over HTTP what is on the screen.
void PresenceTest::callersAreThereAsOthersAre()
{
    const auto bo = listener(ServerWorld::bo);
    const auto kim = m_world->client(ServerWorld::kim);
    const auto ana = m_world->client(ServerWorld::ana);
    QTRY_VERIFY(bo->isOpen());
    show(*bo, "1");
    QTRY_COMPARE(set(*kim, R"([{"id":"1"}])"), str("3"));
    QTRY_COMPARE(last(*bo), str("2"));
    QCOMPARE(set(*ana, R"([{"id":"1","isWriting":true},{"id":"3","isListed":true}])"), str("2 3"));
    QTRY_COMPARE(last(*bo), str("1w 2"));
    // A row hears, and is not heard of.
    QCOMPARE(set(*kim, R"([{"id":"1","isListed":true}])"), str("1w 3"));
    QTRY_COMPARE(last(*bo), str("1w"));
    QCOMPARE(set(*ana, "[]"), QString());
    QTRY_COMPARE(last(*bo), QString());
    QCOMPARE(set(*kim, R"([{"id":"1"}])"), str("3"));
    // Of oneself one never hears.
    const auto kimsPhone = m_world->client(ServerWorld::kim);
    QCOMPARE(set(*kimsPhone, R"([{"id":"1","isWriting":true}])", "c2"), str("3"));
    QTRY_COMPARE(last(*bo), str("2w"));
    QCOMPARE(set(*kim, R"([{"id":"1"}])"), str("3"));
}

void PresenceTest::callerIsGoneAfterSilence()
{
    const auto bo = listener(ServerWorld::bo);
    const auto kim = m_world->client(ServerWorld::kim);
    QTRY_VERIFY(bo->isOpen());
    show(*bo, "1");
    QTRY_COMPARE(set(*kim, R"([{"id":"1"}])"), str("3"));
    QTRY_COMPARE(last(*bo), str("2"));
    m_world->clock().advance(std::chrono::seconds(20));
    beat(*bo);
    QCOMPARE(set(*kim, R"([{"id":"1"}])"), str("3"));
    m_world->clock().advance(std::chrono::seconds(20));
    beat(*bo);
    QCOMPARE(last(*bo), str("2"));
    m_world->clock().advance(std::chrono::seconds(5));
    QTRY_COMPARE(last(*bo), QString());
    // It is there again as soon as it says so.
    QCOMPARE(set(*kim, R"([{"id":"1","isWriting":true}])"), str("3"));
    QTRY_COMPARE(last(*bo), str("2w"));
}

void PresenceTest::callerHearsByItsStream()
{
    const auto bo = listener(ServerWorld::bo);
    const auto kim = m_world->client(ServerWorld::kim);
    const auto stream = m_world->client(ServerWorld::kim);
    stream->write("GET /jmap/eventsource/?types=Tag&closeafter=no&ping=0&presence=c1 HTTP/1.1\r\nHost: a\r\n"
                  "Authorization: Bearer " +
                  stream->token() + "\r\n\r\n");
    QByteArray heard;
    const auto hears = [&stream, &heard](const QByteArray &text) {
        return stream->waitFor([&] { return (heard += stream->socket().readAll()).contains(text); });
    };
    QVERIFY(hears("event: state"));
    QTRY_VERIFY(bo->isOpen());
    QCOMPARE(set(*kim, R"([{"id":"1"}])"), QString());
    QCOMPARE(set(*kim, R"([{"id":"3"}])", "c2"), QString());
    show(*bo, "1", true);
    QVERIFY(hears("event: presence\ndata: {\"@type\":\"PresenceChange\",\"agents\":[{\"agent\":\"3\","
                  "\"isWriting\":true}],\"conversation\":\"1\"}\n\n"));
    show(*bo, "3");
    QVERIFY(hears(R"("agents":[],"conversation":"1"})"));
    show(*bo, "1");
    QVERIFY(hears(R"("agents":[{"agent":"3","isWriting":false}],"conversation":"1"})"));
    // What another client shows is not told here.
    QVERIFY2(!heard.contains(R"("conversation":"3")"), heard.constData());
}

void PresenceTest::hiddenConversationsTellCallersNothing()
{
    const auto kim = listener(ServerWorld::kim);
    const auto bo = m_world->client(ServerWorld::bo);
    const auto ana = m_world->client(ServerWorld::ana);
    QTRY_VERIFY(kim->isOpen());
    QCOMPARE(set(*bo, R"([{"id":"2","isWriting":true}])"), QString());
    show(*kim, "2", true);
    QTRY_COMPARE(set(*ana, R"([{"id":"2"}])"), str("2w"));
    QTRY_COMPARE(last(*kim), str("1"));
    // As one that there is not.
    for (const char *id : {R"([{"id":"2"}])", R"([{"id":"999999"}])"})
        QCOMPARE(set(*bo, id), QString());
    QCOMPARE(kim->ofType("PresenceChange").size(), 1);
}

void PresenceTest::callerLeavesWithTheGrant()
{
    const auto ana = listener(ServerWorld::ana);
    const auto kim = m_world->client(ServerWorld::kim);
    QTRY_VERIFY(ana->isOpen());
    show(*ana, "2");
    QTRY_COMPARE(set(*kim, R"([{"id":"2"}])"), str("1"));
    QTRY_COMPARE(last(*ana), str("2"));
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied());
    QTRY_COMPARE(last(*ana), QString());
    QCOMPARE(set(*kim, R"([{"id":"2"}])"), QString());
}

void PresenceTest::callerIsGoneWithItsToken()
{
    const auto bo = listener(ServerWorld::bo);
    const auto kim = m_world->client(ServerWorld::kim);
    QTRY_VERIFY(bo->isOpen());
    show(*bo, "1");
    QTRY_COMPARE(set(*kim, R"([{"id":"1","isWriting":true}])"), str("3"));
    QTRY_COMPARE(last(*bo), str("2w"));
    QCOMPARE(kim->send("POST", "/auth/logout").status, 204);
    m_world->clock().advance(std::chrono::seconds(20));
    beat(*bo);
    // It is not renewed by what is refused.
    QCOMPARE(kim->post(oneCall(str("Presence/set"), {})).status, 401);
    m_world->clock().advance(std::chrono::seconds(5));
    QTRY_COMPARE(last(*bo), QString());
}

void PresenceTest::callersNonsenseIsRefused()
{
    const auto kim = m_world->client(ServerWorld::kim);
    for (const char *arguments :
         {R"({"conversations":[]})", R"({"client":"","conversations":[]})", R"({"client":7,"conversations":[]})",
          R"({"client":"c1"})", R"({"client":"c1","conversations":null})",
          R"({"client":"c1","conversations":[{"id":1}]})", R"({"client":"c1","conversations":[],"more":1})"}) {
        const QJsonObject answer = kim->call(str("Presence/set"), QJsonDocument::fromJson(arguments).object());
        QVERIFY2(answer.value(str("error")) == str("invalidArguments"), arguments);
    }
    QCOMPARE(set(*kim, "[]", QByteArray(65, 'c').constData()), str("invalidArguments"));
    const QByteArray many = '[' + QByteArray(R"({"id":"1"},)").repeated(50) + R"({"id":"1"}])";
    QCOMPARE(set(*kim, many.constData()), str("invalidArguments"));
}

void PresenceTest::agentHasSoManyClients()
{
    ServerLimits limits = quick();
    limits.presentClients = 2;
    m_world = std::make_unique<ServerWorld>(limits);
    const auto kim = m_world->client(ServerWorld::kim);
    for (const char *name : {"c1", "c2"})
        QCOMPARE(set(*kim, R"([{"id":"1"}])", name), QString());
    QCOMPARE(set(*kim, R"([{"id":"1"}])", "c3"), str("requestTooLarge"));
    QCOMPARE(set(*m_world->client(ServerWorld::bo), R"([{"id":"1"}])", "c3"), str("2"));
    QCOMPARE(set(*kim, "[]", "c2"), QString());
    QCOMPARE(set(*kim, R"([{"id":"1"}])", "c3"), str("3"));
    m_world->clock().advance(std::chrono::seconds(25));
    QCOMPARE(set(*kim, R"([{"id":"1"}])", "c2"), QString());
}

QTEST_GUILESS_MAIN(PresenceTest)
#include "tst_presence.moc"
