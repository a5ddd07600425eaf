// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTcpServer>

namespace Earshot {

/// A proxy on a free port of 127.0.0.1 before a server: hands bytes on and counts them. Lives on the thread that made
/// it.
class CountingProxy final : public QTcpServer
{
    Q_OBJECT

public:
    explicit CountingProxy(quint16 port);

    /// What TCP carried, without its own heads.
    struct Bytes
    {
        qint64 sent = 0;     ///< to the server
        qint64 received = 0; ///< from it
    };
    /// Since the last call.
    [[nodiscard]] Bytes take() { return std::exchange(m_bytes, {}); }

private:
    void join();

    const quint16 m_port;
    Bytes m_bytes;
};

} // namespace Earshot
