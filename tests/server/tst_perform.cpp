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

QString outcomeOf(const QJsonValue &outcome)
{
    const QJsonObject object = outcome.toObject();
    return object.value(str("outcome")) == str("applied")
               ? str("applied")
               : object.value(str("refusal")).toObject().value(str("kind")).toString();
}

/// The same under the other one's id.
QJsonObject as(QJsonObject action, const QJsonObject &other)
{
    action.insert(str("id"), other.value(str("id")));
    return action;
}

Seq newestSeq(Workspace &workspace)
{
    return workspace
        .readNow<Seq>([](Database &database) -> Result<Seq> {
            Statement find = database.statement("select_last_seq");
            return find.next() ? find.integer(0) : 0;
        })
        .value();
}

} // namespace

/// Action/perform: the one way to write.
class PerformTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_world = std::make_unique<ServerWorld>(); }
    void cleanup() { m_world.reset(); }
    void actionIsAppliedAndSeen();
    void readsAfterwardsSeeIt();
    void repeatedNumberGetsItsStoredOutcome();
    void repeatedRefusalStaysRefused();
    void gapInNumbersIsRefused();
    void knownNumberWithAnotherIdIsRefused();
    void aRefusedActionTakesItsNumber();
    void devicesAreNotMixed();
    void withdrawnIsNeverDone_data();
    void withdrawnIsNeverDone();
    void withdrawalOfWhatWasDoneTellsSo();
    void anotherAgentsActionIsNotWithdrawn();
    void brokenWithdrawalIsNone_data();
    void brokenWithdrawalIsNone();
    void laterActionsNameWhatEarlierMade();
    void everyKindOfIdMayBeNamed();
    void whatARefusedOneShouldHaveMadeIsMissing();
    void brokenActionsAreRefusedAlone_data();
    void brokenActionsAreRefusedAlone();
    void rolesAreKept();
    void actorIsTheToken();
    void disabledAgentIsAStranger();
    void hiddenChannelDoesNotExist_data();
    void hiddenChannelDoesNotExist();
    void workIsNotGivenToWhoMayNotSeeIt();
    void tooManyActionsAreRefusedWhole();
    void nothingIsDoneInAnotherIncarnation();

private:
    static QJsonObject on(const char *conversation, QJsonObject more = {})
    {
        more.insert(str("conversation"), str(conversation));
        return more;
    }
    [[nodiscard]] qsizetype noteCount() const
    {
        const QJsonObject filter{{str("kind"), str("note")}};
        const QJsonObject found = m_world->client()->call(str("Message/query"), {{str("filter"), filter}});
        return found.value(str("ids")).toArray().size();
    }
    std::unique_ptr<ServerWorld> m_world;
};

void PerformTest::actionIsAppliedAndSeen()
{
    const auto client = m_world->client(ServerWorld::kim);
    const QJsonArray outcomes = client->perform({wireAction(str("claim"), on("1"))});
    QCOMPARE(outcomes.size(), 1);
    QCOMPARE(outcomeOf(outcomes[0]), str("applied"));
    QVERIFY(outcomes[0].toObject().value(str("seq")).toInteger() > 0);
    const QJsonObject conversation =
        client->call(str("Conversation/get"), {{str("ids"), QJsonArray{str("1")}}}).value(str("list"))[0].toObject();
    QCOMPARE(conversation.value(str("assignee")).toString(), str("2"));
    QCOMPARE(outcomeOf(m_world->client(ServerWorld::bo)->perform({wireAction(str("claim"), on("1"))})[0]),
             str("taken"));
}

void PerformTest::readsAfterwardsSeeIt()
{
    const auto client = m_world->client(ServerWorld::kim);
    const QJsonObject get{{str("accountId"), m_world->account()}, {str("ids"), QJsonArray{str("1")}}};
    const QJsonArray actions{wireAction(str("setPriority"), on("1", {{str("priority"), str("urgent")}}))};
    const QJsonArray responses =
        client
            ->post(
                {QJsonArray{str("Conversation/get"), get, str("before")},
                 QJsonArray{str("Action/perform"),
                            QJsonObject{{str("accountId"), m_world->account()}, {str("actions"), actions}}, str("do")},
                 QJsonArray{str("Conversation/get"), get, str("after")}})
            .json()
            .value(str("methodResponses"))
            .toArray();
    const auto priority = [&responses](int i) {
        return responses[i].toArray()[1].toObject().value(str("list"))[0].toObject().value(str("priority")).toString();
    };
    QCOMPARE(priority(0), str("normal"));
    QCOMPARE(priority(2), str("urgent"));
}

