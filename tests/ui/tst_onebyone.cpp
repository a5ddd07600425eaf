// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/threadpage.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/afterdeed.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/settings/channelsdialog.h"

#include <QApplication>
#include <QClipboard>
#include <QListView>
#include <QListWidget>
#include <QTest>

using namespace Earshot;

/// One at a time: the keys on one message, what is undone of it, its thread and its contact, and sending that is
/// stopped.
class OneByOneTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void likeWaitsAndIsUndone();
    void likeThatHasLeftIsFollowedByItsOpposite();
    void hidesACommentAndShowsItAgain();
    void linkIsCopied();
    void unseenStaysUnseen();
    void unseenIsWhatIsUndone();
    void undoBringsAReplyBackIntoTheComposer();
    void undoOfTheBarIsItsOwn();
    void noteThatResolvesIsUndone();
    void dutyStandsInTheBar();
    void everythingInTheTimelineIsSelected();
    void threadShowsEverybody();
    void threadShowsTheCurrentOneWhole();
    void contactSideFolds();
    void contactsAreMergedAndSplit();
    void sendingIsStoppedForAllToSee();
    void sendingOfOneChannelIsStopped();

private:
    [[nodiscard]] ConversationId showMention() { return m_world->showMention(); }
    [[nodiscard]] QString bar() const { return m_world->textOf("messageBar"); }
    [[nodiscard]] bool canLikeHere() const
    {
        return m_world->window().findChild<ConversationPane *>()->channel().capabilities.canLike;
    }
    [[nodiscard]] QList<DeliveryRecord> effects()
    {
        QList<DeliveryRecord> found = m_world->outbox();
        found.removeIf([](const DeliveryRecord &one) { return one.effect == Effect::reply; });
        return found;
    }

    std::unique_ptr<WindowWorld> m_world;
};

void OneByOneTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->isReady());
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
}

void OneByOneTest::cleanup()
{
    m_world.reset();
}

void OneByOneTest::likeWaitsAndIsUndone()
{
    const ConversationId id = showMention();
    QVERIFY(canLikeHere());
    m_world->press(QStringLiteral("L"));
    QTRY_COMPARE(effects().size(), 1);
    QCOMPARE(effects().constFirst().effect, Effect::like);
    QCOMPARE(effects().constFirst().conversation, id);
    QCOMPARE(effects().constFirst().state, DeliveryState::held);
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Like")));
    m_world->press(QStringLiteral("Z"));
    QTRY_COMPARE(effects().size(), 0);
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Undone: Like")));
    QVERIFY(!m_world->timeline().newestInbound()->isLiked);
}

void OneByOneTest::likeThatHasLeftIsFollowedByItsOpposite()
{
    QVERIFY(showMention().isValid());
    m_world->press(QStringLiteral("L"));
    QTRY_COMPARE(effects().size(), 1);
    auto sent = m_world->service().deliver(true);
    QTRY_VERIFY(sent.isFinished());
    QTRY_VERIFY(m_world->timeline().newestInbound()->isLiked);
    m_world->press(QStringLiteral("Z"));
    QTRY_COMPARE(effects().size(), 1);
    QCOMPARE(effects().constFirst().effect, Effect::unlike);
    sent = m_world->service().deliver(true);
    QTRY_VERIFY(sent.isFinished());
    QTRY_VERIFY(!m_world->timeline().newestInbound()->isLiked);
}

