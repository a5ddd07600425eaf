// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/deciding.h"
#include "tests/ui/heldanswer.h"
#include "tests/ui/talkworld.h"
#include "ui/composer/choicebar.h"
#include "ui/composer/composer.h"
#include "ui/composer/composeredit.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/messagecommands.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/conversationactions.h"
#include "ui/shell/appearance.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/roster.h"
#include "workspace/database.h"
#include "workspace/facts.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Earshot;
using Mode = DraftRecord::Mode;

/// The right pane on a real workspace.
class ConversationPaneTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void showsWhoAndWhat();
    void missingConversationSaysSo();
    void composerOpensWhenTheConversationIsThere();
    void draftKeepsWhatItAnswers();
    void draftThatAnswersAnotherSaysSo();
    void newsAreToldWhileWriting();
    void editsAndDeletionsAreShown();
    void nextOneStaysWhereItOpened();
    void emptiedDraftStaysEmpty();
    void whatCouldNotBeWrittenIsKept();
    void undoGivesTheTextBack();
    void takenBackIsWhole_data();
    void takenBackIsWhole();
    void takenBackJoinsAnotherDraft_data();
    void takenBackJoinsAnotherDraft();
    void takenBackLeavesTheNote();
    void replyTakesTheVisibilityOfWhatItAnswers();
    void readersAreOfferedNoDeed();
    void olderOpenOnesAreAmongTheOthers();
    void longConversationPagesIn();
    void allOfALongOneIsSelected();
    void opensAtTheFirstUnseenHoweverMany();
    void seenIsRemembered();
    void ownNoteAheadOfTheServerIsNoMark();
    void unusedWindowSeesNothing();
    void olderReadingBringsNothingBack();
    void whatIsLeftOutIsSaid();
    void hidingIsOfferedBelowOurOwnPostsAlone();
    void pictures();

private:
    [[nodiscard]] const Timeline &timeline() { return m_pane->timeline().timeline(); }
    void open()
    {
        m_pane->showConversation(m_world->conversation());
        QTRY_VERIFY(m_pane->basedOn() > 0);
    }
    /// Takes a reply back, by its own button in the timeline or as Z and the bar's Undo do.
    void takeBack(DeliveryId delivery, bool isByButton)
    {
        if (!isByButton) {
            QVERIFY(m_world->act(Act::CancelDelivery{delivery}).isApplied());
            m_pane->takeBack(m_world->conversation(), delivery);
            return;
        }
        const QString name = QStringLiteral("messageAction%1").arg(int(MessageAction::undo));
        const auto current = [this, delivery] {
            const MessageRecord *message = m_pane->timeline().current();
            return message && message->delivery && message->delivery->id == delivery;
        };
        QTRY_VERIFY(m_pane->timeline().showMessage(messageOf(delivery)));
        QTRY_VERIFY(current() && m_pane->findChild<QToolButton *>(name));
        m_pane->findChild<QToolButton *>(name)->click();
    }
    [[nodiscard]] MessageId messageOf(DeliveryId delivery)
    {
        const QList<MessageRecord> messages = m_world->messages();
        for (const MessageRecord &message : messages) {
            if (message.delivery && message.delivery->id == delivery)
                return message.id;
        }
        return {};
    }
    [[nodiscard]] QString written() const { return m_pane->composer().findChild<ComposerEdit *>()->toPlainText(); }
    /// As it is kept on disk. Its target none = there is no such draft.
    [[nodiscard]] DraftRecord kept(Mode mode)
    {
        (void)m_world->desk().flushPersonal().result();
        const QList<DraftRecord> drafts = m_world->drafts();
        for (const DraftRecord &draft : drafts) {
            if (draft.mode == mode)
                return draft;
        }
        return {};
    }
    [[nodiscard]] QString label(const char *name) const
    {
        return m_pane->findChild<PlainLabel *>(QString::fromLatin1(name))->text();
    }
    [[nodiscard]] ChoiceBar *news() const { return m_pane->findChild<ChoiceBar *>(QStringLiteral("conversationNews")); }

    std::unique_ptr<TalkWorld> m_world;
    std::unique_ptr<NoService> m_service;
    std::unique_ptr<CommandRegistry> m_commands;
    std::unique_ptr<ConversationPane> m_pane;
};

void ConversationPaneTest::init()
{
    m_world = std::make_unique<TalkWorld>();
    m_service = std::make_unique<NoService>();
    m_commands = std::make_unique<CommandRegistry>();
    m_pane = std::make_unique<ConversationPane>(m_world->desk(), *m_service, *m_commands);
    m_pane->composer().addCommands(*m_commands);
    m_pane->resize(620, 640);
    m_pane->show();
}

