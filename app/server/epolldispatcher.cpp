// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/epolldispatcher.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace Earshot {

namespace {

/// What each type of notifier is told of, as Qt's own loop has it.
constexpr std::array<quint32, 3> eventsOf{EPOLLIN | EPOLLHUP | EPOLLERR, EPOLLOUT | EPOLLHUP | EPOLLERR,
                                          EPOLLPRI | EPOLLHUP | EPOLLERR};
constexpr size_t mostAtOnce = 256;

} // namespace

EpollDispatcher::EpollDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent)
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    m_clock.start();
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = m_wake;
    if (m_epoll < 0 || m_wake < 0 || ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wake, &event) != 0)
        qFatal("the event loop cannot be made: %s", qUtf8Printable(qt_error_string(errno)));
}

EpollDispatcher::~EpollDispatcher()
{
    ::close(m_wake);
    ::close(m_epoll);
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_isInterrupted = false;
    Q_EMIT awake();
    QCoreApplication::sendPostedEvents();
    const bool heedsTimers = !flags.testFlag(QEventLoop::X11ExcludeTimers);
    const bool heedsNotifiers = !flags.testFlag(QEventLoop::ExcludeSocketNotifiers);
    const bool waits = flags.testFlag(QEventLoop::WaitForMoreEvents) && !m_isInterrupted;
    if (waits)
        Q_EMIT aboutToBlock();
    if (m_isInterrupted)
        return false;
    // What is posted meanwhile, from here too, has woken it up already: then it does not wait.
    const int longest = waits ? longestWait(heedsTimers) : 0;
    if (heedsNotifiers)
        await(m_ready.empty() && m_unpollable == 0 ? longest : 0);
    else
        awaitWakeUp(longest);
    eventfd_t count = 0;
    int handled = ::eventfd_read(m_wake, &count) == 0 ? 1 : 0;
    if (heedsNotifiers)
        handled += tellNotifiers();
    if (heedsTimers)
        handled += fireTimers();
    return handled > 0;
}

void EpollDispatcher::await(int longest)
{
    std::array<epoll_event, mostAtOnce> events{};
    const int count = ::epoll_wait(m_epoll, events.data(), int(events.size()), longest);
    for (int i = 0; i < count; ++i)
        note(events[size_t(i)].data.fd, events[size_t(i)].events);
    if (m_unpollable == 0)
        return;
    for (auto it = m_watched.cbegin(); it != m_watched.cend(); ++it) {
        if (!it->isPollable)
            note(it.key(), EPOLLIN | EPOLLOUT);
    }
}

void EpollDispatcher::awaitWakeUp(int longest) const
{
    pollfd wake{m_wake, POLLIN, 0};
    ::poll(&wake, 1, longest);
}

void EpollDispatcher::note(int descriptor, quint32 events)
{
    const auto watched = m_watched.constFind(descriptor);
    if (watched == m_watched.cend())
        return;
    for (size_t type = 0; type < watched->notifiers.size(); ++type) {
        QSocketNotifier *const notifier = watched->notifiers[type];
        if (notifier && (events & eventsOf[type]) != 0 && std::ranges::find(m_ready, notifier) == m_ready.end())
            m_ready.push_back(notifier);
    }
}

/// A handler may run a loop of its own, which tells the rest.
int EpollDispatcher::tellNotifiers()
{
    int told = 0;
    while (!m_ready.empty()) {
        QSocketNotifier *const notifier = m_ready.front();
        m_ready.pop_front();
        if (!notifier)
            continue;
        QEvent event(QEvent::SockAct);
        QCoreApplication::sendEvent(notifier, &event);
        ++told;
    }
    return told;
}

