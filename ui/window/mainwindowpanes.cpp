// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/choicebar.h"
#include "ui/composer/composer.h"
#include "ui/conversation/contactside.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/conversationactions.h"
#include "ui/inbox/inboxpane.h"
#include "ui/inbox/viewcommands.h"
#include "ui/inbox/viewpane.h"
#include "ui/search/searchcompletion.h"
#include "ui/search/searchfield.h"
#include "ui/search/searchpane.h"
#include "ui/shell/announcing.h"
#include "ui/shell/errortext.h"
#include "ui/shell/messagebar.h"
#include "ui/window/focuscycle.h"
#include "ui/window/mainwindow.h"
#include "ui/window/origincontrol.h"
#include "ui/window/ownwindows.h"
#include "ui/window/panefolding.h"
#include "ui/window/topbar.h"

#include <QApplication>
#include <QMenu>
#include <QStackedWidget>

namespace Earshot {

// What the panes show, and how a person gets from one to another.

void MainWindow::connectPanes()
{
    const SearchField *field = m_topBar->searchField();
    connect(m_views, &ViewPane::viewChosen, this, &MainWindow::showView);
    connect(m_views, &ViewPane::searchChosen, this, [this](const QString &text) {
        m_topBar->searchField()->setText(text);
        m_commands.refresh();
    });
    connect(m_views, &ViewPane::dropped, this, [this](const QList<ConversationId> &ids, const ListQuery &on) {
        m_actions->put(m_inbox->dragged(ids), on);
    });
    connect(m_views, &ViewPane::commandAsked, &m_commands, &CommandRegistry::trigger);
    connect(m_views, &ViewPane::menuAsked, this, [this](const QPoint &at) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        m_commands.refresh();
        m_commands.fillEnabled(*menu, m_viewCommands->menuIds());
        menu->popup(at);
    });
    connect(&m_roster, &Roster::rosterChanged, this, &MainWindow::followView);
    connect(m_inbox, &InboxPane::conversationChosen, m_conversation, &ConversationPane::showConversation);
    connect(m_search, &SearchPane::hitChosen, m_conversation, &ConversationPane::showHit);
    connect(m_inbox, &InboxPane::conversationOpened, this, &MainWindow::openConversation);
    connect(m_search, &SearchPane::conversationOpened, this, &MainWindow::openConversation);
    connect(m_inbox, &InboxPane::commandAsked, &m_commands, &CommandRegistry::trigger);
    connect(m_inbox, &InboxPane::stepAsked, m_search, &SearchPane::step);
    connect(m_search, &SearchPane::commandChosen, this, [this](const QString &id) {
        if (!m_commands.isEnabledFound(id)) {
            tellWhyNot(id);
            return;
        }
        const bool isOfMessage = m_conversation->isTargetHeld();
        m_topBar->searchField()->clear();
        leaveSearch();
        // Back to the message that it is meant for.
        if (isOfMessage)
            m_conversation->setFocus();
        m_commands.trigger(id);
    });
    connect(qApp, &QApplication::focusChanged, this, [this, field](QWidget *old, const QWidget *now) {
        if (now == field && old)
            m_conversation->holdTarget(old == &m_conversation->timeline() ||
                                       (m_conversation->isTargetHeld() && m_search->isAncestorOf(old)));
        else if (now && now != field && !m_search->isAncestorOf(now))
            m_conversation->holdTarget(false);
        if (now == field && old && !m_search->isAncestorOf(old))
            m_beforeSearch = old;
    });
    new SearchCompletion(m_topBar->searchField(), m_roster, m_desk);
    connect(field, &SearchField::searched, this, &MainWindow::showSearch);
    connect(field, &SearchField::emptied, this, &MainWindow::onSearchEmptied);
    connect(field, &SearchField::left, this, &MainWindow::goBackFromSearch);
    connect(field, &SearchField::listAsked, m_search, &SearchPane::enterList);
    connect(field, &SearchField::accepted, m_search, &SearchPane::activateFirst);
    connect(m_topBar, &TopBar::dutyAsked, this, [this] {
        if (!m_commands.trigger(QStringLiteral("duty.off")))
            m_commands.trigger(QStringLiteral("duty.on"));
    });
    connect(m_topBar, &TopBar::outboxAsked, this, &MainWindow::showOutbox);
    connect(m_topBar, &TopBar::statusAsked, this, [this] {
        const ChannelId troubled = troubledChannel();
        const bool isAway = m_desk.status().kind == DeskStatus::Kind::offline;
        const bool isWaiting = (isAway && m_desk.waitingCount() > 0) || m_desk.heldUp();
        if (isLoggedOut())
            Q_EMIT logInAsked();
        else if (isWaiting)
            showOutbox();
        else if (m_origin->isOpen() || m_roster.isReadOnly())
            m_origin->ask();
        else if (troubled.isValid() || (m_roster.isLoaded() && m_roster.channels().isEmpty()))
            showChannels(troubled);
        else
            showOutbox();
    });
}

