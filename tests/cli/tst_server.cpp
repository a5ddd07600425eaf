// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/commandgroups.h"
#include "replica/replicafile.h"
#include "server/serverconfig.h"
#include "tests/cli/controlprogram.h"
#include "tests/networks/testcertificate.h"
#include "tests/server/serverworld.h"
#include "workspace/queries.h"
#include "workspace/upkeep.h"

#include <QDir>
#include <QTcpServer>
#include <QTest>

#include <algorithm>
#include <array>

using namespace Earshot;

namespace {

const QString program = QStringLiteral(EARSHOT_BINARY_DIR "/app/cli/earshotctl");

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// How a line is asked for JSON: the rows of an export are none.
QStringList jsonOf(const QString &line)
{
    return line.startsWith(str("export")) ? QStringList() : QStringList{str("--json")};
}

QStringList words(const QString &line)
{
    return line.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

/// Each is answered by a server as on the file that it serves.
constexpr auto readingLines = std::to_array<const char *>({"inbox",
                                                           "inbox --limit 2",
                                                           "inbox --view mine",
                                                           "inbox --view unassigned",
                                                           "inbox --view open",
                                                           "inbox --view waiting",
                                                           "inbox --view notesToMe",
                                                           "inbox --view trouble",
                                                           "inbox --view Storm",
                                                           "inbox --channel 1",
                                                           "inbox --tag lamp",
                                                           "show 1",
                                                           "show 1 --thread",
                                                           "show 1 --limit 1",
                                                           "search openword",
                                                           "search number",
                                                           "search from:@o1@social.example",
                                                           "search word --limit 1",
                                                           "journal",
                                                           "journal --limit 3",
                                                           "channel list",
                                                           "agent list",
                                                           "outbox",
                                                           "view list",
                                                           "notice list",
                                                           "export",
                                                           "export --what messages"});

constexpr auto actingLines = std::to_array<const char *>({"claim 2 3",
                                                          "claim 1",
                                                          "claim 1 --force",
                                                          "unassign 2",
                                                          "assign 2 Vic",
                                                          "assign 2 Nobody",
                                                          "tag 2 red blue",
                                                          "tag 2 red --remove",
                                                          "note 2 @Kim!",
                                                          "status 2 pending",
                                                          "status 2 resolved --reason spam",
                                                          "status 2 resolved --duplicate-of 1",
                                                          "snooze 3 2099-01-01",
                                                          "wake 3",
                                                          "priority 3 high",
                                                          "priority 3 high",
                                                          "reply 3 Hello --language en --cw Lamps",
                                                          "reply 99 Hello",
                                                          "like 1",
                                                          "like 1",
                                                          "hide 1",
                                                          "effect 1 nothing",
                                                          "outbox cancel 2",
                                                          "outbox cancel 2",
                                                          "outbox retry 77",
                                                          "agent add Zoe --role lead",
                                                          "agent add Zoe",
                                                          "agent role Zoe viewer",
                                                          "agent disable Zoe",
                                                          "agent enable Zoe",
                                                          "agent role Zoe king",
                                                          "agent role Ana viewer",
                                                          "channel edit 1 --purpose community",
                                                          "channel edit 1 --purpose nothing",
                                                          "channel edit 77 --purpose sales",
                                                          "notice pin Outage --until 2099-01-01",
                                                          "notice pin Outage --tag lamp --until 2099-01-01",
                                                          "notice unpin 1",
                                                          "notice unpin 1",
                                                          "outbox settle 1 sent",
                                                          "outbox settle 77 sent",
                                                          "workspace set undoSeconds 20",
                                                          "workspace set undoSeconds 20",
                                                          "workspace set undoSeconds 301",
                                                          "workspace set nothing 1",
                                                          "claim x",
                                                          "status 3 open --based-on 1"});

} // namespace

/// earshotctl against a server: every command is the one that it is on a file.
class CtlServerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void readsAsOnAFile_data();
    void readsAsOnAFile();
    void readsInPages();
    void viewsTellTheirFilters();
    void actsAsOnAFile();
    void whatIsHiddenIsNotFound_data();
    void whatIsHiddenIsNotFound();
    void exportLeavesOutWhatIsHidden();
    void filesGoAlong();
    void logInKeepsAToken();
    void wrongPasswordIsTold();
    void tokenFromStandardInput();
    void strangersAreTold_data();
    void strangersAreTold();
    void onlyAFileHasThese_data();
    void onlyAFileHasThese();
    void certificatesAreExplained();
    void accessIsGivenByAdminsOnly();
    void networksAreForWhoMay();

private:
    /// A copy of the workspace as it is now.
    [[nodiscard]] QString copy(const QString &name);
    [[nodiscard]] QStringList server() const { return {str("--server"), m_address}; }
    [[nodiscard]] ControlAnswer onServer(const QString &agent, const QString &line);
    [[nodiscard]] ControlAnswer onFile(const QString &file, const QString &agent, const QString &line);
    void becomes(const QString &agent, AgentId id);

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<ControlProgram> m_ctl;
    QString m_address;
};

