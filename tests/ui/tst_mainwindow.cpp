// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/scriptedservice.h"
#include "tests/ui/windowworld.h"
#include "ui/composer/choicebar.h"
#include "ui/conversation/messagelayout.h"
#include "ui/conversation/timeline.h"
#include "ui/inbox/afterdeed.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/inbox/viewlistmodel.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/roster.h"
#include "ui/shell/statepage.h"
#include "ui/window/topbar.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QDateTimeEdit>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QSplitter>
#include <QTableView>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <algorithm>

using namespace Earshot;

/// The user's stories on the real window, by its keys.
class MainWindowTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void opensInTheUnassigned();
    void walksAndOpensByKeys();
    void claimIsUndone();
    void assignsToAColleague();
    void tagsAndUntags();
    void notesStayInside();
    void resolvesAndGoesOn();
    void resolvesWithReason();
    void priorityBeginsAtWhatItIs();
    void snoozesAndWakes();
    void snoozesUntilADay();
    void singleLettersCanBeSwitchedOff();
    void lettersAfterARefusedReplyDoNothing();
    void replyIsHeldTakenBackAndSent();
    void controlShiftEnterSendsAndResolves();
    void viewsByChordAndNumber();
    void searchesAndReturns();
    void runsACommandFromTheField();
    void outboxListsWhatWaits();
    void statusLeadsToTheMatter();
    void statusOfAllThatIsWellLeadsToTheOutbox();
    void shapeOfTheStatusSaysTheSame();
    void lineBetweenRowsSparesTheSelectedOne();
    void clickOnAChoiceLeavesTheKeyboard();
    void dutyIsDeclared();
    void panesByF6();
    void windowComesBackAsItWas();
    void longLogIsTold();
    void pauseIsTold();
    void pulledBeforeTheWindowIsNotBehind();
    void sleepIsTold();
    void stoppingAllKeepsWhatWasStopped();

private:
    [[nodiscard]] ConversationId showOpenMention() { return m_world->showMention(); }
    [[nodiscard]] QString state() const { return m_world->textOf("headerState"); }
    [[nodiscard]] QString bar() const { return m_world->textOf("messageBar"); }

    std::unique_ptr<WindowWorld> m_world;
};

void MainWindowTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->isReady());
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
}

void MainWindowTest::cleanup()
{
    m_world.reset();
}

void MainWindowTest::opensInTheUnassigned()
{
    QCOMPARE(m_world->textOf("viewTitle"), QStringLiteral("Unassigned"));
    QTRY_COMPARE(m_world->textOf("viewCount").toInt(), m_world->list().rowCount());
    QVERIFY(m_world->window().windowTitle().contains(QStringLiteral("Test")));
    QVERIFY(m_world->textOf("conversationState").contains(QStringLiteral("Choose a conversation")));
}

