// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/handover.h"
#include "courier/secretstore.h"
#include "tests/cli/controlprogram.h"
#include "tests/cli/feedserver.h"

#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Earshot;

namespace {

const QString program = QStringLiteral(EARSHOT_BINARY_DIR "/app/cli/earshotctl");
const QString server = QStringLiteral(EARSHOT_BINARY_DIR "/app/server/earshotd");

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

QStringList words(const QString &line)
{
    return line.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

/// A workspace goes from a desktop to a server, with real programs: an administrator's afternoon.
class HandOverTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void secretsOpenWithTheirKeyOnly();
    void workspaceGoesToAServer();
    void withoutAKeyNothingIsDone();
    void wrongKeysChangeNothing();
    void networksWorkThroughAServer();
    void restoredServerWaitsForAPerson();
    void damagedWorkspaceIsRestoredAsTheReadmeSays();

private:
    [[nodiscard]] ControlAnswer run(const QString &line)
    {
        return m_ctl->run(words(line) + QStringList{str("--json")});
    }
    [[nodiscard]] ControlAnswer onServer(const QString &line)
    {
        return run(str("--server http://127.0.0.1:%1 --token-file token ").arg(m_port) + line);
    }
    /// Starts earshotd and makes a token for its first admin.
    void startServer(const QString &file);
    void stopServer();

    std::unique_ptr<ControlProgram> m_ctl;
    std::unique_ptr<FeedServer> m_feed;
    std::unique_ptr<QProcess> m_server;
    int m_port = 0;
};

void HandOverTest::init()
{
    QVERIFY2(QFile::exists(program), "earshotctl is not built");
    QVERIFY2(QFile::exists(server), "earshotd is not built");
    m_ctl = std::make_unique<ControlProgram>(program);
    m_feed = std::make_unique<FeedServer>();
    m_feed->add({str("urn:item:1"), str("Mira"), str("Lamp"), str("It flickers"), QDateTime::currentDateTimeUtc()});
    QCOMPARE(run(str("--workspace local.earshot workspace create --admin Ana")).exitCode, 0);
    QCOMPARE(run(str("--workspace local.earshot --key-file local.key channel add ") + m_feed->address()).exitCode, 0);
}

void HandOverTest::cleanup()
{
    stopServer();
    m_feed.reset();
    m_ctl.reset();
}

void HandOverTest::startServer(const QString &file)
{
    m_server = m_ctl->start(server, {m_ctl->file(file), str("--key-file"), m_ctl->file(str("server.key")),
                                     str("--listen"), str("127.0.0.1:0")});
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += m_server->readAllStandardOutput()).contains("port "), 20'000);
    static const QRegularExpression form(str("port (\\d+)"));
    m_port = form.match(QString::fromUtf8(said)).captured(1).toInt();
    QVERIFY(m_port > 0);
    const ControlAnswer token = run(str("--workspace %1 agent token Ana").arg(file));
    QCOMPARE(token.err, QByteArray());
    m_ctl->writeFile(str("token"), token.object().value(str("token")).toString().toLatin1());
}

