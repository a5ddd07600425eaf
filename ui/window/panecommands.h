// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"

#include <QKeySequence>
#include <QObject>

#include <functional>

namespace Earshot {

class CommandRegistry;
class ConversationActions;
class ConversationPane;
class KeyDispatcher;
class MessageBar;
class Roster;

/// What a conversation's pane offers in whichever window it stands: writing, searching in it, what is around it. Lives
/// with its window.
class PaneCommands final : public QObject
{
    Q_OBJECT

public:
    PaneCommands(ConversationPane &pane, const Roster &roster, CommandRegistry &commands, KeyDispatcher &keys,
                 QWidget *window);
    void addCommands();
    /// Those that lead around in the window. @param cycle gives the keyboard to the next part, or the previous one (-1)
    void addKeysOfWindow(const std::function<void(int step)> &cycle, MessageBar &message);
    /// Whose key is quicker than what is done, read or handed over is not lost. @param seen what commands work on
    void letKeysWait(ConversationActions &actions, MessageBar &message, std::function<QList<qint64>()> seen);
    /// For a menu "Conversation": writing, then what is done with it. An empty id is a line.
    [[nodiscard]] static QStringList ids();
    /// For the menu of a row that stands for a conversation.
    [[nodiscard]] static QStringList rowIds();
    /// For a menu "View".
    [[nodiscard]] static QStringList viewIds();

Q_SIGNALS:
    /// All conversations of the contact of this one are wanted, in a window of their own.
    void contactAsked(const Earshot::ConversationRecord &conversation);

private:
    void add(const char *id, const QString &text, const char *icon, const char *key, const QKeySequence &shortcut,
             std::function<void()> run, std::function<bool()> isEnabled);
    void addContactCommands();
    void compose(DraftRecord::Mode mode);
    void showMenu();

    ConversationPane &m_pane;
    const Roster &m_roster;
    CommandRegistry &m_commands;
    KeyDispatcher &m_keys;
    QWidget *m_window;
};

} // namespace Earshot
