// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/inbox/viewpane.h"
#include "ui/shell/roster.h"
#include "ui/shell/wording.h"

#include <QImage>
#include <QListWidget>
#include <QScrollBar>
#include <QTest>

#include <algorithm>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// A lead's rows of colleagues in the left pane: how much each has open, and how long the oldest of it waits.
class AgentRowsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void ageIsShort_data();
    void ageIsShort();
    void oldestStandsInTheRow();
    void nameSaysItInWords();
    void limitStandsBehindTheCount();
    void pickerSaysWhoIsFull();
    void spreadingKeepsToTheLimits();
    void ageStandsBesideAShortName();
    void longNameIsNotCutForIt();

private:
    /// Somebody who has one conversation that waits; a tag of the same name is on it too.
    void hire(const QString &name);
    [[nodiscard]] AgentRecord agent(const QString &name) const;
    void setLimit(const QString &name, int most);
    [[nodiscard]] QListView &pane() const { return *m_world->find<QListView>("views"); }
    [[nodiscard]] QModelIndex row(const QString &text, const QString &icon = u"mine"_s) const;
    /// What a row looks like beside its icon, in a pane of 200 pixels.
    [[nodiscard]] QImage picture(const QModelIndex &index) const;

    std::unique_ptr<WindowWorld> m_world;
};

void AgentRowsTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->isReady());
}

void AgentRowsTest::hire(const QString &name)
{
    const Outcome hired = m_world->act(Act::AddAgent{name, Role::agent});
    QVERIFY(hired.isApplied());
    const AgentId agent(hired.created);
    QVERIFY(m_world->act(Act::SetDuty{agent, true}).isApplied());
    const ConversationId id = m_world->showMention();
    QVERIFY(m_world->act(Act::Assign{id, agent}).isApplied());
    // How much work everybody has is asked again after a while only.
    m_world->clock().advance(std::chrono::seconds(20));
    QVERIFY(m_world->act(Act::AddTag{id, name}).isApplied());
    QTRY_COMPARE(row(name).data(int(ViewListModel::Role::count)).toLongLong(), 1);
    QTRY_COMPARE(row(name, u"tag"_s).data(int(ViewListModel::Role::count)).toLongLong(), 1);
}

AgentRecord AgentRowsTest::agent(const QString &name) const
{
    for (const AgentRecord &one : m_world->window().roster().agents()) {
        if (one.name == name)
            return one;
    }
    return {};
}

void AgentRowsTest::setLimit(const QString &name, int most)
{
    Act::EditAgent edit{agent(name).id, {}, {}, {}};
    edit.openLimit = most;
    QVERIFY(m_world->act(edit).isApplied());
    QTRY_COMPARE(agent(name).openLimit, most);
}

QModelIndex AgentRowsTest::row(const QString &text, const QString &icon) const
{
    const QAbstractItemModel *model = pane().model();
    for (int i = 0; i < model->rowCount(); ++i) {
        const QModelIndex index = model->index(i, 0);
        if (index.data().toString() == text && index.data(int(ViewListModel::Role::icon)).toString() == icon)
            return index;
    }
    return {};
}

QImage AgentRowsTest::picture(const QModelIndex &index) const
{
    QListView &list = pane();
    list.scrollTo(index, QAbstractItemView::PositionAtTop);
    list.clearSelection();
    const QRect place = list.visualRect(index);
    return list.viewport()->grab(place.adjusted(14 + 16, 0, 0, 0)).toImage();
}

void AgentRowsTest::ageIsShort_data()
{
    QTest::addColumn<qint64>("minutes");
    QTest::addColumn<QString>("text");
    QTest::newRow("now") << qint64(0) << u"now"_s;
    QTest::newRow("minutes") << qint64(9) << u"9 min"_s;
    QTest::newRow("hours") << qint64(60 * 23) << u"23 h"_s;
    QTest::newRow("a day") << qint64(60 * 24) << u"1 d"_s;
    QTest::newRow("weeks") << qint64(60 * 24 * 40) << u"40 d"_s;
}

