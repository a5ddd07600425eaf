// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakebluesky.h"

#include "fakes/requestparts.h"
#include "networks/blueskyaddress.h"
#include "networks/jsonvalues.h"

#include <QJsonDocument>
#include <QLocale>

#include <algorithm>
#include <cstring>

namespace Earshot {

namespace {

constexpr Duration sessionLife = std::chrono::hours(2);
constexpr Duration refreshLife = std::chrono::hours(24 * 90);

QByteArray encoded(const QJsonObject &object)
{
    return QJsonDocument(object)
        .toJson(QJsonDocument::Compact)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QJsonObject claimsOf(const QByteArray &token)
{
    return QJsonDocument::fromJson(QByteArray::fromBase64(token.split('.').value(1), QByteArray::Base64UrlEncoding))
        .object();
}

} // namespace

HttpAnswer FakeBluesky::answerJson(int status, const QJsonObject &body) const
{
    HttpAnswer answer;
    answer.status = status;
    answer.headers.insert("content-type", "application/json; charset=utf-8");
    if (m_remaining >= 0) {
        answer.headers.insert("ratelimit-limit", "3000");
        answer.headers.insert("ratelimit-remaining", QByteArray::number(m_remaining));
        answer.headers.insert("ratelimit-reset", QByteArray::number(toMs(m_reset) / 1000));
        answer.headers.insert("ratelimit-policy", "3000;w=300");
    }
    answer.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return answer;
}

HttpAnswer FakeBluesky::answerError(int status, const char *error, const QString &message) const
{
    return answerJson(status,
                      {{QStringLiteral("error"), QString::fromLatin1(error)}, {QStringLiteral("message"), message}});
}

HttpAnswer FakeBluesky::answer(const HttpRequest &request)
{
    if (m_meanwhile)
        m_meanwhile(request);
    Call call;
    call.verb = request.method;
    call.query = QUrlQuery(request.url);
    call.raw = request.body;
    call.request = &request;
    call.token = request.authorization.reveal().mid(7);
    call.body = QJsonDocument::fromJson(request.body).object();
    for (const auto &[name, value] : request.headers) {
        if (name.toLower() == "content-type")
            call.type = value;
    }
    HttpAnswer answer = route(call, request);
    if (m_tellsDate)
        answer.headers.insert(
            "date",
            QLocale::c().toString(toDateTime(m_now), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'")).toLatin1());
    answer.url = request.url;
    return answer;
}

HttpAnswer FakeBluesky::route(Call &call, const HttpRequest &request)
{
    const QString host = request.url.host();
    const QString path = request.url.path();
    if (host == m_host) {
        if (const auto answer = m_oauth.answer(request, m_now))
            return *answer;
    }
    if (!path.startsWith(QLatin1StringView("/xrpc/")))
        return onDirectory(request);
    call.method = path.mid(6).toLatin1();
    if (m_remaining == 0) {
        HttpAnswer limited = answerError(429, "RateLimitExceeded", QStringLiteral("Rate Limit Exceeded"));
        limited.headers.insert("retry-after",
                               QByteArray::number(std::max<qint64>(1, (toMs(m_reset) - toMs(m_now)) / 1000)));
        return limited;
    }
    if (m_remaining > 0)
        --m_remaining;
    if (const auto refusal = misuse(call))
        return *refusal;
    if (!m_refusal.method.isEmpty() && call.method == m_refusal.method)
        return {.status = m_refusal.status, .url = {}, .movedTo = {}, .headers = {}, .body = m_refusal.body};
    if (host == m_host && call.method.startsWith("chat.bsky.convo."))
        return onChat(call);
    const bool isApp = call.method.startsWith("app.bsky.");
    if (host != m_host) {
        if (call.method == "com.atproto.identity.resolveHandle")
            return onServer(call);
        if (m_isAppViewDown)
            return answerError(500, "InternalServerError", QStringLiteral("Internal Server Error"));
        return isApp ? onApp(call) : answerError(501, "MethodNotImplemented", QStringLiteral("Method Not Implemented"));
    }
    if (!isApp)
        return call.method.startsWith("com.atproto.repo.") ? onRepo(call) : onServer(call);
    if (const auto refusal = authorise(call))
        return *refusal;
    if (m_isAppViewDown)
        return answerError(502, "UpstreamFailure", QStringLiteral("Upstream service unreachable"));
    HttpAnswer answer = onApp(call);
    // A breakdown behind the server comes out as a gateway's.
    if (answer.status == 500)
        answer.status = 502;
    return answer;
}

/// The wrong verb for a method that exists, or a body that is none.
std::optional<HttpAnswer> FakeBluesky::misuse(const Call &call) const
{
    static const QSet<QByteArray> withBody{"com.atproto.server.createSession", "com.atproto.repo.createRecord",
                                           "com.atproto.repo.putRecord", "com.atproto.repo.deleteRecord"};
    static const QSet<QByteArray> without{"com.atproto.server.refreshSession", "com.atproto.server.deleteSession",
                                          "com.atproto.repo.uploadBlob"};
    static const QSet<QByteArray> queries{"com.atproto.server.getSession", "com.atproto.server.describeServer",
                                          "com.atproto.identity.resolveHandle", "com.atproto.repo.getRecord"};
    const bool isProcedure = withBody.contains(call.method) || without.contains(call.method);
    const bool isKnown = isProcedure || queries.contains(call.method);
    const char *verb = isProcedure ? "POST" : "GET";
    if (isKnown && call.verb != verb)
        return answerError(400, "InvalidRequest",
                           QStringLiteral("Incorrect HTTP method (%1) expected %2")
                               .arg(QString::fromLatin1(call.verb), QString::fromLatin1(verb)));
    if (!withBody.contains(call.method))
        return {};
    if (!call.type.startsWith("application/json"))
        return answerError(400, "InvalidRequest", QStringLiteral("Wrong request encoding (Content-Type)"));
    QJsonParseError error;
    static_cast<void>(QJsonDocument::fromJson(call.raw, &error));
    if (error.error != QJsonParseError::NoError)
        return answerError(400, "SyntaxError", QStringLiteral("Unexpected end of JSON input"));
    return {};
}

HttpAnswer FakeBluesky::onChat(Call &call)
{
    if (const auto refusal = authorise(call))
        return *refusal;
    const bool isBySignIn = call.request->authorization.reveal().startsWith("DPoP ");
    if (!m_isPrivileged && !isBySignIn)
        return answerError(400, "InvalidToken", QStringLiteral("Bad token method"));
    const bool isProxied =
        std::any_of(call.request->headers.begin(), call.request->headers.end(), [](const auto &header) {
            return header.first.toLower() == "atproto-proxy" && header.second == "did:web:api.bsky.chat#bsky_chat";
        });
    // Without the header it reaches the AppView, which knows no messages.
    if (!isProxied)
        return answerError(501, "MethodNotImplemented", QStringLiteral("Method Not Implemented"));
    if (m_isChatDown)
        return answerError(502, "UpstreamFailure", QStringLiteral("Upstream service unreachable"));
    if (call.verb != "GET")
        m_now += m_step;
    const FakeBlueskyChat::Answer answer =
        m_chat.answer(call.method.mid(qsizetype(strlen("chat.bsky.convo."))), call.viewer, call.query, call.body, m_now,
                      [this](const QString &did) { return profileJson(did, {}); });
    return answerJson(answer.status, answer.body);
}

QString FakeBluesky::writeTo(const QString &from, const QString &to, const QString &text)
{
    m_now += m_step;
    return m_chat.send(didOf(from), didOf(to), text, m_now);
}

HttpAnswer FakeBluesky::onDirectory(const HttpRequest &request) const
{
    const QString path = request.url.path();
    if (path == QLatin1StringView("/.well-known/atproto-did")) {
        HttpAnswer answer;
        const Person *person = personBy(request.url.host());
        answer.status = person ? 200 : 404;
        answer.body = person ? person->did.toUtf8() : QByteArray("User not found");
        return answer;
    }
    const Person *person = personBy(path.mid(1));
    if (!person || request.url.host() != QLatin1StringView("plc.directory"))
        return answerJson(404, {{QStringLiteral("message"), QStringLiteral("not found")}});
    const QJsonObject service{{QStringLiteral("id"), QStringLiteral("#atproto_pds")},
                              {QStringLiteral("type"), QStringLiteral("AtprotoPersonalDataServer")},
                              {QStringLiteral("serviceEndpoint"), QString(QLatin1StringView("https://") + m_host)}};
    return answerJson(
        200, {{QStringLiteral("id"), person->did},
              {QStringLiteral("alsoKnownAs"), QJsonArray{QString(QLatin1StringView("at://") + person->handle)}},
              {QStringLiteral("service"), QJsonArray{service}}});
}

QByteArray FakeBluesky::token(const Person &person, bool isRefresh)
{
    const qint64 now = toMs(m_now) / 1000;
    const Duration life = isRefresh ? refreshLife : sessionLife;
    const QJsonObject claims{{QStringLiteral("scope"), isRefresh ? QStringLiteral("com.atproto.refresh")
                                                                 : QStringLiteral("com.atproto.appPass")},
                             {QStringLiteral("sub"), person.did},
                             {QStringLiteral("iat"), now},
                             {QStringLiteral("exp"), now + life.count() / 1000},
                             {QStringLiteral("jti"), ++m_serial}};
    return encoded({{QStringLiteral("alg"), QStringLiteral("HS256")}}) + '.' + encoded(claims) + ".c2lnbmVk";
}

std::optional<HttpAnswer> FakeBluesky::authorise(Call &call) const
{
    if (call.token.isEmpty())
        return answerError(401, "AuthMissing", QStringLiteral("Authentication Required"));
    if (call.request->authorization.reveal().startsWith("DPoP "))
        return m_oauth.authorise(*call.request, m_now, &call.viewer);
    const QJsonObject claims = claimsOf(call.token);
    if (textOf(claims, "scope") != QLatin1StringView("com.atproto.appPass") || !call.token.endsWith(".c2lnbmVk"))
        return answerError(400, "InvalidToken", QStringLiteral("Token could not be verified"));
    if (valueOf(claims, "jti").toInteger() < m_tokensFrom || valueOf(claims, "exp").toInteger() * 1000 <= toMs(m_now))
        return answerError(400, "ExpiredToken", QStringLiteral("Token has expired"));
    call.viewer = textOf(claims, "sub");
    return {};
}

HttpAnswer FakeBluesky::session(const Person &person)
{
    QJsonObject session{{QStringLiteral("accessJwt"), QString::fromLatin1(token(person, false))},
                        {QStringLiteral("refreshJwt"), QString::fromLatin1(token(person, true))},
                        {QStringLiteral("did"), person.did},
                        {QStringLiteral("handle"), person.handle},
                        {QStringLiteral("active"), person.standing == Standing::active}};
    if (person.standing == Standing::deactivated)
        session.insert(QStringLiteral("status"), QStringLiteral("deactivated"));
    return answerJson(200, session);
}

HttpAnswer FakeBluesky::createSession(const Call &call)
{
    for (const char *name : {"identifier", "password"}) {
        if (!valueOf(call.body, name).isString())
            return answerError(400, "InvalidRequest",
                               QStringLiteral("Input must have the property \"%1\"").arg(QLatin1StringView(name)));
    }
    const Person *person = personBy(textOf(call.body, "identifier"));
    const bool isRight =
        person && !person->isRevoked && textOf(call.body, "password").toUtf8() == passwordOf(person->name);
    if (!isRight)
        return answerError(401, "AuthenticationRequired", QStringLiteral("Invalid identifier or password"));
    if (person->standing == Standing::takenDown)
        return answerError(401, "AccountTakedown", QStringLiteral("Account has been taken down"));
    ++m_logins;
    return session(*person);
}

HttpAnswer FakeBluesky::deleteSession(const Call &call)
{
    const QJsonObject claims = claimsOf(call.token);
    if (textOf(claims, "scope") != QLatin1StringView("com.atproto.refresh"))
        return answerError(400, "InvalidToken", QStringLiteral("Token could not be verified"));
    m_endedSessions.insert(valueOf(claims, "jti").toInteger());
    HttpAnswer answer;
    answer.status = 200;
    return answer;
}

HttpAnswer FakeBluesky::refreshSession(const Call &call)
{
    if (call.token.isEmpty())
        return answerError(401, "AuthMissing", QStringLiteral("Authentication Required"));
    const QJsonObject claims = claimsOf(call.token);
    if (textOf(claims, "scope") != QLatin1StringView("com.atproto.refresh"))
        return answerError(400, "InvalidToken", QStringLiteral("Token could not be verified"));
    const Person *person = personBy(textOf(claims, "sub"));
    const qint64 id = valueOf(claims, "jti").toInteger();
    if (!person || id < m_sessionsFrom || m_endedSessions.contains(id))
        return answerError(400, "ExpiredToken", QStringLiteral("Token has been revoked"));
    if (person->standing == Standing::takenDown)
        return answerError(401, "AccountTakedown", QStringLiteral("Account has been taken down"));
    ++m_refreshes;
    return session(*person);
}

HttpAnswer FakeBluesky::getSession(const Call &asked) const
{
    Call call = asked;
    if (const auto refusal = authorise(call))
        return *refusal;
    return answerJson(200, {{QStringLiteral("did"), call.viewer},
                            {QStringLiteral("handle"), handleOf(call.viewer)},
                            {QStringLiteral("active"), true}});
}

HttpAnswer FakeBluesky::onServer(const Call &call)
{
    if (call.method == "com.atproto.server.getSession")
        return getSession(call);
    if (call.method == "com.atproto.server.createSession")
        return createSession(call);
    if (call.method == "com.atproto.server.refreshSession")
        return refreshSession(call);
    if (call.method == "com.atproto.server.deleteSession")
        return deleteSession(call);
    if (call.method == "com.atproto.server.describeServer")
        return answerJson(200,
                          {{QStringLiteral("did"), QString(QLatin1StringView("did:web:") + m_host)},
                           {QStringLiteral("blobUploadLimit"), blobUploadLimit},
                           {QStringLiteral("availableUserDomains"), QJsonArray{QString(QLatin1Char('.') + m_domain)}}});
    if (call.method == "com.atproto.identity.resolveHandle") {
        const QString handle = call.query.queryItemValue(QStringLiteral("handle"), QUrl::FullyDecoded);
        const Person *person = handle.contains(QLatin1Char('.')) ? personBy(handle) : nullptr;
        if (handle.isEmpty())
            return answerError(400, "InvalidRequest", QStringLiteral("Params must have the property \"handle\""));
        return person ? answerJson(200, {{QStringLiteral("did"), person->did}})
                      : answerError(400, "HandleNotFound", QStringLiteral("Unable to resolve handle"));
    }
    return answerError(501, "MethodNotImplemented", QStringLiteral("Method Not Implemented"));
}

HttpAnswer FakeBluesky::getProfile(const Call &call) const
{
    const Person *person = personBy(item(call.query, "actor"));
    return person ? answerJson(200, wholeProfileJson(*person, call.viewer))
                  : answerError(400, "InvalidRequest", QStringLiteral("Profile not found"));
}

HttpAnswer FakeBluesky::getProfiles(const Call &call) const
{
    const QStringList actors = call.query.allQueryItemValues(QStringLiteral("actors"), QUrl::FullyDecoded);
    if (actors.size() > 25)
        return answerError(400, "InvalidRequest", QStringLiteral("actors must not have more than 25 elements"));
    QJsonArray profiles;
    for (const QString &actor : actors) {
        if (const Person *person = personBy(actor))
            profiles.append(wholeProfileJson(*person, call.viewer));
    }
    return answerJson(200, {{QStringLiteral("profiles"), profiles}});
}

QJsonObject FakeBluesky::wholeProfileJson(const Person &person, const QString &viewer) const
{
    QJsonObject profile = profileJson(person.did, viewer);
    profile.insert(QStringLiteral("followersCount"), person.followers);
    return profile;
}

} // namespace Earshot
