// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/leaving.h"
#include "tests/replica/comparing.h"
#include "workspace/accountstore.h"
#include "workspace/mediafolder.h"

#include <QDir>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// A device leaves a shared workspace.
class LeaveTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void serverAndKeychainForgetTheDevice();
    void withoutTheServerItIsSaid();
    void logsInAgain();
    void erasingLeavesNothing();
    void whatCannotBeErasedIsNamed();

private:
    void leave();
    [[nodiscard]] qsizetype tokens()
    {
        return m_world->workspace()
            .readNow<QList<TokenRecord>>([](Database &database) { return loadTokens(database, ServerWorld::kim); })
            .value()
            .size();
    }
    [[nodiscard]] QString path() { return m_folder->filePath(str("desk[1].earshot")); }

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ReplicaSession> m_session;
    QStringList m_removed;
    bool m_atServer = false;
    bool m_here = false;
};

void LeaveTest::init()
{
    m_world = std::make_unique<ServerWorld>();
    m_folder = std::make_unique<QTemporaryDir>();
    m_removed.clear();
    const QString server = str("http://127.0.0.1:%1").arg(m_world->server().port());
    QVERIFY(ReplicaFile::create(path(), {server, m_world->account(), ServerWorld::kim}, m_world->clock()));
    ReplicaSession::Options options;
    options.path = path();
    options.token = Secret(m_world->token(ServerWorld::kim));
    options.pauses = {std::chrono::milliseconds(20), std::chrono::milliseconds(100)};
    m_session = std::move(ReplicaSession::open(options, m_world->clock()).value());
    QTRY_COMPARE(m_session->desk().status().kind, DeskStatus::Kind::current);
    QCOMPARE(tokens(), 1);
}

void LeaveTest::cleanup()
{
    m_session.reset();
    m_world.reset();
}

void LeaveTest::leave()
{
    Leaving leaving(*m_session, [this](const QString &name) {
        m_removed.append(name);
        return readyFuture(Done());
    });
    bool hasLeft = false;
    connect(&leaving, &Leaving::left, this, [&](bool atServer, bool here) {
        m_atServer = atServer;
        m_here = here;
        hasLeft = true;
    });
    leaving.logOut();
    QTRY_VERIFY(hasLeft);
}

void LeaveTest::serverAndKeychainForgetTheDevice()
{
    leave();
    QVERIFY(m_atServer);
    QVERIFY(m_here);
    QCOMPARE(m_removed, QStringList{str("server/") + m_session->server().toString()});
    QCOMPARE(tokens(), 0);
    QTRY_COMPARE(m_session->desk().status().kind, DeskStatus::Kind::refused);
    QCOMPARE(m_session->desk().status().why.kind, ErrorKind::authExpired);
    // What is here can be read.
    QCOMPARE(differences(*m_world, m_session->workspace(), ServerWorld::kim), QStringList());
}

void LeaveTest::withoutTheServerItIsSaid()
{
    m_world->stopServer();
    leave();
    QVERIFY(!m_atServer);
    QVERIFY(m_here);
    QCOMPARE(m_removed.size(), 1);
    QTRY_COMPARE(m_session->desk().status().why.kind, ErrorKind::authExpired);
}

void LeaveTest::logsInAgain()
{
    leave();
    QTRY_COMPARE(m_session->desk().status().kind, DeskStatus::Kind::refused);
    m_session->setToken(Secret(m_world->token(ServerWorld::kim)));
    QTRY_COMPARE(m_session->desk().status().kind, DeskStatus::Kind::current);
}

void LeaveTest::erasingLeavesNothing()
{
    QVERIFY(keepMediaBytes(m_session->workspace().mediaFolder(), "a picture"));
    QDir folder(m_folder->path());
    const QStringList others{str("desk1.earshot.slice-abc"), str("desk[1].earshot2"), str("another.earshot")};
    for (const QString &name : others + QStringList{str("desk[1].earshot.slice-abc"), str("desk[1].earshot.slice")}) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    m_session.reset();
    QVERIFY(eraseReplica(path()));
    QStringList left = folder.entryList(QDir::AllEntries | QDir::NoDotAndDotDot, QDir::Name);
    QStringList wanted = others;
    wanted.sort();
    left.sort();
    QCOMPARE(left, wanted);
}

void LeaveTest::whatCannotBeErasedIsNamed()
{
    m_session.reset();
    const QString other = m_folder->filePath(str("other.earshot"));
    // A folder in the place of the file.
    QVERIFY(QDir().mkpath(other + str("/inside")));
    const Done erased = eraseReplica(other);
    QVERIFY(!erased);
    QCOMPARE(erased.error().kind, ErrorKind::io);
    QVERIFY(erased.error().detail.contains(other));
}

QTEST_GUILESS_MAIN(LeaveTest)
#include "tst_leave.moc"
