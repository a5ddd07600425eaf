// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/comparing.h"
#include "tests/replica/desktop.h"
#include "tests/replica/wirereplicaserver.h"
#include "workspace/mediafolder.h"
#include "workspace/queries.h"
#include "workspace/upkeep.h"

#include <QDirIterator>
#include <QStandardPaths>
#include <QTest>
#include <QThread>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

void copyFolder(const QString &from, const QString &to)
{
    QDirIterator files(from, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        const QString copy = to + u'/' + QDir(from).relativeFilePath(file);
        QDir().mkpath(QFileInfo(copy).path());
        QFile::copy(file, copy);
        QFile copied(copy);
        if (!copied.open(QIODevice::ReadWrite) ||
            !copied.setFileTime(QFileInfo(file).lastModified(), QFileDevice::FileModificationTime))
            qFatal("%s is not as it was", qPrintable(copy));
    }
}

} // namespace

/// What a replica's agent may see no more is nowhere on the disk, wherever the program ended meanwhile; the rest stays.
class EmptyingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup() { Database::setFault({}); }
    void restIsNotFetchedAnew();
    void nothingIsFetchedAnewForAMoment();
    void othersAreFollowedWhileItIsFetched();
    void whatConcernsOthersChangesNothing();
    void everyRequestMayFail();
    void withdrawnWhileItIsFetchedNothingIsLeft();
    void givenBackWhileItIsFetchedNothingIsMissing();
    void killedAnywhereNothingIsLeft_data() { addWays(); }
    void killedAnywhereNothingIsLeft();
    void everyWriteMayFail_data() { addWays(); }
    void everyWriteMayFail();
    void logIsEmptiedWhenItsReaderEnds();
    void nothingIsLeftInFormerPages_data() { addWays(); }
    void nothingIsLeftInFormerPages();
    void justAttachedStays_data() { addWays(); }
    void justAttachedStays();
    void begunAnewItNeverHadEverything();

private:
    static void addWays();
    [[nodiscard]] QString folder(int k = 0) const { return m_folder->filePath(QString::number(k)); }
    [[nodiscard]] std::unique_ptr<ReplicaFile> open(int k = 0);
    /// Kim's, with what lies beside a file.
    void join();
    void withdraw();
    [[nodiscard]] bool holds(const char *word, int k = 0) const;
    void finish(int k);

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void EmptyingTest::addWays()
{
    QTest::addColumn<bool>("isAll");
    QTest::newRow("a channel") << false;
    QTest::newRow("everything") << true;
}

void EmptyingTest::init()
{
    m_world = std::make_unique<ServerWorld>(smallSlices(), 6);
    m_folder = std::make_unique<QTemporaryDir>();
}

std::unique_ptr<ReplicaFile> EmptyingTest::open(int k)
{
    QDir().mkpath(folder(k));
    const QString path = folder(k) + str("/replica.earshot");
    if (!QFile::exists(path) &&
        !ReplicaFile::create(path, {str("http://127.0.0.1"), m_world->account(), ServerWorld::kim}, m_world->clock()))
        qFatal("no replica");
    auto file = ReplicaFile::open(path, m_world->clock());
    if (!file)
        qFatal("%s", qPrintable(file.error().detail));
    return std::move(*file);
}

void EmptyingTest::join()
{
    const auto file = open();
    WireReplicaServer server(*m_world, ServerWorld::kim);
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    QVERIFY(keepMediaBytes(file->workspace().mediaFolder(), "a secretword picture"));
}

void EmptyingTest::withdraw()
{
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied());
}

bool EmptyingTest::holds(const char *word, int k) const
{
    QDirIterator files(folder(k), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(word))
            return true;
    }
    return false;
}

/// The next start.
void EmptyingTest::finish(int k)
{
    {
        const auto file = open(k);
        WireReplicaServer server(*m_world, ServerWorld::kim);
        const Done done = ReplicaSync(*file, server, smallSizes()).run();
        QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
        QCOMPARE(differences(*m_world, file->workspace(), ServerWorld::kim), QStringList());
        QVERIFY(!file->isToSweep());
        QVERIFY(!holds("secretword", k));
        QVERIFY(holds("openword", k));
    }
    QDir(folder(k)).removeRecursively();
}

