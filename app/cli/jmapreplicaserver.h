// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cli/interrupt.h"
#include "cli/jmapclient.h"
#include "replica/replicaserver.h"

namespace Earshot {

/// The server as a replica asks it.
class JmapReplicaServer final : public ReplicaServer
{
public:
    explicit JmapReplicaServer(JmapClient &client)
        : m_client(client)
    {
    }

    [[nodiscard]] Result<SliceListing> slices() override
    {
        const auto answer = m_client.send("GET", QStringLiteral("/jmap/slices"), {});
        if (!answer)
            return tl::unexpected(answer.error());
        return listingFrom(*answer);
    }

    [[nodiscard]] Result<QByteArray> piece(const QString &blob, qint64 from, qint64 most) override
    {
        return m_client.download(blob, from, most);
    }

    [[nodiscard]] bool isClosed() const override { return Interrupt::hasHappened(); }

    [[nodiscard]] Result<QList<ServerCall>> call(const QList<ServerCall> &calls) override
    {
        QJsonArray wishes;
        for (const ServerCall &call : calls) {
            QJsonArray wish;
            wish.append(call.name);
            wish.append(call.object);
            wishes.append(wish);
        }
        const auto responses = m_client.callAll(wishes);
        if (!responses)
            return tl::unexpected(responses.error());
        QList<ServerCall> answers;
        for (const QJsonValue &response : *responses)
            answers.append({response[0].toString(), response[1].toObject()});
        return answers;
    }

    [[nodiscard]] Done rest(Duration time) override { return m_client.rest(time); }

private:
    JmapClient &m_client;
};

} // namespace Earshot
