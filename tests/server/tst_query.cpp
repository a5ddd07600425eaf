// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/serverworld.h"

#include <QTest>

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

QJsonObject objectOf(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

} // namespace

/// Conversation/query and Message/query: RFC 8620 5.5. Ten conversations on each channel, odd numbers on the open one.
class QueryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_world.reset(); }
    void filtersFind_data();
    void filtersFind();
    void sortsOrder_data();
    void sortsOrder();
    void windowsCut_data();
    void windowsCut();
    void badQueriesAreErrors_data();
    void badQueriesAreErrors();
    void totalsAreThoseOfTheViewer_data();
    void totalsAreThoseOfTheViewer();
    void messagesAreFound_data();
    void messagesAreFound();
    void timelineHasItsOrder();
    void messagesAreAnchored_data();
    void messagesAreAnchored();
    void conversationsAreCollapsed();
    void collapsedPagesAreCounted();
    void queryStateFollowsChanges();
    void queryStateChangesWithTheResults_data();
    void queryStateChangesWithTheResults();
    void depthIsLimited();
    void searchesEnd();

private:
    [[nodiscard]] QJsonObject query(const char *method, const QByteArray &arguments, AgentId agent = ServerWorld::ana)
    {
        return m_world->client(agent)->call(str(method), objectOf(arguments));
    }
    std::unique_ptr<ServerWorld> m_world;
};

void QueryTest::initTestCase()
{
    m_world = std::make_unique<ServerWorld>(ServerLimits(), 10);
    const auto act = [this](ActionArguments arguments, AgentId agent = ServerWorld::ana) {
        QVERIFY(m_world->act(std::move(arguments), agent).isApplied());
    };
    act(Act::Claim{ConversationId(1)}, ServerWorld::kim);
    act(Act::Claim{ConversationId(3)}, ServerWorld::kim);
    act(Act::SetPriority{ConversationId(3), Priority::urgent});
    act(Act::SetStatus{ConversationId(5), Status::resolved, Reason::noAnswerNeeded, {}});
    act(Act::AddTag{ConversationId(7), str("broken")});
    act(Act::AddTag{ConversationId(8), str("broken")});
    act(Act::AddNote{ConversationId(1), str("a note about openword")}, ServerWorld::kim);
}

void QueryTest::filtersFind_data()
{
    QTest::addColumn<QByteArray>("filter");
    QTest::addColumn<QString>("found"); ///< newest first
    const auto row = [](const char *filter, const char *found) {
        QTest::newRow(filter) << QByteArray(filter) << str(found);
    };
    row(R"({"assignee":"2"})", "3 1");
    row(R"({"assignee":"2","status":"open"})", "3 1");
    row(R"({"assignee":"2","priority":"urgent"})", "3");
    row(R"({"status":"resolved"})", "5");
    row(R"({"tag":"broken"})", "8 7");
    row(R"({"tag":"BROKEN","channel":"1"})", "7");
    row(R"({"tag":"nothing"})", "");
    row(R"({"number":4})", "4");
    row(R"({"channel":"9"})", "");
    row(R"({"hasTrouble":true})", "");
    row(R"({"isImported":true})", "");
    row(R"({"operator":"OR","conditions":[{"tag":"broken"},{"assignee":"2"}]})", "8 7 3 1");
    row(R"({"operator":"AND","conditions":[{"tag":"broken"},{"channel":"2"}]})", "8");
    row(R"({"operator":"NOT","conditions":[{"channel":"1"},{"tag":"broken"}]})", "20 18 16 14 12 10 6 4 2");
    row(R"({"operator":"AND","conditions":[{"channel":"1"},{"operator":"NOT","conditions":[{"status":"open"}]}]})",
        "5");
    row(R"({"operator":"AND","conditions":[{"assignee":null},{"status":"open"},{"channel":"1"}]})",
        "19 17 15 13 11 9 7");
    row(R"({"operator":"OR","conditions":[]})", "");
    row(R"({"operator":"AND","conditions":[{"channel":"1"},{"channel":"2"}]})", "");
}

