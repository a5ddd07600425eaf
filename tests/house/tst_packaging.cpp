// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

/// packaging/run in a house of its own, where nothing is installed or built: the script that it calls for that is
/// replaced by one that notes what was asked of it, and the desktop by one that says its arguments.
class PackagingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void withoutDisplayItSaysWhatToDo();
    void withDisplayItStartsTheDesktop_data();
    void withDisplayItStartsTheDesktop();
    void failedSetUpStartsNothing();
    void oneBenchmarkIsRunByItsName();

private:
    struct Answer
    {
        int exitCode = -1;
        QString out;
        QString err;
    };
    void write(const QString &name, const QByteArray &script) const;
    [[nodiscard]] Answer run(const QStringList &arguments, const QString &display = {}) const;

    std::unique_ptr<QTemporaryDir> m_house;
};

void PackagingTest::init()
{
    m_house = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_house->path()).mkpath(QStringLiteral("packaging")));
    QVERIFY(QDir(m_house->path()).mkpath(QStringLiteral("build/ui")));
    QVERIFY(QFile::copy(QStringLiteral(EARSHOT_SOURCE_DIR "/packaging/run"),
                        m_house->filePath(QStringLiteral("packaging/run"))));
    write(QStringLiteral("packaging/setup"), "#!/bin/sh\necho \"set up: $*\"\n");
    write(QStringLiteral("build/ui/earshot"), "#!/bin/sh\necho \"started: $*\"\nexit 7\n");
}

void PackagingTest::write(const QString &name, const QByteArray &script) const
{
    QFile file(m_house->filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(script), script.size());
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

PackagingTest::Answer PackagingTest::run(const QStringList &arguments, const QString &display) const
{
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
    if (!display.isEmpty())
        environment.insert(display, QStringLiteral(":77"));
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(m_house->filePath(QStringLiteral("packaging/run")), arguments);
    if (!process.waitForFinished() || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

void PackagingTest::withoutDisplayItSaysWhatToDo()
{
    const Answer answer = run({QStringLiteral("--sample")});
    QCOMPARE(answer.exitCode, 3);
    // Both programs are built, as the other one is what is recommended.
    QCOMPARE(answer.out, QStringLiteral("set up: earshot earshotctl\n"));
    QVERIFY2(answer.err.contains(QLatin1StringView("no display")), qPrintable(answer.err));
    const QString control = QDir(m_house->path()).canonicalPath() + QStringLiteral("/build/app/cli/earshotctl");
    for (const char *command : {"workspace create", "channel add", "pull", "inbox", "--help"})
        QVERIFY2(answer.err.contains(control + QLatin1Char(' ') + QLatin1StringView(command)), qPrintable(answer.err));
}

void PackagingTest::withDisplayItStartsTheDesktop_data()
{
    QTest::addColumn<QString>("display");
    for (const char *display : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        QTest::newRow(display) << QString::fromLatin1(display);
}

void PackagingTest::withDisplayItStartsTheDesktop()
{
    QFETCH(QString, display);
    const Answer answer = run({QStringLiteral("--sample"), QStringLiteral("a b")}, display);
    // The desktop's own end is the command's.
    QCOMPARE(answer.exitCode, 7);
    QCOMPARE(answer.out, QStringLiteral("set up: earshot earshotctl\nstarted: --sample a b\n"));
    QCOMPARE(answer.err, QString());
}

void PackagingTest::failedSetUpStartsNothing()
{
    write(QStringLiteral("packaging/setup"), "#!/bin/sh\nexit 4\n");
    const Answer answer = run({}, QStringLiteral("DISPLAY"));
    QCOMPARE(answer.exitCode, 4);
    QCOMPARE(answer.out, QString());
}

void PackagingTest::oneBenchmarkIsRunByItsName()
{
    for (const char *folder : {"tests/bench", "build/tests", "build/app/cli", "build/bench", "bin"})
        QVERIFY(QDir(m_house->path()).mkpath(QLatin1StringView(folder)));
    QVERIFY(QFile::copy(QStringLiteral(EARSHOT_SOURCE_DIR "/packaging/bench"),
                        m_house->filePath(QStringLiteral("packaging/bench"))));
    for (const char *bench : {"server", "writing"}) {
        write(QStringLiteral("tests/bench/bench_%1.cpp").arg(QLatin1StringView(bench)), "");
        write(QStringLiteral("build/tests/bench_%1").arg(QLatin1StringView(bench)),
              "#!/bin/sh\necho \"$(basename $0) on $(basename $EARSHOT_BENCH_WORKSPACE)\"\n");
    }
    write(QStringLiteral("bin/Xvfb"), "#!/bin/sh\necho 7 >&3\nexec sleep 60\n");
    write(QStringLiteral("build/bench/reference-1000000.earshot"), "");
    write(QStringLiteral("mine.earshot"), "");
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PATH"),
                       m_house->filePath(QStringLiteral("bin")) + QLatin1Char(':') + qEnvironmentVariable("PATH"));
    const auto bench = [&](const QStringList &arguments) {
        QProcess process;
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_house->path());
        process.start(m_house->filePath(QStringLiteral("packaging/bench")), arguments);
        return process.waitForFinished() && process.exitCode() == 0
                   ? QString::fromUtf8(process.readAllStandardOutput()).trimmed().split(QLatin1Char('\n'))
                   : QStringList{QString::fromUtf8(process.readAllStandardError())};
    };
    const QString reference = QStringLiteral(" on reference-1000000.earshot");
    QCOMPARE(bench({}), QStringList({QStringLiteral("set up: "), QStringLiteral("bench_server") + reference,
                                     QStringLiteral("bench_writing") + reference}));
    QCOMPARE(bench({QStringLiteral("server")}), QStringList({QStringLiteral("set up: earshotctl bench_server"),
                                                             QStringLiteral("bench_server") + reference}));
    QCOMPARE(bench({QStringLiteral("writing"), QStringLiteral("mine.earshot")}).constLast(),
             QStringLiteral("bench_writing on mine.earshot"));
    QCOMPARE(bench({QStringLiteral("mine.earshot")}).constLast(), QStringLiteral("bench_writing on mine.earshot"));
    QVERIFY(bench({QStringLiteral("nothing")}).constFirst().contains(QLatin1StringView("no workspace nothing")));
}

QTEST_GUILESS_MAIN(PackagingTest)
#include "tst_packaging.moc"
