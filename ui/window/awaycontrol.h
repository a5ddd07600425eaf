// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/awaynews.h"
#include "desk/desk.h"

#include <QTimer>

namespace Earshot {

class CommandRegistry;
class PresenceControl;
class Roster;

/// Notices that somebody comes back to a shared workspace after a longer absence, and tells what others did with their
/// conversations meanwhile. Where nobody else works it does nothing. Lives with its window; all outlive it.
class AwayControl final : public QObject
{
    Q_OBJECT

public:
    /// A shorter absence is not worth a word.
    static constexpr Duration longAbsence = std::chrono::minutes(30);

    AwayControl(Desk &desk, const Roster &roster, const PresenceControl &presence, QWidget *window);
    void addCommands(CommandRegistry &commands);

Q_SIGNALS:
    /// For the window's bar. showNews() tells more.
    void newsFound(const QString &sentence);
    void conversationAsked(Earshot::ConversationId conversation);

public Q_SLOTS:
    void showNews();

private:
    void load();
    void onStatus();
    void look();
    void remember(Time at);
    void lookBack();

    Desk &m_desk;
    const Roster &m_roster;
    const PresenceControl &m_presence;
    QWidget *m_window;
    QTimer m_tick;
    LastPresence m_last;  ///< when somebody was here last
    LastPresence m_since; ///< when the newest absence began; not known = there was none
    Time m_backAt;        ///< when it ended
    qsizetype m_told = 0; ///< conversations, of that absence
    bool m_isLoaded = false;
    bool m_isBehind = false; ///< the line turned out to be dead when it ended
};

} // namespace Earshot
