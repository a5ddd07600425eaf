// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/httpconnection.h"

#include <QElapsedTimer>
#include <QSet>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTimer>

#include <optional>

namespace Earshot {

/// Accepts connections, counts them, and keeps their times. Lives on the thread that made it; its connections die with
/// it, those handed on do not.
class HttpFront final : public QTcpServer
{
    Q_OBJECT

public:
    explicit HttpFront(const ServerLimits &limits, QObject *parent = nullptr);
    ~HttpFront() override;

    /// From now on new connections speak TLS with this; the others go on with what they have.
    void setTls(const QSslConfiguration &tls) { m_tls = tls; }
    [[nodiscard]] bool hasTls() const { return m_tls.has_value(); }
    /// Also those handed on, until their socket dies.
    [[nodiscard]] int connectionCount() const { return m_connectionCount; }
    /// Since the start: answers of 400 and more, and connections turned away.
    [[nodiscard]] qint64 refusedCount() const { return m_refusedCount; }
    /// No new connections; those there are end with what they are doing.
    void closeSoon();
    /// Whether a request is still being answered.
    [[nodiscard]] bool isBusy() const;

Q_SIGNALS:
    void headArrived(Earshot::HttpConnection *connection);
    /// As HttpConnection has it.
    void refused(Earshot::HttpConnection *connection, int status);
    /// There were too many connections, of this address or of all.
    void turnedAway(const QHostAddress &address);
    /// All connections of this front have ended.
    void emptied();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void count(QTcpSocket *socket);
    void turnAway(QTcpSocket *socket);
    void checkTimes();

    const ServerLimits m_limits;
    std::optional<QSslConfiguration> m_tls;
    QSet<HttpConnection *> m_connections;
    QHash<QString, int> m_perNetwork;
    int m_connectionCount = 0;
    qint64 m_refusedCount = 0;
    BodyBytes m_bodies;
    QElapsedTimer m_clock;
    QTimer m_sweep;
};

} // namespace Earshot
