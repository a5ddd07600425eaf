// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/pushchanges.h"
#include "tests/server/follower.h"
#include "tests/server/serverworld.h"
#include "tests/server/socketlistener.h"

#include <QDir>
#include <QScopeGuard>
#include <QTest>
#include <QThread>

#include <csignal>
#include <sys/resource.h>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

ServerLimits generous()
{
    ServerLimits limits;
    limits.requestsPerSecond = limits.requestBurst = 1'000'000;
    limits.strangersPerSecond = limits.strangerBurst = 1'000'000;
    limits.slices.rest = std::chrono::milliseconds(0);
    return limits;
}

} // namespace

/// Disks fill, break and become read-only under a server: it says so, loses nothing that it accepted, and goes on.
class FaultsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_world = std::make_unique<ServerWorld>(generous()); }
    void cleanup();
    void everyAccessMayFail();
    void everyAccessOfASliceMayFail();
    void healthSaysWhenToComeAgain();
    void listenersHearAfterAFault();
    void fullDiskIsTold();
    void readOnlyDiskIsTold();
    void slicesNeedRoomToo();
    void uploadsNeedRoomToo();

private:
    void onWriter(const QString &pragma);
    [[nodiscard]] QStringList notes();
    [[nodiscard]] QJsonObject note(int number) const;
    [[nodiscard]] qint64 lastSeq()
    {
        return m_world->workspace().readNow<Seq>([](Database &database) { return lastSeqOf(database); }).value();
    }
    std::unique_ptr<ServerWorld> m_world;
};

void FaultsTest::cleanup()
{
    Database::setFault({});
    m_world.reset();
}

void FaultsTest::onWriter(const QString &pragma)
{
    const auto done =
        m_world->workspace().write<bool>(Urgency::interactive, [pragma](Writing &writing) -> Result<bool> {
            QString text = pragma;
            if (text.contains(str("%1")))
                text = text.arg(writing.database().pragma(str("page_count")));
            writing.database().execute(text);
            return true;
        });
    QVERIFY(done.result());
}

/// The texts of all notes, in their order.
QStringList FaultsTest::notes()
{
    return m_world->workspace()
        .readNow<QStringList>([](Database &database) -> Result<QStringList> {
            QStringList texts;
            Statement rows = database.statement("changes_message");
            rows.bind("since", 0).bind("limit", 100'000);
            while (rows.next()) {
                if (rows.integer(6) == qint64(MessageKind::note))
                    texts.append(rows.text(19));
            }
            return database.result(texts);
        })
        .value();
}

QJsonObject FaultsTest::note(int number) const
{
    return wireAction(str("addNote"), {{str("conversation"), str("1")}, {str("text"), str("note %1").arg(number)}},
                      number);
}

void FaultsTest::everyAccessMayFail()
{
    const auto kim = m_world->client(ServerWorld::kim);
    QStringList wanted;
    bool hasFailed = true;
    for (int k = 0; hasFailed; ++k) {
        QVERIFY(k < 1000);
        const QJsonArray actions{note(k + 1)};
        QJsonArray calls{};
        calls.append(QJsonArray{str("Action/perform"),
                                QJsonObject{{str("accountId"), m_world->account()}, {str("actions"), actions}},
                                str("a")});
        calls.append(QJsonArray{str("Message/get"),
                                QJsonObject{{str("accountId"), m_world->account()}, {str("ids"), QJsonArray{str("1")}}},
                                str("b")});
        std::atomic<int> left = k;
        std::atomic<bool> wasMet = false;
        Database::setFault([&left, &wasMet]() -> std::optional<Error> {
            if (left-- != 0)
                return std::nullopt;
            wasMet = true;
            return Error{ErrorKind::io, str("disk I/O error"), {}};
        });
        const WireReply reply = kim->post(calls);
        Database::setFault({});
        hasFailed = wasMet;
        // An answer or a clear error, never that we are strangers.
        QVERIFY2(reply.status == 200 || reply.status == 503, qPrintable(QString::number(reply.status)));
        if (reply.status == 503)
            QVERIFY(reply.headers.contains("retry-after") && !reply.json().value(str("detail")).toString().isEmpty());
        const QJsonObject told = reply.json().value(str("methodResponses"))[0][1][str("outcomes")][0].toObject();
        const bool isApplied = told.value(str("outcome")) == str("applied");
        const bool isThere = notes().contains(str("note %1").arg(k + 1));
        if (isApplied)
            QVERIFY2(isThere, "what was accepted is missing");
        else if (reply.status == 200)
            QCOMPARE(told.value(str("refusal"))[str("kind")].toString(), str("tryAgain"));
        // Whatever it was, the repeat ends well, and nothing is done twice.
        const QJsonObject again = kim->perform(actions)[0].toObject();
        QCOMPARE(again.value(str("outcome")).toString(), str("applied"));
        wanted.append(str("note %1").arg(k + 1));
        QCOMPARE(notes(), wanted);
    }
    QVERIFY(wanted.size() > 20);
}

void FaultsTest::everyAccessOfASliceMayFail()
{
    const auto kim = m_world->client(ServerWorld::kim);
    bool hasFailed = true;
    for (int k = 0; hasFailed; k += 7) {
        QVERIFY(k < 10'000);
        QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("t%1").arg(k)}).isApplied());
        std::atomic<int> left = k;
        std::atomic<bool> wasMet = false;
        Database::setFault([&left, &wasMet]() -> std::optional<Error> {
            if (left-- != 0)
                return std::nullopt;
            wasMet = true;
            return Error{ErrorKind::diskFull, str("database or disk is full"), {}};
        });
        for (int i = 0; i < 200; ++i) {
            const WireReply reply = kim->get("/jmap/slices");
            QVERIFY(reply.status == 200 || reply.status == 503);
            if (reply.status == 503 || reply.json().value(str("isComplete")).toBool())
                break;
        }
        Database::setFault({});
        hasFailed = wasMet;
    }
    Follower follower(*kim, m_world->account());
    QTRY_VERIFY(follower.fetchSlices());
    QVERIFY(follower.follow());
    const auto wanted = m_world->workspace().readNow<QStringList>(
        [](Database &database) -> Result<QStringList> { return tableRows(database, "conversation_tag"); });
    QCOMPARE(tableRows(follower.database(), "conversation_tag"), *wanted);
}

