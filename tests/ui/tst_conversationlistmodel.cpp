// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/deskworld.h"
#include "tests/ui/heldanswer.h"
#include "ui/inbox/conversationlistmodel.h"
#include "workspace/database.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Earshot;

/// The inbox's model on a real workspace: paging, differences, frozen order.
class ConversationListModelTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pagesUntilComplete();
    void whatIsSeenAtFirstIsThereAtOnce();
    void arrivalsAreInsertedAtTheTop();
    void nothingMovesWhileFrozen();
    void whatLeftStaysGreyedUntilSettled();
    void anotherViewReplacesTheRows();
    void marksFollowTheRows();
    void scatteredRowsGoAndComeBack();
    void scatteredRowsAreOneChange();
    void failedPagingKeepsTheRows();
    void failedMarkingIsSaid();
    void whatWaitsIsNotMarked();
    void reasonIsWhatChanged();
    void whatMovesIsNotNew();
    void whatIsFurtherDownIsNotNew();
    void theRestComesWhenAllThatWasReadIsDone();
    void whatMovesWhileRowsGoIsNotLost();
    void farDownIsFollowedToo();
    void whatIsReadWholeIsReadOnce();
    void notesToMeShowTheirNote();

private:
    static ListQuery view(View view)
    {
        ListQuery query;
        query.view = view;
        return query;
    }
    static bool isLoaded(const ConversationListModel &model, int row)
    {
        return model.index(row).data(int(ConversationListModel::Role::isLoaded)).toBool();
    }
    static bool hasLeft(const ConversationListModel &model, int row)
    {
        return model.index(row).data(int(ConversationListModel::Role::hasLeft)).toBool();
    }
};

void ConversationListModelTest::pagesUntilComplete()
{
    DeskWorld world;
    world.write(450);
    ConversationListModel model(world.desk());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.show(view(View::open));
    QTRY_VERIFY(model.rowCount() >= 200);
    // The tester asks for more at every signal, too: what counts is that every row comes once.
    QTRY_VERIFY((model.fetchMore({}), model.rowCount() >= 450));
    QTRY_VERIFY(!model.canFetchMore({}));
    QCOMPARE(model.rowCount(), 450);
    QTRY_COMPARE(model.index(0).data().toString(), QStringLiteral("person450"));
    QTRY_COMPARE(model.index(449).data().toString(), QStringLiteral("person1"));
}

/// The page's others come by themselves, before anybody scrolls there.
void ConversationListModelTest::whatIsSeenAtFirstIsThereAtOnce()
{
    DeskWorld world;
    QSet<ConversationId> heardOf;
    connect(&world.desk(), &Desk::changed, this,
            [&heardOf](const CommitNotice &notice) { heardOf.unite(notice.conversations); });
    world.write(200);
    QTRY_COMPARE(heardOf.size(), 200);
    ConversationListModel model(world.desk());
    int loaded = -1;
    QSet<int> told;
    connect(&model, &QAbstractItemModel::modelReset, this, [&] {
        loaded = 0;
        for (int row = 0; row < model.rowCount() && isLoaded(model, row); ++row)
            ++loaded;
    });
    connect(&model, &QAbstractItemModel::dataChanged, this,
            [&](const QModelIndex &index) { told.insert(index.row()); });
    model.show(view(View::open));
    QTRY_COMPARE(loaded, 50);
    QTRY_COMPARE(told.size(), 150);
    QVERIFY(!told.contains(49) && told.contains(199) && isLoaded(model, 199));
}

void ConversationListModelTest::arrivalsAreInsertedAtTheTop()
{
    DeskWorld world;
    world.write(3);
    ConversationListModel model(world.desk());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.show(view(View::unassigned));
    QTRY_COMPARE(model.rowCount(), 3);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    world.write(2);
    QTRY_COMPARE(model.rowCount(), 5);
    QTRY_COMPARE(model.index(0).data().toString(), QStringLiteral("person5"));
    QCOMPARE(model.index(2).data().toString(), QStringLiteral("person3"));
    QCOMPARE(resets.size(), 0);
}

void ConversationListModelTest::nothingMovesWhileFrozen()
{
    DeskWorld world;
    world.write(3);
    ConversationListModel model(world.desk());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.show(view(View::unassigned));
    QTRY_COMPARE(model.rowCount(), 3);
    model.setFrozen(true);
    world.write(4);
    QTRY_COMPARE(model.waitingCount(), 4);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("person3"));
    model.catchUp();
    QCOMPARE(model.rowCount(), 7);
    QCOMPARE(model.waitingCount(), 0);
    QTRY_COMPARE(model.index(0).data().toString(), QStringLiteral("person7"));
}

