// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/erasing.h"
#include "replica/leaving.h"
#include "replica/replicameta.h"
#include "replica/replicasession.h"
#include "tests/fulldisk.h"
#include "tests/replica/comparing.h"
#include "tests/server/cuttingproxy.h"
#include "workspace/mediafolder.h"
#include "workspace/upkeep.h"

#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <cstdio>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

TokenStore storeOf(QHash<QString, QByteArray> &kept)
{
    return {[&kept](const QString &name) { return readyFuture(Result<Secret>(Secret(kept.value(name)))); },
            [&kept](const QString &name, const Secret &token) {
                kept.insert(name, token.reveal());
                return readyFuture(Done());
            },
            [&kept](const QString &name) {
                kept.remove(name);
                return readyFuture(Done());
            }};
}

/// The desktop without a window: as it starts, follows and erases. @param arguments path, token
int work(const QStringList &arguments)
{
    const SystemClock clock;
    const QString path = arguments.at(0);
    std::unique_ptr<ReplicaSession> session;
    QHash<QString, QByteArray> kept;
    std::unique_ptr<Erasing> erasing;
    const auto erase = [&] {
        if (const auto begun = erasureOf(path))
            kept.insert(begun->tokenName, arguments.at(1).toLatin1());
        std::puts("erases");
        std::fflush(stdout);
        session.reset();
        erasing = std::make_unique<Erasing>(path, storeOf(kept), clock);
        QObject::connect(erasing.get(), &Erasing::ended, qApp, [] { QCoreApplication::quit(); });
        erasing->run();
    };
    if (erasureOf(path)) {
        erase();
        return QCoreApplication::exec();
    }
    ReplicaSession::Options options;
    options.path = path;
    options.token = Secret(arguments.at(1).toLatin1());
    options.pauses = {std::chrono::milliseconds(20), std::chrono::milliseconds(100)};
    session = std::move(ReplicaSession::open(options, clock).value());
    QObject::connect(session.get(), &ReplicaSession::parted, qApp, erase, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

} // namespace

/// The server says that what is kept on a device may no longer be there.
class EraseTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void disabledWhileConnected();
    void disabledWhileOffline();
    void whatTheDisabledOneTypedIsKeptForThem();
    void enabledAgainItIsFetchedAnew();
    void erasedWhileConnected();
    void erasedWhileOffline();
    void nothingIsErasedAsLongAsTheServerIsNotReached();
    void revokedAloneErasesNothing();
    void strangersWordErasesNothing_data();
    void strangersWordErasesNothing();
    void anotherDevicesLogOutErasesNothing();
    void erasingEndsWithoutTheServerToo();
    void serverThatKnowsNothingOfItIsNotAskedAgain();
    void nobodyReadsWhatIsToBeErased();
    void everyRequestMayFail_data();
    void everyRequestMayFail();
    void fullDiskKeepsTheOrderFromBeingNoted();
    void fullDiskIsErased();
    void devicesAreListedAndTakenFromThere();
    void killedAnywhereNothingIsLeft();

private:
    void join(quint16 port);
    void open();
    void fill();
    void tellToErase();
    [[nodiscard]] QString path() const { return m_folder->filePath(str("desk.earshot")); }
    [[nodiscard]] bool holds(const char *word) const;
    [[nodiscard]] Time erasedAt();
    [[nodiscard]] QStringList left() const
    {
        return QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
    }
    void erase(const QStringList &leaves = {});
    /// @return whether that is over
    [[nodiscard]] bool report();

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ReplicaSession> m_session;
    std::unique_ptr<QSignalSpy> m_parted;
    QByteArray m_token;
    QHash<QString, QByteArray> m_kept;
};

void EraseTest::init()
{
    qRegisterMetaType<Parting>();
    m_world = std::make_unique<ServerWorld>();
    join(m_world->server().port());
}

/// A new device, on a replica of its own.
void EraseTest::join(quint16 port)
{
    m_parted.reset();
    m_session.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_kept.clear();
    m_token = m_world->token(ServerWorld::kim);
    const QString server = str("http://127.0.0.1:%1").arg(port);
    QVERIFY(ReplicaFile::create(path(), {server, m_world->account(), ServerWorld::kim}, m_world->clock()));
    m_kept.insert(replicaTokenName(QUrl(server), path()), m_token);
    open();
    QTRY_COMPARE(m_session->desk().status().kind, DeskStatus::Kind::current);
    fill();
    QVERIFY(holds("secretword"));
}

