// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/oneagent.h"
#include "workspace/mediafolder.h"

#include <QJsonDocument>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Earshot;

namespace {

using Kind = DeskStatus::Kind;

const QByteArray unknownToken = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer realm=\"earshot\"\r\n"
                                "Content-Length: 0\r\n\r\n";

QByteArray answer(const QByteArray &status, const QByteArray &json)
{
    return "HTTP/1.1 " + status +
           "\r\nWWW-Authenticate: Bearer realm=\"earshot\"\r\nContent-Type: application/json\r\nContent-Length: " +
           QByteArray::number(json.size()) + "\r\n\r\n" + json;
}

} // namespace

/// What was asked under an earlier log-in, at an earlier line or of an earlier incarnation says nothing of the present
/// one, however late it is answered. One request is held each time, told by what is in it: others go on beside it.
class LateAnswersTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin({}); }
    void cleanup() { end(); }
    void refusalLeavesTheNextLogIn_data();
    void refusalLeavesTheNextLogIn();
    void fileOfAnEarlierLogInIsNotWaitedFor();
    void refusedGreetingIsNoLogOut();
    void refusedPictureIsFetched();
    void olderServersWordOnDraftsIsForgotten();
    void answerOfAnEarlierIncarnationIsNotTaken();
    void erasureOfAnEarlierLogInIsNotObeyed();
    void endOfAnEarlierLineIsNotHeard();
    void refusedWithNobodyThereItIsKept();

private:
    [[nodiscard]] bool isHeld() const { return m_proxy->heldCount() == 1; }
    void takeToken() { m_kim->session().setToken(Secret(m_world->token(ServerWorld::kim))); }
    /// Until it is listened to.
    void logInAnew();
};

void LateAnswersTest::logInAnew()
{
    const auto lines = [this] {
        const QList<QByteArray> &all = m_proxy->requests();
        return std::ranges::count_if(all, [](const QByteArray &line) { return line.startsWith("GET /jmap/ws"); });
    };
    const auto before = lines();
    takeToken();
    QTRY_VERIFY(lines() > before);
    QTRY_COMPARE(m_kim->kind(), Kind::current);
}

void LateAnswersTest::refusalLeavesTheNextLogIn_data()
{
    QTest::addColumn<bool>("isDirect");
    QTest::addRow("what waits") << false;
    QTest::addRow("what wants an answer") << true;
}

void LateAnswersTest::refusalLeavesTheNextLogIn()
{
    QFETCH(bool, isDirect);
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, Role::admin, {}}).isApplied());
    QTRY_VERIFY(isEqual());
    const ActionArguments first = isDirect ? ActionArguments(Act::PauseSending{ServerWorld::open, str("held back")})
                                           : ActionArguments(note(1, "held back"));
    m_proxy->holdNextWith("held back", unknownToken);
    const auto done = m_kim->desk().perform({makeAction(first, m_world->clock().now())});
    QTRY_VERIFY(isHeld());
    logInAnew();
    QVERIFY(does(note(1, "second")));
    m_proxy->letHeldGo();
    QTRY_COMPARE(timesSaid(str("second")), 1);
    QTRY_VERIFY(isEqual());
    QTRY_VERIFY(done.isFinished());
    QVERIFY(done.result().constFirst().isApplied());
    QCOMPARE(m_kim->desk().refusedCount(), 0);
    QCOMPARE(
        there(str("SELECT count(*) FROM journal WHERE kind = '%1'").arg(str(isDirect ? "pauseSending" : "addNote"))),
        QStringList{str(isDirect ? "1" : "2")});
}

