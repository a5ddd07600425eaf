// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/conversationwindow.h"

#include "ui/composer/choicebar.h"
#include "ui/composer/composer.h"
#include "ui/conversation/contactside.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/messagecommands.h"
#include "ui/conversation/threadpage.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/conversationactions.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/roster.h"
#include "ui/window/focuscycle.h"
#include "ui/window/noticecontrol.h"
#include "ui/window/panecommands.h"
#include "ui/window/presencecontrol.h"
#include "ui/window/printing.h"
#include "ui/window/sendingcontrol.h"
#include "ui/window/titlestate.h"
#include "ui/window/writingtools.h"

#include <QKeyEvent>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QScreen>
#include <QSettings>
#include <QVBoxLayout>

namespace Earshot {

ConversationWindow::ConversationWindow(Desk &desk, ChannelService &channels, const Roster &roster,
                                       std::shared_ptr<DraftBook> drafts, ConversationId conversation)
    : m_desk(desk)
    , m_roster(roster)
    , m_keys(m_commands)
{
    setObjectName(QStringLiteral("conversationWindow"));
    setAttribute(Qt::WA_DeleteOnClose);
    setContextMenuPolicy(Qt::NoContextMenu);
    auto *central = new QWidget(this);
    m_pane = new ConversationPane(desk, channels, m_commands, central, std::move(drafts));
    m_stopped = new ChoiceBar(central);
    m_stopped->setObjectName(QStringLiteral("stoppedBar"));
    m_message = new MessageBar(central);
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_stopped);
    column->addWidget(m_pane, 1);
    column->addWidget(m_message);
    setCentralWidget(central);
    m_actions = new ConversationActions(desk, roster, this);
    m_paneCommands = new PaneCommands(*m_pane, roster, m_commands, m_keys, this);
    m_sending = new SendingControl(desk, roster, *m_stopped, this);
    new NoticeControl(desk, roster, nullptr, *m_pane, *m_actions, this);
    m_messageCommands = new MessageCommands(desk, roster, *m_pane, *m_actions);
    m_writing = new WritingTools(desk, roster, m_commands, *m_actions, *m_pane, this);
    m_printing = new Printing(desk, *m_pane, this);
    new PresenceControl(desk, roster, *m_pane, nullptr, this);
    addCommands();
    m_commands.explainRight([this] { return m_roster.whyOnlyReading(); });
    m_commands.hideDeeds([this] { return m_roster.isReadOnly(); });
    connectAll();
    const QSettings settings;
    if (!restoreGeometry(settings.value(QStringLiteral("conversationWindow/geometry")).toByteArray()))
        resize(QSize(760, 720).boundedTo(screen()->availableSize() - QSize(4, 40)));
    m_keys.setActive(settings.value(QStringLiteral("keys/single"), true).toBool());
    m_commands.showSingleKeys(m_keys.isActive());
    m_pane->showConversation(conversation);
    m_pane->setFocus();
    showTitle();
}

void ConversationWindow::addCommands()
{
    m_paneCommands->addCommands();
    m_paneCommands->addKeysOfWindow([this](int step) { cycleFocus(step); }, *m_message);
    m_actions->addCommands(m_commands);
    m_messageCommands->addCommands(m_commands);
    m_writing->addCommands();
    m_printing->addCommands(m_commands);
    m_sending->addCommands(m_commands);
    Command closing;
    closing.id = QStringLiteral("window.close");
    closing.text = tr("&Close");
    closing.icon = QStringLiteral("close");
    closing.shortcut = QKeySequence(Qt::CTRL | Qt::Key_W);
    closing.run = [this] { close(); };
    m_commands.add(std::move(closing));
    for (const QString &id : m_commands.ids())
        addAction(m_commands.action(id));
    m_commands.restoreKeys();
    m_commands.fill(*menuBar()->addMenu(tr("&Conversation")),
                    PaneCommands::ids() + QStringList{QStringLiteral("conversation.unseen"), QString(),
                                                      QStringLiteral("conversation.print"),
                                                      QStringLiteral("conversation.pdf"), QString(),
                                                      QStringLiteral("edit.undo"), QStringLiteral("window.close")});
    m_commands.fill(*menuBar()->addMenu(tr("&Message")), MessageCommands::ids());
    m_commands.fill(*menuBar()->addMenu(tr("&View")),
                    PaneCommands::viewIds() +
                        QStringList{QString(), QStringLiteral("panes.next"), QStringLiteral("panes.previous"),
                                    QStringLiteral("message.answer"), QString(), QStringLiteral("help.keys")});
}

/// The row is a message: it can be moderated where it stands.
void ConversationWindow::showThreadMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("threadMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_commands.fill(*menu, PaneCommands::rowIds());
    menu->addSeparator();
    m_commands.fill(*menu, m_messageCommands->menuIds());
    menu->popup(m_pane->thread().list().mapToGlobal(at));
}

void ConversationWindow::cycleFocus(int step)
{
    FocusCycle cycle({m_pane});
    for (QWidget *other : {static_cast<QWidget *>(&m_pane->composer()), static_cast<QWidget *>(&m_pane->contactSide()),
                           static_cast<QWidget *>(m_message), static_cast<QWidget *>(m_stopped)})
        cycle.addInner(*other);
    cycle.entry(step)->setFocus(Qt::ShortcutFocusReason);
}

