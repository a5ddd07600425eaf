// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/oneagent.h"
#include "tests/replica/wirereplicaserver.h"

#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

/// Whoever works while slices arrive, the first ones or those of a channel that came into sight, sees what was done,
/// and can take it back.
class WorkMeanwhileTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup() { end(); }
    void replyIsShownAtOnce();
    void replyIsTakenBack_data();
    void replyIsTakenBack();
    void whatIsNotHereIsLeftToTheServer();
    void whatIsAskedTwiceIsOnItsWay();
    void whatCannotBeIsRefusedAtOnce();
    void channelInSightHidesNothing();

private:
    /// Those with a channel's conversations, the newest first.
    [[nodiscard]] QStringList slicesOf(AgentId agent, ChannelId channel);
    /// Until there is something to work with; the oldest conversations come when they are let go.
    void beginJoining();
    [[nodiscard]] QStringList shown(const QString &text)
    {
        return m_kim->rows(str("SELECT id FROM message WHERE text = '%1'").arg(text));
    }
    [[nodiscard]] Outcome done(const ActionArguments &arguments) { return m_kim->perform({arguments}).constFirst(); }

    ConversationId m_newest;
    ConversationId m_oldest; ///< of the channel whose slice is held
};

void WorkMeanwhileTest::init()
{
    m_world = std::make_unique<ServerWorld>(smallSlices(), 12);
    m_port = m_world->server().port();
    m_proxy = std::make_unique<CuttingProxy>(str("127.0.0.1"), m_port);
    const QString ofOpen = str("SELECT %1(id) FROM conversation WHERE channel = 1");
    m_newest = ConversationId(there(ofOpen.arg(str("max"))).constFirst().toLongLong());
    m_oldest = ConversationId(there(ofOpen.arg(str("min"))).constFirst().toLongLong());
}

QStringList WorkMeanwhileTest::slicesOf(AgentId agent, ChannelId channel)
{
    QStringList blobs;
    [&] { QTRY_VERIFY(!(blobs = Earshot::slicesOf(*m_world, agent, channel)).isEmpty()); }();
    return blobs;
}

void WorkMeanwhileTest::beginJoining()
{
    m_proxy->holdNextWith(slicesOf(ServerWorld::kim, ServerWorld::open).constLast().toLatin1());
    m_kim = std::make_unique<Desktop>(*m_world, ServerWorld::kim, m_proxy->serverPort());
    m_kim->open();
    QTRY_COMPARE(m_proxy->heldCount(), 1);
    QTRY_COMPARE(m_kim->conversation(m_newest).id, m_newest);
    QCOMPARE(m_kim->kind(), DeskStatus::Kind::joining);
}

void WorkMeanwhileTest::replyIsShownAtOnce()
{
    beginJoining();
    const Outcome outcome = done(replyTo(m_newest, str("at once")));
    QVERIFY(outcome.isApplied());
    QVERIFY(isForecast(DeliveryId(outcome.created)));
    QCOMPARE(shown(str("at once")).size(), 1);
    QVERIFY(done(Act::Claim{m_newest}).isApplied());
    QCOMPARE(m_kim->conversation(m_newest).assignee, ServerWorld::kim);
    // The server has answered, and its rows have not come.
    QTRY_COMPARE(timesSaid(str("at once")), 1);
    QTRY_COMPARE(m_kim->rows(str("SELECT state FROM outbox")), QStringList({str("2"), str("2")}));
    QCOMPARE(shown(str("at once")).size(), 1);
    QCOMPARE(m_kim->kind(), DeskStatus::Kind::joining);
    m_proxy->letHeldGo();
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("at once")), 1);
    QCOMPARE(shown(str("at once")).size(), 1);
}

void WorkMeanwhileTest::replyIsTakenBack_data()
{
    QTest::addColumn<bool>("isSent");
    QTest::newRow("before it is sent") << false;
    QTest::newRow("when the server has it") << true;
}

