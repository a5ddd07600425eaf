// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/serverworld.h"

#include <QSemaphore>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

const QByteArray picture = QByteArray::fromBase64("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

/// No two alike, and none as by itself.
ServerLimits oddLimits()
{
    ServerLimits limits;
    limits.uploadBytes = 3001;
    limits.concurrentUploads = 3;
    limits.requestBytes = 20'003;
    limits.concurrentRequests = 5;
    limits.callsInRequest = 9;
    limits.objectsInGet = 11;
    limits.actionsInPerform = 13;
    limits.changes = 7;
    limits.idsInQuery = 6;
    return limits;
}

/// Text in JSON of just so many bytes, as the argument of an echo.
QByteArray requestOf(qint64 bytes)
{
    const auto body = [](qsizetype filling) {
        return requestBody(oneCall(str("Core/echo"), {{str("x"), QString(filling, u'x')}}));
    };
    return body(bytes - body(0).size());
}

QJsonArray echoes(qint64 count)
{
    QJsonArray calls;
    for (qint64 i = 0; i < count; ++i)
        calls.append(QJsonArray{str("Core/echo"), QJsonObject(), QString::number(i)});
    return calls;
}

QJsonArray numbers(qint64 count)
{
    QJsonArray ids;
    for (qint64 i = 1; i <= count; ++i)
        ids.append(QString::number(i));
    return ids;
}

} // namespace

/// What the session object says a client may ask is what it may ask: just so much, and not one more.
class AnnouncedTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void nothingIsAnnouncedInVain();
    void sizeOfRequests();
    void callsInRequest();
    void requestsAtOnce();
    void sizeOfUploads();
    void uploadsAtOnce();
    void objectsByTheirIds();
    void objectsWithoutIds();
    void actionsInPerform();
    void changesComeInPieces_data();
    void changesComeInPieces();
    void changesOfAllComeInPieces();
    void idsOfQueriesComeInPieces();

private:
    /// As the session object tells it; 0 = it does not.
    [[nodiscard]] qint64 told(const char *limit);
    [[nodiscard]] WireReply upload(WireClient &client, const QByteArray &bytes)
    {
        return client.send("POST", "/jmap/upload/" + m_world->account().toLatin1() + '/', bytes,
                           "Content-Type: image/gif\r\n");
    }
    [[nodiscard]] QString limitIn(const WireReply &reply) { return reply.json().value(str("limit")).toString(); }
    [[nodiscard]] QString stem()
    {
        return m_client->call(str("Tag/get"))[str("state")].toString().section(u'-', 0, -2);
    }

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<WireClient> m_client;
};

void AnnouncedTest::init()
{
    m_world = std::make_unique<ServerWorld>(oddLimits(), 6);
    m_client = m_world->client();
}

void AnnouncedTest::cleanup()
{
    m_client.reset();
    m_world.reset();
}

qint64 AnnouncedTest::told(const char *limit)
{
    const QJsonObject session = m_client->get("/.well-known/jmap").json();
    const QJsonValue core = session[str("capabilities")][str("urn:ietf:params:jmap:core")];
    return core[str(limit)].toInteger();
}

/// Each has a test here.
void AnnouncedTest::nothingIsAnnouncedInVain()
{
    const QJsonObject session = m_client->get("/.well-known/jmap").json();
    QStringList names = session[str("capabilities")][str("urn:ietf:params:jmap:core")].toObject().keys();
    for (const char *known : {"maxSizeRequest", "maxCallsInRequest", "maxConcurrentRequests", "maxSizeUpload",
                              "maxConcurrentUpload", "maxObjectsInGet", "maxObjectsInSet"}) {
        QVERIFY2(names.removeOne(str(known)), known);
        QVERIFY2(told(known) > 0, known);
    }
    QCOMPARE(names, QStringList{str("collationAlgorithms")});
    const QJsonValue socket = session[str("capabilities")][str("urn:ietf:params:jmap:websocket")];
    QCOMPARE(socket[str("url")].toString(), str("ws://127.0.0.1:%1/jmap/ws").arg(m_world->server().port()));
    QVERIFY(socket[str("supportsPush")].toBool());
    const QJsonObject accounts = session[str("accounts")].toObject();
    const QJsonValue desk =
        accounts[m_world->account()][str("accountCapabilities")][str("urn:earshot:params:jmap:desk")];
    // JMAP knows only /set.
    QCOMPARE(desk[str("maxActionsInPerform")].toInteger(), told("maxObjectsInSet"));
}

void AnnouncedTest::sizeOfRequests()
{
    const qint64 most = told("maxSizeRequest");
    QCOMPARE(requestOf(most).size(), most);
    const auto send = [this](const QByteArray &body) {
        return m_client->send("POST", "/jmap/api", body, "Content-Type: application/json\r\n");
    };
    QCOMPARE(send(requestOf(most)).status, 200);
    const WireReply refused = send(requestOf(most + 1));
    QCOMPARE(refused.status, 413);
    QCOMPARE(limitIn(refused), str("maxSizeRequest"));
}

