// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/background.h"
#include "tests/ui/shareddesktop.h"
#include "ui/composer/choicebar.h"
#include "ui/composer/composer.h"
#include "ui/composer/composeredit.h"
#include "ui/conversation/timelineview.h"
#include "ui/shell/plainlabel.h"

#include <QPushButton>
#include <QSemaphore>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>

#include <memory>

using namespace Earshot;

namespace {

constexpr ConversationId shown{1};
constexpr ConversationId another{3};

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// No file is read while it lives.
class BusyPool final
{
public:
    BusyPool()
    {
        for (int i = 0; i < m_number; ++i)
            backgroundThreads().start([may = m_may] { may->acquire(); });
    }
    ~BusyPool() { m_may->release(m_number); }
    Q_DISABLE_COPY_MOVE(BusyPool)

private:
    int m_number = backgroundThreads().maxThreadCount();
    std::shared_ptr<QSemaphore> m_may = std::make_shared<QSemaphore>();
};

} // namespace

/// Kim writes at two desks, in the real windows.
class DraftsFollowTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void isThereWhenTheComposerIsOpened();
    void closedOneIsReplacedAndCanBeUndone();
    void openOneAsks();
    void mineIsKeptAndTheOtherComesBackByUndo();
    void replyThatWaitsCanStillBeStopped();
    void sentElsewhereIsSaid();
    void filesThatStayAreNamed();
    void ofAnotherNoteSaysSo();

private:
    [[nodiscard]] static QPlainTextEdit &edit(SharedDesktop &desktop)
    {
        return *desktop.window().findChild<QPlainTextEdit *>(str("composerText"));
    }
    [[nodiscard]] static ChoiceBar &bar(SharedDesktop &desktop, const char *name = "composerElsewhere")
    {
        return *desktop.window().findChild<ChoiceBar *>(QString::fromLatin1(name));
    }
    static void choose(ChoiceBar &bar, const char *text);
    /// Types and has it written at once.
    static void type(SharedDesktop &desktop, const char *text);
    static void close(SharedDesktop &desktop) { desktop.pane().composer().closeEditor(); }
    static void reopen(SharedDesktop &desktop)
    {
        desktop.window().activateWindow();
        desktop.window().commands().trigger(str("conversation.reply"));
    }

    std::unique_ptr<ServerWorld> m_world;
    QTemporaryDir m_settings;
    std::unique_ptr<SharedDesktop> m_one;
    std::unique_ptr<SharedDesktop> m_other;
};

void DraftsFollowTest::init()
{
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
    static auto *appearance = new Appearance(*qApp);
    m_world = std::make_unique<ServerWorld>();
    m_one = std::make_unique<SharedDesktop>(*m_world, ServerWorld::kim, *appearance);
    m_other = std::make_unique<SharedDesktop>(*m_world, ServerWorld::kim, *appearance);
    for (SharedDesktop *desktop : {m_one.get(), m_other.get()})
        desktop->open(shown);
}

void DraftsFollowTest::cleanup()
{
    m_other.reset();
    m_one.reset();
    m_world.reset();
}

void DraftsFollowTest::choose(ChoiceBar &bar, const char *text)
{
    const auto buttons = bar.findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->text() == str(text)) {
            QVERIFY(!button->accessibleName().isEmpty() || !button->text().isEmpty());
            button->click();
            return;
        }
    }
    QFAIL(text);
}

void DraftsFollowTest::type(SharedDesktop &desktop, const char *text)
{
    desktop.type(str(text));
    static_cast<void>(desktop.desk().flushPersonal());
}

void DraftsFollowTest::isThereWhenTheComposerIsOpened()
{
    QSignalSpy arrived(&m_other->desk(), &Desk::draftArrived);
    type(*m_one, "Hello there");
    QTRY_VERIFY(arrived.count() > 0);
    // Its row tells of it before.
    const auto isInRow = [this](SharedDesktop &desktop) {
        const ConversationRecord *row = desktop.list().record(shown);
        return row && row->hasDraft;
    };
    QTRY_VERIFY(isInRow(*m_other));
    QTRY_VERIFY(isInRow(*m_one));
    reopen(*m_other);
    QTRY_COMPARE(edit(*m_other).toPlainText(), str("Hello there"));
    QCOMPARE(bar(*m_other).text(), QString());
}

