// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/heldanswer.h"
#include "tests/ui/talkworld.h"
#include "tests/ui/windowworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/threaddelegate.h"
#include "ui/conversation/threadmodel.h"
#include "ui/conversation/threadpage.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/plainlabel.h"
#include "workspace/database.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QImage>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace Earshot;

/// The thread page beside the conversation: what keys act on is what is shown.
class ThreadPageTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void keysNeverActOnWhatWasShownBefore();
    void keysDoNothingOnAStrangersRow();
    void followsTheConversationShown();
    void saysThatItCannotBeRead();
    void failedReadingIsTriedAgain();
    void olderReadingBringsNothingBack();
    void pointerMarksSeveral();
    void menuIsOfTheOneRegistry();
    void onlyWhatCameAndWentIsExchanged();
    void longThreadStaysUnderTheEyes();
    void longThreadBeginsWithItsFirst();
    void pictureIsNoEmptyRow();

private:
    std::unique_ptr<WindowWorld> m_world;
};

void ThreadPageTest::init()
{
    m_world = std::make_unique<WindowWorld>(200);
    QTRY_VERIFY(m_world->isReady());
}

void ThreadPageTest::cleanup()
{
    Database::setFault({});
    m_world.reset();
}

void ThreadPageTest::keysNeverActOnWhatWasShownBefore()
{
    auto *pane = m_world->window().findChild<ConversationPane *>();
    m_world->press(QStringLiteral("Ctrl+8"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Everything"));
    const ConversationId first = m_world->showMention();
    QVERIFY(first.isValid());
    m_world->press(QStringLiteral("V"));
    auto *list = m_world->find<QListView>("threadList");
    QTRY_VERIFY(list->isVisible() && list->currentIndex().isValid());
    QVERIFY(pane->targetMessage());
    m_world->press(QStringLiteral("V"));
    QTRY_VERIFY(!list->isVisible());
    // The next one is being read: nothing of the one before answers to keys.
    pane->showConversation(ConversationId());
    const ConversationId second = m_world->list().conversationAt(m_world->list().rowOf(first) == 0 ? 1 : 0);
    pane->showConversation(second);
    QCOMPARE(pane->basedOn(), Seq(0));
    QVERIFY(!pane->targetMessage());
    QTRY_VERIFY(pane->basedOn() > 0);
    QVERIFY(pane->targetMessage());
    QCOMPARE(pane->targetMessage()->conversation, second);
    // Nor of the thread before, while the other one is read.
    pane->showThread(true);
    QVERIFY(!pane->targetMessage());
    QTRY_VERIFY(pane->targetMessage());
    QCOMPARE(pane->targetMessage()->conversation, second);
}

void ThreadPageTest::keysDoNothingOnAStrangersRow()
{
    m_world->write(QStringLiteral("Pia Pelz"), QStringLiteral("It will not start"));
    m_world->answerTheLast(QStringLiteral("Odo Quark"), QStringLiteral("Same here, and nobody cares"));
    ConversationId id;
    QTRY_VERIFY((id = m_world->show([](const ConversationRecord &one) {
                    return one.contactName == QLatin1StringView("Pia Pelz");
                })).isValid());
    m_world->press(QStringLiteral("V"));
    auto *list = m_world->find<QListView>("threadList");
    QTRY_VERIFY(list->isVisible() && list->currentIndex().isValid());
    const auto *page = m_world->window().findChild<ThreadPage *>();
    QTRY_COMPARE(page->model().rowCount(), 2);
    list->setFocus();
    m_world->press(QStringLiteral("Down"));
    QVERIFY(page->isOnStranger());
    QCOMPARE(m_world->shown(), id);
    const ConversationRecord before = m_world->record(id);
    const auto bar = [this] { return m_world->textOf("messageBar"); };
    for (const char *key : {"E", "!", "A", "S", "T", "R"}) {
        m_world->window().findChild<MessageBar *>()->clear();
        m_world->press(QString::fromLatin1(key));
        // That it does nothing is said.
        QTRY_VERIFY2(!bar().isEmpty(), key);
        QVERIFY2(!QApplication::activeModalWidget() && !QApplication::activePopupWidget(), key);
        QVERIFY2(!m_world->widget("composer")->isVisible(), key);
    }
    QVERIFY(m_world->record(id) == before);
    // On her own row they act again.
    list->setFocus();
    m_world->press(QStringLiteral("Up"));
    QVERIFY(!page->isOnStranger());
    m_world->press(QStringLiteral("Shift+A"));
    QTRY_COMPARE(m_world->record(id).assignee, m_world->desk().me());
}

void ThreadPageTest::followsTheConversationShown()
{
    QVERIFY(m_world->showMention().isValid());
    m_world->press(QStringLiteral("Ctrl+8"));
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    QHash<ThreadId, ConversationId> met;
    ConversationId one;
    ConversationId other;
    for (int row = 0; row < m_world->list().rowCount() && !other.isValid(); ++row) {
        const ConversationRecord record = m_world->record(m_world->list().conversationAt(row));
        one = met.value(record.thread);
        other = one.isValid() ? record.id : ConversationId();
        met.insert(record.thread, record.id);
    }
    QVERIFY(other.isValid());
    auto *pane = m_world->window().findChild<ConversationPane *>();
    pane->showConversation(one);
    pane->showThread(true);
    QTRY_VERIFY(pane->targetMessage());
    QCOMPARE(pane->targetMessage()->conversation, one);
    // Another way leads to another conversation of this thread, as J in the list does: keys act on what the header
    // names.
    pane->showConversation(other);
    QVERIFY(pane->isThreadShown());
    QVERIFY(pane->targetMessage());
    QCOMPARE(pane->targetMessage()->conversation, other);
}

void ThreadPageTest::saysThatItCannotBeRead()
{
    QVERIFY(m_world->showMention().isValid());
    auto *pane = m_world->window().findChild<ConversationPane *>();
    QTRY_VERIFY(pane->targetMessage());
    QSignalSpy told(pane, &ConversationPane::message);
    Database::setFault([] { return std::optional(Error{ErrorKind::io, QStringLiteral("gone"), {}}); });
    pane->showThread(true);
    QTRY_VERIFY(m_world->textOf("threadTitle").startsWith(QStringLiteral("The thread could not be read.")));
    QVERIFY(!pane->targetMessage());
    QCOMPARE(told.size(), 0);
    Database::setFault({});
    // It comes with the next commit.
    m_world->write(QStringLiteral("Patient Pia"), QStringLiteral("Is anybody there?"));
    QTRY_VERIFY(pane->targetMessage());
}

/// Wherever something could not be read, it can be asked for once more; where nothing failed, nothing offers it.
void ThreadPageTest::failedReadingIsTriedAgain()
{
    const auto isOffered = [this](const char *name) {
        const QWidget *button = m_world->widget(name);
        return button && button->isVisible();
    };
    const auto tryAgain = [this](const char *name) {
        Database::setFault({});
        QTest::mouseClick(m_world->widget(name), Qt::LeftButton);
    };
    const auto fail = [] {
        Database::setFault([] { return std::optional(Error{ErrorKind::io, QStringLiteral("gone"), {}}); });
    };
    QVERIFY(m_world->showMention().isValid());
    QVERIFY(!isOffered("conversationRetry"));
    fail();
    m_world->press(QStringLiteral("J"));
    QTRY_VERIFY(isOffered("conversationRetry"));
    tryAgain("conversationRetry");
    auto *pane = m_world->window().findChild<ConversationPane *>();
    QTRY_VERIFY(pane->targetMessage());
    QVERIFY(!isOffered("conversationRetry"));
    fail();
    pane->showThread(true);
    QTRY_VERIFY(isOffered("threadRetry"));
    tryAgain("threadRetry");
    QTRY_VERIFY(pane->targetMessage());
    QVERIFY(!isOffered("threadRetry"));
    pane->showThread(false);
    fail();
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("conversation.contact")));
    QTRY_VERIFY(isOffered("contactRetry"));
    tryAgain("contactRetry");
    QTRY_VERIFY(m_world->find<QListWidget>("contactIdentities")->count() > 0);
    QVERIFY(!isOffered("contactRetry"));
    fail();
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("journal.show")));
    QTRY_VERIFY(isOffered("journalRetry"));
    Database::setFault({});
    m_world->widget("journalRetry")->setFocus();
    m_world->press(QStringLiteral("Space"));
    QTRY_VERIFY(m_world->find<QTableView>("journalTable")->model()->rowCount() > 0);
    QVERIFY(!isOffered("journalRetry"));
    QCOMPARE(m_world->focus(), m_world->widget("journalTable"));
}

