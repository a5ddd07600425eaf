// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/networks/await.h"
#include "tests/replica/comparing.h"
#include "tests/replica/oneagent.h"
#include "tests/replica/wirereplicaserver.h"
#include "workspace/mediafolder.h"

#include <QFile>
#include <QTest>

using namespace Earshot;

/// What comes apart on the way is put right by itself.
class RepairTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }
    void tornForecastsAreFetchedAnew();
    void tornWhileSlicesAreFetchedIsFetchedAnew();
    void channelGivenBackIsNoStepBack();
    void tornWhenRefusedLeavesNoGhost();
    void refusalIsKeptUntilItWasTold();
    void notReachedIsNotOnItsWay();
    void uploadsAreForgotten();

private:
    /// A row that is shown ahead of the server is changed behind the outbox's back.
    void tear(Workspace &workspace);
    void tear() { tear(m_kim->session().workspace()); }
    /// Another one of Kim's, that follows when it is told.
    [[nodiscard]] std::unique_ptr<ReplicaFile> makeReplica(const QTemporaryDir &folder);
};

void RepairTest::tear(Workspace &workspace)
{
    const auto torn = workspace.write<void>(Urgency::interactive, [](Writing &writing) -> Done {
        writing.database().execute(str("UPDATE message SET text = 'torn' WHERE id >= 1 << 62"));
        return writing.database().done();
    });
    QVERIFY(await(torn));
    QVERIFY(firstColumn(workspace, str("SELECT text FROM message WHERE kind <> 0")).contains(str("torn")));
}

/// The rows that come cannot be told from what is shown: all is fetched anew, and what waits is sent once.
void RepairTest::tornForecastsAreFetchedAnew()
{
    stop();
    QVERIFY(does(note(1, "mine")));
    QVERIFY(does(replyTo(ConversationId(3), str("my reply"))));
    tear();
    QVERIFY(m_world->act(note(1, "theirs")).isApplied());
    start();
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("mine")), 1);
    QCOMPARE(timesSaid(str("my reply")), 1);
    QCOMPARE(m_kim->rows(str("SELECT id FROM message WHERE id >= 1 << 62 OR text = 'torn'")), QStringList());
    QCOMPARE(trouble(), QStringList());
}

std::unique_ptr<ReplicaFile> RepairTest::makeReplica(const QTemporaryDir &folder)
{
    const QString path = folder.filePath(str("replica.earshot"));
    const ReplicaSource source{str("http://127.0.0.1"), m_world->account(), ServerWorld::kim};
    [&] { QVERIFY(ReplicaFile::create(path, source, m_world->clock())); }();
    return std::move(ReplicaFile::open(path, m_world->clock()).value());
}

/// Its slices were made before what is here of the others came.
void RepairTest::channelGivenBackIsNoStepBack()
{
    const QTemporaryDir folder;
    const auto file = makeReplica(folder);
    WireReplicaServer server(*m_world, ServerWorld::kim);
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied());
    const qint64 withdrawn = there(str("SELECT min(id) FROM conversation WHERE channel = 2")).constFirst().toLongLong();
    for (int i = 0; i < 30; ++i) {
        QVERIFY(m_world->act(note(1, "seen")).isApplied());
        QVERIFY(m_world->act(note(withdrawn, "not seen")).isApplied());
    }
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, true}).isApplied());
    const Done done = ReplicaSync(*file, server, smallSizes()).run();
    QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    QCOMPARE(differences(*m_world, file->workspace(), ServerWorld::kim), QStringList());
    // What was recorded of commits follows one another.
    QCOMPARE(firstColumn(file->workspace(), str("SELECT count(*) FROM (SELECT last_seq, lead(first_seq) OVER "
                                                "(ORDER BY first_seq) AS next_seq FROM commit_log) "
                                                "WHERE next_seq <> last_seq + 1")),
             QStringList{str("0")});
}

/// Following would put it right, and comes only after that.
void RepairTest::tornWhileSlicesAreFetchedIsFetchedAnew()
{
    const QTemporaryDir folder;
    const auto file = makeReplica(folder);
    WireReplicaServer server(*m_world, ServerWorld::kim);
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied());
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, true}).isApplied());
    // What changed, what may be seen, and then the slices.
    server.failAt = server.asked + 3;
    QVERIFY(!ReplicaSync(*file, server, smallSizes()).run());
    QVERIFY(file->isFetching());
    const ConversationId here(firstColumn(file->workspace(), str("SELECT id FROM conversation")).value(0).toLongLong());
    const Action action = makeAction(Act::AddNote{here, str("mine")}, m_world->clock().now());
    const auto queued = await(file->workspace().write<Queued>(
        Urgency::interactive, [&action](Writing &writing) { return queueAction(writing, action); }));
    QVERIFY(queued && queued->outcome.isApplied());
    tear(file->workspace());
    server.failAt = 0;
    const Done noticed = ReplicaSync(*file, server, smallSizes()).run();
    QVERIFY(!noticed);
    QCOMPARE(noticed.error().kind, ErrorKind::damaged);
    const Done done = ReplicaSync(*file, server, smallSizes()).run();
    QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    QVERIFY(!file->isFetching());
    QCOMPARE(firstColumn(file->workspace(), str("SELECT text FROM message WHERE kind <> 0")), QStringList{str("mine")});
    QCOMPARE(firstColumn(file->workspace(), str("SELECT count(*) FROM conversation")), QStringList{str("12")});
}