void QueryTest::filtersFind()
{
    QFETCH(QByteArray, filter);
    QFETCH(QString, found);
    const QJsonObject answer = query("Conversation/query", R"({"calculateTotal":true,"filter":)" + filter + "}");
    QVERIFY2(!answer.contains(str("error")), qPrintable(answer.value(str("description")).toString()));
    QCOMPARE(texts(answer.value(str("ids"))).join(u' '), found);
    QCOMPARE(answer.value(str("total")).toInteger(), texts(answer.value(str("ids"))).size());
    QCOMPARE(answer.value(str("canCalculateChanges")).toBool(true), false);
}

void QueryTest::sortsOrder_data()
{
    QTest::addColumn<QByteArray>("arguments");
    QTest::addColumn<QString>("found");
    const auto row = [](const char *arguments, const char *found) {
        QTest::newRow(arguments) << QByteArray(arguments) << str(found);
    };
    row(R"({"filter":{"tag":"broken"},"sort":[{"property":"lastMessageAt"}]})", "7 8");
    row(R"({"filter":{"tag":"broken"},"sort":[{"property":"lastMessageAt","isAscending":false}]})", "8 7");
    row(R"({"limit":3,"sort":[{"property":"lastMessageAt","isAscending":true}]})", "1 2 3");
    row(R"({"limit":3,"filter":{"status":"open","needsAnswer":true},"sort":[{"property":"waitingSince"}]})", "1 2 3");
    row(R"({"limit":2,"filter":{"channel":"2"},"sort":[{"property":"lastMessageAt"}]})", "2 4");
    row(R"({"limit":2,"filter":{"assignee":"2","status":"open"},"sort":[{"property":"lastMessageAt"}]})", "1 3");
}

void QueryTest::sortsOrder()
{
    QFETCH(QByteArray, arguments);
    QTEST(texts(query("Conversation/query", arguments).value(str("ids"))).join(u' '), "found");
}

void QueryTest::windowsCut_data()
{
    QTest::addColumn<QByteArray>("window");
    QTest::addColumn<qint64>("position");
    QTest::addColumn<QString>("found");
    const auto row = [](const char *window, qint64 position, const char *found) {
        QTest::newRow(window) << QByteArray(window) << position << str(found);
    };
    row(R"("limit":3)", 0, "20 19 18");
    row(R"("limit":3,"position":2)", 2, "18 17 16");
    row(R"("limit":3,"position":18)", 18, "2 1");
    row(R"("limit":3,"position":99)", 99, "");
    row(R"("limit":0,"position":2)", 2, "");
    row(R"("limit":3,"position":-2)", 18, "2 1");
    row(R"("limit":1,"position":-99)", 0, "20");
    row(R"("limit":2,"anchor":"17")", 3, "17 16");
    row(R"("limit":2,"anchor":"17","anchorOffset":1)", 4, "16 15");
    row(R"("limit":2,"anchor":"17","anchorOffset":-2)", 1, "19 18");
    row(R"("limit":2,"anchor":"17","anchorOffset":-9)", 0, "20 19");
    row(R"("limit":2,"anchor":"17","position":9)", 3, "17 16");
}

void QueryTest::windowsCut()
{
    QFETCH(QByteArray, window);
    const QJsonObject answer = query("Conversation/query", '{' + window + R"(,"calculateTotal":true})");
    QTEST(texts(answer.value(str("ids"))).join(u' '), "found");
    QTEST(answer.value(str("position")).toInteger(), "position");
    QCOMPARE(answer.value(str("total")).toInteger(), 20);
}

