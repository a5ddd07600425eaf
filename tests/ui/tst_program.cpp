// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/deskworld.h"
#include "ui/shell/singleinstance.h"

#include <QDir>
#include <QLocalSocket>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Earshot;

/// The desktop as a process: its start, a second start, its end.
class ProgramTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void helpNeedsNoDisplay();
    void secondStartHandsOver();
    void startsAgainAfterItWasKilled();
    void whatIsNoWorkspaceIsRefused();
    void handedOverArgumentsArrive();
    void lastWorkspaceIsOpenedAgain();
    void nameIsTheSameBeforeThereIsAFolder();

private:
    std::unique_ptr<QProcess> start(const QStringList &arguments);
    [[nodiscard]] bool hasWindow() const { return hasWindow(m_file); }
    [[nodiscard]] static bool hasWindow(const QString &file)
    {
        QLocalSocket probe;
        probe.connectToServer(SingleInstance::socketName(file));
        return probe.state() == QLocalSocket::ConnectedState;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void ProgramTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(QStringLiteral("work.earshot"));
    const SystemClock clock;
    QVERIFY(Workspace::create(m_file, QStringLiteral("Ana"), clock));
}

void ProgramTest::cleanup()
{
    m_folder.reset();
}

void ProgramTest::helpNeedsNoDisplay()
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    environment.insert(QStringLiteral("LANG"), QStringLiteral("en_GB.UTF-8"));
    environment.remove(QStringLiteral("DISPLAY"));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(EARSHOT_BINARY_DIR "/ui/earshot"), {QStringLiteral("--help")});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
    QVERIFY(process.readAllStandardOutput().contains("--sample"));
}

std::unique_ptr<QProcess> ProgramTest::start(const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    environment.insert(QStringLiteral("HOME"), m_folder->path());
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_folder->path());
    environment.insert(QStringLiteral("XDG_DATA_HOME"), m_folder->path());
    process->setProcessEnvironment(environment);
    process->setProcessChannelMode(QProcess::MergedChannels);
    process->start(QStringLiteral(EARSHOT_BINARY_DIR "/ui/earshot"), arguments);
    return process;
}

void ProgramTest::secondStartHandsOver()
{
    const auto first = start({m_file});
    QTRY_VERIFY_WITH_TIMEOUT(hasWindow(), 20'000);
    const auto second = start({m_file});
    QTRY_COMPARE_WITH_TIMEOUT(second->state(), QProcess::NotRunning, 20'000);
    QCOMPARE(second->exitStatus(), QProcess::NormalExit);
    QCOMPARE(second->exitCode(), 0);
    QCOMPARE(first->state(), QProcess::Running);
    // The same file by another way is the same window.
    const auto third = start({m_folder->path() + QStringLiteral("/./work.earshot")});
    QTRY_COMPARE_WITH_TIMEOUT(third->state(), QProcess::NotRunning, 20'000);
    QCOMPARE(third->exitCode(), 0);
    first->kill();
    QVERIFY(first->waitForFinished());
}

void ProgramTest::startsAgainAfterItWasKilled()
{
    const auto first = start({m_file});
    QTRY_VERIFY_WITH_TIMEOUT(hasWindow(), 20'000);
    first->kill();
    QVERIFY(first->waitForFinished());
    const auto second = start({m_file});
    QTRY_VERIFY_WITH_TIMEOUT(hasWindow(), 20'000);
    QCOMPARE(second->state(), QProcess::Running);
    second->kill();
    QVERIFY(second->waitForFinished());
}

void ProgramTest::whatIsNoWorkspaceIsRefused()
{
    const QString other = m_folder->filePath(QStringLiteral("letter.earshot"));
    QFile file(other);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("Dear Ana, this is a letter.");
    file.close();
    const auto process = start({other});
    // It says so in a window and waits for a person; it neither crashes nor touches the file.
    QVERIFY(process->waitForStarted());
    (void)QTest::qWaitFor([&] { return process->state() == QProcess::NotRunning; }, 1500);
    QCOMPARE(process->state(), QProcess::Running);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArrayLiteral("Dear Ana, this is a letter."));
    process->kill();
    QVERIFY(process->waitForFinished());
}

void ProgramTest::handedOverArgumentsArrive()
{
    SingleInstance first(m_file);
    QVERIFY(first.listen());
    QSignalSpy handed(&first, &SingleInstance::handedOver);
    const auto second = start({m_file, QStringLiteral("--agent"), QStringLiteral("Ana")});
    QTRY_COMPARE_WITH_TIMEOUT(handed.size(), 1, 20'000);
    const QStringList arguments = handed.constFirst().constFirst().toStringList();
    QVERIFY(arguments.contains(m_file));
    QVERIFY(arguments.contains(QStringLiteral("--agent")));
    QTRY_COMPARE_WITH_TIMEOUT(second->state(), QProcess::NotRunning, 20'000);
    QCOMPARE(second->exitCode(), 0);
}

/// Each has a window of its own; without a name the one that was used last is meant.
void ProgramTest::lastWorkspaceIsOpenedAgain()
{
    const QString other = m_folder->filePath(QStringLiteral("other.earshot"));
    const SystemClock clock;
    QVERIFY(Workspace::create(other, QStringLiteral("Bo"), clock));
    const auto first = start({m_file});
    QTRY_VERIFY_WITH_TIMEOUT(hasWindow(), 20'000);
    const auto noted = [this](const QString &file) {
        const QDir folder(m_folder->path());
        QFile settings(folder.filePath(QStringLiteral("earshot/earshot.conf")));
        return settings.open(QIODevice::ReadOnly) && settings.readAll().contains(QByteArray("known=" + file.toUtf8()));
    };
    // Whoever notes it last was used last.
    QTRY_VERIFY_WITH_TIMEOUT(noted(m_file), 20'000);
    const auto second = start({other});
    QTRY_VERIFY_WITH_TIMEOUT(hasWindow(other), 20'000);
    QCOMPARE(first->state(), QProcess::Running);
    QTRY_VERIFY_WITH_TIMEOUT(noted(other), 20'000);
    for (QProcess *process : {first.get(), second.get()}) {
        process->kill();
        QVERIFY(process->waitForFinished());
    }
    const auto third = start({});
    QTRY_VERIFY_WITH_TIMEOUT(hasWindow(other), 20'000);
    QVERIFY(!hasWindow());
    third->kill();
    QVERIFY(third->waitForFinished());
}

/// The first start makes the workspace's folder; the second has to find the window all the same.
void ProgramTest::nameIsTheSameBeforeThereIsAFolder()
{
    const QString folder = m_folder->filePath(QStringLiteral("link/share/earshot"));
    QVERIFY(QDir().mkpath(m_folder->filePath(QStringLiteral("real"))));
    QVERIFY(QFile::link(m_folder->filePath(QStringLiteral("real")), m_folder->filePath(QStringLiteral("link"))));
    const QString file = folder + QStringLiteral("/desk.earshot");
    const QString before = SingleInstance::socketName(file);
    QVERIFY(QDir().mkpath(folder));
    QCOMPARE(SingleInstance::socketName(file), before);
    QVERIFY(QFile::copy(m_file, file));
    QCOMPARE(SingleInstance::socketName(file), before);
    QVERIFY(before != SingleInstance::socketName(m_file));
}

QTEST_GUILESS_MAIN(ProgramTest)
#include "tst_program.moc"
