// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/dictionaries.h"
#include "tests/ui/keyboard.h"
#include "tests/ui/talkworld.h"
#include "ui/composer/choicebar.h"
#include "ui/composer/composer.h"
#include "ui/composer/composeredit.h"
#include "ui/composer/mediakeeper.h"
#include "ui/composer/modelook.h"
#include "ui/composer/recipientmenu.h"
#include "ui/composer/spellmarks.h"
#include "ui/composer/textcompletion.h"
#include "ui/shell/appearance.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/plainlabel.h"
#include "workspace/attempts.h"

#include <QAbstractItemView>
#include <QFile>
#include <QImage>
#include <QLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace Earshot;
using Mode = DraftRecord::Mode;

/// The composer on a real workspace: nothing that was written is lost, nothing goes out by mistake.
class ComposerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void isClosedUntilOpened();
    void modesCannotBeConfused();
    void textHasALineInHighContrast();
    void modeThatTheChannelLacksIsOff();
    void eachModeKeepsItsOwnDraft();
    void draftsOutliveTheComposer();
    void clearsOnlyAfterTheOutcome();
    void staleReplyIsExplainedAndKept();
    void tooLongIsSaidAndNothingIsCut();
    void longReplyIsSplit();
    void tooLongIsNoConsentToAnythingElse();
    void whoIsNotifiedIsChosen();
    void directMessagesHaveALengthOfTheirOwn();
    void twinIsTold();
    void privateMessageIsNotAnsweredInPublicByMistake();
    void sendAndResolve();
    void stoppedSendingIsSaid();
    void readOnlyChannelTakesNotesOnly();
    void undoHistorySurvivesSwitching();
    void mentionsAreCompleted();
    void openProposalsKeepTheKeys();
    void namesOfTheNotifiedAreCutAtTheirEnd();
    void savedRepliesAreOffered();
    void gapIsAskedAbout();
    void draftIsKeptWhole();
    void misspellingIsMarkedWhenTheWordIsDone();
    void whatIsLeftOfALongTextIsChecked();
    void draftIsAsOldAsItsText();
    void menuOffersWhatIsMeant();
    void languageIsTheDraftsOwn();
    void colorsCanBeRead();
    void headFitsAtEachWidth();

private:
    [[nodiscard]] ComposerSubject subject()
    {
        ComposerSubject subject;
        subject.conversation = m_world->record();
        subject.channel = m_world->channelRecord();
        subject.agents = m_world->agents();
        const QList<MessageRecord> messages = m_world->messages();
        for (const MessageRecord &message : messages) {
            if (message.kind == MessageKind::inbound)
                subject.newestInbound = message;
        }
        return subject;
    }
    [[nodiscard]] ComposerEdit *edit() const { return m_composer->findChild<ComposerEdit *>(); }
    [[nodiscard]] QString question() const { return m_composer->findChild<ChoiceBar *>()->text(); }
    [[nodiscard]] RecipientMenu *recipients() const { return m_composer->findChild<RecipientMenu *>(); }
    [[nodiscard]] QString counter() const
    {
        return m_composer->findChild<PlainLabel *>(QStringLiteral("composerCounter"))->text();
    }
    [[nodiscard]] DeliveryJob newestJob()
    {
        const DeliveryId id = lastMessage().delivery->id;
        return m_world->desk()
            .workspace()
            .readNow<DeliveryJob>([id](Database &database) { return loadJob(database, id); })
            .value();
    }
    [[nodiscard]] QPushButton *sendButton() const
    {
        return m_composer->findChild<QPushButton *>(QStringLiteral("composerSend"));
    }
    void choose(int index) const
    {
        const auto buttons = m_composer->findChild<ChoiceBar *>()->findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->isVisible() && button->objectName() == QStringLiteral("choice%1").arg(index))
                return button->click();
        }
        QFAIL("no such choice");
    }
    [[nodiscard]] MessageRecord lastMessage() { return m_world->messages().constLast(); }

    std::unique_ptr<TalkWorld> m_world;
    std::unique_ptr<CommandRegistry> m_commands;
    std::unique_ptr<Composer> m_composer;
};

void ComposerTest::init()
{
    m_world = std::make_unique<TalkWorld>();
    m_composer = std::make_unique<Composer>(m_world->desk());
    m_commands = std::make_unique<CommandRegistry>();
    m_composer->addCommands(*m_commands);
    m_composer->resize(600, 260);
    m_composer->setSubject(subject());
}

void ComposerTest::cleanup()
{
    m_composer.reset();
    m_world.reset();
}

