// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/background.h"
#include "tests/ui/windowworld.h"
#include "ui/inbox/claimchoice.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/inbox/listplaces.h"
#include "ui/settings/journaldialog.h"
#include "ui/settings/settingsfile.h"
#include "ui/window/exporting.h"
#include "ui/window/workspacetools.h"

#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSemaphore>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace Earshot;

/// Journal, check and backup from the window; settings that travel and that survive a crash.
class WorkspaceToolsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void journalTellsWhoDidWhat();
    void journalLineOpensItsConversation();
    void everyKindHasASentence();
    void checkFindsItSound();
    void backupIsMadeAndNotOverwritten();
    void endIsToldAfterClosing();
    void backupIsCancelled();
    void backupEndsWithItsWindow();
    void shownListIsExported();
    void exportSaysHowFarItReaches();
    void whatWasMarkedIsExported();
    void allThatIsFoundIsExported();
    void settingsTravel();
    void foreignFilesChangeNothing_data();
    void foreignFilesChangeNothing();
    void namesFromAFileAreNoPaths();
    void damagedSettingsAreSetAside_data();
    void damagedSettingsAreSetAside();
    void windowHidesWhereTheTrayKeepsIt();

private:
    void run(const char *command) { QVERIFY(m_world->window().commands().trigger(QString::fromLatin1(command))); }
    [[nodiscard]] WorkspaceTools &tools() const { return *m_world->window().findChild<WorkspaceTools *>(); }
    [[nodiscard]] QString place(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    static void write(const QString &path, const QByteArray &content)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WindowWorld> m_world;
};

void WorkspaceToolsTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    // Without an organization there is no file of settings.
    QCoreApplication::setOrganizationName(QStringLiteral("earshot"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, place("config"));
    m_world = std::make_unique<WindowWorld>(60);
    QTRY_VERIFY(m_world->isReady());
}

void WorkspaceToolsTest::cleanup()
{
    m_world.reset();
}

void WorkspaceToolsTest::journalTellsWhoDidWhat()
{
    QVERIFY(m_world->act(Act::KeepSavedReply{{}, QStringLiteral("Thanks"), QStringLiteral("Thank you")}).isApplied());
    run("journal.show");
    QTRY_VERIFY(m_world->find<QTableView>("journalTable")->model()->rowCount() > 0);
    const QAbstractItemModel *lines = m_world->find<QTableView>("journalTable")->model();
    QVERIFY(lines->index(0, 2).data().toString().contains(QStringLiteral("Thanks")));
    m_world->find<QLineEdit>("journalField")->setText(QStringLiteral("saved reply"));
    QCOMPARE(lines->rowCount(), 1);
}

void WorkspaceToolsTest::journalLineOpensItsConversation()
{
    const ConversationId id = m_world->list().conversationAt(3);
    QVERIFY(m_world->act(Act::AddTag{id, QStringLiteral("journalled")}).isApplied());
    run("journal.show");
    QTRY_VERIFY(m_world->find<QTableView>("journalTable")->model()->rowCount() > 0);
    QTRY_VERIFY(m_world->find<QPushButton>("journalOpen")->isEnabled());
    m_world->find<QPushButton>("journalOpen")->click();
    QTRY_COMPARE(m_world->shown(), id);
}

void WorkspaceToolsTest::everyKindHasASentence()
{
    const ActionArguments none;
    for (size_t kind = 0; kind < ActionArguments::kindCount; ++kind) {
        JournalRecord line;
        line.agentName = QStringLiteral("Ana");
        line.kind = [kind] {
            QString word;
            size_t index = 0;
            const auto look = [&](const ActionArguments &arguments) {
                if (index++ == kind)
                    word = kindOf(arguments);
            };
            [&look]<size_t... I>(std::index_sequence<I...>)
            {
                (look(ActionArguments(std::in_place_index<I>)), ...);
            }
            (std::make_index_sequence<ActionArguments::kindCount>());
            return word;
        }();
        const QString sentence = JournalDialog::sentence(line, {});
        QVERIFY2(!sentence.isEmpty() && !sentence.endsWith(line.kind), qPrintable(line.kind + u' ' + sentence));
    }
}

