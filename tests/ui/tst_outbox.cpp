// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/localdesk.h"
#include "replica/outboxanswers.h"
#include "replica/outboxbatch.h"
#include "replica/performcall.h"
#include "tests/ui/shareddesktop.h"
#include "ui/shell/aheadsigns.h"
#include "ui/shell/screenfit.h"
#include "ui/shell/wording.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QLabel>
#include <QListWidget>
#include <QScopeGuard>
#include <QScreen>
#include <QScrollBar>
#include <QSettings>
#include <QStandardPaths>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

constexpr ConversationId one{1};

} // namespace

/// "Outbox and trouble" at Kim's desk on a workspace that a server serves.
class OutboxTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void lineShowsTheWords();
    void lineThatGoesLeavesNoChoice();
    void lineThatComesMovesNothing();
    void buttonKeepsTheKeyboardWhenALineComes();
    void keyboardGoesToTheListWhenItsLineGoes();
    void fitsASmallScreen();
    void savedReplyIsReadCopiedAndWrittenOn();
    void editedNoteIsReadAndWrittenOn();
    void newsIsSeenBeforeItIsSentAnyway();
    void onesOtherDeviceIsNotNamedAsAnother();
    void staleReplyOfTheRecordIsWrittenOn();
    void wordsOfTheRecordAreGivenBackByTheServerOnly();
    void replyThatMayBePublishedIsEditedOnlyAfterTheServerWasAsked_data();
    void replyThatMayBePublishedIsEditedOnlyAfterTheServerWasAsked();
    void whatTheServerIsAskedStaysSaid();
    void whatWasRefusedStaysSaid();
    void moreThanIsListedIsCounted();
    void moreThanIsListedHasItsSign();
    void whatIsDoneAndNotHereIsCounted();

private:
    void openWhatGoesOutMeanwhile();
    void start(AgentId agent);
    void leave();
    void comeBack();
    [[nodiscard]] QString textOf(const char *name)
    {
        QString text = m_kim->window().findChild<QPlainTextEdit *>(QString::fromLatin1(name))->toPlainText();
        return text.remove(QChar(0x2068)).remove(QChar(0x2069));
    }
    [[nodiscard]] QStringList savedReplies(Workspace &workspace);
    [[nodiscard]] QList<WaitingAction> refused() { return m_kim->desk().waitingActions(); }
    void perform(const ActionArguments &arguments);
    [[nodiscard]] QAbstractButton *answer()
    {
        return m_kim->window().findChild<QWidget *>(str("outboxAsk"))->findChild<QAbstractButton *>(str("choice0"));
    }
    /// Replies of Kim's, each in a conversation of its own, of which nobody knows whether they arrived.
    void makeUnsure(int count);
    void openDialog();
    [[nodiscard]] QListWidget &rows() { return *m_kim->window().findChild<QListWidget *>(str("outboxList")); }
    [[nodiscard]] QAbstractButton &button(const char *name)
    {
        return *m_kim->window().findChild<QAbstractButton *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QList<DeliveryRecord> outboxThere();

    QTemporaryDir m_settings;
    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<SharedDesktop> m_kim;
    quint16 m_port = 0;
};

void OutboxTest::init()
{
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
    m_world = std::make_unique<ServerWorld>(ServerLimits(), 20);
    m_port = m_world->server().port();
    start(ServerWorld::kim);
}

void OutboxTest::start(AgentId agent)
{
    static auto *appearance = new Appearance(*qApp);
    m_kim = std::make_unique<SharedDesktop>(*m_world, agent, *appearance);
}

void OutboxTest::leave()
{
    m_world->stopServer();
    QTRY_COMPARE(m_kim->desk().status().kind, DeskStatus::Kind::offline);
}

void OutboxTest::comeBack()
{
    m_world->start({}, m_port);
    QTRY_COMPARE(m_kim->desk().status().kind, DeskStatus::Kind::current);
}

void OutboxTest::perform(const ActionArguments &arguments)
{
    Action action = makeAction(arguments, m_world->clock().now());
    if (const auto *reply = std::get_if<Act::SendReply>(&arguments)) {
        const auto record = m_kim->desk().workspace().readNow<QList<ConversationRecord>>(
            [this, id = reply->conversation](Database &database) {
                return loadConversations(database, {id}, ServerWorld::kim, m_world->clock().now());
            });
        action.basedOn = record->constFirst().seq;
    }
    const auto done = m_kim->desk().perform({action});
    QTRY_VERIFY(done.isFinished());
    QVERIFY(done.result().constFirst().isApplied());
}