void ComposerTest::isClosedUntilOpened()
{
    QVERIFY(!m_composer->isOpen());
    QVERIFY(m_composer->isHidden());
    QSignalSpy changed(m_composer.get(), &Composer::openChanged);
    m_composer->open(Mode::note);
    QVERIFY(m_composer->isOpen() && m_composer->isVisible());
    QTest::keyClick(edit(), Qt::Key_Escape);
    QVERIFY(!m_composer->isOpen() && m_composer->isHidden());
    QCOMPARE(changed.size(), 2);
}

void ComposerTest::modeThatTheChannelLacksIsOff()
{
    const auto *button =
        m_composer->findChild<QToolButton *>(QStringLiteral("mode%1").arg(static_cast<int>(Mode::privateReply)));
    m_composer->open(Mode::reply);
    QVERIFY(button->isEnabled());
    ComposerSubject now = subject();
    now.channel.capabilities.canReplyPrivately = false;
    m_composer->closeEditor();
    m_composer->setSubject(now);
    m_composer->open(Mode::reply);
    QVERIFY(!button->isEnabled());
    QCOMPARE(button->toolTip(), QStringLiteral("This channel has no private replies."));
}

/// There no shade tells where it is written.
void ComposerTest::textHasALineInHighContrast()
{
    const QPalette palette = Appearance::palette(Appearance::Scheme::highContrast);
    m_composer->setPalette(palette);
    m_composer->open(Mode::reply);
    const auto *text = m_composer->findChild<QWidget *>(QStringLiteral("composerText"));
    QTRY_VERIFY(text->isVisible() && text->height() > 10);
    const QImage image = m_composer->grab().toImage();
    const QRect area = text->geometry();
    const qreal scale = image.devicePixelRatio();
    for (const QPoint &edge :
         {QPoint(area.left() - 1, area.center().y()), QPoint(area.center().x(), area.top() - 1),
          QPoint(area.right() + 1, area.center().y()), QPoint(area.center().x(), area.bottom() + 1)})
        QVERIFY(Appearance::contrast(image.pixelColor((QPointF(edge) * scale).toPoint()),
                                     palette.color(QPalette::Window)) >= 3);
}

void ComposerTest::modesCannotBeConfused()
{
    m_composer->open(Mode::reply);
    QVERIFY(sendButton()->accessibleName().startsWith(QStringLiteral("Publish as")));
    QVERIFY(sendButton()->accessibleName().contains(QStringLiteral("@acmecares@social.example")));
    QVERIFY(recipients()->isVisibleTo(m_composer.get()));
    QVERIFY(recipients()->accessibleName().contains(QStringLiteral("@mira")));
    QVERIFY(m_composer->findChild<PlainLabel *>(QStringLiteral("composerQuote"))
                ->text()
                .contains(QStringLiteral("ThinkTower")));
    m_composer->open(Mode::privateReply);
    QVERIFY(sendButton()->accessibleName().startsWith(QStringLiteral("Send privately to")));
    QVERIFY(sendButton()->accessibleName().contains(QStringLiteral("Mira Holm")));
    m_composer->open(Mode::note);
    QCOMPARE(sendButton()->accessibleName(), QStringLiteral("Save note"));
    QVERIFY(!m_composer->findChild<QToolButton *>(QStringLiteral("composerAttach"))->isVisible());
    for (const Mode mode : ModeLook::all) {
        for (const Mode other : ModeLook::all) {
            if (mode == other)
                continue;
            QVERIFY(ModeLook::word(mode) != ModeLook::word(other));
            QVERIFY(ModeLook::icon(mode) != ModeLook::icon(other));
            QVERIFY(ModeLook::color(mode, m_composer->palette()) != ModeLook::color(other, m_composer->palette()));
        }
    }
}

void ComposerTest::eachModeKeepsItsOwnDraft()
{
    m_composer->open(Mode::reply);
    QTest::keyClicks(edit(), QStringLiteral("to all"));
    m_composer->open(Mode::note);
    QCOMPARE(edit()->toPlainText(), QString());
    QTest::keyClicks(edit(), QStringLiteral("to us"));
    m_composer->open(Mode::reply);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("to all"));
    m_composer->open(Mode::note);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("to us"));
    QCOMPARE(m_world->drafts().size(), 2);
    QCOMPARE(m_world->messages().size(), 1);
}

void ComposerTest::draftsOutliveTheComposer()
{
    m_composer->open(Mode::reply);
    QTest::keyClicks(edit(), QStringLiteral("half a"));
    const Seq basedOn = m_composer->basedOn();
    QVERIFY(basedOn > 0);
    const QList<DraftRecord> drafts = m_world->drafts();
    QCOMPARE(drafts.size(), 1);
    m_composer = std::make_unique<Composer>(m_world->desk());
    m_world->write(QStringLiteral("and another thing"));
    m_composer->setSubject(subject());
    m_composer->restoreDrafts(drafts);
    m_composer->open(Mode::reply);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("half a"));
    // What its writer has not seen is not taken for seen.
    QCOMPARE(m_composer->basedOn(), basedOn);
}

