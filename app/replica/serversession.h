// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"
#include "model/id.h"
#include "replica/serverera.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QUrl>

namespace Earshot {

/// Who this device is to a server.
struct ServerSession
{
    QString account; ///< the workspace there
    AgentId agent;
    QString device;      ///< this one's UUID
    int mostActions = 1; ///< in one Action/perform
    QUrl socket;         ///< of its push
    ServerEra era;
    qint64 mostBytes = 0; ///< in one request; 0 = it does not say
    int logIn = 0;        ///< ServerConnection::presentLogIn() before it was asked for

    /// What requests under it are written in: the array `using`.
    [[nodiscard]] static QJsonArray capabilities();
    /// What was asked under the one may be answered under the other: it is the same log-in at the same incarnation.
    [[nodiscard]] bool isSameAs(const ServerSession &other) const
    {
        return logIn == other.logIn && era.incarnation == other.era.incarnation;
    }
};

/// What a server's session resource says of the device that asked for it; without `logIn`. Errors: newerVersion (it
/// speaks what is not understood here), malformed.
[[nodiscard]] Result<ServerSession> sessionFrom(const QJsonObject &object, const QUrl &server);

} // namespace Earshot
