// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"
#include "workspace/attempts.h"
#include "workspace/ingest.h"

#include <QSize>

namespace Earshot {

/// A picture of a message that is not in the media folder yet.
struct MediaToFetch
{
    qint64 id = 0;
    QString url; ///< of the preview, else of the original
};

/// The second way in, for the courier alone: what networks say and what became of deliveries. All members may be called
/// from any thread; futures end on the writer thread, after COMMIT. The workspace outlives it.
class Intake
{
public:
    explicit Intake(Workspace &workspace)
        : m_workspace(workspace)
    {
    }

    [[nodiscard]] QFuture<Result<IngestReport>> storePage(ChannelId channel, Page page);
    /// Messages that were fetched besides a pull (thread context, refreshed ones): the position stays.
    [[nodiscard]] QFuture<Result<IngestReport>> storeMessages(ChannelId channel, Page page);
    [[nodiscard]] QFuture<Result<bool>> storeHealth(ChannelId channel, Health health, QString detail, Time until);
    [[nodiscard]] QFuture<Result<bool>> storeAccount(ChannelId channel, QString id, QString handle, QString name,
                                                     QString baseUrl, Capabilities capabilities);
    [[nodiscard]] QFuture<Result<bool>> storeAddress(ChannelId channel, QString address);
    /// A server that pulls was down or asleep for long: of all channels that were ever pulled. Each is behind until a
    /// pull of it comes through.
    [[nodiscard]] QFuture<Result<bool>> storePause(Pause pause);
    /// A server that pulls is at work now. Kept in this file alone: no change for any follower.
    [[nodiscard]] QFuture<Result<bool>> storeLifeSign();
    /// When that was last said; not known = never.
    [[nodiscard]] Result<Time> lastLifeSign();
    [[nodiscard]] QFuture<Result<bool>> storeNextPull(ChannelId channel, Time next, bool hasFailed,
                                                      RequestLimit limit = {});
    [[nodiscard]] QFuture<Result<int>> beginAttempt(BeginWish wish);
    [[nodiscard]] QFuture<Result<bool>> endAttempt(AttemptEnd end);
    [[nodiscard]] QFuture<Result<bool>> failDelivery(DeliveryId delivery, Error error);
    /// The network could not be asked just now: the delivery waits until then.
    [[nodiscard]] QFuture<Result<bool>> postpone(DeliveryId delivery, Time until, Error why);
    /// Brings back a channel's deliveries that wait for a time out of reach, as our clock was set back.
    [[nodiscard]] QFuture<Result<int>> shortenWaits(ChannelId channel);
    /// Wakes what was snoozed until now: one event each. @return how many
    [[nodiscard]] QFuture<Result<int>> wakeDue();

    /// What is held of a channel's newest messages, for refreshing: at most `limit`, newest first.
    [[nodiscard]] Result<QList<std::pair<QString, QString>>> newestMessages(ChannelId channel, int limit);

    /// Forgets tombstones older than 90 days; followers from before then start anew. @return how many
    [[nodiscard]] QFuture<Result<int>> forgetOldTombstones();

    /// Pictures of a channel's newest messages that are not there yet, newest first.
    [[nodiscard]] Result<QList<MediaToFetch>> mediaToFetch(ChannelId channel, int limit);
    /// @param original the picture's size; kept where the network did not tell it
    [[nodiscard]] QFuture<Result<bool>> storeMediaHash(qint64 media, QString hash, QSize original);

    [[nodiscard]] Workspace &workspace() { return m_workspace; }

private:
    Workspace &m_workspace;
};

} // namespace Earshot