void ComposerTest::clearsOnlyAfterTheOutcome()
{
    m_composer->open(Mode::reply);
    QTest::keyClicks(edit(), QStringLiteral("We look into it"));
    QSignalSpy performed(m_composer.get(), &Composer::performed);
    QTest::keyClick(edit(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_composer->isBusy());
    QCOMPARE(edit()->toPlainText(), QStringLiteral("We look into it"));
    QVERIFY(edit()->isReadOnly());
    QTRY_COMPARE(performed.size(), 1);
    QVERIFY(!m_composer->isOpen());
    QCOMPARE(m_world->drafts().size(), 0);
    QCOMPARE(lastMessage().text, QStringLiteral("We look into it"));
    QCOMPARE(lastMessage().delivery->state, DeliveryState::held);
    m_composer->setSubject(subject());
    m_composer->open(Mode::reply);
    QCOMPARE(edit()->toPlainText(), QString());
}

void ComposerTest::staleReplyIsExplainedAndKept()
{
    m_composer->open(Mode::reply);
    QTest::keyClicks(edit(), QStringLiteral("An answer"));
    m_world->write(QStringLiteral("Never mind, solved"));
    QTest::keyClick(edit(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(!question().isEmpty());
    QCOMPARE(edit()->toPlainText(), QStringLiteral("An answer"));
    QVERIFY(!edit()->isReadOnly());
    QCOMPARE(lastMessage().kind, MessageKind::inbound);
    QSignalSpy news(m_composer.get(), &Composer::newsWanted);
    choose(0);
    QCOMPARE(news.size(), 1);
    QTest::keyClick(edit(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(!question().isEmpty());
    QSignalSpy performed(m_composer.get(), &Composer::performed);
    choose(1);
    QTRY_COMPARE(performed.size(), 1);
    QCOMPARE(lastMessage().text, QStringLiteral("An answer"));
}

void ComposerTest::tooLongIsSaidAndNothingIsCut()
{
    m_composer->open(Mode::reply);
    // The name that goes out before it counts: 21 of 60.
    edit()->setPlainText(QString(49, QLatin1Char('a')));
    QVERIFY(counter().contains(QStringLiteral("10")));
    QVERIFY(!edit()->extraSelections().isEmpty());
    QTest::keyClick(edit(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(question().contains(QStringLiteral("10")));
    QCOMPARE(edit()->toPlainText().size(), 49);
    QCOMPARE(m_world->messages().size(), 1);
    edit()->setPlainText(QString(39, QLatin1Char('a')));
    QVERIFY(edit()->extraSelections().isEmpty());
    edit()->setPlainText(QStringLiteral("@mira ") + QString(54, QLatin1Char('a')));
    QVERIFY(edit()->extraSelections().isEmpty());
}

void ComposerTest::longReplyIsSplit()
{
    m_composer->open(Mode::reply);
    edit()->setPlainText(QStringLiteral("A first sentence of words. And a second sentence of words."));
    QTest::keyClick(edit(), Qt::Key_Return, Qt::ControlModifier);
    QSignalSpy performed(m_composer.get(), &Composer::performed);
    choose(0);
    QTRY_COMPARE(performed.size(), 1);
    const QList<MessageRecord> messages = m_world->messages();
    QCOMPARE(messages.size(), 3);
    QCOMPARE(messages.at(1).text, QStringLiteral("A first sentence of words."));
    QCOMPARE(messages.at(2).text, QStringLiteral("And a second sentence of words."));
    QCOMPARE(messages.at(2).delivery->state, DeliveryState::held);
    QVERIFY(newestJob().isFurtherPart);
    QCOMPARE(m_world->drafts().size(), 0);
}

void ComposerTest::tooLongIsNoConsentToAnythingElse()
{
    m_composer->open(Mode::reply);
    edit()->setPlainText(QString(70, QLatin1Char('a')));
    m_world->write(QStringLiteral("Never mind, solved"));
    QTest::keyClick(edit(), Qt::Key_Return, Qt::ControlModifier);
    choose(1);
    QTRY_VERIFY(question().contains(QStringLiteral("moved on")));
    QCOMPARE(lastMessage().kind, MessageKind::inbound);
}

void ComposerTest::whoIsNotifiedIsChosen()
{
    RemoteMessage question = m_world->inbound(QStringLiteral("@jo has it too"));
    question.mentions = {QStringLiteral("@jo@far.example")};
    m_world->store({question});
    m_composer->setSubject(subject());
    m_composer->open(Mode::reply);
    QVERIFY(recipients()->accessibleName().contains(QStringLiteral("@mira")));
    QVERIFY(recipients()->accessibleName().contains(QStringLiteral("@jo")));
    edit()->setPlainText(QStringLiteral("ok"));
    const QString before = counter();
    QAction *jo = recipients()->menu()->actions().constLast();
    QVERIFY(jo->isChecked() && jo->isEnabled());
    jo->trigger();
    QVERIFY(!recipients()->accessibleName().contains(QStringLiteral("@jo")));
    QVERIFY(counter() != before);
    // Kept with the draft, back again, off again.
    m_composer->open(Mode::note);
    QVERIFY(!recipients()->isVisibleTo(m_composer.get()));
    m_composer->open(Mode::reply);
    QVERIFY(!jo->isChecked());
    jo->trigger();
    QCOMPARE(counter(), before);
    jo->trigger();
    QSignalSpy performed(m_composer.get(), &Composer::performed);
    QTest::keyClick(edit(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(performed.size(), 1);
    QCOMPARE(newestJob().leftOut, QStringList(QStringLiteral("@jo@far.example")));
    // The next reply begins with everybody.
    m_composer->setSubject(subject());
    m_composer->open(Mode::reply);
    QVERIFY(recipients()->accessibleName().contains(QStringLiteral("@jo")));
    // Aside, only the author is named, and has to be.
    m_composer->open(Mode::privateReply);
    QCOMPARE(recipients()->menu()->actions().size(), 1);
    QVERIFY(!recipients()->menu()->actions().constFirst()->isEnabled());
    const QString context = m_composer->findChild<PlainLabel *>(QStringLiteral("composerContext"))->text();
    QVERIFY(context.contains(QStringLiteral("@mira")) && !context.contains(QStringLiteral("@jo")));
}

void ComposerTest::directMessagesHaveALengthOfTheirOwn()
{
    ComposerSubject now = subject();
    now.channel.capabilities.maxPrivateLength = 200;
    now.channel.capabilities.maxMedia = 4;
    m_composer->setSubject(now);
    const QString text(150, QLatin1Char('a'));
    m_composer->open(Mode::reply);
    edit()->setPlainText(text);
    QVERIFY(counter().contains(QStringLiteral("too many")));
    const auto *attach = m_composer->findChild<QToolButton *>(QStringLiteral("composerAttach"));
    QVERIFY(attach->isVisibleTo(m_composer.get()));
    m_composer->open(Mode::privateReply);
    // Such messages are a chat's: they take no files.
    QVERIFY(!attach->isVisibleTo(m_composer.get()));
    edit()->setPlainText(text);
    QVERIFY2(counter().contains(QStringLiteral("left")), qPrintable(counter()));
    QVERIFY(edit()->extraSelections().isEmpty());
    edit()->setPlainText(text + text);
    QVERIFY(counter().contains(QStringLiteral("too many")));
}

void ComposerTest::twinIsTold()
{
    const auto *label = m_composer->findChild<PlainLabel *>(QStringLiteral("composerTwin"));
    m_composer->open(Mode::reply);
    QVERIFY(!label->isVisibleTo(m_composer.get()));
    ComposerSubject now = subject();
    now.twins = {{ConversationId(7), 17, ChannelId(2), QStringLiteral("the other account"), false}};
    m_composer->setSubject(now);
    QVERIFY(label->isVisibleTo(m_composer.get()));
    QVERIFY(label->text().contains(QStringLiteral("the other account")) &&
            label->text().contains(QStringLiteral("#17")));
    const QString open = label->text();
    now.twins.first().isAnswered = true;
    m_composer->setSubject(now);
    QVERIFY(label->text() != open && label->text().contains(QStringLiteral("answered")));
    m_composer->open(Mode::note);
    QVERIFY(!label->isVisibleTo(m_composer.get()));
}

void ComposerTest::privateMessageIsNotAnsweredInPublicByMistake()
{
    RemoteMessage secret = m_world->inbound(QStringLiteral("my order number is 7"));
    secret.visibility = Visibility::direct;
    m_world->store({secret});
    ComposerSubject now = subject();
    now.newestInbound->visibility = Visibility::direct;
    m_composer->setSubject(now);
    m_composer->open(Mode::reply);
    QTest::keyClicks(edit(), QStringLiteral("Thanks for 7"));
    QTest::keyClick(edit(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(question().contains(QStringLiteral("privately")));
    QVERIFY(!m_composer->isBusy());
    QSignalSpy performed(m_composer.get(), &Composer::performed);
    choose(0);
    QTRY_COMPARE(performed.size(), 1);
    QCOMPARE(lastMessage().visibility, Visibility::everyone);
    QVERIFY(newestJob().mayWiden);
}

void ComposerTest::sendAndResolve()
{
    m_composer->open(Mode::reply);
    QTest::keyClicks(edit(), QStringLiteral("Done"));
    QSignalSpy performed(m_composer.get(), &Composer::performed);
    QTest::keyClick(edit(), Qt::Key_Enter, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(performed.size(), 1);
    QCOMPARE(performed.at(0).at(1).toBool(), true);
    QCOMPARE(m_world->record().status, Status::resolved);
    QCOMPARE(m_world->record().reason, Reason::answered);
}

void ComposerTest::stoppedSendingIsSaid()
{
    const auto *context = m_composer->findChild<PlainLabel *>(QStringLiteral("composerContext"));
    m_composer->open(Mode::reply);
    QVERIFY(!context->text().contains(QStringLiteral("stopped")));
    ComposerSubject now = subject();
    now.channel.pausedBy = AgentId(1);
    now.channel.pauseReason = QStringLiteral("wrong statement");
    m_composer->setSubject(now);
    QVERIFY(context->text().contains(QStringLiteral("Sending is stopped here")));
    QVERIFY(context->text().contains(QStringLiteral("wrong statement")));
    // It goes out in the end, and to whom is to be known before it is written.
    QVERIFY2(context->text().startsWith(QStringLiteral("Everybody can read this.")), qPrintable(context->text()));
    // A note stays here anyway.
    m_composer->open(Mode::note);
    QVERIFY(!context->text().contains(QStringLiteral("stopped")));
}

void ComposerTest::readOnlyChannelTakesNotesOnly()
{
    m_world->setCapabilities({});
    m_composer->setSubject(subject());
    QSignalSpy told(m_composer.get(), &Composer::message);
    m_composer->open(Mode::reply);
    QVERIFY(!m_composer->isOpen());
    QCOMPARE(told.size(), 1);
    m_composer->open(Mode::note);
    QVERIFY(m_composer->isOpen());
    QTest::keyClicks(edit(), QStringLiteral("for @Kim"));
    sendButton()->click();
    QTRY_VERIFY(!m_composer->isOpen());
    QCOMPARE(lastMessage().kind, MessageKind::note);
}

void ComposerTest::undoHistorySurvivesSwitching()
{
    m_composer->open(Mode::note);
    edit()->insertPlainText(QStringLiteral("one"));
    edit()->insertPlainText(QStringLiteral(" two"));
    m_composer->open(Mode::reply);
    m_composer->open(Mode::note);
    edit()->undo();
    QVERIFY(edit()->toPlainText() != QStringLiteral("one two"));
}

void ComposerTest::mentionsAreCompleted()
{
    m_composer->open(Mode::note);
    QVERIFY(QTest::qWaitForWindowActive(m_composer.get()));
    edit()->setFocus();
    QTest::keyClicks(edit(), QStringLiteral("ask @k"));
    auto *completer = m_composer->findChildren<TextCompletion *>().constFirst()->completer();
    QTRY_VERIFY(completer->popup()->isVisible());
    QTest::keyClick(keyboard(), Qt::Key_Return);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("ask @Kim "));
    QVERIFY(!completer->popup()->isVisible());
    m_composer->open(Mode::reply);
    QTest::keyClicks(edit(), QStringLiteral("@k"));
    QVERIFY(!completer->popup()->isVisible());
}

/// Nothing is sent, left or closed by a key that is meant for what is proposed.
void ComposerTest::openProposalsKeepTheKeys()
{
    m_composer->open(Mode::note);
    QVERIFY(QTest::qWaitForWindowActive(m_composer.get()));
    edit()->setFocus();
    auto *popup = m_composer->findChildren<TextCompletion *>().constFirst()->completer()->popup();
    QTest::keyClicks(edit(), QStringLiteral("@k"));
    QTRY_VERIFY(popup->isVisible());
    QTest::keyClick(keyboard(), Qt::Key_Tab);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("@Kim "));
    QVERIFY(edit()->hasFocus());
    QTest::keyClicks(edit(), QStringLiteral("@k"));
    QTRY_VERIFY(popup->isVisible());
    QTest::keyClick(keyboard(), Qt::Key_Escape);
    QVERIFY(!popup->isVisible());
    QVERIFY(m_composer->isOpen());
    QCOMPARE(edit()->toPlainText(), QStringLiteral("@Kim @k"));
    // What stands there is not yet what is meant: it goes out when nothing is proposed any more.
    QTest::keyClicks(edit(), QStringLiteral("i"));
    QTRY_VERIFY(popup->isVisible());
    QTest::keyClick(keyboard(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(!popup->isVisible());
    QVERIFY(m_composer->isOpen() && !m_composer->isBusy());
    QCOMPARE(edit()->toPlainText(), QStringLiteral("@Kim @ki"));
    QTest::keyClick(keyboard(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(!m_composer->isOpen());
}

/// Not on both sides, where there is too little room.
void ComposerTest::namesOfTheNotifiedAreCutAtTheirEnd()
{
    m_composer->open(Mode::reply);
    QTRY_VERIFY(recipients()->isVisible());
    const QString whole = recipients()->text();
    const auto width = [this] { return recipients()->fontMetrics().horizontalAdvance(recipients()->text()); };
    recipients()->resize(recipients()->sizeHint());
    QCOMPARE(recipients()->text(), whole);
    recipients()->resize(recipients()->sizeHint().width() / 2, recipients()->height());
    QVERIFY2(width() < recipients()->width(), qPrintable(recipients()->text()));
    QVERIFY(recipients()->text().startsWith(whole.left(5)));
    QVERIFY(recipients()->accessibleName().contains(QStringLiteral("@mira")));
    recipients()->resize(recipients()->sizeHint());
    QCOMPARE(recipients()->text(), whole);
}

void ComposerTest::savedRepliesAreOffered()
{
    const auto *hint = m_composer->findChild<PlainLabel *>(QStringLiteral("composerHint"));
    m_composer->resize(900, m_composer->height());
    m_composer->open(Mode::reply);
    QTRY_VERIFY(hint->text().startsWith(QStringLiteral("Ctrl+Enter sends")));
    QVERIFY2(!hint->text().contains(QStringLiteral("saved reply")), qPrintable(hint->text()));
    m_composer->setSavedReplies(
        {{SavedReplyId(1), QStringLiteral("Delivery late"), QStringLiteral("Sorry, {name}")},
         {SavedReplyId(3), QStringLiteral("Photo of the label"), QStringLiteral("Please send a photo.")},
         {SavedReplyId(2), QStringLiteral("Thanks"), QStringLiteral("Thank you, {first name}!")}});
    QVERIFY2(hint->text().endsWith(QStringLiteral(" · ; saved reply")), qPrintable(hint->text()));
    QVERIFY(QTest::qWaitForWindowActive(m_composer.get()));
    edit()->setFocus();
    auto *popup = m_composer->findChildren<TextCompletion *>().at(1)->completer()->popup();
    // A semicolon in a sentence is none.
    QTest::keyClicks(edit(), QStringLiteral("first; then"));
    QVERIFY(!popup->isVisible());
    // What is inside a name is found too.
    QTest::keyClicks(edit(), QStringLiteral(" ;late"));
    QTRY_VERIFY(popup->isVisible());
    QCOMPARE(popup->model()->rowCount(), 1);
    QTest::keyClick(keyboard(), Qt::Key_Return);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("first; then Sorry, Mira Holm"));
    // What begins so is meant more likely.
    QTest::keyClicks(edit(), QStringLiteral(" ;th"));
    QCOMPARE(popup->model()->rowCount(), 2);
    QTest::keyClick(keyboard(), Qt::Key_Return);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("first; then Sorry, Mira Holm Thank you, Mira!"));
    edit()->undo();
    QVERIFY(!edit()->toPlainText().contains(QStringLiteral("Thank you")));
}

void ComposerTest::gapIsAskedAbout()
{
    m_composer->open(Mode::reply);
    m_composer->insertText(QStringLiteral("Order {number of the order} and {part}"));
    QCOMPARE(edit()->textCursor().selectedText(), QStringLiteral("{number of the order}"));
    QTest::keyClick(edit(), Qt::Key_J, Qt::ControlModifier);
    QCOMPARE(edit()->textCursor().selectedText(), QStringLiteral("{part}"));
    sendButton()->click();
    QVERIFY(question().contains(QStringLiteral("{number of the order}")));
    choose(0);
    QCOMPARE(edit()->textCursor().selectedText(), QStringLiteral("{number of the order}"));
    QVERIFY(question().isEmpty());
    sendButton()->click();
    QSignalSpy performed(m_composer.get(), &Composer::performed);
    choose(1);
    QTRY_COMPARE(performed.size(), 1);
    // In a note braces are a person's own.
    m_composer->open(Mode::note);
    edit()->insertPlainText(QStringLiteral("{x}"));
    sendButton()->click();
    QTRY_COMPARE(performed.size(), 2);
}

void ComposerTest::draftIsKeptWhole()
{
    QImage image(8, 8, QImage::Format_RGB32);
    image.fill(Qt::red);
    m_composer->open(Mode::reply);
    QTest::keyClicks(edit(), QStringLiteral("one"));
    edit()->moveCursor(QTextCursor::Start);
    QTest::keyClicks(edit(), QStringLiteral("two "));
    Q_EMIT edit()->imageGiven(image);
    QTRY_VERIFY(m_composer->findChild<QLineEdit *>(QStringLiteral("attachmentDescription0")));
    m_composer->findChild<QLineEdit *>(QStringLiteral("attachmentDescription0"))->setText(QStringLiteral("red"));
    Q_EMIT recipients()->leftOutChanged({QStringLiteral("@mira@social.example")});
    m_composer->open(Mode::note);
    QTest::keyClicks(edit(), QStringLiteral("a note"));
    const QList<DraftRecord> kept = m_world->drafts();
    QCOMPARE(kept.size(), 2);

    m_composer = std::make_unique<Composer>(m_world->desk());
    m_composer->setSubject(subject());
    m_composer->restoreDrafts(kept);
    m_composer->open(Mode::reply);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("two one"));
    auto *description = m_composer->findChild<QLineEdit *>(QStringLiteral("attachmentDescription0"));
    QVERIFY(description);
    QCOMPARE(description->text(), QStringLiteral("red"));
    QCOMPARE(m_world->drafts().constFirst().media.size() + m_world->drafts().constLast().media.size(), 1);
    edit()->undo();
    QCOMPARE(edit()->toPlainText(), QStringLiteral("one"));
    edit()->undo();
    QVERIFY(edit()->toPlainText().isEmpty());
    edit()->redo();
    QCOMPARE(edit()->toPlainText(), QStringLiteral("one"));
    m_composer->open(Mode::note);
    edit()->undo();
    QVERIFY(edit()->toPlainText().isEmpty());
    m_composer->open(Mode::reply);
    QSignalSpy performed(m_composer.get(), &Composer::performed);
    sendButton()->click();
    QTRY_COMPARE(performed.size(), 1);
    QCOMPARE(newestJob().leftOut, QStringList{QStringLiteral("@mira@social.example")});
}

void ComposerTest::misspellingIsMarkedWhenTheWordIsDone()
{
    const Dictionaries dictionaries;
    const QTemporaryDir own;
    Speller speller(own.path());
    m_composer->setSpeller(&speller);
    m_composer->open(Mode::note);
    QVERIFY(QTest::qWaitForWindowActive(m_composer.get()));
    edit()->setFocus();
    Q_EMIT m_composer->findChild<QToolButton *>(QStringLiteral("composerLanguage"))->menu()->aboutToShow();
    m_composer->findChild<QAction *>(QStringLiteral("spelling_en_US"))->trigger();
    QTest::keyClicks(edit(), QStringLiteral("the brokn"));
    QTest::keyClicks(edit(), QStringLiteral(" lamp"));
    QTRY_COMPARE(edit()->spelling().markedWords(), QStringList{QStringLiteral("brokn")});
    // Not while it is being written.
    QTest::keyClick(edit(), Qt::Key_Return);
    QTest::keyClicks(edit(), QStringLiteral("is helo"));
    QTest::keyClicks(edit(), QStringLiteral(" "));
    QTRY_COMPARE(edit()->spelling().markedWords(), (QStringList{QStringLiteral("brokn"), QStringLiteral("helo")}));
    QTest::keyClick(edit(), Qt::Key_Backspace);
    QCOMPARE(edit()->spelling().markedWords(), QStringList{QStringLiteral("brokn")});
    speller.addWord(QStringLiteral("en_US"), QStringLiteral("brokn"));
    QTRY_VERIFY(edit()->spelling().markedWords().isEmpty());
    m_composer.reset();
}

void ComposerTest::whatIsLeftOfALongTextIsChecked()
{
    const Dictionaries dictionaries;
    const QTemporaryDir own;
    Speller speller(own.path());
    m_composer->setSpeller(&speller);
    m_composer->open(Mode::note);
    Q_EMIT m_composer->findChild<QToolButton *>(QStringLiteral("composerLanguage"))->menu()->aboutToShow();
    m_composer->findChild<QAction *>(QStringLiteral("spelling_en_US"))->trigger();
    edit()->insertPlainText(QStringLiteral("the brokn lamp\n"));
    QTRY_COMPARE(edit()->spelling().markedWords(), QStringList{QStringLiteral("brokn")});
    const int before = edit()->textCursor().position();
    edit()->insertPlainText(QStringLiteral("helo lamp\n").repeated(1200));
    // Nothing of it is checked now, nor looks as if.
    QTRY_VERIFY(edit()->spelling().markedWords().isEmpty());
    QTextCursor most(edit()->document());
    most.setPosition(before + int(QStringLiteral("helo lamp\n").size()));
    most.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
    most.removeSelectedText();
    QTRY_COMPARE(edit()->spelling().markedWords(), (QStringList{QStringLiteral("brokn"), QStringLiteral("helo")}));
    m_composer.reset();
}

/// Not as its row, which may be written late: what was emptied meanwhile would be taken for newer than that.
void ComposerTest::draftIsAsOldAsItsText()
{
    m_composer->open(Mode::note);
    const Time typed = m_world->clock().now();
    QTest::keyClicks(edit(), QStringLiteral("for us"));
    m_world->clock().advance(std::chrono::seconds(5));
    const QList<DraftRecord> kept = m_world->drafts();
    QCOMPARE(kept.size(), 1);
    QCOMPARE(kept.constFirst().updatedAt, typed);
}

void ComposerTest::menuOffersWhatIsMeant()
{
    const Dictionaries dictionaries;
    const QTemporaryDir own;
    Speller speller(own.path());
    m_composer->setSpeller(&speller);
    m_composer->open(Mode::note);
    Q_EMIT m_composer->findChild<QToolButton *>(QStringLiteral("composerLanguage"))->menu()->aboutToShow();
    m_composer->findChild<QAction *>(QStringLiteral("spelling_de_DE"))->trigger();
    edit()->insertPlainText(QStringLiteral("die Lampe ist kaput "));
    QTRY_COMPARE(edit()->spelling().markedWords(), QStringList{QStringLiteral("kaput")});
    QMenu menu;
    menu.addAction(QStringLiteral("Copy"));
    edit()->spelling().fillMenu(menu, 16);
    QTRY_VERIFY(menu.findChild<QAction *>(QStringLiteral("spellingSuggestion")));
    QCOMPARE(menu.actions().constFirst()->text(), QStringLiteral("kaputt"));
    menu.actions().constFirst()->trigger();
    QCOMPARE(edit()->toPlainText(), QStringLiteral("die Lampe ist kaputt "));
    QTRY_VERIFY(edit()->spelling().markedWords().isEmpty());
    // Where nothing is wrong, the menu is as it was.
    QMenu plain;
    edit()->spelling().fillMenu(plain, 2);
    QVERIFY(plain.isEmpty());
    m_composer.reset();
}

void ComposerTest::languageIsTheDraftsOwn()
{
    const Dictionaries dictionaries;
    const QTemporaryDir own;
    Speller speller(own.path());
    RemoteMessage german = m_world->inbound(QStringLiteral("Die Lampe ist kaputt"));
    german.language = QStringLiteral("de");
    m_world->store({german});
    m_composer->setSubject(subject());
    m_composer->setSpeller(&speller);
    m_composer->open(Mode::reply);
    QCOMPARE(edit()->spelling().language(), QStringLiteral("de_DE"));
    auto *button = m_composer->findChild<QToolButton *>(QStringLiteral("composerLanguage"));
    QCOMPARE(button->text(), QStringLiteral("DE"));
    QVERIFY(button->accessibleName().contains(QStringLiteral("Deutsch")));
    Q_EMIT button->menu()->aboutToShow();
    m_composer->findChild<QAction *>(QStringLiteral("spelling_en_US"))->trigger();
    QCOMPARE(edit()->spelling().language(), QStringLiteral("en_US"));
    QTest::keyClicks(edit(), QStringLiteral("the lamp"));
    m_composer->open(Mode::privateReply);
    QCOMPARE(edit()->spelling().language(), QStringLiteral("de_DE"));
    m_composer->open(Mode::reply);
    QCOMPARE(edit()->spelling().language(), QStringLiteral("en_US"));
    QCOMPARE(m_world->drafts().constFirst().language, QStringLiteral("en_US"));
    sendButton()->click();
    QTRY_COMPARE(lastMessage().language, QStringLiteral("en"));
    m_composer.reset();
}

void ComposerTest::headFitsAtEachWidth()
{
    m_composer->show();
    m_composer->open(Mode::reply);
    const auto *move = m_composer->findChild<QToolButton *>(QStringLiteral("composerMove"));
    for (int width = 330; width < 700; width += 7) {
        m_composer->resize(width, 260);
        // What is typed changes the counter, and with it the room.
        edit()->setPlainText(QString(width, QLatin1Char('x')));
        m_composer->layout()->activate();
        QVERIFY2(move->width() >= move->sizeHint().width(), qPrintable(QString::number(width)));
        edit()->setPlainText(QStringLiteral("x"));
        m_composer->layout()->activate();
        QVERIFY2(move->width() >= move->sizeHint().width(), qPrintable(QString::number(width)));
    }
}

void ComposerTest::colorsCanBeRead()
{
    for (const auto scheme : {Appearance::Scheme::light, Appearance::Scheme::dark, Appearance::Scheme::highContrast}) {
        const QPalette palette = Appearance::palette(scheme);
        for (const Mode mode : ModeLook::all) {
            QVERIFY(Appearance::contrast(ModeLook::color(mode, palette), palette.color(QPalette::Base)) >= 4.5);
            const QColor ground = ModeLook::tint(mode, palette);
            QVERIFY(Appearance::contrast(palette.color(QPalette::Text), ground) >= 4.5);
        }
    }
}

QTEST_MAIN(ComposerTest)
#include "tst_composer.moc"
