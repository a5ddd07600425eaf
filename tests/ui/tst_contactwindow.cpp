// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/localdesk.h"
#include "tests/ui/heldanswer.h"
#include "tests/ui/windowworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/inbox/conversationtable.h"
#include "ui/inbox/inboxpane.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/roster.h"
#include "ui/shell/statepage.h"
#include "ui/window/contactwindow.h"
#include "ui/window/conversationwindow.h"
#include "workspace/database.h"

#include <QApplication>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace Earshot;

namespace {

void fail()
{
    Database::setFault([] { return std::optional(Error{ErrorKind::io, QStringLiteral("gone"), {}}); });
}

} // namespace

/// A contact in a window of its own, with everything that was written with it.
class ContactWindowTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void hasAllOfAllChannels();
    void isReachedByButtonsToo();
    void rowsAreOpenedByKeys();
    void rowsAreOpenedByPointer();
    void rowsAreWorkedOn();
    void mergingAndPartingAreFollowed();
    void mergedIntoAnotherItIsThatOne();
    void closingWaitsForWhatIsDone();
    void isReadOnceAtATime();
    void readAnewItKeepsItsRow();
    void channelWithoutANameHasItsAddress();
    void newOnesAreFollowed();
    void secondOneIsTheSame();
    void ownWindowLeadsThereToo();
    void sizeAndKeysStay();
    void fiveThousandAreNoProblem();
    void whatCannotBeReadIsTriedAgain();
    void nobodyIsThereAnyMore();
    void viewerOnlyReads();
    void readOnlyOffersNoDeed();

private:
    [[nodiscard]] static ContactWindow *own() { return WindowWorld::top<ContactWindow>(); }
    [[nodiscard]] static ConversationTable *table() { return own()->findChild<ConversationTable *>(); }
    [[nodiscard]] static ConversationListModel &rows() { return own()->list().model(); }
    [[nodiscard]] static QString textOf(const char *name)
    {
        const auto *label = own()->findChild<PlainLabel *>(QString::fromLatin1(name));
        return label && label->isVisible() ? label->text() : QString();
    }
    [[nodiscard]] static QString said() { return own()->findChild<MessageBar *>()->text(); }
    [[nodiscard]] static QString sentence(int row) { return rows().index(row).data(Qt::AccessibleTextRole).toString(); }
    /// In the contact's window.
    static void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTRY_VERIFY(own()->isActiveWindow() && QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    [[nodiscard]] qint64 countOf(ContactId contact);
    [[nodiscard]] qint64 countNow() { return countOf(m_shown.contact); }
    /// Among the newest of all.
    [[nodiscard]] ConversationRecord newestOf(const QString &name);
    /// Others who are one person with whom is shown, each on another channel if there is one.
    void mergeOthers(int count);
    void open();

    std::unique_ptr<WindowWorld> m_world;
    ConversationRecord m_shown;
};

void ContactWindowTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->isReady());
    m_shown = m_world->record(m_world->showMention());
    QVERIFY(m_shown.id.isValid());
}

void ContactWindowTest::cleanup()
{
    Database::setFault({});
    m_world.reset();
}

void ContactWindowTest::mergeOthers(int count)
{
    QSet<ChannelId> channels{m_shown.channel};
    for (int row = 0; row < m_world->list().rowCount() && count > 0; ++row) {
        const ConversationRecord other = m_world->record(m_world->list().conversationAt(row));
        const bool isFurther = channels.size() > 1 || !channels.contains(other.channel);
        if (other.contact == m_shown.contact || !isFurther)
            continue;
        if (m_world->act(Act::MergeContacts{other.contact, m_shown.contact}).isApplied()) {
            channels.insert(other.channel);
            --count;
        }
    }
    QCOMPARE(count, 0);
    QVERIFY(channels.size() > 1);
}

void ContactWindowTest::open()
{
    m_world->press(QStringLiteral("Shift+D"));
    QTRY_VERIFY(own());
    QVERIFY(QTest::qWaitForWindowActive(own()));
    QTRY_VERIFY(rows().rowCount() > 0 && rows().record(rows().conversationAt(0)));
    QTRY_COMPARE(QApplication::focusWidget(), table());
}