void CtlServerTest::init()
{
    QVERIFY2(QFile::exists(program), "earshotctl is not built");
    m_world = std::make_unique<ServerWorld>();
    m_ctl = std::make_unique<ControlProgram>(program);
    m_address = str("http://127.0.0.1:%1").arg(m_world->server().port());
    becomes(str("Ana"), ServerWorld::ana);
    becomes(str("Kim"), ServerWorld::kim);
    becomes(str("Bo"), ServerWorld::bo);
    becomes(str("Vic"), ServerWorld::vic);
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("lamp")}).isApplied());
    QVERIFY(m_world->act(Act::Claim{ConversationId(1)}, ServerWorld::kim).isApplied());
    QVERIFY(m_world->act(Act::AddNote{ConversationId(2), str("@Bo look")}, ServerWorld::kim).isApplied());
    Act::SendReply reply;
    reply.conversation = ConversationId(1);
    reply.text = str("We look after it");
    QVERIFY(m_world->act(reply, ServerWorld::kim).isApplied());
    Act::SaveView view;
    view.content.name = str("Storm");
    view.content.filter.statuses = {Status::open};
    view.content.filter.networks = {Network::mastodon};
    QVERIFY(m_world->act(view).isApplied());
    // A view is counted in the background; a file that is read has it counted by then.
    QTRY_VERIFY(m_world->workspace()
                    .readNow<ViewCounts>([this](Database &database) {
                        return countViews(database, ServerWorld::ana, m_world->clock().now());
                    })
                    ->views.size() == 1);
}

void CtlServerTest::cleanup()
{
    m_ctl.reset();
    m_world.reset();
}

void CtlServerTest::becomes(const QString &agent, AgentId id)
{
    m_ctl->writeFile(agent + str(".token"), m_world->token(id) + '\n');
}

QString CtlServerTest::copy(const QString &name)
{
    const QString file = m_ctl->file(name);
    if (!backupWorkspace(m_world->workspace().path(), file))
        qFatal("no copy");
    return file;
}

ControlAnswer CtlServerTest::onServer(const QString &agent, const QString &line)
{
    const QStringList login{str("--token-file"), m_ctl->file(agent + str(".token"))};
    return m_ctl->run(server() + login + words(line) + jsonOf(line));
}

ControlAnswer CtlServerTest::onFile(const QString &file, const QString &agent, const QString &line)
{
    return m_ctl->run(QStringList{str("--workspace"), file, str("--agent"), agent} + words(line) + jsonOf(line));
}

