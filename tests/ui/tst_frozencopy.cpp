// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/session.h"
#include "replica/replicasession.h"
#include "tests/server/serverworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/inboxpane.h"
#include "ui/search/searchmodel.h"
#include "ui/search/searchpane.h"
#include "ui/shell/appearance.h"
#include "ui/window/conversationwindow.h"
#include "ui/window/exporting.h"
#include "ui/window/mainwindow.h"
#include "ui/window/printing.h"
#include "workspace/upkeep.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTableWidget>
#include <QTest>

#include <algorithm>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// A reviewer's window on a copy that earshotctl made of a replica: all is read there, nothing is done, and the copy
/// stays as it was.
class FrozenCopyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void saysFromWhenItIs();
    void isSearchedAndExported();
    void showsWhoDidWhat();
    void nothingIsDone();
    void isPrinted();
    void noCommandActs();
    void onlyWhatCanBeDoneIsOffered();
    void keptThingsAreOnlyRead();
    void ownWindowSaysFromWhenItIs();

private:
    void makeCopy();
    [[nodiscard]] QString copy() const { return m_folder->filePath(str("copy.earshot")); }
    [[nodiscard]] ConversationListModel &list() { return m_window->findChild<InboxPane *>()->model(); }
    [[nodiscard]] bool trigger(const char *command) { return m_window->commands().trigger(str(command)); }

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
    MainWindow::Options m_options;
};

/// Of Kim's desktop, with something that waits there.
void FrozenCopyTest::makeCopy()
{
    ReplicaSession::Options options;
    options.path = m_folder->filePath(str("replica.earshot"));
    options.token = Secret(m_world->token(ServerWorld::kim));
    const QString server = str("http://127.0.0.1:%1").arg(m_world->server().port());
    QVERIFY(ReplicaFile::create(options.path, {server, m_world->account(), ServerWorld::kim}, m_world->clock()));
    const auto replica = std::move(ReplicaSession::open(options, m_world->clock()).value());
    QTRY_COMPARE(replica->desk().status().kind, DeskStatus::Kind::current);
    m_world->stopServer();
    QTRY_COMPARE(replica->desk().status().kind, DeskStatus::Kind::offline);
    const auto done = replica->desk().perform(
        {makeAction(Act::AddNote{ConversationId(1), str("waitsword")}, m_world->clock().now())});
    QTRY_VERIFY(done.isFinished());
    QVERIFY(backupWorkspace(options.path, copy()));
}

void FrozenCopyTest::init()
{
    m_world = std::make_unique<ServerWorld>();
    m_folder = std::make_unique<QTemporaryDir>();
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder->filePath(str("settings")));
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("fresh")}).isApplied());
    makeCopy();
    const auto found = ReplicaFile::describe(copy());
    QVERIFY(found && found->isFrozen);
    Session::Options options;
    options.path = copy();
    options.agentName = str("Kim");
    options.isReadOnly = true;
    auto session = Session::open(std::move(options), m_world->clock());
    QVERIFY2(session, session ? "" : qPrintable(session.error().detail));
    m_session = std::move(*session);
    m_options = {};
    m_options.title = str("desk.example");
    m_options.whyReadOnly = str("This is a copy of what was here then, for reading.");
    m_options.asOf = found->asOf;
    static auto *appearance = new Appearance(*qApp);
    m_window = std::make_unique<MainWindow>(m_session->desk(), m_session->channels(), *appearance, m_options);
    m_window->show();
    QTRY_COMPARE(list().state(), ConversationListModel::State::ready);
    QTRY_VERIFY(list().rowCount() > 0);
}

void FrozenCopyTest::cleanup()
{
    m_window.reset();
    m_session.reset();
    m_world.reset();
}

void FrozenCopyTest::saysFromWhenItIs()
{
    const QString title = m_window->windowTitle();
    QVERIFY2(title.contains(str("desk.example · as of ")) && title.contains(str("read only")), qPrintable(title));
    QTRY_COMPARE(m_window->findChild<QAbstractButton *>(str("statusButton"))->text(), str("Read only"));
}

