// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/hostilecalls.h"
#include "tests/server/serverworld.h"
#include "workspace/upkeep.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

QJsonArray listOf(const char *json)
{
    return QJsonDocument::fromJson(json).array();
}

/// Puts something else somewhere into a value.
class Mutator
{
public:
    Mutator(QRandomGenerator &random, const QString &stem)
        : m_random(random)
    {
        m_rubbish = QJsonDocument::fromJson(QByteArray(rubbish).replace("STATE", stem.toUtf8())).array();
    }
    [[nodiscard]] QJsonValue mutated(const QJsonValue &value, int depth = 0)
    {
        if (depth > 0 && m_random.bounded(4) == 0)
            return anything();
        if (value.isObject() && !value.toObject().isEmpty())
            return mutatedObject(value.toObject(), depth);
        if (value.isArray() && !value.toArray().isEmpty())
            return mutatedList(value.toArray(), depth);
        if (value.isString() && m_random.bounded(3) == 0)
            return longer(value.toString() + anything().toString());
        return depth == 0 ? value : anything();
    }

private:
    /// Sometimes very long; but not what is so already, as that would be gigabytes.
    [[nodiscard]] QString longer(const QString &text)
    {
        return text.size() < 200 && m_random.bounded(50) == 0 ? text.repeated(5000) : text;
    }
    [[nodiscard]] QJsonValue anything() { return m_rubbish[m_random.bounded(m_rubbish.size())]; }
    [[nodiscard]] QJsonValue mutatedObject(QJsonObject object, int depth)
    {
        const QStringList names = object.keys();
        const QString name = names[m_random.bounded(names.size())];
        const int way = m_random.bounded(8);
        if (way == 0)
            object.remove(name);
        else if (way == 1)
            object.insert(anything().toString(str("more")), anything());
        else if (way == 2)
            object.insert(names[m_random.bounded(names.size())], object.value(name));
        else
            object.insert(name, mutated(object.value(name), depth + 1));
        return object;
    }
    [[nodiscard]] QJsonValue mutatedList(QJsonArray list, int depth)
    {
        const qsizetype at = m_random.bounded(list.size());
        const int way = m_random.bounded(6);
        if (way == 0)
            list.removeAt(at);
        else if (way == 1)
            list.append(list[at]);
        else if (way == 2)
            list.insert(at, anything());
        else
            list[at] = mutated(list[at], depth + 1);
        return list;
    }

    QRandomGenerator &m_random;
    QJsonArray m_rubbish;
};

ServerLimits generous()
{
    ServerLimits limits;
    limits.requestsPerSecond = limits.requestBurst = 1'000'000;
    limits.strangersPerSecond = limits.strangerBurst = 1'000'000;
    return limits;
}

} // namespace

/// Requests that are nearly right, by the thousand: each is answered, nothing is harmed. Failures name their seed;
/// EARSHOT_TEST_SEED runs it again.
class HostileTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodCallsAreGood();
    void nearlyRightCallsAreAnswered_data();
    void nearlyRightCallsAreAnswered();
    void nearlyRightHeadsHarmNobody_data();
    void nearlyRightHeadsHarmNobody();

private:
    static void addSeeds(int count);
    static QString stemOf(WireClient &client)
    {
        return client.call(str("Tag/get")).value(str("state")).toString().section(u'-', 0, -2);
    }
};

void HostileTest::addSeeds(int count)
{
    QTest::addColumn<quint32>("seed");
    const quint32 given = qEnvironmentVariable("EARSHOT_TEST_SEED").toUInt();
    for (int i = 0; i < (given != 0 ? 1 : count); ++i) {
        const quint32 seed = given != 0 ? given : QRandomGenerator::global()->generate();
        QTest::addRow("seed %u", seed) << seed;
    }
}

/// What is mutated below was right before.
void HostileTest::goodCallsAreGood()
{
    ServerWorld world(generous());
    static_cast<void>(world.act(Act::AddTag{ConversationId(1), str("lamp")}));
    const auto client = world.client();
    const QByteArray text = QByteArray(goodCalls).replace("STATE", stemOf(*client).toUtf8());
    int bad = 0;
    for (const QJsonValue &call : QJsonDocument::fromJson(text).array()) {
        const QString method = call[0].toString();
        const QString error = client->call(method, call[1].toObject()).value(str("error")).toString();
        // Networks and tokens there are none; changes of queries are not kept; such a conversation is not there.
        const bool mayFail = error == str("anchorNotFound") || method.startsWith(str("Channel/")) ||
                             method == str("Access/change") || method.endsWith(str("/queryChanges"));
        if (!error.isEmpty() && !mayFail)
            qInfo("%s: %s", qPrintable(method), qPrintable(error));
        bad += !error.isEmpty() && !mayFail ? 1 : 0;
    }
    QCOMPARE(bad, 0);
    QVERIFY(listOf(goodCalls).size() > 20);
}

void HostileTest::nearlyRightCallsAreAnswered_data()
{
    addSeeds(4);
}

