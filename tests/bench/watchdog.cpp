// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "watchdog.h"

#include <QCoreApplication>
#include <QEvent>

#include <pthread.h>
#include <time.h>

#include <chrono>
#include <utility>

namespace Earshot {

namespace {

qint64 nanosecondsOf(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

} // namespace

Watchdog::Watchdog()
    : m_watched(pthread_self())
    , m_thread([this] { ask(); })
{
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
    while (!m_isEnding) {
        if (!m_isAsking.exchange(true)) {
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
