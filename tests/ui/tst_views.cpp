// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/inbox/viewpane.h"
#include "ui/shell/activitygraph.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <algorithm>
#include <limits>
#include <numeric>

using namespace Earshot;

/// Views that people make: the filter builder, saved searches, their order, and how lists are sorted and grouped.
class ViewsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void ownViewIsBuiltAndListed();
    void builderSaysHowManyThereAre();
    void networkAndWaitingTimeAreBuilt();
    void networksThatAreNotThereAreNotOffered();
    void whatWaitsLongEnoughComesByTheClock();
    void countFollowsTheWork();
    void everythingIsCounted();
    void newNotesToMeAreCounted();
    void activityIsDrawnAndSaid();
    void placeAndOrderAreThereAfterAStart();
    void sharedViewIsEveryonesAndCanBeUndone();
    void ownViewMadeEverybodysIsOnesOwnAgain();
    void daysOfAChannelAreDrawnAndSaid();
    void nameOfAnotherViewIsRefusedInTheBuilder();
    void editedViewIsListedAnew();
    void removedViewLeavesTheList();
    void keyUndoesWhatTheBarOffers();
    void viewsMoveByTheKeyboard();
    void searchIsSavedAndComesBack();
    void listIsSortedByPriority();
    void listIsSortedByReach();
    void listIsGroupedByThread();
    void historyIsNotSorted();
    void placesAreReachedByName();
    void menuOfARowIsAboutIt();

private:
    /// Once, as soon as it is enabled.
    void trigger(const char *id)
    {
        QVERIFY(QTest::qWaitFor([&] { return m_world->window().commands().trigger(QString::fromLatin1(id)); }, 30'000));
    }
    [[nodiscard]] bool waitFor(const char *name) const
    {
        return QTest::qWaitFor([&] { return m_world->widget(name) && m_world->widget(name)->isVisible(); }, 30'000);
    }
    /// Opens the builder by its command and gives the view its name.
    void begin(const QString &name, bool isShared = false);
    void check(const char *box, bool isOn = true) { m_world->find<QCheckBox>(box)->setChecked(isOn); }
    void save();
    [[nodiscard]] QListView *pane() const { return m_world->find<QListView>("views"); }
    /// The texts of the rows under a heading.
    [[nodiscard]] QStringList under(const QString &heading) const;
    [[nodiscard]] QString accessibleRow(const QString &text) const;
    void make(const QString &name, bool isShared = false);
    /// Goes there by its name in the search field; not by a word that is a filter's as well, which would be proposed.
    void goTo(const QString &name);
    /// What its menu offers, in order; it stays closed.
    [[nodiscard]] QStringList menuOf(const QString &text);

    std::unique_ptr<WindowWorld> m_world;
};

void ViewsTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->window().roster().isLoaded() && m_world->list().rowCount() > 0);
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
}

void ViewsTest::begin(const QString &name, bool isShared)
{
    trigger("view.new");
    QVERIFY(waitFor("viewDialog"));
    QTRY_VERIFY(m_world->widget("viewName")->hasFocus());
    m_world->type(name);
    check("viewShared", isShared);
}

void ViewsTest::save()
{
    QTRY_VERIFY(m_world->widget("viewSave")->isEnabled());
    QTest::mouseClick(m_world->widget("viewSave"), Qt::LeftButton);
    QTRY_VERIFY(!m_world->widget("viewDialog") || !m_world->widget("viewDialog")->isVisible());
}

void ViewsTest::make(const QString &name, bool isShared)
{
    begin(name, isShared);
    save();
    QTRY_COMPARE(m_world->textOf("viewTitle"), name);
}

QStringList ViewsTest::under(const QString &heading) const
{
    QStringList rows;
    const QAbstractItemModel *model = pane()->model();
    bool isThere = false;
    for (int row = 0; row < model->rowCount(); ++row) {
        const QModelIndex index = model->index(row, 0);
        if (index.data(int(ViewListModel::Role::isHeading)).toBool())
            isThere = index.data().toString() == heading;
        else if (isThere)
            rows.append(index.data().toString());
    }
    return rows;
}

QString ViewsTest::accessibleRow(const QString &text) const
{
    const QAbstractItemModel *model = pane()->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        if (model->index(row, 0).data().toString() == text)
            return model->index(row, 0).data(Qt::AccessibleTextRole).toString();
    }
    return {};
}

