// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/future.h"
#include "tests/server/serverworld.h"
#include "tests/server/socketlistener.h"
#include "workspace/changes.h"
#include "workspace/wirerows.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

#include <functional>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

QStringList texts(const QJsonValue &list)
{
    QStringList all;
    for (const QJsonValue &item : list.toArray())
        all.append(item.toString());
    return all;
}

/// A state string.
QString state(const QString &stem, const char *seq)
{
    return stem + u'-' + QLatin1StringView(seq);
}

QStringList types()
{
    QStringList all;
    for (const QByteArray &table : synchronisedTables())
        all.append(wireTypeOf(table));
    return all;
}

} // namespace

/// Session, get, changes: what RFC 8620 promises, and that nobody sees what they may not.
class JmapTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_world = std::make_unique<ServerWorld>(); }
    void cleanup() { m_world.reset(); }
    void sessionTellsWhatThereIs();
    void sessionStateIsThatOfResponses();
    void echoNeedsOnlyCore();
    void methodErrorsStandAlone_data();
    void methodErrorsStandAlone();
    void everyTypeIsRead();
    void everyColumnHasAForm();
    void propertiesAreChosen();
    void batchFollowsReferences();
    void referencesBringNoMoreThanARequest_data();
    void referencesBringNoMoreThanARequest();
    void answersTogetherAreBounded();
    void changesOfAnySizeLeadToTheSame_data();
    void changesOfAnySizeLeadToTheSame();
    void destroyedRowsAreTold();
    void statesThatCannotBeFollowed();
    void stateThatIsStillToCome();
    void readsOfARequestShareOneSnapshot();
    void hiddenChannelIsNowhere_data();
    void hiddenChannelIsNowhere();
    void hiddenRowsAreNotFoundById();
    void withdrawnGrantEndsTheState();
    void newChannelForAllKeepsTheState();
    void serverOnlyTablesAreNoTypes();

private:
    /// All ids of a type by following its changes from nothing.
    [[nodiscard]] QSet<QString> follow(WireClient &client, const QString &type, const QString &stem, int most);
    [[nodiscard]] QString stem(WireClient &client);

    std::unique_ptr<ServerWorld> m_world;
};

QString JmapTest::stem(WireClient &client)
{
    return client.call(str("Tag/get")).value(str("state")).toString().section(u'-', 0, -2);
}

void JmapTest::sessionTellsWhatThereIs()
{
    const auto client = m_world->client(ServerWorld::kim);
    const QJsonObject session = client->get("/.well-known/jmap").json();
    const QString base = str("http://127.0.0.1:") + QString::number(m_world->server().port());
    QCOMPARE(session.value(str("apiUrl")).toString(), base + str("/jmap/api"));
    QCOMPARE(session.value(str("username")).toString(), str("Kim"));
    const QJsonObject core =
        session.value(str("capabilities")).toObject().value(str("urn:ietf:params:jmap:core")).toObject();
    for (const char *limit : {"maxSizeUpload", "maxConcurrentUpload", "maxSizeRequest", "maxConcurrentRequests",
                              "maxCallsInRequest", "maxObjectsInGet", "maxObjectsInSet"})
        QVERIFY2(core.value(str(limit)).toInteger() > 0, limit);
    QVERIFY(core.value(str("collationAlgorithms")).isArray());
    const QJsonValue desk = session.value(str("capabilities"))[str("urn:earshot:params:jmap:desk")];
    QCOMPARE(desk[str("protocol")].toInt(), 1);
    const QJsonObject account = session.value(str("accounts")).toObject().value(m_world->account()).toObject();
    QCOMPARE(account.value(str("isReadOnly")).toBool(true), false);
    QCOMPARE(session.value(str("primaryAccounts")).toObject().value(str("urn:earshot:params:jmap:desk")).toString(),
             m_world->account());
    for (const char *url : {"downloadUrl", "uploadUrl", "eventSourceUrl"})
        QVERIFY2(session.value(str(url)).toString().startsWith(base), url);
    const QJsonObject viewer = m_world->client(ServerWorld::vic)->get("/.well-known/jmap").json();
    QVERIFY(viewer.value(str("accounts"))
                .toObject()
                .value(m_world->account())
                .toObject()
                .value(str("isReadOnly"))
                .toBool());
}

