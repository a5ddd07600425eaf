// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/secretstore.h"
#include "courierworld.h"

#include <QLibrary>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace Earshot;

namespace {

const auto inSession = QStringLiteral("--in-session");
const auto name = QStringLiteral("keychain-test/1");

/// What this program does inside a session of its own: write VALUE, read (prints it between brackets), or remove.
int act(const QStringList &arguments)
{
    const auto store = makeKeychainStore();
    const auto failWith = [](const Error &error) {
        std::fprintf(stderr, "%s: %s\n", qPrintable(word(error.kind)), qPrintable(error.detail));
        return 1;
    };
    if (arguments.constFirst() == QLatin1StringView("read")) {
        const Result<Secret> kept = resultOf(store->read(name));
        if (!kept)
            return failWith(kept.error());
        std::printf("[%s]", kept->reveal().constData());
        return 0;
    }
    const Done done = arguments.constFirst() == QLatin1StringView("write")
                          ? resultOf(store->write(name, Secret(arguments.at(1).toUtf8())))
                          : resultOf(store->remove(name));
    return done ? 0 : failWith(done.error());
}

} // namespace

/// The system's keychain, a real one: a session bus of our own with GNOME's service. Each step is another session, so
/// that what is read was kept.
class KeychainTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void secretIsKeptReadAndRemoved();
    void nothingIsKeptInTheOpen();

private:
    struct Ended
    {
        int exitCode = -1;
        QByteArray out;
        QByteArray err;
    };
    [[nodiscard]] Ended run(const QStringList &arguments) const;

    QTemporaryDir m_home;
};

void KeychainTest::initTestCase()
{
    for (const char *program : {"dbus-run-session", "gnome-keyring-daemon"}) {
        if (QStandardPaths::findExecutable(QString::fromLatin1(program)).isEmpty())
            QSKIP(qPrintable(QString::fromLatin1(program) + QStringLiteral(" is not installed")));
    }
    if (!QLibrary(QStringLiteral("secret-1"), 0).load())
        QSKIP("libsecret is not installed");
}

KeychainTest::Ended KeychainTest::run(const QStringList &arguments) const
{
    QProcess process;
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
    environment.insert(QStringLiteral("HOME"), m_home.path());
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_home.path());
    environment.insert(QStringLiteral("XDG_CURRENT_DESKTOP"), QStringLiteral("GNOME"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.insert(QStringLiteral("EARSHOT_TEST"), qEnvironmentVariable("EARSHOT_TEST"));
    process.setProcessEnvironment(environment);
    // Unlocked with an empty password. It ends with its bus.
    const QString script =
        QStringLiteral("printf '\\n' | gnome-keyring-daemon --unlock --components=secrets > unlocked "
                       "2>&1 || exit 77; exec \"$@\"");
    process.setWorkingDirectory(m_home.path());
    process.start(QStringLiteral("dbus-run-session"),
                  QStringList{QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"), script,
                              QStringLiteral("sh"), QCoreApplication::applicationFilePath(), inSession} +
                      arguments);
    if (!process.waitForFinished(60'000))
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

void KeychainTest::secretIsKeptReadAndRemoved()
{
    const auto readBack = [this] {
        const Ended ended = run({QStringLiteral("read")});
        return ended.exitCode == 0 ? ended.out : ended.err;
    };
    QCOMPARE(readBack(), QByteArray("[]"));
    const Ended written = run({QStringLiteral("write"), QStringLiteral("geheim ü 1")});
    QVERIFY2(written.exitCode == 0, written.err.constData());
    QCOMPARE(readBack(), QByteArray("[geheim ü 1]"));
    QCOMPARE(run({QStringLiteral("write"), QStringLiteral("another")}).exitCode, 0);
    QCOMPARE(readBack(), QByteArray("[another]"));
    QCOMPARE(run({QStringLiteral("remove")}).exitCode, 0);
    QCOMPARE(readBack(), QByteArray("[]"));
    // What is gone may be removed again.
    QCOMPARE(run({QStringLiteral("remove")}).exitCode, 0);
}

/// It is the keychain that keeps it, no file of ours.
void KeychainTest::nothingIsKeptInTheOpen()
{
    QCOMPARE(run({QStringLiteral("write"), QStringLiteral("somethingVerySecret")}).exitCode, 0);
    QVERIFY(QDir(m_home.filePath(QStringLiteral(".local/share/keyrings"))).exists());
    QVERIFY(!QDir(m_home.filePath(QStringLiteral(".local/share/earshot"))).exists());
}

EARSHOT_TEST_PROGRAM(argc, argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() > 2 && arguments.at(1) == inSession)
        return act(arguments.mid(2));
    KeychainTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_keychain.moc"
