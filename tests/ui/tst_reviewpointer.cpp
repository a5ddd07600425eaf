// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/bypointer.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/inbox/inboxpane.h"
#include "ui/settings/journalmodel.h"
#include "ui/shell/roster.h"
#include "ui/window/contactwindow.h"
#include "ui/window/conversationwindow.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QListWidget>
#include <QPushButton>
#include <QTableView>
#include <QTest>

#include <limits>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// What is answered in a row, looked through and kept, by pointer alone: the keyboard writes words only.
class ReviewPointerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }
    void init();
    void cleanup() { m_world.reset(); }
    void markedOnesAreAnswered();
    void foundOnesAreExported();
    void conversationIsSavedAsPdf();
    void workspaceIsBackedUpAndChecked();
    void searchIsKept();
    void listIsSortedAndGrouped();
    void isUnseenAgain();
    void journalLineOpensItsConversation();
    void windowOfItsOwnIsOpened();
    void contactHasItsWindow();

private:
    [[nodiscard]] QFileDialog *fileDialog() const
    {
        const auto dialogs = m_world->window().findChildren<QFileDialog *>();
        for (QFileDialog *dialog : dialogs) {
            if (dialog->isVisible())
                return dialog;
        }
        return nullptr;
    }
    [[nodiscard]] QByteArray contentOf(const QString &name) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// The file that the command asks for, in the test's folder under the name that is proposed.
    void saveFile(const char *menu, const char *command);
    /// By its own button.
    void closeUpkeep();
    /// For a word that three have written.
    void search();
    void openMention();
    void open(ConversationId id);

    QTemporaryDir m_folder;
    std::unique_ptr<WindowWorld> m_world;
    std::unique_ptr<ByPointer> m_pointer;
    ConversationId m_mention;
};

void ReviewPointerTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    m_pointer = std::make_unique<ByPointer>(*m_world);
    QTRY_VERIFY(m_world->isReady());
}

void ReviewPointerTest::saveFile(const char *menu, const char *command)
{
    // Where the program was started is proposed.
    const QString before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(m_folder.path()));
    m_pointer->chooseInBar(menu, command);
    QTRY_VERIFY(fileDialog());
    QVERIFY(QDir::setCurrent(before));
    QVERIFY(fileDialog()->directory() == QDir(m_folder.path()));
    QWidget *save = fileDialog()->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save);
    QTRY_VERIFY(save->isEnabled());
    QTest::mouseClick(save, Qt::LeftButton);
    QTRY_VERIFY(!fileDialog());
}

void ReviewPointerTest::closeUpkeep()
{
    const auto *buttons = m_world->widget("upkeepDialog")->findChild<QDialogButtonBox *>();
    QTest::mouseClick(buttons->button(QDialogButtonBox::Close), Qt::LeftButton);
    QTRY_VERIFY(!m_world->widget("upkeepDialog"));
}

void ReviewPointerTest::search()
{
    m_world->write({u"Writer One"_s, u"Writer Two"_s, u"Writer Three"_s}, u"Where is the needleword?"_s);
    m_pointer->click("searchField");
    QTRY_COMPARE(m_world->focus(), m_world->widget("searchField"));
    m_world->type(u"needleword"_s);
    QTRY_COMPARE(m_world->textOf("searchTitle"), u"Found 3 messages"_s);
}

void ReviewPointerTest::open(ConversationId id)
{
    QTest::mouseClick(m_pointer->table().viewport(), Qt::LeftButton, {}, m_pointer->placeOf(id));
    QTRY_COMPARE(m_world->find<ConversationPane>("conversationPane")->record().id, id);
}

void ReviewPointerTest::openMention()
{
    m_mention = m_world->showMention();
    QVERIFY(m_mention.isValid());
    open(m_mention);
}

