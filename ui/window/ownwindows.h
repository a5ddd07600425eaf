// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"
#include "desk/desk.h"

#include <QObject>
#include <QPointer>

#include <memory>

namespace Earshot {

class CommandRegistry;
class ContactWindow;
class ConversationWindow;
class DraftBook;
class Roster;

/// The windows beside a main window: conversations and contacts, each in its own. They read that window's roster and
/// die before it: destroying this closes them. Lives on the GUI thread.
class OwnWindows final : public QObject
{
    Q_OBJECT

public:
    /// @param commands of the main window: their keys are everywhere the same
    /// @param drafts what is written in all of them
    OwnWindows(Desk &desk, ChannelService &channels, const Roster &roster, CommandRegistry &commands,
               std::shared_ptr<DraftBook> drafts);
    ~OwnWindows() override;

    void openConversation(ConversationId id);
    /// The contact of this conversation. One that is open already comes to the front.
    void openContact(const ConversationRecord &conversation);

Q_SIGNALS:
    /// In the main window.
    void conversationWanted(Earshot::ConversationId id);
    /// A reply is to begin so, in the main window.
    void replyWanted(Earshot::ConversationId id, const QString &text);

private:
    Desk &m_desk;
    ChannelService &m_channels;
    const Roster &m_roster;
    CommandRegistry &m_commands;
    std::shared_ptr<DraftBook> m_drafts;
    QList<QPointer<ConversationWindow>> m_conversations; ///< those that were closed are null
    QList<QPointer<ContactWindow>> m_contacts;           ///< likewise
};

} // namespace Earshot
