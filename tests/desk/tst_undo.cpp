// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/intake.h"
#include "desk/localdesk.h"
#include "workspace/exportqueries.h"
#include "workspace/queries.h"

#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Earshot;

namespace {

class TestClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return timeFromMs(m_now.load()); }
    void advance(Duration by) { m_now += by.count(); }

private:
    std::atomic<qint64> m_now{1'800'000'000'000};
};

} // namespace

/// On a real workspace: what is undone is as it was, in every row that a person sees; and the journal tells both.
class UndoTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void everyInverseBringsBack_data();
    void everyInverseBringsBack();
    void likeIsTakenBackBeforeItLeaves();
    void likeIsUndoneAfterItWasDone();
    void replyTakenBackAnsweredNobody();
    void replyInPartsTakenBackAnsweredNobody();
    void replyTakenBackLeavesWhatCameSince();
    void replyTakenBackLeavesTheAnswerBefore();
    void discardedReplyAnsweredNobody();
    void deletedMessageWaitsForNoAnswer();
    void likeTakenBackChangesNoAnswer();
    void bulkIsDoneAndUndone();
    void snoozedWakesOnce();
    void oldTombstonesAreForgotten();

private:
    [[nodiscard]] Outcome act(ActionArguments arguments, Seq basedOn = 0);
    [[nodiscard]] QStringList keptThings();
    [[nodiscard]] QStringList state();
    [[nodiscard]] QList<JournalRecord> journal();
    [[nodiscard]] QList<ConversationRecord> conversations();
    [[nodiscard]] QList<DeliveryRecord> outbox();
    void ask(const QString &author) { hear(author, QStringLiteral("it broke")); }
    /// @param thread the address of the message that it belongs to; empty = it begins one
    void hear(const QString &author, const QString &text, const QString &thread = {});
    /// One second later. @return its delivery
    DeliveryId reply(const QString &text, const QStringList &furtherParts = {});
    void beginSending(DeliveryId delivery);
    /// What lists show of the first conversation's last word, and how they sort it.
    [[nodiscard]] QStringList summary();

    TestClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<LocalDesk> m_desk;
    std::unique_ptr<Intake> m_intake;
    ChannelId m_channel;
    AgentId m_kim;
};

void UndoTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    const QString path = m_folder->filePath(QStringLiteral("d.earshot"));
    QVERIFY(Workspace::create(path, QStringLiteral("Ana"), m_clock));
    m_workspace = std::move(Workspace::open(path, Workspace::Access::owner, m_clock).value());
    m_desk = std::make_unique<LocalDesk>(*m_workspace, AgentId(1));
    m_intake = std::make_unique<Intake>(*m_workspace);
    Act::AddChannel channel;
    channel.network = Network::mastodon;
    channel.address = QStringLiteral("@acme@social.example");
    channel.workSince = m_clock.now() - std::chrono::hours(1);
    m_channel = ChannelId(act(channel).created);
    Capabilities can;
    can.canReply = can.canLike = can.canBoost = can.canHide = true;
    QVERIFY(m_intake->storeAccount(m_channel, QStringLiteral("1"), QStringLiteral("@acme"), {}, {}, can).result());
    m_kim = AgentId(act(Act::AddAgent{QStringLiteral("Kim"), Role::agent}).created);
    static_cast<void>(act(Act::SetDuty{m_kim, true}));
    ask(QStringLiteral("mira"));
    ask(QStringLiteral("jo"));
}

void UndoTest::cleanup()
{
    m_intake.reset();
    m_desk.reset();
    m_workspace.reset();
    m_folder.reset();
}

void UndoTest::hear(const QString &author, const QString &text, const QString &thread)
{
    m_clock.advance(std::chrono::seconds(1));
    RemoteMessage message;
    message.uri = QStringLiteral("https://social.example/") + (thread.isEmpty() ? author : author + text);
    message.threadUri = message.parentUri = thread;
    message.author.id = author;
    message.author.handle = QStringLiteral("@%1@social.example").arg(author);
    message.author.name = author;
    message.sentAt = m_clock.now();
    message.text = text;
    Page page;
    page.messages = {message};
    QVERIFY(m_intake->storeMessages(m_channel, page).result().has_value());
}

