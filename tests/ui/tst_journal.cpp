// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/shareddesktop.h"
#include "tests/ui/windowworld.h"
#include "ui/settings/journalmodel.h"
#include "ui/shell/roster.h"
#include "workspace/journal.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// Who did what and when: narrowed down letter by letter, however much of it was read.
class JournalTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void modelShowsWhatIsWanted();
    void tenThousandLinesAreNarrowedAtOnce();
    void whatIsReadOnStaysCurrent();
    void olderLinesAreSearched();
    void channelsAreNamed();
    void modelTakesNewerOnes();
    void newestEndIsFollowed();
    void oneWorksBesideIt();
    void whatIsReadDoesNotMove();
    void whatIsLookedForIsFollowed();
    void thousandsAtOnceAreReadAnew();
    void colleaguesDeedsArrive();

private:
    /// Opens the journal, and waits until its newest lines are there.
    [[nodiscard]] static QTableView *open(WindowWorld &world)
    {
        [&] { QTRY_VERIFY(world.isReady()); }();
        world.window().commands().trigger(str("journal.show"));
        auto *table = world.find<QTableView>("journalTable");
        [&] { QTRY_VERIFY(table && table->model()->rowCount() > 0 && world.widget("journalField")->hasFocus()); }();
        return table;
    }
    static void keepReply(WindowWorld &world, const char *name)
    {
        QVERIFY(world.act(Act::KeepSavedReply{{}, str(name), str("Thank you")}).isApplied());
    }
    /// As a deed on many leaves them.
    static void writeMany(WindowWorld &world, int count)
    {
        const auto written =
            world.desk().workspace().write<bool>(Urgency::interactive, [count](Writing &writing) -> Result<bool> {
                for (int i = 1; i <= count; ++i) {
                    JournalLine line;
                    line.agent = AgentId(1);
                    line.kind = str("keepSavedReply");
                    line.after = str("Reply %1 of many").arg(i);
                    writeJournal(writing, line);
                }
                return true;
            });
        QVERIFY(written.result().has_value());
    }
    [[nodiscard]] static QString what(const QTableView *table, int row)
    {
        return table->model()->index(row, int(JournalModel::Column::what)).data().toString();
    }
    [[nodiscard]] static JournalModel::Line line(const QString &what, qint64 number = 0)
    {
        return {str("today"), str("Ána"), what, number, ConversationId(number), AgentId(number % 2)};
    }
    [[nodiscard]] static QStringList shown(const QAbstractItemModel &model)
    {
        QStringList all;
        for (int row = 0; row < model.rowCount(); ++row)
            all.append(model.index(row, int(JournalModel::Column::what)).data().toString());
        return all;
    }
};

void JournalTest::modelShowsWhatIsWanted()
{
    JournalModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.append({line(str("Claimed it"), 7), line(str("Wrote a NOTE"), 8), line(str("Wrote a reply"), 78)});
    QCOMPARE(shown(model).size(), 3);
    model.narrow({str("wrote")});
    QCOMPARE(shown(model), (QStringList{str("Wrote a NOTE"), str("Wrote a reply")}));
    QCOMPARE(model.conversationOf(1), ConversationId(78));
    QCOMPARE(model.lineOf(1), 2);
    QCOMPARE(model.rowOf(2), 1);
    QCOMPARE(model.rowOf(0), -1);
    model.narrow({str("wrote a note")});
    QCOMPARE(shown(model), QStringList{str("Wrote a NOTE")});
    // Every column is looked through, each by itself.
    model.narrow({str("#7")});
    QCOMPARE(shown(model), (QStringList{str("Claimed it"), str("Wrote a reply")}));
    model.narrow({str("ÁNA")});
    QCOMPARE(shown(model).size(), 3);
    model.narrow({str("todayána")});
    QCOMPARE(shown(model).size(), 0);
    QCOMPARE(model.conversationOf(0), ConversationId());
    // By whom they are, too.
    model.narrow({{}, AgentId(1)});
    QCOMPARE(shown(model), QStringList{str("Claimed it")});
    model.narrow({str("wrote"), AgentId()});
    QCOMPARE(shown(model).size(), 2);
    model.keepFirst(2);
    QCOMPARE(shown(model), QStringList{str("Wrote a NOTE")});
    model.append({line(str("Wrote a reply"), 78)});
    model.narrow({});
    QCOMPARE(shown(model).size(), 3);
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), str("Who"));
}

