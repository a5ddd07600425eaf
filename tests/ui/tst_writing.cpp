// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/heldanswer.h"
#include "tests/ui/windowworld.h"
#include "ui/composer/composer.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/conversationactions.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/roster.h"

#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace Earshot;

/// Saved replies and macros in the window: made, used and taken away by the keyboard.
class WritingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void savedReplyIsMadeAndUsed();
    void unsavedTextIsAskedAbout();
    void whatIsBeingSavedIsNotAskedAbout();
    void removedReplyComesBack();
    void whatIsChosenWhileAnotherIsRemovedStays();
    void comingToTheListTakesNoUndoAway();
    void takenNameIsExplained();
    void twoLeadsDoNotOverwriteEachOther();
    void removingAsksAboutUnsavedText();
    void macroIsMadeAndRunByItsKey();
    void macroKeyIsReadByItsPlace();
    void macroIsUndoneAsOne();
    void macroOnManyConversations();
    void macroBeginsAReply();
    void macrosReplyWaitsForItsConversation();
    void macrosReplyOutlastsALeave();
    void macrosReplyOutlastsTheProgram();
    void replyThatCannotBeWrittenSaysSo();
    void macrosReplyTakesNoWordAway();
    void macroThatRepliesNeedsAChannelThatCan();
    void macrosAreCommands();
    void agentsOnlyRead();
    void shortcutsAreChangedFromTheMenu();

private:
    void run(const char *command) { QVERIFY(m_world->window().commands().trigger(QString::fromLatin1(command))); }
    [[nodiscard]] QString bar() const { return m_world->textOf("messageBar"); }
    void click(const char *name) const
    {
        auto *button = m_world->find<QAbstractButton>(name);
        QVERIFY(button && button->isEnabled());
        button->click();
    }
    [[nodiscard]] MacroId keepMacro(const char *name, const char *key, const QList<MacroStep> &steps)
    {
        const Outcome outcome =
            m_world->act(Act::KeepMacro{{}, QString::fromLatin1(name), QString::fromLatin1(key), steps});
        const auto isKnown = [this] { return !m_world->window().roster().macros().isEmpty(); };
        return QTest::qWaitFor(isKnown, 30'000) ? MacroId(outcome.created) : MacroId();
    }
    [[nodiscard]] Composer &composer() { return m_world->window().findChild<ConversationPane *>()->composer(); }

    std::unique_ptr<WindowWorld> m_world;
};

void WritingTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->isReady());
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
}

void WritingTest::cleanup()
{
    m_world.reset();
}

void WritingTest::savedReplyIsMadeAndUsed()
{
    run("replies.show");
    QTRY_VERIFY(m_world->find<QLineEdit>("savedReplyName"));
    auto *name = m_world->find<QLineEdit>("savedReplyName");
    name->setFocus();
    QTest::keyClicks(name, QStringLiteral("Thanks"));
    m_world->find<QPlainTextEdit>("savedReplyText")
        ->insertPlainText(QStringLiteral("Hello {first name}, we send {part} today. {agent}"));
    click("savedRepliesSave");
    QTRY_COMPARE(m_world->window().roster().savedReplies().size(), 1);
    QTRY_COMPARE(m_world->find<QListWidget>("savedRepliesList")->count(), 1);
    QTRY_VERIFY(!m_world->find<QPushButton>("savedRepliesSave")->isEnabled());
    m_world->widget("savedReplies")->close();

    QVERIFY(m_world->showMention().isValid());
    m_world->press(QStringLiteral("R"));
    m_world->type(QStringLiteral(";tha"));
    QTRY_VERIFY(m_world->widget("savedReplyCompletion")->isVisible());
    m_world->press(QStringLiteral("Return"));
    const auto *edit = m_world->find<QPlainTextEdit>("composerText");
    const QString first = composer().isOpen() ? edit->toPlainText().section(QLatin1Char(','), 0, 0) : QString();
    QVERIFY2(first.startsWith(QStringLiteral("Hello ")) && !first.contains(QLatin1Char('{')), qPrintable(first));
    QVERIFY(!edit->toPlainText().endsWith(QStringLiteral("{agent}")));
    // The gap is selected: what is typed fills it.
    QCOMPARE(edit->textCursor().selectedText(), QStringLiteral("{part}"));
    m_world->press(QStringLiteral("Ctrl+Return"));
    QTRY_VERIFY(m_world->textOf("composerChoices").contains(QStringLiteral("{part}")) ||
                m_world->widget("composerChoices")->isVisible());
    QVERIFY(composer().isOpen());
    m_world->type(QStringLiteral("a new lamp"));
    QVERIFY(edit->toPlainText().contains(QStringLiteral("we send a new lamp today")));
    m_world->press(QStringLiteral("Ctrl+Return"));
    QTRY_VERIFY(!composer().isOpen());
}

