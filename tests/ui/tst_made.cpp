// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/shell/roster.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// What a person makes for everybody is named on the bar, and Z takes it away again.
class MadeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup() { m_world.reset(); }
    void savedReply();
    void changedSavedReply();
    void removedOneIsNotUndoneTwice();
    void macro();
    void returnInALineSaves();
    void team();
    void changedTeamIsUndoneAsOne();
    void agent();
    void sharedView();
    void ownView();
    void notice();

private:
    [[nodiscard]] const Roster &roster() const { return m_world->window().roster(); }
    void open(const char *command, const char *dialog)
    {
        QVERIFY(m_world->window().commands().trigger(QString::fromLatin1(command)));
        QTRY_VERIFY(m_world->widget(dialog) && m_world->widget(dialog)->isVisible());
    }
    void click(const char *name)
    {
        auto *button = m_world->find<QAbstractButton>(name);
        QTRY_VERIFY(button && button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
    }
    /// Saves, waits until that was done, and closes the dialog.
    void saveAndClose(const char *dialog)
    {
        const QByteArray save = QByteArray(dialog).append("Save");
        const QByteArray remove = QByteArray(dialog).append("Remove");
        click(save.constData());
        QTRY_VERIFY(!m_world->widget(save.constData())->isEnabled());
        QTRY_VERIFY(m_world->widget(remove.constData())->isEnabled());
        m_world->widget(dialog)->close();
        QTRY_VERIFY(!m_world->widget(dialog) || !m_world->widget(dialog)->isVisible());
    }
    /// The bar says what was done; then Z undoes it.
    void undo(const QStringList &said)
    {
        for (const QString &part : said)
            QTRY_VERIFY2(m_world->textOf("messageBar").contains(part), qPrintable(m_world->textOf("messageBar")));
        m_world->widget("conversations")->setFocus();
        QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
        m_world->press(u"Z"_s);
        QTRY_VERIFY2(m_world->textOf("messageBar").contains(u"Undone: "_s), qPrintable(m_world->textOf("messageBar")));
    }
    [[nodiscard]] bool hasView(const QString &name) const
    {
        const QList<ViewRecord> &all = roster().views();
        return std::any_of(all.cbegin(), all.cend(), [&](const ViewRecord &one) { return one.content.name == name; });
    }
    void makeView(const QString &name, bool isShared)
    {
        open("view.new", "viewDialog");
        QTRY_VERIFY(m_world->widget("viewName")->hasFocus());
        m_world->type(name);
        m_world->find<QCheckBox>("viewShared")->setChecked(isShared);
        click("viewSave");
        QTRY_VERIFY(hasView(name));
    }

    std::unique_ptr<WindowWorld> m_world;
};

void MadeTest::init()
{
    m_world = std::make_unique<WindowWorld>(60);
    QTRY_VERIFY(roster().isLoaded() && m_world->list().rowCount() > 0);
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
}

void MadeTest::savedReply()
{
    open("replies.show", "savedReplies");
    QTest::keyClicks(m_world->widget("savedReplyName"), u"Thanks"_s);
    m_world->find<QPlainTextEdit>("savedReplyText")->insertPlainText(u"Thank you"_s);
    saveAndClose("savedReplies");
    QTRY_COMPARE(roster().savedReplies().size(), 1);
    undo({u"Thanks"_s, u"Made."_s});
    QTRY_VERIFY(roster().savedReplies().isEmpty());
}

void MadeTest::changedSavedReply()
{
    QVERIFY(m_world->act(Act::KeepSavedReply{{}, u"Thanks"_s, u"Thank you"_s}).isApplied());
    QTRY_COMPARE(roster().savedReplies().size(), 1);
    open("replies.show", "savedReplies");
    QTRY_COMPARE(m_world->find<QPlainTextEdit>("savedReplyText")->toPlainText(), u"Thank you"_s);
    m_world->find<QPlainTextEdit>("savedReplyText")->setPlainText(u"Thanks a lot"_s);
    saveAndClose("savedReplies");
    QTRY_COMPARE(roster().savedReplies().value(0).text, u"Thanks a lot"_s);
    undo({u"Thanks"_s, u"Changed."_s});
    QTRY_COMPARE(roster().savedReplies().value(0).text, u"Thank you"_s);
}

void MadeTest::removedOneIsNotUndoneTwice()
{
    open("replies.show", "savedReplies");
    QTest::keyClicks(m_world->widget("savedReplyName"), u"Thanks"_s);
    m_world->find<QPlainTextEdit>("savedReplyText")->insertPlainText(u"Thank you"_s);
    click("savedRepliesSave");
    QTRY_COMPARE(roster().savedReplies().size(), 1);
    click("savedRepliesRemove");
    QTRY_VERIFY(roster().savedReplies().isEmpty());
    QTRY_COMPARE(m_world->textOf("savedRepliesChoices"), u"Removed."_s);
    m_world->widget("savedReplies")->close();
    undo({u"Thanks"_s, u"Removed."_s});
    QTRY_COMPARE(roster().savedReplies().size(), 1);
    // That it had been made is no deed of its own any more.
    m_world->press(u"Z"_s);
    QTRY_COMPARE(m_world->textOf("messageBar").contains(u"Made."_s), false);
    QCOMPARE(roster().savedReplies().size(), 1);
}

