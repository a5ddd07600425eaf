// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/emptying.h"
#include "replica/replicameta.h"
#include "tests/replica/comparing.h"
#include "tests/replica/desktop.h"
#include "tests/server/cuttingproxy.h"
#include "workspace/mediafolder.h"
#include "workspace/upkeep.h"
#include "workspace/writtenreply.h"

#include <QElapsedTimer>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

using Kind = DeskStatus::Kind;
using namespace std::chrono_literals;

Act::SendReply replyTo(ConversationId conversation, const QString &text)
{
    Act::SendReply reply;
    reply.conversation = conversation;
    reply.text = text;
    return reply;
}

} // namespace

/// What is done on a replica is shown at once, goes out in its order, and is done exactly once.
class OutboxTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void workIsShownAtOnce();
    void goesOutInItsOrder();
    void waitsThroughClosing();
    void onlineTheServersAnswerIsTold();
    void otherSightLeavesItShown();
    void whatTheRulesRefuseIsNotKept();
    void administrationIsNotKept();
    void lostAnswerMeansNoSecondReply_data();
    void lostAnswerMeansNoSecondReply();
    void closedAnywhere();
    void staleReplyIsTrouble_data();
    void staleReplyIsTrouble();
    void refusedAnewItIsKept();
    void refusedDraftComesBack();
    void undoneBeforeItWasSentIsNeverSent_data();
    void undoneBeforeItWasSentIsNeverSent();
    void undoOfWhatWasSent();
    void callingBackOverACutLineIsUncertain();
    void everyPartOfAReplyIsFound();
    void numbersOfAnotherAreFoundOut();
    void anewAsAnotherDevice();
    void beginningAnewKeepsIt();
    void filesGoAhead();
    void fileThatIsNotTakenIsTrouble();
    void seenIsWhatWasConfirmed();
    void oldOnesAreForgotten();
    void oldOnesAreForgottenWhileItRuns();
    void keptForADayFromWhenItWasDone();
    void colleaguesRowsComeInBetween();
    void whatComesMeanwhileIsTakenAsOne();
    void moreThanTheIndexHasParts();
    void thousandsWait();

private:
    [[nodiscard]] Done takeNews(ReplicaFile &file);
    void stop();
    void start() { m_world->start({}, m_port); }
    [[nodiscard]] QStringList there(const QString &sql) { return firstColumn(m_world->workspace(), sql); }
    [[nodiscard]] bool isEqual()
    {
        return m_kim->isSettled() && differences(*m_world, m_kim->session().workspace(), ServerWorld::kim).isEmpty();
    }
    [[nodiscard]] int timesSaid(const QString &text)
    {
        return int(there(str("SELECT id FROM message WHERE text = '%1'").arg(text)).size());
    }

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<Desktop> m_kim;
    quint16 m_port = 0;
};

void OutboxTest::init()
{
    m_world = std::make_unique<ServerWorld>(ServerLimits(), 6);
    m_port = m_world->server().port();
    m_kim = std::make_unique<Desktop>(*m_world, ServerWorld::kim, m_port);
    m_kim->open();
    QTRY_COMPARE(m_kim->kind(), Kind::current);
}

void OutboxTest::cleanup()
{
    m_kim.reset();
    m_world.reset();
}

void OutboxTest::stop()
{
    m_world->stopServer();
    QTRY_COMPARE(m_kim->kind(), Kind::offline);
}

/// In lists, counters and search too.
void OutboxTest::workIsShownAtOnce()
{
    stop();
    QSignalSpy changed(&m_kim->desk(), &Desk::changed);
    const QString openOnes = str("SELECT sum(n) FROM tally WHERE status = 0 AND n > 0");
    const int before = m_kim->rows(openOnes).constFirst().toInt();
    const QList<Outcome> outcomes = m_kim->perform(
        {Act::Claim{ConversationId(1)}, Act::SetStatus{ConversationId(2), Status::resolved, Reason::answered, {}},
         Act::AddNote{ConversationId(3), str("a peculiarword")}, Act::AddTag{ConversationId(4), str("fresh")},
         replyTo(ConversationId(5), str("We look into it"))});
    QCOMPARE(outcomes.size(), 5);
    for (const Outcome &outcome : outcomes) {
        QVERIFY(outcome.isApplied());
        QVERIFY(outcome.isForecast);
    }
    QVERIFY(changed.count() > 0);
    QTRY_COMPARE(m_kim->desk().waitingCount(), 5);
    QCOMPARE(m_kim->conversation(ConversationId(1)).assignee, ServerWorld::kim);
    QCOMPARE(m_kim->conversation(ConversationId(2)).status, Status::resolved);
    QCOMPARE(m_kim->conversation(ConversationId(4)).tags, QStringList{str("fresh")});
    QCOMPARE(m_kim->conversation(ConversationId(5)).status, Status::pending);
    QCOMPARE(m_kim->rows(openOnes).constFirst().toInt(), before - 2);
    const QStringList found =
        m_kim->rows(str("SELECT rowid FROM message_index WHERE message_index MATCH 'peculiarword'"));
    QCOMPARE(found.size(), 1);
    QVERIFY(isForecast(MessageId(found.constFirst().toLongLong())));
    QVERIFY(isForecast(DeliveryId(outcomes.at(4).created)));
    // The numbers stay the server's.
    QCOMPARE(m_kim->rows(str("SELECT max(seq) FROM message")).constFirst().toLongLong(),
             m_kim->rows(str("SELECT max(seq) FROM conversation")).constFirst().toLongLong());

    // Such a file is sound.
    const auto report = verifyWorkspace(m_kim->path());
    QVERIFY2(report && report->problems.isEmpty(),
             qPrintable(report ? report->problems.join(u'\n') : report.error().detail));

    start();
    QTRY_VERIFY(isEqual());
    QTRY_COMPARE(m_kim->desk().waitingCount(), 0);
    QCOMPARE(timesSaid(str("We look into it")), 1);
    QCOMPARE(m_kim->rows(str("SELECT id FROM message WHERE id >= 1 << 62")), QStringList());
    QCOMPARE(m_kim->rows(str("SELECT rowid FROM message_index WHERE message_index MATCH 'peculiarword'")).size(), 1);
}

