// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "watchdog.h"

#include <QCoreApplication>
#include <QEvent>

#include <execinfo.h>
#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <utility>

namespace Earshot {

namespace {

qint64 nanosecondsOf(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

/// Where this thread is: addresses for addr2line.
void printStack(int)
{
    std::array<void *, 60> frames{};
    constexpr char head[] = "where the window is while it does not listen:\n";
    static_cast<void>(::write(STDERR_FILENO, head, sizeof head - 1));
    backtrace_symbols_fd(frames.data(), backtrace(frames.data(), int(frames.size())), STDERR_FILENO);
}

} // namespace

Watchdog::Watchdog()
    : m_watched(pthread_self())
    , m_stackAfter(qint64(qEnvironmentVariableIntValue("EARSHOT_BENCH_STACKS")) * 1'000'000)
    , m_thread([this] { ask(); })
{
    std::array<void *, 1> frame{};
    // Loads what it needs now: within a signal it must not.
    static_cast<void>(backtrace(frame.data(), 1));
    if (m_stackAfter > 0)
        std::signal(SIGUSR2, printStack);
}

Watchdog::~Watchdog()
{
    m_isEnding = true;
    m_thread.join();
}

void Watchdog::ask()
{
    clockid_t busy{};
    pthread_getcpuclockid(m_watched, &busy);
    int shown = 0;
    while (!m_isEnding) {
        if (m_isAsking.exchange(true)) {
            const qint64 computed = nanosecondsOf(busy) - m_busyBefore;
            if (m_stackAfter > 0 && computed > m_stackAfter * (shown + 1)) {
                ++shown;
                pthread_kill(m_watched, SIGUSR2);
            }
        } else {
            shown = 0;
            m_busyBefore = nanosecondsOf(busy);
            m_askedAt = nanosecondsOf(CLOCK_MONOTONIC);
            QCoreApplication::postEvent(this, new QEvent(QEvent::User));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

void Watchdog::customEvent(QEvent *)
{
    m_blocks.waits.add(double(nanosecondsOf(CLOCK_MONOTONIC) - m_askedAt) / 1e6);
    m_blocks.busy.add(double(nanosecondsOf(CLOCK_THREAD_CPUTIME_ID) - m_busyBefore) / 1e6);
    m_isAsking = false;
}

Watchdog::Blocks Watchdog::take()
{
    return std::exchange(m_blocks, {});
}

} // namespace Earshot
