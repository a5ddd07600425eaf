// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/comparing.h"
#include "tests/replica/desktop.h"
#include "tests/replica/restlessdesktop.h"
#include "tests/replica/wirereplicaserver.h"
#include "tests/server/cuttingproxy.h"

#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// Real desktops are ended by `kill -9` in the middle of what they do, also while slices arrive, and on a full disk:
/// what was acknowledged is done exactly once.
class KilledTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whatWasAcknowledgedIsDoneOnce();
    void alsoWhileSlicesArrive();

private:
    void begin(const ServerLimits &limits, int conversations);
    void makeReplica(const QString &name, quint16 port);
    void start(QProcess &process, const QStringList &more = {}, qint64 mostBytes = 0);
    void kill(QProcess &process);
    void runUntilKilled(int round);
    void joinUntilKilled(CuttingProxy &line, const QByteArray &held, qint64 mostBytes);
    void settle();
    [[nodiscard]] static int rounds(int usual)
    {
        return std::max(usual, qEnvironmentVariableIntValue("EARSHOT_KILLS"));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ServerWorld> m_world;
    QRandomGenerator m_random;
    QByteArray m_token;
    QString m_path;
    quint16 m_port = 0;
    RestlessDeeds m_deeds;
};

void KilledTest::init()
{
    const QString named = qEnvironmentVariable("EARSHOT_SEED");
    const quint32 seed = named.isEmpty() ? QRandomGenerator::global()->generate() : named.toUInt();
    m_random.seed(seed);
    qInfo("seed %u", seed);
    m_folder = std::make_unique<QTemporaryDir>();
    m_deeds = {};
}

void KilledTest::begin(const ServerLimits &limits, int conversations)
{
    m_world = std::make_unique<ServerWorld>(limits, conversations);
    m_port = m_world->server().port();
}

/// Of a new device.
void KilledTest::makeReplica(const QString &name, quint16 port)
{
    m_token = m_world->token(ServerWorld::kim);
    m_path = m_folder->filePath(name);
    const QString server = str("http://127.0.0.1:%1").arg(port);
    QVERIFY(ReplicaFile::create(m_path, {server, m_world->account(), ServerWorld::kim}, m_world->clock()));
}

/// @param more arguments of a restless desktop @param mostBytes no file may grow beyond, as on a full disk; 0 = any
void KilledTest::start(QProcess &process, const QStringList &more, qint64 mostBytes)
{
    process.setProcessChannelMode(mostBytes > 0 ? QProcess::SeparateChannels : QProcess::ForwardedErrorChannel);
    connect(&process, &QProcess::readyReadStandardOutput, this, [this, &process] { m_deeds.hear(process); });
    // The signal is ignored, so that writing beyond the limit fails. Blocks of 512 bytes.
    const QString limit = mostBytes > 0 ? str("trap '' XFSZ; ulimit -f %1; ").arg(mostBytes / 512) : QString();
    process.start(str("/bin/sh"),
                  QStringList{str("-c"), limit + str("exec \"$0\" \"$@\""), QCoreApplication::applicationFilePath(),
                              str("--work"), m_path, QString::fromLatin1(m_token), QString::number(m_deeds.last + 1)} +
                      more);
}

void KilledTest::kill(QProcess &process)
{
    process.kill();
    QTRY_COMPARE(process.state(), QProcess::NotRunning);
    m_deeds.hear(process);
}

void KilledTest::runUntilKilled(int round)
{
    // Every third time it works without the server, and every third time it loses it. Only what has been joined as a
    // whole decides anything without.
    const auto replica = ReplicaFile::describe(m_path);
    const bool isServed = round % 3 != 1 || !replica || !replica->isComplete;
    const bool isChanged = round % 3 == 2;
    if (!isServed)
        m_world->stopServer();
    QProcess process;
    const qsizetype wanted = m_deeds.acknowledged.size() + m_random.bounded(1, 25);
    start(process);
    QTRY_VERIFY_WITH_TIMEOUT(m_deeds.acknowledged.size() >= wanted, 30'000);
    if (isChanged)
        m_world->stopServer();
    const int turns = m_random.bounded(20);
    for (int i = 0; i < turns; ++i) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        // There is something to follow.
        const Priority priority = i % 2 == 0 ? Priority::high : Priority::low;
        QVERIFY(m_world->act(Act::SetPriority{ConversationId(1 + i % 6), priority}).isApplied());
    }
    kill(process);
    if (!isServed || isChanged)
        m_world->start({}, m_port);
}