void EraseTest::cleanup()
{
    m_parted.reset();
    m_session.reset();
    m_world.reset();
}

void EraseTest::open()
{
    ReplicaSession::Options options;
    options.path = path();
    options.token = Secret(m_token);
    options.pauses = {std::chrono::milliseconds(20), std::chrono::milliseconds(100)};
    m_session = std::move(ReplicaSession::open(options, m_world->clock()).value());
    m_parted = std::make_unique<QSignalSpy>(m_session.get(), &ReplicaSession::parted);
}

/// What lies beside a file.
void EraseTest::fill()
{
    QVERIFY(keepMediaBytes(m_session->workspace().mediaFolder(), "a secretword picture"));
    for (const char *end : {".slice", ".slice-abc"}) {
        QFile file(path() + str(end));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("a secretword slice") > 0);
    }
}

void EraseTest::tellToErase()
{
    const auto told = m_world->workspace().write<bool>(
        Urgency::interactive, [id = parseToken(m_token)->id](Writing &writing) -> Result<bool> {
            return askToErase(writing, id, ServerWorld::kim);
        });
    QVERIFY(told.result().value());
}

bool EraseTest::holds(const char *word) const
{
    QDirIterator files(m_folder->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(word))
            return true;
    }
    return false;
}

Time EraseTest::erasedAt()
{
    const auto token = m_world->workspace().readNow<std::optional<TokenRecord>>(
        [this](Database &database) { return loadToken(database, parseToken(m_token)->id); });
    return token.value()->erasedAt;
}

void EraseTest::erase(const QStringList &leaves)
{
    m_parted.reset();
    m_session.reset();
    Erasing erasing(path(), storeOf(m_kept), m_world->clock());
    bool hasEnded = false;
    connect(&erasing, &Erasing::ended, this, [&](const QString &left) {
        QCOMPARE(left, QString());
        hasEnded = true;
    });
    erasing.run();
    QTRY_VERIFY(hasEnded);
    QCOMPARE(left(), leaves);
    QCOMPARE(m_kept.size(), 0);
}

bool EraseTest::report()
{
    ErasedReporting reporting(path(), m_world->clock());
    QSignalSpy ended(&reporting, &ErasedReporting::ended);
    reporting.run();
    return (!ended.isEmpty() || ended.wait(15'000)) && ended.constFirst().constFirst().toBool();
}

void EraseTest::disabledWhileConnected()
{
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, {}, true}).isApplied());
    QTRY_COMPARE(m_parted->size(), 1);
    QCOMPARE(m_parted->first().first().value<Parting>(), Parting::disabled);
    QTRY_VERIFY(!holds("secretword"));
    QTRY_VERIFY(!holds("openword"));
}

void EraseTest::disabledWhileOffline()
{
    m_parted.reset();
    m_session.reset();
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, {}, true}).isApplied());
    QVERIFY(holds("secretword"));
    open();
    QTRY_COMPARE(m_parted->size(), 1);
    QTRY_VERIFY(!holds("secretword"));
    QTRY_VERIFY(!holds("openword"));
}

void EraseTest::whatTheDisabledOneTypedIsKeptForThem()
{
    const quint16 port = m_world->server().port();
    m_world->stopServer();
    QTRY_VERIFY(m_session->desk().status().kind != DeskStatus::Kind::current);
    DraftRecord draft;
    draft.conversation = ConversationId(1);
    draft.text = str("half a sentence");
    m_session->desk().saveDraft(draft);
    const auto noted = m_session->desk().perform(
        {makeAction(Act::AddNote{ConversationId(1), str("my note")}, m_world->clock().now())});
    QTRY_VERIFY(noted.isFinished());
    const auto closed = m_session->close();
    QTRY_VERIFY(closed.isFinished());
    m_world->start({}, port);
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, {}, true}).isApplied());
    m_session->tryNow();
    QTRY_COMPARE(m_parted->size(), 1);
    QTRY_VERIFY(!holds("openword"));
    auto words = m_session->workspace().readNow<QStringList>(loadOwnWords).value();
    words.sort();
    QCOMPARE(words, QStringList({str("half a sentence"), str("my note")}));
}

void EraseTest::enabledAgainItIsFetchedAnew()
{
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, {}, true}).isApplied());
    QTRY_COMPARE(m_parted->size(), 1);
    m_parted.reset();
    m_session.reset();
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, {}, false}).isApplied());
    open();
    QTRY_COMPARE(m_session->desk().status().kind, DeskStatus::Kind::current);
    QCOMPARE(differences(*m_world, m_session->workspace(), ServerWorld::kim), QStringList());
}

