// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFutureWatcher>

#include <memory>
#include <utility>

namespace Earshot {

/// Calls `handler` with the future's result on the thread of `context`, unless `context` has died by then. Qt 6.4's
/// QFuture::then(context) must not be used for screens: it dereferences a context that is gone. A future that ends
/// without a result (the program is closing) calls nobody.
template <class T, class Handler>
void whenDone(const QFuture<T> &future, QObject *context, Handler handler)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, call = std::move(handler)]() mutable {
        watcher->deleteLater();
        if (watcher->future().resultCount() > 0)
            call(watcher->result());
    });
    watcher->setFuture(future);
}

/// As whenDone(). Where the context dies first the future is cancelled: whoever was to answer knows that nobody hears
/// it. For what somebody must be told of, as what became of an action.
template <class T, class Handler>
void whenTold(const QFuture<T> &future, QObject *context, Handler handler)
{
    auto *listener = new QObject(context);
    const auto isTold = std::make_shared<bool>(false);
    QObject::connect(listener, &QObject::destroyed, [heard = QFuture<T>(future), isTold]() mutable {
        if (!*isTold)
            heard.cancel();
    });
    whenDone(future, listener, [listener, isTold, call = std::move(handler)](const T &result) mutable {
        *isTold = true;
        listener->deleteLater();
        call(result);
    });
}

} // namespace Earshot