void OutboxTest::goesOutInItsOrder()
{
    stop();
    for (int i = 0; i < 30; ++i) {
        const QString text = str("note %1").arg(i);
        QVERIFY(m_kim->perform({Act::AddNote{ConversationId(1), text}}).constFirst().isApplied());
    }
    QVERIFY(m_kim->perform({Act::Claim{ConversationId(1)}, Act::Unassign{ConversationId(1)}}).constLast().isApplied());
    start();
    QTRY_VERIFY(isEqual());
    QStringList wanted;
    for (int i = 0; i < 30; ++i)
        wanted.append(str("note %1").arg(i));
    QCOMPARE(there(str("SELECT text FROM message WHERE kind = 2 ORDER BY id")), wanted);
    const QStringList numbers = there(str("SELECT device_number FROM journal WHERE agent = 2 ORDER BY id"));
    for (qsizetype i = 0; i < numbers.size(); ++i)
        QCOMPARE(numbers.at(i).toLongLong(), numbers.at(0).toLongLong() + i);
}

void OutboxTest::waitsThroughClosing()
{
    stop();
    QVERIFY(m_kim->perform({Act::AddNote{ConversationId(1), str("kept")}}).constFirst().isForecast);
    m_kim->close();
    m_kim->open();
    QTRY_COMPARE(m_kim->desk().waitingCount(), 1);
    QCOMPARE(m_kim->rows(str("SELECT text FROM message WHERE kind = 2")), QStringList{str("kept")});
    start();
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("kept")), 1);
}

void OutboxTest::onlineTheServersAnswerIsTold()
{
    m_kim->close();
    m_kim->open(10s);
    QTRY_COMPARE(m_kim->kind(), Kind::current);
    const QList<Outcome> outcomes = m_kim->perform({replyTo(ConversationId(1), str("An answer"))});
    QVERIFY(outcomes.constFirst().isApplied());
    QVERIFY(!outcomes.constFirst().isForecast);
    QVERIFY(!isForecast(DeliveryId(outcomes.constFirst().created)));
    QCOMPARE(m_kim->rows(str("SELECT id FROM delivery")), QStringList{QString::number(outcomes.constFirst().created)});
    // Refused there only: this replica is told of the colleague's claim after its own was sent.
    QSignalSpy undone(&m_kim->desk(), &Desk::undone);
    QVERIFY(m_world->act(Act::Claim{ConversationId(3)}).isApplied());
    const QList<Outcome> second = m_kim->perform({Act::Claim{ConversationId(3)}});
    QCOMPARE(second.constFirst().refusal.kind, RefusalKind::taken);
    QVERIFY(!second.constFirst().isForecast);
    QTRY_VERIFY(isEqual());
    QCOMPARE(undone.count(), 0);
    QTRY_VERIFY(m_kim->desk().waitingActions().isEmpty());
}

/// Until the server is asked again the line may break.
void OutboxTest::otherSightLeavesItShown()
{
    const QString priority = str("SELECT priority FROM conversation WHERE id = 1");
    stop();
    QVERIFY(m_kim->perform({Act::SetPriority{ConversationId(1), Priority::urgent}}).constFirst().isApplied());
    QCOMPARE(m_kim->rows(priority), QStringList{str("3")});
    const auto changed = m_kim->session().workspace().writeAlone([](Writing &writing) {
        return withdrawChannels(writing, {}, ReplicaMeta::read(writing.database(), ReplicaMeta::state), QString());
    });
    QTRY_VERIFY(changed.isFinished());
    QVERIFY(changed.result());
    QCOMPARE(m_kim->rows(priority), QStringList{str("3")});
    start();
    QTRY_VERIFY(isEqual());
    QCOMPARE(m_kim->rows(priority), QStringList{str("3")});
}

