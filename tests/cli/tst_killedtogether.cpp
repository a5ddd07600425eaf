// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakemastodon.h"
#include "replica/replicafile.h"
#include "tests/cli/controlprogram.h"
#include "tests/cli/networkserver.h"
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
    void publish();
    void letTimePass();
    void answer(const QJsonObject &delivery);
    void checkDeeds();
    [[nodiscard]] QHash<int, int> published() const;
    [[nodiscard]] ControlAnswer run(const QStringList &words) const { return m_program->run(words); }
    /// By who owns the file: no server runs.
    [[nodiscard]] ControlAnswer runHere(const QStringList &words) const
    {
        return run(
            QStringList{str("--workspace"), desk(), str("--json"), str("--key-file"), m_program->file(str("key"))} +
            words);
    }
    [[nodiscard]] QString desk() const { return m_program->file(str("desk.earshot")); }

    SystemClock m_clock;
    std::unique_ptr<ControlProgram> m_program;
    std::unique_ptr<NetworkServer> m_networkServer;
    std::shared_ptr<FakeMastodon> m_network;
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
    m_program = std::make_unique<ControlProgram>(str(EARSHOT_BINARY_DIR "/app/cli/earshotctl"));
    m_networkServer = std::make_unique<NetworkServer>();
    m_network = std::make_shared<FakeMastodon>(m_networkServer->host(), FakeMastodon::Dialect::goToSocial);
    m_network->setTime(m_clock.now());
    m_network->addPerson(str("acme"));
    m_networkServer->serve(m_network);
    for (int i = 0; i < 6; ++i) {
        m_network->addPerson(str("person%1").arg(i));
        m_network->post(str("person%1").arg(i), str("@acme question number %1.").arg(i));
    }
    m_program->writeFile(str("acme"), FakeMastodon::tokenOf(str("acme")));
    const QList<QStringList> lines{{str("workspace"), str("create"), str("--admin"), str("Ana")},
                                   {str("agent"), str("add"), str("Kim")},
                                   {str("agent"), str("add"), str("Bo")},
                                   {str("workspace"), str("set"), str("undoSeconds"), str("0")},
                                   {str("channel"), str("add"), str("@acme@") + m_networkServer->host(),
                                    str("--network"), str("mastodon"), str("--token-file"),
                                    m_program->file(str("acme")), str("--work-since"), str("2020-01-01")},
                                   {str("pull")}};
    for (const QStringList &line : lines) {
        const ControlAnswer answer = runHere(line);
        QVERIFY2(answer.exitCode == 0, QByteArray(line.join(u' ').toUtf8() + ": " + answer.err).constData());
    }
    m_stations.clear();
    m_stations.push_back({str("Kim"), AgentId(2), 1});
    m_stations.push_back({str("Bo"), AgentId(3), 1'000'001});
    for (Station &station : m_stations) {
        const ControlAnswer made = runHere({str("agent"), str("token"), station.name});
        station.token = made.object().value(str("token")).toString().toLatin1();
        QVERIFY2(!station.token.isEmpty(), made.err.constData());
        m_program->writeFile(station.name + str(".token"), station.token);
    }
    startServer();
}