void JmapTest::sessionStateIsThatOfResponses()
{
    const auto client = m_world->client(ServerWorld::kim);
    const QString before = client->get("/.well-known/jmap").json().value(str("state")).toString();
    QCOMPARE(client->post({}).json().value(str("sessionState")).toString(), before);
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, Role::lead, {}}).isApplied());
    const QString after = client->post({}).json().value(str("sessionState")).toString();
    QVERIFY(after != before);
    QCOMPARE(client->get("/.well-known/jmap").json().value(str("state")).toString(), after);
}

void JmapTest::echoNeedsOnlyCore()
{
    const auto client = m_world->client();
    const QByteArray body = R"({"using":["urn:ietf:params:jmap:core"],"methodCalls":[
        ["Core/echo",{"a":[1,{"b":null}]},"x"],["Tag/get",{"accountId":"a"},"y"],["Core/nothing",{},"z"]]})";
    const QJsonObject answer = client->send("POST", "/jmap/api", body).json();
    const QByteArray expected = R"([["Core/echo",{"a":[1,{"b":null}]},"x"],["error",{"type":"unknownMethod"},"y"],)"
                                R"(["error",{"type":"unknownMethod"},"z"]])";
    QCOMPARE(QJsonDocument(answer.value(str("methodResponses")).toArray()).toJson(QJsonDocument::Compact), expected);
    const QByteArray alone = R"({"using":["urn:earshot:params:jmap:desk"],"methodCalls":[["Core/echo",{},"x"]]})";
    QVERIFY(client->send("POST", "/jmap/api", alone).body.contains("unknownMethod"));
}

void JmapTest::methodErrorsStandAlone_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *method, const char *arguments, const char *error) {
        QTest::addRow("%s %s", method, arguments) << str(method) << str(arguments) << str(error);
    };
    row("Nothing/get", "{}", "unknownMethod");
    row("Tag/set", "{}", "unknownMethod");
    row("Tag/query", "{}", "unknownMethod");
    row("Tag", "{}", "unknownMethod");
    row("Tag/get", R"({"accountId":"other"})", "accountNotFound");
    row("Tag/get", R"({"accountId":3})", "invalidArguments");
    row("Tag/get", R"({"ids":"1"})", "invalidArguments");
    row("Tag/get", R"({"ids":[1]})", "invalidArguments");
    row("Tag/get", R"({"properties":["nothing"]})", "invalidArguments");
    row("Tag/get", R"({"more":1})", "invalidArguments");
    row("Tag/changes", "{}", "invalidArguments");
    row("Tag/changes", R"({"sinceState":"x"})", "cannotCalculateChanges");
    row("Tag/changes", R"({"sinceState":"x","maxChanges":0})", "invalidArguments");
    row("Tag/changes", R"({"sinceState":"x","maxChanges":1.5})", "invalidArguments");
    row("Conversation/queryChanges", R"({"sinceQueryState":"x"})", "cannotCalculateChanges");
    row("Action/perform", R"({"actions":{}})", "invalidArguments");
}

void JmapTest::methodErrorsStandAlone()
{
    QFETCH(QString, method);
    QFETCH(QString, arguments);
    const auto client = m_world->client();
    QJsonObject given = QJsonDocument::fromJson(arguments.toUtf8()).object();
    if (!given.contains(str("accountId")))
        given.insert(str("accountId"), m_world->account());
    const QJsonObject answer =
        client
            ->post({QJsonArray{str("Core/echo"), QJsonObject(), str("0")}, QJsonArray{method, given, str("1")},
                    QJsonArray{str("Core/echo"), QJsonObject(), str("2")}})
            .json();
    const QJsonArray responses = answer.value(str("methodResponses")).toArray();
    QCOMPARE(responses.size(), 3);
    QCOMPARE(responses[1].toArray()[0].toString(), str("error"));
    QTEST(responses[1].toArray()[1].toObject().value(str("type")).toString(), "error");
    QCOMPARE(responses[2].toArray()[0].toString(), str("Core/echo"));
}

