// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/bykeys.h"
#include "tests/ui/windowworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/timeline.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/afterdeed.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/window/resumedialog.h"
#include "workspace/database.h"

#include <QDesktopServices>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <algorithm>

using namespace Earshot;

/// What is told of a deed, what undoes it, and what is left when it was stopped or refused.
class DeedsTest final : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void onPage(const QUrl &page) { m_pages.append(page); }

private Q_SLOTS:
    void init();
    void cleanup()
    {
        Database::setFault({});
        m_world.reset();
    }
    void stopLeavesTheRestMarked();
    void stoppedUndoCanGoOn();
    void quickUndoMeansWhatIsBeingDone();
    void undoStopsWhatIsDoneToMany();
    void resumeListsWhatCameMeanwhile();
    void resumeCountsManyOnce();
    void resumeWaitsForWhatIsDiscarded();
    void stoppingIsUndoneByTheKey();
    void keySaysWhyItCannot();
    void marksAndPlaceSurviveAnOrder();
    void escapeKeepsThePlace();
    void escapeDropsMarksFirst();
    void allThatIsMarkedIsUnseen();
    void messageIsAnsweredByTheKeyboard();
    void commandOfTheFieldIsForTheMessageInFocus();
    void deedNamesWhom();
    void newTagInsideAnother();
    void pickingHasButtons();
    void pageIsOpenedByTheKey();
    void linkInTheMessageIsOpened();

private:
    [[nodiscard]] ConversationId showMention() { return m_world->showMention(); }
    /// Stops what is done to many as soon as it can be stopped, as long as the guard lives.
    [[nodiscard]] std::unique_ptr<QObject> stopNext(bool &isStopped)
    {
        auto guard = std::make_unique<QObject>();
        connect(&m_world->desk(), &Desk::changed, guard.get(), [this, &isStopped] {
            auto *stop = m_world->find<QPushButton>("bulkStop");
            if (!isStopped && stop->isVisible()) {
                isStopped = true;
                QTest::mouseClick(stop, Qt::LeftButton);
            }
        });
        return guard;
    }
    /// In a larger workspace's view of these.
    void markManyResolved();
    /// Why each of the first conversations was resolved.
    [[nodiscard]] QHash<qint64, Reason> reasons() const;
    [[nodiscard]] QString bar() const { return m_world->textOf("messageBar"); }

    std::unique_ptr<WindowWorld> m_world;
    QList<QUrl> m_pages;
};

void DeedsTest::init()
{
    AfterDeed::choose(AfterDeed::Step::next);
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->isReady());
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
}

void DeedsTest::stopLeavesTheRestMarked()
{
    markManyResolved();
    const int total = m_world->list().markedCount();
    bool isStopped = false;
    const auto stopping = stopNext(isStopped);
    m_world->press(QStringLiteral("!"));
    QTRY_VERIFY(isStopped);
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Stopped after")));
    QTRY_VERIFY(m_world->list().markedCount() > 0);
    const int left = m_world->list().markedCount();
    QVERIFY(left < total);
    // The sentence tells what was done, not what was asked.
    QVERIFY2(bar().contains(QStringLiteral("Resolved as spam (%1 conversations)").arg(total - left)),
             qPrintable(bar()));
}

