// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/bykeys.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/roster.h"

#include <QDialog>
#include <QTest>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// Somebody new comes into the team: an admin takes them in and gives them work, and they find it at their first start.
/// Nobody has a pointer.
class NewColleagueTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void isTakenInAndFindsWork();
    void nameThatIsTakenIsTypedAnew();
    void whoLeavesIsDisabled();

private:
    void press(const QString &keys) { m_keys->press(keys); }
    [[nodiscard]] const Roster &roster() const { return m_world->window().roster(); }
    [[nodiscard]] AgentRecord agent(const QString &name) const;
    [[nodiscard]] QList<AgentId> night() const;
    void leave();
    /// With that role; the form stays open.
    void takeIn(const QString &name, const QString &role);

    std::unique_ptr<WindowWorld> m_world;
    std::unique_ptr<ByKeys> m_keys;
};

void NewColleagueTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    m_keys = std::make_unique<ByKeys>(*m_world);
    QTRY_VERIFY(m_world->isReady());
    QTRY_VERIFY(m_keys->has("conversations"));
}

AgentRecord NewColleagueTest::agent(const QString &name) const
{
    for (const AgentRecord &one : roster().agents()) {
        if (one.name == name)
            return one;
    }
    return {};
}

QList<AgentId> NewColleagueTest::night() const
{
    for (const TeamRecord &one : roster().teams()) {
        if (one.name == u"Night"_s)
            return one.members;
    }
    return {};
}

void NewColleagueTest::leave()
{
    press(u"Esc"_s);
    QTRY_VERIFY(!m_keys->dialog());
    QTRY_VERIFY2(m_keys->has("conversations"), qPrintable(ByKeys::nameOf(m_world->focus())));
}

void NewColleagueTest::takeIn(const QString &name, const QString &role)
{
    m_keys->run(u"Agents…"_s);
    QTRY_VERIFY(m_keys->has("agentsList"));
    m_keys->tabTo("agentsNew");
    press(u"Return"_s);
    QTRY_VERIFY2(m_keys->has("agentName"), qPrintable(ByKeys::nameOf(m_world->focus())));
    // How they will start is said before.
    QCOMPARE(m_world->textOf("agentState"), u"Starts with: earshot --agent NAME"_s);
    m_world->type(name);
    press(u"Tab"_s);
    QVERIFY(m_keys->has("agentRole"));
    m_keys->goTo(role);
    press(u"Tab"_s);
    QVERIFY2(m_keys->has("agentsSave"), qPrintable(ByKeys::nameOf(m_world->focus())));
    press(u"Return"_s);
    QTRY_COMPARE(agent(name).name, name);
    QTRY_VERIFY2(m_keys->has("agentName"), qPrintable(ByKeys::nameOf(m_world->focus())));
}

