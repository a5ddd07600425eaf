// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/oneagent.h"
#include "workspace/mediafolder.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Earshot;

namespace {

using Kind = DeskStatus::Kind;

const QByteArray unknownToken = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer realm=\"earshot\"\r\n"
                                "Content-Length: 0\r\n\r\n";

} // namespace

/// What was asked under an earlier log-in, at an earlier line or of an earlier incarnation says nothing of the present
/// one, however late it is answered.
class LateAnswersTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void refusalLeavesTheNextLogIn_data();
    void refusalLeavesTheNextLogIn();
    void refusedGreetingIsNoLogOut();
    void refusedPictureIsFetched();
    void erasureOfAnEarlierLogInIsNotObeyed();
    void endOfAnEarlierLineIsNotHeard();

private:
    /// The next request that begins so gets this answer, when letGo() is called.
    void hold(const QByteArray &beginning, const QByteArray &answer);
    void untilHeld();
    void logInAnew();
    void letGo() { m_late->letHeldGo(); }

    std::unique_ptr<CuttingProxy> m_late;
    std::unique_ptr<Desktop> m_ana;
};

void LateAnswersTest::init()
{
    begin({});
    m_kim->close();
    m_late = std::make_unique<CuttingProxy>(str("127.0.0.1"), m_port);
    m_ana = std::make_unique<Desktop>(*m_world, ServerWorld::ana, m_late->serverPort());
    m_ana->open();
    QTRY_COMPARE(m_ana->kind(), Kind::current);
}

void LateAnswersTest::cleanup()
{
    m_ana.reset();
    m_late.reset();
    end();
}

void LateAnswersTest::hold(const QByteArray &beginning, const QByteArray &answer)
{
    m_late->cutAnswersTo(beginning, answer);
    m_late->holdAnswersTo(beginning);
}

void LateAnswersTest::untilHeld()
{
    QTRY_COMPARE(m_late->heldCount(), 1);
    m_late->cutAnswersTo({});
    m_late->holdAnswersTo({});
}

void LateAnswersTest::logInAnew()
{
    const auto lines = [this] {
        const QList<QByteArray> &all = m_late->requests();
        return std::ranges::count_if(all, [](const QByteArray &line) { return line.startsWith("GET /jmap/ws"); });
    };
    const auto before = lines();
    m_ana->session().setToken(Secret(m_world->token(ServerWorld::ana)));
    QTRY_VERIFY(lines() > before);
    QTRY_COMPARE(m_ana->kind(), Kind::current);
}

void LateAnswersTest::refusalLeavesTheNextLogIn_data()
{
    QTest::addColumn<QByteArray>("held");
    QTest::addColumn<bool>("isDirect");
    QTest::addRow("a file") << QByteArray("POST /jmap/upload") << false;
}

void LateAnswersTest::refusalLeavesTheNextLogIn()
{
    QFETCH(QByteArray, held);
    QFETCH(bool, isDirect);
    const QByteArray bytes = QByteArray::fromBase64("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
    const QString hash = keepMediaBytes(m_ana->session().workspace().mediaFolder(), bytes).value();
    Act::SendReply reply = replyTo(ConversationId(1), str("first"));
    reply.media = {{hash, str("image/gif"), str("a dot")}};
    const ActionArguments first =
        isDirect ? ActionArguments(Act::PauseSending{ServerWorld::open, str("first")}) : ActionArguments(reply);
    hold(held, unknownToken);
    const auto done = m_ana->desk().perform({makeAction(first, m_world->clock().now())});
    untilHeld();
    logInAnew();
    QVERIFY(m_ana->perform({note(1, "second")}).constFirst().isApplied());
    letGo();
    QTRY_COMPARE(timesSaid(str("second")), 1);
    QTRY_VERIFY(m_ana->isSettled());
    QTRY_VERIFY(done.isFinished());
    QVERIFY(done.result().constFirst().isApplied());
    QCOMPARE(m_ana->desk().refusedCount(), 0);
    QCOMPARE(
        there(str("SELECT count(*) FROM journal WHERE kind = '%1'").arg(str(isDirect ? "pauseSending" : "sendReply"))),
        QStringList{str("1")});
}

/// Nobody is told to log in who has just done so.
void LateAnswersTest::refusedGreetingIsNoLogOut()
{
    hold("GET /.well-known/jmap", unknownToken);
    m_ana->session().tryNow();
    untilHeld();
    QList<Kind> told;
    connect(&m_ana->desk(), &Desk::statusChanged, this, [&] { told.append(m_ana->kind()); });
    m_ana->session().setToken(Secret(m_world->token(ServerWorld::ana)));
    letGo();
    QVERIFY(m_ana->perform({note(1, "second")}).constFirst().isApplied());
    QTRY_COMPARE(timesSaid(str("second")), 1);
    QTRY_COMPARE(m_ana->kind(), Kind::current);
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
    QSignalSpy arrived(&m_ana->desk(), &Desk::mediaArrived);
    hold("GET /jmap/download", unknownToken);
    m_ana->desk().wantMedia(hash);
    untilHeld();
    logInAnew();
    letGo();
    QTRY_COMPARE(arrived.count(), 1);
}

void LateAnswersTest::erasureOfAnEarlierLogInIsNotObeyed()
{
    QSignalSpy parted(&m_ana->session(), &ReplicaSession::parted);
    const QString hash =
        there(str("SELECT hash FROM token WHERE id = '%1'").arg(m_ana->session().tokenId())).constFirst();
    const QJsonObject problem{{str("type"), partingType(Parting::erase)},
                              {str("status"), 401},
                              {str("proof"), partingProof(Parting::erase, hash)}};
    const QByteArray body = QJsonDocument(problem).toJson(QJsonDocument::Compact);
    hold("POST /jmap/api",
         "HTTP/1.1 401 Unauthorized\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QVERIFY(m_ana->perform({note(1, "first")}).constFirst().isApplied());
    untilHeld();
    logInAnew();
    letGo();
    QTRY_COMPARE(timesSaid(str("first")), 1);
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
    connection.close();
    thread.quit();
    thread.wait();
}

QTEST_GUILESS_MAIN(LateAnswersTest)
#include "tst_lateanswers.moc"