void EmptyingTest::restIsNotFetchedAnew()
{
    join();
    const auto file = open();
    WireReplicaServer server(*m_world, ServerWorld::kim);
    withdraw();
    m_world->receive(ServerWorld::open, str("new"), str("freshword"));
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    QCOMPARE(differences(*m_world, file->workspace(), ServerWorld::kim), QStringList());
    QCOMPARE(server.listings, 0);
    QVERIFY(!holds("secretword"));
    const auto report = verifyWorkspace(file->path());
    QVERIFY(report);
    QCOMPARE(report->problems, QStringList());
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, true}).isApplied());
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    QCOMPARE(differences(*m_world, file->workspace(), ServerWorld::kim), QStringList());
    QVERIFY(server.listings > 0);
    const auto listing = server.slices();
    QVERIFY(listing);
    for (const ListedSlice &slice : listing->slices)
        QVERIFY(slice.channel == ServerWorld::sales.value || !server.fetched.contains(slice.blob));
    QVERIFY(!server.fetched.isEmpty());
}

/// It is withdrawn and given back before it is asked what is seen.
void EmptyingTest::nothingIsFetchedAnewForAMoment()
{
    join();
    const auto file = open();
    WireReplicaServer server(*m_world, ServerWorld::kim);
    withdraw();
    int calls = 0;
    server.meanwhile = [&] {
        if (++calls == 2)
            QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, true}).isApplied());
    };
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    QVERIFY(calls > 2);
    QCOMPARE(server.listings, 0);
    QCOMPARE(differences(*m_world, file->workspace(), ServerWorld::kim), QStringList());
}

/// A channel comes into sight; what happens elsewhere is here before all of that channel is, and in the end once.
void EmptyingTest::othersAreFollowedWhileItIsFetched()
{
    withdraw();
    join();
    const auto file = open();
    WireReplicaServer server(*m_world, ServerWorld::kim);
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, true}).isApplied());
    const auto count = [&file] {
        return firstColumn(file->workspace(), str("SELECT id FROM message WHERE text LIKE 'elsewhere %'")).size();
    };
    constexpr int most = 12; // several answers of rows
    int made = 0;
    int seen = 0; // while slices were to come
    const Done done = ReplicaSync(*file, server, smallSizes()).run([&](double) {
        seen = file->isFetching() ? std::max(seen, int(count())) : seen;
        for (; made < most; ++made)
            m_world->receive(ServerWorld::open, str("new%1").arg(made), str("elsewhere %1").arg(made));
    });
    QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
    QCOMPARE(seen, most);
    QCOMPARE(count(), most);
    QCOMPARE(differences(*m_world, file->workspace(), ServerWorld::kim), QStringList());
    const auto report = verifyWorkspace(file->path());
    QVERIFY(report);
    QCOMPARE(report->problems, QStringList());
}

/// Another channel's team; Kim sees the same as before.
void EmptyingTest::whatConcernsOthersChangesNothing()
{
    join();
    const auto file = open();
    WireReplicaServer server(*m_world, ServerWorld::kim);
    const QString before = file->state();
    QVERIFY(m_world->act(Act::AddTeam{str("Support")}).isApplied());
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(2), ServerWorld::kim, true}).isApplied());
    QVERIFY(m_world->act(Act::SetChannelTeam{ServerWorld::open, TeamId(2)}).isApplied());
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    QVERIFY(eraOfState(file->state()) != eraOfState(before));
    QCOMPARE(server.listings, 0);
    QCOMPARE(differences(*m_world, file->workspace(), ServerWorld::kim), QStringList());
}

/// A channel comes into sight, and the line breaks.
void EmptyingTest::everyRequestMayFail()
{
    join();
    withdraw();
    {
        const auto file = open();
        WireReplicaServer server(*m_world, ServerWorld::kim);
        QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    }
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, true}).isApplied());
    int failed = 0;
    for (int k = 1;; ++k) {
        const auto file = open();
        WireReplicaServer server(*m_world, ServerWorld::kim);
        server.failAt = k;
        const Done done = ReplicaSync(*file, server, smallSizes()).run();
        QVERIFY(file->isComplete());
        QVERIFY(holds("openword"));
        if (done) {
            QCOMPARE(differences(*m_world, file->workspace(), ServerWorld::kim), QStringList());
            break;
        }
        ++failed;
        m_world->receive(ServerWorld::sales, str("new%1").arg(k), str("freshword"));
    }
    QVERIFY(failed > 3);
}

