// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/networks/testcertificate.h"
#include "tests/server/sentactions.h"
#include "tests/server/serverworld.h"
#include "workspace/upkeep.h"

#include <QDir>
#include <QProcess>
#include <QRandomGenerator>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QSslSocket>
#include <QStandardPaths>
#include <QTest>

#include <arpa/inet.h>
#include <csignal>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

const QString program = str(EARSHOT_BINARY_DIR "/app/server/earshotd");

} // namespace

/// The program itself: starting, ending, being killed.
class ProgramTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void wrongUseIsTold_data();
    void wrongUseIsTold();
    void settingsComeFromFileAndEnvironment();
    void termFinishesAndEnds();
    void secondOwnerIsRefused();
    void tlsIsSpokenAndReadAgain();
    void copiedWorkspaceIsTold();
    void peopleAreAddedBesideTheServer();
    void tenThousandHalfOpenSocketsAreBorne();
    void serviceUnitIsSound();
    void fullDiskIsToldAndOvercome();
    void killedUnderLoadLosesNothing();
    void killedAtAnyTimeAnswersRepeatsAlike();

private:
    /// earshotctl on the same workspace. @return its JSON document
    [[nodiscard]] QJsonDocument control(const QStringList &arguments, const QByteArray &input = {});
    /// Starts it and waits until it listens.
    [[nodiscard]] bool start(const QStringList &arguments = {});
    [[nodiscard]] int run(const QStringList &arguments);
    [[nodiscard]] QString file(const char *name) const { return m_folder->filePath(str(name)); }
    void write(const char *name, const QByteArray &content) const;
    /// Beside what init() makes: five agents with four devices each, and five conversations. @return the devices'
    /// tokens
    [[nodiscard]] QList<QByteArray> makeTeam() const;
    [[nodiscard]] QString path() const { return m_path; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QProcess> m_process;
    QString m_path;
    SystemClock m_clock;
    QByteArray m_token;
    QString m_account;
    quint16 m_port = 0;
};

void ProgramTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    // What a machine remembers of its workspaces: of this test alone.
    qputenv("XDG_DATA_HOME", m_folder->path().toUtf8());
    qputenv("XDG_RUNTIME_DIR", m_folder->path().toUtf8());
    m_path = file("desk.earshot");
    QVERIFY(Workspace::create(path(), str("Ana"), m_clock));
    const auto workspace = std::move(Workspace::open(path(), Workspace::Access::owner, m_clock).value());
    LocalDesk desk(*workspace, AgentId(1));
    Act::AddChannel channel;
    channel.network = Network::mastodon;
    channel.address = str("@acme@social.example");
    const ChannelId id(desk.perform({makeAction(channel, m_clock.now())}).result().constFirst().created);
    RemoteMessage message;
    message.uri = message.threadUri = str("https://social.example/1");
    message.author.id = str("1");
    message.sentAt = m_clock.now();
    message.text = str("Help!");
    Page page;
    page.messages = {message};
    QVERIFY(Intake(*workspace).storePage(id, page).result());
    const NewToken token = makeToken();
    TokenRecord record{token.parts.id,
                       AgentId(1),
                       str("0192f0c1-0000-7000-8000-000000000001"),
                       str("test"),
                       token.parts.hash,
                       {},
                       {},
                       {},
                       {},
                       {},
                       false};
    QVERIFY(workspace
                ->write<bool>(Urgency::interactive,
                              [record](Writing &writing) -> Result<bool> {
                                  storeToken(writing, record);
                                  return true;
                              })
                .result());
    m_token = token.text.reveal();
    m_account = workspace
                    ->readNow<QString>([](Database &database) -> Result<QString> {
                        Statement find = database.statement("select_meta");
                        return find.bind("name", str("workspace")).next() ? find.text(0) : QString();
                    })
                    .value();
}