void QueryTest::badQueriesAreErrors_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("arguments");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *method, const QByteArray &arguments, const char *error) {
        QTest::addRow("%s %s", method, arguments.left(60).constData()) << QByteArray(method) << arguments << str(error);
    };
    const char *talk = "Conversation/query";
    row(talk, R"({"filter":{"colour":"red"}})", "unsupportedFilter");
    row(talk, R"({"filter":{"status":"lost"}})", "invalidArguments");
    row(talk, R"({"filter":{"status":1}})", "invalidArguments");
    row(talk, R"({"filter":{"channel":1}})", "invalidArguments");
    row(talk, R"({"filter":{"before":"yesterday"}})", "invalidArguments");
    row(talk, R"({"filter":{"before":"2026-01-01T00:00:00"}})", "invalidArguments");
    row(talk, R"({"filter":[]})", "invalidArguments");
    row(talk, R"({"filter":{"operator":"XOR","conditions":[]}})", "invalidArguments");
    row(talk, R"({"filter":{"operator":"AND"}})", "invalidArguments");
    row(talk,
        R"({"filter":)" + QByteArray(R"({"operator":"NOT","conditions":[)").repeated(50) + "{}" +
            QByteArray("]}").repeated(50) + "}",
        "unsupportedFilter");
    row(talk, R"({"filter":{"operator":"OR","conditions":[)" + QByteArray("{},").repeated(200) + "{}]}}",
        "unsupportedFilter");
    row(talk, R"({"sort":[{"property":"colour"}]})", "unsupportedSort");
    row(talk, R"({"sort":[{"property":"waitingSince"}]})", "unsupportedSort");
    row(talk, R"({"sort":[{"property":"lastMessageAt"},{"property":"id"}]})", "unsupportedSort");
    row(talk, R"({"sort":[{}]})", "invalidArguments");
    row(talk, R"({"sort":"id"})", "invalidArguments");
    row(talk, R"({"limit":-1})", "invalidArguments");
    row(talk, R"({"limit":1.5})", "invalidArguments");
    row(talk, R"({"position":"1"})", "invalidArguments");
    row(talk, R"({"position":10001})", "invalidArguments");
    row(talk, R"({"anchor":"4711"})", "anchorNotFound");
    row(talk, R"({"anchor":"x"})", "anchorNotFound");
    row(talk, R"({"more":1})", "invalidArguments");
    const char *message = "Message/query";
    row(message, R"({"filter":{"text":"priority:rubbish"}})", "invalidArguments");
    row(message, R"({"filter":{"subject":"x"}})", "unsupportedFilter");
    row(message, R"({"filter":{"kind":"mail"}})", "invalidArguments");
    row(message, R"({"filter":{"operator":"OR","conditions":[{"text":"a"},{"text":"b"}]}})", "unsupportedFilter");
    row(message, R"({"sort":[{"property":"sortAt"}]})", "unsupportedSort");
    row(message, R"({"sort":[{"property":"id"}]})", "unsupportedSort");
    row(message, R"({"collapseConversations":1})", "invalidArguments");
}

void QueryTest::badQueriesAreErrors()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, arguments);
    QTEST(query(method.constData(), arguments).value(str("error")).toString(), "error");
}

void QueryTest::totalsAreThoseOfTheViewer_data()
{
    QTest::addColumn<QByteArray>("filter");
    QTest::addColumn<int>("forAll");
    QTest::addColumn<int>("forBo");
    const auto row = [](const char *filter, int forAll, int forBo) {
        QTest::newRow(filter) << QByteArray(filter) << forAll << forBo;
    };
    row("{}", 20, 10);
    row(R"({"status":"open"})", 19, 9);
    row(R"({"channel":"2"})", 10, 0);
    row(R"({"assignee":null,"status":"open"})", 17, 7);
    row(R"({"tag":"broken"})", 2, 1);
    row(R"({"operator":"NOT","conditions":[{"channel":"1"}]})", 10, 0);
}

void QueryTest::totalsAreThoseOfTheViewer()
{
    QFETCH(QByteArray, filter);
    const QByteArray arguments = R"({"limit":0,"calculateTotal":true,"filter":)" + filter + "}";
    QTEST(int(query("Conversation/query", arguments).value(str("total")).toInteger()), "forAll");
    QTEST(int(query("Conversation/query", arguments, ServerWorld::bo).value(str("total")).toInteger()), "forBo");
}