void ConversationListModelTest::whatLeftStaysGreyedUntilSettled()
{
    DeskWorld world;
    world.write(3);
    ConversationListModel model(world.desk());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.show(view(View::unassigned));
    QTRY_COMPARE(model.rowCount(), 3);
    model.setFrozen(true);
    const ConversationId middle = model.conversationAt(1);
    QVERIFY(world.actAs(world.kim(), Act::Claim{middle}).isApplied());
    QTRY_VERIFY(hasLeft(model, 1));
    QCOMPARE(model.rowCount(), 3);
    QVERIFY(
        model.index(1).data(int(ConversationListModel::Role::leftReason)).toString().contains(QStringLiteral("Kim")));
    model.settle(middle);
    QCOMPARE(model.rowCount(), 3);
    model.settle(model.conversationAt(0));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.rowOf(middle), -1);
}

void ConversationListModelTest::anotherViewReplacesTheRows()
{
    DeskWorld world;
    world.write(3);
    ConversationListModel model(world.desk());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.show(view(View::unassigned));
    QTRY_COMPARE(model.rowCount(), 3);
    QVERIFY(world.act(Act::Claim{model.conversationAt(0)}).isApplied());
    const ConversationId mine = model.conversationAt(0);
    model.show(view(View::mine));
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(model.conversationAt(0), mine);
    QCOMPARE(model.state(), ConversationListModel::State::ready);
}

void ConversationListModelTest::marksFollowTheRows()
{
    DeskWorld world;
    world.write(3);
    ConversationListModel model(world.desk());
    model.show(view(View::unassigned));
    QTRY_COMPARE(model.rowCount(), 3);
    const ConversationId first = model.conversationAt(0);
    const QSignalSpy changes(&model, &ConversationListModel::markedChanged);
    model.setMarked(first, true);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(model.marked().size(), 1);
    QVERIFY(model.isMarked(first));
    QVERIFY(world.act(Act::Claim{first}).isApplied());
    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(model.markedCount(), 0);
}

void ConversationListModelTest::scatteredRowsGoAndComeBack()
{
    DeskWorld world;
    world.write(60);
    ConversationListModel model(world.desk());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.show(view(View::unassigned));
    QTRY_COMPARE(model.rowCount(), 60);
    QList<ConversationId> all;
    for (int row = 0; row < model.rowCount(); ++row)
        all.append(model.conversationAt(row));
    // Every row knows its place, whatever went and came around it.
    const auto isInOrder = [&model] {
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.rowOf(model.conversationAt(row)) != row)
                return false;
        }
        return true;
    };
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    for (int row = 0; row < all.size(); row += 3)
        QVERIFY(world.act(Act::Claim{all.at(row)}).isApplied());
    QTRY_COMPARE(model.rowCount(), 40);
    QVERIFY(isInOrder());
    QCOMPARE(model.rowOf(all.at(0)), -1);
    for (int row = 0; row < all.size(); row += 3)
        QVERIFY(world.act(Act::Unassign{all.at(row)}).isApplied());
    QTRY_COMPARE(model.rowCount(), 60);
    QVERIFY(isInOrder());
    for (int row = 0; row < all.size(); ++row)
        QCOMPARE(model.conversationAt(row), all.at(row));
    QCOMPARE(resets.size(), 0);
}

void ConversationListModelTest::scatteredRowsAreOneChange()
{
    DeskWorld world;
    world.write(80);
    ConversationListModel model(world.desk());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.show(view(View::unassigned));
    QTRY_COMPARE(model.rowCount(), 80);
    QList<ConversationId> all;
    QList<QPersistentModelIndex> places;
    for (int row = 0; row < model.rowCount(); ++row) {
        all.append(model.conversationAt(row));
        places.append(model.index(row));
        model.setMarked(all.constLast(), row % 5 == 0);
    }
    model.setFrozen(true);
    for (int row = 0; row < all.size(); row += 4)
        QVERIFY(world.act(Act::Claim{all.at(row)}).isApplied());
    for (int row = 0; row < all.size(); row += 4)
        QTRY_VERIFY(hasLeft(model, row));
    const QSignalSpy layouts(&model, &QAbstractItemModel::layoutChanged);
    const QSignalSpy removals(&model, &QAbstractItemModel::rowsRemoved);
    const QSignalSpy insertions(&model, &QAbstractItemModel::rowsInserted);
    // The first of them is worked on: it stays.
    model.settle(all.constFirst());
    QCOMPARE(layouts.size(), 1);
    QCOMPARE(removals.size(), 0);
    QCOMPARE(model.rowCount(), 61);
    for (int row = 0; row < all.size(); ++row) {
        const bool hasGone = row % 4 == 0 && row > 0;
        QCOMPARE(places.at(row).isValid(), !hasGone);
        QCOMPARE(model.rowOf(all.at(row)), places.at(row).row());
        QCOMPARE(model.isMarked(all.at(row)), row % 5 == 0 && !hasGone);
    }
    for (int row = 4; row < all.size(); row += 4)
        QVERIFY(world.act(Act::Unassign{all.at(row)}).isApplied());
    QTRY_COMPARE(model.waitingCount(), 19);
    model.catchUp();
    QCOMPARE(layouts.size(), 2);
    QCOMPARE(insertions.size(), 0);
    QCOMPARE(model.rowCount(), 79);
    for (int row = 1; row < all.size(); ++row) {
        QCOMPARE(model.conversationAt(row - 1), all.at(row));
        QCOMPARE(model.rowOf(all.at(row)), row - 1);
    }
}

