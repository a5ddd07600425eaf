// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/comparing.h"
#include "tests/replica/desktop.h"
#include "tests/replica/wirereplicaserver.h"
#include "workspace/addressindex.h"
#include "workspace/upkeep.h"

#include <QDirIterator>
#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// A channel is withdrawn from a replica so large that writing its file anew would keep people waiting: it is nowhere
/// on the disk in the end, and nobody waits for that.
class LargeFileTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void whoComesMeanwhileDoesNotWait();
    void whoWorksIsLeftInPeace();
    void theIndexOfAddressesWaitsForWhoWorks();

private:
    /// 40 MB more.
    static void enlarge(Workspace &workspace);
    void withdraw() { QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied()); }
    [[nodiscard]] QString path() const { return m_folder->filePath(str("replica.earshot")); }
    [[nodiscard]] bool holds(const char *word) const;
    [[nodiscard]] static QStringList toSweep(Workspace &workspace)
    {
        return firstColumn(workspace, str("SELECT value FROM meta WHERE name = 'replica_to_sweep'"));
    }

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void LargeFileTest::init()
{
    m_world = std::make_unique<ServerWorld>(smallSlices(), 6);
    m_folder = std::make_unique<QTemporaryDir>();
    const QString server = str("http://127.0.0.1:%1").arg(m_world->server().port());
    QVERIFY(ReplicaFile::create(path(), {server, m_world->account(), ServerWorld::kim}, m_world->clock()));
}

void LargeFileTest::enlarge(Workspace &workspace)
{
    const auto done = workspace.write<void>(Urgency::interactive, [](Writing &writing) -> Done {
        writing.database().execute(str("INSERT INTO meta (name, value) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL "
                                       "SELECT i + 1 FROM n WHERE i < 4000) SELECT 'filler' || i, "
                                       "hex(randomblob(5000)) FROM n"));
        return writing.database().done();
    });
    QVERIFY(done.result());
}

bool LargeFileTest::holds(const char *word) const
{
    QDirIterator files(m_folder->path(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(word))
            return true;
    }
    return false;
}

void LargeFileTest::whoComesMeanwhileDoesNotWait()
{
    const auto file = std::move(ReplicaFile::open(path(), m_world->clock()).value());
    WireReplicaServer server(*m_world, ServerWorld::kim);
    ReplicaSync::Sizes sizes = smallSizes();
    sizes.isWanted = [] { return true; };
    QVERIFY(ReplicaSync(*file, server, sizes).run());
    enlarge(file->workspace());
    QVERIFY(holds("secretword"));
    withdraw();
    QVERIFY(ReplicaSync(*file, server, sizes).run());
    QCOMPARE(differences(*m_world, file->workspace(), ServerWorld::kim), QStringList());
    // A reader may have kept the log for a moment.
    const auto hasOnlyPages = [&] {
        static_cast<void>(file->sweep(std::chrono::seconds(1), ReplicaFile::Sweeping::whole, sizes.isWanted));
        return toSweep(file->workspace()) == QStringList{str("pages log")};
    };
    QTRY_VERIFY(hasOnlyPages());
    // Somebody does something while the file is being written anew.
    std::atomic<int> asked = 0;
    QFuture<Done> deed;
    const auto isWanted = [&] {
        if (++asked == 3)
            deed = file->workspace().write<void>(Urgency::interactive, [](Writing &writing) -> Done {
                writing.setMeta(str("deed"), str("done"));
                return writing.database().done();
            });
        return asked >= 3;
    };
    QVERIFY(file->sweep(std::chrono::seconds(1), ReplicaFile::Sweeping::whole, isWanted));
    QCOMPARE(asked, 3);
    QVERIFY(file->isToSweep());
    QTRY_VERIFY(deed.isFinished());
    QVERIFY(deed.result());
    QCOMPARE(firstColumn(file->workspace(), str("SELECT value FROM meta WHERE name = 'deed'")),
             QStringList{str("done")});
    const auto isSwept = [&] {
        static_cast<void>(file->sweep(std::chrono::seconds(1), ReplicaFile::Sweeping::whole, [] { return false; }));
        return !file->isToSweep();
    };
    QTRY_VERIFY(isSwept());
    QVERIFY(!holds("secretword"));
    QVERIFY(holds("openword"));
    QCOMPARE(differences(*m_world, file->workspace(), ServerWorld::kim), QStringList());
    const auto report = verifyWorkspace(path());
    QVERIFY(report);
    QCOMPARE(report->problems, QStringList());
}

void LargeFileTest::whoWorksIsLeftInPeace()
{
    ReplicaSession::Options options;
    options.path = path();
    options.token = Secret(m_world->token(ServerWorld::kim));
    options.pauses.calm = std::chrono::hours(1);
    auto session = std::move(ReplicaSession::open(options, m_world->clock()).value());
    QTRY_COMPARE(session->desk().status().kind, DeskStatus::Kind::current);
    enlarge(session->workspace());
    QVERIFY(holds("secretword"));
    withdraw();
    QTRY_COMPARE(toSweep(session->workspace()), QStringList{str("pages log")});
    QCOMPARE(firstColumn(session->workspace(), str("SELECT id FROM conversation WHERE channel = 2")), QStringList());
    const auto done =
        session->desk().perform({makeAction(Act::AddNote{ConversationId(1), str("noted")}, m_world->clock().now())});
    QTRY_VERIFY(done.isFinished());
    QVERIFY(done.result().constFirst().isApplied());
    QCOMPARE(toSweep(session->workspace()), QStringList{str("pages log")});
    session.reset();
    // Later nobody works.
    options.pauses.calm = std::chrono::seconds(0);
    session = std::move(ReplicaSession::open(options, m_world->clock()).value());
    QTRY_COMPARE(toSweep(session->workspace()), QStringList{QString()});
    QVERIFY(!holds("secretword"));
}

/// All rows are here and said to be; the index, for which others who write would wait, is made when nobody does.
void LargeFileTest::theIndexOfAddressesWaitsForWhoWorks()
{
    const auto hasIndex = [](ReplicaSession &session) {
        const auto found = session.workspace().readNow<bool>(
            [](Database &database) -> Result<bool> { return database.result(hasAddressIndex(database)); });
        return found.value_or(false);
    };
    ReplicaSession::Options options;
    options.path = path();
    options.token = Secret(m_world->token(ServerWorld::kim));
    options.pauses.calm = std::chrono::hours(1);
    auto session = std::move(ReplicaSession::open(options, m_world->clock()).value());
    QTRY_COMPARE(session->desk().status().kind, DeskStatus::Kind::current);
    // Longer than it takes to come to it.
    QTest::qWait(1500);
    QVERIFY(!hasIndex(*session));
    session.reset();
    options.pauses.calm = std::chrono::seconds(0);
    session = std::move(ReplicaSession::open(options, m_world->clock()).value());
    bool isTold = false;
    connect(&session->desk(), &Desk::changed, this,
            [&](const CommitNotice &notice) { isTold = isTold || notice.hasChannels; });
    QTRY_VERIFY(hasIndex(*session));
    QTRY_VERIFY(isTold);
    session.reset();
    const auto report = verifyWorkspace(path());
    QVERIFY(report);
    QCOMPARE(report->problems, QStringList());
}

QTEST_GUILESS_MAIN(LargeFileTest)
#include "tst_largefile.moc"
