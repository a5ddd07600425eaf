// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/action.h"
#include "tests/server/follower.h"
#include "tests/server/protocolworld.h"
#include "tests/server/sentactions.h"

#include <QRegularExpression>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// What stands for it in the calls, and what is not told apart: one of a hidden channel, and one that there is not.
struct Name
{
    const char *mark;
    QString hidden;
    QString none;
};

QString filled(const char *text, const QList<Name> &names, bool isHidden)
{
    QString all = str(text);
    for (const Name &name : names)
        all.replace(str(name.mark), isHidden ? name.hidden : name.none);
    return all;
}

/// An answer without what it was asked with.
QByteArray bare(const QJsonValue &answer, const QByteArray &asked, const QList<Name> &names, bool isHidden)
{
    QByteArray text = QJsonDocument(QJsonArray{answer}).toJson(QJsonDocument::Compact);
    for (const Name &name : names) {
        if (!asked.contains(name.mark))
            continue;
        const QByteArray value = (isHidden ? name.hidden : name.none).toUtf8();
        text.replace(QByteArray('"' + value + '"'), QByteArray(name.mark));
    }
    return text;
}

} // namespace

/// Whether something is there that one may not see cannot be found out by asking for it: as a lead of no team, by
/// whatever method or action names it.
class ExistenceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_world.reset(); }
    void noMethodTells_data();
    void noMethodTells();
    void noActionTells_data();
    void noActionTells();
    void everyKindIsAsked();

private:
    std::unique_ptr<ProtocolWorld> m_world;
    QList<Name> m_names;
};

void ExistenceTest::initTestCase()
{
    m_world = std::make_unique<ProtocolWorld>();
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::bo, {}, Role::lead, {}}).isApplied());
    Act::PinNotice notice;
    notice.text = str("of sales alone");
    notice.channel = ServerWorld::sales;
    notice.until = m_world->clock().now() + std::chrono::hours(10);
    const QString pinned = QString::number(m_world->act(notice).created);
    QVERIFY(m_world->act(Act::AddNote{ConversationId(2), str("a note")}).isApplied());
    const auto first = [this](const char *table) {
        return m_world->workspace()
            .readNow<QString>([table](Database &database) -> Result<QString> {
                return visibleRows(database, table, {0, 1}).constFirst().section(u'|', 0, 0);
            })
            .value();
    };
    m_names = {{"CONVERSATION", first("conversation"), str("999999")},
               {"MESSAGE", first("message"), str("1099511999999")},
               {"DELIVERY", first("delivery"), str("999999")},
               {"CONTACT", first("contact"), str("999999")},
               {"CHANNEL", str("2"), str("999999")},
               {"NOTICE", pinned, str("999999")},
               {"THREAD", first("thread"), str("999999")},
               {"JOURNAL", first("journal"), str("999999")},
               {"AUTHOR", str("@s0@social.example"), str("@zz@social.example")},
               {"ADDRESS", str("@sales@social.example"), str("@zales@social.example")},
               {"WORD", str("secretword"), str("nosuchword")}};
}

