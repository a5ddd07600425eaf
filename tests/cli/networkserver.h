// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "fakes/fakenetwork.h"

#include <QHash>
#include <QTcpServer>

namespace Earshot {

/// A fake network on a loopback port, for real processes: HTTP/1.1, bodies by Content-Length, one answer a connection.
/// Ends with the test.
class NetworkServer final : public QObject
{
    Q_OBJECT

public:
    /// Listens at once; the network is given afterwards, since it wants to know its port.
    NetworkServer();
    void serve(std::shared_ptr<FakeNetwork> network) { m_network = std::move(network); }
    /// "127.0.0.1:PORT"
    [[nodiscard]] QString host() const;

private:
    void onReadable(QTcpSocket *socket);
    void answer(QTcpSocket *socket, const QByteArray &head, const QByteArray &body);

    QTcpServer m_server;
    std::shared_ptr<FakeNetwork> m_network;
    QHash<QTcpSocket *, QByteArray> m_received;
};

} // namespace Earshot
