// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"

#include <QObject>

#include <optional>

namespace Earshot {

class CommandRegistry;
class ConversationActions;
class ConversationPane;
class Desk;
class Roster;
struct UnseenPlace;

/// The commands on one message of the conversation shown: the one in focus, else the contact's newest; of notes one's
/// own newest. What is done on the network waits in the undo window as a reply does. Knows no rule: a command is
/// offered by what its channel can, the desk decides.
class MessageCommands final : public QObject
{
    Q_OBJECT

public:
    MessageCommands(Desk &desk, const Roster &roster, ConversationPane &pane, ConversationActions &actions);

    void addCommands(CommandRegistry &commands);
    /// Ids of all commands on a message.
    [[nodiscard]] static QStringList ids();
    /// Those for the menu of the message that they act on.
    [[nodiscard]] QStringList menuIds() const;

Q_SIGNALS:
    /// One line for the window's bar.
    void message(const QString &text);

private:
    [[nodiscard]] bool canPerform(Effect effect) const;
    void perform(Effect effect);
    [[nodiscard]] std::optional<Effect> underWay(const QList<Effect> &effects) const;
    void toggleLike();
    void toggleBoost();
    void toggleHidden();
    [[nodiscard]] QUrl link() const;
    [[nodiscard]] QUrl profile() const;
    void copyLink();
    [[nodiscard]] bool areOthersMeant() const;
    void markAllUnseen();
    void markUnseen();
    void markUnseen(const QList<UnseenPlace> &places);
    void addNoteCommand(CommandRegistry &commands);
    void addLinkCommand(CommandRegistry &commands);
    /// Where the link leads on which the keyboard is, else all that stand in the message's text, each once.
    [[nodiscard]] QList<QUrl> linksInText() const;
    void openLinkInText();
    [[nodiscard]] bool canEditNote() const;
    [[nodiscard]] QString whyNoNote() const;

    Desk &m_desk;
    const Roster &m_roster;
    ConversationPane &m_pane;
    ConversationActions &m_actions;
};

} // namespace Earshot
