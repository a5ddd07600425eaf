// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/session.h"
#include "sample/sample.h"
#include "sample/samplelife.h"
#include "workspace/queries.h"

#include <QEventLoop>
#include <QFutureWatcher>
#include <QTemporaryDir>
#include <QTimer>

#include <atomic>

namespace Earshot {

/// A time that only a test moves.
class ManualClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return timeFromMs(m_ms.load()); }
    void advance(Duration duration) { m_ms += duration.count(); }

private:
    std::atomic<qint64> m_ms{1'790'000'000'000};
};

/// The future's result; a default one when it does not end in time.
template <class T>
[[nodiscard]] T await(const QFuture<T> &future)
{
    QEventLoop loop;
    QFutureWatcher<T> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(std::chrono::seconds(60), &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    if (!future.isFinished())
        loop.exec();
    return future.isFinished() && future.resultCount() == 1 ? future.result() : T();
}

/// A sample workspace, opened for work. Its networks live as long as it.
struct SampleDesk
{
    explicit SampleDesk(int conversations, quint32 seed = 1);

    [[nodiscard]] Outcome perform(const ActionArguments &arguments, bool force = false);
    [[nodiscard]] QList<ConversationRecord> list(View view, int limit = 5000);
    [[nodiscard]] QList<MessageRecord> messages(ConversationId conversation);
    [[nodiscard]] QList<DeliveryRecord> outbox();
    [[nodiscard]] std::optional<DeliveryRecord> delivery(qint64 id);
    [[nodiscard]] QList<ChannelRecord> channels();
    /// The newest open conversation of the Mastodon account.
    [[nodiscard]] ConversationRecord openMention();
    /// How many of our posts say this.
    [[nodiscard]] int postsSaying(const QString &text) const;

    QTemporaryDir folder;
    ManualClock clock;
    SampleWorld *world = nullptr;
    std::unique_ptr<Session> session; ///< none = making it failed
};

} // namespace Earshot