/// Until nothing waits: then this replica is what the server has, and nothing was refused.
void KilledTest::settle()
{
    ReplicaSession::Options options;
    options.path = m_path;
    options.token = Secret(m_token);
    const auto session = std::move(ReplicaSession::open(options, m_world->clock()).value());
    const auto open = [&session] {
        return firstColumn(session->workspace(), str("SELECT id FROM outbox WHERE state IN (0, 1, 2, 5)"));
    };
    QTRY_COMPARE_WITH_TIMEOUT(session->desk().status().kind, DeskStatus::Kind::current, 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(open().isEmpty(), 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(differences(*m_world, session->workspace(), ServerWorld::kim), QStringList(), 60'000);
    QCOMPARE(firstColumn(session->workspace(), str("SELECT id FROM outbox WHERE state = 3")), QStringList());
}

void KilledTest::whatWasAcknowledgedIsDoneOnce()
{
    begin({}, 3);
    makeReplica(str("replica.earshot"), m_port);
    const int most = rounds(9);
    for (int round = 0; round < most; ++round)
        runUntilKilled(round);
    settle();
    QCOMPARE(m_deeds.troubleIn(m_world->workspace()), QString());
    QVERIFY(m_deeds.acknowledged.size() >= most);
    qInfo("%d asked for, %d acknowledged, %d times killed", m_deeds.last, int(m_deeds.acknowledged.size()), most);
}

/// What it did is shown ahead of the server's rows as the last slice is put in.
/// @param mostBytes see start()
void KilledTest::joinUntilKilled(CuttingProxy &line, const QByteArray &held, qint64 mostBytes)
{
    const int before = line.heldCount();
    line.holdNextWith(held);
    QProcess process;
    const int asked = m_deeds.last;
    const qsizetype wanted = m_deeds.acknowledged.size() + m_random.bounded(1, 12);
    start(process, {QString(), str("1"), str("19")}, mostBytes);
    const auto isEnough = [&] {
        const bool isFull = mostBytes > 0 && m_deeds.last > asked + 200;
        return m_deeds.acknowledged.size() >= wanted || isFull || process.state() == QProcess::NotRunning;
    };
    QTRY_VERIFY_WITH_TIMEOUT(line.heldCount() > before || isEnough(), 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(isEnough(), 30'000);
    line.letHeldGo();
    const int turns = m_random.bounded(12);
    for (int i = 0; i < turns; ++i)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 4);
    kill(process);
    line.holdNextWith({});
}

void KilledTest::alsoWhileSlicesArrive()
{
    begin(smallSlices(), 12);
    CuttingProxy line(str("127.0.0.1"), m_port);
    QStringList slices;
    QTRY_VERIFY(!(slices = slicesOf(*m_world, ServerWorld::kim, ServerWorld::open)).isEmpty());
    const QByteArray oldest = slices.constLast().toLatin1();
    int partly = 0;
    const int most = rounds(6);
    for (int round = 0; round < most; ++round) {
        makeReplica(str("replica%1.earshot").arg(round), line.serverPort());
        joinUntilKilled(line, oldest, 0);
        const auto isPartly = [this] { return !ReplicaFile::describe(m_path).value().isComplete; };
        partly += isPartly() ? 1 : 0;
        // Something may still be written, or nothing.
        const qint64 size = QFileInfo(m_path).size();
        joinUntilKilled(line, oldest, round % 2 == 0 ? size + 512 * m_random.bounded(400) : 0);
        partly += isPartly() ? 1 : 0;
        settle();
        if (QTest::currentTestFailed())
            return;
    }
    QCOMPARE(m_deeds.troubleIn(m_world->workspace()), QString());
    QVERIFY(m_deeds.acknowledged.size() >= most);
    QVERIFY2(partly > 0, qPrintable(QString::number(partly)));
    qInfo("%d asked for, %d acknowledged, %d times killed before all was there", m_deeds.last,
          int(m_deeds.acknowledged.size()), partly);
}

EARSHOT_TEST_PROGRAM(argc, argv)
{
    QCoreApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == str("--work"))
        return workUntilKilled(arguments.mid(2));
    KilledTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_killed.moc"
