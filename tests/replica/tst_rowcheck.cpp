// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/outbox.h"
#include "replica/replicasession.h"
#include "replica/replicasync.h"
#include "replica/rowcheck.h"
#include "replica/rowwatch.h"
#include "replica/waitingserver.h"
#include "tests/replica/comparing.h"
#include "tests/replica/desktop.h"
#include "workspace/schema.h"
#include "workspace/wireforms.h"

#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>
#include <QThread>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

using Kind = RowDifference::Kind;

/// A server whose answers may be otherwise than they were.
class OddServer final : public ReplicaServer
{
public:
    explicit OddServer(ReplicaServer &server)
        : m_server(server)
    {
    }
    std::function<void(QList<ServerCall> &answers)> spoil;

    [[nodiscard]] Result<SliceListing> slices() override { return m_server.slices(); }
    [[nodiscard]] Result<QByteArray> piece(const QString &blob, qint64 from, qint64 most) override
    {
        return m_server.piece(blob, from, most);
    }
    [[nodiscard]] Result<QList<ServerCall>> call(const QList<ServerCall> &calls) override
    {
        auto answers = m_server.call(calls);
        if (answers && spoil)
            spoil(*answers);
        return answers;
    }
    [[nodiscard]] Done rest(Duration time) override { return m_server.rest(time); }

private:
    ReplicaServer &m_server;
};

} // namespace

/// A replica that is not what it should be is found out, and put right; real server, real connection.
class RowCheckTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void equalOnesHaveNoDifference();
    void everyDifferenceIsFoundAndRepaired_data();
    void everyDifferenceIsFoundAndRepaired();
    void everyAccessOfARepairMayFail();
    void whatOneMayNotSeeDoesNotCount();
    void serverThatMovedOnSaysNothing();
    void otherColumnsAreNotCompared();
    void whatBothKnowIsCompared();
    void whatOnlyTheReplicaNamesIsNoDifference();
    void followerRepairsByItself();
    void passingErrorDoesNotEndIt_data();
    void passingErrorDoesNotEndIt();
    void placeThatCannotBeRepairedIsPassedOver();
    void passTakesADayUnlessAThousandWereFelt();
    void whatCannotBeSentPutsNothingOff();

private:
    /// Looks at so many places.
    void watch(RowWatch &watch, int rounds);
    /// On a thread that may wait, while the server works on this one.
    template <class Run>
    auto aside(Run run) -> decltype(run());
    void join(AgentId agent);
    [[nodiscard]] QList<RowDifference> compareAll(int mostRows);
    void spoil(const QString &sql);
    [[nodiscard]] bool isEqual() { return differences(*m_world, m_file->workspace(), m_agent).isEmpty(); }

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ServerConnection> m_connection;
    std::unique_ptr<ReplicaFile> m_file;
    std::unique_ptr<WaitingServer> m_server;
    AgentId m_agent;
};

template <class Run>
auto RowCheckTest::aside(Run run) -> decltype(run())
{
    std::optional<decltype(run())> result;
    const std::unique_ptr<QThread> thread(QThread::create([&] { result = run(); }));
    thread->start();
    [&] { QTRY_VERIFY(thread->isFinished()); }();
    thread->wait();
    return std::move(*result);
}

void RowCheckTest::init()
{
    m_world = std::make_unique<ServerWorld>(ServerLimits(), 12);
    m_folder = std::make_unique<QTemporaryDir>();
}

void RowCheckTest::cleanup()
{
    Database::setFault({});
    m_server.reset();
    m_file.reset();
    m_connection.reset();
    m_world.reset();
}

void RowCheckTest::join(AgentId agent)
{
    m_agent = agent;
    const QString server = str("http://127.0.0.1:%1").arg(m_world->server().port());
    const QString path = m_folder->filePath(str("replica.earshot"));
    QVERIFY(ReplicaFile::create(path, {server, m_world->account(), agent}, m_world->clock()));
    m_file = std::move(ReplicaFile::open(path, m_world->clock()).value());
    m_connection = std::make_unique<ServerConnection>(QUrl(server), Secret(m_world->token(agent)), m_world->clock());
    m_server = std::make_unique<WaitingServer>(*m_connection, m_world->account());
    QVERIFY(aside([this] {
        ReplicaSync sync(*m_file, *m_server);
        return sync.run();
    }));
    QVERIFY(isEqual());
}

