// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/leaving.h"
#include "replica/replicameta.h"
#include "tests/replica/comparing.h"
#include "tests/replica/onedevice.h"
#include "workspace/upkeep.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>

#include <atomic>

using namespace Earshot;

/// The server says that what is kept on a device may no longer be there.
class EraseTest final : public QObject, private OneDevice
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }
    void disabledWhileConnected();
    void disabledWhileOffline();
    void whatTheDisabledOneTypedIsKeptForThem();
    void enabledAgainItIsFetchedAnew();
    void erasedWhileConnected();
    void erasedWhileOffline();
    void toldToEraseAfterItWasDisabled();
    void nothingIsErasedAsLongAsTheServerIsNotReached();
    void revokedAloneErasesNothing();
    void strangersWordErasesNothing_data();
    void strangersWordErasesNothing();
    void anotherDevicesLogOutErasesNothing();
    void erasingEndsWithoutTheServerToo();
    void serverThatKnowsNothingOfItIsNotAskedAgain();
    void nobodyReadsWhatIsToBeErased();
    void devicesAreListedAndTakenFromThere();
};

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
    close();
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
    draft.contentWarning = str("a warning");
    m_session->desk().saveDraft(draft);
    // Of a picture alone its description was typed.
    DraftRecord picture;
    picture.conversation = ConversationId(2);
    picture.media = {{QString(64, u'a'), str("image/png"), str("a cat asleep")}};
    m_session->desk().saveDraft(picture);
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
    const auto read = [this] { return m_session->workspace().readNow<OwnWords>(loadOwnWords); };
    OwnWords words = read().value();
    QVERIFY(words.areAll);
    words.texts.sort();
    QCOMPARE(words.texts, QStringList({str("a cat asleep"), str("a warning\nhalf a sentence"), str("my note")}));
    // For every k: of what is damaged all that can be read, and never less without a word.
    int partly = 0;
    std::atomic<bool> wasMet = true;
    for (int k = 0; wasMet; ++k) {
        wasMet = false;
        std::atomic<int> left = k;
        Database::setFault([&, mine = QThread::currentThread()]() -> std::optional<Error> {
            if (QThread::currentThread() != mine || left-- != 0)
                return {};
            wasMet = true;
            return Error{ErrorKind::io, str("no disk"), {}};
        });
        const auto some = read();
        Database::setFault({});
        QVERIFY2(!some || !some->areAll || some->texts.size() == 3, qPrintable(QString::number(k)));
        partly += some && !some->areAll && !some->texts.isEmpty() ? 1 : 0;
    }
    QVERIFY(partly > 0);
}

void EraseTest::enabledAgainItIsFetchedAnew()
{
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, {}, true}).isApplied());
    QTRY_COMPARE(m_parted->size(), 1);
    close();
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
    close();
    tellToErase();
    QVERIFY(holds("secretword"));
    open();
    QTRY_COMPARE(m_parted->size(), 1);
    erase();
    QVERIFY(isKnown(erasedAt()));
}

/// What was typed here is kept for whoever was disabled, but not from an order to erase; that may come when nothing
/// else is asked any more.
void EraseTest::toldToEraseAfterItWasDisabled()
{
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, {}, true}).isApplied());
    QTRY_COMPARE(m_parted->size(), 1);
    QVERIFY(!erasureOf(path()));
    tellToErase();
    QTRY_COMPARE(m_parted->size(), 2);
    QCOMPARE(m_parted->last().first().value<Parting>(), Parting::erase);
    QVERIFY(erasureOf(path()));
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
    close();
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
    close();
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
    close();
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

void EraseTest::devicesAreListedAndTakenFromThere()
{
    const QString lost = parseToken(m_world->token(ServerWorld::kim))->id;
    const auto listed = [this](AgentId agent) {
        const auto devices = m_session->devices(agent);
        return QTest::qWaitFor([&] { return devices.isFinished(); }, 30'000) ? devices.result()
                                                                             : fail(ErrorKind::unknown);
    };
    const auto taken = [this](AgentId agent, const QString &id) {
        const auto done = m_session->takeDevice(agent, id, true);
        return QTest::qWaitFor([&] { return done.isFinished(); }, 30'000) ? done.result() : fail(ErrorKind::unknown);
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

QTEST_GUILESS_MAIN(EraseTest)
#include "tst_erase.moc"
