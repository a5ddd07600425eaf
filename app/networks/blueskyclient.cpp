// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskyclient.h"

#include "model/htmltext.h"

#include <QJsonDocument>
#include <QPointer>

#include <utility>

namespace Earshot {

namespace {

/// So long before its end a session is renewed.
constexpr Duration renewBefore = std::chrono::minutes(2);
/// Who has direct messages; the account's own server hands them on (https://atproto.com/specs/xrpc, service proxying).
constexpr auto chatService = "did:web:api.bsky.chat#bsky_chat";
constexpr Duration shortestSession = std::chrono::seconds(10);

/// A status that leaves open whether the server did it before it failed.
bool leavesOpen(int status)
{
    return status == 408 || (status >= 500 && status != 501 && status != 503);
}

bool speaksOfLength(const QString &message)
{
    return message.contains(QLatin1StringView("grapheme too big")) ||
           message.contains(QLatin1StringView("string too big"));
}

/// The token is of no use any more, and another one may be.
bool isTokenSpent(const HttpAnswer &answer)
{
    if (answer.status != 400 && answer.status != 401)
        return false;
    const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
    const QString error = textOf(body, "error");
    // The same name for a token that is refused for what it may do: there another one is no better.
    const bool isForbidden = textOf(body, "message").startsWith(QLatin1StringView("Bad token"));
    return error == QLatin1StringView("ExpiredToken") || error == QLatin1StringView("invalid_token") ||
           (error == QLatin1StringView("InvalidToken") && !isForbidden);
}

std::optional<ErrorKind> kindOf(const QString &error, const QString &message)
{
    static const QHash<QString, ErrorKind> kinds = {
        {QStringLiteral("ExpiredToken"), ErrorKind::authExpired},
        {QStringLiteral("invalid_token"), ErrorKind::authExpired},
        {QStringLiteral("AuthMissing"), ErrorKind::authExpired},
        {QStringLiteral("AuthenticationRequired"), ErrorKind::authExpired},
        {QStringLiteral("AuthFactorTokenRequired"), ErrorKind::authExpired},
        {QStringLiteral("AccountTakedown"), ErrorKind::permission},
        {QStringLiteral("AccountDeactivated"), ErrorKind::permission},
        {QStringLiteral("BlockedActor"), ErrorKind::permission},
        {QStringLiteral("BlockedByActor"), ErrorKind::permission},
        {QStringLiteral("RateLimitExceeded"), ErrorKind::rateLimited},
        {QStringLiteral("InvalidSwap"), ErrorKind::duplicate},
        {QStringLiteral("NotFound"), ErrorKind::notFound},
        {QStringLiteral("RecordNotFound"), ErrorKind::notFound},
        {QStringLiteral("HandleNotFound"), ErrorKind::notFound},
        {QStringLiteral("PayloadTooLarge"), ErrorKind::tooLarge},
        {QStringLiteral("MethodNotImplemented"), ErrorKind::unsupported},
    };
    if (error == QLatin1StringView("InvalidToken"))
        return message.startsWith(QLatin1StringView("Bad token")) ? ErrorKind::permission : ErrorKind::authExpired;
    if (const auto known = kinds.constFind(error); known != kinds.cend())
        return *known;
    if (speaksOfLength(message))
        return ErrorKind::tooLong;
    if (error == QLatin1StringView("InvalidRequest")) {
        const bool isAbsent = message.contains(QLatin1StringView("not found"), Qt::CaseInsensitive) ||
                              message.contains(QLatin1StringView("Unable to resolve handle")) ||
                              message.contains(QLatin1StringView("Could not locate record")) ||
                              message.contains(QLatin1StringView("Could not find"));
        if (message.contains(QLatin1StringView("No service configured")))
            return ErrorKind::unsupported;
        return isAbsent ? ErrorKind::notFound : ErrorKind::policy;
    }
    return {};
}

} // namespace

BlueskyClient::BlueskyClient(NetworkSetting setting, QObject *parent)
    : QObject(parent)
    , m_setting(setting)
{
}

void BlueskyClient::setLogin(const QString &identifier, const Secret &secret)
{
    m_identifier = identifier;
    m_login = BlueskyLogin::from(secret);
    m_hasLogin = !secret.isEmpty();
    delete std::exchange(m_dpop, nullptr);
    if (m_login.isOAuth())
        m_dpop = new DpopExchange(Es256Key::from(m_login.key), m_setting, this);
}

HttpRequest BlueskyClient::requestFor(const QByteArray &verb, const QByteArray &method, const Query &query) const
{
    HttpRequest request;
    request.method = verb;
    QByteArray address =
        m_server.toEncoded(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment) + "/xrpc/" + method;
    char sign = '?';
    for (const auto &[name, value] : query) {
        address += sign + name + '=' + QUrl::toPercentEncoding(value);
        sign = '&';
    }
    request.url = QUrl::fromEncoded(address);
    request.headers = {{"Accept", "application/json"}};
    if (method.startsWith("chat."))
        request.headers.emplaceBack("atproto-proxy", chatService);
    request.hasEffect = verb != "GET";
    return request;
}

void BlueskyClient::get(const QByteArray &method, const Query &query, QObject *context, Then then)
{
    send({requestFor("GET", method, query), context, std::move(then)});
}

void BlueskyClient::change(const QByteArray &method, const QJsonObject &body, QObject *context, Then then)
{
    HttpRequest request = requestFor("POST", method, {});
    request.headers.emplaceBack("Content-Type", "application/json");
    request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    send({std::move(request), context, std::move(then)});
}

void BlueskyClient::upload(const QByteArray &content, const QString &mimeType, QObject *context, Then then)
{
    HttpRequest request = requestFor("POST", "com.atproto.repo.uploadBlob", {});
    request.headers.emplaceBack("Content-Type", mimeType.toLatin1());
    request.body = content;
    send({std::move(request), context, [then = std::move(then)](Result<QJsonObject> reply) {
              // A blob that nothing refers to is thrown away by the server.
              if (!reply && reply.error().kind == ErrorKind::unsure)
                  reply.error().kind = ErrorKind::transient;
              then(std::move(reply));
          }});
}

void BlueskyClient::getPublic(const QUrl &url, QObject *context, std::function<void(Result<HttpAnswer>)> then)
{
    HttpRequest request;
    request.url = url;
    request.headers = {{"Accept", "application/json, text/plain;q=0.5"}};
    request.maxBody = 256LL * 1024;
    whenDone(m_setting.http->exchange(request), context, std::move(then));
}

void BlueskyClient::exchange(const HttpRequest &request, QObject *context,
                             std::function<void(const Result<HttpAnswer> &)> then)
{
    whenDone(m_setting.http->exchange(request), context, std::move(then));
}

void BlueskyClient::send(Asked asked)
{
    if (!m_hasLogin) {
        exchange(asked.request, asked.context,
                 [this, asked](const Result<HttpAnswer> &answer) { onAnswer(asked, answer); });
        return;
    }
    signIn(asked.context, [this, asked](const Done &done) mutable {
        if (!done) {
            asked.then(tl::unexpected(done.error()));
            return;
        }
        asked.token = m_login.access;
        const auto take = [this, asked](const Result<HttpAnswer> &answer) { onAnswer(asked, answer); };
        if (m_dpop) {
            m_dpop->send(asked.request, Secret(asked.token), asked.context, take);
            return;
        }
        asked.request.authorization = Secret("Bearer " + asked.token);
        exchange(asked.request, asked.context, take);
    });
}

void BlueskyClient::onAnswer(const Asked &asked, const Result<HttpAnswer> &answer)
{
    if (!answer) {
        asked.then(tl::unexpected(answer.error()));
        return;
    }
    if (m_hasLogin && !asked.isRepeat && isTokenSpent(*answer)) {
        // The server refused it unread, so nothing was done, whatever it was.
        Asked again = asked;
        again.isRepeat = true;
        if (asked.token == m_login.access)
            m_login.accessEnds = now();
        send(std::move(again));
        return;
    }
    asked.then(judge(asked.request, *answer));
}

void BlueskyClient::signIn(QObject *context, std::function<void(Done)> then)
{
    const Duration margin = m_mayRenew ? renewBefore : Duration(0);
    const bool isFresh = !m_login.access.isEmpty() && now() + margin < m_login.accessEnds;
    if (isFresh && !m_login.did.isEmpty()) {
        then({});
        return;
    }
    m_waiting.emplace_back([context = QPointer<QObject>(context), then = std::move(then)](const Done &done) {
        if (context)
            then(done);
    });
    if (m_waiting.size() == 1)
        askForSession();
}

void BlueskyClient::askForSession()
{
    if (m_dpop)
        renewTokens();
    else if (m_login.refresh.isEmpty())
        createSession();
    else
        refresh();
}

void BlueskyClient::refresh()
{
    HttpRequest request = requestFor("POST", "com.atproto.server.refreshSession", {});
    request.authorization = Secret("Bearer " + m_login.refresh);
    exchange(request, this, [this, request](const Result<HttpAnswer> &answer) {
        if (answer && (isTokenSpent(*answer) || answer->status == 401) && !m_login.password.isEmpty()) {
            createSession();
            return;
        }
        takeSession(answer ? judge(request, *answer) : Result<QJsonObject>(tl::unexpected(answer.error())));
    });
}

void BlueskyClient::renewTokens()
{
    if (m_login.refresh.isEmpty() || !m_mayRenew) {
        endWaiting(fail(ErrorKind::authExpired, QStringLiteral("the sign-in has ended")));
        return;
    }
    const HttpRequest request = tokenRequest(m_login, {{"grant_type", QStringLiteral("refresh_token")},
                                                       {"refresh_token", QString::fromLatin1(m_login.refresh)}});
    m_dpop->send(request, Secret(), this, [this](const Result<HttpAnswer> &answer) {
        Result<BlueskyLogin> renewed = withTokens(m_login, answer, now());
        if (!renewed) {
            endWaiting(tl::unexpected(renewed.error()));
            return;
        }
        m_login = std::move(*renewed);
        // Tokens that live shorter than our margin are used to their end.
        m_login.accessEnds = std::max(m_login.accessEnds, now() + renewBefore + shortestSession);
        Q_EMIT loginChanged();
        endWaiting({});
    });
}

void BlueskyClient::createSession()
{
    HttpRequest request = requestFor("POST", "com.atproto.server.createSession", {});
    request.headers.emplaceBack("Content-Type", "application/json");
    request.body = QJsonDocument(QJsonObject{{QStringLiteral("identifier"), m_identifier},
                                             {QStringLiteral("password"), QString::fromUtf8(m_login.password)}})
                       .toJson(QJsonDocument::Compact);
    exchange(request, this, [this, request](const Result<HttpAnswer> &answer) {
        takeSession(answer ? judge(request, *answer) : Result<QJsonObject>(tl::unexpected(answer.error())));
    });
}

void BlueskyClient::takeSession(const Result<QJsonObject> &session)
{
    if (!session) {
        Error error = session.error();
        // One more session that nobody uses hurts nobody.
        if (error.kind == ErrorKind::unsure)
            error.kind = ErrorKind::transient;
        endWaiting(tl::unexpected(error));
        return;
    }
    const QByteArray access = textOf(*session, "accessJwt").toLatin1();
    const QByteArray refreshToken = textOf(*session, "refreshJwt").toLatin1();
    const QString did = textOf(*session, "did");
    if (access.isEmpty() || refreshToken.isEmpty() || !did.startsWith(QLatin1StringView("did:"))) {
        endWaiting(fail(ErrorKind::malformed, QStringLiteral("the session has no tokens")));
        return;
    }
    if (const QJsonValue active = valueOf(*session, "active"); active.isBool() && !active.toBool()) {
        endWaiting(
            fail(ErrorKind::permission, QStringLiteral("the account is %1").arg(textOf(*session, "status").left(40))));
        return;
    }
    m_login.access = access;
    m_login.refresh = refreshToken;
    // A session that is shorter than our margin is used to its end.
    m_login.accessEnds = now() + std::max(lifetimeOf(access), renewBefore + shortestSession);
    m_login.did = did;
    m_login.handle = textOf(*session, "handle");
    Q_EMIT loginChanged();
    endWaiting({});
}

void BlueskyClient::endWaiting(const Done &done)
{
    const auto waiting = std::exchange(m_waiting, {});
    const QPointer<BlueskyClient> self(this);
    for (const auto &then : waiting) {
        then(done);
        // Who waits for an answer may delete us.
        if (!self)
            return;
    }
}

Result<QJsonObject> BlueskyClient::judge(const HttpRequest &request, const HttpAnswer &answer)
{
    m_clockOffset = Earshot::clockOffset(answer, now());
    bool isNumber = false;
    const int remaining = answer.header("ratelimit-remaining").toInt(&isNumber);
    // What changes something has limits of its own: spending them must not stop the reading.
    if (isNumber && !request.hasEffect)
        Q_EMIT limitTold(remaining, limitReset(answer, now()));
    if (answer.status < 200 || answer.status > 299)
        return tl::unexpected(errorFrom(request, answer));
    const QJsonDocument document = QJsonDocument::fromJson(answer.body);
    if (!document.isObject())
        return fail(request.hasEffect ? ErrorKind::unsure : ErrorKind::malformed,
                    QStringLiteral("the answer is not JSON: %1").arg(request.url.path()));
    return document.object();
}

Error BlueskyClient::errorFrom(const HttpRequest &request, const HttpAnswer &answer) const
{
    Error error = errorOf(answer, now());
    const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
    const QString name = cleanLine(textOf(body, "error"), 60);
    const QString message = cleanLine(textOf(body, "message"), 300);
    error.detail = QStringLiteral("HTTP %1 %2 %3").arg(QString::number(answer.status), name, message).trimmed();
    if (const auto kind = kindOf(name, message))
        error.kind = *kind;
    else if (answer.status == 400)
        error.kind = ErrorKind::policy;
    if (!m_hasLogin && error.kind == ErrorKind::authExpired && answer.status == 401) {
        error.kind = ErrorKind::permission;
        error.detail += QStringLiteral(" (shown to signed-in accounts only)");
    }
    if (request.hasEffect && leavesOpen(answer.status))
        error.kind = ErrorKind::unsure;
    return error;
}

} // namespace Earshot