QList<RowDifference> RowCheckTest::compareAll(int mostRows)
{
    return aside([this, mostRows] {
        QList<RowDifference> all;
        RowCheck check(*m_file, *m_server, mostRows);
        Seq since = 0;
        for (bool hasMore = true; hasMore;) {
            const auto finding = check.compare(since);
            if (!finding || !finding->isTold)
                return QList<RowDifference>{{"not told", 0, Kind::different}};
            all += finding->differences;
            hasMore = finding->hasMore;
            since = finding->upTo;
        }
        return all;
    });
}

void RowCheckTest::spoil(const QString &sql)
{
    const auto done = m_file->workspace().write<void>(Urgency::interactive, [sql](Writing &writing) -> Done {
        writing.database().execute(sql);
        return writing.database().done();
    });
    QVERIFY2(done.result(), qPrintable(done.result() ? QString() : done.result().error().detail));
}

void RowCheckTest::equalOnesHaveNoDifference()
{
    join(ServerWorld::ana);
    for (const int mostRows : {1, 7, 2000})
        QCOMPARE(compareAll(mostRows), QList<RowDifference>());
}

void RowCheckTest::everyDifferenceIsFoundAndRepaired_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<qint64>("id");
    QTest::addColumn<RowDifference::Kind>("kind");
    QTest::newRow("other value") << str("UPDATE conversation SET status = 3 WHERE id = 3") << QByteArray("conversation")
                                 << 3LL << Kind::different;
    QTest::newRow("lost row") << str("DELETE FROM tag WHERE id = 1") << QByteArray("tag") << 1LL << Kind::missing;
    QTest::newRow("lost message") << str("DELETE FROM message WHERE id = (SELECT min(id) FROM message)")
                                  << QByteArray("message") << 0LL << Kind::missing;
    QTest::newRow("row too many")
        << str("INSERT INTO tag (id, seq, created_seq, channel, uuid, name) SELECT 99, max(seq), 1, "
               "NULL, 'u', 'ghost' FROM conversation")
        << QByteArray("tag") << 99LL << Kind::surplus;
    QTest::newRow("row too many at the end")
        << str("INSERT INTO tag (id, seq, created_seq, channel, uuid, name) VALUES (99, "
               "100000, 1, NULL, 'u', 'ghost')")
        << QByteArray("tag") << 99LL << Kind::surplus;
    QTest::newRow("other number") << str("UPDATE conversation SET seq = 2 WHERE id = 3") << QByteArray("conversation")
                                  << 3LL << Kind::surplus;
}

void RowCheckTest::everyDifferenceIsFoundAndRepaired()
{
    QFETCH(QString, sql);
    QFETCH(QByteArray, table);
    QFETCH(qint64, id);
    QFETCH(RowDifference::Kind, kind);
    QVERIFY(m_world->act(Act::AddTag{ConversationId(3), str("late")}).isApplied());
    join(ServerWorld::ana);
    spoil(sql);
    QVERIFY(!isEqual());
    for (const int mostRows : {3, 2000}) {
        const QList<RowDifference> found = compareAll(mostRows);
        QVERIFY(!found.isEmpty());
        QCOMPARE(found.constFirst().table, table);
        QVERIFY(id == 0 || found.constFirst().id == id);
        // In one large range a row is the same one under another number.
        QVERIFY(found.constFirst().kind == kind || (found.constFirst().kind == Kind::different && mostRows == 2000));
        QVERIFY(found.size() <= 2);
    }
    const QString state = m_file->state();
    const auto repaired =
        aside([this, found = compareAll(2000)] { return RowCheck(*m_file, *m_server).repair(found); });
    QVERIFY2(repaired, qPrintable(repaired ? QString() : repaired.error().detail));
    QCOMPARE(*repaired, 1);
    QVERIFY(isEqual());
    QCOMPARE(m_file->state(), state);
    QCOMPARE(compareAll(5), QList<RowDifference>());
}

