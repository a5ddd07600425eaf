// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/channelrunner.h"
#include "desk/localdesk.h"
#include "fakes/fakemastodon.h"

#include <QEventLoop>
#include <QFutureWatcher>
#include <QTemporaryDir>
#include <QTimer>

#include <atomic>
#include <functional>

namespace Earshot {

class WorldClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return timeFromMs(m_now.load()); }
    void advance(Duration by) { m_now += by.count(); }

private:
    std::atomic<qint64> m_now{1'800'000'000'000};
};

/// The result of a future, spinning the event loop; asserts that it ends in time.
template <class T>
T resultOf(const QFuture<T> &future)
{
    QEventLoop loop;
    QFutureWatcher<T> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(std::chrono::seconds(30), &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    if (!future.isFinished())
        loop.exec();
    Q_ASSERT(future.isFinished() && future.resultCount() == 1);
    return future.result();
}

/// A channel's network, and how it is connected: since 30 days ago, work since a day ago, unless it says so itself.
struct Place
{
    std::shared_ptr<FakeNetwork> network;
    Act::AddChannel add;
    QByteArray secret;
};

/// A workspace with one channel on a fake network (a Mastodon server unless another is made), a desk, and a courier's
/// runner for the channel; everything on the test's thread. A "process" can be ended and begun again at any point, the
/// server and the file stay.
class CourierWorld
{
public:
    explicit CourierWorld(FakeMastodon::Dialect dialect);
    /// @param make is given the clock that the network shall follow
    explicit CourierWorld(const std::function<Place(WorldClock &)> &make);

    /// Ends what runs, as a crash would: nothing is finished properly, only the file remains.
    void endProcess();
    void beginProcess();

    [[nodiscard]] ChannelReport pull() { return resultOf(runner->pull()); }
    [[nodiscard]] ChannelReport deliver() { return resultOf(runner->deliver(true, false)); }
    [[nodiscard]] QString customerAsks(const QString &text);
    /// Queues a reply to the only conversation. @return its delivery
    [[nodiscard]] DeliveryId reply(const QString &text);
    [[nodiscard]] DeliveryJob job(DeliveryId delivery);
    /// How many posts of ours hold this text on the network.
    [[nodiscard]] int published(const QString &text) const;
    [[nodiscard]] int storedMessages();
    [[nodiscard]] ChannelRecord channelRow();
    /// Lets every deadline pass.
    void waitLong();

    /// Of the next process's attempts.
    Duration longestAttempt = std::chrono::seconds(45);
    WorldClock clock;
    QTemporaryDir folder;
    Place place;
    std::shared_ptr<FakeMastodon> server;
    std::unique_ptr<FakeTransport> transport;
    std::unique_ptr<SecretStore> secrets;
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<LocalDesk> desk;
    std::unique_ptr<Intake> intake;
    std::unique_ptr<ChannelRunner> runner;
    ChannelId channel;

private:
    void createWorkspace();
};

/// What a workspace holds of the networks, without the numbers that the order of arrival gives: one line a message and
/// one a conversation, sorted.
[[nodiscard]] QStringList rowsOf(Workspace &workspace);
[[nodiscard]] QList<MessageRecord> allMessages(Workspace &workspace);

} // namespace Earshot
