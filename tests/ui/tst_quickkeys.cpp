// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/heldanswer.h"
#include "tests/ui/windowworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/afterdeed.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/messagebar.h"

#include <QApplication>
#include <QKeySequence>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTest>
#include <QWindow>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// Who is quicker than the program: each key does what it means to who saw the screen as it was pressed, or it is said
/// that it did not. It comes so many turns of the event loop after the one before.
class QuickKeysTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void isToldWhatCannotBeDoneByItsShortcut();
    void tagAfterClaiming_data() { addTurns(); }
    void tagAfterClaiming();
    void priorityAfterClaiming_data() { addTurns(); }
    void priorityAfterClaiming();
    void resolvedTwice_data() { addTurns(); }
    void resolvedTwice();
    void markedOnesResolvedTwice_data() { addTurns(); }
    void markedOnesResolvedTwice();
    void namesAColleague_data() { addTurns(); }
    void namesAColleague();
    void writesBeforeItIsRead_data() { addTurns(); }
    void writesBeforeItIsRead();
    void goesOnWhileSending_data() { addTurns(); }
    void goesOnWhileSending();
    void keysWorkWhileItLoads();
    void doneAtOnceAfterAnEditorThatCameLate();
    void lastOnesAreLeft();
    void nothingGoesIntoADialogOfSomethingElse();
    void cleanupTestCase() { m_world.reset(); }

private:
    void addTurns();
    /// One who wrote just now is shown.
    [[nodiscard]] ConversationId showNew();
    /// Without waiting for anything but these turns, and so that a dialog that comes has the keyboard at once.
    void press(const QString &keys, int turns);
    [[nodiscard]] ConversationPane &pane() const { return *m_world->window().findChild<ConversationPane *>(); }
    [[nodiscard]] bool isSaid(const QString &words) const { return m_world->textOf("messageBar").contains(words); }

    std::unique_ptr<WindowWorld> m_world;
    int m_written = 0;
};

void QuickKeysTest::initTestCase()
{
    AfterDeed::choose(AfterDeed::Step::next);
    m_world = std::make_unique<WindowWorld>(40);
    QTRY_VERIFY(m_world->isReady());
}

/// No row is current, and nothing is said.
void QuickKeysTest::init()
{
    if (QWidget *dialog = QApplication::activeModalWidget())
        dialog->close();
    QTRY_VERIFY(!QApplication::activeModalWidget());
    m_world->window().activateWindow();
    QTRY_VERIFY(m_world->focus());
    m_world->widget("conversations")->setFocus();
    m_world->press(u"Esc"_s);
    m_world->window().findChild<MessageBar *>()->clear();
    QVERIFY(m_world->focus());
}

ConversationId QuickKeysTest::showNew()
{
    const QString name = u"Quick %1"_s.arg(++m_written);
    m_world->write(name, u"@acme my ThinkTower 9 makes a strange noise"_s);
    ConversationListModel &list = m_world->list();
    const auto isIt = [&name](const ConversationRecord &one) { return one.contactName == name; };
    const auto isThere = [&] {
        const ConversationRecord *first = list.rowCount() > 0 ? list.record(list.conversationAt(0)) : nullptr;
        return first && isIt(*first);
    };
    return QTest::qWaitFor(isThere) ? m_world->show(isIt) : ConversationId();
}

void QuickKeysTest::addTurns()
{
    QTest::addColumn<int>("turns");
    for (const int turns : {0, 1, 2, 4, 8, 16})
        QTest::addRow("%d turns", turns) << turns;
}

void QuickKeysTest::press(const QString &keys, int turns)
{
    bool isFirst = true;
    for (const QString &key : keys.split(QLatin1Char(' '))) {
        for (int i = 0; i < turns && !isFirst; ++i)
            QCoreApplication::processEvents();
        isFirst = false;
        // As they come from the system: to the window first.
        QVERIFY(m_world->focus());
        const QKeyCombination known = QKeySequence::fromString(key)[0];
        const bool isLetter = key.section(QLatin1Char('+'), -1).size() == 1;
        const bool isShifted = known.keyboardModifiers() & Qt::ShiftModifier;
        const QString text = isLetter ? isShifted ? key.right(1).toUpper() : key.right(1).toLower() : u"\r"_s;
        QTest::sendKeyEvent(QTest::Click, m_world->focus()->window()->windowHandle(), known.key(), text,
                            known.keyboardModifiers());
    }
}

