// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/intake.h"
#include "desk/localdesk.h"
#include "replica/replicafile.h"
#include "server/credentials.h"
#include "tests/replica/desktop.h"
#include "tests/replica/restlessdesktop.h"

#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

const QString address = str("https://10.77.0.1:8640");

/// A desktop in a network namespace of its own, and what it said.
struct Station
{
    const char *name;
    AgentId agent;
    QByteArray token = {};
    QString path = {};
    std::unique_ptr<QProcess> process = {};
    RestlessDeeds deeds = {};
};

} // namespace

/// A server and two desktops, each a real process in a network namespace of its own, whose cables are pulled and put
/// back, and which are ended by `kill -9`, at random: what was acknowledged is done exactly once, and both replicas are
/// what the server has, row by row.
class NetnsCutsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void everythingIsDoneOnce();

private:
    void makeWorkspace();
    void startServer();
    void startStation(Station &station);
    void hear(Station &station);
    void step();
    void comeBack();
    void settle();
    void compare(const Station &station);
    void checkDeeds(Workspace &workspace);
    /// In a namespace, to its end. @return what it said where it ended well
    [[nodiscard]] std::optional<QByteArray> run(const QStringList &command);
    void setCable(const QString &name, bool isPlugged);
    static void kill(std::unique_ptr<QProcess> &process);
    [[nodiscard]] QString file(const char *name) const { return m_folder.filePath(str(name)); }

    QTemporaryDir m_folder;
    SystemClock m_clock;
    QString m_certificates;
    QString m_account;
    std::unique_ptr<QProcess> m_server;
    std::array<Station, 2> m_stations{Station{"kim", AgentId(2)},
                                      Station{"bo", AgentId(3), {}, {}, {}, {1'000'000, {}, {}}}};
    QHash<QString, bool> m_cables{{str("server0"), true}, {str("kim0"), true}, {str("bo0"), true}};
    QRandomGenerator m_random;
    int m_cuts = 0;
    int m_kills = 0;
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