void FrozenCopyTest::isSearchedAndExported()
{
    auto *field = m_window->findChild<QLineEdit *>(str("searchField"));
    const SearchModel *model = &m_window->findChild<SearchPane *>()->model();
    field->setText(str("secretword"));
    QTRY_COMPARE(model->conversations().size(), 3);
    field->setText(str("tag:fresh openword"));
    QTRY_COMPARE(model->conversations().size(), 1);
    // What only waited to be sent is not in it.
    field->setText(str("waitsword"));
    QTRY_COMPARE(model->conversations().size(), 0);
    field->clear();
    QVERIFY(trigger("list.export"));
    const QString file = m_folder->filePath(str("all.csv"));
    m_window->findChild<Exporting *>()->exportTo(file);
    QTRY_COMPARE(bytesOf(file).count('\n'), list().rowCount() + 1);
}

void FrozenCopyTest::showsWhoDidWhat()
{
    QVERIFY(trigger("journal.show"));
    QTRY_VERIFY(m_window->findChild<QTableView *>(str("journalTable")));
    QTRY_VERIFY(m_window->findChild<QTableView *>(str("journalTable"))->model()->rowCount() > 0);
}

void FrozenCopyTest::nothingIsDone()
{
    const QByteArray before = bytesOf(copy());
    QVERIFY(!before.isEmpty());
    m_window->openConversation(ConversationId(1));
    QTRY_COMPARE(m_window->findChild<ConversationPane *>()->record().id, ConversationId(1));
    QVERIFY(m_window->commands().isEnabled(str("conversation.print")));
    for (const char *command :
         {"conversation.claim", "conversation.reply", "conversation.note", "conversation.resolve", "workspace.adopt"})
        QVERIFY2(!trigger(command), command);
    QVERIFY(trigger("channels.show"));
    for (const char *deed : {"channelPull", "channelTest", "channelEdit", "channelRemove"}) {
        const auto *button = m_window->findChild<QAbstractButton *>(str(deed));
        QVERIFY2(button && !button->isVisible(), deed);
    }
    const auto done = m_session->desk().perform({makeAction(Act::Claim{ConversationId(1)}, m_world->clock().now())});
    QTRY_VERIFY(done.isFinished());
    QVERIFY(!done.result().constFirst().isApplied());
    m_window.reset();
    m_session.reset();
    QVERIFY(bytesOf(copy()) == before);
}

void FrozenCopyTest::isPrinted()
{
    m_window->openConversation(ConversationId(1));
    QTRY_COMPARE(m_window->findChild<ConversationPane *>()->record().id, ConversationId(1));
    QVERIFY(m_window->commands().isEnabled(str("conversation.print")));
    QVERIFY(m_window->commands().isEnabled(str("conversation.pdf")));
    const QString file = m_folder->filePath(str("one.pdf"));
    m_window->findChild<Printing *>()->writePdf(ConversationId(1), file);
    QTRY_VERIFY(bytesOf(file).trimmed().endsWith("%%EOF"));
    QVERIFY(bytesOf(file).startsWith("%PDF-"));
}

/// Whatever is offered with a conversation shown, rows marked and something searched for: done, it leaves the file and
/// the server's record alone.
void FrozenCopyTest::noCommandActs()
{
    const QByteArray before = bytesOf(copy());
    m_window->openConversation(ConversationId(1));
    QTRY_COMPARE(m_window->findChild<ConversationPane *>()->record().id, ConversationId(1));
    QVERIFY(trigger("mark.all"));
    m_window->findChild<QLineEdit *>(str("searchField"))->setText(str("openword"));
    CommandRegistry &commands = m_window->commands();
    commands.refresh();
    // Those lead out of the program, or to a printer.
    const QStringList leads{str("program.quit"),     str("workspace.switch"),   str("workspace.another"),
                            str("workspace.read"),   str("conversation.print"), str("message.openPage"),
                            str("message.openLink"), str("message.profile")};
    int count = 0;
    const QStringList all = commands.ids();
    for (const QString &id : all) {
        if (!commands.isEnabled(id))
            continue;
        const Command *command = commands.find(id);
        QVERIFY2(command && !command->needsRight, qPrintable(id));
        if (leads.contains(id) || id.startsWith(str("workspace.switch")))
            continue;
        ++count;
        QVERIFY2(commands.trigger(id), qPrintable(id));
        for (QWidget *top : QApplication::topLevelWidgets()) {
            if (top != m_window.get() && (qobject_cast<QDialog *>(top) || qobject_cast<QMenu *>(top)))
                top->close();
        }
        QVERIFY2(m_window->isVisible(), qPrintable(id));
        QVERIFY2(commands.isEnabled(str("help.keys")), qPrintable(id));
    }
    QVERIFY(count > 25);
    m_window.reset();
    m_session.reset();
    QVERIFY(bytesOf(copy()) == before);
}

