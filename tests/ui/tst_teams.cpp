// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/mainwindow.h"
#include "windowworld.h"

#include <QDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// Teams are made, peopled and removed in a window.
class TeamsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup() { m_world.reset(); }
    void teamIsMadeByKeyboard();
    void renamedAndPeopledAnew();
    void colleaguesChangeStays();
    void halfRefusedShowsWhatIs();
    void removalIsAskedFor();
    void onlyAdminsChange();

private:
    [[nodiscard]] AgentId idOf(const QString &name) const
    {
        const QList<AgentRecord> &all = m_world->window().roster().agents();
        const auto found =
            std::find_if(all.cbegin(), all.cend(), [&name](const AgentRecord &one) { return one.name == name; });
        return found == all.cend() ? AgentId() : found->id;
    }
    [[nodiscard]] QStringList membersOf(const QString &name) const
    {
        for (const TeamRecord &team : m_world->window().roster().teams()) {
            if (team.name != name)
                continue;
            QStringList names;
            for (const AgentId id : team.members)
                names.append(m_world->window().roster().agentName(id));
            return names;
        }
        return {u"no such team"_s};
    }
    [[nodiscard]] QListWidgetItem *member(const QString &name) const
    {
        auto *list = m_world->find<QListWidget>("teamMembers");
        for (int row = 0; row < list->count(); ++row) {
            if (list->item(row)->text().contains(name))
                return list->item(row);
        }
        return nullptr;
    }
    /// Made by somebody else, and chosen in the window.
    TeamId makeTeam(const QString &name, const QStringList &people)
    {
        const TeamId team(m_world->act(Act::AddTeam{name}).created);
        for (const QString &one : people)
            (void)m_world->act(Act::SetTeamMember{team, idOf(one), true});
        auto *list = m_world->find<QListWidget>("teamsList");
        const auto isThere = [&] {
            return membersOf(name).size() == people.size() && membersOf(name) != QStringList{u"no such team"_s};
        };
        (void)QTest::qWaitFor(isThere, 30'000);
        for (int row = 0; row < list->count(); ++row) {
            if (list->item(row)->text().contains(name))
                list->setCurrentRow(row);
        }
        return team;
    }
    void click(const char *name)
    {
        auto *button = m_world->find<QPushButton>(name);
        QTRY_VERIFY(button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
    }
    void answer(const QString &text)
    {
        QPushButton *button = nullptr;
        const auto isThere = [&] {
            for (QPushButton *one : m_world->widget("teamsChoices")->findChildren<QPushButton *>()) {
                if (one->text() == text && one->isVisible())
                    button = one;
            }
            return button != nullptr;
        };
        QVERIFY2(QTest::qWaitFor(isThere, 30'000), qPrintable(m_world->textOf("teamsChoices")));
        button->click();
    }

    std::unique_ptr<WindowWorld> m_world;
};

void TeamsTest::init()
{
    m_world = std::make_unique<WindowWorld>(60);
    QTRY_VERIFY(m_world->window().roster().isLoaded());
    QVERIFY(m_world->window().commands().trigger(u"teams.show"_s));
    QTRY_VERIFY(m_world->widget("teams") && m_world->widget("teams")->isVisible());
}

void TeamsTest::teamIsMadeByKeyboard()
{
    click("teamsNew");
    QTRY_COMPARE(m_world->focus(), m_world->widget("teamName"));
    m_world->type(u"Night"_s);
    QTest::keyClick(m_world->focus(), Qt::Key_Tab);
    auto *list = m_world->find<QListWidget>("teamMembers");
    QTRY_COMPARE(m_world->focus(), list);
    list->setCurrentItem(member(u"Kim"_s));
    QTest::keyClick(list, Qt::Key_Space);
    QCOMPARE(member(u"Kim"_s)->checkState(), Qt::Checked);
    QTest::keyClick(m_world->focus(), Qt::Key_Tab);
    QTRY_COMPARE(m_world->focus(), m_world->widget("teamsSave"));
    QTest::keyClick(m_world->focus(), Qt::Key_Space);
    QTRY_COMPARE(membersOf(u"Night"_s), QStringList{u"Kim"_s});
    QTRY_VERIFY(m_world->find<QListWidget>("teamsList")->currentItem());
    QVERIFY(m_world->find<QListWidget>("teamsList")->currentItem()->text().contains(u"1 person"_s));
    QVERIFY(!m_world->find<QPushButton>("teamsSave")->isEnabled());
    // Its name is taken.
    click("teamsNew");
    m_world->type(u"night"_s);
    click("teamsSave");
    QTRY_VERIFY(!m_world->textOf("teamsChoices").isEmpty());
    QCOMPARE(m_world->find<QLineEdit>("teamName")->text(), u"night"_s);
}

void TeamsTest::renamedAndPeopledAnew()
{
    makeTeam(u"Night"_s, {u"Ana"_s, u"Kim"_s});
    auto *name = m_world->find<QLineEdit>("teamName");
    QTRY_COMPARE(name->text(), u"Night"_s);
    name->setFocus();
    QTRY_COMPARE(m_world->focus(), name);
    m_world->type(u" shift"_s);
    member(u"Kim"_s)->setCheckState(Qt::Unchecked);
    click("teamsSave");
    QTRY_COMPARE(membersOf(u"Night shift"_s), QStringList{u"Ana"_s});
    QTRY_COMPARE(member(u"Kim"_s)->checkState(), Qt::Unchecked);
    QVERIFY(m_world->textOf("teamsChoices").isEmpty());
    // And back again: what was shown first does not count for ever.
    member(u"Kim"_s)->setCheckState(Qt::Checked);
    click("teamsSave");
    QTRY_COMPARE(membersOf(u"Night shift"_s), (QStringList{u"Ana"_s, u"Kim"_s}));
    member(u"Kim"_s)->setCheckState(Qt::Unchecked);
    click("teamsSave");
    QTRY_COMPARE(membersOf(u"Night shift"_s), QStringList{u"Ana"_s});
}

void TeamsTest::colleaguesChangeStays()
{
    const TeamId team = makeTeam(u"Night"_s, {u"Ana"_s});
    QTRY_COMPARE(member(u"Ana"_s)->checkState(), Qt::Checked);
    member(u"Kim"_s)->setCheckState(Qt::Checked);
    QVERIFY(m_world->act(Act::SetTeamMember{team, idOf(u"Ana"_s), false}).isApplied());
    QVERIFY(m_world->act(Act::RenameTeam{team, u"Late"_s}).isApplied());
    QTRY_VERIFY(m_world->textOf("teamsChoices").contains(u"changed this meanwhile"_s));
    answer(u"Save mine anyway"_s);
    // Only what was changed here is: neither the name nor Ana is put back.
    QTRY_COMPARE(membersOf(u"Late"_s), QStringList{u"Kim"_s});
    QTRY_COMPARE(m_world->find<QLineEdit>("teamName")->text(), u"Late"_s);
    QTRY_COMPARE(member(u"Ana"_s)->checkState(), Qt::Unchecked);
}

/// The team is renamed, and one of its people cannot be put into it.
void TeamsTest::halfRefusedShowsWhatIs()
{
    makeTeam(u"Night"_s, {u"Ana"_s});
    QTRY_COMPARE(member(u"Ana"_s)->checkState(), Qt::Checked);
    member(u"Kim"_s)->setData(Qt::UserRole, qint64(999));
    member(u"Kim"_s)->setCheckState(Qt::Checked);
    auto *name = m_world->find<QLineEdit>("teamName");
    name->setFocus();
    m_world->type(u"!"_s);
    click("teamsSave");
    QTRY_COMPARE(membersOf(u"Night!"_s), QStringList{u"Ana"_s});
    QTRY_VERIFY(!m_world->textOf("teamsChoices").isEmpty());
    QTRY_COMPARE(member(u"Kim"_s)->checkState(), Qt::Unchecked);
    // The same with nothing else changed; and it is not closed over what was not done.
    member(u"Kim"_s)->setData(Qt::UserRole, qint64(999));
    member(u"Kim"_s)->setCheckState(Qt::Checked);
    click("teamsSave");
    m_world->find<QDialog>("teams")->reject();
    QTRY_VERIFY(!m_world->textOf("teamsChoices").isEmpty());
    QTRY_COMPARE(member(u"Kim"_s)->checkState(), Qt::Unchecked);
    QVERIFY(m_world->widget("teams")->isVisible());
}

void TeamsTest::removalIsAskedFor()
{
    const TeamId team = makeTeam(u"Night"_s, {u"Ana"_s});
    const ChannelId channel = m_world->window().roster().channels().constFirst().id;
    QVERIFY(m_world->act(Act::SetChannelTeam{channel, team}).isApplied());
    QTRY_VERIFY2(m_world->textOf("teamChannels").contains(m_world->window().roster().channel(channel)->name),
                 qPrintable(m_world->textOf("teamChannels")));
    click("teamsRemove");
    QVERIFY(m_world->textOf("teamsChoices").contains(u"Night"_s));
    answer(u"Keep"_s);
    QCOMPARE(membersOf(u"Night"_s), QStringList{u"Ana"_s});
    click("teamsRemove");
    answer(u"Remove"_s);
    QTRY_VERIFY2(m_world->textOf("teamsChoices").contains(u"channel"_s), qPrintable(m_world->textOf("teamsChoices")));
    QVERIFY(m_world->act(Act::SetChannelTeam{channel, {}}).isApplied());
    click("teamsRemove");
    answer(u"Remove"_s);
    QTRY_VERIFY(m_world->window().roster().teams().isEmpty());
}

void TeamsTest::onlyAdminsChange()
{
    makeTeam(u"Night"_s, {u"Ana"_s});
    m_world->widget("teams")->close();
    QVERIFY(m_world->act(Act::EditAgent{idOf(u"Kim"_s), {}, Role::admin, {}}).isApplied());
    QVERIFY(m_world->act(Act::EditAgent{idOf(u"Ana"_s), {}, Role::lead, {}}).isApplied());
    QTRY_VERIFY(!m_world->window().roster().isAdmin());
    QTRY_VERIFY(!m_world->widget("teams"));
    QVERIFY(m_world->window().commands().trigger(u"teams.show"_s));
    QTRY_VERIFY(m_world->widget("teams") && m_world->widget("teams")->isVisible());
    QCOMPARE(m_world->textOf("teamsHint"), u"Only admins can change these."_s);
    for (const char *button : {"teamsNew", "teamsRemove", "teamsSave"})
        QVERIFY(!m_world->find<QPushButton>(button)->isEnabled());
    QCOMPARE(member(u"Ana"_s)->checkState(), Qt::Checked);
    QVERIFY(!member(u"Ana"_s)->flags().testFlag(Qt::ItemIsUserCheckable));
}

QTEST_MAIN(TeamsTest)
#include "tst_teams.moc"