void OutboxTest::whatTheRulesRefuseIsNotKept()
{
    QVERIFY(m_world->act(Act::Claim{ConversationId(1)}).isApplied());
    QTRY_COMPARE(m_kim->conversation(ConversationId(1)).assignee, ServerWorld::ana);
    stop();
    const QList<Outcome> outcomes = m_kim->perform({Act::Claim{ConversationId(1)}, Act::Claim{ConversationId(999)}});
    QCOMPARE(outcomes.at(0).refusal.kind, RefusalKind::taken);
    QCOMPARE(outcomes.at(0).refusal.byName, str("Ana"));
    QCOMPARE(outcomes.at(1).refusal.kind, RefusalKind::notFound);
    QVERIFY(m_kim->isSettled());
}

void OutboxTest::administrationIsNotKept()
{
    QCOMPARE(m_kim->perform({Act::AddTeam{str("Night shift")}}).constFirst().refusal.kind, RefusalKind::permission);
    stop();
    const QList<Outcome> outcomes =
        m_kim->perform({Act::PauseSending{ServerWorld::open, str("why")}, Act::Claim{ConversationId(1)}});
    QCOMPARE(outcomes.at(0).refusal.kind, RefusalKind::unreachable);
    QVERIFY(outcomes.at(1).isForecast && outcomes.at(1).isApplied());
}

void OutboxTest::lostAnswerMeansNoSecondReply_data()
{
    QTest::addColumn<QByteArray>("instead");
    QTest::addColumn<bool>("isClosed");
    const QByteArray gateway = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";
    QTest::addRow("nothing") << QByteArray() << false;
    QTest::addRow("a proxy's own") << gateway << false;
    QTest::addRow("nonsense") << QByteArrayLiteral("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwhat") << false;
    QTest::addRow("nothing, and closed") << QByteArray() << true;
    QTest::addRow("a proxy's own, and closed") << gateway << true;
}

void OutboxTest::lostAnswerMeansNoSecondReply()
{
    QFETCH(QByteArray, instead);
    QFETCH(bool, isClosed);
    CuttingProxy proxy(str("127.0.0.1"), m_port);
    Desktop bo(*m_world, ServerWorld::bo, proxy.serverPort());
    bo.open();
    QTRY_COMPARE(bo.kind(), Kind::current);
    proxy.cutAnswersTo("POST /jmap/api", instead);
    QVERIFY(bo.perform({replyTo(ConversationId(1), str("said once"))}).constFirst().isApplied());
    QTRY_VERIFY(proxy.cutCount() > 0);
    if (isClosed) {
        bo.close();
        QCOMPARE(timesSaid(str("said once")), 1);
    }
    proxy.cutAnswersTo({});
    if (isClosed)
        bo.open();
    QTRY_VERIFY(bo.isSettled());
    QCOMPARE(timesSaid(str("said once")), 1);
    QCOMPARE(there(str("SELECT id FROM delivery")).size(), 1);
    QTRY_VERIFY(differences(*m_world, bo.session().workspace(), ServerWorld::bo).isEmpty());
}

/// The program ends at any moment: what was answered as kept is done once, and nothing twice.
void OutboxTest::closedAnywhere()
{
    QStringList acknowledged;
    for (int k = 0; k < 25; ++k) {
        const QString text = str("closed after %1").arg(k);
        const auto done =
            m_kim->desk().perform({makeAction(replyTo(ConversationId(1 + k % 6), text), m_world->clock().now())});
        for (int i = 0; i < k && !done.isFinished(); ++i)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        if (done.isFinished() && done.result().constFirst().isApplied())
            acknowledged.append(text);
        m_kim->close();
        m_kim->open();
    }
    QTRY_VERIFY(isEqual());
    QVERIFY(!acknowledged.isEmpty());
    for (const QString &text : std::as_const(acknowledged))
        QCOMPARE(timesSaid(text), 1);
    const QStringList all = there(str("SELECT text FROM message WHERE kind = 1"));
    QCOMPARE(QSet<QString>(all.cbegin(), all.cend()).size(), all.size());
}

void OutboxTest::staleReplyIsTrouble_data()
{
    QTest::addColumn<bool>("isSentAnyway");
    QTest::addColumn<int>("hours");
    QTest::addRow("sent anyway") << true << 0;
    QTest::addRow("discarded") << false << 0;
    QTest::addRow("a day passes") << true << 24;
}