void ConversationListModelTest::failedPagingKeepsTheRows()
{
    DeskWorld world;
    world.write(450);
    ConversationListModel model(world.desk());
    model.show(view(View::open));
    QTRY_COMPARE(model.rowCount(), ConversationListModel::pageSize);
    QSignalSpy failed(&model, &ConversationListModel::pagingFailed);
    Database::setFault([] { return std::optional(Error{ErrorKind::io, QStringLiteral("gone"), {}}); });
    model.fetchMore({});
    QTRY_COMPARE(failed.size(), 1);
    Database::setFault({});
    QCOMPARE(model.state(), ConversationListModel::State::ready);
    QCOMPARE(model.rowCount(), ConversationListModel::pageSize);
    // Scrolling on does not ask again and again; a person does.
    QVERIFY(!model.canFetchMore({}));
    model.retryPaging();
    QTRY_COMPARE(model.rowCount(), 2 * ConversationListModel::pageSize);
}

void ConversationListModelTest::failedMarkingIsSaid()
{
    DeskWorld world;
    world.write(3);
    ConversationListModel model(world.desk());
    model.show(view(View::open));
    QTRY_COMPARE(model.rowCount(), 3);
    QSignalSpy failed(&model, &ConversationListModel::markingFailed);
    Database::setFault([] { return std::optional(Error{ErrorKind::io, QStringLiteral("gone"), {}}); });
    model.markAll();
    QTRY_COMPARE(failed.size(), 1);
    Database::setFault({});
    QCOMPARE(model.markedCount(), 0);
    model.markAll();
    QTRY_COMPARE(model.markedCount(), 3);
}

/// What all that are marked are done with was seen by somebody.
void ConversationListModelTest::whatWaitsIsNotMarked()
{
    DeskWorld world;
    world.write(3);
    ConversationListModel model(world.desk());
    model.show(view(View::open));
    QTRY_COMPARE(model.rowCount(), 3);
    model.setFrozen(true);
    world.write(2);
    QTRY_COMPARE(model.waitingCount(), 2);
    QSignalSpy marked(&model, &ConversationListModel::markedChanged);
    model.markAll();
    QTRY_COMPARE(marked.size(), 1);
    QCOMPARE(model.markedCount(), 3);
    model.catchUp();
    model.markAll();
    QTRY_COMPARE(model.markedCount(), 5);
}

void ConversationListModelTest::reasonIsWhatChanged()
{
    DeskWorld world;
    world.write(3);
    ConversationListModel model(world.desk());
    ListQuery urgent = view(View::custom);
    urgent.filter.statuses = {Status::open};
    urgent.filter.least = Priority::high;
    model.show(view(View::open));
    QTRY_COMPARE(model.rowCount(), 3);
    const ConversationId id = model.conversationAt(1);
    QVERIFY(world.act(Act::SetPriority{id, Priority::urgent}).isApplied());
    model.show(urgent);
    QTRY_VERIFY(model.state() == ConversationListModel::State::ready && model.rowCount() == 1);
    QTRY_VERIFY(model.record(id) && model.record(id)->priority == Priority::urgent);
    model.setFrozen(true);
    QVERIFY(world.act(Act::SetPriority{id, Priority::low}).isApplied());
    QTRY_VERIFY(hasLeft(model, 0));
    const QString reason = model.index(0).data(int(ConversationListModel::Role::leftReason)).toString();
    QVERIFY2(reason.startsWith(QStringLiteral("Priority is now")), qPrintable(reason));
}

