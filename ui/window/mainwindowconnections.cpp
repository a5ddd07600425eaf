// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/mainwindow.h"

#include "ui/composer/composer.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/messagecommands.h"
#include "ui/conversation/threadpage.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/conversationactions.h"
#include "ui/inbox/inboxpane.h"
#include "ui/inbox/viewcommands.h"
#include "ui/search/searchpane.h"
#include "ui/settings/givenupconnections.h"
#include "ui/shell/errortext.h"
#include "ui/shell/messagebar.h"
#include "ui/window/answeringround.h"
#include "ui/window/awaycontrol.h"
#include "ui/window/closingquestion.h"
#include "ui/window/dutycontrol.h"
#include "ui/window/exporting.h"
#include "ui/window/origincontrol.h"
#include "ui/window/ownwindows.h"
#include "ui/window/panecommands.h"
#include "ui/window/printing.h"
#include "ui/window/sendingcontrol.h"
#include "ui/window/sharedtools.h"
#include "ui/window/statuscontrol.h"
#include "ui/window/titlestate.h"
#include "ui/window/topbar.h"
#include "ui/window/workspaceswitch.h"
#include "ui/window/workspacetools.h"
#include "ui/window/writingtools.h"

#include <QListView>
#include <QMenu>
#include <QSettings>
#include <QStackedWidget>

