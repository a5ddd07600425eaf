// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonsignin.h"

#include "networks/mastodonaddress.h"
#include "networks/mastodonconnector.h"
#include "networks/mastodonjson.h"

#include <utility>

namespace Earshot {

namespace {

/// The same words at registering and at authorizing: some servers refuse a wider scope later.
constexpr auto wantedScopes = "read write";

} // namespace

MastodonSignIn::MastodonSignIn(const QString &address, NetworkSetting setting, QObject *parent)
    : BrowserSignIn(parent)
    , m_setting(setting)
{
    if (const auto parsed = parseMastodonAddress(address))
        m_baseUrl = parsed->baseUrl();
    m_client = new MastodonClient(m_baseUrl, {}, setting, this);
}

void MastodonSignIn::begin()
{
    if (m_baseUrl.isEmpty()) {
        end(fail(ErrorKind::invalid, QStringLiteral("not an address of a server")));
        return;
    }
    // redirect_uris as one string in a form is what every server understands.
    const QByteArray form = formOf({{"client_name", QStringLiteral("Earshot")},
                                    {"redirect_uris", redirectUri()},
                                    {"scopes", QLatin1StringView(wantedScopes)}});
    m_client->postForm("/api/v1/apps", form, this, [this](const Result<MastodonReply> &reply) { takeApp(reply); });
}

void MastodonSignIn::takeApp(const Result<MastodonReply> &reply)
{
    if (!reply) {
        // Registering twice does no harm, so nothing is unsure here.
        Error error = reply.error();
        if (error.kind == ErrorKind::unsure)
            error.kind = ErrorKind::transient;
        end(tl::unexpected(error));
        return;
    }
    const QJsonObject app = reply->body.toObject();
    m_clientId = textOf(app, "client_id");
    m_clientSecret = Secret(textOf(app, "client_secret").toUtf8());
    if (m_clientId.isEmpty()) {
        end(fail(ErrorKind::malformed, QStringLiteral("the server gave no client id")));
        return;
    }
    QUrl page = m_baseUrl;
    page.setPath(QStringLiteral("/oauth/authorize"));
    page.setQuery(QString::fromLatin1(formOf({{"response_type", QStringLiteral("code")},
                                              {"client_id", m_clientId},
                                              {"redirect_uri", redirectUri()},
                                              {"scope", QLatin1StringView(wantedScopes)},
                                              {"state", QString::fromLatin1(state())},
                                              {"code_challenge", QString::fromLatin1(pkce().challenge)},
                                              {"code_challenge_method", QStringLiteral("S256")}})));
    openPage(page);
}

void MastodonSignIn::exchange(const QString &code)
{
    const QByteArray form = formOf({{"grant_type", QStringLiteral("authorization_code")},
                                    {"code", code},
                                    {"client_id", m_clientId},
                                    {"client_secret", QString::fromUtf8(m_clientSecret.reveal())},
                                    {"redirect_uri", redirectUri()},
                                    {"code_verifier", QString::fromLatin1(pkce().verifier)}});
    m_client->postForm("/oauth/token", form, this, [this](const Result<MastodonReply> &reply) { takeToken(reply); });
}

void MastodonSignIn::takeToken(const Result<MastodonReply> &reply)
{
    if (!reply) {
        Error error = reply.error();
        // A code works once: whatever went wrong, the way back is to sign in again.
        if (error.kind == ErrorKind::unsure || error.kind == ErrorKind::policy || error.kind == ErrorKind::permission)
            error.kind = ErrorKind::authExpired;
        end(tl::unexpected(error));
        return;
    }
    const Secret token(textOf(reply->body.toObject(), "access_token").toUtf8());
    if (token.isEmpty())
        end(fail(ErrorKind::malformed, QStringLiteral("the server gave no token")));
    else
        learnAccount(token);
}

void MastodonSignIn::learnAccount(const Secret &token)
{
    ChannelAccess access;
    access.network = Network::mastodon;
    // Whoever signed in is who counts, whatever name was asked for; the address only leads to the server.
    access.address = QLatin1StringView("@me@") + (m_baseUrl.authority());
    access.baseUrl = m_baseUrl;
    access.secret = token;
    auto *connector = new MastodonConnector(access, m_setting, this);
    whenDone(connector->check(), this, [this, token](Result<Account> account) {
        if (account)
            end(SignedIn{.token = token, .account = std::move(*account)});
        else
            end(tl::unexpected(account.error()));
    });
}

} // namespace Earshot
