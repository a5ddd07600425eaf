// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QEventLoop>
#include <QFutureWatcher>
#include <QTimer>

namespace Earshot {

/// The future's result; an error of kind `unknown` when it does not end in time with exactly one.
template <class T>
[[nodiscard]] Result<T> await(const QFuture<Result<T>> &future, Duration limit = std::chrono::seconds(20))
{
    // An event loop of its own: qWaitFor() would sleep 10 ms at each of some thousand requests.
    QEventLoop loop;
    QFutureWatcher<Result<T>> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(limit, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    if (!future.isFinished())
        loop.exec();
    if (!future.isFinished() || future.resultCount() != 1)
        return fail(ErrorKind::unknown, QStringLiteral("the future did not end with one result"));
    return future.result();
}

} // namespace Earshot
