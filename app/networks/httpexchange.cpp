// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/httpexchange.h"

#include "networks/proxywords.h"
#include "networks/readoncedevice.h"

#include <QNetworkAccessManager>
#include <QNetworkRequest>

#include <algorithm>

namespace Earshot {

namespace {

constexpr qint64 readBuffer = 256 * 1024;
constexpr Duration longestTick = std::chrono::seconds(1);

/// What is wrong with a certificate, in words that a screen knows (ErrorText).
QString wordsOf(const QSslError &error)
{
    switch (error.error()) {
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
        return QStringLiteral("it is self-signed");
    case QSslError::HostNameMismatch:
        return QStringLiteral("it is for another host name");
    case QSslError::CertificateExpired:
        return QStringLiteral("it has expired");
    case QSslError::CertificateNotYetValid:
        return QStringLiteral("it is not valid yet");
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return QStringLiteral("its issuer is not known");
    default:
        return error.errorString();
    }
}

bool isOneOf(const QByteArray &lowerName, std::initializer_list<const char *> names)
{
    return std::ranges::any_of(names, [&lowerName](const char *name) { return lowerName == name; });
}

/// Headers that are never a caller's to set.
bool isOurBusiness(const QByteArray &lowerName)
{
    return isOneOf(lowerName, {"host", "content-length", "transfer-encoding", "connection", "keep-alive", "upgrade",
                               "te", "trailer", "expect", "user-agent", "cookie", "cookie2", "authorization",
                               "proxy-authorization", "accept-encoding"});
}

/// What another origin may learn after a redirect.
bool isHarmless(const QByteArray &lowerName)
{
    return isOneOf(lowerName, {"accept", "accept-language", "if-none-match", "if-modified-since", "range"});
}

bool hasLineBreak(const QByteArray &text)
{
    return text.contains('\r') || text.contains('\n') || text.contains('\0');
}

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    const int standard = a.scheme() == QLatin1StringView("https") ? 443 : 80;
    return a.scheme() == b.scheme() && a.host() == b.host() && a.port(standard) == b.port(standard);
}

QUrl withoutExtras(const QUrl &url)
{
    // A name and password in the address would be used to answer a 401, with a request of QNetworkAccessManager's own.
    return url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
}

/// QNetworkAccessManager calls statuses errors too; those came with an answer.
bool isStatusOnly(QNetworkReply::NetworkError error, int status)
{
    if (error == QNetworkReply::NoError)
        return status > 0;
    // It wants to send the body again before it lets anyone decide about the redirect.
    if (error == QNetworkReply::ContentReSendError)
        return status == 307 || status == 308;
    return status >= 400 && error > QNetworkReply::UnknownProxyError;
}

bool isProxyAsking(QNetworkReply::NetworkError error, int status)
{
    return error == QNetworkReply::ProxyAuthenticationRequiredError || status == 407;
}

QByteArray joined(const QByteArray &earlier, const QByteArray &value)
{
    return earlier.isEmpty() ? value : QByteArray(earlier + ", " + value);
}

} // namespace

HttpExchange::HttpExchange(std::shared_ptr<QNetworkAccessManager> network, const std::optional<QSslConfiguration> &ssl,
                           HttpRequest request, QObject *parent)
    : QObject(parent)
    , m_network(std::move(network))
    , m_ssl(ssl)
    , m_request(std::move(request))
    , m_url(withoutExtras(m_request.url))
{
    m_promise.start();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &HttpExchange::onTick);
}

HttpExchange::~HttpExchange()
{
    Q_ASSERT(m_hasEnded);
    dropReply();
}

void HttpExchange::start()
{
    m_lastHeard = uptime();
    m_deadline = m_lastHeard + std::max(m_request.timeout, Duration(1));
    armTimer();
    m_visited.insert(m_url.toString(QUrl::FullyEncoded) + QLatin1Char('\n'));
    send();
}

void HttpExchange::cancel()
{
    endWithError(QNetworkReply::OperationCanceledError, ErrorKind::cancelled, QStringLiteral("cancelled"));
}

