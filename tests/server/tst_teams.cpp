// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/serverworld.h"
#include "tests/server/socketlistener.h"
#include "workspace/mediafolder.h"

#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

QStringList idsOf(const QJsonObject &answer)
{
    QStringList ids;
    for (const QJsonValue &id : answer.value(str("ids")).toArray())
        ids.append(id.toString());
    return ids;
}

} // namespace

/// A channel that is given to a team by actions exists for nobody else, from that moment on, and comes back.
class TeamsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void grantsAreRows();
    void onlyAdminsGiveThem();
    void withdrawnChannelVanishes();
    void grantedChannelAppears();
    void readyMadeRowsHideItToo_data();
    void readyMadeRowsHideItToo();
    void socketIsToldOfAnotherView();
    void whoIsNoMemberMayNotAct();
    void everyGrantIsJournalled();

private:
    [[nodiscard]] QJsonObject ask(WireClient &client, const char *method, const QJsonObject &arguments = {})
    {
        return client.call(str(method), arguments);
    }
    /// Channel 1, which everybody saw, becomes Kim's team's.
    void withdraw();

    std::unique_ptr<ServerWorld> m_world;
    QString m_media;
};

void TeamsTest::init()
{
    m_world = std::make_unique<ServerWorld>();
    m_media = keepMediaBytes(m_world->workspace().mediaFolder(), "a picture").value_or(QString());
    m_world->runSql(str("INSERT INTO media (id, seq, created_seq, channel, message, position, remote_url, preview_url, "
                        "hash, type, description, width, height) SELECT 1, :1, :1, channel, id, 0, '', '', '%1', "
                        "'image/png', '', 0, 0 FROM message WHERE channel = 1 LIMIT 1")
                        .arg(m_media));
}

void TeamsTest::cleanup()
{
    m_world.reset();
}

void TeamsTest::withdraw()
{
    QVERIFY(m_world->act(Act::SetChannelTeam{ServerWorld::open, TeamId(1)}).isApplied());
}

void TeamsTest::grantsAreRows()
{
    const auto ana = m_world->client();
    const Outcome made = m_world->act(Act::AddTeam{str("Night")});
    QVERIFY(made.isApplied());
    const TeamId night(made.created);
    QVERIFY(m_world->act(Act::SetTeamMember{night, ServerWorld::bo, true}).isApplied());
    const QString before = ask(*ana, "TeamMember/get").value(str("state")).toString();
    const QJsonArray teams = ask(*ana, "Team/get").value(str("list")).toArray();
    QCOMPARE(teams.last().toObject().value(str("name")), str("Night"));
    const QJsonObject member = ask(*ana, "TeamMember/get").value(str("list")).toArray().last().toObject();
    QCOMPARE(member.value(str("agent")), str("3"));
    QVERIFY(m_world->act(Act::SetTeamMember{night, ServerWorld::bo, false}).isApplied());
    const QJsonObject changes = ask(*ana, "TeamMember/changes", {{str("sinceState"), before}});
    QCOMPARE(changes.value(str("destroyed")).toArray(), QJsonArray{member.value(str("id"))});
    withdraw();
    const QJsonObject channel = ask(*ana, "Channel/get", {{str("ids"), QJsonArray{str("1")}}});
    QCOMPARE(channel.value(str("list")).toArray().first().toObject().value(str("team")), str("1"));
}

void TeamsTest::onlyAdminsGiveThem()
{
    for (const AgentId agent : {ServerWorld::kim, ServerWorld::vic}) {
        const auto client = m_world->client(agent);
        const QJsonArray outcomes =
            client->perform({wireAction(str("addTeam"), {{str("name"), str("Mine")}}),
                             wireAction(str("setTeamMember"), {{str("team"), str("1")}, {str("agent"), str("3")}}),
                             wireAction(str("setChannelTeam"), {{str("channel"), str("1")}, {str("team"), str("1")}})});
        QCOMPARE(outcomes.size(), 3);
        for (const QJsonValue &outcome : outcomes)
            QCOMPARE(outcome[str("refusal")][str("kind")], str("permission"));
    }
    QTRY_COMPARE(m_world->accessLog().first().kind, str("actionRefused"));
}