void FaultsTest::healthSaysWhenToComeAgain()
{
    const auto stranger = m_world->client(AgentId());
    Database::setFault([]() -> std::optional<Error> { return Error{ErrorKind::io, str("disk I/O error"), {}}; });
    const WireReply reply = stranger->get("/healthz");
    Database::setFault({});
    QCOMPARE(reply.status, 503);
    QVERIFY(reply.headers.value("retry-after").toInt() > 0);
    QCOMPARE(stranger->get("/healthz").status, 200);
}

void FaultsTest::listenersHearAfterAFault()
{
    SocketListener kim(m_world->server().port(), m_world->token(ServerWorld::kim));
    QTRY_VERIFY(kim.isOpen());
    kim.send(R"({"@type":"WebSocketPushEnable","deltas":true})");
    QTRY_COMPARE(kim.messages.size(), 1);
    // What changed is committed; reading it for those who listen fails a few times. No other commit follows.
    m_world->runSql(str("UPDATE conversation SET seq = :1 WHERE id = 1"));
    QTRY_COMPARE(kim.messages.size(), 2);
    const auto done = m_world->workspace().write<bool>(Urgency::interactive, [](Writing &writing) -> Result<bool> {
        writing.database().execute(str("UPDATE conversation SET seq = %1 WHERE id = 1").arg(writing.nextSeq()));
        return true;
    });
    QVERIFY(done.result());
    std::atomic<int> failures = 3;
    Database::setFault([&failures]() -> std::optional<Error> {
        return failures-- > 0 ? std::optional(Error{ErrorKind::io, {}, {}}) : std::nullopt;
    });
    QTRY_VERIFY(failures < 0);
    QTRY_COMPARE(seqOfState(kim.messages.constLast().value(str("to")).toString()), lastSeq());
    Database::setFault({});
}

void FaultsTest::fullDiskIsTold()
{
    const auto kim = m_world->client(ServerWorld::kim);
    QStringList accepted;
    onWriter(str("PRAGMA max_page_count = %1"));
    // What still fits into the pages that are there is accepted, then it is full.
    int number = 0;
    QJsonObject outcome;
    do {
        outcome = kim->perform({note(++number)})[0].toObject();
        if (outcome.value(str("outcome")) == str("applied"))
            accepted.append(str("note %1").arg(number));
        QVERIFY(number < 5000);
    } while (outcome.value(str("outcome")) == str("applied"));
    QCOMPARE(outcome.value(str("refusal"))[str("kind")].toString(), str("tryAgain"));
    QVERIFY(outcome.value(str("refusal"))[str("detail")].toString().contains(str("diskFull")));
    QCOMPARE(notes(), accepted);
    // Reading goes on.
    QCOMPARE(kim->call(str("Conversation/get")).value(str("list")).toArray().size(), 6);
    onWriter(str("PRAGMA max_page_count = 1000000"));
    QCOMPARE(kim->perform({note(number)})[0][str("outcome")].toString(), str("applied"));
    QCOMPARE(notes(), accepted + QStringList{str("note %1").arg(number)});
}

