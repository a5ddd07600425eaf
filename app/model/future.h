// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPromise>

#include <atomic>
#include <memory>
#include <utility>

namespace Earshot {

/// Calls `then` on the context's thread with the future's result; drops `then`, uncalled, when the context dies first.
/// A future of a Result that ended without one counts as cancelled; any other is then dropped. (QFuture::then(context,
/// ...) of Qt 6.4 asserts when its context has died, and its own future then never ends.) To be called on the context's
/// thread.
template <class T, class Then>
void whenDone(const QFuture<T> &future, QObject *context, Then then)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, then = std::move(then)]() mutable {
        const QFuture<T> done = watcher->future();
        watcher->deleteLater();
        if (done.resultCount() > 0)
            then(done.result());
        else if constexpr (requires { T(fail(ErrorKind::cancelled)); })
            then(T(fail(ErrorKind::cancelled)));
    });
    watcher->setFuture(future);
}

/// The end of an operation of several steps: its future ends exactly once, with `cancelled` when whoever was to end it
/// died first. Shared by the steps. Thread-safe as QPromise is.
template <class T>
class Pending final
{
public:
    [[nodiscard]] static std::shared_ptr<Pending> create() { return std::make_shared<Pending>(); }

    Pending() { m_promise.start(); }
    ~Pending() { end(fail(ErrorKind::cancelled)); }
    Q_DISABLE_COPY_MOVE(Pending)

    [[nodiscard]] QFuture<Result<T>> future() { return m_promise.future(); }

    void end(Result<T> result)
    {
        if (m_hasEnded.exchange(true))
            return;
        m_promise.addResult(std::move(result));
        m_promise.finish();
    }

private:
    QPromise<Result<T>> m_promise;
    std::atomic<bool> m_hasEnded = false;
};

/// A future that has ended already.
template <class T>
[[nodiscard]] QFuture<T> readyFuture(T value)
{
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

/// Ends with the second of two when both have ended well, else with the first's failure. Needs no event loop, and no
/// object takes part that could die: so it may continue a future.
template <class T>
[[nodiscard]] QFuture<Result<T>> both(QFuture<Result<T>> first, const QFuture<Result<T>> &second)
{
    const auto goOn = [second](const Result<T> &done) { return done ? second : readyFuture(done); };
    return first.then(QtFuture::Launch::Sync, goOn).unwrap();
}

} // namespace Earshot
