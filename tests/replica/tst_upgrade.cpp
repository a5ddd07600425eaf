// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/protocol.h"
#include "replica/wirebatch.h"
#include "tests/replica/oneagent.h"
#include "workspace/schema.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Earshot;

namespace {

using Kind = DeskStatus::Kind;

} // namespace

/// The server goes away and comes back as another program while a desktop is open, with an action that waits and a
/// draft.
class UpgradeTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { end(); }
    void whatIsNotKnownIsLeftOut();
    void howManyFollowComesAlong();
    void whatAViewNamesComesAlong();
    void previousProtocolIsStillSpoken();
    void tooNewOneIsWaitedFor();
    void restoredOneIsNewerToo();

private:
    /// The session object as it would be.
    [[nodiscard]] QByteArray greeting(int protocol, int schema);
    void work();
    /// Everything of work() is there, once.
    void compareWork();
    [[nodiscard]] QStringList draft() { return m_kim->rows(str("SELECT text FROM draft WHERE device = ''")); }
    [[nodiscard]] QStringList toldDraft()
    {
        return there(str("SELECT json_extract(body, '$.text') FROM told_draft WHERE body <> ''"));
    }
};

void UpgradeTest::init()
{
    begin({});
    QVERIFY(does(note(1, "before")));
    QTRY_VERIFY(isEqual());
}

QByteArray UpgradeTest::greeting(int protocol, int schema)
{
    const auto client = m_world->client(ServerWorld::kim);
    QJsonObject session = client->get("/.well-known/jmap").json();
    const QString desk = str("urn:earshot:params:jmap:desk");
    const auto change = [](QJsonObject object, const QStringList &path, const QString &name, const QJsonValue &value,
                           const auto &again) -> QJsonObject {
        if (path.isEmpty())
            object.insert(name, value);
        else
            object.insert(path.constFirst(),
                          again(object.value(path.constFirst()).toObject(), path.mid(1), name, value, again));
        return object;
    };
    session = change(session, {str("capabilities"), desk}, str("protocol"), protocol, change);
    session = change(session, {str("capabilities"), desk}, str("somethingNew"), QJsonObject{{desk, 1}}, change);
    session = change(session, {str("accounts"), m_world->account(), str("accountCapabilities"), desk}, str("schema"),
                     schema, change);
    const QByteArray body = QJsonDocument(session).toJson(QJsonDocument::Compact);
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\n\r\n" + body;
}

void UpgradeTest::work()
{
    QVERIFY(does(note(1, "waits")));
    QVERIFY(does(replyTo(ConversationId(2), str("an answer"))));
    DraftRecord draft;
    draft.conversation = ConversationId(3);
    draft.text = str("half a sentence");
    m_kim->desk().saveDraft(draft);
    const auto kept = m_kim->desk().flushPersonal();
    QTRY_VERIFY(kept.isFinished());
    QTRY_COMPARE(m_kim->desk().waitingCount(), 2);
}

void UpgradeTest::compareWork()
{
    QTRY_VERIFY(isEqual());
    QTRY_COMPARE(toldDraft(), QStringList{str("half a sentence")});
    QCOMPARE(draft(), QStringList{str("half a sentence")});
    for (const char *text : {"before", "waits", "an answer"})
        QCOMPARE(timesSaid(str(text)), 1);
    QCOMPARE(trouble(), QStringList());
}

/// Properties and whole types: they are fetched when this program knows them.
void UpgradeTest::whatIsNotKnownIsLeftOut()
{
    const QJsonObject tag{{str("id"), str("9")},
                          {str("seq"), 9},
                          {str("name"), str("fresh")},
                          {str("future"), QJsonObject{{str("what"), 1}}}};
    const QJsonObject weather{{str("id"), str("1")}, {str("seq"), 10}};
    const QJsonObject gone{{str("type"), str("Weather")}, {str("id"), str("2")}, {str("seq"), 11}};
    const QJsonObject changes{
        {str("rows"), QJsonObject{{str("Tag"), QJsonArray{tag}}, {str("Weather"), QJsonArray{weather}}}},
        {str("destroyed"), QJsonArray{gone}}};
    const auto batch = readRows(m_kim->session().workspace(), {changes}, Lacking::isUsual);
    QVERIFY2(batch, batch ? "" : qPrintable(batch.error().detail));
    QCOMPARE(batch->rows.size(), 1);
    QCOMPARE(batch->rows.constFirst().table, QByteArray("tag"));
    QCOMPARE(batch->rows.constFirst().id, 9);
}

