// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakemastodon.h"
#include "tests/cli/controlprogram.h"
#include "tests/cli/networkserver.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace Earshot;

/// A token goes through the whole real program and stays in the secrets file alone, encrypted.
class SecretsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void tokenIsNowhereElse();
    void withoutKeychainItSaysWhatToDo();
    void tokenOfAnotherAccountIsRefused();

private:
    ControlAnswer run(const QStringList &arguments);
    void checkFiles() const;

    std::unique_ptr<ControlProgram> m_program;
    std::unique_ptr<NetworkServer> m_server;
    std::shared_ptr<FakeMastodon> m_network;
    QByteArray m_token;
    QByteArray m_said;
};

void SecretsTest::init()
{
    m_said.clear();
    m_program = std::make_unique<ControlProgram>(QStringLiteral(EARSHOT_BINARY_DIR "/app/cli/earshotctl"));
    m_server = std::make_unique<NetworkServer>();
    m_network = std::make_shared<FakeMastodon>(m_server->host(), FakeMastodon::Dialect::mastodon);
    m_network->setTime(SystemClock().now());
    m_network->addPerson(QStringLiteral("acme"));
    m_network->addPerson(QStringLiteral("mira"));
    m_server->serve(m_network);
    m_token = FakeMastodon::tokenOf(QStringLiteral("acme"));
    m_program->writeFile(QStringLiteral("token"), m_token);
    QCOMPARE(m_program->run("workspace create").exitCode, 0);
}

void SecretsTest::cleanup()
{
    m_program.reset();
    m_server.reset();
}

ControlAnswer SecretsTest::run(const QStringList &arguments)
{
    ControlAnswer answer =
        m_program->run(arguments + QStringList{QStringLiteral("--key-file"), m_program->file(QStringLiteral("key"))});
    m_said += answer.out + answer.err;
    return answer;
}

/// Every file below the home but the one that the user gave it in.
void SecretsTest::checkFiles() const
{
    int files = 0;
    QDirIterator all(m_program->file(QString()), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const QString path = all.next();
        if (path == m_program->file(QStringLiteral("token")))
            continue;
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        files += content.isEmpty() ? 0 : 1;
        for (const QByteArray &form : {m_token, m_token.toBase64(), m_token.toHex(), m_token.toPercentEncoding()})
            QVERIFY2(!content.contains(form), qPrintable(path));
    }
    // Workspace, its copy, exports, key, secrets: else this would prove nothing.
    QVERIFY2(files >= 6, qPrintable(QString::number(files)));
}

void SecretsTest::tokenIsNowhereElse()
{
    const auto words = [](const char *line) { return QString::fromUtf8(line).split(QLatin1Char(' ')); };
    const QString token = m_program->file(QStringLiteral("token"));
    QCOMPARE(run({QStringLiteral("channel"), QStringLiteral("add"), QStringLiteral("@acme@") + m_server->host(),
                  QStringLiteral("--network"), QStringLiteral("mastodon"), QStringLiteral("--token-file"), token,
                  QStringLiteral("--work-since"), QStringLiteral("2020-01-01")})
                 .exitCode,
             0);
    m_network->post(QStringLiteral("mira"), QStringLiteral("@acme it broke"));
    QCOMPARE(run(words("pull --json")).exitCode, 0);
    QCOMPARE(run(words("reply 1 fixed --now")).exitCode, 0);
    QCOMPARE(run(words("deliver --now --json")).exitCode, 0);
    QCOMPARE(m_network->postsOf(QStringLiteral("acme")).size(), 1);
    QCOMPARE(run(words("channel test 1")).exitCode, 0);
    // The sign-in ends, and the network says so to everything.
    m_network->revokeToken(QStringLiteral("acme"));
    QVERIFY(run(words("pull")).exitCode != 0);
    QCOMPARE(run(words("reply 1 again --now --force")).exitCode, 0);
    QVERIFY(run(words("deliver --now")).exitCode != 0);
    QVERIFY(run(words("channel test 1 --json")).exitCode != 0);
    for (const char *line : {"channel list", "channel list --json", "journal", "journal --json", "outbox --json",
                             "show 1 --json", "inbox --json", "workspace verify"})
        QCOMPARE(run(words(line)).exitCode, 0);
    for (const char *format : {"csv", "jsonl"}) {
        const QString folder = m_program->file(QStringLiteral("export-") + QString::fromLatin1(format));
        const ControlAnswer exported = run({QStringLiteral("export"), QStringLiteral("--output"), folder,
                                            QStringLiteral("--format"), QString::fromLatin1(format)});
        QVERIFY2(exported.exitCode == 0, exported.err.constData());
    }
    QCOMPARE(
        run({QStringLiteral("workspace"), QStringLiteral("backup"), m_program->file(QStringLiteral("copy.earshot"))})
            .exitCode,
        0);
    QVERIFY(!m_said.contains(m_token));
    QVERIFY(m_said.contains("it broke"));
    checkFiles();
}