void DeedsTest::markManyResolved()
{
    m_world.reset();
    m_world = std::make_unique<WindowWorld>(1500);
    m_world->press(QStringLiteral("Ctrl+7"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Resolved"));
    QTRY_VERIFY(m_world->list().rowCount() > 0);
    m_world->press(QStringLiteral("Ctrl+A"));
    QTRY_VERIFY(m_world->list().markedCount() > 1000);
}

QHash<qint64, Reason> DeedsTest::reasons() const
{
    QList<ConversationId> ids;
    for (qint64 id = 1; id <= 1600; ++id)
        ids.append(ConversationId(id));
    const auto rows = m_world->desk().workspace().read<QList<ConversationRecord>>(
        [ids, me = m_world->desk().me(), now = m_world->clock().now()](Database &database) {
            return loadConversations(database, ids, me, now);
        });
    QHash<qint64, Reason> found;
    const QList<ConversationRecord> records = rows.result().value();
    for (const ConversationRecord &record : records)
        found.insert(record.id.value, record.reason);
    return found;
}

void DeedsTest::quickUndoMeansWhatIsBeingDone()
{
    const ConversationId first = showMention();
    m_world->press(QStringLiteral("!"));
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Resolved as spam")));
    const ConversationId second =
        m_world->show([first](const ConversationRecord &one) { return one.id != first && one.status == Status::open; });
    QVERIFY(second.isValid());
    m_world->press(QStringLiteral("E"));
    m_world->press(QStringLiteral("Z"));
    QTRY_VERIFY2(bar().startsWith(QStringLiteral("Undone: Resolved")), qPrintable(bar()));
    QCOMPARE(m_world->record(second).status, Status::open);
    QCOMPARE(m_world->record(first).reason, Reason::spam);
    // Nobody was through with it.
    QCOMPARE(m_world->shown(), second);
    // What was refused left nothing, and what was done before it is not meant.
    Database::setFault([] { return std::optional(Error{ErrorKind::diskFull, QStringLiteral("full"), {}}); });
    m_world->press(QStringLiteral("E"));
    m_world->press(QStringLiteral("Z"));
    QTRY_VERIFY2(bar().contains(QStringLiteral("disk")), qPrintable(bar()));
    Database::setFault({});
    QTRY_VERIFY(m_world->window().commands().isEnabled(QStringLiteral("conversation.resolve")));
    QCOMPARE(m_world->record(second).status, Status::open);
    QCOMPARE(m_world->record(first).reason, Reason::spam);
}

void DeedsTest::undoStopsWhatIsDoneToMany()
{
    markManyResolved();
    const auto before = reasons();
    const int marked = m_world->list().markedCount();
    bool isAsked = false;
    const QObject guard;
    connect(&m_world->desk(), &Desk::changed, &guard, [&] {
        if (!isAsked && m_world->widget("bulkStop")->isVisible()) {
            isAsked = true;
            m_world->press(QStringLiteral("Z"));
        }
    });
    m_world->press(QStringLiteral("!"));
    QTRY_VERIFY(isAsked);
    QTRY_VERIFY2(bar().startsWith(QStringLiteral("Undone: Resolved as spam")), qPrintable(bar()));
    QVERIFY(reasons() == before);
    QTRY_COMPARE(m_world->list().markedCount(), marked);
}

void DeedsTest::stoppedUndoCanGoOn()
{
    markManyResolved();
    const auto before = reasons();
    m_world->press(QStringLiteral("!"));
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Resolved as spam")));
    QVERIFY(reasons() != before);
    bool isStopped = false;
    const auto stopping = stopNext(isStopped);
    m_world->press(QStringLiteral("Z"));
    QTRY_VERIFY(isStopped);
    QTRY_VERIFY2(bar().startsWith(QStringLiteral("Stopped after")), qPrintable(bar()));
    QVERIFY2(bar().endsWith(QStringLiteral("“Undo” goes on with the rest.")), qPrintable(bar()));
    QVERIFY(reasons() != before);
    // The same key goes on with it.
    m_world->widget("conversations")->setFocus();
    m_world->press(QStringLiteral("Z"));
    QTRY_VERIFY2(bar().startsWith(QStringLiteral("Undone: Resolved as spam")), qPrintable(bar()));
    QVERIFY(reasons() == before);
}

void DeedsTest::resumeListsWhatCameMeanwhile()
{
    const ConversationId id = showMention();
    QVERIFY(m_world->act(Act::PauseSending{m_world->record(id).channel, QStringLiteral("storm")}).isApplied());
    QTRY_VERIFY(m_world->widget("stoppedBar")->isVisible());
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("sending.resume")));
    QTRY_VERIFY(m_world->widget("resumeDialog") && m_world->widget("resumeDialog")->isVisible());
    auto *waiting = m_world->find<QListWidget>("resumeList");
    const int before = waiting->count();
    Act::SendReply reply;
    reply.conversation = id;
    reply.text = QStringLiteral("Written meanwhile");
    QVERIFY(m_world->act(reply).isApplied());
    QTRY_COMPARE(waiting->count(), before + 1);
    const auto fresh = waiting->findItems(QStringLiteral("Written meanwhile"), Qt::MatchContains);
    QCOMPARE(fresh.size(), 1);
    QVERIFY(m_world->textOf("resumeGo").contains(QString::number(before + 1)));
    fresh.constFirst()->setCheckState(Qt::Unchecked);
    QTest::mouseClick(m_world->widget("resumeGo"), Qt::LeftButton);
    QTRY_VERIFY(!m_world->widget("stoppedBar")->isVisible());
    QCOMPARE(m_world->messages(id).constLast().delivery->state, DeliveryState::cancelled);
}