void HandOverTest::stopServer()
{
    if (!m_server)
        return;
    QSignalSpy finished(m_server.get(), &QProcess::finished);
    m_server->terminate();
    QVERIFY(m_server->state() == QProcess::NotRunning || finished.wait(40'000));
    m_server.reset();
}

void HandOverTest::secretsOpenWithTheirKeyOnly()
{
    const QString file = m_ctl->file(str("a.key"));
    const auto key = publicKeyOf(file);
    QVERIFY(key && key->startsWith(str("earshot-key:")));
    QCOMPARE(*publicKeyOf(file), *key);
    const QByteArray hidden = "geheim \xff";
    const auto sealed = sealSecrets({{str("w/1"), Secret(hidden)}}, *key + u'\n');
    QVERIFY(sealed);
    QVERIFY(!sealed->contains("geheim"));
    QVERIFY(!sealed->contains(hidden.toBase64()));
    QCOMPARE(openSealed(*sealed, file)->value(str("w/1")).reveal(), hidden);
    QVERIFY(publicKeyOf(m_ctl->file(str("b.key"))));
    QCOMPARE(openSealed(*sealed, m_ctl->file(str("b.key"))).error().kind, ErrorKind::invalid);
    QCOMPARE(openSealed(*sealed, m_ctl->file(str("none.key"))).error().kind, ErrorKind::noKeychain);
    QByteArray changed = *sealed;
    changed[changed.size() - 1] = char(changed.back() ^ 1);
    QCOMPARE(openSealed(changed, file).error().kind, ErrorKind::invalid);
    QCOMPARE(openSealed("short", file).error().kind, ErrorKind::invalid);
    for (const char *wrong : {"", "earshot-key:", "earshot-key:abc", "ssh-ed25519 AAAA"})
        QCOMPARE(sealSecrets({}, str(wrong)).error().kind, ErrorKind::invalid);
}

void HandOverTest::workspaceGoesToAServer()
{
    QCOMPARE(run(str("--workspace local.earshot --key-file local.key pull")).exitCode, 0);
    // As if the channel had a password.
    const QString id = [this] {
        QFile record(m_ctl->file(str("local.earshot")));
        return record.exists() ? str("1") : QString();
    }();
    const ControlAnswer renewed = m_ctl->run(
        words(str("--workspace local.earshot --key-file local.key channel renew %1 --password-file - --json").arg(id)),
        "geheim\n");
    QCOMPARE(renewed.err, QByteArray());
    const QString key = run(str("--key-file server.key workspace key")).object().value(str("key")).toString();
    const ControlAnswer given =
        run(str("--workspace local.earshot --key-file local.key workspace hand-over team.earshot --to ") + key);
    QCOMPARE(given.err, QByteArray());
    QCOMPARE(given.object().value(str("secrets")).toInt(), 1);
    QVERIFY(!m_ctl->readFile(str("team.earshot.sealed")).contains("geheim"));

    // Here it can be read, and does nothing any more.
    QCOMPARE(run(str("--workspace local.earshot inbox")).array().size(), 1);
    QCOMPARE(run(str("--workspace local.earshot workspace info")).object().value(str("origin")), str("handedOver"));
    const int asked = m_feed->requests();
    const ControlAnswer pulled = run(str("--workspace local.earshot --key-file local.key pull"));
    QCOMPARE(pulled.exitCode, 4);
    QVERIFY(pulled.err.contains("handed over"));
    QVERIFY(run(str("--workspace local.earshot deliver")).exitCode != 0);
    QCOMPARE(m_feed->requests(), asked);
    const ControlAnswer claimed = run(str("--workspace local.earshot claim 1"));
    QCOMPARE(claimed.exitCode, 4);
    QVERIFY(claimed.err.contains("handedOver"));
    QCOMPARE(run(str("--workspace local.earshot workspace adopt")).exitCode, 4);
    QCOMPARE(run(str("--workspace local.earshot workspace hand-over x --to ") + key).exitCode, 4);
    QVERIFY(QFile::copy(m_ctl->file(str("local.earshot")), m_ctl->file(str("moved.earshot"))));
    QCOMPARE(run(str("--workspace moved.earshot workspace adopt")).exitCode, 4);

    // There it goes on.
    // Until it is received, it is a file that came from elsewhere.
    const QJsonObject arrived = run(str("--workspace team.earshot workspace info")).object();
    QCOMPARE(arrived.value(str("isCourierOff")).toBool(), true);
    QVERIFY(arrived.value(str("origin")).toString() != str("handedOver"));
    const ControlAnswer received =
        run(str("--workspace team.earshot --key-file server.key workspace receive team.earshot.sealed"));
    QCOMPARE(received.err, QByteArray());
    QCOMPARE(received.object().value(str("secrets")).toInt(), 1);
    QVERIFY(m_ctl->readFile(str("server.key.secrets")).size() > 0);
    startServer(str("team.earshot"));
    QCOMPARE(onServer(str("inbox")).array().size(), 1);
    QCOMPARE(onServer(str("claim 1")).exitCode, 0);
    m_feed->add({str("urn:item:2"), str("Jo"), str("Chair"), str("It wobbles"), QDateTime::currentDateTimeUtc()});
    QCOMPARE(onServer(str("pull")).exitCode, 0);
    QCOMPARE(onServer(str("inbox")).array().size(), 2);
}

void HandOverTest::withoutAKeyNothingIsDone()
{
    const QString key = run(str("--key-file server.key workspace key")).object().value(str("key")).toString();
    QCOMPARE(run(str("--workspace local.earshot workspace hand-over x")).exitCode, 2);
    QCOMPARE(run(str("--workspace local.earshot workspace hand-over x --to rubbish --key-file local.key")).exitCode, 2);
    QVERIFY(!QFile::exists(m_ctl->file(str("x"))));
    QCOMPARE(run(str("--workspace local.earshot workspace info")).object().value(str("origin")), str("same"));
}

void HandOverTest::wrongKeysChangeNothing()
{
    const QString key = run(str("--key-file other.key workspace key")).object().value(str("key")).toString();
    QCOMPARE(run(str("--workspace local.earshot --key-file local.key workspace hand-over team.earshot --to ") + key)
                 .exitCode,
             0);
    QCOMPARE(run(str("--key-file server.key workspace key")).exitCode, 0);
    QCOMPARE(run(str("--workspace team.earshot --key-file server.key workspace receive team.earshot.sealed")).exitCode,
             2);
    QCOMPARE(run(str("--workspace team.earshot workspace receive team.earshot.sealed")).exitCode, 2);
    QCOMPARE(run(str("--workspace team.earshot --key-file other.key workspace receive team.earshot.sealed")).exitCode,
             0);
}

void HandOverTest::networksWorkThroughAServer()
{
    startServer(str("local.earshot"));
    FeedServer second;
    second.add({str("urn:item:9"), str("Eve"), str("Desk"), str("It squeaks"), QDateTime::currentDateTimeUtc()});
    QCOMPARE(onServer(str("channel find ") + second.address()).array().size(), 1);
    const ControlAnswer added = onServer(str("channel add %1 --name Second --work-since 2d").arg(second.address()));
    QCOMPARE(added.err, QByteArray());
    QCOMPARE(added.object().value(str("name")), str("Second"));
    const QString id = QString::number(added.object().value(str("id")).toInteger());
    QCOMPARE(onServer(str("channel test ") + id).object().value(str("channel")).toInteger(), id.toInt());
    const ControlAnswer pulled = onServer(str("pull --channel ") + id);
    QCOMPARE(pulled.array().size(), 1);
    const QString renew =
        str("--server http://127.0.0.1:%1 --token-file token channel renew %2 --password-file - --json");
    QCOMPARE(m_ctl->run(words(renew.arg(m_port).arg(id)), "geheim\n").err, QByteArray());
    QCOMPARE(onServer(str("inbox --channel ") + id).array().size(), 1);
    QCOMPARE(onServer(str("deliver")).exitCode, 0);
    QCOMPARE(onServer(str("channel team %1 everybody").arg(id)).exitCode, 0);
    QCOMPARE(onServer(str("team add Night")).exitCode, 0);
    QCOMPARE(onServer(str("agent add Bo")).exitCode, 0);
    QCOMPARE(onServer(str("team member Night Bo")).exitCode, 0);
    QCOMPARE(onServer(str("channel team %1 Night").arg(id)).exitCode, 0);
    const QJsonObject team = onServer(str("team list")).array().first().toObject();
    QCOMPARE(team.value(str("members")).toArray(), QJsonArray{str("Bo")});
    QCOMPARE(team.value(str("channels")).toArray(), QJsonArray{str("Second")});
    QCOMPARE(onServer(str("team rename Night Late")).exitCode, 0);
    // One with channels stays: its people alone see them.
    QVERIFY(onServer(str("team remove Late")).exitCode != 0);
    QCOMPARE(onServer(str("channel team %1 everybody").arg(id)).exitCode, 0);
    QCOMPARE(onServer(str("team remove Late")).exitCode, 0);
    QVERIFY(onServer(str("team list")).array().isEmpty());
    // The agent who did it, not the server.
    QCOMPARE(onServer(str("journal --limit 1")).array().first().toObject().value(str("agent")), str("Ana"));
    second.breakDown();
    const ControlAnswer broken = onServer(str("channel test ") + id);
    QVERIFY(broken.exitCode != 0 && !broken.errorKind().isEmpty());
    QCOMPARE(onServer(str("channel remove ") + id).exitCode, 0);
    QCOMPARE(onServer(str("channel list")).array().size(), 1);
    QCOMPARE(onServer(str("channel add nowhere.invalid")).out, QByteArray());
}

void HandOverTest::restoredServerWaitsForAPerson()
{
    startServer(str("local.earshot"));
    QCOMPARE(onServer(str("pull")).exitCode, 0);
    QCOMPARE(run(str("--workspace local.earshot workspace backup backup.earshot")).exitCode, 0);
    QCOMPARE(onServer(str("claim 1")).exitCode, 0);
    QCOMPARE(onServer(str("tag 1 lamp")).exitCode, 0);
    stopServer();
    for (const char *ending : {"", "-wal", "-shm"})
        QFile::remove(m_ctl->file(str("local.earshot") + str(ending)));
    QVERIFY(QFile::copy(m_ctl->file(str("backup.earshot")), m_ctl->file(str("local.earshot"))));
    startServer(str("local.earshot"));
    const QJsonObject info = onServer(str("workspace info")).object();
    QCOMPARE(info.value(str("origin")), str("restored"));
    QVERIFY(info.value(str("isCourierOff")).toBool());
    const int asked = m_feed->requests();
    QCOMPARE(onServer(str("pull")).exitCode, 4);
    QCOMPARE(m_feed->requests(), asked);
    QCOMPARE(onServer(str("inbox")).array().size(), 1);
    QCOMPARE(onServer(str("workspace adopt")).exitCode, 0);
    QVERIFY(!onServer(str("workspace info")).object().value(str("isCourierOff")).toBool());
    QCOMPARE(onServer(str("pull")).exitCode, 0);
    QVERIFY(m_feed->requests() > asked);
}

/// The commands of README's "For a team", in their order, around what happened.
void HandOverTest::damagedWorkspaceIsRestoredAsTheReadmeSays()
{
    QFile readme(str(EARSHOT_SOURCE_DIR "/README.md"));
    QVERIFY(readme.open(QIODevice::ReadOnly));
    QStringList lines;
    for (const QString &line : QString::fromUtf8(readme.readAll()).section(str("is damaged"), 1).split(u'\n')) {
        if (line.startsWith(str("    ")))
            lines.append(line.trimmed().section(str("  #"), 0, 0).trimmed());
        else if (!lines.isEmpty())
            break;
    }
    QCOMPARE(lines.size(), 6);
    lines.replaceInStrings(str("$ctl "), QString());
    startServer(str("local.earshot"));
    QCOMPARE(onServer(str("pull")).exitCode, 0);
    QCOMPARE(onServer(str("claim 1")).exitCode, 0);
    const auto ctl = [this](QString line) { return run(line.replace(str("team.earshot"), str("local.earshot"))); };
    QCOMPARE(ctl(lines[0]).exitCode, 0);
    QCOMPARE(onServer(str("tag 1 lamp")).exitCode, 0);
    stopServer();
    QFile file(m_ctl->file(str("local.earshot")));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.size() > 40 * 4096);
    for (qint64 page = 10; page < 40; ++page) {
        file.seek(page * 4096);
        QCOMPARE(file.write(QByteArray(4096, 'x')), 4096);
    }
    file.close();
    QCOMPARE(ctl(lines[1]).exitCode, 6);
    for (const QString &line : lines.mid(2, 2)) {
        QProcess shell;
        shell.setWorkingDirectory(QFileInfo(file).path());
        shell.start(str("/bin/sh"), {str("-ec"), QString(line).replace(str("team.earshot"), str("local.earshot"))});
        QVERIFY(shell.waitForFinished());
        QVERIFY2(shell.exitCode() == 0, shell.readAllStandardError().constData());
    }
    QCOMPARE(ctl(lines[4]).exitCode, 0);
    startServer(str("local.earshot"));
    QCOMPARE(onServer(str("workspace info")).object().value(str("origin")), str("restored"));
    QCOMPARE(onServer(str("inbox")).array().size(), 1);
    QCOMPARE(onServer(str("pull")).exitCode, 4);
    QCOMPARE(ctl(lines[5]).exitCode, 0);
    QCOMPARE(onServer(str("pull")).exitCode, 0);
}

QTEST_GUILESS_MAIN(HandOverTest)
#include "tst_handover.moc"