void HttpExchange::armTimer()
{
    const Duration left = std::max(m_deadline - uptime(), Duration(1));
    m_timer.start(std::min(left, longestTick));
}

void HttpExchange::onTick()
{
    if (m_promise.isCanceled()) {
        cancel();
        return;
    }
    m_hasWaitedInVain = uptime() >= m_deadline || isSilent();
    if (m_hasWaitedInVain)
        endWithError(QNetworkReply::TimeoutError, ErrorKind::transient, QStringLiteral("no answer in time"));
    else
        armTimer();
}

/// A connection that is dead says nothing, and does not say so.
bool HttpExchange::isSilent() const
{
    return m_request.longestSilence > Duration(0) && uptime() - m_lastHeard >= m_request.longestSilence;
}

void HttpExchange::send()
{
    const QNetworkRequest request = preparedRequest();
    if (m_request.hasEffect) {
        listenTo(sendEffect(request));
        return;
    }
    const bool hasBody = !m_request.body.isEmpty();
    if (m_request.method == "GET" && !hasBody)
        listenTo(m_network->get(request));
    else if (m_request.method == "HEAD")
        listenTo(m_network->head(request));
    else
        listenTo(m_network->sendCustomRequest(request, m_request.method, m_request.body));
}

QNetworkRequest HttpExchange::preparedRequest() const
{
    QNetworkRequest request(m_url);
    if (m_ssl)
        request.setSslConfiguration(*m_ssl);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::HttpPipeliningAllowedAttribute, false);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    // Qt's own guard goes by the ratio; ours by the bytes that come out (readBody).
    request.setDecompressedSafetyCheckThreshold(-1);
    addHeaders(request);
    return request;
}

void HttpExchange::addHeaders(QNetworkRequest &request) const
{
    const bool isHome = isSameOrigin(m_url, m_request.url);
    for (const auto &[name, value] : m_request.headers) {
        const QByteArray lowerName = name.toLower();
        if (isOurBusiness(lowerName) || hasLineBreak(name) || hasLineBreak(value) || !(isHome || isHarmless(lowerName)))
            continue;
        const QByteArray earlier = request.rawHeader(name);
        request.setRawHeader(name, joined(earlier, value));
    }
    request.setRawHeader("User-Agent", "Earshot/" EARSHOT_VERSION " (+https://earshot.example)");
    if (const QByteArray returned = cookies(); !returned.isEmpty())
        request.setRawHeader("Cookie", returned);
    if (isHome && !m_request.authorization.isEmpty() && !hasLineBreak(m_request.authorization.reveal()))
        request.setRawHeader("Authorization", m_request.authorization.reveal());
}

/// The only way by which anything with an effect leaves. QNetworkAccessManager cannot repeat it: the body, even an
/// empty one, cannot be rewound, and it may not keep a copy (see ReadOnceDevice).
QNetworkReply *HttpExchange::sendEffect(const QNetworkRequest &request)
{
    Q_ASSERT(!m_body);
    m_body = new ReadOnceDevice(m_request.body, nullptr);
    QNetworkRequest once(request);
    once.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    once.setHeader(QNetworkRequest::ContentLengthHeader, m_request.body.size());
    QNetworkReply *reply = m_network->sendCustomRequest(once, m_request.method, m_body);
    m_body->setParent(reply);
    return reply;
}

void HttpExchange::listenTo(QNetworkReply *reply)
{
    m_reply = reply;
    reply->setReadBufferSize(readBuffer);
    connect(reply, &QNetworkReply::requestSent, this, [this] { m_wasRequestSent = true; });
    connect(reply, &QNetworkReply::sslErrors, this, &HttpExchange::onSslErrors);
    connect(reply, &QNetworkReply::metaDataChanged, this, &HttpExchange::onHeaders);
    connect(reply, &QNetworkReply::readyRead, this, &HttpExchange::onReadyRead);
    connect(reply, &QNetworkReply::uploadProgress, this, &HttpExchange::onProgress);
    connect(reply, &QNetworkReply::finished, this, &HttpExchange::onFinished);
}