qint64 ContactWindowTest::countOf(ContactId contact)
{
    const auto counts = m_world->desk().workspace().readNow<ContactCounts>(
        [this, contact](Database &database) { return countOfContact(database, contact, m_world->clock().now()); });
    return counts.value_or(ContactCounts()).all;
}

ConversationRecord ContactWindowTest::newestOf(const QString &name)
{
    ListQuery all;
    all.view = View::all;
    all.now = m_world->clock().now();
    const auto entries = m_world->desk().workspace().readNow<QList<ListEntry>>(
        [&all](Database &database) { return listConversations(database, all); });
    for (const ListEntry &entry : *entries) {
        if (const ConversationRecord one = m_world->record(entry.id); one.contactName == name)
            return one;
    }
    return {};
}

void ContactWindowTest::hasAllOfAllChannels()
{
    mergeOthers(3);
    open();
    QVERIFY(own()->windowTitle().startsWith(m_shown.contactName));
    QCOMPARE(textOf("contactName"), m_shown.contactName);
    QTRY_COMPARE(own()->findChild<QListWidget *>(QStringLiteral("contactIdentities"))->count(), 4);
    QVERIFY(countNow() >= 4);
    QTRY_COMPARE(qint64(rows().rowCount()), countNow());
    QSet<ChannelId> channels;
    int open = 0;
    Time before;
    for (int row = 0; row < rows().rowCount(); ++row) {
        const ConversationRecord one = m_world->record(rows().conversationAt(row));
        QVERIFY(row == 0 || one.lastMessageAt <= before);
        before = one.lastMessageAt;
        open += one.status == Status::open ? 1 : 0;
        channels.insert(one.channel);
        QTRY_VERIFY(rows().record(one.id));
        const ChannelRecord *channel = m_world->window().roster().channel(one.channel);
        QVERIFY(channel);
        // Whose it is one knows; where it is, and how it stands, differs.
        const QString head = rows().headText(*rows().record(one.id));
        QVERIFY2(head.contains(QString::number(one.number)) && head.contains(channel->name), qPrintable(head));
        QVERIFY2(sentence(row).contains(head), qPrintable(sentence(row)));
        QVERIFY(!rows().stateText(one).isEmpty());
    }
    QVERIFY(channels.size() > 1);
    const QString counts = QStringLiteral("%1 conversations · %2 open").arg(rows().rowCount()).arg(open);
    QTRY_COMPARE(textOf("contactCounts"), counts);
    // Of those without a row too, for who cannot see them.
    QTRY_VERIFY(table()->placeText(0).endsWith(QString::number(countNow())));
}

void ContactWindowTest::isReachedByButtonsToo()
{
    mergeOthers(2);
    m_world->press(QStringLiteral("D"));
    QTRY_VERIFY(m_world->widget("contactAll")->isVisible() && m_world->widget("contactAll")->isEnabled());
    QTest::mouseClick(m_world->widget("contactAll"), Qt::LeftButton);
    QTRY_VERIFY(own());
    QCOMPARE(own()->contact(), m_shown.contact);
    own()->close();
    QTRY_VERIFY(!own());
    // By name, and from the header.
    QVERIFY(m_world->window()
                .commands()
                .matching(QStringLiteral("all conversations"), 5)
                .contains(QStringLiteral("contact.show")));
    QTRY_VERIFY(m_world->widget("headerOthers")->isVisible());
    QMetaObject::invokeMethod(
        m_world->widget("headerOthers"), [this] { m_world->find<QToolButton>("headerOthers")->click(); },
        Qt::QueuedConnection);
    QMenu *menu = nullptr;
    QTRY_VERIFY((menu = m_world->window().findChild<QMenu *>(QStringLiteral("othersMenu"))));
    const QList<QAction *> actions = menu->actions();
    const auto all = std::find_if(actions.cbegin(), actions.cend(),
                                  [](const QAction *one) { return one->text().startsWith(QStringLiteral("All con")); });
    QVERIFY(all != actions.cend());
    (*all)->trigger();
    menu->close();
    QTRY_VERIFY(own());
}

