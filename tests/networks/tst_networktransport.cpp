// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/networktransport.h"

#include "rawserver.h"
#include "testcertificate.h"

#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>
#include <QTest>

#include <memory>

using namespace Earshot;
using namespace std::chrono_literals;

namespace {

HttpRequest get(const QUrl &url)
{
    HttpRequest request;
    request.url = url;
    return request;
}

Result<HttpAnswer> outcomeOf(const QFuture<Result<HttpAnswer>> &future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 20'000))
        return fail(ErrorKind::unknown, QStringLiteral("the future never ended"));
    if (future.resultCount() != 1)
        return fail(ErrorKind::unknown, QStringLiteral("the future ended without a result"));
    return future.result();
}

ErrorKind kindOf(const Result<HttpAnswer> &result)
{
    return result ? ErrorKind::duplicate : result.error().kind;
}

} // namespace

class NetworkTransportTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersWithStatusHeadersAndBody();
    void everyStatusIsAnAnswer_data();
    void everyStatusIsAnAnswer();
    void connectionIsUsedAgain();
    void noOtherDeadConnectionIsUsed();
    void connectsAnewBesideWhatIsUnderWay();
    void sendsNoCookiesAndOnlyItsOwnHeaders();
    void refusesOtherSchemes();

    void followsRedirects();
    void authorizationStaysAtHome();
    void endlessRedirectsEnd();
    void redirectLoopEnds();
    void cookiesLastForTheRedirects();
    void onlyGetAndHeadAreRedirected();
    void redirectToAFileIsRefused();

    void announcedBodyIsTooLarge();
    void streamedBodyIsTooLarge();
    void bombIsTooLarge();
    void compressedBodyIsUnpacked();
    void largeBodyArrivesWhole();
    void brokenAnswersAreTransient_data();
    void brokenAnswersAreTransient();

    void plainServerBehindHttps();
    void untrustedCertificateIsRefused();
    void certificateOfAnotherHostIsRefused();
    void downgradeIsRefused();

    void endsWhenTheTransportDies();
    void endsWhenTheFutureIsCancelled();
    void deathInsideAContinuation();

private:
    NetworkTransport m_transport;
};

void NetworkTransportTest::answersWithStatusHeadersAndBody()
{
    RawServer server([](QTcpSocket &socket, const QByteArray &, int) {
        socket.write(RawServer::answer(200, "hello", "X-One: a\r\nX-ONE: b\r\nETag: \"x\"\r\n"));
    });
    HttpRequest request = get(server.url(QStringLiteral("/a%20b?q=%2B#part")));
    request.headers = {{"Accept", "application/json"}};
    request.authorization = Secret("Bearer token");
    const auto result = outcomeOf(m_transport.exchange(request));
    QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
    QCOMPARE(result->status, 200);
    QCOMPARE(result->body, QByteArray("hello"));
    QCOMPARE(result->header("etag"), QByteArray("\"x\""));
    QCOMPARE(result->header("x-one"), QByteArray("a, b"));
    QVERIFY(result->movedTo.isEmpty());

    const QByteArray sent = server.requests().value(0);
    QVERIFY(sent.startsWith("GET /a%20b?q=%2B HTTP/1.1\r\n"));
    QVERIFY(sent.contains("\r\nUser-Agent: Earshot/" EARSHOT_VERSION " (+https://earshot.example)\r\n"));
    QVERIFY(sent.contains("\r\nAuthorization: Bearer token\r\n"));
    QVERIFY(sent.contains("\r\nAccept: application/json\r\n"));
    QVERIFY(!sent.toLower().contains("upgrade"));
}

void NetworkTransportTest::everyStatusIsAnAnswer_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("hasEffect");
    for (const int status :
         {200, 201, 204, 302, 303, 304, 400, 401, 403, 404, 407, 409, 410, 418, 422, 429, 500, 502, 503}) {
        for (const bool hasEffect : {false, true})
            QTest::addRow("%d %s", status, hasEffect ? "effect" : "question") << status << hasEffect;
    }
}

