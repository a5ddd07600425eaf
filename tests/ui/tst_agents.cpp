// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/conversationlistmodel.h"
#include "ui/window/mainwindow.h"
#include "windowworld.h"

#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// Who works here is seen and changed in a window.
class AgentsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup() { m_world.reset(); }
    void agentIsAddedAndDisabled();
    void onlyWhatWasChangedIsSaved();
    void limitIsSetAndUndone();
    void limitIsTypedWhereItSaysThereIsNone();
    void limitIsTypedByKeysAlone();
    void renamedMeanwhileStaysRenamed();
    void dutyAndWorkAreSaid();
    void lastAdminStays();
    void onlyAdminsChange();

private:
    [[nodiscard]] std::optional<AgentRecord> agent(const QString &name) const
    {
        const QList<AgentRecord> &all = m_world->window().roster().agents();
        const auto found =
            std::find_if(all.cbegin(), all.cend(), [&name](const AgentRecord &one) { return one.name == name; });
        return found == all.cend() ? std::nullopt : std::optional(*found);
    }
    void choose(const QString &name)
    {
        auto *list = m_world->find<QListWidget>("agentsList");
        for (int row = 0; row < list->count(); ++row) {
            if (list->item(row)->text().contains(name))
                list->setCurrentRow(row);
        }
        QCOMPARE(m_world->find<QLineEdit>("agentName")->text(), name);
    }
    void click(const char *name)
    {
        auto *button = m_world->find<QPushButton>(name);
        QTRY_VERIFY(button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
    }

    std::unique_ptr<WindowWorld> m_world;
};

void AgentsTest::init()
{
    m_world = std::make_unique<WindowWorld>(60);
    QTRY_VERIFY(m_world->window().roster().isLoaded());
    QVERIFY(m_world->window().commands().trigger(u"agents.show"_s));
    QTRY_VERIFY(m_world->widget("agents") && m_world->widget("agents")->isVisible());
}

void AgentsTest::agentIsAddedAndDisabled()
{
    click("agentsNew");
    QTRY_COMPARE(m_world->focus(), m_world->widget("agentName"));
    m_world->type(u"Nele"_s);
    auto *role = m_world->find<QComboBox>("agentRole");
    QVERIFY(role->currentText().startsWith(u"agent: "_s));
    role->setCurrentIndex(role->findData(int(Role::lead)));
    click("agentsSave");
    QTRY_VERIFY(agent(u"Nele"_s));
    QCOMPARE(agent(u"Nele"_s)->role, Role::lead);
    choose(u"Nele"_s);
    QCOMPARE(m_world->textOf("agentsRemove"), u"Disable"_s);
    click("agentsRemove");
    QTRY_VERIFY(agent(u"Nele"_s)->isDisabled);
    QCOMPARE(m_world->textOf("agentsChoices"), u"Disabled."_s);
    choose(u"Nele"_s);
    QVERIFY(m_world->textOf("agentState").startsWith(u"Disabled: "_s));
    QCOMPARE(m_world->textOf("agentsRemove"), u"Enable"_s);
    click("agentsRemove");
    QTRY_VERIFY(!agent(u"Nele"_s)->isDisabled);
}

void AgentsTest::onlyWhatWasChangedIsSaved()
{
    choose(u"Kim"_s);
    const Role before = agent(u"Kim"_s)->role;
    auto *name = m_world->find<QLineEdit>("agentName");
    name->setFocus();
    QTRY_COMPARE(m_world->focus(), name);
    m_world->type(u" Berg"_s);
    click("agentsSave");
    QTRY_VERIFY(agent(u"Kim Berg"_s));
    QCOMPARE(agent(u"Kim Berg"_s)->role, before);
    QVERIFY(!agent(u"Kim"_s));
}

void AgentsTest::limitIsSetAndUndone()
{
    click("agentsNew");
    QTRY_VERIFY(!m_world->widget("agentLimit")->isVisible());
    choose(u"Kim"_s);
    auto *limit = m_world->find<QSpinBox>("agentLimit");
    QVERIFY(limit->isVisible());
    QCOMPARE(limit->text(), u"no limit"_s);
    // By the keyboard: what is selected is typed over.
    limit->setFocus();
    limit->selectAll();
    QTest::keyClicks(limit, u"20"_s);
    click("agentsSave");
    QTRY_COMPARE(agent(u"Kim"_s)->openLimit, 20);
    QCOMPARE(agent(u"Kim"_s)->role, Role::lead);
    QTRY_VERIFY2(m_world->textOf("agentState").contains(u" open of at most 20"_s),
                 qPrintable(m_world->textOf("agentState")));
    m_world->press(u"Esc"_s);
    QTRY_VERIFY(!m_world->widget("agents") || !m_world->widget("agents")->isVisible());
    QTRY_VERIFY(m_world->window().commands().trigger(u"edit.undo"_s));
    QTRY_COMPARE(agent(u"Kim"_s)->openLimit, 0);
}

void AgentsTest::limitIsTypedWhereItSaysThereIsNone()
{
    choose(u"Kim"_s);
    auto *limit = m_world->find<QSpinBox>("agentLimit");
    QCOMPARE(limit->text(), u"no limit"_s);
    // The cursor stands after, in and before the words then.
    auto *line = limit->findChild<QLineEdit *>();
    for (const int x : {line->width() - 3, line->fontMetrics().horizontalAdvance(u"no l"_s), 1}) {
        m_world->widget("agentName")->setFocus();
        limit->setValue(0);
        QTest::mouseClick(line, Qt::LeftButton, {}, {x, line->height() / 2});
        QTRY_COMPARE(m_world->focus(), limit);
        m_world->type(u"20"_s);
        QCOMPARE(limit->text(), u"20"_s);
    }
    click("agentsSave");
    QTRY_COMPARE(agent(u"Kim"_s)->openLimit, 20);
}

