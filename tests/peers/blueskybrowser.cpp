// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "blueskybrowser.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkCookie>
#include <QNetworkReply>
#include <QNetworkRequest>

#include <memory>

namespace Earshot {

BlueskyBrowser::Answer BlueskyBrowser::send(QNetworkRequest request, const QByteArray &body)
{
    QByteArray cookies;
    for (auto it = m_cookies.cbegin(); it != m_cookies.cend(); ++it)
        cookies += (cookies.isEmpty() ? "" : "; ") + it.key() + '=' + it.value();
    if (!cookies.isEmpty())
        request.setRawHeader("Cookie", cookies);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(20'000);
    const std::unique_ptr<QNetworkReply> reply(body.isEmpty() ? m_network.get(request) : m_network.post(request, body));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    const auto set = reply->header(QNetworkRequest::SetCookieHeader).value<QList<QNetworkCookie>>();
    for (const QNetworkCookie &cookie : set)
        m_cookies.insert(cookie.name(), cookie.value());
    Answer answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.location = reply->header(QNetworkRequest::LocationHeader).toUrl();
    answer.body = reply->readAll();
    if (answer.status < 200 || answer.status > 399)
        m_problem =
            QStringLiteral("%1 %2 %3")
                .arg(request.url().path(), QString::number(answer.status), QString::fromUtf8(answer.body.left(400)));
    return answer;
}

bool BlueskyBrowser::open(const QUrl &page)
{
    m_page = page;
    QNetworkRequest request(page);
    request.setRawHeader("Sec-Fetch-Site", "none");
    request.setRawHeader("Sec-Fetch-Mode", "navigate");
    request.setRawHeader("Sec-Fetch-Dest", "document");
    return send(request, {}).status == 200;
}

QJsonObject BlueskyBrowser::call(const char *name, const QJsonObject &body, const QByteArray &token)
{
    QNetworkRequest request(
        m_page.resolved(QUrl(QLatin1StringView("/@atproto/oauth-provider/~api/") + QLatin1StringView(name))));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    request.setRawHeader("Sec-Fetch-Site", "same-origin");
    request.setRawHeader("Sec-Fetch-Mode", "same-origin");
    request.setRawHeader("Origin", m_page.toEncoded(QUrl::RemovePath | QUrl::RemoveQuery));
    request.setRawHeader("Referer", m_page.toEncoded());
    request.setRawHeader("X-CSRF-Token", m_cookies.value("csrf-token"));
    if (!token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + token);
    return QJsonDocument::fromJson(send(request, QJsonDocument(body).toJson(QJsonDocument::Compact)).body).object();
}

QUrl BlueskyBrowser::follow(const QJsonObject &answer)
{
    const QUrl next(answer.value(QStringLiteral("url")).toString());
    if (next.isEmpty())
        return {};
    QNetworkRequest request(next);
    request.setRawHeader("Sec-Fetch-Site", "same-origin");
    request.setRawHeader("Sec-Fetch-Mode", "navigate");
    request.setRawHeader("Sec-Fetch-Dest", "document");
    request.setRawHeader("Referer", m_page.toEncoded());
    return send(request, {}).location;
}

QUrl BlueskyBrowser::allow(const QUrl &page, const QString &handle, const QString &password)
{
    if (!open(page))
        return {};
    const QJsonObject in = call("sign-in", {{QStringLiteral("locale"), QStringLiteral("en")},
                                            {QStringLiteral("username"), handle},
                                            {QStringLiteral("password"), password}});
    const QJsonObject account = in.value(QStringLiteral("account")).toObject();
    return follow(call("consent", {{QStringLiteral("did"), account.value(QStringLiteral("did"))}},
                       in.value(QStringLiteral("ephemeralToken")).toString().toLatin1()));
}

QUrl BlueskyBrowser::deny(const QUrl &page)
{
    return open(page) ? follow(call("reject", {})) : QUrl();
}

} // namespace Earshot
