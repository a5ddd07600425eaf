// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/mainwindow.h"

#include "desk/searchreach.h"
#include "ui/composer/choicebar.h"
#include "ui/composer/composer.h"
#include "ui/conversation/contactside.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/messagecommands.h"
#include "ui/conversation/threadpage.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/conversationactions.h"
#include "ui/inbox/inboxpane.h"
#include "ui/inbox/listplaces.h"
#include "ui/inbox/placecommands.h"
#include "ui/inbox/viewcommands.h"
#include "ui/inbox/viewpane.h"
#include "ui/search/searchfield.h"
#include "ui/search/searchpane.h"
#include "ui/settings/channelsdialog.h"
#include "ui/settings/outboxdialog.h"
#include "ui/shell/errortext.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"
#include "ui/window/answeringround.h"
#include "ui/window/awaycontrol.h"
#include "ui/window/closingquestion.h"
#include "ui/window/dutycontrol.h"
#include "ui/window/exporting.h"
#include "ui/window/noticecontrol.h"
#include "ui/window/origincontrol.h"
#include "ui/window/ownwindows.h"
#include "ui/window/panecommands.h"
#include "ui/window/panefolding.h"
#include "ui/window/presencecontrol.h"
#include "ui/window/printing.h"
#include "ui/window/sendingcontrol.h"
#include "ui/window/sharedtools.h"
#include "ui/window/statuscontrol.h"
#include "ui/window/topbar.h"
#include "ui/window/workspaceswitch.h"
#include "ui/window/workspacetools.h"
#include "ui/window/writingtools.h"

#include <QCloseEvent>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace Earshot {

MainWindow::MainWindow(Desk &desk, ChannelService &channels, Appearance &appearance, Options options)
    : m_desk(desk)
    , m_channels(channels)
    , m_appearance(appearance)
    , m_options(std::move(options))
    , m_roster(desk)
    , m_keys(m_commands)
{
    setObjectName(QStringLiteral("mainWindow"));
    setContextMenuPolicy(Qt::NoContextMenu);
    m_roster.setReadOnly(m_options.whyReadOnly, m_options.asOf);
    m_actions = new ConversationActions(desk, m_roster, this);
    m_reach = new SearchReach(desk, this);
    buildPanes();
    m_sending = new SendingControl(desk, m_roster, *m_stopped, this);
    m_notices = new NoticeControl(desk, m_roster, m_inbox, *m_conversation, *m_actions, this);
    m_origin = new OriginControl(desk, m_roster, *m_message, this);
    m_duty = new DutyControl(desk, m_roster, *m_actions, this);
    m_viewCommands = new ViewCommands(desk, m_roster, *m_views, *m_actions, this);
    m_viewCommands->setSearch([this] { return m_topBar->searchField()->text(); });
    m_places = new PlaceCommands(m_roster, m_commands, this);
    m_paneCommands = new PaneCommands(*m_conversation, m_roster, m_commands, m_keys, this);
    m_messageCommands = new MessageCommands(desk, m_roster, *m_conversation, *m_actions);
    m_writing = new WritingTools(desk, m_roster, m_commands, *m_actions, *m_conversation, this);
    m_round = new AnsweringRound(m_roster, *m_inbox, *m_conversation, *m_roundBar, this);
    m_printing = new Printing(desk, *m_conversation, this);
    m_closing = new ClosingQuestion(desk, channels, m_roster, *m_message, this);
    m_exporting = new Exporting(desk, *m_inbox, *m_search, *m_reach, this);
    auto *presence = new PresenceControl(desk, m_roster, *m_conversation, m_inbox, this);
    m_away = new AwayControl(desk, m_roster, *presence, this);
    m_tools = new WorkspaceTools(desk, m_roster, m_commands, appearance, this);
    m_shared = new SharedTools(desk, m_commands, this);
    m_own = std::make_unique<OwnWindows>(desk, channels, m_roster, m_commands, m_conversation->composer().drafts(),
                                         WindowPlaces(desk.workspace().path(), !m_options.whyReadOnly.isEmpty()));
    m_switch = new WorkspaceSwitch(desk.workspace().path(), this);
    m_status = new StatusControl(
        desk, m_roster, *m_reach, *m_topBar,
        {m_options.notListening, {m_options.heardUntil, desk.workspace().clock().now()}, m_options.longLog}, this);
    addCommands();
    m_commands.explainRight([this] { return m_roster.whyOnlyReading(); });
    m_commands.hideDeeds([this] { return m_roster.isReadOnly(); });
    connectPanes();
    connectFolding();
    connectMessages();
    connectLists();
    connectRoster();
    connectActions();
    connectOwnWindows();
    buildMenus();
    restore();
    updateOutbox();
    goToLastList();
    m_inbox->takeFocus();
    m_origin->ask();
    askToLogIn();
    if (const QString pause = m_status->pause(); !pause.isEmpty() && m_message->text().isEmpty())
        m_message->show(MessageBar::Kind::information, pause);
}

