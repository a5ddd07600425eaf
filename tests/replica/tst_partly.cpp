// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicasession.h"
#include "tests/replica/comparing.h"
#include "tests/server/cuttingproxy.h"
#include "tests/server/follower.h"
#include "tests/server/serverworld.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

ReplicaSession::Options optionsOf(const QString &path, const QByteArray &token)
{
    ReplicaSession::Options options;
    options.path = path;
    options.token = Secret(token);
    options.pauses = {std::chrono::milliseconds(20), std::chrono::milliseconds(100)};
    return options;
}

/// A desktop without a window that joins until it is ended from outside.
/// @param arguments path, token
int work(const QStringList &arguments)
{
    const SystemClock clock;
    auto session = ReplicaSession::open(optionsOf(arguments.at(0), arguments.at(1).toLatin1()), clock);
    if (!session)
        qFatal("%s", qPrintable(session.error().detail));
    return QCoreApplication::exec();
}

} // namespace

/// The server goes, or the desktop is killed, in the middle of the first synchronisation: what has arrived is opened
/// without the server, and joining goes on when it is back.
class PartlyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void serverStoppedAfterEachRequest();
    void killedAfterEachRequest();

private:
    [[nodiscard]] QString makeReplica(int number);
    void openWithoutTheServer(const QString &path);
    [[nodiscard]] static qsizetype conversationsIn(Workspace &workspace);

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<CuttingProxy> m_proxy;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ReplicaSession> m_session;
    QByteArray m_token;
    int m_partly = 0; ///< so many were opened with a part of the workspace
};

void PartlyTest::init()
{
    m_session.reset();
    ServerLimits limits;
    limits.slices.sizes = {.conversations = 4, .threads = 6, .people = 6, .contacts = 6};
    limits.slices.rest = std::chrono::milliseconds(0);
    limits.requestsPerSecond = limits.requestBurst = 100'000;
    m_world = std::make_unique<ServerWorld>(limits, 12);
    m_proxy = std::make_unique<CuttingProxy>(str("127.0.0.1"), m_world->server().port());
    m_folder = std::make_unique<QTemporaryDir>();
    m_token = m_world->token(ServerWorld::kim);
    m_partly = 0;
    // The slices are made by now: then each run asks for the same ones.
    const auto client = m_world->client(ServerWorld::kim);
    QTRY_VERIFY(client->get("/jmap/slices").json().value(str("isComplete")).toBool());
}

QString PartlyTest::makeReplica(int number)
{
    const QString path = m_folder->filePath(str("replica%1.earshot").arg(number));
    const QString server = str("http://127.0.0.1:%1").arg(m_proxy->serverPort());
    const Done made = ReplicaFile::create(path, {server, m_world->account(), ServerWorld::kim}, m_world->clock());
    return made ? path : QString();
}

qsizetype PartlyTest::conversationsIn(Workspace &workspace)
{
    return workspace
        .readNow<qsizetype>(
            [](Database &database) -> Result<qsizetype> { return tableRows(database, "conversation").size(); })
        .value();
}

/// The server is away; it comes back at the end.
void PartlyTest::openWithoutTheServer(const QString &path)
{
    const ReplicaDescription before = ReplicaFile::describe(path).value();
    m_session = std::move(ReplicaSession::open(optionsOf(path, m_token), m_world->clock()).value());
    QSignalSpy usable(m_session.get(), &ReplicaSession::usable);
    QCOMPARE(m_session->isUsable(), before.isComplete || before.joining.isUsable);
    QTRY_COMPARE(m_session->desk().status().why.kind, ErrorKind::transient);
    const DeskStatus away = m_session->desk().status();
    QCOMPARE(away.kind, DeskStatus::Kind::offline);
    QCOMPARE(usable.size(), qsizetype(m_session->isUsable()));
    if (m_session->isUsable()) {
        ++m_partly;
        QVERIFY(conversationsIn(m_session->workspace()) >= 4);
        QVERIFY(isKnown(away.awaySince));
    }
    if (m_session->isUsable() && !before.isComplete) {
        QVERIFY(!isKnown(away.asOf));
        QVERIFY2(away.share > 0 && away.share <= 1, qPrintable(QString::number(away.share)));
        QCOMPARE(away.awaySince, before.joining.at);
    }
    m_proxy->goOn();
    QTRY_COMPARE(m_session->desk().status().kind, DeskStatus::Kind::current);
    QVERIFY(isKnown(m_session->desk().status().asOf));
    QVERIFY(!isKnown(m_session->desk().status().awaySince));
    QCOMPARE(differences(*m_world, m_session->workspace(), ServerWorld::kim), QStringList());
    m_session.reset();
}

void PartlyTest::serverStoppedAfterEachRequest()
{
    bool isOver = false;
    for (int k = 1; !isOver; ++k) {
        const QString path = makeReplica(k);
        m_proxy->stopAfter(k);
        m_session = std::move(ReplicaSession::open(optionsOf(path, m_token), m_world->clock()).value());
        QTRY_VERIFY(m_proxy->hasStopped() || m_session->desk().status().kind == DeskStatus::Kind::current);
        isOver = !m_proxy->hasStopped();
        m_session.reset();
        m_proxy->stopAfter(0);
        openWithoutTheServer(path);
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY2(m_partly >= 5, qPrintable(QString::number(m_partly)));
}

void PartlyTest::killedAfterEachRequest()
{
    const QString named = qEnvironmentVariable("EARSHOT_SEED");
    const quint32 seed = named.isEmpty() ? QRandomGenerator::global()->generate() : named.toUInt();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    for (int k = 4; k < 20; k += 2) {
        const QString path = makeReplica(k);
        m_proxy->stopAfter(k);
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QCoreApplication::applicationFilePath(), {str("--work"), path, QString::fromLatin1(m_token)});
        const auto joined = [&path] {
            const auto found = ReplicaFile::describe(path);
            return found && found->isComplete;
        };
        QTRY_VERIFY_WITH_TIMEOUT(m_proxy->hasStopped() || joined(), 30'000);
        // Also in the middle of taking what came last.
        const int turns = random.bounded(4);
        for (int i = 0; i < turns; ++i)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        process.kill();
        QTRY_COMPARE(process.state(), QProcess::NotRunning);
        m_proxy->stopAfter(0);
        openWithoutTheServer(path);
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY2(m_partly >= 3, qPrintable(QString::number(m_partly)));
}

EARSHOT_TEST_PROGRAM(argc, argv)
{
    QCoreApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == str("--work"))
        return work(arguments.mid(2));
    PartlyTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_partly.moc"