/// The answer comes before any row does: it is kept, and what was refused is shown no more.
void RepairTest::tornWhenRefusedLeavesNoGhost()
{
    stop();
    QVERIFY(does(replyTo(ConversationId(1), str("too late"))));
    tear();
    const qint64 entry = m_kim->rows(str("SELECT id FROM outbox")).value(0).toLongLong();
    const auto answer = [this, entry](bool showsAnew) {
        return await(
            m_kim->session().workspace().write<Answered>(Urgency::interactive, [entry, showsAnew](Writing &writing) {
                Outcome refused;
                refused.kind = Outcome::Kind::refused;
                refused.refusal.kind = RefusalKind::stale;
                return takeAnswers(writing, {entry}, {refused}, {}, {showsAnew, false});
            }));
    };
    QCOMPARE(answer(true).error().kind, ErrorKind::damaged);
    QVERIFY(answer(false));
    QVERIFY(m_world->act(replyTo(ConversationId(1), str("Ana was faster"))).isApplied());
    start();
    QTRY_VERIFY(isEqual());
    QCOMPARE(trouble(), QStringList{str("too late stale")});
    QCOMPARE(m_kim->rows(str("SELECT text FROM message WHERE kind <> 0")), QStringList{str("Ana was faster")});
    // And the next ones are as ever.
    QVERIFY(does(note(1, "after that")));
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("after that")), 1);
}

/// The program ends after the answer has been stored and before anybody heard it: what was typed is not gone with it.
void RepairTest::refusalIsKeptUntilItWasTold()
{
    stop();
    QVERIFY(does(replyTo(ConversationId(1), str("too late"))));
    const qint64 entry = m_kim->rows(str("SELECT id FROM outbox")).value(0).toLongLong();
    const auto answered =
        await(m_kim->session().workspace().write<Answered>(Urgency::interactive, [entry](Writing &writing) {
            Outcome refused;
            refused.kind = Outcome::Kind::refused;
            refused.refusal.kind = RefusalKind::stale;
            return takeAnswers(writing, {entry}, {refused}, {entry});
        }));
    QVERIFY(answered);
    QCOMPARE(answered->told.size(), 1);
    QVERIFY(answered->undone.isEmpty());
    m_kim->close();
    m_kim->open();
    QTRY_COMPARE(m_kim->desk().refusedCount(), 1);
    QCOMPARE(trouble(), QStringList{str("too late stale")});
    // Done all the same in the moment before it was told: then it is not forgotten.
    const WaitingAction told = answered->told.constFirst();
    const auto left = await(m_kim->session().workspace().write<int>(Urgency::interactive, [told](Writing &writing) {
        const auto again = doEntryAnyway(writing, told.entry);
        endTold(writing, told);
        return again ? loadOutboxOverview(writing.database()).map([](const auto &now) { return now.waiting; })
                     : Result<int>(tl::unexpected(again.error()));
    }));
    QCOMPARE(left.value_or(-1), 1);
}

/// As the line breaks: it certainly did not leave this machine, so a person may still take it back.
void RepairTest::notReachedIsNotOnItsWay()
{
    m_proxy->leaveOnlyWebSockets();
    // What goes out on a connection that is not known yet to have been closed may have left.
    QTest::qWait(500);
    QVERIFY(does(note(1, "not meant so")));
    QCOMPARE(m_kim->kind(), DeskStatus::Kind::current);
    // It has been tried.
    QTRY_VERIFY(!m_kim->rows(str("SELECT id FROM outbox WHERE number > 0")).isEmpty());
    const qint64 entry = m_kim->rows(str("SELECT id FROM outbox WHERE state IN (0, 1)")).value(0).toLongLong();
    bool isDiscarded = false;
    QTRY_VERIFY(isDiscarded = isDiscarded || await(m_kim->desk().discard(entry)).has_value());
    m_proxy->listenAgain();
    QVERIFY(does(note(1, "meant so")));
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("not meant so")), 0);
    QCOMPARE(timesSaid(str("meant so")), 1);
}

/// The server sweeps out a file that nothing was sent with: it goes there again before its reply does.
void RepairTest::uploadsAreForgotten()
{
    stop();
    const QByteArray bytes = QByteArray::fromBase64("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
    const QString hash = keepMediaBytes(m_kim->session().workspace().mediaFolder(), bytes).value();
    Act::SendReply reply = replyTo(ConversationId(1), str("See the picture"));
    reply.media = {{hash, str("image/gif"), str("a dot")}};
    QVERIFY(does(reply));
    m_proxy->loseRequests("Action/perform");
    start();
    const QString there = m_world->workspace().mediaFolder() + u'/' + hash;
    // It has been uploaded, and the reply was to follow.
    QTRY_VERIFY(!m_kim->rows(str("SELECT id FROM outbox WHERE number > 0")).isEmpty());
    QVERIFY(QFile::exists(there));
    m_world->stopServer();
    QTRY_COMPARE(m_kim->kind(), DeskStatus::Kind::offline);
    QVERIFY(QFile::remove(there));
    m_proxy->loseRequests({});
    start();
    QTRY_VERIFY(isEqual());
    QCOMPARE(trouble(), QStringList());
    QVERIFY(QFile::exists(there));
    QCOMPARE(timesSaid(str("See the picture")), 1);
}

QTEST_GUILESS_MAIN(RepairTest)
#include "tst_repair.moc"
