// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/bykeys.h"
#include "ui/shell/roster.h"

#include <QPlainTextEdit>
#include <QTest>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// Saved replies and macros, kept and used without a pointer.
class OwnWordsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void savedReplyIsKeptAndUsed();
    void savedReplyIsChangedAndRemoved();
    void halfOfOneIsNotLost();
    void macroIsKeptAndRun();
    void macroIsMendedAndTakenAway();

private:
    void press(const QString &keys) { m_keys->press(keys); }
    [[nodiscard]] const Roster &roster() const { return m_world->window().roster(); }
    /// The window of these, with its form ready for a first one.
    void open(const QString &command, const char *field)
    {
        m_keys->run(command);
        QTRY_VERIFY2(m_keys->has(field), qPrintable(ByKeys::nameOf(m_world->focus())));
    }
    void leave()
    {
        press(u"Esc"_s);
        QTRY_VERIFY(!m_keys->dialog());
        QTRY_VERIFY2(m_keys->has("conversations"), qPrintable(ByKeys::nameOf(m_world->focus())));
    }
    [[nodiscard]] QString composed() const { return m_world->find<QPlainTextEdit>("composerText")->toPlainText(); }

    std::unique_ptr<WindowWorld> m_world;
    std::unique_ptr<ByKeys> m_keys;
};

void OwnWordsTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    m_keys = std::make_unique<ByKeys>(*m_world);
    QTRY_VERIFY(m_world->isReady());
    QTRY_VERIFY(m_keys->has("conversations"));
}

void OwnWordsTest::savedReplyIsKeptAndUsed()
{
    open(u"Saved replies…"_s, "savedReplyName");
    m_world->type(u"Thanks"_s);
    press(u"Alt+T"_s);
    QVERIFY(m_keys->has("savedReplyText"));
    m_world->type(u"Hello "_s);
    m_keys->tabTo("savedReplyInsert");
    m_keys->chooseInMenu(u"The contact's first name"_s);
    QTRY_VERIFY(m_keys->has("savedReplyText"));
    m_world->type(u", we send {part} today."_s);
    m_keys->tabTo("savedRepliesSave");
    press(u"Space"_s);
    QTRY_COMPARE(roster().savedReplies().size(), 1);
    QCOMPARE(roster().savedReplies().constFirst().name, u"Thanks"_s);
    QCOMPARE(roster().savedReplies().constFirst().text, u"Hello {first name}, we send {part} today."_s);
    // Whoever has saved it is in the form, not nowhere.
    QTRY_VERIFY2(m_keys->has("savedReplyName"), qPrintable(ByKeys::nameOf(m_world->focus())));
    leave();

    const ConversationId id = m_world->showMention();
    QVERIFY(id.isValid());
    press(u"R"_s);
    QTRY_VERIFY(m_keys->has("composerText"));
    m_world->type(u";tha"_s);
    QTRY_VERIFY(m_world->widget("savedReplyCompletion")->isVisible());
    press(u"Return"_s);
    m_world->type(u"a lamp"_s);
    const QString wanted = u", we send a lamp today."_s;
    QVERIFY2(composed().contains(wanted) && !composed().contains(u'{'), qPrintable(composed()));
    press(u"Ctrl+Return"_s);
    QTRY_VERIFY(m_world->messages(id).constLast().text.endsWith(wanted));
    QCOMPARE(m_world->messages(id).constLast().kind, MessageKind::reply);
    QTRY_VERIFY(!m_world->widget("composer")->isVisible() && m_keys->isInWindow());
}

void OwnWordsTest::savedReplyIsChangedAndRemoved()
{
    for (const auto &[name, text] : {std::pair(u"Hours"_s, u"From 9"_s), std::pair(u"Parts"_s, u"In stock"_s)})
        QVERIFY(m_world->act(Act::KeepSavedReply{{}, name, text}).isApplied());
    QTRY_COMPARE(roster().savedReplies().size(), 2);
    open(u"Saved replies…"_s, "savedRepliesList");
    m_keys->goTo(u"Parts"_s);
    m_keys->tabTo("savedReplyText");
    press(u"Ctrl+End"_s);
    m_world->type(u" again"_s);
    m_keys->tabTo("savedRepliesSave");
    press(u"Space"_s);
    QTRY_COMPARE(roster().savedReplies().constLast().text, u"In stock again"_s);
    m_keys->backTabTo("savedRepliesList");
    m_keys->goTo(u"Hours"_s);
    m_keys->tabTo("savedRepliesRemove");
    press(u"Space"_s);
    QTRY_COMPARE(roster().savedReplies().size(), 1);
    QCOMPARE(roster().savedReplies().constFirst().name, u"Parts"_s);
    // What takes it back is on the way of Tab.
    QTRY_VERIFY(m_world->widget("savedRepliesChoices")->isVisible());
    m_keys->tabTo("choice0");
    press(u"Space"_s);
    QTRY_COMPARE(roster().savedReplies().size(), 2);
    QTRY_VERIFY(m_world->focus() && m_world->focus()->isVisible());
    leave();
}