DeliveryId UndoTest::reply(const QString &text, const QStringList &furtherParts)
{
    m_clock.advance(std::chrono::seconds(1));
    Act::SendReply wish;
    wish.conversation = ConversationId(1);
    wish.text = text;
    wish.furtherParts = furtherParts;
    return DeliveryId(act(wish).created);
}

void UndoTest::beginSending(DeliveryId delivery)
{
    BeginWish begin;
    begin.delivery = delivery;
    begin.skipUndoWindow = true;
    begin.longest = std::chrono::seconds(45);
    QCOMPARE(m_intake->beginAttempt(begin).result().value_or(0), 1);
}

QStringList UndoTest::summary()
{
    const ConversationRecord row = conversations().constFirst();
    return {word(row.status), row.needsAnswer ? QStringLiteral("needs an answer") : QStringLiteral("is answered"),
            QStringLiteral("waiting since ") + toIso(row.waitingSince), row.snippet, toIso(row.lastMessageAt)};
}

Outcome UndoTest::act(ActionArguments arguments, Seq basedOn)
{
    return m_desk->perform({makeAction(std::move(arguments), m_clock.now(), basedOn)}).result().constFirst();
}

QList<ConversationRecord> UndoTest::conversations()
{
    const Time now = m_clock.now();
    return m_workspace
        ->readNow<QList<ConversationRecord>>([now](Database &database) -> Result<QList<ConversationRecord>> {
            const auto ids = conversationsAfter(database, ConversationId(), 1000);
            return ids ? loadConversations(database, *ids, AgentId(1), now) : tl::unexpected(ids.error());
        })
        .value();
}

