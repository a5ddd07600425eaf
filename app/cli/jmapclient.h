// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cli/await.h"
#include "model/id.h"
#include "model/parting.h"
#include "model/secret.h"
#include "networks/networktransport.h"
#include "replica/replicaserver.h"
#include "replica/serveraddress.h"
#include "replica/serverconnection.h"

#include <QJsonObject>

namespace Earshot {

/// Speaks JMAP with one server as one device, for the command line: everything waits. The token goes to that server
/// and nowhere else. What is refused for a moment (429, 503) is tried again as the server asks. Lives on the main
/// thread. Errors of all: transient (not reached; the detail says why, also what is wrong with a certificate),
/// authExpired (no such token any more), rateLimited, malformed, cancelled.
class JmapClient
{
public:
    /// @param token empty = a stranger, who may only log in
    JmapClient(QUrl server, Secret token, Interrupt &interrupt, const Clock &clock, LinePatience patience = {});

    [[nodiscard]] const QUrl &server() const { return m_server; }

    /// Learns who the token's agent is, and which server this is. Errors: also newerVersion. To be called before call()
    /// and upload().
    [[nodiscard]] Done begin();
    [[nodiscard]] AgentId agent() const { return m_session.agent; }
    [[nodiscard]] const QString &account() const { return m_session.account; }
    [[nodiscard]] int mostActions() const { return m_session.mostActions; }
    /// Which server it is, and how much it knows.
    [[nodiscard]] const ServerEra &era() const { return m_session.era; }

    /// What the server said last about what this device keeps.
    [[nodiscard]] Parting parting() const { return m_parting; }

    /// One method. Errors: those that the method answers, by their kind.
    /// @param isRepeatable whether it may be sent again when nobody knows whether it arrived
    [[nodiscard]] Result<QJsonObject> call(const QString &method, QJsonObject arguments, bool isRepeatable,
                                           Duration patience = std::chrono::seconds(60));
    /// Several methods that may be repeated, as [name, arguments] without the account. @return as many answers
    [[nodiscard]] Result<QJsonArray> callAll(const QJsonArray &calls, Duration patience = std::chrono::seconds(60));
    /// At most `most` bytes of a blob from a place on. Errors: also notFound.
    [[nodiscard]] Result<QByteArray> download(const QString &blob, qint64 from, qint64 most);
    /// Sent once more where nothing was said to it and that would not take too long. @return the blob's id. Errors:
    /// also unsupported (not a type that is sent along), tooLarge.
    [[nodiscard]] Result<QString> upload(const QByteArray &bytes, const QString &type);
    /// A request beside JMAP: "/auth/...".
    [[nodiscard]] Result<QJsonObject> send(const QByteArray &method, const QString &path, const QJsonObject &body);

    /// Lets time pass. Errors: cancelled.
    [[nodiscard]] Done rest(Duration time);

private:
    [[nodiscard]] Result<HttpAnswer> exchange(HttpRequest request);
    [[nodiscard]] Result<HttpAnswer> exchangeFile(HttpRequest request);
    [[nodiscard]] Result<QJsonArray> post(const QJsonArray &calls, bool isRepeatable, Duration patience);
    [[nodiscard]] HttpRequest request(const QByteArray &method, const QString &path) const;
    [[nodiscard]] Error errorOf(const HttpAnswer &answer) const;

    QUrl m_server;
    Secret m_token;
    Interrupt &m_interrupt;
    const Clock &m_clock;
    const LinePatience m_patience;
    NetworkTransport m_transport;
    ServerSession m_session;
    Parting m_parting = Parting::none;
};

} // namespace Earshot