void DraftsFollowTest::closedOneIsReplacedAndCanBeUndone()
{
    type(*m_one, "Hello");
    QSignalSpy arrived(&m_other->desk(), &Desk::draftArrived);
    QTRY_VERIFY(arrived.count() > 0);
    reopen(*m_other);
    QTRY_COMPARE(edit(*m_other).toPlainText(), str("Hello"));
    close(*m_other);
    m_other->open(another);
    type(*m_one, " again");
    QTRY_COMPARE(edit(*m_one).toPlainText(), str("Hello again"));
    arrived.clear();
    QTRY_VERIFY(arrived.count() > 0);
    m_other->open(shown);
    reopen(*m_other);
    QTRY_COMPARE(edit(*m_other).toPlainText(), str("Hello again"));
    edit(*m_other).undo();
    QCOMPARE(edit(*m_other).toPlainText(), str("Hello"));
}

void DraftsFollowTest::openOneAsks()
{
    reopen(*m_other);
    QTRY_VERIFY(edit(*m_other).isVisible());
    type(*m_one, "Typed over there");
    QTRY_VERIFY(bar(*m_other).text().contains(str("Typed over there")));
    QVERIFY(bar(*m_other).text().contains(QSysInfo::machineHostName()));
    QCOMPARE(edit(*m_other).toPlainText(), QString());
    choose(bar(*m_other), "Use that");
    QCOMPARE(edit(*m_other).toPlainText(), str("Typed over there"));
    QTRY_VERIFY(!bar(*m_other).isVisible());
    QVERIFY(edit(*m_other).hasFocus() || !m_other->window().isActiveWindow());
}

void DraftsFollowTest::mineIsKeptAndTheOtherComesBackByUndo()
{
    reopen(*m_other);
    QTRY_VERIFY(edit(*m_other).isVisible());
    type(*m_one, "Theirs");
    QTRY_VERIFY(bar(*m_other).text().contains(str("Theirs")));
    type(*m_other, "Mine");
    // Both stay, at both desks: each is asked.
    QTRY_VERIFY(bar(*m_one).text().contains(str("Mine")));
    QCOMPARE(edit(*m_one).toPlainText(), str("Theirs"));
    QTRY_VERIFY(bar(*m_other).text().contains(str("Theirs")));
    QCOMPARE(edit(*m_other).toPlainText(), str("Mine"));
    choose(bar(*m_other), "Keep mine");
    QTRY_VERIFY(!bar(*m_other).isVisible());
    QTRY_VERIFY(bar(*m_other, "composerChoices").text().contains(str("discarded")));
    choose(bar(*m_other, "composerChoices"), "Undo");
    QTRY_VERIFY(bar(*m_other).text().contains(str("Theirs")));
}

/// Whatever is done about the other text meanwhile.
void DraftsFollowTest::replyThatWaitsCanStillBeStopped()
{
    reopen(*m_other);
    QTRY_VERIFY(edit(*m_other).isVisible());
    type(*m_one, "Theirs");
    QTRY_VERIFY(bar(*m_other).text().contains(str("Theirs")));
    type(*m_other, "Mine");
    QTRY_VERIFY(bar(*m_other).text().contains(str("Theirs")));
    const BusyPool busy;
    Q_EMIT static_cast<ComposerEdit &>(edit(*m_other)).filesGiven({str("/nowhere.png")});
    Composer &composer = m_other->pane().composer();
    m_other->window().findChild<QPushButton *>(str("composerSend"))->click();
    QVERIFY(composer.isWaiting());
    ChoiceBar &choices = bar(*m_other, "composerChoices");
    choose(bar(*m_other), "Keep mine");
    QTRY_VERIFY(choices.text().contains(str("discarded")));
    QVERIFY2(choices.text().contains(str("still being read")), qPrintable(choices.text()));
    choose(choices, "Undo");
    QVERIFY2(!choices.text().contains(str("discarded")), qPrintable(choices.text()));
    QTRY_VERIFY(bar(*m_other).text().contains(str("Theirs")));
    choose(choices, "Do not send");
    QVERIFY(!composer.isWaiting());
}

