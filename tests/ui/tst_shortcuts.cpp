// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/choicebar.h"
#include "ui/settings/keycapture.h"
#include "ui/settings/shortcutsdialog.h"
#include "ui/shell/keydispatcher.h"
#include "ui/shell/statepage.h"

#include <QCheckBox>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

using namespace Earshot;

/// Keys that a person changes: what has them, what they do then, and that the next start knows them.
class ShortcutsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void changedKeyWorksAtOnceAndAfterTheNextStart();
    void takenKeyIsNamedBeforeItIsTaken();
    void chordsAndTheirBeginningCollide();
    void twoMayChangePlaces();
    void resetBringsAllBack();
    void keyIsCleared();
    void captureTellsLettersFromShortcuts();
    void captureRunsNothing();
    void menusAndSheetFollow();
    void keysAreNamedAsOnTheKeyboard();
    void singleLettersCanBeHidden();
    void removedCommandsGiveTheirKeyBack();
    void escapeCanBeAWritersKey();
    void escapeLeavesWhereItIsNoKey();
    void keyIsGivenToWhatIsSeen();
    void saysThatNothingWasFound();
    void textsOwnKeysAreRefused_data();
    void textsOwnKeysAreRefused();

private:
    [[nodiscard]] std::unique_ptr<CommandRegistry> makeCommands();
    [[nodiscard]] QTableWidget *table() const { return m_dialog->findChild<QTableWidget *>(); }
    [[nodiscard]] KeyCapture *capture() const { return m_dialog->findChild<KeyCapture *>(); }
    [[nodiscard]] ChoiceBar *choices() const { return m_dialog->findChild<ChoiceBar *>(); }
    void click(const char *name) const { m_dialog->findChild<QPushButton *>(QString::fromLatin1(name))->click(); }
    void choose() const { choices()->findChild<QPushButton *>(QStringLiteral("choice0"))->click(); }
    void openAt(const QString &id)
    {
        m_dialog = new ShortcutsDialog(*m_commands, true, nullptr);
        m_dialog->show();
        for (int row = 0; row < table()->rowCount(); ++row) {
            if (table()->item(row, 0)->data(Qt::UserRole) == id)
                table()->setCurrentCell(row, 0);
        }
    }

    std::unique_ptr<QTemporaryDir> m_settings;
    std::unique_ptr<CommandRegistry> m_commands;
    QPointer<ShortcutsDialog> m_dialog;
    QStringList m_ran;
};

std::unique_ptr<CommandRegistry> ShortcutsTest::makeCommands()
{
    auto commands = std::make_unique<CommandRegistry>();
    const auto add = [&](const char *id, const char *key, const QKeySequence &shortcut) {
        Command command;
        command.id = QString::fromLatin1(id);
        command.text = QStringLiteral("Do &") + command.id;
        command.key = QString::fromLatin1(key);
        command.shortcut = shortcut;
        command.run = [this, name = command.id] { m_ran.append(name); };
        commands->add(command);
    };
    add("reply", "R", {});
    add("resolve", "E", {});
    add("go.mine", "G M", QKeySequence(Qt::CTRL | Qt::Key_1));
    add("pull", "", QKeySequence(Qt::Key_F5));
    for (const auto &[id, key] : {std::pair("send", QKeySequence(Qt::CTRL | Qt::Key_Enter)),
                                  std::pair("close", QKeySequence(Qt::Key_Escape))}) {
        Command command;
        command.id = QString::fromLatin1(id);
        command.text = QStringLiteral("Do &") + command.id;
        command.shortcut = key;
        command.isOfWriter = true;
        commands->add(command);
    }
    commands->restoreKeys();
    return commands;
}

void ShortcutsTest::init()
{
    QStandardPaths::setTestModeEnabled(true);
    m_settings = std::make_unique<QTemporaryDir>();
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings->path());
    m_commands = makeCommands();
    m_ran.clear();
}

void ShortcutsTest::cleanup()
{
    delete m_dialog;
    m_commands.reset();
}