void EraseTest::erasedWhileConnected()
{
    tellToErase();
    QTRY_COMPARE(m_parted->size(), 1);
    QCOMPARE(m_parted->first().first().value<Parting>(), Parting::erase);
    QVERIFY(erasureOf(path()));
    QVERIFY(!isKnown(erasedAt()));
    erase();
    QVERIFY(isKnown(erasedAt()));
    QVERIFY(!erasureOf(path()));
}

void EraseTest::erasedWhileOffline()
{
    m_parted.reset();
    m_session.reset();
    tellToErase();
    QVERIFY(holds("secretword"));
    open();
    QTRY_COMPARE(m_parted->size(), 1);
    erase();
    QVERIFY(isKnown(erasedAt()));
}

void EraseTest::nothingIsErasedAsLongAsTheServerIsNotReached()
{
    m_world->stopServer();
    tellToErase();
    QTRY_COMPARE(m_session->desk().status().kind, DeskStatus::Kind::offline);
    m_session->tryNow();
    QTRY_VERIFY(m_session->desk().status().why.kind == ErrorKind::transient);
    QCOMPARE(m_parted->size(), 0);
    QVERIFY(!erasureOf(path()));
    QVERIFY(holds("secretword"));
}

void EraseTest::revokedAloneErasesNothing()
{
    QVERIFY(m_world->client(ServerWorld::kim)
                ->send("DELETE", "/auth/tokens/" + parseToken(m_token)->id.toLatin1())
                .status == 204);
    QTRY_COMPARE(m_session->desk().status().kind, DeskStatus::Kind::refused);
    QCOMPARE(m_parted->size(), 0);
    QVERIFY(!erasureOf(path()));
    QVERIFY(holds("secretword"));
    QCOMPARE(differences(*m_world, m_session->workspace(), ServerWorld::kim), QStringList());
}

void EraseTest::strangersWordErasesNothing_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("no proof") << QByteArray(R"({"type":"urn:earshot:problem:eraseDevice","status":401})");
    QTest::newRow("a false proof") << QByteArray(R"({"type":"urn:earshot:problem:eraseDevice","status":401,"proof":")" +
                                                 QByteArray(64, 'a') + "\"}");
    QTest::newRow("disabled") << QByteArray(R"({"type":"urn:earshot:problem:agentDisabled","status":401,"proof":""})");
    QTest::newRow("a plain 401") << QByteArray(R"({"type":"about:blank","status":401})");
    QTest::newRow("a page") << QByteArray("<html>Log in</html>");
}

/// Something else answers at the server's address.
void EraseTest::strangersWordErasesNothing()
{
    QFETCH(QByteArray, body);
    m_parted.reset();
    m_session.reset();
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    {
        auto database = Database::open(path(), Database::Mode::readWrite);
        ReplicaMeta::write(**database, ReplicaMeta::server, str("http://127.0.0.1:%1").arg(other.serverPort()));
        QVERIFY((*database)->done());
    }
    int answered = 0;
    connect(&other, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = other.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [&answered, socket, body] {
            if (!socket->readAll().contains("\r\n\r\n"))
                return;
            socket->write("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer realm=\"earshot\"\r\n"
                          "Content-Type: application/problem+json\r\nConnection: close\r\nContent-Length: " +
                          QByteArray::number(body.size()) + "\r\n\r\n" + body);
            socket->disconnectFromHost();
            ++answered;
        });
    });
    open();
    QTRY_VERIFY(answered > 0);
    QTRY_COMPARE(m_session->desk().status().kind, DeskStatus::Kind::refused);
    QCOMPARE(m_parted->size(), 0);
    QVERIFY(!erasureOf(path()));
    QVERIFY(holds("secretword"));
}

void EraseTest::anotherDevicesLogOutErasesNothing()
{
    QCOMPARE(m_world->client(ServerWorld::kim)->send("POST", "/auth/logout").status, 204);
    m_world->receive(ServerWorld::open, str("later"), str("laterword"));
    QTRY_VERIFY(holds("laterword"));
    QCOMPARE(m_parted->size(), 0);
    QCOMPARE(m_session->desk().status().kind, DeskStatus::Kind::current);
}

