// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/keptversion.h"
#include "tests/replica/twodesks.h"

#include <QTest>

using namespace Earshot;

/// What was wished of a message or of duty while the line was cut never wins over what another, or the same agent's
/// other device, has wished since: a person decides.
class OvertakenTest final : public QObject, private TwoDesks
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }
    void anOlderEffectIsTrouble_data();
    void anOlderEffectIsTrouble();
    void anOlderDutyIsTrouble_data();
    void anOlderDutyIsTrouble();
    void anothersDutyIsAnotherMatter();
    void whatWasSeenIsOverruled();
    void onesOwnComeInTheirOrder();
    void onesOwnOfAnEarlierLogInIsNoNews();
    void whatWasChangedMeanwhileIsNotRemoved();
    void whoInsistsHasSeenNoMore_data();
    void whoInsistsHasSeenNoMore();
    void whoAnswersWhatIsGoneHasSeenNoMore();
    void whatWasSentAgainIsNotTakenBack_data();
    void whatWasSentAgainIsNotTakenBack();
    void whatWasSentAgainIsNotSentOnceMore_data();
    void whatWasSentAgainIsNotSentOnceMore();

private:
    static constexpr auto kim = ServerWorld::kim;

    [[nodiscard]] MessageId asked()
    {
        return MessageId(there(str("SELECT min(id) FROM message WHERE conversation = 1")).value(0).toLongLong());
    }
    [[nodiscard]] ActionArguments wish(Effect effect) { return Act::PerformEffect{asked(), effect}; }
    /// What was wished there, the oldest first.
    [[nodiscard]] QStringList wished()
    {
        return there(str("SELECT after FROM journal WHERE kind = 'performEffect' ORDER BY id"));
    }
    [[nodiscard]] static bool does(Desktop &desktop, const ActionArguments &arguments)
    {
        return desktop.perform({arguments}).value(0).isApplied();
    }
    void doMeanwhile(Desktop &early, bool isColleague, const ActionArguments &arguments);
    /// While neither reaches the server one of the two wishes this; then the other or a colleague does those, and then
    /// the first comes back.
    void overtake(bool isOneLate, bool isColleague, const ActionArguments &older, const QList<ActionArguments> &newer);
    [[nodiscard]] Desktop &lateOne(bool isOneLate) { return isOneLate ? *m_one : *m_other; }
    [[nodiscard]] static WaitingAction trouble(Desktop &desktop) { return desktop.desk().waitingActions().value(0); }
};

void OvertakenTest::doMeanwhile(Desktop &early, bool isColleague, const ActionArguments &arguments)
{
    if (isColleague) {
        QVERIFY(m_world->act(arguments, ServerWorld::ana).isApplied());
        return;
    }
    QVERIFY(does(early, arguments));
    // Else what is undone before it was sent would never be.
    QTRY_VERIFY(early.isSettled());
}

void OvertakenTest::overtake(bool isOneLate, bool isColleague, const ActionArguments &older,
                             const QList<ActionArguments> &newer)
{
    Desktop &late = lateOne(isOneLate);
    Desktop &early = lateOne(!isOneLate);
    away();
    QVERIFY(does(late, older));
    late.close();
    back(early);
    for (const ActionArguments &arguments : newer)
        doMeanwhile(early, isColleague, arguments);
    late.open();
    QTRY_COMPARE(late.kind(), DeskStatus::Kind::current);
    QTRY_VERIFY(late.isSettled());
}

void OvertakenTest::anOlderEffectIsTrouble_data()
{
    QTest::addColumn<bool>("isOneLate");
    QTest::addColumn<bool>("isColleague");
    QTest::addRow("one's other device") << false << false;
    QTest::addRow("one's other device, the other way round") << true << false;
    QTest::addRow("a colleague") << false << true;
}