void ContactWindowTest::rowsAreOpenedByKeys()
{
    mergeOthers(3);
    open();
    QTRY_VERIFY(rows().rowCount() >= 3);
    // Nothing is opened by looking.
    press(Qt::Key_J);
    press(Qt::Key_Down);
    press(Qt::Key_J);
    press(Qt::Key_K);
    QTRY_COMPARE(table()->currentIndex().row(), 1);
    QCOMPARE(m_world->shown(), m_shown.id);
    const ConversationId meant = rows().conversationAt(1);
    press(Qt::Key_O, Qt::ShiftModifier);
    QTRY_VERIFY(WindowWorld::top<ConversationWindow>());
    QTRY_COMPARE(WindowWorld::top<ConversationWindow>()->pane().record().id, meant);
    WindowWorld::top<ConversationWindow>()->close();
    own()->activateWindow();
    press(Qt::Key_J);
    const ConversationId next = rows().conversationAt(2);
    press(Qt::Key_Return);
    QTRY_COMPARE(m_world->shown(), next);
    QTRY_VERIFY(m_world->window().isActiveWindow());
    QVERIFY(own()->isVisible());
    own()->activateWindow();
    press(Qt::Key_Escape);
    QTRY_VERIFY(!own());
}

void ContactWindowTest::rowsAreOpenedByPointer()
{
    mergeOthers(2);
    open();
    QTRY_VERIFY(rows().rowCount() >= 2);
    const ConversationId meant = rows().conversationAt(1);
    const QPoint place = table()->visualRect(rows().index(1)).center();
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(m_world->shown(), m_shown.id);
    QTest::mouseDClick(table()->viewport(), Qt::LeftButton, {}, place);
    QTRY_COMPARE(m_world->shown(), meant);
}

void ContactWindowTest::rowsAreWorkedOn()
{
    mergeOthers(2);
    open();
    const ConversationId id = m_shown.id;
    QTRY_VERIFY(rows().rowOf(id) >= 0);
    for (int row = 0; row <= rows().rowOf(id); ++row)
        press(Qt::Key_J);
    QVERIFY(rows().conversationAt(table()->currentIndex().row()) == id);
    const AgentId before = m_world->record(id).assignee;
    QTRY_VERIFY(own()->commands().isEnabled(QStringLiteral("conversation.assign")));
    press(Qt::Key_A, Qt::ShiftModifier);
    QTRY_COMPARE(m_world->record(id).assignee, m_world->desk().me());
    QTRY_VERIFY(!said().isEmpty());
    press(Qt::Key_Z);
    QTRY_COMPARE(m_world->record(id).assignee, before);
    // What is resolved stays listed, and says so.
    const int count = rows().rowCount();
    press(Qt::Key_E);
    QTRY_COMPARE(m_world->record(id).status, Status::resolved);
    QTRY_COMPARE(rows().record(id)->status, Status::resolved);
    QCOMPARE(rows().rowCount(), count);
    QVERIFY(!rows().stateText(*rows().record(id)).isEmpty());
    // Marks go before the window does.
    press(Qt::Key_X);
    QTRY_COMPARE(rows().markedCount(), 1);
    press(Qt::Key_Escape);
    QTRY_COMPARE(rows().markedCount(), 0);
    QVERIFY(own() && own()->isVisible());
    press(Qt::Key_W, Qt::ControlModifier);
    QTRY_VERIFY(!own());
}

