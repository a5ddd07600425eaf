// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/http.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QSet>
#include <QSslConfiguration>

#include <memory>
#include <optional>

namespace Earshot {

class HttpExchange;

/// The transport that speaks HTTP/1.1 to real servers (at most six connections to one host). Lives on the network
/// thread. No cookies, no cache, no credentials but the request's own, no HTTP/2; redirects of GET and HEAD are
/// followed up to `maxRedirects` (0: the 3xx is the answer), never from https to http and never with Authorization to
/// another scheme, host or port; all other methods and requests with an effect get the 3xx as their answer. Where one
/// had no answer in time, no connection that is kept is used again: those to one place die together. Of the request's
/// headers those that are the transport's own business (Host, Content-Length, User-Agent, Cookie, Authorization,
/// Accept-Encoding ...) are left out. Destroying it ends what is under way with `cancelled`, or `unsure` where an
/// effect may have left already.
class NetworkTransport final : public QObject, public HttpTransport
{
    Q_OBJECT

public:
    explicit NetworkTransport(QObject *parent = nullptr);
    ~NetworkTransport() override;
    /// What is asked from now on, instead of what the whole process trusts.
    void setSsl(const QSslConfiguration &ssl) { m_ssl = ssl; }
    /// What is asked from now on goes through new connections. What is under way goes on.
    void connectAnew();

    /// Cancelling the future aborts the request.
    [[nodiscard]] QFuture<Result<HttpAnswer>> exchange(HttpRequest request) override;

private:
    std::shared_ptr<QNetworkAccessManager> m_network; ///< keeps connections; an earlier one goes with its last exchange
    std::optional<QSslConfiguration> m_ssl;
    QSet<HttpExchange *> m_exchanges;
    bool m_isClosing = false;
};

} // namespace Earshot