QStringList OutboxTest::savedReplies(Workspace &workspace)
{
    QStringList texts;
    const auto all = workspace.readNow<QList<SavedReplyRecord>>(loadSavedReplies);
    for (const SavedReplyRecord &one : all.value())
        texts.append(one.text);
    return texts;
}

void OutboxTest::cleanup()
{
    m_kim.reset();
    m_world.reset();
}

QList<DeliveryRecord> OutboxTest::outboxThere()
{
    return m_world->workspace()
        .readNow<QList<DeliveryRecord>>([](Database &database) { return loadOutbox(database); })
        .value();
}

void OutboxTest::makeUnsure(int count)
{
    QString script;
    for (int i = 1; i <= count; ++i) {
        Act::SendReply reply;
        reply.conversation = ConversationId(i);
        reply.text = str("Answer %1").arg(i);
        const Outcome outcome = m_world->act(reply, ServerWorld::kim);
        QVERIFY(outcome.isApplied());
        script += str("UPDATE delivery SET state = 8, seq = :%1 WHERE id = %2;").arg(i).arg(outcome.created);
    }
    m_world->runSql(script);
    QTRY_COMPARE(std::ranges::count(m_kim->window().roster().outbox(), DeliveryState::unsure, &DeliveryRecord::state),
                 count);
}

void OutboxTest::openDialog()
{
    m_kim->window().activateWindow();
    QVERIFY(m_kim->window().commands().trigger(str("outbox.show")));
    QTRY_VERIFY(rows().isVisible());
}

/// The words stand below what they belong to: two lines that differ in them alone do not look the same.
void OutboxTest::lineShowsTheWords()
{
    leave();
    perform(Act::AddNote{ConversationId(1), str("MMMMMM")});
    perform(Act::AddNote{ConversationId(1), str("iii")});
    openDialog();
    QTRY_COMPARE(rows().count(), 2);
    rows().clearSelection();
    const auto picture = [this](int row) {
        return rows().viewport()->grab(rows().visualItemRect(rows().item(row))).toImage();
    };
    QCOMPARE(picture(0).size(), picture(1).size());
    QVERIFY(picture(0) != picture(1));
}

/// A second press meets no other reply: one of which nobody said anything would count as arrived.
void OutboxTest::lineThatGoesLeavesNoChoice()
{
    makeUnsure(30);
    openDialog();
    QCOMPARE(rows().count(), 30);
    QVERIFY(button("outboxArrived").isVisible() && button("outboxArrived").isEnabled());
    rows().setCurrentRow(20);
    rows().scrollToItem(rows().item(20), QAbstractItemView::PositionAtCenter);
    const QString next = rows().item(21)->text();
    const int scrolled = rows().verticalScrollBar()->value();
    QVERIFY(scrolled > 0);
    const QPoint at = button("outboxArrived").rect().center();
    QTest::mouseClick(&button("outboxArrived"), Qt::LeftButton, {}, at);
    QTRY_COMPARE(rows().count(), 29);
    QTest::mouseClick(&button("outboxArrived"), Qt::LeftButton, {}, at);
    QVERIFY(rows().selectedItems().isEmpty());
    for (const char *name : {"outboxOpen", "outboxRetry", "outboxArrived", "outboxCancel", "outboxDiscard"})
        QVERIFY2(!button(name).isEnabled(), name);
    QCOMPARE(rows().verticalScrollBar()->value(), scrolled);
    // The place is kept for who goes on by keyboard.
    QCOMPARE(rows().currentRow(), 20);
    QCOMPARE(rows().item(20)->text(), next);
    QTest::keyClick(&rows(), Qt::Key_Space);
    QVERIFY(button("outboxArrived").isEnabled());
    QTest::mouseClick(&button("outboxArrived"), Qt::LeftButton);
    QTRY_COMPARE(rows().count(), 28);
    QCOMPARE(outboxThere().size(), 28);
}