void PerformTest::repeatedNumberGetsItsStoredOutcome()
{
    const auto client = m_world->client(ServerWorld::kim);
    const QJsonObject note = wireAction(str("addNote"), on("1", {{str("text"), str("once")}}), 1);
    const QJsonArray first = client->perform({note});
    QCOMPARE(outcomeOf(first[0]), str("applied"));
    const QJsonArray again = client->perform({note});
    QCOMPARE(outcomeOf(again[0]), str("applied"));
    QCOMPARE(again[0].toObject().value(str("created")), first[0].toObject().value(str("created")));
    QCOMPARE(client->call(str("Message/query"), {{str("filter"), QJsonObject{{str("kind"), str("note")}}}})
                 .value(str("ids"))
                 .toArray()
                 .size(),
             1);
}

void PerformTest::repeatedRefusalStaysRefused()
{
    const auto kim = m_world->client(ServerWorld::kim);
    const auto bo = m_world->client(ServerWorld::bo);
    QCOMPARE(outcomeOf(kim->perform({wireAction(str("claim"), on("1"), 1)})[0]), str("applied"));
    const QJsonObject claim = wireAction(str("claim"), on("1"), 1);
    QCOMPARE(outcomeOf(bo->perform({claim})[0]), str("taken"));
    QCOMPARE(outcomeOf(kim->perform({wireAction(str("unassign"), on("1"), 2)})[0]), str("applied"));
    QCOMPARE(outcomeOf(bo->perform({claim})[0]), str("taken"));
    QCOMPARE(outcomeOf(bo->perform({wireAction(str("claim"), on("1"), 2)})[0]), str("applied"));
}

void PerformTest::gapInNumbersIsRefused()
{
    const auto client = m_world->client(ServerWorld::kim);
    const QJsonArray outcomes = client->perform({wireAction(str("claim"), on("1"), 1),
                                                 wireAction(str("addTag"), on("1", {{str("tag"), str("x")}}), 3),
                                                 wireAction(str("addTag"), on("1", {{str("tag"), str("y")}}), 2)});
    QCOMPARE(outcomeOf(outcomes[0]), str("applied"));
    QCOMPARE(outcomeOf(outcomes[1]), str("outOfOrder"));
    QCOMPARE(outcomes[1].toObject().value(str("refusal")).toObject().value(str("expected")).toInteger(), 2);
    QCOMPARE(outcomeOf(outcomes[2]), str("applied"));
}

void PerformTest::knownNumberWithAnotherIdIsRefused()
{
    const auto client = m_world->client(ServerWorld::kim);
    QCOMPARE(outcomeOf(client->perform({wireAction(str("claim"), on("1"), 1)})[0]), str("applied"));
    const QJsonValue second = client->perform({wireAction(str("unassign"), on("1"), 1)})[0];
    QCOMPARE(outcomeOf(second), str("deviceReset"));
    // Whoever lost count goes on from there.
    QCOMPARE(second[QLatin1StringView("refusal")][QLatin1StringView("expected")].toInt(), 2);
}

/// Whatever it was refused for: those after it have their numbers already.
void PerformTest::aRefusedActionTakesItsNumber()
{
    const auto client = m_world->client(ServerWorld::kim);
    const QJsonObject note = wireAction(str("addNote"), on("99", {{str("text"), str("nowhere")}}), 1);
    const QString made = str("#") + note.value(str("id")).toString();
    const QJsonObject edit = wireAction(str("editNote"), {{str("message"), made}, {str("text"), str("x")}}, 2);
    const QJsonObject broken = wireAction(str("claim"), {}, 3);
    const QJsonObject file{{str("hash"), QString(64, u'a')}, {str("type"), str("image/png")}};
    const QJsonObject foreign =
        wireAction(str("sendReply"), on("1", {{str("text"), str("x")}, {str("media"), QJsonArray{file}}}), 4);
    const QJsonArray actions{note, edit, broken, foreign, wireAction(str("claim"), on("1"), 5)};
    const QStringList expected{str("notFound"), str("dependsOnRefused"), str("invalid"), str("invalid"),
                               str("applied")};
    const auto answers = [&client, &actions] {
        QStringList words;
        for (const QJsonValue &outcome : client->perform(actions))
            words.append(outcomeOf(outcome));
        return words;
    };
    QCOMPARE(answers(), expected);
    QCOMPARE(answers(), expected);
    // Its number is taken: it is not another's.
    QCOMPARE(outcomeOf(client->perform({wireAction(str("claim"), on("2"), 3)})[0]), str("deviceReset"));
}

