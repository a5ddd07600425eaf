// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/http.h"

#include <QFuture>
#include <QHash>
#include <QMap>
#include <QNetworkReply>
#include <QObject>
#include <QPromise>
#include <QSet>
#include <QSslConfiguration>
#include <QSslError>
#include <QTimer>

#include <memory>
#include <optional>

class QNetworkAccessManager;
class QNetworkRequest;

namespace Earshot {

class ReadOnceDevice;

/// One request of NetworkTransport on its way, with its redirects, until its future has ended. Lives on the network
/// thread, owned by the transport, which deletes it after ended().
class HttpExchange final : public QObject
{
    Q_OBJECT

public:
    /// @param ssl what it trusts; nothing = as the whole process
    HttpExchange(std::shared_ptr<QNetworkAccessManager> network, const std::optional<QSslConfiguration> &ssl,
                 HttpRequest request, QObject *parent);
    ~HttpExchange() override;

    [[nodiscard]] QFuture<Result<HttpAnswer>> future() const { return m_promise.future(); }
    void start();
    /// Ends the future now.
    void cancel();
    /// It has ended without an answer in time.
    [[nodiscard]] bool hasWaitedInVain() const { return m_hasWaitedInVain; }

Q_SIGNALS:
    /// Emitted once, just before the future ends.
    void ended();

private:
    void send();
    [[nodiscard]] QNetworkRequest preparedRequest() const;
    void addHeaders(QNetworkRequest &request) const;
    [[nodiscard]] QNetworkReply *sendEffect(const QNetworkRequest &request);
    void listenTo(QNetworkReply *reply);
    void dropReply();

    void onHeaders();
    void onReadyRead();
    void onProgress(qint64 sent);
    void onFinished();
    void onTick();
    void onSslErrors(const QList<QSslError> &errors);

    [[nodiscard]] bool isSilent() const;
    [[nodiscard]] bool isRedirect() const;
    void follow();
    void keepCookies();
    [[nodiscard]] QByteArray cookies() const;
    bool readBody();
    [[nodiscard]] bool isTruncated() const;
    [[nodiscard]] bool mayHaveArrived(QNetworkReply::NetworkError error) const;
    [[nodiscard]] HttpAnswer takeAnswer();
    void endWithError(QNetworkReply::NetworkError error, ErrorKind kind, const QString &detail);
    void end(Result<HttpAnswer> result);
    void armTimer();

    const std::shared_ptr<QNetworkAccessManager> m_network;
    const std::optional<QSslConfiguration> m_ssl;
    HttpRequest m_request;
    QPromise<Result<HttpAnswer>> m_promise;
    QNetworkReply *m_reply = nullptr;
    ReadOnceDevice *m_body = nullptr; ///< of a request with an effect; dies with m_reply
    QTimer m_timer;
    Duration m_deadline{0};  ///< on the clock that counts sleep
    Duration m_lastHeard{0}; ///< on the same: when the last byte came, or was taken
    qint64 m_sent = 0;       ///< bytes of the body

    QUrl m_url; ///< asked at present
    QUrl m_movedTo;
    bool m_isMoveUnbroken = true; ///< only 301 and 308 so far
    QSet<QString> m_visited;
    int m_redirects = 0;
    /// By host and name; for the redirects of this exchange only, so that nobody is known again.
    QHash<QString, QMap<QByteArray, QByteArray>> m_cookies;

    QByteArray m_received;
    QString m_tlsDetail;
    bool m_wasRequestSent = false;
    bool m_hasWaitedInVain = false;
    bool m_hasEnded = false;
};

} // namespace Earshot