/// And may be wished anew by who has seen what came meanwhile.
void OvertakenTest::anOlderEffectIsTrouble()
{
    QFETCH(bool, isOneLate);
    QFETCH(bool, isColleague);
    overtake(isOneLate, isColleague, wish(Effect::like), {wish(Effect::like), wish(Effect::unlike)});
    Desktop &late = lateOne(isOneLate);
    QTRY_COMPARE(late.desk().refusedCount(), 1);
    const WaitingAction refused = trouble(late);
    QCOMPARE(refused.refusal.kind, RefusalKind::changed);
    QCOMPARE(refused.refusal.by, isColleague ? ServerWorld::ana : kim);
    QCOMPARE(refused.refusal.detail, word(Effect::unlike));
    QCOMPARE(wished(), (QStringList{word(Effect::like), word(Effect::unlike)}));
    QTRY_COMPARE(late.rows(str("SELECT id FROM journal WHERE kind = 'performEffect'")).size(), 2);
    const auto anyway = late.desk().doAnyway(refused.entry);
    QTRY_VERIFY(anyway.isFinished());
    QTRY_COMPARE(wished(), (QStringList{word(Effect::like), word(Effect::unlike), word(Effect::like)}));
    QTRY_COMPARE(late.desk().refusedCount(), 0);
}

void OvertakenTest::anOlderDutyIsTrouble_data()
{
    QTest::addColumn<bool>("isOneLate");
    QTest::addColumn<bool>("isColleague");
    QTest::addRow("one's other device") << false << false;
    QTest::addRow("one's other device, the other way round") << true << false;
    QTest::addRow("a lead") << false << true;
}

void OvertakenTest::anOlderDutyIsTrouble()
{
    QFETCH(bool, isOneLate);
    QFETCH(bool, isColleague);
    overtake(isOneLate, isColleague, Act::SetDuty{kim, false}, {Act::SetDuty{kim, false}, Act::SetDuty{kim, true}});
    Desktop &late = lateOne(isOneLate);
    QTRY_COMPARE(late.desk().refusedCount(), 1);
    QCOMPARE(trouble(late).refusal.kind, RefusalKind::changed);
    QCOMPARE(trouble(late).refusal.by, isColleague ? ServerWorld::ana : kim);
    QCOMPARE(trouble(late).refusal.detail, str("on"));
    QCOMPARE(there(str("SELECT on_duty FROM agent WHERE id = 2")), QStringList{str("1")});
}

/// Whatever else has become of the agent.
void OvertakenTest::anothersDutyIsAnotherMatter()
{
    overtake(false, true, Act::SetDuty{kim, false},
             {Act::SetDuty{ServerWorld::bo, false}, Act::SetDuty{ServerWorld::ana, false},
              Act::EditAgent{kim, {}, Role::lead, {}}});
    QCOMPARE(m_other->desk().refusedCount(), 0);
    QCOMPARE(there(str("SELECT on_duty FROM agent WHERE id = 2")), QStringList{str("0")});
}

/// No conversation's own number says that an effect was wished.
void OvertakenTest::whatWasSeenIsOverruled()
{
    QVERIFY(m_world->act(wish(Effect::like), ServerWorld::ana).isApplied());
    QTRY_COMPARE(m_other->rows(str("SELECT id FROM journal WHERE kind = 'performEffect'")).size(), 1);
    QVERIFY(does(*m_other, wish(Effect::unlike)));
    QTRY_VERIFY(m_other->isSettled());
    QCOMPARE(m_other->desk().refusedCount(), 0);
    QCOMPARE(wished(), (QStringList{word(Effect::like), word(Effect::unlike)}));
}

void OvertakenTest::onesOwnComeInTheirOrder()
{
    away();
    // What stands between keeps the pairs from being taken back here.
    for (const ActionArguments &arguments :
         {wish(Effect::like), ActionArguments(Act::AddTag{ofAll, str("a")}), wish(Effect::unlike),
          ActionArguments(Act::AddTag{ofAll, str("b")}), wish(Effect::like)})
        QVERIFY(does(*m_other, arguments));
    back(*m_other);
    QTRY_VERIFY(m_other->isSettled());
    QCOMPARE(m_other->desk().refusedCount(), 0);
    QCOMPARE(wished(), (QStringList{word(Effect::like), word(Effect::unlike), word(Effect::like)}));
}

