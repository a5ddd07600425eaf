// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/networktransport.h"

#include "await.h"
#include "rawserver.h"

#include <QTest>
#include <QTimer>

#include <sys/socket.h>

using namespace Earshot;
using namespace std::chrono_literals;

namespace {

HttpRequest get(const QUrl &url)
{
    HttpRequest request;
    request.url = url;
    return request;
}

ErrorKind kindOf(const Result<HttpAnswer> &result)
{
    return result ? ErrorKind::duplicate : result.error().kind;
}

/// Takes a request piece by piece, and answers when one ends with an exclamation mark.
class SlowTaker final : public QTcpServer
{
public:
    SlowTaker()
    {
        listen(QHostAddress::LocalHost);
        const int little = 64 * 1024;
        setsockopt(int(socketDescriptor()), SOL_SOCKET, SO_RCVBUF, &little, sizeof little);
        connect(this, &QTcpServer::newConnection, this, [this] { take(nextPendingConnection()); });
    }
    [[nodiscard]] QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(serverPort())); }

private:
    static void take(QTcpSocket *socket)
    {
        constexpr qint64 piece = 80 * 1024;
        socket->setReadBufferSize(piece);
        auto *pace = new QTimer(socket);
        connect(pace, &QTimer::timeout, socket, [socket] {
            if (socket->read(piece).endsWith('!'))
                socket->write(RawServer::answer(200));
        });
        pace->start(10);
    }
};

} // namespace

/// What takes its time is waited for as long as something comes of it.
class SlowLinesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void slowSenderRunsOutOfTime();
    void silentSenderIsGivenUp_data();
    void silentSenderIsGivenUp();
    void slowTakerIsWaitedFor();
    void endlessHeadersRunOutOfTime();

private:
    NetworkTransport m_transport;
};

void SlowLinesTest::slowSenderRunsOutOfTime()
{
    RawServer server([](QTcpSocket &socket, const QByteArray &, int) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        auto *drip = new QTimer(&socket);
        connect(drip, &QTimer::timeout, &socket, [&socket] { socket.write("x"); });
        drip->start(10);
    });
    HttpRequest request = get(server.url());
    request.timeout = 300ms;
    QCOMPARE(kindOf(await(m_transport.exchange(request))), ErrorKind::transient);
    request.method = "POST";
    request.hasEffect = true;
    QCOMPARE(kindOf(await(m_transport.exchange(request))), ErrorKind::unsure);
}

void SlowLinesTest::silentSenderIsGivenUp_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("from the beginning on") << QByteArray();
    QTest::newRow("after a while") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it");
}

/// Long before its time is over: the connection does not say that it is dead.
void SlowLinesTest::silentSenderIsGivenUp()
{
    QFETCH(QByteArray, answer);
    RawServer server([answer](QTcpSocket &socket, const QByteArray &, int) { socket.write(answer); });
    HttpRequest request = get(server.url());
    request.timeout = 1h;
    request.longestSilence = 100ms;
    QCOMPARE(kindOf(await(m_transport.exchange(request))), ErrorKind::transient);
}

/// As with a large file on a slow line: in all it takes longer than anything may be silent.
void SlowLinesTest::slowTakerIsWaitedFor()
{
    const SlowTaker server;
    HttpRequest request = get(server.url());
    request.method = "POST";
    request.body = QByteArray(40'000'000, 'x') + '!';
    request.headers = {{"Content-Type", "application/octet-stream"}};
    request.timeout = 1h;
    request.longestSilence = 3s;
    const auto result = await(m_transport.exchange(request));
    QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
    QCOMPARE(result->status, 200);
}

void SlowLinesTest::endlessHeadersRunOutOfTime()
{
    qint64 taken = 0;
    RawServer server([&taken](QTcpSocket &socket, const QByteArray &, int number) {
        connect(&socket, &QTcpSocket::bytesWritten, &socket, [&taken](qint64 bytes) { taken += bytes; });
        const QByteArray end = number == 0 ? "\r\n" : "";
        socket.write("HTTP/1.1 200 OK\r\nX-Flood: ");
        RawServer::stream(socket, "X-Flood: " + QByteArray(8192, 'x') + end, qint64(8) << 30);
    });
    HttpRequest request = get(server.url());
    request.timeout = 1s;
    for (int number = 0; number < 2; ++number) {
        const ErrorKind kind = kindOf(await(m_transport.exchange(request)));
        QVERIFY(kind == ErrorKind::transient || kind == ErrorKind::malformed);
    }
    QVERIFY2(taken < 32 * 1024 * 1024, qPrintable(QString::number(taken)));
}

QTEST_GUILESS_MAIN(SlowLinesTest)
#include "tst_slowlines.moc"
