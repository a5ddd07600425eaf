// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/exitcodes.h"
#include "replica/erasing.h"
#include "replica/replicasession.h"
#include "replica/serveraddress.h"
#include "tests/cli/servedworld.h"

#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// What the server alone knows, when it pulls, left out.
QByteArray comparable(const QByteArray &json)
{
    QList<QByteArray> lines = json.split('\n');
    lines.removeIf([](const QByteArray &line) { return line.contains("\"lastPullAt\""); });
    return lines.join('\n');
}

} // namespace

/// workspace replicate: a file that reads as the server does, and does nothing else.
class CtlReplicaTest final : public QObject, private ServedWorld
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsAsTheServer_data();
    void readsAsTheServer();
    void readsWithoutTheServer();
    void frozenCopyReadsAlike();
    void isBroughtUpToDate();
    void doesNothingElse();
    void isOfOneAgent();
    void killedAnywhereItGoesOn();
    void erasesAtTheServersWord_data();
    void erasesAtTheServersWord();
    void emptiesWhoseAgentIsDisabled();
    void heedsOnlyWhoFetchedItAndLeavesWhatIsOpen();
    void carriesOnErasing();
    void tellsWhatIsMissing();
    void saysHowFarItReaches();
    void tellsWhatDiffersAndRepairsIt();
    void comparesBesideADesktopThatFollows();

private:
    void tellToErase(AgentId agent, const QString &id);
    [[nodiscard]] bool saysErased(const QString &id);
    [[nodiscard]] QString idOf(const QString &tokenFile) const { return parseToken(m_ctl->readFile(tokenFile))->id; }
    [[nodiscard]] bool holds(const QString &file, const char *word) const;
    static void spoil(const QString &file, const QString &sql)
    {
        const SystemClock clock;
        const auto workspace = Workspace::open(file, Workspace::Access::owner, clock);
        QVERIFY(workspace);
        const auto changed = (*workspace)->write<void>(Urgency::interactive, [sql](Writing &writing) -> Done {
            writing.database().execute(sql);
            return writing.database().done();
        });
        QVERIFY(changed.result());
    }
};

void CtlReplicaTest::init()
{
    beginServed(str(EARSHOT_BINARY_DIR "/app/cli/earshotctl"), 40);
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("lamp")}).isApplied());
    QVERIFY(m_world->act(Act::Claim{ConversationId(1)}, ServerWorld::kim).isApplied());
    QVERIFY(m_world->act(Act::AddNote{ConversationId(2), str("@Bo look")}, ServerWorld::kim).isApplied());
    Act::SendReply reply;
    reply.conversation = ConversationId(1);
    reply.text = str("We look after it");
    QVERIFY(m_world->act(reply, ServerWorld::kim).isApplied());
}

void CtlReplicaTest::readsAsTheServer_data()
{
    QTest::addColumn<QString>("agent");
    for (const char *agent : {"Ana", "Kim", "Bo"})
        QTest::newRow(agent) << str(agent);
}

void CtlReplicaTest::readsAsTheServer()
{
    QFETCH(QString, agent);
    const ControlAnswer made = replicate(agent, str("replica.earshot"));
    QCOMPARE(made.err, QByteArray());
    QCOMPARE(made.object().value(str("isNew")).toBool(), true);
    for (const char *line : {"inbox", "inbox --view mine", "inbox --view notesToMe", "inbox --channel 1",
                             "inbox --tag lamp", "show 1 --thread", "search openword", "search word --limit 1",
                             "journal", "channel list", "agent list", "outbox"}) {
        const ControlAnswer there = run(login(agent) + str(line) + str(" --json"));
        const ControlAnswer here =
            run(str("--workspace %1 ").arg(m_ctl->file(str("replica.earshot"))) + str(line) + str(" --json"));
        QCOMPARE(here.err, there.err);
        QCOMPARE(comparable(here.out), comparable(there.out));
        QCOMPARE(here.exitCode, 0);
    }
    QVERIFY(agent != str("Bo") || !m_ctl->readFile(str("replica.earshot")).contains("secretword"));
}