void ContactWindowTest::mergingAndPartingAreFollowed()
{
    open();
    const qint64 before = countNow();
    QTRY_COMPARE(qint64(rows().rowCount()), before);
    auto *split = own()->findChild<QPushButton *>(QStringLiteral("contactSplit"));
    QVERIFY(!split->isVisible());
    ConversationRecord other;
    for (int row = 0; row < m_world->list().rowCount() && !other.id.isValid(); ++row) {
        const ConversationRecord one = m_world->record(m_world->list().conversationAt(row));
        if (one.contact != m_shown.contact)
            other = one;
    }
    // By its number, in this window.
    auto *merge = own()->findChild<QPushButton *>(QStringLiteral("contactMerge"));
    QTRY_VERIFY(merge->isEnabled());
    QTest::mouseClick(merge, Qt::LeftButton);
    QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
    m_world->type(QStringLiteral("#%1").arg(other.number));
    m_world->press(QStringLiteral("Return"));
    QTRY_COMPARE(m_world->record(other.id).contact, m_shown.contact);
    QTRY_VERIFY(rows().rowOf(other.id) >= 0);
    QVERIFY(countNow() > before);
    QTRY_COMPARE(qint64(rows().rowCount()), countNow());
    auto *identities = own()->findChild<QListWidget *>(QStringLiteral("contactIdentities"));
    QTRY_COMPARE(identities->count(), 2);
    QTRY_VERIFY(split->isVisible());
    for (int row = 0; row < 2 && !split->isEnabled(); ++row)
        identities->setCurrentRow(row);
    QTest::mouseClick(split, Qt::LeftButton);
    QTRY_COMPARE(m_world->record(other.id).contact, other.contact);
    QTRY_VERIFY(rows().rowOf(other.id) < 0);
    QTRY_COMPARE(qint64(rows().rowCount()), before);
    QTRY_VERIFY2(said().contains(QStringLiteral("of its own")), qPrintable(said()));
    QVERIFY(own()->commands().trigger(QStringLiteral("edit.undo")));
    QTRY_VERIFY(rows().rowOf(other.id) >= 0);
}

/// From elsewhere: the contact that it was opened for is no longer one of its own.
void ContactWindowTest::mergedIntoAnotherItIsThatOne()
{
    open();
    QList<ConversationRecord> others;
    for (int row = 0; row < m_world->list().rowCount() && others.size() < 2; ++row) {
        const ConversationRecord one = m_world->record(m_world->list().conversationAt(row));
        if (one.contact != m_shown.contact && (others.isEmpty() || one.contact != others.constFirst().contact))
            others.append(one);
    }
    QCOMPARE(others.size(), 2);
    const ContactId root = others.constFirst().contact;
    QVERIFY(m_world->act(Act::MergeContacts{m_shown.contact, root}).isApplied());
    QTRY_COMPARE(own()->contact(), root);
    QTRY_VERIFY(rows().rowOf(others.constFirst().id) >= 0);
    auto *merge = own()->findChild<QPushButton *>(QStringLiteral("contactMerge"));
    QTRY_VERIFY(merge->isEnabled());
    QTest::mouseClick(merge, Qt::LeftButton);
    QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
    m_world->type(QStringLiteral("#%1").arg(others.constLast().number));
    m_world->press(QStringLiteral("Return"));
    QTRY_COMPARE(m_world->record(others.constLast().id).contact, root);
    QTRY_VERIFY(rows().rowOf(others.constLast().id) >= 0);
    // It is this window that Shift+D finds.
    QTRY_COMPARE(m_world->window().findChild<ConversationPane *>()->record().contact, root);
    m_world->window().activateWindow();
    m_world->press(QStringLiteral("Shift+D"));
    QTRY_VERIFY(own()->isActiveWindow());
    const QWidgetList tops = QApplication::topLevelWidgets();
    QCOMPARE(std::count_if(tops.cbegin(), tops.cend(), [](QWidget *one) { return qobject_cast<ContactWindow *>(one); }),
             1);
    // Parted again it is whom it was opened for.
    QVERIFY(m_world->act(Act::SplitContact{m_shown.contact}).isApplied());
    QTRY_COMPARE(own()->contact(), m_shown.contact);
    QTRY_VERIFY(rows().rowOf(others.constFirst().id) < 0);
}

