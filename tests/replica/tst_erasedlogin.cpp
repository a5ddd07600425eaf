// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/keychaindenied.h"
#include "replica/erasing.h"
#include "replica/replicafile.h"
#include "replica/serveraddress.h"
#include "server/serverconfig.h"
#include "tests/networks/testcertificate.h"
#include "tests/server/serverworld.h"
#include "workspace/erasemark.h"

#include <QDir>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QStandardPaths>
#include <QTest>
#include <QThread>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// What becomes of the log-in of a replica that is erased, and of the word to its server.
class ErasedLogInTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void lockedKeychainIsAskedAgain_data();
    void lockedKeychainIsAskedAgain();
    void lockedKeychainOfAnOlderOrder();
    void withoutAKeychainItIsOver();
    void newerLogInStays();
    void unreadableLogInStays();
    void spoiltMarkIsMadeUpFor_data();
    void spoiltMarkIsMadeUpFor();
    void commandLinesLogInStays();
    void authoritiesAreTrustedForThatOnly();
    void everyAccessMayFail();
    void authoritiesAreNotedThoughAnAccessFails();

private:
    void makeReplica(const QUrl &server);
    void begin(const QString &name, bool isNoted = true);
    /// @param isWhole not only what is left of it
    void erase(bool isWhole = true);
    [[nodiscard]] TokenStore store();
    [[nodiscard]] QUrl server() const { return QUrl(str("http://127.0.0.1:%1").arg(m_world->server().port())); }
    [[nodiscard]] QString path() const { return m_folder->filePath(str("desk.earshot")); }
    [[nodiscard]] QString id() const { return parseToken(m_token)->id; }
    [[nodiscard]] bool hasHeard();
    [[nodiscard]] QStringList left() const
    {
        return QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
    }

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_token;
    QString m_name; ///< of the replica's log-in
    QHash<QString, QByteArray> m_kept;
    std::optional<Error> m_reading; ///< what the keychain answers
    std::optional<Error> m_removing;
};

void ErasedLogInTest::init()
{
    m_world = std::make_unique<ServerWorld>();
    m_token = m_world->token(ServerWorld::kim);
    m_kept.clear();
    m_reading.reset();
    m_removing.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    makeReplica(server());
    const auto told = m_world->workspace().write<bool>(
        Urgency::interactive, [this](Writing &writing) { return askToErase(writing, id(), ServerWorld::kim); });
    QVERIFY(told.result().value());
}

void ErasedLogInTest::makeReplica(const QUrl &server)
{
    QVERIFY(ReplicaFile::create(path(), {server.toString(), m_world->account(), ServerWorld::kim}, m_world->clock()));
    m_name = replicaTokenName(server, path());
    m_kept.insert(m_name, m_token);
}

void ErasedLogInTest::begin(const QString &name, bool isNoted)
{
    QVERIFY(beginErasure(path(), server(), name, isNoted ? id() : QString()));
}

TokenStore ErasedLogInTest::store()
{
    return {[this](const QString &name) {
                return readyFuture(m_reading ? Result<Secret>(tl::unexpected(*m_reading))
                                             : Result<Secret>(Secret(m_kept.value(name))));
            },
            {},
            [this](const QString &name) {
                if (m_removing)
                    return readyFuture(Done(tl::unexpected(*m_removing)));
                m_kept.remove(name);
                return readyFuture(Done());
            }};
}

void ErasedLogInTest::erase(bool isWhole)
{
    Erasing erasing(path(), store(), m_world->clock());
    QSignalSpy ended(&erasing, &Erasing::ended);
    if (isWhole)
        erasing.run();
    else
        erasing.removeLogIn();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 15'000);
    QCOMPARE(ended.constFirst().constFirst().toString(), QString());
}

bool ErasedLogInTest::hasHeard()
{
    const auto token = m_world->workspace().readNow<std::optional<TokenRecord>>(
        [this](Database &database) { return loadToken(database, id()); });
    return isKnown(token.value()->erasedAt);
}

void ErasedLogInTest::lockedKeychainIsAskedAgain_data()
{
    QTest::addColumn<bool>("isReadable");
    QTest::newRow("nothing is read") << false;
    QTest::newRow("nothing is removed") << true;
}

void ErasedLogInTest::lockedKeychainIsAskedAgain()
{
    QFETCH(bool, isReadable);
    begin({});
    (isReadable ? m_removing : m_reading) = keychainDenied(str("no"));
    for (int round = 0; round < 2; ++round) {
        erase(round == 0);
        QCOMPARE(left(), QStringList{str("desk.earshot.erased-login")});
        QCOMPARE(logInsLeftIn(m_folder->path()), QStringList{path()});
        QCOMPARE(m_kept.value(m_name), m_token);
        QCOMPARE(hasHeard(), isReadable);
    }
    // By then there may be another replica, and another log-in of it.
    QVERIFY(ReplicaFile::create(path(), {server().toString(), m_world->account(), ServerWorld::kim}, m_world->clock()));
    m_reading = m_removing = {};
    erase(false);
    QCOMPARE(m_kept.size(), 0);
    QVERIFY(hasHeard());
    QVERIFY(!left().contains(str("desk.earshot.erased-login")));
    QVERIFY(ReplicaFile::open(path(), m_world->clock()));
}

/// It did not note which log-in it was: so none is looked for later.
void ErasedLogInTest::lockedKeychainOfAnOlderOrder()
{
    begin({}, false);
    m_reading = keychainDenied(str("no"));
    erase();
    QCOMPARE(left(), QStringList());
}

/// As it is on a machine without one, each time.
void ErasedLogInTest::withoutAKeychainItIsOver()
{
    begin({});
    m_reading = m_removing = Error{ErrorKind::noKeychain, str("there is none"), {}};
    erase();
    QCOMPARE(left(), QStringList());
}

