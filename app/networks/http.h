// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"
#include "model/secret.h"

#include <QByteArray>
#include <QFuture>
#include <QHash>
#include <QList>
#include <QUrl>

#include <utility>

namespace Earshot {

/// One request. `Authorization` is a secret of its own, so that a request can be logged.
struct HttpRequest
{
    QByteArray method = "GET";
    QUrl url;
    QList<std::pair<QByteArray, QByteArray>> headers;
    Secret authorization; ///< the header's whole value; sent to `url`'s host only, never along a redirect to another
    QByteArray body;
    bool hasEffect = false; ///< changes something at the other end: sent at most once, never redirected
    Duration timeout = std::chrono::seconds(30); ///< until the whole answer is there
    Duration longestSilence{0};                  ///< without a byte taken or come; 0 = any
    qint64 maxBody = 16 * 1024 * 1024;           ///< more bytes (after decompression) end it with tooLarge
    int maxRedirects = 5;

    /// However slow the line is, as long as anything moves on it.
    void waitWhileMoving(Duration silence)
    {
        timeout = std::chrono::hours(12);
        longestSilence = silence;
    }
};

struct HttpAnswer
{
    int status = 0;
    QUrl url;                              ///< where it came from, after redirects
    QUrl movedTo;                          ///< the end of an unbroken chain of 301/308 from the start, else empty
    QHash<QByteArray, QByteArray> headers; ///< names in lower case; repeated ones joined by ", "
    QByteArray body;

    [[nodiscard]] QByteArray header(const QByteArray &lowerCaseName) const { return headers.value(lowerCaseName); }
};

/// Carries requests. Lives on the network thread; `exchange` is called there and its future ends there, exactly once.
/// Any HTTP status is an answer, not an error. Errors: transient (nothing reached the other end, or a request without
/// effect failed), unsure (hasEffect and it may have arrived), tooLarge, malformed, cancelled (transport destroyed),
/// invalid (not http/https).
/// The real one is `NetworkTransport`; fakes answer in the same process.
class HttpTransport
{
public:
    virtual ~HttpTransport() = default;
    [[nodiscard]] virtual QFuture<Result<HttpAnswer>> exchange(HttpRequest request) = 0;
};

/// Time since the machine started, asleep or awake: a deadline must not move because a lid was closed. Thread-safe.
[[nodiscard]] Duration uptime();

/// The error of an answer that is not 2xx, by the rules that all networks share: 401 authExpired, 403 permission,
/// 404 notFound, 410 gone, 413 tooLong, 429 and 503 rateLimited/transient with `until` from Retry-After (seconds or
/// date) or X-RateLimit-Reset (ISO time or epoch seconds), corrected by the answer's own Date; 5xx transient; else
/// unknown.
[[nodiscard]] Error errorOf(const HttpAnswer &answer, Time now);

/// How far the other end's clock is ahead of ours, by the answer's Date (and Age); 0 when it has none.
[[nodiscard]] Duration clockOffset(const HttpAnswer &answer, Time now);

/// The time at which a rate-limited answer may be repeated, from the headers above; not known when there is none.
[[nodiscard]] Time retryTime(const HttpAnswer &answer, Time now);

/// When what the server counts begins anew, limited or not; not known when it does not say.
[[nodiscard]] Time limitReset(const HttpAnswer &answer, Time now);

} // namespace Earshot
