// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/waiting.h"
#include "tests/replica/oneagent.h"

#include <QSet>
#include <QTest>

#include <algorithm>
#include <utility>

using namespace Earshot;

namespace {

template <size_t... Index>
QSet<QString> kindsThatWait(std::index_sequence<Index...>)
{
    QSet<QString> kinds;
    const auto add = [&kinds](const ActionArguments &arguments) {
        if (mayWait(arguments))
            kinds.insert(kindOf(arguments));
    };
    (add(ActionArguments(std::in_place_index<Index>)), ...);
    return kinds;
}

} // namespace

/// Whatever may wait is shown at once, done once when the server is reached, and undone before and after that.
class EveryKindWaitsTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { end(); }
    void isDoneOnce();
    void undoneBeforeItIsNeverSent();
    void undoneAfter();
    void anEditOfWhatWasMadeHereIsUndoneAfter();
    void undoneRemovalLeavesTheSame();
    void tagThatIsNamedStays();
    void undoneTagIsGone();

private:
    [[nodiscard]] Outcome act(const ActionArguments &arguments);
    [[nodiscard]] qint64 idOf(const QString &sql) { return there(sql).value(0).toLongLong(); }
    [[nodiscard]] ContactId contactOf(qint64 conversation)
    {
        return ContactId(idOf(str("SELECT contact FROM conversation WHERE id = %1").arg(conversation)));
    }
    [[nodiscard]] DeliveryId replied(qint64 conversation, DeliveryState state);
    /// Makes what they are about on the server.
    void prepare();
    void prepareConversations();
    void prepareShared();
    [[nodiscard]] QStringList shared(Workspace &workspace)
    {
        return firstColumn(workspace,
                           str("SELECT id || name FROM saved_reply UNION ALL SELECT id || name FROM macro UNION ALL "
                               "SELECT id || position || name FROM shared_view UNION ALL SELECT id || text FROM notice "
                               "UNION ALL SELECT id || on_duty FROM agent UNION ALL "
                               "SELECT id || ' ' || coalesce(merged_into, 0) FROM contact"));
    }
    void comesToRest();

    QList<ActionArguments> m_all; ///< one of each kind that may wait
};

void EveryKindWaitsTest::init()
{
    ServerLimits limits;
    limits.requestsPerSecond = limits.requestBurst = 100'000;
    begin(limits, 12);
    // What was undone before it was sent is taken back when the rows are compared.
    m_kim->close();
    m_kim->open(std::chrono::milliseconds(300), std::chrono::milliseconds(50));
    QTRY_COMPARE(m_kim->kind(), DeskStatus::Kind::current);
    QVERIFY(act(Act::EditAgent{ServerWorld::kim, {}, Role::lead, {}}).isApplied());
    QTRY_VERIFY(isEqual());
}

Outcome EveryKindWaitsTest::act(const ActionArguments &arguments)
{
    return m_world->act(arguments);
}

DeliveryId EveryKindWaitsTest::replied(qint64 conversation, DeliveryState state)
{
    const DeliveryId delivery(act(replyTo(ConversationId(conversation), str("by Ana"))).created);
    m_world->runSql(str("UPDATE delivery SET state = %1, seq = :1 WHERE id = %2").arg(int(state)).arg(delivery.value));
    return delivery;
}

/// The channel of everybody has those with odd numbers.
void EveryKindWaitsTest::prepareConversations()
{
    const Time later = m_world->clock().now() + std::chrono::hours(2);
    QVERIFY(act(Act::Assign{ConversationId(5), ServerWorld::bo}).isApplied());
    QVERIFY(act(Act::Snooze{ConversationId(11), later}).isApplied());
    QVERIFY(act(Act::AddTag{ConversationId(15), str("old")}).isApplied());
    const MessageId note(act(Act::AddNote{ConversationId(21), str("a note")}).created);
    const MessageId asked(idOf(str("SELECT min(id) FROM message WHERE conversation = 17")));
    m_all = {Act::Claim{ConversationId(1)},
             Act::Assign{ConversationId(3), ServerWorld::bo},
             Act::Unassign{ConversationId(5)},
             Act::SetStatus{ConversationId(7), Status::resolved, Reason::answered, {}},
             Act::Snooze{ConversationId(9), later},
             Act::Wake{ConversationId(11)},
             Act::AddTag{ConversationId(13), str("fresh")},
             Act::RemoveTag{ConversationId(15), str("old")},
             Act::SetPriority{ConversationId(19), Priority::high},
             Act::AddNote{ConversationId(23), str("another note")},
             Act::EditNote{note, str("a better note")},
             replyTo(ConversationId(2), str("We look into it")),
             Act::CancelDelivery{replied(4, DeliveryState::queued)},
             Act::RetryDelivery{replied(6, DeliveryState::failed)},
             Act::SettleDelivery{replied(8, DeliveryState::unsure)},
             Act::PerformEffect{asked, Effect::like}};
}