void NetworkTransportTest::everyStatusIsAnAnswer()
{
    QFETCH(const int, status);
    QFETCH(const bool, hasEffect);
    const bool hasBody = status != 204 && status != 304;
    RawServer server([=](QTcpSocket &socket, const QByteArray &, int) {
        const QByteArray challenge = status == 401 ? "WWW-Authenticate: Basic realm=\"x\"\r\n" : "";
        if (hasBody)
            socket.write(RawServer::answer(status, "{}", challenge));
        else
            socket.write("HTTP/1.1 " + QByteArray::number(status) + " Word\r\nETag: \"e\"\r\n\r\n");
    });
    HttpRequest request = get(server.url());
    request.hasEffect = hasEffect;
    request.authorization = Secret("Basic dXNlcjpwYXNz");
    if (hasEffect) {
        request.method = "POST";
        request.body = "{\"status\":\"hi\"}";
    }
    request.timeout = 5s;
    const auto result = outcomeOf(m_transport.exchange(request));
    if (status == 407) { // No proxy was asked: a server that says so is mistaken.
        QVERIFY(!result);
        return;
    }
    QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
    QCOMPARE(result->status, status);
    QCOMPARE(result->body, hasBody ? QByteArray("{}") : QByteArray());
    QCOMPARE(server.requests().size(), 1);
}

void NetworkTransportTest::connectionIsUsedAgain()
{
    RawServer server([](QTcpSocket &socket, const QByteArray &, int number) {
        socket.write(number == 0 ? QByteArray("HTTP/1.1 304 Not Modified\r\n\r\n") : RawServer::answer(200, "second"));
    });
    QCOMPARE(outcomeOf(m_transport.exchange(get(server.url())))->status, 304);
    QCOMPARE(outcomeOf(m_transport.exchange(get(server.url())))->body, QByteArray("second"));
    QCOMPARE(server.connections(), 1);
}

/// Two are kept, and a network that was changed took both along.
void NetworkTransportTest::noOtherDeadConnectionIsUsed()
{
    QTcpSocket *first = nullptr;
    RawServer server([&first](QTcpSocket &socket, const QByteArray &, int number) {
        if (number < 2)
            socket.setProperty("dies", true);
        if (number == 0)
            first = &socket;
        if (number == 1) {
            for (QTcpSocket *both : {first, &socket})
                both->write(RawServer::answer(200, "here"));
        } else if (!socket.property("dies").toBool()) {
            socket.write(RawServer::answer(200, "alive"));
        }
    });
    const auto one = m_transport.exchange(get(server.url()));
    const auto other = m_transport.exchange(get(server.url()));
    QVERIFY(outcomeOf(one) && outcomeOf(other));
    QCOMPARE(server.connections(), 2);
    HttpRequest impatient = get(server.url());
    impatient.timeout = 500ms;
    QCOMPARE(kindOf(outcomeOf(m_transport.exchange(impatient))), ErrorKind::transient);
    QCOMPARE(server.connections(), 2);
    const auto next = outcomeOf(m_transport.exchange(impatient));
    QVERIFY2(next, next ? "" : qPrintable(next.error().detail));
    QCOMPARE(next->body, QByteArray("alive"));
    QCOMPARE(server.connections(), 3);
}

void NetworkTransportTest::connectsAnewBesideWhatIsUnderWay()
{
    QTcpSocket *held = nullptr;
    RawServer server([&held](QTcpSocket &socket, const QByteArray &, int number) {
        if (number == 1)
            held = &socket;
        else
            socket.write(RawServer::answer(200, "short"));
    });
    QVERIFY(outcomeOf(m_transport.exchange(get(server.url()))));
    const auto longOne = m_transport.exchange(get(server.url()));
    QTRY_VERIFY(held);
    QCOMPARE(server.connections(), 1);
    m_transport.connectAnew();
    QVERIFY(outcomeOf(m_transport.exchange(get(server.url()))));
    QCOMPARE(server.connections(), 2);
    held->write(RawServer::answer(200, "long"));
    const auto ended = outcomeOf(longOne);
    QVERIFY2(ended, ended ? "" : qPrintable(ended.error().detail));
    QCOMPARE(ended->body, QByteArray("long"));
    QVERIFY(outcomeOf(m_transport.exchange(get(server.url()))));
    QCOMPARE(server.connections(), 2);
}

