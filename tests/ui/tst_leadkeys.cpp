// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/bykeys.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/conversationlistmodel.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// What a lead does besides answering, without a pointer: every dialog is opened, walked through and left by keys, and
/// each of the tools does its work. Keys go to what has the keyboard, nothing is called.
class LeadKeysTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void dialogIsWalkedThrough_data();
    void dialogIsWalkedThrough();
    void menusLeadThere();
    void spreadsEvenlyOverThoseOnDuty();
    void sendingIsStoppedAndGoesOn();
    void noticeIsPinnedAndTakenOff();
    void buildsAView();
    void journalLeadsToAConversation();

private:
    void press(const QString &keys) { m_keys->press(keys); }
    void run(const QString &command) { m_keys->run(command); }
    void tabTo(const char *name) { m_keys->tabTo(name); }
    [[nodiscard]] bool has(const char *name) const { return m_keys->has(name); }
    [[nodiscard]] QDialog *dialog() const { return m_keys->dialog(); }
    void mark(int count);

    std::unique_ptr<WindowWorld> m_world;
    std::unique_ptr<ByKeys> m_keys;
};

void LeadKeysTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    m_keys = std::make_unique<ByKeys>(*m_world);
    QTRY_VERIFY(m_world->isReady());
    QTRY_VERIFY(has("conversations"));
    press(u"J"_s);
    QTRY_COMPARE(m_world->window().findChild<ConversationPane *>()->record().id, m_world->shown());
}

void LeadKeysTest::mark(int count)
{
    press(u"X"_s);
    for (int i = 1; i < count; ++i)
        press(u"Shift+J"_s);
    QCOMPARE(m_world->list().markedCount(), count);
}

void LeadKeysTest::dialogIsWalkedThrough_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *command, const char *name) {
        QTest::addRow("%s", command) << QString::fromUtf8(command) << QString::fromLatin1(name);
    };
    row("Channels…", "channelsDialog");
    row("Outbox and trouble…", "outboxDialog");
    row("Saved replies…", "savedReplies");
    row("Macros…", "macros");
    row("Agents…", "agents");
    row("Teams…", "teams");
    row("Journal…", "journalDialog");
    row("Settings…", "settingsDialog");
    row("Shortcuts…", "shortcutsDialog");
    row("Pin a notice…", "noticeDialog");
    row("Stop sending…", "pickDialog");
    row("Assign…", "pickDialog");
    row("Tag…", "pickDialog");
    row("Snooze…", "pickDialog");
    row("Priority…", "pickDialog");
    row("Resolve with reason…", "pickDialog");
    row("Macro…", "macroPicker");
    row("New view…", "viewDialog");
    row("Keyboard", "cheatSheet");
    row("Switch workspace…", "workspacesDialog"); // there is none but this: its buttons are first
    row("Go off duty…", "dutyDialog");
}

void LeadKeysTest::dialogIsWalkedThrough()
{
    QFETCH(QString, command);
    QFETCH(QString, name);
    press(u"Shift+A"_s); // something to hand over
    QTRY_COMPARE(m_world->record(m_world->shown()).assignee, m_world->desk().me());
    QVERIFY(m_world->act(Act::KeepMacro{{}, u"Thanks"_s, u"T"_s, {{MacroStepKind::claim, {}}}}).isApplied());
    QTRY_COMPARE(m_world->window().roster().macros().size(), 1);
    run(command);
    QTRY_VERIFY2(dialog() && m_world->focus(), qPrintable(name));
    QDialog *const shown = dialog();
    QVERIFY2(shown->objectName() == name, qPrintable(shown->objectName()));
    // Of two that open together the windowing system tells in turn.
    QCoreApplication::processEvents();
    // What is typed first has its place.
    QWidget *const first = m_world->focus();
    QVERIFY2(shown->isAncestorOf(first), qPrintable(ByKeys::nameOf(first)));
    // Where none is known there is nothing to choose from.
    QVERIFY2(!qobject_cast<QAbstractButton *>(first) || name == u"workspacesDialog"_s,
             qPrintable(ByKeys::nameOf(first)));
    m_keys->walkRound(name != u"workspacesDialog"_s);
    // What is done with it by Return: a button of its own, or where one is, Return does it.
    const auto buttons = shown->findChildren<QPushButton *>();
    for (const QPushButton *one : buttons) {
        if (one->isDefault() && one->isVisible())
            QVERIFY2(!one->text().contains(u"Cancel"_s), qPrintable(ByKeys::nameOf(one)));
    }
    press(u"Esc"_s);
    QTRY_VERIFY2(!dialog(), qPrintable(name));
    QTRY_VERIFY2(has("conversations"), qPrintable(ByKeys::nameOf(m_world->focus())));
}

void LeadKeysTest::menusLeadThere()
{
    const auto menu = [] { return qobject_cast<QMenu *>(QApplication::activePopupWidget()); };
    press(u"Alt+E"_s);
    QTRY_VERIFY(menu());
    // Each by its underlined letter.
    for (const QAction *action : menu()->actions()) {
        if (!action->isSeparator() && action->isVisible())
            QVERIFY2(action->text().contains(u'&'), qPrintable(action->text()));
    }
    // Of two that have the same letter Return takes the one that it has come to.
    for (int i = 0; i < 5 && menu() && !(menu()->activeAction() && menu()->activeAction()->text() == u"&Teams…"_s); ++i)
        QTest::keyClick(menu(), Qt::Key_T);
    if (menu())
        QTest::keyClick(menu(), Qt::Key_Return);
    QTRY_VERIFY(dialog() && dialog()->objectName() == u"teams"_s);
    press(u"Esc"_s);
    QTRY_VERIFY(has("conversations"));
    press(u"F10"_s);
}

