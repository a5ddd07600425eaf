// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/accesslog.h"
#include "server/blobservice.h"
#include "server/eventstream.h"
#include "server/httpfront.h"
#include "server/jmapprocessor.h"
#include "server/loginservice.h"
#include "server/pushhub.h"
#include "server/ratelimiter.h"
#include "server/socketservice.h"

namespace Earshot {

/// A desk over the wire: JMAP (RFC 8620), WebSockets (RFC 8887), log-in. Lives on the desk's thread; dies before it.
class Server final : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        ServerLimits limits;
        QStringList origins;                ///< pages of other sites that may call, "https://desk.example"
        bool isBehindProxy = false;         ///< believes X-Forwarded-For and X-Forwarded-Proto of loopback
        QString publicUrl;                  ///< what clients know it by; empty = what they ask for
        ChannelService *channels = nullptr; ///< the networks; outlives the server; null = none
    };

    Server(LocalDesk &desk, Options options, QObject *parent = nullptr);
    ~Server() override;

    /// Errors: refused (beyond loopback without TLS), io.
    [[nodiscard]] Done listen(const QHostAddress &address, quint16 port,
                              const std::optional<QSslConfiguration> &tls = std::nullopt);
    /// New connections speak TLS with this from now on.
    void setTls(const QSslConfiguration &tls) { m_front.setTls(tls); }
    [[nodiscard]] quint16 port() const { return m_front.serverPort(); }
    [[nodiscard]] int connectionCount() const { return m_front.connectionCount(); }
    struct Counts
    {
        qint64 sockets = 0;
        qint64 listeners = 0;
        qint64 running = 0;
        qint64 requests = 0; ///< since the start
        qint64 refused = 0;  ///< since the start: what was not carried out, and connections turned away
    };
    [[nodiscard]] Counts counts() const;

    /// Takes nothing new, finishes what was accepted, then tells stopped().
    void stop();

Q_SIGNALS:
    /// A JMAP request has come whole and is being carried out.
    void requestAccepted();
    void stopped();

private:
    using Handler = void (Server::*)(HttpConnection &connection, const Principal &principal);
    struct Route
    {
        const char *method;
        const char *path;
        Handler handler;
    };
    static const QList<Route> &routes();

    void onHead(HttpConnection *connection);
    void route(HttpConnection &connection);
    void authenticate(HttpConnection &connection, Handler handler);
    [[nodiscard]] bool slowsStranger(HttpConnection &connection, const QString &about = {});
    void refuse(HttpConnection &connection, const HttpReply &refusal);
    void refuseForeign(HttpConnection &connection);
    void refuseStranger(HttpConnection &connection);
    void sayWhoIsNot(HttpConnection &connection);
    void takeErased(HttpConnection &connection);
    void noteErased(HttpConnection &connection, const Authenticator::Farewell &farewell);
    void answerHealth(HttpConnection &connection);
    void takeLogin(HttpConnection &connection);
    void logIn(HttpConnection &connection, const QByteArray &body);
    void answerLogin(HttpConnection &connection, const Result<LoginService::Answer> &answer);

    void sendSession(HttpConnection &connection, const Principal &principal);
    void takeRequest(HttpConnection &connection, const Principal &principal);
    void runRequest(HttpConnection &connection, const Principal &principal, const QByteArray &body);
    void takeUpload(HttpConnection &connection, const Principal &principal);
    void keepUpload(HttpConnection &connection, const Principal &principal, const QString &account,
                    const QByteArray &body);
    void sendBlob(HttpConnection &connection, const Principal &principal);
    void listSlices(HttpConnection &connection, const Principal &principal);
    void openStream(HttpConnection &connection, const Principal &principal);
    void openSocket(HttpConnection &connection, const Principal &principal);
    [[nodiscard]] bool refusesListener(HttpConnection &connection, const Principal &principal);
    void listTokens(HttpConnection &connection, const Principal &principal);
    void dropToken(HttpConnection &connection, const Principal &principal);
    void logOut(HttpConnection &connection, const Principal &principal);
    void revoke(HttpConnection &connection, const Principal &principal, const QString &token);

    [[nodiscard]] QHostAddress clientAddress(const HttpConnection &connection) const;
    [[nodiscard]] QString baseUrl(const HttpConnection &connection) const;
    [[nodiscard]] bool isForeign(const HttpConnection &connection) const;
    [[nodiscard]] bool isInvited(const HttpConnection &connection) const;
    void answerPreflight(HttpConnection &connection);
    void refuseKnown(HttpConnection &connection, const Principal &principal, const QString &what,
                     const HttpReply &refusal);
    void onRefused(HttpConnection *connection, int status);
    void onTurnedAway(const QHostAddress &address);
    [[nodiscard]] SocketService::Parts partsOfSockets();
    void endWhenIdle();

    LocalDesk &m_desk;
    const Options m_options;
    AccessLog m_log;
    Authenticator m_authenticator;
    LoginService m_logins;
    PresenceHub m_presence;
    PresenceClients m_presenceClients;
    JmapProcessor m_processor;
    PushHub m_hub;
    SliceStore m_slices;
    BlobService m_blobs;
    RateLimiter m_requests;
    RateLimiter m_strangers;
    PlaceLimiter m_running;   ///< requests by token
    PlaceLimiter m_uploading; ///< bodies of uploads by token
    SocketService m_sockets;
    HttpFront m_front;
    qint64 m_requestCount = 0;
    qint64 m_refusedOnSockets = 0;
    QTimer m_ending;
    bool m_isStopping = false;
};

} // namespace Earshot
