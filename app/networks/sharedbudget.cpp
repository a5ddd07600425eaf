// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/sharedbudget.h"

#include "model/future.h"
#include "networks/jsonvalues.h"

#include <QCryptographicHash>
#include <QJsonDocument>

#include <algorithm>

namespace Earshot {

namespace {

/// Signing in has a limit of the account's own, whatever the headers say.
bool isOwnLimit(const HttpRequest &request)
{
    return request.url.path().endsWith(QLatin1StringView("/com.atproto.server.createSession"));
}

/// Of the reference server, per account (https://docs.bsky.app/docs/advanced-guides/rate-limits).
const std::vector<PointLimit> writeLimits{{std::chrono::hours(1), 5'000}, {std::chrono::hours(24), 35'000}};

/// What a request costs of that.
int pointsOf(const HttpRequest &request)
{
    static const QHash<QString, int> costs{{QStringLiteral("/xrpc/com.atproto.repo.createRecord"), 3},
                                           {QStringLiteral("/xrpc/com.atproto.repo.putRecord"), 2},
                                           {QStringLiteral("/xrpc/com.atproto.repo.deleteRecord"), 1}};
    return request.hasEffect ? costs.value(request.url.path()) : 0;
}

QString accountOf(const HttpRequest &request, const QString &server)
{
    return server + QLatin1Char(' ') + textOf(QJsonDocument::fromJson(request.body).object(), "repo");
}

/// Which of the server's limits a change falls under beside that of all calls.
QString bucketOf(const HttpRequest &request, const QString &server)
{
    if (pointsOf(request) > 0)
        return accountOf(request, server);
    const QByteArray who =
        QCryptographicHash::hash(request.authorization.reveal(), QCryptographicHash::Sha256).first(9).toBase64();
    return server + QLatin1Char(' ') + request.url.path() + QLatin1Char(' ') + QString::fromLatin1(who);
}

} // namespace

SharedBudget::SharedBudget(std::unique_ptr<HttpTransport> http, const Clock &clock)
    : m_http(std::move(http))
    , m_clock(clock)
    , m_writes(writeLimits)
    , m_context(std::make_unique<QObject>())
{
}

SharedBudget::~SharedBudget() = default;

QFuture<Result<HttpAnswer>> SharedBudget::exchange(HttpRequest request)
{
    const QString server = request.url.authority(QUrl::FullyEncoded);
    if (isOwnLimit(request))
        return m_http->exchange(std::move(request));
    const QString bucket = request.hasEffect ? bucketOf(request, server) : server;
    const Time until = std::max(m_spentUntil.value(server), m_spentUntil.value(bucket));
    if (until > m_clock.now())
        return readyFuture(Result<HttpAnswer>(
            fail(ErrorKind::rateLimited, QStringLiteral("the limit of %1 is spent").arg(server), until)));
    if (const int points = pointsOf(request); points > 0) {
        const QString account = accountOf(request, server);
        if (const Time at = m_writes.mayBeginAt(account, points, m_clock.now()); at > m_clock.now())
            return readyFuture(Result<HttpAnswer>(
                fail(ErrorKind::rateLimited, QStringLiteral("the account's points at %1 are spent").arg(server), at)));
        m_writes.spend(account, points, m_clock.now());
    }
    QFuture<Result<HttpAnswer>> future = m_http->exchange(std::move(request));
    whenDone(future, m_context.get(), [this, bucket](const Result<HttpAnswer> &answer) {
        if (answer)
            learn(bucket, *answer);
    });
    return future;
}

void SharedBudget::learn(const QString &bucket, const HttpAnswer &answer)
{
    if (answer.header("ratelimit-policy").isEmpty())
        return;
    const bool isSpent = answer.status == 429 || answer.header("ratelimit-remaining").trimmed() == "0";
    if (isSpent)
        m_spentUntil.insert(bucket, retryTime(answer, m_clock.now()));
    else
        m_spentUntil.remove(bucket);
}

} // namespace Earshot
