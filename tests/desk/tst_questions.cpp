// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/questionjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Earshot;

namespace {

const Time now = timeFromMs(1'780'000'000'123);

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

ConversationRecord conversation()
{
    ConversationRecord record;
    record.id = ConversationId(41);
    record.number = 4411;
    record.channel = ChannelId(2);
    record.network = Network::mastodon;
    record.thread = ThreadId(5);
    record.threadTitle = str("Lamps");
    record.threadUrl = str("https://social.example/1");
    record.identity = IdentityId(6);
    record.contact = ContactId(7);
    record.contactName = str("Mira");
    record.contactHandle = str("@mira");
    record.subject = str("Lamp");
    record.snippet = str("It flickers");
    record.status = Status::snoozed;
    record.reason = Reason::duplicate;
    record.duplicateOf = ConversationId(40);
    record.snoozedUntil = now;
    record.assignee = AgentId(1);
    record.assigneeName = str("Ana");
    record.priority = Priority::urgent;
    record.tags = {str("a"), str("b")};
    record.needsAnswer = record.isImported = record.isPrivate = record.isUnseen = true;
    record.trouble = 1;
    record.messageCount = 3;
    record.createdAt = record.lastMessageAt = record.waitingSince = now;
    record.seq = 70;
    record.publicSeq = 50;
    return record;
}

DeliveryRecord delivery()
{
    return {DeliveryId(3),
            ConversationId(41),
            4411,
            MessageId(Q_INT64_C(1) << 62),
            ChannelId(2),
            Effect::hide,
            DeliveryState::unsure,
            AgentId(1),
            now,
            now,
            now,
            2,
            str("stale"),
            str("detail"),
            str("text"),
            60};
}

MessageRecord message()
{
    MessageRecord record;
    record.id = MessageId((Q_INT64_C(1) << 62) + 1); // more than a double holds
    record.conversation = ConversationId(41);
    record.channel = ChannelId(2);
    record.kind = MessageKind::reply;
    record.identity = IdentityId(6);
    record.authorName = str("Mira");
    record.authorHandle = str("@mira");
    record.authorUrl = record.uri = record.url = record.parentUri = str("https://social.example/2");
    record.agent = AgentId(1);
    record.agentName = str("Ana");
    record.remoteId = str("2");
    record.sortAt = record.sentAt = record.arrivedAt = record.editedAt = now;
    record.text = str("Ä\n\"b\"");
    record.contentWarning = str("cw");
    record.language = str("de");
    record.visibility = Visibility::direct;
    record.presence = Presence::deleted;
    record.moderation = Moderation::hidden;
    record.rating = 35;
    record.mentions = {str("@jo")};
    record.isLiked = record.isBoosted = true;
    record.olderTexts = {str("old")};
    record.media = {{str("h"), str("https://a"), str("image/png"), str("d"), 1, 2}};
    record.delivery = delivery();
    record.createdSeq = 9;
    return record;
}

ChannelRecord channel()
{
    ChannelRecord record;
    record.id = ChannelId(2);
    record.network = Network::bluesky;
    record.address = str("@a.example");
    record.name = str("A");
    record.purpose = Purpose::sales;
    record.team = TeamId(4);
    record.horizon = record.workSince = record.removedAt = record.healthSince = record.healthUntil = now;
    record.lastPullAt = record.nextPullAt = now;
    record.limit = {290, now};
    record.pause = {now - std::chrono::hours(14), now};
    record.isBehind = true;
    record.pausedBy = AgentId(1);
    record.pauseReason = str("storm");
    record.health = Health::keyringLocked;
    record.healthDetail = str("why");
    record.capabilities.canReply = record.capabilities.canAskBeforePublishing = true;
    record.capabilities.countRule = CountRule::bluesky;
    record.capabilities.maxMediaBytes = Q_INT64_C(1) << 40;
    record.capabilities.keyLifetime = std::chrono::hours(1);
    return record;
}

JournalRecord line()
{
    return {8,           now,          AgentId(1), str("Ana"), str("claim"), ConversationId(41), 4411, ChannelId(2),
            str("Care"), MessageId(3), str("a"),   str("b"),   str("uuid")};
}

template <class Asked>
void row(const char *name, const Asked &question, const typename Asked::Answer &answer)
{
    QTest::addRow("%s", name) << Question(question) << Answer(answer);
}

} // namespace