void ThreadPageTest::olderReadingBringsNothingBack()
{
    const ConversationId shown = m_world->showMention();
    QVERIFY(shown.isValid());
    m_world->press(QStringLiteral("V"));
    auto *list = m_world->find<QListView>("threadList");
    QTRY_VERIFY(list->isVisible() && list->currentIndex().isValid());
    auto *page = m_world->window().findChild<ThreadPage *>();
    const auto priority = [page, list] {
        const ConversationRecord *work = page->model().conversation(list->currentIndex().row());
        return work ? work->priority : Priority::normal;
    };
    HeldAnswer older(*page);
    QVERIFY(m_world->act(Act::SetPriority{shown, Priority::low}).isApplied());
    QTRY_VERIFY(older.isHeld());
    QVERIFY(m_world->act(Act::SetPriority{shown, Priority::urgent}).isApplied());
    QTRY_COMPARE(priority(), Priority::urgent);
    older.letGo();
    QCOMPARE(priority(), Priority::urgent);
}

void ThreadPageTest::pointerMarksSeveral()
{
    QVERIFY(m_world->showMention().isValid());
    m_world->press(QStringLiteral("V"));
    auto *list = m_world->find<QListView>("threadList");
    QTRY_VERIFY(list->isVisible() && list->currentIndex().isValid());
    const ThreadModel &model = m_world->window().findChild<ThreadPage *>()->model();
    const ConversationId shown = m_world->shown();
    const int row = list->currentIndex().row();
    const QPoint place = list->visualRect(list->currentIndex()).center();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::ControlModifier, place);
    QVERIFY(m_world->list().isMarked(model.conversation(row)->id));
    // Another one as well, and what keys act on stays.
    QSet<ConversationId> marked{model.conversation(row)->id};
    for (int other = 0; other < model.rowCount(); ++other) {
        const ConversationRecord *work = model.conversation(other);
        const QRect line = list->visualRect(model.index(other));
        if (!work || marked.contains(work->id) || !list->viewport()->rect().contains(line.center()))
            continue;
        QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::ControlModifier, line.center());
        QVERIFY(m_world->list().isMarked(work->id));
        marked.insert(work->id);
    }
    for (const ConversationId id : std::as_const(marked))
        QVERIFY(m_world->list().isMarked(id));
    QCOMPARE(list->currentIndex().row(), row);
    QCOMPARE(m_world->shown(), shown);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::ControlModifier, place);
    QVERIFY(!m_world->list().isMarked(model.conversation(row)->id));
}

