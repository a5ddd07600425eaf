// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/outboxanswers.h"
#include "replica/outboxbatch.h"
#include "replica/replicameta.h"
#include "tests/networks/await.h"
#include "tests/replica/oneagent.h"
#include "workspace/mediafolder.h"

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
    void sessionOfAnEarlierLogInIsNotTaken();
    void renumberedKeepsItsOrder();
    void numbersThatNeverFitAreNotAskedForWithoutRest();
    void lostAnswerOfADirectOneIsTold();
    void waitingDirectOneEndsWithTheLine_data();
    void waitingDirectOneEndsWithTheLine();
    void listOfBothKindsEndsWithTheLine();
    void directOneDoesNotWaitForFiles();

private:
    /// As if a person stopped sending.
    [[nodiscard]] Action pausing() const
    {
        return makeAction(Act::PauseSending{ServerWorld::open, str("why")}, m_world->clock().now());
    }
};

void LostAnswersTest::ownReplyUnderAnEarlierLogInIsNoNews_data()
{
    QTest::addColumn<bool>("isAnswered");
    QTest::addColumn<Status>("then");
    for (const bool isAnswered : {true, false}) {
        const char *const how = isAnswered ? "the first one is here" : "its answer was lost";
        QTest::addRow("a reply, %s", how) << isAnswered << Status::pending;
        QTest::addRow("resolved, %s", how) << isAnswered << Status::resolved;
        QTest::addRow("snoozed, %s", how) << isAnswered << Status::snoozed;
    }
}

void LostAnswersTest::ownReplyUnderAnEarlierLogInIsNoNews()
{
    QFETCH(bool, isAnswered);
    QFETCH(Status, then);
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
    ActionArguments next = replyTo(id, str("second"));
    if (then == Status::resolved)
        next = Act::SetStatus{id, Status::resolved, Reason::answered, {}};
    else if (then == Status::snoozed)
        next = Act::Snooze{id, m_world->clock().now() + std::chrono::hours(24)};
    QVERIFY(bo.perform({next}, seen).constFirst().isApplied());
    bo.session().setToken(Secret(m_world->token(ServerWorld::bo)));
    proxy.cutAnswersTo({});
    start();
    QTRY_VERIFY2(bo.isSettled(), qPrintable(QString::number(bo.desk().refusedCount())));
    QCOMPARE(bo.desk().refusedCount(), 0);
    QCOMPARE(timesSaid(str("first")), 1);
    QCOMPARE(timesSaid(str("second")), then == Status::pending ? 1 : 0);
    QCOMPARE(there(str("SELECT status FROM conversation WHERE id = 1")), QStringList(QString::number(int(then))));
}

/// The server's word of who this device is comes after the next log-in: what goes out under that one is not numbered
/// for the former.
void LostAnswersTest::sessionOfAnEarlierLogInIsNotTaken()
{
    CuttingProxy proxy(str("127.0.0.1"), m_port);
    Desktop bo(*m_world, ServerWorld::bo, proxy.serverPort());
    bo.open();
    QTRY_COMPARE(bo.kind(), DeskStatus::Kind::current);
    QVERIFY(bo.perform({note(1, "first")}).constFirst().isApplied());
    QTRY_VERIFY(bo.isSettled());
    proxy.holdAnswersTo("GET /.well-known/jmap");
    bo.session().tryNow();
    QTRY_COMPARE(proxy.heldCount(), 1);
    bo.session().setToken(Secret(m_world->token(ServerWorld::bo)));
    QVERIFY(bo.perform({note(1, "second")}).constFirst().isApplied());
    proxy.letHeldGo();
    QTRY_COMPARE(timesSaid(str("second")), 1);
    QTRY_VERIFY(bo.isSettled());
    // Each log-in's device has done one thing.
    QCOMPARE(there(str("SELECT last_action FROM device WHERE agent = %1").arg(ServerWorld::bo.value)),
             (QStringList{str("1"), str("1")}));
    QCOMPARE(bo.rows(str("SELECT number FROM outbox ORDER BY id")), (QStringList{str("1"), str("1")}));
}

/// The server expects another number, and several wait: they go out in their order all the same.
void LostAnswersTest::renumberedKeepsItsOrder()
{
    stop();
    QVERIFY(does(note(1, "first")));
    QVERIFY(does(Act::AddTag{ConversationId(2), str("fresh")}));
    QVERIFY(does(Act::Claim{ConversationId(3)}));
    const auto numbers = await(m_kim->session().workspace().write<QList<qint64>>(
        Urgency::interactive, [](Writing &writing) -> Result<QList<qint64>> {
            const auto one = takeBatch(writing, {1, 0}, {});
            Outcome refused;
            refused.kind = Outcome::Kind::refused;
            refused.refusal.kind = RefusalKind::outOfOrder;
            refused.refusal.expected = 40;
            const auto answered = takeAnswers(writing, one->entries, {refused}, {});
            if (!answered || !answered->isRenumbered)
                return fail(ErrorKind::invalid);
            const auto next = takeBatch(writing, {3, 0}, {});
            QList<qint64> taken;
            for (const QJsonValue &action : next->actions)
                taken.append(action[QLatin1StringView("number")].toInteger());
            return taken;
        }));
    QCOMPARE(numbers.value(), (QList<qint64>{40, 41, 42}));
}