namespace Earshot {

namespace {

constexpr int fewMarked = 50; ///< enough to tell whether they are the same

}

// What the parts of the main window tell each other, and the person: what was done, what failed, how the desk stands.

void MainWindow::connectMessages()
{
    const auto tell = [this](const QString &text) { m_message->show(MessageBar::Kind::information, text); };
    connect(m_conversation, &ConversationPane::message, this, tell);
    connect(m_messageCommands, &MessageCommands::message, this, tell);
    connect(m_viewCommands, &ViewCommands::message, this, tell);
    connect(m_sending, &SendingControl::message, this, tell);
    connect(m_sending, &SendingControl::done, m_actions, &ConversationActions::tellDone);
    connect(m_round, &AnsweringRound::message, this, tell);
    connect(m_round, &AnsweringRound::ended, this, [this](ConversationId last) {
        if (m_conversation->conversation() == last)
            goOnFrom({last});
    });
    connect(m_printing, &Printing::message, this, tell);
    const auto warn = [this](const QString &text) { m_message->show(MessageBar::Kind::trouble, text); };
    connect(m_printing, &Printing::failed, this, warn);
    connect(m_away, &AwayControl::newsFound, this, [this](const QString &sentence) {
        m_message->show(MessageBar::Kind::information, sentence, tr("Show"), [this] { m_away->showNews(); });
    });
    connect(m_away, &AwayControl::conversationAsked, this, &MainWindow::openConversation);
    connect(m_shared, &SharedTools::logOutAsked, this, &MainWindow::logOutAsked);
    connect(m_shared, &SharedTools::devicesAsked, this, &MainWindow::devicesAsked);
    connect(m_switch, &WorkspaceSwitch::workspaceAsked, this, &MainWindow::workspaceAsked);
    connect(m_switch, &WorkspaceSwitch::readingAsked, this, &MainWindow::readingAsked);
    connect(m_tools, &WorkspaceTools::message, this, tell);
    connect(m_tools, &WorkspaceTools::failed, this, warn);
    connect(m_exporting, &Exporting::ended, this,
            [tell, warn](bool isGood, const QString &sentence) { isGood ? tell(sentence) : warn(sentence); });
    connect(m_tools, &WorkspaceTools::conversationAsked, this, &MainWindow::openConversation);
    connect(m_tools, &WorkspaceTools::settingsChanged, this, [this] {
        m_keys.setActive(QSettings().value(QStringLiteral("keys/single"), true).toBool());
        m_commands.showSingleKeys(m_keys.isActive());
        Q_EMIT settingsChanged();
        m_commands.refresh();
    });
}

void MainWindow::connectLists()
{
    connect(&m_conversation->timeline(), &TimelineView::menuOpening, this,
            [this](QMenu *menu) { m_commands.fillEnabled(*menu, m_messageCommands->menuIds()); });
    connect(m_conversation, &ConversationPane::performed, this, &MainWindow::onWritten);
    ThreadPage &thread = m_conversation->thread();
    for (QWidget *list : QList<QWidget *>{m_inbox->list(), m_search->list(), &thread.list()}) {
        list->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(list, &QWidget::customContextMenuRequested, this,
                [this, list](const QPoint &at) { showListMenu(at, list); });
    }
    m_conversation->setActions(*m_actions);
    connect(&thread, &ThreadPage::markWanted, this, [this](const ConversationRecord &record) {
        m_inbox->model().setMarked(record, !m_inbox->model().isMarked(record.id));
    });
    thread.setMarks([this](ConversationId id) { return m_inbox->model().isMarked(id); });
    connect(&m_inbox->model(), &ConversationListModel::markedChanged, thread.list().viewport(),
            qOverload<>(&QWidget::update));
    m_inbox->setMarkElsewhere([this]() -> std::optional<ConversationRecord> {
        ThreadPage &page = m_conversation->thread();
        if (m_conversation->isThreadShown() && page.list().hasFocus() && page.current())
            return *page.model().conversation(page.list().currentIndex().row());
        // As with every key it is what is shown, where that is another one than the list's.
        const ConversationId shown = m_conversation->conversation();
        if (!shown.isValid() || shown == m_inbox->current())
            return std::nullopt;
        ConversationRecord record = m_conversation->record();
        if (record.id != shown)
            record = {};
        record.id = shown;
        return record;
    });
}

void MainWindow::onWritten(DraftRecord::Mode mode, bool isResolved, ConversationId conversation)
{
    // Of what the server is still to show there is nothing to call back yet.
    const bool isHeld = std::exchange(m_heldIn, ConversationId()) == conversation;
    const bool isThrough = isResolved || !DraftRecord::isOfNote(mode);
    if (!isThrough || m_round->isUnderWay())
        return;
    if (m_conversation->conversation() == conversation)
        goOnFrom({conversation});
    // What waits is shown in its conversation; whoever has left it is told here.
    if (!isHeld || DraftRecord::isOfNote(mode) || m_conversation->conversation() == conversation)
        return;
    const int seconds = m_roster.settings().undoSeconds;
    if (seconds == 0)
        m_message->show(MessageBar::Kind::information, tr("The reply is on its way."));
    else
        m_message->show(MessageBar::Kind::information, tr("The reply goes out in %Ln second(s).", nullptr, seconds),
                        tr("Undo"), [this, deed = m_actions->newestDeed()] { m_actions->undo(deed); });
}

void MainWindow::goOnFrom(const QList<ConversationId> &through)
{
    // On a thread's page its other conversations come next, and a person picks them.
    if (m_conversation->isThreadShown())
        return;
    if (m_middle->currentWidget() == m_search)
        m_search->goOnFrom(through);
    else
        m_inbox->goOnFrom(through);
}

void MainWindow::tellWhyNot(const QString &command)
{
    const QString why = m_commands.whyNot(command);
    if (!why.isEmpty())
        m_message->show(MessageBar::Kind::hint, why);
}

void MainWindow::connectRoster()
{
    const auto refresh = [this] { m_commands.refresh(); };
    connect(m_inbox, &InboxPane::targetsChanged, this, refresh);
    connect(m_conversation, &ConversationPane::conversationChanged, this, refresh);
    connect(&m_conversation->timeline(), &TimelineView::currentChanged, this, refresh);
    connect(m_actions, &ConversationActions::stateChanged, this, refresh);
    connect(m_round, &AnsweringRound::stateChanged, this, refresh);
    connect(&m_roster, &Roster::rosterChanged, this, refresh);
    const auto tellOfGivenUp = [this] { GivenUpConnections::of(m_desk).tellOfThoseThatStay(this); };
    connect(&m_roster, &Roster::rosterChanged, this, tellOfGivenUp);
    connect(&m_desk, &Desk::statusChanged, this, tellOfGivenUp);
    connect(&m_roster, &Roster::rosterChanged, this, [this] {
        const AgentRecord *me = m_roster.agent(m_roster.me());
        m_topBar->setDuty(me && m_roster.canAct() ? std::optional(me->isOnDuty) : std::nullopt);
    });
    connect(&m_keys, &KeyDispatcher::refused, this, &MainWindow::tellWhyNot);
    connect(m_message, &MessageBar::focusLeft, this, [this] { m_inbox->takeFocus(); });
    m_message->forgetWithdrawn(m_desk);
    connect(m_inbox, &InboxPane::pagingFailed, this,
            [this](const QString &sentence, const std::function<void()> &again) {
                m_message->show(MessageBar::Kind::trouble, sentence, tr("Try again"), again);
            });
    connect(&m_roster, &Roster::outboxChanged, this, &MainWindow::updateOutbox);
    const auto complain = [this](const Error &error) {
        m_message->show(MessageBar::Kind::trouble, ErrorText::of(error));
    };
    connect(&m_roster, &Roster::failed, this, complain);
    connect(m_duty, &DutyControl::failed, this, complain);
    connect(m_duty, &DutyControl::startedOffDuty, this, [this] {
        if (m_message->text().isEmpty())
            m_message->show(MessageBar::Kind::information, tr("You are off duty: spread work does not come to you."),
                            tr("Go on duty"), [this] { m_commands.trigger(QStringLiteral("duty.on")); });
    });
    // The process that pulled and sent for this window has ended: from now on it does so itself.
    connect(&m_desk.workspace(), &Workspace::ownershipTaken, this, [this] {
        m_options.asksBeforeClosing = true;
        m_status->beginListening();
        m_origin->ask();
    });
    connect(m_origin, &OriginControl::adopted, m_status, &StatusControl::update);
    connect(m_status, &StatusControl::slept, this, [this] {
        tell(m_status->pause());
        static_cast<void>(m_channels.pull(ChannelId()));
    });
    connect(m_status, &StatusControl::serverPaused, this, [this] { tell(m_status->pause()); });
    connect(&m_desk, &Desk::statusChanged, this, &MainWindow::askToLogIn);
    connect(&m_roster, &Roster::rosterChanged, this, [this] {
        if (m_mayAct != mayAct())
            askToLogIn();
        // What it is read beside may have come further.
        setWindowTitle(titleNow());
    });
    connect(&m_desk, &Desk::statusChanged, this, &MainWindow::updateOutbox);
    connect(&m_desk, &Desk::outboxChanged, this, &MainWindow::updateOutbox);
    connect(&m_desk, &Desk::undone, this, [this](const WaitingAction &action) {
        m_message->show(MessageBar::Kind::trouble,
                        tr("What you did could not be done: %1").arg(ErrorText::of(action.refusal)), tr("Show"),
                        [this] { showOutbox(); });
    });
    connect(&m_desk, &Desk::draftStays, this, [this] {
        m_message->show(MessageBar::Kind::trouble,
                        tr("A draft is too long to follow you to your other machines: it stays on this one."));
    });
    connect(&m_desk, &Desk::personalStateFailed, this, [this](const Error &error) {
        m_message->show(MessageBar::Kind::trouble,
                        tr("Your drafts could not be saved.") + QLatin1Char(' ') + ErrorText::of(error));
    });
}

void MainWindow::connectActions()
{
    connect(m_closing, &ClosingQuestion::outboxAsked, this, &MainWindow::showOutbox);
    connect(m_closing, &ClosingQuestion::answered, this, [this] {
        m_mayClose = true;
        close();
    });
    const auto targets = [this](int most) {
        const bool hasMarks = m_inbox->isShown() && m_inbox->model().markedCount() > 0;
        if (!hasMarks && m_conversation->isThreadShown() && m_conversation->thread().isOnStranger())
            return QList<ConversationRecord>();
        auto records = m_inbox->targets(m_conversation->conversation(), most);
        // What the right pane shows is what the person had before the eyes.
        for (ConversationRecord &record : records) {
            if (record.id == m_conversation->conversation() && m_conversation->basedOn() > 0)
                record = m_conversation->record();
        }
        // Of what is not listed nothing was before the eyes until it is read.
        if (records.size() == 1 && records.constFirst().seq == 0 && m_conversation->basedOn() == 0)
            records.clear();
        return records;
    };
    m_actions->setTargets([targets] { return targets(ConversationListModel::mostMarked); }, targets,
                          [this] { return m_conversation->isReading(); });
    m_paneCommands->letKeysWait(*m_actions, *m_message, [this] {
        QList<qint64> ids;
        for (const ConversationRecord &one : m_inbox->targets(m_conversation->conversation(), fewMarked))
            ids.append(one.id.value);
        return ids;
    });
    connect(m_actions, &ConversationActions::done, this,
            [this](const QString &sentence, qint64 deed, const QList<ConversationId> &through) {
                m_message->show(MessageBar::Kind::information, sentence, deed > 0 ? tr("Undo") : QString(),
                                [this, deed] { m_actions->undo(deed); });
                goOnFrom(through);
            });
    connect(m_actions, &ConversationActions::refused, this,
            [this](const QString &sentence, const std::function<void()> &doAnyway, qint64 deed) {
                const auto undo = [this, deed] { m_actions->undo(deed); };
                const QString offer = doAnyway ? tr("Do it anyway") : deed > 0 ? tr("Undo") : QString();
                m_message->show(MessageBar::Kind::trouble, sentence, offer, doAnyway ? doAnyway : undo);
            });
    connect(m_actions, &ConversationActions::dialogAwaited, &m_keys, &KeyDispatcher::holdWhile);
    connect(m_actions, &ConversationActions::progressed, m_inbox, &InboxPane::showProgress);
    connect(m_actions, &ConversationActions::begunBeside, m_inbox, &InboxPane::unmark);
    connect(m_actions, &ConversationActions::endedBeside, m_inbox, &InboxPane::markAgain);
    connect(m_actions, &ConversationActions::stateChanged, this, [this] {
        if (!m_actions->isBusy())
            m_inbox->endProgress();
    });
    connect(m_inbox, &InboxPane::stopAsked, m_actions, &ConversationActions::stop);
    connect(&m_conversation->composer(), &Composer::replyHeld, this,
            [this](ConversationId conversation, DeliveryId delivery) {
                m_heldIn = conversation;
                const bool isShown = conversation == m_conversation->conversation();
                m_actions->rememberReply(conversation, delivery,
                                         isShown ? m_conversation->record().contactName : QString());
            });
    connect(&m_conversation->composer(), &Composer::replyUnshown, this, [this](ConversationId conversation) {
        const bool isShown = conversation == m_conversation->conversation();
        m_actions->rememberUnshownReply(isShown ? m_conversation->record().contactName : QString());
    });
    connect(&m_conversation->composer(), &Composer::noteSaved, this, [this](ConversationId conversation) {
        const bool isShown = conversation == m_conversation->conversation();
        m_actions->rememberNote(isShown ? m_conversation->record().contactName : QString(),
                                m_commands.keyText(QStringLiteral("message.edit")));
    });
    connect(&m_conversation->composer(), &Composer::undoable, m_actions, &ConversationActions::rememberDeed);
    connect(m_actions, &ConversationActions::replyTakenBack, m_conversation, &ConversationPane::takeBack);
    m_commands.refresh();
}

void MainWindow::connectOwnWindows()
{
    connect(m_paneCommands, &PaneCommands::contactAsked, m_own.get(), &OwnWindows::openContact);
    // Not before somebody can work here.
    connect(&m_inbox->model(), &ConversationListModel::stateChanged, m_own.get(), [this] {
        if (m_inbox->model().state() == ConversationListModel::State::ready)
            m_own->restore();
    });
    connect(m_own.get(), &OwnWindows::conversationWanted, this, [this](ConversationId id) {
        raiseFor({});
        openConversation(id);
    });
    connect(m_own.get(), &OwnWindows::replyWanted, this, [this](ConversationId id, const QString &text) {
        raiseFor({});
        m_conversation->showConversation(id);
        m_conversation->beginReply(text);
    });
}

bool MainWindow::isLoggedOut() const
{
    return TitleState::isLoggedOut(m_desk);
}

/// Who was taken from the desk may do nothing here either.
bool MainWindow::mayAct() const
{
    return m_roster.canAct() || !m_roster.isLoaded();
}

void MainWindow::askToLogIn()
{
    const QString isKept =
        tr("The server does not know this device (any more). What you do here is kept, and goes out when "
           "you have logged in again.");
    const QString isRead = tr("The server does not know this device (any more). What is here can be read.");
    m_mayAct = mayAct();
    if (isLoggedOut())
        m_message->show(MessageBar::Kind::trouble, m_mayAct ? isKept : isRead, tr("Log in…"),
                        [this] { Q_EMIT logInAsked(); });
    else if (m_message->text() == isKept || m_message->text() == isRead)
        m_message->clear();
    setWindowTitle(titleNow());
}

QString MainWindow::titleNow() const
{
    const QString &name = m_options.title;
    const QString state = TitleState::of(m_desk, m_roster);
    return state.isEmpty() ? tr("%1 · Earshot", "window title").arg(name)
                           : tr("%1 · %2 · Earshot", "window title; %2 is a state").arg(name, state);
}

} // namespace Earshot