void NetnsCutsTest::makeWorkspace()
{
    const QString path = file("desk.earshot");
    QVERIFY(Workspace::create(path, str("Ana"), m_clock));
    const auto workspace = std::move(Workspace::open(path, Workspace::Access::owner, m_clock).value());
    LocalDesk desk(*workspace, AgentId(1));
    const auto act = [&](const ActionArguments &arguments) {
        return desk.perform({makeAction(arguments, m_clock.now())}).result().constFirst().created;
    };
    static_cast<void>(act(Act::AddAgent{str("Kim"), Role::agent}));
    static_cast<void>(act(Act::AddAgent{str("Bo"), Role::agent}));
    Act::AddChannel channel;
    channel.network = Network::mastodon;
    channel.address = str("@acme@social.example");
    const ChannelId id(act(channel));
    Intake intake(*workspace);
    Capabilities can;
    can.canReply = true;
    QVERIFY(intake.storeAccount(id, str("1"), channel.address, {}, {}, can).result());
    Page page;
    for (int i = 0; i < 6; ++i) {
        RemoteMessage message;
        message.uri = message.threadUri = message.remoteId = str("https://social.example/%1").arg(i);
        message.author.id = QString::number(i);
        message.sentAt = m_clock.now();
        message.text = str("Help!");
        page.messages.append(message);
    }
    QVERIFY(intake.storePage(id, page).result());
    m_account = firstColumn(*workspace, str("SELECT value FROM meta WHERE name = 'workspace'")).constFirst();
    for (Station &station : m_stations) {
        const NewToken token = makeToken();
        TokenRecord record;
        record.id = token.parts.id;
        record.hash = token.parts.hash;
        record.agent = station.agent;
        record.device = newUuid(m_clock.now()).toString(QUuid::WithoutBraces);
        record.name = str("a test's");
        const auto stored = workspace->write<bool>(Urgency::interactive, [record](Writing &writing) -> Result<bool> {
            storeToken(writing, record);
            return true;
        });
        QVERIFY(stored.result());
        station.token = token.text.reveal();
        QFile output(file(station.name) + str(".token"));
        QVERIFY(output.open(QIODevice::WriteOnly) && output.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
                output.write(station.token) > 0);
        station.path = file(station.name) + str(".earshot");
        QVERIFY(ReplicaFile::create(station.path, {address, m_account, station.agent}, m_clock));
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
    qputenv("XDG_DATA_HOME", m_folder.path().toUtf8());
    qputenv("XDG_RUNTIME_DIR", m_folder.path().toUtf8());
    const QString named = qEnvironmentVariable("EARSHOT_SEED");
    const quint32 seed = named.isEmpty() ? QRandomGenerator::global()->generate() : named.toUInt();
    m_random.seed(seed);
    qInfo("seed %u", seed);
    makeWorkspace();
}

void NetnsCutsTest::startServer()
{
    const QString keys = qEnvironmentVariable("EARSHOT_NETNS");
    m_server = std::make_unique<QProcess>();
    m_server->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_server->start(str("ip"),
                    {str("netns"), str("exec"), str("server"), str(EARSHOT_BINARY_DIR "/app/server/earshotd"),
                     file("desk.earshot"), str("--no-courier"), str("--key-file"), file("key"), str("--listen"),
                     str("10.77.0.1:8640"), str("--tls-certificate"), keys + str("/cert.pem"), str("--tls-key"),
                     keys + str("/key.pem")});
}

void NetnsCutsTest::startStation(Station &station)
{
    station.process = std::make_unique<QProcess>();
    station.process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    connect(station.process.get(), &QProcess::readyReadStandardOutput, this, [this, &station] { hear(station); });
    station.process->start(str("ip"),
                           {str("netns"), str("exec"), str(station.name), QCoreApplication::applicationFilePath(),
                            str("--work"), station.path, QString::fromLatin1(station.token),
                            QString::number(station.deeds.last + 1), m_certificates, str("150")});
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
    switch (m_random.bounded(6)) {
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

/// All plugged in, and the server begun anew: the desktops that run find their way back by themselves, send what waits
/// and take what they missed.
void NetnsCutsTest::comeBack()
{
    const QStringList cables = m_cables.keys();
    for (const QString &cable : cables)
        setCable(cable, true);
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
        QVERIFY(run({str("ip"), str("netns"), str("exec"), str(station.name), QCoreApplication::applicationFilePath(),
                     str("--work"), station.path, QString::fromLatin1(station.token), str("0"), m_certificates}));
    }
}

void NetnsCutsTest::compare(const Station &station)
{
    const QStringList inside{str("ip"),
                             str("netns"),
                             str("exec"),
                             str(station.name),
                             str(EARSHOT_BINARY_DIR "/app/cli/earshotctl"),
                             str("--token-file"),
                             file(station.name) + str(".token"),
                             str("--ca-file"),
                             m_certificates,
                             str("workspace")};
    QVERIFY(run(inside + QStringList{str("replicate"), station.path}));
    const auto told = run(inside + QStringList{str("compare"), station.path});
    QVERIFY2(told && told->contains("rows are as the server has them"), told.value_or("differs").constData());
    qInfo("%s: %d asked for, %d acknowledged; %s", station.name, station.deeds.last % 1'000'000,
          int(station.deeds.acknowledged.size()), told->trimmed().constData());
}

void NetnsCutsTest::checkDeeds(Workspace &workspace)
{
    for (const Station &station : m_stations)
        QCOMPARE(station.deeds.troubleIn(workspace, station.agent == AgentId(3) ? 1'000'001 : 1), QString());
}

void NetnsCutsTest::everythingIsDoneOnce()
{
    startServer();
    for (Station &station : m_stations) {
        startStation(station);
        QTRY_VERIFY(station.deeds.acknowledged.size() > 5);
    }
    // A line that was cut at both ends is given up after two beats of 15 s: time for a few of them.
    const int seconds = std::max(20, qEnvironmentVariableIntValue("EARSHOT_NETNS_SECONDS"));
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < seconds * 1000)
        step();
    comeBack();
    settle();
    for (const Station &station : m_stations)
        compare(station);
    kill(m_server);
    const auto workspace =
        std::move(Workspace::open(file("desk.earshot"), Workspace::Access::readOnly, m_clock).value());
    checkDeeds(*workspace);
    for (const Station &station : m_stations)
        QVERIFY(station.deeds.acknowledged.size() > 5);
    qInfo("%d cables pulled, %d times killed", m_cuts, m_kills);
    QVERIFY(m_cuts > 0 && m_kills > 0);
}

void NetnsCutsTest::cleanupTestCase()
{
    for (Station &station : m_stations)
        kill(station.process);
    kill(m_server);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == str("--work"))
        return workUntilKilled(arguments.mid(2));
    NetnsCutsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_netnscuts.moc"