void NewColleagueTest::isTakenInAndFindsWork()
{
    takeIn(u"Nele"_s, u"agent"_s);
    QCOMPARE(agent(u"Nele"_s).role, Role::agent);
    QVERIFY(!agent(u"Nele"_s).isDisabled);
    leave();

    m_keys->run(u"Teams…"_s);
    QTRY_VERIFY(m_keys->dialog() && m_keys->dialog()->objectName() == u"teams"_s);
    m_keys->tabTo("teamsNew");
    press(u"Return"_s);
    QTRY_VERIFY(m_keys->has("teamName"));
    m_world->type(u"Night"_s);
    press(u"Tab"_s);
    QVERIFY(m_keys->has("teamMembers"));
    m_keys->goTo(u"Nele"_s);
    press(u"Space Tab"_s);
    QVERIFY2(m_keys->has("teamsSave"), qPrintable(ByKeys::nameOf(m_world->focus())));
    press(u"Return"_s);
    QTRY_COMPARE(night(), QList<AgentId>{agent(u"Nele"_s).id});
    leave();

    // The first piece of work, with a word on it.
    const ConversationId id = m_world->showMention();
    QVERIFY(id.isValid());
    press(u"N"_s);
    QTRY_VERIFY(m_keys->has("composerText"));
    m_world->type(u"This one is easy"_s);
    press(u"Ctrl+Return"_s);
    QTRY_COMPARE(m_world->messages(id).constLast().text, u"This one is easy"_s);
    QTRY_VERIFY(!m_world->widget("composer")->isVisible() && m_keys->isInWindow());
    press(u"A"_s);
    QTRY_VERIFY(m_keys->has("pickField"));
    m_world->type(u"Nele"_s);
    press(u"Return"_s);
    QTRY_COMPARE(m_world->record(id).assignee, agent(u"Nele"_s).id);

    m_world->startAs(u"Nele"_s);
    QTRY_VERIFY(m_world->isReady());
    QTRY_VERIFY(m_keys->has("conversations"));
    QCOMPARE(roster().me(), agent(u"Nele"_s).id);
    // Until now nobody spread work over somebody who was not there: from now on they may.
    QVERIFY(!agent(u"Nele"_s).isOnDuty);
    QTRY_VERIFY2(m_world->textOf("messageBar").startsWith(u"You are off duty"_s),
                 qPrintable(m_world->textOf("messageBar")));
    press(u"F8"_s);
    QTRY_VERIFY(agent(u"Nele"_s).isOnDuty);
    press(u"G M"_s);
    QTRY_COMPARE(m_world->textOf("viewTitle"), u"Mine"_s);
    QTRY_COMPARE(m_world->list().rowCount(), 1);
    QTRY_VERIFY(m_keys->has("conversations"));
    press(u"J"_s);
    QTRY_COMPARE(m_world->window().findChild<ConversationPane *>()->record().id, id);
    press(u"R"_s);
    QTRY_VERIFY(m_keys->has("composerText"));
    m_world->type(u"Good morning!"_s);
    press(u"Ctrl+Return"_s);
    QTRY_COMPARE(m_world->messages(id).constLast().text, u"Good morning!"_s);
    QCOMPARE(m_world->messages(id).constLast().agent, agent(u"Nele"_s).id);
    QTRY_VERIFY(!m_world->widget("composer")->isVisible() && m_keys->isInWindow());
    // Who works here is an admin's matter.
    m_keys->run(u"Agents…"_s);
    QTRY_VERIFY(m_keys->dialog());
    QCOMPARE(m_world->textOf("agentsHint"), u"Only admins can change these."_s);
    m_keys->walkRound();
    press(u"Esc"_s);
    QTRY_VERIFY(!m_keys->dialog() && m_keys->isInWindow());
}

void NewColleagueTest::nameThatIsTakenIsTypedAnew()
{
    const qsizetype before = roster().agents().size();
    m_keys->run(u"Agents…"_s);
    QTRY_VERIFY(m_keys->has("agentsList"));
    m_keys->tabTo("agentsNew");
    press(u"Return"_s);
    QTRY_VERIFY(m_keys->has("agentName"));
    m_world->type(u"Kim"_s);
    press(u"Return"_s);
    QTRY_VERIFY(!m_world->textOf("agentsChoices").isEmpty());
    QCOMPARE(roster().agents().size(), before);
    QTRY_VERIFY2(m_keys->has("agentName"), qPrintable(ByKeys::nameOf(m_world->focus())));
    m_world->type(u"berly"_s);
    press(u"Return"_s);
    QTRY_COMPARE(agent(u"Kimberly"_s).name, u"Kimberly"_s);
    leave();
}

void NewColleagueTest::whoLeavesIsDisabled()
{
    takeIn(u"Nele"_s, u"viewer"_s);
    QCOMPARE(agent(u"Nele"_s).role, Role::viewer);
    m_keys->backTabTo("agentsRemove");
    press(u"Return"_s);
    QTRY_VERIFY(agent(u"Nele"_s).isDisabled);
    QTRY_VERIFY(m_world->focus() && m_world->focus()->isVisible());
    m_keys->tabTo("choice0");
    press(u"Space"_s);
    QTRY_VERIFY(!agent(u"Nele"_s).isDisabled);
    leave();
}

QTEST_MAIN(NewColleagueTest)
#include "tst_newcolleague.moc"