void ConversationPaneTest::cleanup()
{
    Database::setFault({});
    m_pane.reset();
    m_commands.reset();
    m_service.reset();
    m_world.reset();
}

void ConversationPaneTest::showsWhoAndWhat()
{
    QVERIFY(label("conversationState").contains(QStringLiteral("Choose a conversation")));
    QSignalSpy changed(m_pane.get(), &ConversationPane::conversationChanged);
    open();
    QCOMPARE(changed.size(), 1);
    QCOMPARE(label("headerName"), QStringLiteral("Mira Holm"));
    QVERIFY(label("headerState").contains(QStringLiteral("open")));
    QVERIFY(label("headerState").contains(QStringLiteral("unassigned")));
    QCOMPARE(timeline().newestInbound()->text, QStringLiteral("My ThinkTower won't wake"));
    QVERIFY(m_world->act(Act::Assign{m_world->conversation(), m_world->kim()}).isApplied());
    QTRY_VERIFY(label("headerState").contains(QStringLiteral("Kim")));
    QTRY_VERIFY(timeline().items().constLast().text.contains(QStringLiteral("assigned this to")));
}

void ConversationPaneTest::missingConversationSaysSo()
{
    m_pane->showConversation(ConversationId(4711));
    QTRY_VERIFY(label("conversationState").contains(QStringLiteral("no longer exists")));
    m_pane->showConversation(ConversationId());
    QVERIFY(label("conversationState").contains(QStringLiteral("Choose")));
}

void ConversationPaneTest::composerOpensWhenTheConversationIsThere()
{
    m_pane->showConversation(m_world->conversation());
    m_pane->openComposer(Mode::note);
    QVERIFY(!m_pane->composer().isOpen());
    QTRY_VERIFY(m_pane->composer().isOpen());
}

/// R on another message: the words may not be about that one.
void ConversationPaneTest::draftThatAnswersAnotherSaysSo()
{
    const MessageRecord first = m_world->messages().constFirst();
    m_world->write(QStringLiteral("and another thing"));
    const MessageRecord second = m_world->messages().constLast();
    QVERIFY(second.id != first.id);
    open();
    Composer &composer = m_pane->composer();
    composer.open(Mode::reply, first);
    composer.open(Mode::reply, second);
    auto *choices = composer.findChild<ChoiceBar *>();
    QVERIFY2(choices->isHidden(), "nothing was written yet");
    composer.open(Mode::reply, first);
    QTest::keyClicks(composer.findChild<ComposerEdit *>(), QStringLiteral("about the first"));
    composer.open(Mode::reply, second);
    QCOMPARE(kept(Mode::reply).target, second.id);
    QVERIFY(!choices->isHidden());
    QTest::keyClick(choices->findChild<QAbstractButton *>(), Qt::Key_Space);
    QCOMPARE(kept(Mode::reply).target, first.id);
    QCOMPARE(kept(Mode::reply).text, QStringLiteral("about the first"));
    QVERIFY2(label("composerQuote").contains(first.text.left(10)), qPrintable(label("composerQuote")));
    QVERIFY(choices->isHidden());
}

void ConversationPaneTest::draftKeepsWhatItAnswers()
{
    const MessageRecord first = m_world->messages().constFirst();
    open();
    m_pane->composer().open(Mode::reply, first);
    QTest::keyClicks(m_pane->composer().findChild<ComposerEdit *>(), QStringLiteral("about the first"));
    QCOMPARE(kept(Mode::reply).target, first.id);
    m_world->write(QStringLiteral("and another thing"));
    const auto quotes = [this, &first] {
        m_pane->openComposer(Mode::note);
        QTRY_VERIFY(m_pane->composer().isOpen());
        m_pane->composer().open(Mode::reply);
        QVERIFY2(label("composerQuote").contains(first.text.left(10)), qPrintable(label("composerQuote")));
    };
    // Gone away and come back: it does not answer the newest one by itself.
    m_pane->showConversation(ConversationId());
    m_pane->showConversation(m_world->conversation());
    quotes();
    QCOMPARE(kept(Mode::reply).target, first.id);
    // And at the next start.
    m_pane.reset();
    m_commands = std::make_unique<CommandRegistry>();
    m_pane = std::make_unique<ConversationPane>(m_world->desk(), *m_service, *m_commands);
    m_pane->resize(620, 640);
    m_pane->show();
    m_pane->showConversation(m_world->conversation());
    quotes();
    QTest::keyClicks(m_pane->composer().findChild<ComposerEdit *>(), QStringLiteral("!"));
    QCOMPARE(kept(Mode::reply).target, first.id);
}