void JmapTest::everyTypeIsRead()
{
    const auto client = m_world->client();
    for (const QString &type : types()) {
        const QJsonObject answer = client->call(type + str("/get"));
        QVERIFY2(answer.contains(str("list")), qPrintable(type + str(" ") + answer.value(str("error")).toString()));
        QVERIFY(answer.value(str("state")).toString().contains(u'-'));
        for (const QJsonValue &row : answer.value(str("list")).toArray())
            QVERIFY(row.toObject().value(str("id")).isString());
    }
    const QJsonObject conversation =
        client->call(str("Conversation/get"), {{str("ids"), QJsonArray{str("1")}}}).value(str("list"))[0].toObject();
    QCOMPARE(conversation.value(str("status")).toString(), str("open"));
    QCOMPARE(conversation.value(str("needsAnswer")).toBool(), true);
    QCOMPARE(conversation.value(str("assignee")).type(), QJsonValue::Null);
    QCOMPARE(conversation.value(str("channel")).toString(), str("1"));
    QCOMPARE(conversation.value(str("snoozedUntil")).type(), QJsonValue::Null);
    QVERIFY(conversation.value(str("createdAt")).toString().endsWith(u'Z'));
}

/// A whole number whose form nobody decided would be a bare number: those that are meant so are named here.
void JmapTest::everyColumnHasAForm()
{
    const QSet<QString> numbers{
        str("seq"),          str("createdSeq"),      str("publicSeq"),  str("publicSeqOther"), str("statusSeq"),
        str("assigneeSeq"),  str("prioritySeq"),     str("basedOn"),    str("lastAction"),     str("deviceNumber"),
        str("pullEvery"),    str("maxLength"),       str("perUrl"),     str("maxMedia"),       str("maxMediaBytes"),
        str("keyLifetime"),  str("visibilityDelay"), str("number"),     str("ordinal"),        str("trouble"),
        str("messageCount"), str("uriKey"),          str("rating"),     str("position"),       str("width"),
        str("height"),       str("sentWidth"),       str("sentHeight"), str("attempts"),       str("maxPrivateLength"),
        str("statuses"),     str("owner"),           str("listOrder"),  str("value"),          str("openLimit"),
        str("followers"),    str("waitsLonger")};
    const Done done =
        m_world->workspace()
            .readNow<bool>([&numbers](Database &database) -> Result<bool> {
                for (const QByteArray &table : synchronisedTables()) {
                    const QList<WireColumn> &columns = wireColumns(database, table);
                    if (columns.size() < 5 && table != "contact")
                        return fail(ErrorKind::unknown, QString::fromLatin1(table));
                    for (const WireColumn &column : columns) {
                        if (column.form == WireForm::number && !numbers.contains(column.property))
                            return fail(ErrorKind::unknown, QString::fromLatin1(table) + u'.' + column.property);
                    }
                }
                return true;
            })
            .map([](bool) {});
    QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
}

void JmapTest::propertiesAreChosen()
{
    const auto client = m_world->client();
    const QJsonObject answer =
        client->call(str("Agent/get"), {{str("ids"), QJsonArray{str("2"), str("2"), str("99"), str("x"), str("02")}},
                                        {str("properties"), QJsonArray{str("name")}}});
    QCOMPARE(QJsonDocument(answer.value(str("list")).toArray()).toJson(QJsonDocument::Compact),
             QByteArray(R"([{"id":"2","name":"Kim"}])"));
    QCOMPARE(texts(answer.value(str("notFound"))), QStringList({str("99"), str("x"), str("02")}));
}

