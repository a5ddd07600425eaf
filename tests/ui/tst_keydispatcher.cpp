// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/commandregistry.h"
#include "ui/shell/keydispatcher.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace Earshot;

/// Single keys and chords: where they work, and where they must not.
class KeyDispatcherTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void lettersRunCommands();
    void shiftIsAnotherKey();
    void disabledCommandsDoNotRun();
    void chordsNeedBothKeys();
    void mistypedChordDoesNothing();
    void chordLapses();
    void editorsKeepTheirLetters();
    void boxesAndMenusKeepTheirLetters();
    void otherModifiersAreNotOurs();
    void cyrillicCountsByPlace();
    void layoutsTypeTheSameKeys_data();
    void layoutsTypeTheSameKeys();
    void digitsCountByPlace_data();
    void digitsCountByPlace();
    void heldBackLettersDoNothing();
    void heldBackEndsWhereNobodyWrites();
    void heldBackIsTypedWhereTheEditorCame();
    void heldBackIsNoCommandWhereNoEditorCame();
    void whatCannotBeDoneYetWaits();
    void whatWaitedIsNotDoneElsewhere();
    void whatWaitsTooLongIsGivenUp();
    void registryFindsByWords();

private:
    void add(const char *id, const char *key, std::function<bool()> isEnabled = {});

    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<CommandRegistry> m_commands;
    std::unique_ptr<KeyDispatcher> m_keys;
    QListWidget *m_list = nullptr;
    QLineEdit *m_field = nullptr;
    QStringList m_ran;
};

void KeyDispatcherTest::add(const char *id, const char *key, std::function<bool()> isEnabled)
{
    const QString name = QString::fromLatin1(id);
    m_commands->add({name,
                     QStringLiteral("&Do ") + name,
                     {},
                     QString::fromLatin1(key),
                     {},
                     std::move(isEnabled),
                     [this, name] { m_ran.append(name); },
                     {}});
}

void KeyDispatcherTest::init()
{
    m_ran.clear();
    m_commands = std::make_unique<CommandRegistry>();
    m_keys = std::make_unique<KeyDispatcher>(*m_commands);
    m_window = std::make_unique<QWidget>();
    auto *column = new QVBoxLayout(m_window.get());
    m_list = new QListWidget(m_window.get());
    m_list->addItems({QStringLiteral("reply to this"), QStringLiteral("g"), QStringLiteral("m")});
    m_field = new QLineEdit(m_window.get());
    column->addWidget(m_list);
    column->addWidget(m_field);
    m_keys->watch(m_list);
    m_keys->watch(m_field);
    m_window->show();
    m_list->setFocus();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QTRY_COMPARE(QApplication::focusWidget(), m_list);
}

void KeyDispatcherTest::cleanup()
{
    m_window.reset();
    m_keys.reset();
    m_commands.reset();
}

void KeyDispatcherTest::lettersRunCommands()
{
    add("reply", "R");
    add("spam", "!");
    QTest::keyClick(m_list, Qt::Key_R);
    QTest::keyClick(m_list, '!');
    QCOMPARE(m_ran, (QStringList{QStringLiteral("reply"), QStringLiteral("spam")}));
}

void KeyDispatcherTest::shiftIsAnotherKey()
{
    add("assign", "A");
    add("claim", "Shift+A");
    QTest::keyClick(m_list, Qt::Key_A, Qt::ShiftModifier);
    QCOMPARE(m_ran, QStringList{QStringLiteral("claim")});
}

void KeyDispatcherTest::disabledCommandsDoNotRun()
{
    bool isEnabled = false;
    add("reply", "R", [&isEnabled] { return isEnabled; });
    m_commands->refresh();
    QVERIFY(!m_commands->action(QStringLiteral("reply"))->isEnabled());
    QTest::keyClick(m_list, Qt::Key_R);
    QVERIFY(m_ran.isEmpty());
    isEnabled = true;
    QTest::keyClick(m_list, Qt::Key_R);
    QCOMPARE(m_ran.size(), 1);
}