void CtlReplicaTest::readsWithoutTheServer()
{
    QCOMPARE(replicate(str("Kim"), str("replica.earshot")).exitCode, 0);
    m_world->stopServer();
    const QString file = str("--workspace %1 ").arg(m_ctl->file(str("replica.earshot")));
    QCOMPARE(run(file + str("inbox --limit 500 --json")).array().size(), 80);
    QCOMPARE(run(file + str("inbox --view waiting --json")).array().size(), 1);
    QCOMPARE(run(file + str("search secretword --limit 500 --json")).array().size(), 40);
    QVERIFY(run(file + str("export")).out.contains("We look after it"));
    const ControlAnswer info = run(file + str("workspace info"));
    QVERIFY(info.out.contains("replica"));
    QVERIFY2(info.err.contains(QString(str("A replica of ") + m_address).toUtf8()) ||
                 info.out.contains(QString(str("A replica of ") + m_address).toUtf8()),
             info.err.constData());
    QCOMPARE(run(file + str("workspace verify")).exitCode, 0);
    // It cannot be brought up to date now, and says so; what was there stays.
    const ControlAnswer again = replicate(str("Kim"), str("replica.earshot"));
    QCOMPARE(again.errorKind(), str("transient"));
    QCOMPARE(run(file + str("inbox --limit 500 --json")).array().size(), 80);
}

/// A reviewer takes one along: it is as of its day, whatever becomes of the replica and of the server.
void CtlReplicaTest::frozenCopyReadsAlike()
{
    QCOMPARE(replicate(str("Kim"), str("replica.earshot")).exitCode, 0);
    const QString replica = str("--workspace %1 ").arg(m_ctl->file(str("replica.earshot")));
    const QString copy = str("--workspace %1 ").arg(m_ctl->file(str("copy.earshot")));
    const QStringList lines{str("journal --json"),
                            str("search openword --json"),
                            str("search tag:lamp --json"),
                            str("inbox --view mine --json"),
                            str("inbox --channel 1 --json"),
                            str("show 1 --thread --json"),
                            str("outbox --json"),
                            str("export")};
    QList<QByteArray> before;
    for (const QString &line : lines)
        before.append(run(replica + line).out);
    QCOMPARE(run(replica + str("workspace backup ") + m_ctl->file(str("copy.earshot"))).exitCode, 0);
    m_world->receive(ServerWorld::open, str("later"), str("laterword"));
    QCOMPARE(replicate(str("Kim"), str("replica.earshot")).exitCode, 0);
    m_world->stopServer();
    QVERIFY(QFile::remove(m_ctl->file(str("replica.earshot"))));
    QVERIFY(QFile::setPermissions(m_ctl->file(str("copy.earshot")), QFile::ReadOwner));
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const ControlAnswer here = run(copy + lines.at(i));
        QCOMPARE(here.exitCode, 0);
        QCOMPARE(here.out, before.at(i));
    }
    QVERIFY(before.constLast().contains("We look after it"));
    QVERIFY(before.constFirst().contains("sendReply"));
    QCOMPARE(run(copy + str("search laterword --json")).array().size(), 0);
    QCOMPARE(run(copy + str("workspace verify")).exitCode, 0);
    QVERIFY(run(copy + str("claim 2")).exitCode != 0);
    QVERIFY(run(copy + str("pull")).exitCode != 0);
}

void CtlReplicaTest::isBroughtUpToDate()
{
    QCOMPARE(replicate(str("Kim"), str("replica.earshot")).exitCode, 0);
    const QString file = m_ctl->file(str("replica.earshot"));
    m_world->receive(ServerWorld::open, str("later"), str("laterword"));
    QCOMPARE(run(str("--workspace %1 search laterword --json").arg(file)).array().size(), 0);
    // Which server it is of, the file knows.
    const ControlAnswer updated =
        run(str("--token-file %1 workspace replicate %2 --json").arg(m_ctl->file(str("Kim.token")), file));
    QCOMPARE(updated.err, QByteArray());
    QCOMPARE(updated.object().value(str("isNew")).toBool(true), false);
    QVERIFY(updated.object().value(str("changedRows")).toInt() > 0);
    QCOMPARE(run(str("--workspace %1 search laterword --json").arg(file)).array().size(), 1);
    QCOMPARE(replicate(str("Kim"), str("replica.earshot")).object().value(str("changedRows")).toInt(-1), 0);
}

