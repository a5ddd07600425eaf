// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/future.h"
#include "model/secret.h"
#include "model/time.h"
#include "networks/networktransport.h"

#include <QJsonObject>
#include <QTimer>
#include <QUrl>
#include <QWebSocket>

#include <memory>
#include <optional>

namespace Earshot {

/// What of a ServerConnection lives on its thread: the transport and the socket.
class ServerWire final : public QObject
{
    Q_OBJECT

public:
    /// @param authorities certificates (PEM) that are trusted here too, and nowhere else; may be empty
    /// @param beat of LinePatience
    ServerWire(Secret token, QByteArray authorities, Duration beat);

    void open();
    void close();
    void setToken(const Secret &token) { m_token = token; }
    [[nodiscard]] const Secret &token() const { return m_token; }
    void send(HttpRequest request, const std::shared_ptr<Pending<HttpAnswer>> &pending);
    /// What is sent from now on.
    void connectAnew();
    void rest(Duration time, const std::shared_ptr<Pending<bool>> &pending);
    /// @param line what its signals name it
    void listen(const QUrl &address, const QString &pushState, int line);
    void stopListening();
    /// To the server, where it is listened to; else to nobody.
    void say(const QJsonObject &message);

Q_SIGNALS:
    /// The server has answered over the socket: what is between lets more pass than the beginning.
    void listening(int line);
    void told(const QJsonObject &message);
    void presenceTold(const QJsonObject &message);
    void listeningEnded(const QString &why, int line);

private:
    [[nodiscard]] QByteArray authorization() const { return "Bearer " + m_token.reveal(); }
    void onConnected(const QString &pushState);
    void onAnswer();
    void onText(const QString &text);
    void onLost();
    void beat();

    Secret m_token;
    const QByteArray m_authorities;
    const Duration m_beatEvery;
    std::optional<QSslConfiguration> m_ssl;        ///< nothing = as the whole process
    std::unique_ptr<NetworkTransport> m_transport; ///< null = closed
    QWebSocket *m_socket = nullptr;                ///< a new one for each connection
    QTimer *m_beat = nullptr;
    QString m_trouble; ///< what a certificate lacks, or that nothing is answered
    int m_line = 0;
    bool m_hasAnswer = true;
    bool m_isListening = false;
};

} // namespace Earshot