void WritingTest::unsavedTextIsAskedAbout()
{
    run("replies.show");
    QTRY_VERIFY(m_world->find<QLineEdit>("savedReplyName"));
    QTest::keyClicks(m_world->find<QLineEdit>("savedReplyName"), QStringLiteral("Half"));
    m_world->widget("savedReplies")->close();
    QVERIFY(m_world->widget("savedReplies")->isVisible());
    QVERIFY(m_world->widget("savedRepliesChoices")->isVisible());
    // It cannot be saved without a text: it stays and says why.
    m_world->widget("savedRepliesChoices")->findChild<QPushButton *>(QStringLiteral("choice0"))->click();
    QTRY_VERIFY(m_world->find<QPushButton>("savedRepliesSave")->isEnabled());
    QVERIFY(m_world->widget("savedReplies")->isVisible());
    QCOMPARE(m_world->find<QLineEdit>("savedReplyName")->text(), QStringLiteral("Half"));
    m_world->widget("savedReplies")->close();
    m_world->widget("savedRepliesChoices")->findChild<QPushButton *>(QStringLiteral("choice1"))->click();
    QTRY_VERIFY(!m_world->widget("savedReplies") || !m_world->widget("savedReplies")->isVisible());
    QVERIFY(m_world->window().roster().savedReplies().isEmpty());
}

void WritingTest::whatIsBeingSavedIsNotAskedAbout()
{
    run("replies.show");
    // With none there the first is made at once.
    QTRY_VERIFY(m_world->find<QLineEdit>("savedReplyName") && m_world->find<QLineEdit>("savedReplyName")->hasFocus());
    m_world->type(QStringLiteral("Thanks"));
    m_world->find<QPlainTextEdit>("savedReplyText")->insertPlainText(QStringLiteral("Thank you!"));
    click("savedRepliesSave");
    m_world->widget("savedReplies")->close();
    QVERIFY(!m_world->widget("savedRepliesChoices")->isVisible());
    QTRY_VERIFY(!m_world->widget("savedReplies") || !m_world->widget("savedReplies")->isVisible());
    QTRY_COMPARE(m_world->window().roster().savedReplies().size(), 1);
}

void WritingTest::removedReplyComesBack()
{
    QVERIFY(m_world->act(Act::KeepSavedReply{{}, QStringLiteral("A"), QStringLiteral("text")}).isApplied());
    QTRY_COMPARE(m_world->window().roster().savedReplies().size(), 1);
    run("replies.show");
    QTRY_COMPARE(m_world->find<QPlainTextEdit>("savedReplyText")->toPlainText(), QStringLiteral("text"));
    click("savedRepliesRemove");
    QTRY_VERIFY(m_world->window().roster().savedReplies().isEmpty());
    QTRY_VERIFY(m_world->widget("savedRepliesChoices")->isVisible());
    m_world->widget("savedRepliesChoices")->findChild<QPushButton *>(QStringLiteral("choice0"))->click();
    QTRY_COMPARE(m_world->window().roster().savedReplies().value(0).text, QStringLiteral("text"));
}