void ExistenceTest::noMethodTells_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("arguments");
    const auto row = [](const char *method, const char *arguments) {
        QTest::addRow("%s %s", method, arguments) << QByteArray(method) << QByteArray(arguments);
    };
    row("Conversation/get", R"({"ids":["CONVERSATION"]})");
    row("Message/get", R"({"ids":["MESSAGE"]})");
    row("Delivery/get", R"({"ids":["DELIVERY"]})");
    row("Contact/get", R"({"ids":["CONTACT"]})");
    row("Channel/get", R"({"ids":["CHANNEL"]})");
    row("Notice/get", R"({"ids":["NOTICE"]})");
    row("Thread/get", R"({"ids":["THREAD"]})");
    row("Journal/get", R"({"ids":["JOURNAL"]})");
    for (
        const char *filter :
        {R"({"channel":"CHANNEL"})", R"({"contact":"CONTACT"})",
         R"({"operator":"NOT","conditions":[{"channel":"CHANNEL"}]})",
         R"({"operator":"AND","conditions":[{"channel":"1"},{"operator":"NOT","conditions":[{"contact":"CONTACT"}]}]})"}) {
        for (const char *more : {R"(,"calculateTotal":true)", R"(,"position":-1)", R"(,"anchor":"CONVERSATION")"})
            row("Conversation/query", QByteArray("{\"filter\":" + QByteArray(filter) + more + '}').constData());
    }
    for (const char *filter : {R"({"channel":"CHANNEL"})", R"({"conversation":"CONVERSATION"})", R"({"text":"WORD"})",
                               R"({"text":"from:AUTHOR"})", R"({"text":"channel:ADDRESS"})",
                               R"({"text":"openword -WORD"})", R"({"text":"openword -from:AUTHOR"})"}) {
        for (const char *more :
             {R"(,"calculateTotal":true)", R"(,"collapseConversations":true)", R"(,"anchor":"MESSAGE")"})
            row("Message/query", QByteArray("{\"filter\":" + QByteArray(filter) + more + '}').constData());
    }
    row("Desk/conversations", R"({"view":"channel","channel":"CHANNEL"})");
    row("Desk/conversations",
        R"({"view":"all","limit":1,"after":{"at":"2027-01-15T08:00:00.000Z","id":"CONVERSATION"}})");
    row("Desk/story", R"({"conversation":"CONVERSATION"})");
    row("Desk/story", R"({"conversation":"CONVERSATION","withThread":true,"limit":1})");
    row("Desk/timeline", R"({"conversation":"CONVERSATION"})");
    row("Desk/message", R"({"id":"MESSAGE"})");
    row("Desk/delivery", R"({"id":"DELIVERY"})");
    row("Desk/search", R"({"text":"WORD"})");
    row("Desk/search", R"({"text":"from:AUTHOR"})");
    row("Desk/search", R"({"text":"channel:ADDRESS"})");
    row("Draft/set", R"({"conversation":"CONVERSATION","mode":"note","ifVersion":0,"draft":{"text":"x"}})");
    row("Personal/set", R"({"seen":{"CONVERSATION":{"message":"1","was":"0"}}})");
    row("Channel/test", R"({"channel":"CHANNEL"})");
    row("Channel/pull", R"({"channel":"CHANNEL"})");
    row("Channel/renew", R"({"channel":"CHANNEL","secret":{"base64":"eA=="}})");
    row("Channel/remove", R"({"channel":"CHANNEL"})");
}

void ExistenceTest::noMethodTells()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, arguments);
    const auto ask = [&](AgentId agent, bool isHidden) {
        const QString text = filled(arguments.constData(), m_names, isHidden);
        const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
        return bare(m_world->client(agent)->call(QString::fromLatin1(method), object), arguments, m_names, isHidden);
    };
    const QByteArray ofNone = ask(ServerWorld::bo, false);
    QVERIFY2(!ofNone.contains("invalidArguments"), ofNone.constData());
    QCOMPARE(ask(ServerWorld::bo, true), ofNone);
    // Who may see it is told something else.
    if (!ofNone.contains("forbidden") && !arguments.contains("NOT") && !arguments.contains(" -") &&
        !arguments.contains("after"))
        QVERIFY(ask(ServerWorld::ana, true) != ask(ServerWorld::ana, false));
}

