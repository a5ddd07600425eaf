// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/viewmaker.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/inbox/viewpane.h"
#include "ui/shell/activitygraph.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <limits>
#include <numeric>

using namespace Earshot;

/// What the views list: how many there are, on which days, in which order and groups; and how one gets there.
class ViewListsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void countFollowsTheWork();
    void everythingIsCounted();
    void newNotesToMeAreCounted();
    void activityIsDrawnAndSaid();
    void placeAndOrderAreThereAfterAStart();
    void daysOfAChannelAreDrawnAndSaid();
    void listIsSortedByPriority();
    void listIsSortedByReach();
    void listIsGroupedByThread();
    void historyIsNotSorted();
    void placesAreReachedByName();
    void menuOfARowIsAboutIt();

private:
    void trigger(const char *id) { ViewMaker(*m_world).trigger(id); }
    [[nodiscard]] bool waitFor(const char *name) const { return ViewMaker(*m_world).waitFor(name); }
    void begin(const QString &name, bool isShared = false) { ViewMaker(*m_world).begin(name, isShared); }
    void save() { ViewMaker(*m_world).save(); }
    void make(const QString &name, bool isShared = false) { ViewMaker(*m_world).make(name, isShared); }
    [[nodiscard]] QListView *pane() const { return ViewMaker(*m_world).pane(); }
    [[nodiscard]] QString accessibleRow(const QString &text) const { return ViewMaker(*m_world).accessibleRow(text); }
    /// Goes there by its name in the search field; not by a word that is a filter's as well, which would be proposed.
    void goTo(const QString &name);
    /// What its menu offers, in order; it stays closed.
    [[nodiscard]] QStringList menuOf(const QString &text);

    std::unique_ptr<WindowWorld> m_world;
};

void ViewListsTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->window().roster().isLoaded() && m_world->list().rowCount() > 0);
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
}

void ViewListsTest::placeAndOrderAreThereAfterAStart()
{
    make(QStringLiteral("Open work"));
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("list.priority")));
    QTRY_COMPARE(m_world->list().query().order, ListOrder::priority);
    m_world->reopen();
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Open work"));
    QTRY_COMPARE(m_world->list().query().order, ListOrder::priority);
    // Sorting another list is another list's matter.
    m_world->press(QStringLiteral("G O"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("All open"));
    QCOMPARE(m_world->list().query().order, ListOrder::newest);
    const ChannelRecord channel = m_world->window().roster().channels().constFirst();
    ListQuery query;
    query.view = View::channel;
    query.channel = channel.id;
    m_world->find<ViewPane>("views")->choose(query);
    QTRY_COMPARE(m_world->list().query().channel, channel.id);
    m_world->reopen();
    QTRY_COMPARE(m_world->list().query().channel, channel.id);
    QTRY_COMPARE(m_world->textOf("viewTitle"), channel.name);
}

void ViewListsTest::activityIsDrawnAndSaid()
{
    const auto *graph = m_world->find<ActivityGraph>("viewActivity");
    m_world->window().resize(1600, 900);
    QTRY_VERIFY(graph->isVisible());
    QTRY_COMPARE(graph->counts().size(), ActivityGraph::dayCount);
    QVERIFY(graph->accessibleDescription().startsWith(QStringLiteral("Conversations with their newest message")));
    const auto sum = [graph] { return std::accumulate(graph->counts().cbegin(), graph->counts().cend(), 0); };
    const int open = sum();
    m_world->press(QStringLiteral("G R"));
    QTRY_VERIFY(sum() > open);
    // As drawn: some bar is taller than another.
    const QImage picture = m_world->widget("viewActivity")->grab().toImage();
    QSet<QRgb> colours;
    for (int x = 0; x < picture.width(); ++x)
        colours.insert(picture.pixel(x, picture.height() / 2));
    QVERIFY(colours.size() > 1);
}

void ViewListsTest::countFollowsTheWork()
{
    make(QStringLiteral("Open work"));
    const auto count = [this] { return m_world->textOf("viewCount").toInt(); };
    const int open = int(m_world->window().roster().counts()->open);
    QTRY_COMPARE(count(), open);
    QTRY_COMPARE(accessibleRow(QStringLiteral("Open work")), QStringLiteral("Open work, %1 conversations").arg(open));
    const ConversationId first = m_world->list().conversationAt(0);
    QVERIFY(m_world->act(Act::SetStatus{first, Status::resolved, Reason::noAnswerNeeded, {}}).isApplied());
    QTRY_COMPARE(count(), open - 1);
    QVERIFY(m_world->act(Act::SetStatus{first, Status::open, {}, {}}).isApplied());
    QTRY_COMPARE(count(), open);
}