/// For every k: what could not be written leaves the rows as they were, and the next look repairs them.
void RowCheckTest::everyAccessOfARepairMayFail()
{
    join(ServerWorld::ana);
    const auto repair = [this](const QList<RowDifference> &found) {
        return aside([&] { return RowCheck(*m_file, *m_server, 2000).repair(found); });
    };
    int failures = 0;
    std::atomic<bool> wasMet = true;
    for (int k = 0; wasMet; ++k) {
        spoil(str("UPDATE conversation SET status = 3 WHERE id = 3"));
        spoil(str("DELETE FROM message WHERE id = (SELECT min(id) FROM message)"));
        const QList<RowDifference> found = compareAll(2000);
        QVERIFY(found.size() >= 2);
        wasMet = false;
        std::atomic<int> left = k;
        Database::setFault([&]() -> std::optional<Error> {
            if (QThread::currentThread()->objectName() != str("writer") || left-- != 0)
                return {};
            wasMet = true;
            return Error{ErrorKind::io, str("no disk"), {}};
        });
        const auto repaired = repair(found);
        Database::setFault({});
        if (!repaired) {
            ++failures;
            QVERIFY2(repair(compareAll(2000)), qPrintable(QString::number(k)));
        }
        QVERIFY2(isEqual(), qPrintable(QString::number(k)));
    }
    QVERIFY2(failures > 5, qPrintable(QString::number(failures)));
}

/// Bo is in no team: the other channel is not his.
void RowCheckTest::whatOneMayNotSeeDoesNotCount()
{
    join(ServerWorld::bo);
    QCOMPARE(compareAll(2000), QList<RowDifference>());
    QCOMPARE(compareAll(4), QList<RowDifference>());
    // What happens there does not keep Bo's from being compared.
    m_world->runSql(str("UPDATE conversation SET priority = 3, seq = :1 WHERE id = 2"));
    spoil(str("UPDATE conversation SET status = 3 WHERE id = 1"));
    QCOMPARE(compareAll(2000), (QList<RowDifference>{{"conversation", 1, Kind::different}}));
}

void RowCheckTest::serverThatMovedOnSaysNothing()
{
    join(ServerWorld::ana);
    QVERIFY(m_world->act(Act::AddTag{ConversationId(3), str("late")}).isApplied());
    // Nothing is wrong here: it is not here yet.
    const auto finding = aside([this] { return RowCheck(*m_file, *m_server).compare(0); });
    QVERIFY(finding);
    QVERIFY(!finding->isTold);
    QVERIFY(finding->differences.isEmpty());
    // And what was found before is not put right by what is there now.
    const auto repaired = aside([this] {
        return RowCheck(*m_file, *m_server).repair({{"conversation", 3, Kind::different}});
    });
    QCOMPARE(repaired.error().kind, ErrorKind::transient);
    // Where nothing was touched it is told all the same.
    const auto early = aside([this] { return RowCheck(*m_file, *m_server, 2).compare(0); });
    QVERIFY(early);
    QVERIFY(early->isTold);
}

void RowCheckTest::otherColumnsAreNotCompared()
{
    const auto client = m_world->client(ServerWorld::ana);
    const QString state =
        client->call(str("Row/changes"), {{str("sinceState"), str("x-0")}}).value(str("type")).toString();
    QCOMPARE(state, str("cannotCalculateChanges"));
    const QString mine = client->call(str("Tag/get")).value(str("state")).toString();
    const QJsonObject told =
        client->call(str("Row/checksum"), {{str("state"), mine}, {str("schema"), 3}, {str("since"), 0}});
    QCOMPARE(told.value(str("type")).toString(), str("cannotCalculateChanges"));
    const int newer = newestSynchronisedVersion() + 1;
    const QJsonObject toldOfNewer =
        client->call(str("Row/checksum"), {{str("state"), mine}, {str("schema"), newer}, {str("since"), 0}});
    QCOMPARE(toldOfNewer.value(str("type")).toString(), str("cannotCalculateChanges"));
}

