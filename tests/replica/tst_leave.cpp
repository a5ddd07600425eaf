// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/leaving.h"
#include "replica/replicatoken.h"
#include "replica/serveraddress.h"
#include "tests/replica/comparing.h"
#include "workspace/accountstore.h"
#include "workspace/mediafolder.h"
#include "workspace/upkeep.h"

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
    void withoutATokenItIsSaid();
    void eachReplicaHasAnEntryOfItsOwn();
    void olderEntryIsTakenOver();
    void aLinkIsErasedWithWhatItLeadsTo();
    void logsInAgain();
    void erasingLeavesNothing();
    void copiesFromBeforeAnUpgradeAreErased();
    void copiesFromBeforeAnUpgradeGoAtTheStart();
    void whatCannotBeErasedIsNamed();

private:
    void makeCopies();
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
    QCOMPARE(m_removed, QStringList{replicaTokenName(m_session->server(), path())});
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

/// The keychain is locked: the server still knows the device.
void LeaveTest::withoutATokenItIsSaid()
{
    m_session->setToken(Secret());
    QTRY_COMPARE(m_session->desk().status().kind, DeskStatus::Kind::refused);
    leave();
    QVERIFY(!m_atServer);
    QCOMPARE(tokens(), 1);
}

void LeaveTest::eachReplicaHasAnEntryOfItsOwn()
{
    const QString other = m_folder->filePath(str("second.earshot"));
    const QUrl server = m_session->server();
    QVERIFY(ReplicaFile::create(other, {server.toString(), m_world->account(), ServerWorld::bo}, m_world->clock()));
    const QSet<QString> names{tokenNameOf(server), replicaTokenName(server, path()), replicaTokenName(server, other)};
    QCOMPARE(names.size(), 3);
    const QString link = m_folder->filePath(str("link.earshot"));
    QVERIFY(QFile::link(other, link));
    QCOMPARE(replicaTokenName(server, link), replicaTokenName(server, other));
}

void LeaveTest::olderEntryIsTakenOver()
{
    QHash<QString, QByteArray> kept{{tokenNameOf(m_session->server()), "an old one"}};
    const TokenStore store{[&](const QString &name) { return readyFuture(Result<Secret>(Secret(kept.value(name)))); },
                           [&](const QString &name, const Secret &token) {
                               kept.insert(name, token.reveal());
                               return readyFuture(Done());
                           },
                           [&](const QString &name) {
                               kept.remove(name);
                               return readyFuture(Done());
                           }};
    const QString own = replicaTokenName(m_session->server(), path());
    for (int i = 0; i < 2; ++i) {
        const auto found = findReplicaToken(store, m_session->server(), path(), this);
        QTRY_VERIFY(found.isFinished());
        QCOMPARE(found.result()->reveal(), QByteArray("an old one"));
        QCOMPARE(kept, (QHash<QString, QByteArray>{{own, "an old one"}}));
    }
    // The command line's later one is not touched.
    kept.insert(tokenNameOf(m_session->server()), "the command line's");
    const auto found = findReplicaToken(store, m_session->server(), path(), this);
    QTRY_VERIFY(found.isFinished());
    QCOMPARE(found.result()->reveal(), QByteArray("an old one"));
    QCOMPARE(kept.size(), 2);
}

void LeaveTest::aLinkIsErasedWithWhatItLeadsTo()
{
    m_session.reset();
    QTemporaryDir elsewhere;
    const QString link = elsewhere.filePath(str("link.earshot"));
    QVERIFY(QFile::link(path(), link));
    QVERIFY(eraseReplica(link));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
    QCOMPARE(QDir(elsewhere.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::System), QStringList());
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

/// As earlier programs made them; and one of a workspace that was in the same place before.
void LeaveTest::makeCopies()
{
    QVERIFY(keepMediaBytes(m_session->workspace().mediaFolder(), "a picture"));
    m_session.reset();
    QVERIFY(backupWorkspace(path(), path() + str(".before-21")));
    QVERIFY(backupWorkspace(path(), path() + str(".before-22")));
    QVERIFY(QFile::exists(path() + str(".before-22.media")));
    QVERIFY(QFile::remove(path() + str(".before-21"))); // its pictures alone
    QVERIFY(QDir().mkpath(path() + str(".before-23.media.part/x")));
    QVERIFY(Workspace::create(path() + str(".before-20"), str("Ana"), m_world->clock()));
    QFile part(path() + str(".before-23.part"));
    QVERIFY(part.open(QIODevice::WriteOnly));
}

void LeaveTest::copiesFromBeforeAnUpgradeAreErased()
{
    makeCopies();
    QVERIFY(eraseReplica(path()));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot, QDir::Name),
             QStringList{str("desk[1].earshot.before-20")});
}

void LeaveTest::copiesFromBeforeAnUpgradeGoAtTheStart()
{
    makeCopies();
    QVERIFY(ReplicaFile::open(path(), m_world->clock()));
    QCOMPARE(QDir(m_folder->path()).entryList({str("*before*")}, QDir::AllEntries | QDir::NoDotAndDotDot, QDir::Name),
             QStringList{str("desk[1].earshot.before-20")});
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
