// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"
#include "desk/desk.h"
#include "ui/window/windowplaces.h"

#include <QObject>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include <memory>

class QMainWindow;

namespace Earshot {

class CommandRegistry;
class ContactWindow;
class ConversationWindow;
class DraftBook;
class Roster;

/// The windows beside a main window: conversations and contacts, each in its own. They read that window's roster and
/// die before it: destroying this closes them. Which there are is remembered soon after it changes, so that the next
/// start opens them again, whatever ends this one. Lives on the GUI thread.
class OwnWindows final : public QObject
{
    Q_OBJECT

public:
    /// @param commands of the main window: their keys are everywhere the same
    /// @param drafts what is written in all of them
    /// @param places where they are remembered
    OwnWindows(Desk &desk, ChannelService &channels, const Roster &roster, CommandRegistry &commands,
               std::shared_ptr<DraftBook> drafts, const WindowPlaces &places);
    ~OwnWindows() override;

    void openConversation(ConversationId id);
    /// The contact of this conversation. One that is open already comes to the front.
    void openContact(const ConversationRecord &conversation);
    /// Opens the windows of the last time again, one after the other, without taking the keyboard. One whose
    /// conversation is no longer here, or may no longer be seen, is left out without a word; while not all is here it
    /// may still come. For when the main window can be used, also again.
    void restore();
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// In the main window.
    void conversationWanted(Earshot::ConversationId id);
    /// A reply is to begin so, in the main window.
    void replyWanted(Earshot::ConversationId id, const QString &text);

private:
    struct Contact
    {
        QPointer<ContactWindow> window; ///< null = it was closed
        ConversationId from;            ///< the conversation that it was opened from
        qint64 number = 0;              ///< of that one
    };
    [[nodiscard]] ConversationWindow *make(ConversationId id);
    [[nodiscard]] ContactWindow *makeContact(const ConversationRecord &conversation);
    /// Null = it stands there already.
    [[nodiscard]] QMainWindow *makeAgain(const WindowPlace &place);
    [[nodiscard]] bool isOpen(ConversationId id) const;
    /// Null = none is open.
    [[nodiscard]] ContactWindow *windowOf(ContactId contact) const;
    /// Else what is missing may be on its way.
    [[nodiscard]] bool isAllHere() const;
    /// @param wasAllHere as they were read
    void takeThose(const QList<ConversationRecord> &there, bool wasAllHere);
    void restoreNext();
    void lookAgain();
    void remember();
    /// A window that still reads does not know it; 0 = nobody does.
    [[nodiscard]] qint64 knownNumber(ConversationId id) const;

    Desk &m_desk;
    ChannelService &m_channels;
    const Roster &m_roster;
    CommandRegistry &m_commands;
    std::shared_ptr<DraftBook> m_drafts;
    QList<QPointer<ConversationWindow>> m_conversations; ///< those that were closed are null
    QList<Contact> m_contacts;
    const WindowPlaces m_places;
    QList<WindowPlace> m_remembered;  ///< as they are stored
    QList<WindowPlace> m_pending;     ///< of the last time: not open again yet, and not known to be gone
    QList<WindowPlace> m_coming;      ///< likewise, and they are here
    QList<ConversationRecord> m_read; ///< those that come, and others
    QSet<ConversationId> m_gone;      ///< their windows say that they are not here
    QTimer m_next;                    ///< opens the next of those that come
    QTimer m_soon;                    ///< remembers what changed
    bool m_isRestoring = false;
    bool m_mayRestore = false; ///< the main window can be used
};

} // namespace Earshot