void AgentsTest::limitIsTypedByKeysAlone()
{
    choose(u"Kim"_s);
    auto *limit = m_world->find<QSpinBox>("agentLimit");
    m_world->widget("agentRole")->setFocus();
    QTRY_COMPARE(m_world->focus(), m_world->widget("agentRole"));
    m_world->press(u"Tab"_s);
    QTRY_COMPARE(m_world->focus(), limit);
    m_world->press(u"End"_s);
    m_world->type(u"x"_s);
    QCOMPARE(limit->text(), u"no limit"_s);
    m_world->press(u"Backspace"_s);
    QCOMPARE(limit->text(), QString());
    m_world->type(u"15"_s);
    QCOMPARE(limit->text(), u"15"_s);
    // Taken away again, it is none.
    limit->setValue(0);
    m_world->press(u"Home"_s);
    m_world->press(u"Del"_s);
    QCOMPARE(limit->text(), QString());
    m_world->press(u"Tab"_s);
    QCOMPARE(limit->text(), u"no limit"_s);
    QCOMPARE(limit->value(), 0);
}

void AgentsTest::renamedMeanwhileStaysRenamed()
{
    choose(u"Kim"_s);
    const AgentId kim = agent(u"Kim"_s)->id;
    QCOMPARE(agent(u"Kim"_s)->role, Role::lead);
    auto *role = m_world->find<QComboBox>("agentRole");
    role->setCurrentIndex(role->findData(int(Role::agent)));
    Q_EMIT role->activated(role->currentIndex());
    QVERIFY(m_world->act(Act::EditAgent{kim, u"Kim Berg"_s, {}, {}}).isApplied());
    QTRY_VERIFY2(m_world->textOf("agentsChoices").contains(u"changed this meanwhile"_s),
                 qPrintable(m_world->textOf("agentsChoices")));
    m_world->widget("agentsChoices")->findChild<QPushButton *>(u"choice1"_s)->click();
    QTRY_VERIFY(agent(u"Kim Berg"_s) && agent(u"Kim Berg"_s)->role == Role::agent);
    QTRY_VERIFY(role->isEnabled());
    // And back again: what was shown first does not count for ever.
    role->setCurrentIndex(role->findData(int(Role::lead)));
    Q_EMIT role->activated(role->currentIndex());
    click("agentsSave");
    QTRY_VERIFY2(agent(u"Kim Berg"_s)->role == Role::lead, qPrintable(m_world->textOf("agentsChoices")));
}

/// As they are now, also while the form is open.
void AgentsTest::dutyAndWorkAreSaid()
{
    choose(u"Kim"_s);
    const AgentId kim = agent(u"Kim"_s)->id;
    const auto said = [this] { return m_world->textOf("agentState"); };
    const ConversationListModel &list = m_world->list();
    QTRY_VERIFY(list.rowCount() > 0);
    const qint64 open = m_world->window().roster().loadOf(kim).open;
    for (int row = 0; row < list.rowCount(); ++row) {
        if (m_world->record(list.conversationAt(row)).needsAnswer) {
            QVERIFY(m_world->act(Act::Assign{list.conversationAt(row), kim}).isApplied());
            break;
        }
    }
    // Who has how much is read again when that is a while ago.
    m_world->clock().advance(std::chrono::minutes(1));
    QVERIFY(m_world->act(Act::SetDuty{kim, true}).isApplied());
    QTRY_VERIFY2(said().startsWith(u"On duty, %1 open, oldest waits since "_s.arg(open + 1)), qPrintable(said()));
    QVERIFY(m_world->act(Act::SetDuty{kim, false}).isApplied());
    QTRY_VERIFY2(said().startsWith(u"Off duty, "_s), qPrintable(said()));
}

void AgentsTest::lastAdminStays()
{
    choose(u"Ana"_s);
    QVERIFY(m_world->textOf("agentState").endsWith(u"This is you."_s));
    click("agentsRemove");
    QTRY_VERIFY(m_world->textOf("agentsChoices").contains(u"admin"_s));
    QVERIFY(!agent(u"Ana"_s)->isDisabled);
}

void AgentsTest::onlyAdminsChange()
{
    m_world->widget("agents")->close();
    const AgentId kim = agent(u"Kim"_s)->id;
    QVERIFY(m_world->act(Act::EditAgent{kim, {}, Role::admin, {}}).isApplied());
    QVERIFY(m_world->act(Act::EditAgent{agent(u"Ana"_s)->id, {}, Role::agent, {}}).isApplied());
    QTRY_COMPARE(agent(u"Ana"_s)->role, Role::agent);
    QTRY_VERIFY(!m_world->widget("agents"));
    QVERIFY(m_world->window().commands().trigger(u"agents.show"_s));
    QTRY_VERIFY(m_world->widget("agents") && m_world->widget("agents")->isVisible());
    QCOMPARE(m_world->textOf("agentsHint"), u"Only admins can change these."_s);
    for (const char *button : {"agentsNew", "agentsRemove", "agentsSave"})
        QVERIFY(!m_world->find<QPushButton>(button)->isEnabled());
    QVERIFY(m_world->find<QLineEdit>("agentName")->isReadOnly());
}

QTEST_MAIN(AgentsTest)
#include "tst_agents.moc"
