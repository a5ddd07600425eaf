// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "replica/pace.h"
#include "replica/replicasync.h"
#include "replica/rowwatch.h"
#include "replica/sleepwatch.h"
#include "replica/waitingserver.h"

#include <QTimer>

#include <atomic>

namespace Earshot {

/// Keeps a replica at what its server has: the first synchronisation, then what others do as the server tells it; comes
/// back by itself after whatever kept it from the server, and asks now and then where it cannot be told. It waits for
/// answers and for the disk, so it lives on a thread of its own; file and connection outlive it.
class ReplicaFollower final : public QObject
{
    Q_OBJECT

public:
    /// How long it waits after a failure: doubled each time up to the longest, up to half of it left out at random.
    struct Pauses
    {
        Duration first = std::chrono::seconds(1);
        Duration longest = std::chrono::seconds(60);
        /// Of whether the replica is what it should be; in a large workspace less.
        Duration betweenChecks = std::chrono::minutes(5);
        /// For so long nothing was done here, before what makes who works here wait is done; but it is put off no
        /// longer than that.
        Duration calm = std::chrono::minutes(2);
        Duration longestPutOff = std::chrono::hours(1);
        /// Of whether the machine slept, by this time of day.
        Duration betweenLooks = std::chrono::seconds(5);
        const Clock *timeOfDay = nullptr; ///< outlives what is given these; null = the system's
    };
    ReplicaFollower(ReplicaFile &file, ServerConnection &connection, const Pauses &pauses);

    /// On its thread: begins, or tries at once what it would try later. Also after a new token.
    void begin();
    /// Follows no more until begin(): there is no token.
    void rest();
    /// Somebody does something here, and is not to wait long. May be called on any thread.
    void noteDeed() { m_lastDeed = m_running.elapsed(); }

Q_SIGNALS:
    void statusChanged(const Earshot::DeskStatus &status);
    /// The server knows this device.
    void admitted(const Earshot::ServerSession &session);
    /// It answers, and cannot be listened to: each time that this is found out.
    void deafened();
    /// There is something to work with: once, at the first beginning.
    void usable();
    /// Its agent was disabled: nothing of the server is left in the replica, but for what sweep() still takes away.
    void emptied();

private:
    /// Deltas that follow one another, to be taken as one.
    struct Held
    {
        QString to; ///< empty = there are none
        QList<QJsonObject> changes;
    };

    /// @return false: there was trouble
    bool synchronise();
    [[nodiscard]] bool isToTidy() const;
    void tidy();
    void tidySoon();
    /// Somebody works here. Asked on any thread.
    [[nodiscard]] bool isWanted() const;
    void onWake();
    void onParted(Parting parting);
    void stopListening();
    void onListening(int line);
    void onListeningEnded(const QString &why, int line);
    /// It asks, as it cannot listen.
    [[nodiscard]] bool isDeaf() const;
    void onTold(const QJsonObject &message);
    void onDelta(const QJsonObject &delta);
    void hold(const QJsonObject &delta);
    /// All up to here has come, though it may not be taken yet.
    [[nodiscard]] const QString &heldState() const { return m_held.to.isEmpty() ? m_file.state() : m_held.to; }
    void takeHeld();
    void takePresent(const QString &state);
    void onTrouble(const Error &error);
    void tell(DeskStatus::Kind kind, double share = 0, const Error &why = {});
    /// @param position up to which the server's changes are here
    void tellBehind(Seq position);
    void tellUsable();

    ReplicaFile &m_file;
    ServerConnection &m_connection;
    const Pauses m_pauses;
    QTimer m_again;
    QTimer m_check;
    QTimer m_take;
    QTimer m_wake; ///< looks now and then whether the machine slept
    QElapsedTimer m_running;
    SleepWatch m_sleep;
    QTimer m_tidy;                      ///< while something of what was withdrawn is left, or the index is to be made
    qint64 m_toTidySince = 0;           ///< as `m_running` counts (ms); 0 = there is nothing to tidy
    std::atomic<qint64> m_lastDeed = 0; ///< the same: when somebody did something here last
    WaitingServer m_server;
    RowWatch m_watch;
    Held m_held;
    Pace m_pace;
    int m_failures = 0;
    int m_deaf = 0;  ///< so often it could not listen, though the server answered
    int m_line = 0;  ///< that it listens at or is going to; 0 = none
    int m_logIn = 0; ///< under which it asks
    bool m_isListening = false;
    bool m_isUsable = false;
    Seq m_newest = 0; ///< the server's last change when it was reached; 0 = it does not say
    Seq m_behind = 0;
    bool m_isReached = false;
    bool m_isEmptied = false; ///< the agent is disabled
    Time m_awaySince;         ///< since when the server is not reached; not known = it never was
};

} // namespace Earshot

Q_DECLARE_METATYPE(Earshot::DeskStatus)
Q_DECLARE_METATYPE(Earshot::ServerSession)
