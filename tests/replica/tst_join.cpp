// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/joining.h"
#include "replica/replicasession.h"
#include "replica/replicatoken.h"
#include "tests/replica/comparing.h"
#include "tests/server/cuttingproxy.h"
#include "workspace/accountstore.h"

#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// From an address, a name and a password to a replica that works.
class JoinTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void makesAReplicaThatWorks();
    void thisMachineNeedsNoScheme();
    void wrongOnesMakeNothing_data();
    void wrongOnesMakeNothing();
    void withoutAKeychainNothingIsKept();
    void anothersReplicaIsLeftAlone();
    void logsInAgain();
    void joinsByToken();
    void fileThatIsThereIsNotJoined();
    void givenUpLeavesNothing_data();
    void givenUpLeavesNothing();
    void lostAnswerIsTold();
    void busyServerIsWaitedFor_data();
    void busyServerIsWaitedFor();

private:
    [[nodiscard]] QString address() { return str("http://127.0.0.1:%1").arg(m_world->server().port()); }
    [[nodiscard]] QString path() { return m_folder->filePath(str("deep/inside/desk.earshot")); }
    /// That the server would let in.
    [[nodiscard]] qsizetype tokensOf(AgentId agent)
    {
        return m_world->workspace()
            .readNow<QList<TokenRecord>>([agent](Database &database) { return loadTokens(database, agent); })
            .value()
            .size();
    }
    /// @return what went wrong; unknown = nothing did
    [[nodiscard]] ErrorKind join(const QString &address, const QString &name, const QByteArray &password);

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<QTemporaryDir> m_folder;
    Done m_keeping; ///< how the keychain answers
    QHash<QString, QByteArray> m_kept;
    Secret m_token;
};

void JoinTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
}

void JoinTest::init()
{
    m_world = std::make_unique<ServerWorld>();
    m_world->setPassword(ServerWorld::kim, "correct horse");
    m_world->setPassword(ServerWorld::bo, "battery staple");
    m_folder = std::make_unique<QTemporaryDir>();
    m_keeping = {};
    m_kept.clear();
}

ErrorKind JoinTest::join(const QString &address, const QString &name, const QByteArray &password)
{
    Joining joining(
        path(),
        [this](const QString &tokenName, const Secret &token) {
            if (m_keeping)
                m_kept.insert(tokenName, token.reveal());
            return readyFuture(m_keeping);
        },
        m_world->clock());
    std::optional<ErrorKind> ended;
    connect(&joining, &Joining::joined, this, [&](const Secret &token) {
        m_token = token;
        ended = ErrorKind::unknown;
    });
    connect(&joining, &Joining::failed, this, [&](const Error &error) { ended = error.kind; });
    joining.logIn(address, name, Secret(password));
    [&] { QTRY_VERIFY(ended.has_value()); }();
    return ended.value_or(ErrorKind::cancelled);
}

void JoinTest::makesAReplicaThatWorks()
{
    QCOMPARE(join(address(), str("Kim"), "correct horse"), ErrorKind::unknown);
    QCOMPARE(m_kept.value(replicaTokenName(QUrl(address()), path())), m_token.reveal());
    ReplicaSession::Options options;
    options.path = path();
    options.token = m_token;
    const auto session = ReplicaSession::open(options, m_world->clock());
    QVERIFY(session);
    QTRY_COMPARE((*session)->desk().status().kind, DeskStatus::Kind::current);
    QCOMPARE((*session)->desk().me(), ServerWorld::kim);
    QCOMPARE(differences(*m_world, (*session)->workspace(), ServerWorld::kim), QStringList());
}

/// As the server says where it listens.
void JoinTest::thisMachineNeedsNoScheme()
{
    QVERIFY(address().startsWith(str("http://")));
    QCOMPARE(join(address().mid(7), str("Kim"), "correct horse"), ErrorKind::unknown);
    QCOMPARE(m_kept.keys(), QStringList(replicaTokenName(QUrl(address()), path())));
}

void JoinTest::wrongOnesMakeNothing_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("name");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("password") << str("HERE") << str("Ana") << ErrorKind::refused;
    QTest::newRow("name") << str("HERE") << str("Nobody") << ErrorKind::refused;
    QTest::newRow("no server") << str("http://127.0.0.1:1") << str("Kim") << ErrorKind::transient;
    QTest::newRow("no address") << str("what is this") << str("Kim") << ErrorKind::invalid;
    QTest::newRow("in the open") << str("http://desk.example") << str("Kim") << ErrorKind::invalid;
}