void PerformTest::devicesAreNotMixed()
{
    const auto kim = m_world->client(ServerWorld::kim);
    const auto bo = m_world->client(ServerWorld::bo);
    QCOMPARE(outcomeOf(kim->perform({wireAction(str("claim"), on("1"), 1)})[0]), str("applied"));
    QJsonObject forged = wireAction(str("addTag"), on("1", {{str("tag"), str("x")}}), 2);
    forged.insert(str("device"), kim->call(str("Device/get")).value(str("list"))[1].toObject().value(str("uuid")));
    const QJsonArray outcomes = bo->perform({forged});
    QCOMPARE(outcomeOf(outcomes[0]), str("invalid"));
    QCOMPARE(outcomes[0].toObject().value(str("refusal")).toObject().value(str("detail")).toString(), str("device"));
}

void PerformTest::withdrawnIsNeverDone_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<int>("lateNumber");
    QTest::newRow("numbered, the late one has the same") << 1 << 1;
    QTest::newRow("numbered, the late one has the next") << 1 << 2;
    QTest::newRow("numbered, the late one has none") << 1 << 0;
    QTest::newRow("not numbered") << 0 << 1;
}

void PerformTest::withdrawnIsNeverDone()
{
    QFETCH(int, number);
    QFETCH(int, lateNumber);
    const auto client = m_world->client(ServerWorld::kim);
    const QJsonObject late = wireAction(str("addNote"), on("1", {{str("text"), str("late")}}), lateNumber);
    const QJsonObject withdrawal = as(wireAction(str("withdraw"), {}, number), late);
    const auto detailOf = [&client](const QJsonObject &action) {
        const QJsonObject refusal = client->perform({action})[0].toObject().value(str("refusal")).toObject();
        return QString(refusal.value(str("kind")).toString() + u' ' + refusal.value(str("detail")).toString());
    };
    const QString withdrawn = str("notPossible withdrawn");
    QCOMPARE(detailOf(withdrawal), withdrawn);
    QCOMPARE(detailOf(late), withdrawn);
    // Also from another device of the same agent, and when it is asked once more.
    const auto another = m_world->client(ServerWorld::kim);
    QCOMPARE(outcomeOf(another->perform({late})[0]), str("notPossible"));
    QCOMPARE(detailOf(withdrawal), withdrawn);
    QCOMPARE(noteCount(), 0);
    // It took the next number.
    QCOMPARE(outcomeOf(client->perform({wireAction(str("claim"), on("1"), 2)})[0]), str("applied"));
}

void PerformTest::withdrawalOfWhatWasDoneTellsSo()
{
    const auto client = m_world->client(ServerWorld::kim);
    const QJsonObject note = wireAction(str("addNote"), on("1", {{str("text"), str("once")}}), 1);
    const QJsonArray done = client->perform({note});
    const QJsonObject withdrawal = as(wireAction(str("withdraw"), {}, 2), note);
    QCOMPARE(client->perform({withdrawal}), done);
    QCOMPARE(m_world->client(ServerWorld::kim)->perform({withdrawal}), done);
    QCOMPARE(client->perform({note}), done);
    QCOMPARE(noteCount(), 1);
    // It took no number.
    QCOMPARE(outcomeOf(client->perform({wireAction(str("claim"), on("1"), 2)})[0]), str("applied"));
}

void PerformTest::anotherAgentsActionIsNotWithdrawn()
{
    const auto kim = m_world->client(ServerWorld::kim);
    const auto bo = m_world->client(ServerWorld::bo);
    const QJsonObject note = wireAction(str("addNote"), on("1", {{str("text"), str("once")}}), 1);
    const QJsonArray done = kim->perform({note});
    for (const QJsonObject &asked : {note, as(wireAction(str("withdraw"), {}, 1), note)}) {
        const QJsonObject outcome = bo->perform({asked})[0].toObject();
        QCOMPARE(outcomeOf(outcome), str("invalid"));
        QCOMPARE(outcome.value(str("refusal")).toObject().value(str("detail")).toString(), str("id"));
        QCOMPARE(outcome.value(str("created")).toInteger(), 0);
    }
    QCOMPARE(kim->perform({as(wireAction(str("withdraw"), {}, 2), note)}), done);
    // Nothing of it counted.
    QCOMPARE(outcomeOf(bo->perform({wireAction(str("unassign"), on("1"), 1)})[0]), str("applied"));
}

