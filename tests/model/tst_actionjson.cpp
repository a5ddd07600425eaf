// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/actionjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Earshot;

namespace {

const ConversationId conversation(41);
const MessageId message((qint64(1) << 62) + 3);
const Time later = timeFromMs(1'780'000'123'456);

/// One of each kind, with every member set to something that is not its default.
QList<ActionArguments> everyKind()
{
    Act::SendReply reply;
    reply.conversation = conversation;
    reply.target = message;
    reply.text = QStringLiteral("Grüße \U0001F44B\n\"quoted\"");
    reply.contentWarning = QStringLiteral("cw");
    reply.language = QStringLiteral("de");
    reply.visibility = Visibility::direct;
    reply.media = {{QStringLiteral("ab12"), QStringLiteral("image/png"), QStringLiteral("A lamp")}};
    reply.thenResolve = true;
    reply.skipUndoWindow = true;
    ViewContent view;
    view.name = QStringLiteral("Lamps");
    view.filter.statuses = {Status::open, Status::snoozed};
    view.filter.owner = ViewFilter::Owner::agent;
    view.filter.agent = AgentId(3);
    view.filter.channels = {ChannelId(1), ChannelId(4)};
    view.filter.networks = {Network::mastodon, Network::bluesky};
    view.filter.tags = {TagId(5)};
    view.filter.withoutTags = {TagId(6), TagId(7)};
    view.filter.least = Priority::high;
    view.filter.needsAnswer = view.filter.isPrivate = view.filter.hasTrouble = true;
    view.filter.waitsLonger = std::chrono::hours(2);
    view.search = QStringLiteral("tag:x");
    view.order = ListOrder::longestWaiting;
    view.isGrouped = true;
    return {Act::Claim{conversation},
            Act::Assign{conversation, AgentId(2)},
            Act::Unassign{conversation},
            Act::SetStatus{conversation, Status::resolved, Reason::duplicate, ConversationId(7)},
            Act::Snooze{conversation, later},
            Act::Wake{conversation},
            Act::AddTag{conversation, QStringLiteral("hard ware")},
            Act::RemoveTag{conversation, QStringLiteral("x")},
            Act::SetPriority{conversation, Priority::urgent},
            Act::AddNote{conversation, QStringLiteral("@Kim look")},
            Act::EditNote{message, QStringLiteral("new"), QStringLiteral("0123456789abcdef")},
            reply,
            Act::CancelDelivery{DeliveryId(9)},
            Act::RetryDelivery{DeliveryId(9), 2},
            Act::SettleDelivery{DeliveryId(9)},
            Act::PerformEffect{message, Effect::deleteOwn},
            Act::MergeContacts{ContactId(1), ContactId(2)},
            Act::SplitContact{ContactId(1), ContactId(2)},
            Act::SetDuty{AgentId(3), false},
            Act::PauseSending{ChannelId(4), QStringLiteral("storm")},
            Act::ResumeSending{ChannelId(4)},
            Act::AddAgent{QStringLiteral("Mira"), Role::lead},
            Act::EditAgent{AgentId(3), QStringLiteral("Ana"), Role::admin, true, QStringLiteral("0a1b"), 20},
            Act::AddChannel{Network::mastodon, QStringLiteral("@a@b.example"), QStringLiteral("A"),
                            QStringLiteral("https://b.example"), QStringLiteral("me"), Purpose::sales, later,
                            timeFromMs(1)},
            Act::EditChannel{ChannelId(4), QStringLiteral("B"), Purpose::corporate, 300, QStringLiteral("0a1b")},
            Act::RemoveChannel{ChannelId(4)},
            Act::KeepSavedReply{SavedReplyId(3), QStringLiteral("Thanks"), QStringLiteral("Thank you, {name}!"),
                                QStringLiteral("0a1b")},
            Act::RemoveSavedReply{SavedReplyId(3), QStringLiteral("0a1b")},
            Act::KeepMacro{MacroId(2),
                           QStringLiteral("Hardware"),
                           QStringLiteral("H"),
                           {{MacroStepKind::addTag, QStringLiteral("hardware")}, {MacroStepKind::claim, {}}},
                           QStringLiteral("0a1b")},
            Act::RemoveMacro{MacroId(2), QStringLiteral("0a1b")},
            Act::AddTeam{QStringLiteral("Sales")},
            Act::SetTeamMember{TeamId(7), AgentId(3), false},
            Act::SetChannelTeam{ChannelId(4), TeamId(7)},
            Act::SaveView{ViewId(8), view, QStringLiteral("0a1b")},
            Act::RemoveView{ViewId(8), QStringLiteral("0a1b")},
            Act::MoveView{ViewId(8), ViewId(9)},
            Act::PinNotice{QStringLiteral("Storm"), later, ChannelId(4), TagId(5), ViewId(8), View::unassigned},
            Act::UnpinNotice{NoticeId(2)},
            Act::RenameTeam{TeamId(7), QStringLiteral("Shop")},
            Act::RemoveTeam{TeamId(7)},
            Act::ChangeSetting{Setting::reopenDays, 14}};
}

Action fullAction(ActionArguments arguments)
{
    Action action = makeAction(std::move(arguments), later, 77);
    action.device = newUuid(later);
    action.number = 5;
    action.actor = AgentId(2);
    action.force = true;
    return action;
}

/// Through text, as on a socket.
QJsonObject throughText(const QJsonObject &object)
{
    return QJsonDocument::fromJson(QJsonDocument(object).toJson(QJsonDocument::Compact)).object();
}

QJsonObject exampleReply()
{
    return toJson(fullAction(everyKind().at(11)));
}

QJsonObject with(QJsonObject object, const QString &name, const QJsonValue &value)
{
    const qsizetype dot = name.indexOf(QLatin1Char('.'));
    if (dot < 0) {
        object.insert(name, value); // an undefined value removes it
        return object;
    }
    object.insert(name.left(dot), with(object.value(name.left(dot)).toObject(), name.mid(dot + 1), value));
    return object;
}

} // namespace

class ActionJsonTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindComesBack_data();
    void everyKindComesBack();
    void whatIsLeftOutComesBack();
    void whatAnOlderProgramWroteIsRead();
    void viewOfAnOlderProgramIsRead();
    void membersHaveTheirNames();
    void wrongActionIsRefused_data();
    void wrongActionIsRefused();
    void unknownMembersArePassedOver();
    void outcomesComeBack_data();
    void outcomesComeBack();
    void wrongOutcomeIsRefused_data();
    void wrongOutcomeIsRefused();
};

void ActionJsonTest::everyKindComesBack_data()
{
    QTest::addColumn<int>("index");
    const QList<ActionArguments> all = everyKind();
    QCOMPARE(size_t(all.size()), ActionArguments::kindCount);
    for (int i = 0; i < all.size(); ++i)
        QTest::newRow(qPrintable(kindOf(all.at(i)))) << i;
}

void ActionJsonTest::everyKindComesBack()
{
    QFETCH(int, index);
    const Action action = fullAction(everyKind().at(index));
    QCOMPARE(int(action.arguments.index()), index);
    const Result<Action> back = actionFromJson(throughText(toJson(action)));
    QVERIFY2(back.has_value(), back ? "" : qPrintable(back.error().detail));
    QVERIFY(*back == action);
}

void ActionJsonTest::whatIsLeftOutComesBack()
{
    Act::SendReply reply;
    reply.conversation = conversation;
    Action action = makeAction(reply, timeFromMs(1));
    action.claimedAt = Time();
    const QJsonObject json = throughText(toJson(action));
    QVERIFY(json.value(QStringLiteral("device")).isNull());
    QVERIFY(json.value(QStringLiteral("actor")).isNull());
    QVERIFY(json.value(QStringLiteral("claimedAt")).isNull());
    const Result<Action> back = actionFromJson(json);
    QVERIFY(back.has_value());
    QVERIFY(*back == action);
}

void ActionJsonTest::whatAnOlderProgramWroteIsRead()
{
    QJsonObject json = exampleReply();
    QJsonObject arguments = json.value(QStringLiteral("arguments")).toObject();
    QVERIFY(arguments.contains(QStringLiteral("leftOut")));
    arguments.remove(QStringLiteral("leftOut"));
    arguments.remove(QStringLiteral("mayWiden"));
    arguments.remove(QStringLiteral("mayAnswerGone"));
    json.insert(QStringLiteral("arguments"), arguments);
    const Result<Action> back = actionFromJson(json);
    QVERIFY2(back.has_value(), back ? "" : qPrintable(back.error().detail));
    const auto &reply = std::get<Act::SendReply>(back->arguments);
    QVERIFY(reply.leftOut.isEmpty() && !reply.mayWiden && !reply.mayAnswerGone);
    arguments.insert(QStringLiteral("leftOut"), QJsonArray{7});
    json.insert(QStringLiteral("arguments"), arguments);
    QVERIFY(!actionFromJson(json));
    // What a note was changed from was not said once.
    QJsonObject note = toJson(makeAction(Act::EditNote{MessageId(7), QStringLiteral("new"), QStringLiteral("x")}, {}));
    QJsonObject members = note.value(QStringLiteral("arguments")).toObject();
    QVERIFY(members.contains(QStringLiteral("was")));
    members.remove(QStringLiteral("was"));
    note.insert(QStringLiteral("arguments"), members);
    const Result<Action> edit = actionFromJson(note);
    QVERIFY(edit.has_value());
    QVERIFY(std::get<Act::EditNote>(edit->arguments).was.isEmpty());
}

