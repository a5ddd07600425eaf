// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/epolldispatcher.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QProcess>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryFile>
#include <QTest>
#include <QTimer>

#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace Earshot;

namespace {

/// Two ends of a connection.
struct Pair
{
    Pair() { isGood = ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) == 0; }
    ~Pair()
    {
        ::close(ends[0]);
        ::close(ends[1]);
    }
    Q_DISABLE_COPY_MOVE(Pair)
    void write() const { QCOMPARE(::write(ends[1], "x", 1), 1); }
    void read() const
    {
        char byte = 0;
        static_cast<void>(::read(ends[0], &byte, 1));
    }
    std::array<int, 2> ends{};
    bool isGood = false;
};

/// What counts its timer's events.
class Ticking final : public QObject
{
public:
    int ticks = 0;
    std::function<void()> onTick;

protected:
    void timerEvent(QTimerEvent *) override
    {
        ++ticks;
        if (onTick)
            onTick();
    }
};

} // namespace

/// The server's event loop does what Qt's does.
class EpollDispatcherTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheLoopHere();
    void timersFire();
    void timerFiresNotWithinItself();
    void endedTimerDoesNotFire();
    void idleLoopSleeps();
    void otherThreadsWakeIt();
    void notifiersAreTold();
    void onlyTheReadyOneIsTold();
    void notifierThatGoesIsNotTold();
    void closedDescriptorsPlaceIsTakenAnew();
    void plainFilesAreReady();
    void innerLoopsTellTheRest();
    void excludedAreLeftOut();
    void socketsTalk();
    void processesEnd();
};

void EpollDispatcherTest::isTheLoopHere()
{
    QVERIFY(qobject_cast<EpollDispatcher *>(QAbstractEventDispatcher::instance()));
}

void EpollDispatcherTest::timersFire()
{
    Ticking once;
    Ticking often;
    Ticking always;
    const int first = once.startTimer(30);
    once.onTick = [&] { once.killTimer(first); };
    often.startTimer(10);
    always.startTimer(0);
    QVERIFY(QAbstractEventDispatcher::instance()->remainingTime(first) > 0);
    QCOMPARE(QAbstractEventDispatcher::instance()->registeredTimers(&often).size(), 1);
    QElapsedTimer timer;
    timer.start();
    QTRY_COMPARE(once.ticks, 1);
    QVERIFY(timer.elapsed() >= 30);
    QVERIFY(always.ticks > 10);
    QTRY_VERIFY(often.ticks >= 10);
    QVERIFY(timer.elapsed() >= 100);
    QCOMPARE(once.ticks, 1);
    QCOMPARE(QAbstractEventDispatcher::instance()->remainingTime(first), -1);
}

void EpollDispatcherTest::timerFiresNotWithinItself()
{
    Ticking one;
    one.onTick = [&] {
        if (one.ticks > 1)
            return;
        QEventLoop loop;
        QTimer::singleShot(60, &loop, &QEventLoop::quit);
        loop.exec();
        QCOMPARE(one.ticks, 1);
    };
    one.startTimer(5);
    QTRY_VERIFY(one.ticks > 2);
}

void EpollDispatcherTest::endedTimerDoesNotFire()
{
    Ticking first;
    auto second = std::make_unique<Ticking>();
    auto third = std::make_unique<Ticking>();
    int ticks = 0;
    // All are due at once: the first takes the others along.
    first.onTick = [&] {
        second.reset();
        third.reset();
    };
    second->onTick = third->onTick = [&] { ++ticks; };
    first.startTimer(20);
    second->startTimer(20);
    third->startTimer(20);
    QTest::qSleep(40);
    QTRY_VERIFY(first.ticks > 0);
    QTest::qWait(60);
    QCOMPARE(ticks, 0);
}

/// A loop with nothing to do takes no processor, nor does one within a timer's handler.
void EpollDispatcherTest::idleLoopSleeps()
{
    int rounds = 0;
    const auto counting =
        connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake, this, [&] { ++rounds; });
    Ticking one;
    const int id = one.startTimer(1);
    one.onTick = [&] {
        QEventLoop loop;
        QTimer::singleShot(100, &loop, &QEventLoop::quit);
        rounds = 0;
        loop.exec();
        QVERIFY(rounds < 20);
        one.killTimer(id);
    };
    QTRY_COMPARE(one.ticks, 1);
    disconnect(counting);
}

void EpollDispatcherTest::otherThreadsWakeIt()
{
    QEventLoop loop;
    int seen = 0;
    std::thread other([&] {
        for (int i = 0; i < 1000; ++i)
            QMetaObject::invokeMethod(&loop, [&] { ++seen; });
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit);
    });
    loop.exec();
    other.join();
    QCOMPARE(seen, 1000);
}

void EpollDispatcherTest::notifiersAreTold()
{
    const Pair pair;
    QVERIFY(pair.isGood);
    int reads = 0;
    int writes = 0;
    QSocketNotifier reading(pair.ends[0], QSocketNotifier::Read);
    connect(&reading, &QSocketNotifier::activated, this, [&] {
        ++reads;
        pair.read();
    });
    {
        QSocketNotifier writing(pair.ends[0], QSocketNotifier::Write);
        connect(&writing, &QSocketNotifier::activated, this, [&] {
            ++writes;
            writing.setEnabled(false);
        });
        QTRY_COMPARE(writes, 1);
    }
    QCOMPARE(reads, 0);
    pair.write();
    QTRY_COMPARE(reads, 1);
    QTest::qWait(20);
    QCOMPARE(reads, 1);
    QCOMPARE(writes, 1);
    // The other end goes.
    ::shutdown(pair.ends[1], SHUT_RDWR);
    QTRY_VERIFY(reads > 1);
}