void ConversationListModelTest::whatMovesIsNotNew()
{
    DeskWorld world;
    world.write(5);
    ConversationListModel model(world.desk());
    ListQuery byPriority = view(View::open);
    byPriority.order = ListOrder::priority;
    model.show(byPriority);
    QTRY_COMPARE(model.rowCount(), 5);
    model.setFrozen(true);
    QVERIFY(world.act(Act::SetPriority{model.conversationAt(4), Priority::urgent}).isApplied());
    QTRY_COMPARE(model.waitingCount(), 1);
    QCOMPARE(model.movedCount(), 1);
    world.write(1);
    QTRY_COMPARE(model.waitingCount(), 2);
    QCOMPARE(model.movedCount(), 1);
}

void ConversationListModelTest::whatIsFurtherDownIsNotNew()
{
    DeskWorld world;
    world.write(ConversationListModel::pageSize + 4);
    ConversationListModel model(world.desk());
    model.show(view(View::unassigned));
    QTRY_COMPARE(model.rowCount(), ConversationListModel::pageSize);
    model.setFrozen(true);
    // So few are left below the page that was read that the next look sees the view's end.
    for (int row = 0; row < 5; ++row)
        QVERIFY(
            world.act(Act::SetStatus{model.conversationAt(row), Status::resolved, Reason::answered, {}}).isApplied());
    for (int row = 0; row < 5; ++row)
        QTRY_VERIFY(hasLeft(model, row));
    QCOMPARE(model.waitingCount(), 0);
    model.fetchMore({});
    QTRY_COMPARE(model.rowCount(), ConversationListModel::pageSize + 4);
    world.write(1);
    QTRY_COMPARE(model.waitingCount(), 1);
}

void ConversationListModelTest::theRestComesWhenAllThatWasReadIsDone()
{
    DeskWorld world;
    world.write(ConversationListModel::pageSize + 4);
    ConversationListModel model(world.desk());
    model.show(view(View::unassigned));
    QTRY_COMPARE(model.rowCount(), ConversationListModel::pageSize);
    QList<Action> all;
    for (int row = 0; row < model.rowCount(); ++row) {
        const Act::SetStatus done{model.conversationAt(row), Status::resolved, Reason::answered, {}};
        all.append(makeAction(done, world.clock().now()));
    }
    QVERIFY(!world.desk().perform(all).result().isEmpty());
    QTRY_COMPARE(model.rowCount(), 4);
    QTRY_COMPARE(model.index(0).data().toString(), QStringLiteral("person4"));
}

void ConversationListModelTest::whatMovesWhileRowsGoIsNotLost()
{
    DeskWorld world;
    world.write(5);
    ConversationListModel model(world.desk());
    ListQuery byPriority = view(View::open);
    byPriority.order = ListOrder::priority;
    model.show(byPriority);
    QTRY_COMPARE(model.rowCount(), 5);
    model.setFrozen(true);
    const ConversationId resolved = model.conversationAt(1);
    QVERIFY(world.act(Act::SetStatus{resolved, Status::resolved, Reason::answered, {}}).isApplied());
    QTRY_VERIFY(hasLeft(model, 1));
    const ConversationId last = model.conversationAt(4);
    HeldAnswer answer(model);
    QVERIFY(world.act(Act::SetPriority{last, Priority::urgent}).isApplied());
    QTRY_VERIFY(answer.isHeld());
    // The person goes on before it is known here.
    model.settle({});
    QCOMPARE(model.rowCount(), 4);
    answer.letGo();
    QTRY_COMPARE(model.movedCount(), 1);
    model.catchUp();
    QCOMPARE(model.conversationAt(0), last);
    QCOMPARE(model.rowCount(), 4);
}

void ConversationListModelTest::farDownIsFollowedToo()
{
    constexpr int many = 1600;
    DeskWorld world;
    world.write(many);
    ConversationListModel model(world.desk());
    model.show(view(View::open));
    QTRY_VERIFY((model.fetchMore({}), model.rowCount() >= many));
    model.setFrozen(true);
    const ConversationId resolved = model.conversationAt(1200);
    const ConversationId tagged = model.conversationAt(1250);
    QVERIFY(world.act(Act::SetStatus{resolved, Status::resolved, Reason::answered, {}}).isApplied());
    QVERIFY(world.act(Act::AddTag{tagged, QStringLiteral("late")}).isApplied());
    QTRY_VERIFY(hasLeft(model, 1200));
    QVERIFY(!hasLeft(model, 1250));
    // More at once than is asked about at a time.
    QList<Action> resolving;
    for (int row = 1300; row < many; ++row)
        resolving.append(makeAction(Act::SetStatus{model.conversationAt(row), Status::resolved, Reason::answered, {}},
                                    world.clock().now()));
    QVERIFY(world.desk().perform(resolving).result().constLast().isApplied());
    for (const int row : {1300, 1450, many - 1})
        QTRY_VERIFY2(hasLeft(model, row), qPrintable(QString::number(row)));
    QCOMPARE(model.waitingCount(), 0);
    // person1 wrote first, and writes again.
    world.writeAgain(1);
    QTRY_COMPARE(model.movedCount(), 1);
    model.setFrozen(false);
    QTRY_COMPARE(model.index(0).data().toString(), QStringLiteral("person1"));
    QCOMPARE(model.rowOf(resolved), -1);
    QVERIFY(model.rowOf(tagged) > 1200);
}

