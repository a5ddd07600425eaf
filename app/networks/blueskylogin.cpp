// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskylogin.h"

#include "model/htmltext.h"
#include "networks/blueskyaddress.h"
#include "networks/browsersignin.h"
#include "networks/jsonvalues.h"

#include <QJsonDocument>

namespace Earshot {

namespace {

const auto passwordName = QStringLiteral("password");
const auto accessName = QStringLiteral("access");
const auto refreshName = QStringLiteral("refresh");
const auto endsName = QStringLiteral("ends");
const auto didName = QStringLiteral("did");
const auto handleName = QStringLiteral("handle");
const auto keyName = QStringLiteral("key");
const auto clientName = QStringLiteral("client");
const auto tokenUrlName = QStringLiteral("tokenUrl");

constexpr qint64 longestLife = 90'000; // seconds

} // namespace

Duration lifetimeOf(const QByteArray &token)
{
    const QByteArray claims = QByteArray::fromBase64(token.split('.').value(1), QByteArray::Base64UrlEncoding);
    const QJsonObject object = QJsonDocument::fromJson(claims).object();
    const qint64 seconds = valueOf(object, "exp").toInteger() - valueOf(object, "iat").toInteger();
    return seconds > 0 && seconds < longestLife ? std::chrono::seconds(seconds) : std::chrono::hours(1);
}

BlueskyLogin BlueskyLogin::from(const Secret &secret)
{
    BlueskyLogin login;
    if (!secret.reveal().startsWith('{')) {
        login.password = secret.reveal().trimmed();
        return login;
    }
    const QJsonObject object = QJsonDocument::fromJson(secret.reveal()).object();
    login.password = object.value(passwordName).toString().toUtf8();
    login.access = object.value(accessName).toString().toLatin1();
    login.refresh = object.value(refreshName).toString().toLatin1();
    login.accessEnds = timeFromMs(object.value(endsName).toInteger());
    login.did = object.value(didName).toString();
    login.handle = object.value(handleName).toString();
    login.key = Secret(object.value(keyName).toString().toLatin1());
    login.clientId = object.value(clientName).toString();
    login.tokenUrl = QUrl(object.value(tokenUrlName).toString());
    return login;
}

Secret BlueskyLogin::toSecret() const
{
    QJsonObject object{{accessName, QString::fromLatin1(access)},
                       {refreshName, QString::fromLatin1(refresh)},
                       {endsName, toMs(accessEnds)},
                       {didName, did},
                       {handleName, handle}};
    if (isOAuth()) {
        object.insert(keyName, QString::fromLatin1(key.reveal()));
        object.insert(clientName, clientId);
        object.insert(tokenUrlName, tokenUrl.toString(QUrl::FullyEncoded));
    } else {
        object.insert(passwordName, QString::fromUtf8(password));
    }
    return Secret(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

HttpRequest tokenRequest(const BlueskyLogin &login, const QList<std::pair<QByteArray, QString>> &form)
{
    HttpRequest request;
    request.method = "POST";
    request.url = login.tokenUrl;
    request.headers = {{"Accept", "application/json"}, {"Content-Type", "application/x-www-form-urlencoded"}};
    request.body = formOf(form + QList<std::pair<QByteArray, QString>>{{"client_id", login.clientId}});
    request.hasEffect = true;
    request.maxBody = 256LL * 1024;
    return request;
}

Result<BlueskyLogin> withTokens(BlueskyLogin login, const Result<HttpAnswer> &answer, Time now)
{
    if (!answer) {
        Error error = answer.error();
        if (error.kind == ErrorKind::unsure)
            error.kind = ErrorKind::transient;
        return tl::unexpected(error);
    }
    const QJsonObject told = QJsonDocument::fromJson(answer->body).object();
    if (answer->status != 200) {
        Error error = errorOf(*answer, now);
        error.detail = QStringLiteral("HTTP %1 %2 %3")
                           .arg(QString::number(answer->status), cleanLine(textOf(told, "error"), 60),
                                cleanLine(textOf(told, "error_description"), 200))
                           .trimmed();
        if (answer->status == 400 || answer->status == 401)
            error.kind = ErrorKind::authExpired;
        return tl::unexpected(error);
    }
    const QString sub = textOf(told, "sub");
    login.access = textOf(told, "access_token").toLatin1();
    if (login.access.isEmpty() || !isDid(sub))
        return fail(ErrorKind::malformed, QStringLiteral("the answer holds no token, or not whose it is"));
    // A token that is not bound to the key could be used by whoever saw it; one of another account would speak for it.
    if (textOf(told, "token_type").compare(QLatin1StringView("DPoP"), Qt::CaseInsensitive) != 0 ||
        !textOf(told, "scope").split(QLatin1Char(' ')).contains(QLatin1StringView("atproto")))
        return fail(ErrorKind::permission, QStringLiteral("the server gave another kind of token"));
    if (!login.did.isEmpty() && login.did != sub)
        return fail(ErrorKind::permission, QStringLiteral("signed in as %1, not as %2").arg(sub, login.did));
    login.did = sub;
    if (const QString refresh = textOf(told, "refresh_token"); !refresh.isEmpty())
        login.refresh = refresh.toLatin1();
    const qint64 seconds = valueOf(told, "expires_in").toInteger();
    const bool isBearable = seconds > 0 && seconds < longestLife;
    login.accessEnds = now + (isBearable ? Duration(std::chrono::seconds(seconds)) : lifetimeOf(login.access));
    return login;
}

} // namespace Earshot