void FaultsTest::readOnlyDiskIsTold()
{
    const auto kim = m_world->client(ServerWorld::kim);
    QCOMPARE(kim->perform({note(1)})[0][str("outcome")].toString(), str("applied"));
    Database::setFault([]() -> std::optional<Error> {
        const bool isWriter =
            QByteArrayView(QThread::currentThread()->metaObject()->className()).endsWith("WriterThread");
        return isWriter ? std::optional(Error{ErrorKind::readOnly, str("attempt to write a readonly database"), {}})
                        : std::nullopt;
    });
    const QJsonObject refused = kim->perform({note(2)})[0].toObject();
    QCOMPARE(refused.value(str("refusal"))[str("kind")].toString(), str("tryAgain"));
    QVERIFY(refused.value(str("refusal"))[str("detail")].toString().contains(str("readOnly")));
    const WireReply upload = kim->send("POST", "/jmap/upload/" + m_world->account().toLatin1() + '/', "GIF89a",
                                       "Content-Type: image/gif\r\n");
    QCOMPARE(upload.status, 503);
    QVERIFY(upload.headers.contains("retry-after"));
    QCOMPARE(kim->call(str("Conversation/get")).value(str("list")).toArray().size(), 6);
    Database::setFault({});
    QCOMPARE(kim->perform({note(2)})[0][str("outcome")].toString(), str("applied"));
    QCOMPARE(notes(), QStringList({str("note 1"), str("note 2")}));
}

void FaultsTest::slicesNeedRoomToo()
{
    // Their folder cannot be made; everything else works.
    const QString folder = m_world->workspace().path() + str(".slices");
    QFile inTheWay(folder);
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    inTheWay.close();
    const auto kim = m_world->client(ServerWorld::kim);
    static_cast<void>(kim->get("/jmap/slices"));
    QTRY_COMPARE(kim->get("/jmap/slices").status, 503);
    QCOMPARE(kim->perform({note(1)})[0][str("outcome")].toString(), str("applied"));
    QVERIFY(inTheWay.remove());
    Follower follower(*kim, m_world->account());
    QTRY_COMPARE(kim->get("/jmap/slices").status, 200);
    QTRY_VERIFY(follower.fetchSlices());
    QVERIFY(follower.follow());
}

/// Writing ends in the middle of a file, as on a full disk: no file of this process may become larger than 8 MB.
void FaultsTest::uploadsNeedRoomToo()
{
    const auto kim = m_world->client(ServerWorld::kim);
    const QByteArray picture = "GIF89a" + QByteArray(16'000'000, 'p');
    const QByteArray path = "/jmap/upload/" + m_world->account().toLatin1() + '/';
    const QDir folder(m_world->workspace().mediaFolder());
    rlimit limit{};
    QVERIFY(::getrlimit(RLIMIT_FSIZE, &limit) == 0);
    const auto before = ::signal(SIGXFSZ, SIG_IGN);
    const auto restore = qScopeGuard([limit, before] {
        ::setrlimit(RLIMIT_FSIZE, &limit);
        ::signal(SIGXFSZ, before);
    });
    const rlimit small{8'000'000, limit.rlim_max};
    QVERIFY(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    for (int i = 0; i < 3; ++i) {
        const WireReply refused = kim->send("POST", path, picture, "Content-Type: image/gif\r\n");
        QCOMPARE(refused.status, 503);
        QVERIFY(refused.headers.value("retry-after").toInt() > 0);
        QVERIFY2(refused.body.contains("diskFull"), refused.body.constData());
    }
    // Nothing half is left behind, and what needs little room goes on.
    QCOMPARE(folder.entryList(QDir::Files | QDir::Hidden), QStringList());
    QCOMPARE(kim->perform({note(1)})[0][str("outcome")].toString(), str("applied"));
    QVERIFY(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
    const WireReply kept = kim->send("POST", path, picture, "Content-Type: image/gif\r\n");
    QCOMPARE(kept.status, 201);
    const QByteArray blob = kept.json().value(str("blobId")).toString().toLatin1();
    QCOMPARE(kim->get("/jmap/download/" + m_world->account().toLatin1() + '/' + blob + "/a.gif").body, picture);
}

QTEST_GUILESS_MAIN(FaultsTest)
#include "tst_faults.moc"
