// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/deskworld.h"
#include "tests/ui/fakenotifications.h"
#include "tests/ui/shareddesktop.h"
#include "ui/conversation/contactside.h"
#include "ui/conversation/mediaviewer.h"
#include "ui/conversation/threadpage.h"
#include "ui/conversation/timelineview.h"
#include "ui/shell/messagebar.h"
#include "ui/window/conversationwindow.h"
#include "ui/window/desktoppresence.h"

#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QSettings>
#include <QStandardPaths>
#include <QTableWidget>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

constexpr ConversationId everybodys{1};
constexpr ConversationId ofSales{2};
constexpr ConversationId alsoOfSales{4};

} // namespace

/// Kim's sight of the channel of the team Sales is withdrawn: nothing of it stays before Kim's eyes.
class WithdrawnTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void rowsGoAlsoWhereNothingMoves();
    void greyedRowGoesToo();
    void rowsFarDownGo();
    void foundIsSearchedAgain();
    void shownOneIsForgotten();
    void ownWindowHasNothingOfIt();
    void threadIsForgotten();
    void newsAndJournalAreAskedAgain();
    void messageNamesNobodyOfIt();
    void messageThatNamesNobodyStays();
    void notificationIsTakenAway();
    void whatIsGivenChangesNothing();

private:
    void withdraw(bool isBack = false)
    {
        QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, isBack}).isApplied());
    }
    [[nodiscard]] bool isHere(ConversationId id)
    {
        return m_kim->desk()
            .workspace()
            .readNow<bool>([id](Database &database) -> Result<bool> {
                const auto found = loadConversations(database, {id}, ServerWorld::kim, Time());
                return found && !found->isEmpty();
            })
            .value();
    }
    [[nodiscard]] static ConversationWindow *own()
    {
        for (QWidget *top : QApplication::topLevelWidgets()) {
            if (auto *window = qobject_cast<ConversationWindow *>(top))
                return window;
        }
        return nullptr;
    }
    /// All that the widgets below one have as text.
    [[nodiscard]] static QString textsOf(const QWidget &root)
    {
        QStringList texts{root.windowTitle()};
        for (const QWidget *one : root.findChildren<QWidget *>())
            texts.append(one->accessibleName());
        return texts.join(u'\n');
    }
    /// In its last column.
    [[nodiscard]] bool namesOneOfSales(const char *table)
    {
        const auto *rows = m_kim->window().findChild<QAbstractItemView *>(QString::fromLatin1(table))->model();
        const QModelIndex first = rows->index(0, rows->columnCount() - 1);
        return !rows->match(first, Qt::DisplayRole, str("#2"), 1, Qt::MatchExactly).isEmpty();
    }
    [[nodiscard]] static int rowsOf(const QWidget &window, const char *list)
    {
        return window.findChild<QAbstractItemView *>(QString::fromLatin1(list))->model()->rowCount();
    }

    QTemporaryDir m_settings;
    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<SharedDesktop> m_kim;
};

void WithdrawnTest::init()
{
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
    static auto *appearance = new Appearance(*qApp);
    m_world = std::make_unique<ServerWorld>();
    m_kim = std::make_unique<SharedDesktop>(*m_world, ServerWorld::kim, *appearance);
    QVERIFY(m_kim->window().commands().trigger(str("go.all")));
    QTRY_COMPARE(m_kim->list().state(), ConversationListModel::State::ready);
    QCOMPARE(m_kim->list().rowCount(), 6);
}

void WithdrawnTest::cleanup()
{
    Database::setFault({});
    m_kim.reset();
    m_world.reset();
}

/// Somebody works in the list: what left other ways stays, greyed, until they are done.
void WithdrawnTest::rowsGoAlsoWhereNothingMoves()
{
    m_kim->open(everybodys);
    QVERIFY(m_kim->list().isFrozen());
    m_kim->list().setMarked(ofSales, true);
    withdraw();
    QTRY_COMPARE(m_kim->list().rowCount(), 3);
    QVERIFY(m_kim->list().rowOf(ofSales) < 0);
    QVERIFY(m_kim->list().rowOf(alsoOfSales) < 0);
    QCOMPARE(m_kim->list().markedCount(), 0);
    // And with it what is before Kim.
    QCOMPARE(m_kim->pane().record().id, everybodys);
    QVERIFY(m_kim->list().isFrozen());
}

void WithdrawnTest::greyedRowGoesToo()
{
    QVERIFY(m_kim->window().commands().trigger(str("go.unassigned")));
    QTRY_COMPARE(m_kim->list().state(), ConversationListModel::State::ready);
    m_kim->open(ofSales);
    QVERIFY(m_world->act(Act::Claim{ofSales}).isApplied());
    const auto hasLeft = [this] {
        return m_kim->list().index(m_kim->list().rowOf(ofSales)).data(int(ConversationListModel::Role::hasLeft));
    };
    QTRY_VERIFY(hasLeft().toBool());
    withdraw();
    QTRY_VERIFY(m_kim->list().rowOf(ofSales) < 0);
    QCOMPARE(m_kim->list().rowCount(), 3);
}

