// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/listeners.h"

#include <array>
#include <chrono>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Earshot {

Listeners::~Listeners()
{
    m_isEnding = true;
    if (m_thread.joinable())
        m_thread.join();
    for (const int socket : m_sockets)
        ::close(socket);
    if (m_poll >= 0)
        ::close(m_poll);
}

int Listeners::openOne(quint16 port, const QByteArray &token)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{20, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        m_refusals.append("no connection");
        ::close(socket);
        return -1;
    }
    const QByteArray head = "GET /jmap/ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                            "Sec-WebSocket-Protocol: jmap\r\nAuthorization: Bearer " +
                            token + "\r\n\r\n";
    ::send(socket, head.constData(), size_t(head.size()), MSG_NOSIGNAL);
    std::array<char, 2000> answer{};
    const ssize_t size = ::recv(socket, answer.data(), answer.size(), 0);
    const QByteArray told(answer.data(), std::max<qsizetype>(0, size));
    if (!told.startsWith("HTTP/1.1 101")) {
        m_refusals.append(told.isEmpty()
                              ? QByteArray("no answer")
                              : told.left(told.indexOf('\r')) + (told.contains("Retry-After") ? ", Retry-After" : ""));
        ::close(socket);
        return -1;
    }
    // Masked with nothing.
    const QByteArray enable = R"({"@type":"WebSocketPushEnable","deltas":true})";
    const QByteArray frame = "\x81" + QByteArray(1, char(0x80 | int(enable.size()))) + QByteArray(4, '\0') + enable;
    ::send(socket, frame.constData(), size_t(frame.size()), MSG_NOSIGNAL);
    return socket;
}

int Listeners::open(quint16 port, const QList<QByteArray> &tokens)
{
    m_poll = ::epoll_create1(EPOLL_CLOEXEC);
    m_thread = std::thread([this] { read(); });
    for (const QByteArray &token : tokens) {
        const int socket = openOne(port, token);
        if (socket < 0)
            continue;
        {
            const std::lock_guard lock(m_mutex);
            m_sockets.push_back(socket);
        }
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = socket;
        ::epoll_ctl(m_poll, EPOLL_CTL_ADD, socket, &event);
    }
    return int(m_sockets.size());
}

/// A pong that nobody asked for (RFC 6455 5.5.3): the server's pings are thrown away unread.
void Listeners::sayAlive()
{
    const QByteArray pong = "\x8a\x80" + QByteArray(4, '\0');
    const std::lock_guard lock(m_mutex);
    for (const int socket : m_sockets)
        ::send(socket, pong.constData(), size_t(pong.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
}

void Listeners::read()
{
    std::array<epoll_event, 256> events{};
    auto spoken = std::chrono::steady_clock::now();
    while (!m_isEnding) {
        if (std::chrono::steady_clock::now() - spoken > std::chrono::seconds(20)) {
            sayAlive();
            spoken = std::chrono::steady_clock::now();
        }
        const int count = ::epoll_wait(m_poll, events.data(), int(events.size()), 100);
        for (int i = 0; i < count; ++i) {
            const int socket = events[size_t(i)].data.fd;
            // The kernel drops the bytes, without a copy.
            const ssize_t size = ::recv(socket, nullptr, 4'000'000, MSG_TRUNC | MSG_DONTWAIT);
            if (size > 0) {
                m_bytes += size;
            } else if (size == 0 || (errno != EAGAIN && errno != EINTR)) {
                ++m_ended;
                ::epoll_ctl(m_poll, EPOLL_CTL_DEL, socket, nullptr);
            }
        }
    }
}

} // namespace Earshot