void MainWindowTest::walksAndOpensByKeys()
{
    m_world->press(QStringLiteral("J"));
    QTRY_COMPARE(m_world->shown(), m_world->list().conversationAt(0));
    m_world->press(QStringLiteral("J J K"));
    QTRY_COMPARE(m_world->shown(), m_world->list().conversationAt(1));
    QTRY_COMPARE(m_world->textOf("headerName"), m_world->record(m_world->shown()).contactName);
    m_world->press(QStringLiteral("Return"));
    QTRY_VERIFY(m_world->widget("conversationPane")->isAncestorOf(m_world->focus()));
    m_world->press(QStringLiteral("Esc"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
}

void MainWindowTest::claimIsUndone()
{
    const ConversationId id = showOpenMention();
    QVERIFY(id.isValid());
    QVERIFY(state().contains(QStringLiteral("unassigned")));
    m_world->press(QStringLiteral("Shift+A"));
    QTRY_COMPARE(m_world->record(id).assignee, m_world->desk().me());
    QTRY_VERIFY(!state().contains(QStringLiteral("unassigned")));
    // What I look at does not move: the row stays, greyed, and says why.
    QTRY_VERIFY(
        m_world->list().index(m_world->list().rowOf(id)).data(int(ConversationListModel::Role::hasLeft)).toBool());
    QCOMPARE(m_world->shown(), id);
    const QString done = bar();
    QVERIFY(done.contains(QStringLiteral("Assigned")));
    m_world->press(QStringLiteral("Z"));
    QTRY_VERIFY(!m_world->record(id).assignee.isValid());
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Undone")));
    QVERIFY(bar().contains(done.section(QLatin1Char(' '), 0, 1)));
    QTRY_VERIFY(
        !m_world->list().index(m_world->list().rowOf(id)).data(int(ConversationListModel::Role::hasLeft)).toBool());
}

void MainWindowTest::assignsToAColleague()
{
    const ConversationId id = showOpenMention();
    const ConversationId next = m_world->list().conversationAt(m_world->list().rowOf(id) + 1);
    m_world->press(QStringLiteral("A"));
    QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
    auto *choices = m_world->find<QListWidget>("pickList");
    QVERIFY(choices->count() >= 3);
    // Whoever has least comes first; that may be me.
    const bool isMe = choices->item(0)->text().contains(QStringLiteral("(you"));
    const QString colleague = choices->item(isMe ? 1 : 0)->text().section(QStringLiteral("  ("), 0, 0);
    m_world->type(colleague);
    m_world->press(QStringLiteral("Return"));
    QTRY_COMPARE(m_world->record(id).assigneeName, colleague);
    // After that comes the next row in the order that was seen.
    QTRY_COMPARE(m_world->shown(), next);
}

void MainWindowTest::tagsAndUntags()
{
    const ConversationId id = showOpenMention();
    for (const bool isOn : {true, false}) {
        m_world->press(QStringLiteral("T"));
        QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
        m_world->type(QStringLiteral("very new tag"));
        m_world->press(QStringLiteral("Return"));
        QTRY_COMPARE(m_world->record(id).tags.contains(QStringLiteral("very new tag")), isOn);
        QTRY_COMPARE(state().contains(QStringLiteral("very new tag")), isOn);
        QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
    }
}

void MainWindowTest::notesStayInside()
{
    const ConversationId id = showOpenMention();
    m_world->press(QStringLiteral("N"));
    QTRY_VERIFY(m_world->widget("composerSend")->isVisible());
    QCOMPARE(m_world->textOf("composerSend"), QStringLiteral("Save note"));
    m_world->type(QStringLiteral("the same as last week"));
    m_world->press(QStringLiteral("Ctrl+Return"));
    QTRY_COMPARE(m_world->messages(id).constLast().kind, MessageKind::note);
    QTRY_VERIFY(m_world->timeline().newest() &&
                m_world->timeline().newest()->text == QStringLiteral("the same as last week"));
    QVERIFY(!m_world->widget("composer")->isVisible());
    QVERIFY(m_world->record(id).needsAnswer);
}

void MainWindowTest::resolvesAndGoesOn()
{
    const ConversationId id = showOpenMention();
    const ConversationId next = m_world->list().conversationAt(m_world->list().rowOf(id) + 1);
    m_world->press(QStringLiteral("E"));
    QTRY_COMPARE(m_world->record(id).status, Status::resolved);
    QCOMPARE(m_world->record(id).reason, Reason::noAnswerNeeded);
    QTRY_COMPARE(m_world->shown(), next);
    m_world->press(QStringLiteral("Z"));
    QTRY_COMPARE(m_world->record(id).status, Status::open);
}

void MainWindowTest::resolvesWithReason()
{
    const ConversationId id = showOpenMention();
    m_world->press(QStringLiteral("Shift+E"));
    QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
    m_world->press(QStringLiteral("Down Down Return"));
    QTRY_COMPARE(m_world->record(id).reason, Reason::spam);
    m_world->press(QStringLiteral("Z"));
    QTRY_COMPARE(m_world->record(id).status, Status::open);
    QVERIFY(m_world->show([id](const ConversationRecord &one) { return one.id == id; }).isValid());
    m_world->press(QStringLiteral("!"));
    QTRY_COMPARE(m_world->record(id).reason, Reason::spam);
}

void MainWindowTest::priorityBeginsAtWhatItIs()
{
    const ConversationId id = showOpenMention();
    const auto open = [this] {
        m_world->press(QStringLiteral("P"));
        return QTest::qWaitFor(
            [this] { return m_world->widget("pickField") && m_world->widget("pickField")->hasFocus(); }, 30'000);
    };
    QVERIFY(m_world->act(Act::SetPriority{id, Priority::high}).isApplied());
    QTRY_VERIFY(m_world->textOf("headerState").contains(QStringLiteral("high")));
    QVERIFY(open());
    // Typed and taken back, it begins there again.
    m_world->type(QStringLiteral("u"));
    m_world->press(QStringLiteral("Backspace"));
    QCOMPARE(m_world->find<QListWidget>("pickList")->currentRow(), int(Priority::high));
    m_world->press(QStringLiteral("Down Return"));
    QTRY_COMPARE(m_world->record(id).priority, Priority::urgent);
}

void MainWindowTest::snoozesAndWakes()
{
    const ConversationId id = showOpenMention();
    m_world->press(QStringLiteral("S"));
    QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
    m_world->press(QStringLiteral("Return"));
    QTRY_COMPARE(m_world->record(id).status, Status::snoozed);
    m_world->clock().advance(std::chrono::hours(2));
    QCOMPARE(m_world->record(id).status, Status::open);
}

void MainWindowTest::snoozesUntilADay()
{
    const ConversationId id = showOpenMention();
    m_world->press(QStringLiteral("S"));
    QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
    m_world->type(QStringLiteral("On a day"));
    m_world->press(QStringLiteral("Return"));
    QTRY_VERIFY(m_world->widget("dateEdit") && m_world->widget("dateEdit")->isVisible());
    auto *edit = m_world->find<QDateTimeEdit>("dateEdit");
    const QDateTime day = toDateTime(m_world->clock().now()).toLocalTime().addDays(12);
    edit->setDateTime(day.addDays(-40));
    QVERIFY(edit->dateTime() >= toDateTime(m_world->clock().now()).toLocalTime().addSecs(-60));
    edit->setDateTime(day);
    QTest::mouseClick(m_world->widget("dateOk"), Qt::LeftButton);
    QTRY_COMPARE(m_world->record(id).status, Status::snoozed);
    QCOMPARE(toDateTime(m_world->record(id).snoozedUntil).toLocalTime().date(), day.date());
}

void MainWindowTest::singleLettersCanBeSwitchedOff()
{
    QVERIFY(showOpenMention().isValid());
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("keys.off")));
    m_world->press(QStringLiteral("R"));
    QVERIFY(!m_world->widget("composer")->isVisible());
    m_world->reopen();
    QVERIFY(!m_world->window().commands().trigger(QStringLiteral("keys.off")));
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("keys.on")));
    QTRY_VERIFY(m_world->isReady());
    QVERIFY(showOpenMention().isValid());
    m_world->press(QStringLiteral("R"));
    QTRY_VERIFY(m_world->widget("composer")->isVisible());
}

