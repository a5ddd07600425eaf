// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/cli/controlprogram.h"
#include "tests/cli/feedserver.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace Earshot;

namespace {

const QString program = QStringLiteral(EARSHOT_BINARY_DIR "/app/cli/earshotctl");

QString key(const char *name)
{
    return QString::fromUtf8(name);
}

/// A text with what must never reach a terminal: an escape sequence, a C1 introducer, an override.
const QString hostile = QStringLiteral("red \u009b31m \u202Eevil <b>bold</b> lamp");

FeedServer::Item item(int number, const QString &text)
{
    return {key("urn:item:%1").arg(number), key("Mira %1").arg(number), key("Lamp %1 flickers").arg(number), text,
            QDateTime::currentDateTimeUtc().addSecs(-3600 * number)};
}

} // namespace

/// The real program, from arguments to exit code.
class EarshotCtlTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nonsenseIsUsage_data();
    void nonsenseIsUsage();
    void helpAndVersionNeedNoWorkspace();
    void missingWorkspaceSaysWhatToDo();
    void workspaceIsMadeOnce();
    void damagedFileIsTold();
    void damagedPagesAreTold();
    void copiesAreToldBeforeTheyAct();
    void agentsAreAddedAndListed();
    void feedBecomesAnInbox();
    void shownConversationHasItsKeys();
    void workIsDoneAndJournalled();
    void bulkActionsAreLists();
    void rulesRefuse();
    void searchFinds();
    void exportHasARowEach();
    void strangersSteerNoTerminal();
    void closedPipeEndsQuietly();
    void librariesRemarkNothing();
    void brokenChannelFailsAlone();
    void backupIsSound();

private:
    /// A home with a workspace and a pulled feed of three items, all of them work.
    struct Desk
    {
        Desk();
        ControlProgram ctl{program};
        FeedServer server;
        ControlAnswer added;
        ControlAnswer pulled;
        [[nodiscard]] qint64 firstNumber() const;
    };
};

EarshotCtlTest::Desk::Desk()
{
    server.add(item(1, QStringLiteral("The second one works.")));
    server.add(item(2, QStringLiteral("=cmd, \"quoted\" and <i>more</i>")));
    server.add(item(3, hostile));
    ctl.run("workspace create --admin Kim");
    added = ctl.run({key("channel"), key("add"), server.address(), key("--work-since"), key("2d"), key("--json")});
    pulled = ctl.run("pull --json");
}

qint64 EarshotCtlTest::Desk::firstNumber() const
{
    return ctl.run("inbox --json").array().first().toObject().value(key("id")).toInteger();
}

void EarshotCtlTest::initTestCase()
{
    QVERIFY2(QFile::exists(program), "earshotctl is not built");
}

void EarshotCtlTest::nonsenseIsUsage_data()
{
    QTest::addColumn<QString>("line");
    for (const char *line : {"",
                             "frobnicate",
                             "channel",
                             "claim",
                             "pull --frobnicate",
                             "inbox --limit 0",
                             "inbox --limit many",
                             "channel add x --password geheim",
                             "channel add x --network friendster",
                             "channel add x --since soon",
                             "channel add x --password-file a --token-file b",
                             "snooze 1 yesterday",
                             "status 1 closed",
                             "status 1 snoozed",
                             "priority 1 highest",
                             "reply 1 text --describe lamp",
                             "export --format xml",
                             "export --what secrets",
                             "export --format csv --what all",
                             "agent add Kim --role boss",
                             "search"})
        QTest::newRow(*line == '\0' ? "nothing" : line) << QString::fromUtf8(line);
}

void EarshotCtlTest::nonsenseIsUsage()
{
    QFETCH(QString, line);
    const ControlProgram ctl(program);
    ctl.run("workspace create");
    const QStringList words = line.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const ControlAnswer text = ctl.run(words);
    QCOMPARE(text.exitCode, 2);
    QCOMPARE(text.out, QByteArray());
    QVERIFY2(text.err.startsWith("earshotctl: "), text.err.constData());
    QVERIFY(!text.err.contains("geheim"));
    const ControlAnswer json = ctl.run(QStringList{key("--json")} + words);
    QCOMPARE(json.exitCode, 2);
    QCOMPARE(json.errorKind(), key("invalid"));
}