/// All is compared at a time, however much of it has changed.
void ConversationListModelTest::whatIsReadWholeIsReadOnce()
{
    constexpr int many = 1600;
    DeskWorld world;
    world.write(many);
    const auto tellChanged = [&](int from) {
        const auto told = world.desk().workspace().write<void>(Urgency::interactive, [&](Writing &writing) -> Done {
            for (int number = from; number <= many; ++number)
                writing.notice().conversations.insert(ConversationId(number));
            return writing.database().done();
        });
        return told.result().has_value();
    };
    // What was written before is told before.
    bool isTold = false;
    connect(&world.desk().workspace(), &Workspace::committed, &world.desk(),
            [&isTold](const CommitNotice &notice) { isTold = isTold || notice.conversations.size() == 1; });
    QVERIFY(tellChanged(many));
    QTRY_VERIFY(isTold);
    ConversationListModel model(world.desk());
    ListQuery grouped = view(View::open);
    grouped.isGrouped = true;
    model.show(grouped);
    QTRY_COMPARE(model.rowCount(), many);
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy read(&model, &ConversationListModel::rearranged);
    QVERIFY(tellChanged(1));
    QTRY_COMPARE(read.size(), 1);
    QVERIFY(changed.size() >= many);
    // The next reading is of what comes then.
    const qsizetype before = changed.size();
    QVERIFY(tellChanged(many));
    QTRY_COMPARE(read.size(), 2);
    QVERIFY2(changed.size() - before < 10, qPrintable(QString::number(changed.size() - before)));
}

/// Whatever stood in the rows before, and however the notes come.
void ConversationListModelTest::notesToMeShowTheirNote()
{
    DeskWorld world;
    world.write(3);
    ConversationListModel model(world.desk());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.show(view(View::open));
    QTRY_VERIFY(model.rowCount() == 3 && isLoaded(model, 2));
    const ConversationId newest = model.conversationAt(0);
    const ConversationId oldest = model.conversationAt(2);
    const auto note = [&](ConversationId on, const QString &text) {
        world.clock().advance(std::chrono::seconds(1));
        return world.actAs(world.kim(), Act::AddNote{on, text}).isApplied();
    };
    const auto line = [&model](int row) {
        const ConversationRecord *known = model.record(model.conversationAt(row));
        return known ? model.lineText(*known).remove(QChar(0x2068)).remove(QChar(0x2069)) : QString();
    };
    QVERIFY(note(newest, QStringLiteral("@Ana the first")));
    model.show(view(View::notesToMe));
    QTRY_COMPARE(model.rowCount(), 1);
    QTRY_COMPARE(line(0), QStringLiteral("Kim: @Ana the first"));
    QVERIFY(model.isUnseen(*model.record(newest)));
    // One that comes while the list is there stands above.
    QVERIFY(note(oldest, QStringLiteral("@Ana the second")));
    QTRY_COMPARE(model.rowCount(), 2);
    QTRY_COMPARE(line(0), QStringLiteral("Kim: @Ana the second"));
    QCOMPARE(model.conversationAt(1), newest);
    QVERIFY(note(newest, QStringLiteral("@Ana the third")));
    QTRY_COMPARE(model.conversationAt(0), newest);
    QTRY_COMPARE(line(0), QStringLiteral("Kim: @Ana the third"));
    QVERIFY(model.index(0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("the third")));
    // What the contact writes moves nothing here.
    world.writeAgain(1);
    QTRY_COMPARE(model.conversationAt(0), newest);
    QCOMPARE(line(1), QStringLiteral("Kim: @Ana the second"));
    model.show(view(View::open));
    QTRY_COMPARE(model.rowCount(), 3);
    QTRY_VERIFY(!line(0).contains(QStringLiteral("Kim")) && !line(2).contains(QStringLiteral("Kim")));
}

QTEST_MAIN(ConversationListModelTest)
#include "tst_conversationlistmodel.moc"