void ConversationPaneTest::newsAreToldWhileWriting()
{
    open();
    m_pane->openComposer(Mode::reply);
    QTest::keyClicks(m_pane->composer().findChild<ComposerEdit *>(), QStringLiteral("Dear"));
    const Seq before = m_pane->composer().basedOn();
    QVERIFY(news()->isHidden());
    m_world->write(QStringLiteral("It wakes now"));
    QTRY_VERIFY(news()->text().contains(QStringLiteral("wrote again")));
    QCOMPARE(m_pane->composer().basedOn(), before);
    news()->findChildren<QPushButton *>().constLast()->click();
    QVERIFY(m_pane->composer().basedOn() > before);
    QVERIFY(news()->isHidden());
    QSignalSpy performed(m_pane.get(), &ConversationPane::performed);
    QTest::keyClick(m_pane->composer().findChild<ComposerEdit *>(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(performed.size(), 1);
    QTRY_COMPARE(timeline().newest()->text, QStringLiteral("Dear"));
    // My own reply is no news to me.
    m_pane->openComposer(Mode::note);
    QVERIFY(news()->isHidden());
}

void ConversationPaneTest::editsAndDeletionsAreShown()
{
    open();
    RemoteMessage edited = m_world->inbound(QStringLiteral("My ThinkTower 9 won't wake"));
    edited.uri = QStringLiteral("https://social.example/1");
    edited.remoteId = QStringLiteral("1");
    edited.editedAt = m_world->clock().now();
    m_world->store({edited});
    QTRY_COMPARE(timeline().newestInbound()->olderTexts.size(), 1);
    RemoteChange gone;
    gone.uri = edited.uri;
    gone.presence = Presence::deleted;
    m_world->store({}, {gone});
    QTRY_COMPARE(timeline().newestInbound()->presence, Presence::deleted);
    QCOMPARE(timeline().newestInbound()->text, QStringLiteral("My ThinkTower 9 won't wake"));
}

void ConversationPaneTest::nextOneStaysWhereItOpened()
{
    open();
    QList<RemoteMessage> others;
    for (int i = 0; i < 60; ++i) {
        RemoteMessage message = m_world->inbound(QStringLiteral("Line %1 of a long story").arg(i));
        message.author.id = QStringLiteral("jonas");
        message.author.name = QStringLiteral("Jonas");
        message.threadUri = QStringLiteral("https://social.example/story");
        message.parentUri = i == 0 ? QString() : others.constLast().uri;
        others.append(message);
    }
    m_world->store(others);
    const ConversationId next(2);
    TimelineQuery whole;
    whole.conversation = next;
    const auto seen = m_world->desk().workspace().readNow<QList<MessageRecord>>(
        [whole](Database &database) { return loadMessages(database, whole); });
    QVERIFY(seen && seen->size() == 60);
    m_world->desk().markSeen(next, seen->at(10).id);
    QVERIFY(m_world->desk().flushPersonal().result());
    // As the list does.
    connect(m_pane.get(), &ConversationPane::performed, m_pane.get(), [this, next] { m_pane->showConversation(next); });
    m_pane->openComposer(Mode::reply);
    QTest::keyClicks(m_pane->composer().findChild<ComposerEdit *>(), QStringLiteral("Done"));
    QTest::keyClick(m_pane->composer().findChild<ComposerEdit *>(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(m_pane->conversation(), next);
    QTRY_COMPARE(timeline().messageCount(), 60);
    const QScrollBar &bar = *m_pane->timeline().verticalScrollBar();
    QTRY_VERIFY(bar.maximum() > 0);
    QVERIFY(bar.value() < bar.maximum());
    const Seq before = m_pane->basedOn();
    RemoteMessage more = others.constLast();
    more.parentUri = more.uri;
    more.uri += QStringLiteral("-more");
    more.remoteId += QStringLiteral("-more");
    m_world->store({more});
    QTRY_COMPARE(timeline().messageCount(), 61);
    QVERIFY(before > 0);
    QVERIFY(bar.value() < bar.maximum());
}

void ConversationPaneTest::emptiedDraftStaysEmpty()
{
    open();
    m_pane->openComposer(Mode::reply);
    auto *edit = m_pane->composer().findChild<ComposerEdit *>();
    QTest::keyClicks(edit, QStringLiteral("For us only"));
    QCOMPARE(kept(Mode::reply).text, QStringLiteral("For us only"));
    m_world->clock().advance(std::chrono::seconds(5));
    edit->selectAll();
    QTest::keyClick(edit, Qt::Key_Delete);
    // It is kept only in a moment that it is no more.
    m_pane->showConversation(ConversationId());
    open();
    m_pane->openComposer(Mode::reply);
    QVERIFY(written().isEmpty());
    QVERIFY(!kept(Mode::reply).conversation.isValid());
}

/// The disk is full when it is handed over, and somebody quits after that.
void ConversationPaneTest::whatCouldNotBeWrittenIsKept()
{
    open();
    m_pane->openComposer(Mode::reply);
    auto *edit = m_pane->composer().findChild<ComposerEdit *>();
    QTest::keyClicks(edit, QStringLiteral("Not lost"));
    Database::setFault([] { return std::optional(Error{ErrorKind::io, QStringLiteral("full"), {}}); });
    QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(!m_pane->composer().isBusy());
    Database::setFault({});
    QCOMPARE(written(), QStringLiteral("Not lost"));
    QCOMPARE(kept(Mode::reply).text, QStringLiteral("Not lost"));
    QCOMPARE(m_world->messages().size(), 1);
}

void ConversationPaneTest::undoGivesTheTextBack()
{
    open();
    Act::SendReply reply;
    reply.conversation = m_world->conversation();
    reply.text = QStringLiteral("Too quick");
    QVERIFY(m_world->act(reply).isApplied());
    const QString name = QStringLiteral("messageAction%1").arg(int(MessageAction::undo));
    QTRY_VERIFY(m_pane->findChild<QToolButton *>(name));
    m_pane->findChild<QToolButton *>(name)->click();
    QTRY_VERIFY(m_pane->composer().isOpen());
    QCOMPARE(m_pane->composer().findChild<ComposerEdit *>()->toPlainText(), QStringLiteral("Too quick"));
    QTRY_COMPARE(timeline().newest()->delivery->state, DeliveryState::cancelled);
}

void ConversationPaneTest::takenBackIsWhole_data()
{
    QTest::addColumn<bool>("isByButton");
    QTest::newRow("by the timeline's Undo") << true;
    QTest::newRow("by Z") << false;
}

void ConversationPaneTest::takenBackIsWhole()
{
    QFETCH(bool, isByButton);
    RemoteMessage question = m_world->inbound(QStringLiteral("@jo has it too"));
    question.mentions = {QStringLiteral("@jo@far.example")};
    question.language = QStringLiteral("de");
    m_world->store({question});
    const MessageId asked = m_world->messages().constLast().id;
    m_world->write(QStringLiteral("And the lamp is dark"));
    open();
    Act::SendReply reply;
    reply.conversation = m_world->conversation();
    reply.target = asked;
    reply.text = QStringLiteral("One.");
    reply.furtherParts = {QStringLiteral("Two."), QStringLiteral("Three.")};
    reply.contentWarning = QStringLiteral("long");
    reply.language = QStringLiteral("fr");
    reply.leftOut = {QStringLiteral("@jo@far.example")};
    const Outcome sent = m_world->act(reply);
    QVERIFY(sent.isApplied());
    takeBack(DeliveryId(sent.created), isByButton);
    QTRY_VERIFY(m_pane->composer().isOpen());
    QCOMPARE(written(), QStringLiteral("One.\n\nTwo.\n\nThree."));
    const DraftRecord draft = kept(Mode::reply);
    QCOMPARE(draft.text, written());
    QCOMPARE(draft.target, asked);
    QCOMPARE(draft.contentWarning, QStringLiteral("long"));
    QCOMPARE(draft.leftOut, reply.leftOut);
    QCOMPARE(draft.language, QStringLiteral("fr"));
    QVERIFY(label("composerQuote").contains(QStringLiteral("has it too")));
}

void ConversationPaneTest::takenBackJoinsAnotherDraft_data()
{
    takenBackIsWhole_data();
}

void ConversationPaneTest::takenBackJoinsAnotherDraft()
{
    QFETCH(bool, isByButton);
    open();
    Act::SendReply reply;
    reply.conversation = m_world->conversation();
    reply.text = QStringLiteral("Too quick");
    reply.contentWarning = QStringLiteral("first");
    const Outcome sent = m_world->act(reply);
    QVERIFY(sent.isApplied());
    m_pane->openComposer(Mode::reply);
    auto *edit = m_pane->composer().findChild<ComposerEdit *>();
    QTest::keyClicks(edit, QStringLiteral("And now"));
    m_pane->composer().findChild<QLineEdit *>(QStringLiteral("composerWarning"))->setText(QStringLiteral("second"));
    QSignalSpy said(m_pane.get(), &ConversationPane::message);
    takeBack(DeliveryId(sent.created), isByButton);
    QTRY_COMPARE(written(), QStringLiteral("Too quick\n\nAnd now"));
    QTRY_COMPARE(said.size(), 1);
    QVERIFY(said.constFirst().constFirst().toString().contains(QStringLiteral("stands above it")));
    // Whoever types goes on where they were, and can take out again what came.
    QCOMPARE(edit->textCursor().position(), int(written().size()));
    const DraftRecord draft = kept(Mode::reply);
    QCOMPARE(draft.text, written());
    QCOMPARE(draft.contentWarning, QStringLiteral("first, second"));
    edit->undo();
    QCOMPARE(written(), QStringLiteral("And now"));
}

void ConversationPaneTest::takenBackLeavesTheNote()
{
    open();
    Act::SendReply reply;
    reply.conversation = m_world->conversation();
    reply.text = QStringLiteral("Too quick");
    const Outcome sent = m_world->act(reply);
    m_pane->openComposer(Mode::note);
    QTest::keyClicks(m_pane->composer().findChild<ComposerEdit *>(), QStringLiteral("for us"));
    takeBack(DeliveryId(sent.created), false);
    // A note that was begun stays one.
    QTRY_COMPARE(m_pane->composer().mode(), std::optional(Mode::reply));
    QCOMPARE(written(), QStringLiteral("Too quick"));
    QCOMPARE(kept(Mode::note).text, QStringLiteral("for us"));
}

void ConversationPaneTest::replyTakesTheVisibilityOfWhatItAnswers()
{
    RemoteMessage secret = m_world->inbound(QStringLiteral("privately: order 7"));
    secret.visibility = Visibility::direct;
    secret.threadUri = QStringLiteral("https://social.example/aside");
    secret.parentUri.clear();
    m_world->store({secret});
    // What is said aside is a conversation of its own.
    const ConversationId aside(2);
    for (const auto &[id, visibility, mode] :
         {std::tuple(aside, Visibility::direct, Mode::privateReply),
          std::tuple(m_world->conversation(), Visibility::everyone, Mode::reply)}) {
        m_pane->showConversation(id);
        QTRY_COMPARE(m_pane->record().id, id);
        QCOMPARE(timeline().newestInbound()->visibility, visibility);
        m_pane->openComposer(Mode::reply);
        QCOMPARE(m_pane->composer().mode(), std::optional(mode));
    }
}

void ConversationPaneTest::readersAreOfferedNoDeed()
{
    open();
    const auto names = [this] {
        m_pane->timeline().setFocus();
        QContextMenuEvent asked(QContextMenuEvent::Keyboard, {}, {});
        QApplication::sendEvent(&m_pane->timeline(), &asked);
        QStringList found;
        auto *menu = m_pane->timeline().findChild<QMenu *>(QStringLiteral("messageMenu"));
        if (!menu)
            return found;
        for (const QAction *action : menu->actions())
            found.append(action->text().remove(QLatin1Char('&')));
        delete menu;
        return found;
    };
    const auto *pull = m_pane->findChild<QToolButton *>(QStringLiteral("headerPull"));
    QTRY_VERIFY(m_pane->timeline().current());
    QVERIFY(names().contains(QStringLiteral("Reply to this message")));
    QVERIFY(pull->isVisibleTo(m_pane.get()));
    m_pane->setCanAct(false);
    const QStringList left = names();
    QVERIFY(!left.isEmpty() && !left.contains(QStringLiteral("Reply to this message")));
    QVERIFY(!pull->isVisibleTo(m_pane.get()));
    Q_EMIT m_pane->timeline().answerWanted(*m_pane->timeline().current());
    QVERIFY(!m_pane->composer().isOpen());
}

/// However many of the contact's were done since.
void ConversationPaneTest::olderOpenOnesAreAmongTheOthers()
{
    QList<RemoteMessage> more;
    for (int i = 0; i < 25; ++i) {
        RemoteMessage message = m_world->inbound(QStringLiteral("matter %1").arg(i));
        message.uri = message.threadUri = QStringLiteral("https://social.example/matter%1").arg(i);
        message.parentUri.clear();
        more.append(message);
    }
    m_world->store(more);
    const auto done = m_world->desk().workspace().write<bool>(Urgency::interactive, [](Writing &w) -> Result<bool> {
        w.database().execute(QStringLiteral("UPDATE conversation SET status = 3 WHERE id > 2;"));
        return true;
    });
    QVERIFY(done.result().has_value());
    open();
    const auto *others = m_pane->findChild<QToolButton *>(QStringLiteral("headerOthers"));
    QVERIFY(others->isVisibleTo(m_pane.get()));
    QCOMPARE(others->text(), QStringLiteral("1 more open"));
}

void ConversationPaneTest::longConversationPagesIn()
{
    QList<RemoteMessage> messages;
    for (int i = 0; i < 450; ++i)
        messages.append(m_world->inbound(QStringLiteral("message %1").arg(i)));
    m_world->store(messages);
    open();
    QCOMPARE(timeline().messageCount(), 100);
    TimelineView &view = m_pane->timeline();
    view.verticalScrollBar()->setValue(0);
    QTRY_COMPARE(timeline().messageCount(), 200);
    // A change reads all of them again and keeps the place.
    const auto top = view.topItem();
    QVERIFY(m_world->act(Act::AddTag{m_world->conversation(), QStringLiteral("hardware")}).isApplied());
    QTRY_VERIFY(label("headerState").contains(QStringLiteral("hardware")));
    QCOMPARE(view.topItem(), top);
    QVERIFY(timeline().messageCount() >= 200);
    while (timeline().hasOlder()) {
        const qsizetype before = timeline().messageCount();
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
        view.verticalScrollBar()->setValue(0);
        QTRY_VERIFY(timeline().messageCount() > before || !timeline().hasOlder());
    }
    QCOMPARE(timeline().messageCount(), 451);
}

/// Also what was not read yet.
void ConversationPaneTest::allOfALongOneIsSelected()
{
    QList<RemoteMessage> messages;
    for (int i = 0; i < 450; ++i)
        messages.append(m_world->inbound(QStringLiteral("message %1 says").arg(i)));
    m_world->store(messages);
    open();
    QCOMPARE(timeline().messageCount(), 100);
    TimelineView &view = m_pane->timeline();
    view.setFocus();
    const auto top = view.topItem();
    QTest::keySequence(&view, QKeySequence::SelectAll);
    QTRY_COMPARE(timeline().messageCount(), 451);
    QTRY_VERIFY(view.selectedText().contains(QStringLiteral("message 0 says")));
    const QString all = view.selectedText();
    QVERIFY(all.contains(QStringLiteral("My ThinkTower won't wake")));
    for (int i = 0; i < 450; ++i)
        QVERIFY2(all.contains(QStringLiteral("message %1 says").arg(i)), qPrintable(QString::number(i)));
    QCOMPARE(view.topItem(), top);
    // Whoever goes on meanwhile has nothing selected that they did not see.
    m_pane->showConversation(ConversationId());
    open();
    QTest::keySequence(&view, QKeySequence::SelectAll);
    QTest::keyClick(&view, Qt::Key_Up);
    QTRY_COMPARE(timeline().messageCount(), 451);
    QVERIFY(view.selectedText().isEmpty());
}

void ConversationPaneTest::opensAtTheFirstUnseenHoweverMany()
{
    m_world->desk().markSeen(m_world->conversation(), m_world->messages().constFirst().id);
    QVERIFY(m_world->desk().flushPersonal().result());
    QList<RemoteMessage> messages;
    for (int i = 0; i < 250; ++i)
        messages.append(m_world->inbound(QStringLiteral("message %1").arg(i)));
    m_world->store(messages);
    QVERIFY(m_world->record().isUnseen);
    open();
    QVERIFY(timeline().firstUnseen() >= 0);
    QCOMPARE(timeline().items().at(timeline().firstUnseen()).message->text, QStringLiteral("message 0"));
    QTRY_VERIFY(m_pane->timeline().current());
    QCOMPARE(m_pane->timeline().current()->text, QStringLiteral("message 0"));
}

void ConversationPaneTest::seenIsRemembered()
{
    QVERIFY(m_world->record().isUnseen);
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    // It is nobody else's matter: the journal says nothing of it.
    const auto lines = [this] {
        return m_world->desk()
            .workspace()
            .readNow<QList<JournalRecord>>([](Database &database) { return loadJournal(database, 0, 1000); })
            .value()
            .size();
    };
    const qsizetype before = lines();
    QVERIFY(before > 0);
    open();
    (void)m_world->desk().flushPersonal().result();
    QVERIFY(!m_world->record().isUnseen);
    QCOMPARE(lines(), before);
}

/// It is newer than all that is still to come: what comes before the mark is written was not shown.
void ConversationPaneTest::ownNoteAheadOfTheServerIsNoMark()
{
    // As a replica shows what it has not sent yet.
    const Action note = makeAction(Act::AddNote{m_world->conversation(), QStringLiteral("ask again tomorrow @Ana")},
                                   m_world->clock().now());
    const auto shown =
        m_world->desk().workspace().write<Outcome>(Urgency::interactive, [note](Writing &writing) -> Result<Outcome> {
            Writing ahead = writing.forecasting(firstForecastId);
            return decideAndApply(ahead, note, {*loadActor(writing.database(), AgentId(1)), {}, 0});
        });
    QVERIFY(shown.result().value().isApplied());
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    open();
    QVERIFY(isForecast(m_world->messages().constLast().id));
    (void)m_world->desk().flushPersonal().result();
    const auto seen = m_world->desk().workspace().readNow<MessageId>(
        [this](Database &database) { return loadSeenMessage(database, AgentId(1), m_world->conversation()); });
    QCOMPARE(*seen, timeline().newestInbound()->id);
}

void ConversationPaneTest::unusedWindowSeesNothing()
{
    const auto isUnseen = [this] {
        (void)m_world->desk().flushPersonal().result();
        return m_world->record().isUnseen;
    };
    QWidget other;
    other.show();
    other.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&other));
    QVERIFY(!m_pane->isActiveWindow());
    // Chosen, read and on the screen while somebody works elsewhere.
    open();
    QVERIFY(isUnseen());
    m_pane->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    QTRY_VERIFY(!isUnseen());
    // What comes meanwhile, too.
    other.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&other));
    m_world->write(QStringLiteral("Are you there?"));
    QTRY_COMPARE(timeline().newestInbound()->text, QStringLiteral("Are you there?"));
    QVERIFY(isUnseen());
    m_pane->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    QTRY_VERIFY(!isUnseen());
    // Not where the person wants it to stay so.
    m_pane->markUnseen();
    QVERIFY(isUnseen());
    other.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&other));
    m_pane->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    QVERIFY(isUnseen());
}

