// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "deskworld.h"

#include <QStandardPaths>

using namespace Earshot;

/// Actions and ingest on a real workspace file, without any network.
class LocalDeskTest final : public DeskWorld
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { begin(); }
    void cleanup() { end(); }
    void mentionBecomesAnOpenConversation();
    void samePageTwiceIsStoredOnce();
    void olderThanWorkArrivesResolved();
    void repeatedActionGetsItsStoredOutcome();
    void aRepeatIsAnsweredAlike();
    void numbersOutOfOrderAreRefused();
    void workDoneHereTakesNoDevicesNumber();
    void workDoneHereIsNotTheDevicesOwn();
    void claimedByAnotherIsTaken();
    void replyIsHeldThenMayBegin();
    void replyIsHeldAsLongAsTheWorkspaceSays();
    void replyIsStaleWhenTheCustomerWroteAgain();
    void ownAnswerComingBackSettlesItsAttempt();
    void answerArrivingAfterItsCopyIsOneMessage();
    void answerGivenOutsideMakesWaitingReplyStale();
    void newMessageReopens();
    void threadsAreJoinedWhenTheRootIsFound();
    void undoOfAssignRestores();
    void draftsSurviveReopening();
    void everyFailingAccessLeavesAWholePage();
};

void LocalDeskTest::mentionBecomesAnOpenConversation()
{
    ingest({mention(QStringLiteral("1"), QStringLiteral("Help!"))});
    const ConversationFacts facts = conversation(m_first);
    QCOMPARE(facts.status, Status::open);
    QVERIFY(facts.needsAnswer);
    QVERIFY(!facts.assignee.isValid());
}

void LocalDeskTest::samePageTwiceIsStoredOnce()
{
    const RemoteMessage message = mention(QStringLiteral("1"), QStringLiteral("Help!"));
    ingest({message, message});
    const Seq before = conversation(m_first).seq;
    ingest({message});
    QCOMPARE(conversation(m_first).seq, before);
}

void LocalDeskTest::olderThanWorkArrivesResolved()
{
    RemoteMessage old = mention(QStringLiteral("1"), QStringLiteral("Long ago"));
    old.sentAt = m_clock.now() - std::chrono::days(20);
    ingest({old});
    QCOMPARE(conversation(m_first).status, Status::resolved);
}

void LocalDeskTest::repeatedActionGetsItsStoredOutcome()
{
    ingest({mention(QStringLiteral("1"), QStringLiteral("Help!"))});
    const Action note = makeAction(Act::AddNote{m_first, QStringLiteral("same as #2 @Kim")}, m_clock.now());
    const Outcome first = m_desk->perform({note}).result().constFirst();
    const Outcome again = m_desk->perform({note}).result().constFirst();
    QVERIFY(first.isApplied());
    QCOMPARE(again.created, first.created);
}

/// Also by what its undo is tested.
void LocalDeskTest::aRepeatIsAnsweredAlike()
{
    ingest({mention(QStringLiteral("1"), QStringLiteral("Help!"))});
    const Action claim = makeAction(Act::Claim{m_first}, m_clock.now());
    const Outcome first = m_desk->perform({claim}).result().constFirst();
    QVERIFY(first.undoBasedOn > 0);
    QVERIFY(actAs(AgentId(2), Act::SetPriority{m_first, Priority::high}).isApplied());
    QCOMPARE(m_desk->perform({claim}).result().constFirst(), first);
}

void LocalDeskTest::numbersOutOfOrderAreRefused()
{
    ingest({mention(QStringLiteral("1"), QStringLiteral("Help!"))});
    Action action = makeAction(Act::Claim{m_first}, m_clock.now());
    action.device = newUuid(m_clock.now());
    action.number = 2;
    Outcome outcome = m_desk->perform({action}).result().constFirst();
    QCOMPARE(outcome.refusal.kind, RefusalKind::outOfOrder);
    QCOMPARE(outcome.refusal.expected, 1);
    action.number = 1;
    QVERIFY(m_desk->perform({action}).result().constFirst().isApplied());
    action.id = newUuid(m_clock.now());
    outcome = m_desk->perform({action}).result().constFirst();
    QCOMPARE(outcome.refusal.kind, RefusalKind::deviceReset);
}

