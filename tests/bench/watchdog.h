// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "figures.h"

#include <QObject>

#include <atomic>
#include <thread>

namespace Earshot {

/// Asks the GUI thread every millisecond whether it listens, and notes how long it took to answer: as long as a key
/// press would have waited. Its processor time beside it tells a busy machine from a busy program. Where it computes
/// longer than EARSHOT_BENCH_STACKS milliseconds, if that is set, standard error is told what the GUI thread is doing,
/// and again each time that it has computed so much more.
/// Lives on the GUI thread; its asking thread ends with it.
class Watchdog final : public QObject
{
public:
    Watchdog();
    ~Watchdog() override;

    /// What was noted since the last call: waits, and processor time of the GUI thread within each wait.
    struct Blocks
    {
        Figures waits;
        Figures busy;
    };
    [[nodiscard]] Blocks take();

protected:
    void customEvent(QEvent *event) override;

private:
    void ask();

    Blocks m_blocks;
    pthread_t m_watched;
    qint64 m_stackAfter = 0; ///< ns; 0 = nobody asks
    std::atomic_bool m_isEnding = false;
    std::atomic_bool m_isAsking = false;
    std::atomic<qint64> m_askedAt = 0;
    std::atomic<qint64> m_busyBefore = 0;
    std::thread m_thread;
};

} // namespace Earshot