/// What one reads stays where it is, also while what needs a person comes in.
void OutboxTest::lineThatComesMovesNothing()
{
    makeUnsure(19);
    Act::SendReply reply;
    reply.conversation = ConversationId(20);
    reply.text = str("The last one.");
    const Outcome last = m_world->act(reply, ServerWorld::kim);
    QTRY_COMPARE(m_kim->window().roster().outbox().size(), 20);
    openDialog();
    QCOMPARE(rows().count(), 20);
    const auto listed = [this] {
        QList<qint64> ids;
        for (int row = 0; row < rows().count(); ++row)
            ids.append(rows().item(row)->data(Qt::UserRole).toLongLong());
        return ids;
    };
    const QList<qint64> before = listed();
    rows().setCurrentRow(12);
    rows().verticalScrollBar()->setValue(8);
    const QRect place = rows().visualItemRect(rows().item(12));
    m_world->runSql(str("UPDATE delivery SET state = 8, seq = :1 WHERE id = %1").arg(last.created));
    const auto unsure = [this] {
        return rows().findItems(Wording::of(DeliveryState::unsure), Qt::MatchContains).size();
    };
    QTRY_COMPARE(unsure(), 20);
    QCOMPARE(listed(), before);
    leave();
    perform(Act::AddNote{one, str("Comes in.")});
    QTRY_COMPARE(rows().count(), 21);
    QCOMPARE(listed().first(20), before);
    QCOMPARE(rows().currentRow(), 12);
    QCOMPARE(rows().visualItemRect(rows().item(12)), place);
    // Also when what stands above it goes.
    comeBack();
    QTRY_COMPARE(rows().count(), 20);
    (void)m_world->act(Act::SettleDelivery{DeliveryId(before.constFirst())}, ServerWorld::kim);
    QTRY_COMPARE(rows().count(), 19);
    QCOMPARE(rows().currentRow(), 11);
    QCOMPARE(rows().visualItemRect(rows().item(11)), place);
}

void OutboxTest::buttonKeepsTheKeyboardWhenALineComes()
{
    makeUnsure(2);
    openDialog();
    QTRY_VERIFY(button("outboxRetry").isEnabled());
    QAbstractButton &arrived = button("outboxArrived");
    arrived.setFocus();
    QCOMPARE(QApplication::focusWidget(), &arrived);
    const QPoint at = arrived.rect().center();
    QTest::mousePress(&arrived, Qt::LeftButton, {}, at);
    Act::SendReply reply;
    reply.conversation = ConversationId(3);
    reply.text = str("Another one.");
    QVERIFY(m_world->act(reply, ServerWorld::kim).isApplied());
    QTRY_COMPARE(rows().count(), 3);
    QCOMPARE(QApplication::focusWidget(), &arrived);
    QVERIFY(arrived.isDown());
    QTest::mouseRelease(&arrived, Qt::LeftButton, {}, at);
    QTRY_COMPARE(rows().count(), 2);
}

/// Not to the next button, where one more press would do something.
void OutboxTest::keyboardGoesToTheListWhenItsLineGoes()
{
    makeUnsure(3);
    openDialog();
    QTRY_VERIFY(button("outboxRetry").isEnabled());
    button("outboxArrived").setFocus();
    QTest::keyClick(&button("outboxArrived"), Qt::Key_Space);
    QCOMPARE(QApplication::focusWidget(), &rows());
    QTRY_COMPARE(rows().count(), 2);
    QCOMPARE(QApplication::focusWidget(), &rows());
    QVERIFY(rows().selectedItems().isEmpty());
}

/// As at 300 % scaling: all of it can be reached.
void OutboxTest::fitsASmallScreen()
{
    makeUnsure(2);
    const QFont usual = QApplication::font();
    const auto back = qScopeGuard([usual] { QApplication::setFont(usual); });
    QFont large = usual;
    large.setPointSizeF(usual.pointSizeF() * 1.8);
    QApplication::setFont(large);
    const ScreenFit fit(qApp);
    openDialog();
    const QWidget *dialog = rows().window();
    const QSize room = dialog->screen()->availableSize();
    QTRY_VERIFY(button("outboxRetry").isEnabled());
    QTRY_VERIFY2(dialog->width() <= room.width() && dialog->height() <= room.height(),
                 qPrintable(str("%1 x %2").arg(dialog->width()).arg(dialog->height())));
}