/// What an agent does where the record lives, beside a desktop of theirs that is far away.
void LocalDeskTest::workDoneHereTakesNoDevicesNumber()
{
    ingest({mention(QStringLiteral("1"), QStringLiteral("Help!"))});
    Action far = makeAction(Act::Claim{m_first}, m_clock.now());
    far.device = newUuid(m_clock.now());
    far.number = 1;
    QVERIFY(m_desk->perform({far}).result().constFirst().isApplied());
    QVERIFY(act(Act::AddTag{m_first, QStringLiteral("here")}).isApplied());
    far.id = newUuid(m_clock.now());
    far.number = 2;
    far.arguments = Act::AddTag{m_first, QStringLiteral("far")};
    QVERIFY(m_desk->perform({far}).result().constFirst().isApplied());
}

void LocalDeskTest::workDoneHereIsNotTheDevicesOwn()
{
    ingest({mention(QStringLiteral("1"), QStringLiteral("Help!"))});
    Action far = makeAction(Act::AddTag{m_first, QStringLiteral("far")}, m_clock.now());
    far.device = newUuid(m_clock.now());
    QVERIFY(m_desk->perform({far}).result().constFirst().isApplied());
    const Seq seen = conversation(m_first).seq;
    QVERIFY(sendReply(QStringLiteral("Answered here")).isValid());
    far.id = newUuid(m_clock.now());
    Act::SendReply reply;
    reply.conversation = m_first;
    reply.text = QStringLiteral("Answered there");
    far.arguments = reply;
    far.basedOn = seen;
    QCOMPARE(m_desk->perform({far}).result().constFirst().refusal.kind, RefusalKind::stale);
}

void LocalDeskTest::claimedByAnotherIsTaken()
{
    ingest({mention(QStringLiteral("1"), QStringLiteral("Help!"))});
    QVERIFY(actAs(AgentId(2), Act::Claim{m_first}).isApplied());
    const Outcome outcome = act(Act::Claim{m_first});
    QCOMPARE(outcome.refusal.kind, RefusalKind::taken);
    QCOMPARE(outcome.refusal.byName, QStringLiteral("Kim"));
}

void LocalDeskTest::replyIsHeldThenMayBegin()
{
    ingest({mention(QStringLiteral("1"), QStringLiteral("Help!"))});
    const DeliveryId delivery = sendReply(QStringLiteral("On it"));
    QVERIFY(delivery.isValid());
    QCOMPARE(conversation(m_first).status, Status::pending);
    QCOMPARE(beginAttempt(delivery), 0);
    m_clock.advance(std::chrono::seconds(11));
    QCOMPARE(beginAttempt(delivery), 1);
    QCOMPARE(job(delivery.value).state, DeliveryState::sending);
    QCOMPARE(beginAttempt(delivery), 0);
    QVERIFY(
        m_intake
            ->endAttempt({delivery, 1, Delivered{QStringLiteral("https://social.example/r1"), {}, {}, {}}, {}, false})
            .result());
    QCOMPARE(job(delivery.value).state, DeliveryState::sent);
}

void LocalDeskTest::replyIsHeldAsLongAsTheWorkspaceSays()
{
    QVERIFY(act(Act::ChangeSetting{Setting::undoSeconds, 60}).isApplied());
    ingest({mention(QStringLiteral("1"), QStringLiteral("Help!"))});
    const DeliveryId delivery = sendReply(QStringLiteral("On it"));
    m_clock.advance(std::chrono::seconds(59));
    QCOMPARE(beginAttempt(delivery), 0);
    m_clock.advance(std::chrono::seconds(2));
    QCOMPARE(beginAttempt(delivery), 1);
}

