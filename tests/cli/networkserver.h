// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "fakes/fakenetwork.h"

#include <QHash>
#include <QTcpServer>

#include <functional>

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
    /// The network's own addresses in its answers begin with http: the client shall follow them.
    void servePlainly(std::shared_ptr<FakeNetwork> network);

    /// What becomes of a request.
    enum class Fate {
        answered,
        unanswered, ///< the network does it, and says nothing: the connection stays open
    };
    using Watch = std::function<Fate(const HttpRequest &request)>;
    /// Asked at each request when it is there whole, before the network sees it; null = all are answered.
    void setWatch(Watch watch) { m_watch = std::move(watch); }
    /// "127.0.0.1:PORT"
    [[nodiscard]] QString host() const;

private:
    void onReadable(QTcpSocket *socket);
    void answer(QTcpSocket *socket, const QByteArray &head, const QByteArray &body);

    QTcpServer m_server;
    std::shared_ptr<FakeNetwork> m_network;
    Watch m_watch;
    bool m_isPlain = false;
    QHash<QTcpSocket *, QByteArray> m_received;
};

} // namespace Earshot
