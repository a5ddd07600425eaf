// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskysignin.h"

#include "networks/blueskyconnector.h"
#include "networks/blueskyidentity.h"
#include "networks/jsonvalues.h"

#include <QJsonDocument>

#include <utility>

namespace Earshot {

namespace {

/// Everything but messages; those where the server knows the word.
const auto baseScope = QStringLiteral("atproto transition:generic");
const auto messageScope = QStringLiteral("transition:chat.bsky");

/// A program on this machine has no address where its description stands: the protocol gives it one that says all.
QString clientIdFor(const QString &scope)
{
    // Ports do not count there.
    return QLatin1StringView("http://localhost?") +
           QString::fromLatin1(
               formOf({{"redirect_uri", QStringLiteral("http://127.0.0.1/callback")}, {"scope", scope}}));
}

} // namespace

BlueskySignIn::BlueskySignIn(const QString &address, NetworkSetting setting, QObject *parent)
    : BrowserSignIn(parent)
    , m_setting(setting)
    , m_text(address)
    , m_address(parseBlueskyAddress(address))
    , m_client(new BlueskyClient(setting, this))
    , m_dpop(new DpopExchange(Es256Key::generate(), setting, this))
{
}

void BlueskySignIn::begin()
{
    const bool isServer = m_address && m_address->kind == BlueskyAddress::Kind::server;
    if (!m_address || (m_address->kind != BlueskyAddress::Kind::account && !isServer)) {
        end(fail(ErrorKind::invalid, QStringLiteral("not an account: %1").arg(m_text)));
        return;
    }
    if (!m_address->server.isEmpty()) {
        m_client->setServer(m_address->server);
        if (isServer)
            askServer();
        else
            askNamedServer();
        return;
    }
    auto *lookup = new BlueskyLookup(*m_client, m_address->name, BlueskyLookup::Way::everywhere, this);
    whenDone(lookup->future(), this, [this](const Result<BlueskyIdentity> &identity) {
        if (!identity) {
            end(tl::unexpected(identity.error()));
            return;
        }
        m_login.did = identity->did;
        m_client->setServer(identity->server);
        askServer();
    });
}

void BlueskySignIn::askNamedServer()
{
    if (isDid(m_address->name)) {
        m_login.did = m_address->name;
        askServer();
        return;
    }
    m_client->get("com.atproto.identity.resolveHandle", {{"handle", m_address->name}}, this,
                  [this](const Result<QJsonObject> &reply) {
                      m_login.did = reply ? textOf(*reply, "did") : QString();
                      if (isDid(m_login.did))
                          askServer();
                      else
                          end(reply ? fail(ErrorKind::malformed, QStringLiteral("the account has no DID"))
                                    : tl::unexpected(reply.error()));
                  });
}

void BlueskySignIn::askServer()
{
    auto *lookup = new OAuthServerLookup(m_client->server(), m_setting, this);
    whenDone(lookup->future(), this, [this](const Result<OAuthServer> &server) {
        if (!server) {
            end(tl::unexpected(server.error()));
            return;
        }
        m_server = *server;
        push();
    });
}

QString BlueskySignIn::scope() const
{
    return m_server.scopes.contains(messageScope) ? QString(baseScope + QLatin1Char(' ') + messageScope) : baseScope;
}

void BlueskySignIn::push()
{
    m_login.key = m_dpop->key().privateKey();
    if (m_login.key.isEmpty()) {
        end(fail(ErrorKind::unknown, QStringLiteral("no keys could be made")));
        return;
    }
    m_login.clientId = clientIdFor(scope());
    m_login.tokenUrl = m_server.token;
    QList<std::pair<QByteArray, QString>> form = {{"response_type", QStringLiteral("code")},
                                                  {"redirect_uri", redirectUri()},
                                                  {"scope", scope()},
                                                  {"state", QString::fromLatin1(state())},
                                                  {"code_challenge", QString::fromLatin1(pkce().challenge)},
                                                  {"code_challenge_method", QStringLiteral("S256")}};
    if (!m_login.did.isEmpty())
        form.append({"login_hint", m_login.did});
    HttpRequest request = tokenRequest(m_login, form);
    request.url = m_server.par;
    m_dpop->send(request, Secret(), this, [this](const Result<HttpAnswer> &answer) { takeRequest(answer); });
}

void BlueskySignIn::takeRequest(const Result<HttpAnswer> &answer)
{
    const QJsonObject told = answer ? QJsonDocument::fromJson(answer->body).object() : QJsonObject();
    const QString request = textOf(told, "request_uri");
    if (!answer) {
        // A request that nobody follows is forgotten: nothing is unsure here.
        Error error = answer.error();
        if (error.kind == ErrorKind::unsure)
            error.kind = ErrorKind::transient;
        end(tl::unexpected(error));
    } else if (answer->status / 100 != 2) {
        Error error = errorOf(*answer, m_setting.clock->now());
        error.detail += QLatin1Char(' ') + textOf(told, "error").left(60);
        if (answer->status == 400 || answer->status == 401)
            error.kind = ErrorKind::permission;
        end(tl::unexpected(error));
    } else if (request.isEmpty()) {
        end(fail(ErrorKind::malformed, QStringLiteral("the server gave no page to sign in")));
    } else {
        QUrl page = m_server.authorize;
        page.setQuery(QString::fromLatin1(formOf({{"client_id", m_login.clientId}, {"request_uri", request}})));
        openPage(page);
    }
}

bool BlueskySignIn::isByOurs(const QUrlQuery &answer) const
{
    return answer.queryItemValue(QStringLiteral("iss"), QUrl::FullyDecoded) == m_server.issuer;
}

void BlueskySignIn::exchange(const QString &code)
{
    const HttpRequest request = tokenRequest(m_login, {{"grant_type", QStringLiteral("authorization_code")},
                                                       {"code", code},
                                                       {"redirect_uri", redirectUri()},
                                                       {"code_verifier", QString::fromLatin1(pkce().verifier)}});
    m_dpop->send(request, Secret(), this, [this](const Result<HttpAnswer> &answer) { takeTokens(answer); });
}

void BlueskySignIn::takeTokens(const Result<HttpAnswer> &answer)
{
    const bool isNamed = !m_login.did.isEmpty();
    Result<BlueskyLogin> login = withTokens(m_login, answer, m_setting.clock->now());
    if (!login) {
        Error error = login.error();
        // A code works once: whatever became of it, the way back is to sign in again.
        if (error.kind == ErrorKind::transient)
            error.kind = ErrorKind::authExpired;
        end(tl::unexpected(error));
        return;
    }
    m_login = std::move(*login);
    if (isNamed)
        learnAccount();
    else
        checkOwner();
}

void BlueskySignIn::checkOwner()
{
    // Any server can say that somebody signed in: the account's own document tells which one may.
    auto *lookup = new BlueskyLookup(*m_client, m_login.did, BlueskyLookup::Way::everywhere, this);
    whenDone(lookup->future(), this, [this](const Result<BlueskyIdentity> &identity) {
        if (!identity)
            end(tl::unexpected(identity.error()));
        else if (identity->server.authority() != m_client->server().authority())
            end(fail(ErrorKind::permission, QStringLiteral("%1 does not live there").arg(m_login.did)));
        else
            learnAccount();
    });
}

void BlueskySignIn::learnAccount()
{
    m_client->setLogin({}, m_login.toSecret());
    m_client->get("com.atproto.server.getSession", {}, this, [this](const Result<QJsonObject> &session) {
        if (!session) {
            end(tl::unexpected(session.error()));
        } else if (textOf(*session, "did") != m_login.did) {
            end(fail(ErrorKind::permission, QStringLiteral("the server takes us for another account")));
        } else {
            m_login = m_client->login();
            m_login.handle = textOf(*session, "handle");
            checkConnector();
        }
    });
}

void BlueskySignIn::checkConnector()
{
    ChannelAccess access;
    access.network = Network::bluesky;
    access.address = m_text;
    access.baseUrl = m_client->server();
    access.secret = m_login.toSecret();
    auto *connector = new BlueskyConnector(access, m_setting, this);
    whenDone(connector->check(), this, [this, token = access.secret](Result<Account> account) {
        if (account)
            end(SignedIn{.token = token, .account = std::move(*account)});
        else
            end(tl::unexpected(account.error()));
    });
}

} // namespace Earshot
