// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/bulkbar.h"
#include "ui/inbox/conversationlistmodel.h"

#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QTableView>
#include <QTest>

#include <algorithm>

using namespace Earshot;

/// Working through many: marks, bulk deeds, what does not move under the hands.
class TriageTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void keysWaitForWhatIsNotListed();
    void whatIsGoneIsNotWaitedFor();
    void listStaysUnderTheEyes();
    void emptyListTakesKeys();
    void marksASetAndResolvesIt();
    void shiftExtendsTheMarks();
    void pointerMarksAndDoes();
    void whoOnlyReadsIsTold();
    void allInTheViewAreMarked();
    void restThatIsNotMarkedIsSaid();
    void allOfTheLongestListAreAll();
    void bulkShowsProgressAndCanBeStopped();
    void tagsManyAndTakesThemOffAgain();
    void arrivalsWaitWhileIRead();
    void whatMovesLeadsNobodyElsewhere();
    void arrivalsDoNotFollowIntoAnotherView();
    void takenByAColleagueStaysAndSaysSo();
    void answeredStaysAndSaysSo();
    void shownElsewhereIsChosenAgain();

private:
    [[nodiscard]] ConversationId showMention() { return m_world->showMention(); }
    [[nodiscard]] QString bar() const { return m_world->textOf("messageBar"); }

    std::unique_ptr<WindowWorld> m_world;
};

void TriageTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->isReady());
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
}

void TriageTest::cleanup()
{
    m_world.reset();
}

