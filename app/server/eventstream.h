// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/httpconnection.h"
#include "server/presenceclients.h"
#include "server/pushhub.h"

#include <QTimer>

namespace Earshot {

/// One client that listens by server-sent events (RFC 8620 7.3). Dies with its connection.
class EventStream final : public QObject
{
    Q_OBJECT

public:
    struct Wish
    {
        QStringList types; ///< empty = all
        bool closesAfterState = false;
        int pingSeconds = 0; ///< 0 = none
        QString lastEventId;
        QString presence; ///< the client (Presence/set) that hears of others by it; empty = none
    };
    /// Errors: invalid, the detail being the parameter.
    [[nodiscard]] static Result<Wish> readWish(const HttpHead &head, const ServerLimits &limits);

    EventStream(HttpConnection &connection, PushHub &hub, const PresenceClients &presence, const Principal &principal,
                const Wish &wish);
    ~EventStream() override;

private:
    void send(const QByteArray &event, const QJsonObject &data, const QString &id);

    HttpConnection &m_connection;
    PushHub &m_hub;
    const Wish m_wish;
    int m_listener;
    QTimer m_ping;
};

} // namespace Earshot