void ExistenceTest::noActionTells_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("arguments");
    const auto row = [](const char *kind, const char *arguments) {
        QTest::addRow("%s %s", kind, arguments) << QByteArray(kind) << QByteArray(arguments);
    };
    row("claim", R"({"conversation":"CONVERSATION"})");
    row("unassign", R"({"conversation":"CONVERSATION"})");
    row("wake", R"({"conversation":"CONVERSATION"})");
    row("assign", R"({"conversation":"CONVERSATION","agent":"2"})");
    row("setStatus", R"({"conversation":"CONVERSATION","status":"pending"})");
    row("setStatus", R"({"conversation":"1","status":"resolved","reason":"duplicate","duplicateOf":"CONVERSATION"})");
    row("snooze", R"({"conversation":"CONVERSATION","until":"2099-01-01T00:00:00Z"})");
    row("addTag", R"({"conversation":"CONVERSATION","tag":"x"})");
    row("removeTag", R"({"conversation":"CONVERSATION","tag":"broken"})");
    row("setPriority", R"({"conversation":"CONVERSATION","priority":"high"})");
    row("addNote", R"({"conversation":"CONVERSATION","text":"x"})");
    row("editNote", R"({"message":"MESSAGE","text":"x"})");
    row("sendReply", R"({"conversation":"CONVERSATION","text":"x"})");
    row("sendReply", R"({"conversation":"1","target":"MESSAGE","text":"x"})");
    row("cancelReply", R"({"delivery":"DELIVERY"})");
    row("retryReply", R"({"delivery":"DELIVERY"})");
    row("settleReply", R"({"delivery":"DELIVERY"})");
    row("performEffect", R"({"message":"MESSAGE","effect":"like"})");
    row("mergeContacts", R"({"from":"CONTACT","into":"1"})");
    row("mergeContacts", R"({"from":"1","into":"CONTACT"})");
    row("splitContact", R"({"contact":"CONTACT"})");
    row("pauseSending", R"({"channel":"CHANNEL","reason":"x"})");
    row("resumeSending", R"({"channel":"CHANNEL"})");
    row("editChannel", R"({"channel":"CHANNEL","name":"x"})");
    row("removeChannel", R"({"channel":"CHANNEL"})");
    row("setChannelTeam", R"({"channel":"CHANNEL","team":null})");
    row("pinNotice",
        R"({"text":"x","until":"2099-01-01T00:00:00Z","channel":"CHANNEL","tag":null,"view":null,"list":null})");
    row("unpinNotice", R"({"notice":"NOTICE"})");
    row("saveView", R"({"view":null,"name":"x CHANNEL","filter":{"statuses":["open"],"owner":"anyone","agent":null,
        "channels":[CHANNEL],"tags":[],"withoutTags":[],"least":"low","needsAnswer":false,"isPrivate":false,
        "hasTrouble":false},"search":"","order":"newest","isGrouped":false})");
}

void ExistenceTest::noActionTells()
{
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, arguments);
    const auto bo = m_world->client(ServerWorld::bo);
    for (const qint64 basedOn : {0, 1}) {
        for (const bool force : {false, true}) {
            const auto perform = [&](bool isHidden) {
                const QString text = filled(arguments.constData(), m_names, isHidden);
                QJsonObject action =
                    wireAction(QString::fromLatin1(kind), QJsonDocument::fromJson(text.toUtf8()).object());
                action.remove(str("number"));
                action.insert(str("basedOn"), basedOn);
                action.insert(str("force"), force);
                QJsonObject outcome = bo->perform(QJsonArray{action}).first().toObject();
                for (const char *own : {"seq", "undoBasedOn", "id", "created", "inverse"})
                    outcome.remove(str(own));
                return bare(outcome, arguments, m_names, isHidden);
            };
            const QByteArray ofNone = perform(false);
            QVERIFY2(!ofNone.contains("invalid"), ofNone.constData());
            QCOMPARE(perform(true), ofNone);
        }
    }
}

/// Of the kinds that name something of a channel.
void ExistenceTest::everyKindIsAsked()
{
    // What these name is the whole workspace's.
    static const QSet<QString> elsewhere{
        str("setDuty"),       str("addAgent"),       str("editAgent"),        str("addChannel"), str("addTeam"),
        str("setTeamMember"), str("keepSavedReply"), str("removeSavedReply"), str("keepMacro"),  str("removeMacro"),
        str("removeView"),    str("moveView"),       str("renameTeam"),       str("removeTeam"), str("changeSetting")};
    QFile self(str(EARSHOT_SOURCE_DIR "/tests/server/tst_existence.cpp"));
    QVERIFY(self.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(self.readAll());
    for (const QString &kind : everyKindOfAction()) {
        const QRegularExpression row(str("row\\(\\s*\"%1\",").arg(kind));
        QVERIFY2(elsewhere.contains(kind) || row.match(text).hasMatch(), qPrintable(kind));
    }
}

QTEST_GUILESS_MAIN(ExistenceTest)
#include "tst_existence.moc"