void OneByOneTest::hidesACommentAndShowsItAgain()
{
    m_world->press(QStringLiteral("Ctrl+8"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Everything"));
    const ConversationId id = m_world->show(
        [](const ConversationRecord &one) { return one.network == Network::wordpress && one.messageCount == 1; });
    QVERIFY(id.isValid());
    const Moderation before = m_world->timeline().newestInbound()->moderation;
    m_world->press(QStringLiteral("H"));
    QTRY_COMPARE(effects().size(), 1);
    auto sent = m_world->service().deliver(true);
    QTRY_VERIFY(sent.isFinished());
    QTRY_VERIFY(m_world->timeline().newestInbound()->moderation != before);
    m_world->press(QStringLiteral("H"));
    QTRY_COMPARE(effects().size(), 1);
    sent = m_world->service().deliver(true);
    QTRY_VERIFY(sent.isFinished());
    QTRY_COMPARE(m_world->timeline().newestInbound()->moderation, before);
}

void OneByOneTest::linkIsCopied()
{
    QVERIFY(showMention().isValid());
    QApplication::clipboard()->clear();
    m_world->press(QStringLiteral("C"));
    QTRY_COMPARE(QApplication::clipboard()->text(), m_world->timeline().newestInbound()->url);
    QVERIFY(bar().contains(QStringLiteral("copied")));
}

void OneByOneTest::unseenStaysUnseen()
{
    m_world->write(QStringLiteral("Odo Quark"), QStringLiteral("hello there"));
    const auto isHis = [](const ConversationRecord &one) { return one.contactName == QStringLiteral("Odo Quark"); };
    QTRY_VERIFY(isHis(m_world->record(m_world->list().conversationAt(0))));
    const ConversationId id = m_world->show(isHis);
    const auto flush = [this] {
        const auto flushed = m_world->desk().flushPersonal();
        return QTest::qWaitFor([&] { return flushed.isFinished(); }, 30'000);
    };
    QVERIFY(flush());
    QVERIFY(!m_world->record(id).isUnseen);
    m_world->press(QStringLiteral("U"));
    QVERIFY(flush());
    QVERIFY(m_world->record(id).isUnseen);
    // A change elsewhere in it does not make it seen while I stay on it.
    QVERIFY(m_world->act(Act::AddTag{id, QStringLiteral("later")}).isApplied());
    QTRY_VERIFY(m_world->textOf("headerState").contains(QStringLiteral("later")));
    QVERIFY(flush());
    QVERIFY(m_world->record(id).isUnseen);
}

void OneByOneTest::unseenIsWhatIsUndone()
{
    m_world->write(QStringLiteral("Odo Quark"), QStringLiteral("hello there"));
    const auto isHis = [](const ConversationRecord &one) { return one.contactName == QStringLiteral("Odo Quark"); };
    QTRY_VERIFY(isHis(m_world->record(m_world->list().conversationAt(0))));
    const ConversationId id = m_world->show(isHis);
    const auto isUnseen = [this, id] {
        const auto flushed = m_world->desk().flushPersonal();
        return QTest::qWaitFor([&] { return flushed.isFinished(); }, 30'000) && m_world->record(id).isUnseen;
    };
    m_world->press(QStringLiteral("Shift+A"));
    QTRY_COMPARE(m_world->record(id).assignee, m_world->desk().me());
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Assigned to you")));
    m_world->press(QStringLiteral("U"));
    QVERIFY(isUnseen());
    m_world->press(QStringLiteral("Z"));
    QVERIFY(!isUnseen());
    QCOMPARE(bar(), QStringLiteral("Undone: Marked as unseen"));
    QCOMPARE(m_world->record(id).assignee, m_world->desk().me());
    // What was looked at since stays seen, with what came in between.
    m_world->press(QStringLiteral("U"));
    QVERIFY(isUnseen());
    m_world->press(QStringLiteral("Ctrl+7"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Resolved"));
    m_world->press(QStringLiteral("J"));
    const auto *pane = m_world->window().findChild<ConversationPane *>();
    QTRY_VERIFY(pane->conversation().isValid() && pane->conversation() != id);
    m_world->write(QStringLiteral("Odo Quark"), QStringLiteral("hello again"));
    m_world->window().openConversation(id);
    QTRY_VERIFY(!isUnseen());
    m_world->press(QStringLiteral("Z"));
    QVERIFY(!isUnseen());
}

void OneByOneTest::undoBringsAReplyBackIntoTheComposer()
{
    const ConversationId id = showMention();
    m_world->press(QStringLiteral("R"));
    QTRY_VERIFY(m_world->widget("composerSend")->isVisible());
    m_world->type(QStringLiteral("Too quick."));
    m_world->press(QStringLiteral("Ctrl+Shift+Return"));
    QTRY_COMPARE(m_world->record(id).status, Status::resolved);
    // The next one is on screen by now; Z leads back.
    QTRY_VERIFY(m_world->shown() != id);
    QTRY_VERIFY(!m_world->widget("composer")->isVisible());
    m_world->press(QStringLiteral("Z"));
    QTRY_COMPARE(m_world->messages(id).constLast().delivery->state, DeliveryState::cancelled);
    QTRY_COMPARE(m_world->shown(), id);
    QTRY_COMPARE(m_world->textOf("composerText"), QStringLiteral("Too quick."));
    QCOMPARE(m_world->record(id).status, Status::open);
}

void OneByOneTest::undoOfTheBarIsItsOwn()
{
    AfterDeed::choose(AfterDeed::Step::stay);
    const ConversationId id = showMention();
    m_world->press(QStringLiteral("Shift+A"));
    QTRY_COMPARE(m_world->record(id).assignee, m_world->desk().me());
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Assigned")));
    m_world->press(QStringLiteral("R"));
    QTRY_VERIFY(m_world->widget("composerSend")->isVisible());
    m_world->type(QStringLiteral("We look into it."));
    m_world->press(QStringLiteral("Ctrl+Return"));
    QTRY_COMPARE(m_world->messages(id).constLast().kind, MessageKind::reply);
    // It tells of the reply now: what it offers is what Z does.
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Reply")));
    QTest::mouseClick(m_world->widget("messageBarButton"), Qt::LeftButton);
    QTRY_COMPARE(m_world->messages(id).constLast().delivery->state, DeliveryState::cancelled);
    QCOMPARE(m_world->record(id).assignee, m_world->desk().me());
    // Its words are a draft again.
    QTRY_VERIFY(m_world->widget("composerSend")->isVisible() && m_world->focus() != m_world->widget("conversations"));
    m_world->widget("conversations")->setFocus();
    m_world->press(QStringLiteral("Z"));
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Undone: Assigned")));
    QVERIFY(!m_world->record(id).assignee.isValid());
}

void OneByOneTest::noteThatResolvesIsUndone()
{
    AfterDeed::choose(AfterDeed::Step::stay);
    const ConversationId id = showMention();
    m_world->press(QStringLiteral("Shift+A"));
    QTRY_COMPARE(m_world->record(id).assignee, m_world->desk().me());
    m_world->press(QStringLiteral("N"));
    QTRY_VERIFY(m_world->widget("composerSend")->isVisible());
    m_world->type(QStringLiteral("Solved by phone."));
    m_world->press(QStringLiteral("Ctrl+Shift+Return"));
    QTRY_COMPARE(m_world->record(id).status, Status::resolved);
    QTRY_VERIFY(!m_world->widget("composer")->isVisible());
    m_world->press(QStringLiteral("Z"));
    QTRY_COMPARE(m_world->record(id).status, Status::open);
    QCOMPARE(m_world->record(id).assignee, m_world->desk().me());
}

void OneByOneTest::dutyStandsInTheBar()
{
    QTRY_COMPARE(m_world->textOf("dutyButton"), QStringLiteral("On duty"));
    QVERIFY(m_world->act(Act::SetDuty{m_world->desk().me(), false}).isApplied());
    QTRY_COMPARE(m_world->textOf("dutyButton"), QStringLiteral("Off duty"));
    QTest::mouseClick(m_world->widget("dutyButton"), Qt::LeftButton);
    QTRY_COMPARE(m_world->textOf("dutyButton"), QStringLiteral("On duty"));
}

void OneByOneTest::everythingInTheTimelineIsSelected()
{
    const ConversationId id = showMention();
    m_world->press(QStringLiteral("Return"));
    auto &timeline = m_world->window().findChild<ConversationPane *>()->timeline();
    QTRY_COMPARE(m_world->focus(), &timeline);
    m_world->press(QStringLiteral("Ctrl+A"));
    QCOMPARE(m_world->list().markedCount(), 0);
    for (const MessageRecord &message : m_world->messages(id))
        QVERIFY(timeline.selectedText().contains(message.text.section(QLatin1Char('\n'), 0, 0)));
}

void OneByOneTest::threadShowsEverybody()
{
    m_world->press(QStringLiteral("Ctrl+8"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Everything"));
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    QHash<ThreadId, int> threads;
    for (int row = 0; row < m_world->list().rowCount(); ++row)
        ++threads[m_world->record(m_world->list().conversationAt(row)).thread];
    const ConversationId id =
        m_world->show([&](const ConversationRecord &one) { return !one.isPrivate && threads.value(one.thread) >= 3; });
    QVERIFY(id.isValid());
    m_world->press(QStringLiteral("V"));
    auto *list = m_world->find<QListView>("threadList");
    QTRY_VERIFY(list->isVisible() && list->hasFocus());
    const ThreadModel &model = m_world->window().findChild<ThreadPage *>()->model();
    QTRY_VERIFY(model.rowCount() >= 3);
    QCOMPARE(model.conversation(list->currentIndex().row())->id, id);
    QSet<ConversationId> met;
    for (int row = 0; row < model.rowCount(); ++row) {
        if (const ConversationRecord *work = model.conversation(row)) {
            met.insert(work->id);
            QVERIFY(model.stateText(row).contains(QString::number(work->number)));
        }
    }
    QCOMPARE(met.size(), threads.value(m_world->record(id).thread));
    // Another row is another conversation: header and keys follow it, and it can be marked.
    m_world->press(QStringLiteral("Home"));
    const auto isWork = [&] { return model.conversation(list->currentIndex().row()) != nullptr; };
    while (!isWork() || model.conversation(list->currentIndex().row())->id == id)
        m_world->press(QStringLiteral("Down"));
    const ConversationId other = model.conversation(list->currentIndex().row())->id;
    QTRY_COMPARE(m_world->window().findChild<ConversationPane *>()->record().id, other);
    QVERIFY(list->isVisible());
    m_world->press(QStringLiteral("X"));
    QVERIFY(m_world->list().isMarked(other));
    m_world->press(QStringLiteral("X Esc"));
    QTRY_VERIFY(!list->isVisible());
    QCOMPARE(m_world->shown(), other);
}

void OneByOneTest::threadShowsTheCurrentOneWhole()
{
    QStringList lines;
    for (int line = 0; line < 12; ++line)
        lines.append(QStringLiteral("step %1 of what I tried").arg(line));
    m_world->write(QStringLiteral("Patient Pia"), lines.join(QLatin1Char('\n')));
    m_world->press(QStringLiteral("Ctrl+8"));
    const ConversationId id =
        m_world->show([](const ConversationRecord &one) { return one.contactName == QStringLiteral("Patient Pia"); });
    QVERIFY(id.isValid());
    m_world->press(QStringLiteral("V"));
    auto *list = m_world->find<QListView>("threadList");
    QTRY_VERIFY(list->isVisible() && list->currentIndex().isValid());
    const QModelIndex current = list->currentIndex();
    QTRY_VERIFY(list->visualRect(current).height() >= 12 * list->fontMetrics().height());
    QVERIFY(list->viewport()->rect().contains(list->visualRect(current).topLeft()));
    // Two lines stand for it while another one is read.
    list->setCurrentIndex({});
    QTRY_VERIFY(list->visualRect(current).height() < 7 * list->fontMetrics().height());
}

void OneByOneTest::contactSideFolds()
{
    QVERIFY(showMention().isValid());
    QVERIFY(!m_world->widget("contactSide")->isVisible());
    m_world->press(QStringLiteral("D"));
    QTRY_VERIFY(m_world->widget("contactSide")->isVisible());
    QTRY_COMPARE(m_world->textOf("contactName"), m_world->record(m_world->shown()).contactName);
    QTRY_VERIFY(m_world->find<QListWidget>("contactIdentities")->count() >= 1);
    m_world->press(QStringLiteral("D"));
    QTRY_VERIFY(!m_world->widget("contactSide")->isVisible());
}

void OneByOneTest::contactsAreMergedAndSplit()
{
    const ConversationId id = showMention();
    const ConversationRecord mine = m_world->record(id);
    ConversationRecord other;
    for (int row = 0; row < m_world->list().rowCount(); ++row) {
        const ConversationRecord one = m_world->record(m_world->list().conversationAt(row));
        if (one.contact != mine.contact && other.number == 0)
            other = one;
    }
    m_world->press(QStringLiteral("D"));
    QTRY_VERIFY(m_world->find<QListWidget>("contactIdentities")->count() == 1);
    QTest::mouseClick(m_world->widget("contactMerge"), Qt::LeftButton);
    QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
    m_world->type(QStringLiteral("#%1").arg(other.number));
    m_world->press(QStringLiteral("Return"));
    QTRY_COMPARE(m_world->record(other.id).contact, mine.contact);
    QTRY_COMPARE(m_world->find<QListWidget>("contactIdentities")->count(), 2);
    QVERIFY(m_world->find<QListWidget>("contactConversations")->count() >= 1);
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("edit.undo")));
    QTRY_COMPARE(m_world->record(other.id).contact, other.contact);
    QTRY_COMPARE(m_world->find<QListWidget>("contactIdentities")->count(), 1);
    QVERIFY(!m_world->widget("contactSplit")->isVisible());
    // A merger of long ago is taken back too, one identity at a time.
    QVERIFY(m_world->act(Act::MergeContacts{other.contact, mine.contact}).isApplied());
    auto *identities = m_world->find<QListWidget>("contactIdentities");
    QTRY_COMPARE(identities->count(), 2);
    QTRY_VERIFY(m_world->widget("contactSplit")->isVisible());
    for (int row = 0; row < 2; ++row) {
        identities->setCurrentRow(row);
        if (m_world->widget("contactSplit")->isEnabled())
            break;
    }
    QVERIFY(identities->currentItem()->text() == other.contactHandle ||
            identities->currentItem()->text() == other.contactName);
    QVERIFY(m_world->widget("contactProfile")->isEnabled() != identities->currentItem()->toolTip().isEmpty());
    QTest::mouseClick(m_world->widget("contactSplit"), Qt::LeftButton);
    QTRY_COMPARE(m_world->record(other.id).contact, other.contact);
    QTRY_COMPARE(identities->count(), 1);
}

void OneByOneTest::sendingIsStoppedForAllToSee()
{
    const ConversationId id = showMention();
    QVERIFY(!m_world->widget("stoppedBar")->isVisible());
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("sending.stop")));
    QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
    m_world->press(QStringLiteral("Return")); // on all channels
    QTRY_COMPARE(m_world->widget("pickField")->accessibleName(), QStringLiteral("Why is sending stopped?"));
    QTRY_VERIFY(m_world->widget("pickField")->hasFocus());
    m_world->type(QStringLiteral("wrong statement"));
    m_world->press(QStringLiteral("Return"));
    QTRY_VERIFY(m_world->widget("stoppedBar")->isVisible());
    QVERIFY(m_world->textOf("stoppedBar").contains(QStringLiteral("wrong statement")));
    QVERIFY(m_world->textOf("stoppedBar").contains(QStringLiteral("any channel")));
    // Two replies wait; resuming discards one of them.
    Act::SendReply reply;
    reply.conversation = id;
    reply.text = QStringLiteral("Better not");
    QVERIFY(m_world->act(reply).isApplied());
    reply.text = QStringLiteral("This is fine");
    QVERIFY(m_world->act(reply).isApplied());
    QTRY_VERIFY(m_world->waitingInWindow() >= 2);
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("sending.resume")));
    QTRY_VERIFY(m_world->widget("resumeDialog") && m_world->widget("resumeDialog")->isVisible());
    auto *waiting = m_world->find<QListWidget>("resumeList");
    const auto bad = waiting->findItems(QStringLiteral("Better not"), Qt::MatchContains);
    QCOMPARE(bad.size(), 1);
    bad.constFirst()->setCheckState(Qt::Unchecked);
    QTest::mouseClick(m_world->widget("resumeGo"), Qt::LeftButton);
    QTRY_VERIFY(!m_world->widget("stoppedBar")->isVisible());
    const QList<MessageRecord> messages = m_world->messages(id);
    QCOMPARE(messages.at(messages.size() - 2).delivery->state, DeliveryState::cancelled);
    QVERIFY(messages.constLast().delivery->state != DeliveryState::cancelled);
}

void OneByOneTest::sendingOfOneChannelIsStopped()
{
    const ConversationId id = showMention();
    const ChannelId channel = m_world->record(id).channel;
    const auto isPaused = [&] { return m_world->window().roster().channel(channel)->isPaused(); };
    m_world->press(QStringLiteral("G A"));
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("channels.show")));
    auto *dialog = m_world->window().findChild<ChannelsDialog *>();
    QTRY_VERIFY(dialog->isVisible());
    dialog->select(channel);
    // As from the menu: why is asked, and what waits is shown before it goes out.
    QTest::mouseClick(m_world->widget("channelSending"), Qt::LeftButton);
    QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
    m_world->type(QStringLiteral("storm"));
    m_world->press(QStringLiteral("Return"));
    QTRY_VERIFY(isPaused());
    QCOMPARE(m_world->window().roster().channel(channel)->pauseReason, QStringLiteral("storm"));
    QTRY_COMPARE(m_world->textOf("channelSending"), QStringLiteral("Resume sending"));
    QTest::mouseClick(m_world->widget("channelSending"), Qt::LeftButton);
    QTRY_VERIFY(m_world->widget("resumeGo") && m_world->widget("resumeGo")->isVisible());
    QTest::mouseClick(m_world->widget("resumeGo"), Qt::LeftButton);
    QTRY_VERIFY(!isPaused());
}

QTEST_MAIN(OneByOneTest)
#include "tst_onebyone.moc"
