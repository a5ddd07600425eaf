// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/server/wireclient.h"

#include <optional>

namespace Earshot {

/// A WebSocket by hand, that sends exactly the bytes it is told to, and reads when it is told to.
class HandSocket
{
public:
    /// Sends the handshake.
    HandSocket(quint16 port, const QByteArray &token);

    [[nodiscard]] QTcpSocket &socket() { return m_client.socket(); }
    /// Whether the server has agreed; reads until it has.
    [[nodiscard]] bool isOpen();
    /// Takes what has come; take() looks at it.
    void read() { m_bytes += m_client.socket().readAll(); }
    void read(qint64 most) { m_bytes += m_client.socket().read(most); }
    /// One text frame (RFC 6455 5.2), masked with zeros.
    void send(const QJsonObject &object);
    /// Adds the messages that are here whole.
    void take();

    QList<QByteArray> messages; ///< texts, oldest first
    int closeCode = 0;          ///< of the close frame; 0 = none has come
    bool isSound = true;        ///< all frames were as a server may send them

private:
    [[nodiscard]] std::optional<std::pair<quint8, QByteArray>> nextFrame();

    WireClient m_client;
    QByteArray m_bytes;
    QByteArray m_message;
    bool m_isOpen = false;
};

} // namespace Earshot
