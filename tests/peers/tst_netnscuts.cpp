// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicafile.h"
#include "tests/cli/publishingworkspace.h"
#include "tests/replica/desktop.h"
#include "tests/replica/restlessdesktop.h"
#include "tests/replica/roughline.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

const QString host = str("10.77.0.1");
constexpr quint16 port = 8640;

/// What listens from now on does so in a network namespace, and is answered by this process.
class InNetwork final
{
public:
    explicit InNetwork(const char *name)
        : m_before(::open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC))
    {
        const QByteArray path = QByteArrayLiteral("/run/netns/") + name;
        enter(::open(path.constData(), O_RDONLY | O_CLOEXEC));
    }
    ~InNetwork() { enter(m_before); }
    Q_DISABLE_COPY_MOVE(InNetwork)

private:
    static void enter(int network)
    {
        if (network < 0 || ::setns(network, CLONE_NEWNET) != 0)
            qFatal("no network namespace");
        ::close(network);
    }

    const int m_before;
};

/// A desktop in a network namespace of its own, behind a rough line that stands before the server, and what it said.
struct Station
{
    QString name;
    QString network;
    AgentId agent;
    int first = 0; ///< number of what it does
    QByteArray token = {};
    QString path = {};
    std::unique_ptr<RoughLine> line = {};
    std::unique_ptr<QProcess> process = {};
    RestlessDeeds deeds = {};
};

} // namespace

/// A server that publishes and two desktops, each a real process in a network namespace of its own, whose cables are
/// pulled and put back, whose lines delay, stall, throttle, reset and half-close, and which are ended by `kill -9`, at
/// random: what was acknowledged is done exactly once or waits for a person, nothing stale won, what was begun to be
/// written is there, both replicas are what the server has, row by row, and every reply is published once, when a
/// person has said what became of those that nobody can know about.
class NetnsCutsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void everythingIsDoneOnce();

private:
    void makeStations();
    void startServer(const QStringList &options = {});
    void startStation(Station &station);
    void hear(Station &station);
    void step();
    void disturb(RoughLine &line);
    void comeBack();
    void settle();
    void compare(const Station &station);
    void checkDeeds();
    /// In a namespace, to its end. @return what it said where it ended well
    [[nodiscard]] std::optional<QByteArray> run(const QStringList &command);
    void setCable(const QString &name, bool isPlugged);
    static void kill(std::unique_ptr<QProcess> &process);

    SystemClock m_clock;
    QString m_certificates;
    std::unique_ptr<PublishingWorkspace> m_workspace;
    std::unique_ptr<QProcess> m_server;
    std::vector<Station> m_stations;
    QHash<QString, bool> m_cables{{str("server0"), true}, {str("kim0"), true}, {str("bo0"), true}};
    QRandomGenerator m_random;
    int m_cuts = 0;
    int m_kills = 0;
    int m_disturbances = 0;
};

std::optional<QByteArray> NetnsCutsTest::run(const QStringList &command)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(command.constFirst(), command.mid(1));
    [&] { QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 60'000); }();
    const bool isFine = process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    return isFine ? std::optional(process.readAllStandardOutput()) : std::nullopt;
}

void NetnsCutsTest::makeStations()
{
    const InNetwork inNetwork("server");
    m_stations.push_back({str("Kim"), str("kim"), AgentId(2), 1});
    m_stations.push_back({str("Bo"), str("bo"), AgentId(3), 1'000'001});
    for (Station &station : m_stations) {
        station.line = std::make_unique<RoughLine>(port, QHostAddress(host));
        station.line->seed(m_random.generate());
        station.token = m_workspace->token(station.name);
        station.path = m_workspace->file(station.name + str(".earshot"));
        station.deeds.last = station.first - 1;
        const QString address = str("https://%1:%2").arg(host).arg(station.line->serverPort());
        QVERIFY(ReplicaFile::create(station.path, {address, m_workspace->account(), station.agent}, m_clock));
    }
}

