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

private:
    [[nodiscard]] std::unique_ptr<SocketListener> listener(AgentId agent)
    {
        return std::make_unique<SocketListener>(m_world->server().port(), m_world->token(agent));
    }
    /// "3" looks, "3w" writes; what the listener was told last, "-" = nothing.
    static QString last(const SocketListener &listener)
    {
        const QList<QJsonObject> told = listener.ofType("PresenceChange");
        if (told.isEmpty())
            return str("-");
        QStringList agents;
        for (const QJsonValue &agent : told.constLast().value(str("agents")).toArray())
            agents.append(agent[str("agent")].toString() + (agent[str("isWriting")].toBool() ? str("w") : QString()));
        return agents.join(u' ');
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

QTEST_GUILESS_MAIN(PresenceTest)
#include "tst_presence.moc"