void NetworkTransportTest::sendsNoCookiesAndOnlyItsOwnHeaders()
{
    RawServer server([](QTcpSocket &socket, const QByteArray &, int) {
        socket.write(RawServer::answer(200, "x", "Set-Cookie: a=b; Path=/\r\n"));
    });
    HttpRequest request = get(server.url());
    request.headers = {{"Cookie", "c=d"},
                       {"Authorization", "Basic eDp5"},
                       {"User-Agent", "Other"},
                       {"Content-Length", "7"},
                       {"X-Split", "a\r\nX-Smuggled: b"}};
    QVERIFY(outcomeOf(m_transport.exchange(request)));
    QVERIFY(outcomeOf(m_transport.exchange(request)));
    QCOMPARE(server.requests().size(), 2);
    for (const QByteArray &sent : server.requests()) {
        const QByteArray lower = sent.toLower();
        for (const char *word : {"cookie", "authorization", "other", "content-length", "smuggled"})
            QVERIFY2(!lower.contains(word), word);
    }
}

void NetworkTransportTest::refusesOtherSchemes()
{
    for (const char *url : {"file:///etc/passwd", "ftp://example.org/", "http:///x", "", "data:,x"}) {
        const auto future = m_transport.exchange(get(QUrl(QString::fromLatin1(url))));
        QVERIFY(future.isFinished());
        QCOMPARE(kindOf(future.result()), ErrorKind::invalid);
    }
}

void NetworkTransportTest::followsRedirects()
{
    RawServer server([](QTcpSocket &socket, const QByteArray &request, int) {
        if (request.startsWith("GET /one "))
            socket.write(RawServer::answer(301, "moved", "Location: /two\r\n"));
        else if (request.startsWith("GET /two "))
            socket.write(RawServer::answer(308, "moved", "Location: three?x=1\r\n"));
        else if (request.startsWith("GET /three?x=1 "))
            socket.write(RawServer::answer(302, "moved", "Location: /four#part\r\n"));
        else
            socket.write(RawServer::answer(200, "there"));
    });
    HttpRequest request = get(server.url(QStringLiteral("/one")));
    request.authorization = Secret("Bearer t");
    const auto result = outcomeOf(m_transport.exchange(request));
    QVERIFY(result);
    QCOMPARE(result->body, QByteArray("there"));
    QCOMPARE(result->url, server.url(QStringLiteral("/four")));
    QCOMPARE(result->movedTo, server.url(QStringLiteral("/three?x=1")));
    QCOMPARE(server.requests().size(), 4);
    QVERIFY(server.requests().at(3).contains("Authorization: Bearer t"));
}

void NetworkTransportTest::authorizationStaysAtHome()
{
    RawServer other([](QTcpSocket &socket, const QByteArray &, int) { socket.write(RawServer::answer(200, "x")); });
    RawServer home([&other](QTcpSocket &socket, const QByteArray &, int) {
        socket.write(RawServer::answer(302, {}, "Location: " + other.url().toEncoded() + "\r\n"));
    });
    HttpRequest request = get(home.url());
    request.authorization = Secret("Bearer secret");
    request.headers = {{"X-Api-Key", "secret"}, {"Accept", "text/html"}};
    QVERIFY(outcomeOf(m_transport.exchange(request)));
    QVERIFY(home.requests().value(0).contains("Bearer secret"));
    QCOMPARE(other.requests().size(), 1);
    QVERIFY(!other.requests().at(0).contains("secret"));
    QVERIFY(other.requests().at(0).contains("Accept: text/html"));
}