void DraftsFollowTest::sentElsewhereIsSaid()
{
    type(*m_one, "On its way");
    QSignalSpy arrived(&m_other->desk(), &Desk::draftArrived);
    QTRY_VERIFY(arrived.count() > 0);
    reopen(*m_other);
    QTRY_COMPARE(edit(*m_other).toPlainText(), str("On its way"));
    m_one->window().findChild<QPushButton *>(str("composerSend"))->click();
    QTRY_VERIFY(bar(*m_other).text().contains(str("was sent or discarded")));
    QCOMPARE(edit(*m_other).toPlainText(), str("On its way"));
    choose(bar(*m_other), "Discard it here");
    QCOMPARE(edit(*m_other).toPlainText(), QString());
    QTRY_VERIFY(!bar(*m_other).isVisible());
    // A closed one is gone without a word.
    close(*m_other);
    reopen(*m_other);
    QTRY_COMPARE(edit(*m_other).toPlainText(), QString());
}

void DraftsFollowTest::filesThatStayAreNamed()
{
    DraftRecord draft;
    draft.conversation = shown;
    draft.text = str("With a picture");
    draft.media = {{str("abc"), str("image/png"), str("a lamp")}};
    m_one->desk().saveDraft(draft);
    static_cast<void>(m_one->desk().flushPersonal());
    QSignalSpy arrived(&m_other->desk(), &Desk::draftArrived);
    QTRY_VERIFY(arrived.count() > 0);
    reopen(*m_other);
    QTRY_VERIFY(m_other->said("composerStays").contains(str("1 attachment")));
}

void DraftsFollowTest::ofAnotherNoteSaysSo()
{
    const MessageId one(m_world->act(Act::AddNote{shown, str("note one")}, ServerWorld::kim).created);
    const MessageId two(m_world->act(Act::AddNote{shown, str("note two")}, ServerWorld::kim).created);
    const auto begin = [](SharedDesktop &desktop, MessageId note) {
        const Timeline &timeline = desktop.pane().timeline().timeline();
        QTRY_VERIFY(timeline.find(note));
        desktop.pane().composer().editNote(*timeline.find(note));
        QTRY_COMPARE(desktop.pane().composer().editedNote(), note);
    };
    const auto write = [](SharedDesktop &desktop, const char *text) {
        edit(desktop).selectAll();
        edit(desktop).insertPlainText(str(text));
        static_cast<void>(desktop.desk().flushPersonal());
    };
    begin(*m_one, one);
    begin(*m_other, two);
    write(*m_one, "one, better %2F");
    QTRY_VERIFY(bar(*m_other).text().contains(str("one, better %2F")));
    write(*m_other, "two, better");
    for (SharedDesktop *desktop : {m_one.get(), m_other.get()})
        QTRY_VERIFY(bar(*desktop).text().contains(str("for another note")));
    QTRY_VERIFY(bar(*m_other).text().contains(str("one, better %2F")) &&
                bar(*m_other).text().contains(str("note one")));
    QTRY_VERIFY(bar(*m_one).text().contains(str("two, better")) && bar(*m_one).text().contains(str("note two")));
    // Each goes into its own note only, and what was here stays.
    choose(bar(*m_other), "Edit that one");
    QCOMPARE(edit(*m_other).toPlainText(), str("one, better %2F"));
    QCOMPARE(m_other->pane().composer().editedNote(), one);
    QTRY_VERIFY(bar(*m_other).text().contains(str("two, better")) && bar(*m_other).text().contains(str("note two")));
    m_other->window().findChild<QPushButton *>(str("composerSend"))->click();
    QTRY_VERIFY(!m_other->pane().composer().isOpen());
    const auto text = [this](MessageId note) {
        const MessageRecord *found = m_other->pane().timeline().timeline().find(note);
        return found ? found->text : QString();
    };
    QTRY_COMPARE(text(one), str("one, better %2F"));
    QCOMPARE(text(two), str("note two"));
    begin(*m_other, two);
    QTRY_VERIFY(bar(*m_other).text().contains(str("two, better")));
    choose(bar(*m_other), "Use that");
    QCOMPARE(edit(*m_other).toPlainText(), str("two, better"));
    QCOMPARE(m_other->pane().composer().editedNote(), two);
}

QTEST_MAIN(DraftsFollowTest)
#include "tst_draftsfollow.moc"