void CtlReplicaTest::doesNothingElse()
{
    QCOMPARE(replicate(str("Kim"), str("replica.earshot")).exitCode, 0);
    const QString file =
        str("--workspace %1 --key-file %2 ").arg(m_ctl->file(str("replica.earshot")), m_ctl->file(str("key")));
    for (const char *line :
         {"claim 3", "note 3 hello", "tag 3 lamp", "status 3 resolved", "reply 3 hello", "pull", "deliver"}) {
        const ControlAnswer acted = run(file + str(line));
        QCOMPARE(acted.exitCode, 4);
        QVERIFY2(acted.err.contains("is a replica and can only be read"), acted.err.constData());
    }
    QCOMPARE(run(file + str("workspace adopt")).exitCode, 4);
    // Nothing of it stayed: it is still what the server has.
    QCOMPARE(replicate(str("Kim"), str("replica.earshot")).object().value(str("changedRows")).toInt(-1), 0);
    QCOMPARE(run(file + str("show 3 --json")).out, run(login(str("Kim")) + str("show 3 --json")).out);
}

void CtlReplicaTest::isOfOneAgent()
{
    QCOMPARE(replicate(str("Kim"), str("replica.earshot")).exitCode, 0);
    QCOMPARE(replicate(str("Bo"), str("replica.earshot")).errorKind(), str("refused"));
    m_ctl->writeFile(str("text"), "no workspace");
    QCOMPARE(replicate(str("Bo"), str("text")).errorKind(), str("damaged"));
    QCOMPARE(m_ctl->readFile(str("text")), QByteArray("no workspace"));
    QCOMPARE(run(str("--workspace %1 workspace create").arg(m_ctl->file(str("own.earshot")))).exitCode, 0);
    QCOMPARE(replicate(str("Bo"), str("own.earshot")).errorKind(), str("invalid"));
}

void CtlReplicaTest::killedAnywhereItGoesOn()
{
    const QStringList line =
        words(login(str("Kim")) + str("workspace replicate ") + m_ctl->file(str("replica.earshot")));
    for (int i = 0; i < 25; ++i) {
        m_ctl->runAndKill(line, 10 + i * 12);
        m_world->receive(ServerWorld::open, str("k%1").arg(i), str("killword %1").arg(i));
    }
    QCOMPARE(replicate(str("Kim"), str("replica.earshot")).err, QByteArray());
    const QString file = str("--workspace %1 ").arg(m_ctl->file(str("replica.earshot")));
    QCOMPARE(run(file + str("inbox --limit 500 --json")).out,
             run(login(str("Kim")) + str("inbox --limit 500 --json")).out);
    QCOMPARE(run(file + str("search killword --limit 500 --json")).array().size(), 25);
    const ControlAnswer verified = run(file + str("workspace verify"));
    QVERIFY2(verified.exitCode == 0, QByteArray(verified.out + verified.err).constData());
}

void CtlReplicaTest::tellToErase(AgentId agent, const QString &id)
{
    const auto told = m_world->workspace().write<bool>(
        Urgency::interactive, [agent, id](Writing &writing) -> Result<bool> { return askToErase(writing, id, agent); });
    QVERIFY(told.result().value());
}

bool CtlReplicaTest::saysErased(const QString &id)
{
    const auto token = m_world->workspace().readNow<std::optional<TokenRecord>>(
        [id](Database &database) { return loadToken(database, id); });
    return isKnown(token.value()->erasedAt);
}