void ViewsTest::ownViewIsBuiltAndListed()
{
    begin(QStringLiteral("Private and open"));
    check("viewPrivate");
    save();
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Private and open"));
    QTRY_COMPARE(under(QStringLiteral("My views")), QStringList{QStringLiteral("Private and open")});
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    QTRY_COMPARE(m_world->list().query().view, View::custom);
    QTRY_VERIFY(m_world->list().rowCount() > 0);
    for (int row = 0; row < m_world->list().rowCount(); ++row) {
        const ConversationRecord one = m_world->record(m_world->list().conversationAt(row));
        QVERIFY(one.isPrivate);
        QCOMPARE(one.status, Status::open);
    }
    // Another start still has it.
    m_world->reopen();
    QTRY_COMPARE(under(QStringLiteral("My views")), QStringList{QStringLiteral("Private and open")});
}

void ViewsTest::builderSaysHowManyThereAre()
{
    begin(QStringLiteral("Open"));
    QTRY_VERIFY(m_world->window().roster().counts().has_value());
    const int open = int(m_world->window().roster().counts()->open);
    QTRY_COMPARE(m_world->textOf("viewSaid"), QStringLiteral("%1 conversations now").arg(open));
    // What cannot be is said before it is saved.
    for (const char *list : {"viewTags", "viewWithoutTags"})
        m_world->find<QListWidget>(list)->item(0)->setCheckState(Qt::Checked);
    QTRY_COMPARE(m_world->textOf("viewSaid"), QStringLiteral("No conversation can have a tag and not have it."));
    QVERIFY(!m_world->widget("viewSave")->isEnabled());
    m_world->find<QLineEdit>("viewName")->clear();
    QCOMPARE(m_world->textOf("viewSaid"), QStringLiteral("Give it a name."));
}

void ViewsTest::networkAndWaitingTimeAreBuilt()
{
    m_world->write(QStringLiteral("Odo Quark"), QStringLiteral("hello there"));
    m_world->clock().advance(std::chrono::hours(4));
    begin(QStringLiteral("Late toots"));
    check("viewNetwork_mastodon");
    auto *number = m_world->find<QSpinBox>("viewWaitsNumber");
    QVERIFY(!number->isEnabled());
    m_world->press(QStringLiteral("Alt+L"));
    QTRY_VERIFY(number->isEnabled());
    m_world->press(QStringLiteral("Tab"));
    QTRY_COMPARE(m_world->focus(), number);
    m_world->type(QStringLiteral("3"));
    save();
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Late toots"));
    QTRY_COMPARE(m_world->list().query().filter.waitsLonger, Duration(std::chrono::hours(3)));
    QCOMPARE(m_world->list().query().filter.networks, QList<Network>{Network::mastodon});
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    QTRY_VERIFY(m_world->list().rowCount() > 0);
    const Time since = m_world->clock().now() - std::chrono::hours(3);
    for (int row = 0; row < m_world->list().rowCount(); ++row) {
        const ConversationRecord one = m_world->record(m_world->list().conversationAt(row));
        QCOMPARE(one.network, Network::mastodon);
        QVERIFY(one.needsAnswer && one.status == Status::open && one.waitingSince < since);
    }
    // Its number would be true for a moment only; it is not on its way either.
    QCOMPARE(m_world->textOf("viewCount"), QString());
    QCOMPARE(accessibleRow(QStringLiteral("Late toots")), QStringLiteral("Late toots"));
    // The builder shows it as it was built.
    pane()->setFocus();
    m_world->press(QStringLiteral("F2"));
    QVERIFY(waitFor("viewDialog"));
    QVERIFY(m_world->find<QCheckBox>("viewNetwork_mastodon")->isChecked());
    QVERIFY(!m_world->find<QCheckBox>("viewNetwork_wordpress")->isChecked());
    QCOMPARE(m_world->find<QSpinBox>("viewWaitsNumber")->value(), 3);
    QCOMPARE(m_world->find<QComboBox>("viewWaitsUnit")->currentText(), QStringLiteral("hours"));
}