/// A channel comes into sight, the line breaks after each request, and the channel is withdrawn again.
void EmptyingTest::withdrawnWhileItIsFetchedNothingIsLeft()
{
    withdraw();
    join();
    // That of join() is none of the channel.
    QDir(open()->workspace().mediaFolder()).removeRecursively();
    bool isOver = false;
    int k = 1;
    for (; !isOver; ++k) {
        // The slice with the channel itself is made anew, and those with what is in it are there at once.
        QVERIFY(m_world->act(Act::SetChannelTeam{ServerWorld::sales, TeamId()}).isApplied());
        const auto file = open();
        WireReplicaServer server(*m_world, ServerWorld::kim);
        server.failAt = k;
        isOver = ReplicaSync(*file, server, smallSizes()).run().has_value();
        QVERIFY(m_world->act(Act::SetChannelTeam{ServerWorld::sales, TeamId(1)}).isApplied());
        server.failAt = 0;
        QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
        QVERIFY2(!file->isFetching(), qPrintable(QString::number(k)));
        const QStringList different = differences(*m_world, file->workspace(), ServerWorld::kim);
        QVERIFY2(different.isEmpty(), qPrintable(QString::number(k) + u' ' + different.join(u'\n')));
        QVERIFY2(!holds("secretword"), qPrintable(QString::number(k)));
    }
    QVERIFY(k > 6);
}

/// The same; when it is withdrawn the line breaks again, and then it is given back: what had come of it is fetched
/// anew.
void EmptyingTest::givenBackWhileItIsFetchedNothingIsMissing()
{
    withdraw();
    join();
    const auto give = [this](bool isGiven) {
        QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, isGiven}).isApplied());
    };
    bool isOver = false;
    int broken = 0;
    int k = 1;
    for (; !isOver; ++k) {
        const auto file = open();
        WireReplicaServer server(*m_world, ServerWorld::kim);
        give(true);
        server.failAt = k;
        isOver = ReplicaSync(*file, server, smallSizes()).run().has_value();
        give(false);
        // Past what withdraws it, before anything else has come.
        server.failAt = 0;
        server.spoil = [&server](const QList<ServerCall> &answers) {
            if (answers.constFirst().name == str("Channel/get"))
                server.failAt = server.asked + 1;
        };
        // Where the first one did not come to anything, nothing is to be withdrawn, and nothing breaks.
        broken += ReplicaSync(*file, server, smallSizes()).run() ? 0 : 1;
        server.spoil = {};
        server.failAt = 0;
        give(true);
        QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
        const QStringList different = differences(*m_world, file->workspace(), ServerWorld::kim);
        QVERIFY2(different.isEmpty(), qPrintable(QString::number(k) + u' ' + different.join(u'\n')));
        give(false);
        QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    }
    QVERIFY(k > 6);
    QVERIFY(broken > 3);
}

/// What the disk holds before each access to the database is what a kill there leaves.
void EmptyingTest::killedAnywhereNothingIsLeft()
{
    QFETCH(bool, isAll);
    join();
    for (const char *end : {".slice", ".slice-0000"}) {
        QFile slice(folder() + str("/replica.earshot") + str(end));
        QVERIFY(slice.open(QIODevice::WriteOnly) && slice.write("secretword") > 0);
    }
    int taken = 0;
    {
        const auto file = open();
        for (const char *end : {".slice", ".slice-0000"}) {
            QFile slice(file->path() + str(end));
            QVERIFY(!slice.exists()); // of no use to a whole replica
            QVERIFY(slice.open(QIODevice::WriteOnly) && slice.write("secretword") > 0);
        }
        WireReplicaServer server(*m_world, ServerWorld::kim);
        withdraw();
        int accesses = 0;
        Database::setFault([&]() -> std::optional<Error> {
            if (QThread::currentThread()->objectName() != str("writer") || server.isAsking)
                return {};
            ++accesses;
            if (accesses % (1 + accesses / 25) == 0)
                copyFolder(folder(), folder(++taken));
            return {};
        });
        QVERIFY(isAll ? file->startOver() : ReplicaSync(*file, server, smallSizes()).run());
        Database::setFault({});
    }
    QVERIFY2(taken > 40, qPrintable(QString::number(taken)));
    for (int k = 1; k <= taken; ++k) {
        finish(k);
        if (QTest::currentTestFailed())
            qFatal("at the %d-th place", k);
    }
    finish(0);
}

void EmptyingTest::everyWriteMayFail()
{
    QFETCH(bool, isAll);
    join();
    withdraw();
    int failed = 0;
    for (int k = 1;; k += 1 + k / 8) {
        copyFolder(folder(), folder(k));
        std::atomic<int> accesses = 0;
        {
            const auto file = open(k);
            WireReplicaServer server(*m_world, ServerWorld::kim);
            Database::setFault([&]() -> std::optional<Error> {
                const bool isHere = QThread::currentThread()->objectName() == str("writer");
                if (server.isAsking || !isHere || ++accesses != k)
                    return {};
                return Error{ErrorKind::diskFull, str("no room"), {}};
            });
            static_cast<void>(isAll ? file->startOver() : ReplicaSync(*file, server, smallSizes()).run());
            Database::setFault({});
        }
        finish(k);
        if (QTest::currentTestFailed())
            qFatal("at the %d-th access", k);
        if (accesses < k)
            break;
        ++failed;
    }
    QVERIFY(failed > 15);
}

