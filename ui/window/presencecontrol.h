// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"

#include <QTimer>

namespace Earshot {

class ConversationPane;
class InboxPane;
class PresenceSigns;
class Roster;

/// Says for one window which conversations are on screen and in which an answer is being written, and shows in header
/// and composer who else is there. In a workspace of one's own it does nothing. Lives with its window.
class PresenceControl final : public QObject
{
    Q_OBJECT

public:
    /// @param inbox null = the window has no list
    PresenceControl(Desk &desk, const Roster &roster, ConversationPane &pane, InboxPane *inbox, QWidget *window);
    ~PresenceControl() override;

    /// When a key or button was last pressed here; at the beginning that of the window.
    [[nodiscard]] Time lastInput() const { return m_lastInput; }
    bool eventFilter(QObject *watched, QEvent *event) override;

    /// So long after the last key or click nobody looks any more.
    static constexpr std::chrono::milliseconds longestPause = std::chrono::minutes(10);

Q_SIGNALS:
    /// Somebody sits there again.
    void cameBack();

private:
    void tell();
    [[nodiscard]] ShownConversations shown() const;
    void showOthers();

    Desk &m_desk;
    ConversationPane &m_pane;
    InboxPane *m_inbox;
    QWidget *m_window;
    PresenceSigns *m_signs;
    QTimer m_soon;
    QTimer m_pause; ///< until whoever sits there counts as gone
    Time m_lastInput;
    bool m_isAway = false;
};

} // namespace Earshot