void WritingTest::whatIsChosenWhileAnotherIsRemovedStays()
{
    for (const char *name : {"First", "Second"})
        QVERIFY(m_world->act(Act::KeepSavedReply{{}, QString::fromLatin1(name), QStringLiteral("text")}).isApplied());
    QTRY_COMPARE(m_world->window().roster().savedReplies().size(), 2);
    run("replies.show");
    auto *name = m_world->find<QLineEdit>("savedReplyName");
    QTRY_COMPARE(name->text(), QStringLiteral("First"));
    auto *list = m_world->find<QListWidget>("savedRepliesList");
    HeldAnswer answer(*m_world->widget("savedReplies"));
    click("savedRepliesRemove");
    QTRY_VERIFY(answer.isHeld());
    // Nothing is removed twice.
    QVERIFY(!m_world->find<QPushButton>("savedRepliesRemove")->isEnabled());
    list->setCurrentItem(list->findItems(QStringLiteral("Second"), Qt::MatchExactly).value(0));
    QCOMPARE(name->text(), QStringLiteral("Second"));
    answer.letGo();
    QTRY_COMPARE(list->count(), 1);
    QCOMPARE(name->text(), QStringLiteral("Second"));
    QVERIFY(!name->isReadOnly());
    QTRY_VERIFY(m_world->widget("savedRepliesChoices")->isVisible());
    QVERIFY(m_world->find<QPushButton>("savedRepliesRemove")->isEnabled());
}

void WritingTest::comingToTheListTakesNoUndoAway()
{
    for (const char *name : {"First", "Second"})
        QVERIFY(m_world->act(Act::KeepSavedReply{{}, QString::fromLatin1(name), QStringLiteral("text")}).isApplied());
    QTRY_COMPARE(m_world->window().roster().savedReplies().size(), 2);
    run("replies.show");
    auto *list = m_world->find<QListWidget>("savedRepliesList");
    QTRY_COMPARE(list->currentRow(), 0);
    m_world->widget("savedReplyText")->setFocus();
    click("savedRepliesRemove");
    QTRY_VERIFY(m_world->widget("savedRepliesChoices")->isVisible());
    list->setFocus();
    QTRY_COMPARE(m_world->focus(), list);
    QVERIFY(m_world->widget("savedRepliesChoices")->isVisible());
    QCOMPARE(list->currentRow(), -1);
    // The answer may have been first.
    QTRY_COMPARE(list->count(), 1);
    QTest::keyClick(list, Qt::Key_Down);
    QTRY_COMPARE(m_world->find<QLineEdit>("savedReplyName")->text(), QStringLiteral("Second"));
}

void WritingTest::takenNameIsExplained()
{
    QVERIFY(m_world->act(Act::KeepSavedReply{{}, QStringLiteral("A"), QStringLiteral("text")}).isApplied());
    const Outcome again = m_world->act(Act::KeepSavedReply{{}, QStringLiteral("a"), QStringLiteral("other")});
    QCOMPARE(again.refusal.kind, RefusalKind::notPossible);
    QCOMPARE(again.refusal.detail, QStringLiteral("another one has this name"));
    const MacroId macro = keepMacro("A", "D", {{MacroStepKind::claim, {}}});
    QVERIFY(macro.isValid());
    QCOMPARE(m_world->act(Act::KeepMacro{{}, QStringLiteral("B"), QStringLiteral("d"), {{MacroStepKind::wait, {}}}})
                 .refusal.detail,
             QStringLiteral("another macro has this key"));
}

