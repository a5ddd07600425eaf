// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicasession.h"
#include "tests/server/serverworld.h"
#include "tests/ui/fakenotifications.h"

#include <QDBusMessage>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// As NetworkManager numbers them (NMState).
enum NetworkState : uint { disconnected = 20, connectedGlobal = 70 };

} // namespace

/// NetworkManager, as far as it is asked whether there is a network. On a thread of its own: who asks waits.
class FakeNetworkManager final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.NetworkManager")
    Q_PROPERTY(uint State READ state)
    Q_PROPERTY(uint Connectivity READ connectivity)
    Q_PROPERTY(uint Metered READ metered)

public:
    explicit FakeNetworkManager(QDBusConnection bus)
        : m_bus(std::move(bus))
    {
        m_bus.registerObject(path(), this, QDBusConnection::ExportAllProperties);
        m_isOwner = m_bus.registerService(str("org.freedesktop.NetworkManager"));
    }
    [[nodiscard]] bool isOwner() const { return m_isOwner; }
    [[nodiscard]] uint state() const { return m_state; }
    [[nodiscard]] uint connectivity() const { return 4; }
    [[nodiscard]] uint metered() const { return 0; }
    /// On any thread.
    void setState(uint state)
    {
        m_state = state;
        auto signal =
            QDBusMessage::createSignal(path(), str("org.freedesktop.DBus.Properties"), str("PropertiesChanged"));
        signal << str("org.freedesktop.NetworkManager") << QVariantMap{{str("State"), state}} << QStringList();
        m_bus.send(signal);
    }

private:
    static QString path() { return str("/org/freedesktop/NetworkManager"); }

    QDBusConnection m_bus;
    std::atomic<uint> m_state = disconnected;
    bool m_isOwner = false;
};

/// A desktop that has waited for long does not wait on when its machine has a network again.
class NetworkBackTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void isTriedAtOnce();

private:
    PrivateBus m_bus;
    QThread m_thread;
    std::unique_ptr<FakeNetworkManager> m_manager;
};

void NetworkBackTest::initTestCase()
{
    QVERIFY(m_bus.isThere());
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_bus.address().toUtf8());
    m_manager = std::make_unique<FakeNetworkManager>(m_bus.connect("manager"));
    QVERIFY(m_manager->isOwner());
    m_manager->moveToThread(&m_thread);
    m_thread.start();
}

void NetworkBackTest::cleanupTestCase()
{
    m_thread.quit();
    m_thread.wait();
}

void NetworkBackTest::isTriedAtOnce()
{
    ServerWorld world;
    const quint16 port = world.server().port();
    const QByteArray token = world.token(ServerWorld::kim);
    const QTemporaryDir folder;
    ReplicaSession::Options options;
    options.path = folder.filePath(str("replica.earshot"));
    options.token = Secret(token);
    // Without a network it would stay away for as long as the test waits.
    options.pauses.first = std::chrono::minutes(10);
    options.pauses.longest = std::chrono::minutes(10);
    QVERIFY(ReplicaFile::create(options.path, {str("http://127.0.0.1:%1").arg(port), world.account(), ServerWorld::kim},
                                world.clock()));
    world.stopServer();
    const auto session = std::move(ReplicaSession::open(options, world.clock()).value());
    QTRY_VERIFY(isKnown(session->desk().status().why.until) ||
                session->desk().status().why.kind == ErrorKind::transient);
    QCOMPARE(session->desk().status().kind, DeskStatus::Kind::offline);
    world.start({}, port);
    QTest::qWait(3000);
    QCOMPARE(session->desk().status().kind, DeskStatus::Kind::offline);
    m_manager->setState(connectedGlobal);
    QTRY_COMPARE(session->desk().status().kind, DeskStatus::Kind::current);
}

QTEST_GUILESS_MAIN(NetworkBackTest)
#include "tst_networkback.moc"
