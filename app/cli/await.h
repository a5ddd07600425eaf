// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cli/interrupt.h"
#include "model/error.h"

#include <QEventLoop>
#include <QFutureWatcher>

namespace Earshot {

// Waiting for a future while the event loop runs: for the command line only, which has nothing else to do.

/// The future's value. Errors: cancelled, when it ended without one or was interrupted.
template <class T>
[[nodiscard]] Result<T> awaitValue(const QFuture<T> &future, Interrupt &interrupt)
{
    QEventLoop loop;
    QFutureWatcher<T> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    QObject::connect(&interrupt, &Interrupt::happened, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    if (!future.isFinished() && !Interrupt::hasHappened())
        loop.exec();
    if (!future.isFinished() || future.resultCount() == 0)
        return fail(ErrorKind::cancelled);
    return future.result();
}

/// The same for what may fail by itself.
template <class T>
[[nodiscard]] Result<T> await(const QFuture<Result<T>> &future, Interrupt &interrupt)
{
    Result<Result<T>> ended = awaitValue(future, interrupt);
    if (!ended)
        return tl::unexpected(ended.error());
    return *std::move(ended);
}

} // namespace Earshot
