// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/bykeys.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/roster.h"

#include <QLineEdit>
#include <QTableWidget>
#include <QTest>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// The end of somebody's working day, and the beginning of the next one, without a pointer.
class HandoverTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void workIsHandedOver();
    void allOfItGoesBack();
    void whoStaysKeepsWhatWasNoted();
    void rowIsSeenThatHasTheKeyboard();

private:
    void press(const QString &keys) { m_keys->press(keys); }
    [[nodiscard]] AgentRecord me() const { return *m_world->window().roster().agent(m_world->desk().me()); }
    [[nodiscard]] AgentRecord kim() const;
    /// Takes the shown one and goes on to the next.
    ConversationId claim();
    void begin(const QString &draft);
    void goOff();
    /// Its row in the dialog.
    [[nodiscard]] int rowOf(ConversationId id);
    [[nodiscard]] static QByteArray named(const char *what, int row) { return what + QByteArray::number(row); }

    std::unique_ptr<WindowWorld> m_world;
    std::unique_ptr<ByKeys> m_keys;
};

void HandoverTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    m_keys = std::make_unique<ByKeys>(*m_world);
    QTRY_VERIFY(m_world->isReady());
    QTRY_VERIFY(m_keys->has("conversations"));
    QVERIFY(me().isOnDuty);
    press(u"J"_s);
}

AgentRecord HandoverTest::kim() const
{
    for (const AgentRecord &agent : m_world->window().roster().agents()) {
        if (agent.name == u"Kim"_s)
            return agent;
    }
    return {};
}

