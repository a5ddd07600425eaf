// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonsignin.h"

#include "networks/mastodonaddress.h"
#include "networks/mastodonconnector.h"
#include "networks/mastodonjson.h"

#include <QUrlQuery>

#include <utility>

namespace Earshot {

namespace {

/// The same words at registering and at authorizing: some servers refuse a wider scope later.
constexpr auto scopes = "read write";
constexpr auto outOfBand = "urn:ietf:wg:oauth:2.0:oob";

using Pairs = QList<std::pair<QByteArray, QString>>;

QByteArray formOf(const Pairs &pairs)
{
    QByteArray form;
    for (const auto &[name, value] : pairs)
        form += (form.isEmpty() ? "" : "&") + name + '=' + QUrl::toPercentEncoding(value);
    return form;
}

} // namespace

MastodonSignIn::MastodonSignIn(const QString &address, NetworkSetting setting, QObject *parent)
    : QObject(parent)
    , m_setting(setting)
{
    if (const auto parsed = parseMastodonAddress(address)) {
        m_address = parsed->toString();
        m_baseUrl = parsed->baseUrl();
    }
    m_client = new MastodonClient(m_baseUrl, {}, setting, this);
    m_timer.setSingleShot(true);
    m_promise.start();
    connect(&m_listener, &LoopbackListener::cameBack, this, &MastodonSignIn::onCameBack);
    connect(&m_timer, &QTimer::timeout, this,
            [this] { end(fail(ErrorKind::tryAgain, QStringLiteral("nobody signed in within the time"))); });
}

MastodonSignIn::~MastodonSignIn()
{
    end(fail(ErrorKind::cancelled));
}

void MastodonSignIn::end(Result<SignedIn> result)
{
    if (m_hasEnded)
        return;
    m_hasEnded = true;
    m_isWaiting = false;
    m_timer.stop();
    m_listener.stop();
    m_promise.addResult(std::move(result));
    m_promise.finish();
}

QFuture<Result<SignedIn>> MastodonSignIn::start(Way way)
{
    const QFuture<Result<SignedIn>> future = m_promise.future();
    if (m_baseUrl.isEmpty()) {
        end(fail(ErrorKind::invalid, QStringLiteral("not an address of a server")));
        return future;
    }
    if (way == Way::browser) {
        // The port first: it is part of the address that is registered.
        const Done started = m_listener.start(tr("You are signed in. You can close this page and return to Earshot."));
        if (!started) {
            end(tl::unexpected(started.error()));
            return future;
        }
        m_redirectUri = m_listener.redirectUri();
    } else {
        m_redirectUri = QLatin1StringView(outOfBand);
    }
    m_timer.start(m_limit);
    registerApp();
    return future;
}

void MastodonSignIn::registerApp()
{
    // redirect_uris as one string in a form is what every server understands.
    const QByteArray form = formOf({{"client_name", QStringLiteral("Earshot")},
                                    {"redirect_uris", m_redirectUri},
                                    {"scopes", QLatin1StringView(scopes)}});
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
    m_pkce = makePkce();
    m_state = makeNonce();
    QUrl page = m_baseUrl;
    page.setPath(QStringLiteral("/oauth/authorize"));
    page.setQuery(QString::fromLatin1(formOf({{"response_type", QStringLiteral("code")},
                                              {"client_id", m_clientId},
                                              {"redirect_uri", m_redirectUri},
                                              {"scope", QLatin1StringView(scopes)},
                                              {"state", QString::fromLatin1(m_state)},
                                              {"code_challenge", QString::fromLatin1(m_pkce.challenge)},
                                              {"code_challenge_method", QStringLiteral("S256")}})));
    m_isWaiting = true;
    Q_EMIT authorize(page);
}

void MastodonSignIn::onCameBack(const QUrl &address)
{
    if (!m_isWaiting)
        return;
    QString encoded = address.query(QUrl::FullyEncoded);
    encoded.replace(QLatin1Char('+'), QLatin1StringView("%20"));
    const QUrlQuery query(encoded);
    const auto item = [&](const char *name) {
        return query.queryItemValue(QLatin1StringView(name), QUrl::FullyDecoded);
    };
    const QString state = item("state");
    const QString error = item("error");
    // A denial may come without state. It can do no more than end this attempt.
    if (!error.isEmpty() && (state.isEmpty() || state.toLatin1() == m_state)) {
        const bool isDenied = error == QLatin1StringView("access_denied");
        end(fail(isDenied ? ErrorKind::refused : ErrorKind::permission,
                 QStringLiteral("%1 %2").arg(error.left(100), item("error_description").left(300)).trimmed()));
        return;
    }
    // Not our state: somebody else's page sent the browser here. Ours may still come.
    if (state.toLatin1() != m_state || item("code").isEmpty())
        return;
    exchange(item("code"));
}

void MastodonSignIn::enterCode(const QString &code)
{
    if (m_isWaiting && !code.trimmed().isEmpty())
        exchange(code.trimmed());
}

void MastodonSignIn::exchange(const QString &code)
{
    m_isWaiting = false;
    const QByteArray form = formOf({{"grant_type", QStringLiteral("authorization_code")},
                                    {"code", code},
                                    {"client_id", m_clientId},
                                    {"client_secret", QString::fromUtf8(m_clientSecret.reveal())},
                                    {"redirect_uri", m_redirectUri},
                                    {"code_verifier", QString::fromLatin1(m_pkce.verifier)}});
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