void PerformTest::brokenWithdrawalIsNone_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QVariant>("value");
    const auto row = [](const char *member, const QVariant &value, const char *name) {
        QTest::addRow("%s %s", member, name) << str(member) << value;
    };
    row("number", -1, "below 0");
    row("number", 1.5, "no whole number");
    row("number", str("1"), "text");
    row("device", str("0192f0c1-0000-7000-8000-000000000001"), "another's");
    row("device", 7, "number");
    row("id", 7, "number");
    row("id", QString(), "empty");
    row("id", QVariant::fromValue(nullptr), "null");
    row("kind", str("WITHDRAW"), "in capitals");
    row("kind", str("withdraw "), "with a space");
}

/// Then nothing is kept: what comes under that id is done.
void PerformTest::brokenWithdrawalIsNone()
{
    QFETCH(QString, member);
    QFETCH(QVariant, value);
    const auto client = m_world->client(ServerWorld::kim);
    const QJsonObject note = wireAction(str("addNote"), on("1", {{str("text"), str("once")}}));
    QJsonObject broken = as(wireAction(str("withdraw"), {}), note);
    broken.insert(member, QJsonValue::fromVariant(value));
    QCOMPARE(outcomeOf(client->perform({broken})[0]), str("invalid"));
    QCOMPARE(outcomeOf(client->perform({note})[0]), str("applied"));
    QCOMPARE(noteCount(), 1);
}

void PerformTest::laterActionsNameWhatEarlierMade()
{
    const auto client = m_world->client(ServerWorld::kim);
    const QJsonObject note = wireAction(str("addNote"), on("1", {{str("text"), str("first")}}), 1);
    const QString made = str("#") + note.value(str("id")).toString();
    const QJsonObject edit = wireAction(str("editNote"), {{str("message"), made}, {str("text"), str("second")}}, 2);
    const QByteArray body =
        QJsonDocument(QJsonObject{{str("using"), QJsonArray{str("urn:earshot:params:jmap:desk")}},
                                  {str("createdIds"), QJsonObject{{str("old"), str("7")}}},
                                  {str("methodCalls"), oneCall(str("Action/perform"),
                                                               QJsonObject{{str("accountId"), m_world->account()},
                                                                           {str("actions"), QJsonArray{note, edit}}})}})
            .toJson();
    const QJsonObject answer = client->send("POST", "/jmap/api", body).json();
    const QJsonArray outcomes =
        answer.value(str("methodResponses"))[0].toArray()[1].toObject().value(str("outcomes")).toArray();
    QCOMPARE(outcomeOf(outcomes[0]), str("applied"));
    QCOMPARE(outcomeOf(outcomes[1]), str("applied"));
    const QJsonObject created = answer.value(str("createdIds")).toObject();
    QCOMPARE(created.value(str("old")).toString(), str("7"));
    const QString id = created.value(note.value(str("id")).toString()).toString();
    QCOMPARE(id.toLongLong(), outcomes[0].toObject().value(str("created")).toInteger());
    QCOMPARE(client->call(str("Message/get"), {{str("ids"), QJsonArray{id}}})
                 .value(str("list"))[0]
                 .toObject()
                 .value(str("text"))
                 .toString(),
             str("second"));
    // Also when it was made long before.
    const QJsonObject third = wireAction(str("editNote"), {{str("message"), made}, {str("text"), str("third")}}, 3);
    QCOMPARE(outcomeOf(client->perform({third})[0]), str("applied"));
}