void WritingTest::twoLeadsDoNotOverwriteEachOther()
{
    const Outcome made = m_world->act(Act::KeepSavedReply{{}, QStringLiteral("Hours"), QStringLiteral("9 to 5")});
    const SavedReplyId id(made.created);
    QTRY_COMPARE(m_world->window().roster().savedReplies().size(), 1);
    const auto stored = [this] { return m_world->window().roster().savedReplies().value(0).text; };
    run("replies.show");
    QTRY_VERIFY(m_world->find<QPlainTextEdit>("savedReplyText"));
    auto *text = m_world->find<QPlainTextEdit>("savedReplyText");
    QCOMPARE(text->toPlainText(), QStringLiteral("9 to 5"));
    // Nothing typed: the form follows.
    QVERIFY(m_world->act(Act::KeepSavedReply{id, QStringLiteral("Hours"), QStringLiteral("9 to 6")}).isApplied());
    QTRY_COMPARE(text->toPlainText(), QStringLiteral("9 to 6"));
    // Something typed: it stays, and the other's is not overwritten without a word.
    text->moveCursor(QTextCursor::End);
    text->insertPlainText(QStringLiteral(", not on Sundays"));
    QVERIFY(m_world->act(Act::KeepSavedReply{id, QStringLiteral("Hours"), QStringLiteral("10 to 6")}).isApplied());
    const auto question = [this] { return m_world->textOf("savedRepliesChoices"); };
    QTRY_VERIFY2(question().contains(QStringLiteral("changed this meanwhile")), qPrintable(question()));
    QCOMPARE(text->toPlainText(), QStringLiteral("9 to 6, not on Sundays"));
    click("savedRepliesSave");
    QTRY_VERIFY(m_world->find<QPushButton>("savedRepliesSave")->isEnabled());
    QTRY_VERIFY2(question().contains(QStringLiteral("changed this meanwhile")), qPrintable(question()));
    QCOMPARE(stored(), QStringLiteral("10 to 6"));
    const auto choose = [this](const char *name) {
        m_world->widget("savedRepliesChoices")->findChild<QPushButton *>(QString::fromLatin1(name))->click();
    };
    choose("choice1");
    QTRY_COMPARE(stored(), QStringLiteral("9 to 6, not on Sundays"));
    QTRY_VERIFY(!m_world->find<QPushButton>("savedRepliesSave")->isEnabled());
    // My own next save is no conflict with mine.
    text->insertPlainText(QStringLiteral("."));
    click("savedRepliesSave");
    QTRY_VERIFY(stored().endsWith(QStringLiteral("Sundays.")));
    text->insertPlainText(QStringLiteral("!"));
    QVERIFY(m_world->act(Act::KeepSavedReply{id, QStringLiteral("Hours"), QStringLiteral("11 to 6")}).isApplied());
    QTRY_VERIFY(question().contains(QStringLiteral("changed this meanwhile")));
    choose("choice0");
    QCOMPARE(text->toPlainText(), QStringLiteral("11 to 6"));
}

void WritingTest::removingAsksAboutUnsavedText()
{
    QVERIFY(m_world->act(Act::KeepSavedReply{{}, QStringLiteral("Hours"), QStringLiteral("9 to 5")}).isApplied());
    QTRY_COMPARE(m_world->window().roster().savedReplies().size(), 1);
    run("replies.show");
    QTRY_VERIFY(m_world->find<QPlainTextEdit>("savedReplyText"));
    m_world->find<QPlainTextEdit>("savedReplyText")->insertPlainText(QStringLiteral("new: "));
    click("savedRepliesRemove");
    QVERIFY2(m_world->textOf("savedRepliesChoices").contains(QStringLiteral("not saved yet")),
             qPrintable(m_world->textOf("savedRepliesChoices")));
    QCOMPARE(m_world->window().roster().savedReplies().size(), 1);
    m_world->widget("savedRepliesChoices")->findChild<QPushButton *>(QStringLiteral("choice1"))->click();
    QTRY_COMPARE(m_world->window().roster().savedReplies().size(), 0);
}

