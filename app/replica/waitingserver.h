// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/serverconnection.h"

namespace Earshot {

/// What a future gives, waited for: never on the GUI thread. One that ends without anything was cancelled.
template <class T>
[[nodiscard]] Result<T> waitFor(QFuture<Result<T>> future)
{
    future.waitForFinished();
    return future.resultCount() > 0 ? future.result() : Result<T>(fail(ErrorKind::cancelled));
}

/// A connection as a replica's synchronisation asks it. What is refused for a moment is asked again, as the server
/// wishes.
class WaitingServer final : public ReplicaServer
{
public:
    WaitingServer(ServerConnection &connection, QString account)
        : m_connection(connection)
        , m_account(std::move(account))
    {
    }

    [[nodiscard]] Result<SliceListing> slices() override;
    [[nodiscard]] Result<QByteArray> piece(const QString &blob, qint64 from, qint64 most) override;
    [[nodiscard]] Result<QList<ServerCall>> call(const QList<ServerCall> &calls) override;
    [[nodiscard]] Done rest(Duration time) override { return waitFor(m_connection.rest(time)); }
    [[nodiscard]] bool isClosed() const override { return m_connection.isClosed(); }

private:
    template <class T>
    [[nodiscard]] Result<T> patiently(const std::function<QFuture<Result<T>>()> &ask);

    ServerConnection &m_connection;
    QString m_account;
};

} // namespace Earshot