void ContactWindowTest::closingWaitsForWhatIsDone()
{
    open();
    const ConversationId id = m_shown.id;
    QTRY_VERIFY(rows().rowOf(id) >= 0 && rows().record(id));
    for (int row = 0; row <= rows().rowOf(id); ++row)
        press(Qt::Key_J);
    QCOMPARE(own()->list().current(), id);
    QTRY_VERIFY(own()->commands().isEnabled(QStringLiteral("conversation.resolve")));
    Database::setFault([] { return std::optional(Error{ErrorKind::diskFull, QStringLiteral("full"), {}}); });
    press(Qt::Key_E);
    own()->close();
    QVERIFY(own()->isVisible());
    QVERIFY2(said().startsWith(QStringLiteral("This window closes")), qPrintable(said()));
    // Nobody else is there to say that it was not done.
    QTRY_VERIFY2(said().startsWith(QStringLiteral("It could not be saved")), qPrintable(said()));
    Database::setFault({});
    QCoreApplication::processEvents();
    QVERIFY(own() && own()->isVisible());
    QVERIFY(m_world->record(id).status != Status::resolved);
    QTRY_VERIFY(own()->commands().isEnabled(QStringLiteral("conversation.resolve")));
    press(Qt::Key_E);
    own()->close();
    QTRY_VERIFY(!own());
    QCOMPARE(m_world->record(id).status, Status::resolved);
}

/// Others work on, however long it takes.
void ContactWindowTest::isReadOnceAtATime()
{
    open();
    const auto awaited = [] {
        return own()->findChildren<QFutureWatcherBase *>(QString(), Qt::FindDirectChildrenOnly).size();
    };
    QTRY_VERIFY(!textOf("contactCounts").isEmpty() && awaited() == 0);
    HeldAnswer answer(*own());
    m_world->write(QStringLiteral("Somebody"), QStringLiteral("Hello"));
    QTRY_VERIFY(answer.isHeld());
    mergeOthers(1);
    QTest::qWait(700);
    QCOMPARE(awaited(), 1);
    answer.letGo();
    // What came meanwhile is not missed.
    QTRY_COMPARE(own()->findChild<QListWidget *>(QStringLiteral("contactIdentities"))->count(), 2);
}

void ContactWindowTest::readAnewItKeepsItsRow()
{
    mergeOthers(2);
    open();
    QTRY_VERIFY(rows().rowCount() >= 2);
    press(Qt::Key_J);
    press(Qt::Key_J);
    const ConversationId current = own()->list().current();
    QCOMPARE(rows().rowOf(current), 1);
    own()->list().readAnew();
    QCOMPARE(rows().state(), ConversationListModel::State::loading);
    QTRY_COMPARE(rows().state(), ConversationListModel::State::ready);
    QCOMPARE(own()->list().current(), current);
    QCOMPARE(table()->currentIndex().row(), rows().rowOf(current));
}

void ContactWindowTest::channelWithoutANameHasItsAddress()
{
    m_world = std::make_unique<WindowWorld>(600, QStringLiteral("UPDATE channel SET name = '';"));
    QTRY_VERIFY(m_world->isReady());
    m_shown = m_world->record(m_world->showMention());
    open();
    const ConversationRecord one = *rows().record(rows().conversationAt(0));
    const ChannelRecord *channel = m_world->window().roster().channel(one.channel);
    QVERIFY(channel && channel->name.isEmpty() && !channel->address.isEmpty());
    QTRY_VERIFY2(rows().headText(one).contains(channel->address), qPrintable(rows().headText(one)));
}

void ContactWindowTest::newOnesAreFollowed()
{
    m_world->write(QStringLiteral("Patient Pia"), QStringLiteral("Is anybody there?"));
    m_shown = newestOf(QStringLiteral("Patient Pia"));
    QVERIFY(m_shown.id.isValid());
    m_world->window().openConversation(m_shown.id);
    QTRY_COMPARE(m_world->window().findChild<ConversationPane *>()->record().id, m_shown.id);
    open();
    QTRY_COMPARE(rows().rowCount(), 1);
    m_world->writeAgainAsTheLast(QStringLiteral("Patient Pia"), QStringLiteral("It smells of smoke now"));
    QTRY_VERIFY(sentence(0).contains(QStringLiteral("smells of smoke")));
    m_world->write(QStringLiteral("Pia at work"), QStringLiteral("I ask from here"));
    const ConversationRecord other = newestOf(QStringLiteral("Pia at work"));
    QVERIFY(other.id.isValid());
    // While a row is worked on nothing moves: what comes waits above.
    press(Qt::Key_J);
    QVERIFY(m_world->act(Act::MergeContacts{other.contact, m_shown.contact}).isApplied());
    auto *news = own()->findChild<QToolButton *>(QStringLiteral("newOnes"));
    QTRY_VERIFY(news->isVisible());
    QCOMPARE(rows().rowCount(), 1);
    QTest::mouseClick(news, Qt::LeftButton);
    QTRY_COMPARE(rows().rowCount(), 2);
    QTRY_COMPARE(textOf("contactCounts"), QStringLiteral("2 conversations · 2 open"));
}

