// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractEventDispatcher>
#include <QElapsedTimer>
#include <QHash>

#include <array>
#include <atomic>
#include <deque>
#include <map>

namespace Earshot {

/// The event loop of a thread with thousands of connections, of which few say anything: epoll(7) tells of those. Qt's
/// own loops ask each of them each time, which with 1,000 is most of what the server does (0.8 ms a round, seen).
/// Timers are to the millisecond, whatever their type; a notifier of a file that epoll does not take (EPERM) is told at
/// once, as poll(2) would. Set before the application is made; lives on its thread, wakeUp() and interrupt() from any.
class EpollDispatcher final : public QAbstractEventDispatcher
{
    Q_OBJECT

public:
    explicit EpollDispatcher(QObject *parent = nullptr);
    ~EpollDispatcher() override;
    Q_DISABLE_COPY_MOVE(EpollDispatcher)

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    void registerTimer(int id, qint64 interval, Qt::TimerType type, QObject *object) override;
    bool unregisterTimer(int id) override;
    bool unregisterTimers(QObject *object) override;
    [[nodiscard]] QList<TimerInfo> registeredTimers(QObject *object) const override;
    [[nodiscard]] int remainingTime(int id) override;

    void wakeUp() override;
    void interrupt() override;

private:
    /// Of one descriptor, by QSocketNotifier::Type.
    struct Watched
    {
        std::array<QSocketNotifier *, 3> notifiers{};
        bool isPollable = true;
    };
    struct Timer
    {
        qint64 interval = 0; ///< ms
        Qt::TimerType type = Qt::CoarseTimer;
        QObject *object = nullptr;
        qint64 due = 0;
        bool isFiring = false; ///< its handler runs a loop of its own: not again meanwhile
    };
    using Due = std::multimap<qint64, int>;

    [[nodiscard]] qint64 now() const { return m_clock.elapsed(); }
    void watch(int descriptor, Watched &watched, bool isNew);
    /// @return ms; -1 = for ever
    [[nodiscard]] int longestWait(bool heedsTimers) const;
    void await(int longest);
    void awaitWakeUp(int longest) const;
    void note(int descriptor, quint32 events);
    int tellNotifiers();
    int fireTimers();
    void enqueue(int id, Timer &timer, qint64 due);
    void dequeue(int id, const Timer &timer);

    int m_epoll = -1;
    int m_wake = -1; ///< eventfd(2)
    std::atomic<bool> m_isInterrupted = false;
    QElapsedTimer m_clock;
    QHash<int, Watched> m_watched;
    int m_unpollable = 0;
    std::deque<QSocketNotifier *> m_ready; ///< to be told; null = gone meanwhile
    QHash<int, Timer> m_timers;
    Due m_due;
};

} // namespace Earshot