void CtlServerTest::readsAsOnAFile_data()
{
    QTest::addColumn<QString>("agent");
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("isFine");
    for (const char *agent : {"Ana", "Kim", "Bo", "Vic"}) {
        for (const char *line : readingLines)
            QTest::addRow("%s: %s", agent, line) << str(agent) << str(line) << true;
        for (const char *line : {"show 99", "inbox --tag nothing", "inbox --view none", "inbox --channel 77",
                                 "search from:", "inbox --channel 1 --tag lamp", "journal --limit 0"})
            QTest::addRow("%s: %s", agent, line) << str(agent) << str(line) << false;
    }
    QTest::addRow("Ana: agent tokens") << str("Ana") << str("agent tokens Kim") << true;
    QTest::addRow("Kim: agent tokens") << str("Kim") << str("agent tokens Kim") << true;
    QTest::addRow("Kim: agent tokens of Bo") << str("Kim") << str("agent tokens Bo") << false;
    QTest::addRow("Kim: agent log") << str("Kim") << str("agent log") << false;
}

void CtlServerTest::readsAsOnAFile()
{
    QFETCH(QString, agent);
    QFETCH(QString, line);
    QFETCH(bool, isFine);
    const ControlAnswer there = onServer(agent, line);
    const ControlAnswer here = onFile(copy(str("copy.earshot")), agent, line);
    QCOMPARE(there.err, here.err);
    QCOMPARE(there.exitCode, here.exitCode);
    QCOMPARE(there.out, here.out);
    QCOMPARE(there.exitCode == 0, isFine);
    QCOMPARE(there.out.isEmpty(), !isFine);
}

void CtlServerTest::readsInPages()
{
    ServerWorld large({}, 600);
    m_ctl->writeFile(str("Bo.token"), large.token(ServerWorld::bo));
    m_address = str("http://127.0.0.1:%1").arg(large.server().port());
    QCOMPARE(onServer(str("Bo"), str("inbox --limit 5000")).array().size(), 600);
    QCOMPARE(onServer(str("Bo"), str("inbox --limit 550")).array().size(), 550);
    QCOMPARE(onServer(str("Bo"), str("search openword --limit 5000")).array().size(), 600);
    QCOMPARE(onServer(str("Bo"), str("search secretword --limit 5000")).array().size(), 0);
    const ControlAnswer rows = onServer(str("Bo"), str("export"));
    QCOMPARE(rows.out.count('\n'), 1200);
    QVERIFY(!rows.out.contains("secretword"));
}

void CtlServerTest::viewsTellTheirFilters()
{
    Act::SaveView late;
    late.content.name = str("Late");
    late.content.filter.waitsLonger = std::chrono::hours(2);
    QVERIFY(m_world->act(late).isApplied());
    const QJsonArray views = onServer(str("Ana"), str("view list")).array();
    QCOMPARE(views.size(), 2);
    const auto filterOf = [&views](int at) { return views.at(at)[str("filter")].toObject(); };
    QCOMPARE(filterOf(0).value(str("networks")), QJsonValue(QJsonArray{str("mastodon")}));
    QCOMPARE(filterOf(0).value(str("waitsLonger")), QJsonValue(0));
    QVERIFY(views.at(0)[str("count")].isDouble());
    QCOMPARE(filterOf(1).value(str("waitsLonger")), QJsonValue(7'200'000));
    QVERIFY(views.at(1)[str("count")].isNull());
    // Nothing but time passes.
    QCOMPARE(onServer(str("Ana"), str("inbox --view Late")).array().size(), 0);
    m_world->clock().advance(std::chrono::hours(3));
    QVERIFY(onServer(str("Ana"), str("inbox --view Late")).array().size() > 0);
}