void TeamsTest::withdrawnChannelVanishes()
{
    const auto bo = m_world->client(ServerWorld::bo);
    const QJsonObject query{{str("calculateTotal"), true}};
    const QStringList seen = idsOf(ask(*bo, "Conversation/query", query));
    QCOMPARE(seen.size(), 3);
    const QString state = ask(*bo, "Conversation/get").value(str("state")).toString();
    const QByteArray download =
        "/jmap/download/" + m_world->account().toLatin1() + '/' + m_media.toLatin1() + "/picture";
    QCOMPARE(bo->get(download).status, 200);
    withdraw();
    // get, query, counts, search
    const QJsonObject gotten = ask(*bo, "Conversation/get", {{str("ids"), QJsonArray::fromStringList(seen)}});
    QCOMPARE(gotten.value(str("list")).toArray().size(), 0);
    QCOMPARE(gotten.value(str("notFound")).toArray().size(), 3);
    const QJsonObject found = ask(*bo, "Conversation/query", query);
    QCOMPARE(idsOf(found), QStringList());
    QCOMPARE(found.value(str("total")).toInt(), 0);
    QCOMPARE(idsOf(ask(*bo, "Message/query", {{str("filter"), QJsonObject{{str("text"), str("openword")}}}})),
             QStringList());
    for (const char *type :
         {"Channel", "Conversation", "Message", "Contact", "Identity", "Thread", "Media", "Journal"}) {
        const QByteArray method = QByteArray(type) + "/get";
        const QByteArray text = QJsonDocument(ask(*bo, method.constData())).toJson();
        QVERIFY2(!text.contains("openword") && !text.contains("@acme") && !text.contains("@o0"), type);
        if (QByteArray(type) != "Journal")
            QVERIFY2(QJsonDocument::fromJson(text).object().value(str("list")).toArray().isEmpty(), text.constData());
    }
    // changes: another view, another state
    QCOMPARE(ask(*bo, "Conversation/changes", {{str("sinceState"), state}}).value(str("error")).isNull(), false);
    const QString fresh = ask(*bo, "Conversation/get").value(str("state")).toString();
    QVERIFY(fresh.section(u'-', 0, -2) != state.section(u'-', 0, -2));
    const QJsonObject all =
        ask(*bo, "Conversation/changes", {{str("sinceState"), QString(fresh.section(u'-', 0, -2) + str("-0"))}});
    QCOMPARE(all.value(str("created")).toArray().size(), 0);
    QCOMPARE(all.value(str("destroyed")).toArray().size(), 0);
    // blobs
    QCOMPARE(bo->get(download).status, 404);
    // Kim is in the team.
    QCOMPARE(idsOf(ask(*m_world->client(ServerWorld::kim), "Conversation/query")).size(), 6);
}

void TeamsTest::grantedChannelAppears()
{
    const auto bo = m_world->client(ServerWorld::bo);
    QCOMPARE(idsOf(ask(*bo, "Conversation/query")).size(), 3);
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::bo, true}).isApplied());
    QCOMPARE(idsOf(ask(*bo, "Conversation/query")).size(), 6);
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::bo, false}).isApplied());
    QCOMPARE(idsOf(ask(*bo, "Conversation/query")).size(), 3);
    QVERIFY(m_world->act(Act::SetChannelTeam{ServerWorld::sales, TeamId()}).isApplied());
    QCOMPARE(idsOf(ask(*bo, "Conversation/query")).size(), 6);
}

void TeamsTest::readyMadeRowsHideItToo_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QJsonObject>("arguments");
    const QString first = QString::number((Q_INT64_C(1) << 40) + 1);
    QTest::addRow("conversations") << str("Desk/conversations") << QJsonObject();
    QTest::addRow("channel's") << str("Desk/conversations")
                               << QJsonObject{{str("view"), str("channel")}, {str("channel"), str("1")}};
    QTest::addRow("conversation") << str("Desk/conversation") << QJsonObject{{str("number"), 1}};
    QTest::addRow("story") << str("Desk/story") << QJsonObject{{str("conversation"), str("1")}};
    QTest::addRow("timeline") << str("Desk/timeline") << QJsonObject{{str("conversation"), str("1")}};
    QTest::addRow("search") << str("Desk/search") << QJsonObject{{str("text"), str("number")}};
    QTest::addRow("message") << str("Desk/message") << QJsonObject{{str("id"), first}};
    QTest::addRow("delivery") << str("Desk/delivery") << QJsonObject{{str("id"), str("1")}};
    QTest::addRow("outbox") << str("Desk/outbox") << QJsonObject();
    QTest::addRow("journal") << str("Desk/journal") << QJsonObject();
    QTest::addRow("channels") << str("Desk/channels") << QJsonObject{{str("withRemoved"), true}};
    QTest::addRow("all conversations") << str("Desk/conversationsById") << QJsonObject();
    QTest::addRow("all messages") << str("Desk/messagesById") << QJsonObject();
}

