// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/oneagent.h"

#include <QSignalSpy>
#include <QTest>

using namespace Earshot;

/// What was done there is one's own and is told, also where its answer came late, under another log-in or not at all.
class LostAnswersTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin({}); }
    void cleanup() { end(); }
    void ownReplyUnderAnEarlierLogInIsNoNews_data();
    void ownReplyUnderAnEarlierLogInIsNoNews();
    void lostAnswerOfADirectOneIsTold();
};

void LostAnswersTest::ownReplyUnderAnEarlierLogInIsNoNews_data()
{
    QTest::addColumn<bool>("isAnswered");
    QTest::addRow("the first one is here") << true;
    QTest::addRow("its answer was lost") << false;
}

void LostAnswersTest::ownReplyUnderAnEarlierLogInIsNoNews()
{
    QFETCH(bool, isAnswered);
    const ConversationId id(1);
    CuttingProxy proxy(str("127.0.0.1"), m_port);
    Desktop bo(*m_world, ServerWorld::bo, proxy.serverPort());
    bo.open();
    QTRY_COMPARE(bo.kind(), DeskStatus::Kind::current);
    const Seq seen = bo.conversation(id).seq;
    if (!isAnswered)
        proxy.cutAnswersTo("POST /jmap/api");
    QVERIFY(bo.perform({replyTo(id, str("first"))}, seen).constFirst().isApplied());
    QTRY_COMPARE(timesSaid(str("first")), 1);
    if (isAnswered)
        QTRY_VERIFY(bo.isSettled());
    else
        QTRY_VERIFY(proxy.cutCount() > 0);
    m_world->stopServer();
    QTRY_COMPARE(bo.kind(), DeskStatus::Kind::offline);
    QVERIFY(bo.perform({replyTo(id, str("second"))}, seen).constFirst().isApplied());
    bo.session().setToken(Secret(m_world->token(ServerWorld::bo)));
    proxy.cutAnswersTo({});
    start();
    QTRY_VERIFY2(bo.isSettled(), qPrintable(QString::number(bo.desk().refusedCount())));
    QCOMPARE(bo.desk().refusedCount(), 0);
    QCOMPARE(timesSaid(str("first")), 1);
    QCOMPARE(timesSaid(str("second")), 1);
}

/// Sending is stopped there, and who stopped it is told that nobody knows, and not nothing.
void LostAnswersTest::lostAnswerOfADirectOneIsTold()
{
    CuttingProxy proxy(str("127.0.0.1"), m_port);
    Desktop ana(*m_world, ServerWorld::ana, proxy.serverPort());
    ana.open();
    QTRY_COMPARE(ana.kind(), DeskStatus::Kind::current);
    proxy.cutAnswersTo("POST /jmap/api");
    QSignalSpy undone(&ana.desk(), &Desk::undone);
    const auto done =
        ana.desk().perform({makeAction(Act::PauseSending{ServerWorld::open, str("why")}, m_world->clock().now())});
    QTRY_VERIFY(done.isFinished());
    QCOMPARE(done.result().constFirst().refusal.kind, RefusalKind::unreachable);
    QCOMPARE(done.result().constFirst().refusal.detail, word(ErrorKind::unsure));
    // Once there, however often it is asked for.
    proxy.cutAnswersTo({});
    const QString times = str("SELECT count(*) FROM journal WHERE kind = 'pauseSending'");
    QTRY_COMPARE(ana.rows(times), QStringList{str("1")});
    QCOMPARE(there(times), QStringList{str("1")});
    QCOMPARE(undone.count(), 0);
}

QTEST_GUILESS_MAIN(LostAnswersTest)
#include "tst_lostanswers.moc"