void ReviewPointerTest::markedOnesAreAnswered()
{
    QVERIFY(m_world->act(Act::KeepSavedReply{{}, u"Known"_s, u"Dear {name}, we know of it."_s}).isApplied());
    QTRY_COMPARE(m_world->window().roster().savedReplies().size(), 1);
    const ConversationListModel &list = m_world->list();
    QList<ConversationId> ids;
    for (int row = 0; row < list.rowCount() && ids.size() < 3; ++row) {
        const ConversationRecord one = m_world->record(list.conversationAt(row));
        if (one.network == Network::mastodon && !one.isPrivate)
            ids.append(one.id);
    }
    QCOMPARE(ids.size(), 3);
    QTableView &table = m_pointer->table();
    for (const ConversationId id : std::as_const(ids)) {
        table.scrollTo(list.index(list.rowOf(id)));
        QTest::mouseClick(table.viewport(), Qt::LeftButton, Qt::ControlModifier, m_pointer->placeOf(id));
    }
    QCOMPARE(list.markedCount(), 3);
    m_pointer->chooseInBar("&List", "round.start");
    QTRY_VERIFY(m_world->widget("pickList") && m_world->widget("pickList")->isVisible());
    m_pointer->clickRow(*m_world->find<QListWidget>("pickList"), u"Known"_s);
    for (const ConversationId id : std::as_const(ids)) {
        QTRY_VERIFY(m_world->shown() == id && m_world->widget("composer")->isVisible());
        QTRY_VERIFY(m_world->textOf("composerText").contains(u"we know of it"_s));
        m_pointer->click("composerSend");
        QTRY_VERIFY(m_world->messages(id).constLast().text.contains(u"we know of it"_s));
        QCOMPARE(m_world->messages(id).constLast().kind, MessageKind::reply);
    }
    QTRY_COMPARE(m_world->textOf("messageBar"), u"Answered 3 of 3 conversations."_s);
    QCOMPARE(list.markedCount(), 0);
}

void ReviewPointerTest::foundOnesAreExported()
{
    search();
    saveFile("&List", "list.export");
    const auto said = [this] { return m_world->textOf("upkeepText"); };
    QTRY_VERIFY2(said().startsWith(u"3 conversations were written"_s), qPrintable(said()));
    // Below their heads.
    QCOMPARE(contentOf(u"needleword.csv"_s).count('\n'), 4);
    closeUpkeep();
}

void ReviewPointerTest::conversationIsSavedAsPdf()
{
    openMention();
    saveFile("&Conversation", "conversation.pdf");
    QTRY_COMPARE(m_world->textOf("messageBar"), u"The PDF was saved."_s);
    QVERIFY(contentOf(u"Conversation %1.pdf"_s.arg(m_world->record(m_mention).number)).startsWith("%PDF-"));
}

void ReviewPointerTest::workspaceIsBackedUpAndChecked()
{
    const auto said = [this] { return m_world->textOf("upkeepText"); };
    saveFile("&Earshot", "workspace.backup");
    QTRY_VERIFY2(said().contains(u"backup.earshot"_s), qPrintable(said()));
    QVERIFY(contentOf(u"backup.earshot"_s).startsWith("SQLite format 3"));
    closeUpkeep();
    m_pointer->chooseInBar("&Earshot", "workspace.verify");
    QTRY_VERIFY2(said().contains(u"is sound"_s), qPrintable(said()));
    closeUpkeep();
}

void ReviewPointerTest::searchIsKept()
{
    search();
    m_pointer->chooseInBar("&Go", "view.saveSearch");
    QTRY_COMPARE(m_world->textOf("viewSearch"), u"needleword"_s);
    m_pointer->click("viewSave");
    QTRY_VERIFY(!m_world->widget("viewDialog"));
    auto *views = m_world->find<QAbstractItemView>("views");
    QTRY_COMPARE(views->currentIndex().data().toString(), u"needleword"_s);
    // Somewhere else, and back.
    m_pointer->clickRow(*views, u"Unassigned"_s);
    QTRY_COMPARE(m_world->textOf("viewTitle"), u"Unassigned"_s);
    QVERIFY(m_world->textOf("searchField").isEmpty());
    m_pointer->clickRow(*views, u"needleword"_s);
    QTRY_COMPARE(m_world->textOf("searchField"), u"needleword"_s);
    QTRY_COMPARE(m_world->textOf("searchTitle"), u"Found 3 messages"_s);
}