void ShortcutsTest::changedKeyWorksAtOnceAndAfterTheNextStart()
{
    openAt(QStringLiteral("reply"));
    QTest::keyClicks(capture(), QStringLiteral("y"));
    QCOMPARE(capture()->text(), QStringLiteral("Y"));
    QTest::keyClick(capture(), Qt::Key_Return);
    QCOMPARE(m_commands->idOfKey(QStringLiteral("Y")), QStringLiteral("reply"));
    QVERIFY(m_commands->idOfKey(QStringLiteral("R")).isEmpty());
    QListWidget list;
    KeyDispatcher keys(*m_commands);
    keys.watch(&list);
    list.show();
    list.setFocus();
    QTest::keyClicks(&list, QStringLiteral("ry"));
    QCOMPARE(m_ran, QStringList{QStringLiteral("reply")});
    const auto next = makeCommands();
    QCOMPARE(next->keysOf(QStringLiteral("reply")).key, QStringLiteral("Y"));
    QCOMPARE(next->usualKeys(QStringLiteral("reply")).key, QStringLiteral("R"));
}

void ShortcutsTest::takenKeyIsNamedBeforeItIsTaken()
{
    openAt(QStringLiteral("reply"));
    QTest::keyClicks(capture(), QStringLiteral("e"));
    click("shortcutsAssign");
    QVERIFY(choices()->text().contains(QStringLiteral("Do resolve")));
    QCOMPARE(m_commands->idOfKey(QStringLiteral("E")), QStringLiteral("resolve"));
    choose();
    QCOMPARE(m_commands->idOfKey(QStringLiteral("E")), QStringLiteral("reply"));
    QVERIFY(m_commands->keysOf(QStringLiteral("resolve")).isEmpty());
    // Also after the next start nobody has two.
    const auto next = makeCommands();
    QCOMPARE(next->idOfKey(QStringLiteral("E")), QStringLiteral("reply"));
    QVERIFY(next->keysOf(QStringLiteral("resolve")).isEmpty());
}

void ShortcutsTest::chordsAndTheirBeginningCollide()
{
    QCOMPARE(m_commands->ownerOf({QStringLiteral("G"), {}}, {}), QStringLiteral("go.mine"));
    QCOMPARE(m_commands->ownerOf({QStringLiteral("R X"), {}}, {}), QStringLiteral("reply"));
    QVERIFY(m_commands->ownerOf({QStringLiteral("G X"), {}}, {}).isEmpty());
    QCOMPARE(m_commands->ownerOf({{}, QKeySequence(Qt::Key_F5)}, {}), QStringLiteral("pull"));
    QVERIFY(m_commands->ownerOf({QStringLiteral("R"), {}}, QStringLiteral("reply")).isEmpty());
    m_commands->setKeys(QStringLiteral("reply"), {QStringLiteral("G"), {}});
    QCOMPARE(m_commands->idOfKey(QStringLiteral("G")), QStringLiteral("reply"));
    QVERIFY(!m_commands->beginsChord(QStringLiteral("G")));
    // Its shortcut was not in the way.
    QCOMPARE(m_commands->keysOf(QStringLiteral("go.mine")).shortcut, QKeySequence(Qt::CTRL | Qt::Key_1));
}

void ShortcutsTest::twoMayChangePlaces()
{
    m_commands->setKeys(QStringLiteral("reply"), {QStringLiteral("E"), {}});
    m_commands->setKeys(QStringLiteral("resolve"), {QStringLiteral("R"), {}});
    const auto next = makeCommands();
    QCOMPARE(next->idOfKey(QStringLiteral("E")), QStringLiteral("reply"));
    QCOMPARE(next->idOfKey(QStringLiteral("R")), QStringLiteral("resolve"));
}