/// One of the two has an older form: what came later does not count, all else is found and put right.
void RowCheckTest::whatBothKnowIsCompared()
{
    constexpr int older = 21;
    const auto known = propertiesOfForm(older);
    QVERIFY2(known, known ? "" : qPrintable(known.error().detail));
    QVERIFY(known->value("delivery").contains(str("state")));
    QVERIFY(!known->value("delivery").contains(str("leftOut")));
    QVERIFY(!propertiesOfForm(9)->contains("workspace_setting"));
    QVERIFY(propertiesOfForm(newestSynchronisedVersion())->isEmpty());
    Act::SendReply reply;
    reply.conversation = ConversationId(1);
    reply.text = str("an answer");
    QVERIFY(m_world->act(reply).isApplied());
    join(ServerWorld::kim);
    m_file->heedServerForm(older);
    QCOMPARE(compareAll(7), QList<RowDifference>());
    spoil(str("UPDATE delivery SET left_out = '@somebody'"));
    QCOMPARE(compareAll(7), QList<RowDifference>());
    m_file->heedServerForm(newestSynchronisedVersion());
    QCOMPARE(compareAll(7).size(), 1);
    m_file->heedServerForm(older);
    spoil(str("UPDATE conversation SET status = 3 WHERE id = 3"));
    QCOMPARE(compareAll(7), QList<RowDifference>({{"conversation", 3, Kind::different}}));
    RowWatch once(*m_file, *m_server);
    watch(once, 3);
    QCOMPARE(compareAll(7), QList<RowDifference>());
}

void RowCheckTest::whatOnlyTheReplicaNamesIsNoDifference()
{
    join(ServerWorld::ana);
    spoil(str(
        "INSERT INTO tag (id, seq, created_seq, channel, uuid, name) SELECT 4611686018427387904, max(seq), 1, NULL, "
        "'u', 'mine' FROM conversation"));
    QCOMPARE(compareAll(2000), QList<RowDifference>());
    QCOMPARE(compareAll(3), QList<RowDifference>());
}

void RowCheckTest::followerRepairsByItself()
{
    join(ServerWorld::kim);
    spoil(str("UPDATE conversation SET status = 3 WHERE id = 3"));
    spoil(str("DELETE FROM message WHERE id = (SELECT min(id) FROM message)"));
    const QString path = m_file->path();
    m_file.reset();
    ReplicaSession::Options options;
    options.path = path;
    options.token = Secret(m_world->token(ServerWorld::kim));
    options.pauses.betweenChecks = std::chrono::milliseconds(10);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(str("the replica differed from its server in \\d rows")));
    auto session = std::move(ReplicaSession::open(options, m_world->clock()).value());
    QTRY_COMPARE(session->desk().status().kind, DeskStatus::Kind::current);
    QTRY_COMPARE(differences(*m_world, session->workspace(), ServerWorld::kim), QStringList());
}

void RowCheckTest::watch(RowWatch &watch, int rounds)
{
    const bool isOver = aside([&] {
        for (int i = 0; i < rounds; ++i)
            watch.checkNext();
        return true;
    });
    QVERIFY(isOver);
}

void RowCheckTest::passingErrorDoesNotEndIt_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("kind");
    QTest::newRow("busy") << str("serverFail") << str("tryAgain");
    QTest::newRow("full disk") << str("serverFail") << str("diskFull");
    QTest::newRow("anything else") << str("somethingNew") << QString();
    // Looked at again when everything has been fetched anew.
    QTest::newRow("other grants or columns") << str("cannotCalculateChanges") << QString();
}

void RowCheckTest::passingErrorDoesNotEndIt()
{
    QFETCH(QString, type);
    QFETCH(QString, kind);
    join(ServerWorld::kim);
    spoil(str("UPDATE conversation SET status = 3 WHERE id = 3"));
    OddServer server(*m_server);
    RowWatch watching(*m_file, server);
    server.spoil = [&](QList<ServerCall> &answers) {
        answers[0] = {str("error"), {{str("type"), type}, {str("kind"), kind}}};
    };
    watch(watching, 2);
    QCOMPARE(watching.repaired(), 0);
    server.spoil = {};
    if (type == str("cannotCalculateChanges"))
        watching.beginAnew();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(str("the replica differed from its server in 1 rows")));
    watch(watching, 2); // from anywhere on, then from the beginning
    QCOMPARE(watching.repaired(), 1);
    QVERIFY(isEqual());
}