void LeadKeysTest::spreadsEvenlyOverThoseOnDuty()
{
    mark(4);
    const QList<ConversationRecord> marked = m_world->list().marked();
    press(u"A"_s);
    QTRY_VERIFY(has("pickField"));
    m_world->type(u"spread"_s);
    press(u"Return"_s);
    QTRY_VERIFY(has("pickList"));
    QVERIFY(m_world->find<QListWidget>("pickList")->currentItem());
    press(u"Return"_s);
    const auto areGiven = [&] {
        return std::all_of(marked.cbegin(), marked.cend(), [this](const ConversationRecord &one) {
            return m_world->record(one.id).assignee.isValid();
        });
    };
    QTRY_VERIFY(areGiven());
    QTRY_VERIFY(has("conversations"));
    press(u"Z"_s);
    QTRY_VERIFY(!m_world->record(marked.constFirst().id).assignee.isValid());
}

void LeadKeysTest::sendingIsStoppedAndGoesOn()
{
    const ConversationId id = m_world->showMention();
    run(u"Stop sending…"_s);
    QTRY_VERIFY(has("pickField"));
    press(u"Return"_s);
    QTRY_VERIFY(m_world->widget("pickField")->accessibleName() == u"Why is sending stopped?"_s && has("pickField"));
    m_world->type(u"storm"_s);
    press(u"Return"_s);
    QTRY_VERIFY(m_world->textOf("stoppedBar").contains(u"storm"_s));
    QTRY_VERIFY(has("conversations"));
    Act::SendReply reply;
    reply.conversation = id;
    for (const char *text : {"Better not", "This is fine"}) {
        reply.text = QString::fromLatin1(text);
        QVERIFY(m_world->act(reply).isApplied());
    }
    QTRY_VERIFY(m_world->waitingInWindow() >= 2);
    run(u"Resume sending…"_s);
    QTRY_VERIFY(has("resumeList"));
    auto *list = m_world->find<QListWidget>("resumeList");
    for (int i = 0; i < list->count() && !list->currentItem()->text().contains(u"Better not"_s); ++i)
        press(u"Down"_s);
    press(u"Space"_s);
    press(u"Return"_s);
    QTRY_VERIFY(m_world->textOf("stoppedBar").isEmpty());
    const QList<MessageRecord> messages = m_world->messages(id);
    QCOMPARE(messages.at(messages.size() - 2).delivery->state, DeliveryState::cancelled);
    QVERIFY(messages.constLast().delivery->state != DeliveryState::cancelled);
    QTRY_VERIFY(has("conversations"));
}

void LeadKeysTest::noticeIsPinnedAndTakenOff()
{
    run(u"Pin a notice…"_s);
    QTRY_VERIFY(has("noticeText"));
    m_world->type(u"Known outage"_s);
    press(u"Tab"_s);
    QVERIFY(has("noticePlace"));
    press(u"Down"_s); // everywhere
    press(u"Alt+P"_s);
    QTRY_VERIFY(has("conversations"));
    QTRY_COMPARE(m_world->window().roster().notices().size(), 1);
    QTRY_VERIFY(m_world->widget("listNotices")->isVisible());
    // Its button is on the way of F6, or of Tab.
    for (int i = 0; i < 40 && !m_world->widget("listNotices")->isAncestorOf(m_world->focus()); ++i)
        press(u"Tab"_s);
    QVERIFY(m_world->widget("listNotices")->isAncestorOf(m_world->focus()));
    press(u"Space"_s);
    QTRY_VERIFY(m_world->window().roster().notices().isEmpty());
    QVERIFY(m_world->focus() && m_world->focus()->isVisible());
}

void LeadKeysTest::buildsAView()
{
    run(u"New view…"_s);
    QTRY_VERIFY(has("viewName"));
    m_world->type(u"Hot ones"_s);
    press(u"Alt+P"_s);
    QTRY_VERIFY(has("viewPriority"));
    press(u"End"_s);
    tabTo("viewChannels");
    press(u"Home Space"_s);
    tabTo("viewShared");
    press(u"Space"_s);
    press(u"Return"_s);
    QTRY_COMPARE(m_world->textOf("viewTitle"), u"Hot ones"_s);
    const ViewRecord *made = nullptr;
    for (const ViewRecord &view : m_world->window().roster().views())
        made = view.content.name == u"Hot ones"_s ? &view : made;
    QVERIFY(made && made->isShared());
    QCOMPARE(made->content.filter.least, Priority::urgent);
    QCOMPARE(made->content.filter.channels.size(), 1);
    QTRY_VERIFY(m_world->focus() && m_world->window().isAncestorOf(m_world->focus()));
}

void LeadKeysTest::journalLeadsToAConversation()
{
    const ConversationId id = m_world->shown();
    press(u"Shift+A"_s);
    QTRY_COMPARE(m_world->record(id).assignee, m_world->desk().me());
    press(u"J"_s);
    QTRY_VERIFY(m_world->shown() != id);
    run(u"Journal…"_s);
    QTRY_VERIFY(has("journalField"));
    m_world->type(u"#%1"_s.arg(m_world->record(id).number));
    tabTo("journalTable");
    auto *table = m_world->find<QTableView>("journalTable");
    QTRY_VERIFY(table->model()->rowCount() > 0);
    press(u"Home Return"_s);
    QTRY_COMPARE(m_world->shown(), id);
    QTRY_VERIFY(!dialog() && m_world->widget("conversationPane")->isAncestorOf(m_world->focus()));
}

QTEST_MAIN(LeadKeysTest)
#include "tst_leadkeys.moc"
