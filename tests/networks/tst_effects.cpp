// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/networktransport.h"

#include "rawserver.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

using namespace Earshot;
using namespace std::chrono_literals;

/// What a server does with a request that it has read whole.
enum class Ending { closes, resets, answersHalf, stopsListening, closesAfterHead };
Q_DECLARE_METATYPE(Ending)

/// A request with an effect reaches the other end once, and whoever cannot know says so.
class EffectsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lostAnswerIsUnsureAndNeverRepeated_data();
    void lostAnswerIsUnsureAndNeverRepeated();
    void managerAloneRepeats();
    void refusedConnectionIsTransient();
    void largeBodyIsSentOnce();
    void lengthIsAlwaysSaid();
    void deafServerTakesNothing();
};

namespace {

Result<HttpAnswer> outcomeOf(const QFuture<Result<HttpAnswer>> &future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 20'000))
        return fail(ErrorKind::unknown, QStringLiteral("the future never ended"));
    return future.result();
}

HttpRequest effectOn(const QUrl &url, const QByteArray &method, const QByteArray &body)
{
    HttpRequest request;
    request.url = url;
    request.method = method;
    request.body = body;
    request.hasEffect = true;
    request.headers = {{"Content-Type", "application/json"}};
    request.timeout = 5s;
    return request;
}

void endConnection(RawServer &server, QTcpSocket &socket, Ending ending)
{
    switch (ending) {
    case Ending::resets:
        RawServer::reset(socket);
        break;
    case Ending::answersHalf:
        socket.write("HTTP/1.1 20");
        socket.disconnectFromHost();
        break;
    case Ending::closesAfterHead:
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        socket.disconnectFromHost();
        break;
    case Ending::stopsListening:
        server.stopListening();
        socket.disconnectFromHost();
        break;
    case Ending::closes:
        socket.disconnectFromHost();
        break;
    }
}

qsizetype countEffects(const RawServer &server, const QByteArray &method)
{
    return std::ranges::count_if(server.requests(), [&method](const QByteArray &r) { return r.startsWith(method); });
}

} // namespace

void EffectsTest::lostAnswerIsUnsureAndNeverRepeated_data()
{
    QTest::addColumn<Ending>("ending");
    QTest::addColumn<bool>("isKeptAlive");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    const std::pair<Ending, const char *> endings[] = {{Ending::closes, "closes"},
                                                       {Ending::resets, "resets"},
                                                       {Ending::answersHalf, "half a status line"},
                                                       {Ending::stopsListening, "closes for good"},
                                                       {Ending::closesAfterHead, "half an answer"}};
    const std::pair<QByteArray, QByteArray> requests[] = {
        {"POST", "{\"status\":\"hi\"}"}, {"POST", ""}, {"PUT", "x"}, {"DELETE", ""}, {"DELETE", "x"}};
    for (const auto &[ending, name] : endings) {
        for (const bool isKeptAlive : {false, true}) {
            for (const auto &[method, body] : requests)
                QTest::addRow("%s, %s, %s, %d bytes", name, isKeptAlive ? "kept alive" : "fresh", method.constData(),
                              int(body.size()))
                    << ending << isKeptAlive << method << body;
        }
    }
}

void EffectsTest::lostAnswerIsUnsureAndNeverRepeated()
{
    QFETCH(const Ending, ending);
    QFETCH(const bool, isKeptAlive);
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, body);
    RawServer *self = nullptr;
    RawServer server([&self, ending](QTcpSocket &socket, const QByteArray &request, int) {
        if (request.startsWith("GET"))
            socket.write(RawServer::answer(200, "warm"));
        else
            endConnection(*self, socket, ending);
    });
    self = &server;
    NetworkTransport transport;
    if (isKeptAlive) {
        HttpRequest warm;
        warm.url = server.url();
        QVERIFY(outcomeOf(transport.exchange(warm)));
    }
    const auto result = outcomeOf(transport.exchange(effectOn(server.url(QStringLiteral("/effect")), method, body)));
    QVERIFY(!result);
    QVERIFY2(result.error().kind == ErrorKind::unsure, qPrintable(result.error().detail));

    // A repeat would reach the server before this later request does.
    if (ending != Ending::stopsListening) {
        HttpRequest later;
        later.url = server.url(QStringLiteral("/later"));
        QVERIFY(outcomeOf(transport.exchange(later)));
    }
    QCOMPARE(countEffects(server, method), 1);
    if (isKeptAlive)
        QVERIFY(server.requests().at(1).endsWith(QByteArray("\r\n\r\n" + body)));
}

/// Why all this is needed: the day that this fails, the manager has learnt it.
void EffectsTest::managerAloneRepeats()
{
    RawServer server([](QTcpSocket &socket, const QByteArray &request, int) {
        if (request.startsWith("GET"))
            socket.write(RawServer::answer(200, "warm"));
        else
            socket.disconnectFromHost();
    });
    QNetworkAccessManager manager;
    QNetworkRequest request(server.url());
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("text/plain"));
    QNetworkReply *warm = manager.get(request);
    QTRY_VERIFY(warm->isFinished());
    QNetworkReply *reply = manager.post(request, QByteArray("effect"));
    QTRY_VERIFY(reply->isFinished());
    QVERIFY(countEffects(server, "POST") > 1);
}

void EffectsTest::refusedConnectionIsTransient()
{
    RawServer server([](QTcpSocket &, const QByteArray &, int) {});
    const QUrl url = server.url();
    server.stopListening();
    NetworkTransport transport;
    for (const QByteArray body : {"", "x"}) {
        const auto result = outcomeOf(transport.exchange(effectOn(url, "POST", body)));
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::transient);
    }
}

void EffectsTest::largeBodyIsSentOnce()
{
    const QByteArray body(3 * 1024 * 1024 + 7, 'b');
    RawServer server([](QTcpSocket &socket, const QByteArray &, int) { socket.write(RawServer::answer(201, "ok")); });
    NetworkTransport transport;
    const auto result = outcomeOf(transport.exchange(effectOn(server.url(), "POST", body)));
    QVERIFY(result);
    QCOMPARE(result->status, 201);
    QCOMPARE(server.requests().size(), 1);
    QVERIFY(server.requests().at(0).endsWith(QByteArray("\r\n\r\n" + body)));
}

void EffectsTest::lengthIsAlwaysSaid()
{
    RawServer server([](QTcpSocket &socket, const QByteArray &, int) { socket.write(RawServer::answer(200, "ok")); });
    NetworkTransport transport;
    for (const QByteArray body : {"", "four"}) {
        QVERIFY(outcomeOf(transport.exchange(effectOn(server.url(), "POST", body))));
        const QByteArray sent = server.requests().constLast();
        const QByteArray length("Content-Length: " + QByteArray::number(body.size()) + "\r\n");
        QCOMPARE(sent.count(length), 1);
        QVERIFY(!sent.contains("chunked"));
        QVERIFY(sent.startsWith("POST / HTTP/1.1\r\n"));
    }
}

/// A server that accepts and reads nothing: what the kernel took may arrive some day.
void EffectsTest::deafServerTakesNothing()
{
    QTcpServer deaf;
    QVERIFY(deaf.listen(QHostAddress::LocalHost, 0));
    NetworkTransport transport;
    HttpRequest request = effectOn(QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(deaf.serverPort())), "POST", "text");
    request.timeout = 300ms;
    const auto result = outcomeOf(transport.exchange(request));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::unsure);
}

QTEST_GUILESS_MAIN(EffectsTest)
#include "tst_effects.moc"
