// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "fakes/fakewordpress.h"
#include "networks/wordpressconnector.h"

#include <QEventLoop>
#include <QFutureWatcher>
#include <QMap>
#include <QTimer>

namespace Earshot {

/// A clock that stands where a test puts it.
class StandingClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return m_now; }
    void advance(Duration duration) { m_now += duration; }

private:
    Time m_now = timeFromMs(1'780'000'000'000);
};

/// The future's result; an error of kind `unknown` when it does not end in time.
template <class T>
[[nodiscard]] Result<T> await(const QFuture<Result<T>> &future)
{
    // An event loop of its own: qWaitFor() would sleep 10 ms at each of some thousand requests.
    QEventLoop loop;
    QFutureWatcher<Result<T>> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(std::chrono::seconds(20), &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    if (!future.isFinished())
        loop.exec();
    if (!future.isFinished() || future.resultCount() != 1)
        return fail(ErrorKind::unknown, QStringLiteral("the future did not end with one result"));
    return future.result();
}

/// A fake site with an editor, a reader and a post, and a channel to it.
struct WordPressWorld
{
    WordPressWorld();

    [[nodiscard]] ChannelAccess access() const;
    [[nodiscard]] ChannelAccess publicAccess() const;
    [[nodiscard]] std::unique_ptr<WordPressConnector> connector() { return connector(access()); }
    [[nodiscard]] std::unique_ptr<WordPressConnector> connector(const ChannelAccess &access);
    /// That many visitors' comments on the post, a minute apart.
    void visitors(int count);
    [[nodiscard]] QString uri(qint64 comment) const;

    StandingClock clock;
    std::shared_ptr<FakeWordPress> site;
    FakeTransport transport;
    qint64 editor = 0;
    qint64 reader = 0;
    qint64 post = 0;
};

/// What the courier keeps of a channel: messages by uri, and the position, changed page by page.
struct KeptPages
{
    QMap<QString, RemoteMessage> messages;
    QMap<QString, RemoteChange> changes;
    Position position;
    int pages = 0;

    void keep(const Page &page);
    /// Pulls until nothing more follows; the first error ends it.
    [[nodiscard]] Done pullAll(WordPressConnector &connector);
};

} // namespace Earshot