void SecretsTest::tokenOfAnotherAccountIsRefused()
{
    const auto words = [](const char *line) { return QString::fromUtf8(line).split(QLatin1Char(' ')); };
    QCOMPARE(run({QStringLiteral("channel"), QStringLiteral("add"), QStringLiteral("@acme@") + m_server->host(),
                  QStringLiteral("--token-file"), m_program->file(QStringLiteral("token"))})
                 .exitCode,
             0);
    m_program->writeFile(QStringLiteral("other"), FakeMastodon::tokenOf(QStringLiteral("mira")));
    const QStringList renew =
        words("channel renew 1 --token-file") + QStringList{m_program->file(QStringLiteral("other"))};
    const ControlAnswer json = run(renew + words("--json"));
    QCOMPARE(json.exitCode, 7);
    QCOMPARE(json.errorKind(), QStringLiteral("otherAccount"));
    const ControlAnswer told = run(renew);
    QVERIFY2(told.err.contains("another account"), told.err.constData());
    QVERIFY2(told.err.contains(QByteArray("@mira@" + m_server->host().toUtf8())), told.err.constData());
    QCOMPARE(run(words("channel test 1")).exitCode, 0);
    QCOMPARE(run(words("channel list --json")).array().at(0).toObject().value(QStringLiteral("account")).toString(),
             QString(QStringLiteral("@acme@") + m_server->host()));
}

void SecretsTest::withoutKeychainItSaysWhatToDo()
{
    // A home without a session bus has no keychain.
    const ControlAnswer added =
        m_program->run({QStringLiteral("channel"), QStringLiteral("add"), QStringLiteral("@acme@") + m_server->host(),
                        QStringLiteral("--network"), QStringLiteral("mastodon"), QStringLiteral("--token-file"),
                        m_program->file(QStringLiteral("token")), QStringLiteral("--json")});
    QVERIFY(added.exitCode != 0);
    QCOMPARE(added.errorKind(), QStringLiteral("noKeychain"));
    QVERIFY(!added.err.contains(m_token));
    const ControlAnswer told =
        m_program->run({QStringLiteral("channel"), QStringLiteral("add"), QStringLiteral("@acme@") + m_server->host(),
                        QStringLiteral("--network"), QStringLiteral("mastodon"), QStringLiteral("--token-file"),
                        m_program->file(QStringLiteral("token"))});
    QVERIFY2(told.err.contains("--key-file"), told.err.constData());
    // Nothing half connected is left.
    QCOMPARE(m_program->run("channel list --json").array().size(), 0);
    // What is public needs none.
    m_network->post(QStringLiteral("mira"), QStringLiteral("my #lamp is dark"));
    const ControlAnswer open =
        m_program->run({QStringLiteral("channel"), QStringLiteral("add"), QStringLiteral("#lamp@") + m_server->host(),
                        QStringLiteral("--network"), QStringLiteral("mastodon"), QStringLiteral("--work-since"),
                        QStringLiteral("2020-01-01")});
    QVERIFY2(open.exitCode == 0, open.err.constData());
    const ControlAnswer pulled = m_program->run("pull");
    QVERIFY2(pulled.exitCode == 0, pulled.err.constData());
    QCOMPARE(m_program->run("inbox --json").array().size(), 1);
}

QTEST_GUILESS_MAIN(SecretsTest)
#include "tst_secrets.moc"
