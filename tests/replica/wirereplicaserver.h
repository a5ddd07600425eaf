// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/replicasync.h"
#include "replica/serverconnection.h"
#include "tests/server/serverworld.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace Earshot {

/// The server over a real connection, or as it is on a bad day.
class WireReplicaServer final : public ReplicaServer
{
public:
    WireReplicaServer(ServerWorld &world, AgentId agent)
        : m_world(world)
        , m_client(world.client(agent))
    {
    }

    std::function<void()> meanwhile;                       ///< happens before each call
    std::function<void(QList<ServerCall> &answers)> spoil; ///< what comes is otherwise than it was sent
    int failAt = 0;                                        ///< the request of this number fails; 0 = none
    int spoilAt = 0;                                       ///< the piece of this number arrives with a wrong byte
    int listings = 0;                                      ///< so often slices were asked for
    QStringList fetched;                                   ///< slices that were begun to be fetched
    std::atomic<int> asked{0};                             ///< so many requests
    std::atomic<bool> isAsking{false};
    QString noRoomFor;                     ///< this slice does not fit on the disk
    int closeAt = 0;                       ///< closed from the question of this number whether it is; 0 = never
    mutable std::atomic<int> questions{0}; ///< so many

    [[nodiscard]] Result<SliceListing> slices() override
    {
        return ask<SliceListing>([this]() -> Result<SliceListing> {
            SliceListing listing = listingFrom(m_client->get("/jmap/slices").json());
            ++listings;
            return listing;
        });
    }

    [[nodiscard]] Result<QByteArray> piece(const QString &blob, qint64 from, qint64 most) override
    {
        return ask<QByteArray>([&]() -> Result<QByteArray> {
            if (from == 0)
                fetched.append(blob);
            if (blob == noRoomFor)
                return fail(ErrorKind::diskFull);
            const QByteArray range = QByteArray::number(from) + '-' + QByteArray::number(from + most - 1);
            const WireReply reply = m_client->send(
                "GET", "/jmap/download/" + m_world.account().toLatin1() + '/' + blob.toLatin1() + "/x?type=x/x", {},
                "Range: bytes=" + range + "\r\n");
            if (reply.status != 206)
                return fail(ErrorKind::notFound, blob);
            QByteArray bytes = reply.body;
            if (--spoilAt == 0)
                bytes[bytes.size() / 2] = char(bytes.at(bytes.size() / 2) ^ 1);
            return bytes;
        });
    }

    [[nodiscard]] Result<QList<ServerCall>> call(const QList<ServerCall> &calls) override
    {
        return ask<QList<ServerCall>>([&]() -> Result<QList<ServerCall>> {
            if (meanwhile)
                meanwhile();
            QJsonArray wishes;
            for (const ServerCall &call : calls) {
                QJsonObject arguments = call.object;
                arguments.insert(QStringLiteral("accountId"), m_world.account());
                QJsonArray wish;
                wish.append(call.name);
                wish.append(arguments);
                wish.append(QString::number(wishes.size()));
                wishes.append(wish);
            }
            QList<ServerCall> answers;
            const QJsonArray responses =
                m_client->post(wishes).json().value(QStringLiteral("methodResponses")).toArray();
            for (const QJsonValue &response : responses)
                answers.append({response[0].toString(), response[1].toObject()});
            if (answers.size() != calls.size())
                return fail(ErrorKind::malformed, QStringLiteral("%1 answers").arg(answers.size()));
            if (spoil)
                spoil(answers);
            return answers;
        });
    }

    [[nodiscard]] bool isClosed() const override { return ++questions >= closeAt && closeAt > 0; }

    [[nodiscard]] Done rest(Duration) override
    {
        QCoreApplication::processEvents();
        return {};
    }

private:
    template <class T>
    Result<T> ask(const std::function<Result<T>()> &work)
    {
        if (++asked == failAt)
            return fail(ErrorKind::transient, QStringLiteral("the line is cut"));
        isAsking = true;
        Result<T> answer = work();
        isAsking = false;
        return answer;
    }

    ServerWorld &m_world;
    std::unique_ptr<WireClient> m_client;
};

/// Those with a channel's conversations, as such an agent is told of them, the newest first; none = they are not made
/// yet.
inline QStringList slicesOf(ServerWorld &world, AgentId agent, ChannelId channel)
{
    WireReplicaServer other(world, agent);
    SliceListing listing = other.slices().value_or(SliceListing());
    if (!listing.isComplete)
        return {};
    listing.slices.removeIf([channel](const ListedSlice &slice) {
        return slice.kind != QStringLiteral("conversations") || slice.channel != channel.value;
    });
    std::ranges::sort(listing.slices, std::ranges::greater(), &ListedSlice::newest);
    QStringList blobs;
    for (const ListedSlice &slice : listing.slices)
        blobs.append(slice.blob);
    return blobs;
}

/// Small pieces and batches, so that every place in which it may end is met.
inline ReplicaSync::Sizes smallSizes()
{
    ReplicaSync::Sizes sizes;
    sizes.piece = 6000;
    sizes.changes = 20;
    sizes.put = Duration(0);
    sizes.betweenLooks = Duration(0);
    return sizes;
}

inline ServerLimits smallSlices()
{
    ServerLimits limits;
    limits.slices.sizes = {.conversations = 4, .threads = 6, .people = 6, .contacts = 6};
    limits.slices.rest = std::chrono::milliseconds(0);
    limits.requestsPerSecond = limits.requestBurst = 1'000'000;
    return limits;
}

} // namespace Earshot