/// Further down than what is compared at a change, in a list that is worked in.
void WithdrawnTest::rowsFarDownGo()
{
    DeskWorld world;
    world.write(1100);
    ConversationListModel model(world.desk());
    ListQuery query;
    query.view = View::all;
    model.show(query);
    QTRY_VERIFY((model.fetchMore({}), model.rowCount() >= 1100));
    model.setFrozen(true);
    const auto withdrawn = world.desk().workspace().writeAlone([](Writing &writing) {
        writing.database().execute(str("PRAGMA foreign_keys = OFF"));
        writing.database().execute(str("DELETE FROM conversation"));
        writing.notice().hasChannels = writing.notice().hasWithdrawn = true;
        return writing.database().done();
    });
    QVERIFY(withdrawn.result());
    QTRY_COMPARE(model.rowCount(), 0);
}

void WithdrawnTest::foundIsSearchedAgain()
{
    QVERIFY(m_kim->window().commands().trigger(str("search.focus")));
    auto *field = m_kim->window().findChild<QLineEdit *>(str("searchField"));
    field->setText(str("number"));
    QTRY_COMPARE(rowsOf(m_kim->window(), "searchResults"), 6);
    withdraw();
    QTRY_COMPARE(rowsOf(m_kim->window(), "searchResults"), 3);
    const auto *model = m_kim->window().findChild<QListView *>(str("searchResults"))->model();
    for (int row = 0; row < model->rowCount(); ++row)
        QVERIFY(!model->index(row, 0).data().toString().contains(str("secretword")));
}

void WithdrawnTest::shownOneIsForgotten()
{
    m_kim->open(ofSales);
    m_kim->pane().showContactSide(true);
    QTRY_VERIFY(textsOf(m_kim->pane()).contains(str("Author s0")));
    MessageRecord message = *m_kim->pane().targetMessage();
    message.media = {MediaRecord()};
    m_kim->pane().showMedia(message);
    QVERIFY(m_kim->window().findChild<MediaViewer *>());
    withdraw();
    QTRY_COMPARE(m_kim->said("conversationState"), str("This conversation no longer exists."));
    QVERIFY(!textsOf(m_kim->pane()).contains(str("Author s0")));
    QCOMPARE(m_kim->pane().timeline().timeline().messageCount(), 0);
    QCOMPARE(m_kim->pane().record(), ConversationRecord());
    QVERIFY(!m_kim->pane().targetMessage());
    QTRY_VERIFY(!m_kim->window().findChild<MediaViewer *>());
    // Given back it is shown again.
    withdraw(true);
    QTRY_COMPARE(m_kim->pane().record().id, ofSales);
    QTRY_VERIFY(textsOf(m_kim->pane()).contains(str("Author s0")));
}

void WithdrawnTest::ownWindowHasNothingOfIt()
{
    m_kim->open(ofSales);
    QVERIFY(m_kim->window().commands().trigger(str("conversation.window")));
    QTRY_VERIFY(own() && own()->windowTitle().contains(str("Author s0")));
    m_kim->open(everybodys);
    withdraw();
    QTRY_COMPARE(own()->windowTitle(), str("Conversation"));
    QVERIFY(!textsOf(*own()).contains(str("Author s0")));
    QVERIFY(textsOf(*own()).contains(str("This conversation no longer exists.")));
    QCOMPARE(own()->pane().timeline().timeline().messageCount(), 0);
}

void WithdrawnTest::threadIsForgotten()
{
    m_kim->open(ofSales);
    QVERIFY(m_kim->window().commands().trigger(str("conversation.thread")));
    QTRY_COMPARE(rowsOf(m_kim->pane(), "threadList"), 1);
    withdraw();
    QTRY_COMPARE(rowsOf(m_kim->pane(), "threadList"), 0);
    QTRY_COMPARE(m_kim->said("conversationState"), str("This conversation no longer exists."));
    // Also where it is out of sight.
    withdraw(true);
    QTRY_COMPARE(rowsOf(m_kim->pane(), "threadList"), 1);
    m_kim->pane().showThread(false);
    QCOMPARE(rowsOf(m_kim->pane(), "threadList"), 1);
    withdraw();
    QTRY_COMPARE(rowsOf(m_kim->pane(), "threadList"), 0);
}