/// A colleague removed it meanwhile: its text is only here.
void OutboxTest::savedReplyIsReadCopiedAndWrittenOn()
{
    start(ServerWorld::ana);
    const Outcome kept = m_world->act(Act::KeepSavedReply{{}, str("Greeting"), str("Hello")});
    QTRY_COMPARE(savedReplies(m_kim->desk().workspace()).size(), 1);
    leave();
    const SavedReplyId id(kept.created);
    const QString text = QStringList(30, str("A long line that somebody thought about.")).join(u'\n');
    perform(Act::KeepSavedReply{id, str("Greeting"), text});
    QVERIFY(m_world->act(Act::RemoveSavedReply{id}).isApplied());
    comeBack();
    QTRY_COMPARE(m_kim->desk().refusedCount(), 1);
    openDialog();
    QCOMPARE(textOf("outboxWords"), text);
    QTest::mouseClick(&button("outboxCopy"), Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), text);
    auto *words = m_kim->window().findChild<QPlainTextEdit *>(str("outboxWords"));
    words->moveCursor(QTextCursor::End);
    QTest::keyClicks(words, str(" More."));
    QTRY_VERIFY(button("outboxAnyway").isEnabled());
    QTest::mouseClick(&button("outboxAnyway"), Qt::LeftButton);
    QTRY_COMPARE(savedReplies(m_world->workspace()), QStringList{text + str(" More.")});
    QTRY_COMPARE(m_kim->desk().refusedCount(), 0);
}

void OutboxTest::editedNoteIsReadAndWrittenOn()
{
    const Outcome noted = m_world->act(Act::AddNote{one, str("At first")}, ServerWorld::kim);
    const auto isHere = [&] {
        return m_kim->desk()
                   .workspace()
                   .readNow<QList<MessageRecord>>(
                       [&noted](Database &database) { return loadMessagesById(database, {MessageId(noted.created)}); })
                   ->size() == 1;
    };
    QTRY_VERIFY(isHere());
    leave();
    perform(Act::EditNote{MessageId(noted.created), str("Thought\n\nover")});
    m_world->runSql(str("UPDATE message SET agent = 1, seq = :1 WHERE id = %1").arg(noted.created));
    comeBack();
    QTRY_COMPARE(m_kim->desk().refusedCount(), 1);
    openDialog();
    QCOMPARE(textOf("outboxWords"), str("Thought\n\nover"));
    QTRY_COMPARE(textOf("outboxPresent"), str("At first"));
    QTRY_VERIFY(button("outboxEdit").isVisible());
    QTest::mouseClick(&button("outboxEdit"), Qt::LeftButton);
    QTRY_COMPARE(m_kim->desk().refusedCount(), 0);
    QCOMPARE(textOf("composerText"), str("Thought\n\nover"));
}

/// Both are seen, and what comes between the look and the press is seen first.
void OutboxTest::newsIsSeenBeforeItIsSentAnyway()
{
    leave();
    Act::SendReply reply;
    reply.conversation = one;
    reply.text = str("Too late.");
    perform(reply);
    reply.text = str("Ana was faster.");
    QVERIFY(m_world->act(reply).isApplied());
    comeBack();
    QTRY_COMPARE(m_kim->desk().refusedCount(), 1);
    openDialog();
    QCOMPARE(textOf("outboxWords"), str("Too late."));
    QTRY_VERIFY2(textOf("outboxPresent").contains(str("Ana answered")), qPrintable(textOf("outboxPresent")));
    QVERIFY(textOf("outboxPresent").contains(str("Ana was faster.")));
    QVERIFY(!textOf("outboxPresent").contains(str("openword number 0")));
    QTRY_VERIFY(button("outboxAnyway").isEnabled());
    reply.text = str("And once more.");
    QVERIFY(m_world->act(reply).isApplied());
    QTRY_VERIFY(textOf("outboxPresent").contains(str("And once more.")));
    QTest::mouseClick(&button("outboxAnyway"), Qt::LeftButton);
    QVERIFY(answer() && answer()->isVisible());
    QCOMPARE(m_kim->desk().refusedCount(), 1);
    QCOMPARE(outboxThere().size(), 2);
    QTest::mouseClick(answer(), Qt::LeftButton);
    QTRY_COMPARE(outboxThere().size(), 3);
    QTRY_COMPARE(m_kim->desk().refusedCount(), 0);
}

