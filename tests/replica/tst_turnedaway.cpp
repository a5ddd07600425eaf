// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/performcall.h"
#include "tests/replica/oneagent.h"
#include "workspace/mediafolder.h"

#include <QTest>

using namespace Earshot;

namespace {

const QByteArray forbidden = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
const QByteArray badGateway = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";
const QByteArray page = "HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\nPlease";

} // namespace

/// What something on the way to the server turns away because of what is in it, as a firewall does, holds up nothing
/// else. What is turned away with everything else waits.
class TurnedAwayTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin({}); }
    void cleanup() { end(); }
    void wordsHoldUpNothing_data();
    void wordsHoldUpNothing();
    void wordsTurnedAwayWithAllElseAreSentLater_data();
    void wordsTurnedAwayWithAllElseAreSentLater();
    void handedOnAllTheSameIsDoneOnce();
    void forbiddenFileHoldsUpNothing();
    void fileTurnedAwayWithAllElseIsSentLater();
    void fileTurnedAwayOnceIsSentAgain();
    void whatWantsAnAnswerDoesNotWait_data();
    void whatWantsAnAnswerDoesNotWait();
    void whatWantsAnAnswerIsSentBetweenTries();
    void draftHoldsUpNoOther_data();
    void draftHoldsUpNoOther();
    void draftsTurnedAwayWithAllElseAreToldLater();

private:
    /// One thing, and nothing else waits.
    [[nodiscard]] bool isTrouble()
    {
        const QList<WaitingAction> all = m_kim->desk().waitingActions();
        return all.size() == 1 && all.constFirst().isRefused;
    }
    [[nodiscard]] Outcome doAnyway()
    {
        return outcomeOf(m_kim->desk().doAnyway(m_kim->desk().waitingActions().constFirst().entry));
    }
    void makeAdmin();
    void type(ConversationId conversation, const char *text);
    /// What the server has been told of drafts.
    [[nodiscard]] QStringList told()
    {
        return there(str("SELECT json_extract(body, '$.text') FROM told_draft WHERE body <> '' ORDER BY conversation"));
    }
    /// A reply with a small picture.
    [[nodiscard]] Act::SendReply pictured(const char *text);
};

void TurnedAwayTest::wordsHoldUpNothing_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addRow("forbidden") << forbidden;
    QTest::addRow("another status") << QByteArray("HTTP/1.1 406 Not Acceptable\r\nContent-Length: 0\r\n\r\n");
    QTest::addRow("its server is away") << badGateway;
    QTest::addRow("no answer") << QByteArray();
}

/// They look like an attack.
void TurnedAwayTest::wordsHoldUpNothing()
{
    QFETCH(QByteArray, answer);
    stop();
    QVERIFY(does(replyTo(ConversationId(1), str("Try UNION SELECT"))));
    QVERIFY(does(note(1, "after it")));
    m_proxy->loseRequests("UNION SELECT", answer);
    start();
    QTRY_COMPARE(timesSaid(str("after it")), 1);
    QTRY_VERIFY(isTrouble());
    const WaitingAction trouble = m_kim->desk().waitingActions().constFirst();
    QVERIFY(trouble.isRefusedHere);
    QCOMPARE(trouble.refusal.kind, RefusalKind::invalid);
    QCOMPARE(trouble.refusal.detail, TurnedAway::reason());
    QVERIFY(trouble.refusal.detail.contains(str("may have been done already")));
    m_proxy->loseRequests({});
    QVERIFY(doAnyway().isApplied());
    QTRY_COMPARE(timesSaid(str("Try UNION SELECT")), 1);
    QTRY_VERIFY(isEqual());
    QCOMPARE(m_kim->desk().refusedCount(), 0);
}

void TurnedAwayTest::wordsTurnedAwayWithAllElseAreSentLater_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("times");
    QTest::addRow("forbidden") << forbidden << 8;
    QTest::addRow("no answer") << QByteArray() << 13;
}