void PerformTest::everyKindOfIdMayBeNamed()
{
    const auto client = m_world->client();
    const QJsonObject keep = wireAction(
        str("keepSavedReply"), {{str("savedReply"), {}}, {str("name"), str("Hello")}, {str("text"), str("Hello!")}});
    const QJsonObject step{{str("kind"), str("claim")}, {str("argument"), str("")}};
    const QJsonObject macro = wireAction(
        str("keepMacro"),
        {{str("macro"), {}}, {str("name"), str("Mine")}, {str("key"), str("")}, {str("steps"), QJsonArray{step}}});
    QJsonObject pinned{{str("text"), str("Outage")}, {str("until"), str("2099-01-01T00:00:00Z")}};
    for (const char *place : {"channel", "view", "list"})
        pinned.insert(str(place), QJsonValue());
    pinned.insert(str("tag"), str("1"));
    const QJsonObject pin = wireAction(str("pinNotice"), pinned);
    const auto reference = [](const QJsonObject &action) { return QString(u'#' + action.value(str("id")).toString()); };
    // A tag's name may look like an id and stays a name.
    const QJsonArray outcomes =
        client->perform({wireAction(str("addTag"), on("1", {{str("tag"), str("7")}})), keep,
                         wireAction(str("removeSavedReply"), {{str("savedReply"), reference(keep)}}), macro,
                         wireAction(str("removeMacro"), {{str("macro"), reference(macro)}}), pin,
                         wireAction(str("unpinNotice"), {{str("notice"), reference(pin)}})});
    QCOMPARE(outcomes.size(), 7);
    for (const QJsonValue &outcome : outcomes)
        QVERIFY2(outcomeOf(outcome) == str("applied"), QJsonDocument(outcome.toObject()).toJson().constData());
    QCOMPARE(client->call(str("Tag/get")).value(str("list"))[0].toObject().value(str("name")).toString(), str("7"));
}

void PerformTest::whatARefusedOneShouldHaveMadeIsMissing()
{
    const auto client = m_world->client(ServerWorld::kim);
    const QJsonObject note = wireAction(str("addNote"), on("99", {{str("text"), str("nowhere")}}), 1);
    const QString made = str("#") + note.value(str("id")).toString();
    const QJsonArray outcomes =
        client->perform({note, wireAction(str("editNote"), {{str("message"), made}, {str("text"), str("x")}})});
    QCOMPARE(outcomeOf(outcomes[0]), str("notFound"));
    QCOMPARE(outcomeOf(outcomes[1]), str("dependsOnRefused"));
}

void PerformTest::brokenActionsAreRefusedAlone_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *action, const char *detail) {
        QTest::newRow(action) << str(action) << str(detail);
    };
    row("{}", "id");
    row(R"({"id":"x","kind":"claim","arguments":{"conversation":"1"}})", "id");
    row(R"({"id":null,"kind":"claim","arguments":{"conversation":"1"}})", "id");
    row(R"({"id":"0192f0c1-0000-7000-8000-000000000001","kind":"nothing","arguments":{}})", "kind");
    row(R"({"id":"0192f0c1-0000-7000-8000-000000000001","kind":"claim"})", "arguments");
    row(R"({"id":"0192f0c1-0000-7000-8000-000000000001","kind":"claim","arguments":{}})", "arguments.conversation");
    row(R"({"id":"0192f0c1-0000-7000-8000-000000000001","kind":"claim","arguments":{"conversation":"-1"}})",
        "arguments.conversation");
    row(R"({"id":"0192f0c1-0000-7000-8000-000000000001","kind":"claim","arguments":{"conversation":"99999999999999999999"}})",
        "arguments.conversation");
    row(R"({"id":"0192f0c1-0000-7000-8000-000000000001","kind":"claim","number":-1,"arguments":{"conversation":"1"}})",
        "number");
    row(R"({"id":"0192f0c1-0000-7000-8000-000000000001","kind":"addTag","arguments":{"conversation":"1","tag":7}})",
        "arguments.tag");
}

void PerformTest::brokenActionsAreRefusedAlone()
{
    QFETCH(QString, action);
    const auto client = m_world->client(ServerWorld::kim);
    const QJsonArray outcomes =
        client->perform({QJsonDocument::fromJson(action.toUtf8()).object(), wireAction(str("claim"), on("1"))});
    QCOMPARE(outcomes.size(), 2);
    QCOMPARE(outcomeOf(outcomes[0]), str("invalid"));
    QTEST(outcomes[0].toObject().value(str("refusal")).toObject().value(str("detail")).toString(), "detail");
    QCOMPARE(outcomeOf(outcomes[1]), str("applied"));
}