void NetworkTransportTest::endlessRedirectsEnd()
{
    RawServer server([](QTcpSocket &socket, const QByteArray &, int number) {
        socket.write(RawServer::answer(302, {}, "Location: /" + QByteArray::number(number) + "\r\n"));
    });
    QCOMPARE(kindOf(outcomeOf(m_transport.exchange(get(server.url())))), ErrorKind::malformed);
    QCOMPARE(server.requests().size(), 6);

    HttpRequest request = get(server.url());
    request.maxRedirects = 0;
    const auto result = outcomeOf(m_transport.exchange(request));
    QVERIFY(result);
    QCOMPARE(result->status, 302);
}

void NetworkTransportTest::redirectLoopEnds()
{
    RawServer server([](QTcpSocket &socket, const QByteArray &request, int) {
        const QByteArray next = request.startsWith("GET /a ") ? "/b" : "/a";
        socket.write(RawServer::answer(301, {}, "Location: " + next + "\r\n"));
    });
    HttpRequest request = get(server.url(QStringLiteral("/a")));
    request.maxRedirects = 1000;
    QCOMPARE(kindOf(outcomeOf(m_transport.exchange(request))), ErrorKind::malformed);
    QCOMPARE(server.requests().size(), 2);
}

/// Many a guard sends a visitor to the same place once more, to see whether a cookie comes back.
void NetworkTransportTest::cookiesLastForTheRedirects()
{
    RawServer other([](QTcpSocket &socket, const QByteArray &, int) { socket.write(RawServer::answer(200, "there")); });
    QUrl elsewhere = other.url();
    elsewhere.setHost(QStringLiteral("localhost"));
    RawServer server([&elsewhere](QTcpSocket &socket, const QByteArray &request, int) {
        if (request.startsWith("GET /away"))
            socket.write(
                RawServer::answer(302, {}, "Location: " + elsewhere.toEncoded() + "\r\nSet-Cookie: seen=yes\r\n"));
        else if (request.contains("Cookie: seen=yes; x=1\r\n"))
            socket.write(RawServer::answer(200, "welcome"));
        else
            socket.write(RawServer::answer(302, {},
                                           "Location: /\r\nSet-Cookie: seen=yes; Path=/; HttpOnly\r\n"
                                           "Set-Cookie: x=1\r\nSet-Cookie: nonsense\r\n"));
    });
    const auto result = outcomeOf(m_transport.exchange(get(server.url())));
    QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
    QCOMPARE(result->body, QByteArray("welcome"));
    QCOMPARE(server.requests().size(), 2);
    QVERIFY(!server.requests().at(0).contains("Cookie:"));
    // The next request is a stranger's again, and another host never learns it.
    QVERIFY(outcomeOf(m_transport.exchange(get(server.url()))));
    QVERIFY(!server.requests().at(2).contains("Cookie:"));
    QVERIFY(outcomeOf(m_transport.exchange(get(server.url(QStringLiteral("/away"))))));
    QCOMPARE(other.requests().size(), 1);
    QVERIFY(!other.requests().at(0).contains("Cookie:"));
}

void NetworkTransportTest::onlyGetAndHeadAreRedirected()
{
    RawServer server([](QTcpSocket &socket, const QByteArray &, int) {
        socket.write(RawServer::answer(307, "no", "Location: /elsewhere\r\n"));
    });
    HttpRequest request = get(server.url());
    request.method = "POST";
    request.body = "x=1";
    for (const bool hasEffect : {false, true}) {
        request.hasEffect = hasEffect;
        const auto result = outcomeOf(m_transport.exchange(request));
        QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
        QCOMPARE(result->status, 307);
        QCOMPARE(result->header("location"), QByteArray("/elsewhere"));
    }
    QCOMPARE(server.requests().size(), 2);
}

void NetworkTransportTest::redirectToAFileIsRefused()
{
    for (const QByteArray target : {"file:///etc/passwd", "javascript:x", "http:///", "http://["}) {
        RawServer server([target](QTcpSocket &socket, const QByteArray &, int) {
            socket.write(RawServer::answer(302, {}, "Location: " + target + "\r\n"));
        });
        QCOMPARE(kindOf(outcomeOf(m_transport.exchange(get(server.url())))), ErrorKind::malformed);
    }
}

