// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicasession.h"
#include "tests/replica/comparing.h"
#include "tests/replica/desktop.h"

#include <QNetworkProxy>
#include <QScopeGuard>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

const QByteArray server = "http://desk.example:8640";

enum class Tunnels { made, refused, swallowed };

/// The proxy of an office: it alone knows where the server is. Takes requests with whole addresses, and makes tunnels,
/// or none, or such as nothing ever comes out of.
class OfficeProxy final : public QTcpServer
{
public:
    OfficeProxy(quint16 port, Tunnels kind)
        : m_port(port)
        , m_tunnels(kind)
    {
        connect(this, &QTcpServer::newConnection, this, [this] { join(nextPendingConnection()); });
        listen(QHostAddress::LocalHost);
    }

    /// It is restarted: whatever goes through it ends.
    void cut()
    {
        const QList<QTcpSocket *> clients = findChildren<QTcpSocket *>(Qt::FindDirectChildrenOnly);
        for (QTcpSocket *client : clients)
            client->abort();
    }
    int requests = 0;
    int ofRows = 0;  ///< what has changed was asked for
    int tunnels = 0; ///< that were asked for

private:
    void join(QTcpSocket *client)
    {
        auto *inside = new QTcpSocket(client);
        connect(client, &QTcpSocket::readyRead, inside, [this, client, inside] { take(*client, *inside); });
        connect(inside, &QTcpSocket::readyRead, client, [client, inside] { client->write(inside->readAll()); });
        connect(inside, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
        connect(client, &QTcpSocket::disconnected, client, &QTcpSocket::deleteLater);
        inside->connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
    }

    void take(QTcpSocket &client, QTcpSocket &inside)
    {
        QByteArray bytes = client.readAll();
        if (client.property("isSwallowed").toBool())
            return;
        if (bytes.startsWith("CONNECT desk.example:8640 ")) {
            ++tunnels;
            client.setProperty("isSwallowed", m_tunnels == Tunnels::swallowed);
            client.write(m_tunnels == Tunnels::refused ? "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
                                                       : "HTTP/1.1 200 Connection established\r\n\r\n");
            return;
        }
        const bool isWhole =
            bytes.startsWith(QByteArray("GET " + server)) || bytes.startsWith(QByteArray("POST " + server));
        requests += isWhole ? 1 : 0;
        ofRows += bytes.contains("Row/changes") ? 1 : 0;
        inside.write(isWhole ? bytes.replace(bytes.indexOf(server), server.size(), QByteArray()) : bytes);
    }

    const quint16 m_port;
    const Tunnels m_tunnels;
};

} // namespace

/// In a house that nothing leaves but through a proxy a desktop joins, listens, acts, and finds its way back when the
/// proxy was restarted.
class OfficeProxyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void allGoesThroughIt_data();
    void allGoesThroughIt();
};

void OfficeProxyTest::allGoesThroughIt_data()
{
    QTest::addColumn<Tunnels>("tunnels");
    QTest::addRow("also what is listened to") << Tunnels::made;
    QTest::addRow("it makes no tunnels: the server is asked") << Tunnels::refused;
    QTest::addRow("a tunnel says nothing for ever: the same") << Tunnels::swallowed;
}

void OfficeProxyTest::allGoesThroughIt()
{
    QFETCH(Tunnels, tunnels);
    ServerWorld world;
    OfficeProxy proxy(world.server().port(), tunnels);
    QNetworkProxy::setApplicationProxy({QNetworkProxy::HttpProxy, str("127.0.0.1"), proxy.serverPort()});
    const auto restored = qScopeGuard([] { QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy); });
    const QTemporaryDir folder;
    ReplicaSession::Options options;
    options.path = folder.filePath(str("replica.earshot"));
    options.token = Secret(world.token(ServerWorld::kim));
    options.pauses = {std::chrono::milliseconds(20), std::chrono::milliseconds(100)};
    if (tunnels == Tunnels::swallowed)
        options.line.beat = std::chrono::milliseconds(100);
    const ReplicaSource source{QString::fromLatin1(server), world.account(), ServerWorld::kim};
    QVERIFY(ReplicaFile::create(options.path, source, world.clock()));
    const auto session = std::move(ReplicaSession::open(options, world.clock()).value());
    for (int round = 0; round < 2; ++round) {
        QTRY_COMPARE(session->desk().status().kind, DeskStatus::Kind::current);
        const int asked = proxy.ofRows;
        QVERIFY(asked > 0 && proxy.requests > asked && proxy.tunnels > 0);
        world.receive(ServerWorld::open, str("new%1").arg(round), str("told %1").arg(round));
        const QString told = str("SELECT id FROM message WHERE text = 'told %1'").arg(round);
        QTRY_COMPARE(firstColumn(session->workspace(), told).size(), 1);
        // Where it listens, it need not ask.
        QCOMPARE(proxy.ofRows == asked, tunnels == Tunnels::made);
        const Act::AddNote note{ConversationId(1), str("done here %1").arg(round)};
        const auto done = session->desk().perform({makeAction(note, world.clock().now())});
        QTRY_VERIFY(done.isFinished());
        const QString here = str("SELECT id FROM message WHERE text = '%1'").arg(note.text);
        QTRY_COMPARE(firstColumn(world.workspace(), here).size(), 1);
        QTRY_COMPARE(differences(world, session->workspace(), ServerWorld::kim), QStringList());
        const int before = proxy.tunnels;
        proxy.cut();
        QTRY_VERIFY(proxy.tunnels > before);
    }
}

QTEST_GUILESS_MAIN(OfficeProxyTest)
#include "tst_officeproxy.moc"