void PerformTest::rolesAreKept()
{
    const auto viewer = m_world->client(ServerWorld::vic);
    QCOMPARE(outcomeOf(viewer->perform({wireAction(str("claim"), on("1"))})[0]), str("permission"));
    const auto agent = m_world->client(ServerWorld::kim);
    const QJsonObject promote = wireAction(str("editAgent"), {{str("agent"), str("2")}, {str("role"), str("admin")}});
    QCOMPARE(outcomeOf(agent->perform({promote})[0]), str("permission"));
    const auto admin = m_world->client();
    QCOMPARE(outcomeOf(admin->perform(
                 {wireAction(str("editAgent"), {{str("agent"), str("2")}, {str("role"), str("lead")}})})[0]),
             str("applied"));
    QTRY_COMPARE(m_world->accessLog().size(), 2);
    const AccessLine line = m_world->accessLog().constFirst();
    QCOMPARE(line.kind, str("actionRefused"));
    QCOMPARE(line.agent, ServerWorld::kim);
    QCOMPARE(line.address, str("127.0.0.1"));
    QCOMPARE(line.detail, str("editAgent agent 2"));
    QCOMPARE(m_world->accessLog().constLast().detail, str("claim conversation 1"));
    QJsonArray many{wireAction(str("addNote"), on("1", {{str("text"), str("secret words")}}))};
    for (int i = 0; i < 20; ++i)
        many.append(wireAction(str("addTag"), on("1", {{str("tag"), str("x")}})));
    QCOMPARE(viewer->perform(many).size(), 21);
    QTRY_COMPARE(m_world->accessLog().size(), 3);
    const QString detail = m_world->accessLog().constFirst().detail;
    QVERIFY2(detail.startsWith(str("addNote conversation 1, addTag conversation 1, ")) &&
                 detail.endsWith(str(", and 11 more")),
             qPrintable(detail));
}

void PerformTest::actorIsTheToken()
{
    QJsonObject forged = wireAction(str("addNote"), on("1", {{str("text"), str("I am Ana")}}));
    forged.insert(str("actor"), str("1"));
    const auto client = m_world->client(ServerWorld::kim);
    const QJsonArray outcomes = client->perform({forged});
    QCOMPARE(outcomeOf(outcomes[0]), str("applied"));
    const QString id = QString::number(outcomes[0].toObject().value(str("created")).toInteger());
    QCOMPARE(client->call(str("Message/get"), {{str("ids"), QJsonArray{id}}})
                 .value(str("list"))[0]
                 .toObject()
                 .value(str("agent"))
                 .toString(),
             str("2"));
}

void PerformTest::disabledAgentIsAStranger()
{
    const auto client = m_world->client(ServerWorld::kim);
    QCOMPARE(client->post({}).status, 200);
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, {}, true}).isApplied());
    QTRY_COMPARE(client->post({}).status, 401);
}

void PerformTest::hiddenChannelDoesNotExist_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QJsonObject>("arguments");
    const auto row = [](const char *kind, const QJsonObject &arguments) {
        QTest::newRow(kind) << str(kind) << arguments;
    };
    row("claim", on("2"));
    row("addNote", on("2", {{str("text"), str("x")}}));
    row("addTag", on("2", {{str("tag"), str("x")}}));
    row("setStatus", on("2", {{str("status"), str("resolved")}, {str("reason"), str("noAnswerNeeded")}}));
    row("sendReply", on("2", {{str("text"), str("x")}}));
    row("editNote", {{str("message"), str("NOTE")}, {str("text"), str("x")}});
    row("performEffect", {{str("message"), str("INBOUND")}, {str("effect"), str("like")}});
    row("cancelReply", {{str("delivery"), str("DELIVERY")}});
}

/// As it is with a row that never was; and nothing changes.
void PerformTest::hiddenChannelDoesNotExist()
{
    QFETCH(QString, kind);
    QFETCH(QJsonObject, arguments);
    const auto kim = m_world->client(ServerWorld::kim);
    const QJsonArray made = kim->perform({wireAction(str("addNote"), on("2", {{str("text"), str("mine")}})),
                                          wireAction(str("sendReply"), on("2", {{str("text"), str("hello")}}))});
    QCOMPARE(outcomeOf(made[1]), str("applied"));
    const QString inbound =
        kim->call(str("Message/query"), {{str("filter"), QJsonObject{{str("conversation"), str("2")}}}})
            .value(str("ids"))[0]
            .toString();
    for (auto it = arguments.begin(); it != arguments.end(); ++it) {
        if (*it == str("NOTE"))
            *it = QString::number(made[0].toObject().value(str("created")).toInteger());
        else if (*it == str("DELIVERY"))
            *it = QString::number(made[1].toObject().value(str("created")).toInteger());
        else if (*it == str("INBOUND"))
            *it = inbound;
    }
    const auto journal = [&kim] { return kim->call(str("Journal/get")).value(str("list")).toArray().size(); };
    const auto before = journal();
    QCOMPARE(outcomeOf(m_world->client(ServerWorld::bo)->perform({wireAction(kind, arguments)})[0]), str("notFound"));
    QCOMPARE(journal(), before);
    if (kind != str("editNote") && kind != str("performEffect")) {
        QCOMPARE(outcomeOf(kim->perform({wireAction(kind, arguments)})[0]), str("applied"));
    }
}