void ThreadPageTest::menuIsOfTheOneRegistry()
{
    QVERIFY(m_world->showMention().isValid());
    m_world->press(QStringLiteral("V"));
    auto *list = m_world->find<QListView>("threadList");
    QTRY_VERIFY(list->isVisible() && list->currentIndex().isValid());
    Q_EMIT list->customContextMenuRequested(list->visualRect(list->currentIndex()).center());
    QMenu *menu = nullptr;
    QTRY_VERIFY((menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())));
    CommandRegistry &commands = m_world->window().commands();
    QVERIFY(menu->actions().contains(commands.action(QStringLiteral("conversation.reply"))));
    QVERIFY(menu->actions().contains(commands.action(QStringLiteral("message.hide"))));
    menu->close();
}

void ThreadPageTest::onlyWhatCameAndWentIsExchanged()
{
    ThreadModel model(m_world->clock());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    ThreadReading reading;
    const auto message = [](int id) {
        MessageRecord one;
        one.id = MessageId(id);
        one.text = QString::number(id);
        return one;
    };
    for (int id = 1; id <= 50; ++id)
        reading.messages.append(message(id));
    model.take(reading);
    const QSignalSpy removals(&model, &QAbstractItemModel::rowsRemoved);
    const QSignalSpy insertions(&model, &QAbstractItemModel::rowsInserted);
    const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    const QPersistentModelIndex middle = model.index(25);
    // One comes, and the oldest but our own goes.
    reading.messages.append(message(51));
    reading.messages.removeAt(1);
    model.take(reading);
    QCOMPARE(removals.size(), 1);
    QCOMPARE(removals.constFirst().at(1).toInt(), 1);
    QCOMPARE(removals.constFirst().at(2).toInt(), 1);
    QCOMPARE(insertions.size(), 1);
    QCOMPARE(insertions.constFirst().at(1).toInt(), 49);
    QCOMPARE(insertions.constFirst().at(2).toInt(), 49);
    QCOMPARE(changes.size(), 0);
    QCOMPARE(middle.row(), 24);
    // What is older comes between, and one has another text.
    reading.messages.insert(10, message(1000));
    reading.messages[30].text = QStringLiteral("other");
    model.take(reading);
    QCOMPARE(insertions.size(), 2);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.constFirst().at(0).toModelIndex(), model.index(30));
    QCOMPARE(changes.constFirst().at(1).toModelIndex(), model.index(30));
    QCOMPARE(middle.row(), 25);
    // In another order, with another end.
    std::swap(reading.messages[5], reading.messages[40]);
    reading.messages.removeLast();
    model.take(reading);
    QCOMPARE(model.rowCount(), int(reading.messages.size()));
    for (int row = 0; row < model.rowCount(); ++row)
        QCOMPARE(model.message(row)->id, reading.messages.at(row).id);
    model.take({});
    QCOMPARE(model.rowCount(), 0);
}