bool CtlReplicaTest::holds(const QString &file, const char *word) const
{
    for (const char *end : {"", "-wal"}) {
        if (m_ctl->readFile(file + str(end)).contains(word))
            return true;
    }
    return false;
}

void CtlReplicaTest::erasesAtTheServersWord_data()
{
    QTest::addColumn<bool>("isReachedAfterwards");
    QTest::newRow("reached") << true;
    QTest::newRow("not reached any more") << false;
}

void CtlReplicaTest::erasesAtTheServersWord()
{
    QFETCH(bool, isReachedAfterwards);
    const quint16 port = m_world->server().port();
    const QString id = idOf(str("Kim.token"));
    for (const char *name : {"one.earshot", "two.earshot"})
        QCOMPARE(replicate(str("Kim"), str(name)).exitCode, 0);
    tellToErase(ServerWorld::kim, id);
    if (!isReachedAfterwards) {
        // It was told before.
        QVERIFY(beginErasure(m_ctl->file(str("one.earshot")), QUrl(m_address), tokenNameOf(QUrl(m_address))));
        m_world->stopServer();
    }
    const ControlAnswer told = replicate(str("Kim"), str("one.earshot"));
    QCOMPARE(told.errorKind(), str("permission"));
    QVERIFY(!QFile::exists(m_ctl->file(str("one.earshot"))));
    QVERIFY(!QFile::exists(m_ctl->file(str("one.earshot.erase"))));
    QCOMPARE(saysErased(id), isReachedAfterwards);
    QCOMPARE(QFile::exists(m_ctl->file(str("one.earshot.erased"))), !isReachedAfterwards);
    if (!isReachedAfterwards)
        m_world->start({}, port);
    // The other one that it fetched hears the same; and what was not heard is said again.
    QCOMPARE(replicate(str("Kim"), str("two.earshot")).errorKind(), str("permission"));
    QVERIFY(!QFile::exists(m_ctl->file(str("two.earshot"))));
    QCOMPARE(replicate(str("Kim"), str("one.earshot")).errorKind(), str("authExpired"));
    QVERIFY(!QFile::exists(m_ctl->file(str("one.earshot.erased"))));
    QVERIFY(saysErased(id));
}

void CtlReplicaTest::emptiesWhoseAgentIsDisabled()
{
    const QString file = str("replica.earshot");
    QCOMPARE(replicate(str("Kim"), file).exitCode, 0);
    QVERIFY(holds(file, "openword"));
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, {}, true}).isApplied());
    QCOMPARE(replicate(str("Kim"), file).errorKind(), str("permission"));
    QVERIFY(QFile::exists(m_ctl->file(file)));
    QVERIFY(!holds(file, "openword"));
    // Who may come in again has it all again.
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, {}, false}).isApplied());
    QCOMPARE(replicate(str("Kim"), file).exitCode, 0);
    QVERIFY(holds(file, "openword"));
}

void CtlReplicaTest::heedsOnlyWhoFetchedItAndLeavesWhatIsOpen()
{
    const QString file = str("replica.earshot");
    m_ctl->writeFile(str("Again.token"), m_world->token(ServerWorld::kim));
    QCOMPARE(replicate(str("Kim"), file).exitCode, 0);
    tellToErase(ServerWorld::kim, idOf(str("Again.token")));
    QCOMPARE(replicate(str("Again"), file).errorKind(), str("authExpired"));
    QVERIFY(holds(file, "openword"));
    tellToErase(ServerWorld::kim, idOf(str("Kim.token")));
    {
        const auto open = Workspace::open(m_ctl->file(file), Workspace::Access::owner, m_world->clock());
        QVERIFY(open);
        QCOMPARE(replicate(str("Kim"), file).errorKind(), str("locked"));
    }
    QVERIFY(holds(file, "openword"));
    QVERIFY(!QFile::exists(m_ctl->file(file + str(".erase"))));
    QCOMPARE(replicate(str("Kim"), file).errorKind(), str("permission"));
    QVERIFY(!QFile::exists(m_ctl->file(file)));
}