/// Then it says nothing of these.
void TurnedAwayTest::wordsTurnedAwayWithAllElseAreSentLater()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, times);
    m_proxy->loseRequests("Action/perform", answer);
    QVERIFY(does(note(1, "first")));
    QVERIFY(does(note(1, "second")));
    QTRY_VERIFY(m_proxy->cutCount() >= times);
    QCOMPARE(m_kim->desk().refusedCount(), 0);
    m_proxy->loseRequests({});
    QTRY_COMPARE(timesSaid(str("second")), 1);
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("first")), 1);
    QCOMPARE(m_kim->desk().refusedCount(), 0);
}

/// By one that turns away what it has handed on already.
void TurnedAwayTest::handedOnAllTheSameIsDoneOnce()
{
    m_proxy->losePushes(true);
    stop();
    QVERIFY(does(note(1, "UNION SELECT")));
    QVERIFY(does(note(1, "after it")));
    m_proxy->cutAnswersWith("UNION SELECT", forbidden);
    start();
    QTRY_COMPARE(timesSaid(str("after it")), 1);
    m_proxy->cutAnswersWith({});
    m_proxy->losePushes(false);
    m_kim->session().tryNow();
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("UNION SELECT")), 1);
    QCOMPARE(m_kim->desk().refusedCount(), 0);
}

Act::SendReply TurnedAwayTest::pictured(const char *text)
{
    const QByteArray bytes = QByteArray::fromBase64("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
    Act::SendReply reply = replyTo(ConversationId(1), str(text));
    reply.media = {{keepMediaBytes(m_kim->session().workspace().mediaFolder(), bytes).value(), str("image/gif"), {}}};
    return reply;
}

void TurnedAwayTest::forbiddenFileHoldsUpNothing()
{
    stop();
    QVERIFY(m_kim->perform({pictured("See the picture"), Act::AddNote{ConversationId(1), str("after it")}})
                .constFirst()
                .isApplied());
    m_proxy->cutAnswersTo("POST /jmap/upload", forbidden);
    start();
    QTRY_COMPARE(timesSaid(str("after it")), 1);
    QTRY_VERIFY(isTrouble());
    QCOMPARE(m_kim->desk().waitingActions().constFirst().refusal.kind, RefusalKind::permission);
    m_proxy->cutAnswersTo({});
    QVERIFY(doAnyway().isApplied());
    QTRY_COMPARE(timesSaid(str("See the picture")), 1);
    QTRY_VERIFY(isEqual());
}

/// As a hotel's page does it: that is no word of the server's on the file.
void TurnedAwayTest::fileTurnedAwayWithAllElseIsSentLater()
{
    m_proxy->cutAnswersTo("POST /jmap/upload", page);
    m_proxy->loseRequests("GET /.well-known/jmap", page);
    QVERIFY(does(pictured("See the picture")));
    // The file, then who answers.
    QTRY_VERIFY(m_proxy->cutCount() >= 4);
    QCOMPARE(m_kim->desk().refusedCount(), 0);
    // Of a page that is on its way the server is still not asked.
    m_proxy->cutAnswersTo({});
    QTRY_COMPARE(timesSaid(str("See the picture")), 1);
    m_proxy->loseRequests({});
    QTRY_VERIFY(isEqual());
    QCOMPARE(m_kim->desk().refusedCount(), 0);
}

/// Where the server answers a moment later, too.
void TurnedAwayTest::fileTurnedAwayOnceIsSentAgain()
{
    m_proxy->holdNextWith("POST /jmap/upload", page);
    QVERIFY(does(pictured("See the picture")));
    QTRY_COMPARE(m_proxy->heldCount(), 1);
    m_proxy->letHeldGo();
    QTRY_COMPARE(timesSaid(str("See the picture")), 1);
    QTRY_VERIFY(isEqual());
    QCOMPARE(m_kim->desk().refusedCount(), 0);
}

void TurnedAwayTest::makeAdmin()
{
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, Role::admin, {}}).isApplied());
    QTRY_VERIFY(isEqual());
}