void QuickKeysTest::tagAfterClaiming()
{
    QFETCH(const int, turns);
    const ConversationId id = showNew();
    QVERIFY(id.isValid());
    press(u"Shift+A T n o i s y Return"_s, turns);
    QTRY_COMPARE(m_world->record(id).assignee, m_world->desk().me());
    QTRY_VERIFY(m_world->focus() && m_world->record(id).tags.contains(u"noisy"_s));
    QVERIFY(!m_world->widget("composer")->isVisible());
}

void QuickKeysTest::priorityAfterClaiming()
{
    QFETCH(const int, turns);
    const ConversationId id = showNew();
    QVERIFY(id.isValid());
    press(u"Shift+A P u r g Return"_s, turns);
    QTRY_VERIFY(m_world->focus() && m_world->record(id).priority == Priority::urgent);
    QCOMPARE(m_world->record(id).assignee, m_world->desk().me());
}

void QuickKeysTest::resolvedTwice()
{
    QFETCH(const int, turns);
    const ConversationId first = showNew();
    QVERIFY(first.isValid());
    press(u"E"_s, turns);
    for (int i = 0; i < turns; ++i)
        QCoreApplication::processEvents();
    const ConversationId seen = m_world->shown();
    press(u"E"_s, turns);
    QTRY_COMPARE(m_world->record(first).status, Status::resolved);
    QTRY_VERIFY(m_world->shown() != first);
    if (seen == first) {
        QTRY_VERIFY2(isSaid(u"was not done"_s), qPrintable(m_world->textOf("messageBar")));
        QCOMPARE(m_world->record(m_world->shown()).status, Status::open);
        // What was done can still be undone there.
        QVERIFY(m_world->widget("messageBarButton")->isVisible());
    } else {
        QTRY_COMPARE(m_world->record(seen).status, Status::resolved);
    }
}

void QuickKeysTest::markedOnesResolvedTwice()
{
    QFETCH(const int, turns);
    m_world->write({u"One"_s, u"Another"_s}, u"@acme it makes a strange noise"_s);
    const ConversationId shown = showNew();
    QVERIFY(shown.isValid());
    press(u"J X Shift+J"_s, 3);
    QCOMPARE(m_world->list().markedCount(), 2);
    const QList<ConversationRecord> marked = m_world->list().marked();
    // Another one is before the eyes than those that are marked.
    press(u"K K"_s, 3);
    QTRY_COMPARE(m_world->shown(), shown);
    press(u"E"_s, turns);
    for (int i = 0; i < turns; ++i)
        QCoreApplication::processEvents();
    const bool isOfMarked = m_world->list().markedCount() == 2;
    press(u"E"_s, turns);
    for (const ConversationRecord &one : marked)
        QTRY_COMPARE(m_world->record(one.id).status, Status::resolved);
    if (isOfMarked) {
        QTRY_VERIFY2(isSaid(u"was not done"_s), qPrintable(m_world->textOf("messageBar")));
        QCOMPARE(m_world->record(shown).status, Status::open);
    } else {
        QTRY_COMPARE(m_world->record(shown).status, Status::resolved);
    }
}

void QuickKeysTest::namesAColleague()
{
    QFETCH(const int, turns);
    const ConversationId id = showNew();
    QVERIFY(id.isValid());
    press(u"A k i m Return"_s, turns);
    QTRY_VERIFY(m_world->focus() && m_world->record(id).assignee.isValid());
    QCOMPARE(m_world->window().roster().agentName(m_world->record(id).assignee), u"Kim"_s);
    QVERIFY(!m_world->widget("composer")->isVisible());
}

void QuickKeysTest::writesBeforeItIsRead()
{
    QFETCH(const int, turns);
    QVERIFY(showNew().isValid());
    press(u"J R e m a j"_s, turns);
    const ConversationId id = m_world->shown();
    QTRY_COMPARE(m_world->textOf("composerText"), u"emaj"_s);
    QCOMPARE(m_world->shown(), id);
    QCOMPARE(m_world->record(id).status, Status::open);
}