void OutboxTest::onesOtherDeviceIsNotNamedAsAnother()
{
    leave();
    perform(Act::SetDuty{ServerWorld::kim, false});
    QVERIFY(m_world->act(Act::SetDuty{ServerWorld::kim, false}, ServerWorld::kim).isApplied());
    QVERIFY(m_world->act(Act::SetDuty{ServerWorld::kim, true}, ServerWorld::kim).isApplied());
    comeBack();
    QTRY_COMPARE(m_kim->desk().refusedCount(), 1);
    openDialog();
    const auto *why = m_kim->window().findChild<QLabel *>(str("outboxWhy"));
    QTRY_VERIFY2(why->text().contains(str("You changed this meanwhile on another device.")), qPrintable(why->text()));
}

void OutboxTest::replyThatMayBePublishedIsEditedOnlyAfterTheServerWasAsked_data()
{
    QTest::addColumn<bool>("isDone");
    QTest::newRow("it was done") << true;
    QTest::newRow("it was not done") << false;
}

/// As after something on the way has turned it away.
void OutboxTest::replyThatMayBePublishedIsEditedOnlyAfterTheServerWasAsked()
{
    QFETCH(bool, isDone);
    leave();
    Act::SendReply reply;
    reply.conversation = one;
    reply.text = str("Once.");
    perform(reply);
    QTRY_COMPARE(m_kim->desk().waitingActions().size(), 1);
    const WaitingAction sent = m_kim->desk().waitingActions().constFirst();
    const auto turned = m_kim->desk().workspace().write<void>(Urgency::interactive, [&sent](Writing &writing) -> Done {
        const auto batch = takeBatch(writing, {1, 0}, {});
        Outcome refused;
        refused.kind = Outcome::Kind::refused;
        refused.refusal.detail = TurnedAway::reason();
        return takeAnswers(writing, {sent.entry}, {refused}, {}, {true, true}).map([](const Answered &) {});
    });
    QTRY_VERIFY(turned.isFinished());
    const auto done = m_world->workspace().write<void>(Urgency::interactive, [&sent, isDone](Writing &writing) -> Done {
        return isDone ? performOne(writing, ServerWorld::kim, {sent.action, std::nullopt}).map([](const Outcome &) {})
                      : Done();
    });
    QTRY_VERIFY(done.isFinished());
    QTRY_COMPARE(m_kim->desk().refusedCount(), 1);
    openDialog();
    QVERIFY2(rows().item(0)->text().contains(str("may have been published")), qPrintable(rows().item(0)->text()));
    auto *why = m_kim->window().findChild<QLabel *>(str("outboxWhy"));
    QVERIFY2(why->text().startsWith(str("Something on the way")), qPrintable(why->text()));
    QVERIFY2(why->text().contains(str("published once")), qPrintable(why->text()));
    QCOMPARE(button("outboxAnyway").text(), str("Send again"));
    auto *ask = m_kim->window().findChild<QWidget *>(str("outboxAsk"));
    QTest::mouseClick(&button("outboxDiscard"), Qt::LeftButton);
    QTRY_VERIFY(ask->isVisible());
    // Without the server nothing is handed out; it is asked when it is back.
    QTRY_VERIFY(button("outboxEdit").isVisible() && button("outboxEdit").isEnabled());
    QTest::mouseClick(&button("outboxEdit"), Qt::LeftButton);
    QTRY_VERIFY2(why->text().contains(str("as soon as it is reached")) || why->text().startsWith(str("As soon as")),
                 qPrintable(why->text()));
    QTRY_VERIFY(!button("outboxEdit").isVisible());
    // The question was about words that may have been published.
    QVERIFY(!ask->isVisible());
    QVERIFY(textOf("composerText").isEmpty());
    comeBack();
    if (isDone) {
        QTRY_VERIFY(m_kim->desk().waitingActions().isEmpty());
        QTRY_COMPARE(outboxThere().size(), 1);
        return;
    }
    QTRY_VERIFY(button("outboxEdit").isVisible() && button("outboxEdit").isEnabled());
    QVERIFY2(why->text().contains(str("it was not done")), qPrintable(why->text()));
    QVERIFY2(rows().item(0)->text().contains(str("not done")), qPrintable(rows().item(0)->text()));
    QTest::mouseClick(&button("outboxEdit"), Qt::LeftButton);
    QTRY_COMPARE(textOf("composerText"), str("Once."));
    QTRY_COMPARE(m_kim->desk().refusedCount(), 0);
    QCOMPARE(outboxThere().size(), 0);
}