void QueryTest::messagesAreFound_data()
{
    QTest::addColumn<QByteArray>("filter");
    QTest::addColumn<int>("forAll");
    QTest::addColumn<int>("forBo");
    const auto row = [](const char *filter, int forAll, int forBo) {
        QTest::newRow(filter) << QByteArray(filter) << forAll << forBo;
    };
    row("{}", 21, 11);
    row(R"({"text":"openword"})", 11, 11);
    row(R"({"text":"secretword"})", 10, 0);
    row(R"({"text":"number -openword"})", 10, 0);
    row(R"({"text":"openword is:note"})", 1, 1);
    row(R"({"text":"openword","kind":"note"})", 1, 1);
    row(R"({"kind":"note"})", 1, 1);
    row(R"({"conversation":"1"})", 2, 2);
    row(R"({"conversation":"2"})", 1, 0);
    row(R"({"channel":"2"})", 10, 0);
    row(R"({"text":"number","channel":"2"})", 10, 0);
    row(R"({"operator":"AND","conditions":[{"text":"number"},{"operator":"NOT","conditions":[{"channel":"2"}]}]})", 10,
        10);
    row(R"({"text":""})", 0, 0);
    row(R"({"text":"\" OR * NEAR( \u0000"})", 0, 0);
    row(R"({"after":"2027-01-15T08:00:05Z","before":"2027-01-15T08:00:07.000Z"})", 2, 1);
}

void QueryTest::messagesAreFound()
{
    QFETCH(QByteArray, filter);
    const QByteArray arguments = R"({"calculateTotal":true,"filter":)" + filter + "}";
    const QJsonObject all = query("Message/query", arguments);
    QVERIFY2(!all.contains(str("error")), qPrintable(all.value(str("description")).toString()));
    QTEST(int(all.value(str("total")).toInteger()), "forAll");
    QTEST(int(query("Message/query", arguments, ServerWorld::bo).value(str("ids")).toArray().size()), "forBo");
}

void QueryTest::timelineHasItsOrder()
{
    const QStringList oldest = texts(query("Message/query", R"({"filter":{"conversation":"1"}})").value(str("ids")));
    QCOMPARE(oldest.size(), 2);
    const QStringList newest = texts(
        query("Message/query", R"({"filter":{"conversation":"1"},"sort":[{"property":"sortAt","isAscending":false}]})")
            .value(str("ids")));
    QCOMPARE(newest, QStringList(oldest.crbegin(), oldest.crend()));
}

void QueryTest::conversationsAreCollapsed()
{
    const QJsonObject all =
        query("Message/query", R"({"filter":{"channel":"1"},"collapseConversations":true,"calculateTotal":true})");
    QCOMPARE(all.value(str("total")).toInteger(), 10);
    QCOMPARE(
        query("Message/query", R"({"filter":{"channel":"1"},"calculateTotal":true})").value(str("total")).toInteger(),
        11);
}

void QueryTest::messagesAreAnchored_data()
{
    QTest::addColumn<QByteArray>("window");
    QTest::addColumn<QString>("found");
    const auto row = [](const char *window, const char *found) {
        QTest::newRow(window) << QByteArray(window) << str(found);
    };
    // Found by a word, newest first: 9 8 7 6 5 4 3 2 1 0, before them the note.
    row(R"("anchor":"MESSAGE7","limit":3)", "7 6 5");
    row(R"("anchor":"MESSAGE7","anchorOffset":-2,"limit":3)", "9 8 7");
    row(R"("anchor":"MESSAGE7","anchorOffset":-99,"limit":2)", "note 9");
    row(R"("anchor":"MESSAGE7","anchorOffset":5,"limit":9)", "2 1 0");
    row(R"("anchor":"MESSAGE0","anchorOffset":1)", "");
    row(R"("anchor":"MESSAGE7","position":1,"limit":1)", "7");
    row(R"("anchor":"12345")", "anchorNotFound");
    row(R"("anchor":"x")", "anchorNotFound");
}