/// The answer to the first is lost, and the second goes out under another device.
void OvertakenTest::onesOwnOfAnEarlierLogInIsNoNews()
{
    m_line->losePushes(true);
    m_line->cutAnswersTo("POST /jmap/api");
    QVERIFY(does(*m_other, wish(Effect::like)));
    QTRY_COMPARE(wished(), QStringList{word(Effect::like)});
    away();
    QVERIFY(does(*m_other, Act::AddTag{ofAll, str("a")}));
    QVERIFY(does(*m_other, wish(Effect::unlike)));
    m_other->session().setToken(Secret(m_world->token(kim)));
    m_line->losePushes(false);
    m_line->cutAnswersTo({});
    back(*m_other);
    QTRY_VERIFY(m_other->isSettled());
    QCOMPARE(m_other->desk().refusedCount(), 0);
    QCOMPARE(wished(), (QStringList{word(Effect::like), word(Effect::unlike)}));
}

/// A saved reply and a view that look otherwise by now.
void OvertakenTest::whatWasChangedMeanwhileIsNotRemoved()
{
    Act::KeepSavedReply reply{{}, str("Thanks"), str("Thank you")};
    Act::SaveView view;
    view.content.name = str("Lamps");
    QVERIFY(m_world->act(Act::EditAgent{kim, {}, Role::lead, {}}).isApplied());
    reply.savedReply = SavedReplyId(m_world->act(reply).created);
    view.view = ViewId(m_world->act(view).created);
    QTRY_COMPARE(m_other->rows(str("SELECT name FROM saved_reply UNION ALL SELECT name FROM shared_view")),
                 (QStringList{str("Thanks"), str("Lamps")}));
    // Neither the role nor the rows are news to who acts.
    QTRY_COMPARE(m_other->rows(str("SELECT role FROM agent WHERE id = 2")),
                 QStringList{QString::number(int(Role::lead))});
    away();
    QVERIFY(does(*m_other, Act::RemoveSavedReply{reply.savedReply, versionOf(reply)}));
    QVERIFY(does(*m_other, Act::RemoveView{view.view, versionOf(view.content)}));
    reply.text = str("Thank you very much");
    view.content.name = str("Lamps and bulbs");
    QVERIFY(m_world->act(reply).isApplied());
    QVERIFY(m_world->act(view).isApplied());
    back(*m_other);
    QTRY_COMPARE(m_other->desk().refusedCount(), 2);
    for (const WaitingAction &one : m_other->desk().waitingActions())
        QCOMPARE(one.refusal.kind, RefusalKind::changed);
    QCOMPARE(there(str("SELECT text FROM saved_reply")), QStringList{reply.text});
    QCOMPARE(there(str("SELECT name FROM shared_view")), QStringList{view.content.name});
}

void OvertakenTest::whoInsistsHasSeenNoMore_data()
{
    QTest::addColumn<ActionArguments>("insisted");
    QTest::addColumn<ActionArguments>("seen");
    QTest::addColumn<ActionArguments>("newer");
    QTest::addColumn<RefusalKind>("why");
    Act::SendReply mine;
    mine.conversation = ofAll;
    mine.text = str("mine");
    Act::SendReply theirs = mine;
    theirs.text = str("theirs");
    QTest::addRow("a reply") << ActionArguments(mine) << ActionArguments(theirs) << ActionArguments(theirs)
                             << RefusalKind::stale;
    QTest::addRow("an owner") << ActionArguments(Act::Claim{ofAll})
                              << ActionArguments(Act::Assign{ofAll, ServerWorld::bo})
                              << ActionArguments(Act::Assign{ofAll, ServerWorld::ana}) << RefusalKind::taken;
    QTest::addRow("a field") << ActionArguments(Act::SetPriority{ofAll, Priority::low})
                             << ActionArguments(Act::SetPriority{ofAll, Priority::high})
                             << ActionArguments(Act::SetPriority{ofAll, Priority::urgent}) << RefusalKind::changed;
}