void AgentRowsTest::ageIsShort()
{
    QFETCH(const qint64, minutes);
    const Time now = m_world->clock().now();
    QTEST(Wording::waitingFor(now - std::chrono::minutes(minutes), now), "text");
    QCOMPARE(Wording::waitingFor(Time(), now), QString());
}

void AgentRowsTest::oldestStandsInTheRow()
{
    hire(u"Uwe"_s);
    const auto waiting = [this] { return row(u"Uwe"_s).data(int(ViewListModel::Role::waiting)).toString(); };
    const Time since = m_world->record(m_world->shown()).waitingSince;
    QVERIFY(isKnown(since));
    QTRY_COMPARE(waiting(), Wording::waitingFor(since, m_world->clock().now()));
    // It grows by itself.
    m_world->clock().advance(std::chrono::hours(24 * 3));
    QCOMPARE(waiting(), Wording::waitingFor(since, m_world->clock().now()));
    QVERIFY(waiting().endsWith(u" d"_s));
    QCOMPARE(row(u"Uwe"_s, u"tag"_s).data(int(ViewListModel::Role::waiting)).toString(), QString());
}

void AgentRowsTest::nameSaysItInWords()
{
    hire(u"Uwe"_s);
    const auto said = [this] { return row(u"Uwe"_s).data(Qt::AccessibleTextRole).toString(); };
    QTRY_VERIFY2(said().startsWith(u"Uwe, on duty, 1 open, oldest waits since "_s), qPrintable(said()));
    // Once.
    QCOMPARE(row(u"Uwe"_s).data(Qt::AccessibleDescriptionRole).toString(), QString());
    QVERIFY(!row(u"Uwe"_s).data(Qt::ToolTipRole).toString().isEmpty());
}

void AgentRowsTest::limitStandsBehindTheCount()
{
    hire(u"Uwe"_s);
    pane().setFixedWidth(200);
    QCoreApplication::processEvents();
    const QImage without = picture(row(u"Uwe"_s));
    const auto limit = [this](int most) {
        setLimit(u"Uwe"_s, most);
        QTRY_COMPARE(row(u"Uwe"_s).data(int(ViewListModel::Role::limit)).toInt(), most);
    };
    const auto said = [this] { return row(u"Uwe"_s).data(Qt::AccessibleTextRole).toString(); };
    limit(2);
    QVERIFY2(said().startsWith(u"Uwe, on duty, 1 open of at most 2, oldest"_s), qPrintable(said()));
    QVERIFY(!row(u"Uwe"_s).data(int(ViewListModel::Role::isFull)).toBool());
    const QImage roomy = picture(row(u"Uwe"_s));
    QVERIFY(roomy != without);
    limit(1);
    QVERIFY2(said().startsWith(u"Uwe, on duty, 1 open of at most 1, full, oldest"_s), qPrintable(said()));
    QVERIFY(row(u"Uwe"_s).data(int(ViewListModel::Role::isFull)).toBool());
    // A shape says so, too: beside the count more differs than its last digit.
    const QImage full = picture(row(u"Uwe"_s));
    const int count = pane().fontMetrics().horizontalAdvance(u"1/1"_s) + 14 + 12 + 2;
    const QRect beside(full.width() - count - 16, 0, 16, full.height());
    QVERIFY(full.copy(beside) != roomy.copy(beside));
    limit(0);
    QCOMPARE(picture(row(u"Uwe"_s)), without);
}

void AgentRowsTest::pickerSaysWhoIsFull()
{
    hire(u"Uwe"_s);
    setLimit(u"Uwe"_s, 1);
    const ConversationId other =
        m_world->show([](const ConversationRecord &one) { return !one.assignee.isValid() && one.needsAnswer; });
    QVERIFY(other.isValid());
    m_world->press(u"A"_s);
    QListWidget *list = nullptr;
    QTRY_VERIFY((list = m_world->find<QListWidget>("pickList")) && list->isVisible());
    const auto his = list->findItems(u"Uwe"_s, Qt::MatchStartsWith);
    QCOMPARE(his.size(), 1);
    QVERIFY2(his.constFirst()->text().contains(u"1 open of at most 1, full"_s), qPrintable(his.constFirst()->text()));
    // A person may nevertheless.
    m_world->type(u"Uwe"_s);
    m_world->press(u"Return"_s);
    QTRY_COMPARE(m_world->record(other).assignee, agent(u"Uwe"_s).id);
}