void JoinTest::wrongOnesMakeNothing()
{
    QFETCH(QString, address);
    QFETCH(QString, name);
    QFETCH(ErrorKind, kind);
    QCOMPARE(join(address == str("HERE") ? this->address() : address, name, "correct horse"), kind);
    QVERIFY(!QFile::exists(path()));
    QVERIFY(m_kept.isEmpty());
}

void JoinTest::withoutAKeychainNothingIsKept()
{
    m_keeping = fail(ErrorKind::noKeychain);
    QCOMPARE(join(address(), str("Kim"), "correct horse"), ErrorKind::noKeychain);
    QCOMPARE(tokensOf(ServerWorld::kim), 0);
}

void JoinTest::anothersReplicaIsLeftAlone()
{
    QCOMPARE(join(address(), str("Kim"), "correct horse"), ErrorKind::unknown);
    QCOMPARE(join(address(), str("Bo"), "battery staple"), ErrorKind::refused);
    QCOMPARE(tokensOf(ServerWorld::bo), 0);
    QCOMPARE(tokensOf(ServerWorld::kim), 1);
    QCOMPARE(ReplicaFile::describe(path())->source.agent, ServerWorld::kim);
    QCOMPARE(m_kept.value(replicaTokenName(QUrl(address()), path())), m_token.reveal());
}

/// The same person on the same device, whose first log-in was withdrawn.
void JoinTest::logsInAgain()
{
    QCOMPARE(join(address(), str("Kim"), "correct horse"), ErrorKind::unknown);
    ReplicaSession::Options options;
    options.path = path();
    const auto session = ReplicaSession::open(options, m_world->clock());
    QVERIFY(session);
    QCOMPARE((*session)->desk().status().kind, DeskStatus::Kind::refused);
    QCOMPARE(join(address(), str("Kim"), "correct horse"), ErrorKind::unknown);
    (*session)->setToken(m_token);
    QTRY_COMPARE((*session)->desk().status().kind, DeskStatus::Kind::current);
}

/// An admin made it for this device.
void JoinTest::joinsByToken()
{
    const QByteArray token = m_world->token(ServerWorld::bo);
    QCOMPARE(join(address(), {}, "earshot_0000000000000000_nonsense"), ErrorKind::authExpired);
    QVERIFY(!QFile::exists(path()));
    QCOMPARE(join(address(), {}, token), ErrorKind::unknown);
    QCOMPARE(m_token.reveal(), token);
    QCOMPARE(ReplicaFile::describe(path())->source.agent, ServerWorld::bo);
    // What fails here stays valid there: somebody else made it.
    const QByteArray kims = m_world->token(ServerWorld::kim);
    QCOMPARE(join(address(), {}, kims), ErrorKind::refused);
    QCOMPARE(tokensOf(ServerWorld::kim), 1);
}

void JoinTest::fileThatIsThereIsNotJoined()
{
    QCOMPARE(joinTargetOf(path(), address()), JoinTarget::fresh);
    QCOMPARE(join(address(), str("Kim"), "correct horse"), ErrorKind::unknown);
    QCOMPARE(joinTargetOf(path(), address()), JoinTarget::joined);
    QCOMPARE(joinTargetOf(path(), address() + str("/")), JoinTarget::joined);
    QCOMPARE(joinTargetOf(path(), str("desk.example")), JoinTarget::otherReplica);
    const QString own = m_folder->filePath(str("own.earshot"));
    QVERIFY(Workspace::create(own, str("Ana"), m_world->clock()));
    QCOMPARE(joinTargetOf(own, address()), JoinTarget::ownWorkspace);
}

/// "Back" is pressed while the k-th answer is on its way.
void JoinTest::givenUpLeavesNothing_data()
{
    QTest::addColumn<QByteArray>("asked");
    QTest::newRow("at once") << QByteArray();
    QTest::newRow("logging in") << QByteArray("POST /auth/login");
    QTest::newRow("beginning") << QByteArray("GET /.well-known/jmap");
    QTest::newRow("keeping") << QByteArray("keychain");
}

