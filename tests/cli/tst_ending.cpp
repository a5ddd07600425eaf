// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakemastodon.h"
#include "tests/cli/controlprogram.h"
#include "tests/cli/networkserver.h"
#include "tests/server/handsocket.h"

#include <QNetworkInterface>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>
#include <QTimer>

#include <csignal>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

const QString server = str(EARSHOT_BINARY_DIR "/app/server/earshotd");

} // namespace

/// A real earshotd on a workspace with one channel and one conversation, told to end (SIGTERM) in the middle of things.
class EndingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void requestOfASocketIsFinished();
    void slowReaderGetsItsAnswer();
    void metricsAreForThisMachineAlone();
    void replyIsPublishedOnce_data();
    void replyIsPublishedOnce();

private:
    [[nodiscard]] ControlAnswer run(const QStringList &arguments) const;
    /// Starts earshotd and makes a token.
    void start(const QStringList &arguments);
    void end() { ::kill(pid_t(m_server->processId()), SIGTERM); }
    [[nodiscard]] bool hasEnded() const { return m_server->state() == QProcess::NotRunning; }
    /// No connection is taken any more.
    [[nodiscard]] bool isClosed() const
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
        return !socket.waitForConnected(1000);
    }
    [[nodiscard]] QJsonObject request(const QString &id, const QString &method, QJsonObject arguments) const;
    [[nodiscard]] QByteArray metrics() const;
    [[nodiscard]] int published(const QString &text) const;

    std::unique_ptr<ControlProgram> m_ctl;
    std::unique_ptr<NetworkServer> m_place;
    std::shared_ptr<FakeMastodon> m_network;
    std::unique_ptr<QProcess> m_server;
    quint16 m_port = 0;
    quint16 m_metricsPort = 0;
    QByteArray m_token;
    QString m_account;
};

void EndingTest::init()
{
    m_ctl = std::make_unique<ControlProgram>(str(EARSHOT_BINARY_DIR "/app/cli/earshotctl"));
    m_place = std::make_unique<NetworkServer>();
    m_network = std::make_shared<FakeMastodon>(m_place->host(), FakeMastodon::Dialect::goToSocial);
    m_network->setTime(SystemClock().now());
    m_network->addPerson(str("acme"));
    m_network->addPerson(str("mira"));
    m_network->post(str("mira"), str("@acme my lamp flickers."));
    m_place->serve(m_network);
    m_ctl->writeFile(str("network"), FakeMastodon::tokenOf(str("acme")));
    QCOMPARE(run({str("workspace"), str("create"), str("--admin"), str("Ana")}).exitCode, 0);
    const ControlAnswer added =
        run({str("channel"), str("add"), str("@acme@") + m_place->host(), str("--network"), str("mastodon"),
             str("--token-file"), m_ctl->file(str("network")), str("--work-since"), str("2020-01-01")});
    QVERIFY2(added.exitCode == 0, added.err.constData());
    const ControlAnswer pulled = run({str("pull")});
    QVERIFY2(pulled.exitCode == 0, pulled.err.constData());
    QTcpServer any;
    QVERIFY(any.listen(QHostAddress(QHostAddress::LocalHost), 0));
    m_metricsPort = any.serverPort();
}