void EveryKindWaitsTest::prepareShared()
{
    const Time later = m_world->clock().now() + std::chrono::hours(2);
    QVERIFY(act(Act::MergeContacts{contactOf(1), contactOf(3)}).isApplied());
    const ContactId merged(idOf(str("SELECT id FROM contact WHERE merged_into IS NOT NULL")));
    const SavedReplyId reply(act(Act::KeepSavedReply{{}, str("Old"), str("Old text")}).created);
    const MacroId macro(act(Act::KeepMacro{{}, str("Old"), {}, {{MacroStepKind::claim, {}}}}).created);
    Act::SaveView view;
    QList<ViewId> views;
    for (const char *name : {"A", "B", "C", "D"}) {
        view.content.name = str(name);
        views.append(ViewId(act(view).created));
    }
    view.content.name = str("Lamps");
    const NoticeId notice(act(Act::PinNotice{str("Old news"), later, {}, {}, {}, {}}).created);
    m_all.append(QList<ActionArguments>{
        Act::MergeContacts{contactOf(5), contactOf(7)}, Act::SplitContact{merged}, Act::SetDuty{ServerWorld::bo, false},
        Act::KeepSavedReply{{}, str("Thanks"), str("Thank you")}, Act::RemoveSavedReply{reply},
        Act::KeepMacro{{}, str("Done"), {}, {{MacroStepKind::resolve, {}}}}, Act::RemoveMacro{macro}, view,
        Act::MoveView{views.at(0), views.at(2)}, Act::RemoveView{views.at(3)},
        Act::PinNotice{str("Storm"), later, {}, {}, {}, {}}, Act::UnpinNotice{notice}});
}

void EveryKindWaitsTest::prepare()
{
    prepareConversations();
    prepareShared();
    QSet<QString> kinds;
    for (const ActionArguments &one : std::as_const(m_all))
        kinds.insert(kindOf(one));
    QCOMPARE(kinds, kindsThatWait(std::make_index_sequence<ActionArguments::kindCount>()));
    QTRY_VERIFY(isEqual());
    stop();
}

void EveryKindWaitsTest::comesToRest()
{
    QTRY_VERIFY(isEqual());
    QCOMPARE(trouble(), QStringList());
    QTRY_COMPARE(m_kim->desk().waitingCount(), 0);
    QCOMPARE(m_kim->desk().refusedCount(), 0);
}

void EveryKindWaitsTest::isDoneOnce()
{
    prepare();
    const QList<Outcome> outcomes = m_kim->perform(m_all);
    QCOMPARE(outcomes.size(), m_all.size());
    for (qsizetype i = 0; i < outcomes.size(); ++i) {
        const bool isKept = outcomes.at(i).isApplied() && outcomes.at(i).isForecast && outcomes.at(i).hadEffect;
        QVERIFY2(isKept, qPrintable(kindOf(m_all.at(i)) + u' ' + outcomes.at(i).refusal.detail));
    }
    // Whether a reply that the server has can still be called back only the server knows.
    QCOMPARE(m_kim->rows(str("SELECT json_extract(body, '$.kind') FROM outbox WHERE length(forecast) = 0")),
             QStringList{str("cancelReply")});
    start();
    comesToRest();
    for (const ActionArguments &one : std::as_const(m_all)) {
        const QString line =
            str("SELECT count(*) FROM outbox WHERE state = 4 AND json_extract(body, '$.kind') = '%1'").arg(kindOf(one));
        QVERIFY2(m_kim->rows(line) == QStringList{str("1")}, qPrintable(kindOf(one)));
    }
}

/// And is as it was, under its own id.
void EveryKindWaitsTest::undoneBeforeItIsNeverSent()
{
    prepare();
    QStringList before = shared(m_world->workspace());
    int undone = 0;
    for (const ActionArguments &one : std::as_const(m_all)) {
        const Outcome outcome = m_kim->perform({one}).value(0);
        QVERIFY2(outcome.isApplied(), qPrintable(kindOf(one)));
        if (!outcome.inverse)
            continue;
        const Outcome taken = m_kim->perform({*outcome.inverse}, outcome.undoBasedOn).value(0);
        QVERIFY2(taken.isApplied() && !taken.isForecast, qPrintable(kindOf(one)));
        ++undone;
    }
    QVERIFY(undone > 0);
    QTRY_COMPARE(m_kim->desk().waitingCount(), int(m_all.size()) - undone);
    start();
    comesToRest();
    QStringList after = shared(m_world->workspace());
    std::sort(after.begin(), after.end());
    std::sort(before.begin(), before.end());
    QCOMPARE(after, before);
}