/// In no menu, not by its name and not on the sheet of keys.
void FrozenCopyTest::onlyWhatCanBeDoneIsOffered()
{
    m_window->openConversation(ConversationId(1));
    QTRY_COMPARE(m_window->findChild<ConversationPane *>()->record().id, ConversationId(1));
    CommandRegistry &commands = m_window->commands();
    int hidden = 0;
    for (const QString &id : commands.ids()) {
        const bool isDeed = commands.find(id)->needsRight;
        hidden += isDeed ? 1 : 0;
        QVERIFY2(commands.action(id)->isVisible() != isDeed, qPrintable(id));
        const QStringList found = commands.matching(commands.plainText(id), 100);
        QVERIFY2(found.contains(id) != isDeed, qPrintable(id));
    }
    QVERIFY(hidden > 25);
    for (const char *never : {"edit.undo", "workspace.adopt", "message.like", "conversation.reply", "composer.send"})
        QVERIFY2(!commands.action(str(never)) || !commands.action(str(never))->isVisible(), never);
    for (const QAction *title : m_window->menuBar()->actions()) {
        if (!title->isVisible())
            continue;
        const auto inside = title->menu()->actions();
        QVERIFY2(std::any_of(inside.cbegin(), inside.cend(),
                             [](const QAction *one) { return one->isVisible() && !one->isSeparator(); }),
                 qPrintable(title->text()));
    }
    QVERIFY(trigger("help.keys"));
    const auto *sheet = m_window->findChild<QTableWidget *>(str("cheatSheetTable"));
    QVERIFY(sheet->findItems(commands.plainText(str("conversation.reply")), Qt::MatchExactly).isEmpty());
    QVERIFY(!sheet->findItems(commands.plainText(str("list.next")), Qt::MatchExactly).isEmpty());
}

void FrozenCopyTest::keptThingsAreOnlyRead()
{
    for (const auto &[command, dialog] : {std::pair("replies.show", "savedReplies"), std::pair("macros.show", "macros"),
                                          std::pair("teams.show", "teams"), std::pair("agents.show", "agents")}) {
        QVERIFY2(trigger(command), command);
        for (const char *deed : {"New", "Remove", "Save"}) {
            const auto *button = m_window->findChild<QAbstractButton *>(str(dialog) + str(deed));
            QVERIFY2(button && !button->isVisible(), dialog);
        }
        m_window->findChild<QDialog *>(str(dialog))->close();
    }
    QVERIFY(trigger("channels.show"));
    QVERIFY(!m_window->findChild<QAbstractButton *>(str("connectChannel"))->isVisible());
    QVERIFY(!m_window->findChild<QAbstractButton *>(str("channelSending"))->isVisible());
}

void FrozenCopyTest::ownWindowSaysFromWhenItIs()
{
    m_window->openWindow(ConversationId(1));
    ConversationWindow *own = nullptr;
    for (QWidget *top : QApplication::topLevelWidgets())
        own = own ? own : qobject_cast<ConversationWindow *>(top);
    QVERIFY(own);
    QTRY_VERIFY2(own->windowTitle().contains(str("#1")), qPrintable(own->windowTitle()));
    const QString when = m_window->windowTitle().section(str("as of "), 1).section(u',', 0, 0);
    QVERIFY(!when.isEmpty());
    QVERIFY2(own->windowTitle().endsWith(str(" · as of %1, read only").arg(when)), qPrintable(own->windowTitle()));
    QVERIFY(!own->commands().action(str("conversation.reply"))->isVisible());
    QVERIFY(own->commands().action(str("conversation.print"))->isVisible());
}

QTEST_MAIN(FrozenCopyTest)
#include "tst_frozencopy.moc"