MainWindow::~MainWindow() = default;

void MainWindow::buildPanes()
{
    auto *central = new QWidget(this);
    m_topBar = new TopBar(central);
    m_splitter = new QSplitter(Qt::Horizontal, central);
    m_splitter->setObjectName(QStringLiteral("panes"));
    m_splitter->setChildrenCollapsible(false);
    m_views = new ViewPane(m_roster, m_splitter);
    m_middle = new QStackedWidget(m_splitter);
    m_inbox = new InboxPane(m_desk, m_roster, m_middle);
    m_search = new SearchPane(m_desk, *m_reach, m_commands, m_middle);
    m_middle->addWidget(m_inbox);
    m_middle->addWidget(m_search);
    m_conversation = new ConversationPane(m_desk, m_channels, m_commands, m_splitter);
    // A page of it that is not shown must not keep the window from being low. Before its stretch, which is part of it.
    m_middle->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setStretchFactor(2, 5);
    m_views->setMinimumWidth(140);
    m_middle->setMinimumWidth(260);
    m_conversation->setMinimumWidth(340);
    m_folding = new PaneFolding(*m_splitter, *m_views, *m_middle, *m_conversation, this);
    m_stopped = new ChoiceBar(central);
    m_stopped->setObjectName(QStringLiteral("stoppedBar"));
    m_roundBar = new ChoiceBar(central);
    m_roundBar->setObjectName(QStringLiteral("roundBar"));
    m_message = new MessageBar(central);
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_topBar);
    column->addWidget(m_stopped);
    column->addWidget(m_roundBar);
    column->addWidget(m_splitter, 1);
    column->addWidget(m_message);
    setCentralWidget(central);
    for (QWidget *keys :
         {static_cast<QWidget *>(m_inbox->list()), m_inbox->emptyPage(), m_search->list(),
          static_cast<QWidget *>(m_views), static_cast<QWidget *>(&m_conversation->timeline()),
          static_cast<QWidget *>(&m_conversation->thread().list()), m_conversation->contactSide().focusProxy()})
        m_keys.watch(keys);
}

void MainWindow::updateOutbox()
{
    const QList<DeliveryRecord> &outbox = m_roster.outbox();
    const auto trouble = std::count_if(outbox.cbegin(), outbox.cend(), [](const DeliveryRecord &delivery) {
        return delivery.state == DeliveryState::failed || delivery.state == DeliveryState::unsure;
    });
    // Online what is done waits for moments only.
    const bool isReached = m_desk.status().kind == DeskStatus::Kind::current && !m_desk.heldUp();
    const auto ahead = std::count_if(outbox.cbegin(), outbox.cend(),
                                     [](const DeliveryRecord &delivery) { return isForecast(delivery.id); });
    const auto waiting = outbox.size() - trouble - ahead + (isReached ? 0 : m_desk.waitingCount());
    m_topBar->setOutbox(int(waiting), int(trouble) + m_desk.refusedCount());
}

void MainWindow::pull()
{
    if (m_isPulling)
        return;
    m_isPulling = true;
    m_status->setPulling(true);
    whenDone(m_channels.pull(ChannelId()), this, [this](const QList<ChannelReport> &reports) {
        m_isPulling = false;
        m_status->setPulling(false);
        int messages = 0;
        for (const ChannelReport &report : reports)
            messages += report.news();
        const auto failed = std::find_if(reports.cbegin(), reports.cend(),
                                         [](const ChannelReport &one) { return one.error.has_value(); });
        if (failed != reports.cend())
            m_message->show(MessageBar::Kind::trouble,
                            Wording::isolated(failed->name) + QStringLiteral(": ") + ErrorText::of(*failed->error));
        else
            m_message->show(MessageBar::Kind::information, tr("%Ln new message(s).", nullptr, messages));
    });
}

ChannelsDialog *MainWindow::showChannels(ChannelId first)
{
    auto *dialog = new ChannelsDialog(m_desk, m_channels, m_roster, *m_actions, this);
    if (const ChannelId current = first.isValid() ? first : m_inbox->query().channel; current.isValid())
        dialog->select(current);
    connect(dialog, &ChannelsDialog::sendingAsked, m_sending,
            [this, dialog](const ChannelRecord &channel) { m_sending->toggle(channel, dialog); });
    dialog->open();
    return dialog;
}