/// It knew nothing of networks and waiting times: then any will do, or what is stored stays.
void ActionJsonTest::viewOfAnOlderProgramIsRead()
{
    ViewContent view;
    view.name = QStringLiteral("Lamps");
    view.filter.networks = {Network::mastodon};
    view.filter.waitsLonger = std::chrono::minutes(30);
    QJsonObject json = toJson(view);
    QJsonObject filter = json.value(QStringLiteral("filter")).toObject();
    QCOMPARE(filter.take(QStringLiteral("networks")), QJsonValue(QJsonArray{QStringLiteral("mastodon")}));
    QCOMPARE(filter.take(QStringLiteral("waitsLonger")), QJsonValue(1'800'000));
    json.insert(QStringLiteral("filter"), filter);
    const Result<ViewContent> back = viewFromJson(json);
    QVERIFY2(back.has_value(), back ? "" : qPrintable(back.error().detail));
    ViewContent any = view;
    any.filter = ViewFilter();
    ViewContent added = *back;
    completeView(added, ViewContent());
    QCOMPARE(added, any);
    ViewContent changed = *back;
    completeView(changed, view);
    QCOMPARE(changed, view);
    // Sent on, it is told.
    QCOMPARE(toJson(*back), json);
    filter.insert(QStringLiteral("networks"), QJsonArray{QStringLiteral("carrier pigeon")});
    json.insert(QStringLiteral("filter"), filter);
    QVERIFY(!viewFromJson(json));
}

void ActionJsonTest::membersHaveTheirNames()
{
    const QJsonObject json = exampleReply();
    QCOMPARE(json.keys(), QStringList({QStringLiteral("actor"), QStringLiteral("arguments"), QStringLiteral("basedOn"),
                                       QStringLiteral("claimedAt"), QStringLiteral("device"), QStringLiteral("force"),
                                       QStringLiteral("id"), QStringLiteral("kind"), QStringLiteral("number")}));
    QCOMPARE(json.value(QStringLiteral("kind")).toString(), QStringLiteral("sendReply"));
    QCOMPARE(json.value(QStringLiteral("claimedAt")).toString(), QStringLiteral("2026-05-28T20:28:43.456Z"));
    const QJsonObject arguments = json.value(QStringLiteral("arguments")).toObject();
    QCOMPARE(arguments.value(QStringLiteral("conversation")).toInteger(), 41);
    QCOMPARE(arguments.value(QStringLiteral("target")).toInteger(), message.value);
    QCOMPARE(arguments.value(QStringLiteral("visibility")).toString(), QStringLiteral("direct"));
}

void ActionJsonTest::wrongActionIsRefused_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *name, const char *member, const QJsonValue &value, const char *path = nullptr) {
        const QString where = QString::fromLatin1(member);
        QTest::newRow(name) << where << value << (path ? QString::fromLatin1(path) : where);
    };
    const QJsonValue missing(QJsonValue::Undefined);
    row("no id", "id", missing);
    row("null id", "id", QJsonValue());
    row("id is no uuid", "id", QStringLiteral("1234"));
    row("device is a number", "device", 4);
    row("number is text", "number", QStringLiteral("4"));
    row("number is a fraction", "number", 4.5);
    row("number is beyond", "number", 1e300);
    row("actor is negative", "actor", -3);
    row("actor is nought", "actor", 0);
    row("time without zone", "claimedAt", QStringLiteral("2026-01-01T10:00:00"));
    row("time is nonsense", "claimedAt", QStringLiteral("yesterday"));
    row("time is a number", "claimedAt", 12345);
    row("force is a number", "force", 1);
    row("no kind", "kind", missing);
    row("unknown kind", "kind", QStringLiteral("dropTable"));
    row("kind is a list", "kind", QJsonArray());
    row("kind in capitals", "kind", QStringLiteral("SendReply"));
    row("no arguments", "arguments", missing);
    row("arguments are a list", "arguments", QJsonArray());
    row("arguments are empty", "arguments", QJsonObject(), "arguments.conversation");
    row("conversation is text", "arguments.conversation", QStringLiteral("41"));
    row("conversation is an object", "arguments.conversation", QJsonObject());
    row("no text", "arguments.text", missing);
    row("text is null", "arguments.text", QJsonValue());
    row("unknown visibility", "arguments.visibility", QStringLiteral("everyone"));
    row("media is an object", "arguments.media", QJsonObject());
    row("media holds a number", "arguments.media", QJsonArray{3}, "arguments.media[0].hash");
    row("media without type", "arguments.media", QJsonArray{QJsonObject{{QStringLiteral("hash"), QStringLiteral("a")}}},
        "arguments.media[0].type");
}

