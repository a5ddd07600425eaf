// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicafile.h"
#include "tests/cli/publishingworkspace.h"
#include "tests/replica/desktop.h"
#include "tests/replica/restlessdesktop.h"
#include "tests/replica/roughline.h"
#include "tests/replica/seeds.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// A desktop without a window behind a line of its own, and what it said.
struct Station
{
    QString name;
    AgentId agent;
    int first = 0; ///< number of what it does
    QByteArray token = {};
    QString path = {};
    std::unique_ptr<RoughLine> line = {};
    std::unique_ptr<QProcess> process = {};
    RestlessDeeds deeds = {};
};

} // namespace

/// A server that publishes, and two desktops, each a real process that is ended by `kill -9` at random while the lines
/// between them lose, delay and repeat: what was acknowledged is done exactly once, both replicas are what the server
/// has, what was begun to be written is there, and every reply is published once, when a person has said what became of
/// those that nobody can know about. EARSHOT_HISTORIES and so on: tests/replica/seeds.h.
class KilledTogetherTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsDoneOnce_data() { addSeeds(2, 700'000); }
    void everythingIsDoneOnce();
    void cleanup();

private:
    void begin();
    void makeStation(Station &station);
    void startServer(const QStringList &options = {});
    void endServer();
    void startStation(Station &station);
    void kill(Station &station);
    static void kill(std::unique_ptr<QProcess> &process);
    void step();
    void disturb(RoughLine &line);
    void comeBack();
    void compare(const Station &station);
    void checkDeeds();

    SystemClock m_clock;
    std::unique_ptr<PublishingWorkspace> m_workspace;
    std::unique_ptr<QProcess> m_server;
    std::vector<Station> m_stations;
    QRandomGenerator m_random;
    quint16 m_port = 0;
    int m_kills = 0;
};

void KilledTogetherTest::cleanup()
{
    for (Station &station : m_stations)
        kill(station.process);
    kill(m_server);
    m_stations.clear();
}

void KilledTogetherTest::begin()
{
    m_port = 0;
    m_kills = 0;
    m_workspace = std::make_unique<PublishingWorkspace>();
    m_workspace->begin(std::make_unique<NetworkServer>());
    m_stations.clear();
    m_stations.push_back({str("Kim"), AgentId(2), 1});
    m_stations.push_back({str("Bo"), AgentId(3), 1'000'001});
    for (Station &station : m_stations)
        station.token = m_workspace->token(station.name);
    startServer();
}

void KilledTogetherTest::startServer(const QStringList &options)
{
    m_server = m_workspace->start(str(EARSHOT_BINARY_DIR "/app/server/earshotd"),
                                  QStringList{m_workspace->desk(), str("--key-file"), m_workspace->key(),
                                              str("--listen"), str("127.0.0.1:%1").arg(m_port)} +
                                      options);
    QByteArray said;
    QTRY_VERIFY2_WITH_TIMEOUT((said += m_server->readAllStandardOutput()).contains("port "),
                              m_server->readAllStandardError().constData(), 30'000);
    static const QRegularExpression form(str("port (\\d+)"));
    m_port = quint16(form.match(QString::fromUtf8(said)).captured(1).toInt());
    QVERIFY(m_port > 0);
}

void KilledTogetherTest::endServer()
{
    m_server->terminate();
    QTRY_COMPARE(m_server->state(), QProcess::NotRunning);
}

void KilledTogetherTest::makeStation(Station &station)
{
    station.line = std::make_unique<RoughLine>(m_port);
    station.line->seed(m_random.generate());
    station.path = m_workspace->file(station.name + str(".earshot"));
    const QString server = str("http://127.0.0.1:%1").arg(station.line->serverPort());
    QVERIFY(ReplicaFile::create(station.path, {server, m_workspace->account(), station.agent}, m_clock));
    station.deeds.last = station.first - 1;
}

void KilledTogetherTest::startStation(Station &station)
{
    station.process = m_workspace->start(QCoreApplication::applicationFilePath(),
                                         {str("--work"), station.path, QString::fromLatin1(station.token),
                                          QString::number(station.deeds.last + 1), QString(), str("250"), str("1"),
                                          str("drafts"), str("careful")});
    connect(station.process.get(), &QProcess::readyReadStandardOutput, this,
            [&station] { station.deeds.hear(*station.process); });
}

void KilledTogetherTest::kill(std::unique_ptr<QProcess> &process)
{
    if (!process)
        return;
    process->kill();
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
}

void KilledTogetherTest::kill(Station &station)
{
    kill(station.process);
    station.deeds.hear(*station.process);
}

void KilledTogetherTest::disturb(RoughLine &line)
{
    using Ms = RoughLine::Ms;
    switch (m_random.bounded(5)) {
    case 0:
        return line.reset();
    case 1:
        return line.repeat(int(m_random.bounded(1, 4)), Ms(200));
    case 2:
        return line.delay(Ms(m_random.bounded(20)), Ms(m_random.bounded(60)));
    case 3:
        return line.halfCloseServer();
    default:
        line.repeat(0, Ms(0));
        line.delay({}, {});
    }
}

void KilledTogetherTest::step()
{
    Station &station = m_stations[size_t(m_random.bounded(int(m_stations.size())))];
    switch (m_random.bounded(6)) {
    case 0:
        ++m_kills;
        kill(m_server);
        startServer();
        break;
    case 1:
    case 2:
        ++m_kills;
        kill(station);
        startStation(station);
        break;
    case 3:
        m_workspace->post(m_random.bounded(6), str("one thing more"));
        break;
    default:
        disturb(*station.line);
    }
    // Until something was acknowledged, or a moment in which nothing can be.
    const qsizetype wanted = station.deeds.acknowledged.size() + m_random.bounded(1, 8);
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 300 && station.deeds.acknowledged.size() < wanted)
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 20);
}

