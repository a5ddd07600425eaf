// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/afterdeed.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/inbox/snoozetimes.h"
#include "ui/shell/roster.h"

#include <QAbstractItemModel>
#include <QAbstractItemView>
#include <QApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTableWidget>
#include <QTest>

using namespace Earshot;

/// What keys do in the window that depends on where the keyboard is, on the hour or on what was written.
class KeyboardTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void menusOpenByTheKeyboard();
    void enterOfTheKeypadOpens();
    void resolvedAfterOurAnswerIsAnswered();
    void digitsFollowTheChangedKeys();
    void keysOfWritingAreCommands();
    void keysOfPlacesAreOnTheSheet();
    void questionMarkShowsTheSheet();
    void whatCannotBeDoneSaysWhy();
    void changedKeySends();
    void keysOfWritingAreForWhoWrites();
    void whatHasOneOrderOffersNoOther();
    void lettersLeadToNoRow_data();
    void lettersLeadToNoRow();
    void markIsForWhatIsShown();
    void stepsPassWhatHasLeft();
    void shiftMarksUpwardsToo();
    void placeIsOfWhatStays();
    void allInTheComposerIsItsText();
    void snoozeTimesAreAhead_data();
    void snoozeTimesAreAhead();

private:
    [[nodiscard]] ConversationId at(int row) const { return m_world->list().conversationAt(row); }
    /// It stays in the list, greyed.
    void giveToKim(ConversationId id)
    {
        QVERIFY(m_world->act(Act::Assign{id, AgentId(2)}).isApplied());
        QTRY_VERIFY(
            m_world->list().index(m_world->list().rowOf(id)).data(int(ConversationListModel::Role::hasLeft)).toBool());
    }

    std::unique_ptr<WindowWorld> m_world;
};

void KeyboardTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    AfterDeed::choose(AfterDeed::Step::next);
    QTRY_VERIFY(m_world->isReady());
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
}

/// Also where there is no key for it.
void KeyboardTest::menusOpenByTheKeyboard()
{
    const ConversationId id = m_world->showMention();
    const auto menu = [] { return qobject_cast<QMenu *>(QApplication::activePopupWidget()); };
    for (const char *pane : {"conversations", "views"}) {
        m_world->widget(pane)->setFocus();
        QTRY_COMPARE(m_world->focus(), m_world->widget(pane));
        m_world->press(QStringLiteral("Shift+F10"));
        QTRY_VERIFY2(menu(), pane);
        QVERIFY(!menu()->actions().isEmpty());
        menu()->close();
        QTRY_VERIFY(!menu());
    }
    QCOMPARE(m_world->shown(), id);
    m_world->widget("conversations")->setFocus();
    m_world->press(QStringLiteral("Return"));
    auto *timeline = &m_world->window().findChild<ConversationPane *>()->timeline();
    QTRY_COMPARE(m_world->focus(), timeline);
    m_world->press(QStringLiteral("Shift+F10"));
    QTRY_VERIFY(menu());
    QCOMPARE(menu()->objectName(), QStringLiteral("messageMenu"));
    menu()->close();
}

void KeyboardTest::enterOfTheKeypadOpens()
{
    QVERIFY(m_world->showMention().isValid());
    QTest::keyClick(m_world->focus(), Qt::Key_Enter, Qt::KeypadModifier);
    QTRY_VERIFY(m_world->widget("conversationPane")->isAncestorOf(m_world->focus()));
}