void ActionJsonTest::wrongActionIsRefused()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QFETCH(QString, path);
    const Result<Action> read = actionFromJson(with(exampleReply(), member, value));
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().kind, ErrorKind::invalid);
    QCOMPARE(read.error().detail, path);
}

void ActionJsonTest::unknownMembersArePassedOver()
{
    const QJsonObject plain = exampleReply();
    const QJsonObject newer =
        with(with(plain, QStringLiteral("later"), 1), QStringLiteral("arguments.later"), QJsonArray{QJsonObject()});
    const Result<Action> read = actionFromJson(newer);
    QVERIFY(read.has_value());
    QCOMPARE(toJson(*read), plain);
}

static Outcome refusedOutcome()
{
    Outcome outcome;
    outcome.kind = Outcome::Kind::refused;
    outcome.refusal = {RefusalKind::taken, AgentId(2), QStringLiteral("Ana"), QStringLiteral("detail"), 4};
    outcome.hadEffect = false;
    return outcome;
}

void ActionJsonTest::outcomesComeBack_data()
{
    QTest::addColumn<Outcome>("outcome");
    Outcome applied;
    applied.seq = 99;
    applied.created = (qint64(1) << 40) + 1;
    QTest::newRow("applied") << applied;
    applied.hadEffect = false;
    QTest::newRow("was so already") << applied;
    QTest::newRow("refused") << refusedOutcome();
    Outcome unknown;
    unknown.kind = Outcome::Kind::unknown;
    QTest::newRow("unknown") << unknown;
    for (const ActionArguments &inverse : everyKind()) {
        applied.inverse = inverse;
        applied.undoBasedOn = 100;
        QTest::addRow("undone by %s", qPrintable(kindOf(inverse))) << applied;
    }
}

void ActionJsonTest::outcomesComeBack()
{
    QFETCH(Outcome, outcome);
    const Result<Outcome> back = outcomeFromJson(throughText(toJson(outcome)));
    QVERIFY2(back.has_value(), back ? "" : qPrintable(back.error().detail));
    QVERIFY(*back == outcome);
}

void ActionJsonTest::wrongOutcomeIsRefused_data()
{
    QTest::addColumn<QJsonObject>("json");
    QTest::addColumn<QString>("path");
    const QJsonObject refused = toJson(refusedOutcome());
    Outcome plain;
    const QJsonObject applied = toJson(plain);
    const auto name = [](const char *text) { return QString::fromLatin1(text); };
    QTest::newRow("empty") << QJsonObject() << name("outcome");
    QTest::newRow("unknown word") << with(applied, name("outcome"), name("done")) << name("outcome");
    QTest::newRow("seq is text") << with(applied, name("seq"), name("1")) << name("seq");
    QTest::newRow("refused without refusal") << with(refused, name("refusal"), QJsonValue()) << name("refusal");
    QTest::newRow("applied with refusal")
        << with(applied, name("refusal"), refused.value(name("refusal"))) << name("refusal");
    QTest::newRow("unknown refusal") << with(refused, name("refusal.kind"), name("because")) << name("refusal.kind");
    QTest::newRow("inverse is text") << with(applied, name("inverse"), name("claim")) << name("inverse");
    QTest::newRow("inverse is empty") << with(applied, name("inverse"), QJsonObject()) << name("inverse.kind");
    QTest::newRow("inverse without arguments")
        << with(applied, name("inverse"), QJsonObject{{name("kind"), name("claim")}}) << name("inverse.arguments");
}

void ActionJsonTest::wrongOutcomeIsRefused()
{
    QFETCH(QJsonObject, json);
    QFETCH(QString, path);
    const Result<Outcome> read = outcomeFromJson(json);
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().kind, ErrorKind::invalid);
    QCOMPARE(read.error().detail, path);
}

QTEST_APPLESS_MAIN(ActionJsonTest)
#include "tst_actionjson.moc"