void ShortcutsTest::resetBringsAllBack()
{
    m_commands->setKeys(QStringLiteral("reply"), {QStringLiteral("E"), {}});
    openAt(QStringLiteral("reply"));
    click("shortcutsReset");
    QCOMPARE(m_commands->idOfKey(QStringLiteral("R")), QStringLiteral("reply"));
    m_commands->setKeys(QStringLiteral("pull"), {QStringLiteral("R"), {}});
    click("shortcutsResetAll");
    QCOMPARE(m_commands->idOfKey(QStringLiteral("R")), QStringLiteral("pull"));
    choose();
    for (const QString &id : m_commands->ids())
        QVERIFY2(m_commands->keysOf(id) == m_commands->usualKeys(id), qPrintable(id));
    QCOMPARE(makeCommands()->idOfKey(QStringLiteral("E")), QStringLiteral("resolve"));
}

void ShortcutsTest::keyIsCleared()
{
    openAt(QStringLiteral("go.mine"));
    click("shortcutsClear");
    QVERIFY(m_commands->keysOf(QStringLiteral("go.mine")).isEmpty());
    QVERIFY(!m_commands->beginsChord(QStringLiteral("G")));
    QVERIFY(makeCommands()->keysOf(QStringLiteral("go.mine")).isEmpty());
}

void ShortcutsTest::captureTellsLettersFromShortcuts()
{
    KeyCapture field;
    QTest::keyClick(&field, Qt::Key_R, Qt::ControlModifier);
    QCOMPARE(field.keys(), (CommandKeys{{}, QKeySequence(Qt::CTRL | Qt::Key_R)}));
    QTest::keyClick(&field, Qt::Key_F7);
    QCOMPARE(field.keys(), (CommandKeys{{}, QKeySequence(Qt::Key_F7)}));
    QTest::keyClicks(&field, QStringLiteral("gm"));
    QCOMPARE(field.keys(), (CommandKeys{QStringLiteral("G M"), {}}));
    QTest::keyClick(&field, Qt::Key_Down);
    QCOMPARE(field.keys().key, QStringLiteral("G M"));
}

void ShortcutsTest::captureRunsNothing()
{
    openAt(QStringLiteral("reply"));
    m_dialog->addAction(m_commands->action(QStringLiteral("pull")));
    QVERIFY(QTest::qWaitForWindowActive(m_dialog));
    capture()->setFocus();
    QTest::keyClick(capture(), Qt::Key_F5);
    QVERIFY(m_ran.isEmpty());
    QCOMPARE(capture()->keys().shortcut, QKeySequence(Qt::Key_F5));
}

void ShortcutsTest::menusAndSheetFollow()
{
    QMenu menu;
    m_commands->fill(menu, {QStringLiteral("reply")});
    QCOMPARE(menu.actions().constFirst()->text(), QStringLiteral("Do &reply\tR"));
    m_commands->setKeys(QStringLiteral("reply"), {QStringLiteral("Y"), QKeySequence(Qt::CTRL | Qt::Key_R)});
    QCOMPARE(menu.actions().constFirst()->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_R));
    QCOMPARE(m_commands->keyText(QStringLiteral("reply")), QStringLiteral("Ctrl+R · Y"));
}

/// A German keyboard has no "Shift".
void ShortcutsTest::keysAreNamedAsOnTheKeyboard()
{
    class German final : public QTranslator
    {
    public:
        [[nodiscard]] QString translate(const char *context, const char *text, const char *, int) const override
        {
            const bool isShift = qstrcmp(context, "QShortcut") == 0 && qstrcmp(text, "Shift") == 0;
            return isShift ? QStringLiteral("Umschalt") : QString();
        }
        [[nodiscard]] bool isEmpty() const override { return false; }
    };
    German german;
    QCoreApplication::installTranslator(&german);
    m_commands->setKeys(QStringLiteral("reply"), {QStringLiteral("Shift+Y"), {}});
    openAt(QStringLiteral("reply"));
    QCOMPARE(table()->item(table()->currentRow(), 1)->text(), QStringLiteral("Umschalt+Y"));
    QCoreApplication::removeTranslator(&german);
}