void DeedsTest::resumeCountsManyOnce()
{
    QList<DeliveryRecord> waiting;
    for (int i = 1; i <= 300; ++i) {
        DeliveryRecord one;
        one.id = DeliveryId(i);
        one.text = QString::number(i);
        waiting.append(one);
    }
    ResumeDialog dialog(m_world->window().roster(), waiting, nullptr);
    auto *list = dialog.findChild<QListWidget *>(QStringLiteral("resumeList"));
    list->item(10)->setCheckState(Qt::Unchecked);
    const QSignalSpy changes(list, &QListWidget::itemChanged);
    waiting.removeFirst();
    for (int i = 301; i <= 400; ++i) {
        DeliveryRecord one;
        one.id = DeliveryId(i);
        waiting.append(one);
    }
    dialog.setWaiting(waiting);
    QCOMPARE(changes.size(), 0);
    QCOMPARE(list->count(), 399);
    // What was decided stays so.
    QCOMPARE(list->item(9)->checkState(), Qt::Unchecked);
    QVERIFY(dialog.findChild<QPushButton *>(QStringLiteral("resumeGo"))->text().contains(QStringLiteral("398")));
}

void DeedsTest::resumeWaitsForWhatIsDiscarded()
{
    const ConversationId id = showMention();
    const ChannelId channel = m_world->record(id).channel;
    QVERIFY(m_world->act(Act::PauseSending{channel, QStringLiteral("storm")}).isApplied());
    QTRY_VERIFY(m_world->widget("stoppedBar")->isVisible());
    Act::SendReply reply;
    reply.conversation = id;
    reply.text = QStringLiteral("Not this one");
    QVERIFY(m_world->act(reply).isApplied());
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("sending.resume")));
    QTRY_VERIFY(m_world->widget("resumeDialog") && m_world->widget("resumeDialog")->isVisible());
    auto *waiting = m_world->find<QListWidget>("resumeList");
    QTRY_COMPARE(waiting->findItems(QStringLiteral("Not this one"), Qt::MatchContains).size(), 1);
    waiting->findItems(QStringLiteral("Not this one"), Qt::MatchContains).constFirst()->setCheckState(Qt::Unchecked);
    // On its way by another's hand, before this window hears of it: it cannot be discarded any more.
    {
        auto other = Database::open(m_world->desk().workspace().path(), Database::Mode::readWrite);
        QVERIFY(other);
        (*other)->execute(QStringLiteral("UPDATE delivery SET state = %1 WHERE id = (SELECT max(id) FROM delivery)")
                              .arg(int(DeliveryState::sending)));
    }
    QTest::mouseClick(m_world->widget("resumeGo"), Qt::LeftButton);
    QTRY_VERIFY2(bar().startsWith(QStringLiteral("Not everything could be discarded")), qPrintable(bar()));
    QVERIFY(m_world->window().roster().channel(channel)->isPaused());
    QVERIFY(m_world->widget("stoppedBar")->isVisible());
}