void ViewListsTest::everythingIsCounted()
{
    m_world->press(QStringLiteral("Ctrl+8"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Everything"));
    ListQuery all = m_world->list().query();
    all.now = m_world->clock().now();
    all.limit = 100'000;
    const auto there = m_world->desk().workspace().readNow<QList<ListEntry>>(
        [&all](Database &database) { return listConversations(database, all); });
    const auto count = int(there->size());
    QVERIFY(count > 400);
    QTRY_COMPARE(m_world->textOf("viewCount").toInt(), count);
    QCOMPARE(accessibleRow(QStringLiteral("Everything")), QStringLiteral("Everything, %1 conversations").arg(count));
    // Whatever becomes of one it is still there, also while it is snoozed and when that has ended.
    const ConversationId id = m_world->showMention();
    QVERIFY(m_world->act(Act::Snooze{id, m_world->clock().now() + std::chrono::hours(1)}).isApplied());
    QTRY_VERIFY(m_world->textOf("headerState").contains(QStringLiteral("snoozed")));
    QCOMPARE(m_world->textOf("viewCount").toInt(), count);
    m_world->clock().advance(std::chrono::hours(2));
    m_world->write(QStringLiteral("Odo Quark"), QStringLiteral("hello there"));
    QTRY_COMPARE(m_world->textOf("viewCount").toInt(), count + 1);
}

/// All that ever named me would only grow.
void ViewListsTest::newNotesToMeAreCounted()
{
    const Roster &roster = m_world->window().roster();
    const QList<AgentRecord> &agents = roster.agents();
    const auto other = std::find_if(agents.cbegin(), agents.cend(), [&roster](const AgentRecord &one) {
        return one.id != roster.me() && one.role >= Role::agent && !one.isDisabled;
    });
    const AgentId colleague = other->id;
    const QString name = other->name;
    const auto count = [this] { return int(m_world->window().roster().counts()->notesToMe); };
    m_world->press(QStringLiteral("G N"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Notes to me"));
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    const int before = count();
    const ConversationId id(7);
    auto &desk = dynamic_cast<LocalDesk &>(m_world->desk());
    const QString text = QStringLiteral("@%1 could you look at this?").arg(roster.agentName(roster.me()));
    QVERIFY(desk.performAs(colleague, {makeAction(Act::AddNote{id, text}, m_world->clock().now())})
                .result()
                .constFirst()
                .isApplied());
    QTRY_COMPARE(count(), before + 1);
    QTRY_COMPARE(m_world->textOf("viewCount"), QStringLiteral("%1 unseen").arg(before + 1));
    QVERIFY(accessibleRow(QStringLiteral("Notes to me")).contains(QStringLiteral("with an unseen note")));
    QTRY_COMPARE(m_world->list().conversationAt(0), id);
    const auto said = [this] { return m_world->list().index(0).data(Qt::AccessibleTextRole).toString(); };
    QTRY_VERIFY2(said().contains(name) && said().contains(QStringLiteral("could you look at this?")),
                 qPrintable(said()));
    QVERIFY(said().contains(QStringLiteral("unseen")));
    m_world->press(QStringLiteral("Down"));
    QTRY_COMPARE(m_world->shown(), id);
    QTRY_COMPARE(count(), before);
    QTRY_VERIFY2(!said().contains(QStringLiteral("unseen")), qPrintable(said()));
    // And it stays in the list.
    QCOMPARE(m_world->list().conversationAt(0), id);
}

void ViewListsTest::daysOfAChannelAreDrawnAndSaid()
{
    trigger("channels.show");
    QVERIFY(waitFor("channelActivity"));
    const auto *graph = m_world->find<ActivityGraph>("channelActivity");
    QTRY_COMPARE(graph->counts().size(), ActivityGraph::dayCount);
    // Each channel has days of its own: of all its conversations, whatever became of them.
    const Time now = m_world->clock().now();
    const QDate today = QDateTime::fromMSecsSinceEpoch(toMs(now)).date();
    const Time first = timeFromMs(today.addDays(1 - ActivityGraph::dayCount).startOfDay().toMSecsSinceEpoch());
    auto *list = m_world->find<QListWidget>("channelList");
    QVERIFY(list->count() > 1);
    QSet<QString> said;
    for (int row = 0; row < list->count(); ++row) {
        list->setCurrentRow(row);
        ListQuery query;
        query.view = View::custom;
        query.filter.channels = {ChannelId(list->item(row)->data(Qt::UserRole).toLongLong())};
        query.me = m_world->desk().me();
        query.now = now;
        query.limit = 100'000;
        const auto all = m_world->desk().workspace().readNow<QList<ListEntry>>(
            [&query](Database &database) { return listConversations(database, query); });
        const auto newer =
            std::count_if(all->cbegin(), all->cend(), [first](const ListEntry &entry) { return entry.at >= first; });
        const auto sum = [graph] { return std::accumulate(graph->counts().cbegin(), graph->counts().cend(), 0); };
        QTRY_COMPARE(graph->counts().size(), ActivityGraph::dayCount);
        QTRY_COMPARE(sum(), int(newer));
        QVERIFY(graph->accessibleDescription().startsWith(QStringLiteral("Conversations with their newest message")));
        said.insert(graph->accessibleDescription());
    }
    QVERIFY(said.size() > 1);
}

void ViewListsTest::listIsSortedByPriority()
{
    m_world->press(QStringLiteral("G O"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("All open"));
    QTRY_VERIFY(m_world->isReady());
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    const ConversationId late = m_world->list().conversationAt(m_world->list().rowCount() - 1);
    QVERIFY(m_world->record(late).priority != Priority::urgent);
    // What is urgent already is newer, and stands above it.
    int urgent = 0;
    for (int row = 0; row < m_world->list().rowCount(); ++row)
        urgent += m_world->record(m_world->list().conversationAt(row)).priority == Priority::urgent ? 1 : 0;
    QVERIFY(urgent < m_world->list().rowCount() - 1);
    QVERIFY(m_world->act(Act::SetPriority{late, Priority::urgent}).isApplied());
    auto *order = m_world->find<QComboBox>("listOrder");
    trigger("list.priority");
    QCOMPARE(order->currentText(), QStringLiteral("Highest priority first"));
    QTRY_COMPARE(m_world->list().rowOf(late), urgent);
    QTRY_COMPARE(m_world->list().rowCount(), int(m_world->window().roster().counts()->open));
    Priority last = Priority::urgent;
    for (int row = 0; row < m_world->list().rowCount(); ++row) {
        const Priority now = m_world->record(m_world->list().conversationAt(row)).priority;
        QVERIFY(now <= last);
        last = now;
    }
    // It goes where it belongs when that changes.
    QVERIFY(m_world->act(Act::SetPriority{late, Priority::low}).isApplied());
    QTRY_COMPARE(m_world->list().rowOf(late), m_world->list().rowCount() - 1);
    // Each list has its own order.
    m_world->press(QStringLiteral("G U"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Unassigned"));
    QCOMPARE(order->currentText(), QStringLiteral("Newest first"));
    m_world->press(QStringLiteral("G O"));
    QTRY_COMPARE(order->currentText(), QStringLiteral("Highest priority first"));
}

void ViewListsTest::listIsSortedByReach()
{
    auto *order = m_world->find<QComboBox>("listOrder");
    order->setFocus();
    QTRY_COMPARE(m_world->focus(), order);
    m_world->press(QStringLiteral("End"));
    QCOMPARE(order->currentText(), QStringLiteral("Widest reach first"));
    QTRY_COMPARE(m_world->list().query().order, ListOrder::reach);
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    QTRY_VERIFY(m_world->list().record(m_world->list().conversationAt(0)));
    int last = std::numeric_limits<int>::max();
    for (int row = 0; row < m_world->list().rowCount(); ++row) {
        const int now = m_world->record(m_world->list().conversationAt(row)).followers;
        QVERIFY(now <= last);
        last = now;
    }
    // The widest is somebody's whom many follow; of who is the last one the network says nothing.
    QVERIFY(m_world->record(m_world->list().conversationAt(0)).followers > 0);
    QCOMPARE(last, 0);
    const QString spoken = m_world->list().index(0).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(spoken.contains(QStringLiteral("followers")), qPrintable(spoken));
    // A view keeps the order that it was made with.
    begin(QStringLiteral("Well heard"));
    auto *kept = m_world->find<QComboBox>("viewOrder");
    kept->setCurrentIndex(kept->findText(QStringLiteral("Widest reach first")));
    save();
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Well heard"));
    QTRY_COMPARE(m_world->list().query().order, ListOrder::reach);
    m_world->reopen();
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Well heard"));
    QTRY_COMPARE(m_world->list().query().order, ListOrder::reach);
}

void ViewListsTest::listIsGroupedByThread()
{
    m_world->press(QStringLiteral("G O"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("All open"));
    auto *grouped = m_world->find<QToolButton>("listGrouped");
    QTRY_VERIFY(m_world->isReady());
    QTest::mouseClick(grouped, Qt::LeftButton);
    QVERIFY(grouped->isChecked());
    QTRY_COMPARE(m_world->list().rowCount(), int(m_world->window().roster().counts()->open));
    QSet<ThreadId> met;
    ThreadId last;
    int together = 0;
    for (int row = 0; row < m_world->list().rowCount(); ++row) {
        const ThreadId thread = m_world->record(m_world->list().conversationAt(row)).thread;
        if (thread == last)
            ++together;
        else
            QVERIFY2(!met.contains(thread), "a thread stands in two places");
        met.insert(thread);
        last = thread;
    }
    QVERIFY(together > 0);
}

void ViewListsTest::goTo(const QString &name)
{
    m_world->press(QStringLiteral("Ctrl+K"));
    QTRY_VERIFY(m_world->widget("searchField")->hasFocus());
    m_world->type(QStringLiteral(">go to ") + name);
    m_world->press(QStringLiteral("Return"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
}

void ViewListsTest::placesAreReachedByName()
{
    const Roster &roster = m_world->window().roster();
    QTRY_VERIFY(!roster.tags().isEmpty());
    make(QStringLiteral("Late & urgent"));
    const QString uuid = roster.views().constFirst().uuid;
    m_world->press(QStringLiteral("G O"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("All open"));
    goTo(QStringLiteral("Late"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Late & urgent"));
    const QString tag = roster.tags().constFirst().name;
    goTo(tag);
    QTRY_COMPARE(m_world->textOf("viewTitle"), tag);
    const ChannelRecord channel = roster.channels().constFirst();
    goTo(channel.name.isEmpty() ? channel.address : channel.name);
    QTRY_COMPARE(m_world->list().query().channel, channel.id);
    // They can have keys, and go with what they lead to.
    CommandRegistry &commands = m_world->window().commands();
    const QString id = QStringLiteral("go.view.") + uuid;
    commands.setKeys(id, {QStringLiteral("G L"), {}});
    m_world->press(QStringLiteral("G L"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Late & urgent"));
    trigger("view.remove");
    QTRY_VERIFY(!commands.find(id));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Unassigned"));
    m_world->press(QStringLiteral("G L"));
    QCOMPARE(m_world->textOf("viewTitle"), QStringLiteral("Unassigned"));
    // It is there again, with its key.
    m_world->press(QStringLiteral("Z"));
    QTRY_VERIFY(commands.find(id));
    QCOMPARE(commands.keyText(id), QStringLiteral("G L"));
}

QStringList ViewListsTest::menuOf(const QString &text)
{
    const QAbstractItemModel *model = pane()->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        if (model->index(row, 0).data().toString() != text)
            continue;
        pane()->scrollTo(model->index(row, 0));
        Q_EMIT pane()->customContextMenuRequested(pane()->visualRect(model->index(row, 0)).center());
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QStringList offered;
        for (const QAction *action : menu ? menu->actions() : QList<QAction *>()) {
            if (!action->isSeparator())
                offered.append(action->objectName());
        }
        if (menu)
            menu->close();
        return offered;
    }
    return {};
}

void ViewListsTest::menuOfARowIsAboutIt()
{
    const Roster &roster = m_world->window().roster();
    QTRY_VERIFY(!roster.tags().isEmpty());
    const ChannelRecord channel = roster.channels().constFirst();
    const QString name = channel.name.isEmpty() ? channel.address : channel.name;
    const QStringList ofChannel = menuOf(name);
    QVERIFY2(ofChannel.startsWith(QStringLiteral("channels.show")), qPrintable(ofChannel.join(u' ')));
    QVERIFY(ofChannel.contains(QStringLiteral("channels.pull")));
    QVERIFY(!ofChannel.contains(QStringLiteral("view.edit")));
    m_world->window().commands().trigger(QStringLiteral("view.copyName"));
    QCOMPARE(QGuiApplication::clipboard()->text(), name);
    const QStringList ofTag = menuOf(roster.tags().constFirst().name);
    QVERIFY2(ofTag.contains(QStringLiteral("view.copyName")) && !ofTag.contains(QStringLiteral("channels.show")),
             qPrintable(ofTag.join(u' ')));
    make(QStringLiteral("Mine alone"));
    const QStringList ofView = menuOf(QStringLiteral("Mine alone"));
    QVERIFY2(ofView.startsWith(QStringLiteral("view.edit")), qPrintable(ofView.join(u' ')));
    // There is no other among which it could move.
    QVERIFY(!ofView.contains(QStringLiteral("view.up")));
    trigger("channels.show");
    QVERIFY(waitFor("channelsDialog"));
}

void ViewListsTest::historyIsNotSorted()
{
    m_world->press(QStringLiteral("Ctrl+7"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Resolved"));
    QVERIFY(!m_world->widget("listOrder")->isVisible());
    QVERIFY(!m_world->widget("listGrouped")->isVisible());
}

QTEST_MAIN(ViewListsTest)
#include "tst_viewlists.moc"