void MainWindow::showOutbox()
{
    auto *dialog = new OutboxDialog(m_desk, m_roster, this);
    connect(dialog, &OutboxDialog::conversationAsked, this, &MainWindow::openConversation);
    connect(dialog, &OutboxDialog::editAsked, this, [this](const WrittenReply &written, qint64 entry) {
        m_conversation->takeWords(written, [this, entry](bool isTaken) {
            // Kept here before it is given up there.
            if (isTaken)
                whenDone(m_desk.flushPersonal(), this, [this, entry](const Done &kept) {
                    if (kept)
                        static_cast<void>(m_desk.discard(entry));
                });
            else
                m_message->show(MessageBar::Kind::information,
                                tr("There is another draft in this conversation. Nothing was changed."));
        });
    });
    connect(dialog, &OutboxDialog::takenBack, m_conversation, &ConversationPane::takeBack);
    dialog->open();
}

void MainWindow::raiseFor(const QString &activationToken)
{
    if (!activationToken.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", activationToken.toUtf8());
    setWindowState((windowState() & ~Qt::WindowMinimized) | Qt::WindowActive);
    show();
    raise();
    activateWindow();
}

void MainWindow::tell(const QString &sentence)
{
    m_message->show(MessageBar::Kind::information, sentence);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_hidesOnClose && !m_isQuitting && !m_mayClose) {
        remember();
        event->ignore();
        hide();
        return;
    }
    // Who goes back from the question below hides it again by closing.
    m_isQuitting = false;
    if (!m_mayClose && m_closing->isNeeded(m_options.asksBeforeClosing)) {
        event->ignore();
        m_closing->ask();
        return;
    }
    remember();
    event->accept();
    Q_EMIT closing();
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (runByDigit(*event))
        return;
    if (event->key() != Qt::Key_Escape) {
        if (!answerShortcut(*event))
            QMainWindow::keyPressEvent(event);
        return;
    }
    const bool isAtHits = m_topBar->isAncestorOf(focusWidget()) || m_search->isAncestorOf(focusWidget());
    const bool isSearching = m_middle->currentWidget() == m_search;
    if (isSearching && !isAtHits && !m_conversation->isThreadShown() && m_search->model().rowCount() > 0) {
        m_search->enterList();
    } else if (isSearching && (isAtHits || !m_conversation->isThreadShown())) {
        m_topBar->searchField()->clear();
        leaveSearch();
    } else if (m_conversation->isThreadShown() && !m_inbox->list()->hasFocus()) {
        m_conversation->showThread(false);
    } else if (m_inbox->model().markedCount() > 0 && !m_views->hasFocus()) {
        // Who reads on would not think of them, and each key would mean them.
        m_inbox->clearMarks();
    } else if (!m_inbox->list()->hasFocus()) {
        m_inbox->takeFocus();
    } else {
        m_inbox->clearCurrent();
    }
}

void MainWindow::restore()
{
    const QSettings settings;
    if (!restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray()))
        resize(QSize(1280, 760).boundedTo(screen()->availableSize() - QSize(0, 40)));
    if (!m_folding->restore(settings.value(QStringLiteral("window/panes")).toByteArray()))
        m_splitter->setSizes({210, 380, 690});
    m_keys.setActive(settings.value(QStringLiteral("keys/single"), true).toBool());
    m_commands.showSingleKeys(m_keys.isActive());
    m_conversation->showContactSide(settings.value(QStringLiteral("window/contactSide"), false).toBool());
}

void MainWindow::goToLastList()
{
    const ListQuery last = ListPlaces::last();
    // Those that are not always there come with the roster.
    if (last.view > View::trouble && !m_roster.isLoaded()) {
        m_views->choose(View::unassigned);
        connect(
            &m_roster, &Roster::rosterChanged, this,
            [this, last] {
                if (m_inbox->query().view == View::unassigned && !m_inbox->hasCurrent())
                    m_views->choose(last);
            },
            Qt::SingleShotConnection);
        return;
    }
    m_views->choose(last);
}

void MainWindow::remember() const
{
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/panes"), m_folding->state());
    settings.setValue(QStringLiteral("window/contactSide"), m_conversation->isContactSideShown());
    ListPlaces::rememberLast(m_inbox->query());
}

} // namespace Earshot