void NetnsCutsTest::initTestCase()
{
    const QString folder = qEnvironmentVariable("EARSHOT_NETNS");
    const QByteArray why = qgetenv("EARSHOT_NETNS_WHY");
    const QByteArray words = "no network namespaces can be made here: " + why;
    if (!why.isEmpty())
        QSKIP(words.constData());
    if (folder.isEmpty())
        QSKIP("packaging/test --peers makes the network for this");
    m_certificates = folder + str("/cert.pem");
    // What a machine remembers of its workspaces: of this test alone.
    m_workspace =
        std::make_unique<PublishingWorkspace>(QStringList{str("ip"), str("netns"), str("exec"), str("server")});
    qputenv("XDG_DATA_HOME", m_workspace->file(QString()).toUtf8());
    qputenv("XDG_RUNTIME_DIR", m_workspace->file(QString()).toUtf8());
    const QString named = qEnvironmentVariable("EARSHOT_SEED");
    const quint32 seed = named.isEmpty() ? QRandomGenerator::global()->generate() : named.toUInt();
    m_random.seed(seed);
    qInfo("seed %u", seed);
    auto networkServer = [] {
        const InNetwork inNetwork("server");
        return std::make_unique<NetworkServer>();
    }();
    m_workspace->begin(std::move(networkServer));
    makeStations();
}

void NetnsCutsTest::startServer(const QStringList &options)
{
    const QString keys = qEnvironmentVariable("EARSHOT_NETNS");
    m_server =
        m_workspace->start(str(EARSHOT_BINARY_DIR "/app/server/earshotd"),
                           QStringList{m_workspace->desk(), str("--key-file"), m_workspace->key(), str("--listen"),
                                       str("%1:%2").arg(host).arg(port), str("--tls-certificate"),
                                       keys + str("/cert.pem"), str("--tls-key"), keys + str("/key.pem")} +
                               options);
    QByteArray said;
    QTRY_VERIFY2_WITH_TIMEOUT((said += m_server->readAllStandardOutput()).contains("port "),
                              m_server->readAllStandardError().constData(), 30'000);
}

void NetnsCutsTest::startStation(Station &station)
{
    station.process = std::make_unique<QProcess>();
    station.process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    connect(station.process.get(), &QProcess::readyReadStandardOutput, this, [this, &station] { hear(station); });
    station.process->start(str("ip"), {str("netns"), str("exec"), station.network,
                                       QCoreApplication::applicationFilePath(), str("--work"), station.path,
                                       QString::fromLatin1(station.token), QString::number(station.deeds.last + 1),
                                       m_certificates, str("150"), str("1"), str("drafts"), str("careful")});
}

void NetnsCutsTest::hear(Station &station)
{
    if (station.process)
        station.deeds.hear(*station.process);
}

void NetnsCutsTest::setCable(const QString &name, bool isPlugged)
{
    m_cuts += m_cables.value(name) && !isPlugged ? 1 : 0;
    m_cables.insert(name, isPlugged);
    QVERIFY(run({str("ip"), str("link"), str("set"), name, isPlugged ? str("up") : str("down")}));
}

void NetnsCutsTest::kill(std::unique_ptr<QProcess> &process)
{
    if (!process)
        return;
    process->kill();
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
}

void NetnsCutsTest::step()
{
    const QStringList cables = m_cables.keys();
    const QString cable = cables.at(m_random.bounded(int(cables.size())));
    Station &station = m_stations[size_t(m_random.bounded(2))];
    switch (m_random.bounded(9)) {
    case 0:
        ++m_kills;
        kill(m_server);
        startServer();
        break;
    case 1:
    case 2:
        ++m_kills;
        kill(station.process);
        hear(station);
        startStation(station);
        break;
    case 3:
        m_workspace->post(m_random.bounded(6), str("one thing more"));
        break;
    case 4:
    case 5:
        disturb(*station.line);
        break;
    default:
        setCable(cable, !m_cables.value(cable));
    }
    // Until something was acknowledged, or a moment where all are cut off and a line has to be given up.
    const qsizetype before = station.deeds.acknowledged.size();
    QElapsedTimer timer;
    timer.start();
    const int most = m_random.bounded(100, 1500);
    while (timer.elapsed() < most && station.deeds.acknowledged.size() < before + 20)
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 20);
}

/// As a mobile network, a hotel's or an overloaded one does.
void NetnsCutsTest::disturb(RoughLine &line)
{
    using Ms = RoughLine::Ms;
    ++m_disturbances;
    switch (m_random.bounded(7)) {
    case 0:
        return line.reset();
    case 1:
        return line.stall();
    case 2:
        return line.delay(Ms(m_random.bounded(100)), Ms(m_random.bounded(200)));
    case 3:
        return line.throttle(m_random.bounded(4'000, 60'000));
    case 4:
        return line.halfCloseServer();
    case 5:
        return line.halfCloseClient();
    default:
        line.throttle(0);
        line.delay({}, {});
    }
}