void OutboxTest::staleReplyIsTrouble()
{
    QFETCH(bool, isSentAnyway);
    QFETCH(int, hours);
    const ConversationId id(1);
    stop();
    const Seq seen = m_kim->conversation(id).seq;
    QVERIFY(m_kim->perform({replyTo(id, str("too late"))}, seen).constFirst().isForecast);
    QVERIFY(m_kim->perform({Act::AddNote{id, str("still mine")}}).constFirst().isApplied());
    QVERIFY(m_world->act(replyTo(id, str("Ana was faster"))).isApplied());
    QSignalSpy undone(&m_kim->desk(), &Desk::undone);
    m_world->clock().advance(std::chrono::hours(hours));
    start();
    QTRY_COMPARE(undone.count(), 1);
    QTRY_VERIFY(isEqual());
    QTRY_COMPARE(m_kim->desk().waitingActions().size(), 1);
    const WaitingAction trouble = m_kim->desk().waitingActions().constFirst();
    QVERIFY(trouble.isRefused);
    QCOMPARE(trouble.refusal.kind, RefusalKind::stale);
    QCOMPARE(trouble.conversation, id);
    QCOMPARE(std::get<Act::SendReply>(trouble.action.arguments).text, str("too late"));
    QTRY_COMPARE(m_kim->desk().waitingCount(), 0);
    QCOMPARE(timesSaid(str("too late")), 0);
    QCOMPARE(timesSaid(str("still mine")), 1);
    // It is kept when the program ends.
    m_kim->close();
    m_kim->open();
    QTRY_COMPARE(m_kim->desk().waitingActions().size(), 1);
    if (isSentAnyway) {
        const auto done = m_kim->desk().doAnyway(trouble.entry);
        QTRY_VERIFY(done.isFinished());
        QVERIFY(done.result().constFirst().isApplied());
    } else {
        const auto done = m_kim->desk().discard(trouble.entry);
        QTRY_VERIFY(done.isFinished());
        QVERIFY(done.result());
    }
    QTRY_VERIFY(m_kim->desk().waitingActions().isEmpty());
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("too late")), isSentAnyway ? 1 : 0);
}

/// Gone with what it has become, and there again where its writer is told of a refusal.
void OutboxTest::refusedDraftComesBack()
{
    const ConversationId id(1);
    DraftRecord draft;
    draft.conversation = id;
    draft.mode = DraftRecord::Mode::reply;
    draft.text = str("written");
    const auto drafts = [this] { return m_kim->rows(str("SELECT text FROM draft")); };
    const auto perform = [&] {
        const Action action = makeAction(replyTo(id, draft.text), m_world->clock().now(), m_kim->conversation(id).seq);
        const auto done = m_kim->desk().performWritten({action}, draft);
        [&] { QTRY_VERIFY(done.isFinished()); }();
        return done.result().constFirst();
    };
    const QString before = there(str("SELECT public_seq FROM conversation WHERE id = 1")).constFirst();
    // Only the server knows of it.
    m_world->runSql(str("UPDATE conversation SET public_seq = 999999 WHERE id = 1"));
    QCOMPARE(perform().refusal.kind, RefusalKind::stale);
    QCOMPARE(drafts(), QStringList{draft.text});
    QTRY_VERIFY(m_kim->desk().waitingActions().isEmpty());
    m_world->runSql(str("UPDATE conversation SET public_seq = %1 WHERE id = 1").arg(before));
    QVERIFY(perform().isApplied());
    QCOMPARE(drafts(), QStringList());
    QTRY_COMPARE(timesSaid(draft.text), 1);
}

/// What a person had before the eyes is what it is sent against, and the words outlast a second refusal.
void OutboxTest::refusedAnewItIsKept()
{
    const ConversationId id(1);
    stop();
    const Seq seen = m_kim->conversation(id).seq;
    QVERIFY(m_kim->perform({replyTo(id, str("too late"))}, seen).constFirst().isForecast);
    QVERIFY(m_world->act(replyTo(id, str("Ana was faster"))).isApplied());
    start();
    QTRY_COMPARE(m_kim->desk().refusedCount(), 1);
    QTRY_VERIFY(isEqual());
    const auto again = [this](Seq basedOn) {
        const auto done =
            m_kim->desk().doAnyway(m_kim->desk().waitingActions().constFirst().entry, {basedOn, std::nullopt});
        [&] { QTRY_VERIFY(done.isFinished()); }();
        return done.result().constFirst();
    };
    // Here it is known already that more has come.
    QCOMPARE(again(seen).refusal.kind, RefusalKind::stale);
    QCOMPARE(m_kim->desk().refusedCount(), 1);
    // There it is, and only there.
    const QString before = there(str("SELECT public_seq FROM conversation WHERE id = 1")).constFirst();
    m_world->runSql(str("UPDATE conversation SET public_seq = 999999 WHERE id = 1"));
    QSignalSpy undone(&m_kim->desk(), &Desk::undone);
    const Outcome outcome = again(m_kim->conversation(id).seq);
    QVERIFY(outcome.isForecast || outcome.refusal.kind == RefusalKind::stale);
    QTRY_COMPARE(undone.count(), 1);
    QTRY_COMPARE(m_kim->desk().refusedCount(), 1);
    QCOMPARE(std::get<Act::SendReply>(m_kim->desk().waitingActions().constFirst().action.arguments).text,
             str("too late"));
    m_world->runSql(str("UPDATE conversation SET public_seq = %1 WHERE id = 1").arg(before));
    QVERIFY(again(m_kim->conversation(id).seq).isApplied());
    QTRY_COMPARE(m_kim->desk().refusedCount(), 0);
    QTRY_COMPARE(timesSaid(str("too late")), 1);
}