QList<JournalRecord> UndoTest::journal()
{
    return m_workspace
        ->readNow<QList<JournalRecord>>([](Database &database) { return loadJournal(database, 0, 10'000); })
        .value();
}

QList<DeliveryRecord> UndoTest::outbox()
{
    return m_workspace->readNow<QList<DeliveryRecord>>([](Database &database) { return loadOutbox(database); }).value();
}

/// What is kept for everybody beside the conversations, by name.
QStringList UndoTest::keptThings()
{
    return m_workspace
        ->readNow<QStringList>([now = m_clock.now()](Database &database) -> Result<QStringList> {
            QStringList names;
            const auto teams = loadTeams(database);
            const auto notices = loadNotices(database, now);
            const auto replies = loadSavedReplies(database);
            const auto macros = loadMacros(database);
            const auto views = loadViews(database, AgentId(1));
            for (const TeamRecord &row : *teams)
                names.append(QStringLiteral("team ") + row.name);
            for (const NoticeRecord &row : *notices)
                names.append(QStringLiteral("notice ") + row.pinned.text);
            for (const SavedReplyRecord &row : *replies)
                names.append(QStringLiteral("saved reply ") + row.name);
            for (const MacroRecord &row : *macros)
                names.append(QStringLiteral("macro ") + row.name);
            for (const ViewRecord &row : *views)
                names.append(QStringLiteral("view ") + row.content.name);
            return names;
        })
        .value();
}

/// Everything that people see of the workspace, in words.
QStringList UndoTest::state()
{
    QStringList rows;
    const auto line = [&rows](const QStringList &parts) { rows.append(parts.join(QStringLiteral(" | "))); };
    const auto number = [](qint64 value) { return QString::number(value); };
    for (const ConversationRecord &row : conversations())
        line({number(row.id.value), word(row.status), word(row.reason), number(row.duplicateOf.value),
              toIso(row.snoozedUntil), number(row.assignee.value), row.assigneeName, word(row.priority),
              row.tags.join(QLatin1Char(',')), number(row.contact.value), row.contactName, number(row.messageCount)});
    const auto messages =
        m_workspace->readNow<QList<MessageRecord>>([](Database &database) -> Result<QList<MessageRecord>> {
            const auto ids = messagesAfter(database, MessageId(), 1000);
            return ids ? loadMessagesById(database, *ids) : tl::unexpected(ids.error());
        });
    for (const MessageRecord &row : *messages)
        line({row.text, word(row.moderation), number(row.isLiked), number(row.isBoosted)});
    const auto agents =
        m_workspace->readNow<QList<AgentRecord>>([](Database &database) { return loadAgents(database); });
    for (const AgentRecord &row : *agents)
        line({row.name, word(row.role), number(row.isOnDuty), number(row.isDisabled), number(row.openLimit)});
    const auto channels =
        m_workspace->readNow<QList<ChannelRecord>>([](Database &database) { return loadChannels(database); });
    for (const ChannelRecord &row : *channels)
        line({row.name, number(row.pausedBy.value), row.pauseReason});
    for (const DeliveryRecord &row : outbox())
        line({word(row.effect), word(row.state)});
    return rows + keptThings();
}

void UndoTest::everyInverseBringsBack_data()
{
    using List = QList<ActionArguments>;
    QTest::addColumn<List>("before");
    QTest::addColumn<ActionArguments>("action");
    const ConversationId first(1);
    const ConversationId second(2);
    const AgentId kim(2);
    const Time later = m_clock.now() + std::chrono::hours(5);
    const auto row = [](const char *name, const ActionArguments &action, const List &before = {}) {
        QTest::newRow(name) << before << action;
    };
    const Act::SetStatus resolved{first, Status::resolved, Reason::answered, {}};
    row("claim", Act::Claim{first});
    row("assign", Act::Assign{first, kim});
    row("assign to another", Act::Assign{first, kim}, {Act::Claim{first}});
    row("give back", Act::Unassign{first}, {Act::Assign{first, kim}});
    row("resolve", resolved);
    row("resolve as duplicate", Act::SetStatus{first, Status::resolved, Reason::duplicate, second});
    row("wait", Act::SetStatus{first, Status::pending, Reason::none, {}});
    row("open again", Act::SetStatus{first, Status::open, Reason::none, {}}, {resolved});
    row("open a duplicate again", Act::SetStatus{first, Status::open, Reason::none, {}},
        {Act::SetStatus{first, Status::resolved, Reason::duplicate, second}});
    row("snooze", Act::Snooze{first, later});
    row("snooze what was resolved", Act::Snooze{first, later}, {resolved});
    row("snooze longer", Act::Snooze{first, later + std::chrono::hours(1)}, {Act::Snooze{first, later}});
    row("wake", Act::Wake{first}, {Act::Snooze{first, later}});
    row("tag", Act::AddTag{first, QStringLiteral("hardware")});
    row("second tag", Act::AddTag{first, QStringLiteral("hardware")}, {Act::AddTag{first, QStringLiteral("lamp")}});
    row("untag", Act::RemoveTag{first, QStringLiteral("lamp")}, {Act::AddTag{first, QStringLiteral("lamp")}});
    row("priority", Act::SetPriority{first, Priority::urgent});
    row("merge contacts", Act::MergeContacts{ContactId(2), ContactId(1)});
    row("split a contact", Act::SplitContact{ContactId(2)}, {Act::MergeContacts{ContactId(2), ContactId(1)}});
    row("off duty", Act::SetDuty{AgentId(1), false});
    row("stop sending", Act::PauseSending{ChannelId(1), QStringLiteral("storm")});
    row("make a team", Act::AddTeam{QStringLiteral("Night")});
    row("pin a notice", Act::PinNotice{QStringLiteral("storm"), later, {}, {}, {}, {}});
    row("make a saved reply", Act::KeepSavedReply{{}, QStringLiteral("Thanks"), QStringLiteral("Thank you")});
    row("make a macro", Act::KeepMacro{{}, QStringLiteral("Done"), {}, {{MacroStepKind::resolve, {}}}});
    ViewContent content;
    content.name = QStringLiteral("Lamps");
    row("make a shared view", Act::SaveView{{}, content});
    Act::EditAgent edit;
    edit.agent = kim;
    edit.name = QStringLiteral("Kim B.");
    edit.role = Role::lead;
    edit.isDisabled = true;
    edit.openLimit = 20;
    row("edit an agent", edit);
}

void UndoTest::everyInverseBringsBack()
{
    QFETCH(QList<ActionArguments>, before);
    QFETCH(ActionArguments, action);
    for (const ActionArguments &one : before)
        QVERIFY(act(one).isApplied());
    const QStringList then = state();
    const qsizetype lines = journal().size();
    const Outcome done = act(action);
    QVERIFY2(done.isApplied() && done.hadEffect, qPrintable(word(done.refusal.kind) + done.refusal.detail));
    QVERIFY(state() != then);
    QVERIFY(done.inverse.has_value());
    const Outcome undone = act(*done.inverse, done.undoBasedOn);
    QVERIFY2(undone.isApplied() && undone.hadEffect, qPrintable(word(undone.refusal.kind) + undone.refusal.detail));
    QCOMPARE(state(), then);
    const QList<JournalRecord> told = journal();
    QCOMPARE(told.size(), lines + 2);
    QCOMPARE(told.at(1).kind, kindOf(action));
    QCOMPARE(told.at(0).kind, kindOf(*done.inverse));
    QCOMPARE(told.at(0).agent, AgentId(1));
}

void UndoTest::likeIsTakenBackBeforeItLeaves()
{
    const auto messages = m_workspace->readNow<QList<MessageId>>(
        [](Database &database) { return messagesAfter(database, MessageId(), 10); });
    const QStringList then = state();
    for (const Effect effect : {Effect::like, Effect::boost, Effect::hide, Effect::spam}) {
        const Outcome done = act(Act::PerformEffect{messages->constFirst(), effect});
        QVERIFY(done.isApplied());
        QCOMPARE(outbox().size(), 1);
        QCOMPARE(outbox().constFirst().state, DeliveryState::held);
        const Outcome undone = act(*done.inverse, done.undoBasedOn);
        QVERIFY(undone.isApplied() && undone.hadEffect);
        // Nothing of it is left to be sent.
        QCOMPARE(outbox().size(), 0);
        QCOMPARE(state(), then);
        // And done after all.
        QVERIFY(act(*undone.inverse, undone.undoBasedOn).isApplied());
        QCOMPARE(outbox().size(), 1);
        QCOMPARE(outbox().constFirst().effect, effect);
        QVERIFY(act(Act::CancelDelivery{outbox().constFirst().id}).isApplied());
    }
}

void UndoTest::likeIsUndoneAfterItWasDone()
{
    const auto messages = m_workspace->readNow<QList<MessageId>>(
        [](Database &database) { return messagesAfter(database, MessageId(), 10); });
    const Outcome done = act(Act::PerformEffect{messages->constFirst(), Effect::like});
    BeginWish begin;
    begin.delivery = DeliveryId(done.created);
    begin.skipUndoWindow = true;
    begin.outgoing.effect = Effect::like;
    begin.longest = std::chrono::seconds(45);
    QCOMPARE(m_intake->beginAttempt(begin).result().value_or(0), 1);
    // While it is on its way, the opposite is lined up behind it.
    const Outcome undone = act(*done.inverse, done.undoBasedOn);
    QVERIFY(undone.isApplied() && undone.hadEffect);
    QCOMPARE(outbox().size(), 2);
    QVERIFY(m_intake->endAttempt({begin.delivery, 1, Delivered(), {}, false}).result().has_value());
    QCOMPARE(outbox().size(), 1);
    QCOMPARE(outbox().constFirst().effect, Effect::unlike);
}

void UndoTest::replyTakenBackAnsweredNobody()
{
    const QStringList then = summary();
    QVERIFY(then.contains(QStringLiteral("needs an answer")));
    const DeliveryId delivery = reply(QStringLiteral("not this"));
    QVERIFY(summary() != then);
    QVERIFY(act(Act::CancelDelivery{delivery}).isApplied());
    QCOMPARE(summary(), then);
}

void UndoTest::replyInPartsTakenBackAnsweredNobody()
{
    const QStringList then = summary();
    const DeliveryId delivery = reply(QStringLiteral("one"), {QStringLiteral("two"), QStringLiteral("three")});
    QVERIFY(act(Act::CancelDelivery{delivery}).isApplied());
    QCOMPARE(summary(), then);
}

void UndoTest::replyTakenBackLeavesWhatCameSince()
{
    const QString thread = QStringLiteral("https://social.example/mira");
    const Time asked = conversations().constFirst().waitingSince;
    const DeliveryId delivery = reply(QStringLiteral("not this"));
    hear(QStringLiteral("mira"), QStringLiteral("anybody there?"), thread);
    const ConversationRecord before = conversations().constFirst();
    QCOMPARE(before.snippet, QStringLiteral("anybody there?"));
    QVERIFY(before.waitingSince > asked);
    QVERIFY(act(Act::CancelDelivery{delivery}).isApplied());
    const ConversationRecord after = conversations().constFirst();
    QVERIFY(after.needsAnswer);
    QCOMPARE(after.snippet, before.snippet);
    QCOMPARE(after.lastMessageAt, before.lastMessageAt);
    // Nobody has answered since the first question.
    QCOMPARE(after.waitingSince, asked);
}

void UndoTest::replyTakenBackLeavesTheAnswerBefore()
{
    const DeliveryId sent = reply(QStringLiteral("that is how"));
    beginSending(sent);
    Delivered delivered;
    delivered.uri = QStringLiteral("https://social.example/ours");
    QVERIFY(m_intake->endAttempt({sent, 1, delivered, {}, false}).result().has_value());
    const ConversationRecord before = conversations().constFirst();
    const DeliveryId second = reply(QStringLiteral("and another thing"));
    QVERIFY(act(Act::CancelDelivery{second}).isApplied());
    const ConversationRecord after = conversations().constFirst();
    QVERIFY(!after.needsAnswer);
    QCOMPARE(after.waitingSince, before.waitingSince);
    QCOMPARE(after.snippet, QStringLiteral("that is how"));
    QCOMPARE(after.lastMessageAt, before.lastMessageAt);
}

void UndoTest::discardedReplyAnsweredNobody()
{
    const QStringList then = summary();
    const DeliveryId delivery = reply(QStringLiteral("never arrives"));
    beginSending(delivery);
    AttemptEnd end;
    end.delivery = delivery;
    end.number = 1;
    end.error = Error{ErrorKind::permission, QStringLiteral("no"), {}};
    QVERIFY(m_intake->endAttempt(end).result().has_value());
    QCOMPARE(outbox().constFirst().state, DeliveryState::failed);
    QVERIFY(act(Act::CancelDelivery{delivery}).isApplied());
    QCOMPARE(summary(), then);
}

void UndoTest::deletedMessageWaitsForNoAnswer()
{
    const QString thread = QStringLiteral("https://social.example/mira");
    const DeliveryId sent = reply(QStringLiteral("that is how"));
    beginSending(sent);
    Delivered delivered;
    delivered.uri = QStringLiteral("https://social.example/ours");
    QVERIFY(m_intake->endAttempt({sent, 1, delivered, {}, false}).result().has_value());
    hear(QStringLiteral("mira"), QStringLiteral("oops"), thread);
    const DeliveryId second = reply(QStringLiteral("pardon?"));
    RemoteChange change;
    change.uri = QStringLiteral("https://social.example/miraoops");
    change.presence = Presence::deleted;
    Page page;
    page.changes = {change};
    QVERIFY(m_intake->storeMessages(m_channel, page).result().has_value());
    QVERIFY(act(Act::CancelDelivery{second}).isApplied());
    const ConversationRecord after = conversations().constFirst();
    QVERIFY(!after.needsAnswer);
    QCOMPARE(after.snippet, QStringLiteral("that is how"));
}

void UndoTest::likeTakenBackChangesNoAnswer()
{
    QVERIFY(reply(QStringLiteral("that is how")).isValid());
    const QStringList then = summary();
    const auto messages = m_workspace->readNow<QList<MessageId>>(
        [](Database &database) { return messagesAfter(database, MessageId(), 10); });
    const Outcome like = act(Act::PerformEffect{messages->constFirst(), Effect::like});
    QVERIFY(act(Act::CancelDelivery{DeliveryId(like.created)}).isApplied());
    QCOMPARE(summary(), then);
}

void UndoTest::bulkIsDoneAndUndone()
{
    for (int i = 0; i < 100; ++i)
        ask(QStringLiteral("person%1").arg(i));
    const QStringList then = state();
    QList<Action> list;
    for (const ConversationRecord &row : conversations())
        list.append(makeAction(Act::AddTag{row.id, QStringLiteral("storm")}, m_clock.now()));
    list.insert(50, makeAction(Act::AddTag{ConversationId(9999), QStringLiteral("storm")}, m_clock.now()));
    const QList<Outcome> outcomes = m_desk->perform(list).result();
    QCOMPARE(outcomes.size(), list.size());
    QList<Action> inverses;
    for (qsizetype i = 0; i < outcomes.size(); ++i) {
        // Each for itself, in the order asked: one that is refused keeps nobody back.
        QCOMPARE(outcomes.at(i).isApplied(), i != 50);
        if (i == 50)
            continue;
        Action inverse = makeAction(*outcomes.at(i).inverse, m_clock.now(), outcomes.at(i).undoBasedOn);
        inverses.prepend(inverse);
    }
    const QList<ConversationRecord> rows = conversations();
    QVERIFY(std::all_of(rows.cbegin(), rows.cend(), [](const ConversationRecord &row) {
        return row.tags == QStringList(QStringLiteral("storm"));
    }));
    const QList<Outcome> undone = m_desk->perform(inverses).result();
    QVERIFY(std::all_of(undone.cbegin(), undone.cend(), [](const Outcome &one) { return one.isApplied(); }));
    QCOMPARE(state(), then);
}

void UndoTest::snoozedWakesOnce()
{
    QVERIFY(act(Act::Snooze{ConversationId(1), m_clock.now() + std::chrono::hours(1)}).isApplied());
    QVERIFY(act(Act::Snooze{ConversationId(2), m_clock.now() + std::chrono::hours(3)}).isApplied());
    const auto woken = [this] { return m_intake->wakeDue().result().value_or(-1); };
    QCOMPARE(woken(), 0);
    m_clock.advance(std::chrono::hours(2));
    // Compared when reading: it is open before anything was written.
    QCOMPARE(conversations().at(0).status, Status::open);
    QCOMPARE(conversations().at(1).status, Status::snoozed);
    const qsizetype lines = journal().size();
    QCOMPARE(woken(), 1);
    QCOMPARE(woken(), 0);
    QCOMPARE(journal().size(), lines + 1);
    QCOMPARE(journal().constFirst().kind, QStringLiteral("woke"));
    QCOMPARE(journal().constFirst().conversation, ConversationId(1));
    QVERIFY(!journal().constFirst().agent.isValid());
    QCOMPARE(conversations().at(0).status, Status::open);
    QCOMPARE(conversations().at(1).status, Status::snoozed);
}

void UndoTest::oldTombstonesAreForgotten()
{
    QVERIFY(act(Act::AddTag{ConversationId(1), QStringLiteral("lamp")}).isApplied());
    QVERIFY(act(Act::RemoveTag{ConversationId(1), QStringLiteral("lamp")}).isApplied());
    const auto forgotten = [this] { return m_intake->forgetOldTombstones().result().value_or(-1); };
    QCOMPARE(forgotten(), 0);
    m_clock.advance(std::chrono::days(89));
    QCOMPARE(forgotten(), 0);
    m_clock.advance(std::chrono::days(2));
    QVERIFY(forgotten() > 0);
    QCOMPARE(forgotten(), 0);
}

QTEST_GUILESS_MAIN(UndoTest)
#include "tst_undo.moc"