void AgentRowsTest::spreadingKeepsToTheLimits()
{
    hire(u"Uwe"_s);
    setLimit(u"Uwe"_s, 2);
    // Nobody else is there.
    const QList<AgentRecord> all = m_world->window().roster().agents();
    for (const AgentRecord &one : all) {
        if (one.name != u"Uwe"_s && one.isOnDuty)
            QVERIFY(m_world->act(Act::SetDuty{one.id, false}).isApplied());
    }
    QTRY_VERIFY(!agent(u"Kim"_s).isOnDuty);
    QVERIFY(m_world->show([](const ConversationRecord &one) { return !one.assignee.isValid(); }).isValid());
    m_world->press(u"Shift+J Shift+J"_s);
    const QList<ConversationRecord> marked = m_world->list().marked();
    QCOMPARE(marked.size(), 3);
    const auto askToSpread = [this] {
        m_world->press(u"A"_s);
        QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->isVisible());
        m_world->type(u"spread"_s);
        m_world->press(u"Return"_s);
    };
    askToSpread();
    QListWidget *list = nullptr;
    QTRY_VERIFY((list = m_world->find<QListWidget>("pickList")) && list->item(0)->text() == u"Assign them so"_s);
    QCOMPARE(list->count(), 3);
    QCOMPARE(list->item(1)->text(), u"Uwe  (1 more: 2 open then, full)"_s);
    QCOMPARE(list->item(2)->text(), u"2 stay as they are: everybody is full then"_s);
    QTRY_VERIFY(list->hasFocus());
    m_world->press(u"Return"_s);
    QTRY_VERIFY2(m_world->textOf("messageBar").startsWith(u"Spread over those on duty"_s),
                 qPrintable(m_world->textOf("messageBar")));
    const auto given = std::count_if(marked.cbegin(), marked.cend(), [this](const ConversationRecord &one) {
        return m_world->record(one.id).assignee == agent(u"Uwe"_s).id;
    });
    QCOMPARE(given, 1);
    // Where all are full nothing is offered.
    askToSpread();
    QTRY_COMPARE(m_world->textOf("messageBar"), u"Everybody on duty is full."_s);
}

/// The row of a tag of that name, with as many, has all but the age.
void AgentRowsTest::ageStandsBesideAShortName()
{
    hire(u"Uwe"_s);
    QTRY_VERIFY(!row(u"Uwe"_s).data(int(ViewListModel::Role::waiting)).toString().isEmpty());
    pane().setFixedWidth(200);
    QCoreApplication::processEvents();
    const QImage agent = picture(row(u"Uwe"_s));
    const QImage tag = picture(row(u"Uwe"_s, u"tag"_s));
    QVERIFY(agent != tag);
    // What differs lies between them: name and count stand where they stood.
    const int name = pane().fontMetrics().horizontalAdvance(u"Uwe"_s) + 12;
    QCOMPARE(agent.copy(0, 0, name, agent.height()), tag.copy(0, 0, name, tag.height()));
    QCOMPARE(agent.copy(agent.width() - 24, 0, 24, agent.height()), tag.copy(tag.width() - 24, 0, 24, tag.height()));
}

void AgentRowsTest::longNameIsNotCutForIt()
{
    const QString name = u"Maximiliane Oberhub"_s;
    hire(name);
    QTRY_VERIFY(!row(name).data(int(ViewListModel::Role::waiting)).toString().isEmpty());
    pane().setFixedWidth(200);
    QCoreApplication::processEvents();
    QCOMPARE(picture(row(name)), picture(row(name, u"tag"_s)));
}

QTEST_MAIN(AgentRowsTest)
#include "tst_agentrows.moc"