void OutboxTest::undoneBeforeItWasSentIsNeverSent_data()
{
    QTest::addColumn<bool>("isAnythingElse");
    QTest::addRow("something else is done") << true;
    QTest::addRow("nothing else is done") << false;
}

void OutboxTest::undoneBeforeItWasSentIsNeverSent()
{
    QFETCH(bool, isAnythingElse);
    m_kim->close();
    m_kim->open(std::chrono::milliseconds(300), std::chrono::milliseconds(50));
    QTRY_COMPARE(m_kim->kind(), DeskStatus::Kind::current);
    stop();
    const QList<Outcome> reply = m_kim->perform({replyTo(ConversationId(1), str("not meant so"))});
    const DeliveryId delivery(reply.constFirst().created);
    const Outcome taken = m_kim->perform({Act::CancelDelivery{delivery}}).constFirst();
    QVERIFY(taken.isApplied());
    QVERIFY(!taken.isForecast);
    // Who takes it back finds its words.
    QCOMPARE(m_kim->rows(str("SELECT text FROM message WHERE kind = 1")), QStringList{str("not meant so")});
    const QList<Outcome> claim = m_kim->perform({Act::Claim{ConversationId(2)}});
    QVERIFY(claim.constFirst().inverse.has_value());
    QVERIFY(m_kim->perform({*claim.constFirst().inverse}, claim.constFirst().undoBasedOn).constFirst().isApplied());
    QCOMPARE(m_kim->conversation(ConversationId(2)).assignee, AgentId());
    QTRY_COMPARE(m_kim->desk().waitingCount(), 0);
    if (!isAnythingElse) {
        // Though no row of it ever comes, it is compared with the server again.
        start();
        QTRY_COMPARE(m_kim->kind(), DeskStatus::Kind::current);
        QTRY_VERIFY(isEqual());
        QTRY_COMPARE(m_kim->rows(str("SELECT id FROM outbox")), QStringList());
        return;
    }
    QVERIFY(m_kim->perform({Act::AddNote{ConversationId(3), str("after that")}}).constFirst().isApplied());
    start();
    QTRY_COMPARE(timesSaid(str("after that")), 1);
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("not meant so")), 0);
    QCOMPARE(there(str("SELECT kind FROM journal WHERE agent = 2")), QStringList{str("addNote")});
}

void OutboxTest::undoOfWhatWasSent()
{
    const QList<Outcome> claim = m_kim->perform({Act::Claim{ConversationId(2)}});
    QVERIFY(claim.constFirst().isApplied());
    QTRY_VERIFY(isEqual());
    QVERIFY(m_kim->perform({*claim.constFirst().inverse}, claim.constFirst().undoBasedOn).constFirst().isApplied());
    QTRY_VERIFY(isEqual());
    QCOMPARE(there(str("SELECT kind FROM journal WHERE agent = 2 ORDER BY id")),
             (QStringList{str("claim"), str("unassign")}));
}

/// The server's clock goes on: it may publish what is called back here, and as a draft it would be sent twice.
void OutboxTest::callingBackOverACutLineIsUncertain()
{
    QVERIFY(m_kim->perform({replyTo(ConversationId(1), str("there already"))}).constFirst().isApplied());
    QTRY_VERIFY(isEqual());
    const DeliveryId delivery(m_kim->rows(str("SELECT id FROM delivery")).constFirst().toLongLong());
    QVERIFY(!isForecast(delivery));
    QVERIFY(!m_kim->conversation(ConversationId(1)).needsAnswer);
    const QStringList state = m_kim->rows(str("SELECT state FROM delivery"));
    stop();
    const Outcome asked = m_kim->perform({Act::CancelDelivery{delivery}}).constFirst();
    QVERIFY(asked.isForecast);
    QTRY_COMPARE(m_kim->desk().waitingCount(), 1);
    QCOMPARE(m_kim->rows(str("SELECT state FROM delivery")), state);
    start();
    QTRY_COMPARE(m_kim->desk().waitingCount(), 0);
    QTRY_VERIFY(isEqual());
    QCOMPARE(there(str("SELECT state FROM delivery")), QStringList{QString::number(int(DeliveryState::cancelled))});
    // Here and there it waits for an answer again, for as long as it really does.
    const ConversationRecord waiting = m_kim->conversation(ConversationId(1));
    QVERIFY(waiting.needsAnswer);
    QVERIFY(isKnown(waiting.waitingSince));
    QVERIFY(waiting.snippet != str("there already"));
}

/// What follows on what is known to the server alone.
void OutboxTest::everyPartOfAReplyIsFound()
{
    Act::SendReply reply = replyTo(ConversationId(1), str("one"));
    reply.furtherParts = {str("two"), str("three")};
    QVERIFY(m_kim->perform({reply}).constFirst().isApplied());
    QTRY_VERIFY(isEqual());
    const DeliveryId delivery(m_kim->rows(str("SELECT min(id) FROM delivery")).constFirst().toLongLong());
    QVERIFY(!isForecast(delivery));
    const auto written = m_kim->desk().workspace().readNow<WrittenReply>(
        [delivery](Database &database) { return loadWrittenReply(database, delivery); });
    QVERIFY(written.has_value());
    QCOMPARE(written->message.text, str("one\n\ntwo\n\nthree"));
    QVERIFY(written->target.has_value());
    QCOMPARE(written->target->kind, MessageKind::inbound);
}