void EarshotCtlTest::helpAndVersionNeedNoWorkspace()
{
    const ControlProgram ctl(program);
    const ControlAnswer help = ctl.run("--help");
    QCOMPARE(help.exitCode, 0);
    QVERIFY(help.out.contains("channel add ADDRESS"));
    QVERIFY(help.out.contains("Exit codes:"));
    const ControlAnswer version = ctl.run("--version");
    QCOMPARE(version.exitCode, 0);
    QVERIFY(version.out.startsWith("earshotctl "));
    QCOMPARE(ctl.run("reply --help").exitCode, 0);
}

void EarshotCtlTest::missingWorkspaceSaysWhatToDo()
{
    const ControlProgram ctl(program);
    const ControlAnswer text = ctl.run("inbox");
    QCOMPARE(text.exitCode, 3);
    QVERIFY2(text.err.contains("earshotctl workspace create"), text.err.constData());
    const ControlAnswer json = ctl.run("claim 1 --json");
    QCOMPARE(json.exitCode, 3);
    QCOMPARE(json.errorKind(), key("notFound"));
    QCOMPARE(json.out, QByteArray());
}

void EarshotCtlTest::workspaceIsMadeOnce()
{
    const ControlProgram ctl(program);
    const ControlAnswer made = ctl.run("workspace create --json");
    QCOMPARE(made.exitCode, 0);
    QCOMPARE(made.object().value(key("admin")).toString(), key("Mira"));
    QVERIFY(QFile::exists(ctl.file(key(".local/share/earshot/desk.earshot"))));
    QCOMPARE(ctl.run("workspace create --json").errorKind(), key("invalid"));
    QCOMPARE(ctl.run("workspace create other.earshot").exitCode, 0);
    const ControlAnswer info = ctl.run("--workspace other.earshot workspace info --json");
    QCOMPARE(info.exitCode, 0);
    QCOMPARE(info.object().value(key("agents")).toInt(), 1);
    QCOMPARE(ctl.run("workspace verify").exitCode, 0);
}

void EarshotCtlTest::damagedFileIsTold()
{
    const ControlProgram ctl(program);
    ctl.writeFile(key("broken.earshot"), QByteArray(8192, 'x'));
    const ControlAnswer answer = ctl.run("--workspace broken.earshot inbox --json");
    QCOMPARE(answer.exitCode, 6);
    QCOMPARE(answer.errorKind(), key("damaged"));
    QCOMPARE(ctl.run("workspace verify broken.earshot").exitCode, 6);
}

