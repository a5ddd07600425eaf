// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/oneagent.h"

#include <QTest>

using namespace Earshot;

/// What was made without the server has an id of this device's own until its row has come; a screen may hold it longer.
class MadeHereTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }
    void whatWasMadeHereIsNamed();
    void idsOfForecastsAreUnderstoodLater();
    void whatWasMadeHereIsTakenAwayAgain_data();
    void whatWasMadeHereIsTakenAwayAgain();
};

void MadeHereTest::whatWasMadeHereIsNamed()
{
    stop();
    const QList<Outcome> note = m_kim->perform({Act::AddNote{ConversationId(1), str("a note")}});
    const MessageId made(note.constFirst().created);
    QVERIFY(isForecast(made));
    QVERIFY(m_kim->perform({Act::EditNote{made, str("a better note")}}).constFirst().isApplied());
    QCOMPARE(m_kim->rows(str("SELECT text FROM message WHERE kind = 2")), QStringList{str("a better note")});
    start();
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("a better note")), 1);
    QTRY_VERIFY(m_kim->desk().waitingActions().isEmpty());
}

/// A screen may still hold them.
void MadeHereTest::idsOfForecastsAreUnderstoodLater()
{
    const Time asked = m_kim->conversation(ConversationId(3)).waitingSince;
    QVERIFY(isKnown(asked));
    stop();
    const QList<Outcome> made =
        m_kim->perform({Act::AddNote{ConversationId(1), str("a note")}, replyTo(ConversationId(3), str("wrong"))});
    start();
    QTRY_VERIFY(isEqual());
    QVERIFY(
        m_kim->perform({Act::EditNote{MessageId(made.at(0).created), str("a better note")}}).constFirst().isApplied());
    QVERIFY(m_kim->perform({Act::CancelDelivery{DeliveryId(made.at(1).created)}}).constFirst().isApplied());
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("a better note")), 1);
    QCOMPARE(there(str("SELECT state FROM delivery")), QStringList{QString::number(int(DeliveryState::cancelled))});
    QVERIFY(m_kim->conversation(ConversationId(3)).needsAnswer);
    QCOMPARE(m_kim->conversation(ConversationId(3)).waitingSince, asked);
}

void MadeHereTest::whatWasMadeHereIsTakenAwayAgain_data()
{
    QTest::addColumn<bool>("isSentBefore");
    QTest::addRow("before it was sent") << false;
    QTest::addRow("by the id that it had here") << true;
}

/// What was made for everybody, too.
void MadeHereTest::whatWasMadeHereIsTakenAwayAgain()
{
    QFETCH(bool, isSentBefore);
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, Role::lead, {}}).isApplied());
    QTRY_VERIFY(isEqual());
    stop();
    const QList<Outcome> made = m_kim->perform({Act::KeepSavedReply{{}, str("Thanks"), str("Thank you")},
                                                Act::KeepMacro{{}, str("Done"), {}, {{MacroStepKind::resolve, {}}}}});
    const auto kept = [](const QString &table) -> QString { return str("SELECT name FROM ") + table; };
    QCOMPARE(m_kim->rows(kept(str("saved_reply"))), QStringList{str("Thanks")});
    if (isSentBefore) {
        start();
        QTRY_VERIFY(isEqual());
        QCOMPARE(there(kept(str("macro"))), QStringList{str("Done")});
    }
    for (const Outcome &one : made) {
        QVERIFY(one.inverse);
        QVERIFY(m_kim->perform({*one.inverse}, one.undoBasedOn).constFirst().isApplied());
    }
    if (!isSentBefore)
        start();
    QTRY_VERIFY(isEqual());
    for (const QString &table : {str("saved_reply"), str("macro")}) {
        QCOMPARE(there(kept(table)), QStringList());
        QCOMPARE(m_kim->rows(kept(table)), QStringList());
    }
    QTRY_VERIFY(m_kim->desk().waitingActions().isEmpty());
}

QTEST_GUILESS_MAIN(MadeHereTest)
#include "tst_madehere.moc"