/// Somebody else acted as this device: from a copy of the file, say.
void OutboxTest::numbersOfAnotherAreFoundOut()
{
    QVERIFY(m_kim->perform({Act::AddNote{ConversationId(1), str("first")}}).constFirst().isApplied());
    QTRY_VERIFY(isEqual());
    stop();
    const QString device = m_kim->rows(str("SELECT value FROM meta WHERE name = 'replica_device'")).constFirst();
    for (int i = 0; i < 3; ++i) {
        Action other = makeAction(Act::AddNote{ConversationId(2), str("another %1").arg(i)}, m_world->clock().now());
        other.device = QUuid::fromString(device);
        QVERIFY(m_world->desk().performAs(ServerWorld::kim, {other}).result().constFirst().isApplied());
    }
    for (int i = 0; i < 5; ++i)
        QVERIFY(m_kim->perform({Act::AddNote{ConversationId(3), str("mine %1").arg(i)}}).constFirst().isApplied());
    start();
    QTRY_VERIFY(isEqual());
    for (int i = 0; i < 5; ++i)
        QCOMPARE(timesSaid(str("mine %1").arg(i)), 1);
    QTRY_VERIFY(m_kim->desk().waitingActions().isEmpty());
}

/// Logged in again: the numbers begin anew, what was sent is still done once.
void OutboxTest::anewAsAnotherDevice()
{
    for (int i = 0; i < 3; ++i)
        QVERIFY(m_kim->perform({Act::AddNote{ConversationId(1), str("before %1").arg(i)}}).constFirst().isApplied());
    stop();
    QVERIFY(m_kim->perform({Act::AddNote{ConversationId(1), str("after")}}).constFirst().isApplied());
    m_kim->session().setToken(Secret(m_world->token(ServerWorld::kim)));
    start();
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("after")), 1);
    QCOMPARE(there(str("SELECT count(*) FROM device WHERE agent = 2")), QStringList{str("2")});
}

/// What may be seen has changed: all is fetched anew, and what waits is sent.
void OutboxTest::beginningAnewKeepsIt()
{
    stop();
    QVERIFY(m_kim->perform({Act::AddNote{ConversationId(1), str("kept")}}).constFirst().isApplied());
    QVERIFY(m_kim->perform({Act::AddNote{ConversationId(2), str("lost sight of")}}).constFirst().isApplied());
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied());
    start();
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("kept")), 1);
    QCOMPARE(timesSaid(str("lost sight of")), 0);
    // The words are still there, for the person.
    QTRY_COMPARE(m_kim->desk().waitingActions().size(), 1);
    const WaitingAction trouble = m_kim->desk().waitingActions().constFirst();
    QCOMPARE(std::get<Act::AddNote>(trouble.action.arguments).text, str("lost sight of"));
    QCOMPARE(m_kim->rows(str("SELECT id FROM message WHERE channel = 2")), QStringList());
}

void OutboxTest::filesGoAhead()
{
    stop();
    const QByteArray bytes = QByteArray::fromBase64("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
    const QString hash = keepMediaBytes(m_kim->session().workspace().mediaFolder(), bytes).value();
    Act::SendReply reply = replyTo(ConversationId(1), str("See the picture"));
    reply.media = {{hash, str("image/gif"), str("a dot")}};
    QVERIFY(m_kim
                ->perform({Act::AddNote{ConversationId(1), str("before")}, reply,
                           Act::AddNote{ConversationId(1), str("after")}})
                .constLast()
                .isApplied());
    start();
    QTRY_VERIFY(isEqual());
    QVERIFY(QFile::exists(m_world->workspace().mediaFolder() + u'/' + hash));
    QCOMPARE(there(str("SELECT hash FROM media")), QStringList{hash});
    QCOMPARE(there(str("SELECT kind FROM journal WHERE agent = 2 ORDER BY id")),
             (QStringList{str("addNote"), str("sendReply"), str("addNote")}));
}

void OutboxTest::fileThatIsNotTakenIsTrouble()
{
    stop();
    const QString hash =
        keepMediaBytes(m_kim->session().workspace().mediaFolder(), QByteArray("no picture at all")).value();
    Act::SendReply reply = replyTo(ConversationId(1), str("See the picture"));
    reply.media = {{hash, str("application/x-something"), str("a dot")}};
    QVERIFY(m_kim->perform({reply, Act::AddNote{ConversationId(1), str("after")}}).constFirst().isApplied());
    QSignalSpy undone(&m_kim->desk(), &Desk::undone);
    start();
    QTRY_COMPARE(undone.count(), 1);
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("after")), 1);
    QCOMPARE(timesSaid(str("See the picture")), 0);
}