Q_DECLARE_METATYPE(Earshot::Question)
Q_DECLARE_METATYPE(Earshot::Answer)

/// Questions and answers travel without loss.
class QuestionsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersTravel_data();
    void answersTravel();
    void everyQuestionTravels();
    void questionsHaveDefaults();
    void wrongQuestionsAreRefused_data();
    void wrongQuestionsAreRefused();
    void wrongAnswersAreRefused();
    void hashesStay();
    void channelsTravel();
};

void QuestionsTest::answersTravel_data()
{
    QTest::addColumn<Question>("question");
    QTest::addColumn<Answer>("answer");
    row("conversations", Ask::Conversations(), {{conversation()}, ListPlace{now, ConversationId(41)}});
    row("no conversations", Ask::Conversations(), {});
    row("conversation", Ask::Conversation{4411}, conversation());
    row("no conversation", Ask::Conversation{4411}, std::nullopt);
    row("story", Ask::Story{ConversationId(41), 5, true}, {{message()}, true, {line()}, {message()}});
    row("timeline", Ask::Timeline(), {message(), MessageRecord()});
    row("search", Ask::Search(), {{{message(), conversation(), str("excerpt"), now}}, MessageId(77)});
    row("message", Ask::Message{MessageId(3)}, message());
    row("delivery", Ask::Delivery{DeliveryId(3)}, delivery());
    row("outbox", Ask::Outbox(), {delivery()});
    row("journal", Ask::Journal(), {line()});
    row("channels", Ask::Channels(), {channel()});
    row("agents", Ask::Agents(), {{AgentId(1), str("Ana"), Role::lead, false, true}});
    row("tags", Ask::Tags(), {{TagId(1), str("lamp")}});
    row("teams", Ask::Teams(), {{TeamId(1), str("Sales"), {AgentId(1), AgentId(2)}}});
    ViewContent view;
    view.name = str("Storm");
    view.filter.statuses = {Status::open};
    view.filter.tags = {TagId(4)};
    view.filter.networks = {Network::wordpress};
    view.filter.waitsLonger = std::chrono::minutes(90);
    view.order = ListOrder::priority;
    row("views", Ask::Views(), {{{ViewId(2), str("u"), view, 1}, 7}, {{{}, str("v"), view, 2}, std::nullopt}});
    row("notices", Ask::Notices(),
        {{NoticeId(3), {str("Storm"), now, {}, TagId(4), {}, View::open}, AgentId(1), str("Ana"), now}});
    row("overview", Ask::Overview(), {1, 2, 3, 4, 5, 6, 7, 8, str("restored"), true, Q_INT64_C(9), {20, 14}});
    row("all conversations", Ask::ConversationsById(), {{conversation()}, ConversationId(41)});
    row("all messages", Ask::MessagesById(), {{{message(), 4411}}, MessageId(3)});
    row("access log", Ask::AccessLog(),
        {{now, str("logIn"), AgentId(1), str("Ana"), str("::1"), str("t"), str("Laptop")}});
}

void QuestionsTest::answersTravel()
{
    QFETCH(Question, question);
    QFETCH(Answer, answer);
    const QByteArray text = QJsonDocument(toJson(answer)).toJson();
    const auto read = answerFromJson(question, QJsonDocument::fromJson(text).object());
    QVERIFY2(read.has_value(), text.constData());
    QVERIFY2(*read == answer, text.constData());
    QCOMPARE(read->index(), answer.index());
}

void QuestionsTest::everyQuestionTravels()
{
    Ask::Conversations list;
    list.view = View::tag;
    list.tag = TagId(3);
    list.after = ListPlace{now, ConversationId(4)};
    list.limit = 7;
    list.filter.tags = {TagId(9)};
    list.order = ListOrder::longestWaiting;
    list.isGrouped = true;
    const auto read = questionFromJson(str("Desk/conversations"), toJson(Question(list)));
    QVERIFY(read);
    const auto &same = std::get<Ask::Conversations>(*read);
    QCOMPARE(same.view, View::tag);
    QCOMPARE(same.tag, TagId(3));
    QVERIFY(same.after == list.after);
    QCOMPARE(same.limit, 7);
    QVERIFY(same.filter == list.filter);
    QCOMPARE(same.order, ListOrder::longestWaiting);
    QVERIFY(same.isGrouped);
    for (const char *method :
         {"Desk/agents", "Desk/tags", "Desk/teams", "Desk/views", "Desk/notices", "Desk/outbox", "Desk/overview"}) {
        QVERIFY(isQuestion(str(method)));
        const auto empty = questionFromJson(str(method), {});
        QVERIFY(empty);
        QCOMPARE(methodOf(*empty), str(method));
    }
    QVERIFY(!isQuestion(str("Desk/everything")));
}