void ReviewPointerTest::listIsSortedAndGrouped()
{
    m_pointer->goTo("All open");
    const ConversationListModel &list = m_world->list();
    m_pointer->chooseInBox(*m_world->find<QComboBox>("listOrder"), u"Widest reach first"_s);
    QTRY_COMPARE(list.query().order, ListOrder::reach);
    QTRY_COMPARE(list.state(), ConversationListModel::State::ready);
    QVERIFY(m_world->record(list.conversationAt(0)).followers > 0);
    int last = std::numeric_limits<int>::max();
    for (int row = 0; row < list.rowCount(); ++row) {
        const int now = m_world->record(list.conversationAt(row)).followers;
        QVERIFY(now <= last);
        last = now;
    }
    m_pointer->click("listGrouped");
    QTRY_VERIFY(list.query().isGrouped);
    QTRY_COMPARE(list.state(), ConversationListModel::State::ready);
    QSet<ThreadId> met;
    ThreadId above;
    for (int row = 0; row < list.rowCount(); ++row) {
        const ThreadId thread = m_world->record(list.conversationAt(row)).thread;
        QVERIFY2(thread == above || !met.contains(thread), "a thread stands in two places");
        met.insert(thread);
        above = thread;
    }
    QVERIFY(met.size() < list.rowCount());
}

void ReviewPointerTest::isUnseenAgain()
{
    m_world->write(u"Odo Quark"_s, u"hello there"_s);
    const auto first = [this] { return m_world->record(m_world->list().conversationAt(0)); };
    QTRY_COMPARE(first().contactName, u"Odo Quark"_s);
    const ConversationId id = first().id;
    const auto isUnseen = [this, id] {
        const auto flushed = m_world->desk().flushPersonal();
        return QTest::qWaitFor([&] { return flushed.isFinished(); }, 30'000) && m_world->record(id).isUnseen;
    };
    QVERIFY(isUnseen());
    open(id);
    QTRY_VERIFY(!isUnseen());
    m_pointer->chooseInMenu(id, "conversation.unseen");
    QTRY_COMPARE(m_world->textOf("messageBar"), u"Marked as unseen"_s);
    QVERIFY(isUnseen());
}

void ReviewPointerTest::journalLineOpensItsConversation()
{
    const ConversationId id = m_world->list().conversationAt(3);
    QVERIFY(m_world->act(Act::AddTag{id, u"journalled"_s}).isApplied());
    m_pointer->chooseInBar("&Earshot", "journal.show");
    QTRY_VERIFY(m_world->widget("journalTable") && m_world->widget("journalTable")->isVisible());
    auto *table = m_world->find<QTableView>("journalTable");
    QTRY_VERIFY(table->model()->rowCount() > 0);
    const QModelIndex newest = table->model()->index(0, int(JournalModel::Column::what));
    QVERIFY2(newest.data().toString().contains(u"journalled"_s), qPrintable(newest.data().toString()));
    const QPoint place = table->visualRect(newest).center();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, place);
    QVERIFY(m_world->shown() != id);
    QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, place);
    QTRY_COMPARE(m_world->shown(), id);
    QTRY_VERIFY(!m_world->widget("journalDialog"));
}

void ReviewPointerTest::windowOfItsOwnIsOpened()
{
    openMention();
    m_pointer->chooseInMenu(m_mention, "conversation.window");
    QTRY_VERIFY(WindowWorld::top<ConversationWindow>());
    auto *own = WindowWorld::top<ConversationWindow>();
    QTRY_COMPARE(own->pane().record().id, m_mention);
    QTRY_VERIFY(own->windowTitle().contains(u"#%1"_s.arg(m_world->record(m_mention).number)));
    QVERIFY(own->isVisible());
}

void ReviewPointerTest::contactHasItsWindow()
{
    openMention();
    const ConversationRecord shown = m_world->record(m_mention);
    m_pointer->chooseInMenu(m_mention, "contact.show");
    QTRY_VERIFY(WindowWorld::top<ContactWindow>());
    auto *own = WindowWorld::top<ContactWindow>();
    QCOMPARE(own->contact(), shown.contact);
    QTRY_VERIFY(own->windowTitle().startsWith(shown.contactName));
    QTRY_VERIFY(own->list().model().rowOf(m_mention) >= 0);
    QVERIFY(own->isVisible());
}

QTEST_MAIN(ReviewPointerTest)
#include "tst_reviewpointer.moc"
