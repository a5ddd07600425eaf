// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/serverconfig.h"
#include "tests/networks/testcertificate.h"
#include "tests/server/serverworld.h"
#include "tests/server/socketlistener.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QSslSocket>
#include <QTest>

#include <unistd.h>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// Every time is short, and long enough for who is in no hurry on a slow machine.
ServerLimits hasty()
{
    ServerLimits limits;
    limits.headTime = std::chrono::milliseconds(1000);
    limits.bodyTime = std::chrono::milliseconds(500);
    limits.idleTime = std::chrono::milliseconds(1000);
    limits.writeTime = std::chrono::milliseconds(500);
    limits.handshakeTime = std::chrono::milliseconds(1000);
    limits.sweepTime = std::chrono::milliseconds(20);
    return limits;
}

// A sanitizer keeps what was freed for a while.
#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || __has_feature(address_sanitizer) ||               \
    __has_feature(thread_sanitizer)
constexpr qint64 mostGrown = 512LL * 1024 * 1024;
#else
constexpr qint64 mostGrown = 32LL * 1024 * 1024;
#endif

/// What this process has in memory, in bytes.
qint64 residentBytes()
{
    QFile file(str("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no /proc");
    return file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
}

} // namespace

/// A server with a certificate of its own: what is said in the clear is said there too, and who is slow there is cut
/// off as well.
class TlsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void requestsAreAnswered();
    void webSocketsAreSpokenTo();
    void strangersAreNotTrusted();
    void silentHandshakeIsCutOff_data();
    void silentHandshakeIsCutOff();
    void slowHeadIsCutOff();
    void slowBodyIsCutOff();
    void idleConnectionEnds();
    void whoReadsNothingIsCutOff();
    void othersAreServedMeanwhile();
    void hugeBodyIsRefusedAndNotKept_data();
    void hugeBodyIsRefusedAndNotKept();

private:
    void serve(const ServerLimits &limits);
    /// Encrypted already.
    [[nodiscard]] std::unique_ptr<QSslSocket> connected();
    /// Everything until the server ends it, or so long.
    [[nodiscard]] QByteArray readToTheEnd(QAbstractSocket &socket, int limitMs = 10'000);
    [[nodiscard]] QByteArray requestHead(qint64 length) const
    {
        return "POST /jmap/api HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
               m_token + "\r\nContent-Length: " + QByteArray::number(length) + "\r\n\r\n";
    }

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<Server> m_secure;
    QTemporaryDir m_folder;
    QSslConfiguration m_trust;
    QByteArray m_token;
};

void TlsTest::init()
{
    m_world = std::make_unique<ServerWorld>();
    m_world->stopServer();
    m_trust = QSslConfiguration::defaultConfiguration();
    m_trust.setCaCertificates({QSslCertificate(QByteArray(testCertificate).trimmed())});
    m_token = m_world->token(ServerWorld::ana);
}

void TlsTest::cleanup()
{
    m_secure.reset();
    m_world.reset();
}