void HttpExchange::dropReply()
{
    if (QNetworkReply *reply = std::exchange(m_reply, nullptr)) {
        if (m_body)
            m_body->seal();
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
    }
}

void HttpExchange::onSslErrors(const QList<QSslError> &errors)
{
    QStringList words;
    for (const QSslError &error : errors.first(std::min<qsizetype>(errors.size(), 3)))
        words += wordsOf(error);
    m_tlsDetail = QStringLiteral("the certificate is not trusted: ") + words.join(QStringLiteral("; "));
}

bool HttpExchange::isRedirect() const
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool isMove = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    const bool isAsking = m_request.method == "GET" || m_request.method == "HEAD";
    return isMove && isAsking && !m_request.hasEffect && m_request.maxRedirects > 0 &&
           !m_reply->rawHeader("Location").isEmpty();
}

void HttpExchange::onHeaders()
{
    if (isRedirect()) {
        follow();
        return;
    }
    const qint64 announced = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    if (m_request.method != "HEAD" && announced > m_request.maxBody)
        endWithError(QNetworkReply::UnknownContentError, ErrorKind::tooLarge,
                     QStringLiteral("an answer of %1 bytes").arg(announced));
}

void HttpExchange::follow()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QUrl location = QUrl::fromEncoded(m_reply->rawHeader("Location").trimmed());
    const QUrl target = withoutExtras(m_url.resolved(location));
    keepCookies();
    dropReply();
    if (!location.isValid() || !target.isValid() || target.host().isEmpty() ||
        (target.scheme() != QLatin1StringView("http") && target.scheme() != QLatin1StringView("https"))) {
        end(fail(ErrorKind::malformed, QStringLiteral("a redirect to no http or https address")));
        return;
    }
    if (m_url.scheme() == QLatin1StringView("https") && target.scheme() == QLatin1StringView("http")) {
        end(fail(ErrorKind::malformed, QStringLiteral("a redirect from https to http")));
        return;
    }
    m_url = target;
    // Some lead in a circle to see whether a cookie comes back.
    const QString key = target.toString(QUrl::FullyEncoded) + QLatin1Char('\n') + QString::fromLatin1(cookies());
    if (++m_redirects > m_request.maxRedirects || m_visited.contains(key)) {
        end(fail(ErrorKind::malformed, QStringLiteral("too many redirects")));
        return;
    }
    m_visited.insert(key);
    m_isMoveUnbroken = m_isMoveUnbroken && (status == 301 || status == 308);
    if (m_isMoveUnbroken)
        m_movedTo = target;
    m_received.clear();
    send();
}

void HttpExchange::keepCookies()
{
    constexpr qsizetype most = 50;
    constexpr qsizetype longest = 4096;
    QMap<QByteArray, QByteArray> &own = m_cookies[m_url.host()];
    // QNetworkReply joins repeated ones by a line end.
    const QList<QByteArray> lines = m_reply->rawHeader("Set-Cookie").split('\n');
    for (const QByteArray &line : lines) {
        const QByteArray pair = line.split(';').constFirst().trimmed();
        const qsizetype equals = pair.indexOf('=');
        if (equals > 0 && pair.size() <= longest && !hasLineBreak(pair) && own.size() < most)
            own.insert(pair.left(equals), pair.mid(equals + 1));
    }
}

QByteArray HttpExchange::cookies() const
{
    QByteArray header;
    const QMap<QByteArray, QByteArray> own = m_cookies.value(m_url.host());
    for (auto it = own.cbegin(); it != own.cend(); ++it)
        header += (header.isEmpty() ? "" : "; ") + it.key() + '=' + it.value();
    return header;
}

void HttpExchange::onProgress(qint64 sent)
{
    if (sent > std::exchange(m_sent, sent))
        m_lastHeard = uptime();
}

void HttpExchange::onReadyRead()
{
    if (!readBody())
        endWithError(QNetworkReply::UnknownContentError, ErrorKind::tooLarge,
                     QStringLiteral("more than %1 bytes").arg(m_request.maxBody));
}