/// In what is found by a word, and in what is walked: the same messages in the same places.
void QueryTest::messagesAreAnchored()
{
    QFETCH(QByteArray, window);
    const QJsonObject all = query("Message/query", R"({"filter":{"text":"openword"}})");
    QHash<QString, QString> names;
    QString anchor;
    for (const QString &id : texts(all.value(str("ids")))) {
        const QJsonValue message =
            m_world->client()->call(str("Message/get"), {{str("ids"), QJsonArray{id}}})[str("list")][0];
        const QString number = message[str("text")].toString().section(u' ', -1);
        names.insert(id, message[str("kind")] == str("note") ? str("note") : number);
        window.replace(QByteArray("MESSAGE" + number.toLatin1() + '"'), QByteArray(id.toLatin1() + '"'));
    }
    QCOMPARE(names.size(), 11);
    for (const char *filter : {R"({"text":"openword"})", R"({"channel":"1"})"}) {
        const QJsonObject answer = query("Message/query", R"({"filter":)" + QByteArray(filter) + ',' + window + '}');
        QStringList found;
        for (const QString &id : texts(answer.value(str("ids"))))
            found.append(names.value(id));
        QTEST(answer.contains(str("error")) ? answer.value(str("error")).toString() : found.join(u' '), "found");
    }
}

/// Of what is found by a word too, and by whatever pages they are fetched: each conversation once, and as many as told.
void QueryTest::collapsedPagesAreCounted()
{
    ServerLimits limits;
    limits.idsInQuery = 4;
    ServerWorld world(limits, 10);
    for (int i = 1; i <= 20; i += 3) {
        for (int again = 0; again < 3; ++again)
            QVERIFY(world.act(Act::AddNote{ConversationId(i), str("number of openword")}).isApplied());
    }
    for (const AgentId agent : {ServerWorld::ana, ServerWorld::bo}) {
        const auto client = world.client(agent);
        for (const QJsonObject &filter : {QJsonObject{{str("text"), str("number")}},
                                          QJsonObject{{str("text"), str("number")}, {str("kind"), str("inbound")}},
                                          QJsonObject{{str("channel"), str("1")}}, QJsonObject()}) {
            const bool isAll = agent == ServerWorld::ana && !filter.contains(str("channel"));
            QStringList ids;
            qsizetype page = -1;
            while (page != 0) {
                const QJsonObject answer = client->call(str("Message/query"), {{str("filter"), filter},
                                                                               {str("collapseConversations"), true},
                                                                               {str("calculateTotal"), true},
                                                                               {str("position"), ids.size()}});
                QCOMPARE(answer.value(str("total")).toInteger(), isAll ? 20 : 10);
                page = answer.value(str("ids")).toArray().size();
                QVERIFY(page <= 4);
                ids += texts(answer.value(str("ids")));
            }
            QCOMPARE(ids.size(), isAll ? 20 : 10);
            const QJsonObject rows = client->call(str("Message/get"), {{str("ids"), QJsonArray::fromStringList(ids)}});
            QSet<QString> conversations;
            for (const QJsonValue &message : rows.value(str("list")).toArray())
                conversations.insert(message[str("conversation")].toString());
            QCOMPARE(conversations.size(), ids.size());
        }
    }
}

void QueryTest::queryStateFollowsChanges()
{
    const QString before = query("Conversation/query", "{}").value(str("queryState")).toString();
    QCOMPARE(query("Conversation/query", "{}").value(str("queryState")).toString(), before);
    const QString unseen = query("Conversation/query", "{}", ServerWorld::bo).value(str("queryState")).toString();
    QVERIFY(m_world->act(Act::SetPriority{ConversationId(20), Priority::high}).isApplied());
    QVERIFY(query("Conversation/query", "{}").value(str("queryState")).toString() != before);
    QCOMPARE(query("Conversation/query", "{}", ServerWorld::bo).value(str("queryState")).toString(), unseen);
}