void ProgramTest::cleanup()
{
    if (m_process) {
        QSignalSpy finished(m_process.get(), &QProcess::finished);
        m_process->kill();
        QVERIFY(m_process->state() == QProcess::NotRunning || finished.wait(20'000));
    }
    m_process.reset();
    m_folder.reset();
}

void ProgramTest::write(const char *name, const QByteArray &content) const
{
    QFile output(file(name));
    QVERIFY(output.open(QIODevice::WriteOnly) && output.write(content) == content.size());
}

bool ProgramTest::start(const QStringList &arguments)
{
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QByteArray told;
    m_process->start(program, QStringList{path(), str("--no-courier"), str("--key-file"), file("key"), str("--listen"),
                                          str("127.0.0.1:0")} +
                                  arguments);
    QSignalSpy readable(m_process.get(), &QProcess::readyReadStandardOutput);
    while (!told.contains('\n') && m_process->state() != QProcess::NotRunning && readable.wait(20'000))
        told += m_process->readAllStandardOutput();
    m_port = quint16(told.trimmed().split(' ').constLast().toUInt());
    return m_port != 0;
}

int ProgramTest::run(const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    QSignalSpy finished(&process, &QProcess::finished);
    if (process.state() != QProcess::NotRunning && !finished.wait(20'000))
        return -1;
    return process.exitCode();
}

void ProgramTest::wrongUseIsTold_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, const QStringList &arguments, int code) {
        QTest::newRow(name) << arguments << code;
    };
    row("help", {str("--help")}, 0);
    row("version", {str("--version")}, 0);
    row("nothing", {}, 64);
    row("no such option", {str("PATH"), str("--nothing")}, 64);
    row("no value", {str("PATH"), str("--listen")}, 64);
    row("no address", {str("PATH"), str("--listen"), str("8640")}, 64);
    row("neither yes nor no", {str("PATH"), str("--behind-proxy=perhaps")}, 64);
    row("no port", {str("PATH"), str("--listen"), str("127.0.0.1:99999")}, 64);
    row("certificate without key", {str("PATH"), str("--tls-certificate"), str("a.pem")}, 64);
    row("no such certificate", {str("PATH"), str("--tls-certificate"), str("a.pem"), str("--tls-key"), str("b.pem")},
        64);
    row("no such workspace", {str("/nowhere/desk.earshot")}, 66);
    row("beyond loopback without TLS", {str("PATH"), str("--listen"), str("0.0.0.0:0")}, 69);
    row("beyond loopback by IPv6", {str("PATH"), str("--listen"), str("[::]:0")}, 69);
}

void ProgramTest::wrongUseIsTold()
{
    QFETCH(QStringList, arguments);
    arguments.replaceInStrings(str("PATH"), path());
    if (arguments.contains(path()))
        arguments += {str("--no-courier"), str("--key-file"), file("key")};
    QTEST(run(arguments), "code");
}

void ProgramTest::settingsComeFromFileAndEnvironment()
{
    write("earshotd.conf", "# the desk\nworkspace = " + path().toUtf8() +
                               "\nlisten = 0.0.0.0:0\nno-courier = yes\nkey-file = " + file("key").toUtf8() + "\n");
    const QStringList arguments{str("--config"), file("earshotd.conf")};
    QCOMPARE(run(arguments), 69);
    qputenv("EARSHOTD_LISTEN", "nonsense");
    QCOMPARE(run(arguments), 64);
    QVERIFY(start(arguments));
    qunsetenv("EARSHOTD_LISTEN");
    write("bad.conf", "colour = red\n");
    QCOMPARE(run({str("--config"), file("bad.conf")}), 64);
}

/// packaging/earshotd.conf: each setting of the help, as it is understood.

void ProgramTest::termFinishesAndEnds()
{
    QVERIFY(start());
    WireClient client(m_port, m_token, m_account);
    QJsonArray actions;
    for (int i = 0; i < 200; ++i)
        actions.append(
            wireAction(str("addNote"), {{str("conversation"), str("1")}, {str("text"), str("note %1").arg(i)}}));
    QSignalSpy finished(m_process.get(), &QProcess::finished);
    const QByteArray body = requestBody(
        oneCall(str("Action/perform"), QJsonObject{{str("accountId"), m_account}, {str("actions"), actions}}));
    QCOMPARE(client.get("/healthz").status, 200);
    client.write("POST /jmap/api HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
                 m_token + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    // The request is with the server when another one that came later has been answered.
    WireClient other(m_port, m_token, m_account);
    QCOMPARE(other.get("/healthz").status, 200);
    ::kill(pid_t(m_process->processId()), SIGTERM);
    const WireReply reply = client.read();
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body.count("\"applied\""), 200);
    QVERIFY(finished.size() == 1 || finished.wait(20'000));
    QCOMPARE(m_process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_process->exitCode(), 0);
}

void ProgramTest::secondOwnerIsRefused()
{
    QVERIFY(start());
    QCOMPARE(run({path(), str("--no-courier"), str("--listen"), str("127.0.0.1:0"), str("--key-file"), file("key")}),
             66);
}

void ProgramTest::tlsIsSpokenAndReadAgain()
{
    write("cert.pem", testCertificate);
    write("key.pem", testKey);
    QVERIFY(start({str("--tls-certificate"), file("cert.pem"), str("--tls-key"), file("key.pem")}));
    const auto ask = [this] {
        QSslSocket socket;
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        QSignalSpy readable(&socket, &QSslSocket::readyRead);
        socket.connectToHostEncrypted(str("127.0.0.1"), m_port);
        socket.write("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        return readable.wait(10'000) ? socket.readAll() : QByteArray();
    };
    QVERIFY(ask().startsWith("HTTP/1.1 200"));
    QTcpSocket plain;
    plain.connectToHost(str("127.0.0.1"), m_port);
    QSignalSpy ended(&plain, &QTcpSocket::disconnected);
    plain.write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    QVERIFY(ended.wait(10'000));
    QVERIFY(!plain.readAll().contains("200"));
    // A broken file changes nothing, and ends nothing.
    write("cert.pem", "nonsense");
    ::kill(pid_t(m_process->processId()), SIGHUP);
    QVERIFY(ask().startsWith("HTTP/1.1 200"));
    QCOMPARE(m_process->state(), QProcess::Running);
    // A renewed one is shown to who comes from then on; who is there already goes on.
    const auto shown = [this] {
        QSslSocket socket;
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        QSignalSpy encrypted(&socket, &QSslSocket::encrypted);
        socket.connectToHostEncrypted(str("127.0.0.1"), m_port);
        return encrypted.wait(10'000) ? socket.peerCertificate() : QSslCertificate();
    };
    const QSslCertificate old = QSslCertificate(QByteArray(testCertificate).trimmed());
    const QSslCertificate renewed = QSslCertificate(QByteArray(certificateOfAnotherHost).trimmed());
    QVERIFY(!old.isNull() && !renewed.isNull() && old != renewed);
    QCOMPARE(shown(), old);
    QSslSocket before;
    before.setPeerVerifyMode(QSslSocket::VerifyNone);
    QSignalSpy encrypted(&before, &QSslSocket::encrypted);
    before.connectToHostEncrypted(str("127.0.0.1"), m_port);
    QVERIFY(encrypted.wait(10'000));
    write("cert.pem", certificateOfAnotherHost);
    ::kill(pid_t(m_process->processId()), SIGHUP);
    QTRY_COMPARE(shown(), renewed);
    QSignalSpy readable(&before, &QSslSocket::readyRead);
    before.write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    QVERIFY(readable.wait(10'000));
    QVERIFY(before.readAll().startsWith("HTTP/1.1 200"));
    QCOMPARE(before.peerCertificate(), old);
}

QJsonDocument ProgramTest::control(const QStringList &arguments, const QByteArray &input)
{
    // A service has no runtime folder, or another one than a session of its user.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(str("XDG_RUNTIME_DIR"));
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(str(EARSHOT_BINARY_DIR "/app/cli/earshotctl"),
                  QStringList{str("--workspace"), path(), str("--key-file"), file("ctl.key"), str("--json")} +
                      arguments);
    process.write(input);
    process.closeWriteChannel();
    QSignalSpy finished(&process, &QProcess::finished);
    if (process.state() != QProcess::NotRunning && !finished.wait(20'000))
        return {};
    if (process.exitCode() != 0)
        qInfo("%s", process.readAllStandardError().constData());
    return process.exitCode() == 0 ? QJsonDocument::fromJson(process.readAllStandardOutput()) : QJsonDocument();
}

/// On a machine, or for a user, that does not know the workspace nothing is pulled: the administrator hears of it.
void ProgramTest::copiedWorkspaceIsTold()
{
    const auto told = [this](const char *data, const QStringList &more) {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(str("XDG_DATA_HOME"), file(data));
        process.setProcessEnvironment(environment);
        process.start(program,
                      QStringList{path(), str("--key-file"), file("key"), str("--listen"), str("127.0.0.1:0")} + more);
        QSignalSpy readable(&process, &QProcess::readyReadStandardOutput);
        if (process.bytesAvailable() == 0)
            readable.wait(20'000);
        process.terminate();
        QSignalSpy finished(&process, &QProcess::finished);
        if (process.state() != QProcess::NotRunning)
            finished.wait(20'000);
        return process.readAllStandardError();
    };
    QVERIFY(told("other", {}).contains("workspace adopt"));
    QVERIFY(!told("other", {str("--no-courier")}).contains("adopt"));
}

void ProgramTest::peopleAreAddedBesideTheServer()
{
    if (!QFile::exists(str(EARSHOT_BINARY_DIR "/app/cli/earshotctl")))
        QSKIP("earshotctl was not built here");
    QVERIFY(start());
    QVERIFY(!control({str("agent"), str("add"), str("Kim")}).isNull());
    QVERIFY(!control({str("agent"), str("password"), str("Kim"), str("--password-file"), str("-")}, "right horse\n")
                 .isNull());
    WireClient stranger(m_port, {}, m_account);
    const QByteArray body = R"({"name":"Kim","password":"right horse","device":"laptop"})";
    const WireReply in = stranger.send("POST", "/auth/login", body);
    QCOMPARE(in.status, 200);
    const QJsonObject made = control({str("agent"), str("token"), str("Kim"), str("--device"), str("script")}).object();
    WireClient script(m_port, made.value(str("token")).toString().toLatin1(), m_account);
    QCOMPARE(script.get("/.well-known/jmap").json().value(str("username")).toString(), str("Kim"));
    QCOMPARE(control({str("agent"), str("tokens"), str("Kim")}).array().size(), 2);
    QVERIFY(!control({str("agent"), str("revoke"), str("Kim"), made.value(str("id")).toString()}).isNull());
    QTRY_COMPARE(script.post({}).status, 401);
    WireClient laptop(m_port, in.json().value(str("token")).toString().toLatin1(), m_account);
    QCOMPARE(laptop.post({}).status, 200);
    QVERIFY(!control({str("agent"), str("role"), str("Kim"), str("viewer")}).isNull());
    const QJsonArray outcomes = laptop.perform({wireAction(str("claim"), {{str("conversation"), str("1")}})});
    QCOMPARE(outcomes[0][str("refusal")][str("kind")].toString(), str("permission"));
    QVERIFY(!control({str("agent"), str("disable"), str("Kim")}).isNull());
    QTRY_COMPARE(laptop.post({}).status, 401);
    QStringList kinds;
    for (const QJsonValue &line : control({str("agent"), str("log")}).array())
        kinds.prepend(line[str("kind")].toString());
    QCOMPARE(kinds.mid(0, 4), QStringList({str("passwordSet"), str("logIn"), str("tokenMade"), str("tokenRevoked")}));
    QVERIFY(control({str("--agent"), str("Kim"), str("agent"), str("token"), str("Kim")}).isNull());
}

/// Every action that was answered is there once; every one that was not is there once after it was sent again.
/// packaging/earshotd.service, with the program where it was built.
void ProgramTest::serviceUnitIsSound()
{
    const QString analyze = QStandardPaths::findExecutable(str("systemd-analyze"));
    if (analyze.isEmpty())
        QSKIP("systemd-analyze is not installed");
    QFile unit(str(EARSHOT_SOURCE_DIR "/packaging/earshotd.service"));
    QVERIFY(unit.open(QIODevice::ReadOnly));
    QByteArray text = unit.readAll();
    QVERIFY(text.contains("ExecStart=/usr/bin/earshotd "));
    text.replace("ExecStart=/usr/bin/earshotd ",
                 QByteArray("ExecStart=" + QFileInfo(program).canonicalFilePath().toUtf8() + ' '));
    write("earshotd.service", text);
    const auto run = [&](const QStringList &arguments) {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(analyze, arguments + QStringList{file("earshotd.service")});
        QSignalSpy finished(&process, &QProcess::finished);
        if (process.state() != QProcess::NotRunning)
            finished.wait(30'000);
        return std::pair(process.exitCode(), process.readAll());
    };
    const auto [code, told] = run({str("verify")});
    QVERIFY2(code == 0 && told.isEmpty(), told.constData());
    // Its measure of what a service might do to the machine, in tenths: at most 1.5 of 10.
    const auto [exposed, table] = run({str("security"), str("--offline=true"), str("--threshold=15")});
    QVERIFY2(exposed == 0, table.constData());
}

/// Each has sent half a head and then nothing more.
void ProgramTest::tenThousandHalfOpenSocketsAreBorne()
{
    constexpr int count = 10'000;
    rlimit limit{};
    QVERIFY(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
    if (limit.rlim_max < count + 500)
        QSKIP("This system does not allow so many descriptors");
    const rlim_t before = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
    QVERIFY(::setrlimit(RLIMIT_NOFILE, &limit) == 0);
    QVERIFY(start());
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(m_port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    std::vector<int> sockets;
    const auto closeAll = qScopeGuard([&sockets] {
        for (const int socket : sockets)
            ::close(socket);
    });
    const QByteArray half = "POST /jmap/api HTTP/1.1\r\nHost: a\r\nX-Slow";
    for (int i = 0; i < count; ++i) {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        QVERIFY(socket >= 0);
        sockets.push_back(socket);
        QVERIFY(::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0);
        QCOMPARE(::send(socket, half.constData(), size_t(half.size()), MSG_NOSIGNAL), half.size());
    }
    // Who speaks properly is served meanwhile.
    WireClient client(m_port, m_token, m_account);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(client.get("/.well-known/jmap").status, 200);
    // The half ones are told, and ended, after their ten seconds.
    char first = 0;
    QTRY_COMPARE_WITH_TIMEOUT(::recv(sockets.back(), &first, 1, MSG_DONTWAIT | MSG_PEEK), 1, 30'000);
    QCOMPARE(first, 'H');
    QCOMPARE(client.get("/healthz").status, 200);
    limit.rlim_cur = before;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

/// A file system of its own, that is really full, and really read-only.
void ProgramTest::fullDiskIsToldAndOvercome()
{
    const QString disk = file("disk");
    QVERIFY(QDir().mkpath(disk));
    const auto mount = [](const QStringList &arguments) { return QProcess::execute(str("mount"), arguments) == 0; };
    if (::geteuid() != 0 || !mount({str("-t"), str("tmpfs"), str("-o"), str("size=16m"), str("tmpfs"), disk}))
        QSKIP("Only who may mount a file system can try this");
    const auto unmount = qScopeGuard([this, &disk] {
        if (m_process) {
            m_process->kill();
            m_process->waitForFinished();
        }
        QProcess::execute(str("umount"), {str("-l"), disk});
    });
    const QString there = disk + str("/desk.earshot");
    QVERIFY(backupWorkspace(path(), there));
    m_path = there;
    QVERIFY(start());
    auto connected = std::make_unique<WireClient>(m_port, m_token, m_account);
    int number = 0;
    const auto note = [&](int which) {
        const QString text = str("note %1").arg(which).leftJustified(2000, u'.');
        return connected
            ->perform({wireAction(str("addNote"), {{str("conversation"), str("1")}, {str("text"), text}}, which)})[0]
            .toObject();
    };
    const auto isApplied = [](const QJsonObject &outcome) { return outcome.value(str("outcome")) == str("applied"); };
    QVERIFY(isApplied(note(++number)));
    QFile rest(disk + str("/rest"));
    QVERIFY(rest.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    while (rest.write(QByteArray(4096, 'x')) == 4096) {
    }
    QJsonObject outcome;
    while (isApplied(outcome = note(++number)))
        QVERIFY(number < 5000);
    QCOMPARE(outcome.value(str("refusal"))[str("kind")].toString(), str("tryAgain"));
    QVERIFY2(outcome.value(str("refusal"))[str("detail")].toString().contains(str("diskFull")),
             QJsonDocument(outcome).toJson().constData());
    // Reading goes on, and who looks after the server is told that it lives.
    QCOMPARE(connected->call(str("Conversation/get")).value(str("list")).toArray().size(), 1);
    QCOMPARE(connected->get("/healthz").status, 200);
    QVERIFY(rest.remove());
    QVERIFY(isApplied(note(number)));
    QVERIFY(isApplied(note(++number)));
    QSignalSpy finished(m_process.get(), &QProcess::finished);
    m_process->terminate();
    QVERIFY(m_process->state() == QProcess::NotRunning || finished.wait(30'000));
    QCOMPARE(m_process->exitCode(), 0);
    // Read-only from the start: it does not pretend to serve.
    QVERIFY(mount({str("-o"), str("remount,ro"), disk}));
    QCOMPARE(run({there, str("--no-courier"), str("--listen"), str("127.0.0.1:0"), str("--key-file"), file("key")}),
             66);
    QVERIFY(mount({str("-o"), str("remount,rw"), disk}));
    QVERIFY(start());
    connected = std::make_unique<WireClient>(m_port, m_token, m_account);
    outcome = note(++number);
    QVERIFY2(isApplied(outcome), QJsonDocument(outcome).toJson().constData());
    const QJsonObject found =
        connected->call(str("Message/query"),
                        {{str("filter"), QJsonObject{{str("kind"), str("note")}}}, {str("calculateTotal"), true}});
    QCOMPARE(found.value(str("total")).toInt(), number);
    m_process->kill();
    QSignalSpy killed(m_process.get(), &QProcess::finished);
    QVERIFY(m_process->state() == QProcess::NotRunning || killed.wait(20'000));
    const auto report = verifyWorkspace(there);
    QVERIFY(report);
    QVERIFY2(report->isSound(), qPrintable(report->problems.join(u'\n')));
}

void ProgramTest::killedUnderLoadLosesNothing()
{
    constexpr int rounds = 5;
    constexpr int perRequest = 4;
    constexpr int perRound = 40;
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    QList<QJsonObject> waiting; ///< in the order of their numbers
    qint64 number = 0;
    for (int round = 0; round <= rounds; ++round) {
        QVERIFY(start());
        WireClient client(m_port, m_token, m_account);
        const bool isLast = round == rounds;
        while (!isLast && waiting.size() < perRound * perRequest) {
            ++number;
            waiting.append(wireAction(
                str("addNote"), {{str("conversation"), str("1")}, {str("text"), str("note %1").arg(number)}}, number));
        }
        const qsizetype killAfter = isLast ? -1 : random.bounded(perRound);
        QByteArray bytes;
        for (qsizetype i = 0; i < waiting.size(); i += perRequest) {
            QJsonArray actions;
            for (const QJsonObject &action : waiting.mid(i, perRequest))
                actions.append(action);
            const QByteArray body = requestBody(
                oneCall(str("Action/perform"), QJsonObject{{str("accountId"), m_account}, {str("actions"), actions}}));
            bytes += "POST /jmap/api HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
                     m_token + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
        }
        client.write(bytes);
        qsizetype answered = 0;
        while (answered < waiting.size()) {
            if (answered / perRequest == killAfter)
                m_process->kill();
            const WireReply reply = client.read();
            if (reply.status == 0)
                break;
            const QJsonArray outcomes =
                reply.json().value(str("methodResponses"))[0][1].toObject().value(str("outcomes")).toArray();
            QCOMPARE(outcomes.size(), std::min<qsizetype>(perRequest, waiting.size() - answered));
            for (const QJsonValue &outcome : outcomes)
                QCOMPARE(outcome[str("outcome")].toString(), str("applied"));
            answered += outcomes.size();
        }
        waiting.remove(0, answered);
        if (isLast)
            QVERIFY(waiting.isEmpty());
        QSignalSpy finished(m_process.get(), &QProcess::finished);
        m_process->kill();
        QVERIFY(m_process->state() == QProcess::NotRunning || finished.wait(20'000));
    }
    const auto workspace = std::move(Workspace::open(path(), Workspace::Access::owner, m_clock).value());
    const auto texts = workspace->readNow<QStringList>([](Database &database) {
        QStringList all;
        Statement rows = database.statement("changes_message");
        rows.bind("since", 0).bind("limit", 100'000);
        while (rows.next())
            all.append(rows.text(19));
        return database.result(all);
    });
    QStringList notes = texts->filter(str("note "));
    QCOMPARE(notes.size(), number);
    notes.removeDuplicates();
    QCOMPARE(notes.size(), number);
    const auto report = verifyWorkspace(path());
    QVERIFY(report);
    QVERIFY2(report->isSound(), qPrintable(report->problems.join(u'\n')));
}

QList<QByteArray> ProgramTest::makeTeam() const
{
    QList<QByteArray> tokens;
    const auto workspace = std::move(Workspace::open(path(), Workspace::Access::owner, m_clock).value());
    LocalDesk desk(*workspace, AgentId(1));
    Page page;
    for (int i = 2; i <= 5; ++i) {
        RemoteMessage message;
        message.uri = message.threadUri = str("https://social.example/%1").arg(i);
        message.author.id = QString::number(i);
        message.sentAt = m_clock.now();
        message.text = str("Help!");
        page.messages.append(message);
    }
    Intake intake(*workspace);
    Capabilities can;
    can.canReply = can.canLike = true;
    if (!intake.storePage(ChannelId(1), page).result() ||
        !intake.storeAccount(ChannelId(1), str("1"), str("@acme@social.example"), {}, {}, can).result())
        return {};
    // One that nobody removes.
    Act::SaveView view;
    view.content.name = str("First");
    desk.perform({makeAction(view, m_clock.now())}).waitForFinished();
    // Replies of which some have failed, and of some nobody knows.
    Act::SendReply reply;
    reply.conversation = ConversationId(1);
    reply.text = str("sent before");
    for (int i = 0; i < 20; ++i)
        desk.perform({makeAction(reply, m_clock.now())}).waitForFinished();
    QList<TokenRecord> records;
    for (int i = 0; i < 20; ++i) {
        if (i % 4 == 0)
            desk.perform({makeAction(Act::AddAgent{str("Agent %1").arg(i), i == 0 ? Role::admin : Role::agent},
                                     m_clock.now())})
                .waitForFinished();
        const NewToken token = makeToken();
        const QString device = newUuid(m_clock.now()).toString(QUuid::WithoutBraces);
        records.append(
            {token.parts.id, AgentId(2 + i / 4), device, str("test"), token.parts.hash, {}, {}, {}, {}, {}, false});
        tokens.append(token.text.reveal());
    }
    const auto stored = workspace->write<bool>(Urgency::interactive, [records](Writing &writing) -> Result<bool> {
        for (const TokenRecord &record : records)
            storeToken(writing, record);
        writing.database().execute(str("UPDATE delivery SET state = CASE WHEN id <= 10 THEN %1 ELSE %2 END")
                                       .arg(int(DeliveryState::failed))
                                       .arg(int(DeliveryState::unsure)));
        return true;
    });
    return stored.result() ? tokens : QList<QByteArray>();
}

/// Twenty devices want the same conversations; the server is killed at random times. Afterwards each repeats everything
/// that it ever sent: what was answered once is answered alike, applied or refused; the rest is done once.
void ProgramTest::killedAtAnyTimeAnswersRepeatsAlike()
{
    constexpr int rounds = 5;
    constexpr int perRound = 12;
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    QList<SentActions> devices;
    // The first agent's four are an admin's.
    for (const QByteArray &token : makeTeam())
        devices.append(SentActions(token, devices.size() < 4));
    QCOMPARE(devices.size(), 20);
    int repeated = 0;
    int unanswered = 0;
    for (int round = 0; round <= rounds; ++round) {
        QVERIFY(start());
        const bool isLast = round == rounds;
        std::vector<std::unique_ptr<WireClient>> clients;
        for (SentActions &device : devices) {
            for (int i = 0; i < perRound && !isLast; ++i)
                device.add(random);
            clients.push_back(std::make_unique<WireClient>(m_port, device.token(), m_account));
            clients.back()->write(device.requests(m_account));
        }
        QTimer killing;
        killing.setSingleShot(true);
        connect(&killing, &QTimer::timeout, m_process.get(), &QProcess::kill);
        if (!isLast)
            killing.start(random.bounded(1, 40 + 60 * round));
        for (qsizetype i = 0; i < devices.size(); ++i) {
            SentActions &device = devices[i];
            for (qsizetype answered = 0; answered < device.actions().size();) {
                const WireReply reply = clients[size_t(i)]->read();
                if (reply.status == 0)
                    break;
                QCOMPARE(reply.status, 200);
                for (const QJsonValue &outcome :
                     reply.json().value(str("methodResponses"))[0][1].toObject().value(str("outcomes")).toArray()) {
                    if (answered == device.outcomes.size())
                        device.outcomes.append(outcome.toObject());
                    else
                        ++repeated;
                    QCOMPARE(outcome.toObject(), device.outcomes[answered]);
                    ++answered;
                }
            }
            unanswered += int(device.actions().size() - device.outcomes.size());
            if (isLast)
                QCOMPARE(device.outcomes.size(), device.actions().size());
        }
        QSignalSpy finished(m_process.get(), &QProcess::finished);
        m_process->kill();
        QVERIFY(m_process->state() == QProcess::NotRunning || finished.wait(20'000));
    }
    int applied = 0;
    QHash<QString, int> refusals;
    QSet<QString> kinds;
    for (const SentActions &device : std::as_const(devices)) {
        for (qsizetype i = 0; i < device.actions().size(); ++i) {
            const QJsonObject &outcome = device.outcomes[i];
            const bool isApplied = outcome.value(str("outcome")) == str("applied");
            applied += isApplied ? 1 : 0;
            if (!isApplied)
                ++refusals[outcome.value(str("refusal"))[str("kind")].toString()];
            else if (outcome.value(str("hadEffect")).toBool())
                kinds.insert(device.actions()[i].value(str("kind")).toString());
        }
    }
    qInfo("%d applied, %d repeated, %d unanswered when it was killed", applied, repeated, unanswered);
    QVERIFY(applied > 300 && repeated > 20);
    QVERIFY(refusals.value(str("taken")) > 5 && refusals.value(str("changed")) > 5);
    QVERIFY(!refusals.contains(str("outOfOrder")) && !refusals.contains(str("deviceReset")));
    // Every kind there is.
    QStringList never = everyKindOfAction();
    never.removeIf([&kinds](const QString &kind) { return kinds.contains(kind); });
    QVERIFY2(never.isEmpty(), qPrintable(never.join(u' ')));
    const auto workspace = std::move(Workspace::open(path(), Workspace::Access::owner, m_clock).value());
    const QStringList problems = journalProblems(*workspace, devices);
    QVERIFY2(problems.isEmpty(), qPrintable(problems.mid(0, 20).join(u'\n')));
    const auto report = verifyWorkspace(path());
    QVERIFY(report);
    QVERIFY2(report->isSound(), qPrintable(report->problems.join(u'\n')));
}

QTEST_GUILESS_MAIN(ProgramTest)
#include "tst_program.moc"
