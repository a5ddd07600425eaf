// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "fakes/fakemastodon.h"
#include "networks/mastodonconnector.h"

#include <QEventLoop>
#include <QFutureWatcher>
#include <QHash>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <memory>
#include <optional>

namespace Earshot {

/// A clock that a test sets.
class TestClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return value; }
    Time value = timeFromMs(1'790'000'000'000);
};

/// Waits for a future, at most five seconds.
template <class T>
Result<T> await(const QFuture<Result<T>> &future)
{
    // An event loop of its own: QTest's waiting sleeps between looks, which thousands of requests make slow.
    QEventLoop loop;
    QFutureWatcher<Result<T>> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(5000, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    if (!future.isFinished())
        loop.exec();
    return future.resultCount() > 0 ? future.result() : Result<T>(fail(ErrorKind::cancelled));
}

/// One channel with a fake server behind it, and what a courier would have stored of it.
class MastodonBench
{
public:
    explicit MastodonBench(FakeMastodon::Dialect dialect = FakeMastodon::Dialect::mastodon);

    /// A new connector, as after a start of the program: only `position` and `stored` survive.
    void restart();
    /// Pulls until nothing more is to be had or something fails. @param mostPages stops earlier
    Done pull(int mostPages = 200);
    [[nodiscard]] QStringList missing(const QStringList &ids) const;
    [[nodiscard]] std::optional<RemoteMessage> message(const QString &id) const;
    /// An Outgoing that answers the post, as prepare() made it.
    [[nodiscard]] Result<Outgoing> answerTo(const QString &id, const QString &text,
                                            const QString &clientId = QStringLiteral("c-1"));
    [[nodiscard]] int requestsTo(const QString &partOfPath) const;

    TestClock clock;
    FakeTransport transport;
    std::shared_ptr<FakeMastodon> server;
    ChannelAccess access;
    std::unique_ptr<MastodonConnector> connector;
    Position position;
    QHash<QString, RemoteMessage> stored;
    std::optional<Time> gap;
    int pages = 0;
};

} // namespace Earshot