void EpollDispatcherTest::onlyTheReadyOneIsTold()
{
    std::vector<std::unique_ptr<Pair>> pairs;
    std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
    std::vector<int> told;
    for (int i = 0; i < 400; ++i) {
        pairs.push_back(std::make_unique<Pair>());
        QVERIFY(pairs.back()->isGood);
        notifiers.push_back(std::make_unique<QSocketNotifier>(pairs.back()->ends[0], QSocketNotifier::Read));
        connect(notifiers.back().get(), &QSocketNotifier::activated, this, [&, i] {
            told.push_back(i);
            pairs[size_t(i)]->read();
        });
    }
    for (const int i : {300, 7, 42}) {
        pairs[size_t(i)]->write();
        QTRY_VERIFY(!told.empty());
        QCOMPARE(told, std::vector<int>{i});
        told.clear();
    }
    // More than are asked for at once.
    for (const auto &pair : pairs)
        pair->write();
    QTRY_COMPARE(told.size(), pairs.size());
}

void EpollDispatcherTest::notifierThatGoesIsNotTold()
{
    const Pair one;
    const Pair other;
    auto first = std::make_unique<QSocketNotifier>(one.ends[0], QSocketNotifier::Read);
    auto second = std::make_unique<QSocketNotifier>(other.ends[0], QSocketNotifier::Read);
    int told = 0;
    // Whoever is told first takes the other along.
    connect(first.get(), &QSocketNotifier::activated, this, [&] {
        ++told;
        one.read();
        second.reset();
    });
    connect(second.get(), &QSocketNotifier::activated, this, [&] {
        ++told;
        other.read();
        first.reset();
    });
    one.write();
    other.write();
    QTRY_VERIFY(told > 0);
    QTest::qWait(30);
    QCOMPARE(told, 1);
}

void EpollDispatcherTest::closedDescriptorsPlaceIsTakenAnew()
{
    for (int round = 0; round < 3; ++round) {
        auto pair = std::make_unique<Pair>();
        QSocketNotifier notifier(pair->ends[0], QSocketNotifier::Read);
        int told = 0;
        connect(&notifier, &QSocketNotifier::activated, this, [&] {
            ++told;
            pair->read();
        });
        pair->write();
        QTRY_COMPARE(told, 1);
        // Closed before its notifier goes; the next one gets the same number.
        pair.reset();
    }
}

void EpollDispatcherTest::plainFilesAreReady()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    QSocketNotifier notifier(file.handle(), QSocketNotifier::Read);
    int told = 0;
    connect(&notifier, &QSocketNotifier::activated, this, [&] {
        if (++told == 3)
            notifier.setEnabled(false);
    });
    QTRY_COMPARE(told, 3);
    QTest::qWait(20);
    QCOMPARE(told, 3);
}

void EpollDispatcherTest::innerLoopsTellTheRest()
{
    const Pair one;
    const Pair other;
    QList<int> told;
    QEventLoop inner;
    const auto onTold = [&](int number, const Pair &pair) {
        told.append(number);
        pair.read();
        if (told.size() == 2)
            inner.quit();
        else
            inner.exec();
    };
    QSocketNotifier first(one.ends[0], QSocketNotifier::Read);
    connect(&first, &QSocketNotifier::activated, this, [&] { onTold(1, one); });
    QSocketNotifier second(other.ends[0], QSocketNotifier::Read);
    connect(&second, &QSocketNotifier::activated, this, [&] { onTold(2, other); });
    one.write();
    other.write();
    QTRY_COMPARE(told.size(), 2);
    QVERIFY(told.contains(1) && told.contains(2));
}

void EpollDispatcherTest::excludedAreLeftOut()
{
    const Pair pair;
    int told = 0;
    QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, this, [&] {
        ++told;
        pair.read();
    });
    pair.write();
    Ticking timer;
    timer.startTimer(0);
    QCoreApplication::processEvents(QEventLoop::ExcludeSocketNotifiers | QEventLoop::X11ExcludeTimers);
    QCOMPARE(told, 0);
    QCOMPARE(timer.ticks, 0);
    QTRY_COMPARE(told, 1);
    QVERIFY(timer.ticks > 0);
}

void EpollDispatcherTest::socketsTalk()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QByteArray come;
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket, &come] {
            const QByteArray bytes = socket->readAll();
            come += bytes;
            socket->write(bytes);
        });
    });
    QTcpSocket client;
    QByteArray echoed;
    connect(&client, &QTcpSocket::readyRead, this, [&] { echoed += client.readAll(); });
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), server.serverPort());
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    // More than the system takes at once.
    const QByteArray sent(8 * 1024 * 1024, 'x');
    client.write(sent);
    QTRY_COMPARE_WITH_TIMEOUT(echoed.size(), sent.size(), 20'000);
    QCOMPARE(come.size(), sent.size());
    client.disconnectFromHost();
    QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
}

void EpollDispatcherTest::processesEnd()
{
    QProcess process;
    process.start(QStringLiteral("cat"), {});
    QVERIFY(process.waitForStarted());
    process.write("hello");
    process.closeWriteChannel();
    QTRY_COMPARE(process.state(), QProcess::NotRunning);
    QCOMPARE(process.readAllStandardOutput(), "hello");
}

EARSHOT_TEST_PROGRAM(argc, argv)
{
    QCoreApplication::setEventDispatcher(new EpollDispatcher);
    QCoreApplication application(argc, argv);
    EpollDispatcherTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_epolldispatcher.moc"