void CtlServerTest::actsAsOnAFile()
{
    // The copy asks nobody what it is: it only must not send.
    const QString file = copy(str("copy.earshot"));
    for (const char *given : actingLines) {
        const QString line = str(given);
        const ControlAnswer there = onServer(str("Ana"), line);
        const ControlAnswer here = onFile(file, str("Ana"), line);
        QVERIFY2(there.out == here.out && there.err == here.err && there.exitCode == here.exitCode,
                 qPrintable(line + str("\n") + QString::fromUtf8(there.out + there.err) + str("\n") +
                            QString::fromUtf8(here.out + here.err)));
    }
    // The person that the token is of has done it.
    const QJsonObject last = onServer(str("Kim"), str("claim 6 --force")).array().first().toObject();
    QCOMPARE(last.value(str("outcome")), str("applied"));
    QCOMPARE(onServer(str("Ana"), str("journal --limit 1")).array().first().toObject().value(str("agent")), str("Kim"));
}

void CtlServerTest::whatIsHiddenIsNotFound_data()
{
    QTest::addColumn<QString>("line");
    for (const char *line : {"show 2", "claim 2", "note 2 Hello", "reply 2 Hello", "status 2 resolved", "tag 2 red",
                             "inbox --channel 2", "channel test 2", "pull --channel 2", "like 1099511627778"})
        QTest::addRow("%s", line) << str(line);
}

void CtlServerTest::whatIsHiddenIsNotFound()
{
    QFETCH(QString, line);
    const ControlAnswer answer = onServer(str("Bo"), line);
    QCOMPARE(answer.exitCode, 3);
    QCOMPARE(answer.errorKind(), str("notFound"));
    QVERIFY(answer.out.isEmpty());
}

void CtlServerTest::exportLeavesOutWhatIsHidden()
{
    QVERIFY(m_world->act(Act::Claim{ConversationId(2)}, ServerWorld::kim).isApplied());
    QByteArray all;
    for (const char *line : {"export", "inbox", "journal", "outbox", "channel list", "workspace info", "search word",
                             "search author", "inbox --view notesToMe"})
        all += onServer(str("Bo"), str(line)).out;
    QVERIFY(all.contains("openword"));
    for (const char *hidden : {"secretword", "@sales", "s0@social", "Author s"})
        QVERIFY2(!all.contains(hidden), hidden);
    const QJsonObject seen = onServer(str("Bo"), str("workspace info")).object();
    QCOMPARE(seen.value(str("channels")).toInt(), 1);
    QCOMPARE(seen.value(str("open")).toInt() + seen.value(str("pending")).toInt(), 3);
    QVERIFY(seen.value(str("bytes")).isNull());
    QVERIFY(onServer(str("Ana"), str("workspace info")).object().value(str("bytes")).toInteger() > 0);
}

void CtlServerTest::filesGoAlong()
{
    m_ctl->writeFile(str("lamp.png"), QByteArray::fromBase64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQV"
                                                             "R42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="));
    const ControlAnswer sent = onServer(str("Ana"), str("reply 3 Look --attach lamp.png --describe lamp"));
    QCOMPARE(sent.exitCode, 0);
    const QJsonArray messages = onServer(str("Ana"), str("show 3")).object().value(str("messages")).toArray();
    const QJsonObject media = messages.last().toObject().value(str("media")).toArray().first().toObject();
    QCOMPARE(media.value(str("type")), str("image/png"));
    QCOMPARE(media.value(str("description")), str("lamp"));
    m_ctl->writeFile(str("lamp.exe"), "MZ");
    QCOMPARE(onServer(str("Ana"), str("reply 3 Look --attach lamp.exe")).exitCode, 10);
    QCOMPARE(onServer(str("Ana"), str("reply 3 Look --attach none.png")).exitCode, 3);
}