void EraseTest::erasingEndsWithoutTheServerToo()
{
    const quint16 port = m_world->server().port();
    tellToErase();
    QTRY_COMPARE(m_parted->size(), 1);
    m_world->stopServer();
    erase({str("desk.earshot.erased")});
    QVERIFY(!isKnown(erasedAt()));
    // What is kept until the server has heard it is no log-in.
    const QByteArray secret = m_token.mid(m_token.indexOf('_', 8) + 1);
    const QByteArray hash = parseToken(m_token)->hash.toLatin1();
    QVERIFY(secret.size() > 20 && hash.size() == 64);
    QVERIFY(holds(parseToken(m_token)->id.toLatin1().constData()));
    QVERIFY(!holds(secret.constData()));
    QVERIFY(!holds(hash.constData()));
    QVERIFY(!report());
    QCOMPARE(left(), QStringList{str("desk.earshot.erased")});
    m_world->start({}, port);
    QVERIFY(report());
    QVERIFY(isKnown(erasedAt()));
    QCOMPARE(left(), QStringList());
    QVERIFY(report());
}

void EraseTest::serverThatKnowsNothingOfItIsNotAskedAgain()
{
    m_parted.reset();
    m_session.reset();
    QVERIFY(eraseReplica(path()));
    const QString id = parseToken(m_token)->id;
    const ErasedReport mine{
        QUrl(str("http://127.0.0.1:%1").arg(m_world->server().port())), id, erasedProofOf(Secret(m_token)), {}};
    // Nobody told it to; and later a stranger says so.
    QVERIFY(keepErasedReport(path(), mine));
    QVERIFY(report());
    QCOMPARE(left(), QStringList());
    tellToErase();
    ErasedReport other = mine;
    other.proof = QString(64, u'a');
    QVERIFY(keepErasedReport(path(), other));
    QVERIFY(report());
    QVERIFY(!isKnown(erasedAt()));
    QVERIFY(keepErasedReport(path(), mine));
    QVERIFY(report());
    QVERIFY(isKnown(erasedAt()));
}

void EraseTest::nobodyReadsWhatIsToBeErased()
{
    const QUrl server = m_session->server();
    m_parted.reset();
    m_session.reset();
    const QString link = m_folder->filePath(str("link.earshot"));
    QVERIFY(QFile::link(path(), link));
    const Clock &clock = m_world->clock();
    const auto kindOf = [](const auto &result) { return result ? ErrorKind::unknown : result.error().kind; };
    QVERIFY(Workspace::open(link, Workspace::Access::readOnly, clock));
    QVERIFY(beginErasure(path(), server));
    for (const QString &name : {path(), link}) {
        for (const auto access : {Workspace::Access::readOnly, Workspace::Access::owner})
            QCOMPARE(kindOf(Workspace::open(name, access, clock)), ErrorKind::notFound);
        QCOMPARE(kindOf(ReplicaFile::open(name, clock)), ErrorKind::notFound);
        QCOMPARE(kindOf(verifyWorkspace(name)), ErrorKind::notFound);
        QCOMPARE(kindOf(backupWorkspace(name, m_folder->filePath(str("copy")))), ErrorKind::notFound);
    }
    QVERIFY(QFile::remove(link));
    erase();
}

void EraseTest::everyRequestMayFail_data()
{
    QTest::addColumn<bool>("isArriving");
    QTest::newRow("the request is lost") << false;
    QTest::newRow("the answer is lost") << true;
}

void EraseTest::everyRequestMayFail()
{
    QFETCH(bool, isArriving);
    CuttingProxy line(str("127.0.0.1"), m_world->server().port());
    int failed = 0;
    for (;; ++failed) {
        join(line.serverPort());
        line.failRequest(failed, {isArriving, false, {}});
        tellToErase();
        QTRY_COMPARE(m_parted->size(), 1);
        m_parted.reset();
        m_session.reset();
        Erasing erasing(path(), storeOf(m_kept), m_world->clock());
        QSignalSpy ended(&erasing, &Erasing::ended);
        erasing.run();
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 15'000);
        QVERIFY(!holds("secretword"));
        QCOMPARE(m_kept.size(), 0);
        // What the server has not heard, or has not said that it has, is said again.
        if (erasedReportOf(path()))
            QVERIFY(report());
        QVERIFY(isKnown(erasedAt()));
        QCOMPARE(left(), QStringList());
        if (!line.hasFailed())
            break;
    }
    QVERIFY2(failed > 1, qPrintable(QString::number(failed)));
}