void QueryTest::queryStateChangesWithTheResults_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("filter");
    QTest::addColumn<std::function<void(ServerWorld &)>>("change");
    const auto row = [](const char *method, const char *filter, const std::function<void(ServerWorld &)> &change) {
        QTest::addRow("%s %s", method, filter) << QByteArray(method) << QByteArray(filter) << change;
    };
    const auto act = [](const ActionArguments &arguments) {
        return [arguments](ServerWorld &world) { QVERIFY(world.act(arguments).isApplied()); };
    };
    const auto sql = [](const char *script) { return [script](ServerWorld &world) { world.runSql(str(script)); }; };
    const ConversationId first(1);
    const Act::AddTag tag{first, str("fresh")};
    row("Message/query", R"({"text":"tag:fresh"})", act(tag));
    row("Message/query", R"({"text":"tag:old"})", act(Act::AddTag{first, str("old")}));
    row("Message/query", R"({"text":"tag:new"})", sql("UPDATE tag SET name = 'new', seq = :1 WHERE name = 'old'"));
    row("Message/query", R"({"text":"is:open"})", act(Act::SetStatus{first, Status::resolved, Reason::spam, {}}));
    row("Message/query", R"({"text":"is:mine"})", act(Act::Claim{first}));
    row("Message/query", R"({"text":"openword is:unassigned"})", act(Act::Claim{first}));
    row("Message/query", R"({"text":"is:private"})",
        sql("UPDATE conversation SET is_private = 1, seq = :1 WHERE id = 1"));
    row("Message/query", R"({"text":"is:unseen"})", [](ServerWorld &world) {
        const QJsonObject seen = objectOf(R"({"seen":{"1":{"message":"1099511627777","was":"0"}}})");
        QVERIFY(!world.client()->call(str("Personal/set"), seen).contains(str("error")));
    });
    row("Message/query", R"({"text":"from:Zoe"})", sql("UPDATE identity SET name = 'Zoe', seq = :1 WHERE id = 3"));
    row("Message/query", R"({"text":"from:Yan"})", act(Act::EditAgent{ServerWorld::kim, str("Yan"), {}, {}}));
    row("Message/query", R"({"text":"channel:renamed"})",
        sql("UPDATE channel SET name = 'renamed', seq = :1 WHERE id = 1"));
    const auto later = [](ServerWorld &world) { world.clock().advance(std::chrono::hours(2)); };
    row("Message/query", R"({"text":"is:snoozed"})", later);
    row("Message/query", R"({"text":"openword"})",
        [](ServerWorld &world) { world.receive(ServerWorld::open, str("another"), str("openword")); });
    row("Conversation/query", R"({"tag":"fresh"})", act(tag));
    row("Conversation/query", R"({"tag":"old"})", act(Act::AddTag{first, str("old")}));
    row("Conversation/query", R"({"tag":"old","status":"open"})", act(Act::RemoveTag{ConversationId(5), str("old")}));
    row("Conversation/query", R"({"operator":"NOT","conditions":[{"tag":"fresh"}]})", act(tag));
    row("Conversation/query", R"({"tag":"new"})", sql("UPDATE tag SET name = 'new', seq = :1 WHERE name = 'old'"));
}

/// RFC 8620 5.5: it must. Who has the results of a state need not ask again.
void QueryTest::queryStateChangesWithTheResults()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, filter);
    QFETCH(std::function<void(ServerWorld &)>, change);
    ServerWorld world;
    QVERIFY(world.act(Act::AddTag{ConversationId(5), str("old")}).isApplied());
    QVERIFY(world.act(Act::AddNote{ConversationId(5), str("openword of Kim's")}, ServerWorld::kim).isApplied());
    const Time soon = world.clock().now() + std::chrono::hours(1);
    QVERIFY(world.act(Act::Snooze{ConversationId(3), soon}).isApplied());
    const auto client = world.client();
    const auto ask = [&] { return client->call(QString::fromLatin1(method), {{str("filter"), objectOf(filter)}}); };
    const QJsonObject before = ask();
    QVERIFY2(!before.contains(str("error")), qPrintable(before.value(str("description")).toString()));
    QCOMPARE(ask(), before);
    change(world);
    const QJsonObject after = ask();
    QVERIFY(after.value(str("ids")) != before.value(str("ids")));
    QVERIFY(after.value(str("queryState")) != before.value(str("queryState")));
    QCOMPARE(ask(), after);
}

