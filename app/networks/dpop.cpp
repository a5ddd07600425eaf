// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/dpop.h"

#include "networks/browsersignin.h"
#include "networks/hosts.h"
#include "networks/jsonvalues.h"

#include <QCryptographicHash>
#include <QJsonDocument>

#include <utility>

namespace Earshot {

namespace {

constexpr qsizetype longestNonce = 1000;
constexpr Duration clockTolerance = std::chrono::seconds(20);

QByteArray encoded(const QJsonObject &object)
{
    return urlSafe(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace

QByteArray dpopProof(const Es256Key &key, const QByteArray &method, const QUrl &url, const QString &nonce,
                     const Secret &token, Time now)
{
    const QJsonObject head{{QStringLiteral("typ"), QStringLiteral("dpop+jwt")},
                           {QStringLiteral("alg"), QStringLiteral("ES256")},
                           {QStringLiteral("jwk"), key.publicKey()}};
    QJsonObject claims{
        {QStringLiteral("jti"), QString::fromLatin1(makeNonce())},
        {QStringLiteral("htm"), QString::fromLatin1(method)},
        {QStringLiteral("htu"), url.toString(QUrl::FullyEncoded | QUrl::RemoveQuery | QUrl::RemoveFragment)},
        {QStringLiteral("iat"), toMs(now) / 1000}};
    if (!nonce.isEmpty())
        claims.insert(QStringLiteral("nonce"), nonce);
    if (!token.isEmpty())
        claims.insert(
            QStringLiteral("ath"),
            QString::fromLatin1(urlSafe(QCryptographicHash::hash(token.reveal(), QCryptographicHash::Sha256))));
    const QByteArray text = encoded(head) + '.' + encoded(claims);
    return text + '.' + urlSafe(key.sign(text));
}

bool isProofRefused(const HttpAnswer &answer)
{
    if (answer.status != 400 && answer.status != 401)
        return false;
    const QString error = textOf(QJsonDocument::fromJson(answer.body).object(), "error");
    const QByteArray header = answer.header("www-authenticate");
    return error == QLatin1StringView("use_dpop_nonce") || error == QLatin1StringView("invalid_dpop_proof") ||
           header.contains("error=\"use_dpop_nonce\"") || header.contains("error=\"invalid_dpop_proof\"");
}

DpopExchange::DpopExchange(Es256Key key, NetworkSetting setting, QObject *parent)
    : QObject(parent)
    , m_key(std::move(key))
    , m_setting(setting)
{
}

void DpopExchange::send(const HttpRequest &request, const Secret &token, QObject *context, Then then)
{
    attempt(request, token, false, context, then);
}

void DpopExchange::attempt(const HttpRequest &request, const Secret &token, bool isRepeat, QObject *context,
                           const Then &then)
{
    const QString origin = originOf(request.url);
    const Time now = m_setting.clock->now() + m_offsets.value(origin);
    HttpRequest proven = request;
    proven.headers.emplaceBack("DPoP",
                               dpopProof(m_key, request.method, request.url, m_nonces.value(origin), token, now));
    if (!token.isEmpty())
        proven.authorization = Secret("DPoP " + token.reveal());
    // A proof is for one address.
    proven.maxRedirects = 0;
    whenDone(m_setting.http->exchange(proven), context,
             [this, request, token, isRepeat, context, then](const Result<HttpAnswer> &answer) {
                 const bool isOther = answer && hear(request.url, *answer);
                 if (isOther && !isRepeat && isProofRefused(*answer))
                     attempt(request, token, true, context, then);
                 else
                     then(answer);
             });
}

bool DpopExchange::hear(const QUrl &url, const HttpAnswer &answer)
{
    const QString origin = originOf(url);
    bool isOther = false;
    const QString nonce = QString::fromLatin1(answer.header("dpop-nonce"));
    if (!nonce.isEmpty() && nonce.size() < longestNonce && m_nonces.value(origin) != nonce) {
        m_nonces.insert(origin, nonce);
        isOther = true;
    }
    // What a server told first stays until its clock is plainly another: answers are under way for some time, too.
    const bool isDated = !answer.header("date").isEmpty();
    const Duration offset = clockOffset(answer, m_setting.clock->now());
    if (isDated && std::chrono::abs(offset - m_offsets.value(origin)) > clockTolerance) {
        m_offsets.insert(origin, offset);
        isOther = true;
    }
    return isOther;
}

} // namespace Earshot