void PerformTest::workIsNotGivenToWhoMayNotSeeIt()
{
    const auto kim = m_world->client(ServerWorld::kim);
    QCOMPARE(outcomeOf(kim->perform({wireAction(str("assign"), on("2", {{str("agent"), str("3")}}))})[0]),
             str("notPossible"));
    QCOMPARE(outcomeOf(kim->perform({wireAction(str("assign"), on("1", {{str("agent"), str("3")}}))})[0]),
             str("applied"));
}

void PerformTest::tooManyActionsAreRefusedWhole()
{
    const auto client = m_world->client(ServerWorld::kim);
    QJsonArray actions;
    for (int i = 0; i < 501; ++i)
        actions.append(wireAction(str("addTag"), on("1", {{str("tag"), str("x")}})));
    QCOMPARE(client->call(str("Action/perform"), {{str("actions"), actions}}).value(str("error")).toString(),
             str("requestTooLarge"));
    actions.removeLast();
    const QJsonArray outcomes = client->perform(actions);
    QCOMPARE(outcomes.size(), 500);
    QCOMPARE(outcomeOf(outcomes[499]), str("applied"));
}

/// After a restore numbers and ids after the backup mean something else.
void PerformTest::nothingIsDoneInAnotherIncarnation()
{
    const QByteArray token = m_world->token(ServerWorld::kim);
    const QString account = m_world->account();
    const auto capability = [&] {
        WireClient client(m_world->server().port(), token, account);
        return client.get("/.well-known/jmap")
            .json()
            .value(str("accounts"))[account][str("accountCapabilities")][str("urn:earshot:params:jmap:desk")]
            .toObject();
    };
    const QString before = capability().value(str("incarnation")).toString();
    QVERIFY(!before.isEmpty());
    QVERIFY(capability().value(str("earlier")).toObject().isEmpty());

    QTemporaryDir folder;
    m_world->backUp(folder.filePath(str("copy")));
    const Seq last = newestSeq(m_world->workspace());
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("lost")}).isApplied());
    m_world->restore(folder.filePath(str("copy")));
    m_world->start({});
    const QString now = capability().value(str("incarnation")).toString();
    QVERIFY(!now.isEmpty() && now != before);
    QCOMPARE(capability().value(str("earlier")).toObject(), (QJsonObject{{before, last}}));

    WireClient client(m_world->server().port(), token, account);
    const auto tag = [&](const QString &incarnation) {
        return client.call(
            str("Action/perform"),
            {{str("ifIncarnation"), incarnation},
             {str("actions"), QJsonArray{wireAction(str("addTag"), on("1", {{str("tag"), str("x")}}))}}});
    };
    QCOMPARE(tag(before).value(str("error")).toString(), str("stateMismatch"));
    const auto draft = [&](const QString &incarnation) {
        return client.call(str("Draft/set"), {{str("ifIncarnation"), incarnation},
                                              {str("conversation"), str("1")},
                                              {str("mode"), str("reply")},
                                              {str("draft"), QJsonObject{{str("text"), str("begun")}}}});
    };
    QCOMPARE(draft(before).value(str("error")).toString(), str("stateMismatch"));
    QCOMPARE(client.call(str("Draft/changes")).value(str("list")).toArray(), QJsonArray());
    QVERIFY(draft(now).value(str("isStored")).toBool());
    QCOMPARE(newestSeq(m_world->workspace()), last);
    QCOMPARE(outcomeOf(tag(now).value(str("outcomes"))[0]), str("applied"));
}

QTEST_GUILESS_MAIN(PerformTest)
#include "tst_perform.moc"