ChannelId MainWindow::troubledChannel() const
{
    ChannelId first;
    for (const ChannelRecord &channel : m_roster.channels()) {
        if (!ErrorText::isTrouble(channel.health))
            continue;
        if (!first.isValid() || channel.id == m_inbox->query().channel)
            first = channel.id;
    }
    return first;
}

void MainWindow::connectFolding()
{
    const auto show = [this] { m_topBar->setFolding(m_folding->areViewsFolded(), m_folding->isListFolded()); };
    connect(m_folding, &PaneFolding::changed, this, show);
    show();
    connect(m_topBar, &TopBar::viewsAsked, this, [this] {
        if (m_views->isVisible()) {
            m_inbox->takeFocus();
            return;
        }
        m_folding->bringFor(m_views);
        m_views->setFocus();
    });
    connect(m_topBar, &TopBar::listAsked, this, [this] {
        if (m_middle->currentWidget() == m_search)
            m_search->enterList();
        else
            m_inbox->takeFocus();
    });
    // What is hidden takes no keyboard.
    connect(&m_conversation->composer(), &Composer::opening, this,
            [this] { m_folding->bring(PaneFolding::Pane::conversation); });
    // Where the views came for a choice, they go with it.
    const auto leaveViews = [this] {
        if (m_folding->areViewsFolded() && m_middle->currentWidget() == m_inbox)
            m_inbox->takeFocus();
    };
    connect(m_views, &QAbstractItemView::clicked, this, leaveViews);
    connect(m_views, &QAbstractItemView::activated, this, leaveViews);
    // A row that is clicked stands for a conversation that there is no room for beside it.
    connect(m_inbox, &InboxPane::rowClicked, this, [this](ConversationId id) {
        if (m_folding->isSingle())
            openConversation(id);
    });
}

void MainWindow::showView(const ListQuery &query)
{
    if (m_middle->currentWidget() != m_inbox) {
        m_topBar->searchField()->clear();
        m_middle->setCurrentWidget(m_inbox);
    }
    m_inbox->show(query, m_views->title(query));
    m_commands.refresh();
}

void MainWindow::goTo(const ListQuery &query)
{
    // Who stands among the views has heard its row.
    const bool isHeard = m_views->hasFocus();
    m_views->choose(query);
    if (m_middle->currentWidget() == m_search)
        m_search->enterList();
    else
        m_inbox->takeFocus();
    if (!isHeard)
        announceView();
}

void MainWindow::announceView()
{
    announce(m_views, m_views->currentIndex().data(Qt::AccessibleTextRole).toString());
}

void MainWindow::followView()
{
    const ListQuery &shown = m_inbox->query();
    if (shown.view != View::custom)
        return;
    const auto now = m_views->now(shown);
    if (!now)
        m_views->choose(View::unassigned);
    else if (now->filter != shown.filter)
        showView(*now);
    else
        m_inbox->setTitle(m_views->title(shown));
}

void MainWindow::showSearch(const QString &text, bool isTyping)
{
    m_search->setText(text, isTyping);
    m_middle->setCurrentWidget(m_search);
    m_folding->bring(PaneFolding::Pane::list);
    m_commands.refresh();
}

void MainWindow::leaveSearch()
{
    m_search->setText({}, false);
    m_middle->setCurrentWidget(m_inbox);
    m_inbox->takeFocus();
    m_commands.refresh();
}

void MainWindow::onSearchEmptied()
{
    const bool wasSearching = m_middle->currentWidget() != m_inbox;
    // Who takes back the last letter writes on, and the next one is no command.
    if (wasSearching && !m_topBar->searchField()->hasFocus()) {
        leaveSearch();
        return;
    }
    m_search->setText({}, false);
    m_middle->setCurrentWidget(m_inbox);
    if (wasSearching)
        m_commands.refresh();
}

void MainWindow::goBackFromSearch()
{
    QWidget *const from = m_beforeSearch;
    if (!from || !from->isEnabled() || !m_conversation->isAncestorOf(from)) {
        leaveSearch();
        return;
    }
    onSearchEmptied();
    m_folding->bringFor(from);
    from->setFocus(Qt::OtherFocusReason);
    if (!from->hasFocus())
        m_inbox->takeFocus();
}

void MainWindow::openConversation(ConversationId id)
{
    if (!id.isValid())
        return;
    m_conversation->showConversation(id);
    m_conversation->setFocus();
}

void MainWindow::openWindow(ConversationId id)
{
    m_own->openConversation(id);
}

void MainWindow::cycleFocus(int step)
{
    FocusCycle cycle(
        {m_views, m_middle->currentWidget() == m_inbox ? m_inbox->list() : m_search->list(), m_conversation});
    for (QWidget *other :
         {static_cast<QWidget *>(&m_conversation->composer()), static_cast<QWidget *>(&m_conversation->contactSide()),
          static_cast<QWidget *>(m_message), static_cast<QWidget *>(m_stopped), static_cast<QWidget *>(m_roundBar)})
        cycle.addInner(*other);
    cycle.addLast(*m_topBar->searchField());
    QWidget *entry = cycle.entry(step);
    m_folding->bringFor(entry);
    entry->setFocus(Qt::ShortcutFocusReason);
}

} // namespace Earshot