void WritingTest::macroIsMadeAndRunByItsKey()
{
    run("macros.show");
    QTRY_VERIFY(m_world->find<QLineEdit>("macroName"));
    QTest::keyClicks(m_world->find<QLineEdit>("macroName"), QStringLiteral("Hardware"));
    QTest::keyClicks(m_world->find<QLineEdit>("macroKey"), QStringLiteral("h"));
    auto *menu = m_world->find<QToolButton>("macroAdd")->menu();
    menu->findChild<QAction *>(QStringLiteral("macroAdd_claim"))->trigger();
    menu->findChild<QAction *>(QStringLiteral("macroAdd_addTag"))->trigger();
    m_world->find<QComboBox>("macroTag")->setEditText(QStringLiteral("hardware case"));
    menu->findChild<QAction *>(QStringLiteral("macroAdd_setPriority"))->trigger();
    click("macroUp");
    QCOMPARE(m_world->find<QListWidget>("macroSteps")->count(), 3);
    click("macrosSave");
    QTRY_COMPARE(m_world->window().roster().macros().size(), 1);
    const QList<MacroStep> steps = m_world->window().roster().macros().constFirst().steps;
    QCOMPARE(steps, (QList<MacroStep>{{MacroStepKind::claim, {}},
                                      {MacroStepKind::setPriority, QStringLiteral("high")},
                                      {MacroStepKind::addTag, QStringLiteral("hardware case")}}));
    QTRY_VERIFY(!m_world->find<QPushButton>("macrosSave")->isEnabled());
    m_world->widget("macros")->close();

    const ConversationId id = m_world->showMention();
    QVERIFY(id.isValid());
    m_world->press(QStringLiteral("M"));
    QTRY_VERIFY(m_world->widget("macroPickerList") && m_world->focus() == m_world->widget("macroPickerList"));
    m_world->press(QStringLiteral("H"));
    QTRY_COMPARE(m_world->record(id).priority, Priority::high);
    QTRY_VERIFY(m_world->record(id).tags.contains(QStringLiteral("hardware case")));
    QCOMPARE(m_world->record(id).assignee, m_world->desk().me());
    QTRY_VERIFY(bar().contains(QStringLiteral("Hardware")));
}

void WritingTest::macroIsUndoneAsOne()
{
    QVERIFY(keepMacro("All", "A",
                      {{MacroStepKind::claim, {}},
                       {MacroStepKind::addTag, QStringLiteral("once")},
                       {MacroStepKind::setPriority, QStringLiteral("urgent")}})
                .isValid());
    const ConversationId id = m_world->showMention();
    const ConversationRecord before = m_world->record(id);
    m_world->press(QStringLiteral("M"));
    QTRY_VERIFY(m_world->widget("macroPickerList") && m_world->focus() == m_world->widget("macroPickerList"));
    m_world->press(QStringLiteral("A"));
    QTRY_COMPARE(m_world->record(id).priority, Priority::urgent);
    QTRY_VERIFY(m_world->window().commands().action(QStringLiteral("edit.undo"))->isEnabled());
    QTRY_VERIFY(bar().contains(QStringLiteral("All")));
    run("edit.undo");
    QTRY_COMPARE(m_world->record(id).priority, before.priority);
    QTRY_COMPARE(m_world->record(id).tags, before.tags);
    QTRY_COMPARE(m_world->record(id).assignee, before.assignee);
}

void WritingTest::macroOnManyConversations()
{
    QVERIFY(keepMacro("Tag", "T", {{MacroStepKind::addTag, QStringLiteral("many")}}).isValid());
    QVERIFY(m_world->showMention().isValid());
    m_world->press(QStringLiteral("X Shift+J Shift+J"));
    const QSet<ConversationId> marked = [this] {
        QSet<ConversationId> all;
        for (int row = 0; row < m_world->list().rowCount(); ++row) {
            if (m_world->list().isMarked(m_world->list().conversationAt(row)))
                all.insert(m_world->list().conversationAt(row));
        }
        return all;
    }();
    QVERIFY(marked.size() >= 2);
    m_world->press(QStringLiteral("M"));
    QTRY_VERIFY(m_world->widget("macroPickerList") && m_world->focus() == m_world->widget("macroPickerList"));
    m_world->press(QStringLiteral("Return"));
    for (const ConversationId id : marked)
        QTRY_VERIFY(m_world->record(id).tags.contains(QStringLiteral("many")));
}

