// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/jmapclient.h"

#include "model/future.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>

#include <algorithm>

namespace Earshot {

namespace {

constexpr auto deskCapability = "urn:earshot:params:jmap:desk";
constexpr int mostTries = 8;
/// A server that asks to wait longer is not waited for.
constexpr Duration longestWait = std::chrono::seconds(10);
constexpr qint64 largestAnswer = 256LL * 1024 * 1024;

Result<QJsonObject> objectOf(const HttpAnswer &answer)
{
    const QJsonDocument document = QJsonDocument::fromJson(answer.body);
    if (!document.isObject())
        return fail(ErrorKind::malformed, QStringLiteral("%1 is no Earshot server").arg(answer.url.host()));
    return document.object();
}

} // namespace

JmapClient::JmapClient(QUrl server, Secret token, Interrupt &interrupt, const Clock &clock, LinePatience patience)
    : m_server(std::move(server))
    , m_token(std::move(token))
    , m_interrupt(interrupt)
    , m_clock(clock)
    , m_patience(patience)
{
}

HttpRequest JmapClient::request(const QByteArray &method, const QString &path) const
{
    HttpRequest request;
    request.method = method;
    request.url = m_server;
    request.url.setPath(path);
    if (!m_token.isEmpty())
        request.authorization = Secret("Bearer " + m_token.reveal());
    request.maxBody = largestAnswer;
    request.maxRedirects = 0;
    return request;
}

Result<HttpAnswer> JmapClient::exchange(HttpRequest request)
{
    for (int tried = 1;; ++tried) {
        Result<HttpAnswer> answer = await(m_transport.exchange(request), m_interrupt);
        if (!answer) {
            Error error = answer.error();
            error.detail = m_server.toString() + QStringLiteral(": ") + error.detail;
            if (error.detail.contains(QLatin1StringView("certificate is not trusted")))
                error.detail += QStringLiteral(". Nothing was sent. A server with a certificate of its own is trusted "
                                               "when --ca-file FILE holds it, or the authority that signed it");
            return tl::unexpected(error);
        }
        if (answer->status == 401)
            m_parting = partingIn(QJsonDocument::fromJson(answer->body).object(), m_token);
        const Time now = m_clock.now();
        const Duration wait = retryTime(*answer, now) - now;
        const bool isLater = answer->status == 429 || answer->status == 503;
        // Who tries to log in is slowed down on purpose.
        if (!isLater || m_token.isEmpty() || tried == mostTries || wait > longestWait)
            return answer;
        if (const Done rested = rest(std::max(wait, Duration(100))); !rested)
            return tl::unexpected(rested.error());
    }
}

/// The same file again is the same blob. It is sent anew only where there is time for that: in silence nobody is kept
/// before the command line for longer than a single try of the largest file takes.
Result<HttpAnswer> JmapClient::exchangeFile(HttpRequest request)
{
    const qint64 bytes = request.body.size();
    const Duration patience = m_patience.ofUpload(bytes, 0);
    request.waitWhileMoving(patience);
    QElapsedTimer since;
    since.start();
    Result<HttpAnswer> answer = exchange(request);
    const Duration waited(since.elapsed());
    const bool isSilence =
        !answer && answer.error().kind == ErrorKind::transient && m_patience.wasGivenUp(waited, bytes, 0);
    if (!isSilence || waited + patience > m_patience.silenceOfUpload)
        return answer;
    return exchange(std::move(request));
}

Done JmapClient::rest(Duration time)
{
    auto waited = std::make_shared<QPromise<bool>>();
    waited->start();
    QTimer::singleShot(time, [waited] {
        waited->addResult(true);
        waited->finish();
    });
    const auto done = awaitValue(waited->future(), m_interrupt);
    return done ? Done() : Done(tl::unexpected(done.error()));
}

Error JmapClient::errorOf(const HttpAnswer &answer) const
{
    const QJsonObject problem = QJsonDocument::fromJson(answer.body).object();
    Error error = Earshot::errorOf(answer, m_clock.now());
    const QString told = problem.value(QLatin1StringView("detail")).toString();
    error.detail =
        QStringLiteral("%1 answers %2 %3").arg(m_server.toString(), QString::number(answer.status), told).trimmed();
    if (answer.status == 401 && m_token.isEmpty())
        error.detail = told;
    else if (answer.status == 401)
        error.detail = QStringLiteral("%1 does not know this log-in (any more): earshotctl login --server %1 --user "
                                      "NAME")
                           .arg(m_server.toString());
    if (answer.status == 404)
        error = {ErrorKind::notFound, QStringLiteral("No Earshot server answers at %1").arg(m_server.toString()), {}};
    return error;
}

Result<QJsonObject> JmapClient::send(const QByteArray &method, const QString &path, const QJsonObject &body)
{
    HttpRequest wish = request(method, path);
    if (method != "GET") {
        wish.headers.emplaceBack("Content-Type", "application/json");
        wish.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
        wish.hasEffect = true;
    }
    const Result<HttpAnswer> answer = exchange(wish);
    if (!answer)
        return tl::unexpected(answer.error());
    if (answer->status == 204)
        return QJsonObject();
    if (answer->status != 200)
        return tl::unexpected(errorOf(*answer));
    return objectOf(*answer);
}

Done JmapClient::begin()
{
    const Result<QJsonObject> session = send("GET", QStringLiteral("/.well-known/jmap"), {});
    if (!session)
        return tl::unexpected(session.error());
    auto told = sessionFrom(*session, m_server);
    if (!told)
        return tl::unexpected(told.error());
    m_session = *std::move(told);
    return {};
}

/// @param calls [name, arguments]. @return [name, object, id], as many
Result<QJsonArray> JmapClient::post(const QJsonArray &calls, bool isRepeatable, Duration patience)
{
    QJsonArray methods;
    for (const QJsonValue &call : calls) {
        QJsonObject arguments = call.toArray().at(1).toObject();
        arguments.insert(QStringLiteral("accountId"), account());
        methods.append(QJsonArray{call.toArray().at(0), arguments, QString::number(methods.size())});
    }
    const QJsonObject body{{QStringLiteral("using"), QJsonArray{QStringLiteral("urn:ietf:params:jmap:core"),
                                                                QString::fromLatin1(deskCapability)}},
                           {QStringLiteral("methodCalls"), methods}};
    HttpRequest wish = request("POST", QStringLiteral("/jmap/api"));
    wish.headers.emplaceBack("Content-Type", "application/json");
    wish.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    wish.hasEffect = !isRepeatable;
    wish.waitWhileMoving(patience);
    const Result<HttpAnswer> answer = exchange(wish);
    if (!answer)
        return tl::unexpected(answer.error());
    if (answer->status != 200)
        return tl::unexpected(errorOf(*answer));
    const Result<QJsonObject> object = objectOf(*answer);
    if (!object)
        return tl::unexpected(object.error());
    const QJsonArray responses = object->value(QLatin1StringView("methodResponses")).toArray();
    if (responses.size() != calls.size())
        return fail(ErrorKind::malformed, QStringLiteral("%1 answers something else").arg(m_server.toString()));
    return responses;
}

Result<QJsonArray> JmapClient::callAll(const QJsonArray &calls, Duration patience)
{
    return post(calls, true, patience);
}

Result<QJsonObject> JmapClient::call(const QString &method, QJsonObject arguments, bool isRepeatable, Duration patience)
{
    QJsonArray call;
    call.append(method);
    call.append(arguments);
    QJsonArray calls;
    calls.append(call);
    const Result<QJsonArray> responses = post(calls, isRepeatable, patience);
    if (!responses)
        return tl::unexpected(responses.error());
    const QJsonArray response = responses->first().toArray();
    const QJsonObject told = response.at(1).toObject();
    if (response.at(0) == QLatin1StringView("error"))
        return tl::unexpected(methodErrorFrom(told));
    if (response.at(0) != method)
        return fail(ErrorKind::malformed, QStringLiteral("%1 answers something else").arg(m_server.toString()));
    return told;
}

Result<QByteArray> JmapClient::download(const QString &blob, qint64 from, qint64 most)
{
    HttpRequest wish = request("GET", QStringLiteral("/jmap/download/%1/%2/blob").arg(account(), blob));
    wish.url.setQuery(QStringLiteral("type=application/octet-stream"));
    wish.headers.emplaceBack("Range", "bytes=" + QByteArray::number(from) + '-' + QByteArray::number(from + most - 1));
    wish.waitWhileMoving(std::chrono::minutes(1));
    const Result<HttpAnswer> answer = exchange(wish);
    if (!answer)
        return tl::unexpected(answer.error());
    if (answer->status == 404)
        return fail(ErrorKind::notFound, blob);
    if (answer->status == 206)
        return answer->body;
    // A proxy that knows no ranges sends everything.
    if (answer->status == 200)
        return answer->body.mid(from, most);
    return tl::unexpected(errorOf(*answer));
}

Result<QString> JmapClient::upload(const QByteArray &bytes, const QString &type)
{
    HttpRequest wish = request("POST", QStringLiteral("/jmap/upload/%1/").arg(account()));
    wish.headers.emplaceBack("Content-Type", type.toLatin1());
    wish.body = bytes;
    const Result<HttpAnswer> answer = exchangeFile(wish);
    if (!answer)
        return tl::unexpected(answer.error());
    if (answer->status != 200 && answer->status != 201) {
        Error error = errorOf(*answer);
        if (answer->status == 413)
            error.kind = ErrorKind::tooLarge;
        if (answer->status == 415 || answer->status == 400)
            error = {ErrorKind::unsupported, QStringLiteral("%1 is not sent along").arg(type), {}};
        return tl::unexpected(error);
    }
    const Result<QJsonObject> object = objectOf(*answer);
    if (!object)
        return tl::unexpected(object.error());
    return object->value(QLatin1StringView("blobId")).toString();
}

} // namespace Earshot