void WorkMeanwhileTest::replyIsTakenBack()
{
    QFETCH(bool, isSent);
    beginJoining();
    if (!isSent)
        m_proxy->loseRequests("Action/perform");
    const Outcome outcome = done(replyTo(m_newest, str("never")));
    QVERIFY(isForecast(DeliveryId(outcome.created)));
    if (isSent)
        QTRY_COMPARE(timesSaid(str("never")), 1);
    QVERIFY(done(Act::CancelDelivery{DeliveryId(outcome.created)}).isApplied());
    m_proxy->loseRequests({});
    m_proxy->letHeldGo();
    QTRY_VERIFY(isEqual());
    QTRY_COMPARE(there(str("SELECT state FROM delivery WHERE state <> %1").arg(int(DeliveryState::cancelled))),
                 QStringList());
}

void WorkMeanwhileTest::whatIsNotHereIsLeftToTheServer()
{
    beginJoining();
    QCOMPARE(m_kim->conversation(m_oldest).id, ConversationId());
    const Outcome outcome = done(note(m_oldest.value, "to what is not here"));
    QVERIFY(outcome.kind != Outcome::Kind::refused);
    QTRY_COMPARE(timesSaid(str("to what is not here")), 1);
    m_proxy->letHeldGo();
    QTRY_VERIFY(isEqual());
    QCOMPARE(trouble(), QStringList());
    QCOMPARE(shown(str("to what is not here")).size(), 1);
}

/// A caller that heard nothing sends the same action again.
void WorkMeanwhileTest::whatIsAskedTwiceIsOnItsWay()
{
    beginJoining();
    m_proxy->loseRequests("Action/perform");
    const Action action = makeAction(note(m_oldest.value, "asked twice"), m_world->clock().now());
    for (int i = 0; i < 2; ++i) {
        const QFuture<QList<Outcome>> asked = m_kim->desk().perform({action});
        QTRY_VERIFY(asked.isFinished());
        QVERIFY(asked.result().constFirst().isApplied());
        QVERIFY(asked.result().constFirst().isForecast);
    }
    m_proxy->loseRequests({});
    m_proxy->letHeldGo();
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("asked twice")), 1);
    QCOMPARE(trouble(), QStringList());
}

void WorkMeanwhileTest::whatCannotBeIsRefusedAtOnce()
{
    beginJoining();
    QCOMPARE(done(note(m_newest.value, "")).refusal.kind, RefusalKind::invalid);
    m_proxy->letHeldGo();
    QTRY_VERIFY(isEqual());
}

/// Bo comes to the team while working.
void WorkMeanwhileTest::channelInSightHidesNothing()
{
    const QStringList slices = slicesOf(ServerWorld::kim, ServerWorld::sales);
    m_kim = std::make_unique<Desktop>(*m_world, ServerWorld::bo, m_proxy->serverPort());
    m_kim->open();
    QTRY_COMPARE(m_kim->kind(), DeskStatus::Kind::current);
    m_proxy->holdNextWith(slices.constFirst().toLatin1());
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::bo, true}).isApplied());
    QTRY_COMPARE(m_proxy->heldCount(), 1);
    QVERIFY(done(note(m_newest.value, "still there")).isApplied());
    QTRY_COMPARE(timesSaid(str("still there")), 1);
    QCOMPARE(shown(str("still there")).size(), 1);
    // Others are put in before the last one comes.
    m_proxy->holdNextWith(slices.constLast().toLatin1());
    m_proxy->letHeldGo();
    QTRY_COMPARE(m_proxy->heldCount(), 2);
    QTRY_VERIFY(!m_kim->rows(str("SELECT id FROM conversation WHERE channel = 2")).isEmpty());
    QCOMPARE(shown(str("still there")).size(), 1);
    m_proxy->letHeldGo();
    QTRY_VERIFY(isEqual());
    QCOMPARE(shown(str("still there")).size(), 1);
}

QTEST_GUILESS_MAIN(WorkMeanwhileTest)
#include "tst_workmeanwhile.moc"
