// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// @file
/// Tells the thread sanitizer what Qt's own libraries, which are not instrumented, synchronise: futures, pools, waiting
/// and posted events (its mutexes tell it themselves). The linker gives our calls to the functions of these names to
/// this file first. Who posts happens before whoever is delivered an event later: a race that hides behind another
/// event is not found, and nothing is reported that is none.

#include <QCoreApplication>
#include <QFutureInterface>
#include <QMutex>
#include <QThread>
#include <QThreadPool>
#include <QWaitCondition>

#include <sanitizer/tsan_interface.h>

namespace {

/// What all posted events are ordered by.
char posts;

bool onEvent(void **)
{
    __tsan_acquire(&posts);
    return false;
}

const bool isWatching = QInternal::registerCallback(QInternal::EventNotifyCallback, onEvent);

/// What a future is, whoever holds it: its private part, the first thing in it.
void *sharedPart(const QFutureInterfaceBase *future)
{
    return *reinterpret_cast<void *const *>(future);
}

} // namespace

#define EARSHOT_WRAP(result, name, ...)                                                                                \
    result __real_##name(__VA_ARGS__);                                                                                 \
    result __wrap_##name(__VA_ARGS__)

extern "C" {

EARSHOT_WRAP(bool, _ZN14QWaitCondition4waitEP6QMutex14QDeadlineTimer, QWaitCondition *condition, QMutex *mutex,
             QDeadlineTimer deadline)
{
    __tsan_mutex_pre_unlock(mutex, 0);
    __tsan_mutex_post_unlock(mutex, 0);
    const bool isWoken = __real__ZN14QWaitCondition4waitEP6QMutex14QDeadlineTimer(condition, mutex, deadline);
    __tsan_mutex_pre_lock(mutex, 0);
    __tsan_mutex_post_lock(mutex, 0, 0);
    return isWoken;
}

EARSHOT_WRAP(bool, _ZN7QThread4waitE14QDeadlineTimer, QThread *thread, QDeadlineTimer deadline)
{
    const bool hasEnded = __real__ZN7QThread4waitE14QDeadlineTimer(thread, deadline);
    __tsan_acquire(&posts);
    return hasEnded;
}

EARSHOT_WRAP(void, _ZN11QThreadPool5startESt8functionIFvvEEi, QThreadPool *pool, std::function<void()> work,
             int priority)
{
    std::function<void()> told = [pool, work = std::move(work)] {
        __tsan_acquire(&posts);
        work();
        __tsan_release(pool);
    };
    __tsan_release(&posts);
    __real__ZN11QThreadPool5startESt8functionIFvvEEi(pool, std::move(told), priority);
}

EARSHOT_WRAP(bool, _ZN11QThreadPool11waitForDoneEi, QThreadPool *pool, int timeout)
{
    const bool isDone = __real__ZN11QThreadPool11waitForDoneEi(pool, timeout);
    __tsan_acquire(pool);
    return isDone;
}

EARSHOT_WRAP(bool, _ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv,
             QObject *receiver, QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type, void *result)
{
    __tsan_release(&posts);
    return __real__ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv(
        receiver, slot, type, result);
}

EARSHOT_WRAP(void, _ZN11QMetaObject8activateEP7QObjectPKS_iPPv, QObject *sender, const QMetaObject *type, int index,
             void **arguments)
{
    __tsan_release(&posts);
    __real__ZN11QMetaObject8activateEP7QObjectPKS_iPPv(sender, type, index, arguments);
}

EARSHOT_WRAP(void, _ZN16QCoreApplication9postEventEP7QObjectP6QEventi, QObject *receiver, QEvent *event, int priority)
{
    __tsan_release(&posts);
    __real__ZN16QCoreApplication9postEventEP7QObjectP6QEventi(receiver, event, priority);
}

EARSHOT_WRAP(void, _ZN7QObject11deleteLaterEv, QObject *object)
{
    __tsan_release(&posts);
    __real__ZN7QObject11deleteLaterEv(object);
}

EARSHOT_WRAP(void, _ZN20QFutureInterfaceBase14reportFinishedEv, QFutureInterfaceBase *future)
{
    __tsan_release(&posts);
    __tsan_release(sharedPart(future));
    __real__ZN20QFutureInterfaceBase14reportFinishedEv(future);
}

EARSHOT_WRAP(void, _ZN20QFutureInterfaceBase18reportResultsReadyEii, QFutureInterfaceBase *future, int from, int to)
{
    __tsan_release(&posts);
    __tsan_release(sharedPart(future));
    __real__ZN20QFutureInterfaceBase18reportResultsReadyEii(future, from, to);
}

EARSHOT_WRAP(void, _ZN20QFutureInterfaceBase15waitForFinishedEv, QFutureInterfaceBase *future)
{
    __real__ZN20QFutureInterfaceBase15waitForFinishedEv(future);
    __tsan_acquire(sharedPart(future));
}

EARSHOT_WRAP(void, _ZN20QFutureInterfaceBase13waitForResultEi, QFutureInterfaceBase *future, int index)
{
    __real__ZN20QFutureInterfaceBase13waitForResultEi(future, index);
    __tsan_acquire(sharedPart(future));
}

EARSHOT_WRAP(bool, _ZNK20QFutureInterfaceBase10queryStateENS_5StateE, const QFutureInterfaceBase *future, int state)
{
    const bool is = __real__ZNK20QFutureInterfaceBase10queryStateENS_5StateE(future, state);
    __tsan_acquire(sharedPart(future));
    return is;
}

EARSHOT_WRAP(bool, _ZNK20QFutureInterfaceBase6derefTEv, const QFutureInterfaceBase *future)
{
    void *const part = sharedPart(future);
    __tsan_release(part);
    const bool isHeld = __real__ZNK20QFutureInterfaceBase6derefTEv(future);
    __tsan_acquire(part);
    return isHeld;
}

} // extern "C"
