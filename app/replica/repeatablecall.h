// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/serverconnection.h"

#include <memory>
#include <optional>

namespace Earshot {

/// A call that does something and is safe to repeat; one at a time. After a change of network the old way may be dead
/// and say nothing for a long time: as soon as there is a new one it is asked a second time beside, and the first
/// answer counts. Lives on the thread that made it; the connection outlives it.
class RepeatableCall final : public QObject
{
    Q_OBJECT

public:
    /// @param patience see ServerConnection::callOnce()
    RepeatableCall(ServerConnection &connection, Duration patience, QObject *parent = nullptr);

    /// Ends before the next call. Errors: those of ServerConnection::callOnce(); transient only where nobody was
    /// reached by any of them.
    [[nodiscard]] QFuture<Result<QJsonObject>> ask(const ServerSession &session, const ServerCall &call);
    /// There is a new way; under another log-in or incarnation what is under way is left as it is.
    void setSession(const ServerSession &session);

private:
    using PendingPointer = std::shared_ptr<Pending<QJsonObject>>;

    void tryIt();
    void onAnswer(const PendingPointer &pending, const Result<QJsonObject> &answer);

    ServerConnection &m_connection;
    const Duration m_patience;
    ServerSession m_session; ///< that it is asked under
    ServerCall m_call;
    PendingPointer m_pending;      ///< none = nothing is under way
    int m_tries = 0;               ///< that are under way
    std::optional<Error> m_failed; ///< how one of them ended that may have arrived
};

} // namespace Earshot