void WritingTest::macroBeginsAReply()
{
    QVERIFY(keepMacro("Answer", "W",
                      {{MacroStepKind::claim, {}}, {MacroStepKind::reply, QStringLiteral("Dear {name}, thanks")}})
                .isValid());
    const ConversationId id = m_world->showMention();
    m_world->press(QStringLiteral("M"));
    QTRY_VERIFY(m_world->widget("macroPickerList") && m_world->focus() == m_world->widget("macroPickerList"));
    m_world->press(QStringLiteral("W"));
    QTRY_VERIFY(composer().isOpen());
    QCOMPARE(m_world->textOf("composerText"), QStringLiteral("Dear %1, thanks").arg(m_world->record(id).contactName));
    // Nothing went out: a person sends it.
    QVERIFY(m_world->outbox().isEmpty() || m_world->outbox().constLast().conversation != id);
}

void WritingTest::macrosReplyWaitsForItsConversation()
{
    const MacroId id = keepMacro("Answer", "W", {{MacroStepKind::reply, QStringLiteral("Dear {name}, thanks")}});
    QVERIFY(id.isValid());
    const ConversationId conversation = m_world->showMention();
    auto *pane = m_world->window().findChild<ConversationPane *>();
    pane->showConversation(ConversationId());
    pane->showConversation(conversation);
    // It is being read.
    QVERIFY(!pane->record().id.isValid());
    m_world->window().findChild<ConversationActions *>()->runMacro(m_world->window().roster().macros().constFirst());
    QTRY_VERIFY(composer().isOpen());
    QCOMPARE(m_world->textOf("composerText"),
             QStringLiteral("Dear %1, thanks").arg(m_world->record(conversation).contactName));
}

void WritingTest::macrosReplyOutlastsALeave()
{
    QVERIFY(keepMacro("Answer", "W", {{MacroStepKind::reply, QStringLiteral("Dear {name}, thanks")}}).isValid());
    const ConversationId conversation = m_world->showMention();
    auto *pane = m_world->window().findChild<ConversationPane *>();
    auto *actions = m_world->window().findChild<ConversationActions *>();
    pane->showConversation(ConversationId());
    pane->showConversation(conversation);
    QVERIFY(!pane->record().id.isValid());
    actions->runMacro(m_world->window().roster().macros().constFirst());
    actions->runMacro(m_world->window().roster().macros().constFirst());
    // Left before it was there.
    pane->showConversation(ConversationId());
    QVERIFY2(bar().contains(QStringLiteral("begins when you come back")), qPrintable(bar()));
    pane->showConversation(conversation);
    QTRY_VERIFY(composer().isOpen());
    const QString once = QStringLiteral("Dear %1, thanks").arg(m_world->record(conversation).contactName);
    QCOMPARE(m_world->textOf("composerText"), QString(once + QStringLiteral("\n\n") + once));
}

void WritingTest::replyThatCannotBeWrittenSaysSo()
{
    const Roster &roster = m_world->window().roster();
    const ConversationId id = m_world->show([&roster](const ConversationRecord &record) {
        const ChannelRecord *channel = roster.channel(record.channel);
        return channel && !channel->capabilities.canReply;
    });
    QVERIFY(id.isValid());
    auto *pane = m_world->window().findChild<ConversationPane *>();
    pane->showConversation(ConversationId());
    pane->showConversation(id);
    QVERIFY(!pane->record().id.isValid());
    pane->beginReply(QStringLiteral("Hello"));
    pane->showConversation(ConversationId());
    QTRY_VERIFY2(bar().contains(QStringLiteral("can only be read")), qPrintable(bar()));
    QVERIFY(m_world->desk().flushPersonal().result());
    const auto drafts = m_world->desk().workspace().readNow<QList<DraftRecord>>(
        [this, id](Database &database) { return loadDrafts(database, m_world->desk().me(), id); });
    QVERIFY(drafts && drafts->isEmpty());
    pane->showConversation(id);
    QTRY_COMPARE(pane->record().id, id);
    QVERIFY(!composer().isOpen());
}

