// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/socketservice.h"

#include <QWebSocket>

namespace Earshot {

/// One WebSocket: RFC 8887 4. Owned by its service; ends itself with the socket.
class SocketClient final : public QObject
{
    Q_OBJECT

public:
    /// @param wire what the socket was made from
    SocketClient(QWebSocket *socket, QTcpSocket *wire, const Principal &principal, const SocketService::Parts &parts,
                 const ServerLimits &limits, QObject *parent);
    ~SocketClient() override;

    /// A request is being carried out, or its answer waits to be taken.
    [[nodiscard]] bool isBusy() const { return m_running > 0 || m_isAnswerUnsent; }
    void closeSoon();
    /// Pings; ends a socket that did not answer the last one, or takes nothing.
    void beat();

private:
    void onText(const QString &text);
    void onRequest(const QString &id, const QJsonObject &object);
    void onPushDisable();
    void onPushEnable(const QJsonObject &object);
    void onPresence(const QJsonObject &object);
    void send(const QJsonObject &object);
    void sendText(const QByteArray &text);
    void sendPush(const QByteArray &text);
    [[nodiscard]] bool sendAtOnce(const QByteArray &text);
    void onBytesTaken();
    [[nodiscard]] qint64 unsent() const;
    void sendProblem(const QString &id, const Problem &problem, Duration wait = {});
    void sendResponse(const QString &id, const Result<QJsonObject> &answer);
    void finishOne();

    QWebSocket *m_socket;
    QTcpSocket *m_wire;
    const bool m_isEncrypted;
    const Principal m_principal;
    const SocketService::Parts m_parts;
    const ServerLimits &m_limits;
    int m_listener = 0;
    int m_presence = 0;
    int m_running = 0;
    bool m_isAnswerUnsent = false;
    bool m_isAlive = true;
    bool m_isClosing = false;
    bool m_isBehind = false; ///< it reads slower than is told: it is told of nothing until it has read what there is
};

} // namespace Earshot
