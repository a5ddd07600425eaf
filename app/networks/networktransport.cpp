// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/networktransport.h"

#include "networks/httpexchange.h"

#include <QPromise>

namespace Earshot {

namespace {

QFuture<Result<HttpAnswer>> failed(ErrorKind kind, const QString &detail)
{
    QPromise<Result<HttpAnswer>> promise;
    promise.start();
    promise.addResult(fail(kind, detail));
    promise.finish();
    return promise.future();
}

bool isWeb(const QUrl &url)
{
    return url.isValid() && !url.host().isEmpty() &&
           (url.scheme() == QLatin1StringView("http") || url.scheme() == QLatin1StringView("https"));
}

} // namespace

NetworkTransport::NetworkTransport(QObject *parent)
    : QObject(parent)
{
    connectAnew();
}

NetworkTransport::~NetworkTransport()
{
    m_isClosing = true;
    while (!m_exchanges.isEmpty()) {
        HttpExchange *exchange = *m_exchanges.cbegin();
        m_exchanges.remove(exchange);
        exchange->cancel();
        delete exchange;
    }
}

void NetworkTransport::connectAnew()
{
    m_network = std::make_shared<QNetworkAccessManager>();
    m_network->setAutoDeleteReplies(false);
    m_network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

QFuture<Result<HttpAnswer>> NetworkTransport::exchange(HttpRequest request)
{
    if (m_isClosing)
        return failed(ErrorKind::cancelled, QStringLiteral("the transport is closing"));
    if (!isWeb(request.url))
        return failed(ErrorKind::invalid, QStringLiteral("not an http or https address"));
    auto *exchange = new HttpExchange(m_network, m_ssl, std::move(request), nullptr);
    m_exchanges.insert(exchange);
    connect(exchange, &HttpExchange::ended, this, [this, exchange, network = m_network.get()] {
        m_exchanges.remove(exchange);
        if (exchange->hasWaitedInVain() && network == m_network.get())
            connectAnew();
        exchange->deleteLater();
    });
    const QFuture<Result<HttpAnswer>> future = exchange->future();
    exchange->start();
    return future;
}

} // namespace Earshot