/// What was promised is a draft like others.
void WritingTest::macrosReplyOutlastsTheProgram()
{
    QVERIFY(keepMacro("Answer", "W", {{MacroStepKind::reply, QStringLiteral("Dear {name}, thanks")}}).isValid());
    const ConversationId conversation = m_world->showMention();
    m_world->press(QStringLiteral("R"));
    QTRY_VERIFY(composer().isOpen());
    m_world->type(QStringLiteral("Begun"));
    QVERIFY(m_world->desk().flushPersonal().result());
    m_world->reopen();
    QTRY_VERIFY(m_world->isReady() && !m_world->window().roster().macros().isEmpty());
    auto *pane = m_world->window().findChild<ConversationPane *>();
    pane->showConversation(ConversationId());
    pane->showConversation(conversation);
    QVERIFY(!pane->record().id.isValid());
    m_world->window().findChild<ConversationActions *>()->runMacro(m_world->window().roster().macros().constFirst());
    pane->showConversation(ConversationId());
    QVERIFY2(bar().contains(QStringLiteral("begins when you come back")), qPrintable(bar()));
    const QString whole = QStringLiteral("Begun\n\nDear %1, thanks").arg(m_world->record(conversation).contactName);
    const auto kept = [this, conversation] {
        if (!m_world->desk().flushPersonal().result())
            return QString();
        return m_world->desk()
            .workspace()
            .readNow<QList<DraftRecord>>([this, conversation](Database &database) {
                return loadDrafts(database, m_world->desk().me(), conversation);
            })
            .value()
            .value(0)
            .text;
    };
    QTRY_COMPARE(kept(), whole);
    m_world->reopen();
    QTRY_VERIFY(m_world->isReady());
    QCOMPARE(m_world->show([conversation](const ConversationRecord &one) { return one.id == conversation; }),
             conversation);
    m_world->press(QStringLiteral("R"));
    QTRY_COMPARE(m_world->textOf("composerText"), whole);
}

void WritingTest::macrosReplyTakesNoWordAway()
{
    QVERIFY(keepMacro("Answer", "W", {{MacroStepKind::reply, QStringLiteral("Thanks")}}).isValid());
    QVERIFY(m_world->showMention().isValid());
    m_world->press(QStringLiteral("R"));
    QTRY_VERIFY(composer().isOpen());
    m_world->type(QStringLiteral("My own words"));
    m_world->press(QStringLiteral("Home"));
    m_world->window().findChild<ConversationActions *>()->runMacro(m_world->window().roster().macros().constFirst());
    QCOMPARE(m_world->textOf("composerText"), QStringLiteral("My own words\n\nThanks"));
    QVERIFY2(bar().contains(QStringLiteral("stands below")), qPrintable(bar()));
    // One step back is the text as it was.
    m_world->press(QStringLiteral("Ctrl+Z"));
    QCOMPARE(m_world->textOf("composerText"), QStringLiteral("My own words"));
}

