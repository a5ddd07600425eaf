// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/replicasession.h"
#include "tests/bench/watchdog.h"
#include "ui/shell/appearance.h"
#include "ui/window/mainwindow.h"

#include <QElapsedTimer>
#include <QSocketNotifier>
#include <QTimer>

#include <optional>
#include <vector>

class QTableView;

namespace Earshot {

/// The desktop on a replica, in a process of its own: opens the real window as soon as there is something to work with,
/// as the program does, and prints how a first synchronisation went. Told "watch" on standard input it puts the cursor
/// into the middle of the list and looks at it; told "until N" it prints what became of it when it has everything up to
/// that change number, and ends.
class ReplicaWindow final : public QObject
{
    Q_OBJECT

public:
    ReplicaWindow(const QString &path, const QByteArray &token);
    ~ReplicaWindow() override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// What the process has at a moment.
    struct Sample
    {
        double at = 0;     ///< s
        double share = 0;  ///< of the first synchronisation
        double memory = 0; ///< PSS, MB
    };

    void openWindow();
    void sample();
    void lookAtIndex();
    void tellJoining();
    void onCommand();
    void watch();
    void beginWatching();
    void lookAtCursor();
    void tellWatched();
    [[nodiscard]] double seconds() const { return double(m_time.nsecsElapsed()) / 1e9; }

    SystemClock m_clock;
    QElapsedTimer m_time;
    std::unique_ptr<ReplicaSession> m_session;
    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<MainWindow> m_window;
    QTableView *m_list = nullptr;
    QSocketNotifier m_commands;
    QTimer m_sampling;
    std::vector<Sample> m_samples;
    bool m_isJoining = false; ///< it had nothing at first
    bool m_isTold = false;
    bool m_isLooking = false; ///< at the index
    std::optional<double> m_usable;
    qint64 m_making = 0; ///< of the window, in ms
    std::optional<double> m_painted;
    std::optional<double> m_rows;
    std::optional<double> m_indexed;
    Figures m_joinWaits; ///< the window did not listen while it joined

    Watchdog m_watchdog;
    qint64 m_until = 0;
    Seq m_seq = 0;
    qint64 m_cursor = 0; ///< the conversation under it; 0 = nobody looks
    int m_place = 0;     ///< its distance from the viewport's top
    int m_looks = 0;
    int m_jumps = 0;
    int m_changes = 0; ///< of the list's rows
    double m_memoryBefore = 0;
    double m_secondsBefore = 0;
    double m_watchedFrom = 0;
};

/// bench_replica --window REPLICA TOKEN
int showReplicaWindow(int argc, char **argv);

} // namespace Earshot