/// All lines whole: the desktops that run send what waits and take what they missed, by themselves.
void KilledTogetherTest::comeBack()
{
    for (Station &station : m_stations) {
        station.line->repeat(0, RoughLine::Ms(0));
        station.line->delay({}, {});
        station.line->reset();
        QTRY_COMPARE(station.line->repeatsToCome(), 0);
        station.process->write("\n");
    }
    for (Station &station : m_stations) {
        QTRY_COMPARE_WITH_TIMEOUT(station.process->state(), QProcess::NotRunning, 90'000);
        station.deeds.hear(*station.process);
        QVERIFY2(station.process->exitStatus() == QProcess::NormalExit && station.process->exitCode() == 0,
                 station.process->readAllStandardError().constData());
    }
}

/// What was done at the other one meanwhile is taken first.
void KilledTogetherTest::compare(const Station &station)
{
    const QStringList login{str("--token-file"), m_workspace->tokenFile(station.name), str("workspace")};
    const ControlAnswer taken = m_workspace->run(login + QStringList{str("replicate"), station.path});
    QVERIFY2(taken.exitCode == 0, taken.err.constData());
    const ControlAnswer told = m_workspace->run(login + QStringList{str("compare"), station.path});
    QVERIFY2(told.exitCode == 0 && told.out.contains("rows are as the server has them"),
             QByteArray(told.out + told.err).constData());
}

void KilledTogetherTest::checkDeeds()
{
    const auto workspace =
        std::move(Workspace::open(m_workspace->desk(), Workspace::Access::readOnly, m_clock).value());
    for (const Station &station : m_stations) {
        const auto replica = std::move(Workspace::open(station.path, Workspace::Access::readOnly, m_clock).value());
        QCOMPARE(station.deeds.troubleIn(*workspace, station.first, replica.get()), QString());
        QCOMPARE(station.deeds.troubleWithDrafts(*workspace, *replica, station.agent), QString());
        QVERIFY(!station.deeds.acknowledged.isEmpty() && !station.deeds.drafts.isEmpty());
    }
    const QStringList replies =
        firstColumn(*workspace, str("SELECT text FROM message WHERE kind = 1 AND agent IS NOT NULL"));
    QCOMPARE(m_workspace->troubleWithReplies(replies), QString());
    const auto careful = m_stations[0].deeds.careful.size() + m_stations[1].deeds.careful.size();
    QVERIFY(careful > 0);
    qInfo("%d replies, %d careful deeds, %d times killed", int(replies.size()), int(careful), m_kills);
}

void KilledTogetherTest::everythingIsDoneOnce()
{
    QFETCH(quint32, seed);
    m_random.seed(seed);
    begin();
    for (Station &station : m_stations) {
        makeStation(station);
        startStation(station);
    }
    for (Station &station : m_stations)
        QTRY_VERIFY(!station.deeds.acknowledged.isEmpty());
    for (int i = 0; i < 24 && !QTest::currentTestFailed(); ++i)
        step();
    comeBack();
    // What it publishes changes rows while they are compared.
    endServer();
    startServer({str("--no-courier")});
    for (const Station &station : m_stations)
        compare(station);
    endServer();
    m_workspace->publish();
    if (!QTest::currentTestFailed())
        checkDeeds();
}

EARSHOT_TEST_PROGRAM(argc, argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == str("--work"))
        return workUntilKilled(arguments.mid(2));
    KilledTogetherTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_killedtogether.moc"