void EpollDispatcher::watch(int descriptor, Watched &watched, bool isNew)
{
    epoll_event event{};
    event.data.fd = descriptor;
    bool isAny = false;
    for (size_t type = 0; type < watched.notifiers.size(); ++type) {
        if (watched.notifiers[type])
            event.events |= eventsOf[type];
        isAny = isAny || watched.notifiers[type];
    }
    if (!watched.isPollable) {
        m_unpollable -= isAny ? 0 : 1;
        return;
    }
    // One that was closed before its notifier went is not known there any more.
    if (!isAny) {
        ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, &event);
        return;
    }
    int failed = ::epoll_ctl(m_epoll, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event);
    if (failed != 0 && (errno == EEXIST || errno == ENOENT))
        failed = ::epoll_ctl(m_epoll, errno == EEXIST ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, descriptor, &event);
    if (failed == 0)
        return;
    if (errno == EPERM) {
        watched.isPollable = false;
        ++m_unpollable;
    } else {
        qWarning("descriptor %d cannot be watched: %s", descriptor, qUtf8Printable(qt_error_string(errno)));
    }
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const int descriptor = int(notifier->socket());
    const bool isNew = !m_watched.contains(descriptor);
    Watched &watched = m_watched[descriptor];
    watched.notifiers.at(size_t(notifier->type())) = notifier;
    watch(descriptor, watched, isNew);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    std::ranges::replace(m_ready, notifier, nullptr);
    const auto watched = m_watched.find(int(notifier->socket()));
    if (watched == m_watched.end() || watched->notifiers.at(size_t(notifier->type())) != notifier)
        return;
    watched->notifiers.at(size_t(notifier->type())) = nullptr;
    watch(watched.key(), *watched, false);
    if (std::ranges::all_of(watched->notifiers, [](const QSocketNotifier *one) { return !one; }))
        m_watched.erase(watched);
}

void EpollDispatcher::enqueue(int id, Timer &timer, qint64 due)
{
    timer.due = due;
    m_due.emplace(due, id);
}

void EpollDispatcher::dequeue(int id, const Timer &timer)
{
    const auto [begin, end] = m_due.equal_range(timer.due);
    const auto found = std::find_if(begin, end, [id](const auto &entry) { return entry.second == id; });
    if (found != end)
        m_due.erase(found);
}

int EpollDispatcher::longestWait(bool heedsTimers) const
{
    const auto next =
        std::ranges::find_if(m_due, [this](const auto &entry) { return !m_timers.find(entry.second)->isFiring; });
    if (!heedsTimers || next == m_due.end())
        return -1;
    return int(std::clamp<qint64>(next->first - now(), 0, std::numeric_limits<int>::max()));
}

/// Each of those that are due now once.
int EpollDispatcher::fireTimers()
{
    const qint64 time = now();
    std::vector<int> due;
    for (auto it = m_due.cbegin(); it != m_due.cend() && it->first <= time; ++it)
        due.push_back(it->second);
    int fired = 0;
    for (const int id : due) {
        const auto found = m_timers.find(id);
        // One before it, or a loop within it, may have ended it or had it fired.
        if (found == m_timers.end() || found->due > time || found->isFiring)
            continue;
        QObject *const object = found->object;
        dequeue(id, *found);
        // What comes late is not made up for.
        const qint64 next = found->due + found->interval;
        enqueue(id, *found, next < time ? time + found->interval : next);
        found->isFiring = true;
        QTimerEvent event(id);
        QCoreApplication::sendEvent(object, &event);
        ++fired;
        if (const auto after = m_timers.find(id); after != m_timers.end())
            after->isFiring = false;
    }
    return fired;
}

void EpollDispatcher::registerTimer(int id, qint64 interval, Qt::TimerType type, QObject *object)
{
    unregisterTimer(id);
    Timer &timer = m_timers[id];
    timer = {std::max<qint64>(0, interval), type, object, 0, false};
    enqueue(id, timer, now() + timer.interval);
}

bool EpollDispatcher::unregisterTimer(int id)
{
    const auto found = m_timers.constFind(id);
    if (found == m_timers.cend())
        return false;
    dequeue(id, *found);
    m_timers.erase(found);
    return true;
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    const QList<TimerInfo> timers = registeredTimers(object);
    for (const TimerInfo &timer : timers)
        unregisterTimer(timer.timerId);
    return !timers.isEmpty();
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    QList<TimerInfo> timers;
    for (auto it = m_timers.cbegin(); it != m_timers.cend(); ++it) {
        if (it->object == object)
            timers.append(TimerInfo(it.key(), int(it->interval), it->type));
    }
    return timers;
}

int EpollDispatcher::remainingTime(int id)
{
    const auto found = m_timers.constFind(id);
    return found == m_timers.cend() ? -1 : int(std::max<qint64>(0, found->due - now()));
}

void EpollDispatcher::wakeUp()
{
    ::eventfd_write(m_wake, 1);
}

void EpollDispatcher::interrupt()
{
    m_isInterrupted = true;
    wakeUp();
}

} // namespace Earshot