void AnnouncedTest::callsInRequest()
{
    const qint64 most = told("maxCallsInRequest");
    QCOMPARE(m_client->post(echoes(most)).json()[str("methodResponses")].toArray().size(), most);
    const WireReply refused = m_client->post(echoes(most + 1));
    QCOMPARE(refused.status, 400);
    QCOMPARE(limitIn(refused), str("maxCallsInRequest"));
}

void AnnouncedTest::requestsAtOnce()
{
    // Nothing that writes ends as long as the writer is held up.
    QSemaphore held;
    QSemaphore goesOn;
    const auto holding = m_world->workspace().write<bool>(Urgency::interactive, [&](Writing &) -> Result<bool> {
        held.release();
        goesOn.acquire();
        return true;
    });
    held.acquire();
    const qint64 most = told("maxConcurrentRequests");
    const QJsonArray actions{wireAction(str("addNote"), {{str("conversation"), str("1")}, {str("text"), str("x")}})};
    const QByteArray body = requestBody(
        oneCall(str("Action/perform"), {{str("accountId"), m_world->account()}, {str("actions"), actions}}));
    const QByteArray request = "POST /jmap/api HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: "
                               "Bearer " +
                               m_client->token() + "\r\nContent-Length: " + QByteArray::number(body.size()) +
                               "\r\n\r\n" + body;
    std::vector<std::unique_ptr<WireClient>> clients;
    for (qint64 i = 0; i <= most; ++i) {
        clients.push_back(std::make_unique<WireClient>(m_world->server().port(), m_client->token(), QString()));
        clients.back()->write(request);
    }
    // Whichever comes last is one too many, and only that one.
    int answered = 0;
    WireReply refused;
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            answered = 0;
            for (const auto &client : clients) {
                if (client->socket().bytesAvailable() > 0)
                    ++answered;
            }
            return answered > 0;
        }(),
        10'000);
    QCOMPARE(answered, 1);
    const auto first = std::find_if(clients.begin(), clients.end(),
                                    [](const auto &client) { return client->socket().bytesAvailable() > 0; });
    refused = (*first)->read();
    goesOn.release();
    QCOMPARE(refused.status, 429);
    QCOMPARE(limitIn(refused), str("maxConcurrentRequests"));
    clients.erase(first);
    for (const auto &client : clients)
        QCOMPARE(client->read().status, 200);
    QVERIFY(holding.result());
}

void AnnouncedTest::sizeOfUploads()
{
    const qint64 most = told("maxSizeUpload");
    QCOMPARE(upload(*m_client, picture + QByteArray(most - picture.size(), 'x')).status, 201);
    const WireReply refused = upload(*m_client, picture + QByteArray(most + 1 - picture.size(), 'x'));
    QCOMPARE(refused.status, 413);
    QCOMPARE(limitIn(refused), str("maxSizeUpload"));
}

void AnnouncedTest::uploadsAtOnce()
{
    const qint64 most = told("maxConcurrentUpload");
    const QByteArray head = "POST /jmap/upload/" + m_world->account().toLatin1() +
                            "/ HTTP/1.1\r\nHost: a\r\nContent-Type: image/gif\r\nExpect: 100-continue\r\n"
                            "Authorization: Bearer " +
                            m_client->token() + "\r\nContent-Length: " + QByteArray::number(picture.size()) +
                            "\r\n\r\n";
    std::vector<std::unique_ptr<WireClient>> clients;
    for (qint64 i = 0; i < most; ++i) {
        clients.push_back(std::make_unique<WireClient>(m_world->server().port(), m_client->token(), QString()));
        clients.back()->write(head);
        QCOMPARE(clients.back()->read().status, 100);
    }
    const WireReply refused = upload(*m_client, picture);
    QCOMPARE(refused.status, 429);
    QCOMPARE(limitIn(refused), str("maxConcurrentUpload"));
    for (const auto &client : clients) {
        client->write(picture);
        QCOMPARE(client->read().status, 201);
    }
}

void AnnouncedTest::objectsByTheirIds()
{
    const qint64 most = told("maxObjectsInGet");
    for (const char *type : {"Conversation/get", "Tag/get", "Media/get"}) {
        const QJsonObject answer = m_client->call(str(type), {{str("ids"), numbers(most)}});
        QCOMPARE(answer[str("list")].toArray().size() + answer[str("notFound")].toArray().size(), most);
        const QJsonObject refused = m_client->call(str(type), {{str("ids"), numbers(most + 1)}});
        QCOMPARE(refused[str("error")], str("requestTooLarge"));
        QVERIFY(!refused.contains(str("list")));
    }
    // One object twice is one object.
    QJsonArray twice = numbers(most);
    twice.append(str("1"));
    QCOMPARE(m_client->call(str("Conversation/get"), {{str("ids"), twice}})[str("list")].toArray().size(), most);
}