void ThreadPageTest::longThreadStaysUnderTheEyes()
{
    TalkWorld world;
    int written = 0;
    const auto talkAround = [&world, &written](int count) {
        QList<RemoteMessage> messages;
        for (int i = 0; i < count; ++i) {
            RemoteMessage message = world.inbound(QStringLiteral("Same here"));
            const QString name = QStringLiteral("other%1").arg(++written);
            message.author.id = name;
            message.author.name = name;
            message.author.handle = QLatin1Char('@') + name + QStringLiteral("@social.example");
            message.isContext = true;
            messages.append(message);
        }
        world.store(messages);
    };
    talkAround(mostThreadMessages);
    ThreadPage page(world.desk());
    page.resize(500, 400);
    page.show();
    page.open(world.conversation(), {});
    QTRY_COMPARE(page.model().rowCount(), mostThreadMessages + 1);
    QListView &list = page.list();
    QTRY_COMPARE(list.currentIndex().row(), 0);
    const QPersistentModelIndex read = page.model().index(250);
    list.scrollTo(read, QAbstractItemView::PositionAtCenter);
    const int place = list.visualRect(read).top();
    QVERIFY(place > 0);
    const MessageId newest = page.model().message(mostThreadMessages)->id;
    talkAround(3);
    QVERIFY(world.act(Act::SetPriority{world.conversation(), Priority::high}).isApplied());
    QTRY_VERIFY(page.model().rowOf(newest) == mostThreadMessages - 3);
    QVERIFY(read.isValid());
    QCOMPARE(read.row(), 247);
    QCOMPARE(list.visualRect(read).top(), place);
}

