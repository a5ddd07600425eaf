// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/shell/roster.h"
#include "ui/window/topbar.h"

#include <QTimer>

#include <optional>

namespace Earshot {

class SearchReach;

/// What the status in the top bar says: whether what one sees is what there is. Lives as long as its window.
class StatusControl final : public QObject
{
    Q_OBJECT

public:
    struct Setting
    {
        QString notListening; ///< why nothing is pulled or sent here; empty = it is
        Pause pause;          ///< while it was closed
        qint64 longLog = 0;   ///< bytes of the write-ahead log from which on the status warns
    };
    StatusControl(Desk &desk, const Roster &roster, const SearchReach &reach, TopBar &topBar, Setting setting,
                  QObject *parent);

    /// Says anew what is so.
    void update();
    void setPulling(bool isPulling);
    /// From now on this process pulls and sends.
    void beginListening();
    /// "Not listening from 18:02 to 08:11 …"; empty when it was neither closed nor asleep for long. Of a shared
    /// workspace: when its server was neither down nor asleep for long, or that is some time ago.
    [[nodiscard]] QString pause() const;
    /// What keeps it from the server while nothing is here that could be read; empty = nothing does.
    [[nodiscard]] static QString whyNotJoined(const Error &why);

Q_SIGNALS:
    /// The machine was asleep for long while this process was to listen: nothing was heard meanwhile. pause() says it.
    void slept();
    /// A shared workspace's server turned out not to have listened for long. pause() says it.
    void serverPaused();

private:
    struct Status
    {
        QString text;
        QString explanation;
        TopBar::Sign sign = TopBar::Sign::done;
    };
    [[nodiscard]] Status status() const;
    [[nodiscard]] Status statusOfChannels() const;
    void look();
    void lookForSleep();
    void onRoster();
    void followServer();
    [[nodiscard]] bool isShared() const { return m_desk.status().kind != DeskStatus::Kind::here; }
    [[nodiscard]] QString pauseOfServer() const;
    [[nodiscard]] bool isBehind(const ChannelRecord &channel) const;
    [[nodiscard]] int countBehind() const;
    /// How much waits to be sent is said beside it, by the outbox.
    [[nodiscard]] static QString offlineText(const DeskStatus &now);
    [[nodiscard]] static QString whatIsHere(const DeskStatus &now);
    /// What keeps it from the server, and what can be done.
    [[nodiscard]] static QString whyAway(const Error &why);
    /// Empty while all of it is found.
    [[nodiscard]] QString searchReach() const;
    /// Of a shared workspace; nothing where what counts is how its channels are.
    [[nodiscard]] std::optional<Status> statusOfServer() const;

    /// Where what is done here does not get there.
    [[nodiscard]] std::optional<Status> statusOfOutbox() const;

    Desk &m_desk;
    const Roster &m_roster;
    TopBar &m_topBar;
    Setting m_setting;
    const SearchReach &m_reach;
    QTimer m_watch; ///< looks now and then whether time was passed over, or what a server missed is long ago
    Time m_looked;
    bool m_hasSlept = false;
    std::optional<bool> m_isTrouble; ///< what is shown is one; none = nothing is shown yet
    bool m_isServerKnown = false;    ///< whether it paused was read once as the server has it
    bool m_isPulling = false;
};

} // namespace Earshot