void TurnedAwayTest::whatWantsAnAnswerDoesNotWait_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addRow("forbidden") << forbidden;
    QTest::addRow("its server is away") << badGateway;
}

/// It is asked for while the words are on their way, which are turned away then.
void TurnedAwayTest::whatWantsAnAnswerDoesNotWait()
{
    QFETCH(QByteArray, answer);
    makeAdmin();
    m_proxy->holdNextWith("UNION SELECT", answer);
    QVERIFY(does(note(1, "UNION SELECT")));
    QTRY_COMPARE(m_proxy->heldCount(), 1);
    const auto done =
        m_kim->desk().perform({makeAction(Act::PauseSending{ServerWorld::open, str("why")}, m_world->clock().now())});
    m_proxy->letHeldGo();
    QVERIFY(outcomeOf(done).isApplied());
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("UNION SELECT")), 1);
    QCOMPARE(m_kim->desk().refusedCount(), 0);
}

/// The words are tried again and again meanwhile, and have not taken their number at the server.
void TurnedAwayTest::whatWantsAnAnswerIsSentBetweenTries()
{
    makeAdmin();
    m_proxy->loseRequests("UNION SELECT", badGateway);
    QVERIFY(does(note(1, "UNION SELECT")));
    QTRY_VERIFY(m_proxy->cutCount() > 0);
    QVERIFY(m_kim->perform({Act::PauseSending{ServerWorld::open, str("why")}}).constFirst().isApplied());
    m_proxy->loseRequests({});
    QTRY_COMPARE(timesSaid(str("UNION SELECT")), 1);
    QTRY_VERIFY(isEqual());
    QCOMPARE(m_kim->desk().refusedCount(), 0);
}

void TurnedAwayTest::type(ConversationId conversation, const char *text)
{
    DraftRecord draft;
    draft.conversation = conversation;
    draft.text = str(text);
    m_kim->desk().saveDraft(draft);
    const QFuture<Done> written = m_kim->desk().flushPersonal();
    QTRY_VERIFY(written.isFinished());
}

void TurnedAwayTest::draftHoldsUpNoOther_data()
{
    QTest::addColumn<QByteArray>("answer");
    for (const char *status : {"400 Bad Request", "403 Forbidden", "406 Not Acceptable", "502 Bad Gateway"})
        QTest::addRow("%s", status) << QByteArray("HTTP/1.1 ") + status + "\r\nContent-Length: 0\r\n\r\n";
    QTest::addRow("no answer") << QByteArray();
}

void TurnedAwayTest::draftHoldsUpNoOther()
{
    QFETCH(QByteArray, answer);
    m_proxy->loseRequests("UNION SELECT", answer);
    type(ConversationId(1), "Try UNION SELECT");
    QTRY_VERIFY(m_proxy->cutCount() > 0);
    type(ConversationId(3), "after it");
    QTRY_COMPARE(told(), QStringList{str("after it")});
    type(ConversationId(3), "after it, and on");
    QTRY_COMPARE(told(), QStringList{str("after it, and on")});
    // Typed on it may get through.
    type(ConversationId(1), "Try something else");
    QTRY_COMPARE(told(), (QStringList{str("Try something else"), str("after it, and on")}));
}

/// Then it says nothing of these: they need not be typed on.
void TurnedAwayTest::draftsTurnedAwayWithAllElseAreToldLater()
{
    m_proxy->loseRequests("Draft/", "HTTP/1.1 406 Not Acceptable\r\nContent-Length: 0\r\n\r\n");
    type(ConversationId(1), "one");
    type(ConversationId(3), "another");
    QTRY_VERIFY(m_proxy->cutCount() > 4);
    QCOMPARE(told(), QStringList());
    m_proxy->loseRequests({});
    QTRY_COMPARE(told(), (QStringList{str("one"), str("another")}));
}

QTEST_GUILESS_MAIN(TurnedAwayTest)
#include "tst_turnedaway.moc"