/// One change of the view for one letter, whatever is read: a change for each line would be felt.
void JournalTest::tenThousandLinesAreNarrowedAtOnce()
{
    JournalModel model;
    QList<JournalModel::Line> lines;
    for (int i = 0; i < 10'000; ++i)
        lines.append(line(str("Line %1").arg(i), i));
    model.append(lines);
    QCOMPARE(model.rowCount(), 10'000);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const QSignalSpy removals(&model, &QAbstractItemModel::rowsRemoved);
    model.narrow({str("line 77")});
    QCOMPARE(model.rowCount(), 111);
    model.narrow({});
    QCOMPARE(model.rowCount(), 10'000);
    QCOMPARE(resets.size(), 2);
    QCOMPARE(removals.size(), 0);
}

void JournalTest::whatIsReadOnStaysCurrent()
{
    WindowWorld world(200);
    QTRY_VERIFY(world.isReady());
    const ConversationId id = world.list().conversationAt(3);
    QVERIFY(world.act(Act::AddTag{id, str("journalled")}).isApplied());
    QVERIFY(world.act(Act::KeepSavedReply{{}, str("Thanks"), str("Thank you")}).isApplied());
    QVERIFY(world.window().commands().trigger(str("journal.show")));
    auto *table = world.find<QTableView>("journalTable");
    QTRY_VERIFY(table->model()->rowCount() > 1);
    const auto *open = world.find<QPushButton>("journalOpen");
    QVERIFY(!open->isEnabled());
    table->setCurrentIndex(table->model()->index(1, 0));
    QVERIFY(open->isEnabled());
    auto *field = world.find<QLineEdit>("journalField");
    field->setText(str("journalled"));
    QCOMPARE(table->model()->rowCount(), 1);
    QCOMPARE(table->currentIndex().row(), 0);
    QVERIFY(open->isEnabled());
    // Where it is not shown any more, nothing unseen can be opened.
    field->setText(str("saved reply"));
    QCOMPARE(table->model()->rowCount(), 1);
    QVERIFY(!open->isEnabled());
    field->setText(str("nothing of this kind"));
    QCOMPARE(table->model()->rowCount(), 0);
    QVERIFY(!open->isEnabled());
    field->clear();
    QVERIFY(table->model()->rowCount() > 1);
}

/// Also where nobody asked for older ones; what was found there goes with what it was looked for.
void JournalTest::olderLinesAreSearched()
{
    WindowWorld world(200,
                      str("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) "
                          "INSERT INTO journal (seq, created_seq, channel, action, at, agent, device, device_number, "
                          "kind, conversation, message, before, after) SELECT 1, 1, NULL, NULL, 1800000000000 + i, "
                          "1 + i % 2, '', 0, 'keepSavedReply', NULL, NULL, '', 'Reply ' || i || ' of many' FROM n"));
    QTRY_VERIFY(world.isReady());
    QVERIFY(world.window().commands().trigger(str("journal.show")));
    auto *table = world.find<QTableView>("journalTable");
    QTRY_COMPARE(table->model()->rowCount(), 200);
    const auto all = [table] { return shown(*table->model()).join(u'\n'); };
    const auto state = [&world] { return world.textOf("journalState"); };
    QTRY_VERIFY(world.widget("journalField")->hasFocus());
    world.type(str("reply 9 of"));
    QTRY_COMPARE(state(), str("The whole journal was searched."));
    QCOMPARE(table->model()->rowCount(), 1);
    QVERIFY(all().contains(str("Reply 9 of many")));
    QVERIFY(!world.widget("journalOlder")->isEnabled());
    // By one person.
    world.press(str("Ctrl+A Delete"));
    QTRY_COMPARE(table->model()->rowCount(), 200);
    QVERIFY(!all().contains(str("Reply 9 of many")));
    world.press(str("Tab"));
    QTRY_COMPARE(world.focus(), world.widget("journalPeople"));
    auto *people = world.find<QComboBox>("journalPeople");
    const QString first = world.window().roster().agentName(AgentId(1));
    const int wanted = people->findText(first);
    QVERIFY(wanted > 0);
    for (int i = 0; i < wanted; ++i)
        world.press(str("Down"));
    QTRY_COMPARE(people->currentText(), first);
    // A page of what is found, and on from there.
    auto *older = world.find<QPushButton>("journalOlder");
    QTRY_VERIFY(older->isEnabled());
    const int found = table->model()->rowCount();
    QVERIFY2(found >= 200 && found < 800, qPrintable(QString::number(found)));
    QVERIFY2(state().startsWith(str("Searched back to ")), qPrintable(state()));
    for (int row = 0; row < found; ++row)
        QCOMPARE(table->model()->index(row, int(JournalModel::Column::who)).data().toString(), first);
    for (int page = 0; page < 20 && older->isEnabled(); ++page) {
        QTest::mouseClick(older, Qt::LeftButton);
        QTRY_VERIFY(older->isEnabled() || state() == str("The whole journal was searched."));
    }
    QVERIFY(all().contains(str("Reply 2 of many")) && !all().contains(str("Reply 3 of many")));
    // Of all of them the newest are there again.
    people->setCurrentIndex(0);
    QCOMPARE(table->model()->rowCount(), 200);
    QTRY_VERIFY(state().startsWith(str("The newest 200 lines")));
}

/// Of several channels it is said which one, also of one that is no more.
void JournalTest::channelsAreNamed()
{
    WindowWorld world(60);
    QTRY_VERIFY(world.isReady());
    const ChannelId channel = world.window().roster().channels().constFirst().id;
    QVERIFY(world.act(Act::EditChannel{channel, str("Care"), {}, {}}).isApplied());
    QVERIFY(world.act(Act::PauseSending{channel, str("It burns")}).isApplied());
    QVERIFY(world.act(Act::ResumeSending{channel}).isApplied());
    const Outcome team = world.act(Act::AddTeam{str("Care team")});
    QVERIFY(world.act(Act::SetChannelTeam{channel, TeamId(team.created)}).isApplied());
    QVERIFY(world.act(Act::SetChannelTeam{channel, {}}).isApplied());
    QVERIFY(world.act(Act::RemoveChannel{channel}).isApplied());
    QVERIFY(world.window().commands().trigger(str("journal.show")));
    const auto *table = world.find<QTableView>("journalTable");
    QTRY_VERIFY(table->model()->rowCount() > 6);
    QStringList said = shown(*table->model()).first(7);
    for (QString &line : said)
        line = line.remove(QChar(0x2068)).remove(QChar(0x2069)).section(u' ', 1);
    QCOMPARE(said, (QStringList{str("removed the channel Care"), str("opened the channel Care to everybody"),
                                str("gave the channel Care to the team Care team"), str("made the team Care team"),
                                str("resumed sending on Care"), str("stopped sending on Care: It burns"),
                                str("changed the channel Care")}));
}

/// Lines that are shown ahead of a server have its ids later, or were refused.
void JournalTest::modelTakesNewerOnes()
{
    const auto numbered = [](qint64 id, const QString &what, const QString &action = {}) {
        JournalModel::Line one = line(what);
        one.id = id;
        one.action = action;
        return one;
    };
    JournalModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.append({numbered(firstForecastId + 1, str("refused ahead"), str("r")),
                  numbered(firstForecastId, str("claimed ahead"), str("c")), numbered(7, str("old"))});
    QCOMPARE(model.newestRecord(), 7);
    const QList<JournalModel::Line> left =
        model.settle({numbered(9, str("claimed"), str("c")), numbered(8, str("noted"), str("n"))});
    QCOMPARE(shown(model), (QStringList{str("claimed"), str("old")}));
    QCOMPARE(left.size(), 1);
    QCOMPARE(left.constFirst().id, 8);
    // What is here already is not news.
    QVERIFY(model.settle({numbered(9, str("claimed"), str("c"))}).isEmpty());
    model.narrow({str("old")});
    model.prepend(left);
    QCOMPARE(shown(model), QStringList{str("old")});
    QCOMPARE(model.lineOf(0), 2);
    model.prepend({numbered(10, str("another old one")), numbered(firstForecastId + 2, str("older"), str("o"))});
    QCOMPARE(shown(model), (QStringList{str("another old one"), str("older"), str("old")}));
    QCOMPARE(model.newestRecord(), 10);
    QVERIFY(model.settle({}).isEmpty());
    QCOMPARE(shown(model), (QStringList{str("another old one"), str("old")}));
    model.narrow({});
    QCOMPARE(shown(model), (QStringList{str("another old one"), str("noted"), str("claimed"), str("old")}));
}

void JournalTest::newestEndIsFollowed()
{
    WindowWorld world(200);
    auto *table = open(world);
    const int before = table->model()->rowCount();
    keepReply(world, "Thanks");
    QTRY_COMPARE(table->model()->rowCount(), before + 1);
    QVERIFY(what(table, 0).contains(str("Thanks")));
    QCOMPARE(table->currentIndex().row(), 0);
    keepReply(world, "Regards");
    QTRY_COMPARE(table->model()->rowCount(), before + 2);
    QVERIFY(what(table, 0).contains(str("Regards")));
    QCOMPARE(table->currentIndex().row(), 0);
    QVERIFY(!world.widget("journalNewOnes")->isVisible());
}

/// By keys in the inbox; and it is opened once.
void JournalTest::oneWorksBesideIt()
{
    WindowWorld world(200);
    QVERIFY(world.showMention().isValid());
    auto *table = open(world);
    const QPointer<QWidget> journal = table->window();
    QVERIFY(!journal->isModal());
    world.window().activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), &world.window());
    const qint64 number = world.record(world.shown()).number;
    world.press(str("Shift+A"));
    const auto numberAbove = [table] {
        return table->model()->index(0, int(JournalModel::Column::conversation)).data().toString();
    };
    QTRY_COMPARE(numberAbove(), str("#%1").arg(number));
    QVERIFY(journal && journal->isVisible());
    world.window().commands().trigger(str("journal.show"));
    QTRY_COMPARE(QApplication::activeWindow(), journal.data());
    QCOMPARE(world.window().findChildren<QWidget *>(str("journalDialog")).size(), 1);
    world.press(str("Esc"));
    QTRY_VERIFY(!journal);
}

void JournalTest::whatIsReadDoesNotMove()
{
    WindowWorld world(200);
    QTRY_VERIFY(world.isReady());
    writeMany(world, 100);
    auto *table = open(world);
    const int before = table->model()->rowCount();
    auto *news = world.find<QToolButton>("journalNewOnes");
    QVERIFY(!news->isVisible());
    // A line was chosen.
    world.press(str("Tab Tab"));
    QTRY_COMPARE(world.focus(), table);
    world.press(str("Down Down"));
    const QString chosen = what(table, 2);
    QCOMPARE(table->currentIndex().row(), 2);
    keepReply(world, "Thanks");
    QTRY_COMPARE(world.textOf("journalNewOnes"), str("1 new"));
    keepReply(world, "Regards");
    QTRY_COMPARE(world.textOf("journalNewOnes"), str("2 new"));
    QCOMPARE(news->accessibleName(), str("Show 2 new lines"));
    QCOMPARE(table->model()->rowCount(), before);
    QCOMPARE(table->currentIndex().row(), 2);
    // By keys: the button stands before the list.
    world.press(str("Shift+Tab"));
    QTRY_COMPARE(world.focus(), news);
    world.press(str("Space"));
    QTRY_COMPARE(table->model()->rowCount(), before + 2);
    QCOMPARE(table->currentIndex().row(), 0);
    QVERIFY(what(table, 0).contains(str("Regards")));
    QCOMPARE(what(table, 4), chosen);
    QVERIFY(!news->isVisible());
    QTRY_COMPARE(world.focus(), table);
    // Read further down by the wheel alone; back at the newest end they come in.
    world.widget("journalField")->setFocus();
    table->verticalScrollBar()->setValue(20);
    keepReply(world, "Greetings");
    QTRY_COMPARE(world.textOf("journalNewOnes"), str("1 new"));
    QCOMPARE(table->verticalScrollBar()->value(), 20);
    QCOMPARE(table->model()->rowCount(), before + 2);
    table->verticalScrollBar()->setValue(0);
    QTRY_COMPARE(table->model()->rowCount(), before + 3);
    QVERIFY(what(table, 0).contains(str("Greetings")));
    QVERIFY(!news->isVisible());
}

void JournalTest::whatIsLookedForIsFollowed()
{
    WindowWorld world(200);
    auto *table = open(world);
    const int before = table->model()->rowCount();
    world.type(str("saved reply"));
    QTRY_COMPARE(world.textOf("journalState"), str("The whole journal was searched."));
    const int found = table->model()->rowCount();
    const ConversationId id = world.list().conversationAt(3);
    QVERIFY(world.act(Act::AddTag{id, str("journalled")}).isApplied());
    keepReply(world, "Thanks");
    QTRY_COMPARE(table->model()->rowCount(), found + 1);
    QVERIFY(what(table, 0).contains(str("Thanks")));
    // Only what is wanted is counted.
    world.press(str("Tab Tab"));
    QTRY_COMPARE(world.focus(), table);
    keepReply(world, "Regards");
    QVERIFY(world.act(Act::AddTag{id, str("again")}).isApplied());
    QTRY_COMPARE(world.textOf("journalNewOnes"), str("1 new"));
    QCOMPARE(table->model()->rowCount(), found + 1);
    // Whoever looks for something else has it all.
    world.widget("journalField")->setFocus();
    world.press(str("Ctrl+A Delete"));
    QTRY_COMPARE(table->model()->rowCount(), before + 4);
    QVERIFY(!world.widget("journalNewOnes")->isVisible());
}

void JournalTest::thousandsAtOnceAreReadAnew()
{
    WindowWorld world(200);
    auto *table = open(world);
    writeMany(world, 2'500);
    QTRY_VERIFY(what(table, 0).contains(str("Reply 2500 of many")));
    QCOMPARE(table->model()->rowCount(), 200);
    QTRY_VERIFY(world.textOf("journalState").startsWith(str("The newest 200 lines")));
    keepReply(world, "Thanks");
    QTRY_COMPARE(table->model()->rowCount(), 201);
    QVERIFY(what(table, 0).contains(str("Thanks")));
}

/// On a shared workspace: Kim reads, others work.
void JournalTest::colleaguesDeedsArrive()
{
    const QTemporaryDir settings;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    ServerWorld server;
    SharedDesktop kim(server, ServerWorld::kim, WindowWorld::appearance());
    QVERIFY(kim.window().commands().trigger(str("journal.show")));
    auto *table = kim.window().findChild<QTableView *>(str("journalTable"));
    QVERIFY(table);
    QTRY_VERIFY(table->model()->rowCount() > 0);
    const int before = table->model()->rowCount();
    QVERIFY(server.act(Act::AddTag{ConversationId(1), str("urgent")}, ServerWorld::ana).isApplied());
    QTRY_COMPARE(table->model()->rowCount(), before + 1);
    QVERIFY2(what(table, 0).contains(str("urgent")), qPrintable(what(table, 0)));
    // What Kim did is there at once, and there is one of it when the server has it.
    kim.desk().perform({makeAction(Act::AddTag{ConversationId(1), str("mine")}, server.clock().now())});
    QTRY_COMPARE(table->model()->rowCount(), before + 2);
    QTRY_VERIFY(kim.desk().waitingActions().isEmpty());
    QVERIFY(server.act(Act::AddTag{ConversationId(2), str("last")}, ServerWorld::ana).isApplied());
    QTRY_VERIFY(what(table, 0).contains(str("last")));
    QCOMPARE(table->model()->rowCount(), before + 3);
    QCOMPARE(shown(*table->model()).filter(str("mine")).size(), 1);
}

QTEST_MAIN(JournalTest)
#include "tst_journal.moc"