void AnnouncedTest::objectsWithoutIds()
{
    const qint64 most = told("maxObjectsInGet");
    for (qint64 i = 0; i < most; ++i)
        QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("tag %1").arg(i)}).isApplied());
    QCOMPARE(m_client->call(str("Tag/get"))[str("list")].toArray().size(), most);
    QCOMPARE(m_client->call(str("Tag/get"), {{str("ids"), QJsonValue()}})[str("list")].toArray().size(), most);
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("one more")}).isApplied());
    QCOMPARE(m_client->call(str("Tag/get"))[str("error")], str("requestTooLarge"));
    QCOMPARE(m_client->call(str("Tag/get"), {{str("ids"), QJsonValue()}})[str("error")], str("requestTooLarge"));
    // Twelve conversations, of which Bo may see six.
    QCOMPARE(m_client->call(str("Conversation/get"))[str("error")], str("requestTooLarge"));
    const auto bo = m_world->client(ServerWorld::bo);
    QCOMPARE(bo->call(str("Conversation/get"))[str("list")].toArray().size(), 6);
}

void AnnouncedTest::actionsInPerform()
{
    const qint64 most = told("maxObjectsInSet");
    const auto perform = [this](qint64 count) {
        QJsonArray actions;
        for (qint64 i = 0; i < count; ++i)
            actions.append(wireAction(str("addTag"), {{str("conversation"), str("1")}, {str("tag"), str("t")}}));
        return m_client->call(str("Action/perform"), {{str("actions"), actions}});
    };
    QCOMPARE(perform(most)[str("outcomes")].toArray().size(), most);
    QCOMPARE(perform(most + 1)[str("error")], str("requestTooLarge"));
}

void AnnouncedTest::changesComeInPieces_data()
{
    QTest::addColumn<QJsonValue>("wish");
    QTest::addColumn<int>("size");
    QTest::newRow("as many as there are") << QJsonValue() << 7;
    QTest::newRow("more than there may be") << QJsonValue(1000) << 7;
    QTest::newRow("fewer") << QJsonValue(3) << 3;
}

void AnnouncedTest::changesComeInPieces()
{
    QFETCH(QJsonValue, wish);
    QFETCH(int, size);
    QJsonObject arguments{{str("sinceState"), QString(stem() + str("-0"))}};
    if (!wish.isNull())
        arguments.insert(str("maxChanges"), wish);
    QSet<QString> ids;
    for (int left = 12; left > 0; left -= size) {
        const QJsonObject answer = m_client->call(str("Conversation/changes"), arguments);
        const QJsonArray created = answer[str("created")].toArray();
        QCOMPARE(created.size(), std::min(left, size));
        QCOMPARE(answer[str("hasMoreChanges")].toBool(), left > size);
        for (const QJsonValue &id : created)
            ids.insert(id.toString());
        arguments.insert(str("sinceState"), answer[str("newState")]);
    }
    QCOMPARE(ids.size(), 12);
}

void AnnouncedTest::changesOfAllComeInPieces()
{
    QJsonObject arguments{{str("sinceState"), QString(stem() + str("-0"))}, {str("maxChanges"), 1000}};
    QSet<QString> conversations;
    bool hasMore = true;
    for (int i = 0; hasMore && i < 100; ++i) {
        const QJsonObject answer = m_client->call(str("Row/changes"), arguments);
        const QJsonObject rows = answer[str("rows")].toObject();
        qsizetype count = answer[str("destroyed")].toArray().size();
        for (const QJsonValue &list : rows)
            count += list.toArray().size();
        hasMore = answer[str("hasMoreChanges")].toBool();
        QVERIFY(hasMore ? count == 7 : count <= 7);
        for (const QJsonValue &row : rows[str("Conversation")].toArray())
            conversations.insert(row[str("id")].toString());
        arguments.insert(str("sinceState"), answer[str("newState")]);
    }
    QVERIFY(!hasMore);
    QCOMPARE(conversations.size(), 12);
}

/// RFC 8620 5.5: with the limit told where it is the server's.
void AnnouncedTest::idsOfQueriesComeInPieces()
{
    for (const char *method : {"Conversation/query", "Message/query"}) {
        for (const QJsonObject &wish : {QJsonObject(), QJsonObject{{str("limit"), 1000}}}) {
            const QJsonObject answer = m_client->call(str(method), wish);
            QCOMPARE(answer[str("ids")].toArray().size(), 6);
            QCOMPARE(answer[str("limit")].toInteger(), 6);
        }
        const QJsonObject fewer = m_client->call(str(method), {{str("limit"), 4}});
        QCOMPARE(fewer[str("ids")].toArray().size(), 4);
        QVERIFY(!fewer.contains(str("limit")));
    }
}

QTEST_GUILESS_MAIN(AnnouncedTest)
#include "tst_announced.moc"