void ConversationPaneTest::olderReadingBringsNothingBack()
{
    open();
    HeldAnswer older(*m_pane);
    QVERIFY(m_world->act(Act::Assign{m_world->conversation(), m_world->kim()}).isApplied());
    QTRY_VERIFY(older.isHeld());
    QVERIFY(m_world->act(Act::Unassign{m_world->conversation()}).isApplied());
    QVERIFY(m_world->act(Act::SetPriority{m_world->conversation(), Priority::urgent}).isApplied());
    QTRY_COMPARE(m_pane->record().priority, Priority::urgent);
    older.letGo();
    QCOMPARE(m_pane->record().priority, Priority::urgent);
    QVERIFY(!label("headerState").contains(QStringLiteral("Kim")));
}

/// Of a long thread around and of many events the newest are shown, and that these are not all.
void ConversationPaneTest::whatIsLeftOutIsSaid()
{
    QList<RemoteMessage> talk;
    const Time before = m_world->clock().now() - std::chrono::hours(5);
    for (int i = 0; i < 300; ++i) {
        RemoteMessage message = m_world->inbound(QStringLiteral("Comment %1").arg(i));
        message.isContext = true;
        message.author.id = QStringLiteral("other%1").arg(i);
        message.sentAt = before + std::chrono::seconds(i);
        talk.append(message);
    }
    m_world->store(talk);
    open();
    const auto textOf = [this](TimelineItem::Kind kind) {
        for (const TimelineItem &item : timeline().items()) {
            if (item.kind == kind)
                return item.text;
        }
        return QString();
    };
    QCOMPARE(textOf(TimelineItem::Kind::fold),
             QStringLiteral("Earlier in the public thread (200); the whole thread has 301 messages"));
    const auto events = [this] {
        return std::count_if(timeline().items().cbegin(), timeline().items().cend(),
                             [](const TimelineItem &item) { return item.kind == TimelineItem::Kind::event; });
    };
    QList<Action> tags;
    for (int i = 0; i < 250; ++i) {
        tags.append(makeAction(Act::AddTag{m_world->conversation(), QStringLiteral("on")}, m_world->clock().now()));
        tags.append(makeAction(Act::RemoveTag{m_world->conversation(), QStringLiteral("on")}, m_world->clock().now()));
    }
    auto done = m_world->desk().perform(tags);
    QTRY_VERIFY(done.isFinished());
    QTRY_COMPARE(events(), 500);
    QVERIFY(textOf(TimelineItem::Kind::event).contains(QStringLiteral("on")));
    QVERIFY(m_world->act(Act::Assign{m_world->conversation(), m_world->kim()}).isApplied());
    QTRY_COMPARE(events(), 501);
    QCOMPARE(textOf(TimelineItem::Kind::event),
             QStringLiteral("What was done before is not shown here, only the newest 500 event(s)"));
}