void EndingTest::cleanup()
{
    if (m_server) {
        QSignalSpy finished(m_server.get(), &QProcess::finished);
        m_server->kill();
        QVERIFY(hasEnded() || finished.wait(20'000));
    }
    m_server.reset();
    m_place.reset();
    m_ctl.reset();
}

ControlAnswer EndingTest::run(const QStringList &arguments) const
{
    return m_ctl->run(arguments + QStringList{str("--workspace"), m_ctl->file(str("desk.earshot")), str("--key-file"),
                                              m_ctl->file(str("key")), str("--json")});
}

void EndingTest::start(const QStringList &arguments)
{
    m_server = m_ctl->start(server, QStringList{m_ctl->file(str("desk.earshot")), str("--key-file"),
                                                m_ctl->file(str("key")), str("--listen"), str("127.0.0.1:0")} +
                                        arguments);
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += m_server->readAllStandardOutput()).contains("port "), 20'000);
    static const QRegularExpression form(str("port (\\d+)"));
    m_port = quint16(form.match(QString::fromUtf8(said)).captured(1).toUInt());
    const ControlAnswer token = run({str("agent"), str("token"), str("Ana")});
    QVERIFY2(token.exitCode == 0, token.err.constData());
    m_token = token.object().value(str("token")).toString().toLatin1();
    const QJsonObject session = WireClient(m_port, m_token, {}).get("/.well-known/jmap").json();
    m_account = session.value(str("accounts")).toObject().keys().value(0);
    QVERIFY(!m_account.isEmpty());
}

QJsonObject EndingTest::request(const QString &id, const QString &method, QJsonObject arguments) const
{
    if (!method.startsWith(str("Core/")))
        arguments.insert(str("accountId"), m_account);
    QJsonObject object = QJsonDocument::fromJson(requestBody(oneCall(method, arguments))).object();
    object.insert(str("@type"), str("Request"));
    object.insert(str("id"), id);
    return object;
}

QByteArray EndingTest::metrics() const
{
    return WireClient(m_metricsPort, {}, {}).get("/metrics").body;
}

int EndingTest::published(const QString &text) const
{
    int count = 0;
    for (const QString &id : m_network->postsOf(str("acme")))
        count += m_network->textOfPost(id).contains(text) ? 1 : 0;
    return count;
}

void EndingTest::requestOfASocketIsFinished()
{
    constexpr int notes = 200;
    start({str("--no-courier")});
    HandSocket socket(m_port, m_token);
    QTRY_VERIFY(socket.isOpen());
    QJsonArray actions;
    for (int i = 0; i < notes; ++i)
        actions.append(wireAction(str("addNote"), {{str("conversation"), str("1")}, {str("text"), str("note")}}));
    socket.send(request(str("notes"), str("Action/perform"), {{str("actions"), actions}}));
    // It is with the server when what came later has been answered.
    QCOMPARE(WireClient(m_port, {}, {}).get("/healthz").status, 200);
    end();
    QTRY_VERIFY((socket.read(), socket.take(), socket.closeCode != 0));
    QCOMPARE(socket.closeCode, 1001);
    QCOMPARE(socket.messages.size(), 1);
    const QJsonObject answer = QJsonDocument::fromJson(socket.messages[0]).object();
    const QJsonValue outcomes = answer[str("methodResponses")][0][1][str("outcomes")];
    QCOMPARE(outcomes.toArray().size(), notes);
    for (const QJsonValue &outcome : outcomes.toArray())
        QCOMPARE(outcome[str("outcome")].toString(), str("applied"));
    QTRY_VERIFY(hasEnded());
    QCOMPARE(m_server->exitCode(), 0);
    const QJsonObject story = run({str("show"), str("1"), str("--limit"), str("1000")}).object();
    QCOMPARE(QJsonDocument(story).toJson().count("\"note\""), notes * 2); // kind and text of each
}

/// An answer of which the system has taken only a part when the end is wished.
void EndingTest::slowReaderGetsItsAnswer()
{
    constexpr int answers = 4;
    constexpr qsizetype length = 3'500'000;
    start({str("--no-courier"), str("--metrics-port"), QString::number(m_metricsPort)});
    HandSocket socket(m_port, m_token);
    QTRY_VERIFY(socket.isOpen());
    socket.socket().setReadBufferSize(64 * 1024);
    for (int i = 0; i < answers; ++i)
        socket.send(request(QString::number(i), str("Core/echo"), {{str("t"), QString(length, u'x')}}));
    QTRY_VERIFY(metrics().contains("\nearshot_requests_total 4\n"));
    QTRY_VERIFY(metrics().contains("\nearshot_requests_running 0\n"));
    end();
    QTRY_VERIFY(isClosed());
    QVERIFY(!hasEnded());
    QTimer reading;
    QObject::connect(&reading, &QTimer::timeout, &reading, [&socket] { socket.read(64 * 1024); });
    reading.start(std::chrono::milliseconds(10));
    const auto isOver = [&socket] {
        socket.take();
        const bool isCutOff = socket.socket().state() == QAbstractSocket::UnconnectedState;
        return socket.closeCode != 0 || (isCutOff && socket.socket().bytesAvailable() == 0);
    };
    QTRY_VERIFY(isOver());
    QCOMPARE(socket.closeCode, 1001);
    QCOMPARE(socket.messages.size(), answers);
    for (const QByteArray &message : socket.messages)
        QVERIFY(message.startsWith('{') && message.endsWith('}') && message.count('x') >= length);
    QTRY_VERIFY(hasEnded());
    QCOMPARE(m_server->exitCode(), 0);
}

void EndingTest::metricsAreForThisMachineAlone()
{
    start({str("--no-courier"), str("--metrics-port"), QString::number(m_metricsPort)});
    QVERIFY(metrics().contains("\nearshot_requests_total 0\n"));
    QCOMPARE(WireClient(m_port, m_token, m_account).post({}).status, 200);
    QVERIFY(metrics().contains("\nearshot_requests_total 1\n"));
    QCOMPARE(WireClient(m_port, m_token, m_account).get("/metrics").status, 404);
    // Who comes by another address of this machine comes as from outside.
    QList<QHostAddress> others{QHostAddress(str("127.0.0.2")), QHostAddress(QHostAddress::LocalHostIPv6)};
    for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
        if (!address.isLoopback())
            others.append(address);
    }
    for (const QHostAddress &address : others) {
        QTcpSocket socket;
        QSignalSpy failed(&socket, &QTcpSocket::errorOccurred);
        socket.connectToHost(address, m_metricsPort);
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(socket.state() != QAbstractSocket::ConnectedState);
    }
    end();
    QTRY_VERIFY(hasEnded());
    QCOMPARE(m_server->exitCode(), 0);
}