void NetworkTransportTest::announcedBodyIsTooLarge()
{
    bool isClosed = false;
    RawServer server([&isClosed](QTcpSocket &socket, const QByteArray &, int) {
        connect(&socket, &QTcpSocket::disconnected, &socket, [&isClosed] { isClosed = true; });
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\nx");
    });
    QCOMPARE(kindOf(outcomeOf(m_transport.exchange(get(server.url())))), ErrorKind::tooLarge);
    QTRY_VERIFY(isClosed);
}

void NetworkTransportTest::streamedBodyIsTooLarge()
{
    qint64 sent = 0;
    bool isClosed = false;
    RawServer server([&](QTcpSocket &socket, const QByteArray &, int) {
        connect(&socket, &QTcpSocket::bytesWritten, &socket, [&sent](qint64 bytes) { sent += bytes; });
        connect(&socket, &QTcpSocket::disconnected, &socket, [&isClosed] { isClosed = true; });
        socket.write("HTTP/1.1 200 OK\r\n\r\n"); // no length: until the connection closes
        RawServer::stream(socket, QByteArray(64 * 1024, 'x'), qint64(2) << 30);
    });
    HttpRequest request = get(server.url());
    request.maxBody = 1024 * 1024;
    QCOMPARE(kindOf(outcomeOf(m_transport.exchange(request))), ErrorKind::tooLarge);
    QTRY_VERIFY(isClosed);
    QVERIFY2(sent < 32 * 1024 * 1024, qPrintable(QString::number(sent)));
}

/// `size` zero bytes as a gzip member.
static QByteArray gzipOfZeros(qsizetype size)
{
    const QByteArray zlib = qCompress(QByteArray(size, '\0'), 9);
    // qCompress: four bytes of length, two of zlib header, deflate, four of checksum. The gzip checksum is left wrong;
    // it would be looked at last.
    return QByteArray("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", 10) + zlib.mid(6, zlib.size() - 10) +
           QByteArray(8, 0);
}

void NetworkTransportTest::bombIsTooLarge()
{
    const QByteArray bomb = gzipOfZeros(200 * 1024 * 1024);
    QVERIFY(bomb.size() < 1024 * 1024);
    RawServer server([&bomb](QTcpSocket &socket, const QByteArray &, int) {
        socket.write(RawServer::answer(200, bomb, "Content-Encoding: gzip\r\n"));
    });
    QCOMPARE(kindOf(outcomeOf(m_transport.exchange(get(server.url())))), ErrorKind::tooLarge);
}

