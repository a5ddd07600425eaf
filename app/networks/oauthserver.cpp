// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/oauthserver.h"

#include "networks/hosts.h"
#include "networks/jsonvalues.h"

#include <QJsonDocument>

namespace Earshot {

namespace {

QUrl documentAt(const QUrl &server, const char *name)
{
    return QUrl(originOf(server) + QLatin1StringView("/.well-known/") + QLatin1StringView(name));
}

bool names(const QJsonObject &object, const char *list, const char *word)
{
    return listOf(object, list).contains(QLatin1StringView(word));
}

Result<OAuthServer> serverFrom(const QJsonObject &told, const QUrl &asked)
{
    OAuthServer server;
    server.issuer = textOf(told, "issuer");
    if (server.issuer != originOf(asked))
        return fail(ErrorKind::malformed, QStringLiteral("%1 says that it is %2").arg(originOf(asked), server.issuer));
    server.authorize = QUrl(textOf(told, "authorization_endpoint"));
    server.token = QUrl(textOf(told, "token_endpoint"));
    server.par = QUrl(textOf(told, "pushed_authorization_request_endpoint"));
    for (const QUrl &url : {server.authorize, server.token, server.par}) {
        if (!isSafeForSecrets(url))
            return fail(ErrorKind::malformed, QStringLiteral("%1 names no safe addresses").arg(server.issuer));
    }
    const bool canAll = names(told, "code_challenge_methods_supported", "S256") &&
                        names(told, "dpop_signing_alg_values_supported", "ES256") &&
                        names(told, "response_types_supported", "code") &&
                        names(told, "token_endpoint_auth_methods_supported", "none") &&
                        valueOf(told, "authorization_response_iss_parameter_supported").toBool();
    if (!canAll)
        return fail(ErrorKind::unsupported, QStringLiteral("%1 signs in another way").arg(server.issuer));
    const QJsonArray scopes = listOf(told, "scopes_supported");
    for (const QJsonValue &scope : scopes)
        server.scopes.append(scope.toString());
    return server;
}

} // namespace

OAuthServerLookup::OAuthServerLookup(const QUrl &resource, const NetworkSetting &setting, QObject *parent)
    : Errand(parent)
    , m_setting(setting)
{
    ask(documentAt(resource, "oauth-protected-resource"), [this, resource](const QJsonObject &told) {
        const QUrl issuer(listOf(told, "authorization_servers").first().toString());
        if (textOf(told, "resource") != originOf(resource))
            end(fail(ErrorKind::malformed,
                     QStringLiteral("%1 says that it is %2").arg(originOf(resource), textOf(told, "resource"))));
        else if (!isSafeForSecrets(issuer))
            end(fail(ErrorKind::unsupported, QStringLiteral("%1 has no sign-in by browser").arg(originOf(resource))));
        else
            askServer(issuer);
    });
}

void OAuthServerLookup::ask(const QUrl &url, std::function<void(const QJsonObject &)> then)
{
    HttpRequest request;
    request.url = url;
    request.headers = {{"Accept", "application/json"}};
    request.maxBody = 256LL * 1024;
    // Both documents stand where they are asked for, by the profile.
    request.maxRedirects = 0;
    whenDone(m_setting.http->exchange(request), this,
             [this, url, then = std::move(then)](const Result<HttpAnswer> &answer) {
                 if (!answer) {
                     end(tl::unexpected(answer.error()));
                     return;
                 }
                 const QJsonObject told = QJsonDocument::fromJson(answer->body).object();
                 if (answer->status == 200 && !told.isEmpty())
                     then(told);
                 else if (answer->status == 429 || answer->status >= 500)
                     end(tl::unexpected(errorOf(*answer, m_setting.clock->now())));
                 else
                     end(fail(ErrorKind::unsupported, QStringLiteral("%1 has no sign-in by browser").arg(url.host())));
             });
}

void OAuthServerLookup::askServer(const QUrl &issuer)
{
    ask(documentAt(issuer, "oauth-authorization-server"),
        [this, issuer](const QJsonObject &told) { end(serverFrom(told, issuer)); });
}

} // namespace Earshot