/// A search or an export goes on while a channel is withdrawn.
void EmptyingTest::logIsEmptiedWhenItsReaderEnds()
{
    join();
    const auto file = open();
    auto reader = std::move(Database::open(file->path(), Database::Mode::readOnly).value());
    reader->execute(str("BEGIN"));
    QVERIFY(reader->statement("list_channel_ids").next());
    withdraw();
    WireReplicaServer server(*m_world, ServerWorld::kim);
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    QVERIFY(file->isToSweep());
    reader->execute(str("COMMIT"));
    QTRY_VERIFY(file->sweep() && !file->isToSweep());
    QVERIFY(!holds("secretword"));
}

/// Rows of both channels were beside each other, were moved, changed and indexed in parts: what was on a page before
/// is on it no more.
void EmptyingTest::nothingIsLeftInFormerPages()
{
    QFETCH(bool, isAll);
    const auto say = [this](int i, const QString &id) {
        const bool isSecret = i % 2 == 1;
        m_world->receive(isSecret ? ServerWorld::sales : ServerWorld::open, id,
                         (isSecret ? str("secretword ") : str("openword ")).repeated(1 + i * 37 % 30) + id);
    };
    for (int i = 0; i < 200; ++i)
        say(i, str("first%1").arg(i));
    // Whoever wrote it is not to be found either.
    m_world->runSql(
        str("UPDATE identity SET name = CASE channel WHEN 2 THEN 'secretword ' ELSE 'openword ' END || name"));
    join();
    const auto file = open();
    WireReplicaServer server(*m_world, ServerWorld::kim);
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 60; ++i) {
            say(i, str("round%1 %2").arg(round).arg(i));
            if (i % 20 == 0)
                QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
        }
        QVERIFY(holds("secretword"));
        withdraw();
        QVERIFY(isAll ? file->startOver() : ReplicaSync(*file, server, smallSizes()).run());
        // Something may read for a moment: then it is tried again, as the desktop does.
        const auto isSwept = [&file] {
            const Done swept = file->sweep();
            return (swept || swept.error().kind == ErrorKind::locked) && !file->isToSweep();
        };
        QTRY_VERIFY(isSwept());
        QVERIFY2(!holds("secretword"), qPrintable(QString::number(round)));
        QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, true}).isApplied());
        QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
        QCOMPARE(differences(*m_world, file->workspace(), ServerWorld::kim), QStringList());
    }
}

/// What it is to be sent along with may be written in a moment. What was fetched just now goes all the same.
void EmptyingTest::justAttachedStays()
{
    QFETCH(bool, isAll);
    join();
    const auto file = open();
    WireReplicaServer server(*m_world, ServerWorld::kim);
    QFile picture(m_folder->filePath(str("picture")));
    QVERIFY(picture.open(QIODevice::WriteOnly) && picture.write("of one's own") > 0 && picture.flush());
    const auto attached = keepMedia(file->workspace().mediaFolder(), picture.fileName(), {});
    QVERIFY(attached.has_value());
    QFile kept(file->workspace().mediaFolder() + u'/' + attached->hash);
    withdraw();
    QVERIFY(isAll ? file->startOver() : ReplicaSync(*file, server, smallSizes()).run());
    QTRY_VERIFY(file->sweep() && !file->isToSweep());
    QVERIFY(!holds("secretword"));
    QVERIFY(kept.exists());
    // Nothing has named it since.
    QVERIFY(kept.open(QIODevice::ReadWrite | QIODevice::ExistingOnly));
    QVERIFY(kept.setFileTime(QDateTime::currentDateTimeUtc().addSecs(-3600), QFileDevice::FileModificationTime));
    kept.close();
    QVERIFY(file->startOver());
    QTRY_VERIFY(file->sweep() && !file->isToSweep());
    QVERIFY(!kept.exists());
}

/// Nobody is told that what is seen is as it was then.
void EmptyingTest::begunAnewItNeverHadEverything()
{
    join();
    const auto file = open();
    QVERIFY(isKnown(file->asOf()));
    QVERIFY(file->startOver());
    QVERIFY(!isKnown(file->asOf()));
    QVERIFY(!isKnown(ReplicaFile::describe(file->path())->asOf));
}

QTEST_GUILESS_MAIN(EmptyingTest)
#include "tst_emptying.moc"