void TlsTest::serve(const ServerLimits &limits)
{
    for (const auto &[name, text] : {std::pair("cert.pem", testCertificate), std::pair("key.pem", testKey)}) {
        QFile file(m_folder.filePath(str(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    const auto tls = loadTls(m_folder.filePath(str("cert.pem")), m_folder.filePath(str("key.pem")));
    QVERIFY(tls.has_value());
    Server::Options options;
    options.limits = limits;
    m_secure = std::make_unique<Server>(m_world->desk(), options);
    QVERIFY(m_secure->listen(QHostAddress(QHostAddress::LocalHost), 0, *tls));
}

std::unique_ptr<QSslSocket> TlsTest::connected()
{
    auto socket = std::make_unique<QSslSocket>();
    socket->setSslConfiguration(m_trust);
    socket->connectToHostEncrypted(str("127.0.0.1"), m_secure->port());
    [&] { QTRY_VERIFY(socket->isEncrypted()); }();
    return socket;
}

QByteArray TlsTest::readToTheEnd(QAbstractSocket &socket, int limitMs)
{
    QByteArray all;
    [&] {
        QTRY_VERIFY_WITH_TIMEOUT((all += socket.readAll(), socket.state() == QAbstractSocket::UnconnectedState),
                                 limitMs);
    }();
    return all;
}

void TlsTest::requestsAreAnswered()
{
    serve({});
    const auto socket = connected();
    const QByteArray body = requestBody(oneCall(str("Core/echo"), {{str("x"), str("said in secret")}}));
    socket->write(requestHead(body.size()) + body);
    QByteArray answer;
    QTRY_VERIFY((answer += socket->readAll()).contains("said in secret"));
    QVERIFY(answer.startsWith("HTTP/1.1 200"));
}

/// RFC 8887 over wss, as a desktop has it: requests and pushes.
void TlsTest::webSocketsAreSpokenTo()
{
    serve({});
    QWebSocket socket;
    socket.setSslConfiguration(m_trust);
    QList<QJsonObject> messages;
    connect(&socket, &QWebSocket::textMessageReceived, this,
            [&messages](const QString &text) { messages.append(QJsonDocument::fromJson(text.toUtf8()).object()); });
    QNetworkRequest request(QUrl(str("wss://127.0.0.1:%1/jmap/ws").arg(m_secure->port())));
    request.setRawHeader("Authorization", "Bearer " + m_token);
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({str("jmap")});
    socket.open(request, options);
    QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
    QCOMPARE(socket.subprotocol(), str("jmap"));
    socket.sendTextMessage(str(R"({"@type":"Request","id":"r","using":["urn:ietf:params:jmap:core"],
        "methodCalls":[["Core/echo",{"x":"%1"},"a"]]})")
                               .arg(QString(300'000, u'x')));
    QTRY_COMPARE(messages.size(), 1);
    QCOMPARE(messages[0][str("requestId")].toString(), str("r"));
    QCOMPARE(messages[0][str("methodResponses")][0][1][str("x")].toString().size(), 300'000);
    socket.sendTextMessage(str(R"({"@type":"WebSocketPushEnable","deltas":true})"));
    QTRY_COMPARE(messages.size(), 2);
    m_world->receive(ServerWorld::open, str("new"), str("pushed in secret"));
    QTRY_COMPARE(messages.size(), 3);
    QCOMPARE(messages[2][str("@type")].toString(), str("Delta"));
    QVERIFY(QJsonDocument(messages[2]).toJson().contains("pushed in secret"));
    // The session object names such an address.
    const auto asking = connected();
    asking->write(
        "GET /.well-known/jmap HTTP/1.1\r\nHost: desk.example\r\nConnection: close\r\nAuthorization: Bearer " +
        m_token + "\r\n\r\n");
    const QByteArray session = readToTheEnd(*asking);
    QVERIFY2(session.contains("\"wss://") && session.contains("\"https://"), session.constData());
}

void TlsTest::strangersAreNotTrusted()
{
    serve({});
    QSslSocket socket;
    QSignalSpy errors(&socket, &QSslSocket::sslErrors);
    socket.connectToHostEncrypted(str("127.0.0.1"), m_secure->port());
    QTRY_VERIFY(!errors.isEmpty());
    QTRY_COMPARE(m_secure->connectionCount(), 0);
}

void TlsTest::silentHandshakeIsCutOff_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("the beginning of a greeting") << QByteArray::fromHex("16030100c2010000be0303");
}

void TlsTest::silentHandshakeIsCutOff()
{
    QFETCH(QByteArray, said);
    serve(hasty());
    QTcpSocket silent;
    silent.connectToHost(str("127.0.0.1"), m_secure->port());
    silent.write(said);
    QElapsedTimer timer;
    timer.start();
    static_cast<void>(readToTheEnd(silent));
    QVERIFY(timer.elapsed() >= 200);
    QTRY_COMPARE(m_secure->connectionCount(), 0);
}

void TlsTest::slowHeadIsCutOff()
{
    serve(hasty());
    const auto socket = connected();
    // It never ends.
    const QByteArray head = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    QTimer dripping;
    int sent = 0;
    connect(&dripping, &QTimer::timeout, this, [&] { socket->write(head.mid(sent++, 1)); });
    dripping.start(std::chrono::milliseconds(20));
    const QByteArray answer = readToTheEnd(*socket);
    QVERIFY2(answer.startsWith("HTTP/1.1 408"), answer.constData());
}

void TlsTest::slowBodyIsCutOff()
{
    serve(hasty());
    const auto socket = connected();
    socket->write(requestHead(100) + '{');
    const QByteArray answer = readToTheEnd(*socket);
    QVERIFY2(answer.startsWith("HTTP/1.1 408"), answer.constData());
    QTRY_COMPARE(m_secure->connectionCount(), 0);
}

void TlsTest::idleConnectionEnds()
{
    serve(hasty());
    const auto silent = connected();
    const auto asking = connected();
    asking->write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    QVERIFY(readToTheEnd(*asking).startsWith("HTTP/1.1 200"));
    QVERIFY(!readToTheEnd(*silent).contains("200"));
    QTRY_COMPARE(m_secure->connectionCount(), 0);
}

/// What waits to be encrypted, or to leave, waits for nobody for ever.
void TlsTest::whoReadsNothingIsCutOff()
{
    serve(hasty());
    const auto socket = connected();
    socket->setReadBufferSize(1000);
    const QByteArray body = requestBody(oneCall(str("Core/echo"), {{str("x"), QString(100'000, u'x')}}));
    socket->write(QByteArray(requestHead(body.size()) + body).repeated(100));
    QTRY_COMPARE_WITH_TIMEOUT(m_secure->connectionCount(), 0, 10'000);
}

void TlsTest::othersAreServedMeanwhile()
{
    serve({});
    std::vector<std::unique_ptr<QTcpSocket>> silent;
    for (int i = 0; i < 100; ++i) {
        silent.push_back(std::make_unique<QTcpSocket>());
        silent.back()->connectToHost(str("127.0.0.1"), m_secure->port());
    }
    QTRY_VERIFY(m_secure->connectionCount() >= 100);
    const auto socket = connected();
    socket->write("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    QVERIFY(readToTheEnd(*socket).startsWith("HTTP/1.1 200"));
}

void TlsTest::hugeBodyIsRefusedAndNotKept_data()
{
    QTest::addColumn<bool>("isSecure");
    QTest::newRow("in the clear") << false;
    QTest::newRow("over TLS") << true;
}

/// A gigabyte, by a client that sends on whatever it is answered.
void TlsTest::hugeBodyIsRefusedAndNotKept()
{
    QFETCH(bool, isSecure);
    serve({});
    Server::Options options;
    Server plain(m_world->desk(), options);
    QVERIFY(plain.listen(QHostAddress(QHostAddress::LocalHost), 0));
    std::unique_ptr<QTcpSocket> socket = isSecure ? connected() : std::make_unique<QTcpSocket>();
    if (!isSecure)
        socket->connectToHost(str("127.0.0.1"), plain.port());
    QTRY_COMPARE(socket->state(), QAbstractSocket::ConnectedState);
    constexpr qint64 length = 1024LL * 1024 * 1024;
    const QByteArray piece(256 * 1024, 'x');
    socket->write(requestHead(length));
    const qint64 before = residentBytes();
    qint64 grown = 0;
    qint64 sent = 0;
    qint64 sentWhenAnswered = -1;
    QByteArray answer;
    // What is encrypted counts as written, though it has not left.
    auto *secure = qobject_cast<QSslSocket *>(socket.get());
    const auto waiting = [&] { return socket->bytesToWrite() + (secure ? secure->encryptedBytesToWrite() : 0); };
    const auto sendOn = [&] {
        answer += socket->readAll();
        if (sentWhenAnswered < 0 && answer.contains("\r\n\r\n"))
            sentWhenAnswered = sent;
        grown = std::max(grown, residentBytes() - before);
        if (socket->state() == QAbstractSocket::ConnectedState && waiting() == 0 && sent < length)
            sent += socket->write(piece);
    };
    connect(socket.get(), &QIODevice::bytesWritten, this, sendOn);
    connect(socket.get(), &QIODevice::readyRead, this, sendOn);
    if (secure)
        connect(secure, &QSslSocket::encryptedBytesWritten, this, sendOn);
    sendOn();
    QTRY_COMPARE_WITH_TIMEOUT(socket->state(), QAbstractSocket::UnconnectedState, 60'000);
    answer += socket->readAll();
    QVERIFY2(answer.startsWith("HTTP/1.1 413"), answer.constData());
    QVERIFY(answer.contains("maxSizeRequest"));
    QVERIFY2(sentWhenAnswered >= 0 && sentWhenAnswered < 8 * 1024 * 1024,
             qPrintable(QString::number(sentWhenAnswered)));
    QVERIFY2(sent < length, qPrintable(QString::number(sent)));
    QVERIFY2(grown < mostGrown, qPrintable(QString::number(grown)));
}

QTEST_GUILESS_MAIN(TlsTest)
#include "tst_tls.moc"