void QueryTest::depthIsLimited()
{
    ServerLimits limits;
    limits.idsInQuery = 5;
    ServerWorld world(limits, 4);
    const QJsonObject answer = world.client()->call(str("Conversation/query"), {{str("limit"), 50}});
    QCOMPARE(answer.value(str("ids")).toArray().size(), 5);
    QCOMPARE(answer.value(str("limit")).toInteger(), 5);
    limits.depthOfQuery = 6;
    ServerWorld shallow(limits, 4);
    for (const char *filter : {"{}", R"({"isImported":false})"}) {
        const auto ask = [&](const char *method, const char *name, const QJsonValue &value) {
            return shallow.client()->call(str(method), {{str("filter"), objectOf(filter)}, {str(name), value}});
        };
        // What a counter is kept for may be told; what is counted by walking, only as far as one may walk.
        const bool isKept = filter == QByteArray("{}");
        const QJsonObject total = ask("Conversation/query", "calculateTotal", true);
        QCOMPARE(total.value(str("error")).toString(), isKept ? QString() : str("invalidArguments"));
        QCOMPARE(ask("Conversation/query", "position", 7).value(str("error")).toString(), str("invalidArguments"));
        QCOMPARE(ask("Conversation/query", "position", 6).value(str("ids")).toArray().size(), 2);
        // The last one, counted from the end, lies deeper.
        QCOMPARE(ask("Conversation/query", "position", -1).value(str("error")).toString(), str("invalidArguments"));
    }
    const auto messages = [&](const QJsonObject &filter) {
        return shallow.client()->call(str("Message/query"), {{str("filter"), filter}, {str("calculateTotal"), true}});
    };
    QCOMPARE(messages({}).value(str("error")).toString(), str("invalidArguments"));
    QCOMPARE(messages({{str("channel"), str("1")}}).value(str("total")).toInteger(), 4);
}

/// A page of hits is found in any time; who wants more than there is time for is told so, not kept waiting.
void QueryTest::searchesEnd()
{
    ServerLimits limits;
    limits.searchTime = Duration::zero();
    ServerWorld world(limits, 101);
    const auto client = world.client();
    const auto search = [&client](const char *filter, int limit) {
        return client->call(str("Message/query"), {{str("filter"), objectOf(filter)}, {str("limit"), limit}});
    };
    QCOMPARE(search(R"({"text":"number"})", 50).value(str("ids")).toArray().size(), 50);
    QCOMPARE(search(R"({"text":"number"})", 500).value(str("error")).toString(), str("unsupportedFilter"));
    // Nothing of what the index finds fits: the walk would go through all of it.
    QCOMPARE(search(R"({"text":"number","kind":"note"})", 50).value(str("error")).toString(), str("unsupportedFilter"));
    QCOMPARE(client
                 ->call(str("Message/query"),
                        {{str("filter"), objectOf(R"({"text":"number","kind":"note"})")}, {str("anchor"), str("1")}})
                 .value(str("error"))
                 .toString(),
             str("unsupportedFilter"));
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
    QSKIP("With the instruments a page takes longer than the time that each has");
#endif
#endif
    // One request's searches have their time together, and each has a page's.
    QJsonArray calls;
    for (int i = 0; i < 3; ++i)
        calls.append(QJsonArray{
            str("Message/query"),
            QJsonObject{{str("accountId"), world.account()}, {str("filter"), objectOf(R"({"text":"openword"})")}},
            QString::number(i)});
    const QJsonArray responses = client->post(calls).json().value(str("methodResponses")).toArray();
    for (const QJsonValue &response : responses)
        QCOMPARE(response.toArray()[1].toObject().value(str("ids")).toArray().size(), 101);
}

QTEST_GUILESS_MAIN(QueryTest)
#include "tst_query.moc"