void ContactWindowTest::secondOneIsTheSame()
{
    open();
    const ContactWindow *first = own();
    m_world->window().activateWindow();
    m_world->press(QStringLiteral("Shift+D"));
    QTRY_VERIFY(own()->isActiveWindow());
    int count = 0;
    for (QWidget *one : QApplication::topLevelWidgets())
        count += qobject_cast<ContactWindow *>(one) ? 1 : 0;
    QCOMPARE(count, 1);
    QCOMPARE(own(), first);
    m_world.reset();
    QVERIFY(!own());
}

void ContactWindowTest::ownWindowLeadsThereToo()
{
    m_world->window().openWindow(m_shown.id);
    QTRY_VERIFY(WindowWorld::top<ConversationWindow>() && WindowWorld::top<ConversationWindow>()->pane().basedOn() > 0);
    QVERIFY(QTest::qWaitForWindowActive(WindowWorld::top<ConversationWindow>()));
    QVERIFY(WindowWorld::top<ConversationWindow>()->commands().trigger(QStringLiteral("contact.show")));
    QTRY_VERIFY(own());
    QCOMPARE(own()->contact(), m_shown.contact);
}

void ContactWindowTest::sizeAndKeysStay()
{
    open();
    own()->resize(611, 543);
    own()->close();
    QTRY_VERIFY(!own());
    m_world->window().activateWindow();
    open();
    QTRY_COMPARE(own()->size(), QSize(611, 543));
    CommandRegistry &main = m_world->window().commands();
    main.setKeys(QStringLiteral("list.next"), {QStringLiteral("Y"), {}});
    press(Qt::Key_Y);
    QTRY_COMPARE(table()->currentIndex().row(), 0);
    press(Qt::Key_F6);
    QVERIFY(!table()->hasFocus());
    press(Qt::Key_F6, Qt::ShiftModifier);
    QTRY_VERIFY(table()->hasFocus());
}

/// Not quite so many; but in pages, and the last of them is reached.
void ContactWindowTest::fiveThousandAreNoProblem()
{
    m_world = std::make_unique<WindowWorld>(
        900, QStringLiteral("UPDATE conversation SET contact = (SELECT min(contact) FROM conversation);"));
    QTRY_VERIFY(m_world->isReady());
    m_shown =
        m_world->record(m_world->show([this](const ConversationRecord &one) { return countOf(one.contact) > 1; }));
    QVERIFY(m_shown.id.isValid());
    open();
    const int all = int(countNow());
    QVERIFY2(all > 2 * ConversationListModel::pageSize, qPrintable(QString::number(all)));
    QCOMPARE(rows().rowCount(), ConversationListModel::pageSize);
    QTRY_VERIFY(table()->placeText(0).endsWith(QLocale().toString(all)));
    const auto isAtEnd = [this, all] {
        if (rows().rowCount() < all)
            QTest::keyClick(table(), Qt::Key_End);
        return rows().rowCount() == all;
    };
    QTRY_VERIFY2(isAtEnd(), qPrintable(QStringLiteral("%1 of %2").arg(rows().rowCount()).arg(all)));
    press(Qt::Key_End);
    QTRY_COMPARE(table()->currentIndex().row(), all - 1);
    QTRY_VERIFY(rows().record(rows().conversationAt(all - 1)));
}

