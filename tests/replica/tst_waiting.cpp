// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/proxywords.h"
#include "replica/pauses.h"
#include "replica/replicasync.h"
#include "replica/sleepwatch.h"
#include "replica/waitingserver.h"
#include "tests/replica/comparing.h"
#include "tests/server/cuttingproxy.h"

#include <QElapsedTimer>
#include <QNetworkProxy>
#include <QScopeGuard>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>

using namespace Earshot;
using namespace std::chrono_literals;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// How a replica treats a server that asks it to wait, and a way on which not everything is understood.
class WaitingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void sleepIsNoticed();
    void pausesAreScattered();
    void serversTimeIsKept();
    void waitsAsLongAsTheServerWishes();
    void wayWithoutRangesBringsEachSliceOnce();
    void proxyThatAsksIsNamed_data();
    void proxyThatAsksIsNamed();
    void otherPageIsNoServer();

private:
    /// Beside this thread, which has the server and what lies before it.
    [[nodiscard]] bool away(const std::function<void()> &work);

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<CuttingProxy> m_proxy;
    std::unique_ptr<ServerConnection> m_connection;
    QTemporaryDir m_folder;
};

void WaitingTest::init()
{
    m_connection.reset();
    ServerLimits limits;
    limits.slices.sizes = {.conversations = 4, .threads = 6, .people = 6, .contacts = 6};
    limits.slices.rest = 0ms;
    m_world = std::make_unique<ServerWorld>(limits);
    m_proxy = std::make_unique<CuttingProxy>(str("127.0.0.1"), m_world->server().port());
    m_connection = std::make_unique<ServerConnection>(QUrl(str("http://127.0.0.1:%1").arg(m_proxy->serverPort())),
                                                      Secret(m_world->token(ServerWorld::ana)), m_world->clock());
}

bool WaitingTest::away(const std::function<void()> &work)
{
    const std::unique_ptr<QThread> thread(QThread::create(work));
    thread->start();
    const bool isOver = QTest::qWaitFor([&] { return thread->isFinished(); }, 30'000);
    thread->wait();
    return isOver;
}

void WaitingTest::sleepIsNoticed()
{
    const Time noon = timeFrom(QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC));
    SleepWatch watch;
    QVERIFY(!watch.hasSlept(noon, 1h));
    QVERIFY(!watch.hasSlept(noon + 5s, 1h + 5s));
    // So busy that it was not asked.
    QVERIFY(!watch.hasSlept(noon + 5min, 1h + 5min));
    QVERIFY(watch.hasSlept(noon + 35min, 1h + 5min + 5s));
    QVERIFY(!watch.hasSlept(noon + 35min + 5s, 1h + 5min + 10s));
    // A clock that was wrong.
    QVERIFY(!watch.hasSlept(noon - 2h, 1h + 5min + 15s));
}

void WaitingTest::pausesAreScattered()
{
    QSet<qint64> seen;
    for (int i = 0; i < 200; ++i) {
        const Duration pause = scattered(10s, {}, {}, 1min);
        QVERIFY(pause > 5s - 1ms && pause <= 10s);
        seen.insert(pause.count());
    }
    QVERIFY2(seen.size() > 100, qPrintable(QString::number(seen.size())));
}

void WaitingTest::serversTimeIsKept()
{
    const Time now = m_world->clock().now();
    QSet<qint64> seen;
    for (int i = 0; i < 200; ++i) {
        const Duration pause = scattered(1s, now + 40s, now, 1min);
        QVERIFY(pause >= 40s && pause < 50s);
        seen.insert(pause.count());
    }
    QVERIFY2(seen.size() > 100, qPrintable(QString::number(seen.size())));
    // Not for ever, and not at once where that time is over.
    QVERIFY(scattered(1s, now + 1000h, now, 1min) < 76s);
    QVERIFY(scattered(1s, now - 1h, now, 1min) >= 500ms);
}

