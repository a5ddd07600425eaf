// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/choicebar.h"
#include "ui/composer/composer.h"
#include "ui/conversation/contactside.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/inboxpane.h"
#include "ui/inbox/viewpane.h"
#include "ui/search/searchfield.h"
#include "ui/search/searchpane.h"
#include "ui/shell/messagebar.h"
#include "ui/window/focuscycle.h"
#include "ui/window/mainwindow.h"
#include "ui/window/ownwindows.h"
#include "ui/window/panefolding.h"
#include "ui/window/topbar.h"

#include <QStackedWidget>

namespace Earshot {

// What the panes show, and how a person gets from one to another.

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
    m_views->choose(query);
    if (m_middle->currentWidget() == m_search)
        m_search->enterList();
    else
        m_inbox->takeFocus();
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
    if (m_middle->currentWidget() == m_inbox)
        return;
    m_middle->setCurrentWidget(m_inbox);
    m_inbox->takeFocus();
    m_commands.refresh();
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