/// By the ids that things had here.
void EveryKindWaitsTest::undoneAfter()
{
    prepare();
    const QList<Outcome> outcomes = m_kim->perform(m_all);
    start();
    comesToRest();
    for (qsizetype i = outcomes.size() - 1; i >= 0; --i) {
        const Outcome &outcome = outcomes.at(i);
        if (outcome.inverse)
            QVERIFY2(m_kim->perform({*outcome.inverse}, outcome.undoBasedOn).value(0).isApplied(),
                     qPrintable(kindOf(m_all.at(i))));
    }
    comesToRest();
    QCOMPARE(there(str("SELECT name FROM saved_reply UNION ALL SELECT name FROM macro")),
             (QStringList{str("Old"), str("Old")}));
    QCOMPARE(there(str("SELECT name FROM shared_view ORDER BY name")),
             (QStringList{str("A"), str("B"), str("C"), str("D")}));
    QCOMPARE(there(str("SELECT id FROM notice WHERE text = 'Storm'")), QStringList());
    QCOMPARE(there(str("SELECT on_duty FROM agent WHERE id = 3")), QStringList{str("1")});
}

void EveryKindWaitsTest::anEditOfWhatWasMadeHereIsUndoneAfter()
{
    stop();
    Act::KeepMacro macro{{}, str("Done"), {}, {{MacroStepKind::resolve, {}}}};
    macro.macro = MacroId(m_kim->perform({macro}).value(0).created);
    QVERIFY(isForecast(macro.macro));
    macro.name = str("Ended");
    const Outcome edited = m_kim->perform({macro}).value(0);
    QVERIFY(edited.inverse);
    start();
    comesToRest();
    QCOMPARE(there(str("SELECT name FROM macro")), QStringList{str("Ended")});
    QVERIFY(does(*edited.inverse, edited.undoBasedOn));
    comesToRest();
    QCOMPARE(there(str("SELECT name FROM macro")), QStringList{str("Done")});
}

/// Whoever changes it next names what is there.
void EveryKindWaitsTest::undoneRemovalLeavesTheSame()
{
    const SavedReplyId reply(act(Act::KeepSavedReply{{}, str("Old"), str("Old text")}).created);
    QTRY_VERIFY(isEqual());
    stop();
    const Outcome removed = m_kim->perform({Act::RemoveSavedReply{reply}}).value(0);
    QVERIFY(removed.inverse);
    const Outcome undone = m_kim->perform({*removed.inverse}, removed.undoBasedOn).value(0);
    QVERIFY(undone.isApplied() && !undone.isForecast);
    QCOMPARE(undone.created, qint64(0));
    const SavedReplyId shown(m_kim->rows(str("SELECT id FROM saved_reply")).value(0).toLongLong());
    QCOMPARE(shown, reply);
    QVERIFY(does(Act::KeepSavedReply{shown, str("New"), str("New text")}));
    start();
    comesToRest();
    QCOMPARE(there(str("SELECT id || name FROM saved_reply")), QStringList{str("%1New").arg(reply.value)});
}

/// A view is of it, and would be of nothing.
void EveryKindWaitsTest::tagThatIsNamedStays()
{
    stop();
    const Outcome tagged = m_kim->perform({Act::AddTag{ConversationId(1), str("fresh")}}).value(0);
    QVERIFY(tagged.inverse);
    const TagId tag(m_kim->rows(str("SELECT id FROM tag WHERE name = 'fresh'")).value(0).toLongLong());
    QVERIFY(isForecast(tag));
    Act::SaveView view;
    view.content.name = str("Fresh ones");
    view.content.filter.tags = {tag};
    QVERIFY(does(view));
    QVERIFY(does(*tagged.inverse, tagged.undoBasedOn));
    start();
    comesToRest();
    QCOMPARE(there(str("SELECT name FROM tag WHERE name = 'fresh'")), QStringList{str("fresh")});
    QCOMPARE(there(str("SELECT name FROM shared_view")), QStringList{str("Fresh ones")});
    QCOMPARE(there(str("SELECT id FROM conversation_tag")), QStringList());
}

/// Nobody is to name it after that.
void EveryKindWaitsTest::undoneTagIsGone()
{
    stop();
    const Outcome tagged = m_kim->perform({Act::AddTag{ConversationId(1), str("fresh")}}).value(0);
    QVERIFY(tagged.inverse);
    QVERIFY(does(*tagged.inverse, tagged.undoBasedOn));
    QCOMPARE(m_kim->rows(str("SELECT id FROM tag WHERE name = 'fresh'")), QStringList());
    start();
    comesToRest();
}

QTEST_GUILESS_MAIN(EveryKindWaitsTest)
#include "tst_everykindwaits.moc"
