// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakemastodon.h"
#include "replica/replicasession.h"
#include "tests/cli/commandscript.h"
#include "tests/cli/networkserver.h"
#include "tests/server/wireclient.h"
#include "workspace/queries.h"

#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

const QByteArray picture = QByteArray::fromBase64("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

} // namespace

/// A desk with work under way goes to a server, and a server comes back from a backup while somebody works offline:
/// with real programs.
class BusyHandOverTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void whatWaitsIsDeliveredFirst();
    void whatIsForcedIsAskedAbout();
    void mediaGoAlong();
    void whoHasItOpenIsAskedToClose();
    void replicaComesThroughARestore();

private:
    [[nodiscard]] QByteArray run(const QList<ScriptRow> &rows) { return m_script->run(rows); }
    /// An answer with a picture, that waits for its undo window.
    [[nodiscard]] QByteArray answerMira();
    [[nodiscard]] QByteArray handOver(const char *options);
    [[nodiscard]] qsizetype posts() const { return m_social->postsOf(str("acme")).size(); }
    /// Starts earshotd, where it was before if it ran. @param options its own
    void startServer(const char *name, const QStringList &options = {});
    void stopServer();
    [[nodiscard]] QByteArray tokenOf(const char *file, const char *agent);

    SystemClock m_clock;
    std::unique_ptr<ControlProgram> m_program;
    std::unique_ptr<CommandScript> m_script;
    std::unique_ptr<NetworkServer> m_socialServer;
    std::shared_ptr<FakeMastodon> m_social;
    std::unique_ptr<QProcess> m_server;
    quint16 m_port = 0;
};

#define RUN(...)                                                                                                       \
    do {                                                                                                               \
        const QByteArray complaint = run(QList<ScriptRow> __VA_ARGS__);                                                \
        QVERIFY2(complaint.isEmpty(), complaint.constData());                                                          \
    } while (false)

void BusyHandOverTest::init()
{
    m_port = 0;
    m_program = std::make_unique<ControlProgram>(QStringLiteral(EARSHOT_BINARY_DIR "/app/cli/earshotctl"));
    m_script = std::make_unique<CommandScript>(*m_program);
    m_socialServer = std::make_unique<NetworkServer>();
    m_social = std::make_shared<FakeMastodon>(m_socialServer->host());
    m_social->setTime(m_clock.now());
    for (const char *name : {"Acme", "Mira"})
        m_social->addPerson(str(name).toLower(), str(name));
    m_socialServer->serve(m_social);
    m_social->post(str("mira"), str("@acme mine flickers"));
    m_program->writeFile(str("lamp.gif"), picture);
    for (const char *name : {"desk", "team", "desk.key", "server.key", "lamp.gif", "copy"})
        m_script->keep(str(name), m_program->file(str(name)));
    m_script->keep(str("social"), m_socialServer->host());
    RUN({{"--workspace {desk} workspace create --admin Ana", {{"admin", "Ana"}}},
         {"--workspace {desk} channel add @acme@{social} --network mastodon --token-file - --work-since 2020-01-01 "
          "--key-file {desk.key}",
          {{"id", "1"}},
          FakeMastodon::tokenOf(str("acme"))},
         {"--workspace {desk} pull --key-file {desk.key}", {{"0/messages", "1"}}},
         {"--workspace {desk} inbox", {{"0/number", "=mira"}}},
         {"workspace key --key-file {server.key}", {{"key", "=key"}}}});
}

void BusyHandOverTest::cleanup()
{
    stopServer();
    m_script.reset();
    m_program.reset();
}

QByteArray BusyHandOverTest::answerMira()
{
    return run({{"--workspace {desk} reply {mira} Look --attach {lamp.gif} --describe lamp",
                 {{"outcome", "applied"}, {"delivery", "=delivery"}}},
                {"--workspace {desk} outbox", {{"size", "1"}, {"0/state", "held"}}}});
}

QByteArray BusyHandOverTest::handOver(const char *options)
{
    const QByteArray line =
        QByteArray("--workspace {desk} workspace hand-over {team} --to {key} --key-file {desk.key} ") + options;
    return run({{line.constData(), {{"secrets", "1"}}},
                {"--workspace {team} workspace receive {team}.sealed --key-file {server.key}", {{"secrets", "1"}}}});
}

void BusyHandOverTest::startServer(const char *name, const QStringList &options)
{
    const QStringList arguments{m_program->file(str(name)), str("--key-file"), m_program->file(str("server.key")),
                                str("--listen"), str("127.0.0.1:%1").arg(m_port)};
    m_server = m_program->start(QStringLiteral(EARSHOT_BINARY_DIR "/app/server/earshotd"), arguments + options);
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += m_server->readAllStandardOutput()).contains("port "), 20'000);
    static const QRegularExpression form(str("port (\\d+)"));
    m_port = quint16(form.match(QString::fromUtf8(said)).captured(1).toInt());
    QVERIFY(m_port > 0);
    m_script->keep(
        str("server"),
        str("--server http://127.0.0.1:%1 --token-file %2").arg(m_port).arg(m_program->file(str("Ana.token"))));
}

