// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakeblueskyoauth.h"

#include "fakes/requestparts.h"
#include "networks/browsersignin.h"
#include "networks/es256key.h"
#include "networks/jsonvalues.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QLocale>

#include <algorithm>

namespace Earshot {

namespace {

constexpr Duration accessLife = std::chrono::hours(1);
constexpr qint64 proofTolerance = 190; // seconds

QJsonObject decoded(const QByteArray &part)
{
    return QJsonDocument::fromJson(QByteArray::fromBase64(part, QByteArray::Base64UrlEncoding)).object();
}

/// The address of a program on the asking machine, whatever its port.
bool isLoopbackOf(const QString &redirect, const QString &clientId)
{
    QUrl asked(redirect);
    asked.setPort(-1);
    return item(QUrlQuery(QUrl(clientId)), "redirect_uri") == asked.toString() &&
           asked.host() == QLatin1StringView("127.0.0.1");
}

} // namespace

HttpAnswer FakeBlueskyOAuth::told(int status, const QJsonObject &body) const
{
    HttpAnswer answer;
    answer.status = status;
    answer.headers.insert("content-type", "application/json");
    answer.headers.insert("dpop-nonce", "nonce-" + QByteArray::number(m_nonce));
    answer.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return answer;
}

HttpAnswer FakeBlueskyOAuth::refused(int status, const char *error, const QString &description) const
{
    HttpAnswer answer = told(status, {{QStringLiteral("error"), QLatin1StringView(error)},
                                      {QStringLiteral("error_description"), description},
                                      {QStringLiteral("message"), description}});
    if (status == 401)
        answer.headers.insert("www-authenticate", QByteArray("DPoP error=\"") + error + "\"");
    return answer;
}

void FakeBlueskyOAuth::expireTokens()
{
    for (Grant &grant : m_grants)
        grant.ends = timeFromMs(1);
}

HttpAnswer FakeBlueskyOAuth::document() const
{
    QJsonObject document{
        {QStringLiteral("issuer"), m_origin},
        {QStringLiteral("authorization_endpoint"), QString(m_origin + QStringLiteral("/oauth/authorize"))},
        {QStringLiteral("token_endpoint"), QString(m_origin + QStringLiteral("/oauth/token"))},
        {QStringLiteral("pushed_authorization_request_endpoint"), QString(m_origin + QStringLiteral("/oauth/par"))},
        {QStringLiteral("require_pushed_authorization_requests"), true},
        {QStringLiteral("authorization_response_iss_parameter_supported"), true},
        {QStringLiteral("client_id_metadata_document_supported"), true},
        {QStringLiteral("scopes_supported"), QJsonArray{QStringLiteral("atproto"), QStringLiteral("transition:generic"),
                                                        QStringLiteral("transition:chat.bsky")}},
        {QStringLiteral("response_types_supported"), QJsonArray{QStringLiteral("code")}},
        {QStringLiteral("code_challenge_methods_supported"), QJsonArray{QStringLiteral("S256")}},
        {QStringLiteral("dpop_signing_alg_values_supported"), QJsonArray{QStringLiteral("ES256")}},
        {QStringLiteral("token_endpoint_auth_methods_supported"),
         QJsonArray{QStringLiteral("none"), QStringLiteral("private_key_jwt")}}};
    for (auto it = m_changed.begin(); it != m_changed.end(); ++it)
        document.insert(it.key(), it.value());
    return told(200, document);
}

std::optional<HttpAnswer> FakeBlueskyOAuth::answer(const HttpRequest &request, Time now)
{
    const QString path = request.url.path();
    if (!m_isOffered ||
        !(path.startsWith(QLatin1StringView("/oauth/")) || path.startsWith(QLatin1StringView("/.well-known/oauth-"))))
        return {};
    if (path == QLatin1StringView("/.well-known/oauth-protected-resource")) {
        const QString resource = textOf(m_changed, "resource");
        return told(200, {{QStringLiteral("resource"), resource.isEmpty() ? m_origin : resource},
                          {QStringLiteral("authorization_servers"), QJsonArray{m_origin}}});
    }
    if (path == QLatin1StringView("/.well-known/oauth-authorization-server"))
        return document();
    QJsonObject key;
    if (request.method != "POST")
        return refused(405, "invalid_request", QStringLiteral("Method not allowed"));
    if (auto refusal = checkProof(request, {}, now, 400, &key))
        return refusal;
    if (path == QLatin1StringView("/oauth/par"))
        return push(request, key);
    if (path == QLatin1StringView("/oauth/token"))
        return token(request, key, now);
    return refused(404, "invalid_request", QStringLiteral("Not found"));
}

std::optional<HttpAnswer> FakeBlueskyOAuth::checkProof(const HttpRequest &request, const QByteArray &token, Time now,
                                                       int status, QJsonObject *key) const
{
    const auto header = std::find_if(request.headers.begin(), request.headers.end(),
                                     [](const auto &one) { return one.first.toLower() == "dpop"; });
    if (header == request.headers.end())
        return refused(status, "invalid_dpop_proof", QStringLiteral("DPoP proof required"));
    const QByteArrayList parts = header->second.split('.');
    const QJsonObject head = decoded(parts.value(0));
    const QJsonObject claims = decoded(parts.value(1));
    *key = objectOf(head, "jwk");
    const QByteArray signature = QByteArray::fromBase64(parts.value(2), QByteArray::Base64UrlEncoding);
    const QString ath = QString::fromLatin1(urlSafe(QCryptographicHash::hash(token, QCryptographicHash::Sha256)));
    const qint64 age = toMs(now) / 1000 - valueOf(claims, "iat").toInteger();
    const QString address = request.url.toString(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::FullyEncoded);
    const bool isRight = textOf(head, "typ") == QLatin1StringView("dpop+jwt") &&
                         textOf(head, "alg") == QLatin1StringView("ES256") && !key->contains(QLatin1StringView("d")) &&
                         isSignedBy(*key, parts.value(0) + '.' + parts.value(1), signature) &&
                         std::abs(age) <= proofTolerance && textOf(claims, "htu") == address &&
                         textOf(claims, "htm") == QString::fromLatin1(request.method) &&
                         (token.isEmpty() ? !claims.contains(QLatin1StringView("ath")) : textOf(claims, "ath") == ath);
    const QString id = textOf(claims, "jti");
    if (!isRight || id.isEmpty() || m_proofs.contains(id)) {
        HttpAnswer refusal = refused(status, "invalid_dpop_proof", QStringLiteral("Invalid DPoP proof"));
        refusal.headers.insert(
            "date",
            QLocale::c().toString(toDateTime(now), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'")).toLatin1());
        return refusal;
    }
    m_proofs.insert(id);
    if (textOf(claims, "nonce") != QStringLiteral("nonce-%1").arg(m_nonce))
        return refused(status, "use_dpop_nonce", QStringLiteral("Authorization server requires nonce in DPoP proof"));
    return {};
}

HttpAnswer FakeBlueskyOAuth::push(const HttpRequest &request, const QJsonObject &key)
{
    const QUrlQuery form = formFrom(request.body);
    const QString client = item(form, "client_id");
    const QString known = item(QUrlQuery(QUrl(client)), "scope");
    const QStringList scopes = item(form, "scope").split(QLatin1Char(' '));
    const bool isKnown = std::all_of(scopes.begin(), scopes.end(), [&known](const QString &scope) {
        return known.split(QLatin1Char(' ')).contains(scope);
    });
    const bool isRight = client.startsWith(QLatin1StringView("http://localhost?")) &&
                         isLoopbackOf(item(form, "redirect_uri"), client) && isKnown &&
                         scopes.contains(QLatin1StringView("atproto")) &&
                         item(form, "response_type") == QLatin1StringView("code") &&
                         item(form, "code_challenge_method") == QLatin1StringView("S256") &&
                         item(form, "code_challenge").size() == 43 && !item(form, "state").isEmpty();
    if (!isRight)
        return refused(400, "invalid_request", QStringLiteral("The request is not complete"));
    Request pushed;
    pushed.form = form;
    pushed.key = key;
    pushed.uri = QStringLiteral("urn:ietf:params:oauth:request_uri:req-%1").arg(++m_serial);
    m_requests.append(pushed);
    return told(201, {{QStringLiteral("request_uri"), pushed.uri}, {QStringLiteral("expires_in"), 299}});
}

QUrl FakeBlueskyOAuth::decideInBrowser(const QUrl &page, const QString &did, bool isAllowed)
{
    const QUrlQuery query(page);
    const auto request = std::find_if(m_requests.begin(), m_requests.end(), [&query](const Request &one) {
        return one.uri == item(query, "request_uri") && item(one.form, "client_id") == item(query, "client_id");
    });
    if (request == m_requests.end())
        return {};
    QUrl back(item(request->form, "redirect_uri"));
    QList<std::pair<QByteArray, QString>> pairs{{"iss", m_origin}, {"state", item(request->form, "state")}};
    if (isAllowed) {
        request->did = m_wrongOwner.isEmpty() ? did : m_wrongOwner;
        request->code = QStringLiteral("cod-%1").arg(++m_serial);
        pairs.append({"code", request->code});
    } else {
        pairs.append({"error", QStringLiteral("access_denied")});
    }
    back.setQuery(QString::fromLatin1(formOf(pairs)));
    return back;
}

HttpAnswer FakeBlueskyOAuth::token(const HttpRequest &request, const QJsonObject &key, Time now)
{
    const QUrlQuery form = formFrom(request.body);
    if (item(form, "grant_type") == QLatin1StringView("authorization_code"))
        return redeem(form, key, now);
    if (item(form, "grant_type") == QLatin1StringView("refresh_token"))
        return renew(form, key, now);
    return refused(400, "unsupported_grant_type", QStringLiteral("Grant type not supported"));
}

HttpAnswer FakeBlueskyOAuth::redeem(const QUrlQuery &form, const QJsonObject &key, Time now)
{
    const auto request = std::find_if(m_requests.begin(), m_requests.end(), [&form](const Request &one) {
        return !one.code.isEmpty() && one.code == item(form, "code");
    });
    const bool isRight =
        request != m_requests.end() && request->key == key &&
        item(request->form, "client_id") == item(form, "client_id") &&
        item(request->form, "redirect_uri") == item(form, "redirect_uri") &&
        challengeFor(item(form, "code_verifier").toLatin1()) == item(request->form, "code_challenge").toLatin1();
    if (!isRight)
        return refused(400, "invalid_grant", QStringLiteral("Invalid code"));
    Grant grant;
    grant.did = request->did;
    grant.client = item(form, "client_id");
    grant.scope = item(request->form, "scope");
    grant.key = key;
    m_requests.erase(request);
    m_grants.append(grant);
    return handOut(m_grants.last(), now);
}

HttpAnswer FakeBlueskyOAuth::renew(const QUrlQuery &form, const QJsonObject &key, Time now)
{
    const QByteArray token = item(form, "refresh_token").toLatin1();
    const auto grant = std::find_if(m_grants.begin(), m_grants.end(), [&token](const Grant &one) {
        return one.refresh == token || one.spent.contains(token);
    });
    if (grant == m_grants.end() || grant->key != key || grant->client != item(form, "client_id"))
        return refused(400, "invalid_grant", QStringLiteral("Invalid refresh token"));
    if (grant->refresh != token) {
        m_grants.erase(grant);
        return refused(400, "invalid_grant", QStringLiteral("Refresh token replayed"));
    }
    grant->spent.insert(token);
    ++m_renewals;
    return handOut(*grant, now);
}

HttpAnswer FakeBlueskyOAuth::handOut(Grant &grant, Time now)
{
    grant.access = "access-" + QByteArray::number(++m_serial);
    grant.refresh = "ref-" + QByteArray::number(++m_serial);
    grant.ends = now + accessLife;
    return told(200, {{QStringLiteral("access_token"), QString::fromLatin1(grant.access)},
                      {QStringLiteral("token_type"), QStringLiteral("DPoP")},
                      {QStringLiteral("refresh_token"), QString::fromLatin1(grant.refresh)},
                      {QStringLiteral("scope"), grant.scope},
                      {QStringLiteral("expires_in"), qint64(accessLife.count() / 1000)},
                      {QStringLiteral("sub"), grant.did}});
}

std::optional<HttpAnswer> FakeBlueskyOAuth::authorise(const HttpRequest &request, Time now, QString *did) const
{
    const QByteArray token = request.authorization.reveal().mid(5);
    QJsonObject key;
    if (auto refusal = checkProof(request, token, now, 401, &key))
        return refusal;
    const auto grant =
        std::find_if(m_grants.begin(), m_grants.end(), [&token](const Grant &one) { return one.access == token; });
    if (grant == m_grants.end() || grant->key != key)
        return refused(401, "invalid_token", QStringLiteral("Invalid token"));
    if (grant->ends <= now)
        return refused(401, "invalid_token", QStringLiteral("Token expired"));
    *did = grant->did;
    return {};
}

} // namespace Earshot