void ConversationPaneTest::hidingIsOfferedBelowOurOwnPostsAlone()
{
    Roster roster(m_world->desk());
    ConversationActions actions(m_world->desk(), roster, m_pane.get());
    MessageCommands commands(m_world->desk(), roster, *m_pane, actions);
    commands.addCommands(*m_commands);
    QTRY_VERIFY(roster.canAct());
    const auto isOffered = [this](const char *id) { return m_commands->find(QString::fromLatin1(id))->isEnabled(); };
    Capabilities can;
    can.canReply = can.canHideBelowOwn = true;
    m_world->setCapabilities(can);
    open();
    QTRY_VERIFY(m_pane->channel().capabilities.canHideBelowOwn);
    // Another's thread: there the network would refuse.
    QVERIFY(!isOffered("message.hide"));
    RemoteMessage ours = m_world->inbound(QStringLiteral("And another thing"));
    ours.isThreadOurs = true;
    m_world->store({ours});
    QTRY_VERIFY(isOffered("message.hide"));
    for (const char *other : {"message.approve", "message.spam", "message.trash"})
        QVERIFY2(!isOffered(other), other);
    m_world->store({}, {{.uri = ours.uri, .presence = {}, .moderation = Moderation::hidden}});
    QTRY_VERIFY(isOffered("message.approve"));
}