void BusyHandOverTest::stopServer()
{
    if (!m_server)
        return;
    QSignalSpy finished(m_server.get(), &QProcess::finished);
    m_server->terminate();
    QVERIFY(m_server->state() == QProcess::NotRunning || finished.wait(40'000));
    m_server.reset();
}

QByteArray BusyHandOverTest::tokenOf(const char *file, const char *agent)
{
    const ControlAnswer made = m_program->run(
        {str("--workspace"), m_program->file(str(file)), str("agent"), str("token"), str(agent), str("--json")});
    const QByteArray token = made.object().value(str("token")).toString().toLatin1();
    m_program->writeFile(str(agent) + str(".token"), token);
    return token;
}

void BusyHandOverTest::whatWaitsIsDeliveredFirst()
{
    QCOMPARE(answerMira(), QByteArray());
    const ControlAnswer refused = m_program->run(m_script->wordsOf(
        str("--workspace %1 workspace hand-over %2 --to %3 --key-file %4 --json")
            .arg(m_script->kept("desk"), m_script->kept("team"), m_script->kept("key"), m_script->kept("desk.key"))));
    QCOMPARE(refused.exitCode, 4);
    QVERIFY2(refused.err.contains("1 wait to be sent") && refused.err.contains("deliver --now"),
             refused.err.constData());
    // Nothing has happened.
    QVERIFY(!QFile::exists(m_script->kept("team")) && !QFile::exists(m_script->kept("team") + str(".sealed")));
    RUN({{"--workspace {desk} workspace info", {{"origin", "same"}, {"isCourierOff", "false"}}},
         {"--workspace {desk} outbox", {{"0/state", "held"}}},
         {"--workspace {desk} deliver --now --key-file {desk.key}", {{"0/sent", "1"}}}});
    QCOMPARE(posts(), 1);
    QCOMPARE(handOver(""), QByteArray());
    RUN({{"--workspace {desk} workspace info", {{"origin", "handedOver"}}},
         {"--workspace {team} outbox", {{"size", "0"}}}});
}

/// Nobody can know there whether it has left here.
void BusyHandOverTest::whatIsForcedIsAskedAbout()
{
    QCOMPARE(answerMira(), QByteArray());
    QCOMPARE(handOver("--force"), QByteArray());
    RUN({{"--workspace {desk} deliver --now --key-file {desk.key}", {{"error", "refused"}}}});
    QVERIFY(!tokenOf("team", "Ana").isEmpty());
    startServer("team");
    RUN({{"{server} outbox", {{"size", "1"}, {"0/state", "unsure"}, {"0/id", "{delivery}"}}},
         {"{server} deliver --now", {{"0/sent", "0"}, {"0/unsure", "1"}, {"error", "unsure"}}},
         {"{server} outbox retry {delivery}", {{"refusal/kind", "notPossible"}, {"error", "refused"}}}});
    QCOMPARE(posts(), 0);
    RUN({{"{server} outbox retry {delivery} --force", {{"outcome", "applied"}}}});
    QTRY_COMPARE_WITH_TIMEOUT(posts(), 1, 60'000);
    // By whom: the secret came along, and the picture.
    QCOMPARE(m_social->mediaDescriptionsOf(m_social->postsOf(str("acme")).constLast()), QStringList(str("lamp")));
    RUN({{"{server} deliver --now", {{"size", "1"}}}, {"{server} outbox", {{"size", "0"}}}});
    QCOMPARE(posts(), 1);
}

void BusyHandOverTest::mediaGoAlong()
{
    QCOMPARE(answerMira(), QByteArray());
    RUN({{"--workspace {desk} deliver --now --key-file {desk.key}", {{"0/sent", "1"}}}});
    QCOMPARE(handOver(""), QByteArray());
    RUN({{"--workspace {team} workspace verify", {{"isSound", "true"}, {"problems/size", "0"}}}});
    const QByteArray token = tokenOf("team", "Ana");
    startServer("team", {str("--no-courier")});
    RUN({{"{server} show {mira}",
          {{"messages/last/media/0/hash", "=hash"}, {"messages/last/media/0/description", "lamp"}}}});
    WireClient client(m_port, token, {});
    const QJsonObject session = client.get("/.well-known/jmap").json();
    const QString account = session.value(str("accounts")).toObject().keys().value(0);
    const WireReply file =
        client.get("/jmap/download/" + account.toLatin1() + '/' + m_script->kept("hash").toLatin1() + "/lamp.gif");
    QCOMPARE(file.status, 200);
    QCOMPARE(file.body, picture);
    // Here it can still be looked at.
    QCOMPARE(QDir(m_program->file(str("desk.media"))).entryList(QDir::Files).size(), 1);
    RUN({{"--workspace {desk} show {mira}", {{"messages/last/media/size", "1"}}}});
}

void BusyHandOverTest::whoHasItOpenIsAskedToClose()
{
    QStandardPaths::setTestModeEnabled(true);
    {
        // As a desktop has it.
        const auto open = Workspace::open(m_program->file(str("desk")), Workspace::Access::owner, m_clock);
        QVERIFY(open.has_value());
        const ControlAnswer refused =
            m_program->run(m_script->wordsOf(str("--workspace %1 workspace hand-over %2 --to %3 --key-file %4 --json")
                                                 .arg(m_script->kept("desk"), m_script->kept("team"),
                                                      m_script->kept("key"), m_script->kept("desk.key"))));
        QCOMPARE(refused.exitCode, 5);
        QCOMPARE(refused.errorKind(), str("locked"));
        QVERIFY2(refused.err.contains("close the program that has it open first"), refused.err.constData());
        QVERIFY(!QFile::exists(m_script->kept("team")));
    }
    // A server that runs has it open too.
    startServer("desk", {str("--no-courier")});
    RUN({{"--workspace {desk} workspace hand-over {team} --to {key} --key-file {desk.key}", {{"error", "locked"}}},
         {"--workspace {desk} workspace receive {desk} --key-file {server.key}", {{"error", "invalid"}}}});
    QVERIFY(!QFile::exists(m_script->kept("team")));
    stopServer();
}

/// The server is put back to its backup while a colleague works offline on a replica of it.
void BusyHandOverTest::replicaComesThroughARestore()
{
    RUN({{"--workspace {desk} agent add Kim", {{"outcome", "applied"}}}});
    const QByteArray token = tokenOf("desk", "Kim");
    QVERIFY(!tokenOf("desk", "Ana").isEmpty());
    startServer("desk", {str("--no-courier")});
    WireClient client(m_port, token, {});
    const QJsonObject session = client.get("/.well-known/jmap").json();
    const QString account = session.value(str("accounts")).toObject().keys().value(0);
    QTemporaryDir folder;
    ReplicaSession::Options options;
    options.path = folder.filePath(str("replica.earshot"));
    options.token = Secret(token);
    options.pauses = {std::chrono::milliseconds(20), std::chrono::milliseconds(100)};
    const QString address = str("http://127.0.0.1:%1").arg(m_port);
    QVERIFY(ReplicaFile::create(options.path, {address, account, AgentId(2)}, m_clock));
    const auto kim = std::move(ReplicaSession::open(options, m_clock).value());
    const auto status = [&kim] { return kim->desk().status().kind; };
    const auto does = [&](const ActionArguments &arguments) {
        const auto done = kim->desk().perform({makeAction(arguments, m_clock.now())});
        [&] { QTRY_VERIFY(done.isFinished()); }();
        return done.isFinished() && done.result().constFirst().isApplied();
    };
    const auto tags = [&kim] {
        return *kim->workspace().readNow<qsizetype>(
            [](Database &database) -> Result<qsizetype> { return loadTags(database).value().size(); });
    };
    QTRY_COMPARE_WITH_TIMEOUT(status(), DeskStatus::Kind::current, 20'000);
    QVERIFY(does(Act::AddNote{ConversationId(1), str("before")}));
    const auto notes = [this] {
        QStringList texts;
        const ControlAnswer shown = m_program->run(
            m_script->wordsOf(m_script->kept("server") + str(" show ") + m_script->kept("mira") + str(" --json")));
        for (const QJsonValue &message : shown.object().value(str("messages")).toArray()) {
            if (message[str("kind")] == str("note"))
                texts.append(message[str("text")].toString());
        }
        return texts;
    };
    QTRY_COMPARE_WITH_TIMEOUT(notes(), QStringList{str("before")}, 20'000);
    RUN({{"--workspace {desk} workspace backup {copy}", {{"backup", "{copy}"}}},
         {"{server} tag {mira} lost", {{"0/outcome", "applied"}}}});
    QTRY_COMPARE_WITH_TIMEOUT(tags(), 1, 20'000);
    stopServer();
    QTRY_VERIFY_WITH_TIMEOUT(status() != DeskStatus::Kind::current, 20'000);
    QVERIFY(does(Act::AddNote{ConversationId(1), str("offline")}));
    QVERIFY(does(Act::Claim{ConversationId(1)}));
    for (const char *ending : {"", "-wal", "-shm"})
        QFile::remove(m_script->kept("desk") + str(ending));
    QVERIFY(QFile::copy(m_script->kept("copy"), m_script->kept("desk")));
    startServer("desk", {str("--no-courier")});
    // It has noticed: what the server forgot is gone here too, and what was done offline is there.
    QTRY_COMPARE_WITH_TIMEOUT(status(), DeskStatus::Kind::current, 40'000);
    QTRY_COMPARE_WITH_TIMEOUT(notes(), (QStringList{str("before"), str("offline")}), 20'000);
    RUN({{"{server} workspace info", {{"origin", "restored"}}},
         {"{server} show {mira}", {{"assignee", "Kim"}, {"tags/size", "0"}}}});
    QTRY_COMPARE_WITH_TIMEOUT(tags(), 0, 20'000);
    // The same moment: it follows again.
    RUN({{"{server} tag {mira} again", {{"0/outcome", "applied"}}}});
    QTRY_COMPARE_WITH_TIMEOUT(tags(), 1, 20'000);
}

QTEST_GUILESS_MAIN(BusyHandOverTest)
#include "tst_busyhandover.moc"
