// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicasession.h"
#include "tests/replica/comparing.h"
#include "tests/replica/wirereplicaserver.h"
#include "workspace/slice.h"

#include <QStandardPaths>
#include <QTest>

#include <sqlite3.h>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

// The folder for temporary files, as SQLite meets it.
std::atomic<int> refusal = SQLITE_OK; ///< what a new file there ends with
std::atomic<int> allowed = 0;         ///< so many are made before that
std::atomic<int> refused = 0;

int openFile(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *found)
{
    if (!name && refusal != SQLITE_OK && allowed-- <= 0) {
        ++refused;
        file->pMethods = nullptr;
        return refusal;
    }
    static sqlite3_vfs *const real = sqlite3_vfs_find("unix");
    return real->xOpen(real, name, file, flags, found);
}

void refuse(int code, int after = 0)
{
    refused = 0;
    allowed = after;
    refusal = code;
}

} // namespace

/// The folder for temporary files is full, or there is none: what needs it says so and is done later, nothing is lost.
class TemporaryFilesTest final : public QObject
{
    Q_OBJECT

public:
    explicit TemporaryFilesTest(QString folder)
        : m_temporary(std::move(folder))
    {
    }

private Q_SLOTS:
    void init();
    void cleanup();
    void joiningNeedsNone_data() { addWays(); }
    void joiningNeedsNone();
    void anOlderServersSlicesNeedNone();
    void withdrawnIsSweptAfterwards_data() { addWays(); }
    void withdrawnIsSweptAfterwards();

private:
    static void addWays();
    void makeReplica();
    [[nodiscard]] std::unique_ptr<ReplicaSession> open();
    void note(Desk &desk, const QString &text);
    [[nodiscard]] QString path() const { return m_folder->filePath(str("replica.earshot")); }

    const QString m_temporary;
    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TemporaryFilesTest::addWays()
{
    QTest::addColumn<int>("code");
    QTest::newRow("full") << SQLITE_FULL;
    QTest::newRow("broken") << SQLITE_IOERR_WRITE;
}

void TemporaryFilesTest::init()
{
    m_world = std::make_unique<ServerWorld>(smallSlices(), 12);
    makeReplica();
}

void TemporaryFilesTest::makeReplica()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(ReplicaFile::create(
        path(), {str("http://127.0.0.1:%1").arg(m_world->server().port()), m_world->account(), ServerWorld::kim},
        m_world->clock()));
}

void TemporaryFilesTest::cleanup()
{
    refuse(SQLITE_OK);
    m_world.reset();
}

/// Of everything, then of a channel that comes into sight while its agent works.
void TemporaryFilesTest::joiningNeedsNone()
{
    QFETCH(int, code);
    const auto see = [this](bool isSeen) {
        QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, isSeen}).isApplied());
    };
    see(false);
    refuse(code);
    const auto session = open();
    QTRY_COMPARE(session->desk().status().kind, DeskStatus::Kind::current);
    QTRY_COMPARE(differences(*m_world, session->workspace(), ServerWorld::kim), QStringList());
    see(true);
    QTRY_COMPARE(differences(*m_world, session->workspace(), ServerWorld::kim), QStringList());
    note(session->desk(), str("my note"));
    QTRY_COMPARE(session->desk().waitingCount(), 0);
    const QString notes = str("SELECT id FROM message WHERE text = 'my note'");
    QTRY_COMPARE(firstColumn(m_world->workspace(), notes).size(), 1);
    QCOMPARE(refused.load(), 0);
}

/// Their tables have no keys: more rows than are sorted without a file, were it allowed.
void TemporaryFilesTest::anOlderServersSlicesNeedNone()
{
    const QString slice = m_folder->filePath(str("slice"));
    QVERIFY(writeSlice(m_world->workspace().path(), slice, {SliceKind::conversations, 1}, 100));
    {
        auto database = Database::open(slice, Database::Mode::readWrite);
        (*database)->execute(
            str("UPDATE message SET text = hex(zeroblob(200000)); CREATE TABLE older AS SELECT * FROM message;"
                "DROP TABLE message; ALTER TABLE older RENAME TO message"));
        QVERIFY((*database)->done());
    }
    const auto file = std::move(ReplicaFile::open(path(), m_world->clock()).value());
    refuse(SQLITE_FULL);
    const Done taken = file->takeSlices({{str("0"), str("x-1"), slice}}, {}, {});
    QVERIFY2(taken, qPrintable(taken ? QString() : taken.error().detail));
    QCOMPARE(refused.load(), 0);
}

/// Done where it cannot be said.
void TemporaryFilesTest::note(Desk &desk, const QString &text)
{
    const auto noted = desk.perform({makeAction(Act::AddNote{ConversationId(1), text}, m_world->clock().now())});
    QTRY_VERIFY(noted.isFinished());
    QVERIFY(noted.result().constFirst().isApplied());
}

std::unique_ptr<ReplicaSession> TemporaryFilesTest::open()
{
    ReplicaSession::Options options;
    options.path = path();
    options.token = Secret(m_world->token(ServerWorld::kim));
    options.pauses = {std::chrono::milliseconds(20), std::chrono::milliseconds(100)};
    return std::move(ReplicaSession::open(options, m_world->clock()).value());
}

void TemporaryFilesTest::withdrawnIsSweptAfterwards()
{
    QFETCH(int, code);
    auto file = std::move(ReplicaFile::open(path(), m_world->clock()).value());
    const auto isLogged = [this] {
        QFile log(path() + str("-wal"));
        return log.open(QIODevice::ReadOnly) && log.readAll().contains("secretword");
    };
    WireReplicaServer server(*m_world, ServerWorld::kim);
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    m_world->receive(ServerWorld::sales, str("secret"), str("secretword"));
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    QVERIFY(isLogged());
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied());
    refuse(code);
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    Done swept;
    // Something else may read for a moment.
    const auto isStopped = [&] { return !(swept = file->sweep()) && swept.error().kind != ErrorKind::locked; };
    QTRY_VERIFY(isStopped());
    QCOMPARE(swept.error().kind, ErrorKind::io);
    QVERIFY2(swept.error().detail.contains(m_temporary), qPrintable(swept.error().detail));
    QCOMPARE(differences(*m_world, file->workspace(), ServerWorld::kim), QStringList());
    // The log needs no room, and does not wait for it.
    QVERIFY(!isLogged());
    refuse(SQLITE_OK);
    // Nor does an opening wait for the whole file to be written anew.
    file.reset();
    file = std::move(ReplicaFile::open(path(), m_world->clock()).value());
    QVERIFY(file->isToSweep());
    const auto isSwept = [&] {
        swept = file->sweep();
        return !file->isToSweep();
    };
    QTRY_VERIFY(isSwept());
    QVERIFY(swept);
    QCOMPARE(differences(*m_world, file->workspace(), ServerWorld::kim), QStringList());
}

EARSHOT_TEST_PROGRAM(argc, argv)
{
    QCoreApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    const QTemporaryDir folder;
    qputenv("SQLITE_TMPDIR", QFile::encodeName(folder.path()));
    // Not only what is large.
    sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, 0);
    static sqlite3_vfs refusing = *sqlite3_vfs_find("unix");
    refusing.zName = "refusing";
    refusing.xOpen = openFile;
    sqlite3_vfs_register(&refusing, 1);
    TemporaryFilesTest test(folder.path());
    return QTest::qExec(&test, argc, argv);
}
#include "tst_temporaryfiles.moc"
