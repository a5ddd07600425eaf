// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/waitingserver.h"

#include "replica/pauses.h"

namespace Earshot {

namespace {

constexpr int mostTries = 8;
constexpr Duration shortRest = std::chrono::seconds(1);
constexpr Duration longestRest = std::chrono::minutes(5); // of what the server wishes

} // namespace

template <class T>
Result<T> WaitingServer::patiently(const std::function<QFuture<Result<T>>()> &ask)
{
    for (int tried = 1;; ++tried) {
        Result<T> answer = waitFor(ask());
        if (answer || answer.error().kind != ErrorKind::rateLimited || tried == mostTries)
            return answer;
        const Duration pause = scattered(shortRest, answer.error().until, m_connection.clock().now(), longestRest);
        if (const Done rested = rest(pause); !rested)
            return tl::unexpected(rested.error());
    }
}

Result<SliceListing> WaitingServer::slices()
{
    return patiently<SliceListing>([this] { return m_connection.slices(); });
}

Result<QByteArray> WaitingServer::piece(const QString &blob, qint64 from, qint64 most)
{
    return patiently<QByteArray>([&] { return m_connection.piece(m_account, blob, from, most); });
}

Result<QList<ServerCall>> WaitingServer::call(const QList<ServerCall> &calls)
{
    return patiently<QList<ServerCall>>([&] { return m_connection.call(m_account, calls); });
}

} // namespace Earshot