void JmapTest::batchFollowsReferences()
{
    const auto client = m_world->client();
    const auto reference = [](const char *call, const char *method, const char *path) {
        return QJsonObject{{str("resultOf"), str(call)}, {str("name"), str(method)}, {str("path"), str(path)}};
    };
    const QString account = m_world->account();
    const QJsonArray responses =
        client
            ->post({QJsonArray{str("Conversation/query"), QJsonObject{{str("accountId"), account}, {str("limit"), 2}},
                               str("a")},
                    QJsonArray{str("Conversation/get"),
                               QJsonObject{{str("accountId"), account},
                                           {str("#ids"), reference("a", "Conversation/query", "/ids")}},
                               str("b")},
                    QJsonArray{str("Identity/get"),
                               QJsonObject{{str("accountId"), account},
                                           {str("#ids"), reference("b", "Conversation/get", "/list/*/identity")}},
                               str("c")},
                    QJsonArray{str("Identity/get"),
                               QJsonObject{{str("accountId"), account},
                                           {str("#ids"), reference("b", "Conversation/get", "/nothing")}},
                               str("d")}})
            .json()
            .value(str("methodResponses"))
            .toArray();
    QCOMPARE(responses[2].toArray()[1].toObject().value(str("list")).toArray().size(), 2);
    QCOMPARE(responses[3].toArray()[1].toObject().value(str("type")).toString(), str("invalidResultReference"));
}

QSet<QString> JmapTest::follow(WireClient &client, const QString &type, const QString &start, int most)
{
    QSet<QString> ids;
    QString at = state(start, "0");
    QJsonObject answer;
    do {
        answer = client.call(type + str("/changes"), {{str("sinceState"), at}, {str("maxChanges"), most}});
        const QStringList created = texts(answer.value(str("created")));
        const QStringList updated = texts(answer.value(str("updated")));
        const QStringList destroyed = texts(answer.value(str("destroyed")));
        if (answer.contains(str("error")) || created.size() + updated.size() + destroyed.size() > most)
            return {str("error")};
        for (const QString &id : created + updated)
            ids.insert(id);
        for (const QString &id : destroyed)
            ids.remove(id);
        at = answer.value(str("newState")).toString();
    } while (answer.value(str("hasMoreChanges")).toBool());
    // Where nothing more follows is where a get is.
    const QString now = client.call(type + str("/get"), {{str("ids"), QJsonArray()}}).value(str("state")).toString();
    return now == at ? ids : QSet<QString>{str("other state")};
}

void JmapTest::referencesBringNoMoreThanARequest_data()
{
    QTest::addColumn<bool>("isOverSocket");
    QTest::newRow("HTTP") << false;
    QTest::newRow("WebSocket") << true;
}

/// Each call says twice what the one before it said: two to the thirty-first, if nobody counted.
void JmapTest::referencesBringNoMoreThanARequest()
{
    QFETCH(bool, isOverSocket);
    QJsonArray calls;
    calls.append(QJsonArray{str("Core/echo"), QJsonObject{{str("text"), QString(100, u'x')}}, str("0")});
    const auto reference = [](int call) {
        return QJsonObject{
            {str("resultOf"), QString::number(call)}, {str("name"), str("Core/echo")}, {str("path"), str("")}};
    };
    for (int i = 1; i < 32; ++i)
        calls.append(QJsonArray{str("Core/echo"),
                                QJsonObject{{str("#a"), reference(i - 1)}, {str("#b"), reference(i - 1)}},
                                QString::number(i)});
    QJsonArray responses;
    if (isOverSocket) {
        SocketListener socket(m_world->server().port(), m_world->token(ServerWorld::kim));
        QTRY_VERIFY(socket.isOpen());
        QJsonObject request = QJsonDocument::fromJson(requestBody(calls)).object();
        request.insert(str("@type"), str("Request"));
        socket.send(request);
        QTRY_VERIFY(!socket.ofType("Response").isEmpty());
        responses = socket.ofType("Response").constFirst().value(str("methodResponses")).toArray();
    } else {
        responses = m_world->client(ServerWorld::kim)->post(calls).json().value(str("methodResponses")).toArray();
    }
    QCOMPARE(responses.size(), calls.size());
    QCOMPARE(responses[8].toArray()[0].toString(), str("Core/echo"));
    const QJsonArray last = responses.last().toArray();
    QCOMPARE(last[0].toString(), str("error"));
    QCOMPARE(m_world->client()->get("/healthz").status, 200);
    QStringList errors;
    for (const QJsonValue &response : std::as_const(responses)) {
        if (response.toArray()[0].toString() == str("error"))
            errors.append(response.toArray()[1].toObject().value(str("type")).toString());
    }
    QCOMPARE(errors.first(), str("requestTooLarge"));
}