void QuestionsTest::questionsHaveDefaults()
{
    const auto list = questionFromJson(str("Desk/conversations"), {});
    QVERIFY(list);
    QCOMPARE(std::get<Ask::Conversations>(*list).limit, 50);
    QCOMPARE(std::get<Ask::Conversations>(*list).view, View::all);
}

void QuestionsTest::wrongQuestionsAreRefused_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QByteArray>("arguments");
    const auto row = [](const char *method, const char *arguments) {
        QTest::addRow("%s %s", method, arguments) << str(method) << QByteArray(arguments);
    };
    row("Desk/everything", "{}");
    row("Desk/agents", R"({"limit": 1})");
    row("Desk/conversation", "{}");
    row("Desk/conversation", R"({"number": "1"})");
    row("Desk/story", R"({"conversation": 1})");
    row("Desk/story", R"({"conversation": "x"})");
    row("Desk/story", R"({"conversation": "-1"})");
    row("Desk/conversations", R"({"view": "everything"})");
    row("Desk/conversations", R"({"limit": 1.5})");
    row("Desk/conversations", R"({"after": {"at": "yesterday", "id": "1"}})");
    row("Desk/conversations", R"({"after": []})");
    row("Desk/channels", R"({"withRemoved": 1})");
}

void QuestionsTest::wrongQuestionsAreRefused()
{
    QFETCH(QString, method);
    QFETCH(QByteArray, arguments);
    const auto read = questionFromJson(method, QJsonDocument::fromJson(arguments).object());
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::invalid);
    QVERIFY(!read.error().detail.isEmpty());
}

void QuestionsTest::wrongAnswersAreRefused()
{
    for (const char *wrong : {"{}", R"({"list": {}})", R"({"list": [1]})", R"({"list": [{"id": "1"}]})"}) {
        const auto read = answerFromJson(Question(Ask::Agents()), QJsonDocument::fromJson(wrong).object());
        QVERIFY2(!read, wrong);
        QCOMPARE(read.error().kind, ErrorKind::malformed);
    }
}

void QuestionsTest::hashesStay()
{
    TokenRecord token;
    token.id = str("id");
    token.agent = AgentId(1);
    token.hash = str("0123456789abcdef");
    QVERIFY(!QJsonDocument(toJson(Answer(QList<TokenRecord>{token}))).toJson().contains("0123456789abcdef"));
}

void QuestionsTest::channelsTravel()
{
    Finding finding{
        Network::wordpress, str("https://a"), str("A"), str("comments"), true, true, true, true, false, true, str("b")};
    const auto findings = findingsFromWire(toWire(QList<Finding>{finding}));
    QVERIFY(findings);
    QCOMPARE(*findings, QList<Finding>{finding});
    NewChannel wish{finding, str("Name"), str("user"), Secret("geheim \xff"), Purpose::sales, now, now,
                    true,    false,       {}};
    const auto read = newChannelFromWire(toWire(wish));
    QVERIFY(read);
    QCOMPARE(read->secret.reveal(), wish.secret.reveal());
    QVERIFY(read->finding == finding && read->user == wish.user && read->workSince == now);
    QVERIFY(read->isHorizonAgo && !read->isWorkSinceAgo);
    QVERIFY(!newChannelFromWire({}));
    const auto can = capabilitiesFromWire(toWire(channel().capabilities));
    QVERIFY(can);
    QCOMPARE(*can, channel().capabilities);
    ChannelReport report{ChannelId(2), str("A"), 9, 1, 2, 3, 4, 5, 6, Error{ErrorKind::quota, str("d"), now}};
    const auto reports = reportsFromWire(toWire(QList<ChannelReport>{report}));
    QVERIFY(reports);
    QCOMPARE(reports->first().unsure, 6);
    QCOMPARE(reports->first().news(), 8);
    QVERIFY(reports->first().error == report.error);
}

QTEST_APPLESS_MAIN(QuestionsTest)
#include "tst_questions.moc"