void ContactWindowTest::whatCannotBeReadIsTriedAgain()
{
    fail();
    m_world->press(QStringLiteral("Shift+D"));
    QTRY_VERIFY(own());
    QVERIFY(QTest::qWaitForWindowActive(own()));
    auto *retry = own()->findChild<QPushButton *>(QStringLiteral("contactWindowRetry"));
    QTRY_VERIFY(retry->isVisible());
    QVERIFY(own()->findChild<PlainLabel *>(QStringLiteral("contactCounts"))->isTrouble());
    auto *page = own()->list().findChild<StatePage *>();
    QTRY_VERIFY(page->isVisible() && page->title() == QStringLiteral("The list could not be read"));
    // Whose it would be is known all the same, and nothing can be done to it.
    QCOMPARE(textOf("contactName"), m_shown.contactName);
    QVERIFY(!own()->commands().isEnabled(QStringLiteral("contact.merge")));
    Database::setFault({});
    QTest::mouseClick(retry, Qt::LeftButton);
    QTRY_VERIFY(!retry->isVisible() && textOf("contactCounts").contains(QStringLiteral("open")));
    QTest::mouseClick(page->findChild<QPushButton *>(), Qt::LeftButton);
    QTRY_VERIFY(rows().rowCount() > 0);
}

void ContactWindowTest::nobodyIsThereAnyMore()
{
    ContactWindow window(m_world->desk(), m_world->window().roster(),
                         {ContactId(987'654'321), {}, m_shown.contactName});
    window.setAttribute(Qt::WA_DeleteOnClose, false);
    window.show();
    auto *page = window.list().findChild<StatePage *>();
    QTRY_COMPARE(page->title(), QStringLiteral("No conversations of this contact"));
    const auto *counts = window.findChild<PlainLabel *>(QStringLiteral("contactCounts"));
    QTRY_VERIFY(counts->text().startsWith(QStringLiteral("This contact is no longer here")));
    QVERIFY(!window.windowTitle().contains(m_shown.contactName));
    QVERIFY(!window.findChild<QPushButton *>(QStringLiteral("contactMerge"))->isEnabled());
    const QString why = window.commands().whyNot(QStringLiteral("contact.merge"));
    QVERIFY2(why.startsWith(QStringLiteral("This contact is no longer here")), qPrintable(why));
}

void ContactWindowTest::viewerOnlyReads()
{
    const AgentId me = m_world->desk().me();
    const AgentId boss(m_world->act(Act::AddAgent{QStringLiteral("Boss"), Role::admin}).created);
    auto &desk = dynamic_cast<LocalDesk &>(m_world->desk());
    const auto given =
        desk.performAs(boss, {makeAction(Act::EditAgent{me, {}, Role::viewer, {}}, m_world->clock().now())}).result();
    QVERIFY(given.constFirst().isApplied());
    QTRY_VERIFY(!m_world->window().roster().canAct());
    open();
    QTRY_VERIFY(!textOf("contactCounts").isEmpty());
    QVERIFY(!own()->findChild<QPushButton *>(QStringLiteral("contactMerge"))->isEnabled());
    press(Qt::Key_J);
    const ConversationRecord before = m_world->record(rows().conversationAt(0));
    press(Qt::Key_E);
    QTRY_VERIFY(!said().isEmpty());
    QCOMPARE(m_world->record(before.id).status, before.status);
}

void ContactWindowTest::readOnlyOffersNoDeed()
{
    MainWindow::Options options;
    options.whyReadOnly = QStringLiteral("This file can only be read.");
    options.asOf = m_world->clock().now();
    m_world->reopen(options);
    QTRY_VERIFY(m_world->isReady());
    QVERIFY(m_world->show([this](const ConversationRecord &one) { return one.id == m_shown.id; }).isValid());
    open();
    QTRY_VERIFY(own()->windowTitle().contains(QStringLiteral("read only")));
    QVERIFY(!own()->commands().isOffered(QStringLiteral("conversation.resolve")));
    QVERIFY(!own()->commands().isOffered(QStringLiteral("contact.merge")));
    QVERIFY(own()->commands().isOffered(QStringLiteral("conversation.open")));
    QVERIFY(!own()->findChild<QPushButton *>(QStringLiteral("contactMerge"))->isEnabled());
    press(Qt::Key_J);
    press(Qt::Key_Return);
    QTRY_VERIFY(m_world->window().isActiveWindow());
}

QTEST_MAIN(ContactWindowTest)
#include "tst_contactwindow.moc"