void CtlServerTest::logInKeepsAToken()
{
    m_world->setPassword(ServerWorld::kim, "correct horse");
    m_ctl->writeFile(str("password"), "correct horse\n");
    // Neither a token nor a keychain: how to log in comes first.
    const ControlAnswer unknown = m_ctl->run(server() + words(str("inbox --json")));
    QCOMPARE(unknown.exitCode, 7);
    QCOMPARE(unknown.errorKind(), str("authExpired"));
    QVERIFY2(unknown.err.contains("earshotctl login --server") && unknown.err.contains("--key-file"),
             unknown.err.constData());
    const QStringList keyed = server() + QStringList{str("--key-file"), m_ctl->file(str("ctl.key")), str("--json")};
    const ControlAnswer before = m_ctl->run(keyed + words(str("inbox")));
    QCOMPARE(before.exitCode, 7);
    QVERIFY(before.err.contains("earshotctl login --server"));
    const ControlAnswer login =
        m_ctl->run(keyed + words(str("login --user Kim --password-file password --device Laptop")));
    QCOMPARE(login.err, QByteArray());
    QCOMPARE(login.object().value(str("agent")), str("Kim"));
    QVERIFY(!login.object().contains(str("token")));
    QCOMPARE(m_ctl->run(keyed + words(str("inbox"))).array().size(), 6);
    const QJsonArray tokens = onServer(str("Ana"), str("agent tokens Kim")).array();
    // Two tokens of the same millisecond stand in any order.
    QVERIFY(std::any_of(tokens.begin(), tokens.end(),
                        [](const QJsonValue &token) { return token[str("name")] == str("Laptop"); }));
    QCOMPARE(m_ctl->run(keyed + words(str("logout"))).exitCode, 0);
    QCOMPARE(m_ctl->run(keyed + words(str("inbox"))).exitCode, 7);
    QCOMPARE(onServer(str("Ana"), str("agent tokens Kim")).array().size(), tokens.size() - 1);
    // From standard input, printed for a script.
    const ControlAnswer printed = m_ctl->run(keyed + words(str("login --user Kim --print")), "correct horse\n");
    m_ctl->writeFile(str("printed"), printed.object().value(str("token")).toString().toLatin1());
    QCOMPARE(m_ctl->run(server() + words(str("--token-file printed inbox --json"))).array().size(), 6);
}

void CtlServerTest::wrongPasswordIsTold()
{
    m_world->setPassword(ServerWorld::kim, "correct horse");
    const QStringList keyed = server() + QStringList{str("--key-file"), m_ctl->file(str("ctl.key")), str("--json")};
    const ControlAnswer wrong = m_ctl->run(keyed + words(str("login --user Kim")), "battery staple\n");
    QCOMPARE(wrong.exitCode, 7);
    QVERIFY(wrong.err.contains("name or password is wrong"));
    QVERIFY(!wrong.err.contains("battery"));
    QCOMPARE(m_ctl->run(keyed + words(str("login --user Kim")), "\n").exitCode, 2);
    QCOMPARE(m_ctl->run(keyed + words(str("login"))).exitCode, 2);
    QCOMPARE(m_world->accessLog().first().kind, str("logInRefused"));
}

void CtlServerTest::tokenFromStandardInput()
{
    const QByteArray token = m_world->token(ServerWorld::bo);
    const ControlAnswer answer = m_ctl->run(server() + words(str("--token-file - inbox --json")), token + '\n');
    QCOMPARE(answer.array().size(), 3);
}

void CtlServerTest::strangersAreTold_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("says");
    QTest::addRow("wrong token") << str("--server SERVER --token-file wrong inbox") << 7 << str("earshotctl login");
    QTest::addRow("empty token") << str("--server SERVER --token-file empty inbox") << 2 << str("is empty");
    QTest::addRow("nobody there") << str("--server http://127.0.0.1:1 --token-file wrong inbox") << 1
                                  << str("http://127.0.0.1:1: ");
    QTest::addRow("something else") << str("--server OTHER --token-file wrong inbox") << 1 << str("OTHER");
    QTest::addRow("no secrecy") << str("--server http://desk.example inbox") << 2 << str("use https://");
    QTest::addRow("no address") << str("--server ftp://desk.example inbox") << 2 << str("https://desk.example");
    QTest::addRow("a path") << str("--server https://desk.example/x inbox") << 2 << str("https://desk.example");
    QTest::addRow("two places") << str("--server SERVER --workspace a.earshot inbox") << 2 << str("not both");
    QTest::addRow("two people") << str("--server SERVER --token-file wrong --agent Kim inbox") << 2
                                << str("the log-in says who acts");
    QTest::addRow("a token on the line") << str("--server SERVER --token abc inbox") << 2 << str("never an argument");
}

