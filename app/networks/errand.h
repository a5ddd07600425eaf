// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPromise>

#include <functional>
#include <utility>

namespace Earshot {

/// Calls `then` on the context's thread with the future's result, with `cancelled` when it ended without one; never
/// after the context died. (In Qt 6.4 QFuture::then() with a context that died asserts, and its future never ends.)
template <class T, class Function>
void whenEnded(const QFuture<Result<T>> &future, QObject *context, Function then)
{
    auto *watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, then = std::move(then)]() mutable {
        const QFuture<Result<T>> ended = watcher->future();
        watcher->deleteLater();
        if (ended.resultCount() > 0)
            then(ended.result());
        else
            then(Result<T>(fail(ErrorKind::cancelled)));
    });
    watcher->setFuture(future);
}

/// A piece of work of several requests one after the other. Lives on the network thread as a child of the one that
/// started it; its future ends exactly once: with end(), or as `cancelled` when it is destroyed before. After end() it
/// deletes itself.
template <class T>
class Errand : public QObject
{
public:
    explicit Errand(QObject *parent)
        : QObject(parent)
    {
        m_promise.start();
    }
    ~Errand() override
    {
        if (!m_hasEnded)
            settle(fail(ErrorKind::cancelled));
    }
    [[nodiscard]] QFuture<Result<T>> future() const { return m_promise.future(); }

protected:
    void end(Result<T> result)
    {
        if (m_hasEnded)
            return;
        settle(std::move(result));
        deleteLater();
    }

private:
    void settle(Result<T> result)
    {
        m_hasEnded = true;
        m_promise.addResult(std::move(result));
        m_promise.finish();
    }

    QPromise<Result<T>> m_promise;
    bool m_hasEnded = false;
};

} // namespace Earshot