void QuickKeysTest::goesOnWhileSending()
{
    QFETCH(const int, turns);
    const ConversationId id = showNew();
    QVERIFY(id.isValid());
    m_world->press(u"R"_s);
    QTRY_VERIFY(m_world->widget("composerText")->hasFocus());
    m_world->type(u"Thank you"_s);
    press(u"Ctrl+Shift+Return"_s, turns);
    for (int i = 0; i < turns; ++i)
        QCoreApplication::processEvents();
    const ConversationId seen = m_world->shown();
    press(u"P"_s, turns);
    QTRY_COMPARE(m_world->record(id).status, Status::resolved);
    QTRY_VERIFY(m_world->shown() != id);
    if (seen == id)
        QTRY_VERIFY2(isSaid(u"was not done"_s), qPrintable(m_world->textOf("messageBar")));
    else
        QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->isVisible());
}

/// The timeline gives its place to "Loading…" then, and the keyboard with it.
void QuickKeysTest::keysWorkWhileItLoads()
{
    QVERIFY(showNew().isValid());
    m_world->press(u"Return"_s);
    QTRY_VERIFY(m_world->widget("timeline")->hasFocus());
    // Not what is still read of this one.
    QTest::qWait(200);
    HeldAnswer reading(pane());
    m_world->press(u"J"_s);
    QTRY_COMPARE(m_world->textOf("conversationState"), u"Loading…"_s);
    QVERIFY(!m_world->widget("timeline")->hasFocus());
    const ConversationId loading = m_world->shown();
    m_world->press(u"J"_s);
    QVERIFY(m_world->shown() != loading);
    QTRY_COMPARE(pane().record().id, m_world->shown());
    QVERIFY(m_world->widget("timeline")->hasFocus());
}

/// The letters that were held back for it are nothing that the next key has to wait for.
void QuickKeysTest::doneAtOnceAfterAnEditorThatCameLate()
{
    QVERIFY(showNew().isValid());
    press(u"J R"_s, 0);
    QTRY_VERIFY(m_world->widget("composerText")->hasFocus());
    const ConversationId id = m_world->shown();
    m_world->type(u"Thank you"_s);
    m_world->press(u"Ctrl+Shift+Return"_s);
    QTRY_VERIFY(m_world->shown() != id && pane().record().id == m_world->shown());
    const ConversationId next = m_world->shown();
    QTRY_VERIFY(!m_world->widget("composer")->isVisible());
    m_world->press(u"E"_s);
    QTRY_COMPARE(m_world->record(next).status, Status::resolved);
}

void QuickKeysTest::isToldWhatCannotBeDoneByItsShortcut()
{
    QTRY_VERIFY(m_world->widget("conversations")->hasFocus());
    QVERIFY(!m_world->shown().isValid());
    m_world->press(u"Ctrl+F"_s);
    QTRY_VERIFY2(isSaid(u"Choose a conversation first."_s), qPrintable(m_world->textOf("messageBar")));
}

/// Also where the one before is just leaving the list.
void QuickKeysTest::lastOnesAreLeft()
{
    for (int row = m_world->list().rowCount() - 1; row >= 0; --row) {
        const Act::SetStatus done{m_world->list().conversationAt(row), Status::resolved, Reason::noAnswerNeeded, {}};
        QVERIFY(m_world->act(done).isApplied());
    }
    QTRY_COMPARE(m_world->list().rowCount(), 0);
    QVERIFY(showNew().isValid());
    m_world->press(u"Esc"_s);
    const ConversationId first = showNew();
    QCOMPARE(m_world->list().rowCount(), 2);
    m_world->press(u"E"_s);
    QVERIFY(QTest::qWaitFor([&] { return m_world->shown() != first; }));
    m_world->press(u"E"_s);
    QTRY_COMPARE(m_world->list().rowCount(), 0);
    QVERIFY(!m_world->shown().isValid());
}

/// A letter there would be a word, or choose something.
void QuickKeysTest::nothingGoesIntoADialogOfSomethingElse()
{
    QVERIFY(showNew().isValid());
    press(u"Shift+A Shift+A"_s, 0);
    QVERIFY(m_world->window().commands().trigger(u"view.new"_s));
    QTRY_VERIFY(m_world->widget("viewName") && m_world->widget("viewName")->hasFocus());
    // Longer than keys wait.
    QTest::qWait(1500);
    QCOMPARE(m_world->find<QLineEdit>("viewName")->text(), QString());
}

QTEST_MAIN(QuickKeysTest)
#include "tst_quickkeys.moc"