/// It may be large, and the line slow; and its late refusal is none.
void LateAnswersTest::fileOfAnEarlierLogInIsNotWaitedFor()
{
    const QByteArray bytes = QByteArray::fromBase64("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
    const QString hash = keepMediaBytes(m_kim->session().workspace().mediaFolder(), bytes).value();
    Act::SendReply reply = replyTo(ConversationId(1), str("see the dot"));
    reply.media = {{hash, str("image/gif"), str("a dot")}};
    m_proxy->holdNextWith("POST /jmap/upload", unknownToken);
    QVERIFY(does(reply));
    QTRY_VERIFY(isHeld());
    logInAnew();
    QVERIFY(does(note(1, "second")));
    QTRY_COMPARE(timesSaid(str("second")), 1);
    QCOMPARE(timesSaid(str("see the dot")), 1);
    m_proxy->letHeldGo();
    QVERIFY(does(note(1, "third")));
    QTRY_COMPARE(timesSaid(str("third")), 1);
    QTRY_VERIFY(isEqual());
    QCOMPARE(m_kim->desk().refusedCount(), 0);
    QCOMPARE(timesSaid(str("see the dot")), 1);
}

/// Nobody is told to log in who has just done so.
void LateAnswersTest::refusedGreetingIsNoLogOut()
{
    m_proxy->holdNextWith("GET /.well-known/jmap", unknownToken);
    m_kim->session().tryNow();
    QTRY_VERIFY(isHeld());
    QList<Kind> told;
    connect(&m_kim->desk(), &Desk::statusChanged, this, [&] { told.append(m_kim->kind()); });
    takeToken();
    m_proxy->letHeldGo();
    QVERIFY(does(note(1, "second")));
    QTRY_COMPARE(timesSaid(str("second")), 1);
    QTRY_COMPARE(m_kim->kind(), Kind::current);
    QVERIFY(!told.contains(Kind::refused));
}

void LateAnswersTest::refusedPictureIsFetched()
{
    const QString hash = keepMediaBytes(m_world->workspace().mediaFolder(), "GIF89a a picture").value();
    m_world->runSql(
        str("INSERT INTO media (id, seq, created_seq, channel, message, position, remote_url, preview_url, hash, type, "
            "description, width, height) SELECT 1, :1, :1, 1, min(id), 0, '', '', '%1', 'image/gif', '', 1, 1 "
            "FROM message WHERE channel = 1;")
            .arg(hash));
    QSignalSpy arrived(&m_kim->desk(), &Desk::mediaArrived);
    m_proxy->holdNextWith("GET /jmap/download", unknownToken);
    m_kim->desk().wantMedia(hash);
    QTRY_VERIFY(isHeld());
    logInAnew();
    m_proxy->letHeldGo();
    QTRY_COMPARE(arrived.count(), 1);
}

void LateAnswersTest::olderServersWordOnDraftsIsForgotten()
{
    const auto type = [this](qint64 conversation, const char *text) {
        DraftRecord draft;
        draft.conversation = ConversationId(conversation);
        draft.text = str(text);
        m_kim->desk().saveDraft(draft);
        static_cast<void>(m_kim->desk().flushPersonal());
    };
    m_proxy->holdNextWith(
        "begun under the first",
        answer("200 OK", R"({"methodResponses":[["error",{"type":"unknownMethod"},"0"]],"sessionState":"0"})"));
    type(1, "begun under the first");
    QTRY_VERIFY(isHeld());
    logInAnew();
    type(3, "begun under the second");
    m_proxy->letHeldGo();
    const QString drafts = str("SELECT conversation FROM told_draft WHERE body <> '' ORDER BY conversation");
    QTRY_COMPARE(there(drafts), (QStringList{str("1"), str("3")}));
}

/// The server was put back from a backup meanwhile: it has not done what it says there.
void LateAnswersTest::answerOfAnEarlierIncarnationIsNotTaken()
{
    const QTemporaryDir folder;
    m_world->backUp(folder.filePath(str("copy")));
    m_proxy->holdNextWith("held back");
    QVERIFY(does(note(1, "held back")));
    QTRY_VERIFY(isHeld());
    QTRY_COMPARE(timesSaid(str("held back")), 1);
    m_world->restore(folder.filePath(str("copy")));
    start();
    takeToken();
    QTRY_COMPARE(m_kim->kind(), Kind::current);
    QTRY_COMPARE(m_kim->rows(str("SELECT era FROM outbox")),
                 there(str("SELECT value FROM meta WHERE name = 'incarnation'")));
    m_proxy->letHeldGo();
    QTRY_COMPARE(timesSaid(str("held back")), 1);
    QTRY_VERIFY(m_kim->isSettled());
}

void LateAnswersTest::erasureOfAnEarlierLogInIsNotObeyed()
{
    QSignalSpy parted(&m_kim->session(), &ReplicaSession::parted);
    const QString hash =
        there(str("SELECT hash FROM token WHERE id = '%1'").arg(m_kim->session().tokenId())).constFirst();
    const QJsonObject problem{{str("type"), partingType(Parting::erase)},
                              {str("status"), 401},
                              {str("proof"), partingProof(Parting::erase, hash)}};
    m_proxy->holdNextWith("held back",
                          answer("401 Unauthorized", QJsonDocument(problem).toJson(QJsonDocument::Compact)));
    QVERIFY(does(note(1, "held back")));
    QTRY_VERIFY(isHeld());
    logInAnew();
    QVERIFY(does(note(1, "second")));
    m_proxy->letHeldGo();
    // It waits for that answer.
    QTRY_COMPARE(timesSaid(str("second")), 1);
    QCOMPARE(parted.count(), 0);
}

/// As it lies in the queue when the follower begins anew: the present line goes on, and counts as nothing that is cut.
void LateAnswersTest::endOfAnEarlierLineIsNotHeard()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(str("replica.earshot"));
    const QString server = str("http://127.0.0.1:%1").arg(m_port);
    QVERIFY(ReplicaFile::create(path, {server, m_world->account(), ServerWorld::ana}, m_world->clock()));
    const auto file = ReplicaFile::open(path, m_world->clock());
    QVERIFY(file);
    ServerConnection connection(QUrl(server), Secret(m_world->token(ServerWorld::ana)), m_world->clock());
    auto *follower = new ReplicaFollower(**file, connection, {std::chrono::milliseconds(20), std::chrono::seconds(1)});
    QThread thread;
    follower->moveToThread(&thread);
    connect(&thread, &QThread::finished, follower, &QObject::deleteLater);
    const auto ending = qScopeGuard([&] {
        connection.close();
        thread.quit();
        thread.wait();
    });
    QList<Kind> told;
    connect(follower, &ReplicaFollower::statusChanged, this,
            [&](const DeskStatus &status) { told.append(status.kind); });
    thread.start();
    QMetaObject::invokeMethod(follower, &ReplicaFollower::begin);
    QTRY_VERIFY(told.contains(Kind::current));
    told.clear();
    Q_EMIT connection.listeningEnded(str("long ago"), 0);
    m_world->receive(ServerWorld::open, str("new"), str("a new matter"));
    QTRY_VERIFY(told.contains(Kind::current));
    QVERIFY(!told.contains(Kind::offline));
}

/// The window was closed before the server said no.
void LateAnswersTest::refusedWithNobodyThereItIsKept()
{
    m_kim->close();
    m_kim->open(std::chrono::seconds(10));
    QTRY_COMPARE(m_kim->kind(), DeskStatus::Kind::current);
    QSignalSpy undone(&m_kim->desk(), &Desk::undone);
    QVERIFY(m_world->act(Act::Claim{ConversationId(3)}).isApplied());
    auto done = m_kim->desk().perform({makeAction(Act::Claim{ConversationId(3)}, m_world->clock().now())});
    done.cancel();
    QTRY_COMPARE(undone.count(), 1);
    QTRY_COMPARE(m_kim->desk().refusedCount(), 1);
    QCOMPARE(m_kim->desk().waitingActions().constFirst().refusal.kind, RefusalKind::taken);
}

QTEST_GUILESS_MAIN(LateAnswersTest)
#include "tst_lateanswers.moc"