/// A method alone may say as much as its own limits allow.
void JmapTest::answersTogetherAreBounded()
{
    ServerLimits limits;
    limits.responseBytes = 3000;
    ServerWorld world(limits);
    const auto client = world.client();
    const QJsonObject account{{str("accountId"), world.account()}};
    const QJsonArray get{str("Message/get"), account, str("0")};
    QJsonArray calls;
    calls.append(get);
    QVERIFY(client->post(calls).body.size() > 3000);
    calls.append(get);
    calls.append(QJsonArray{str("Core/echo"), account, str("1")});
    const QJsonArray responses = client->post(calls).json().value(str("methodResponses")).toArray();
    QCOMPARE(responses[0].toArray()[0].toString(), str("Message/get"));
    QCOMPARE(responses[1].toArray()[0].toString(), str("error"));
    QCOMPARE(responses[1].toArray()[1].toObject().value(str("type")).toString(), str("requestTooLarge"));
    QCOMPARE(responses[2].toArray()[0].toString(), str("Core/echo"));
}

void JmapTest::changesOfAnySizeLeadToTheSame_data()
{
    QTest::addColumn<int>("most");
    for (const int most : {1, 2, 3, 7, 1000})
        QTest::addRow("%d", most) << most;
}

void JmapTest::changesOfAnySizeLeadToTheSame()
{
    QFETCH(int, most);
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("broken")}).isApplied());
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("urgent")}).isApplied());
    QVERIFY(m_world->act(Act::RemoveTag{ConversationId(1), str("broken")}).isApplied());
    const auto client = m_world->client();
    const QString start = stem(*client);
    for (const QString &type : types()) {
        QSet<QString> present;
        for (const QJsonValue &row : client->call(type + str("/get")).value(str("list")).toArray())
            present.insert(row.toObject().value(str("id")).toString());
        QCOMPARE(follow(*client, type, start, most), present);
    }
}

void JmapTest::destroyedRowsAreTold()
{
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("broken")}).isApplied());
    const auto client = m_world->client();
    const QJsonObject before = client->call(str("ConversationTag/get"));
    const QString id = before.value(str("list"))[0].toObject().value(str("id")).toString();
    QVERIFY(m_world->act(Act::RemoveTag{ConversationId(1), str("broken")}).isApplied());
    const QJsonObject changes =
        client->call(str("ConversationTag/changes"), {{str("sinceState"), before.value(str("state"))}});
    QCOMPARE(texts(changes.value(str("destroyed"))), QStringList{id});
    QVERIFY(texts(changes.value(str("created"))).isEmpty());
    QVERIFY(changes.value(str("newState")) != before.value(str("state")));
    // The row's number is given again: to whoever had the old one it is one row, and there.
    QVERIFY(m_world->act(Act::AddTag{ConversationId(2), str("broken")}).isApplied());
    const QJsonObject again =
        client->call(str("ConversationTag/changes"), {{str("sinceState"), before.value(str("state"))}});
    QVERIFY(texts(again.value(str("destroyed"))).isEmpty());
    QCOMPARE(texts(again.value(str("created"))), QStringList{id});
}

void JmapTest::statesThatCannotBeFollowed()
{
    const auto client = m_world->client();
    const QString start = stem(*client);
    const QStringList bad{str("x-1"), start, state(start, ""), state(start, "-1"), state(start + u'x', "1"), QString()};
    for (const QString &since : bad)
        QCOMPARE(client->call(str("Tag/changes"), {{str("sinceState"), since}}).value(str("error")).toString(),
                 str("cannotCalculateChanges"));
    m_world->runSql(str("INSERT INTO meta (name, value) VALUES ('tombstones_since', '5')"));
    QCOMPARE(
        client->call(str("Agent/changes"), {{str("sinceState"), state(start, "4")}}).value(str("error")).toString(),
        str("cannotCalculateChanges"));
    QVERIFY(!client->call(str("Agent/changes"), {{str("sinceState"), state(start, "5")}}).contains(str("error")));
}