void MadeTest::macro()
{
    open("macros.show", "macros");
    QTest::keyClicks(m_world->widget("macroName"), u"Mine"_s);
    m_world->find<QToolButton>("macroAdd")->menu()->findChild<QAction *>(u"macroAdd_claim"_s)->trigger();
    saveAndClose("macros");
    QTRY_COMPARE(roster().macros().size(), 1);
    undo({u"Mine"_s, u"Made."_s});
    QTRY_VERIFY(roster().macros().isEmpty());
}

void MadeTest::returnInALineSaves()
{
    open("teams.show", "teams");
    click("teamsNew");
    QWidget *name = m_world->widget("teamName");
    QTest::keyClicks(name, u"Night"_s);
    QTest::keyClick(name, Qt::Key_Return);
    const auto isThere = [this] {
        const QList<TeamRecord> &all = roster().teams();
        return std::any_of(all.cbegin(), all.cend(), [](const TeamRecord &one) { return one.name == u"Night"_s; });
    };
    QTRY_VERIFY(isThere());
    QVERIFY(m_world->widget("teams")->isVisible());
}

void MadeTest::team()
{
    const qsizetype before = roster().teams().size();
    open("teams.show", "teams");
    click("teamsNew");
    QTest::keyClicks(m_world->widget("teamName"), u"Night"_s);
    m_world->find<QListWidget>("teamMembers")->item(0)->setCheckState(Qt::Checked);
    saveAndClose("teams");
    QTRY_COMPARE(roster().teams().size(), before + 1);
    undo({u"Night"_s, u"Made."_s});
    QTRY_COMPARE(roster().teams().size(), before);
}

void MadeTest::changedTeamIsUndoneAsOne()
{
    const auto night = [this] {
        const QList<TeamRecord> &all = roster().teams();
        const auto found = std::find_if(all.cbegin(), all.cend(),
                                        [](const TeamRecord &one) { return one.name.startsWith(u"Night"_s); });
        return found == all.cend() ? TeamRecord() : *found;
    };
    QVERIFY(m_world->act(Act::AddTeam{u"Night"_s}).isApplied());
    QTRY_COMPARE(night().name, u"Night"_s);
    open("teams.show", "teams");
    auto *list = m_world->find<QListWidget>("teamsList");
    for (int row = 0; row < list->count(); ++row) {
        if (list->item(row)->text().contains(u"Night"_s))
            list->setCurrentRow(row);
    }
    QTRY_COMPARE(m_world->find<QLineEdit>("teamName")->text(), u"Night"_s);
    QTest::keyClicks(m_world->widget("teamName"), u" shift"_s);
    m_world->find<QListWidget>("teamMembers")->item(0)->setCheckState(Qt::Checked);
    saveAndClose("teams");
    QTRY_COMPARE(night().name, u"Night shift"_s);
    QTRY_COMPARE(night().members.size(), 1);
    undo({u"Night shift"_s, u"Changed."_s});
    QTRY_COMPARE(night().name, u"Night"_s);
    QTRY_VERIFY(night().members.isEmpty());
}

void MadeTest::agent()
{
    const auto nele = [this] {
        const QList<AgentRecord> &all = roster().agents();
        const auto found =
            std::find_if(all.cbegin(), all.cend(), [](const AgentRecord &one) { return one.name == u"Nele"_s; });
        return found == all.cend() ? AgentRecord() : *found;
    };
    open("agents.show", "agents");
    click("agentsNew");
    QTest::keyClicks(m_world->widget("agentName"), u"Nele"_s);
    saveAndClose("agents");
    QTRY_COMPARE(nele().name, u"Nele"_s);
    QVERIFY(!nele().isDisabled);
    undo({u"Nele"_s, u"Made."_s});
    QTRY_VERIFY(nele().isDisabled);
}

void MadeTest::sharedView()
{
    makeView(u"For all"_s, true);
    undo({u"Made the view"_s, u"For all"_s});
    QTRY_VERIFY(!hasView(u"For all"_s));
    QTRY_COMPARE(m_world->textOf("viewTitle"), u"Unassigned"_s);
}

void MadeTest::ownView()
{
    makeView(u"For me"_s, false);
    undo({u"Made the view"_s, u"For me"_s});
    QTRY_VERIFY(!hasView(u"For me"_s));
    QTRY_COMPARE(m_world->textOf("viewTitle"), u"Unassigned"_s);
}

void MadeTest::notice()
{
    open("notice.pin", "noticeDialog");
    QTRY_VERIFY(m_world->widget("noticeText")->hasFocus());
    m_world->type(u"Take the oldest first"_s);
    click("noticePin");
    QTRY_VERIFY(m_world->widget("listNotices")->isVisible());
    undo({u"The notice is pinned"_s});
    QTRY_VERIFY(!m_world->widget("listNotices")->isVisible());
}

QTEST_MAIN(MadeTest)
#include "tst_made.moc"