/// "Send anyway" overrules what was there when it was said, not what came while it waited for a line.
void OvertakenTest::whoInsistsHasSeenNoMore()
{
    QFETCH(ActionArguments, insisted);
    QFETCH(ActionArguments, seen);
    QFETCH(ActionArguments, newer);
    QFETCH(RefusalKind, why);
    const Seq before = m_other->conversation(ofAll).seq;
    QVERIFY(m_world->act(seen, ServerWorld::ana).isApplied());
    QTRY_VERIFY(m_other->conversation(ofAll).seq > before);
    QTRY_VERIFY(m_other->isSettled());
    const auto insist = [&] {
        Action action = makeAction(insisted, m_world->clock().now(), before);
        action.force = true;
        return m_other->desk().perform({action});
    };
    // At once it is done.
    away();
    const auto waits = insist();
    QTRY_VERIFY(waits.isFinished());
    QVERIFY(waits.result().constFirst().isApplied());
    QVERIFY(m_world->act(newer, ServerWorld::ana).isApplied());
    back(*m_other);
    QTRY_COMPARE(m_other->desk().refusedCount(), 1);
    QCOMPARE(trouble(*m_other).refusal.kind, why);
    // Who has seen that, too, is heard.
    const auto again = m_other->desk().doAnyway(trouble(*m_other).entry);
    QTRY_VERIFY(again.isFinished());
    QTRY_VERIFY(m_other->isSettled());
    QCOMPARE(m_other->desk().refusedCount(), 0);
}

/// Nor does it go over what came while it waited.
void OvertakenTest::whoAnswersWhatIsGoneHasSeenNoMore()
{
    Act::SendReply mine;
    mine.conversation = ofAll;
    mine.target = asked();
    mine.text = str("mine");
    away();
    QVERIFY(does(*m_other, mine));
    m_world->runSql(str("UPDATE message SET presence = %1, seq = :1 WHERE id = %2")
                        .arg(QString::number(int(Presence::deleted)), QString::number(asked().value)));
    back(*m_other);
    QTRY_COMPARE(m_other->desk().refusedCount(), 1);
    QCOMPARE(trouble(*m_other).refusal.kind, RefusalKind::notPossible);
    QTRY_VERIFY(m_other->isSettled());
    away();
    const auto anyway = m_other->desk().doAnyway(trouble(*m_other).entry);
    QTRY_VERIFY(anyway.isFinished());
    QVERIFY(anyway.result().constFirst().isApplied());
    Act::SendReply theirs;
    theirs.conversation = ofAll;
    theirs.text = str("theirs");
    theirs.mayAnswerGone = true;
    QVERIFY(m_world->act(theirs, ServerWorld::ana).isApplied());
    back(*m_other);
    QTRY_COMPARE(m_other->desk().refusedCount(), 1);
    QCOMPARE(trouble(*m_other).refusal.kind, RefusalKind::stale);
    QCOMPARE(there(str("SELECT count(*) FROM delivery")), QStringList{str("1")});
    const auto again = m_other->desk().doAnyway(trouble(*m_other).entry);
    QTRY_VERIFY(again.isFinished());
    QTRY_COMPARE(there(str("SELECT count(*) FROM delivery")), QStringList{str("2")});
    QTRY_COMPARE(m_other->desk().refusedCount(), 0);
}

void OvertakenTest::whatWasSentAgainIsNotTakenBack_data()
{
    QTest::addColumn<bool>("isColleague");
    QTest::addRow("one's other device") << false;
    QTest::addRow("a colleague") << true;
}

