// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/pictures/gate.h"
#include "tests/pictures/photographer.h"
#include "ui/conversation/contactside.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/threadpage.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/inbox/inboxpane.h"
#include "ui/search/searchpane.h"
#include "ui/settings/journaldialog.h"
#include "ui/shell/roster.h"
#include "ui/shell/statepage.h"
#include "ui/window/contactwindow.h"

#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>

#include <algorithm>

namespace Earshot {

// What is shown while the workspace is slow, and where it cannot be read.

void Photographer::waiting()
{
    goToList();
    const auto *list = m_world->window().findChild<InboxPane *>()->findChild<StatePage *>();
    {
        const Gate gate;
        press(QStringLiteral("G S"));
        until("the list that loads", [list] { return list->title() == InboxPane::tr("Loading…"); });
        m_camera.photograph(QStringLiteral("list-loading"));
    }
    goToList();
    showMention();
    {
        const Gate gate;
        press(QStringLiteral("J"));
        until("the conversation that loads",
              [this] { return m_world->textOf("conversationState") == ConversationPane::tr("Loading…"); });
        m_camera.photograph(QStringLiteral("conversation-loading"));
    }
    showMention();
    press(QStringLiteral("Return"));
    {
        const Gate gate;
        press(QStringLiteral("V"));
        until("the thread that loads", [this] { return m_world->textOf("threadTitle") == ThreadPage::tr("Loading…"); });
        m_camera.photograph(QStringLiteral("thread-loading"));
    }
    press(QStringLiteral("V"));
    {
        const Gate gate;
        press(QStringLiteral("D"));
        until("the contact that loads",
              [this] { return m_world->textOf("contactBefore") == ContactSide::tr("Loading…"); });
        m_camera.photograph(QStringLiteral("contact-side-loading"));
    }
    press(QStringLiteral("D Esc"));
    waitingWindows();
}

void Photographer::waitingWindows()
{
    {
        const Gate gate;
        open("journalDialog", QStringLiteral("journal.show"));
        until("the journal that loads",
              [this] { return m_world->textOf("journalState") == JournalDialog::tr("Loading…"); });
        m_camera.photograph(QStringLiteral("journal-loading"));
    }
    close("journalDialog");
    {
        const Gate gate;
        open("upkeepDialog", QStringLiteral("workspace.verify"));
        m_camera.photograph(QStringLiteral("check-progress"));
    }
    close("upkeepDialog");
    showMention();
    {
        const Gate gate;
        open("contactWindow", QStringLiteral("contact.show"));
        until("the contact that loads",
              [this] { return m_world->textOf("contactCounts") == ContactWindow::tr("Loading…"); });
        m_camera.photograph(QStringLiteral("contact-window-loading"));
    }
    close("contactWindow");
    press(QStringLiteral("/"));
    {
        const Gate gate;
        m_world->type(QStringLiteral("power"));
        until("the search", [this] { return m_world->textOf("searchTitle") == SearchPane::tr("Searching…"); });
        m_camera.photograph(QStringLiteral("search-waiting"));
    }
    m_world->find<QLineEdit>("searchField")->clear();
    press(QStringLiteral("Esc Esc"));
    {
        const Gate gate;
        m_world->reopen();
        if (hasDisplay())
            m_world->window().showMaximized();
        else
            m_world->window().resize(1280, 720);
        const auto *list = m_world->window().findChild<InboxPane *>()->findChild<StatePage *>();
        until("the window that loads", [list] { return list->title() == InboxPane::tr("Loading…"); });
        m_camera.photograph(QStringLiteral("window-loading"));
    }
    until("who works here", [this] { return m_world->window().roster().isLoaded(); });
    until("the list", [this] { return m_world->list().rowCount() > 5; });
}

void Photographer::failing()
{
    goToList();
    {
        const BrokenDisk disk;
        press(QStringLiteral("G S"));
        until("the error", [this] { return m_world->list().state() == ConversationListModel::State::failed; });
        m_camera.photograph(QStringLiteral("list-error"));
    }
    goToList();
    until("the list again", [this] { return m_world->list().state() == ConversationListModel::State::ready; });
    showMention();
    {
        const BrokenDisk disk;
        press(QStringLiteral("J"));
        until("the failure", [this] { return !m_world->textOf("conversationState").isEmpty(); });
        m_camera.photograph(QStringLiteral("conversation-failed"));
    }
    failingPanes();
    {
        const BrokenDisk disk;
        open("journalDialog", QStringLiteral("journal.show"));
        m_camera.photograph(QStringLiteral("journal-failed"));
        close("journalDialog");
        open("upkeepDialog", QStringLiteral("workspace.verify"));
        until("the end of the check", [this] { return !m_world->widget("upkeepBar")->isVisible(); });
        m_camera.photograph(QStringLiteral("check-failed"));
        close("upkeepDialog");
    }
    notSaved();
}

void Photographer::notSaved()
{
    open("settingsDialog", QStringLiteral("settings.show"));
    {
        const BrokenDisk disk;
        auto *seconds = m_world->find<QSpinBox>("settingsUndo");
        seconds->setValue(seconds->value() + 1);
        Q_EMIT seconds->editingFinished();
        until("why not", [this] { return !m_world->textOf("settingsState").isEmpty(); });
        m_camera.photograph(QStringLiteral("settings-not-saved"));
    }
    close("settingsDialog");
    open("savedReplies", QStringLiteral("replies.show"));
    m_world->find<QListWidget>("savedRepliesList")->setCurrentRow(0);
    m_world->find<QLineEdit>("savedReplyName")->setFocus();
    until("the keyboard in it", [this] { return m_world->widget("savedReplyName")->hasFocus(); });
    m_world->type(QStringLiteral("s"));
    {
        const BrokenDisk disk;
        m_world->find<QPushButton>("savedRepliesSave")->click();
        until("the refusal", [this] { return m_world->widget("savedRepliesChoices")->isVisible(); });
        m_camera.photograph(QStringLiteral("saved-reply-not-saved"));
    }
    m_world->find<QPushButton>("savedRepliesSave")->click();
    until("the saved reply", [this] {
        const auto &all = m_world->window().roster().savedReplies();
        return std::any_of(all.cbegin(), all.cend(), [](const auto &one) {
            return one.name.endsWith(QLatin1Char('s')) && one.name.contains(QLatin1StringView("Power"));
        });
    });
    close("savedReplies");
}

void Photographer::failingPanes()
{
    showMention();
    press(QStringLiteral("Return"));
    {
        const BrokenDisk disk;
        press(QStringLiteral("V"));
        until("the failure", [this] { return !m_world->textOf("threadTitle").isEmpty(); });
        m_camera.photograph(QStringLiteral("thread-failed"));
    }
    press(QStringLiteral("V"));
    {
        const BrokenDisk disk;
        press(QStringLiteral("D"));
        until("the failure", [this] { return !m_world->textOf("contactBefore").isEmpty(); });
        m_camera.photograph(QStringLiteral("contact-side-failed"));
    }
    press(QStringLiteral("D Esc"));
    showMention();
    {
        const BrokenDisk disk;
        open("contactWindow", QStringLiteral("contact.show"));
        until("the failure", [this] { return m_world->widget("contactWindowRetry")->isVisible(); });
        m_camera.photograph(QStringLiteral("contact-window-failed"));
    }
    close("contactWindow");
    press(QStringLiteral("/"));
    {
        const BrokenDisk disk;
        m_world->type(QStringLiteral("power"));
        const auto *page = m_world->window().findChild<SearchPane *>()->findChild<StatePage *>();
        until("the failure", [page] { return page->title() == SearchPane::tr("The search failed"); });
        m_camera.photograph(QStringLiteral("search-failed"));
    }
    m_world->find<QLineEdit>("searchField")->clear();
    {
        const BrokenDisk disk;
        // A command of that name is found nevertheless.
        const QString command = m_world->window().commands().plainText(QStringLiteral("conversation.spam"));
        m_world->find<QLineEdit>("searchField")->setText(command);
        until("the bar", [this] { return m_world->widget("searchTrouble")->isVisible(); });
        m_camera.photograph(QStringLiteral("search-failed-with-commands"));
    }
    m_world->find<QLineEdit>("searchField")->clear();
    press(QStringLiteral("Esc Esc"));
    m_world->find<QTableView>("conversations")->setFocus();
}

} // namespace Earshot
