// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/bypointer.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/roster.h"

#include <QComboBox>
#include <QListWidget>
#include <QTableView>
#include <QTableWidget>
#include <QTest>

#include <algorithm>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// What a lead does, by pointer alone: the keyboard writes words only.
class LeadPointerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void viewIsBuiltAndTakenOff();
    void workIsHandedOver();
    void manyAreGivenAndTakenBack();

private:
    [[nodiscard]] const Roster &roster() const { return m_world->window().roster(); }
    [[nodiscard]] AgentRecord agent(const QString &name) const;
    [[nodiscard]] const ViewRecord *view(const QString &name) const;
    [[nodiscard]] QComboBox &box(const char *name) const { return *m_world->find<QComboBox>(name); }

    std::unique_ptr<WindowWorld> m_world;
    std::unique_ptr<ByPointer> m_pointer;
};

void LeadPointerTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    m_pointer = std::make_unique<ByPointer>(*m_world);
    QTRY_VERIFY(m_world->isReady());
    m_pointer->goTo("Unassigned");
}

AgentRecord LeadPointerTest::agent(const QString &name) const
{
    for (const AgentRecord &one : roster().agents()) {
        if (one.name == name)
            return one;
    }
    return {};
}

const ViewRecord *LeadPointerTest::view(const QString &name) const
{
    for (const ViewRecord &one : roster().views()) {
        if (one.content.name == name)
            return &one;
    }
    return nullptr;
}

void LeadPointerTest::viewIsBuiltAndTakenOff()
{
    m_pointer->chooseInBar("&Go", "view.new");
    QTRY_VERIFY(m_world->widget("viewName") && m_world->widget("viewName")->hasFocus());
    m_world->type(u"Hot ones"_s);
    m_pointer->click("viewStatus_pending");
    m_pointer->chooseInBox(box("viewOwner"), u"Nobody"_s);
    m_pointer->chooseInBox(box("viewPriority"), u"high"_s);
    auto &channels = *m_world->find<QListWidget>("viewChannels");
    m_pointer->check(channels, 1);
    m_pointer->check(channels, 0);
    m_pointer->check(channels, 1);
    m_pointer->click("viewShared");
    const ChannelId first(channels.item(0)->data(Qt::UserRole).toLongLong());
    m_pointer->click("viewSave");
    QTRY_COMPARE(m_world->textOf("viewTitle"), u"Hot ones"_s);
    QVERIFY(view(u"Hot ones"_s));
    const ViewRecord made = *view(u"Hot ones"_s);
    QVERIFY(made.isShared());
    QCOMPARE(made.content.filter.statuses, (QList<Status>{Status::open, Status::pending}));
    QCOMPARE(made.content.filter.owner, ViewFilter::Owner::nobody);
    QCOMPARE(made.content.filter.least, Priority::high);
    QCOMPARE(made.content.filter.channels, QList<ChannelId>{first});
    m_pointer->click("messageBarButton");
    QTRY_VERIFY(!view(u"Hot ones"_s));
}

void LeadPointerTest::workIsHandedOver()
{
    const ConversationId kept = m_world->list().conversationAt(1);
    const ConversationId given = m_world->list().conversationAt(2);
    for (const ConversationId id : {kept, given}) {
        m_pointer->chooseInMenu(id, "conversation.claim");
        QTRY_COMPARE(m_world->record(id).assignee, m_world->desk().me());
    }
    m_pointer->click("dutyButton");
    QTRY_VERIFY(m_world->widget("dutyTable") && m_world->widget("dutyTable")->isVisible());
    auto *table = m_world->find<QTableWidget>("dutyTable");
    const auto rows = table->findItems(u"#%1 "_s.arg(m_world->record(given).number), Qt::MatchStartsWith);
    QCOMPARE(rows.size(), 1);
    const int row = rows.constFirst()->row();
    m_pointer->chooseInBox(*qobject_cast<QComboBox *>(table->cellWidget(row, 1)), u"To Kim"_s);
    QTest::mouseClick(table->cellWidget(row, 2), Qt::LeftButton);
    QTRY_COMPARE(m_world->focus(), table->cellWidget(row, 2));
    m_world->type(u"waits for the part"_s);
    m_pointer->click("dutyGo");
    QTRY_COMPARE(m_world->textOf("dutyButton"), u"Off duty"_s);
    QVERIFY(!agent(u"Ana"_s).isOnDuty);
    QCOMPARE(m_world->record(kept).assignee, m_world->desk().me());
    QCOMPARE(m_world->record(given).assignee, agent(u"Kim"_s).id);
    QCOMPARE(m_world->messages(given).constLast().text, u"@Kim waits for the part"_s);
    m_pointer->click("dutyButton");
    QTRY_VERIFY(agent(u"Ana"_s).isOnDuty);
}

/// From the menu of one of the marked.
void LeadPointerTest::manyAreGivenAndTakenBack()
{
    QList<ConversationId> ids;
    for (int row = 1; row < 4; ++row)
        ids.append(m_world->list().conversationAt(row));
    for (const ConversationId id : std::as_const(ids))
        QTest::mouseClick(m_pointer->table().viewport(), Qt::LeftButton, Qt::ControlModifier, m_pointer->placeOf(id));
    QCOMPARE(m_world->list().markedCount(), 3);
    m_pointer->chooseInMenu(ids.at(1), "conversation.assign");
    QTRY_VERIFY(m_world->widget("pickList") && m_world->widget("pickList")->isVisible());
    m_pointer->clickRow(*m_world->find<QListWidget>("pickList"), u"Kim"_s);
    const auto areOf = [&](AgentId owner) {
        return std::all_of(ids.cbegin(), ids.cend(),
                           [&](ConversationId id) { return m_world->record(id).assignee == owner; });
    };
    QTRY_VERIFY(areOf(agent(u"Kim"_s).id));
    m_pointer->click("messageBarButton");
    QTRY_VERIFY(areOf(AgentId()));
}

QTEST_MAIN(LeadPointerTest)
#include "tst_leadpointer.moc"