void CtlServerTest::strangersAreTold()
{
    QFETCH(QString, arguments);
    QFETCH(int, exitCode);
    QFETCH(QString, says);
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    connect(&other, &QTcpServer::newConnection, this, [&other] {
        QTcpSocket *socket = other.nextPendingConnection();
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
        socket->disconnectFromHost();
    });
    const QString otherAddress = str("http://127.0.0.1:%1").arg(other.serverPort());
    m_ctl->writeFile(str("wrong"), "earshot_abc_def");
    m_ctl->writeFile(str("empty"), "\n");
    arguments.replace(str("SERVER"), m_address).replace(str("OTHER"), otherAddress);
    const ControlAnswer answer = m_ctl->run(words(arguments) + QStringList{str("--json")});
    QCOMPARE(answer.exitCode, exitCode);
    QVERIFY(answer.out.isEmpty());
    if (says != str("OTHER"))
        QVERIFY2(answer.err.contains(says.toUtf8()), answer.err.constData());
    else
        QVERIFY2(answer.err.contains("no Earshot server"), answer.err.constData());
}

void CtlServerTest::onlyAFileHasThese_data()
{
    QTest::addColumn<QString>("line");
    // Each with as many arguments as it needs. All others work on a server: tst_everyservedcommand.
    for (const Command &command : allCommands()) {
        const QString line = str(command.name) + str(" x").repeated(command.least);
        if (command.needsFile)
            QTest::addRow("%s", command.name) << line;
    }
}

void CtlServerTest::onlyAFileHasThese()
{
    QFETCH(QString, line);
    const ControlAnswer answer = onServer(str("Ana"), line);
    QCOMPARE(answer.exitCode, 2);
    QVERIFY(answer.err.contains("--workspace FILE"));
}

void CtlServerTest::certificatesAreExplained()
{
    m_world->stopServer();
    m_ctl->writeFile(str("cert.pem"), testCertificate);
    m_ctl->writeFile(str("key.pem"), testKey);
    const auto tls = loadTls(m_ctl->file(str("cert.pem")), m_ctl->file(str("key.pem")));
    QVERIFY(tls.has_value());
    Server secure(m_world->desk(), {});
    QVERIFY(secure.listen(QHostAddress(QHostAddress::LocalHost), 0, *tls));
    m_address = str("https://127.0.0.1:%1").arg(secure.port());
    const ControlAnswer refused = onServer(str("Bo"), str("inbox"));
    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.err.contains("certificate"), refused.err.constData());
    QVERIFY2(refused.err.contains("--ca-file"), refused.err.constData());
    const ControlAnswer trusted = onServer(str("Bo"), str("inbox --ca-file cert.pem"));
    QCOMPARE(trusted.err, QByteArray());
    QCOMPARE(trusted.array().size(), 3);
    QCOMPARE(onServer(str("Bo"), str("inbox --ca-file key.pem")).exitCode, 2);
    // A replica keeps by what its server is believed.
    const QString replicate = str("--token-file %1 workspace replicate %2 ")
                                  .arg(m_ctl->file(str("Bo.token")), m_ctl->file(str("replica.earshot")));
    const ControlAnswer made = m_ctl->run(words(str("--server %1 --ca-file cert.pem ").arg(m_address) + replicate));
    QVERIFY2(made.exitCode == 0, made.err.constData());
    QVERIFY(ReplicaFile::describe(m_ctl->file(str("replica.earshot")))->authorities.contains("BEGIN CERTIFICATE"));
    const ControlAnswer again = m_ctl->run(words(replicate));
    // One that was made without them finds its server by the option too.
    const QString bare = m_ctl->file(str("bare.earshot"));
    QVERIFY(ReplicaFile::create(bare, {m_address, m_world->account(), ServerWorld::bo}, m_world->clock()));
    const QString options = str("--token-file %1 --ca-file cert.pem workspace ").arg(m_ctl->file(str("Bo.token")));
    for (const char *command : {"replicate ", "compare "}) {
        const ControlAnswer found = m_ctl->run(words(options + str(command) + bare));
        QVERIFY2(found.exitCode == 0, found.err.constData());
    }
    QVERIFY2(again.exitCode == 0, again.err.constData());
    // A name that the certificate does not have.
    m_address = str("https://127.0.0.2:%1").arg(secure.port());
    QVERIFY(onServer(str("Bo"), str("inbox --ca-file cert.pem")).exitCode != 0);
}