void KeyDispatcherTest::chordsNeedBothKeys()
{
    add("mine", "G M");
    add("macro", "M");
    QTest::keyClick(m_list, Qt::Key_G);
    QVERIFY(m_keys->isInChord());
    QVERIFY(m_ran.isEmpty());
    QTest::keyClick(m_list, Qt::Key_M);
    QCOMPARE(m_ran, QStringList{QStringLiteral("mine")});
    QVERIFY(!m_keys->isInChord());
}

void KeyDispatcherTest::mistypedChordDoesNothing()
{
    add("mine", "G M");
    add("resolve", "E");
    QTest::keyClick(m_list, Qt::Key_G);
    QTest::keyClick(m_list, Qt::Key_E);
    QVERIFY(m_ran.isEmpty());
}

void KeyDispatcherTest::chordLapses()
{
    add("mine", "G M");
    m_keys->setChordTime(1);
    QTest::keyClick(m_list, Qt::Key_G);
    QTRY_VERIFY(!m_keys->isInChord());
    QTest::keyClick(m_list, Qt::Key_M);
    QVERIFY(m_ran.isEmpty());
    m_keys->setChordTime(60'000);
    QTest::keyClick(m_list, Qt::Key_G);
    m_field->setFocus();
    QVERIFY(!m_keys->isInChord());
}

void KeyDispatcherTest::editorsKeepTheirLetters()
{
    add("reply", "R");
    m_field->setFocus();
    QTRY_COMPARE(QApplication::focusWidget(), m_field);
    QTest::keyClicks(m_field, QStringLiteral("rR"));
    QVERIFY(m_ran.isEmpty());
    QCOMPARE(m_field->text(), QStringLiteral("rR"));
}

/// Also while a list or a menu hangs open over what has the keyboard.
void KeyDispatcherTest::boxesAndMenusKeepTheirLetters()
{
    add("reply", "R");
    QMenu menu(m_window.get());
    menu.addAction(QStringLiteral("Something"));
    menu.popup(m_list->mapToGlobal(QPoint(1, 1)));
    QTRY_COMPARE(QApplication::activePopupWidget(), &menu);
    QTest::keyClick(m_list, Qt::Key_R);
    QTest::keyClick(&menu, Qt::Key_R);
    QVERIFY(m_ran.isEmpty());
    menu.close();
    QTRY_VERIFY(!QApplication::activePopupWidget());
    QComboBox box(m_window.get());
    box.addItems({QStringLiteral("assign"), QStringLiteral("reply"), QStringLiteral("resolve")});
    m_keys->watch(&box);
    box.show();
    m_window->activateWindow();
    box.setFocus();
    QTRY_COMPARE(QApplication::focusWidget(), &box);
    QTest::keyClick(&box, Qt::Key_R);
    QVERIFY(m_ran.isEmpty());
    QCOMPARE(box.currentText(), QStringLiteral("reply"));
    box.showPopup();
    QTRY_VERIFY(QApplication::activePopupWidget());
    QTest::keyClick(box.view(), Qt::Key_R);
    QVERIFY(m_ran.isEmpty());
    box.hidePopup();
}

void KeyDispatcherTest::otherModifiersAreNotOurs()
{
    add("reply", "R");
    QTest::keyClick(m_list, Qt::Key_R, Qt::ControlModifier);
    QTest::keyClick(m_list, Qt::Key_R, Qt::AltModifier);
    QVERIFY(m_ran.isEmpty());
}

void KeyDispatcherTest::cyrillicCountsByPlace()
{
    // The key of R on an American keyboard types К there: X11 scan code 27.
    const QKeyEvent event(QEvent::KeyPress, 0x041A, Qt::NoModifier, 27, 0, 0, QString(QChar(0x043A)));
    QCOMPARE(KeyDispatcher::keyName(event), QStringLiteral("R"));
    // An umlaut is a letter of its own, not the key where it lies.
    const QKeyEvent umlaut(QEvent::KeyPress, Qt::Key_Odiaeresis, Qt::NoModifier, 47, 0, 0, QString(QChar(0x00F6)));
    QCOMPARE(KeyDispatcher::keyName(umlaut), QString(QChar(0x00D6)));
}

/// What X11 and Wayland send for the keys of three layouts: what it types counts where that is a Latin letter or a
/// sign, else the place.
void KeyDispatcherTest::layoutsTypeTheSameKeys_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<bool>("isShifted");
    QTest::addColumn<quint32>("scanCode");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *name, int key, bool isShifted, quint32 scan, const char16_t *typed,
                        const char16_t *wanted) {
        QTest::newRow(name) << key << isShifted << scan << QString::fromUtf16(typed) << QString::fromUtf16(wanted);
    };
    // QWERTZ: Z and Y have changed places, signs lie elsewhere.
    row("German Z", Qt::Key_Z, false, 29, u"z", u"Z");
    row("German Y", Qt::Key_Y, false, 52, u"y", u"Y");
    row("German /", Qt::Key_Slash, true, 16, u"/", u"/");
    row("German ?", Qt::Key_Question, true, 20, u"?", u"?");
    row("German !", Qt::Key_Exclam, true, 10, u"!", u"!");
    row("German Shift+A", Qt::Key_A, true, 38, u"A", u"Shift+A");
    // AZERTY: A and Q, Z and W have changed places, M lies where a semicolon is.
    row("French A", Qt::Key_A, false, 24, u"a", u"A");
    row("French Q", Qt::Key_Q, false, 38, u"q", u"Q");
    row("French Z", Qt::Key_Z, false, 25, u"z", u"Z");
    row("French M", Qt::Key_M, false, 47, u"m", u"M");
    row("French !", Qt::Key_Exclam, false, 61, u"!", u"!");
    row("French /", Qt::Key_Slash, true, 60, u"/", u"/");
    row("French ?", Qt::Key_Question, true, 58, u"?", u"?");
    row("French Shift+J", Qt::Key_J, true, 44, u"J", u"Shift+J");
    // ЙЦУКЕН types no Latin letter: the place counts.
    row("Russian R", 0x041A, false, 27, u"\u043a", u"R");
    row("Russian A", 0x0424, false, 38, u"\u0444", u"A");
    row("Russian Shift+A", 0x0424, true, 38, u"\u0424", u"Shift+A");
    row("Russian Z", 0x042F, false, 52, u"\u044f", u"Z");
    row("Russian E", 0x0423, false, 26, u"\u0443", u"E");
    row("Russian G", 0x041F, false, 42, u"\u043f", u"G");
    row("Russian J", 0x041E, false, 44, u"\u043e", u"J");
    row("Russian !", Qt::Key_Exclam, true, 10, u"!", u"!");
    row("Russian ?", Qt::Key_Question, true, 16, u"?", u"?");
    row("Russian /", Qt::Key_Slash, true, 51, u"/", u"/");
    // A letter that lies where no American letter is does nothing.
    row("Russian ж", 0x0416, false, 47, u"\u0436", u"");
}

