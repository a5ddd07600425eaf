// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonstream.h"

#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkRequest>
#include <QRandomGenerator>
#include <QUrlQuery>

#include <algorithm>

namespace Earshot {

namespace {

using namespace std::chrono_literals;

constexpr auto gathering = 200ms;
constexpr auto longestStreamPause = std::chrono::milliseconds(5min);
/// Servers ping after half a minute of quiet, but not all do: a dead connection must be noticed by us.
constexpr auto pingEvery = 60s;

} // namespace

QUrl MastodonStream::addressFor(const QUrl &baseUrl, const QUrl &told)
{
    const bool isPlain = baseUrl.scheme() == QLatin1StringView("http");
    QUrl url = told.host().isEmpty() || isPlain ? baseUrl : told;
    url.setScheme(isPlain ? QStringLiteral("ws") : QStringLiteral("wss"));
    url.setPath(QStringLiteral("/api/v1/streaming"));
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("stream"), QStringLiteral("user"));
    url.setQuery(query);
    return url;
}

MastodonStream::MastodonStream(QUrl address, Secret token, QObject *parent)
    : QObject(parent)
    , m_address(std::move(address))
    , m_token(std::move(token))
{
    m_retry.setSingleShot(true);
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(gathering);
    m_ping.setInterval(pingEvery);
    connect(&m_retry, &QTimer::timeout, this, &MastodonStream::open);
    connect(&m_quiet, &QTimer::timeout, this, &MastodonStream::heard);
    connect(&m_ping, &QTimer::timeout, this, [this] {
        if (m_hasAnswer) {
            m_hasAnswer = false;
            m_socket->ping();
        } else {
            m_socket->abort();
        }
    });
}

void MastodonStream::connectSocket()
{
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    connect(m_socket, &QWebSocket::textMessageReceived, this, &MastodonStream::onMessage);
    connect(m_socket, &QWebSocket::disconnected, this, &MastodonStream::onLost);
    connect(m_socket, &QWebSocket::connected, this, [this] {
        m_failures = 0;
        m_hasAnswer = true;
        m_ping.start();
        m_quiet.start();
    });
    connect(m_socket, &QWebSocket::pong, this, [this] { m_hasAnswer = true; });
}

void MastodonStream::open()
{
    if (m_isOff || m_socket)
        return;
    connectSocket();
    QNetworkRequest request(m_address);
    // Some servers refuse a handshake without this header, and Qt sends none.
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Earshot/" EARSHOT_VERSION));
    request.setRawHeader("Authorization", "Bearer " + m_token.reveal());
    m_socket->open(request);
}

void MastodonStream::onMessage(const QString &text)
{
    m_hasAnswer = true;
    const QString event = QJsonDocument::fromJson(text.toUtf8()).object().value(QLatin1StringView("event")).toString();
    static const QStringList heardOf{QStringLiteral("notification"), QStringLiteral("update"),
                                     QStringLiteral("status.update"), QStringLiteral("delete"),
                                     QStringLiteral("notifications_merged")};
    if (heardOf.contains(event) && !m_quiet.isActive())
        m_quiet.start();
}

void MastodonStream::onLost()
{
    m_ping.stop();
    if (!m_socket)
        return;
    const QString reason = m_socket->errorString();
    m_socket->disconnect(this);
    m_socket->deleteLater();
    m_socket = nullptr;
    // QWebSocket tells the handshake's status only within its message.
    const bool hasNone = reason.contains(QLatin1StringView("404")) || reason.contains(QLatin1StringView("405")) ||
                         reason.contains(QLatin1StringView("501"));
    if (hasNone && m_failures == 0) {
        m_isOff = true;
        return;
    }
    auto pause = m_firstPause * (1 << std::min(m_failures, 10));
    pause = std::min<std::chrono::milliseconds>(pause, longestStreamPause);
    ++m_failures;
    const auto half = std::max<qint64>(1, pause.count() / 2);
    m_retry.start(pause + std::chrono::milliseconds(QRandomGenerator::global()->bounded(half)));
}

} // namespace Earshot