void CtlServerTest::accessIsGivenByAdminsOnly()
{
    m_ctl->writeFile(str("new"), "a new password");
    for (const char *line :
         {"agent token Bo", "agent password Bo --password-file new", "agent revoke Kim x", "agent erase Kim x",
          "agent tokens Kim", "agent log", "agent role Bo admin", "agent add Eve --role admin"}) {
        const ControlAnswer answer = onServer(str("Bo"), str(line));
        QVERIFY2(answer.exitCode == 4 || answer.exitCode == 7, line);
    }
    const QJsonObject made = onServer(str("Ana"), str("agent token Bo --device Robot")).object();
    m_ctl->writeFile(str("Robot.token"), made.value(str("token")).toString().toLatin1());
    QCOMPARE(onServer(str("Robot"), str("inbox")).array().size(), 3);
    QCOMPARE(onServer(str("Ana"), str("agent password Bo --password-file new")).exitCode, 0);
    QCOMPARE(onServer(str("Robot"), str("login --user Bo --password-file new --print")).exitCode, 0);
    QCOMPARE(onServer(str("Ana"), str("agent revoke Bo ") + made.value(str("id")).toString()).exitCode, 0);
    QTRY_COMPARE(onServer(str("Robot"), str("inbox")).exitCode, 7);
    // Bo's own.
    const QJsonObject lost = onServer(str("Ana"), str("agent token Bo --device Lost")).object();
    QCOMPARE(onServer(str("Bo"), str("agent erase Bo ") + lost.value(str("id")).toString()).exitCode, 0);
    QVERIFY(onServer(str("Bo"), str("agent tokens Bo")).out.contains("eraseAskedAt\": \"20"));
    const QByteArray log = onServer(str("Ana"), str("agent log")).out;
    for (const char *kind : {"tokenMade", "passwordSet", "logIn", "tokenRevoked", "eraseAsked", "actionRefused"})
        QVERIFY2(log.contains(kind), kind);
    // Also the hashes stay on the server.
    QVERIFY(!onServer(str("Ana"), str("agent tokens Ana")).out.contains("hash"));
}

void CtlServerTest::networksAreForWhoMay()
{
    m_ctl->writeFile(str("new"), "geheim");
    for (const auto &[agent, line] :
         {std::pair("Bo", "channel add x.example"), std::pair("Bo", "channel find x.example"),
          std::pair("Bo", "channel remove 1"), std::pair("Vic", "pull"), std::pair("Vic", "deliver"),
          std::pair("Bo", "deliver --now"), std::pair("Bo", "workspace adopt"), std::pair("Vic", "channel test 1"),
          std::pair("Bo", "channel renew 1 --password-file new")}) {
        const ControlAnswer answer = onServer(str(agent), str(line));
        QVERIFY2(answer.exitCode == 4, qPrintable(str(line) + u' ' + QString::fromUtf8(answer.err)));
    }
    QCOMPARE(m_world->accessLog().first().kind, str("actionRefused"));
    // This server was given no networks.
    QCOMPARE(onServer(str("Ana"), str("pull")).exitCode, 10);
}

QTEST_GUILESS_MAIN(CtlServerTest)
#include "tst_server.moc"