void ErasedLogInTest::newerLogInStays()
{
    begin({});
    m_reading = keychainDenied(str("no"));
    erase();
    m_reading.reset();
    const QByteArray newer = m_world->token(ServerWorld::kim);
    m_kept.insert(m_name, newer);
    erase(false);
    QCOMPARE(m_kept.value(m_name), newer);
    QCOMPARE(left(), QStringList());
    QVERIFY(!hasHeard());
}

/// Nobody can tell whose it is.
void ErasedLogInTest::unreadableLogInStays()
{
    begin({});
    m_reading = keychainDenied(str("no"));
    erase();
    m_reading = Error{ErrorKind::io, str("the keychain is out of order"), {}};
    erase(false);
    QCOMPARE(m_kept.value(m_name), m_token);
}

void ErasedLogInTest::spoiltMarkIsMadeUpFor_data()
{
    QTest::addColumn<QByteArray>("noted");
    QTest::newRow("nothing is in it") << QByteArray();
    QTest::newRow("half of it") << QByteArray("{ \"server\": \"http://127");
}

/// The replica itself tells whose it was, as long as it is there.
void ErasedLogInTest::spoiltMarkIsMadeUpFor()
{
    QFETCH(QByteArray, noted);
    begin({});
    QFile mark(eraseMarkOf(path()));
    QVERIFY(mark.open(QIODevice::WriteOnly) && mark.write(noted) == noted.size());
    mark.close();
    QCOMPARE(erasureOf(path())->server, server());
    erase();
    QCOMPARE(left(), QStringList());
    QCOMPARE(m_kept.size(), 0);
    QVERIFY(hasHeard());
}

/// Other replicas that it fetched need it.
void ErasedLogInTest::commandLinesLogInStays()
{
    const QString name = tokenNameOf(server());
    m_kept = {{name, m_token}};
    begin(name);
    erase();
    QCOMPARE(m_kept.value(name), m_token);
    QVERIFY(hasHeard());
    QCOMPARE(left(), QStringList());
}

void ErasedLogInTest::authoritiesAreTrustedForThatOnly()
{
    for (const auto &[name, text] : {std::pair("cert.pem", testCertificate), std::pair("key.pem", testKey)}) {
        QFile file(m_folder->filePath(str(name)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) > 0);
    }
    const auto tls = loadTls(m_folder->filePath(str("cert.pem")), m_folder->filePath(str("key.pem")));
    QVERIFY(tls.has_value());
    Server secure(m_world->desk(), {});
    QVERIFY(secure.listen(QHostAddress(QHostAddress::LocalHost), 0, *tls));
    const auto before = QSslConfiguration::defaultConfiguration();
    const QByteArray authorities = QByteArray(testCertificate).trimmed();
    const auto report = [&](const QByteArray &trusted) {
        const ErasedReport mine{QUrl(str("https://localhost:%1").arg(secure.port())), id(),
                                erasedProofOf(Secret(m_token)), trusted};
        QVERIFY(keepErasedReport(path(), mine));
        ErasedReporting reporting(path(), m_world->clock());
        QSignalSpy ended(&reporting, &ErasedReporting::ended);
        reporting.run();
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 15'000);
        QCOMPARE(ended.constFirst().constFirst().toBool(), !trusted.isEmpty());
    };
    report({});
    QVERIFY(!hasHeard());
    report(authorities);
    QVERIFY(hasHeard());
    QVERIFY(QSslConfiguration::defaultConfiguration() == before);
    report({});
}

/// The k-th access to a database while it is noted and erased.
void ErasedLogInTest::everyAccessMayFail()
{
    int failed = 0;
    for (bool isFailing = true; isFailing; ++failed) {
        init();
        int left = failed;
        const QThread *const mine = QThread::currentThread();
        Database::setFault([&left, mine]() -> std::optional<Error> {
            if (QThread::currentThread() != mine || left-- != 0)
                return {};
            return Error{ErrorKind::io, str("no disk"), {}};
        });
        const bool isNoted = beginErasure(path(), server(), {}, id()).has_value();
        if (isNoted)
            erase();
        Database::setFault({});
        isFailing = left < 0;
        // Told again at the next contact.
        if (!isNoted) {
            begin({});
            erase();
        }
        QCOMPARE(this->left(), QStringList());
        QCOMPARE(m_kept.size(), 0);
        QVERIFY(hasHeard());
    }
    QVERIFY2(failed > 3, qPrintable(QString::number(failed)));
}

/// Without them the server of a company with certificates of its own would never hear.
void ErasedLogInTest::authoritiesAreNotedThoughAnAccessFails()
{
    int failed = 0;
    for (bool isFailing = true; isFailing; ++failed) {
        init();
        QVERIFY(ReplicaFile::open(path(), m_world->clock()).value()->keepAuthorities("of the company"));
        const QUrl address = server();
        m_world->stopServer();
        int left = failed;
        const QThread *const mine = QThread::currentThread();
        Database::setFault([&left, mine]() -> std::optional<Error> {
            if (QThread::currentThread() != mine || left-- != 0)
                return {};
            return Error{ErrorKind::io, str("no disk"), {}};
        });
        QVERIFY(beginErasure(path(), address, {}, id()));
        erase();
        Database::setFault({});
        isFailing = left < 0;
        QCOMPARE(this->left(), QStringList{str("desk.earshot.erased")});
        QCOMPARE(erasedReportOf(path())->authorities, QByteArray("of the company"));
    }
    QVERIFY2(failed > 3, qPrintable(QString::number(failed)));
}

QTEST_GUILESS_MAIN(ErasedLogInTest)
#include "tst_erasedlogin.moc"