void TeamsTest::readyMadeRowsHideItToo()
{
    QFETCH(QString, method);
    QFETCH(QJsonObject, arguments);
    Act::SendReply reply;
    reply.conversation = ConversationId(1);
    reply.text = str("openword answered");
    QVERIFY(m_world->act(reply, ServerWorld::kim).isApplied());
    const auto bo = m_world->client(ServerWorld::bo);
    const QByteArray before = QJsonDocument(bo->call(method, arguments)).toJson();
    QVERIFY2(before.contains("openword") || before.contains("@acme") || before.contains("sendReply"),
             before.constData());
    withdraw();
    const QByteArray after = QJsonDocument(bo->call(method, arguments)).toJson();
    for (const char *hidden : {"openword", "secretword", "@acme", "@sales", "Author", "sendReply"})
        QVERIFY2(!after.contains(hidden), after.constData());
}

void TeamsTest::socketIsToldOfAnotherView()
{
    SocketListener listener(m_world->server().port(), m_world->token(ServerWorld::bo));
    QTRY_VERIFY(listener.isOpen());
    listener.send(R"({"@type": "WebSocketPushEnable", "dataTypes": null})");
    QTRY_VERIFY(!listener.ofType("StateChange").isEmpty());
    const auto stateIn = [](const QJsonObject &change) {
        const QJsonObject accounts = change.value(str("changed")).toObject();
        return accounts.begin()->toObject().value(str("Conversation")).toString();
    };
    const QString before = stateIn(listener.ofType("StateChange").last());
    withdraw();
    QTRY_VERIFY(!stateIn(listener.ofType("StateChange").last()).isEmpty() &&
                stateIn(listener.ofType("StateChange").last()).section(u'-', 0, -2) != before.section(u'-', 0, -2));
    const qsizetype told = listener.messages.size();
    m_world->receive(ServerWorld::open, str("late"), str("openword late"));
    // Something that he sees is told; the message before it was not.
    QVERIFY(m_world->act(Act::AddTeam{str("Other")}).isApplied());
    QTRY_VERIFY(listener.messages.size() > told);
    for (const QJsonObject &message : listener.messages.mid(told))
        QVERIFY(stateIn(message).isEmpty());
}

void TeamsTest::whoIsNoMemberMayNotAct()
{
    withdraw();
    const auto bo = m_world->client(ServerWorld::bo);
    const QJsonArray outcomes = bo->perform({wireAction(str("claim"), {{str("conversation"), str("1")}})});
    QCOMPARE(outcomes.first()[str("refusal")][str("kind")], str("notFound"));
    const QJsonArray others = m_world->client()->perform(
        {wireAction(str("assign"), {{str("conversation"), str("1")}, {str("agent"), str("3")}})});
    QCOMPARE(others.first()[str("refusal")][str("kind")], str("notPossible"));
}

void TeamsTest::everyGrantIsJournalled()
{
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::bo, true}).isApplied());
    withdraw();
    const QJsonArray lines = ask(*m_world->client(), "Desk/journal", {{str("limit"), 2}}).value(str("list")).toArray();
    QCOMPARE(lines.at(0)[str("kind")], str("setChannelTeam"));
    QCOMPARE(lines.at(0)[str("after")], str("Sales"));
    QCOMPARE(lines.at(0)[str("agentName")], str("Ana"));
    QCOMPARE(lines.at(1)[str("kind")], str("setTeamMember"));
    QCOMPARE(lines.at(1)[str("after")], str("Sales: Bo"));
}

QTEST_GUILESS_MAIN(TeamsTest)
#include "tst_teams.moc"