void LocalDeskTest::replyIsStaleWhenTheCustomerWroteAgain()
{
    ingest({mention(QStringLiteral("1"), QStringLiteral("Help!"))});
    const Seq seen = conversation(m_first).seq;
    RemoteMessage more = mention(QStringLiteral("2"), QStringLiteral("Never mind"));
    more.threadUri = QStringLiteral("https://social.example/1");
    ingest({more});
    QVERIFY(!sendReply(QStringLiteral("On it"), seen).isValid());
    // The same when it comes while the reply is held.
    const DeliveryId delivery = sendReply(QStringLiteral("On it"), conversation(m_first).seq);
    more.uri += QStringLiteral("b");
    ingest({more});
    m_clock.advance(std::chrono::seconds(11));
    QCOMPARE(beginAttempt(delivery), 0);
    QCOMPARE(job(delivery.value).state, DeliveryState::failed);
    QCOMPARE(job(delivery.value).failure, QStringLiteral("stale"));
    QCOMPARE(conversation(m_first).status, Status::open);
}

void LocalDeskTest::ownAnswerComingBackSettlesItsAttempt()
{
    ingest({mention(QStringLiteral("1"), QStringLiteral("Help!"))});
    const DeliveryId delivery = sendReply(QStringLiteral("On it"));
    m_clock.advance(std::chrono::seconds(11));
    QCOMPARE(beginAttempt(delivery), 1);
    RemoteMessage ours = mention(QStringLiteral("r1"), QStringLiteral("@mira on  it"), QStringLiteral("acme"));
    ours.isOurs = true;
    ours.parentUri = ours.threadUri = QStringLiteral("https://social.example/1");
    ingest({ours});
    QCOMPARE(job(delivery.value).state, DeliveryState::sent);
    // The answer then comes as well, and again by pull: still one message.
    QVERIFY(m_intake->endAttempt({delivery, 1, Delivered{ours.uri, {}, {}, {}}, {}, false}).result());
    ingest({ours});
    QCOMPARE(job(delivery.value).state, DeliveryState::sent);
    QCOMPARE(job(delivery.value).own.uri, ours.uri);
}

void LocalDeskTest::answerArrivingAfterItsCopyIsOneMessage()
{
    ingest({mention(QStringLiteral("1"), QStringLiteral("Help!"))});
    const DeliveryId delivery = sendReply(QStringLiteral("On it"));
    m_clock.advance(std::chrono::seconds(11));
    QCOMPARE(beginAttempt(delivery), 1);
    // The network changed the text beyond recognition: the copy is stored as a foreign answer at first.
    RemoteMessage ours =
        mention(QStringLiteral("r1"), QStringLiteral("translated by the network"), QStringLiteral("acme"));
    ours.isOurs = true;
    ours.parentUri = ours.threadUri = QStringLiteral("https://social.example/1");
    ingest({ours});
    QCOMPARE(count("select_all_messages"), 3);
    QVERIFY(m_intake->endAttempt({delivery, 1, Delivered{ours.uri, {}, {}, {}}, {}, false}).result());
    QCOMPARE(count("select_all_messages"), 2);
    QCOMPARE(job(delivery.value).own.uri, ours.uri);
}

void LocalDeskTest::answerGivenOutsideMakesWaitingReplyStale()
{
    ingest({mention(QStringLiteral("1"), QStringLiteral("Help!"))});
    const DeliveryId delivery = sendReply(QStringLiteral("On it"));
    RemoteMessage ours =
        mention(QStringLiteral("r9"), QStringLiteral("Answered from the phone"), QStringLiteral("acme"));
    ours.isOurs = true;
    ours.parentUri = ours.threadUri = QStringLiteral("https://social.example/1");
    ingest({ours});
    m_clock.advance(std::chrono::seconds(11));
    QCOMPARE(beginAttempt(delivery), 0);
    QCOMPARE(job(delivery.value).failure, QStringLiteral("stale"));
}