void OutboxTest::seenIsWhatWasConfirmed()
{
    stop();
    const QList<Outcome> note = m_kim->perform({Act::AddNote{ConversationId(1), str("a note")}});
    m_kim->desk().markSeen(ConversationId(1), MessageId(note.constFirst().created));
    const auto kept = m_kim->desk().flushPersonal();
    QTRY_VERIFY(kept.isFinished());
    const QStringList seen = m_kim->rows(str("SELECT message FROM seen WHERE conversation = 1"));
    QCOMPARE(seen, m_kim->rows(str("SELECT max(id) FROM message WHERE conversation = 1 AND id < 1 << 62")));
}

void OutboxTest::oldOnesAreForgotten()
{
    QVERIFY(m_kim->perform({Act::AddNote{ConversationId(1), str("a note")}}).constFirst().isApplied());
    QTRY_VERIFY(isEqual());
    QCOMPARE(m_kim->rows(str("SELECT id FROM outbox")).size(), 1);
    m_world->clock().advance(std::chrono::hours(25));
    m_kim->close();
    m_kim->open();
    QTRY_COMPARE(m_kim->rows(str("SELECT id FROM outbox")).size(), 0);
}

/// What was made offline may be old when it arrives, and what is undone or named then is still found.
void OutboxTest::keptForADayFromWhenItWasDone()
{
    stop();
    QVERIFY(m_kim->perform({Act::AddNote{ConversationId(1), str("a note")}}).constFirst().isApplied());
    m_world->clock().advance(std::chrono::hours(72));
    start();
    QTRY_COMPARE(timesSaid(str("a note")), 1);
    QTRY_VERIFY(isEqual());
    m_world->clock().advance(std::chrono::hours(2));
    QVERIFY(m_world->act(Act::AddNote{ConversationId(1), str("theirs")}).isApplied());
    QTRY_VERIFY(isEqual());
    QCOMPARE(m_kim->rows(str("SELECT state FROM outbox")), QStringList{str("4")});
    m_world->clock().advance(std::chrono::hours(23));
    QVERIFY(m_world->act(Act::AddNote{ConversationId(1), str("theirs again")}).isApplied());
    QTRY_COMPARE(m_kim->rows(str("SELECT id FROM outbox")).size(), 0);
}

/// More than a piece of them, in a window that stays open for months.
void OutboxTest::oldOnesAreForgottenWhileItRuns()
{
    QVERIFY(m_kim->perform({Act::AddNote{ConversationId(1), str("a note")}}).constFirst().isApplied());
    QTRY_VERIFY(isEqual());
    const auto filled = m_kim->session().workspace().write<void>(Urgency::bulk, [](Writing &writing) -> Done {
        writing.database().execute(str("INSERT INTO outbox (action, body, at, done_at, state) WITH RECURSIVE n (i) AS "
                                       "(SELECT 1 UNION ALL SELECT i + 1 "
                                       "FROM n WHERE i < 1200) SELECT 'old ' || i, '{}', %1, %1, 4 FROM n")
                                       .arg(toMs(writing.now())));
        return writing.database().done();
    });
    QTRY_VERIFY(filled.isFinished());
    QCOMPARE(m_kim->rows(str("SELECT id FROM outbox")).size(), 1201);
    m_world->clock().advance(std::chrono::hours(25));
    // Whoever does anything.
    QVERIFY(m_world->act(Act::AddNote{ConversationId(1), str("theirs")}).isApplied());
    QTRY_COMPARE(m_kim->rows(str("SELECT id FROM outbox")).size(), 0);
}