void JoinTest::givenUpLeavesNothing()
{
    QFETCH(QByteArray, asked);
    CuttingProxy proxy(str("127.0.0.1"), m_world->server().port());
    auto keeping = std::make_shared<QPromise<Done>>();
    keeping->start();
    bool isKeeping = false;
    Joining joining(
        path(),
        [&](const QString &, const Secret &) {
            isKeeping = true;
            return keeping->future();
        },
        m_world->clock());
    QSignalSpy told(&joining, &Joining::keeping);
    QSignalSpy givenUp(&joining, &Joining::givenUp);
    QSignalSpy joined(&joining, &Joining::joined);
    QSignalSpy failed(&joining, &Joining::failed);
    joining.logIn(str("http://127.0.0.1:%1").arg(proxy.serverPort()), str("Kim"), Secret("correct horse"));
    const auto isAsked = [&] {
        return asked.isEmpty() || (asked == "keychain" && isKeeping) ||
               std::ranges::any_of(proxy.requests(), [&](const QByteArray &one) { return one.startsWith(asked); });
    };
    QTRY_VERIFY(isAsked());
    QCOMPARE(told.size(), isKeeping ? 1 : 0);
    joining.giveUp();
    QCOMPARE(givenUp.size(), 0);
    keeping->addResult(Done());
    keeping->finish();
    QTRY_COMPARE(givenUp.size(), 1);
    QCOMPARE(givenUp.constFirst().constFirst().toBool(), false);
    QCOMPARE(tokensOf(ServerWorld::kim), 0);
    QVERIFY(!QFile::exists(path()));
    QCOMPARE(joined.size() + failed.size(), 0);
    // Where nothing is under way there is nothing to wait for.
    joining.giveUp();
    QCOMPARE(givenUp.size(), 2);
}

/// The server has let it in, or would forget it; the line is cut.
void JoinTest::lostAnswerIsTold()
{
    for (const char *lost : {"POST /auth/login", "POST /auth/logout"}) {
        CuttingProxy proxy(str("127.0.0.1"), m_world->server().port());
        proxy.cutAnswersTo(lost);
        m_keeping = fail(ErrorKind::noKeychain);
        Joining joining(
            path(), [this](const QString &, const Secret &) { return readyFuture(m_keeping); }, m_world->clock());
        QSignalSpy failed(&joining, &Joining::failed);
        joining.logIn(str("http://127.0.0.1:%1").arg(proxy.serverPort()), str("Kim"), Secret("correct horse"));
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY2(failed.constFirst().at(1).toBool(), lost);
    }
}

void JoinTest::busyServerIsWaitedFor_data()
{
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QByteArray>("status");
    QTest::addRow("at the log-in") << QByteArray("POST /auth/login") << QByteArray("503 Service Unavailable");
    QTest::addRow("too much asked there") << QByteArray("POST /auth/login") << QByteArray("429 Too Many Requests");
    QTest::addRow("after it") << QByteArray("GET /.well-known/jmap") << QByteArray("503 Service Unavailable");
}

/// It says when to come back, and that is when it is asked again; unless the person goes.
void JoinTest::busyServerIsWaitedFor()
{
    QFETCH(QByteArray, asked);
    QFETCH(QByteArray, status);
    CuttingProxy proxy(str("127.0.0.1"), m_world->server().port());
    const auto refuse = [&](const char *seconds) {
        proxy.loseRequests(
            asked, QByteArray("HTTP/1.1 " + status + "\r\nRetry-After: " + seconds + "\r\nContent-Length: 0\r\n\r\n"));
    };
    for (const bool isGivenUp : {true, false}) {
        Joining joining(
            path(), [this](const QString &, const Secret &) { return readyFuture(m_keeping); }, m_world->clock());
        QSignalSpy waiting(&joining, &Joining::waiting);
        QSignalSpy givenUp(&joining, &Joining::givenUp);
        QSignalSpy joined(&joining, &Joining::joined);
        QSignalSpy failed(&joining, &Joining::failed);
        refuse(isGivenUp ? "600" : "1");
        joining.logIn(str("http://127.0.0.1:%1").arg(proxy.serverPort()), str("Kim"), Secret("correct horse"));
        QTRY_VERIFY(!waiting.isEmpty());
        proxy.loseRequests({});
        if (isGivenUp)
            joining.giveUp();
        QTRY_COMPARE(isGivenUp ? givenUp.size() : joined.size(), 1);
        QCOMPARE(tokensOf(ServerWorld::kim), isGivenUp ? 0 : 1);
        QCOMPARE(joined.size(), isGivenUp ? 0 : 1);
        QCOMPARE(failed.size(), 0);
    }
}

QTEST_GUILESS_MAIN(JoinTest)
#include "tst_join.moc"