void KeyDispatcherTest::layoutsTypeTheSameKeys()
{
    QFETCH(int, key);
    QFETCH(bool, isShifted);
    QFETCH(quint32, scanCode);
    QFETCH(QString, typed);
    QFETCH(QString, name);
    const Qt::KeyboardModifiers modifiers = isShifted ? Qt::ShiftModifier : Qt::NoModifier;
    const QKeyEvent event(QEvent::KeyPress, key, modifiers, scanCode, 0, 0, typed);
    QCOMPARE(KeyDispatcher::keyName(event), name);
}

void KeyDispatcherTest::digitsCountByPlace_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<quint32>("scanCode");
    QTest::addColumn<int>("digit");
    QTest::newRow("1") << int(Qt::Key_1) << 10U << 1;
    QTest::newRow("French 1") << int(Qt::Key_Ampersand) << 10U << 1;
    QTest::newRow("French 2") << int(Qt::Key_Eacute) << 11U << 2;
    QTest::newRow("French 9") << int(Qt::Key_Ccedilla) << 18U << 9;
    QTest::newRow("French 0") << int(Qt::Key_Agrave) << 19U << 0;
    QTest::newRow("a letter") << int(Qt::Key_A) << 38U << 0;
    QTest::newRow("without a code") << int(Qt::Key_A) << 0U << 0;
}