/// Also where a digit is typed with Shift, and is known by its place only.
void KeyboardTest::digitsFollowTheChangedKeys()
{
    CommandRegistry &commands = m_world->window().commands();
    const auto pressSecond = [this] {
        const quint32 second = 11; // of X11 and Wayland: the place of 2
        QKeyEvent key(QEvent::KeyPress, Qt::Key_Eacute, Qt::ControlModifier, second, 0, 0);
        QApplication::sendEvent(&m_world->window(), &key);
    };
    m_world->press(QStringLiteral("Ctrl+8"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Everything"));
    pressSecond();
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Unassigned"));
    const QKeySequence two(Qt::CTRL | Qt::Key_2);
    commands.setKeys(QStringLiteral("go.mine"), {{}, two});
    pressSecond();
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Mine"));
    commands.setKeys(QStringLiteral("go.mine"), {});
    m_world->press(QStringLiteral("Ctrl+8"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Everything"));
    pressSecond();
    m_world->press(QStringLiteral("Ctrl+2"));
    QCOMPARE(m_world->list().query().view, View::all);
    commands.resetKeys();
}

void KeyboardTest::questionMarkShowsTheSheet()
{
    m_world->press(QStringLiteral("?"));
    QTRY_VERIFY(m_world->widget("cheatSheet") && m_world->widget("cheatSheet")->isVisible());
    const auto *sheet = m_world->find<QTableWidget>("cheatSheetTable");
    QVERIFY(sheet->rowCount() > 0);
    // No command is cut off.
    for (int row = 0; row < sheet->rowCount(); ++row) {
        const QString text = sheet->item(row, 1)->text();
        QTRY_VERIFY2(sheet->fontMetrics().horizontalAdvance(text) < sheet->columnWidth(1), qUtf8Printable(text));
    }
}

/// What is no command, as it means something in one place only.
void KeyboardTest::keysOfPlacesAreOnTheSheet()
{
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("help.keys")));
    const auto *sheet = m_world->find<QTableWidget>("cheatSheetTable");
    QVERIFY(sheet);
    const auto keyOf = [sheet](const QString &text) {
        const QList<QTableWidgetItem *> rows = sheet->findItems(text, Qt::MatchExactly);
        return rows.size() == 1 ? sheet->item(rows.constFirst()->row(), 0)->text() : QString();
    };
    QCOMPARE(keyOf(QStringLiteral("List: go into the conversation")), QStringLiteral("Enter"));
    QCOMPARE(keyOf(QStringLiteral("Everywhere: back to the list")), QStringLiteral("Esc"));
    QCOMPARE(keyOf(QStringLiteral("Conversation: previous or next message")), QStringLiteral("Up · Down"));
    QCOMPARE(keyOf(QStringLiteral("Views: edit the view")), QStringLiteral("F2"));
    QCOMPARE(keyOf(QStringLiteral("Editor: a saved reply")), QStringLiteral(";"));
    QCOMPARE(keyOf(QStringLiteral("Attachment: save it")), QStringLiteral("Ctrl+S"));
}

void KeyboardTest::whatCannotBeDoneSaysWhy()
{
    CommandRegistry &commands = m_world->window().commands();
    QTRY_VERIFY(m_world->window().roster().isLoaded());
    const bool isOn = commands.isEnabled(QStringLiteral("duty.off"));
    QCOMPARE(commands.whyNot(isOn ? QStringLiteral("duty.on") : QStringLiteral("duty.off")),
             isOn ? QStringLiteral("You are on duty already.") : QStringLiteral("You are off duty already."));
    QVERIFY(!commands.isEnabled(QStringLiteral("sending.resume")));
    QCOMPARE(commands.whyNot(QStringLiteral("sending.resume")), QStringLiteral("Sending is stopped nowhere."));
    for (const ChannelRecord &channel : m_world->window().roster().channels()) {
        if (channel.capabilities.canReply)
            QVERIFY(m_world->act(Act::PauseSending{channel.id, QStringLiteral("It burns")}).isApplied());
    }
    QTRY_VERIFY(!commands.isEnabled(QStringLiteral("sending.stop")));
    QCOMPARE(commands.whyNot(QStringLiteral("sending.stop")),
             QStringLiteral("Sending is stopped on all channels already."));
}

/// They are found by name, and stand on the sheet.
void KeyboardTest::keysOfWritingAreCommands()
{
    CommandRegistry &commands = m_world->window().commands();
    QVERIFY(m_world->showMention().isValid());
    const QList<std::pair<const char *, QString>> all{{"composer.send", QStringLiteral("Ctrl+Enter")},
                                                      {"composer.sendAndResolve", QStringLiteral("Ctrl+Shift+Enter")},
                                                      {"composer.nextGap", QStringLiteral("Ctrl+J")},
                                                      {"composer.close", QStringLiteral("Esc")}};
    QVERIFY(commands.trigger(QStringLiteral("help.keys")));
    const auto *sheet = m_world->find<QTableWidget>("cheatSheetTable");
    QVERIFY(sheet);
    for (const auto &[name, key] : all) {
        const QString id = QString::fromLatin1(name);
        QCOMPARE(commands.keyText(id), key);
        const QString text = commands.plainText(id);
        QVERIFY2(commands.matching(text, 5).contains(id), name);
        const QList<QTableWidgetItem *> rows = sheet->findItems(text, Qt::MatchExactly);
        QVERIFY2(rows.size() == 1 && sheet->item(rows.constFirst()->row(), 0)->text() == key, name);
        // Nothing is written: they say why they do nothing.
        QVERIFY2(!commands.isEnabled(id), name);
        QCOMPARE(commands.whyNotBesideName(id), QStringLiteral("Begin a reply or a note first."));
    }
    m_world->widget("cheatSheet")->close();
    // Who gives one of them to another command is told whose it is.
    QCOMPARE(commands.ownerOf({{}, QKeySequence(Qt::CTRL | Qt::Key_J)}, {}), QStringLiteral("composer.nextGap"));
    m_world->press(QStringLiteral("N"));
    QTRY_VERIFY(m_world->textOf("composerSend") == QStringLiteral("Save note"));
    for (const auto &[name, key] : all)
        QVERIFY2(commands.action(QString::fromLatin1(name))->isEnabled(), name);
    m_world->type(QStringLiteral("From the search field"));
    QVERIFY(commands.trigger(QStringLiteral("composer.send")));
    QTRY_VERIFY(!m_world->find<QWidget>("composer")->isVisible());
    QCOMPARE(m_world->messages(m_world->shown()).constLast().text, QStringLiteral("From the search field"));
}

void KeyboardTest::changedKeySends()
{
    CommandRegistry &commands = m_world->window().commands();
    const ConversationId id = m_world->showMention();
    commands.setKeys(QStringLiteral("composer.send"), {{}, QKeySequence(Qt::CTRL | Qt::Key_D)});
    commands.setKeys(QStringLiteral("composer.close"), {{}, QKeySequence(Qt::Key_F9)});
    m_world->press(QStringLiteral("N"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("composerText"));
    QVERIFY2(m_world->textOf("composerHint").startsWith(QStringLiteral("Ctrl+D saves")),
             qPrintable(m_world->textOf("composerHint")));
    m_world->type(QStringLiteral("Changed"));
    m_world->press(QStringLiteral("Ctrl+Return"));
    m_world->press(QStringLiteral("Ctrl+Enter"));
    QVERIFY(m_world->widget("composer")->isVisible());
    m_world->press(QStringLiteral("F9"));
    QVERIFY(!m_world->widget("composer")->isVisible());
    m_world->press(QStringLiteral("N"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("composerText"));
    QCOMPARE(m_world->find<QPlainTextEdit>("composerText")->toPlainText(), QStringLiteral("Changed"));
    m_world->press(QStringLiteral("Ctrl+D"));
    QTRY_VERIFY(!m_world->widget("composer")->isVisible());
    QCOMPARE(m_world->messages(id).constLast().text, QStringLiteral("Changed"));
    commands.resetKeys();
}

/// The same keys may be pressed elsewhere, and letters are no keys while one writes.
void KeyboardTest::keysOfWritingAreForWhoWrites()
{
    CommandRegistry &commands = m_world->window().commands();
    const ConversationId id = m_world->showMention();
    const qsizetype before = m_world->messages(id).size();
    m_world->press(QStringLiteral("N"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("composerText"));
    m_world->type(QStringLiteral("jens"));
    m_world->widget("conversations")->setFocus();
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
    m_world->press(QStringLiteral("Ctrl+Return"));
    QVERIFY(m_world->widget("composer")->isVisible());
    m_world->widget("composerText")->setFocus();
    QTRY_COMPARE(m_world->focus(), m_world->widget("composerText"));
    QVERIFY(commands.trigger(QStringLiteral("keys.change")));
    auto *table = m_world->find<QTableWidget>("shortcutsTable");
    const auto rows = table->findItems(commands.plainText(QStringLiteral("composer.send")), Qt::MatchExactly);
    QCOMPARE(rows.size(), 1);
    table->setCurrentItem(rows.constFirst());
    auto *capture = m_world->widget("shortcutsCapture");
    QTest::keyClick(capture, Qt::Key_Y);
    m_world->find<QPushButton>("shortcutsAssign")->click();
    QCOMPARE(commands.keyText(QStringLiteral("composer.send")), QStringLiteral("Ctrl+Enter"));
    QVERIFY(m_world->textOf("shortcutsChoices").contains(QStringLiteral("while you write")));
    QTest::keyClick(capture, Qt::Key_Return, Qt::ControlModifier | Qt::AltModifier);
    m_world->find<QPushButton>("shortcutsAssign")->click();
    QCOMPARE(commands.keyText(QStringLiteral("composer.send")), QStringLiteral("Ctrl+Alt+Enter"));
    m_world->widget("shortcutsDialog")->close();
    QTRY_COMPARE(m_world->focus(), m_world->widget("composerText"));
    QCOMPARE(m_world->messages(id).size(), before);
    m_world->press(QStringLiteral("Ctrl+Alt+Return"));
    QTRY_COMPARE(m_world->messages(id).size(), before + 1);
    commands.resetKeys();
}

void KeyboardTest::whatHasOneOrderOffersNoOther()
{
    const CommandRegistry &commands = m_world->window().commands();
    for (const char *id : {"list.newest", "list.waiting", "list.priority", "list.reach", "list.grouped"}) {
        const QString order = QString::fromLatin1(id);
        m_world->press(QStringLiteral("Ctrl+2"));
        QTRY_VERIFY2(commands.isEnabled(order) && commands.action(order)->isEnabled(), id);
        m_world->press(QStringLiteral("Ctrl+8"));
        QTRY_VERIFY2(!commands.isEnabled(order) && !commands.action(order)->isEnabled(), id);
        QVERIFY2(commands.whyNot(order).contains(QStringLiteral("one order")), id);
    }
}

void KeyboardTest::lettersLeadToNoRow_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("list") << QByteArrayLiteral("conversations");
    QTest::newRow("views") << QByteArrayLiteral("views");
}

void KeyboardTest::lettersLeadToNoRow()
{
    QFETCH(const QByteArray, name);
    auto *view = m_world->find<QAbstractItemView>(name.constData());
    QVERIFY(view);
    QTRY_VERIFY(view->model()->rowCount() > 2);
    const auto text = [view](int row) -> QString { return view->model()->index(row, 0).data().toString(); };
    if (!view->currentIndex().isValid())
        view->setCurrentIndex(view->model()->index(0, 0));
    const int before = view->currentIndex().row();
    QVERIFY(before >= 0);
    // A row that only its own text can mean, as soon as it is read.
    const auto another = [view, text, before]() -> int {
        for (int row = 0; row < view->model()->rowCount(); ++row) {
            const bool canBe = view->model()->flags(view->model()->index(row, 0)).testFlag(Qt::ItemIsEnabled);
            if (canBe && !text(row).isEmpty() && !text(before).startsWith(text(row), Qt::CaseInsensitive))
                return row;
        }
        return -1;
    };
    QTRY_VERIFY(another() >= 0);
    view->keyboardSearch(text(another()));
    QCOMPARE(view->currentIndex().row(), before);
}

/// Also where that is not the list's current one.
void KeyboardTest::markIsForWhatIsShown()
{
    const ConversationId id = m_world->showMention();
    const ConversationId other = m_world->list().conversationAt(m_world->list().rowOf(id) + 2);
    QVERIFY(id.isValid() && other.isValid());
    m_world->window().findChild<ConversationPane *>()->showConversation(other);
    m_world->widget("conversations")->setFocus();
    m_world->press(QStringLiteral("X"));
    QVERIFY(m_world->list().isMarked(other));
    QVERIFY(!m_world->list().isMarked(id));
    m_world->press(QStringLiteral("X"));
    QCOMPARE(m_world->list().markedCount(), 0);
    // Who walks on means the list again.
    m_world->press(QStringLiteral("J X"));
    QCOMPARE(m_world->list().markedCount(), 1);
    QVERIFY(m_world->list().isMarked(m_world->shown()));
}

/// A key acts on what is shown: it must not lead to what somebody else took meanwhile.
void KeyboardTest::stepsPassWhatHasLeft()
{
    const int first = m_world->list().rowOf(m_world->showMention());
    m_world->press(QStringLiteral("J J J"));
    QCOMPARE(m_world->find<QTableView>("conversations")->currentIndex().row(), first + 3);
    QTRY_COMPARE(m_world->list().rowOf(m_world->shown()), first + 3);
    const QList<ConversationId> taken{at(first + 2), at(first + 4), at(first + 5), at(first + 7)};
    const ConversationId before = at(first + 1);
    const ConversationId here = at(first + 3);
    const ConversationId after = at(first + 6);
    const ConversationId marked = at(first + 8);
    QVERIFY(marked.isValid());
    giveToKim(taken.at(1));
    giveToKim(taken.at(2));
    m_world->press(QStringLiteral("J"));
    QTRY_COMPARE(m_world->shown(), after);
    QTRY_VERIFY(m_world->list().rowOf(taken.at(1)) < 0);
    giveToKim(here);
    giveToKim(taken.at(0));
    m_world->press(QStringLiteral("K"));
    QTRY_COMPARE(m_world->shown(), before);
    m_world->press(QStringLiteral("J"));
    QTRY_COMPARE(m_world->shown(), after);
    giveToKim(taken.at(3));
    m_world->press(QStringLiteral("Shift+J"));
    QCOMPARE(m_world->list().markedCount(), 2);
    QVERIFY(m_world->list().isMarked(after) && m_world->list().isMarked(marked));
    m_world->window().commands().trigger(QStringLiteral("mark.none"));
    // What is greyed can still be looked at.
    giveToKim(after);
    QTRY_COMPARE(m_world->shown(), marked);
    m_world->press(QStringLiteral("Up"));
    QTRY_COMPARE(m_world->shown(), after);
}

void KeyboardTest::shiftMarksUpwardsToo()
{
    const int first = m_world->list().rowOf(m_world->showMention());
    const ConversationId from = at(first + 3);
    const ConversationId above = at(first + 2);
    QVERIFY(from.isValid());
    m_world->press(QStringLiteral("J J J Shift+K"));
    QTRY_COMPARE(m_world->list().markedCount(), 2);
    QVERIFY(m_world->list().isMarked(from) && m_world->list().isMarked(above));
    QCOMPARE(at(m_world->find<QTableView>("conversations")->currentIndex().row()), above);
}

/// Where nothing is shown after a deed, the place in the list is one that stays.
void KeyboardTest::placeIsOfWhatStays()
{
    AfterDeed::choose(AfterDeed::Step::list);
    const int row = m_world->list().rowOf(m_world->showMention()) + 1;
    const ConversationId id = at(row);
    const ConversationId next = at(row + 2);
    m_world->press(QStringLiteral("J"));
    QTRY_COMPARE(m_world->shown(), id);
    giveToKim(at(row + 1));
    m_world->press(QStringLiteral("E"));
    QTRY_VERIFY(!m_world->shown().isValid());
    QTRY_VERIFY(m_world->list().rowOf(id) < 0);
    m_world->press(QStringLiteral("J"));
    QTRY_COMPARE(m_world->shown(), next);
}

void KeyboardTest::allInTheComposerIsItsText()
{
    QVERIFY(m_world->showMention().isValid());
    m_world->press(QStringLiteral("N"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("composerText"));
    m_world->type(QStringLiteral("Same as yesterday"));
    const auto *text = m_world->find<QPlainTextEdit>("composerText");
    for (const char *button : {"composerSend", "composerClose"}) {
        QVERIFY2(m_world->widget(button)->isVisible(), button);
        m_world->widget(button)->setFocus();
        QTRY_COMPARE(m_world->focus(), m_world->widget(button));
        m_world->press(QStringLiteral("Ctrl+A"));
        QTRY_COMPARE(m_world->focus(), m_world->widget("composerText"));
        QCOMPARE(text->textCursor().selectedText(), QStringLiteral("Same as yesterday"));
        m_world->press(QStringLiteral("End"));
    }
    QCOMPARE(m_world->list().markedCount(), 0);
}

void KeyboardTest::resolvedAfterOurAnswerIsAnswered()
{
    Act::SendReply reply;
    reply.conversation = m_world->showMention();
    reply.text = QStringLiteral("It is the power supply.");
    QVERIFY(m_world->act(reply).isApplied());
    QTRY_VERIFY(m_world->textOf("headerState").contains(QStringLiteral("waiting")));
    m_world->press(QStringLiteral("E"));
    QTRY_COMPARE(m_world->record(reply.conversation).status, Status::resolved);
    QCOMPARE(m_world->record(reply.conversation).reason, Reason::answered);
}

void KeyboardTest::snoozeTimesAreAhead_data()
{
    QTest::addColumn<QDateTime>("now");
    QTest::addColumn<QStringList>("times");
    // In June 2026 the 3rd is a Wednesday.
    const auto row = [](const char *name, int day, int hour, const QStringList &times) {
        QTest::newRow(name) << QDateTime(QDate(2026, 6, day), QTime(hour, 0)) << times;
    };
    const QString monday = QStringLiteral("Monday 8 9");
    row("at noon", 3, 12,
        {QStringLiteral("In one hour 3 13"), QStringLiteral("In three hours 3 15"), QStringLiteral("Tonight 3 18"),
         QStringLiteral("Tomorrow morning 4 9"), monday});
    row("in the evening", 3, 20,
        {QStringLiteral("In one hour 3 21"), QStringLiteral("In three hours 3 23"),
         QStringLiteral("Tomorrow morning 4 9"), monday});
    // Tomorrow is Monday: that is said once.
    row("on a Sunday", 7, 20,
        {QStringLiteral("In one hour 7 21"), QStringLiteral("In three hours 7 23"),
         QStringLiteral("Tomorrow morning 8 9"), QStringLiteral("In one week 14 9")});
}

void KeyboardTest::snoozeTimesAreAhead()
{
    QFETCH(QDateTime, now);
    QFETCH(QStringList, times);
    QStringList said;
    Time before = timeFrom(now);
    for (const SnoozeTime &time : SnoozeTimes::from(timeFrom(now))) {
        QVERIFY(time.until > before);
        before = time.until;
        const QDateTime until = toDateTime(time.until).toLocalTime();
        said.append(QStringLiteral("%1 %2 %3").arg(time.text).arg(until.date().day()).arg(until.time().hour()));
    }
    QCOMPARE(said.mid(0, times.size()), times);
}

QTEST_MAIN(KeyboardTest)

#include "tst_keyboard.moc"