void NetworkTransportTest::compressedBodyIsUnpacked()
{
    const QByteArray zlib = qCompress(QByteArray(100'000, 'a')).mid(4);
    RawServer server([&zlib](QTcpSocket &socket, const QByteArray &, int) {
        socket.write(RawServer::answer(200, zlib, "Content-Encoding: deflate\r\n"));
    });
    const auto result = outcomeOf(m_transport.exchange(get(server.url())));
    QVERIFY(result);
    QCOMPARE(result->body, QByteArray(100'000, 'a'));
    QVERIFY(server.requests().value(0).contains("gzip"));
}

void NetworkTransportTest::largeBodyArrivesWhole()
{
    const QByteArray body = QByteArray("0123456789").repeated(1024 * 1024);
    RawServer server([&body](QTcpSocket &socket, const QByteArray &, int number) {
        if (number == 0)
            socket.write(RawServer::answer(200, body));
        else
            socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + QByteArray::number(body.size(), 16) +
                         "\r\n" + body + "\r\n0\r\n\r\n");
    });
    HttpRequest request = get(server.url());
    request.maxBody = body.size();
    for (int number = 0; number < 2; ++number) {
        const auto result = outcomeOf(m_transport.exchange(request));
        QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
        QVERIFY(result->body == body);
    }
    --request.maxBody;
    QCOMPARE(kindOf(outcomeOf(m_transport.exchange(request))), ErrorKind::tooLarge);
}

void NetworkTransportTest::brokenAnswersAreTransient_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half a status line") << QByteArray("HTTP/1.1 20");
    QTest::newRow("half a head") << QByteArray("HTTP/1.1 200 OK\r\nContent-Le");
    QTest::newRow("half a body") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    QTest::newRow("half a chunk") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf");
    QTest::newRow("no last chunk") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
    QTest::newRow("no HTTP") << QByteArray("220 mail.example ESMTP\r\n");
}

void NetworkTransportTest::brokenAnswersAreTransient()
{
    QFETCH(const QByteArray, answer);
    RawServer server([&answer](QTcpSocket &socket, const QByteArray &, int) {
        socket.write(answer);
        socket.disconnectFromHost();
    });
    HttpRequest request = get(server.url());
    request.timeout = 5s;
    const auto result = outcomeOf(m_transport.exchange(request));
    QVERIFY2(!result, result ? result->body.constData() : "");
    QVERIFY(result.error().kind == ErrorKind::transient || result.error().kind == ErrorKind::malformed);
    QVERIFY(!result.error().detail.isEmpty());
}

void NetworkTransportTest::plainServerBehindHttps()
{
    RawServer server([](QTcpSocket &, const QByteArray &, int) {});
    QTcpServer mute;
    QVERIFY(mute.listen(QHostAddress::LocalHost, 0));
    connect(&mute, &QTcpServer::newConnection, &mute, [&mute] {
        QTcpSocket *socket = mute.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->write("HTTP/1.1 400 Bad Request\r\n\r\n");
            socket->disconnectFromHost();
        });
    });
    const QUrl url(QStringLiteral("https://127.0.0.1:%1/").arg(mute.serverPort()));
    HttpRequest request = get(url);
    request.timeout = 5s;
    QCOMPARE(kindOf(outcomeOf(m_transport.exchange(request))), ErrorKind::transient);
    request.method = "POST";
    request.hasEffect = true;
    QCOMPARE(kindOf(outcomeOf(m_transport.exchange(request))), ErrorKind::transient);
    request.body = "text";
    QCOMPARE(kindOf(outcomeOf(m_transport.exchange(request))), ErrorKind::transient);
}

/// A TLS server that answers every request with `answer`.
static std::unique_ptr<QSslServer> tlsServer(const QByteArray &answer, const QByteArray &certificate = testCertificate)
{
    auto server = std::make_unique<QSslServer>();
    QSslConfiguration configuration;
    configuration.setLocalCertificate(QSslCertificate(certificate));
    configuration.setPrivateKey(QSslKey(QByteArray(testKey), QSsl::Ec));
    server->setSslConfiguration(configuration);
    QObject::connect(server.get(), &QSslServer::pendingConnectionAvailable, server.get(), [raw = server.get(), answer] {
        QTcpSocket *socket = raw->nextPendingConnection();
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
            socket->readAll();
            socket->write(answer);
        });
    });
    if (!server->listen(QHostAddress::LocalHost, 0))
        return {};
    return server;
}

void NetworkTransportTest::untrustedCertificateIsRefused()
{
    const auto server = tlsServer(RawServer::answer(200, "secret"));
    QVERIFY(server);
    HttpRequest request = get(QUrl(QStringLiteral("https://127.0.0.1:%1/").arg(server->serverPort())));
    auto result = outcomeOf(m_transport.exchange(request));
    QCOMPARE(kindOf(result), ErrorKind::certificate);
    QVERIFY2(result.error().detail.contains(QStringLiteral("certificate")), qPrintable(result.error().detail));
    request.method = "POST";
    request.hasEffect = true;
    request.body = "text";
    result = outcomeOf(m_transport.exchange(request));
    QCOMPARE(kindOf(result), ErrorKind::certificate);
}

/// Trusts one certificate more while it lives.
class Trust final
{
public:
    explicit Trust(const QByteArray &certificate)
    {
        QSslConfiguration trusting = m_before;
        trusting.addCaCertificate(QSslCertificate(certificate));
        QSslConfiguration::setDefaultConfiguration(trusting);
    }
    ~Trust() { QSslConfiguration::setDefaultConfiguration(m_before); }
    Q_DISABLE_COPY_MOVE(Trust)

private:
    const QSslConfiguration m_before = QSslConfiguration::defaultConfiguration();
};

