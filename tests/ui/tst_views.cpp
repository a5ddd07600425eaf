// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/viewmaker.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/inbox/viewpane.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <QTimer>

#include <algorithm>

using namespace Earshot;

/// Views that people make: the filter builder, saved searches, whose they are, and their order.
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
    void sharedViewIsEveryonesAndCanBeUndone();
    void ownViewMadeEverybodysIsOnesOwnAgain();
    void nameOfAnotherViewIsRefusedInTheBuilder();
    void editedViewIsListedAnew();
    void removedViewLeavesTheList();
    void keyUndoesWhatTheBarOffers();
    void viewsMoveByTheKeyboard();
    void searchIsSavedAndComesBack();

private:
    void trigger(const char *id) { ViewMaker(*m_world).trigger(id); }
    [[nodiscard]] bool waitFor(const char *name) const { return ViewMaker(*m_world).waitFor(name); }
    void begin(const QString &name, bool isShared = false) { ViewMaker(*m_world).begin(name, isShared); }
    void save() { ViewMaker(*m_world).save(); }
    void make(const QString &name, bool isShared = false) { ViewMaker(*m_world).make(name, isShared); }
    [[nodiscard]] QListView *pane() const { return ViewMaker(*m_world).pane(); }
    [[nodiscard]] QString accessibleRow(const QString &text) const { return ViewMaker(*m_world).accessibleRow(text); }
    [[nodiscard]] QStringList under(const QString &heading) const { return ViewMaker(*m_world).under(heading); }
    void check(const char *box, bool isOn = true) { m_world->find<QCheckBox>(box)->setChecked(isOn); }

    std::unique_ptr<WindowWorld> m_world;
};

void ViewsTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->window().roster().isLoaded() && m_world->list().rowCount() > 0);
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
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
    m_world->find<QSpinBox>("viewWaitsNumber")->setValue(1);
    QCOMPARE(m_world->find<QComboBox>("viewWaitsUnit")->currentText(), QStringLiteral("hour"));
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
    // By name, from left to right.
    QStringList names;
    for (const QCheckBox *box : m_world->widget("viewDialog")->findChildren<QCheckBox *>()) {
        if (box->objectName().startsWith(QStringLiteral("viewNetwork_")))
            names.append(box->text());
    }
    QVERIFY(names.size() > 1);
    QStringList sorted = names;
    std::sort(sorted.begin(), sorted.end(),
              [](const QString &one, const QString &other) { return one.localeAwareCompare(other) < 0; });
    QCOMPARE(names, sorted);
    QCOMPARE(names.constFirst(), QStringLiteral("Bluesky"));
}

void ViewsTest::whatWaitsLongEnoughComesByTheClock()
{
    const auto *clock = m_world->list().findChild<QTimer *>(QStringLiteral("listByClock"));
    QVERIFY(clock && !clock->isActive());
    m_world->write(QStringLiteral("Ida Quark"), QStringLiteral("hello here"));
    m_world->clock().advance(std::chrono::hours(3));
    begin(QStringLiteral("Late"));
    check("viewWaits");
    save();
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Late"));
    QTRY_COMPARE(m_world->list().query().filter.waitsLonger, Duration(std::chrono::hours(2)));
    QTRY_VERIFY(m_world->list().state() == ConversationListModel::State::ready && m_world->list().rowCount() > 0);
    const ConversationId other = m_world->list().conversationAt(0);
    m_world->write(QStringLiteral("Odo Quark"), QStringLiteral("hello there"));
    const auto newest = m_world->desk().workspace().readNow<QList<ListEntry>>([](Database &database) {
        ListQuery open;
        open.view = View::open;
        open.limit = 1;
        return listConversations(database, open);
    });
    const ConversationId id = newest->constFirst().id;
    QVERIFY(m_world->record(id).contactName == QStringLiteral("Odo Quark"));
    // What happened after it is shown: the list was compared since, and it is neither there nor waiting.
    QVERIFY(m_world->act(Act::AddTag{other, QStringLiteral("quark")}).isApplied());
    QTRY_VERIFY(m_world->list().record(other) && m_world->list().record(other)->tags.contains(QStringLiteral("quark")));
    QCOMPARE(m_world->list().rowOf(id), -1);
    QCOMPARE(m_world->list().waitingCount(), 0);
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