void ConversationWindow::connectAll()
{
    for (QWidget *keys : {static_cast<QWidget *>(&m_pane->timeline()), static_cast<QWidget *>(&m_pane->thread().list()),
                          m_pane->contactSide().focusProxy()})
        m_keys.watch(keys);
    const auto targets = [this](int) {
        QList<ConversationRecord> records;
        if (m_pane->basedOn() > 0)
            records.append(m_pane->record());
        return records;
    };
    connect(&m_keys, &KeyDispatcher::refused, this, [this](const QString &id) {
        const QString why = m_commands.whyNot(id);
        if (!why.isEmpty())
            m_message->show(MessageBar::Kind::hint, why);
    });
    connect(m_message, &MessageBar::focusLeft, this, [this] { m_pane->setFocus(); });
    m_message->forgetWithdrawn(m_desk);
    m_actions->setTargets([targets] { return targets(1); }, targets, [this] { return m_pane->isReading(); });
    m_paneCommands->letKeysWait(*m_actions, *m_message, [this] { return QList<qint64>{m_pane->conversation().value}; });
    m_pane->setActions(*m_actions);
    connect(m_paneCommands, &PaneCommands::contactAsked, this, &ConversationWindow::contactAsked);
    const auto tell = [this](const QString &text) { m_message->show(MessageBar::Kind::information, text); };
    const auto warn = [this](const QString &text) { m_message->show(MessageBar::Kind::trouble, text); };
    connect(m_pane, &ConversationPane::message, this, tell);
    connect(m_messageCommands, &MessageCommands::message, this, tell);
    connect(m_printing, &Printing::message, this, tell);
    connect(m_sending, &SendingControl::message, this, tell);
    connect(m_sending, &SendingControl::done, m_actions, &ConversationActions::tellDone);
    connect(m_printing, &Printing::failed, this, warn);
    connect(m_actions, &ConversationActions::done, this, [this](const QString &sentence, qint64 deed) {
        m_message->show(MessageBar::Kind::information, sentence, deed > 0 ? tr("Undo") : QString(),
                        [this, deed] { m_actions->undo(deed); });
    });
    connect(m_actions, &ConversationActions::refused, this,
            [this](const QString &sentence, const std::function<void()> &doAnyway, qint64 deed) {
                const auto undo = [this, deed] { m_actions->undo(deed); };
                const QString offer = doAnyway ? tr("Do it anyway") : deed > 0 ? tr("Undo") : QString();
                m_message->show(MessageBar::Kind::trouble, sentence, offer, doAnyway ? doAnyway : undo);
            });
    connect(m_actions, &ConversationActions::dialogAwaited, &m_keys, &KeyDispatcher::holdWhile);
    connect(&m_pane->composer(), &Composer::replyHeld, this, [this](ConversationId conversation, DeliveryId delivery) {
        m_actions->rememberReply(conversation, delivery, m_pane->record().contactName);
    });
    connect(&m_pane->composer(), &Composer::replyUnshown, this,
            [this] { m_actions->rememberUnshownReply(m_pane->record().contactName); });
    connect(&m_pane->composer(), &Composer::noteSaved, this, [this] {
        m_actions->rememberNote(m_pane->record().contactName, m_commands.keyText(QStringLiteral("message.edit")));
    });
    connect(&m_pane->composer(), &Composer::undoable, m_actions, &ConversationActions::rememberDeed);
    connect(m_actions, &ConversationActions::replyTakenBack, m_pane, &ConversationPane::takeBack);
    connect(&m_pane->timeline(), &TimelineView::menuOpening, this,
            [this](QMenu *menu) { m_commands.fillEnabled(*menu, m_messageCommands->menuIds()); });
    m_pane->thread().list().setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&m_pane->thread().list(), &QWidget::customContextMenuRequested, this, &ConversationWindow::showThreadMenu);
    const auto refresh = [this] { m_commands.refresh(); };
    connect(m_pane, &ConversationPane::conversationChanged, this, refresh);
    connect(m_pane, &ConversationPane::conversationShown, this, [this](bool isFirst) {
        showTitle();
        if (isFirst && !m_pane->composer().isOpen())
            m_pane->setFocus();
    });
    connect(m_pane, &ConversationPane::conversationGone, this, &ConversationWindow::showTitle);
    connect(&m_pane->timeline(), &TimelineView::currentChanged, this, refresh);
    connect(m_actions, &ConversationActions::stateChanged, this, refresh);
    connect(&m_roster, &Roster::rosterChanged, this, refresh);
    connect(&m_roster, &Roster::rosterChanged, this, &ConversationWindow::showTitle);
    connect(&m_desk, &Desk::statusChanged, this, &ConversationWindow::showTitle);
    m_commands.refresh();
}

void ConversationWindow::reloadKeys()
{
    m_keys.setActive(QSettings().value(QStringLiteral("keys/single"), true).toBool());
    m_commands.showSingleKeys(m_keys.isActive());
    m_commands.reloadKeys();
}

void ConversationWindow::showTitle()
{
    const ConversationRecord &row = m_pane->record();
    const QString name = row.number == 0
                             ? tr("Conversation")
                             : tr("%1 · #%2", "window title").arg(row.contactName, QString::number(row.number));
    const QString state = TitleState::of(m_desk, m_roster);
    setWindowTitle(state.isEmpty() ? name : tr("%1 · %2", "window title; %2 is a state").arg(name, state));
}

void ConversationWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_pane->isThreadShown())
        m_pane->showThread(false);
    else if (event->key() == Qt::Key_Escape)
        close();
    else
        QMainWindow::keyPressEvent(event);
}

void ConversationWindow::closeEvent(QCloseEvent *event)
{
    if (m_pane->composer().isWaiting()) {
        event->ignore();
        m_message->show(MessageBar::Kind::trouble, Composer::whyNotClosedYet());
        return;
    }
    m_pane->composer().closeEditor();
    QSettings().setValue(QStringLiteral("conversationWindow/geometry"), saveGeometry());
    QMainWindow::closeEvent(event);
}

} // namespace Earshot