/// Any number is accepted; nothing has changed since one that is not reached yet, and it is not gone back from.
void JmapTest::stateThatIsStillToCome()
{
    const auto client = m_world->client();
    const QString future = state(stem(*client), "999999999");
    const QJsonObject answer = client->call(str("Tag/changes"), {{str("sinceState"), future}});
    QVERIFY(!answer.contains(str("error")));
    for (const char *list : {"created", "updated", "destroyed"})
        QVERIFY2(answer.value(str(list)).toArray().isEmpty(), list);
    QCOMPARE(answer.value(str("oldState")).toString(), future);
    QCOMPARE(answer.value(str("newState")).toString(), future);
    QVERIFY(!answer.value(str("hasMoreChanges")).toBool(true));
}

/// However much is committed meanwhile.
void JmapTest::readsOfARequestShareOneSnapshot()
{
    const auto client = m_world->client();
    const QJsonObject one{{str("accountId"), m_world->account()}, {str("ids"), QJsonArray{str("1")}}};
    QJsonArray calls;
    for (int i = 0; i < 32; ++i)
        calls.append(QJsonArray{str("Conversation/get"), one, QString::number(i)});
    QSet<QString> states;
    int begun = 0;
    int written = 0;
    bool isReading = true;
    QObject here;
    const std::function<void()> write = [&] {
        Act::SetPriority wish{ConversationId(1), ++begun % 2 == 0 ? Priority::high : Priority::low};
        whenDone(m_world->desk().performAs(ServerWorld::ana, {makeAction(wish, m_world->clock().now())}), &here,
                 [&](const QList<Outcome> &) {
                     ++written;
                     if (isReading)
                         write();
                 });
    };
    for (int i = 0; i < 10; ++i)
        write();
    for (int request = 0; request < 150; ++request) {
        const int before = written;
        const QJsonArray responses = client->post(calls).json().value(str("methodResponses")).toArray();
        QCOMPARE(responses.size(), 32);
        const QJsonValue first = responses[0].toArray()[1];
        for (const QJsonValue &response : responses)
            QCOMPARE(response.toArray()[1], first);
        states.insert(first[str("state")].toString());
        // However slow the writer is: the requests do not all come before it.
        QTRY_VERIFY(written > before);
    }
    isReading = false;
    QTRY_COMPARE(written, begun);
    QVERIFY(states.size() > 5);
}

void JmapTest::hiddenChannelIsNowhere_data()
{
    QTest::addColumn<qint64>("agent");
    QTest::addColumn<bool>("sees");
    QTest::newRow("admin") << ServerWorld::ana.value << true;
    QTest::newRow("member") << ServerWorld::kim.value << true;
    QTest::newRow("other agent") << ServerWorld::bo.value << false;
    QTest::newRow("viewer") << ServerWorld::vic.value << false;
}

/// No byte of the channel in anything that the agent can ask for.
void JmapTest::hiddenChannelIsNowhere()
{
    QFETCH(qint64, agent);
    QFETCH(bool, sees);
    QVERIFY(m_world->act(Act::AddNote{ConversationId(2), str("secretword in a note for @Bo")}).isApplied());
    QVERIFY(m_world->act(Act::AddTag{ConversationId(2), str("ordinary")}).isApplied());
    QVERIFY(m_world->act(Act::RemoveTag{ConversationId(2), str("ordinary")}).isApplied());
    const auto client = m_world->client(AgentId(agent));
    const QString start = stem(*client);
    QByteArray everything;
    for (const QString &type : types()) {
        for (const QString &verb : {str("/get"), str("/changes")}) {
            QJsonObject arguments{{str("accountId"), m_world->account()}};
            if (verb == str("/changes"))
                arguments.insert(str("sinceState"), state(start, "0"));
            everything += client->post(oneCall(QString(type + verb), arguments)).body;
        }
        const QJsonObject changes = client->call(type + str("/changes"), {{str("sinceState"), state(start, "0")}});
        const QJsonObject all = client->call(type + str("/get"));
        QVERIFY(!changes.contains(str("error")) && !all.contains(str("error")));
        const QStringList created = texts(changes.value(str("created")));
        QCOMPARE(QSet<QString>(created.cbegin(), created.cend()).size(), all.value(str("list")).toArray().size());
    }
    QCOMPARE(everything.contains("openword"), true);
    QCOMPARE(everything.contains("secretword"), sees);
    QCOMPARE(everything.contains("@sales@social.example"), sees);
    QCOMPARE(everything.contains("Author s0"), sees);
    QCOMPARE(everything.contains("\"channel\":\"2\""), sees);
    const QJsonObject tombstones =
        client->call(str("ConversationTag/changes"), {{str("sinceState"), state(start, "0")}});
    QCOMPARE(texts(tombstones.value(str("destroyed"))).isEmpty(), !sees);
    const QJsonObject counted = client->call(str("Conversation/query"), {{str("calculateTotal"), true}});
    QCOMPARE(counted.value(str("total")).toInteger(), sees ? 6 : 3);
    QCOMPARE(counted.value(str("ids")).toArray().size(), sees ? 6 : 3);
    const auto query = [&client](const char *method, const QJsonObject &filter) {
        return client->call(str(method), {{str("filter"), filter}}).value(str("ids")).toArray().size();
    };
    QCOMPARE(query("Message/query", {{str("text"), str("secretword")}}), sees ? 4 : 0);
    QCOMPARE(query("Message/query", {{str("conversation"), str("2")}}), sees ? 2 : 0);
    QCOMPARE(query("Conversation/query", {{str("channel"), str("2")}}), sees ? 3 : 0);
}