void EndingTest::replyIsPublishedOnce_data()
{
    QTest::addColumn<bool>("isAnswered");
    QTest::newRow("the network answers") << true;
    QTest::newRow("the network's answer is lost") << false;
}

/// The end is wished while the network has the reply and the courier waits for its answer.
void EndingTest::replyIsPublishedOnce()
{
    QFETCH(bool, isAnswered);
    const QString text = str("Turn it a little.");
    bool isSent = false;
    m_place->setWatch([this, isAnswered, &isSent](const HttpRequest &sent) {
        if (isSent || sent.method != "POST" || !sent.url.path().endsWith(str("/statuses")))
            return NetworkServer::Fate::answered;
        isSent = true;
        end();
        return isAnswered ? NetworkServer::Fate::answered : NetworkServer::Fate::unanswered;
    });
    start({});
    const ControlAnswer replied = run({str("reply"), str("1"), text, str("--now")});
    QVERIFY2(replied.exitCode == 0, replied.err.constData());
    QTRY_VERIFY(isSent);
    QTRY_VERIFY(hasEnded());
    QCOMPARE(m_server->exitCode(), 0);
    QCOMPARE(published(text), 1);
    start({});
    // Nobody judges an attempt before its time is over: a minute at most, and what the network needs to show it.
    QTRY_VERIFY_WITH_TIMEOUT(run({str("outbox")}).array().isEmpty(), 240'000);
    QCOMPARE(published(text), 1);
    const QByteArray shown = QJsonDocument(run({str("show"), str("1")}).object()).toJson();
    QVERIFY2(shown.contains("\"sent\""), shown.constData());
    end();
    QTRY_VERIFY(hasEnded());
    QCOMPARE(published(text), 1);
    QCOMPARE(run({str("workspace"), str("verify")}).exitCode, 0);
}

QTEST_GUILESS_MAIN(EndingTest)
#include "tst_ending.moc"