/// It is told again when there is room.
void EraseTest::fullDiskKeepsTheOrderFromBeingNoted()
{
    const quint16 port = m_world->server().port();
    m_world->stopServer();
    QTRY_COMPARE(m_session->desk().status().kind, DeskStatus::Kind::offline);
    tellToErase();
    {
        const FullDisk full;
        m_world->start({}, port);
        QTRY_COMPARE(m_session->desk().status().kind, DeskStatus::Kind::refused);
        QCOMPARE(m_parted->size(), 0);
        QVERIFY(!erasureOf(path()));
        QVERIFY(holds("secretword"));
    }
    m_session->tryNow();
    QTRY_COMPARE(m_parted->size(), 1);
    erase();
    QVERIFY(isKnown(erasedAt()));
}

/// Nothing can be written any more: what is to go goes all the same, and the server hears of it while there is a
/// log-in.
void EraseTest::fullDiskIsErased()
{
    tellToErase();
    QTRY_COMPARE(m_parted->size(), 1);
    m_parted.reset();
    m_session.reset();
    const QString limited = str("trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"");
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(str("QT_FORCE_STDERR_LOGGING"), str("1"));
    process.setProcessEnvironment(environment);
    process.start(str("/bin/sh"), {str("-c"), limited, QCoreApplication::applicationFilePath(), str("--work"), path(),
                                   QString::fromLatin1(m_token)});
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 30'000);
    QCOMPARE(process.exitCode(), 0);
    QVERIFY(process.readAll().contains("the server may not hear"));
    QVERIFY(isKnown(erasedAt()));
    QCOMPARE(left(), QStringList());
}

void EraseTest::devicesAreListedAndTakenFromThere()
{
    const QString lost = parseToken(m_world->token(ServerWorld::kim))->id;
    const auto listed = [this](AgentId agent) {
        const auto devices = m_session->devices(agent);
        return QTest::qWaitFor([&] { return devices.isFinished(); }) ? devices.result() : fail(ErrorKind::unknown);
    };
    const auto taken = [this](AgentId agent, const QString &id) {
        const auto done = m_session->takeDevice(agent, id, true);
        return QTest::qWaitFor([&] { return done.isFinished(); }) ? done.result() : fail(ErrorKind::unknown);
    };
    QCOMPARE(listed(ServerWorld::kim)->size(), 2);
    QCOMPARE(listed(ServerWorld::bo).error().kind, ErrorKind::refused);
    QVERIFY(taken(ServerWorld::kim, lost));
    QCOMPARE(taken(ServerWorld::bo, lost).error().kind, ErrorKind::refused);
    const auto devices = listed(ServerWorld::kim).value();
    for (const TokenRecord &device : devices)
        QCOMPARE(isKnown(device.eraseAskedAt), device.id == lost);
    QCOMPARE(m_parted->size(), 0);
}

/// A real program, ended by `kill -9` again and again: a later start goes on, also without the server.
void EraseTest::killedAnywhereNothingIsLeft()
{
    m_parted.reset();
    m_session.reset();
    const quint16 port = m_world->server().port();
    // Much to delete: it is ended in the middle.
    for (int i = 0; i < 3000; ++i)
        QVERIFY(keepMediaBytes(path() + str(".media"), "secretword " + QByteArray::number(i)));
    tellToErase();
    const QStringList arguments{str("--work"), path(), QString::fromLatin1(m_token)};
    int killed = 0;
    for (; killed < 40; ++killed) {
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), arguments);
        QTRY_VERIFY_WITH_TIMEOUT(process.bytesAvailable() > 0 || process.state() == QProcess::NotRunning, 30'000);
        for (int i = 0; i < killed * killed; ++i)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
        const bool isOver = process.state() == QProcess::NotRunning;
        process.kill();
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 30'000);
        if (isOver || !erasureOf(path()))
            break;
        // From the first word on the server is needed no more.
        m_world->stopServer();
        QVERIFY(!ReplicaSession::open({path(), Secret(m_token), {}, {}, {}}, m_world->clock()));
    }
    QVERIFY(killed > 0);
    if (erasureOf(path()))
        QCOMPARE(QProcess::execute(QCoreApplication::applicationFilePath(), arguments), 0);
    QVERIFY(!holds("secretword"));
    QVERIFY(!holds(m_token.mid(m_token.indexOf('_', 8) + 1).constData()));
    m_world->start({}, port);
    QVERIFY(report());
    QVERIFY(isKnown(erasedAt()));
    QCOMPARE(left(), QStringList());
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    if (const QStringList arguments = QCoreApplication::arguments(); arguments.value(1) == str("--work"))
        return work(arguments.mid(2));
    EraseTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_erase.moc"