/// The post that all of it is about is there however much is written under it, and what is left out is said.
void ThreadPageTest::longThreadBeginsWithItsFirst()
{
    TalkWorld world;
    RemoteMessage post = world.inbound(QStringLiteral("What we are all talking about"));
    post.isContext = true;
    post.author.id = QStringLiteral("writer");
    post.sentAt = post.sentAt - std::chrono::hours(5);
    world.store({post});
    QList<RemoteMessage> talk;
    for (int i = 0; i < 700; ++i) {
        RemoteMessage message = world.inbound(QStringLiteral("Comment %1").arg(i));
        message.isContext = true;
        message.author.id = QStringLiteral("other%1").arg(i);
        message.sentAt = post.sentAt + std::chrono::seconds(i + 1);
        talk.append(message);
    }
    world.store(talk);
    ThreadPage page(world.desk());
    page.resize(500, 400);
    page.show();
    page.open(world.conversation(), {});
    const auto text = [&page](int row) { return page.model().message(row)->text; };
    // Mira's own, the newest of the others', and the first.
    QTRY_COMPARE(page.model().rowCount(), mostThreadMessages + 2);
    QCOMPARE(text(0), post.text);
    QCOMPARE(text(1), QStringLiteral("Comment 200"));
    auto *left = page.findChild<PlainLabel *>(QStringLiteral("threadLeftOut"));
    QVERIFY(left && left->isVisible());
    QCOMPARE(left->text(), QStringLiteral("200 messages after the first one are not shown."));
    QVERIFY(page.findChild<PlainLabel *>(QStringLiteral("threadTitle"))->text().contains(QStringLiteral("702")));
    auto *more = page.findChild<QPushButton *>(QStringLiteral("threadMore"));
    QVERIFY(more && more->isVisible());
    const QPersistentModelIndex read = page.model().index(300);
    page.list().setCurrentIndex(read);
    QTRY_VERIFY(page.list().visualRect(read).intersects(page.list().viewport()->rect()));
    QTest::mouseClick(more, Qt::LeftButton);
    QTRY_COMPARE(page.model().rowCount(), 702);
    QCOMPARE(text(0), post.text);
    QCOMPARE(text(1), QStringLiteral("Comment 0"));
    QCOMPARE(page.list().currentIndex(), QModelIndex(read));
    QVERIFY(page.list().visualRect(read).intersects(page.list().viewport()->rect()));
    QTRY_VERIFY(!left->isVisible() && !more->isVisible());
    // Another thread begins anew.
    page.open(world.conversation(), {});
    QTRY_COMPARE(page.model().rowCount(), mostThreadMessages + 2);
    QVERIFY(left->isVisible());
}

/// What it shows is written there.
void ThreadPageTest::pictureIsNoEmptyRow()
{
    ThreadReading reading;
    MessageRecord post;
    post.id = MessageId(7);
    post.authorName = QStringLiteral("Pia");
    post.sortAt = m_world->clock().now();
    const auto picture = [&](const QString &description) {
        post.media.clear();
        if (!description.isNull()) {
            MediaRecord media;
            media.type = QStringLiteral("image/png");
            media.description = description;
            post.media.append(media);
        }
        reading.messages = {post};
        ThreadModel model(m_world->clock());
        model.take(reading);
        const ThreadDelegate delegate(model, m_world->clock(), nullptr);
        QStyleOptionViewItem option;
        option.fontMetrics = QFontMetrics(option.font);
        option.rect = QRect(QPoint(), QSize(600, delegate.sizeHint(option, model.index(0)).height()));
        QImage image(option.rect.size(), QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        delegate.paint(&painter, option, model.index(0));
        painter.end();
        return image;
    };
    QVERIFY(picture(QStringLiteral("a broken lamp")) != picture(QString()));
    QVERIFY(picture(QStringLiteral("a broken lamp")) != picture(QStringLiteral("a whole one")));
}

QTEST_MAIN(ThreadPageTest)
#include "tst_threadpage.moc"