/// All plugged in and the lines whole, and the server begun anew: the desktops that run find their way back by
/// themselves, send what waits and take what they missed.
void NetnsCutsTest::comeBack()
{
    const QStringList cables = m_cables.keys();
    for (const QString &cable : cables)
        setCable(cable, true);
    for (const Station &station : m_stations) {
        station.line->throttle(0);
        station.line->delay({}, {});
    }
    // Those who were connected to it are no longer.
    kill(m_server);
    startServer();
    for (Station &station : m_stations)
        station.process->write("\n");
    for (Station &station : m_stations) {
        QTRY_COMPARE_WITH_TIMEOUT(station.process->state(), QProcess::NotRunning, 90'000);
        QCOMPARE(station.process->exitStatus(), QProcess::NormalExit);
        QCOMPARE(station.process->exitCode(), 0);
        hear(station);
        station.process.reset();
    }
}

/// Each desktop once more, until nothing waits.
void NetnsCutsTest::settle()
{
    // The first waits for what the second sends, and the other way round: twice.
    for (int i = 0; i < 4; ++i) {
        const Station &station = m_stations[size_t(i % 2)];
        QVERIFY(run({str("ip"), str("netns"), str("exec"), station.network, QCoreApplication::applicationFilePath(),
                     str("--work"), station.path, QString::fromLatin1(station.token), str("0"), m_certificates}));
    }
}

void NetnsCutsTest::compare(const Station &station)
{
    const QStringList inside{str("ip"),
                             str("netns"),
                             str("exec"),
                             station.network,
                             str(EARSHOT_BINARY_DIR "/app/cli/earshotctl"),
                             str("--token-file"),
                             m_workspace->tokenFile(station.name),
                             str("--ca-file"),
                             m_certificates,
                             str("workspace")};
    QVERIFY(run(inside + QStringList{str("replicate"), station.path}));
    const auto told = run(inside + QStringList{str("compare"), station.path});
    QVERIFY2(told && told->contains("rows are as the server has them"), told.value_or("differs").constData());
    qInfo("%s: %d asked for, %d acknowledged; %s", qPrintable(station.name), station.deeds.last - station.first + 1,
          int(station.deeds.acknowledged.size()), told->trimmed().constData());
}

void NetnsCutsTest::checkDeeds()
{
    const auto workspace =
        std::move(Workspace::open(m_workspace->desk(), Workspace::Access::readOnly, m_clock).value());
    for (const Station &station : m_stations) {
        const auto replica = std::move(Workspace::open(station.path, Workspace::Access::readOnly, m_clock).value());
        QCOMPARE(station.deeds.troubleIn(*workspace, station.first, replica.get()), QString());
        QCOMPARE(station.deeds.troubleWithDrafts(*workspace, *replica, station.agent), QString());
        QVERIFY(station.deeds.acknowledged.size() > 5 && !station.deeds.careful.isEmpty() &&
                !station.deeds.drafts.isEmpty());
    }
    const QStringList replies =
        firstColumn(*workspace, str("SELECT text FROM message WHERE kind = 1 AND agent IS NOT NULL"));
    QCOMPARE(m_workspace->troubleWithReplies(replies), QString());
    qInfo("%d replies published", int(replies.size()));
}

void NetnsCutsTest::everythingIsDoneOnce()
{
    startServer();
    for (Station &station : m_stations) {
        startStation(station);
        QTRY_VERIFY(station.deeds.acknowledged.size() > 5);
    }
    // A line that was cut at both ends is given up after two beats of 12 s: time for a few of them.
    const int seconds = std::max(20, qEnvironmentVariableIntValue("EARSHOT_NETNS_SECONDS"));
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < seconds * 1000 || m_cuts == 0 || m_kills == 0 || m_disturbances == 0)
        step();
    comeBack();
    settle();
    // What it publishes changes rows while they are compared.
    kill(m_server);
    startServer({str("--no-courier")});
    for (const Station &station : m_stations)
        compare(station);
    kill(m_server);
    m_workspace->publish();
    if (!QTest::currentTestFailed())
        checkDeeds();
    qInfo("%d cables pulled, %d lines disturbed, %d times killed", m_cuts, m_disturbances, m_kills);
}

void NetnsCutsTest::cleanupTestCase()
{
    for (Station &station : m_stations)
        kill(station.process);
    kill(m_server);
}

EARSHOT_TEST_PROGRAM(argc, argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == str("--work"))
        return workUntilKilled(arguments.mid(2));
    NetnsCutsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_netnscuts.moc"
