// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/queries.h"

#include <QObject>

namespace Earshot {

class ChoiceBar;
class CommandRegistry;
class ConversationPane;
class InboxPane;
class Roster;

/// The marked conversations answered one after another: each comes with a saved reply filled in for it, and sending, by
/// hand, brings the next. What is written there already stays. Lives with its window.
class AnsweringRound final : public QObject
{
    Q_OBJECT

public:
    /// All outlive this. @param bar where it is said how far one is
    AnsweringRound(const Roster &roster, InboxPane &inbox, ConversationPane &pane, ChoiceBar &bar, QWidget *window);
    void addCommands(CommandRegistry &commands);
    [[nodiscard]] bool isUnderWay() const { return m_current.isValid(); }

Q_SIGNALS:
    void message(const QString &text);
    /// The last of them was answered; not where it was left, or the round was ended before.
    void ended(Earshot::ConversationId last);
    void stateChanged();

private:
    [[nodiscard]] bool canStart() const;
    /// The marked ones that can be answered at all, in the order of the list.
    [[nodiscard]] QList<ConversationId> marked() const;
    void askWhichReply();
    void start(const QString &text);
    void next();
    void end();
    void showState();
    void openFor();
    void onPerformed(DraftRecord::Mode mode);

    const Roster &m_roster;
    InboxPane &m_inbox;
    ConversationPane &m_pane;
    ChoiceBar &m_bar;
    QWidget *m_window;
    QList<ConversationId> m_waiting;
    ConversationId m_current; ///< not valid = no round
    QString m_text;           ///< of the saved reply, with placeholders; empty = each is written by hand
    bool m_isOpened = false;  ///< the composer, once for each
    int m_total = 0;
    int m_answered = 0;
    int m_leftOut = 0; ///< marked, and not to be answered from here
};

} // namespace Earshot
