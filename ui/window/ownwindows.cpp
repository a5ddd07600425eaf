// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/ownwindows.h"

#include "ui/composer/draftbook.h"
#include "ui/shell/commandregistry.h"
#include "ui/window/contactwindow.h"
#include "ui/window/conversationwindow.h"

namespace Earshot {

OwnWindows::OwnWindows(Desk &desk, ChannelService &channels, const Roster &roster, CommandRegistry &commands,
                       std::shared_ptr<DraftBook> drafts)
    : m_desk(desk)
    , m_channels(channels)
    , m_roster(roster)
    , m_commands(commands)
    , m_drafts(std::move(drafts))
{
}

OwnWindows::~OwnWindows()
{
    for (const QPointer<ConversationWindow> &window : std::as_const(m_conversations))
        delete window;
    for (const QPointer<ContactWindow> &window : std::as_const(m_contacts))
        delete window;
}

void OwnWindows::openConversation(ConversationId id)
{
    if (!id.isValid())
        return;
    auto *window = new ConversationWindow(m_desk, m_channels, m_roster, m_drafts, id);
    m_conversations.removeIf([](const auto &one) { return one.isNull(); });
    m_conversations.append(window);
    connect(&m_commands, &CommandRegistry::commandsChanged, window, &ConversationWindow::reloadKeys);
    connect(window, &ConversationWindow::contactAsked, this, &OwnWindows::openContact);
    window->show();
}

void OwnWindows::openContact(const ConversationRecord &conversation)
{
    if (!conversation.contact.isValid())
        return;
    m_contacts.removeIf([](const auto &one) { return one.isNull(); });
    for (const QPointer<ContactWindow> &known : std::as_const(m_contacts)) {
        if (known->contact() != conversation.contact)
            continue;
        known->setWindowState(known->windowState() & ~Qt::WindowMinimized);
        known->raise();
        known->activateWindow();
        return;
    }
    const QString name = conversation.contactName.isEmpty() ? conversation.contactHandle : conversation.contactName;
    auto *window = new ContactWindow(m_desk, m_roster, {conversation.contact, conversation.identity, name});
    m_contacts.append(window);
    connect(&m_commands, &CommandRegistry::commandsChanged, window, &ContactWindow::reloadKeys);
    connect(window, &ContactWindow::conversationWanted, this, &OwnWindows::conversationWanted);
    connect(window, &ContactWindow::windowWanted, this, &OwnWindows::openConversation);
    connect(window, &ContactWindow::replyWanted, this, &OwnWindows::replyWanted);
    window->show();
}

} // namespace Earshot