ConversationId HandoverTest::claim()
{
    auto &pane = *m_world->window().findChild<ConversationPane *>();
    const auto isLoaded = [&] { return pane.record().id.isValid() && pane.record().id == m_world->shown(); };
    if (!QTest::qWaitFor(isLoaded, 30'000))
        return {};
    const ConversationId id = m_world->shown();
    press(u"Shift+A"_s);
    const auto isMine = [&] { return m_world->record(id).assignee == m_world->desk().me(); };
    if (!QTest::qWaitFor(isMine, 30'000))
        return {};
    press(u"J"_s);
    return QTest::qWaitFor([&] { return m_world->shown() != id; }, 30'000) ? id : ConversationId();
}

void HandoverTest::begin(const QString &draft)
{
    press(u"R"_s);
    QTRY_VERIFY(m_keys->has("composerText"));
    m_world->type(draft);
    press(u"Esc"_s);
    QTRY_VERIFY(!m_world->widget("composer")->isVisible() && m_keys->isInWindow());
}

void HandoverTest::goOff()
{
    m_keys->run(u"Go off duty…"_s);
    QTRY_VERIFY(m_keys->has("dutyAll"));
}

int HandoverTest::rowOf(ConversationId id)
{
    const auto *table = m_world->find<QTableWidget>("dutyTable");
    const auto found = table->findItems(u"#%1 "_s.arg(m_world->record(id).number), Qt::MatchStartsWith);
    return found.size() == 1 ? found.constFirst()->row() : -1;
}

void HandoverTest::workIsHandedOver()
{
    const ConversationId begun = m_world->showMention();
    QVERIFY(begun.isValid());
    begin(u"Dear customer"_s);
    QCOMPARE(claim(), begun);
    const ConversationId kept = claim();
    const ConversationId back = claim();
    const ConversationId given = claim();
    QVERIFY(kept.isValid() && back.isValid() && given.isValid());
    const QByteArray own = m_world->focus()->objectName().toLatin1();

    goOff();
    const int backRow = rowOf(back);
    const int givenRow = rowOf(given);
    const int begunRow = rowOf(begun);
    QVERIFY(rowOf(kept) >= 0 && backRow >= 0 && givenRow >= 0 && begunRow >= 0);
    m_keys->tabTo(named("dutyChoice", backRow));
    m_keys->goTo(u"Back to the team"_s);
    m_keys->backTabTo("dutyAll");
    m_keys->tabTo(named("dutyChoice", givenRow));
    m_keys->goTo(u"To Kim"_s);
    press(u"Tab"_s);
    QVERIFY(m_keys->has(named("dutyNote", givenRow)));
    m_world->type(u"waits for the part"_s);
    m_keys->backTabTo("dutyAll");
    m_keys->tabTo(named("dutyChoice", begunRow));
    m_keys->goTo(u"To Kim"_s);
    press(u"Return"_s);

    QTRY_VERIFY(!me().isOnDuty);
    QTRY_VERIFY2(m_keys->has(own), qPrintable(ByKeys::nameOf(m_world->focus())));
    QCOMPARE(m_world->record(kept).assignee, m_world->desk().me());
    QVERIFY(!m_world->record(back).assignee.isValid());
    QCOMPARE(m_world->record(given).assignee, kim().id);
    QCOMPARE(m_world->record(begun).assignee, kim().id);
    QCOMPARE(m_world->messages(given).constLast().text, u"@Kim waits for the part"_s);
    QCOMPARE(m_world->messages(begun).constLast().kind, MessageKind::note);
    QCOMPARE(m_world->messages(begun).constLast().text, u"@Kim My draft: Dear customer"_s);

    // Back the next morning, with what was kept.
    m_keys->run(u"Go on duty"_s);
    QTRY_VERIFY(me().isOnDuty);
    QTRY_VERIFY2(m_keys->has(own), qPrintable(ByKeys::nameOf(m_world->focus())));
    press(u"G M"_s);
    QTRY_COMPARE(m_world->textOf("viewTitle"), u"Mine"_s);
    QTRY_VERIFY(m_world->list().rowOf(kept) >= 0);
    QTRY_COMPARE(m_world->list().rowOf(given), -1);
}

void HandoverTest::allOfItGoesBack()
{
    const ConversationId first = claim();
    const ConversationId second = claim();
    QVERIFY(first.isValid() && second.isValid());
    goOff();
    m_keys->goTo(u"Back to the team"_s);
    press(u"Return"_s);
    QTRY_VERIFY(!me().isOnDuty);
    QVERIFY(!m_world->record(first).assignee.isValid() && !m_world->record(second).assignee.isValid());
    QTRY_VERIFY(m_keys->has("conversations"));
    // All of it is one deed.
    press(u"Z"_s);
    QTRY_VERIFY(me().isOnDuty);
    QCOMPARE(m_world->record(first).assignee, m_world->desk().me());
    QCOMPARE(m_world->record(second).assignee, m_world->desk().me());
}

void HandoverTest::whoStaysKeepsWhatWasNoted()
{
    const ConversationId id = claim();
    QVERIFY(id.isValid());
    goOff();
    const QByteArray note = named("dutyNote", rowOf(id));
    m_keys->tabTo(note);
    m_world->type(u"call back at four"_s);
    press(u"Esc"_s);
    QTRY_VERIFY(m_keys->has("conversations"));
    QVERIFY(me().isOnDuty);
    goOff();
    m_keys->tabTo(named("dutyNote", rowOf(id)));
    QCOMPARE(qobject_cast<QLineEdit *>(m_world->focus())->text(), u"call back at four"_s);
    press(u"Return"_s);
    QTRY_VERIFY(!me().isOnDuty);
    QCOMPARE(m_world->record(id).assignee, m_world->desk().me());
    QCOMPARE(m_world->messages(id).constLast().text, u"call back at four"_s);
}

/// Also the last one of many.
void HandoverTest::rowIsSeenThatHasTheKeyboard()
{
    press(u"Ctrl+8"_s);
    QTRY_COMPARE(m_world->textOf("viewTitle"), u"Everything"_s);
    QTRY_VERIFY(m_world->list().conversationAt(29).isValid());
    for (int i = 0; i < 30; ++i) {
        const ConversationId id = m_world->list().conversationAt(i);
        QVERIFY(m_world->act(Act::SetStatus{id, Status::open, Reason::none, {}}).isApplied());
        QVERIFY(m_world->act(Act::Assign{id, m_world->desk().me()}).isApplied());
    }
    goOff();
    const auto *table = m_world->find<QTableWidget>("dutyTable");
    QVERIFY(table->rowCount() >= 30);
    const auto isSeen = [&] {
        const QWidget *has = m_world->focus();
        const QRect place(has->mapTo(table->viewport(), QPoint()), has->size());
        return table->viewport()->rect().contains(place);
    };
    for (const int row : {0, 12, table->rowCount() - 1, 12}) {
        const QByteArray choice = named("dutyChoice", row);
        if (row < 20 && m_world->focus()->objectName() != u"dutyAll"_s)
            m_keys->backTabTo(choice);
        else
            m_keys->tabTo(choice);
        QVERIFY2(isSeen(), choice.constData());
        press(u"Tab"_s);
        QVERIFY2(isSeen(), choice.constData());
    }
}

QTEST_MAIN(HandoverTest)
#include "tst_handover.moc"