void ShortcutsTest::singleLettersCanBeHidden()
{
    QSignalSpy changed(m_commands.get(), &CommandRegistry::commandsChanged);
    openAt(QStringLiteral("reply"));
    QSignalSpy chosen(m_dialog.data(), &ShortcutsDialog::singleKeysChosen);
    m_dialog->findChild<QCheckBox *>()->click();
    QCOMPARE(chosen.takeFirst(), QList<QVariant>{false});
    m_commands->showSingleKeys(false);
    QCOMPARE(m_commands->action(QStringLiteral("reply"))->text(), QStringLiteral("Do &reply"));
    QVERIFY(m_commands->keyText(QStringLiteral("reply")).isEmpty());
    QCOMPARE(m_commands->keyText(QStringLiteral("go.mine")), QStringLiteral("Ctrl+1"));
    QVERIFY(!changed.isEmpty());
}

void ShortcutsTest::removedCommandsGiveTheirKeyBack()
{
    m_commands->remove(QStringLiteral("go.mine"));
    QVERIFY(!m_commands->find(QStringLiteral("go.mine")));
    QVERIFY(!m_commands->beginsChord(QStringLiteral("G")));
    QVERIFY(!m_commands->ids().contains(QStringLiteral("go.mine")));
    QVERIFY(!m_commands->trigger(QStringLiteral("go.mine")));
}

/// The first Escape is the key that is asked for, the second leaves as everywhere.
void ShortcutsTest::escapeCanBeAWritersKey()
{
    m_commands->setKeys(QStringLiteral("close"), {{}, QKeySequence(Qt::Key_F8)});
    openAt(QStringLiteral("close"));
    QVERIFY(QTest::qWaitForWindowActive(m_dialog));
    capture()->setFocus();
    QVERIFY(capture()->placeholderText().contains(QStringLiteral("Esc")));
    QTest::keyClick(capture(), Qt::Key_Escape);
    QVERIFY(m_dialog && m_dialog->isVisible());
    QCOMPARE(capture()->keys(), (CommandKeys{{}, QKeySequence(Qt::Key_Escape)}));
    QCOMPARE(choices()->text(), QStringLiteral("Esc once more closes this window; nothing is assigned then."));
    QTest::keyClick(capture(), Qt::Key_Return);
    QCOMPARE(m_commands->keysOf(QStringLiteral("close")).shortcut, QKeySequence(Qt::Key_Escape));
    QVERIFY(choices()->text().isEmpty());
    // It is there after the next start, and another one is asked as for any key.
    QCOMPARE(makeCommands()->keysOf(QStringLiteral("close")).shortcut, QKeySequence(Qt::Key_Escape));
    for (int row = 0; row < table()->rowCount(); ++row) {
        if (table()->item(row, 0)->data(Qt::UserRole) == QStringLiteral("send"))
            table()->setCurrentCell(row, 0);
    }
    capture()->setFocus();
    QTest::keyClick(capture(), Qt::Key_Escape);
    QTest::keyClick(capture(), Qt::Key_Return);
    QVERIFY(choices()->text().contains(QStringLiteral("Do close")));
    // Twice: whoever wants to leave does, and nothing has changed.
    QTest::keyClick(capture(), Qt::Key_F7);
    QTest::keyClick(capture(), Qt::Key_Escape);
    QTest::keyClick(capture(), Qt::Key_Escape);
    QTRY_VERIFY(!m_dialog);
    QCOMPARE(m_commands->keysOf(QStringLiteral("close")).shortcut, QKeySequence(Qt::Key_Escape));
    QCOMPARE(m_commands->keysOf(QStringLiteral("send")), m_commands->usualKeys(QStringLiteral("send")));
}

/// List and conversation have Escape as the way back.
void ShortcutsTest::escapeLeavesWhereItIsNoKey()
{
    openAt(QStringLiteral("reply"));
    capture()->setFocus();
    QVERIFY(!capture()->placeholderText().contains(QStringLiteral("Esc")));
    QTest::keyClick(capture(), Qt::Key_Escape);
    QTRY_VERIFY(!m_dialog);
    // From anywhere else in it, also for a command that may have it.
    openAt(QStringLiteral("close"));
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Escape);
    QTRY_VERIFY(!m_dialog);
}

