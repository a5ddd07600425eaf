// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>

#include <functional>

namespace Earshot {

/// What a server answered.
struct WireReply
{
    int status = 0; ///< 0 = nothing whole came
    QHash<QByteArray, QByteArray> headers;
    QByteArray body;

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
};

/// An HTTP client that sends exactly the bytes it is told to, on one connection.
class WireClient
{
public:
    WireClient(quint16 port, QByteArray token, QString account);

    /// The raw socket, for rude clients.
    [[nodiscard]] QTcpSocket &socket() { return m_socket; }
    [[nodiscard]] const QByteArray &token() const { return m_token; }
    void write(const QByteArray &bytes);
    /// The next whole answer on the connection.
    [[nodiscard]] WireReply read(int limitMs = 10'000);
    /// Waits until the server has ended the connection.
    [[nodiscard]] bool isClosed(int limitMs = 10'000);
    /// Waits until it is so, asking whenever something came.
    [[nodiscard]] bool waitFor(const std::function<bool()> &isSo, int limitMs = 10'000);

    [[nodiscard]] WireReply send(const QByteArray &method, const QByteArray &path, const QByteArray &body = {},
                                 const QByteArray &headers = {});
    [[nodiscard]] WireReply get(const QByteArray &path) { return send("GET", path); }
    /// POST /jmap/api with our capabilities.
    [[nodiscard]] WireReply post(const QJsonArray &calls);
    /// One method; its response's arguments, or its error with the member `error` beside.
    [[nodiscard]] QJsonObject call(const QString &method, QJsonObject arguments = {});
    /// Action/perform; the outcomes.
    [[nodiscard]] QJsonArray perform(const QJsonArray &actions);

private:
    void connectAgain();
    [[nodiscard]] bool takeReply(WireReply &reply);

    quint16 m_port;
    QByteArray m_token;
    QString m_account;
    QTcpSocket m_socket;
    QByteArray m_buffer;
    bool m_isEnding = false; ///< the server has said that the connection ends
};

/// A list of one method call. (Braces around a single QJsonArray copy it.)
[[nodiscard]] QJsonArray oneCall(const QString &method, const QJsonObject &arguments);

/// A JMAP request's body.
[[nodiscard]] QByteArray requestBody(const QJsonArray &calls);

/// An action as a client writes it.
[[nodiscard]] QJsonObject wireAction(const QString &kind, const QJsonObject &arguments, qint64 number = 0);

} // namespace Earshot