/// Escape asks, and what it asks is answered by keys.
void OwnWordsTest::halfOfOneIsNotLost()
{
    open(u"Saved replies…"_s, "savedReplyName");
    m_world->type(u"Thanks"_s);
    press(u"Alt+T"_s);
    m_world->type(u"Thank you!"_s);
    press(u"Esc"_s);
    QTRY_VERIFY(m_world->textOf("savedRepliesChoices").contains(u"not saved yet"_s));
    QVERIFY(m_keys->dialog());
    m_keys->tabTo("choice0");
    press(u"Return"_s);
    QTRY_COMPARE(roster().savedReplies().size(), 1);
    QCOMPARE(roster().savedReplies().constFirst().text, u"Thank you!"_s);
    QTRY_VERIFY(!m_keys->dialog());
    QTRY_VERIFY2(m_keys->has("conversations"), qPrintable(ByKeys::nameOf(m_world->focus())));
}

void OwnWordsTest::macroIsKeptAndRun()
{
    open(u"Macros…"_s, "macroName");
    m_world->type(u"Hardware"_s);
    press(u"Tab"_s);
    QVERIFY(m_keys->has("macroKey"));
    m_world->type(u"h"_s);
    m_keys->tabTo("macroAdd");
    m_keys->chooseInMenu(u"Assign to me"_s);
    m_keys->tabTo("macroAdd");
    m_keys->chooseInMenu(u"Add a tag"_s);
    QTRY_VERIFY2(m_keys->has("macroTag"), qPrintable(ByKeys::nameOf(m_world->focus())));
    press(u"Ctrl+A"_s);
    m_world->type(u"hardware case"_s);
    m_keys->backTabTo("macroAdd");
    m_keys->chooseInMenu(u"Set the priority"_s);
    QTRY_VERIFY2(m_keys->has("macroChoice"), qPrintable(ByKeys::nameOf(m_world->focus())));
    m_keys->goTo(u"urgent"_s);
    m_keys->backTabTo("macroUp");
    press(u"Space"_s);
    m_keys->tabTo("macrosSave");
    press(u"Return"_s);
    QTRY_COMPARE(roster().macros().size(), 1);
    const MacroRecord &made = roster().macros().constFirst();
    QCOMPARE(made.name, u"Hardware"_s);
    QCOMPARE(made.key, u"H"_s);
    QCOMPARE(made.steps, (QList<MacroStep>{{MacroStepKind::claim, {}},
                                           {MacroStepKind::setPriority, u"urgent"_s},
                                           {MacroStepKind::addTag, u"hardware case"_s}}));
    leave();

    const ConversationId id = m_world->showMention();
    QVERIFY(id.isValid());
    press(u"M"_s);
    QTRY_VERIFY(m_keys->has("macroPickerList"));
    press(u"H"_s);
    QTRY_COMPARE(m_world->record(id).priority, Priority::urgent);
    QTRY_VERIFY(m_world->record(id).tags.contains(u"hardware case"_s));
    QCOMPARE(m_world->record(id).assignee, m_world->desk().me());
    QTRY_VERIFY2(m_keys->has("conversations"), qPrintable(ByKeys::nameOf(m_world->focus())));
}

void OwnWordsTest::macroIsMendedAndTakenAway()
{
    QVERIFY(m_world->act(Act::KeepMacro{{}, u"Soon"_s, u"S"_s, {{MacroStepKind::claim, {}}, {MacroStepKind::wait, {}}}})
                .isApplied());
    QTRY_COMPARE(roster().macros().size(), 1);
    open(u"Macros…"_s, "macrosList");
    m_keys->tabTo("macroSteps");
    press(u"End"_s);
    m_keys->tabTo("macroDrop");
    press(u"Space"_s);
    QTRY_VERIFY(m_world->focus() && m_world->focus()->isEnabled());
    m_keys->tabTo("macrosSave");
    press(u"Space"_s);
    QTRY_COMPARE(roster().macros().constFirst().steps, (QList<MacroStep>{{MacroStepKind::claim, {}}}));
    m_keys->backTabTo("macrosRemove");
    press(u"Space"_s);
    QTRY_VERIFY(roster().macros().isEmpty());
    leave();
}

QTEST_MAIN(OwnWordsTest)
#include "tst_ownwords.moc"