void LocalDeskTest::newMessageReopens()
{
    ingest({mention(QStringLiteral("1"), QStringLiteral("Help!"))});
    QVERIFY(act(Act::SetStatus{m_first, Status::resolved, Reason::noAnswerNeeded, {}}).isApplied());
    m_clock.advance(std::chrono::minutes(5));
    RemoteMessage more = mention(QStringLiteral("2"), QStringLiteral("Still broken"));
    more.threadUri = QStringLiteral("https://social.example/1");
    ingest({more});
    QCOMPARE(conversation(m_first).status, Status::open);
    QVERIFY(act(Act::SetStatus{m_first, Status::resolved, Reason::noAnswerNeeded, {}}).isApplied());
    m_clock.advance(std::chrono::days(40));
    more = mention(QStringLiteral("3"), QStringLiteral("And again"));
    more.threadUri = QStringLiteral("https://social.example/1");
    ingest({more});
    QCOMPARE(conversation(m_first).status, Status::resolved);
    QCOMPARE(conversation(ConversationId(2)).status, Status::open);
}

void LocalDeskTest::threadsAreJoinedWhenTheRootIsFound()
{
    RemoteMessage reply = mention(QStringLiteral("2"), QStringLiteral("me too"), QStringLiteral("jonas"));
    reply.threadUri.clear();
    reply.parentUri = QStringLiteral("https://social.example/1");
    ingest({reply});
    RemoteMessage root = mention(QStringLiteral("1"), QStringLiteral("It broke"));
    root.sentAt -= std::chrono::minutes(1);
    RemoteMessage again = reply;
    again.threadUri = root.uri;
    ingest({root, again});
    QCOMPARE(count("select_live_threads"), 1);
}

void LocalDeskTest::undoOfAssignRestores()
{
    ingest({mention(QStringLiteral("1"), QStringLiteral("Help!"))});
    const Outcome assigned = act(Act::Assign{m_first, AgentId(2)});
    QVERIFY(assigned.inverse);
    QVERIFY(act(*assigned.inverse, assigned.undoBasedOn).isApplied());
    QVERIFY(!conversation(m_first).assignee.isValid());
}

void LocalDeskTest::draftsSurviveReopening()
{
    ingest({mention(QStringLiteral("1"), QStringLiteral("Help!"))});
    DraftRecord draft;
    draft.conversation = m_first;
    draft.text = QStringLiteral("Dear Mi");
    m_desk->saveDraft(draft);
    m_desk.reset();
    m_workspace.reset();
    openDesk();
    QCOMPARE(count("select_all_drafts"), 1);
}

void LocalDeskTest::everyFailingAccessLeavesAWholePage()
{
    // For every k: the k-th access fails; the page is then stored again, and in the end everything is there once.
    bool hasMetNone = false;
    for (int k = 0; k < 400 && !hasMetNone; ++k) {
        RemoteMessage message =
            mention(QStringLiteral("k%1").arg(k), QStringLiteral("text"), QStringLiteral("a%1").arg(k));
        RemoteMessage second =
            mention(QStringLiteral("l%1").arg(k), QStringLiteral("text"), QStringLiteral("b%1").arg(k));
        Page page;
        page.messages = {message, second};
        page.next.mark = QString::number(k);
        auto left = std::make_shared<std::atomic<int>>(k);
        Database::setFault([left]() -> std::optional<Error> {
            return left->fetch_sub(1) == 0 ? std::optional(Error{ErrorKind::diskFull, QStringLiteral("fault"), {}})
                                           : std::nullopt;
        });
        const auto result = m_intake->storePage(m_channel, page).result();
        hasMetNone = left->load() >= 0;
        Database::setFault({});
        const qint64 expected = qint64(k) * 2;
        QCOMPARE(count("select_all_messages"), result ? expected + 2 : expected);
        QVERIFY(m_intake->storePage(m_channel, page).result());
        QCOMPARE(count("select_all_messages"), expected + 2);
    }
    QVERIFY(hasMetNone);
}

QTEST_GUILESS_MAIN(LocalDeskTest)
#include "tst_localdesk.moc"
