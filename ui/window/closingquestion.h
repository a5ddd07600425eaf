// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

class QWidget;

namespace Earshot {

class ChannelService;
class Desk;
class MessageBar;
class Roster;

/// What a window asks before it closes while something waits to be sent: send it now, keep it for the next start, or
/// stay. Lives as long as its window.
class ClosingQuestion final : public QObject
{
    Q_OBJECT

public:
    ClosingQuestion(Desk &desk, ChannelService &channels, const Roster &roster, MessageBar &message, QWidget *window);

    /// Whether anything would be left behind. @param isSender this process is the one that sends; a reply that waits
    /// for its attachment ends with any
    [[nodiscard]] bool isNeeded(bool isSender) const;
    /// Where a reply waits for its attachment, says so instead: it is gone in a moment.
    void ask();

Q_SIGNALS:
    /// It was decided: the window may go.
    void answered();
    /// The person wants to see what could not be sent.
    void outboxAsked();

private:
    void sendAll();
    void onSent(bool isAllSent);

    Desk &m_desk;
    ChannelService &m_channels;
    const Roster &m_roster;
    MessageBar &m_message;
    QWidget *m_window;
};

} // namespace Earshot