/// A reply that had failed is taken back without a line; meanwhile somebody has sent it again.
void OvertakenTest::whatWasSentAgainIsNotTakenBack()
{
    QFETCH(bool, isColleague);
    Act::SendReply reply;
    reply.conversation = ofAll;
    reply.text = str("mine");
    QVERIFY(does(*m_other, reply));
    QTRY_VERIFY(m_other->isSettled());
    const DeliveryId delivery(there(str("SELECT id FROM delivery")).value(0).toLongLong());
    const auto state = [this] { return there(str("SELECT state FROM delivery")).value(0).toInt(); };
    m_world->runSql(str("UPDATE delivery SET state = %1, seq = :1").arg(int(DeliveryState::failed)));
    const QStringList failed{QString::number(int(DeliveryState::failed))};
    for (Desktop *desktop : {m_one.get(), m_other.get()})
        QTRY_COMPARE(desktop->rows(str("SELECT state FROM delivery")), failed);
    overtake(false, isColleague, Act::CancelDelivery{delivery}, {Act::RetryDelivery{delivery}});
    QTRY_COMPARE(m_other->desk().refusedCount(), 1);
    QCOMPARE(trouble(*m_other).refusal.kind, RefusalKind::changed);
    QCOMPARE(trouble(*m_other).refusal.by, isColleague ? ServerWorld::ana : kim);
    QCOMPARE(state(), int(DeliveryState::queued));
    const auto anyway = m_other->desk().doAnyway(trouble(*m_other).entry);
    QTRY_VERIFY(anyway.isFinished());
    QTRY_COMPARE(state(), int(DeliveryState::cancelled));
    QCOMPARE(m_other->desk().refusedCount(), 0);
}

void OvertakenTest::whatWasSentAgainIsNotSentOnceMore_data()
{
    QTest::addColumn<bool>("isColleague");
    QTest::addColumn<RefusalKind>("why");
    QTest::addRow("by itself") << false << RefusalKind::notPossible;
    // Its attempts are counted anew then.
    QTest::addRow("a colleague") << true << RefusalKind::changed;
}

/// Who looked, and found it nowhere, says so without a line; meanwhile it was tried again, and that may have arrived.
void OvertakenTest::whatWasSentAgainIsNotSentOnceMore()
{
    QFETCH(bool, isColleague);
    QFETCH(RefusalKind, why);
    Act::SendReply reply;
    reply.conversation = ofAll;
    reply.text = str("mine");
    QVERIFY(does(*m_other, reply));
    QTRY_VERIFY(m_other->isSettled());
    const QStringList unsure{QString::number(int(DeliveryState::unsure))};
    const auto become = [this](DeliveryState state) {
        m_world->runSql(str("UPDATE delivery SET state = %1, attempts = attempts + 1, seq = :1").arg(int(state)));
    };
    const auto isUnsure = [&] { return m_other->rows(str("SELECT state FROM delivery")) == unsure; };
    const DeliveryId delivery(there(str("SELECT id FROM delivery")).value(0).toLongLong());
    Action again = makeAction(Act::RetryDelivery{delivery, 1}, m_world->clock().now());
    again.force = true;
    become(DeliveryState::unsure);
    QTRY_VERIFY(isUnsure());
    away();
    const auto waits = m_other->desk().perform({again});
    QTRY_VERIFY(waits.isFinished());
    QVERIFY(waits.result().constFirst().isApplied());
    if (isColleague) {
        become(DeliveryState::failed);
        QVERIFY(m_world->act(Act::RetryDelivery{delivery}, ServerWorld::ana).isApplied());
    }
    become(DeliveryState::unsure);
    QCOMPARE(there(str("SELECT attempts FROM delivery")), QStringList(str(isColleague ? "1" : "2")));
    back(*m_other);
    QTRY_COMPARE(m_other->desk().refusedCount(), 1);
    QCOMPARE(trouble(*m_other).refusal.kind, why);
    QCOMPARE(there(str("SELECT state FROM delivery")), unsure);
}

QTEST_GUILESS_MAIN(OvertakenTest)
#include "tst_overtaken.moc"
