// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/connector.h"

#include <QFutureWatcher>

namespace Earshot {

/// One call of a connector under way. A child of the connector: ends as cancelled when that dies, else exactly once
/// by end(), after which it deletes itself.
template <class T>
class FeedJob : public QObject
{
public:
    explicit FeedJob(QObject *connector)
        : QObject(connector)
        , m_promise(std::make_shared<QPromise<Result<T>>>())
    {
        m_promise->start();
    }
    ~FeedJob() override
    {
        if (m_promise)
            finish(fail(ErrorKind::cancelled));
    }
    [[nodiscard]] QFuture<Result<T>> future() const { return m_promise->future(); }

    /// Nothing of the job may be touched afterwards: who waits for the future may delete the connector.
    void end(Result<T> result)
    {
        Q_ASSERT(m_promise);
        deleteLater();
        finish(std::move(result));
    }

private:
    void finish(Result<T> result)
    {
        const std::shared_ptr<QPromise<Result<T>>> promise = std::exchange(m_promise, nullptr);
        promise->addResult(std::move(result));
        promise->finish();
    }

    std::shared_ptr<QPromise<Result<T>>> m_promise;
};

/// Calls `receive` with the answer on the context's thread, never once the context is gone; a transport that gave up
/// counts as cancelled. By a watcher, as Qt 6.4's QFuture::then() asserts that its context still lives.
template <class Receive>
void onAnswer(const QFuture<Result<HttpAnswer>> &future, QObject *context, Receive receive)
{
    auto *watcher = new QFutureWatcher<Result<HttpAnswer>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, receive] {
        const QFuture<Result<HttpAnswer>> done = watcher->future();
        watcher->deleteLater();
        const bool hasAnswer = !done.isCanceled() && done.resultCount() > 0;
        receive(hasAnswer ? done.result() : Result<HttpAnswer>(fail(ErrorKind::cancelled)));
    });
    watcher->setFuture(future);
}

} // namespace Earshot
