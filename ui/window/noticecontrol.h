// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "workspace/queries.h"

#include <QObject>

class QWidget;

namespace Earshot {

class CommandRegistry;
class ConversationActions;
class ConversationPane;
class InboxPane;
class NoticeBar;
class Roster;

/// A lead's notices: those of the list stand above it, those of the conversation above its composer. Lives with its
/// window.
class NoticeControl final : public QObject
{
    Q_OBJECT

public:
    /// @param inbox null = the window has no list
    NoticeControl(Desk &desk, const Roster &roster, InboxPane *inbox, ConversationPane &conversation,
                  ConversationActions &actions, QWidget *window);
    void addCommands(CommandRegistry &commands);
    /// What is listed or shown may be another.
    void update();

private:
    [[nodiscard]] bool isOfList(const NoticeRecord &notice) const;
    [[nodiscard]] bool isOfConversation(const NoticeRecord &notice) const;
    /// Itself, and where it was pinned at a team's channels, those at the others.
    [[nodiscard]] QList<NoticeRecord> twinsOf(const NoticeRecord &notice) const;
    void pin();
    void unpin(const NoticeRecord &notice);

    Desk &m_desk;
    const Roster &m_roster;
    InboxPane *m_inbox;
    ConversationPane &m_conversation;
    ConversationActions &m_actions;
    QWidget *m_window;
};

} // namespace Earshot
