// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonclient.h"

#include "model/htmltext.h"
#include "networks/aside.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QUuid>

namespace Earshot {

namespace {

QJsonDocument parseJson(const QByteArray &body)
{
    return QJsonDocument::fromJson(body);
}

/// The sentence in an error's body. Bodies may be anything: HTML, empty, `error` an object.
QString messageIn(const QJsonDocument &body)
{
    const QJsonObject object = body.object();
    const QJsonValue error = object.value(QLatin1StringView("error"));
    QString text = error.toString();
    if (error.isObject())
        text = QString::fromUtf8(QJsonDocument(error.toObject()).toJson(QJsonDocument::Compact));
    const QString more = object.value(QLatin1StringView("error_description")).toString();
    if (!more.isEmpty())
        text += QLatin1StringView(": ") + more;
    return cleanLine(text, 300);
}

/// The scope that a call needs; servers do not say which one is missing.
QString scopeOf(const HttpRequest &request)
{
    const QString path = request.url.path();
    const bool isRead = request.method == "GET";
    if (path.contains(QLatin1StringView("/media")))
        return QStringLiteral("write:media");
    if (path.contains(QLatin1StringView("/notifications")))
        return isRead ? QStringLiteral("read:notifications") : QStringLiteral("write:notifications");
    if (path.endsWith(QLatin1StringView("/favourite")) || path.endsWith(QLatin1StringView("/unfavourite")))
        return QStringLiteral("write:favourites");
    if (path.contains(QLatin1StringView("/accounts/verify_credentials")))
        return QStringLiteral("read:accounts");
    return isRead ? QStringLiteral("read:statuses") : QStringLiteral("write:statuses");
}

bool speaksOfLength(const QString &message)
{
    return message.contains(QLatin1StringView("max chars"), Qt::CaseInsensitive) ||
           message.contains(QLatin1StringView("character limit"), Qt::CaseInsensitive) ||
           message.contains(QLatin1StringView("too long"), Qt::CaseInsensitive);
}

/// Path and query of the page that `Link` (RFC 8288) calls next. Only these are taken from the header and asked of our
/// own server, and only for the very endpoint that sent it: a token never follows a stranger's address.
QByteArray nextPage(const QByteArray &header, const QUrl &asked)
{
    const QList<QByteArray> links = header.split('<');
    for (const QByteArray &link : links) {
        const qsizetype close = link.indexOf('>');
        if (close < 0)
            continue;
        const QByteArray relation = link.mid(close).toLower();
        if (!relation.contains("rel=\"next\"") && !relation.contains("rel=next"))
            continue;
        const QUrl url = asked.resolved(QUrl::fromEncoded(link.left(close)));
        if (url.path(QUrl::FullyEncoded) != asked.path(QUrl::FullyEncoded))
            continue;
        return (url.path(QUrl::FullyEncoded) + QLatin1Char('?') + url.query(QUrl::FullyEncoded)).toLatin1();
    }
    return {};
}

/// `Mastodon-Async-Refresh: id="...", retry=3, result_count=2`
std::optional<Duration> refreshIn(const QByteArray &header)
{
    if (header.isEmpty())
        return {};
    static const QRegularExpression retry(QStringLiteral("(?:^|[,;\\s])retry\\s*=\\s*\"?(\\d{1,6})"));
    const auto match = retry.match(QString::fromLatin1(header.left(1000)));
    return std::chrono::seconds(match.hasMatch() ? match.captured(1).toInt() : 1);
}

/// A status that leaves open whether the server did it before it failed: a gateway's or the server's own breakdown. 503
/// too: it is also what proxies say when they gave up waiting.
bool leavesOpen(int status)
{
    return status == 408 || (status >= 500 && status != 501);
}

} // namespace

QByteArray idInPath(const QString &id)
{
    return QUrl::toPercentEncoding(id);
}

bool isMissing(const Error &error)
{
    return error.kind == ErrorKind::notFound || error.kind == ErrorKind::unsupported || error.kind == ErrorKind::gone;
}

MastodonClient::MastodonClient(QUrl baseUrl, Secret token, NetworkSetting setting, QObject *parent)
    : QObject(parent)
    , m_baseUrl(std::move(baseUrl))
    , m_token(std::move(token))
    , m_setting(setting)
{
}

HttpRequest MastodonClient::requestFor(const QByteArray &method, const QByteArray &pathAndQuery) const
{
    HttpRequest request;
    request.method = method;
    request.url = QUrl::fromEncoded(m_baseUrl.toEncoded(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment) +
                                    pathAndQuery);
    request.headers = {{"Accept", "application/json"}};
    if (isSignedIn())
        request.authorization = Secret("Bearer " + m_token.reveal());
    return request;
}

void MastodonClient::get(const QByteArray &pathAndQuery, QObject *context, Then then)
{
    exchange(requestFor("GET", pathAndQuery), context, std::move(then));
}

void MastodonClient::change(const QByteArray &method, const QByteArray &path, const QJsonObject &body,
                            const QByteArray &key, QObject *context, Then then)
{
    HttpRequest request = requestFor(method, path);
    request.hasEffect = true;
    // JSON, not the documented form: some servers take a form for "no fields" and publish an empty post.
    if (!body.isEmpty()) {
        request.headers.emplaceBack("Content-Type", "application/json");
        request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    }
    if (!key.isEmpty())
        request.headers.emplaceBack("Idempotency-Key", key);
    exchange(std::move(request), context, std::move(then));
}

void MastodonClient::upload(const QByteArray &content, const QString &mimeType, const QString &description,
                            QObject *context, Then then)
{
    HttpRequest request = requestFor("POST", "/api/v2/media");
    // Never sent twice by itself; an upload that was lost is no more than an unused file on the server.
    request.hasEffect = true;
    const QByteArray border = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    request.headers.emplaceBack("Content-Type", "multipart/form-data; boundary=" + border);
    QByteArray body;
    if (!description.isEmpty())
        body = "--" + border + "\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\n" +
               description.toUtf8() + "\r\n";
    const QByteArray extension = mimeType.section(QLatin1Char('/'), 1).section(QLatin1Char('+'), 0, 0).toLatin1();
    body += "--" + border + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file." + extension +
            "\"\r\nContent-Type: " + mimeType.toLatin1() + "\r\n\r\n" + content + "\r\n--" + border + "--\r\n";
    request.body = body;
    exchange(std::move(request), context, [then = std::move(then)](Result<MastodonReply> reply) {
        if (!reply && reply.error().kind == ErrorKind::unsure)
            reply.error().kind = ErrorKind::transient;
        if (!reply && reply.error().kind == ErrorKind::tooLong)
            reply.error() = {ErrorKind::policy, QStringLiteral("the file is too large for the server"), {}};
        then(std::move(reply));
    });
}

void MastodonClient::postForm(const QByteArray &path, const QByteArray &form, QObject *context, Then then)
{
    HttpRequest request = requestFor("POST", path);
    request.hasEffect = true;
    request.headers.emplaceBack("Content-Type", "application/x-www-form-urlencoded");
    request.body = form;
    exchange(std::move(request), context, std::move(then));
}

void MastodonClient::exchange(HttpRequest request, QObject *context, Then then)
{
    const auto future = m_setting.http->exchange(request);
    whenDone(future, context, [this, request, context, then = std::move(then)](const Result<HttpAnswer> &answer) {
        if (!answer) {
            then(tl::unexpected(answer.error()));
            return;
        }
        whenParsed(answer->body, parseJson, context,
                   [this, request, answer = *answer, then](const QJsonDocument &document) {
                       then(judge(request, answer, document));
                   });
    });
}

Result<MastodonReply> MastodonClient::judge(const HttpRequest &request, const HttpAnswer &answer,
                                            const QJsonDocument &document)
{
    m_clockOffset = Earshot::clockOffset(answer, now());
    // What is told with a post's answer is the limit of posting, which must not keep us from reading.
    if (!request.hasEffect)
        tellLimit(answer);
    if (answer.status < 200 || answer.status > 299)
        return tl::unexpected(errorFrom(request, answer, document));
    if (document.isNull())
        return fail(request.hasEffect ? ErrorKind::unsure : ErrorKind::malformed,
                    QStringLiteral("the answer is not JSON: %1").arg(request.url.path()));
    MastodonReply reply;
    reply.status = answer.status;
    reply.body = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    reply.refreshIn = refreshIn(answer.header("mastodon-async-refresh"));
    reply.hasLink = !answer.header("link").isEmpty();
    reply.next = nextPage(answer.header("link"), request.url);
    return reply;
}

Error MastodonClient::errorFrom(const HttpRequest &request, const HttpAnswer &answer,
                                const QJsonDocument &document) const
{
    Error error = errorOf(answer, now());
    const QString message = messageIn(document);
    error.detail = QStringLiteral("HTTP %1 %2").arg(answer.status).arg(message).trimmed();
    const bool wantsUser = message.contains(QLatin1StringView("authenticated user"), Qt::CaseInsensitive);
    if (!isSignedIn() && (answer.status == 401 || wantsUser)) {
        error.kind = ErrorKind::permission;
        error.detail += QStringLiteral(" (shown to signed-in accounts only)");
    } else if (answer.status == 403) {
        error.detail += QStringLiteral(" (needs scope %1)").arg(scopeOf(request));
    } else if (answer.status == 405 || answer.status == 501) {
        error.kind = ErrorKind::unsupported;
    } else if (answer.status == 400 || answer.status == 409 || answer.status == 422) {
        error.kind = speaksOfLength(message) ? ErrorKind::tooLong : ErrorKind::policy;
    } else if (request.hasEffect && leavesOpen(answer.status)) {
        error.kind = ErrorKind::unsure;
    }
    return error;
}

void MastodonClient::tellLimit(const HttpAnswer &answer)
{
    bool isNumber = false;
    const int remaining = answer.header("x-ratelimit-remaining").toInt(&isNumber);
    if (isNumber)
        Q_EMIT limitTold(remaining, limitReset(answer, now()));
}

} // namespace Earshot