void TriageTest::keysWaitForWhatIsNotListed()
{
    m_world->press(QStringLiteral("Ctrl+7"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Resolved"));
    QTRY_VERIFY(m_world->list().rowCount() > 0);
    const ConversationId id = m_world->list().conversationAt(0);
    QVERIFY(m_world->act(Act::SetStatus{id, Status::resolved, Reason::spam, {}}).isApplied());
    m_world->press(QStringLiteral("Ctrl+2"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Unassigned"));
    QTRY_VERIFY(m_world->list().rowCount() > 0);
    QTRY_VERIFY(m_world->list().rowOf(id) < 0);
    m_world->window().openConversation(id);
    QTRY_VERIFY(m_world->focus());
    auto *pane = m_world->window().findChild<ConversationPane *>();
    pane->showConversation(ConversationId());
    pane->showConversation(id);
    QCOMPARE(pane->basedOn(), Seq(0));
    m_world->press(QStringLiteral("E"));
    QCOMPARE(bar(), QStringLiteral("This conversation has not been read yet. Try again in a moment."));
    QTRY_VERIFY(pane->basedOn() > 0);
    QCOMPARE(m_world->record(id).reason, Reason::spam);
    m_world->press(QStringLiteral("E"));
    QTRY_VERIFY(m_world->record(id).reason != Reason::spam);
}

/// It is not on its way: nobody is told to try again.
void TriageTest::whatIsGoneIsNotWaitedFor()
{
    auto *pane = m_world->window().findChild<ConversationPane *>();
    m_world->window().openConversation(ConversationId(4711));
    QTRY_COMPARE(pane->conversation(), ConversationId(4711));
    QTRY_VERIFY(m_world->textOf("conversationState").contains(QStringLiteral("no longer exists")));
    QTRY_VERIFY(m_world->focus());
    QVERIFY(!pane->isReading());
    m_world->press(QStringLiteral("E"));
    QCOMPARE(bar(), QStringLiteral("Choose a conversation first."));
}

void TriageTest::listStaysUnderTheEyes()
{
    auto *table = m_world->find<QTableView>("conversations");
    QVERIFY(!table->currentIndex().isValid());
    QScrollBar *bar = table->verticalScrollBar();
    QStringList many;
    for (int i = 1; i <= 20; ++i)
        many.append(QStringLiteral("Person %1").arg(i));
    m_world->write(many, QStringLiteral("good morning"));
    QTRY_VERIFY(m_world->list().rowCount() > many.size() && bar->maximum() > 200);
    bar->setValue(150);
    const auto placeOf = [this, table](ConversationId id) {
        return table->rowViewportPosition(m_world->list().rowOf(id));
    };
    const ConversationId top = m_world->list().conversationAt(table->rowAt(0));
    const ConversationId second = m_world->list().conversationAt(table->rowAt(0) + 1);
    const int place = placeOf(top);
    const int secondPlace = placeOf(second);
    const ConversationId newest = m_world->list().conversationAt(0);
    m_world->write({QStringLiteral("Odo Quark"), QStringLiteral("Kai Lang"), QStringLiteral("Pia Pelz")},
                   QStringLiteral("hello there"));
    QTRY_COMPARE(m_world->list().rowOf(newest), 3);
    QCOMPARE(placeOf(top), place);
    // Where the topmost goes itself, the one below it stays.
    QVERIFY(m_world->act(Act::Claim{top}).isApplied());
    QTRY_VERIFY(m_world->list().rowOf(top) < 0);
    QCOMPARE(placeOf(second), secondPlace);
    // At the very top the newest are what one waits for.
    bar->setValue(0);
    m_world->write(QStringLiteral("Ida Stern"), QStringLiteral("hello, too"));
    QTRY_COMPARE(m_world->list().rowOf(newest), 4);
    QCOMPARE(bar->value(), 0);
}

void TriageTest::emptyListTakesKeys()
{
    // Everything of mine is given back: the list is empty then.
    m_world->press(QStringLiteral("G M"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Mine"));
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    for (int row = m_world->list().rowCount() - 1; row >= 0; --row)
        QVERIFY(m_world->act(Act::Unassign{m_world->list().conversationAt(row)}).isApplied());
    m_world->press(QStringLiteral("G O"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("All open"));
    m_world->press(QStringLiteral("G M"));
    QTRY_COMPARE(m_world->list().rowCount(), 0);
    QTRY_VERIFY(m_world->focus() && m_world->focus() != m_world->widget("conversations"));
    m_world->press(QStringLiteral("G U"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Unassigned"));
}

void TriageTest::marksASetAndResolvesIt()
{
    m_world->press(QStringLiteral("J X J J X"));
    QTRY_COMPARE(m_world->textOf("bulkText"), QStringLiteral("2 conversations marked"));
    const ConversationId first = m_world->list().conversationAt(0);
    const ConversationId between = m_world->list().conversationAt(1);
    const ConversationId third = m_world->list().conversationAt(2);
    m_world->press(QStringLiteral("E"));
    QTRY_COMPARE(m_world->record(third).status, Status::resolved);
    // A commit each, in no order that anybody promises.
    QTRY_COMPARE(m_world->record(first).status, Status::resolved);
    QCOMPARE(m_world->record(between).status, Status::open);
    QTRY_VERIFY(m_world->textOf("bulkText").isEmpty());
    m_world->press(QStringLiteral("Z"));
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Undone: Resolved (2 conversations)")));
    QCOMPARE(m_world->record(first).status, Status::open);
    QCOMPARE(m_world->record(third).status, Status::open);
}

void TriageTest::pointerMarksAndDoes()
{
    auto *table = m_world->find<QTableView>("conversations");
    const auto middle = [&](int row) { return table->visualRect(table->model()->index(row, 0)).center().y(); };
    const auto click = [&](int row, int x, Qt::KeyboardModifiers with = {}) {
        QTest::mouseClick(table->viewport(), Qt::LeftButton, with, QPoint(x, middle(row)));
    };
    // Beside the text: marks, and opens nothing.
    click(0, 10);
    QCOMPARE(m_world->list().markedCount(), 1);
    QVERIFY(!m_world->shown().isValid());
    click(3, 100, Qt::ShiftModifier);
    QCOMPARE(m_world->list().markedCount(), 4);
    click(2, 100, Qt::ControlModifier);
    QCOMPARE(m_world->list().markedCount(), 3);
    QVERIFY(!m_world->list().isMarked(m_world->list().conversationAt(2)));
    const ConversationId first = m_world->list().conversationAt(0);
    // What can be done with them is at the pointer's hand.
    auto *button = m_world->find<QPushButton>("bulkDeeds");
    QTRY_VERIFY(button->isVisible());
    Q_EMIT button->menu()->aboutToShow();
    const QList<QAction *> deeds = button->menu()->actions();
    const auto spam = std::find_if(deeds.cbegin(), deeds.cend(), [](const QAction *one) {
        return one->text().remove(QLatin1Char('&')).startsWith(QStringLiteral("Spam"));
    });
    QVERIFY(spam != deeds.cend() && (*spam)->isEnabled());
    (*spam)->trigger();
    QTRY_COMPARE(m_world->record(first).reason, Reason::spam);
    QTRY_COMPARE(m_world->list().markedCount(), 0);
    // A click on the text opens.
    click(1, 150);
    QTRY_VERIFY(m_world->shown().isValid());
}

void TriageTest::whoOnlyReadsIsTold()
{
    const ConversationId id = showMention();
    QVERIFY(m_world->act(Act::EditAgent{AgentId(2), {}, Role::admin, {}}).isApplied());
    QVERIFY(m_world->act(Act::EditAgent{m_world->desk().me(), {}, Role::viewer, {}}).isApplied());
    QTRY_VERIFY(!m_world->window().roster().canAct());
    m_world->press(QStringLiteral("E"));
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Here you can only read.")));
    QVERIFY(m_world->record(id).status != Status::resolved);
    QVERIFY(!m_world->widget("dutyButton")->isVisible());
}

void TriageTest::shiftExtendsTheMarks()
{
    m_world->press(QStringLiteral("J Shift+J Shift+J"));
    QTRY_COMPARE(m_world->textOf("bulkText"), QStringLiteral("3 conversations marked"));
    QTest::mouseClick(m_world->widget("bulkClear"), Qt::LeftButton);
    QTRY_VERIFY(m_world->textOf("bulkText").isEmpty());
}

void TriageTest::allInTheViewAreMarked()
{
    m_world.reset();
    m_world = std::make_unique<WindowWorld>(700);
    m_world->press(QStringLiteral("Ctrl+7"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Resolved"));
    QTRY_COMPARE(m_world->list().rowCount(), 200);
    QTRY_VERIFY(m_world->textOf("viewCount").toInt() > 400);
    m_world->press(QStringLiteral("Ctrl+A"));
    // Also those that were never listed, with exceptions.
    QTRY_COMPARE(m_world->list().markedCount(), m_world->textOf("viewCount").toInt());
    m_world->press(QStringLiteral("J X"));
    QTRY_COMPARE(m_world->list().markedCount(), m_world->textOf("viewCount").toInt() - 1);
    QVERIFY(!m_world->list().isMarked(m_world->list().conversationAt(0)));
}

void TriageTest::restThatIsNotMarkedIsSaid()
{
    m_world->press(QStringLiteral("G O"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("All open"));
    QTRY_VERIFY(m_world->isReady());
    ConversationListModel &list = m_world->list();
    QTRY_COMPARE(list.state(), ConversationListModel::State::ready);
    const QString all = m_world->textOf("viewCount");
    const auto rest = [&all](int marked) -> QString {
        return QStringLiteral("%1 of %2 marked, more are not marked at once").arg(QString::number(marked), all);
    };
    list.setMostMarked(2);
    m_world->press(QStringLiteral("Ctrl+A"));
    QTRY_COMPARE(m_world->textOf("bulkText"), rest(2));
    QVERIFY(list.isMarked(list.conversationAt(0)) && list.isMarked(list.conversationAt(1)));
    // Also when both are marked again.
    const QList<ConversationId> both{list.conversationAt(0), list.conversationAt(1)};
    list.unmark(both);
    QTRY_COMPARE(m_world->textOf("bulkText"), QString());
    list.markAgain({both.cbegin(), both.cend()});
    QTRY_COMPARE(m_world->textOf("bulkText"), rest(2));
    // Also with an exception, and no longer when something else is marked.
    m_world->press(QStringLiteral("J X"));
    QCOMPARE(m_world->textOf("bulkText"), rest(1));
    QTest::mouseClick(m_world->widget("bulkClear"), Qt::LeftButton);
    QTRY_COMPARE(m_world->textOf("bulkText"), QString());
    m_world->press(QStringLiteral("X"));
    QCOMPARE(m_world->textOf("bulkText"), QStringLiteral("1 conversation marked"));
    // By the pointer, from one row to another.
    auto *table = m_world->find<QTableView>("conversations");
    const QRect third = table->visualRect(table->model()->index(2, 0));
    QTest::mouseClick(table->viewport(), Qt::LeftButton, Qt::ShiftModifier, QPoint(100, third.center().y()));
    QCOMPARE(m_world->textOf("bulkText"), rest(2));
    // All that there are is all.
    list.setMostMarked(int(m_world->window().roster().counts()->open));
    m_world->press(QStringLiteral("Ctrl+A"));
    QTRY_COMPARE(m_world->textOf("bulkText"), all + QStringLiteral(" conversations marked"));
}

/// A list that ends just where one is read no further has nothing more; of one whose length is not known nobody knows.
void TriageTest::allOfTheLongestListAreAll()
{
    BulkBar bar;
    const auto *text = bar.findChild<QLabel *>(QStringLiteral("bulkText"));
    const QString most = QLocale().toString(20'000);
    bar.showMarked(20'000, true, 20'000);
    QCOMPARE(text->text(), most + QStringLiteral(" conversations marked"));
    bar.showMarked(20'000, true, 20'001);
    QCOMPARE(text->text(),
             QStringLiteral("%1 of %2 marked, more are not marked at once").arg(most, QLocale().toString(20'001)));
    bar.showMarked(20'000, true, std::nullopt);
    QCOMPARE(text->text(), most + QStringLiteral(" marked, more are not marked at once"));
}

void TriageTest::bulkShowsProgressAndCanBeStopped()
{
    m_world.reset();
    m_world = std::make_unique<WindowWorld>(1500);
    m_world->press(QStringLiteral("Ctrl+7"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Resolved"));
    QTRY_VERIFY(m_world->list().rowCount() > 0);
    m_world->press(QStringLiteral("Ctrl+A"));
    QTRY_VERIFY(m_world->list().markedCount() > 1000);
    const int total = m_world->list().markedCount();
    auto *stop = m_world->find<QPushButton>("bulkStop");
    // Reopen all of them; stop at the first piece.
    bool isStopped = false;
    auto *stopping = new QObject(this);
    connect(&m_world->desk(), &Desk::changed, stopping, [&] {
        if (!isStopped && stop->isVisible()) {
            isStopped = true;
            QTest::mouseClick(stop, Qt::LeftButton);
        }
    });
    QTRY_VERIFY(m_world->window().roster().counts());
    const qint64 open = m_world->window().roster().counts()->open;
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("conversation.reopen")));
    QTRY_VERIFY(isStopped);
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Stopped after")));
    delete stopping;
    QTRY_VERIFY(!stop->isVisible());
    QTRY_VERIFY(m_world->window().roster().counts()->open >= open + 50);
    QVERIFY(m_world->window().roster().counts()->resolved > total / 4);
    m_world->press(QStringLiteral("Z"));
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Undone")));
    QTRY_COMPARE(m_world->window().roster().counts()->open, open);
    QTRY_COMPARE(m_world->window().roster().counts()->resolved, qint64(total));
}

void TriageTest::tagsManyAndTakesThemOffAgain()
{
    m_world->press(QStringLiteral("J Shift+J Shift+J"));
    const QList<ConversationRecord> marked = m_world->list().marked();
    for (const bool isOn : {true, false}) {
        m_world->press(QStringLiteral("T"));
        QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
        m_world->type(QStringLiteral("brandnew"));
        m_world->press(QStringLiteral("Return"));
        for (const ConversationRecord &one : marked)
            QTRY_COMPARE(m_world->record(one.id).tags.contains(QStringLiteral("brandnew")), isOn);
        QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
        const auto isFresh = [this, isOn] {
            QList<ConversationRecord> now = m_world->list().marked();
            // What is shown counts as the person sees it there.
            now.append(m_world->window().findChild<ConversationPane *>()->record());
            return std::all_of(now.cbegin(), now.cend(), [isOn](const ConversationRecord &one) {
                return one.tags.contains(QStringLiteral("brandnew")) == isOn;
            });
        };
        QTRY_VERIFY(isFresh());
    }
    QCOMPARE(m_world->list().markedCount(), 3);
}

void TriageTest::arrivalsWaitWhileIRead()
{
    const ConversationId id = showMention();
    auto *table = m_world->find<QTableView>("conversations");
    const int row = m_world->list().rowOf(id);
    const int rows = m_world->list().rowCount();
    for (int i = 0; i < 12; ++i)
        m_world->write(QStringLiteral("Newcomer %1").arg(i), QStringLiteral("me too"));
    QTRY_COMPARE(m_world->textOf("newOnes"), QStringLiteral("12 new"));
    QCOMPARE(m_world->list().rowOf(id), row);
    QCOMPARE(m_world->list().rowCount(), rows);
    QTest::mouseClick(m_world->widget("newOnes"), Qt::LeftButton);
    QTRY_COMPARE(m_world->list().rowCount(), rows + 12);
    QCOMPARE(m_world->list().rowOf(id), row + 12);
    QCOMPARE(m_world->shown(), id);
    QCOMPARE(table->currentIndex().row(), row + 12);
    QVERIFY(!m_world->widget("newOnes")->isVisible());
}

void TriageTest::whatMovesLeadsNobodyElsewhere()
{
    m_world->window().commands().trigger(QStringLiteral("list.priority"));
    QTRY_VERIFY(m_world->list().query().order == ListOrder::priority && m_world->list().rowCount() > 5);
    const ConversationId id = showMention();
    QVERIFY(m_world->record(id).priority != Priority::urgent);
    QVERIFY(m_world->act(Act::SetPriority{id, Priority::urgent}).isApplied());
    QTRY_COMPARE(m_world->textOf("newOnes"), QStringLiteral("1 moved"));
    QCOMPARE(m_world->widget("newOnes")->accessibleName(), QStringLiteral("Show in the list: 1 moved"));
    QTest::mouseClick(m_world->widget("newOnes"), Qt::LeftButton);
    QTRY_VERIFY(!m_world->widget("newOnes")->isVisible());
    QCOMPARE(m_world->shown(), id);
    QCOMPARE(m_world->find<QTableView>("conversations")->currentIndex().row(), m_world->list().rowOf(id));
}

void TriageTest::arrivalsDoNotFollowIntoAnotherView()
{
    QVERIFY(showMention().isValid());
    m_world->write(QStringLiteral("Newcomer"), QStringLiteral("me too"));
    QTRY_VERIFY(m_world->widget("newOnes")->isVisible());
    m_world->press(QStringLiteral("G M"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Mine"));
    QTRY_COMPARE(m_world->list().query().view, View::mine);
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    for (int row = 0; row < m_world->list().rowCount(); ++row)
        QCOMPARE(m_world->record(m_world->list().conversationAt(row)).assignee, m_world->desk().me());
    QVERIFY(!m_world->widget("newOnes")->isVisible());
}

void TriageTest::takenByAColleagueStaysAndSaysSo()
{
    const ConversationId id = showMention();
    const auto agents = m_world->window().roster().agents();
    const auto other = std::find_if(agents.cbegin(), agents.cend(), [this](const AgentRecord &agent) {
        return agent.id != m_world->desk().me() && agent.role != Role::viewer;
    });
    QVERIFY(other != agents.cend());
    QVERIFY(m_world->act(Act::Assign{id, other->id}).isApplied());
    const int row = m_world->list().rowOf(id);
    QTRY_VERIFY(m_world->list().index(row).data(int(ConversationListModel::Role::hasLeft)).toBool());
    QVERIFY(
        m_world->list().index(row).data(int(ConversationListModel::Role::leftReason)).toString().contains(other->name));
    QCOMPARE(m_world->shown(), id);
    // When I move on it goes.
    m_world->press(QStringLiteral("J"));
    QTRY_VERIFY(m_world->list().rowOf(id) < 0);
}

void TriageTest::answeredStaysAndSaysSo()
{
    m_world->press(QStringLiteral("G O"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("All open"));
    QTRY_VERIFY(m_world->isReady());
    const ConversationId id = showMention();
    QVERIFY(m_world->act(Act::Claim{id}).isApplied());
    QVERIFY(m_world->act(Act::SetStatus{id, Status::pending, Reason::none, {}}).isApplied());
    const QModelIndex row = m_world->list().index(m_world->list().rowOf(id));
    QTRY_VERIFY(row.data(int(ConversationListModel::Role::hasLeft)).toBool());
    QCOMPARE(row.data(int(ConversationListModel::Role::leftReason)).toString(), QStringLiteral("Answered"));
}

void TriageTest::shownElsewhereIsChosenAgain()
{
    const ConversationId id = showMention();
    const ConversationId other = m_world->list().conversationAt(m_world->list().rowOf(id) == 0 ? 1 : 0);
    m_world->window().findChild<ConversationPane *>()->showConversation(other);
    QTRY_COMPARE(m_world->shown(), other);
    auto *table = m_world->find<QTableView>("conversations");
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->currentIndex()).center());
    QTRY_COMPARE(m_world->shown(), id);
}

QTEST_MAIN(TriageTest)
#include "tst_triage.moc"