void ViewsTest::networksThatAreNotThereAreNotOffered()
{
    QSet<Network> there;
    for (const ChannelRecord &channel : m_world->window().roster().channels())
        there.insert(channel.network);
    const Network gone = Network::bluesky;
    for (const ChannelRecord &channel : m_world->window().roster().channels()) {
        if (channel.network == gone)
            QVERIFY(m_world->act(Act::RemoveChannel{channel.id}).isApplied());
    }
    there.remove(gone);
    const auto isGone = [this, gone] {
        const QList<ChannelRecord> &now = m_world->window().roster().channels();
        return std::none_of(now.cbegin(), now.cend(), [gone](const auto &one) { return one.network == gone; });
    };
    QTRY_VERIFY(isGone());
    begin(QStringLiteral("Blogs"));
    for (const Network network : {Network::feed, Network::mastodon, Network::wordpress, Network::bluesky})
        QCOMPARE(m_world->widget(qPrintable(QStringLiteral("viewNetwork_") + word(network))) != nullptr,
                 there.contains(network));
    m_world->press(QStringLiteral("Esc"));
    QTRY_VERIFY(!m_world->widget("viewDialog"));
    // What a view names already stays to be taken off.
    Act::SaveView named;
    named.content.name = QStringLiteral("Skies");
    named.content.filter.networks = {gone};
    QVERIFY(m_world->act(named).isApplied());
    QTRY_COMPARE(under(QStringLiteral("Shared views")), QStringList{QStringLiteral("Skies")});
    m_world->find<ViewPane>("views")->chooseMade(m_world->window().roster().views().constFirst().uuid);
    trigger("view.edit");
    QVERIFY(waitFor("viewDialog"));
    QVERIFY(m_world->find<QCheckBox>("viewNetwork_bluesky")->isChecked());
}

