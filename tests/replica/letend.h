// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "fakes/fakenetwork.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFutureWatcher>

namespace Earshot {

/// At once when it is done: there are some hundred of these in a history.
template <class T>
void letEnd(const QFuture<T> &future)
{
    QEventLoop loop;
    QFutureWatcher<T> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    if (!future.isFinished())
        loop.exec();
}

/// Or until the transport holds a request.
template <class T>
void letEndOrHold(const QFuture<T> &future, const FakeTransport &transport)
{
    while (!future.isFinished() && !transport.isHolding())
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
}

} // namespace Earshot