void DeedsTest::stoppingIsUndoneByTheKey()
{
    const ConversationId id = showMention();
    const ChannelId channel = m_world->record(id).channel;
    const auto isPaused = [&] { return m_world->window().roster().channel(channel)->isPaused(); };
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("sending.stop")));
    QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
    m_world->press(QStringLiteral("Return"));
    QTRY_COMPARE(m_world->widget("pickField")->accessibleName(), QStringLiteral("Why is sending stopped?"));
    QTRY_VERIFY(m_world->widget("pickField")->hasFocus());
    m_world->type(QStringLiteral("storm"));
    m_world->press(QStringLiteral("Return"));
    QTRY_VERIFY(isPaused());
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Sending is stopped")));
    // What has been waiting is listed before it goes out, also by undoing.
    m_world->widget("conversations")->setFocus();
    m_world->press(QStringLiteral("Z"));
    QTRY_VERIFY(m_world->widget("resumeGo") && m_world->widget("resumeGo")->isVisible());
    QVERIFY(isPaused());
    QTest::mouseClick(m_world->widget("resumeGo"), Qt::LeftButton);
    QTRY_VERIFY(!isPaused());
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Sending goes on")));
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
    m_world->press(QStringLiteral("Z"));
    QTRY_VERIFY(isPaused());
    QCOMPARE(m_world->window().roster().channel(channel)->pauseReason, QStringLiteral("storm"));
}

void DeedsTest::keySaysWhyItCannot()
{
    QTRY_VERIFY(m_world->window().roster().isLoaded());
    m_world->press(QStringLiteral("Z"));
    QTRY_COMPARE(bar(), QStringLiteral("There is nothing to undo."));
    QVERIFY(!m_world->shown().isValid());
    m_world->press(QStringLiteral("A"));
    QTRY_COMPARE(bar(), QStringLiteral("Choose a conversation first."));
    m_world->press(QStringLiteral("L"));
    QTRY_COMPARE(bar(), QStringLiteral("Choose a message first."));
    QVERIFY(showMention().isValid());
    m_world->press(QStringLiteral("I"));
    QTRY_VERIFY(!bar().startsWith(QStringLiteral("Choose")));
}

void DeedsTest::marksAndPlaceSurviveAnOrder()
{
    m_world->press(QStringLiteral("J X J J X"));
    QTRY_COMPARE(m_world->textOf("bulkText"), QStringLiteral("2 conversations marked"));
    const ConversationId current = m_world->list().conversationAt(2);
    QTRY_COMPARE(m_world->shown(), current);
    const auto currentRow = [this] { return m_world->find<QTableView>("conversations")->currentIndex().row(); };
    for (const char *command : {"list.waiting", "list.grouped", "list.grouped", "list.newest", "go.unassigned"}) {
        const QSignalSpy resets(&m_world->list(), &QAbstractItemModel::modelReset);
        QVERIFY(m_world->window().commands().trigger(QString::fromLatin1(command)));
        QTRY_VERIFY(!resets.isEmpty() || command == QByteArray("go.unassigned"));
        QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
        QCOMPARE(m_world->list().markedCount(), 2);
        QTRY_COMPARE(m_world->list().conversationAt(currentRow()), current);
        QCOMPARE(m_world->shown(), current);
    }
    // Another list is another matter.
    m_world->press(QStringLiteral("G O"));
    QTRY_COMPARE(m_world->list().markedCount(), 0);
}

void DeedsTest::escapeKeepsThePlace()
{
    m_world->press(QStringLiteral("J J J J"));
    const ConversationId fourth = m_world->list().conversationAt(3);
    QTRY_COMPARE(m_world->shown(), fourth);
    m_world->press(QStringLiteral("Escape"));
    QVERIFY(!m_world->find<QTableView>("conversations")->currentIndex().isValid());
    m_world->press(QStringLiteral("J"));
    QCOMPARE(m_world->list().conversationAt(m_world->find<QTableView>("conversations")->currentIndex().row()), fourth);
}

