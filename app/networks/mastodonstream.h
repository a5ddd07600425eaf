// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/secret.h"

#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QWebSocket>

namespace Earshot {

/// Listens to one account's stream over a WebSocket (https://docs.joinmastodon.org/methods/streaming/) and says when
/// something happened that a pull will bring. Comes back with growing pauses when the connection is lost; gives up for
/// good where the server has no streaming. Nothing is replayed after a reconnect, so each one is itself a happening.
class MastodonStream final : public QObject
{
    Q_OBJECT

public:
    MastodonStream(QUrl address, Secret token, QObject *parent);
    void open();
    /// @param first the pause after the first failure; doubled each time up to five minutes, with up to half again of
    /// it added at random
    void setFirstPause(std::chrono::milliseconds first) { m_firstPause = first; }
    [[nodiscard]] bool isOff() const { return m_isOff; }

    /// The stream's address: what the server says, with the scheme and, for loopback addresses, the host of the base,
    /// since servers behind plain http name wss addresses that do not exist.
    [[nodiscard]] static QUrl addressFor(const QUrl &baseUrl, const QUrl &told);

Q_SIGNALS:
    void heard();

private:
    void connectSocket();
    void onMessage(const QString &text);
    void onLost();

    QUrl m_address;
    Secret m_token;
    QWebSocket *m_socket = nullptr; ///< a new one for each connection
    QTimer m_retry;
    QTimer m_quiet;
    QTimer m_ping;
    std::chrono::milliseconds m_firstPause{2000};
    int m_failures = 0;
    bool m_isOff = false;
    bool m_hasAnswer = true;
};

} // namespace Earshot
