// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/searchreach.h"
#include "replica/replicasession.h"
#include "tests/replica/desktop.h"
#include "tests/replica/wirereplicaserver.h"

#include <QStandardPaths>
#include <QTest>
#include <QTimer>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// A first synchronisation that breaks off anywhere leaves a replica that knows how far a search in it reaches.
class ReachTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void whatIsNewerIsHere_data();
    void whatIsNewerIsHere();
    void startingOverReachesNowhere();
    void withoutASliceItReachesNowhere();
    void channelInSightIsMissing();
    void looksOnlyWhereSomethingIsIndexed();

private:
    struct Seen
    {
        bool isWhole = true;
        Time since;
    };
    /// As after a restart, without the server.
    [[nodiscard]] Seen reopen();
    [[nodiscard]] QStringList newer(Workspace &workspace, Time since);
    [[nodiscard]] std::unique_ptr<ReplicaFile> open();

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<QTemporaryDir> m_folder;
    QStringList m_here; ///< conversations newer than what was said, at the last look
};

void ReachTest::init()
{
    m_world = std::make_unique<ServerWorld>(smallSlices(), 6);
    m_folder = std::make_unique<QTemporaryDir>();
    for (int i = 0; i < 12; ++i) {
        m_world->clock().advance(std::chrono::hours(24));
        m_world->receive(i % 2 == 0 ? ServerWorld::open : ServerWorld::sales, str("day%1").arg(i),
                         str("day %1").arg(i));
    }
}

std::unique_ptr<ReplicaFile> ReachTest::open()
{
    const QString path = m_folder->filePath(str("replica.earshot"));
    if (!QFile::exists(path) &&
        !ReplicaFile::create(path, {str("http://127.0.0.1"), m_world->account(), ServerWorld::ana}, m_world->clock()))
        qFatal("no replica");
    auto file = ReplicaFile::open(path, m_world->clock());
    if (!file)
        qFatal("%s", qPrintable(file.error().detail));
    return std::move(*file);
}

QStringList ReachTest::newer(Workspace &workspace, Time since)
{
    return firstColumn(workspace,
                       str("SELECT id FROM conversation WHERE last_message_at > %1 ORDER BY id").arg(toMs(since)));
}

ReachTest::Seen ReachTest::reopen()
{
    ReplicaSession::Options options;
    options.path = m_folder->filePath(str("replica.earshot"));
    const auto session = ReplicaSession::open(options, m_world->clock()).value();
    const SearchReach reach(session->desk());
    // It reads in the background, with one reader after another.
    const QString stored =
        firstColumn(session->workspace(), str("SELECT value FROM meta WHERE name = 'replica_reach'")).value(0);
    [&] { QTRY_COMPARE(reach.isWhole(), stored.isEmpty()); }();
    m_here = newer(session->workspace(), reach.since());
    return {reach.isWhole(), reach.since()};
}

void ReachTest::whatIsNewerIsHere_data()
{
    QTest::addColumn<bool>("isMadeAgain");
    QTest::newRow("all slices are being made") << false;
    QTest::newRow("one with the newest conversations is made again") << true;
}

void ReachTest::whatIsNewerIsHere()
{
    QFETCH(bool, isMadeAgain);
    if (isMadeAgain) {
        WireReplicaServer other(*m_world, ServerWorld::ana);
        QTRY_VERIFY(other.slices()->isComplete);
        m_world->clock().advance(std::chrono::hours(24));
        m_world->receive(ServerWorld::sales, str("late"), str("the newest"));
    }
    // However fast the server makes them: after each of them there is another date.
    ReplicaSync::Sizes sizes = smallSizes();
    sizes.together = 1;
    QSet<qint64> dates;
    bool isDone = false;
    for (int round = 1; round < 200 && !isDone; ++round) {
        {
            const auto file = open();
            WireReplicaServer server(*m_world, ServerWorld::ana);
            server.failAt = 3;
            isDone = ReplicaSync(*file, server, sizes).run().has_value();
            if (!file->isUsable())
                continue;
        }
        const Seen seen = reopen();
        if (seen.isWhole)
            continue;
        QVERIFY(isKnown(seen.since));
        QVERIFY(seen.since <= m_world->clock().now());
        QCOMPARE(m_here, newer(m_world->workspace(), seen.since));
        dates.insert(toMs(seen.since));
    }
    QVERIFY(isDone);
    QVERIFY2(dates.size() > 2, "it did not break off in the middle");
    QVERIFY(reopen().isWhole);
    QCOMPARE(m_here, newer(m_world->workspace(), Time()));
}

void ReachTest::startingOverReachesNowhere()
{
    {
        const auto file = open();
        WireReplicaServer server(*m_world, ServerWorld::ana);
        QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
        QVERIFY(file->startOver());
    }
    const Seen seen = reopen();
    QVERIFY(!seen.isWhole);
    QVERIFY(!isKnown(seen.since));
}

void ReachTest::withoutASliceItReachesNowhere()
{
    static_cast<void>(open());
    const Seen seen = reopen();
    QVERIFY(!seen.isWhole);
    QVERIFY(!isKnown(seen.since));
}

/// What the agent may see from now on is still to come, until it has.
void ReachTest::channelInSightIsMissing()
{
    const auto file = open();
    WireReplicaServer server(*m_world, ServerWorld::ana);
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    const auto reach = [&file] { return file->workspace().readNow<HistoryReach>(loadHistoryReach).value(); };
    QVERIFY(reach().isHere);
    const QString era = eraOfState(file->state());
    QVERIFY(file->changeSight(era, {}, {77}));
    QVERIFY(!reach().isHere);
    QVERIFY(!isKnown(reach().hereSince));
    QVERIFY(file->changeSight(era, {77}, {}));
    QVERIFY(reach().isHere);
}

void ReachTest::looksOnlyWhereSomethingIsIndexed()
{
    static_cast<void>(open());
    ReplicaSession::Options options;
    options.path = m_folder->filePath(str("replica.earshot"));
    const auto session = ReplicaSession::open(options, m_world->clock()).value();
    const auto change = [&session](const QString &sql) {
        const auto changed = session->workspace().write<void>(Urgency::interactive, [&sql](Writing &writing) -> Done {
            writing.database().execute(sql);
            writing.notice().hasChannels = true;
            return writing.database().done();
        });
        QVERIFY(changed.result());
    };
    const SearchReach reach(session->desk());
    const auto *again = reach.findChild<QTimer *>();
    QTRY_VERIFY(!reach.isWhole());
    QVERIFY(!again->isActive());
    // Of a message that is not there: it waits for ever.
    change(str("INSERT INTO unindexed (message, at) VALUES (900, 5)"));
    QTRY_VERIFY(again->isActive());
    change(str("DELETE FROM unindexed"));
    QTRY_VERIFY(!again->isActive());
    QVERIFY(!reach.isWhole());
    change(str("UPDATE meta SET value = '' WHERE name = 'replica_reach'"));
    QTRY_VERIFY(reach.isWhole());
    QVERIFY(!again->isActive());
}

QTEST_GUILESS_MAIN(ReachTest)
#include "tst_reach.moc"