/// What the server has by now, as a follower takes it.
Done OutboxTest::takeNews(ReplicaFile &file)
{
    const Seq since = numberOfState(file.state());
    const auto batch = m_world->workspace().readNow<ChangeBatch>(
        [since](Database &database) { return changesSince(database, since, 100'000); });
    return file.takeRows(*batch, eraOfState(file.state()) + str("-%1").arg(batch->upTo), true);
}

void OutboxTest::colleaguesRowsComeInBetween()
{
    stop();
    const auto file = ReplicaFile::on(m_kim->session().workspace());
    QVERIFY(m_kim
                ->perform({Act::AddNote{ConversationId(1), str("mine")}, Act::Claim{ConversationId(1)},
                           Act::SetPriority{ConversationId(3), Priority::high}})
                .constLast()
                .isApplied());
    const QStringList shown = m_kim->rows(str("SELECT hex(forecast) FROM outbox ORDER BY id"));
    // Elsewhere: nothing is decided again.
    QVERIFY(m_world->act(Act::AddNote{ConversationId(5), str("elsewhere")}).isApplied());
    QVERIFY(takeNews(**file));
    QCOMPARE(m_kim->rows(str("SELECT hex(forecast) FROM outbox ORDER BY id")), shown);
    QCOMPARE(m_kim->rows(str("SELECT text FROM message WHERE kind = 2 ORDER BY text")),
             (QStringList{str("elsewhere"), str("mine")}));
    // In the same conversation: both are seen, and what is not possible any more is not shown.
    QVERIFY(m_world->act(Act::Claim{ConversationId(1)}).isApplied());
    QVERIFY(m_world->act(Act::AddNote{ConversationId(1), str("theirs")}).isApplied());
    QVERIFY(takeNews(**file));
    QVERIFY(m_kim->rows(str("SELECT hex(forecast) FROM outbox ORDER BY id")) != shown);
    QCOMPARE(m_kim->conversation(ConversationId(1)).assignee, ServerWorld::ana);
    QCOMPARE(m_kim->conversation(ConversationId(3)).priority, Priority::high);
    QCOMPARE(m_kim->rows(str("SELECT text FROM message WHERE conversation = 1 AND kind = 2 ORDER BY id")),
             (QStringList{str("theirs"), str("mine")}));
    QCOMPARE(m_kim->rows(str("SELECT max(id) FROM message WHERE kind = 2")).constFirst().toLongLong() >> 62, 1);
}

/// Each of them would decide everything anew that waits.
void OutboxTest::whatComesMeanwhileIsTakenAsOne()
{
    constexpr int deltas = 60;
    Desktop bo(*m_world, ServerWorld::bo, m_port);
    bo.open();
    QTRY_COMPARE(bo.kind(), Kind::current);
    QTRY_VERIFY(isEqual());
    QSemaphore isFree;
    const auto blocked = m_kim->session().workspace().writeAlone([&isFree](Writing &) -> Done {
        isFree.acquire();
        return {};
    });
    QSignalSpy commits(&m_kim->desk(), &Desk::changed);
    for (int i = 0; i < deltas; ++i)
        QVERIFY(m_world->act(Act::AddNote{ConversationId(1), str("theirs %1").arg(i)}).isApplied());
    // Then they have come here too, as far as nobody else keeps this machine from it.
    QTRY_VERIFY(differences(*m_world, bo.session().workspace(), ServerWorld::bo).isEmpty());
    isFree.release();
    QTRY_VERIFY(isEqual());
    QVERIFY(blocked.isFinished());
    QVERIFY2(commits.count() < deltas / 2, qPrintable(QString::number(commits.count())));
}

/// FTS5 has no more than 2,000: what is taken back one by one, the last one first, must not make one each.
void OutboxTest::moreThanTheIndexHasParts()
{
    constexpr int entries = 2100;
    stop();
    QList<Action> actions;
    for (int i = 0; i < entries; ++i)
        actions.append(
            makeAction(Act::AddNote{ConversationId(1 + 2 * (i % 6)), str("note %1").arg(i)}, m_world->clock().now()));
    const auto done = m_kim->desk().perform(actions);
    QTRY_VERIFY(done.isFinished());
    const auto file = ReplicaFile::on(m_kim->session().workspace());
    QVERIFY(m_world->act(Act::AddNote{ConversationId(1), str("theirs")}).isApplied());
    const Done taken = takeNews(**file);
    QVERIFY2(taken, qPrintable(taken ? QString() : taken.error().detail));
    const auto found = [this](const QString &words) {
        return m_kim->rows(str("SELECT rowid FROM message_index WHERE message_index MATCH '%1'").arg(words)).size();
    };
    QCOMPARE(found(str("note")), entries);
    QCOMPARE(found(str("theirs")), 1);
    const auto report = verifyWorkspace(m_kim->path());
    QVERIFY2(report && report->problems.isEmpty(),
             qPrintable(report ? report->problems.join(u'\n') : report.error().detail));
}

/// With EARSHOT_ENTRIES=5000: how long that takes.
void OutboxTest::thousandsWait()
{
    const int entries = std::max(100, qEnvironmentVariableIntValue("EARSHOT_ENTRIES"));
    stop();
    QElapsedTimer timer;
    timer.start();
    QList<Action> actions;
    for (int i = 0; i < entries; ++i)
        actions.append(
            makeAction(Act::AddNote{ConversationId(1 + i % 6), str("note %1").arg(i)}, m_world->clock().now()));
    const auto done = m_kim->desk().perform(actions);
    QTRY_VERIFY_WITH_TIMEOUT(done.isFinished(), 600'000);
    const qint64 queued = timer.restart();
    const auto file = ReplicaFile::on(m_kim->session().workspace());
    QVERIFY(m_world->act(Act::AddNote{ConversationId(1), str("theirs")}).isApplied());
    const Done taken = takeNews(**file);
    QVERIFY2(taken, qPrintable(taken ? QString() : taken.error().detail));
    const qint64 decided = timer.restart();
    start();
    QTRY_VERIFY_WITH_TIMEOUT(m_kim->isSettled(), 600'000);
    qInfo("%d entries: kept in %lld ms, decided anew in %lld ms, sent in %lld ms", entries, queued, decided,
          timer.elapsed());
    QTRY_VERIFY(isEqual());
    QCOMPARE(there(str("SELECT id FROM message WHERE kind = 2")).size(), entries + 1);
}

QTEST_GUILESS_MAIN(OutboxTest)
#include "tst_outbox.moc"