void CtlReplicaTest::carriesOnErasing()
{
    const QString file = str("replica.earshot");
    const QString path = m_ctl->file(file);
    QCOMPARE(replicate(str("Kim"), file).exitCode, 0);
    QVERIFY(beginErasure(path, QUrl(m_address)));
    for (const char *line : {"inbox", "search openword", "workspace verify", "journal"}) {
        const ControlAnswer answer = run(str("--workspace ") + path + u' ' + str(line) + str(" --json"));
        QCOMPARE(answer.errorKind(), str("notFound"));
        QVERIFY(!answer.out.contains("openword"));
    }
    // Without a word of the server's, and of a log-in.
    m_world->stopServer();
    QCOMPARE(run(str("workspace replicate --json ") + path).errorKind(), str("permission"));
    QVERIFY(!QFile::exists(path));
    QVERIFY(!QFile::exists(path + str(".erase")));
}

void CtlReplicaTest::tellsWhatIsMissing()
{
    const ControlAnswer unnamed = run(str("workspace replicate %1 --json").arg(m_ctl->file(str("new.earshot"))));
    QCOMPARE(unnamed.errorKind(), str("invalid"));
    QVERIFY(unnamed.err.contains("--server"));
    m_ctl->writeFile(str("wrong.token"), "earshot_wrong");
    const ControlAnswer stranger = replicate(str("wrong"), str("new.earshot"));
    QCOMPARE(stranger.errorKind(), str("authExpired"));
    QVERIFY(!QFile::exists(m_ctl->file(str("new.earshot"))));
}

/// Of one that was not fetched or indexed to its end.
void CtlReplicaTest::saysHowFarItReaches()
{
    const QString path = m_ctl->file(str("replica.earshot"));
    QCOMPARE(replicate(str("Kim"), str("replica.earshot")).exitCode, 0);
    const QString file = str("--workspace %1 ").arg(path);
    for (const char *line : {"search openword", "export"})
        QCOMPARE(run(file + str(line)).err, QByteArray());
    const auto change = [&path](const QString &sql) {
        SystemClock clock;
        const auto opened = Database::open(path, Database::Mode::readWrite);
        QVERIFY(opened);
        (*opened)->execute(sql);
        QVERIFY((*opened)->done());
    };
    change(str("UPDATE meta SET value = '1770000000000' WHERE name = 'replica_reach'"));
    for (const char *line : {"search openword", "export"}) {
        const ControlAnswer told = run(file + str(line));
        QCOMPARE(told.exitCode, 0);
        QVERIFY2(told.err.contains("reaches back to 2026-02-0"), told.err.constData());
        QVERIFY2(told.err.contains((str("workspace replicate ") + path).toUtf8()), told.err.constData());
        const ControlAnswer json = run(file + str(line) + str(" --json"));
        QCOMPARE(json.err, QByteArray("{\"reach\":{\"isWhole\":false,\"since\":\"2026-02-02T02:40:00.000Z\"}}\n"));
        QVERIFY(run(str(line) + str(" --help")).out.contains("standard error says how far it reaches"));
    }
    QVERIFY(!run(file + str("search openword --json")).array().isEmpty());
    change(str("UPDATE meta SET value = '0' WHERE name = 'replica_reach'"));
    QVERIFY(run(file + str("search openword")).err.startsWith("This search does not reach all history"));
    QCOMPARE(run(file + str("search openword --json")).err,
             QByteArray("{\"reach\":{\"isWhole\":false,\"since\":null}}\n"));
    // All of it is here, and not all in the index.
    change(str("UPDATE meta SET value = '' WHERE name = 'replica_reach'"));
    change(str("INSERT INTO unindexed (message, at) VALUES (90000, 1770000000000)"));
    QVERIFY(run(file + str("search openword")).err.contains("older messages are not searchable yet"));
    QCOMPARE(run(file + str("export")).err, QByteArray());
}

