// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"
#include "desk/desk.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/keydispatcher.h"

#include <QMainWindow>

#include <memory>

namespace Earshot {

class ChoiceBar;
class ConversationActions;
class ConversationPane;
class DraftBook;
class MessageBar;
class MessageCommands;
class PaneCommands;
class Printing;
class Roster;
class SendingControl;
class WritingTools;

/// One conversation in a window of its own, with everything that can be done to it. Writes into the same drafts as the
/// window that opened it. Deletes itself when closed; the desk and the roster outlive it.
class ConversationWindow final : public QMainWindow
{
    Q_OBJECT

public:
    ConversationWindow(Desk &desk, ChannelService &channels, const Roster &roster, std::shared_ptr<DraftBook> drafts,
                       ConversationId conversation);
    [[nodiscard]] ConversationPane &pane() { return *m_pane; }
    [[nodiscard]] CommandRegistry &commands() { return m_commands; }

    /// The keys were changed in another window.
    void reloadKeys();

Q_SIGNALS:
    /// All conversations of the contact of this one are wanted, in a window of their own.
    void contactAsked(const Earshot::ConversationRecord &conversation);

protected:
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addCommands();
    void connectAll();
    void showThreadMenu(const QPoint &at);
    void cycleFocus(int step);
    void showTitle();

    Desk &m_desk;
    const Roster &m_roster;
    CommandRegistry m_commands;
    KeyDispatcher m_keys;
    ConversationPane *m_pane;
    ChoiceBar *m_stopped;
    MessageBar *m_message;
    ConversationActions *m_actions;
    PaneCommands *m_paneCommands;
    SendingControl *m_sending;
    MessageCommands *m_messageCommands;
    WritingTools *m_writing;
    Printing *m_printing;
};

} // namespace Earshot
