// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/deskworld.h"
#include "ui/search/searchmodel.h"
#include "ui/shell/commandregistry.h"

#include <QAbstractItemModelTester>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

using namespace Earshot;
using State = SearchModel::State;

/// What the search field finds as one types, on a real workspace.
class SearchModelTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsAtOnceAndPageByPage();
    void onlyWhatChangedIsToldSo();
    void newestTextWins();
    void goesOnThroughOlderOnesByItself();
    void daysAreThoseOfTheTimesShown();
    void failureShowsNothingOfOtherWords();
    void failedPageIsReadAgain();
    void cleanup() { Database::setFault({}); }
};

void SearchModelTest::findsAtOnceAndPageByPage()
{
    DeskWorld world;
    world.write(120);
    const CommandRegistry commands;
    SearchModel model(world.desk(), commands);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setText(QStringLiteral("hel"), true);
    QTRY_COMPARE(model.state(), State::ready);
    QVERIFY(model.hitCount() >= 50);
    QVERIFY(SearchModel::plain(model.index(0).data().toString()).contains(QStringLiteral("person120")));
    QTRY_VERIFY((model.fetchMore({}), model.hitCount() >= 120));
    QTRY_COMPARE(model.state(), State::ready);
    QCOMPARE(model.hitCount(), 120);
    QVERIFY(!model.hasMore());
}

void SearchModelTest::onlyWhatChangedIsToldSo()
{
    DeskWorld world;
    world.write(40);
    const CommandRegistry commands;
    SearchModel model(world.desk(), commands);
    model.setText(QStringLiteral("hello"), false);
    QTRY_COMPARE(model.hitCount(), 40);
    const QModelIndex seventh = model.index(6);
    const ConversationId id(seventh.data(int(SearchModel::Role::conversation)).toLongLong());
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    QVERIFY(world.act(Act::Claim{id}).isApplied());
    QTRY_VERIFY(model.record(id)->assignee.isValid());
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.constFirst().at(0).toModelIndex(), seventh);
    QCOMPARE(changes.constFirst().at(1).toModelIndex(), seventh);
}

void SearchModelTest::newestTextWins()
{
    DeskWorld world;
    world.write(3);
    const CommandRegistry commands;
    SearchModel model(world.desk(), commands);
    const QString typed = QStringLiteral("person2");
    for (int letters = 1; letters <= typed.size(); ++letters)
        model.setText(typed.left(letters), true);
    QTRY_COMPARE(model.state(), State::ready);
    QCOMPARE(model.text(), typed);
    QCOMPARE(model.hitCount(), 1);
    model.setText({}, false);
    QCOMPARE(model.state(), State::idle);
    QCOMPARE(model.hitCount(), 0);
}

void SearchModelTest::goesOnThroughOlderOnesByItself()
{
    // One private word, older than more public ones than one step looks at.
    DeskWorld world;
    world.write(1, Visibility::direct);
    world.write(4000);
    const CommandRegistry commands;
    SearchModel model(world.desk(), commands);
    model.setText(QStringLiteral("hello is:private"), false);
    QTRY_COMPARE_WITH_TIMEOUT(model.state(), State::ready, 30'000);
    QCOMPARE(model.hitCount(), 1);
    QVERIFY(!model.hasMore());
}

void SearchModelTest::daysAreThoseOfTheTimesShown()
{
    const QByteArray zone = qgetenv("TZ");
    const auto back = qScopeGuard([zone] {
        if (zone.isNull())
            qunsetenv("TZ");
        else
            qputenv("TZ", zone);
    });
    // There it is the fourteenth still when it is the fifteenth here.
    qputenv("TZ", "Pacific/Pago_Pago");
    DeskWorld world;
    world.write(1);
    const CommandRegistry commands;
    SearchModel model(world.desk(), commands);
    model.setText(QStringLiteral("hello before:2027-01-15"), false);
    QTRY_COMPARE(model.state(), State::ready);
    QCOMPARE(model.hitCount(), 1);
    model.setText(QStringLiteral("hello after:2027-01-15"), false);
    QTRY_VERIFY(model.state() == State::ready && model.hitCount() == 0);
}

void SearchModelTest::failureShowsNothingOfOtherWords()
{
    DeskWorld world;
    world.write(3);
    const CommandRegistry commands;
    SearchModel model(world.desk(), commands);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setText(QStringLiteral("hello"), false);
    QTRY_COMPARE(model.state(), State::ready);
    QCOMPARE(model.hitCount(), 3);
    Database::setFault([] { return std::optional(Error{ErrorKind::io, QStringLiteral("gone"), {}}); });
    model.setText(QStringLiteral("person2"), false);
    QTRY_COMPARE(model.state(), State::failed);
    QCOMPARE(model.hitCount(), 0);
    Database::setFault({});
    model.retry();
    QTRY_COMPARE(model.state(), State::ready);
    QCOMPARE(model.hitCount(), 1);
}

void SearchModelTest::failedPageIsReadAgain()
{
    DeskWorld world;
    world.write(120);
    const CommandRegistry commands;
    SearchModel model(world.desk(), commands);
    model.setText(QStringLiteral("hello"), false);
    QTRY_COMPARE(model.state(), State::ready);
    const int first = model.hitCount();
    QVERIFY(first >= 50 && model.hasMore());
    Database::setFault([] { return std::optional(Error{ErrorKind::io, QStringLiteral("gone"), {}}); });
    model.fetchMore({});
    QTRY_COMPARE(model.state(), State::failed);
    QCOMPARE(model.hitCount(), first);
    Database::setFault({});
    // It goes on from there: what is listed stays.
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.retry();
    QTRY_COMPARE(model.state(), State::ready);
    QVERIFY(model.hitCount() > first);
    QCOMPARE(reset.size(), 0);
}

QTEST_MAIN(SearchModelTest)
#include "tst_searchmodel.moc"