void KilledTogetherTest::startServer(const QStringList &options)
{
    m_server = m_program->start(str(EARSHOT_BINARY_DIR "/app/server/earshotd"),
                                QStringList{desk(), str("--key-file"), m_program->file(str("key")), str("--listen"),
                                            str("127.0.0.1:%1").arg(m_port)} +
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
    station.path = m_program->file(station.name + str(".earshot"));
    const QString account = [this] {
        const auto workspace = std::move(Workspace::open(desk(), Workspace::Access::readOnly, m_clock).value());
        return firstColumn(*workspace, str("SELECT value FROM meta WHERE name = 'workspace'")).constFirst();
    }();
    const QString server = str("http://127.0.0.1:%1").arg(station.line->serverPort());
    QVERIFY(ReplicaFile::create(station.path, {server, account, station.agent}, m_clock));
    station.deeds.last = station.first - 1;
}

void KilledTogetherTest::startStation(Station &station)
{
    station.process =
        m_program->start(QCoreApplication::applicationFilePath(),
                         {str("--work"), station.path, QString::fromLatin1(station.token),
                          QString::number(station.deeds.last + 1), QString(), str("250"), str("1"), str("drafts")});
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
    case 3: {
        m_network->setTime(m_clock.now());
        m_network->post(str("person%1").arg(m_random.bounded(6)), str("@acme one thing more"));
        break;
    }
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
    const QStringList login{str("--token-file"), m_program->file(station.name + str(".token")), str("workspace")};
    const ControlAnswer taken = run(login + QStringList{str("replicate"), station.path});
    QVERIFY2(taken.exitCode == 0, taken.err.constData());
    const ControlAnswer told = run(login + QStringList{str("compare"), station.path});
    QVERIFY2(told.exitCode == 0 && told.out.contains("rows are as the server has them"),
             QByteArray(told.out + told.err).constData());
}

/// Some minutes: an attempt that a killed process had begun may be judged.
void KilledTogetherTest::letTimePass()
{
    const auto database = std::move(Database::open(desk(), Database::Mode::readWrite).value());
    database->execute(str("UPDATE attempt SET started_at = started_at - 600000, deadline_at = deadline_at - 600000 "
                          "WHERE ended_at = 0"));
    QVERIFY(database->done());
}

/// A person looks at the network.
void KilledTogetherTest::answer(const QJsonObject &delivery)
{
    const QString id = QString::number(delivery.value(str("id")).toInteger());
    const int number = delivery.value(str("text")).toString().section(u' ', 1).toInt();
    const bool isThere = published().contains(number);
    const QString state = delivery.value(str("state")).toString();
    QStringList words{str("outbox"), isThere && state == str("unsure") ? str("settle") : str("retry"), id};
    if (words.at(1) == str("retry") && state == str("unsure"))
        words.append(str("--force"));
    const ControlAnswer answered = runHere(words);
    QVERIFY2(answered.exitCode == 0, answered.err.constData());
}

void KilledTogetherTest::publish()
{
    QJsonArray left;
    for (int round = 0; round < 6; ++round) {
        letTimePass();
        m_network->setTime(m_clock.now());
        static_cast<void>(runHere({str("deliver"), str("--now")}));
        left = runHere({str("outbox")}).array();
        if (left.isEmpty())
            return;
        for (const QJsonValue &one : std::as_const(left)) {
            const QString state = one[str("state")].toString();
            if (state == str("unsure") || state == str("failed"))
                answer(one.toObject());
        }
    }
    QVERIFY2(left.isEmpty(), QJsonDocument(left).toJson().constData());
}

/// How often each reply is there, by its number.
QHash<int, int> KilledTogetherTest::published() const
{
    static const QRegularExpression form(str("text (\\d+)"));
    QHash<int, int> times;
    for (const QString &id : m_network->postsOf(str("acme")))
        ++times[form.match(m_network->textOfPost(id)).captured(1).toInt()];
    return times;
}

void KilledTogetherTest::checkDeeds()
{
    const auto workspace = std::move(Workspace::open(desk(), Workspace::Access::readOnly, m_clock).value());
    for (const Station &station : m_stations) {
        QCOMPARE(station.deeds.troubleIn(*workspace, station.first), QString());
        const auto replica = std::move(Workspace::open(station.path, Workspace::Access::readOnly, m_clock).value());
        QCOMPARE(station.deeds.troubleWithDrafts(*workspace, *replica, station.agent), QString());
        QVERIFY(!station.deeds.acknowledged.isEmpty() && !station.deeds.drafts.isEmpty());
    }
    const QStringList replies =
        firstColumn(*workspace, str("SELECT text FROM message WHERE kind = 1 AND agent IS NOT NULL"));
    const QHash<int, int> times = published();
    QCOMPARE(times.size(), replies.size());
    for (const QString &text : replies)
        QVERIFY2(times.value(text.section(u' ', 1).toInt()) == 1, qPrintable(text));
    qInfo("%d replies, %d times killed", int(replies.size()), m_kills);
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
    publish();
    if (!QTest::currentTestFailed())
        checkDeeds();
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == str("--work"))
        return workUntilKilled(arguments.mid(2));
    KilledTogetherTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_killedtogether.moc"
