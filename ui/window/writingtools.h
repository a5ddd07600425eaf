// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"

#include <QStringList>

class QWidget;

namespace Earshot {

class CommandRegistry;
class Composer;
class ConversationActions;
class ConversationPane;
class Roster;
class Speller;

/// Saved replies, macros and spelling of one window: their commands, and what the composer is given of them. Each macro
/// is a command of its own, so that it stands in the palette and may have a shortcut.
class WritingTools final : public QObject
{
    Q_OBJECT

public:
    /// All outlive this. @param window parent of the dialogs
    WritingTools(Desk &desk, const Roster &roster, CommandRegistry &commands, ConversationActions &actions,
                 ConversationPane &pane, QWidget *window);
    ~WritingTools() override;

    void addCommands();
    /// Also another window's composer.
    void equip(Composer &composer);

private:
    void onRosterChanged();
    void showSavedReplies();
    void showMacros();
    void claimIfWished();
    void beginReply(ConversationId conversation, const QString &text);

    Desk &m_desk;
    const Roster &m_roster;
    CommandRegistry &m_commands;
    ConversationActions &m_actions;
    ConversationPane &m_pane;
    QWidget *m_window;
    Speller *m_speller;
    QList<MacroRecord> m_macros;
    QStringList m_ids;
};

} // namespace Earshot
