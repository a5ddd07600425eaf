// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/handsocket.h"

namespace Earshot {

namespace {

constexpr quint8 last = 0x80;
constexpr quint8 text = 1;
constexpr quint8 close = 8;
constexpr quint8 ping = 9;
constexpr quint8 pong = 10;

} // namespace

HandSocket::HandSocket(quint16 port, const QByteArray &token)
    : m_client(port, token, {})
{
    m_client.write("GET /jmap/ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Protocol: jmap\r\nAuthorization: Bearer " +
                   token + "\r\n\r\n");
}

bool HandSocket::isOpen()
{
    if (m_isOpen)
        return true;
    read();
    const qsizetype end = m_bytes.indexOf("\r\n\r\n");
    m_isOpen = end > 0 && m_bytes.startsWith("HTTP/1.1 101 ");
    if (m_isOpen)
        m_bytes.remove(0, end + 4);
    return m_isOpen;
}

void HandSocket::send(const QJsonObject &object)
{
    const QByteArray payload = QJsonDocument(object).toJson(QJsonDocument::Compact);
    const int lengthBytes = payload.size() < 126 ? 0 : payload.size() <= 0xffff ? 2 : 8;
    QByteArray head("\x81");
    head += char(0x80 | (lengthBytes == 0 ? payload.size() : lengthBytes == 2 ? 126 : 127));
    for (int i = lengthBytes - 1; i >= 0; --i)
        head += char((quint64(payload.size()) >> (8 * i)) & 0xff);
    m_client.write(head + QByteArray(4, '\0') + payload);
    m_client.socket().flush();
}

void HandSocket::take()
{
    while (const auto frame = nextFrame()) {
        const quint8 kind = frame->first & 0x0f;
        const bool isLast = (frame->first & last) != 0;
        if (kind == close && frame->second.size() >= 2)
            closeCode = quint8(frame->second[0]) << 8 | quint8(frame->second[1]);
        else if (kind <= text)
            m_message += frame->second;
        if (kind <= text && isLast)
            messages.append(std::exchange(m_message, {}));
        const bool isKnown = kind <= text || ((kind == close || kind == ping || kind == pong) && isLast);
        isSound = isSound && isKnown && (frame->first & 0x70) == 0;
    }
}

std::optional<std::pair<quint8, QByteArray>> HandSocket::nextFrame()
{
    if (m_bytes.size() < 2)
        return std::nullopt;
    const int shortLength = quint8(m_bytes[1]) & 0x7f;
    isSound = isSound && shortLength == quint8(m_bytes[1]); // a server masks nothing
    const int more = shortLength < 126 ? 0 : shortLength == 126 ? 2 : 8;
    if (m_bytes.size() < 2 + more)
        return std::nullopt;
    qint64 length = more == 0 ? shortLength : 0;
    for (int i = 0; i < more; ++i)
        length = length << 8 | quint8(m_bytes[2 + i]);
    if (m_bytes.size() < 2 + more + length)
        return std::nullopt;
    const auto frame = std::make_pair(quint8(m_bytes.at(0)), m_bytes.mid(2 + more, length));
    m_bytes.remove(0, 2 + more + length);
    return frame;
}

} // namespace Earshot