/// Whoever has looked for a command means that one, not the one that was chosen before and is hidden by now.
void ShortcutsTest::keyIsGivenToWhatIsSeen()
{
    openAt(QStringLiteral("reply"));
    auto *field = m_dialog->findChild<QLineEdit *>(QStringLiteral("shortcutsField"));
    QTest::keyClicks(field, QStringLiteral("do resolve"));
    QCOMPARE(table()->item(table()->currentRow(), 0)->data(Qt::UserRole).toString(), QStringLiteral("resolve"));
    QTest::keyClicks(capture(), QStringLiteral("y"));
    QTest::keyClick(capture(), Qt::Key_Return);
    QCOMPARE(m_commands->keysOf(QStringLiteral("resolve")).key, QStringLiteral("Y"));
    QCOMPARE(m_commands->keysOf(QStringLiteral("reply")).key, QStringLiteral("R"));
    // Where nothing is found nothing is given a key.
    field->setText(QStringLiteral("nothing of that name"));
    QVERIFY(!capture()->isEnabled());
    field->clear();
    QVERIFY(table()->currentRow() >= 0);
    QVERIFY(capture()->isEnabled());
}

void ShortcutsTest::saysThatNothingWasFound()
{
    openAt(QStringLiteral("reply"));
    auto *field = m_dialog->findChild<QLineEdit *>(QStringLiteral("shortcutsField"));
    const auto *page = m_dialog->findChild<StatePage *>();
    QVERIFY(page);
    QVERIFY(!page->isVisible() && table()->isVisible());
    QTest::keyClicks(field, QStringLiteral("nothing like it"));
    QVERIFY(page->isVisible() && !table()->isVisible());
    QCOMPARE(page->title(), QStringLiteral("No command was found"));
    // What was typed goes with its step, and one may type something else.
    page->findChild<QPushButton *>()->click();
    QVERIFY(field->text().isEmpty() && m_dialog->focusWidget() == field);
    QVERIFY(!page->isVisible() && table()->isVisible());
    QVERIFY(table()->currentRow() >= 0);
}

void ShortcutsTest::textsOwnKeysAreRefused_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QKeySequence>("key");
    QTest::addColumn<bool>("isRefused");
    const auto send = QStringLiteral("send");
    for (const Qt::Key key : {Qt::Key_C, Qt::Key_V, Qt::Key_X, Qt::Key_Z, Qt::Key_A, Qt::Key_Left, Qt::Key_Backspace})
        QTest::addRow("Ctrl+%s", qPrintable(QKeySequence(key).toString()))
            << send << QKeySequence(Qt::CTRL | key) << true;
    QTest::newRow("Ctrl+Shift+Z") << send << QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z) << true;
    QTest::newRow("free") << send << QKeySequence(Qt::CTRL | Qt::Key_R) << false;
    QTest::newRow("its own") << send << QKeySequence(Qt::CTRL | Qt::Key_Enter) << false;
    QTest::newRow("function key") << send << QKeySequence(Qt::Key_F8) << false;
    // On the list it is what the program itself gives "all in view".
    QTest::newRow("of no writer") << QStringLiteral("reply") << QKeySequence(Qt::CTRL | Qt::Key_A) << false;
}

void ShortcutsTest::textsOwnKeysAreRefused()
{
    QFETCH(const QString, command);
    QFETCH(const QKeySequence, key);
    QFETCH(const bool, isRefused);
    openAt(command);
    const CommandKeys before = m_commands->keysOf(command);
    QTest::keyClick(capture(), key[0].key(), key[0].keyboardModifiers());
    QVERIFY(m_dialog->findChild<QPushButton *>(QStringLiteral("shortcutsAssign"))->isEnabled());
    click("shortcutsAssign");
    QCOMPARE(choices()->text(),
             isRefused ? QStringLiteral("While you write, %1 is a key of the text itself: “Do send” needs another one.")
                             .arg(key.toString(QKeySequence::NativeText))
                       : QString());
    QCOMPARE(m_commands->keysOf(command).shortcut, isRefused ? before.shortcut : key);
}

QTEST_MAIN(ShortcutsTest)
#include "tst_shortcuts.moc"
