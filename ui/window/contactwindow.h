// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "ui/conversation/contactcard.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/keydispatcher.h"

#include <QElapsedTimer>
#include <QMainWindow>
#include <QTimer>

namespace Earshot {

class ConversationActions;
class InboxPane;
class MessageBar;
class PlainLabel;
class RetryButton;
class Roster;

/// A contact in a window of its own: who it is, and all its conversations on all channels, newest first. What can be
/// done with a row in the main window's list can be done here; a conversation is opened elsewhere. Follows every
/// change, also into another contact that it is merged with, and back. Lives on the GUI thread until it is closed, or
/// with the main window.
class ContactWindow final : public QMainWindow
{
    Q_OBJECT

public:
    /// @param person `identity` is the one that it was met as; outlived by desk and roster
    ContactWindow(Desk &desk, const Roster &roster, const ContactCard::Person &person);
    /// Whom it is about now: what it was opened for may have been merged into another since.
    [[nodiscard]] ContactId contact() const { return m_person.contact; }
    [[nodiscard]] InboxPane &list() { return *m_inbox; }
    [[nodiscard]] CommandRegistry &commands() { return m_commands; }
    /// The keys were changed in another window.
    void reloadKeys();

Q_SIGNALS:
    /// In the main window.
    void conversationWanted(Earshot::ConversationId id);
    /// In a window of its own.
    void windowWanted(Earshot::ConversationId id);
    /// A macro begins a reply: there is no composer here.
    void replyWanted(Earshot::ConversationId id, const QString &text);

protected:
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Reading
    {
        QList<IdentityRecord> identities;
        ContactCounts counts;
    };
    void build();
    void addCommands();
    void addWindowCommands();
    void add(const char *id, const QString &text, const char *icon, const char *key, const QKeySequence &shortcut,
             std::function<void()> run, std::function<bool()> isEnabled = {});
    void buildMenus();
    void connectList();
    void connectActions();
    void letKeysWait();
    void load();
    void take(const Reading &reading);
    /// The contact that all of these were merged into.
    [[nodiscard]] ContactId rootOf(const QList<IdentityRecord> &identities) const;
    void showError(const Error &error);
    void showPerson();
    /// @return its name as it is now; empty = nobody is there any more
    [[nodiscard]] QString nameNow(const QList<IdentityRecord> &identities) const;
    void showTitle();
    void showRowMenu(const QPoint &at);
    void showMacros();
    void cycleFocus(int step);
    /// What commands work on: the marked rows, else the current one.
    [[nodiscard]] QList<ConversationRecord> targets(int most) const;

    Desk &m_desk;
    const Roster &m_roster;
    const ContactId m_opened;     ///< this one is read: parted again it is followed back
    ContactCard::Person m_person; ///< this one is acted on
    CommandRegistry m_commands;
    KeyDispatcher m_keys;
    ContactCard *m_card = nullptr;
    PlainLabel *m_counts = nullptr;
    RetryButton *m_retry = nullptr;
    InboxPane *m_inbox = nullptr;
    MessageBar *m_message = nullptr;
    ConversationActions *m_actions = nullptr;
    QTimer m_again;
    QTimer m_slow;             ///< tells that reading takes long
    QElapsedTimer m_reading;   ///< running while an answer is awaited
    bool m_isOutdated = false; ///< something changed meanwhile
    bool m_isGone = false;     ///< as of the last reading nobody is there
    bool m_closesWhenDone = false;
};

} // namespace Earshot