/// What moved on after the server had taken the reply.
void OutboxTest::staleReplyOfTheRecordIsWrittenOn()
{
    Act::SendReply reply;
    reply.conversation = one;
    reply.text = QStringList(40, str("All of it is read.")).join(u' ');
    const Outcome sent = m_world->act(reply, ServerWorld::kim);
    m_world->runSql(str("UPDATE delivery SET state = 7, failure = 'stale', seq = :1 WHERE id = %1").arg(sent.created));
    QTRY_VERIFY(m_kim->window().roster().outbox().size() == 1 &&
                m_kim->window().roster().outbox().constFirst().state == DeliveryState::failed);
    openDialog();
    QTRY_COMPARE(textOf("outboxWords"), reply.text);
    QVERIFY(button("outboxEdit").isVisible());
    QTest::mouseClick(&button("outboxEdit"), Qt::LeftButton);
    QTRY_COMPARE(textOf("composerText"), reply.text);
    QTRY_VERIFY(outboxThere().isEmpty());
}

/// The dialog, without a server, with a failed reply that goes out there meanwhile.
void OutboxTest::openWhatGoesOutMeanwhile()
{
    Act::SendReply reply;
    reply.conversation = one;
    reply.text = str("Once.");
    const Outcome sent = m_world->act(reply, ServerWorld::kim);
    m_world->runSql(str("UPDATE delivery SET state = 7, failure = 'stale', seq = :1 WHERE id = %1").arg(sent.created));
    QTRY_VERIFY(m_kim->window().roster().outbox().size() == 1 &&
                m_kim->window().roster().outbox().constFirst().state == DeliveryState::failed);
    leave();
    // There it goes out meanwhile.
    m_world->runSql(str("UPDATE delivery SET state = 6, failure = '', seq = :1 WHERE id = %1").arg(sent.created));
    openDialog();
    QTRY_VERIFY(button("outboxEdit").isVisible() && button("outboxEdit").isEnabled());
}

/// Somebody may have sent it again meanwhile: as a draft its words would be published twice.
void OutboxTest::wordsOfTheRecordAreGivenBackByTheServerOnly()
{
    openWhatGoesOutMeanwhile();
    const auto *dialog = m_kim->window().findChild<QDialog *>(str("outboxDialog"));
    QTest::mouseClick(&button("outboxEdit"), Qt::LeftButton);
    QTRY_COMPARE(m_kim->desk().waitingActions().size(), 1);
    QVERIFY(dialog->isVisible());
    QVERIFY(textOf("composerText").isEmpty());
    comeBack();
    // It said no.
    QTRY_COMPARE(m_kim->desk().refusedCount(), 1);
    QVERIFY(dialog->isVisible());
    QVERIFY(textOf("composerText").isEmpty());
}

/// Also when the lines move: until it has answered, or until a person goes on to something else.
void OutboxTest::whatTheServerIsAskedStaysSaid()
{
    openWhatGoesOutMeanwhile();
    QCOMPARE(m_kim->said("outboxTold"), QString());
    QTest::mouseClick(&button("outboxEdit"), Qt::LeftButton);
    QTRY_COMPARE(m_kim->said("outboxTold"), Wording::takingBackIsAsked());
    // Something else is done meanwhile, and stands in the list.
    perform(Act::AddNote{ConversationId(2), str("noted")});
    QTRY_COMPARE(rows().count(), 3);
    QCOMPARE(m_kim->said("outboxTold"), Wording::takingBackIsAsked());
    rows().setCurrentRow(2);
    rows().setCurrentRow(0);
    QCOMPARE(m_kim->said("outboxTold"), QString());
    comeBack();
    QTRY_COMPARE(m_kim->desk().refusedCount(), 1);
}