void CtlReplicaTest::tellsWhatDiffersAndRepairsIt()
{
    const QString file = m_ctl->file(str("replica.earshot"));
    const QString compare = str("--token-file %1 workspace compare %2 ").arg(m_ctl->file(str("Kim.token")), file);
    QCOMPARE(run(compare).exitCode, int(ExitCode::notFound));
    QCOMPARE(replicate(str("Kim"), str("replica.earshot")).exitCode, 0);
    const ControlAnswer equal = run(compare + str("--json"));
    QCOMPARE(equal.exitCode, 0);
    QVERIFY(equal.object().value(str("compared")).toInteger() > 300);
    QVERIFY(equal.object().value(str("differences")).toArray().isEmpty());
    spoil(file, str("UPDATE conversation SET status = 3 WHERE id = 7"));
    spoil(file, str("DELETE FROM conversation_tag"));
    const ControlAnswer told = run(compare + str("--json"));
    QCOMPARE(told.exitCode, int(ExitCode::damaged));
    QCOMPARE(
        told.object().value(str("differences")).toArray(),
        (QJsonArray{
            QJsonObject{{str("table"), str("conversation")}, {str("id"), str("7")}, {str("kind"), str("different")}},
            QJsonObject{
                {str("table"), str("conversation_tag")}, {str("id"), str("1")}, {str("kind"), str("missing")}}}));
    const ControlAnswer shown = run(compare);
    QCOMPARE(shown.exitCode, int(ExitCode::damaged));
    QVERIFY2(shown.out.contains("conversation_tag"), shown.out.constData());
    // What came meanwhile is no difference, and comparing changes nothing.
    m_world->receive(ServerWorld::open, str("late"), str("later word"));
    QCOMPARE(run(compare).exitCode, int(ExitCode::busy));
    const ControlAnswer repaired = run(compare + str("--repair --json"));
    QCOMPARE(repaired.exitCode, 0);
    QCOMPARE(repaired.object().value(str("repaired")).toInteger(), 2);
    QCOMPARE(run(compare).exitCode, 0);
    QCOMPARE(run(str("--token-file %1 workspace compare %2").arg(m_ctl->file(str("Ana.token")), file)).exitCode,
             int(ExitCode::refused));
}

/// It was behind when it was opened to be compared; a row of it is not what it should be.
void CtlReplicaTest::comparesBesideADesktopThatFollows()
{
    const QString file = m_ctl->file(str("replica.earshot"));
    QCOMPARE(replicate(str("Kim"), str("replica.earshot")).exitCode, 0);
    m_world->receive(ServerWorld::open, str("late"), str("later word"));
    spoil(file, str("UPDATE conversation SET status = 3 WHERE id = 7"));
    const SystemClock clock;
    ReplicaSession::Options options;
    options.path = file;
    options.pauses = {std::chrono::milliseconds(20), std::chrono::milliseconds(100)};
    const auto desktop = ReplicaSession::open(options, clock);
    QVERIFY(desktop);
    const QSignalSpy asked(&m_world->server(), &Server::requestAccepted);
    const auto compare = m_ctl->start(
        m_ctl->program(),
        words(str("--token-file %1 workspace compare %2 --json").arg(m_ctl->file(str("Kim.token")), file)));
    QTRY_COMPARE(asked.size(), 1);
    (*desktop)->setToken(Secret(m_ctl->readFile(str("Kim.token"))));
    QTRY_COMPARE(compare->state(), QProcess::NotRunning);
    QCOMPARE(compare->exitCode(), int(ExitCode::damaged));
    const QJsonObject told = QJsonDocument::fromJson(compare->readAllStandardOutput()).object();
    QVERIFY(told.value(str("compared")).toInteger() > 300);
    QCOMPARE(told.value(str("differences")).toArray(),
             QJsonArray{(QJsonObject{
                 {str("table"), str("conversation")}, {str("id"), str("7")}, {str("kind"), str("different")}})});
    QCOMPARE((*desktop)->desk().status().kind, DeskStatus::Kind::current);
}

QTEST_GUILESS_MAIN(CtlReplicaTest)
#include "tst_replica.moc"