/// Whichever page is damaged: a pull that saw no channel, or not all, never passes for one that had none.
void EarshotCtlTest::damagedPagesAreTold()
{
    constexpr qint64 pageSize = 4096;
    Desk desk;
    const ControlProgram &ctl = desk.ctl;
    QFile file(ctl.file(key(".local/share/earshot/desk.earshot")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray sound = file.readAll();
    file.close();
    QVERIFY(sound.size() > 20 * pageSize);
    int refused = 0;
    for (qint64 at = pageSize; at < sound.size(); at += pageSize) {
        QByteArray damaged = sound;
        damaged.replace(at, pageSize, QByteArray(pageSize, 'x'));
        ctl.writeFile(key("damaged.earshot"), damaged);
        const ControlAnswer pulled = ctl.run("--workspace damaged.earshot pull --json");
        if (pulled.exitCode == 6) {
            ++refused;
            QCOMPARE(pulled.errorKind(), key("damaged"));
            if (refused == 1)
                QVERIFY(ctl.run("--workspace damaged.earshot pull").err.contains("restore a backup"));
        } else {
            QVERIFY2(pulled.array().size() == 1, QByteArray::number(at / pageSize).constData());
        }
    }
    QVERIFY(refused > 0);
}

void EarshotCtlTest::copiesAreToldBeforeTheyAct()
{
    const ControlProgram ctl(program);
    ctl.run("workspace create");
    const auto originOf = [&ctl](const char *line) {
        const QJsonObject info = ctl.run(line).object();
        return std::pair(info.value(key("origin")).toString(), info.value(key("isCourierOff")).toBool());
    };
    QCOMPARE(originOf("workspace info --json"), std::pair(key("same"), false));
    const QString file = ctl.file(key(".local/share/earshot/desk.earshot"));
    QVERIFY(QFile::copy(file, ctl.file(key("copy.earshot"))));
    QCOMPARE(originOf("--workspace copy.earshot workspace info --json"), std::pair(key("copied"), true));
    QVERIFY(ctl.run("--workspace copy.earshot workspace info").err.contains("workspace adopt"));
    QCOMPARE(originOf("workspace info --json"), std::pair(key("same"), false));
    QCOMPARE(ctl.run("--workspace copy.earshot workspace adopt").exitCode, 0);
    QCOMPARE(originOf("--workspace copy.earshot workspace info --json"), std::pair(key("same"), false));
}

void EarshotCtlTest::agentsAreAddedAndListed()
{
    const ControlProgram ctl(program);
    ctl.run("workspace create --admin Kim");
    const ControlAnswer added = ctl.run("agent add Ana --role lead --json");
    QCOMPARE(added.exitCode, 0);
    QVERIFY(added.object().value(key("id")).toInteger() > 0);
    const QJsonArray agents = ctl.run("agent list --json").array();
    QCOMPARE(agents.size(), 2);
    QHash<QString, QString> roles;
    for (const QJsonValue agent : agents)
        roles.insert(agent.toObject().value(key("name")).toString(), agent.toObject().value(key("role")).toString());
    QCOMPARE(roles, (QHash<QString, QString>{{key("Ana"), key("lead")}, {key("Kim"), key("admin")}}));
    QCOMPARE(ctl.run("--agent Nobody agent add Eve").exitCode, 3);
    QCOMPARE(ctl.run("--agent Ana agent add Eve").exitCode, 4);
}

void EarshotCtlTest::feedBecomesAnInbox()
{
    const Desk desk;
    QVERIFY2(desk.added.exitCode == 0, desk.added.err.constData());
    QCOMPARE(desk.added.object().value(key("network")).toString(), key("feed"));
    QVERIFY2(desk.pulled.exitCode == 0, desk.pulled.err.constData());
    QCOMPARE(desk.pulled.array().first().toObject().value(key("messages")).toInt(), 3);
    const QJsonArray inbox = desk.ctl.run("inbox --json").array();
    QCOMPARE(inbox.size(), 3);
    const QJsonObject first = inbox.first().toObject();
    for (const char *name : {"id", "channel", "network", "contact", "subject", "status", "assignee", "priority", "tags",
                             "lastMessageAt", "snippet", "messageCount"})
        QVERIFY2(first.contains(key(name)), name);
    QCOMPARE(first.value(key("status")).toString(), key("open"));
    QCOMPARE(first.value(key("contact")).toString(), key("Mira 1"));
    QVERIFY(first.value(key("tags")).isArray());
    QCOMPARE(desk.ctl.run("inbox --limit 2 --json").array().size(), 2);
    QCOMPARE(desk.ctl.run("inbox --view mine --json").array().size(), 0);
    const ControlAnswer channels = desk.ctl.run("channel list --json");
    QCOMPARE(channels.array().first().toObject().value(key("health")).toString(), key("ok"));
    // A second pull brings nothing twice.
    QCOMPARE(desk.ctl.run("pull").exitCode, 0);
    QCOMPARE(desk.ctl.run("inbox --json").array().size(), 3);
}

void EarshotCtlTest::shownConversationHasItsKeys()
{
    const Desk desk;
    const QString number = QString::number(desk.firstNumber());
    const ControlAnswer shown = desk.ctl.run({key("show"), number, key("--json")});
    QCOMPARE(shown.exitCode, 0);
    QCOMPARE(shown.object().value(key("id")).toInteger(), number.toLongLong());
    const QJsonArray messages = shown.object().value(key("messages")).toArray();
    QCOMPARE(messages.size(), 1);
    const QJsonObject message = messages.first().toObject();
    for (const char *name :
         {"id", "kind", "author", "text", "remoteId", "url", "sentAt", "remoteState", "delivery", "failure"})
        QVERIFY2(message.contains(key(name)), name);
    QCOMPARE(message.value(key("kind")).toString(), key("inbound"));
    QCOMPARE(message.value(key("author")).toString(), key("Mira 1"));
    QVERIFY(message.value(key("text")).toString().contains(key("The second one works.")));
    QVERIFY(message.value(key("delivery")).isNull());
    QCOMPARE(message.value(key("remoteState")).toObject().value(key("presence")).toString(), key("live"));
    QCOMPARE(desk.ctl.run({key("show"), key("#") + number}).exitCode, 0);
    QCOMPARE(desk.ctl.run("show 999").exitCode, 3);
    QCOMPARE(desk.ctl.run("show one").exitCode, 2);
}

void EarshotCtlTest::workIsDoneAndJournalled()
{
    const Desk desk;
    const QString number = QString::number(desk.firstNumber());
    const auto run = [&](const QStringList &words, const QByteArray &input = {}) {
        const ControlAnswer answer = desk.ctl.run(words, input);
        return answer.exitCode == 0 ? QString() : QString::fromUtf8(answer.err);
    };
    QCOMPARE(run({key("claim"), number}), QString());
    QCOMPARE(run({key("tag"), number, key("hardware"), key("two words")}), QString());
    QCOMPARE(run({key("tag"), number, key("two words"), key("--remove")}), QString());
    QCOMPARE(run({key("note"), number, key("-")}, "line one\nline two\n"), QString());
    QCOMPARE(run({key("priority"), number, key("high")}), QString());
    QCOMPARE(run({key("snooze"), number, key("2h")}), QString());
    const auto shown = [&] { return desk.ctl.run({key("show"), number, key("--json")}).object(); };
    QCOMPARE(shown().value(key("status")).toString(), key("snoozed"));
    QVERIFY(shown().value(key("snoozedUntil")).isString());
    QCOMPARE(run({key("wake"), number}), QString());
    QCOMPARE(run({key("status"), number, key("resolved")}), QString());
    const QJsonObject conversation = shown();
    QCOMPARE(conversation.value(key("assignee")).toString(), key("Kim"));
    QCOMPARE(conversation.value(key("priority")).toString(), key("high"));
    QCOMPARE(conversation.value(key("reason")).toString(), key("noAnswerNeeded"));
    QCOMPARE(conversation.value(key("tags")).toArray(), QJsonArray{key("hardware")});
    const QJsonObject note = conversation.value(key("messages")).toArray().last().toObject();
    QCOMPARE(note.value(key("kind")).toString(), key("note"));
    QCOMPARE(note.value(key("text")).toString(), key("line one\nline two"));
    QCOMPARE(desk.ctl.run("inbox --tag hardware --json").array().size(), 1);
    QStringList kinds;
    for (const QJsonValue line : desk.ctl.run("journal --limit 9 --json").array())
        kinds.prepend(line.toObject().value(key("kind")).toString());
    QCOMPARE(kinds.mid(kinds.size() - 8),
             QStringList({key("claim"), key("addTag"), key("addTag"), key("removeTag"), key("addNote"),
                          key("setPriority"), key("snooze"), key("wake"), key("setStatus")})
                 .mid(1));
}

void EarshotCtlTest::bulkActionsAreLists()
{
    const Desk desk;
    QStringList numbers;
    for (const QJsonValue one : desk.ctl.run("inbox --json").array())
        numbers.append(QString::number(one.toObject().value(key("id")).toInteger()));
    const ControlAnswer claimed = desk.ctl.run(QStringList{key("claim")} + numbers + QStringList{key("--json")});
    QCOMPARE(claimed.exitCode, 0);
    QCOMPARE(claimed.array().size(), 3);
    QCOMPARE(claimed.array().at(2).toObject().value(key("outcome")).toString(), key("applied"));
    const ControlAnswer again = desk.ctl.run(QStringList{key("claim")} + numbers + QStringList{key("--json")});
    QCOMPARE(again.array().first().toObject().value(key("hadEffect")).toBool(true), false);
    // Nothing is done when one of them does not exist.
    const ControlAnswer partly = desk.ctl.run({key("unassign"), numbers.first(), key("999")});
    QCOMPARE(partly.exitCode, 3);
    QCOMPARE(desk.ctl.run("inbox --view mine --json").array().size(), 3);
}

void EarshotCtlTest::rulesRefuse()
{
    const Desk desk;
    const QString number = QString::number(desk.firstNumber());
    desk.ctl.run("agent add Ana");
    QCOMPARE(desk.ctl.run({key("claim"), number, key("--agent"), key("Ana")}).exitCode, 0);
    const ControlAnswer taken = desk.ctl.run({key("claim"), number, key("--json")});
    QCOMPARE(taken.exitCode, 4);
    QCOMPARE(taken.errorKind(), key("refused"));
    const QJsonObject refusal = taken.array().first().toObject().value(key("refusal")).toObject();
    QCOMPARE(refusal.value(key("kind")).toString(), key("taken"));
    QCOMPARE(refusal.value(key("by")).toString(), key("Ana"));
    QVERIFY(desk.ctl.run({key("claim"), number}).err.contains("taken by Ana"));
    // A feed cannot be answered.
    QCOMPARE(desk.ctl.run({key("reply"), number, key("Thank you")}).exitCode, 4);
    QCOMPARE(desk.ctl.run("outbox --json").array().size(), 0);
    QCOMPARE(desk.ctl.run("outbox retry 7").exitCode, 3);
}

void EarshotCtlTest::searchFinds()
{
    const Desk desk;
    const QJsonArray hits = desk.ctl.run("search second works --json").array();
    QCOMPARE(hits.size(), 1);
    QCOMPARE(hits.first().toObject().value(key("conversation")).toInteger(), desk.firstNumber());
    QVERIFY(hits.first().toObject().value(key("excerpt")).toString().contains(key("second")));
    QCOMPARE(desk.ctl.run("search nowhere --json").array().size(), 0);
    QCOMPARE(desk.ctl.run("search before:never --json").errorKind(), key("invalid"));
    QVERIFY(desk.ctl.run("search priority:rubbish").err.contains("priority: takes low, normal, high, urgent"));
}

void EarshotCtlTest::exportHasARowEach()
{
    const Desk desk;
    const QList<QByteArray> lines = desk.ctl.run("export").out.trimmed().split('\n');
    QCOMPARE(lines.size(), 6);
    QHash<QString, int> types;
    for (const QByteArray &line : lines)
        ++types[QJsonDocument::fromJson(line).object().value(key("type")).toString()];
    QCOMPARE(types.value(key("conversation")), 3);
    QCOMPARE(types.value(key("message")), 3);
    const ControlAnswer file = desk.ctl.run("export --format csv --what messages --output all.csv --json");
    QCOMPARE(file.exitCode, 0);
    QCOMPARE(file.object().value(key("rows")).toInt(), 3);
    const QByteArray csv = desk.ctl.readFile(key("all.csv"));
    QVERIFY(csv.startsWith("id,conversation,"));
    QVERIFY(csv.contains("\"\"quoted\"\""));
    QCOMPARE(desk.ctl.run("export --output nowhere/all.jsonl").exitCode, 8);
}

void EarshotCtlTest::strangersSteerNoTerminal()
{
    const Desk desk;
    for (const char *line :
         {"inbox", "show 1", "show 2", "show 3", "search lamp", "journal", "inbox --json", "export"}) {
        const QByteArray out = desk.ctl.run(line).out;
        QVERIFY2(!out.isEmpty(), line);
        for (const char16_t c : QString::fromUtf8(out).toStdU16String()) {
            const bool isControl = (c < 0x20 && c != '\n' && c != '\r') || (c >= 0x7f && c < 0xa0);
            QVERIFY2(!isControl, line);
        }
    }
    QVERIFY(!QString::fromUtf8(desk.ctl.run("inbox").out).contains(QChar(0x202E)));
}

void EarshotCtlTest::closedPipeEndsQuietly()
{
    ControlProgram shell(QStringLiteral("/bin/bash"));
    const QString script = key("set -o pipefail; %1 workspace create > /dev/null; "
                               "%1 --help | head -c 1 > /dev/null; echo ${PIPESTATUS[0]}")
                               .arg(program);
    const ControlAnswer answer = shell.run({key("-c"), script});
    QCOMPARE(answer.out, QByteArray("0\n"));
    QCOMPARE(answer.err, QByteArray());
}

void EarshotCtlTest::librariesRemarkNothing()
{
    // Without a runtime folder Qt warns on standard error, where scripts expect one document.
    ControlProgram shell(QStringLiteral("/bin/bash"));
    const QString script =
        key("unset XDG_RUNTIME_DIR; %1 workspace create > /dev/null && %1 claim 9 --json").arg(program);
    const ControlAnswer answer = shell.run({key("-c"), script});
    QCOMPARE(answer.exitCode, 3);
    QVERIFY2(answer.errorKind() == key("notFound"), answer.err.constData());
}

void EarshotCtlTest::brokenChannelFailsAlone()
{
    Desk desk;
    FeedServer other;
    other.add(item(9, QStringLiteral("fine")));
    QCOMPARE(desk.ctl.run({key("channel"), key("add"), other.address()}).exitCode, 0);
    desk.server.breakDown();
    const ControlAnswer pulled = desk.ctl.run("pull --json");
    QVERIFY(pulled.exitCode == 1);
    QVERIFY(!pulled.errorKind().isEmpty());
    QCOMPARE(pulled.array().size(), 2);
    int failed = 0;
    int messages = 0;
    for (const QJsonValue report : pulled.array()) {
        failed += report.toObject().value(key("error")).isObject() ? 1 : 0;
        messages += report.toObject().value(key("messages")).toInt();
    }
    QCOMPARE(failed, 1);
    QCOMPARE(messages, 1);
    const QString removed = desk.added.object().value(key("id")).toVariant().toString();
    QCOMPARE(desk.ctl.run({key("channel"), key("remove"), removed}).exitCode, 0);
    QCOMPARE(desk.ctl.run("channel list --json").array().size(), 1);
    QCOMPARE(desk.ctl.run({key("pull"), key("--channel"), removed}).exitCode, 3);
    QCOMPARE(desk.ctl.run("inbox --json").array().size(), 4);
}

void EarshotCtlTest::backupIsSound()
{
    const Desk desk;
    QCOMPARE(desk.ctl.run("workspace backup copy.earshot").exitCode, 0);
    const ControlAnswer verified = desk.ctl.run("workspace verify copy.earshot --json");
    QCOMPARE(verified.exitCode, 0);
    QCOMPARE(verified.object().value(key("conversations")).toInt(), 3);
    QCOMPARE(desk.ctl.run("--workspace copy.earshot inbox --json").array().size(), 3);
    QVERIFY(desk.ctl.run("workspace backup copy.earshot").exitCode != 0);
}

QTEST_GUILESS_MAIN(EarshotCtlTest)
#include "tst_earshotctl.moc"