void OutboxTest::whatWasRefusedStaysSaid()
{
    makeUnsure(2);
    openDialog();
    QTRY_COMPARE(rows().count(), 2);
    QTRY_VERIFY(button("outboxArrived").isVisible() && button("outboxArrived").isEnabled());
    // There it is something else by now, and nobody has been told.
    m_world->runSql(str("UPDATE delivery SET state = 6 WHERE state = 8"));
    QTest::mouseClick(&button("outboxArrived"), Qt::LeftButton);
    QTRY_VERIFY(!m_kim->said("outboxTold").isEmpty());
    const QString said = m_kim->said("outboxTold");
    QVERIFY2(said.startsWith(str("This")), qPrintable(said));
    // A line that comes takes nothing away from what is being read.
    leave();
    perform(Act::AddNote{ConversationId(2), str("noted")});
    QTRY_VERIFY(rows().count() > 2);
    QCOMPARE(m_kim->said("outboxTold"), said);
    rows().setCurrentRow(rows().count() - 1);
    QCOMPARE(m_kim->said("outboxTold"), QString());
}

void OutboxTest::moreThanIsListedIsCounted()
{
    leave();
    perform(Act::AddNote{one, str("noted")});
    const auto written = m_kim->desk().workspace().write<void>(Urgency::interactive, [](Writing &writing) -> Done {
        writing.database().execute(
            str("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 230) INSERT INTO outbox "
                "(action, body, at, conversation, state, outcome) SELECT 'copy' || i, body, at, conversation, 3, "
                "'{\"kind\":\"refused\",\"refusal\":{\"kind\":\"notFound\"}}' FROM outbox, n"));
        writing.notice().hasOutbox = true;
        return {};
    });
    QTRY_COMPARE(m_kim->desk().refusedCount(), 230);
    openDialog();
    QCOMPARE(rows().count(), 201);
    QCOMPARE(m_kim->said("outboxMore"), str("30 more that cannot be listed: they follow when some of these are done."));
}

void OutboxTest::moreThanIsListedHasItsSign()
{
    leave();
    QList<Action> actions;
    for (int i = 0; i < 201; ++i)
        actions.append(makeAction(Act::AddNote{one, str("noted")}, m_world->clock().now()));
    actions.append(makeAction(Act::AddNote{ConversationId(3), str("noted")}, m_world->clock().now()));
    const AheadSigns signs(m_kim->desk());
    const auto done = m_kim->desk().perform(actions);
    QTRY_VERIFY(done.isFinished());
    QTRY_COMPARE(m_kim->desk().waitingCount(), 202);
    QTRY_VERIFY(signs.isAhead(ConversationId(3)));
    QVERIFY(signs.isAhead(one));
    QVERIFY(!signs.isAhead(ConversationId(2)));
}

/// The server has answered, and the rows do not come.
void OutboxTest::whatIsDoneAndNotHereIsCounted()
{
    leave();
    perform(Act::AddNote{one, str("noted")});
    perform(Act::AddNote{ConversationId(2), str("noted, too")});
    openDialog();
    QCOMPARE(m_kim->said("outboxArriving"), QString());
    QTRY_COMPARE(rows().count(), 2);
    const auto answered = m_kim->desk().workspace().write<void>(Urgency::interactive, [](Writing &writing) -> Done {
        const auto batch = takeBatch(writing, {10, 0}, {});
        Outcome applied;
        applied.kind = Outcome::Kind::applied;
        applied.seq = writing.lastSeq() + 1;
        return takeAnswers(writing, batch->entries, {applied, applied}, {}).map([](const Answered &) {});
    });
    QTRY_VERIFY(answered.isFinished());
    QVERIFY(answered.result());
    QTRY_COMPARE(m_kim->desk().arrivingCount(), 2);
    QCOMPARE(rows().count(), 0);
    QTRY_COMPARE(m_kim->said("outboxArriving"), str("2 are done and on their way back here."));
    comeBack();
    QVERIFY(m_world->act(Act::AddTag{one, str("later")}).isApplied());
    QTRY_COMPARE(m_kim->desk().arrivingCount(), 0);
    QTRY_COMPARE(m_kim->said("outboxArriving"), QString());
}

QTEST_MAIN(OutboxTest)
#include "tst_outbox.moc"
