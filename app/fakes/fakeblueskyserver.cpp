// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakebluesky.h"

#include "model/textcount.h"
#include "networks/blueskyaddress.h"
#include "networks/jsonvalues.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace Earshot {

namespace {

const auto postType = QStringLiteral("app.bsky.feed.post");
constexpr Duration accessLife = std::chrono::hours(2);
constexpr Duration refreshLife = std::chrono::hours(24 * 90);
constexpr qsizetype blobUploadLimit = 5'242'880;
constexpr qint64 longestImage = 2'000'000;

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

/// The type of a picture as its bytes say, as the server looks at them; else what was claimed.
QString sniffed(const QByteArray &content, const QByteArray &claimed)
{
    if (content.startsWith("\x89PNG"))
        return QStringLiteral("image/png");
    if (content.startsWith("\xff\xd8\xff"))
        return QStringLiteral("image/jpeg");
    return QString::fromLatin1(claimed);
}

/// Records of the network hold whole numbers only.
bool hasFraction(const QJsonValue &value)
{
    if (value.isDouble())
        return value.toDouble() != std::floor(value.toDouble());
    const QJsonArray list = value.toArray();
    const QJsonObject object = value.toObject();
    return std::any_of(list.begin(), list.end(), hasFraction) || std::any_of(object.begin(), object.end(), hasFraction);
}

bool isReaction(const QString &collection)
{
    return collection == QLatin1StringView("app.bsky.feed.like") ||
           collection == QLatin1StringView("app.bsky.feed.repost");
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
    const Duration life = isRefresh ? refreshLife : accessLife;
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

HttpAnswer FakeBluesky::getRecord(const Call &call) const
{
    const auto item = [&](const char *name) {
        return call.query.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
    };
    for (const char *name : {"repo", "collection", "rkey"}) {
        if (item(name).isEmpty())
            return answerError(400, "InvalidRequest",
                               QStringLiteral("Params must have the property \"%1\"").arg(QLatin1StringView(name)));
    }
    const Person *person = personBy(item("repo"));
    const QString uri = AtUri{person ? person->did : QString(), item("collection"), item("rkey")}.toString();
    const Record *record = find(uri);
    if (!record)
        return answerError(400, "RecordNotFound", QStringLiteral("Could not locate record: %1").arg(uri));
    return answerJson(
        200,
        {{QStringLiteral("uri"), uri}, {QStringLiteral("cid"), record->cid}, {QStringLiteral("value"), record->value}});
}

HttpAnswer FakeBluesky::onRepo(const Call &asked)
{
    if (asked.method == "com.atproto.repo.getRecord")
        return getRecord(asked);
    Call call = asked;
    if (const auto refusal = authorise(call))
        return *refusal;
    if (personBy(call.viewer)->standing == Standing::takenDown)
        return answerError(401, "AccountTakedown", QStringLiteral("Account has been taken down"));
    if (personBy(call.viewer)->standing == Standing::deactivated)
        return answerError(401, "AccountDeactivated", QStringLiteral("Account is deactivated"));
    if (call.method == "com.atproto.repo.uploadBlob")
        return uploadBlob(call);
    const Person *owner = personBy(textOf(call.body, "repo"));
    if (!owner || owner->did != call.viewer)
        return answerError(401, "AuthenticationRequired", QStringLiteral("Authentication Required"));
    static const QHash<QByteArray, int> costs{
        {"com.atproto.repo.createRecord", 3}, {"com.atproto.repo.putRecord", 2}, {"com.atproto.repo.deleteRecord", 1}};
    if (!costs.contains(call.method))
        return answerError(501, "MethodNotImplemented", QStringLiteral("Method Not Implemented"));
    HttpAnswer answer;
    if (!spendPoints(call.viewer, costs.value(call.method)))
        answer = answerError(429, "RateLimitExceeded", QStringLiteral("Rate Limit Exceeded"));
    else if (call.method == "com.atproto.repo.deleteRecord")
        answer = deleteRecord(call);
    else
        answer = putRecord(call);
    tellPoints(answer, call.viewer);
    return answer;
}

bool FakeBluesky::spendPoints(const QString &did, int points)
{
    bool isEnough = true;
    for (WriteLimit &limit : m_writeLimits) {
        Spending &spent = limit.spent[did];
        if (spent.ends <= m_now)
            spent = {.ends = m_now + limit.length, .points = 0};
        spent.points += points;
        isEnough = isEnough && spent.points <= limit.points;
    }
    return isEnough;
}

void FakeBluesky::tellPoints(HttpAnswer &answer, const QString &did) const
{
    int least = m_remaining < 0 ? std::numeric_limits<int>::max() : m_remaining;
    for (const WriteLimit &limit : m_writeLimits) {
        const Spending spent = limit.spent.value(did);
        const int remaining = std::max(0, limit.points - spent.points);
        if (remaining >= least)
            continue;
        least = remaining;
        const QByteArray points = QByteArray::number(limit.points);
        answer.headers.insert("ratelimit-limit", points);
        answer.headers.insert("ratelimit-remaining", QByteArray::number(remaining));
        answer.headers.insert("ratelimit-reset", QByteArray::number(toMs(spent.ends) / 1000));
        answer.headers.insert("ratelimit-policy", points + ";w=" + QByteArray::number(limit.length.count() / 1000));
        if (answer.status == 429)
            answer.headers.insert("retry-after", QByteArray::number((spent.ends - m_now).count() / 1000));
    }
}

HttpAnswer FakeBluesky::putRecord(const Call &call)
{
    static const QRegularExpression tid(QStringLiteral("^[234567abcdefghij][234567a-z]{12}$"));
    const bool isCreation = call.method.endsWith("createRecord");
    const QString collection = textOf(call.body, "collection");
    QString key = textOf(call.body, "rkey");
    if (isCreation && key.isEmpty())
        key = makeKey();
    QJsonObject record = objectOf(call.body, "record");
    if (!record.contains(QLatin1StringView("$type")))
        record.insert(QStringLiteral("$type"), collection);
    if (textOf(record, "$type") != collection)
        return answerError(
            400, "InvalidRequest",
            QStringLiteral("Invalid $type: expected %1, got %2").arg(collection, textOf(record, "$type")));
    if (!tid.match(key).hasMatch())
        return answerError(
            400, "InvalidRequest",
            QStringLiteral("Invalid record key for %1: Invalid TID string (got \"%2\") at $").arg(collection, key));
    if (const QString problem = problemOf(call.viewer, record); !problem.isEmpty()) {
        const bool isBlob = problem.startsWith(QLatin1StringView("Could not find blob"));
        return answerError(400, isBlob ? "BlobNotFound" : "InvalidRequest", problem);
    }
    if (isCreation && isReaction(collection))
        remove(ownRecord(collection.toLatin1().constData(), call.viewer, textOf(objectOf(record, "subject"), "uri")));
    const Record *there = find(AtUri{call.viewer, collection, key}.toString());
    const QString cid = cidOfRecord(record);
    if (there && isCreation)
        return answerError(500, "InternalServerError", QStringLiteral("Internal Server Error"));
    const bool wantsNothing =
        call.body.contains(QLatin1StringView("swapRecord")) && valueOf(call.body, "swapRecord").isNull();
    if (there && wantsNothing && there->cid != cid)
        return answerError(400, "InvalidSwap", QStringLiteral("Record was at %1").arg(there->cid));
    const QString wanted = textOf(call.body, "swapRecord");
    if (!wanted.isEmpty() && wanted != (there ? there->cid : QString()))
        return answerError(400, "InvalidSwap",
                           QStringLiteral("Record was at %1").arg(there ? there->cid : QStringLiteral("null")));
    QJsonObject answer{{QStringLiteral("cid"), cid}, {QStringLiteral("validationStatus"), QStringLiteral("valid")}};
    const bool isNew = !there;
    if (isNew || there->cid != cid) {
        if (isNew)
            m_now += m_step;
        const Record &stored = store(call.viewer, collection, key, record);
        if (isNew && collection == postType)
            notifyOf(stored);
        else if (isNew)
            notifyOfReaction(stored);
        answer.insert(QStringLiteral("commit"),
                      QJsonObject{{QStringLiteral("cid"), cid}, {QStringLiteral("rev"), key}});
    }
    answer.insert(QStringLiteral("uri"), AtUri{call.viewer, collection, key}.toString());
    return answerJson(200, answer);
}

HttpAnswer FakeBluesky::deleteRecord(const Call &call)
{
    const QString uri = AtUri{call.viewer, textOf(call.body, "collection"), textOf(call.body, "rkey")}.toString();
    if (!find(uri))
        return answerJson(200, {});
    remove(uri);
    return answerJson(200, {{QStringLiteral("commit"), QJsonObject{{QStringLiteral("rev"), makeKey()}}}});
}

HttpAnswer FakeBluesky::uploadBlob(const Call &call)
{
    if (call.raw.size() > blobUploadLimit)
        return answerError(413, "PayloadTooLarge", QStringLiteral("request entity too large"));
    const QString link =
        QStringLiteral("bafkrei") +
        QString::fromLatin1(QCryptographicHash::hash(call.raw, QCryptographicHash::Sha256).toHex().first(52));
    const QString type = sniffed(call.raw, call.type);
    m_blobs.insert(link, {.owner = call.viewer, .type = type, .content = call.raw});
    return answerJson(200, {{QStringLiteral("blob"),
                             QJsonObject{{QStringLiteral("$type"), QStringLiteral("blob")},
                                         {QStringLiteral("ref"), QJsonObject{{QStringLiteral("$link"), link}}},
                                         {QStringLiteral("mimeType"), type},
                                         {QStringLiteral("size"), call.raw.size()}}}});
}

QString FakeBluesky::problemOfCard(const QString &did, const QJsonObject &card) const
{
    for (const char *name : {"uri", "title", "description"}) {
        if (!valueOf(card, name).isString())
            return QStringLiteral("Missing required key \"%1\" at $.record.embed.external")
                .arg(QLatin1StringView(name));
    }
    if (!card.contains(QLatin1StringView("thumb")))
        return {};
    const QString link = textOf(objectOf(objectOf(card, "thumb"), "ref"), "$link");
    if (m_blobs.value(link).owner != did)
        return QStringLiteral("Could not find blob: %1").arg(link);
    const qsizetype size = m_blobs.value(link).content.size();
    return size > 1'000'000 ? QStringLiteral("blob too big (maximum 1000000, got %1)").arg(size) : QString();
}

QString FakeBluesky::problemOfEmbed(const QString &did, const QJsonObject &embed) const
{
    if (textOf(embed, "$type") == QLatin1StringView("app.bsky.embed.external"))
        return problemOfCard(did, objectOf(embed, "external"));
    if (textOf(embed, "$type") != QLatin1StringView("app.bsky.embed.images"))
        return {};
    const QJsonArray images = listOf(embed, "images");
    if (images.size() > 4)
        return QStringLiteral("array too big (maximum 4, got %1)").arg(images.size());
    for (const QJsonValue &entry : images) {
        const QJsonObject image = entry.toObject();
        const QJsonObject ref = objectOf(image, "image");
        const QString link = textOf(objectOf(ref, "ref"), "$link");
        if (!image.contains(QLatin1StringView("alt")))
            return QStringLiteral("Missing required key \"alt\" at $.record.embed.images.0");
        if (link.isEmpty())
            return QStringLiteral("Expected blob value type at $.record.embed.images.0.image");
        if (m_blobs.value(link).owner != did)
            return QStringLiteral("Could not find blob: %1").arg(link);
        if (!textOf(ref, "mimeType").startsWith(QLatin1StringView("image/")))
            return QStringLiteral("Expected \"image/*\" (got \"%1\")").arg(textOf(ref, "mimeType"));
        if (m_blobs.value(link).content.size() > longestImage)
            return QStringLiteral("blob too big (maximum 2000000, got %1)").arg(m_blobs.value(link).content.size());
    }
    return {};
}

QString FakeBluesky::problemOf(const QString &did, const QJsonObject &record) const
{
    static const QRegularExpression moment(
        QStringLiteral("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$"));
    if (!moment.match(textOf(record, "createdAt")).hasMatch())
        return QStringLiteral("Invalid datetime at $.record.createdAt");
    if (const qsizetype hidden = listOf(record, "hiddenReplies").size(); hidden > 300)
        return QStringLiteral("array too big (maximum 300, got %1) at $.record.hiddenReplies").arg(hidden);
    if (hasFraction(record))
        return QStringLiteral("Invalid number");
    return textOf(record, "$type") == postType ? problemOfPost(did, record) : QString();
}

QString FakeBluesky::problemOfPost(const QString &did, const QJsonObject &record) const
{
    static const QRegularExpression language(QStringLiteral("^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*$"));
    if (!valueOf(record, "text").isString())
        return QStringLiteral("Missing required key \"text\" at $.record");
    const QString text = textOf(record, "text");
    const QJsonArray languages = listOf(record, "langs");
    for (const QJsonValue &one : languages) {
        if (!language.match(one.toString()).hasMatch())
            return QStringLiteral("Invalid language at $.record.langs");
    }
    for (const auto &[name, most] : {std::pair("langs", 3), std::pair("tags", 8)}) {
        if (const qsizetype count = listOf(record, name).size(); count > most)
            return QStringLiteral("array too big (maximum %1, got %2) at $.record.%3")
                .arg(most)
                .arg(count)
                .arg(QLatin1StringView(name));
    }
    if (text.toUtf8().size() > 3000)
        return QStringLiteral("Invalid app.bsky.feed.post record: string too big (maximum 3000, got %1)")
            .arg(text.toUtf8().size());
    Capabilities rule;
    rule.countRule = CountRule::bluesky;
    if (const int count = countText(text, {}, rule).used; count > 300)
        return QStringLiteral("Invalid app.bsky.feed.post record: grapheme too big (maximum 300, got %1) at "
                              "$.record.text")
            .arg(count);
    if (record.contains(QLatin1StringView("reply"))) {
        for (const char *name : {"root", "parent"}) {
            const QJsonObject ref = objectOf(objectOf(record, "reply"), name);
            if (ref.isEmpty())
                return QStringLiteral("Missing required key \"%1\" at $.record.reply").arg(QLatin1StringView(name));
            if (!textOf(ref, "cid").startsWith(QLatin1StringView("bafyrei")))
                return QStringLiteral("Invalid cid at $.record.reply.%1.cid").arg(QLatin1StringView(name));
        }
    }
    const QJsonArray facets = listOf(record, "facets");
    for (const QJsonValue &facet : facets) {
        const QJsonArray features = listOf(facet.toObject(), "features");
        if (valueOf(objectOf(facet.toObject(), "index"), "byteStart").toInteger(-1) < 0)
            return QStringLiteral("Invalid byteStart");
        for (const QJsonValue &feature : features) {
            const QString mentioned = textOf(feature.toObject(), "did");
            if (feature.toObject().contains(QLatin1StringView("did")) && !isDid(mentioned))
                return QStringLiteral("Invalid DID (got \"%1\")").arg(mentioned);
            if (feature.toObject().contains(QLatin1StringView("uri")) &&
                QUrl(textOf(feature.toObject(), "uri")).scheme().isEmpty())
                return QStringLiteral("Invalid URI at $.record.facets");
        }
    }
    return problemOfEmbed(did, objectOf(record, "embed"));
}

} // namespace Earshot