void JmapTest::hiddenRowsAreNotFoundById()
{
    const auto client = m_world->client(ServerWorld::bo);
    const QJsonObject answer = client->call(str("Conversation/get"), {{str("ids"), QJsonArray{str("1"), str("2")}}});
    QCOMPARE(answer.value(str("list")).toArray().size(), 1);
    QCOMPARE(texts(answer.value(str("notFound"))), QStringList{str("2")});
    QCOMPARE(texts(client->call(str("Channel/get"), {{str("ids"), QJsonArray{str("2")}}}).value(str("notFound"))),
             QStringList{str("2")});
}

void JmapTest::withdrawnGrantEndsTheState()
{
    const auto client = m_world->client(ServerWorld::kim);
    const QString before = client->call(str("Conversation/get")).value(str("state")).toString();
    m_world->runSql(str("DELETE FROM team_member WHERE id = 1;"
                        "INSERT INTO tombstone (seq, name, row, at) VALUES (:1, 'team_member', 1, 0)"));
    QCOMPARE(client->call(str("Conversation/changes"), {{str("sinceState"), before}}).value(str("error")).toString(),
             str("cannotCalculateChanges"));
    QCOMPARE(client->call(str("Conversation/get")).value(str("list")).toArray().size(), 3);
    const QString without = client->call(str("Conversation/get")).value(str("state")).toString();
    m_world->runSql(str("INSERT INTO team_member (id, seq, created_seq, team, agent) VALUES (1, :1, :1, 1, 2)"));
    QCOMPARE(client->call(str("Conversation/changes"), {{str("sinceState"), without}}).value(str("error")).toString(),
             str("cannotCalculateChanges"));
}

void JmapTest::newChannelForAllKeepsTheState()
{
    const auto client = m_world->client(ServerWorld::bo);
    const QString before = client->call(str("Channel/get")).value(str("state")).toString();
    Act::AddChannel channel;
    channel.network = Network::feed;
    channel.address = str("https://blog.example/feed");
    QVERIFY(m_world->act(channel).isApplied());
    const QJsonObject changes = client->call(str("Channel/changes"), {{str("sinceState"), before}});
    QCOMPARE(texts(changes.value(str("created"))), QStringList{str("3")});
}

void JmapTest::serverOnlyTablesAreNoTypes()
{
    const auto client = m_world->client();
    for (const char *type : {"Token", "Account", "AccessLog", "Meta", "Outgoing", "Attempt", "Outcome", "Position",
                             "Draft", "Seen", "Setting", "CommitLog", "Tombstone"})
        QCOMPARE(client->call(str(type) + str("/get")).value(str("error")).toString(), str("unknownMethod"));
}

QTEST_GUILESS_MAIN(JmapTest)
#include "tst_jmap.moc"
