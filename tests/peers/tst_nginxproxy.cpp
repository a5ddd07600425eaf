// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/networks/testcertificate.h"
#include "tests/server/serverworld.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslSocket>
#include <QTcpServer>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// A server behind a real nginx that runs packaging/nginx.conf, with only ports, names and paths changed.
class NginxProxyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void sessionNamesThePublicAddress();
    void socketAndStreamPassAtOnce();
    void filesAndPiecesPass();
    void chunkedBodiesPass();
    void largeBodiesAreRefused();
    void claimedAddressesAreNotBelieved();
    void oneAddressHasSoManyConnections();
    void oneAddressHasSoManyRequests();

private:
    [[nodiscard]] QNetworkRequest request(const QString &path, const QByteArray &token = {}) const;
    struct Answer
    {
        int status = 0;
        QByteArray body;
        QByteArray range;
    };
    [[nodiscard]] Answer finish(QNetworkReply *reply);
    [[nodiscard]] Answer get(const QString &path, const QByteArray &token, const QByteArray &range = {});
    [[nodiscard]] Answer post(const QString &path, const QByteArray &token, const QByteArray &body,
                              const char *type = "application/json");
    [[nodiscard]] QString url() const { return str("https://127.0.0.1:%1").arg(m_port); }
    void startServer();

    QTemporaryDir m_folder;
    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<QProcess> m_nginx;
    QNetworkAccessManager m_network;
    QSslConfiguration m_tls;
    quint16 m_port = 0;
};

void NginxProxyTest::startServer()
{
    Server::Options options;
    options.isBehindProxy = true;
    options.publicUrl = url();
    m_world->start(std::move(options));
}