/// Takes what is there, never more than the limit and a chunk; false when that is too much.
bool HttpExchange::readBody()
{
    constexpr qint64 chunk = 64 * 1024;
    for (;;) {
        const QByteArray bytes = m_reply->read(chunk);
        if (bytes.isEmpty())
            return true;
        m_lastHeard = uptime();
        m_received += bytes;
        if (m_received.size() > m_request.maxBody)
            return false;
    }
}

/// A body shorter than announced that Qt took for whole.
bool HttpExchange::isTruncated() const
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_request.method == "HEAD" || status == 204 || status == 304 || m_reply->hasRawHeader("Content-Encoding") ||
        m_reply->error() == QNetworkReply::ContentReSendError)
        return false;
    bool isNumber = false;
    const qint64 announced = m_reply->rawHeader("Content-Length").toLongLong(&isNumber);
    return isNumber && m_received.size() < announced;
}

void HttpExchange::onFinished()
{
    const QNetworkReply::NetworkError error = m_reply->error();
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (isStatusOnly(error, status) && !isProxyAsking(error, status)) {
        if (!readBody())
            endWithError(QNetworkReply::UnknownContentError, ErrorKind::tooLarge,
                         QStringLiteral("more than %1 bytes").arg(m_request.maxBody));
        else if (isTruncated())
            endWithError(QNetworkReply::RemoteHostClosedError, ErrorKind::transient,
                         QStringLiteral("the answer breaks off"));
        else
            end(takeAnswer());
        return;
    }
    if (isProxyAsking(error, status)) {
        endWithError(error, ErrorKind::transient, proxyAsks());
        return;
    }
    QString detail = m_tlsDetail.isEmpty() ? m_reply->errorString() : m_tlsDetail;
    if (error == QNetworkReply::ContentReSendError) // Qt calls it unknown
        detail = QStringLiteral("the connection closed before the answer");
    const bool isBroken = error == QNetworkReply::UnknownContentError || error == QNetworkReply::ProtocolFailure ||
                          error == QNetworkReply::NoError;
    const ErrorKind kind = isBroken ? ErrorKind::malformed : ErrorKind::transient;
    endWithError(error, m_tlsDetail.isEmpty() ? kind : ErrorKind::certificate, detail);
}

/// Whether a request with an effect may have reached the other end when it fails like this.
bool HttpExchange::mayHaveArrived(QNetworkReply::NetworkError error) const
{
    if (!m_request.hasEffect || !m_body)
        return false;
    if (m_body->isTouched() || m_wasRequestSent)
        return true;
    // Not a byte of the body was taken, so no server has the request. Where there is none, only errors that come
    // before the request count: what the other thread wrote since may not be known here yet.
    const bool isBefore = error == QNetworkReply::ConnectionRefusedError || error == QNetworkReply::HostNotFoundError ||
                          error == QNetworkReply::SslHandshakeFailedError ||
                          error == QNetworkReply::ProxyConnectionRefusedError ||
                          error == QNetworkReply::ProxyNotFoundError;
    return m_request.body.isEmpty() && !isBefore;
}

void HttpExchange::endWithError(QNetworkReply::NetworkError error, ErrorKind kind, const QString &detail)
{
    end(fail(mayHaveArrived(error) ? ErrorKind::unsure : kind, detail));
}

HttpAnswer HttpExchange::takeAnswer()
{
    HttpAnswer answer;
    answer.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.url = m_url;
    answer.movedTo = m_movedTo;
    answer.body = std::move(m_received);
    for (const auto &[name, value] : m_reply->rawHeaderPairs()) {
        // Qt joins repeated headers by ", " already, cookies by a line end.
        QByteArray &known = answer.headers[name.toLower()];
        known = joined(known, value);
    }
    return answer;
}

void HttpExchange::end(Result<HttpAnswer> result)
{
    if (std::exchange(m_hasEnded, true))
        return;
    m_timer.stop();
    dropReply();
    // The promise outlives this object: a continuation may destroy the transport.
    QPromise<Result<HttpAnswer>> promise = std::move(m_promise);
    Q_EMIT ended();
    promise.addResult(std::move(result));
    promise.finish();
}

} // namespace Earshot