void KeyDispatcherTest::digitsCountByPlace()
{
    QFETCH(int, key);
    QFETCH(quint32, scanCode);
    QFETCH(int, digit);
    QCOMPARE(KeyDispatcher::digitOf(QKeyEvent(QEvent::KeyPress, key, Qt::ControlModifier, scanCode, 0, 0)), digit);
}

void KeyDispatcherTest::heldBackLettersDoNothing()
{
    add("assign", "A");
    m_keys->setHoldTime(60);
    m_keys->holdBack();
    QTest::keyClicks(m_list, QStringLiteral("aaa"));
    QVERIFY(m_ran.isEmpty());
    QTRY_VERIFY(!m_keys->isHeldBack());
    QTest::keyClicks(m_list, QStringLiteral("a"));
    QCOMPARE(m_ran, QStringList{QStringLiteral("assign")});
}

void KeyDispatcherTest::heldBackEndsWhereNobodyWrites()
{
    add("assign", "A");
    add("list.next", "J");
    m_keys->setHoldTime(60'000);
    for (const Qt::Key key : {Qt::Key_Escape, Qt::Key_Down}) {
        m_keys->holdBack();
        QTest::keyClicks(m_list, QStringLiteral("aj"));
        QVERIFY(m_ran.isEmpty() && m_keys->isHeldBack());
        QTest::keyClick(m_list, key);
        QVERIFY(!m_keys->isHeldBack());
    }
    // Nor does the end of a word open anything.
    QSignalSpy opened(m_list, &QListWidget::itemActivated);
    m_list->addItem(QStringLiteral("one"));
    m_list->setCurrentRow(0);
    m_keys->holdBack();
    QTest::keyClick(m_list, Qt::Key_Return);
    QCOMPARE(opened.size(), 0);
    m_keys->letGo();
    QTRY_VERIFY(!m_keys->isWaiting());
    QCOMPARE(opened.size(), 0);
    QTest::keyClick(m_list, Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    // What was not written is sent: that is over, and opens nothing either.
    m_keys->holdBack();
    QTest::keyClick(m_list, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(opened.size(), 1);
    QVERIFY(!m_keys->isHeldBack());
    // Who walks the list goes on walking; no word is like that.
    m_keys->holdBack();
    QTest::keyClicks(m_list, QStringLiteral("jajjaaa"));
    QVERIFY(m_ran.isEmpty() && m_keys->isHeldBack());
    QTest::keyClicks(m_list, QStringLiteral("jjjj"));
    QCOMPARE(m_ran, (QStringList{QStringLiteral("list.next"), QStringLiteral("list.next")}));
}

void KeyDispatcherTest::heldBackIsTypedWhereTheEditorCame()
{
    add("assign", "A");
    m_keys->holdBack();
    QTest::keyClicks(m_list, QStringLiteral("A b"));
    m_field->setFocus();
    m_keys->letGo();
    QTRY_COMPARE(m_field->text(), QStringLiteral("A b"));
    QVERIFY(m_ran.isEmpty());
}

void KeyDispatcherTest::heldBackIsNoCommandWhereNoEditorCame()
{
    add("assign", "A");
    QSignalSpy given(m_keys.get(), &KeyDispatcher::givenUp);
    m_keys->holdBack();
    QTest::keyClicks(m_list, QStringLiteral("xa"));
    m_keys->letGo();
    QTRY_COMPARE(given.size(), 1);
    QVERIFY(m_ran.isEmpty() && !m_keys->isWaiting());
}

void KeyDispatcherTest::whatCannotBeDoneYetWaits()
{
    bool isBusy = true;
    add("tag", "T", [&isBusy] { return !isBusy; });
    add("resolve", "E");
    m_keys->setWaiting({[&isBusy] { return isBusy; }, {}, {}});
    QSignalSpy refused(m_keys.get(), &KeyDispatcher::refused);
    QTest::keyClicks(m_list, QStringLiteral("ete"));
    m_keys->goOn();
    QCoreApplication::processEvents();
    // What comes after it waits behind it.
    QCOMPARE(m_ran, QStringList{QStringLiteral("resolve")});
    isBusy = false;
    m_keys->goOn();
    const QStringList all{QStringLiteral("resolve"), QStringLiteral("tag"), QStringLiteral("resolve")};
    QTRY_COMPARE(m_ran, all);
    QVERIFY(!m_keys->isWaiting());
    QCOMPARE(refused.size(), 0);
    // Who does not want it any more.
    isBusy = true;
    QTest::keyClicks(m_list, QStringLiteral("te"));
    QTest::keyClick(m_list, Qt::Key_Escape);
    QVERIFY(!m_keys->isWaiting());
    QCOMPARE(m_ran, all);
}

void KeyDispatcherTest::whatWaitedIsNotDoneElsewhere()
{
    bool isBusy = true;
    qint64 seen = 1;
    add("tag", "T", [&isBusy] { return !isBusy; });
    m_keys->setWaiting({[&isBusy] { return isBusy; }, {}, [&seen] { return QList<qint64>{seen}; }});
    QSignalSpy given(m_keys.get(), &KeyDispatcher::givenUp);
    QTest::keyClicks(m_list, QStringLiteral("t"));
    isBusy = false;
    seen = 2;
    m_keys->goOn();
    QTRY_COMPARE(given.size(), 1);
    QCOMPARE(given.at(0).at(0).toString(), QStringLiteral("tag"));
    QVERIFY(m_ran.isEmpty() && !m_keys->isWaiting());
}

void KeyDispatcherTest::whatWaitsTooLongIsGivenUp()
{
    add("tag", "T", [] { return false; });
    m_keys->setWaiting({[] { return true; }, {}, {}});
    QSignalSpy given(m_keys.get(), &KeyDispatcher::givenUp);
    QTest::keyClicks(m_list, QStringLiteral("t"));
    QCOMPARE(given.size(), 0);
    QTRY_COMPARE(given.size(), 1);
    QVERIFY(!m_keys->isWaiting());
}

void KeyDispatcherTest::registryFindsByWords()
{
    add("snooze", "S");
    add("resolve", "E");
    QCOMPARE(m_commands->matching(QStringLiteral("do SNO"), 5), QStringList{QStringLiteral("snooze")});
    QCOMPARE(m_commands->matching(QStringLiteral("do"), 1).size(), 1);
    add("snooze for a week", "W");
    add("snoo", "O");
    const QStringList nearest{QStringLiteral("snoo"), QStringLiteral("snooze"), QStringLiteral("snooze for a week")};
    QCOMPARE(m_commands->matching(QStringLiteral("do sno"), 5), nearest);
    QVERIFY(m_commands->matching(QStringLiteral("  "), 5).isEmpty());
    QCOMPARE(m_commands->keyText(QStringLiteral("snooze")), QStringLiteral("S"));
    // What can be done comes first, then what begins so.
    const auto named = [this](const char *id, const QString &text, bool isEnabled) {
        Command command;
        command.id = QString::fromLatin1(id);
        command.text = text;
        command.isEnabled = [isEnabled] { return isEnabled; };
        m_commands->add(std::move(command));
    };
    named("inside", QStringLiteral("Unmarked"), true);
    named("word", QStringLiteral("Un&do marks"), true);
    named("off", QStringLiteral("Mark nothing"), false);
    named("first", QStringLiteral("&Mark"), true);
    named("offToo", QStringLiteral("Nothing marked"), false);
    const QStringList ranked{QStringLiteral("first"), QStringLiteral("word"), QStringLiteral("inside"),
                             QStringLiteral("off"), QStringLiteral("offToo")};
    QCOMPARE(m_commands->matching(QStringLiteral("mark"), 9), ranked);
    // Where not all are named, whoever looks for it is still told why it cannot be done.
    QCOMPARE(m_commands->matching(QStringLiteral("mark"), 2),
             (QStringList{QStringLiteral("first"), QStringLiteral("off")}));
    QCOMPARE(m_commands->whyNot(QStringLiteral("off")), QStringLiteral("“Mark nothing” cannot be done now."));
    QCOMPARE(m_commands->whyNotBesideName(QStringLiteral("off")), QStringLiteral("Cannot be done now."));
    QVERIFY(m_commands->whyNot(QStringLiteral("first")).isEmpty());
}

QTEST_MAIN(KeyDispatcherTest)
#include "tst_keydispatcher.moc"