void NetworkTransportTest::certificateOfAnotherHostIsRefused()
{
    const Trust trust(certificateOfAnotherHost);
    const auto server = tlsServer(RawServer::answer(200, "secret"), certificateOfAnotherHost);
    QVERIFY(server);
    NetworkTransport transport;
    HttpRequest request = get(QUrl(QStringLiteral("https://127.0.0.1:%1/").arg(server->serverPort())));
    request.authorization = Secret("Bearer token");
    for (const bool hasEffect : {false, true}) {
        request.method = hasEffect ? "POST" : "GET";
        request.hasEffect = hasEffect;
        request.body = hasEffect ? "text" : "";
        const auto result = outcomeOf(transport.exchange(request));
        QCOMPARE(kindOf(result), ErrorKind::certificate);
        // It is trusted, but somebody else's.
        QVERIFY2(result.error().detail.contains(QStringLiteral("host name")), qPrintable(result.error().detail));
    }
}

void NetworkTransportTest::downgradeIsRefused()
{
    const Trust trust(testCertificate);
    RawServer plain([](QTcpSocket &socket, const QByteArray &, int) { socket.write(RawServer::answer(200, "x")); });
    const auto server = tlsServer(RawServer::answer(302, {}, "Location: " + plain.url().toEncoded() + "\r\n"));
    NetworkTransport transport;
    HttpRequest request = get(QUrl(QStringLiteral("https://127.0.0.1:%1/").arg(server->serverPort())));
    const auto refused = outcomeOf(transport.exchange(request));
    request.maxRedirects = 0;
    const auto answered = outcomeOf(transport.exchange(request));
    QCOMPARE(kindOf(refused), ErrorKind::malformed);
    QCOMPARE(plain.requests().size(), 0);
    QVERIFY2(answered, answered ? "" : qPrintable(answered.error().detail));
    QCOMPARE(answered->status, 302);
}

void NetworkTransportTest::endsWhenTheTransportDies()
{
    RawServer server([](QTcpSocket &, const QByteArray &, int) {});
    auto transport = std::make_unique<NetworkTransport>();
    HttpRequest effect = get(server.url());
    effect.method = "POST";
    effect.hasEffect = true;
    effect.body = "x";
    const auto asked = transport->exchange(get(server.url()));
    const auto sent = transport->exchange(effect);
    QTRY_COMPARE(server.requests().size(), 2);
    const auto early = transport->exchange(effect);
    transport.reset();
    QVERIFY(asked.isFinished() && sent.isFinished() && early.isFinished());
    QCOMPARE(kindOf(asked.result()), ErrorKind::cancelled);
    QCOMPARE(kindOf(sent.result()), ErrorKind::unsure);
    QCOMPARE(kindOf(early.result()), ErrorKind::cancelled);
    QCOMPARE(server.requests().size(), 2);
}

void NetworkTransportTest::endsWhenTheFutureIsCancelled()
{
    bool isClosed = false;
    RawServer server([&isClosed](QTcpSocket &socket, const QByteArray &, int) {
        connect(&socket, &QTcpSocket::disconnected, &socket, [&isClosed] { isClosed = true; });
    });
    auto future = m_transport.exchange(get(server.url()));
    QTRY_COMPARE(server.requests().size(), 1);
    future.cancel();
    QTRY_VERIFY(isClosed);
    QTRY_VERIFY(future.isFinished());
}

void NetworkTransportTest::deathInsideAContinuation()
{
    RawServer server([](QTcpSocket &socket, const QByteArray &, int) { socket.write(RawServer::answer(200, "x")); });
    auto transport = std::make_unique<NetworkTransport>();
    auto second = transport->exchange(get(server.url()));
    bool isDone = false;
    second.then(this, [&transport, &isDone](const Result<HttpAnswer> &) {
        transport.reset();
        isDone = true;
    });
    QTRY_VERIFY(isDone);
    QVERIFY(second.isFinished());
}

QTEST_GUILESS_MAIN(NetworkTransportTest)
#include "tst_networktransport.moc"