void WorkspaceToolsTest::checkFindsItSound()
{
    run("workspace.verify");
    QTRY_VERIFY_WITH_TIMEOUT(m_world->textOf("upkeepText").contains(QStringLiteral("is sound")), 30'000);
    QVERIFY(!m_world->widget("upkeepDetails")->isVisible());
}

void WorkspaceToolsTest::backupIsMadeAndNotOverwritten()
{
    const QString target = place("copy.earshot");
    tools().backUpTo(target);
    QTRY_VERIFY_WITH_TIMEOUT(m_world->textOf("upkeepText").contains(QStringLiteral("copy.earshot")), 30'000);
    QVERIFY(QFile::exists(target));
    const qint64 size = QFileInfo(target).size();
    m_world->widget("upkeepDialog")->close();
    QTRY_VERIFY(!m_world->widget("upkeepDialog"));
    tools().backUpTo(target);
    QTRY_VERIFY(m_world->widget("upkeepBar") && !m_world->widget("upkeepBar")->isVisible());
    QVERIFY(!m_world->textOf("upkeepText").contains(QStringLiteral("copy.earshot")) ||
            QFileInfo(target).size() == size);
}

void WorkspaceToolsTest::endIsToldAfterClosing()
{
    const auto bar = [this] { return m_world->textOf("messageBar"); };
    run("workspace.verify");
    m_world->widget("upkeepDialog")->close();
    QTRY_VERIFY2(bar().contains(QStringLiteral("is sound")), qPrintable(bar()));
    QTRY_VERIFY(!m_world->widget("upkeepDialog"));
    const QString target = place("copy.earshot");
    tools().backUpTo(target);
    m_world->widget("upkeepDialog")->close();
    QTRY_VERIFY2(bar().contains(QStringLiteral("copy.earshot")), qPrintable(bar()));
    QVERIFY(QFile::exists(target));
    // And that it failed.
    tools().backUpTo(target);
    m_world->widget("upkeepDialog")->close();
    QTRY_VERIFY2(bar().contains(QStringLiteral("exists already")), qPrintable(bar()));
}

void WorkspaceToolsTest::backupIsCancelled()
{
    const QString target = place("copy.earshot");
    tools().backUpTo(target);
    m_world->find<QPushButton>("upkeepCancel")->click();
    QVERIFY(!m_world->widget("upkeepDialog") || !m_world->widget("upkeepDialog")->isVisible());
    QTRY_VERIFY(!m_world->widget("upkeepDialog"));
    QVERIFY(!QFile::exists(target + QStringLiteral(".part")));
}

void WorkspaceToolsTest::backupEndsWithItsWindow()
{
    const QString target = place("copy.earshot");
    QThreadPool &pool = backgroundThreads();
    // It begins when the window is gone already: however fast it is, it has not ended before.
    QSemaphore isGone;
    const int before = pool.maxThreadCount();
    pool.setMaxThreadCount(1);
    QVERIFY(pool.waitForDone(30'000));
    pool.start([&isGone] { isGone.acquire(); });
    tools().backUpTo(target);
    delete m_world->widget("upkeepDialog");
    isGone.release();
    QVERIFY(pool.waitForDone(30'000));
    pool.setMaxThreadCount(before);
    QVERIFY(!QFile::exists(target));
    QVERIFY(!QFile::exists(target + QStringLiteral(".part")));
}

void WorkspaceToolsTest::shownListIsExported()
{
    // What is marked, else all.
    const qsizetype all = m_world->list().rowCount();
    run("list.export");
    auto *dialog = m_world->window().findChild<QFileDialog *>(QStringLiteral("exportDialog"));
    QVERIFY(dialog && dialog->windowTitle().startsWith(QStringLiteral("Export “")));
    dialog->reject();
    const auto lines = [this](const char *name) {
        QFile file(place(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll().count('\n') : qsizetype(-1);
    };
    auto *exporting = m_world->window().findChild<Exporting *>();
    exporting->exportTo(place("all.csv"));
    QTRY_COMPARE(lines("all.csv"), all + 1);
    m_world->list().setMarked(m_world->list().conversationAt(0), true);
    exporting->exportTo(place("one.csv"));
    QTRY_COMPARE(lines("one.csv"), 2);
    exporting->exportTo(place("one.jsonl"));
    QTRY_VERIFY(lines("one.jsonl") >= 2);
    exporting->exportTo(place("none/one.csv"));
    const auto isTold = [this] {
        for (const QWidget *text : m_world->window().findChildren<QWidget *>(QStringLiteral("upkeepText"))) {
            if (text->accessibleName().contains(QStringLiteral("one.csv")) ||
                text->property("text").toString().contains(QStringLiteral("one.csv")))
                return true;
        }
        return false;
    };
    QTRY_VERIFY(isTold());
}

/// Of a replica whose history is still arriving.
void WorkspaceToolsTest::exportSaysHowFarItReaches()
{
    const Time since = timeFromMs(1'770'000'000'000);
    m_world->setSearchReach(QString::number(toMs(since)));
    const QString day = QLocale().toString(toDateTime(since).toLocalTime().date(), QLocale::LongFormat);
    const auto title = [this] {
        run("list.export");
        auto *dialog = m_world->window().findChild<QFileDialog *>(QStringLiteral("exportDialog"));
        const QString said = dialog ? dialog->windowTitle() : QString();
        delete dialog;
        return said;
    };
    QTRY_VERIFY(title().endsWith(QStringLiteral(" (older history is missing)")));
    m_world->window().findChild<Exporting *>()->exportTo(place("part.csv"));
    QString told;
    QTRY_VERIFY(([&] {
        for (const QWidget *text : m_world->window().findChildren<QWidget *>(QStringLiteral("upkeepText"))) {
            const QString said = text->accessibleName() + text->property("text").toString();
            if (said.contains(QStringLiteral("part.csv")))
                told = said;
        }
        return !told.isEmpty();
    }()));
    QVERIFY2(told.contains(QStringLiteral("It reaches back to %1: older history is still missing").arg(day)),
             qPrintable(told));
}

/// Also where it is not marked any more by the time that the file was chosen.
void WorkspaceToolsTest::whatWasMarkedIsExported()
{
    m_world->list().setMarked(m_world->list().conversationAt(0), true);
    run("list.export");
    auto *dialog = m_world->window().findChild<QFileDialog *>(QStringLiteral("exportDialog"));
    QVERIFY(dialog && dialog->windowTitle().startsWith(QStringLiteral("Export 1 marked")));
    // A colleague took it.
    m_world->list().unmarkAll();
    Q_EMIT dialog->fileSelected(place("marked.csv"));
    dialog->reject();
    const auto lines = [this] {
        QFile file(place("marked.csv"));
        return file.open(QIODevice::ReadOnly) ? file.readAll().count('\n') : qsizetype(-1);
    };
    QTRY_COMPARE(lines(), 2);
}

/// More than were scrolled to, by keys.
void WorkspaceToolsTest::allThatIsFoundIsExported()
{
    QStringList names;
    for (int n = 0; n < 120; ++n)
        names.append(QStringLiteral("Writer %1").arg(n));
    m_world->write(names, QStringLiteral("Where is the needleword?"));
    m_world->window().commands().setKeys(QStringLiteral("list.export"),
                                         {{}, QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_E)});
    m_world->press(QStringLiteral("/"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("searchField"));
    m_world->type(QStringLiteral("needleword"));
    QTRY_COMPARE(m_world->textOf("searchTitle"), QStringLiteral("Found more than 50"));
    m_world->press(QStringLiteral("Down"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("searchResults"));
    m_world->press(QStringLiteral("Ctrl+Alt+E"));
    QTRY_VERIFY(m_world->focus() && m_world->focus()->window()->objectName() == QLatin1StringView("exportDialog"));
    QCOMPARE(m_world->focus()->window()->windowTitle(),
             QStringLiteral("Export all conversations that “\u2068needleword\u2069” finds"));
    QGuiApplication::clipboard()->setText(place("found.csv"));
    m_world->press(QStringLiteral("Ctrl+A Ctrl+V Return"));
    const auto lines = [this] {
        QFile file(place("found.csv"));
        return file.open(QIODevice::ReadOnly) ? file.readAll().count('\n') : qsizetype(-1);
    };
    QTRY_COMPARE(lines(), 121);
    QTRY_VERIFY(m_world->textOf("upkeepText").startsWith(QStringLiteral("120 conversations were written")));
    m_world->press(QStringLiteral("Esc"));
    // With all of them listed, their number is told.
    m_world->widget("searchResults")->setFocus();
    QTRY_COMPARE(m_world->focus(), m_world->widget("searchResults"));
    QTRY_VERIFY((m_world->press(QStringLiteral("End")),
                 m_world->textOf("searchTitle") == QStringLiteral("Found 120 messages")));
    m_world->press(QStringLiteral("Ctrl+Alt+E"));
    QTRY_VERIFY(m_world->focus() && m_world->focus()->window()->objectName() == QLatin1StringView("exportDialog"));
    QCOMPARE(m_world->focus()->window()->windowTitle(), QStringLiteral("Export 120 found conversations"));
    m_world->press(QStringLiteral("Esc"));
}

void WorkspaceToolsTest::settingsTravel()
{
    const QString file = place("settings.json");
    QDir().mkpath(WorkspaceTools::ownWordsFolder());
    write(WorkspaceTools::ownWordsFolder() + QStringLiteral("/de_DE.txt"), "ThinkTower\n");
    CommandRegistry &commands = m_world->window().commands();
    commands.setKeys(QStringLiteral("conversation.reply"), {QStringLiteral("Y"), {}});
    QSettings().setValue(QStringLiteral("window/view"), QStringLiteral("all"));
    ClaimChoice::chooseByWriting(true);
    ListQuery list;
    list.view = View::unassigned;
    ListQuery longest = list;
    longest.order = ListOrder::longestWaiting;
    ListPlaces::rememberOrder(list, longest);
    QCOMPARE(ListPlaces::sortedAsChosen(list).order, ListOrder::longestWaiting);
    QSignalSpy told(&tools(), &WorkspaceTools::message);
    tools().exportTo(file);
    QCOMPARE(told.size(), 1);
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray content = written.readAll();
    QVERIFY(!content.contains("window/"));

    commands.setKeys(QStringLiteral("conversation.reply"), {QStringLiteral("R"), {}});
    commands.setKeys(QStringLiteral("conversation.note"), {QStringLiteral("B"), {}});
    write(WorkspaceTools::ownWordsFolder() + QStringLiteral("/de_DE.txt"), "");
    ClaimChoice::chooseByWriting(false);
    ListPlaces::rememberOrder(list, list);
    tools().importFrom(file);
    QCOMPARE(told.size(), 2);
    QVERIFY(ClaimChoice::byWriting());
    QCOMPARE(ListPlaces::sortedAsChosen(list).order, ListOrder::longestWaiting);
    QCOMPARE(commands.keysOf(QStringLiteral("conversation.reply")).key, QStringLiteral("Y"));
    // What the file does not change is as the program comes.
    QCOMPARE(commands.keysOf(QStringLiteral("conversation.note")).key, QStringLiteral("N"));
    QFile words(WorkspaceTools::ownWordsFolder() + QStringLiteral("/de_DE.txt"));
    QVERIFY(words.open(QIODevice::ReadOnly));
    QCOMPARE(words.readAll(), QByteArray("ThinkTower\n"));
    QCOMPARE(QSettings().value(QStringLiteral("window/view")).toString(), QStringLiteral("all"));
}

void WorkspaceToolsTest::foreignFilesChangeNothing_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("no JSON") << QByteArray("hello") << ErrorKind::malformed;
    QTest::newRow("another's") << QByteArray(R"({"format":"other","values":{}})") << ErrorKind::malformed;
    QTest::newRow("no values") << QByteArray(R"({"format":"earshot-settings"})") << ErrorKind::malformed;
    QTest::newRow("newer") << QByteArray(R"({"format":"earshot-settings","version":2,"values":{}})")
                           << ErrorKind::newerVersion;
}

void WorkspaceToolsTest::foreignFilesChangeNothing()
{
    QFETCH(QByteArray, content);
    m_world->window().commands().setKeys(QStringLiteral("conversation.reply"), {QStringLiteral("Y"), {}});
    const QString file = place("settings.json");
    write(file, content);
    const Done done = importSettings(file, place("words"));
    QVERIFY(!done);
    QTEST(done.error().kind, "kind");
    QCOMPARE(QSettings().value(QStringLiteral("shortcuts/conversation.reply")).toStringList().value(0),
             QStringLiteral("Y"));
    QCOMPARE(importSettings(place("nowhere.json"), place("words")).error().kind, ErrorKind::io);
    QCOMPARE(exportSettings(place("no/such/file.json"), place("words")).error().kind, ErrorKind::io);
}

void WorkspaceToolsTest::namesFromAFileAreNoPaths()
{
    const QString file = place("settings.json");
    write(file, R"({"format":"earshot-settings","version":1,"values":{"window/geometry":"x","keys/single":false},)"
                R"("words":{"../../evil":["x"],"en_US":["fine"]}})");
    QVERIFY(importSettings(file, place("a/b/words")));
    QVERIFY(!QFile::exists(place("a/evil.txt")) && !QFile::exists(place("evil.txt")));
    QVERIFY(QFile::exists(place("a/b/words/en_US.txt")));
    QVERIFY(!QSettings().contains(QStringLiteral("window/geometry")) ||
            QSettings().value(QStringLiteral("window/geometry")).toString() != QStringLiteral("x"));
    QCOMPARE(QSettings().value(QStringLiteral("keys/single")).toBool(), false);
}

void WorkspaceToolsTest::damagedSettingsAreSetAside_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("isDamaged");
    QTest::newRow("fine") << QByteArray("[keys]\nsingle=false\n") << false;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("torn") << QByteArray("[keys\nsingle") << true;
    QTest::newRow("nothing but zeros") << QByteArray(300, '\0') << true;
}

void WorkspaceToolsTest::damagedSettingsAreSetAside()
{
    QFETCH(QByteArray, content);
    QFETCH(bool, isDamaged);
    m_world.reset();
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, place("settings"));
    const QString path = QSettings().fileName();
    QDir().mkpath(QFileInfo(path).absolutePath());
    write(path, content);
    const QString aside = putDamagedSettingsAside();
    QCOMPARE(!aside.isEmpty(), isDamaged);
    QCOMPARE(QFile::exists(path), !isDamaged);
    if (isDamaged) {
        QFile kept(aside);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), content);
    }
    QSettings().setValue(QStringLiteral("keys/single"), true);
    QSettings settings;
    settings.sync();
    QCOMPARE(settings.status(), QSettings::NoError);
}

void WorkspaceToolsTest::windowHidesWhereTheTrayKeepsIt()
{
    QSignalSpy closing(&m_world->window(), &MainWindow::closing);
    m_world->window().setHidesOnClose(true);
    m_world->window().close();
    QVERIFY(m_world->window().isHidden());
    QVERIFY(closing.isEmpty());
    m_world->window().raiseFor({});
    QVERIFY(m_world->window().isVisible());
    run("program.quit");
    QCOMPARE(closing.size(), 1);
}

QTEST_MAIN(WorkspaceToolsTest)
#include "tst_workspacetools.moc"