/// A server that does not know it yet has rows without.
void UpgradeTest::howManyFollowComesAlong()
{
    const QString followers = str("SELECT followers FROM conversation WHERE id = 2");
    QCOMPARE(m_kim->rows(followers), QStringList{str("0")});
    m_world->runSql(str("UPDATE conversation SET seq = :1, followers = 12400 WHERE id = 2;"));
    QTRY_COMPARE(m_kim->rows(followers), QStringList{str("12400")});
    QVERIFY(isEqual());

    const auto client = m_world->client(ServerWorld::kim);
    const QJsonObject got = client->call(str("Conversation/get"), {{str("ids"), QJsonArray{str("2")}}});
    QJsonObject row = got.value(str("list")).toArray().first().toObject();
    QCOMPARE(row.take(str("followers")).toInt(), 12'400);
    const QJsonObject changes{{str("rows"), QJsonObject{{str("Conversation"), QJsonArray{row}}}}};
    Workspace &here = m_kim->session().workspace();
    const auto batch = readRows(here, {changes}, Lacking::isUsual);
    QVERIFY2(batch, batch ? "" : qPrintable(batch.error().detail));
    QCOMPARE(batch->rows.constFirst().values.constLast(), QVariant(qint64(0)));
    QVERIFY(!readRows(here, {changes}, Lacking::isWrong));
}

void UpgradeTest::whatAViewNamesComesAlong()
{
    Act::SaveView save;
    save.content.name = str("Late toots");
    save.content.filter.networks = {Network::mastodon};
    save.content.filter.waitsLonger = std::chrono::minutes(90);
    QVERIFY(m_world->act(save).isApplied());
    QTRY_COMPARE(m_kim->rows(str("SELECT networks || waits_longer FROM shared_view")), QStringList{str(" 1 5400000")});
    QTRY_VERIFY(isEqual());

    const auto client = m_world->client(ServerWorld::kim);
    const QJsonObject got = client->call(str("SharedView/get"), {});
    QJsonObject row = got.value(str("list")).toArray().first().toObject();
    QCOMPARE(row.take(str("networks")).toString(), str(" 1 "));
    QCOMPARE(row.take(str("waitsLonger")).toInt(), 5'400'000);
    const QJsonObject changes{{str("rows"), QJsonObject{{str("SharedView"), QJsonArray{row}}}}};
    const auto batch = readRows(m_kim->session().workspace(), {changes}, Lacking::isUsual);
    QVERIFY2(batch, batch ? "" : qPrintable(batch.error().detail));
    const QVariantList values = batch->rows.constFirst().values;
    QCOMPARE(values.last(2), (QVariantList{str(""), qint64(0)}));
}

void UpgradeTest::previousProtocolIsStillSpoken()
{
    m_proxy->cutAnswersTo("GET /.well-known/jmap", greeting(protocolNumber + 1, newestSynchronisedVersion() + 1));
    stop();
    work();
    start();
    compareWork();
    // It needs nothing more of that server, either, than of one like itself.
    m_kim->close();
    m_kim->open();
    QTRY_COMPARE(m_kim->kind(), Kind::current);
    QTRY_VERIFY(isEqual());
}

/// It would misunderstand what is said there: it says so, goes on with what is here, and keeps all.
void UpgradeTest::tooNewOneIsWaitedFor()
{
    const QByteArray newer = greeting(protocolNumber + 2, newestSynchronisedVersion() + 5);
    stop();
    work();
    m_proxy->cutAnswersTo("GET /.well-known/jmap", newer);
    const int asked = m_proxy->cutCount();
    start();
    QTRY_COMPARE(m_kim->kind(), Kind::refused);
    QCOMPARE(m_kim->desk().status().why.kind, ErrorKind::newerVersion);
    // Also who is asked again and again, or begins anew.
    QTRY_VERIFY(m_proxy->cutCount() >= asked + 3);
    QCOMPARE(m_kim->desk().waitingCount(), 2);
    QCOMPARE(timesSaid(str("waits")), 0);
    m_kim->close();
    m_kim->open();
    QTRY_COMPARE(m_kim->kind(), Kind::refused);
    QTRY_COMPARE(m_kim->desk().waitingCount(), 2);
    QCOMPARE(draft(), QStringList{str("half a sentence")});
    QCOMPARE(m_kim->conversation(ConversationId(1)).id, ConversationId(1));
    QVERIFY(does(Act::AddTag{ConversationId(4), str("meanwhile")}));
    QCOMPARE(m_kim->conversation(ConversationId(4)).tags, QStringList{str("meanwhile")});
    QCOMPARE(m_kim->perform({Act::PauseSending{ServerWorld::open, str("why")}}).constFirst().refusal.kind,
             RefusalKind::unreachable);
    QVERIFY(toldDraft().isEmpty());
    // The older one is started again.
    m_proxy->cutAnswersTo({});
    QTRY_COMPARE(m_kim->kind(), Kind::current);
    compareWork();
    QTRY_VERIFY(isEqual());
    QCOMPARE(there(str("SELECT name FROM tag")), QStringList{str("meanwhile")});
}

/// It was restored from a backup, and is a newer program at that.
void UpgradeTest::restoredOneIsNewerToo()
{
    const QTemporaryDir folder;
    m_world->backUp(folder.filePath(str("copy")));
    QVERIFY(does(note(1, "lost there")));
    QTRY_VERIFY(isEqual());
    stop();
    work();
    m_world->restore(folder.filePath(str("copy")));
    // Nobody is let in before it says which one it is.
    m_proxy->loseRequests("GET /.well-known/jmap");
    start();
    m_proxy->cutAnswersTo("GET /.well-known/jmap", greeting(protocolNumber + 1, newestSynchronisedVersion() + 1));
    m_proxy->loseRequests({});
    compareWork();
    QCOMPARE(timesSaid(str("lost there")), 1);
    QVERIFY(isEqual());
}

QTEST_GUILESS_MAIN(UpgradeTest)
#include "tst_upgrade.moc"