void RowCheckTest::placeThatCannotBeRepairedIsPassedOver()
{
    join(ServerWorld::kim);
    spoil(str("UPDATE conversation SET status = 3 WHERE id = 3"));
    OddServer server(*m_server);
    server.spoil = [](QList<ServerCall> &answers) {
        for (ServerCall &answer : answers) {
            if (answer.name == str("Conversation/get"))
                answer = {str("error"), {{str("type"), str("serverFail")}, {str("kind"), str("io")}}};
        }
    };
    RowWatch watching(*m_file, server, 4);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(str("the replica could not be compared")));
    watch(watching, 100); // it has been there by now
    spoil(str("UPDATE tag SET name = 'other' WHERE id = 1"));
    spoil(str("DELETE FROM message WHERE id = (SELECT min(id) FROM message)"));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(str("the replica differed from its server in \\d rows")));
    watch(watching, 200);
    QVERIFY(watching.repaired() > 0);
    QVERIFY(!isEqual());
    server.spoil = {};
    watch(watching, 100);
    QVERIFY(isEqual());
}

void RowCheckTest::passTakesADayUnlessAThousandWereFelt()
{
    using namespace std::chrono_literals;
    const auto pause = [](Seq rows, Duration took) { return RowWatch::pauseFor(rows, 2000, took, 5min); };
    QCOMPARE(pause(0, 1ms), Duration(5min));
    QCOMPARE(pause(50'000, 1ms), Duration(5min));
    // A hundred thousand conversations: some million rows, 500 ranges.
    QCOMPARE(pause(1'000'000, 5ms) * 500, Duration(24h));
    // Ten times as many: in a day only from who answers at once, else in six.
    QCOMPARE(pause(10'000'000, 0ms) * 5000, Duration(24h));
    QCOMPARE(pause(10'000'000, 5ms), Duration(100s));
    // A thousand desktops take a twentieth of the time of one core.
    for (const Duration took : {Duration(1ms), Duration(5ms), Duration(15ms)})
        QVERIFY(took * 1000 * 20 <= pause(10'000'000, took));
    // Who answers late has other things to do.
    QCOMPARE(pause(10'000'000, 2s), Duration(5min));
}

/// What waits is shown ahead, in the same rows: they are compared without it, and it stays.
void RowCheckTest::whatCannotBeSentPutsNothingOff()
{
    join(ServerWorld::kim);
    const Action waiting = makeAction(Act::AddNote{ConversationId(1), str("it waits")}, m_world->clock().now());
    const auto queued = m_file->workspace().write<Queued>(
        Urgency::interactive, [waiting](Writing &writing) { return queueAction(writing, waiting); });
    QVERIFY(queued.result() && queued.result()->entry != 0);
    const auto shown = [this] {
        return firstColumn(m_file->workspace(),
                           str("SELECT id FROM message WHERE text = 'it waits' UNION ALL SELECT hex(forecast) FROM "
                               "outbox WHERE state = 0 AND length(forecast) > 0"));
    };
    const QStringList before = shown();
    QCOMPARE(before.size(), 2);
    for (const int mostRows : {7, 2000})
        QCOMPARE(compareAll(mostRows), QList<RowDifference>());
    QCOMPARE(shown(), before);
    spoil(str("UPDATE conversation SET status = 3 WHERE id = 3"));
    RowWatch watching(*m_file, *m_server);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(str("the replica differed from its server in 1 rows")));
    watch(watching, 2); // from anywhere on, then from the beginning
    QCOMPARE(watching.repaired(), 1);
    QCOMPARE(compareAll(2000), QList<RowDifference>());
    QCOMPARE(shown().size(), 2);
}

QTEST_GUILESS_MAIN(RowCheckTest)
#include "tst_rowcheck.moc"
