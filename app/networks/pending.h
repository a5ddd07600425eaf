// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QPromise>

#include <memory>
#include <utility>

namespace Earshot {

/// The end of an operation that takes several requests: its future ends exactly once, with `cancelled` when whoever
/// was to end it died first. Shared by the steps of the operation; lives on the network thread.
template <class T>
class Pending final
{
public:
    [[nodiscard]] static std::shared_ptr<Pending> create() { return std::make_shared<Pending>(); }

    Pending() { m_promise.start(); }
    ~Pending() { end(fail(ErrorKind::cancelled, QStringLiteral("the connector was closed"))); }
    Q_DISABLE_COPY_MOVE(Pending)

    [[nodiscard]] QFuture<Result<T>> future() { return m_promise.future(); }

    void end(Result<T> result)
    {
        if (std::exchange(m_hasEnded, true))
            return;
        m_promise.addResult(std::move(result));
        m_promise.finish();
    }

private:
    QPromise<Result<T>> m_promise;
    bool m_hasEnded = false;
};

/// Calls `then` with the future's result on the context's thread; drops `then`, uncalled, when the context dies first.
/// `QFuture::then(context, ...)` of Qt 6.4 would neither call nor drop it, but assert.
template <class T, class Then>
void whenDone(const QFuture<Result<T>> &future, QObject *context, Then then)
{
    auto *watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, then = std::move(then)]() mutable {
        watcher->deleteLater();
        const QFuture<Result<T>> done = watcher->future();
        then(done.resultCount() > 0 ? done.result() : Result<T>(fail(ErrorKind::cancelled)));
    });
    watcher->setFuture(future);
}

} // namespace Earshot
