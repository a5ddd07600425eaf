// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

class QMessageBox;
class QWidget;

namespace Earshot {

class ChannelService;
class Desk;
class MessageBar;
class Roster;

/// What a window asks before it closes while something waits to be sent: send it now, keep it for the next start, or
/// stay. Where sending takes long, there is a way back and a way out. Lives as long as its window.
class ClosingQuestion final : public QObject
{
    Q_OBJECT

public:
    ClosingQuestion(Desk &desk, ChannelService &channels, const Roster &roster, MessageBar &message, QWidget *window);

    /// Whether anything would be left behind. @param isSender this process is the one that sends; a reply that waits
    /// for its attachment ends with any
    [[nodiscard]] bool isNeeded(bool isSender) const;
    /// Where a reply waits for its attachment, says so instead: it is gone in a moment. While all is being sent before
    /// it closes: whether to wait on.
    void ask();

Q_SIGNALS:
    /// It was decided: the window may go.
    void answered();
    /// The person wants to see what could not be sent.
    void outboxAsked();

private:
    [[nodiscard]] QMessageBox *makeQuestion(const QString &text, const QString &information);
    void sendAll();
    void askWhetherToWait();
    void stay();
    /// @param run of sendAll(): what an earlier one comes to is nothing any more
    void onSent(int run, bool isAllSent);

    Desk &m_desk;
    ChannelService &m_channels;
    const Roster &m_roster;
    MessageBar &m_message;
    QWidget *m_window;
    QPointer<QMessageBox> m_whetherToWait;
    QTimer m_slow; ///< tells that sending takes long
    int m_run = 0;
    bool m_isToQuit = false; ///< it closes when all is sent, which goes on
};

} // namespace Earshot