/// Who marked some and reads on no longer thinks of them: each key would mean them, and not what is read.
void DeedsTest::escapeDropsMarksFirst()
{
    auto &pane = *m_world->window().findChild<ConversationPane *>();
    m_world->press(QStringLiteral("J X J X J"));
    const ConversationId third = m_world->list().conversationAt(2);
    QTRY_COMPARE(pane.record().id, third);
    QCOMPARE(m_world->list().markedCount(), 2);
    m_world->press(QStringLiteral("Return"));
    QTRY_COMPARE(m_world->focus(), &pane.timeline());
    m_world->press(QStringLiteral("Escape"));
    QCOMPARE(m_world->list().markedCount(), 0);
    QCOMPARE(m_world->focus(), &pane.timeline());
    QCOMPARE(m_world->shown(), third);
    m_world->press(QStringLiteral("Escape"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
    m_world->press(QStringLiteral("X"));
    QCOMPARE(m_world->list().markedCount(), 1);
    m_world->press(QStringLiteral("Escape"));
    QCOMPARE(m_world->list().markedCount(), 0);
    QVERIFY(m_world->find<QTableView>("conversations")->currentIndex().isValid());
    m_world->press(QStringLiteral("Escape"));
    QVERIFY(!m_world->find<QTableView>("conversations")->currentIndex().isValid());
    // And it has a key that is told.
    m_world->press(QStringLiteral("J X"));
    QCOMPARE(m_world->list().markedCount(), 1);
    QCOMPARE(m_world->window().commands().keyText(QStringLiteral("mark.none")), QStringLiteral("Ctrl+Shift+A"));
    m_world->press(QStringLiteral("Ctrl+Shift+A"));
    QCOMPARE(m_world->list().markedCount(), 0);
}

void DeedsTest::allThatIsMarkedIsUnseen()
{
    QList<ConversationId> looked;
    const auto areUnseen = [&] {
        const auto flushed = m_world->desk().flushPersonal();
        const bool isWritten = QTest::qWaitFor([&] { return flushed.isFinished(); }, 30'000);
        return isWritten && std::all_of(looked.cbegin(), looked.cend(),
                                        [this](ConversationId id) { return m_world->record(id).isUnseen; });
    };
    auto &pane = *m_world->window().findChild<ConversationPane *>();
    m_world->press(QStringLiteral("J"));
    for (int row = 0; row < 3; ++row) {
        looked.append(m_world->list().conversationAt(row));
        QTRY_COMPARE(pane.record().id, looked.constLast());
        m_world->press(row < 2 ? QStringLiteral("X J") : QStringLiteral("X"));
    }
    QCOMPARE(m_world->list().markedCount(), 3);
    for (const ConversationId id : std::as_const(looked))
        QTRY_VERIFY(!areUnseen() && !m_world->record(id).isUnseen);
    m_world->press(QStringLiteral("U"));
    QTRY_COMPARE(bar(), QStringLiteral("3 conversations marked as unseen"));
    QVERIFY(areUnseen());
    // What is shown stays so although it is shown; and they can be worked on further.
    QCOMPARE(m_world->list().markedCount(), 3);
    m_world->press(QStringLiteral("U"));
    QTRY_COMPARE(bar(), QStringLiteral("Nothing in these has been seen that could be marked as unseen."));
    m_world->press(QStringLiteral("Z"));
    QTRY_COMPARE(bar(), QStringLiteral("Undone: 3 conversations marked as unseen"));
    QVERIFY(!areUnseen());
    for (const ConversationId id : std::as_const(looked))
        QVERIFY(!m_world->record(id).isUnseen);
}

void DeedsTest::messageIsAnsweredByTheKeyboard()
{
    AfterDeed::choose(AfterDeed::Step::stay);
    const ConversationId id = showMention();
    m_world->press(QStringLiteral("E"));
    QTRY_COMPARE(m_world->record(id).status, Status::resolved);
    QTRY_VERIFY(m_world->widget("messageBarButton")->isVisible());
    // From pane to pane, and back.
    for (int i = 0; i < 12 && m_world->focus() != m_world->widget("messageBarButton"); ++i)
        m_world->press(QStringLiteral("F6"));
    QCOMPARE(m_world->focus(), m_world->widget("messageBarButton"));
    m_world->press(QStringLiteral("Space"));
    QTRY_COMPARE(m_world->record(id).status, Status::open);
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Undone")));
    // Or without going there.
    m_world->press(QStringLiteral("E"));
    QTRY_COMPARE(m_world->record(id).status, Status::resolved);
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Resolved")));
    m_world->press(QStringLiteral("F8"));
    QTRY_COMPARE(m_world->record(id).status, Status::open);
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Undone")));
    m_world->press(QStringLiteral("R"));
    QTRY_VERIFY(m_world->widget("composerSend")->isVisible());
    m_world->widget("conversations")->setFocus();
    auto *composer = m_world->widget("composer");
    for (int i = 0; i < 12 && !composer->isAncestorOf(m_world->focus()); ++i)
        m_world->press(QStringLiteral("F6"));
    QVERIFY(composer->isAncestorOf(m_world->focus()));
}

/// The field takes the keyboard from it, but not what is meant.
void DeedsTest::commandOfTheFieldIsForTheMessageInFocus()
{
    const auto isTheirs = [](const MessageRecord &message) {
        return message.kind == MessageKind::inbound && !message.isLiked && !message.uri.isEmpty();
    };
    m_world->press(QStringLiteral("Ctrl+8"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Everything"));
    const ConversationId id = m_world->show([&](const ConversationRecord &one) {
        if (one.network != Network::mastodon || one.isPrivate || one.trouble > 0)
            return false;
        const QList<MessageRecord> all = m_world->messages(one.id);
        return std::count_if(all.cbegin(), all.cend(), isTheirs) > 1;
    });
    QVERIFY(id.isValid());
    auto &pane = *m_world->window().findChild<ConversationPane *>();
    m_world->press(QStringLiteral("Return"));
    QTRY_COMPARE(m_world->focus(), &pane.timeline());
    const MessageId newest = pane.timeline().timeline().newestInbound()->id;
    const auto isOlder = [&] {
        const MessageRecord *current = pane.timeline().current();
        return current && current->id != newest && current->conversation == id && isTheirs(*current);
    };
    for (int i = 0; i < 20 && !isOlder(); ++i)
        m_world->press(QStringLiteral("Up"));
    QVERIFY(isOlder());
    const MessageId meant = pane.timeline().current()->id;
    m_world->press(QStringLiteral("Ctrl+K"));
    QTRY_VERIFY(m_world->widget("searchField")->hasFocus());
    QCOMPARE(pane.targetMessage()->id, meant);
    m_world->type(QStringLiteral(">like"));
    m_world->press(QStringLiteral("Return"));
    QTRY_VERIFY2(!m_world->outbox().isEmpty() && m_world->outbox().constLast().effect == Effect::like,
                 qPrintable(bar()));
    QCOMPARE(m_world->outbox().constLast().message, meant);
    QCOMPARE(m_world->focus(), &pane.timeline());
    // From the list the newest is meant.
    m_world->widget("conversations")->setFocus();
    m_world->press(QStringLiteral("Ctrl+K"));
    QTRY_VERIFY(m_world->widget("searchField")->hasFocus());
    QCOMPARE(pane.targetMessage()->id, newest);
}

void DeedsTest::deedNamesWhom()
{
    AfterDeed::choose(AfterDeed::Step::stay);
    const ConversationId id = showMention();
    const QString name = m_world->record(id).contactName;
    m_world->press(QStringLiteral("!"));
    QTRY_COMPARE(m_world->record(id).reason, Reason::spam);
    QTRY_VERIFY2(bar().startsWith(QStringLiteral("Resolved as spam")) && bar().contains(name), qPrintable(bar()));
    m_world->press(QStringLiteral("Z"));
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Undone: Resolved as spam")) && bar().contains(name));
    m_world->press(QStringLiteral("R"));
    QTRY_VERIFY(m_world->widget("composerSend")->isVisible());
    m_world->type(QStringLiteral("We look into it."));
    m_world->press(QStringLiteral("Ctrl+Return"));
    QTRY_VERIFY2(bar().startsWith(QStringLiteral("Reply")) && bar().contains(name), qPrintable(bar()));
    // What the bar offers is what the key undoes.
    QTest::mouseClick(m_world->widget("messageBarButton"), Qt::LeftButton);
    QTRY_COMPARE(m_world->messages(id).constLast().delivery->state, DeliveryState::cancelled);
}

void DeedsTest::newTagInsideAnother()
{
    const ConversationId id = showMention();
    QVERIFY(m_world->act(Act::AddTag{id, QStringLiteral("hardware")}).isApplied());
    QTRY_VERIFY(m_world->record(id).tags.contains(QStringLiteral("hardware")));
    QTRY_VERIFY(!m_world->window().roster().tags().isEmpty());
    const auto tag = [&](const QString &typed) {
        // Not while the deed before is being done.
        QTRY_VERIFY(m_world->window().commands().isEnabled(QStringLiteral("conversation.tag")));
        m_world->press(QStringLiteral("T"));
        QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
        m_world->type(typed);
        m_world->press(QStringLiteral("Return"));
        QTRY_VERIFY(!m_world->widget("pickField") || !m_world->widget("pickField")->isVisible());
        QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
    };
    tag(QStringLiteral("ware"));
    QTRY_VERIFY(m_world->record(id).tags.contains(QStringLiteral("ware")));
    QVERIFY(m_world->record(id).tags.contains(QStringLiteral("hardware")));
    // Who begins a name means what has it; what is shown is to know that by now.
    QTRY_VERIFY(m_world->textOf("headerState").contains(QStringLiteral("hardware")));
    tag(QStringLiteral("hardw"));
    QTRY_VERIFY(!m_world->record(id).tags.contains(QStringLiteral("hardware")));
}

void DeedsTest::pickingHasButtons()
{
    const ConversationId id = showMention();
    m_world->press(QStringLiteral("Shift+E"));
    QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
    QTest::mouseClick(m_world->widget("pickCancel"), Qt::LeftButton);
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
    QCOMPARE(m_world->record(id).status, Status::open);
    // Where something is to be typed, nothing is no answer.
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("sending.stop")));
    QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
    QTest::mouseClick(m_world->widget("pickOk"), Qt::LeftButton);
    QTRY_COMPARE(m_world->widget("pickField")->accessibleName(), QStringLiteral("Why is sending stopped?"));
    QTRY_VERIFY(m_world->widget("pickField")->hasFocus());
    QVERIFY(!m_world->widget("pickOk")->isEnabled());
    m_world->type(QStringLiteral("storm"));
    QVERIFY(m_world->widget("pickOk")->isEnabled());
    QTest::mouseClick(m_world->widget("pickOk"), Qt::LeftButton);
    QTRY_VERIFY(m_world->widget("stoppedBar")->isVisible());
}

void DeedsTest::pageIsOpenedByTheKey()
{
    QVERIFY(showMention().isValid());
    const QUrl page(m_world->timeline().newestInbound()->url);
    QDesktopServices::setUrlHandler(page.scheme(), this, "onPage");
    m_world->press(QStringLiteral("O"));
    QTRY_COMPARE(m_pages, QList<QUrl>{page});
    QDesktopServices::unsetUrlHandler(page.scheme());
}

void DeedsTest::linkInTheMessageIsOpened()
{
    const QString none = QStringLiteral("Nothing to see");
    const QString one = QStringLiteral("See https://shop.example/lamp (twice: https://shop.example/lamp )");
    const QString two = QStringLiteral("Is it https://shop.example/lamp or https://shop.example/cord ?");
    for (const QString &text : {none, one, two})
        m_world->write(QStringLiteral("Anabel Holm"), text);
    m_world->press(QStringLiteral("G O"));
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    const auto isShown = [this](const QString &text) {
        const auto says = [&](const ConversationRecord &talk) {
            return m_world->messages(talk.id).constLast().text == text;
        };
        return m_world->show(says).isValid();
    };
    CommandRegistry &commands = m_world->window().commands();
    m_pages.clear();
    QDesktopServices::setUrlHandler(QStringLiteral("https"), this, "onPage");
    QVERIFY(isShown(none));
    QCOMPARE(commands.whyNot(QStringLiteral("message.openLink")), QStringLiteral("There is no link in this message."));
    QVERIFY(isShown(one));
    ByKeys(*m_world).run(QStringLiteral("Open a link in the message"));
    const QUrl lamp(QStringLiteral("https://shop.example/lamp"));
    QTRY_COMPARE(m_pages, QList<QUrl>{lamp});
    QVERIFY(isShown(two));
    QVERIFY(commands.trigger(QStringLiteral("message.openLink")));
    QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
    m_world->type(QStringLiteral("cord"));
    m_world->press(QStringLiteral("Return"));
    QTRY_COMPARE(m_pages, (QList<QUrl>{lamp, QUrl(QStringLiteral("https://shop.example/cord"))}));
    QDesktopServices::unsetUrlHandler(QStringLiteral("https"));
}

QTEST_MAIN(DeedsTest)
#include "tst_deeds.moc"