void HostileTest::nearlyRightCallsAreAnswered()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    ServerWorld world(generous());
    static_cast<void>(world.act(Act::AddTag{ConversationId(1), str("lamp")}));
    const QList<std::shared_ptr<WireClient>> clients{world.client(), world.client(ServerWorld::kim),
                                                     world.client(ServerWorld::bo)};
    const QString stem = stemOf(*clients[0]);
    const QJsonArray good = QJsonDocument::fromJson(QByteArray(goodCalls).replace("STATE", stem.toUtf8())).array();
    Mutator mutator(random, stem);
    QHash<QString, int> kinds;
    for (int round = 0; round < 400; ++round) {
        QJsonArray calls;
        for (int i = random.bounded(1, 9); i > 0; --i) {
            const QJsonValue chosen = good[random.bounded(good.size())];
            QJsonObject arguments = chosen[1].toObject();
            for (int times = random.bounded(1, 4); times > 0; --times)
                arguments = mutator.mutated(arguments).toObject();
            if (random.bounded(20) != 0)
                arguments.insert(str("accountId"), world.account());
            calls.append(QJsonArray{chosen[0], arguments, QString::number(i)});
        }
        WireClient &client = *clients[random.bounded(clients.size())];
        const QByteArray body = requestBody(calls);
        const WireReply reply = client.send("POST", "/jmap/api", body);
        QVERIFY2(reply.status == 200, body.constData());
        const QJsonArray responses = reply.json().value(str("methodResponses")).toArray();
        QCOMPARE(responses.size(), calls.size());
        for (qsizetype i = 0; i < responses.size(); ++i) {
            QCOMPARE(responses[i][2], calls[i][2]);
            const QString type = responses[i][1][str("type")].toString();
            const bool isError = responses[i][0].toString() == str("error");
            ++kinds[isError ? type : str("fine")];
            // Rubbish is the client's fault, never the server's; there are no networks here.
            const bool isOurs =
                isError && type == str("serverFail") && !calls[i][0].toString().startsWith(str("Channel/"));
            QVERIFY2(!isOurs, QJsonDocument(QJsonArray{calls[i], responses[i]}).toJson().constData());
            for (const QJsonValue &outcome : responses[i][1][str("outcomes")].toArray()) {
                const QString refusal = outcome[str("refusal")][str("kind")].toString();
                // It may be tried for ever: somebody did not look before it was stored.
                QVERIFY2(refusal != str("tryAgain"),
                         QJsonDocument(QJsonArray{calls[i], responses[i]}).toJson().constData());
            }
        }
    }
    QVERIFY(kinds.value(str("fine")) > 100 && kinds.value(str("invalidArguments")) > 100);
    QCOMPARE(clients[0]->get("/healthz").status, 200);
    const auto report = verifyWorkspace(world.workspace().path());
    QVERIFY(report);
    QVERIFY2(report->isSound(), qPrintable(report->problems.join(u'\n')));
}

void HostileTest::nearlyRightHeadsHarmNobody_data()
{
    addSeeds(3);
}

void HostileTest::nearlyRightHeadsHarmNobody()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    ServerWorld world(generous());
    const QByteArray token = world.token(ServerWorld::kim);
    const QByteArray body = requestBody(oneCall(str("Core/echo"), {{str("a"), 1}}));
    const QByteArrayList good{
        "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /.well-known/jmap HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token + "\r\n\r\n",
        "POST /jmap/api HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer " + token +
            "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body,
        "POST /jmap/api HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nTransfer-Encoding: "
        "chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "GET /jmap/eventsource/?types=*&closeafter=state&ping=0 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token +
            "\r\n\r\n",
        "GET /jmap/ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: "
        "dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: jmap\r\nAuthorization: "
        "Bearer " +
            token + "\r\n\r\n",
        "POST /auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        "GET /jmap/download/a/b/c?type=x HTTP/1.1\r\nHost: a\r\nRange: bytes=0-\r\nAuthorization: Bearer " + token +
            "\r\n\r\n",
        "OPTIONS /jmap/api HTTP/1.1\r\nHost: a\r\nOrigin: null\r\n\r\n",
        "HEAD / HTTP/1.0\r\n\r\n"};
    const QByteArrayList pieces{"\r\n",
                                "\r\n\r\n",
                                ":",
                                " ",
                                "\0",
                                "\xff\xfe",
                                "Content-Length: 99999999999999999999\r\n",
                                "Content-Length: -1\r\n",
                                "Transfer-Encoding: chunked\r\n",
                                "Host: b\r\n",
                                "%00",
                                "%2e%2e/",
                                "HTTP/1.1",
                                "HTTP/9.9",
                                "Connection: close\r\n",
                                "Content-Length: 3\r\n"};
    for (int round = 0; round < 150; ++round) {
        QByteArray bytes;
        for (int requests = random.bounded(1, 4); requests > 0; --requests) {
            QByteArray request = good[random.bounded(good.size())];
            for (int times = random.bounded(3); times > 0 && !request.isEmpty(); --times) {
                const qsizetype at = random.bounded(request.size());
                if (random.bounded(3) == 0)
                    request[at] = char(random.bounded(256));
                else if (random.bounded(2) == 0)
                    request.insert(at, pieces[random.bounded(pieces.size())]);
                else
                    request.remove(at, random.bounded(1, 20));
            }
            bytes += request;
        }
        WireClient rude(world.server().port(), {}, {});
        // In pieces, as it may come.
        for (qsizetype at = 0; at < bytes.size();) {
            const qsizetype length = random.bounded(1, 300);
            rude.write(bytes.mid(at, length));
            rude.socket().flush();
            at += length;
        }
        if (random.bounded(2) == 0)
            rude.socket().disconnectFromHost();
        QCOMPARE(world.client(AgentId())->get("/healthz").status, 200);
    }
    QTRY_COMPARE_WITH_TIMEOUT(world.server().counts().listeners, 0, 5'000);
    QTRY_COMPARE_WITH_TIMEOUT(world.server().counts().sockets, 0, 5'000);
    QTRY_COMPARE_WITH_TIMEOUT(world.server().connectionCount(), 0, 15'000);
}

QTEST_GUILESS_MAIN(HostileTest)
#include "tst_hostile.moc"