/// What is here of this device is not what the server has: as when that was put back, and nothing has told so yet.
void LostAnswersTest::numbersThatNeverFitAreNotAskedForWithoutRest()
{
    const auto setLastAction = [this](int number) {
        const auto set =
            m_kim->session().workspace().write<void>(Urgency::interactive, [number](Writing &writing) -> Done {
                writing.database().execute(str("UPDATE device SET last_action = %1 WHERE uuid = '%2'")
                                               .arg(number)
                                               .arg(ReplicaMeta::read(writing.database(), ReplicaMeta::device)));
                return writing.database().done();
            });
        QVERIFY(await(set));
    };
    const auto timesAsked = [this] { return m_proxy->requests().count("POST /jmap/api HTTP/1.1"); };
    QVERIFY(does(note(1, "first")));
    QTRY_VERIFY(isEqual());
    setLastAction(100);
    const qsizetype before = timesAsked();
    // Until nobody waits for the server any more.
    QVERIFY(does(note(1, "second")));
    QVERIFY2(timesAsked() - before < 40, qPrintable(QString::number(timesAsked() - before)));
    QCOMPARE(timesSaid(str("second")), 0);
    setLastAction(1);
    QTRY_COMPARE(timesSaid(str("second")), 1);
    QTRY_VERIFY(isEqual());
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

void LostAnswersTest::waitingDirectOneEndsWithTheLine_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("what is before it is answered late") << QByteArray();
    QTest::newRow("what is before it counts as not there")
        << QByteArray("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
}

/// Sending is to be stopped while a note is on its way on a line that has died: whoever wants it hears at once that it
/// is not, and it is not done by itself when the server is back.
void LostAnswersTest::waitingDirectOneEndsWithTheLine()
{
    QFETCH(QByteArray, answer);
    CuttingProxy proxy(str("127.0.0.1"), m_port);
    Desktop ana(*m_world, ServerWorld::ana, proxy.serverPort());
    ana.open();
    QTRY_COMPARE(ana.kind(), DeskStatus::Kind::current);
    proxy.holdNextWith("held back", answer);
    QVERIFY(ana.perform({note(1, "held back")}).constFirst().isApplied());
    QTRY_COMPARE(proxy.heldCount(), 1);
    QTRY_COMPARE(timesSaid(str("held back")), 1);
    const auto done =
        ana.desk().perform({makeAction(Act::PauseSending{ServerWorld::open, str("why")}, m_world->clock().now())});
    stop();
    QTRY_COMPARE(ana.kind(), DeskStatus::Kind::offline);
    proxy.letHeldGo();
    QTRY_VERIFY(done.isFinished());
    QCOMPARE(done.result().constFirst().refusal.kind, RefusalKind::unreachable);
    QVERIFY(done.result().constFirst().refusal.detail != word(ErrorKind::unsure));
    start();
    QTRY_COMPARE(ana.kind(), DeskStatus::Kind::current);
    QTRY_VERIFY(ana.isSettled());
    // What came after it would have to wait for it.
    QVERIFY(ana.perform({note(1, "afterwards")}).constFirst().isApplied());
    QTRY_VERIFY(ana.isSettled());
    QCOMPARE(timesSaid(str("held back")), 1);
    QCOMPARE(there(str("SELECT count(*) FROM journal WHERE kind = 'pauseSending'")), QStringList{str("0")});
}

/// Whoever waits is not let wait for what is in the outbox, either.
void LostAnswersTest::listOfBothKindsEndsWithTheLine()
{
    CuttingProxy proxy(str("127.0.0.1"), m_port);
    Desktop ana(*m_world, ServerWorld::ana, proxy.serverPort());
    ana.open(std::chrono::milliseconds(1));
    QTRY_COMPARE(ana.kind(), DeskStatus::Kind::current);
    proxy.holdNextWith("held back");
    const auto done = ana.desk().perform({makeAction(note(1, "held back"), m_world->clock().now()), pausing()});
    QTRY_COMPARE(proxy.heldCount(), 1);
    QTRY_COMPARE(timesSaid(str("held back")), 1);
    stop();
    QTRY_COMPARE(ana.kind(), DeskStatus::Kind::offline);
    QTRY_VERIFY(done.isFinished());
    QVERIFY(done.result().constFirst().isApplied());
    QCOMPARE(done.result().constLast().refusal.kind, RefusalKind::unreachable);
    proxy.letHeldGo();
}

/// Megabytes are on their way on a slow line, and sending is to be stopped now.
void LostAnswersTest::directOneDoesNotWaitForFiles()
{
    CuttingProxy proxy(str("127.0.0.1"), m_port);
    Desktop ana(*m_world, ServerWorld::ana, proxy.serverPort());
    ana.open();
    QTRY_COMPARE(ana.kind(), DeskStatus::Kind::current);
    const QByteArray bytes = QByteArray::fromBase64("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
    Act::SendReply reply = replyTo(ConversationId(1), str("See the picture"));
    reply.media = {{keepMediaBytes(ana.session().workspace().mediaFolder(), bytes).value(), str("image/gif"), {}}};
    proxy.holdNextWith("POST /jmap/upload");
    QVERIFY(ana.perform({reply}).constFirst().isApplied());
    QTRY_COMPARE(proxy.heldCount(), 1);
    const auto done = ana.desk().perform({pausing()});
    QTRY_VERIFY(done.isFinished());
    QVERIFY(done.result().constFirst().isApplied());
    QCOMPARE(timesSaid(str("See the picture")), 0);
    proxy.letHeldGo();
    QTRY_COMPARE(timesSaid(str("See the picture")), 1);
    QTRY_VERIFY(ana.isSettled());
    QCOMPARE(ana.desk().refusedCount(), 0);
}

QTEST_GUILESS_MAIN(LostAnswersTest)
#include "tst_lostanswers.moc"