/// Not a check: makes pictures to look at, where a folder for them is named.
void ConversationPaneTest::pictures()
{
    const QString folder = qEnvironmentVariable("EARSHOT_PICTURES");
    if (folder.isEmpty())
        QSKIP("EARSHOT_PICTURES names no folder");
    m_world->write(QStringLiteral("Since the update it won't even show the logo. I tried holding the button for ten "
                                  "seconds, see https://forum.example/threads/9-wont-wake?page=2 for the others."));
    RemoteMessage warned = m_world->inbound(QStringLiteral("a picture of the burnt board"));
    warned.contentWarning = QStringLiteral("burnt electronics");
    RemoteMedia media;
    media.url = QStringLiteral("https://social.example/a.png");
    media.type = QStringLiteral("image/png");
    media.description = QStringLiteral("A mainboard with a dark spot near the power plug");
    RemoteMessage pictured = m_world->inbound(QStringLiteral("and this one is from the front"));
    pictured.media = {media};
    m_world->store({warned, pictured});
    QVERIFY(m_world->act(Act::Assign{m_world->conversation(), m_world->kim()}).isApplied());
    QVERIFY(m_world->act(Act::AddTag{m_world->conversation(), QStringLiteral("hardware")}).isApplied());
    QVERIFY(m_world->actAs(m_world->kim(), Act::AddNote{m_world->conversation(), QStringLiteral("same as #4398 @Ana")})
                .isApplied());
    Act::SendReply reply;
    reply.conversation = m_world->conversation();
    reply.text = QStringLiteral("Hi Mira, we are looking into this. Could you tell us the serial number?");
    QVERIFY(m_world->act(reply).isApplied());
    for (const auto scheme : {Appearance::Scheme::light, Appearance::Scheme::dark}) {
        QApplication::setPalette(Appearance::palette(scheme));
        m_pane->showConversation(ConversationId());
        open();
        for (const Mode mode : {Mode::reply, Mode::privateReply, Mode::note}) {
            m_pane->composer().open(mode);
            auto *edit = m_pane->composer().findChild<ComposerEdit *>();
            edit->setPlainText(QStringLiteral("Thanks! With that number we can look it up for you right away today."));
            QCoreApplication::processEvents();
            const QString name = QStringLiteral("/pane-%1-%2.png").arg(int(scheme)).arg(int(mode));
            QVERIFY(m_pane->grab().save(folder + name));
        }
        m_pane->composer().closeEditor();
        m_pane->timeline().verticalScrollBar()->setValue(0);
        QCoreApplication::processEvents();
        QVERIFY(m_pane->grab().save(folder + QStringLiteral("/timeline-%1.png").arg(int(scheme))));
    }
}

QTEST_MAIN(ConversationPaneTest)
#include "tst_conversationpane.moc"
