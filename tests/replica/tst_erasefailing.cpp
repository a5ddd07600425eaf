// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/fulldisk.h"
#include "tests/replica/onedevice.h"
#include "tests/server/cuttingproxy.h"
#include "workspace/mediafolder.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <atomic>
#include <csignal>
#include <cstdio>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace Earshot;

namespace {

/// Removals until this program ends as by `kill -9`; negative = it goes on.
std::atomic_int removalsLeft{-1};

/// The desktop without a window: as it starts, follows and erases. @param arguments path, token, and at which removal
/// of the erasing it ends (none: it goes on to its end)
int work(const QStringList &arguments)
{
    const SystemClock clock;
    const QString path = arguments.at(0);
    std::unique_ptr<ReplicaSession> session;
    QHash<QString, QByteArray> kept;
    std::unique_ptr<Erasing> erasing;
    const auto erase = [&] {
        if (const auto begun = erasureOf(path))
            kept.insert(begun->tokenName, arguments.at(1).toLatin1());
        std::puts("erases");
        std::fflush(stdout);
        if (arguments.size() > 2)
            removalsLeft = arguments.at(2).toInt();
        session.reset();
        erasing = std::make_unique<Erasing>(path, storeOf(kept), clock);
        QObject::connect(erasing.get(), &Erasing::ended, qApp, [] { QCoreApplication::quit(); });
        erasing->run();
    };
    if (erasureOf(path)) {
        erase();
        return QCoreApplication::exec();
    }
    ReplicaSession::Options options;
    options.path = path;
    options.token = Secret(arguments.at(1).toLatin1());
    options.pauses = {std::chrono::milliseconds(20), std::chrono::milliseconds(100)};
    session = std::move(ReplicaSession::open(options, clock).value());
    QObject::connect(session.get(), &ReplicaSession::parted, qApp, erase, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

} // namespace

// In place of the C library's, for Qt too.
extern "C" int unlink(const char *path) noexcept
{
    if (removalsLeft >= 0 && removalsLeft-- == 0)
        ::kill(::getpid(), SIGKILL);
    return int(::syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}

/// Whatever fails while a replica is erased: it goes on at the next start, or at the next contact.
class EraseFailingTest final : public QObject, private OneDevice
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }
    void everyRequestMayFail_data();
    void everyRequestMayFail();
    void fullDiskKeepsTheOrderFromBeingNoted();
    void fullDiskIsErased();
    void killedAnywhereNothingIsLeft();
};

void EraseFailingTest::everyRequestMayFail_data()
{
    QTest::addColumn<bool>("isArriving");
    QTest::newRow("the request is lost") << false;
    QTest::newRow("the answer is lost") << true;
}

void EraseFailingTest::everyRequestMayFail()
{
    QFETCH(bool, isArriving);
    CuttingProxy line(str("127.0.0.1"), m_world->server().port());
    int failed = 0;
    for (;; ++failed) {
        join(line.serverPort());
        line.failRequest(failed, {isArriving, false, {}});
        tellToErase();
        QTRY_COMPARE(m_parted->size(), 1);
        close();
        Erasing erasing(path(), storeOf(m_kept), m_world->clock());
        QSignalSpy ended(&erasing, &Erasing::ended);
        erasing.run();
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 15'000);
        QVERIFY(!holds("secretword"));
        QCOMPARE(m_kept.size(), 0);
        // What the server has not heard, or has not said that it has, is said again.
        if (erasedReportOf(path()))
            QVERIFY(report());
        QVERIFY(isKnown(erasedAt()));
        QCOMPARE(left(), QStringList());
        if (!line.hasFailed())
            break;
    }
    QVERIFY2(failed > 1, qPrintable(QString::number(failed)));
}

/// It is tried again by itself until there is room, whether the server is reached or not.
void EraseFailingTest::fullDiskKeepsTheOrderFromBeingNoted()
{
    const quint16 port = m_world->server().port();
    m_world->stopServer();
    QTRY_COMPARE(m_session->desk().status().kind, DeskStatus::Kind::offline);
    tellToErase();
    {
        const FullDisk full;
        m_world->start({}, port);
        QTRY_COMPARE(m_session->desk().status().kind, DeskStatus::Kind::refused);
        QCOMPARE(m_parted->size(), 0);
        QVERIFY(!erasureOf(path()));
        QVERIFY(holds("secretword"));
    }
    m_world->stopServer();
    QTRY_COMPARE(m_parted->size(), 1);
    QVERIFY(erasureOf(path()));
    m_world->start({}, port);
    erase();
    QVERIFY(isKnown(erasedAt()));
}

/// Nothing can be written any more: what is to go goes all the same, and the server hears of it while there is a
/// log-in.
void EraseFailingTest::fullDiskIsErased()
{
    tellToErase();
    QTRY_COMPARE(m_parted->size(), 1);
    close();
    const QString limited = str("trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"");
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(str("QT_FORCE_STDERR_LOGGING"), str("1"));
    process.setProcessEnvironment(environment);
    process.start(str("/bin/sh"), {str("-c"), limited, QCoreApplication::applicationFilePath(), str("--work"), path(),
                                   QString::fromLatin1(m_token)});
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 30'000);
    QCOMPARE(process.exitCode(), 0);
    QVERIFY(process.readAll().contains("the server may not hear"));
    QVERIFY(isKnown(erasedAt()));
    QCOMPARE(left(), QStringList());
}

/// A real program, ended by `kill -9` at one removal after the other: a later start goes on, also without the server.
void EraseFailingTest::killedAnywhereNothingIsLeft()
{
    close();
    const quint16 port = m_world->server().port();
    for (int i = 0; i < 200; ++i)
        QVERIFY(keepMediaBytes(path() + str(".media"), "secretword " + QByteArray::number(i)));
    tellToErase();
    const QStringList arguments{str("--work"), path(), QString::fromLatin1(m_token)};
    int killed = 0;
    for (; killed < 40; ++killed) {
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), arguments + QStringList{QString::number(killed)});
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 30'000);
        if (process.exitStatus() == QProcess::NormalExit)
            break;
        QVERIFY(erasureOf(path()) || left().isEmpty());
        // From the first word on the server is needed no more.
        m_world->stopServer();
        QVERIFY(!ReplicaSession::open({path(), Secret(m_token), {}, {}, {}, {}}, m_world->clock()));
    }
    QVERIFY2(killed > 10, qPrintable(QString::number(killed)));
    if (erasureOf(path()))
        QCOMPARE(QProcess::execute(QCoreApplication::applicationFilePath(), arguments), 0);
    QVERIFY(!holds("secretword"));
    QVERIFY(!holds(m_token.mid(m_token.indexOf('_', 8) + 1).constData()));
    m_world->start({}, port);
    QVERIFY(report());
    QVERIFY(isKnown(erasedAt()));
    QCOMPARE(left(), QStringList());
}

EARSHOT_TEST_PROGRAM(argc, argv)
{
    QCoreApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    if (const QStringList arguments = QCoreApplication::arguments(); arguments.value(1) == QString::fromUtf8("--work"))
        return work(arguments.mid(2));
    EraseFailingTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_erasefailing.moc"
