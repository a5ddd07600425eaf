// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

namespace Earshot {

/// Many WebSockets that listen by deltas and throw away what they hear, so cheaply that the server is measured and not
/// they. They say every 20 s that they are there.
class Listeners
{
public:
    Listeners() = default;
    ~Listeners();
    Listeners(const Listeners &) = delete;
    Listeners &operator=(const Listeners &) = delete;

    /// Opens one for each token, one after another, and begins to read. @return how many are listening
    int open(quint16 port, const QList<QByteArray> &tokens);
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    /// Those that the server has ended.
    [[nodiscard]] int ended() const { return m_ended; }
    /// What was answered to those that were not let in: the first lines, with how often.
    [[nodiscard]] const QList<QByteArray> &refusals() const { return m_refusals; }

private:
    [[nodiscard]] int openOne(quint16 port, const QByteArray &token);
    void read();
    void sayAlive();

    int m_poll = -1;
    std::mutex m_mutex; ///< of m_sockets
    std::vector<int> m_sockets;
    QList<QByteArray> m_refusals;
    std::atomic<qint64> m_bytes = 0;
    std::atomic<int> m_ended = 0;
    std::atomic<bool> m_isEnding = false;
    std::thread m_thread;
};

} // namespace Earshot
