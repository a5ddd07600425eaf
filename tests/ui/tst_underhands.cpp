// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/inbox/conversationlistmodel.h"

#include <QApplication>
#include <QSignalSpy>
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

QTEST_MAIN(UnderHandsTest)
#include "tst_underhands.moc"