void WritingTest::macroThatRepliesNeedsAChannelThatCan()
{
    QVERIFY(keepMacro(
                "Answer", "W",
                {{MacroStepKind::addTag, QStringLiteral("answered")}, {MacroStepKind::reply, QStringLiteral("Hello")}})
                .isValid());
    const Roster &roster = m_world->window().roster();
    const ConversationId id = m_world->show([&roster](const ConversationRecord &record) {
        const ChannelRecord *channel = roster.channel(record.channel);
        return channel && !channel->capabilities.canReply;
    });
    QVERIFY(id.isValid());
    m_world->window().findChild<ConversationActions *>()->runMacro(roster.macros().constFirst());
    QTRY_VERIFY2(bar().contains(QStringLiteral("can only be read")), qPrintable(bar()));
    // All of the macro is refused, not only its reply.
    QVERIFY2(bar().contains(QStringLiteral("Answer")), qPrintable(bar()));
    QVERIFY(!composer().isOpen());
    QVERIFY(!m_world->record(id).tags.contains(QStringLiteral("answered")));
}

void WritingTest::macrosAreCommands()
{
    const MacroId macro = keepMacro("Escalate", "", {{MacroStepKind::setPriority, QStringLiteral("urgent")}});
    const QString id = QStringLiteral("macro.run.%1").arg(macro.value);
    QTRY_VERIFY(m_world->window().commands().find(id));
    const ConversationId shown = m_world->showMention();
    QTRY_VERIFY(m_world->window().commands().matching(QStringLiteral("escal"), 5).contains(id));
    m_world->window().commands().setKeys(id, {QStringLiteral("Q"), {}});
    m_world->press(QStringLiteral("Q"));
    QTRY_COMPARE(m_world->record(shown).priority, Priority::urgent);
    QVERIFY(m_world->act(Act::RemoveMacro{macro}).isApplied());
    QTRY_VERIFY(!m_world->window().commands().find(id));
}

void WritingTest::agentsOnlyRead()
{
    QVERIFY(m_world->act(Act::KeepSavedReply{{}, QStringLiteral("A"), QStringLiteral("text")}).isApplied());
    const Outcome other = m_world->act(Act::AddAgent{QStringLiteral("Boss"), Role::admin});
    QVERIFY(other.isApplied());
    QVERIFY(m_world->act(Act::EditAgent{m_world->desk().me(), {}, Role::agent, {}}).isApplied());
    QTRY_VERIFY(!m_world->window().roster().isLead());
    run("replies.show");
    QTRY_COMPARE(m_world->find<QListWidget>("savedRepliesList")->count(), 1);
    QVERIFY(m_world->find<QLineEdit>("savedReplyName")->isReadOnly());
    QVERIFY(!m_world->find<QPushButton>("savedRepliesNew")->isEnabled());
    QVERIFY(m_world->textOf("savedRepliesHint").contains(QStringLiteral("leads")));
}

void WritingTest::shortcutsAreChangedFromTheMenu()
{
    run("keys.change");
    QTRY_VERIFY(m_world->widget("shortcutsDialog") && m_world->widget("shortcutsDialog")->isVisible());
    m_world->find<QAbstractButton>("shortcutsSingle")->click();
    m_world->widget("shortcutsDialog")->close();
    QVERIFY(m_world->showMention().isValid());
    m_world->press(QStringLiteral("N"));
    QVERIFY(!composer().isOpen());
    m_world->reopen();
    QTRY_VERIFY(m_world->isReady());
    QVERIFY(m_world->showMention().isValid());
    m_world->press(QStringLiteral("N"));
    QVERIFY(!composer().isOpen());
    run("keys.on");
    m_world->press(QStringLiteral("N"));
    QTRY_VERIFY(composer().isOpen());
}

void WritingTest::macroKeyIsReadByItsPlace()
{
    run("macros.show");
    QTRY_VERIFY(m_world->find<QLineEdit>("macroKey"));
    auto *field = m_world->find<QLineEdit>("macroKey");
    QTRY_VERIFY(field->isEnabled());
    // Russian: the key of E types another letter.
    QKeyEvent key(QEvent::KeyPress, 0x0423, Qt::NoModifier, 26, 0, 0, QString(QChar(0x0443)));
    QCoreApplication::sendEvent(field, &key);
    QCOMPARE(field->text(), QStringLiteral("E"));
}

QTEST_MAIN(WritingTest)
#include "tst_writing.moc"