void NginxProxyTest::init()
{
    const QString program = qEnvironmentVariable("EARSHOT_NGINX");
    if (program.isEmpty())
        QSKIP("No nginx was fetched: run this by tests/peers/nginx/run");
    {
        // A free port: nginx cannot be asked which one it took.
        QTcpServer finder;
        QVERIFY(finder.listen(QHostAddress(QHostAddress::LocalHost), 0));
        m_port = finder.serverPort();
    }
    m_world = std::make_unique<ServerWorld>();
    startServer();
    QFile conf(str(EARSHOT_SOURCE_DIR "/packaging/nginx.conf"));
    QVERIFY(conf.open(QIODevice::ReadOnly));
    QString text = QString::fromUtf8(conf.readAll());
    const auto change = [&text](const QString &from, const QString &to) {
        QVERIFY2(text.contains(from), qPrintable(from));
        text.replace(from, to);
    };
    const QString folder = m_folder.path();
    change(str("listen 443 ssl http2;"), str("listen 127.0.0.1:%1 ssl http2;").arg(m_port));
    change(str("    listen [::]:443 ssl http2;\n"), {});
    change(str("server_name desk.example;"), str("server_name 127.0.0.1;"));
    change(str("/etc/letsencrypt/live/desk.example/fullchain.pem"), folder + str("/certificate.pem"));
    change(str("/etc/letsencrypt/live/desk.example/privkey.pem"), folder + str("/key.pem"));
    change(str("http://127.0.0.1:8640"), str("http://127.0.0.1:%1").arg(m_world->server().port()));
    // A slow machine asks no faster than it may.
    change(str("rate=300r/s"), str("rate=20r/s"));
    QString around = str("daemon off;\nmaster_process off;\npid %1/pid;\nerror_log %1/error;\nevents { "
                         "worker_connections 4096; }\nhttp {\n"
                         "access_log off;\n")
                         .arg(folder);
    for (const char *temporary : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
        around += str("%1_temp_path %2/%1;\n").arg(str(temporary), folder);
    const auto write = [&folder](const char *name, const QByteArray &content) {
        QFile file(folder + u'/' + str(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    };
    write("conf", (around + text + str("}\n")).toUtf8());
    write("certificate.pem", testCertificate);
    write("key.pem", testKey);
    m_tls = QSslConfiguration::defaultConfiguration();
    m_tls.setCaCertificates({QSslCertificate(QByteArray(testCertificate))});
    m_nginx = std::make_unique<QProcess>();
    m_nginx->setProcessChannelMode(QProcess::ForwardedChannels);
    m_nginx->start(program, {str("-p"), folder, str("-e"), folder + str("/error"), str("-c"), folder + str("/conf")});
    QTRY_VERIFY(QFile::exists(folder + str("/pid")) || m_nginx->state() == QProcess::NotRunning);
    QCOMPARE(m_nginx->state(), QProcess::Running);
    QTRY_COMPARE(get(str("/healthz"), {}).status, 200);
}

void NginxProxyTest::cleanup()
{
    if (m_nginx) {
        QSignalSpy finished(m_nginx.get(), &QProcess::finished);
        m_nginx->terminate();
        QVERIFY(m_nginx->state() == QProcess::NotRunning || finished.wait(10'000));
    }
    m_nginx.reset();
    m_world.reset();
}

QNetworkRequest NginxProxyTest::request(const QString &path, const QByteArray &token) const
{
    QNetworkRequest request(QUrl(url() + path));
    request.setSslConfiguration(m_tls);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    if (!token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + token);
    return request;
}

NginxProxyTest::Answer NginxProxyTest::finish(QNetworkReply *reply)
{
    QSignalSpy finished(reply, &QNetworkReply::finished);
    if (!reply->isFinished())
        finished.wait(20'000);
    reply->deleteLater();
    return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(),
            reply->rawHeader("Content-Range")};
}

NginxProxyTest::Answer NginxProxyTest::get(const QString &path, const QByteArray &token, const QByteArray &range)
{
    QNetworkRequest asked = request(path, token);
    if (!range.isEmpty())
        asked.setRawHeader("Range", range);
    return finish(m_network.get(asked));
}

NginxProxyTest::Answer NginxProxyTest::post(const QString &path, const QByteArray &token, const QByteArray &body,
                                            const char *type)
{
    QNetworkRequest asked = request(path, token);
    asked.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray(type));
    return finish(m_network.post(asked, body));
}

void NginxProxyTest::sessionNamesThePublicAddress()
{
    const QByteArray token = m_world->token(ServerWorld::kim);
    const QJsonObject session = QJsonDocument::fromJson(get(str("/.well-known/jmap"), token).body).object();
    QCOMPARE(session.value(str("apiUrl")).toString(), QString(url() + str("/jmap/api")));
    QVERIFY(session.value(str("capabilities"))[str("urn:ietf:params:jmap:websocket")][str("url")].toString().startsWith(
        str("wss://127.0.0.1:")));
    QCOMPARE(get(str("/.well-known/jmap"), "earshot_none").status, 401);
    const Answer answer =
        post(str("/jmap/api"), token, requestBody(oneCall(str("Tag/get"), {{str("accountId"), m_world->account()}})));
    QCOMPARE(answer.status, 200);
}

void NginxProxyTest::socketAndStreamPassAtOnce()
{
    const QByteArray token = m_world->token(ServerWorld::kim);
    QWebSocket socket;
    QStringList told;
    connect(&socket, &QWebSocket::textMessageReceived, this, [&told](const QString &text) { told.append(text); });
    QNetworkRequest asked = request(str("/jmap/ws"), token);
    asked.setUrl(QUrl(str("wss://127.0.0.1:%1/jmap/ws").arg(m_port)));
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({str("jmap")});
    socket.setSslConfiguration(m_tls);
    socket.open(asked, options);
    QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
    QCOMPARE(socket.subprotocol(), str("jmap"));
    socket.sendTextMessage(str(R"({"@type":"WebSocketPushEnable","deltas":true})"));
    QTRY_COMPARE(told.size(), 1);
    QNetworkReply *stream = m_network.get(
        request(str("/jmap/eventsource/?types=*&closeafter=no&ping=0"), m_world->token(ServerWorld::kim)));
    QByteArray events;
    connect(stream, &QNetworkReply::readyRead, this, [&events, stream] { events += stream->readAll(); });
    QTRY_COMPARE(events.count("event: state"), 1);
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("through")}).isApplied());
    QTRY_COMPARE(told.size(), 2);
    QVERIFY(told[1].contains(str("\"through\"")));
    QTRY_COMPARE(events.count("event: state"), 2);
    stream->abort();
    stream->deleteLater();
    socket.close();
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
}

void NginxProxyTest::filesAndPiecesPass()
{
    const QByteArray token = m_world->token(ServerWorld::kim);
    const QByteArray picture = "\x89PNG\r\n\x1a\n" + QByteArray(2'000'000, 'p');
    const Answer kept = post(str("/jmap/upload/") + m_world->account() + u'/', token, picture, "image/png");
    QCOMPARE(kept.status, 201);
    const QString blob = QJsonDocument::fromJson(kept.body).object().value(str("blobId")).toString();
    const QString path = str("/jmap/download/") + m_world->account() + u'/' + blob + str("/a.png?type=image/png");
    QCOMPARE(get(path, token).body, picture);
    const Answer piece = get(path, token, "bytes=100-199");
    QCOMPARE(piece.status, 206);
    QCOMPARE(piece.body, picture.mid(100, 100));
    QCOMPARE(piece.range, QByteArray("bytes 100-199/2000008"));
    QCOMPARE(get(str("/jmap/slices"), token).status, 200);
}

/// The server wants a length; nginx gathers the body and tells it.
void NginxProxyTest::chunkedBodiesPass()
{
    const QByteArray token = m_world->token(ServerWorld::kim);
    const QByteArray body = requestBody(oneCall(str("Core/echo"), {{str("a"), 1}}));
    QSslSocket socket;
    socket.setSslConfiguration(m_tls);
    socket.connectToHostEncrypted(str("127.0.0.1"), m_port);
    QTRY_VERIFY(socket.isEncrypted());
    socket.write("POST /jmap/api HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token +
                 "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
    for (qsizetype at = 0; at < body.size(); at += 10) {
        const QByteArray piece = body.mid(at, 10);
        socket.write(QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n");
    }
    socket.write("0\r\n\r\n");
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    const QByteArray answer = socket.readAll();
    QVERIFY2(answer.startsWith("HTTP/1.1 200") && answer.contains("Core/echo"), answer.constData());
}

void NginxProxyTest::largeBodiesAreRefused()
{
    const QByteArray token = m_world->token(ServerWorld::kim);
    QSslSocket socket;
    socket.setSslConfiguration(m_tls);
    socket.connectToHostEncrypted(str("127.0.0.1"), m_port);
    QTRY_VERIFY(socket.isEncrypted());
    socket.write("POST /jmap/upload/x/ HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token +
                 "\r\nContent-Type: image/png\r\nContent-Length: 99999999\r\n\r\n");
    QTRY_VERIFY(socket.bytesAvailable() > 20);
    QVERIFY(socket.readAll().startsWith("HTTP/1.1 413"));
}

void NginxProxyTest::claimedAddressesAreNotBelieved()
{
    QNetworkRequest asked = request(str("/auth/login"));
    asked.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray("application/json"));
    asked.setRawHeader("X-Forwarded-For", "203.0.113.9");
    const Answer answer = finish(m_network.post(asked, R"({"name":"Kim","password":"wrong","device":"x"})"));
    QCOMPARE(answer.status, 401);
    QTRY_VERIFY(!m_world->accessLog().isEmpty());
    QCOMPARE(m_world->accessLog().constFirst().address, str("127.0.0.1"));
}

/// Streams that last, one more than the example lets one address have; what they had is free again afterwards.
void NginxProxyTest::oneAddressHasSoManyConnections()
{
    constexpr int most = 256;
    std::vector<std::unique_ptr<QSslSocket>> sockets;
    int isOpen = 0;
    int refused = 0;
    for (int i = 0; i < most + 20; ++i) {
        // Nobody's stream lasts beside twenty of its own.
        const QByteArray token = m_world->token(ServerWorld::kim);
        sockets.push_back(std::make_unique<QSslSocket>());
        QSslSocket &socket = *sockets.back();
        socket.setSslConfiguration(m_tls);
        connect(&socket, &QSslSocket::readyRead, this, [&] {
            const QByteArray told = socket.readAll();
            isOpen += told.startsWith("HTTP/1.1 200") ? 1 : 0;
            refused += told.startsWith("HTTP/1.1 503") && told.contains("Retry-After: 10") ? 1 : 0;
        });
        socket.connectToHostEncrypted(str("127.0.0.1"), m_port);
        QTRY_VERIFY(socket.isEncrypted());
        socket.write("GET /jmap/eventsource/?types=*&closeafter=no&ping=0 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                     "Authorization: Bearer " +
                     token + "\r\n\r\n");
        QTRY_COMPARE(isOpen + refused, i + 1);
    }
    QCOMPARE(isOpen, most);
    QCOMPARE(refused, 20);
    QCOMPARE(get(str("/healthz"), {}).status, 503);
    sockets.clear();
    QTRY_COMPARE(get(str("/healthz"), {}).status, 200);
}

/// Four devices of one address, none of them above what earshotd lets one do: refused in front of it, with a time to
/// wait, and let through again afterwards.
void NginxProxyTest::oneAddressHasSoManyRequests()
{
    constexpr int burst = 600;
    constexpr int fromEach = 500;
    std::vector<std::unique_ptr<QSslSocket>> sockets;
    QByteArray told;
    for (int i = 0; i < 4; ++i) {
        const QByteArray token = m_world->token(ServerWorld::kim);
        sockets.push_back(std::make_unique<QSslSocket>());
        QSslSocket &socket = *sockets.back();
        socket.setSslConfiguration(m_tls);
        connect(&socket, &QSslSocket::readyRead, this, [&] { told += socket.readAll(); });
        socket.connectToHostEncrypted(str("127.0.0.1"), m_port);
        QTRY_VERIFY(socket.isEncrypted());
        const QByteArray one = "GET /.well-known/jmap HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token;
        socket.write(QByteArray(one + "\r\n\r\n").repeated(fromEach - 1) + one + "\r\nConnection: close\r\n\r\n");
    }
    for (const auto &socket : sockets)
        QTRY_COMPARE_WITH_TIMEOUT(socket->state(), QAbstractSocket::UnconnectedState, 30'000);
    const auto answered = told.count("HTTP/1.1 200");
    const auto refused = told.count("HTTP/1.1 429");
    QCOMPARE(answered + refused, 4 * fromEach);
    QVERIFY2(answered >= burst && refused > 0, qPrintable(str("%1 answered, %2 refused").arg(answered).arg(refused)));
    QCOMPARE(told.count("Retry-After: 2"), refused);
    bool isLetIn = false;
    QTRY_VERIFY(isLetIn = isLetIn || get(str("/healthz"), {}).status == 200);
}

QTEST_GUILESS_MAIN(NginxProxyTest)
#include "tst_nginxproxy.moc"