void WaitingTest::waitsAsLongAsTheServerWishes()
{
    m_proxy->failRequest(0,
                         {.isArriving = false,
                          .isCut = false,
                          .instead = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n"});
    Result<SliceListing> listing = fail(ErrorKind::unknown);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(away([&] { listing = WaitingServer(*m_connection, m_world->account()).slices(); }));
    QVERIFY2(listing, listing ? "" : qPrintable(listing.error().detail));
    QVERIFY2(timer.elapsed() >= 2000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(m_proxy->requests().size(), 2);
}

/// A proxy that does not know Range sends all of a slice whatever was asked for.
void WaitingTest::wayWithoutRangesBringsEachSliceOnce()
{
    m_proxy->swallowHeader("range");
    const QString path = m_folder.filePath(str("replica.earshot"));
    QVERIFY(
        ReplicaFile::create(path, {str("http://x.invalid"), m_world->account(), ServerWorld::ana}, m_world->clock()));
    const auto file = ReplicaFile::open(path, m_world->clock());
    QVERIFY(file);
    Done done;
    QVERIFY(away([&] {
        WaitingServer server(*m_connection, m_world->account());
        ReplicaSync::Sizes sizes;
        sizes.piece = 300;
        done = ReplicaSync(**file, server, sizes).run();
    }));
    QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    QCOMPARE(differences(*m_world, (*file)->workspace(), ServerWorld::ana), QStringList());
    QList<QByteArray> fetched = m_proxy->requests();
    fetched.removeIf([](const QByteArray &line) { return !line.startsWith("GET /jmap/download/"); });
    QVERIFY(fetched.size() > 3);
    QCOMPARE(QSet<QByteArray>(fetched.cbegin(), fetched.cend()).size(), fetched.size());
}

void WaitingTest::proxyThatAsksIsNamed_data()
{
    QTest::addColumn<QString>("server");
    QTest::addRow("plain") << str("http://desk.example");
    QTest::addRow("through a tunnel") << str("https://desk.example");
}

/// HTTP 407: it is said what that is, and not that nobody is there.
void WaitingTest::proxyThatAsksIsNamed()
{
    QFETCH(QString, server);
    QTcpServer proxy;
    QVERIFY(proxy.listen(QHostAddress::LocalHost));
    connect(&proxy, &QTcpServer::newConnection, this, [&proxy] {
        QTcpSocket *client = proxy.nextPendingConnection();
        connect(client, &QTcpSocket::readyRead, client, [client] {
            client->readAll();
            client->write("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"office\"\r\n"
                          "Content-Length: 0\r\nConnection: close\r\n\r\n");
            client->disconnectFromHost();
        });
    });
    QNetworkProxy::setApplicationProxy({QNetworkProxy::HttpProxy, str("127.0.0.1"), proxy.serverPort()});
    const auto restored = qScopeGuard([] { QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy); });
    ServerConnection connection(QUrl(server), Secret(m_world->token(ServerWorld::ana)), m_world->clock());
    const auto session = connection.begin();
    QTRY_VERIFY(session.isFinished());
    QVERIFY(!session.result());
    QCOMPARE(session.result().error().kind, ErrorKind::transient);
    QCOMPARE(session.result().error().detail, proxyAsks());
}

/// A page of somebody on the way, or that one is sent to.
void WaitingTest::otherPageIsNoServer()
{
    for (const QByteArray &page :
         {QByteArray("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>"),
          QByteArray("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/login\r\nContent-Length: 0\r\n\r\n"),
          QByteArray("HTTP/1.1 511 Network Authentication Required\r\nContent-Length: 0\r\n\r\n")}) {
        m_proxy->cutAnswersTo("GET /.well-known", page);
        const auto session = m_connection->begin();
        QTRY_VERIFY(session.isFinished());
        QVERIFY(!session.result());
        QCOMPARE(session.result().error().kind, ErrorKind::malformed);
        QVERIFY(session.result().error().detail.contains(str("is no Earshot server")));
    }
}

QTEST_GUILESS_MAIN(WaitingTest)
#include "tst_waiting.moc"
