// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/search/searchfield.h"
#include "ui/window/topbar.h"

#include <QApplication>
#include <QLayout>
#include <QSignalSpy>
#include <QSplitter>
#include <QTableView>
#include <QTest>

using namespace Earshot;

/// What is looked at stays where it is, and what is typed goes where it was meant to.
class UnderHandsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void whatIsWorkedOnStaysWhileManyLeave();
    void nameAfterAssignIsTypedThere();
    void searchFieldStaysWhateverIsSaidBesideIt();
    void listStaysWhateverIsSaidAboveIt_data();
    void listStaysWhateverIsSaidAboveIt();

private:
    std::unique_ptr<WindowWorld> m_world;
};

void UnderHandsTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->isReady());
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
}

void UnderHandsTest::whatIsWorkedOnStaysWhileManyLeave()
{
    auto *table = m_world->find<QTableView>("conversations");
    QStringList many;
    for (int i = 1; i <= 80; ++i)
        many.append(QStringLiteral("Person %1").arg(i));
    m_world->write(many, QStringLiteral("good morning"));
    QTRY_VERIFY(m_world->list().rowCount() > many.size());
    const QModelIndex first = m_world->list().index(50);
    table->scrollTo(first, QAbstractItemView::PositionAtCenter);
    table->setCurrentIndex(first);
    QTRY_COMPARE(m_world->shown(), m_world->list().conversationAt(50));
    QVERIFY(m_world->list().isFrozen());
    // Every other one above it.
    QList<ConversationId> leaving;
    for (int row = 0; row < 46; row += 2)
        leaving.append(m_world->list().conversationAt(row));
    for (const ConversationId id : std::as_const(leaving))
        QVERIFY(m_world->act(Act::Claim{id}).isApplied());
    for (int row = 0; row < 46; row += 2)
        QTRY_VERIFY(m_world->list().index(row).data(int(ConversationListModel::Role::hasLeft)).toBool());
    const ConversationId next = m_world->list().conversationAt(51);
    const int place = table->rowViewportPosition(51);
    const QSignalSpy layouts(&m_world->list(), &QAbstractItemModel::layoutChanged);
    m_world->press(QStringLiteral("J"));
    QTRY_COMPARE(m_world->list().rowOf(leaving.constLast()), -1);
    QCOMPARE(layouts.size(), 1);
    QCOMPARE(m_world->list().rowOf(next), 51 - int(leaving.size()));
    QCOMPARE(table->currentIndex().row(), m_world->list().rowOf(next));
    QCOMPARE(table->selectionModel()->selectedRows(), QModelIndexList{table->currentIndex()});
    QTRY_COMPARE(m_world->shown(), next);
    QCOMPARE(table->rowViewportPosition(table->currentIndex().row()), place);
}

/// The picker reads first how much everybody has: what is pressed until it is there is for it, and no command.
void UnderHandsTest::nameAfterAssignIsTypedThere()
{
    QVERIFY(m_world->showMention().isValid());
    m_world->find<QTableView>("conversations")->setCurrentIndex(m_world->list().index(3));
    const ConversationId id = m_world->list().conversationAt(3);
    QTRY_COMPARE(m_world->shown(), id);
    const ConversationRecord before = m_world->record(id);
    // K goes up, I shows pictures, M runs a macro, E resolves.
    m_world->press(QStringLiteral("A K I M E"));
    QCOMPARE(m_world->find<QTableView>("conversations")->currentIndex().row(), 3);
    QTRY_VERIFY(m_world->widget("pickDialog") && m_world->widget("pickDialog")->isVisible());
    QCOMPARE(QApplication::activeModalWidget(), m_world->widget("pickDialog"));
    QVERIFY(m_world->widget("pickDialog")->windowTitle().startsWith(QStringLiteral("Assign")));
    QCOMPARE(m_world->shown(), id);
    QCOMPARE(m_world->record(id).status, before.status);
    QTRY_COMPARE(m_world->focus(), m_world->widget("pickField"));
    QTRY_COMPARE(m_world->textOf("pickField"), QStringLiteral("kime"));
    m_world->press(QStringLiteral("Escape"));
    QTRY_VERIFY(!m_world->widget("pickDialog"));
    // From then on it is a command again.
    m_world->find<QTableView>("conversations")->setFocus();
    m_world->press(QStringLiteral("K"));
    QTRY_COMPARE(m_world->shown(), m_world->list().conversationAt(2));
}

void UnderHandsTest::searchFieldStaysWhateverIsSaidBesideIt()
{
    m_world->window().resize(1280, 720);
    auto *bar = m_world->find<TopBar>("topBar");
    bar->setOutbox(0, 0);
    bar->setStatus(QStringLiteral("Up to date"), {}, TopBar::Sign::done);
    QTRY_COMPARE(bar->width(), 1280);
    const auto place = [bar] {
        bar->layout()->activate();
        return bar->searchField()->geometry();
    };
    const QRect before = place();
    QVERIFY(before.width() > 400);
    bar->setStatus(QStringLiteral("Not listening from 18:02 to 08:11"), {}, TopBar::Sign::trouble);
    QCOMPARE(place(), before);
    bar->setOutbox(12, 3);
    QCOMPARE(place(), before);
    bar->setDuty({});
    QCOMPARE(place(), before);
}

void UnderHandsTest::listStaysWhateverIsSaidAboveIt_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {260, 320, 380, 480, 640})
        QTest::addRow("%d", width) << width;
}

void UnderHandsTest::listStaysWhateverIsSaidAboveIt()
{
    QFETCH(int, width);
    m_world->window().resize(1280, 720);
    auto *panes = m_world->find<QSplitter>("panes");
    panes->setSizes({210, width, 1280 - 210 - width});
    const auto *table = m_world->find<QTableView>("conversations");
    const auto place = [&] {
        for (int i = 0; i < 10; ++i)
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        return table->mapTo(&m_world->window(), QPoint()).y();
    };
    QVERIFY(m_world->showMention().isValid());
    const int before = place();
    QStringList many;
    for (int i = 1; i <= 12; ++i)
        many.append(QStringLiteral("Person %1").arg(i));
    m_world->write(many, QStringLiteral("good morning"));
    QTRY_VERIFY(m_world->widget("newOnes")->isVisible());
    QCOMPARE(place(), before);
    // Within its pane, with nothing upon it.
    QVERIFY(m_world->widget("newOnes")->geometry().right() < m_world->widget("inboxPane")->width());
    QVERIFY(m_world->widget("newOnes")->isVisibleTo(&m_world->window()));
    // The name, the number and the order are shortened before these words are.
    QCOMPARE(m_world->textOf("newOnes"), QStringLiteral("12 new"));
    QVERIFY(m_world->widget("newOnes")->width() >= m_world->widget("newOnes")->sizeHint().width());
    QVERIFY(m_world->widget("newOnes")->toolTip().contains(QStringLiteral("12 new")));
    m_world->window().commands().trigger(QStringLiteral("list.waiting"));
    QCOMPARE(place(), before);
    // This one has no order.
    m_world->press(QStringLiteral("Ctrl+7"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Resolved"));
    QTRY_VERIFY(!m_world->widget("newOnes")->isVisible());
    QCOMPARE(place(), before);
}

QTEST_MAIN(UnderHandsTest)
#include "tst_underhands.moc"
