// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/server.h"

namespace Earshot {

/// Tells Prometheus what a server does, on loopback alone: GET /metrics in its text format. Lives on the server's
/// thread; dies before it.
class MetricsListener final : public QObject
{
    Q_OBJECT

public:
    MetricsListener(const Server &server, Workspace &workspace, QObject *parent = nullptr);

    /// Errors: io.
    [[nodiscard]] Done listen(quint16 port);
    [[nodiscard]] quint16 port() const { return m_front.serverPort(); }

private:
    void onHead(HttpConnection *connection);
    [[nodiscard]] QByteArray text() const;

    const Server &m_server;
    const QString m_path;
    Seq m_lastSeq = 0;
    HttpFront m_front;
};

} // namespace Earshot