void ViewsTest::whatWaitsLongEnoughComesByTheClock()
{
    const auto *clock = m_world->list().findChild<QTimer *>(QStringLiteral("listByClock"));
    QVERIFY(clock && !clock->isActive());
    begin(QStringLiteral("Late"));
    check("viewWaits");
    save();
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Late"));
    QTRY_COMPARE(m_world->list().query().filter.waitsLonger, Duration(std::chrono::hours(2)));
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    m_world->write(QStringLiteral("Odo Quark"), QStringLiteral("hello there"));
    const auto newest = m_world->desk().workspace().readNow<QList<ListEntry>>([](Database &database) {
        ListQuery open;
        open.view = View::open;
        open.limit = 1;
        return listConversations(database, open);
    });
    const ConversationId id = newest->constFirst().id;
    QVERIFY(m_world->record(id).contactName == QStringLiteral("Odo Quark"));
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    QCOMPARE(m_world->list().rowOf(id), -1);
    // Nothing happens but that time passes.
    m_world->clock().advance(std::chrono::hours(3));
    QVERIFY(clock->isActive());
    m_world->list().findChild<QTimer *>(QStringLiteral("listByClock"))->setInterval(10);
    QTRY_VERIFY(m_world->list().rowOf(id) >= 0 || m_world->list().waitingCount() > 0);
    m_world->list().catchUp();
    QTRY_VERIFY(m_world->list().rowOf(id) >= 0);
    // Other lists are left alone.
    m_world->press(QStringLiteral("G O"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("All open"));
    QVERIFY(!clock->isActive());
}

void ViewsTest::placeAndOrderAreThereAfterAStart()
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

void ViewsTest::activityIsDrawnAndSaid()
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

void ViewsTest::countFollowsTheWork()
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

void ViewsTest::everythingIsCounted()
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
void ViewsTest::newNotesToMeAreCounted()
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

void ViewsTest::sharedViewIsEveryonesAndCanBeUndone()
{
    make(QStringLiteral("For all"), true);
    QCOMPARE(under(QStringLiteral("Shared views")), QStringList{QStringLiteral("For all")});
    const auto views = m_world->desk().workspace().readNow<QList<ViewRecord>>(
        [](Database &database) { return loadViews(database, AgentId(99)); });
    QCOMPARE(views->size(), 1);
    pane()->setFocus();
    m_world->press(QStringLiteral("Delete"));
    QTRY_VERIFY(under(QStringLiteral("Shared views")).isEmpty());
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Unassigned"));
    trigger("edit.undo");
    QTRY_COMPARE(under(QStringLiteral("Shared views")), QStringList{QStringLiteral("For all")});
}

void ViewsTest::ownViewMadeEverybodysIsOnesOwnAgain()
{
    const QStringList name{QStringLiteral("Mine")};
    make(name.constFirst());
    QCOMPARE(under(QStringLiteral("My views")), name);
    pane()->setFocus();
    m_world->press(QStringLiteral("F2"));
    QVERIFY(waitFor("viewDialog"));
    check("viewShared");
    check("viewStatus_pending");
    save();
    QTRY_COMPARE(under(QStringLiteral("Shared views")), name);
    QTRY_VERIFY(under(QStringLiteral("My views")).isEmpty());
    // Z means this, and not that it was made.
    trigger("edit.undo");
    QTRY_COMPARE(under(QStringLiteral("My views")), name);
    QTRY_VERIFY(under(QStringLiteral("Shared views")).isEmpty());
    QTRY_VERIFY2(m_world->textOf("messageBar").startsWith(QStringLiteral("Undone: ")),
                 qPrintable(m_world->textOf("messageBar")));
    // As it was before.
    const QList<ViewRecord> views = m_world->window().roster().views();
    QCOMPARE(views.size(), 1);
    QCOMPARE(views.constFirst().content.filter.statuses, QList<Status>{Status::open});
    trigger("edit.undo");
    QTRY_VERIFY(under(QStringLiteral("My views")).isEmpty());
}

void ViewsTest::daysOfAChannelAreDrawnAndSaid()
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

void ViewsTest::nameOfAnotherViewIsRefusedInTheBuilder()
{
    make(QStringLiteral("Storm"), true);
    begin(QStringLiteral("storm"), true);
    QTRY_VERIFY(m_world->widget("viewSave")->isEnabled());
    QTest::mouseClick(m_world->widget("viewSave"), Qt::LeftButton);
    QTRY_VERIFY(m_world->textOf("viewSaid").contains(QStringLiteral("There is a view of this name")));
    QVERIFY(m_world->widget("viewDialog")->isVisible());
    m_world->type(QStringLiteral(" two"));
    save();
    QTRY_COMPARE(under(QStringLiteral("Shared views")),
                 (QStringList{QStringLiteral("Storm"), QStringLiteral("storm two")}));
}

void ViewsTest::editedViewIsListedAnew()
{
    make(QStringLiteral("Work"));
    QTRY_VERIFY(m_world->list().rowCount() > 0);
    pane()->setFocus();
    m_world->press(QStringLiteral("F2"));
    QVERIFY(waitFor("viewDialog"));
    QCOMPARE(m_world->textOf("viewName"), QStringLiteral("Work"));
    check("viewStatus_open", false);
    check("viewStatus_resolved");
    m_world->find<QLineEdit>("viewName")->setText(QStringLiteral("Done"));
    save();
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Done"));
    const auto isResolved = [this] {
        return m_world->list().rowCount() > 0 &&
               m_world->record(m_world->list().conversationAt(0)).status == Status::resolved;
    };
    QTRY_VERIFY(isResolved());
    QTRY_COMPARE(m_world->textOf("viewCount").toInt(), int(m_world->window().roster().counts()->resolved));
}

void ViewsTest::removedViewLeavesTheList()
{
    make(QStringLiteral("Mine alone"));
    pane()->setFocus();
    m_world->press(QStringLiteral("Delete"));
    QTRY_VERIFY(under(QStringLiteral("My views")).isEmpty());
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Unassigned"));
    // Its own bar brings it back.
    QTRY_VERIFY(m_world->textOf("messageBar").startsWith(QStringLiteral("Removed the view")));
    auto *undo = m_world->widget("messageBar")->findChild<QPushButton *>();
    QVERIFY(undo && undo->isVisible());
    QTest::mouseClick(undo, Qt::LeftButton);
    QTRY_COMPARE(under(QStringLiteral("My views")), QStringList{QStringLiteral("Mine alone")});
}

void ViewsTest::viewsMoveByTheKeyboard()
{
    for (const bool isShared : {true, false}) {
        const QString heading = isShared ? QStringLiteral("Shared views") : QStringLiteral("My views");
        const QString one = isShared ? QStringLiteral("S1") : QStringLiteral("O1");
        const QString two = isShared ? QStringLiteral("S2") : QStringLiteral("O2");
        make(one, isShared);
        make(two, isShared);
        QTRY_COMPARE(under(heading), (QStringList{one, two}));
        pane()->setFocus();
        m_world->press(QStringLiteral("Alt+Up"));
        QTRY_COMPARE(under(heading), (QStringList{two, one}));
        // It is still the one that is listed.
        QCOMPARE(pane()->currentIndex().data().toString(), two);
        m_world->press(QStringLiteral("Alt+Down"));
        QTRY_COMPARE(under(heading), (QStringList{one, two}));
    }
}

void ViewsTest::searchIsSavedAndComesBack()
{
    m_world->press(QStringLiteral("/"));
    QTRY_VERIFY(m_world->widget("searchField")->hasFocus());
    m_world->type(QStringLiteral("thinktower is:open"));
    QTRY_VERIFY(m_world->textOf("searchTitle").startsWith(QStringLiteral("Found")));
    const QString found = m_world->textOf("searchTitle");
    trigger("view.saveSearch");
    QVERIFY(waitFor("viewDialog"));
    QCOMPARE(m_world->textOf("viewSearch"), QStringLiteral("thinktower is:open"));
    m_world->find<QLineEdit>("viewName")->setText(QStringLiteral("Noise"));
    save();
    QTRY_COMPARE(under(QStringLiteral("My views")), QStringList{QStringLiteral("Noise")});
    m_world->find<QLineEdit>("searchField")->clear();
    pane()->setCurrentIndex(pane()->model()->index(1, 0));
    QTRY_VERIFY(!m_world->widget("searchPane")->isVisible());
    pane()->setFocus();
    // Searches are never counted.
    QCOMPARE(accessibleRow(QStringLiteral("Noise")), QStringLiteral("Noise"));
    while (pane()->currentIndex().data().toString() != QStringLiteral("Noise") &&
           pane()->currentIndex().row() + 1 < pane()->model()->rowCount())
        m_world->press(QStringLiteral("Down"));
    QTRY_VERIFY(m_world->widget("searchPane")->isVisible());
    QTRY_COMPARE(m_world->textOf("searchTitle"), found);
    QCOMPARE(m_world->textOf("searchField"), QStringLiteral("thinktower is:open"));
}

void ViewsTest::listIsSortedByPriority()
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

void ViewsTest::listIsSortedByReach()
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

void ViewsTest::listIsGroupedByThread()
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

void ViewsTest::goTo(const QString &name)
{
    m_world->press(QStringLiteral("Ctrl+K"));
    QTRY_VERIFY(m_world->widget("searchField")->hasFocus());
    m_world->type(QStringLiteral(">go to ") + name);
    m_world->press(QStringLiteral("Return"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
}

void ViewsTest::placesAreReachedByName()
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

QStringList ViewsTest::menuOf(const QString &text)
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

void ViewsTest::menuOfARowIsAboutIt()
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

void ViewsTest::historyIsNotSorted()
{
    m_world->press(QStringLiteral("Ctrl+7"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Resolved"));
    QVERIFY(!m_world->widget("listOrder")->isVisible());
    QVERIFY(!m_world->widget("listGrouped")->isVisible());
}

void ViewsTest::keyUndoesWhatTheBarOffers()
{
    make(QStringLiteral("Mine alone"));
    m_world->press(QStringLiteral("G O"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("All open"));
    const ConversationId id = m_world->showMention();
    QVERIFY(id.isValid());
    m_world->press(QStringLiteral("E"));
    QTRY_COMPARE(m_world->record(id).status, Status::resolved);
    QTRY_VERIFY(m_world->textOf("messageBar").startsWith(QStringLiteral("Resolved")));
    // A view is no conversation's matter, but it is what was done last.
    for (int row = 0; row < pane()->model()->rowCount(); ++row) {
        if (pane()->model()->index(row, 0).data().toString() == QStringLiteral("Mine alone"))
            pane()->setCurrentIndex(pane()->model()->index(row, 0));
    }
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Mine alone"));
    pane()->setFocus();
    m_world->press(QStringLiteral("Delete"));
    QTRY_VERIFY(m_world->textOf("messageBar").startsWith(QStringLiteral("Removed the view")));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Unassigned"));
    m_world->press(QStringLiteral("Z"));
    QTRY_COMPARE(under(QStringLiteral("My views")), QStringList{QStringLiteral("Mine alone")});
    QCOMPARE(m_world->record(id).status, Status::resolved);
    m_world->press(QStringLiteral("Z"));
    QTRY_COMPARE(m_world->record(id).status, Status::open);
}

QTEST_MAIN(ViewsTest)
#include "tst_views.moc"