void WithdrawnTest::newsAndJournalAreAskedAgain()
{
    QVERIFY(m_world->act(Act::Assign{everybodys, ServerWorld::kim}).isApplied());
    QVERIFY(m_world->act(Act::Assign{ofSales, ServerWorld::kim}).isApplied());
    m_kim->quit();
    m_world->clock().advance(std::chrono::hours(2));
    QVERIFY(m_world->act(Act::AddNote{everybodys, str("a note")}).isApplied());
    QVERIFY(m_world->act(Act::AddNote{ofSales, str("a note")}).isApplied());
    m_kim->start();
    QTRY_VERIFY(m_kim->said("messageBar").contains(str("2 of your conversations")));
    QVERIFY(m_kim->window().commands().trigger(str("away.show")));
    QVERIFY(m_kim->window().commands().trigger(str("journal.show")));
    QTRY_VERIFY(namesOneOfSales("awayTable"));
    QTRY_VERIFY(namesOneOfSales("journalTable"));
    withdraw();
    QTRY_VERIFY(!namesOneOfSales("awayTable"));
    QTRY_COMPARE(rowsOf(m_kim->window(), "awayTable"), 1);
    QTRY_VERIFY(!namesOneOfSales("journalTable"));
    QTRY_VERIFY(rowsOf(m_kim->window(), "journalTable") > 1);
}

/// It would go by itself only after a while.
void WithdrawnTest::messageNamesNobodyOfIt()
{
    constexpr int longTime = 1'000'000;
    m_kim->window().findChild<MessageBar *>()->setLapseTime(longTime);
    m_kim->open(ofSales);
    QVERIFY(m_kim->window().commands().trigger(str("conversation.claim")));
    QTRY_VERIFY(m_kim->said("messageBar").contains(str("Author s0")));
    withdraw();
    QTRY_VERIFY(!isHere(ofSales));
    QTRY_COMPARE(m_kim->said("messageBar"), QString());
    // Also in a window of its own.
    withdraw(true);
    QTRY_VERIFY(isHere(ofSales));
    QTRY_VERIFY(m_kim->list().rowOf(ofSales) >= 0 || m_kim->list().waitingCount() > 0);
    QTRY_COMPARE(m_kim->pane().record().id, ofSales);
    QVERIFY(m_kim->window().commands().trigger(str("conversation.window")));
    QTRY_VERIFY(own() && own()->windowTitle().contains(str("Author s0")));
    auto *bar = own()->findChild<MessageBar *>();
    bar->setLapseTime(longTime);
    QTRY_COMPARE(own()->pane().record().id, ofSales);
    QTRY_VERIFY(own()->commands().isEnabled(str("conversation.resolve")));
    QVERIFY(own()->commands().trigger(str("conversation.resolve")));
    QTRY_VERIFY(bar->text().contains(str("Author s0")));
    withdraw();
    QTRY_COMPARE(bar->text(), QString());
}

void WithdrawnTest::messageThatNamesNobodyStays()
{
    auto *bar = m_kim->window().findChild<MessageBar *>();
    bar->show(MessageBar::Kind::trouble, str("Your drafts could not be saved."));
    withdraw();
    QTRY_COMPARE(m_kim->list().rowCount(), 3);
    QCOMPARE(bar->text(), str("Your drafts could not be saved."));
}

void WithdrawnTest::notificationIsTakenAway()
{
    const PrivateBus bus;
    if (!bus.isThere())
        QSKIP("dbus-daemon is not installed");
    {
        FakeNotifications desktop(bus.connect("desktop"));
        DesktopPresence presence(m_kim->desk(), m_kim->window(), bus.connect("earshot"), false);
        // Until it knows where the journal stands, what happens is no news.
        QTRY_VERIFY(([&] {
            if (desktop.shown().isEmpty()) {
                static_cast<void>(m_world->act(Act::Unassign{ofSales}));
                static_cast<void>(m_world->act(Act::Assign{ofSales, ServerWorld::kim}));
            }
            return !desktop.shown().isEmpty();
        }()));
        QVERIFY(desktop.shown().constLast().text.contains(str("Author s0")));
        QVERIFY(desktop.closed().isEmpty());
        withdraw();
        QTRY_COMPARE(desktop.closed(), QList<uint>{desktop.shown().constLast().id});
    }
    QDBusConnection::disconnectFromBus(str("desktop"));
    QDBusConnection::disconnectFromBus(str("earshot"));
}

/// A channel that comes into sight takes nobody from where they are.
void WithdrawnTest::whatIsGivenChangesNothing()
{
    withdraw();
    QTRY_COMPARE(m_kim->list().rowCount(), 3);
    m_kim->open(everybodys);
    QVERIFY(m_kim->window().commands().trigger(str("conversation.thread")));
    auto *list = m_kim->pane().findChild<QListView *>(str("threadList"));
    QTRY_COMPARE(list->model()->rowCount(), 1);
    const QPersistentModelIndex current = list->currentIndex();
    withdraw(true);
    QTRY_VERIFY(isHere(ofSales));
    QTRY_COMPARE(m_kim->list().waitingCount(), 3);
    QVERIFY(current.isValid() && list->currentIndex() == current);
    QCOMPARE(m_kim->pane().record().id, everybodys);
}

QTEST_MAIN(WithdrawnTest)
#include "tst_withdrawn.moc"