void MainWindowTest::lettersAfterARefusedReplyDoNothing()
{
    m_world->press(QStringLiteral("Ctrl+8"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Everything"));
    const ConversationId id = m_world->show([](const ConversationRecord &one) { return one.network == Network::feed; });
    QVERIFY(id.isValid());
    const ConversationRecord before = m_world->record(id);
    // A feed can only be read; whoever types on must not assign, resolve or tag.
    m_world->press(QStringLiteral("R"));
    m_world->type(QStringLiteral("see a test"));
    QVERIFY(bar().contains(QStringLiteral("only be read")));
    QVERIFY(!m_world->widget("pickDialog") || !m_world->widget("pickDialog")->isVisible());
    QCOMPARE(m_world->record(id), before);
}

void MainWindowTest::replyIsHeldTakenBackAndSent()
{
    AfterDeed::choose(AfterDeed::Step::stay);
    const ConversationId id = showOpenMention();
    m_world->press(QStringLiteral("R"));
    QTRY_VERIFY(m_world->widget("composerSend")->isVisible());
    QVERIFY(m_world->textOf("composerSend").startsWith(QStringLiteral("Publish as")));
    m_world->type(QStringLiteral("We look into it, promised."));
    m_world->press(QStringLiteral("Ctrl+Return"));
    QTRY_VERIFY(m_world->timeline().newest()->delivery);
    QCOMPARE(m_world->timeline().newest()->delivery->state, DeliveryState::held);
    QTRY_VERIFY(m_world->widget("outboxButton")->isVisible());
    // Taken back: the words return to the composer.
    const QByteArray undo = QByteArrayLiteral("messageAction") + QByteArray::number(int(MessageAction::undo));
    QTRY_VERIFY(m_world->widget(undo.constData()) && m_world->widget(undo.constData())->isVisible());
    QTest::mouseClick(m_world->widget(undo.constData()), Qt::LeftButton);
    QTRY_COMPARE(m_world->textOf("composerText"), QStringLiteral("We look into it, promised."));
    QTRY_COMPARE(m_world->messages(id).constLast().delivery->state, DeliveryState::cancelled);
    m_world->press(QStringLiteral("Ctrl+Return"));
    QTRY_COMPARE(m_world->messages(id).constLast().delivery->state, DeliveryState::held);
    const auto sent = m_world->service().deliver(true);
    QTRY_VERIFY(sent.isFinished());
    QTRY_COMPARE(m_world->timeline().newest()->delivery->state, DeliveryState::sent);
    const auto &network = m_world->networks().mastodon();
    const QStringList posts = network->postsOf(QStringLiteral("acme"));
    QCOMPARE(std::count_if(
                 posts.cbegin(), posts.cend(),
                 [&](const QString &post) { return network->textOfPost(post).contains(QStringLiteral("promised")); }),
             1);
    QCOMPARE(m_world->record(id).status, Status::pending);
}

void MainWindowTest::controlShiftEnterSendsAndResolves()
{
    const ConversationId id = showOpenMention();
    const ConversationId next = m_world->list().conversationAt(m_world->list().rowOf(id) + 1);
    m_world->press(QStringLiteral("R"));
    QTRY_VERIFY(m_world->widget("composerSend")->isVisible());
    m_world->type(QStringLiteral("Done."));
    m_world->press(QStringLiteral("Ctrl+Shift+Return"));
    QTRY_COMPARE(m_world->record(id).status, Status::resolved);
    QCOMPARE(m_world->record(id).reason, Reason::answered);
    QTRY_COMPARE(m_world->shown(), next);
}

void MainWindowTest::viewsByChordAndNumber()
{
    const QList<std::pair<QString, QString>> views{{QStringLiteral("G M"), QStringLiteral("Mine")},
                                                   {QStringLiteral("G R"), QStringLiteral("Resolved")},
                                                   {QStringLiteral("G O"), QStringLiteral("All open")},
                                                   {QStringLiteral("Ctrl+2"), QStringLiteral("Unassigned")},
                                                   {QStringLiteral("Ctrl+5"), QStringLiteral("Waiting")},
                                                   {QStringLiteral("G S"), QStringLiteral("Snoozed")},
                                                   {QStringLiteral("G T"), QStringLiteral("Trouble")},
                                                   {QStringLiteral("G U"), QStringLiteral("Unassigned")},
                                                   {QStringLiteral("Ctrl+9"), QStringLiteral("Trouble")},
                                                   {QStringLiteral("Ctrl+8"), QStringLiteral("Everything")}};
    for (const auto &[keys, title] : views) {
        m_world->press(keys);
        QTRY_COMPARE(m_world->textOf("viewTitle"), title);
        QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    }
    QTRY_VERIFY(m_world->list().rowCount() >= 200);
}

void MainWindowTest::searchesAndReturns()
{
    const ConversationId id = showOpenMention();
    m_world->write(QStringLiteral("Odo Quark"), QStringLiteral("the zymurgic teapot leaks"));
    m_world->press(QStringLiteral("/"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("searchField"));
    m_world->type(QStringLiteral("zymur"));
    QTRY_COMPARE(m_world->textOf("searchTitle"), QStringLiteral("Found 1 message"));
    m_world->press(QStringLiteral("Return"));
    QTRY_COMPARE(m_world->textOf("headerName"), QStringLiteral("Odo Quark"));
    // Back to what was found, and from there to the list.
    m_world->press(QStringLiteral("Esc"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("searchResults"));
    m_world->press(QStringLiteral("Esc"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
    QCOMPARE(m_world->textOf("viewTitle"), QStringLiteral("Unassigned"));
    QVERIFY(m_world->textOf("searchField").isEmpty());
    QVERIFY(m_world->list().rowOf(id) >= 0);
}

void MainWindowTest::runsACommandFromTheField()
{
    m_world->press(QStringLiteral("Ctrl+K"));
    m_world->type(QStringLiteral("outbox"));
    QTRY_VERIFY(m_world->widget("searchResults")->isVisible());
    m_world->press(QStringLiteral("Down"));
    QTRY_VERIFY(m_world->widget("searchResults")->hasFocus());
    m_world->press(QStringLiteral("Return"));
    QTRY_VERIFY(m_world->widget("outboxDialog") && m_world->widget("outboxDialog")->isVisible());
}

void MainWindowTest::outboxListsWhatWaits()
{
    const qsizetype before = m_world->outbox().size();
    const ConversationId id = showOpenMention();
    Act::SendReply reply;
    reply.conversation = id;
    reply.text = QStringLiteral("Never to be seen");
    QVERIFY(m_world->act(reply).isApplied());
    QTRY_VERIFY(m_world->widget("outboxButton")->isVisible());
    QTest::mouseClick(m_world->widget("outboxButton"), Qt::LeftButton);
    QTRY_VERIFY(m_world->widget("outboxDialog") && m_world->widget("outboxDialog")->isVisible());
    auto *rows = m_world->find<QListWidget>("outboxList");
    QTRY_COMPARE(rows->count(), int(before) + 1);
    const auto found = rows->findItems(QStringLiteral("Never to be seen"), Qt::MatchContains);
    QCOMPARE(found.size(), 1);
    rows->setCurrentItem(found.constFirst());
    QTest::mouseClick(m_world->widget("outboxCancel"), Qt::LeftButton);
    QTRY_COMPARE(rows->count(), int(before));
    QTRY_COMPARE(m_world->messages(id).constLast().delivery->state, DeliveryState::cancelled);
}

void MainWindowTest::statusLeadsToTheMatter()
{
    const QList<ChannelRecord> channels = m_world->window().roster().channels();
    for (const ChannelRecord &channel : channels)
        m_world->setHealth(channel.id, Health::ok, {});
    Act::SendReply reply;
    reply.conversation = showOpenMention();
    reply.text = QStringLiteral("waits");
    QVERIFY(m_world->act(reply).isApplied());
    QTRY_VERIFY(m_world->widget("outboxButton")->isVisible());
    QTRY_VERIFY(m_world->window().roster().channels().constFirst().health == Health::ok);
    // All channels are well: it is the outbox.
    QTest::mouseClick(m_world->widget("statusButton"), Qt::LeftButton);
    QTRY_VERIFY(m_world->widget("outboxDialog") && m_world->widget("outboxDialog")->isVisible());
    m_world->widget("outboxDialog")->close();
    // The one in trouble is what is shown of them, wherever it stands.
    QVERIFY(channels.size() > 1);
    const ChannelRecord &troubled = channels.constLast();
    m_world->setHealth(troubled.id, Health::signIn, QStringLiteral("401"));
    QTRY_COMPARE(m_world->window().roster().channel(troubled.id)->health, Health::signIn);
    QTest::mouseClick(m_world->widget("statusButton"), Qt::LeftButton);
    QTRY_VERIFY(m_world->widget("channelsDialog") && m_world->widget("channelsDialog")->isVisible());
    const auto *current = m_world->find<QListWidget>("channelList")->currentItem();
    QVERIFY(current);
    QCOMPARE(ChannelId(current->data(Qt::UserRole).toLongLong()), troubled.id);
}

/// Also where nothing waits there.
void MainWindowTest::statusOfAllThatIsWellLeadsToTheOutbox()
{
    const QList<ChannelRecord> channels = m_world->window().roster().channels();
    for (const ChannelRecord &channel : channels)
        m_world->setHealth(channel.id, Health::ok, {});
    const QList<DeliveryRecord> waiting = m_world->outbox();
    for (const DeliveryRecord &one : waiting) {
        const bool isUnsure = one.state == DeliveryState::unsure;
        const ActionArguments settle = Act::SettleDelivery{one.id};
        const ActionArguments cancel = Act::CancelDelivery{one.id};
        QVERIFY(m_world->act(isUnsure ? settle : cancel).isApplied());
    }
    QTRY_VERIFY(!m_world->widget("outboxButton")->isVisible());
    QTRY_COMPARE(m_world->textOf("statusButton"), QStringLiteral("Up to date"));
    QTest::mouseClick(m_world->widget("statusButton"), Qt::LeftButton);
    QTRY_VERIFY(m_world->widget("outboxDialog") && m_world->widget("outboxDialog")->isVisible());
    QTRY_COMPARE(m_world->widget("outboxDialog")->findChild<StatePage *>()->title(),
                 QStringLiteral("Nothing is waiting"));
}

void MainWindowTest::shapeOfTheStatusSaysTheSame()
{
    const auto &top = *m_world->window().findChild<TopBar *>();
    QTRY_VERIFY(m_world->window().roster().isLoaded());
    const QList<ChannelRecord> channels = m_world->window().roster().channels();
    for (const ChannelRecord &channel : channels)
        m_world->setHealth(channel.id, Health::ok, {});
    QTRY_COMPARE(top.status(), QStringLiteral("Up to date"));
    QCOMPARE(top.sign(), TopBar::Sign::done);
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("channels.pull")));
    QCOMPARE(top.status(), QStringLiteral("Pulling…"));
    QCOMPARE(top.sign(), TopBar::Sign::busy);
    QTRY_VERIFY(top.status() != QStringLiteral("Pulling…"));
    // So does the channel's row, whatever is wrong.
    const auto rowsInTrouble = [this] {
        const auto *model = m_world->find<QAbstractItemView>("views")->model();
        const auto isTrouble = [model](int row) {
            return model->index(row, 0).data(int(ViewListModel::Role::hasTrouble)).toBool();
        };
        int count = 0;
        for (int row = 0; row < model->rowCount(); ++row)
            count += isTrouble(row) ? 1 : 0;
        return count;
    };
    const int before = rowsInTrouble();
    for (const Health health : {Health::rateLimited, Health::signIn}) {
        m_world->setHealth(channels.constLast().id, health, QStringLiteral("401"));
        QTRY_COMPARE(top.sign(), TopBar::Sign::trouble);
        QTRY_COMPARE(rowsInTrouble(), before + 1);
        m_world->setHealth(channels.constLast().id, Health::ok, {});
        QTRY_VERIFY(top.sign() != TopBar::Sign::trouble);
    }
}

void MainWindowTest::lineBetweenRowsSparesTheSelectedOne()
{
    QVERIFY(showOpenMention().isValid());
    const auto *table = m_world->find<QTableView>("conversations");
    const auto below = [table](const QModelIndex &index) {
        const QRect row = table->visualRect(index);
        const QImage shown = table->viewport()->grab(row).toImage();
        return shown.pixelColor(shown.width() / 2, shown.height() - 1);
    };
    const QModelIndex current = table->currentIndex();
    QCOMPARE(below(current), table->palette().color(QPalette::Highlight));
    QCOMPARE(below(current.siblingAtRow(current.row() + 1)), Appearance::line(table->palette()));
}

void MainWindowTest::clickOnAChoiceLeavesTheKeyboard()
{
    QVERIFY(showOpenMention().isValid());
    auto *list = m_world->widget("conversations");
    list->setFocus();
    QTRY_COMPARE(m_world->focus(), list);
    auto *bar = m_world->window().findChild<ChoiceBar *>(QStringLiteral("stoppedBar"));
    int run = 0;
    bar->ask(QStringLiteral("a question"), {{QStringLiteral("yes"), [&run] { ++run; }}});
    auto *button = bar->findChild<QPushButton *>(QStringLiteral("choice0"));
    QTRY_VERIFY(button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(run, 1);
    QCOMPARE(m_world->focus(), list);
    // By the keyboard it comes back to where it was.
    bar->ask(QStringLiteral("another"), {{QStringLiteral("yes"), [&run] { ++run; }}});
    button = bar->findChildren<QPushButton *>().constLast();
    button->setFocus(Qt::TabFocusReason);
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(run, 2);
    QCOMPARE(m_world->focus(), list);
}

void MainWindowTest::dutyIsDeclared()
{
    CommandRegistry &commands = m_world->window().commands();
    QTRY_VERIFY(m_world->window().roster().isLoaded());
    const bool wasOn = m_world->window().roster().agent(m_world->desk().me())->isOnDuty;
    QVERIFY(!commands.trigger(wasOn ? QStringLiteral("duty.on") : QStringLiteral("duty.off")));
    QVERIFY(commands.trigger(wasOn ? QStringLiteral("duty.off") : QStringLiteral("duty.on")));
    if (wasOn) {
        // There is work of mine: what becomes of it is asked first.
        QTRY_VERIFY(m_world->widget("dutyDialog") && m_world->widget("dutyDialog")->isVisible());
        QVERIFY(m_world->window().roster().agent(m_world->desk().me())->isOnDuty);
        QTest::mouseClick(m_world->widget("dutyGo"), Qt::LeftButton);
    }
    QTRY_COMPARE(m_world->window().roster().agent(m_world->desk().me())->isOnDuty, !wasOn);
}

void MainWindowTest::panesByF6()
{
    QVERIFY(showOpenMention().isValid());
    m_world->press(QStringLiteral("F6"));
    QTRY_VERIFY(m_world->widget("conversationPane")->isAncestorOf(m_world->focus()));
    m_world->press(QStringLiteral("F6"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("searchField"));
    m_world->press(QStringLiteral("F6"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("views"));
    m_world->press(QStringLiteral("Shift+F6 Shift+F6"));
    QTRY_VERIFY(m_world->widget("conversationPane")->isAncestorOf(m_world->focus()));
}

void MainWindowTest::windowComesBackAsItWas()
{
    m_world->window().resize(1100, 640);
    m_world->find<QSplitter>("panes")->setSizes({180, 400, 520});
    m_world->press(QStringLiteral("G O"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("All open"));
    const QList<int> sizes = m_world->find<QSplitter>("panes")->sizes();
    m_world->reopen();
    QTRY_COMPARE(m_world->find<QSplitter>("panes")->sizes(), sizes);
    QCOMPARE(m_world->window().size(), QSize(1100, 640));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("All open"));
}

void MainWindowTest::longLogIsTold()
{
    QVERIFY(m_world->textOf("statusButton") != QStringLiteral("Much is not in the file yet"));
    MainWindow::Options options;
    options.longLog = 1;
    m_world->reopen(options);
    QTRY_COMPARE(m_world->textOf("statusButton"), QStringLiteral("Much is not in the file yet"));
}

void MainWindowTest::pauseIsTold()
{
    const Time now = m_world->desk().workspace().clock().now();
    MainWindow::Options options;
    options.heardUntil = now - std::chrono::minutes(5);
    m_world->reopen(options);
    QVERIFY(m_world->textOf("messageBar").isEmpty());
    options.heardUntil = now - std::chrono::hours(14);
    m_world->reopen(options);
    QVERIFY(m_world->textOf("messageBar").startsWith(QStringLiteral("Not listening from ")));
    // It can be read again when the bar has been closed.
    QTRY_VERIFY(m_world->widget("statusButton")->toolTip().contains(QStringLiteral("Earshot was closed")));
    // What came in meanwhile is not here before every channel was asked.
    QTRY_VERIFY(m_world->window().roster().isLoaded());
    const QList<ChannelRecord> channels = m_world->window().roster().channels();
    for (const ChannelRecord &channel : channels)
        m_world->setHealth(channel.id, Health::ok, {});
    m_world->clock().advance(std::chrono::hours(14));
    options.heardUntil = m_world->clock().now() - std::chrono::hours(14);
    m_world->reopen(options);
    QTRY_COMPARE(m_world->textOf("statusButton"), QStringLiteral("Catching up: %1 channels").arg(channels.size()));
    QCOMPARE(m_world->window().findChild<TopBar *>()->sign(), TopBar::Sign::busy);
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("channels.pull")));
    QTRY_VERIFY(m_world->textOf("statusButton") != QStringLiteral("Pulling…"));
    QTRY_VERIFY2(!m_world->textOf("statusButton").startsWith(QStringLiteral("Catching up")),
                 qPrintable(m_world->textOf("statusButton")));
}

/// The courier does not wait for the window: one that is pulled once a day would be "catching up" until tomorrow.
void MainWindowTest::pulledBeforeTheWindowIsNotBehind()
{
    QTRY_VERIFY(m_world->window().roster().isLoaded());
    m_world->clock().advance(std::chrono::hours(14));
    const QList<ChannelRecord> channels = m_world->window().roster().channels();
    for (const ChannelRecord &channel : channels) {
        m_world->setHealth(channel.id, Health::ok, {});
        m_world->setPulled(channel.id);
    }
    MainWindow::Options options;
    options.heardUntil = m_world->clock().now() - std::chrono::hours(14);
    m_world->clock().advance(std::chrono::seconds(2));
    m_world->reopen(options);
    QTRY_VERIFY(m_world->window().roster().isLoaded());
    QVERIFY(m_world->textOf("messageBar").startsWith(QStringLiteral("Not listening from ")));
    QTRY_COMPARE(m_world->textOf("statusButton"), QStringLiteral("Up to date"));
}

/// The lid was shut for the night while the window was open: what it shows is of yesterday.
void MainWindowTest::sleepIsTold()
{
    ScriptedService networks;
    MainWindow window(m_world->desk(), networks, WindowWorld::appearance(), {});
    window.show();
    QTRY_VERIFY(window.roster().isLoaded());
    const QList<ChannelRecord> channels = window.roster().channels();
    const auto pulled = [&] {
        m_world->clock().advance(std::chrono::seconds(1));
        for (const ChannelRecord &channel : channels) {
            m_world->setHealth(channel.id, Health::ok, {});
            m_world->setPulled(channel.id);
        }
    };
    pulled();
    const auto *bar = window.findChild<MessageBar *>();
    const auto *status = window.findChild<QToolButton *>(QStringLiteral("statusButton"));
    QTRY_COMPARE(status->text(), QStringLiteral("Up to date"));
    auto *watch = window.findChild<QTimer *>(QStringLiteral("listeningWatch"));
    QVERIFY(watch && watch->isActive());
    const QSignalSpy looked(watch, &QTimer::timeout);
    watch->start(5);
    // Whoever was away for a coffee has missed nothing.
    m_world->clock().advance(std::chrono::minutes(10));
    QTRY_VERIFY(looked.size() > 2);
    QCOMPARE(status->text(), QStringLiteral("Up to date"));
    QCOMPARE(bar->text(), QString());
    m_world->clock().advance(std::chrono::hours(14));
    QTRY_COMPARE(status->text(), QStringLiteral("Catching up: %1 channels").arg(channels.size()));
    QVERIFY2(bar->text().startsWith(QStringLiteral("Not listening from ")), qPrintable(bar->text()));
    QVERIFY2(bar->text().contains(QStringLiteral("asleep")), qPrintable(bar->text()));
    QVERIFY(status->toolTip().contains(QStringLiteral("asleep")));
    // No channel waits for its time.
    QVERIFY(networks.pulling.isOpen());
    pulled();
    networks.pulling.answer({});
    QTRY_COMPARE(status->text(), QStringLiteral("Up to date"));
    QVERIFY(bar->text().startsWith(QStringLiteral("Not listening from ")));
}

/// A channel that was stopped before keeps who stopped it and why.
void MainWindowTest::stoppingAllKeepsWhatWasStopped()
{
    QTRY_VERIFY(m_world->window().roster().isLoaded());
    const ChannelId first = m_world->window().roster().channels().constFirst().id;
    QVERIFY(m_world->act(Act::PauseSending{first, QStringLiteral("law suit")}).isApplied());
    const auto reasonField = [this] {
        auto *field = m_world->find<QLineEdit>("pickField");
        return field && field->placeholderText() == QStringLiteral("Everybody sees this") ? field : nullptr;
    };
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("sending.stop")));
    QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
    m_world->press(QStringLiteral("Return"));
    QTRY_VERIFY(reasonField() && reasonField()->hasFocus());
    m_world->type(QStringLiteral("storm"));
    m_world->press(QStringLiteral("Return"));
    const auto reasons = [this] {
        QStringList found;
        for (const ChannelRecord &channel : m_world->window().roster().channels()) {
            if (channel.isPaused())
                found.append(channel.pauseReason);
        }
        return found;
    };
    QTRY_VERIFY(reasons().size() > 1);
    QTRY_COMPARE(reasons().count(QStringLiteral("law suit")), 1);
    QCOMPARE(reasons().count(QStringLiteral("storm")), reasons().size() - 1);
}

QTEST_MAIN(MainWindowTest)
#include "tst_mainwindow.moc"
