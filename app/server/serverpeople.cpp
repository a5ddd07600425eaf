// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Logging in and out: the part of Server that knows nothing of JMAP.

#include "model/future.h"
#include "server/answers.h"
#include "server/server.h"

#include <QJsonArray>

namespace Earshot {

namespace {

constexpr qsizetype longestPassword = 1024;

QJsonValue timeJson(Time time)
{
    return isKnown(time) ? QJsonValue(toIso(time)) : QJsonValue();
}

QJsonObject tokenJson(const TokenRecord &token, const Principal &principal)
{
    return {{QStringLiteral("id"), token.id},
            {QStringLiteral("name"), token.name},
            {QStringLiteral("device"), token.device},
            {QStringLiteral("createdAt"), toIso(token.createdAt)},
            {QStringLiteral("lastUsedAt"), timeJson(token.lastUsedAt)},
            {QStringLiteral("eraseAskedAt"), timeJson(token.eraseAskedAt)},
            {QStringLiteral("erasedAt"), timeJson(token.erasedAt)},
            {QStringLiteral("isCurrent"), token.id == principal.token}};
}

} // namespace

void Server::takeLogin(HttpConnection &connection)
{
    connection.readBody(m_options.limits.loginBytes, AgentId(),
                        [this, &connection](const QByteArray &body) { logIn(connection, body); });
}

void Server::logIn(HttpConnection &connection, const QByteArray &body)
{
    const auto object = parseJson(body);
    const QJsonValue name = object ? object->value(QLatin1StringView("name")) : QJsonValue();
    const QJsonValue password = object ? object->value(QLatin1StringView("password")) : QJsonValue();
    if (!name.isString() || !password.isString() || password.toString().size() > longestPassword) {
        refuse(connection, plainProblem(400, QStringLiteral("a log-in has name, password and device")));
        return;
    }
    LoginService::Wish wish;
    wish.name = name.toString();
    wish.password = Secret(password.toString().toUtf8());
    wish.deviceName = object->value(QLatin1StringView("device")).toString();
    wish.address = clientAddress(connection).toString();
    // Who asks far too much at an address does not use up what its colleagues may ask.
    const QString own = m_logins.isAtHome(wish.name, wish.address) ? wish.name.toCaseFolded() + u' ' : QString();
    if (slowsStranger(connection, QStringLiteral("login ") + own))
        return;
    whenDone(m_logins.logIn(wish), &connection,
             [this, &connection](const Result<LoginService::Answer> &answer) { answerLogin(connection, answer); });
}

void Server::answerLogin(HttpConnection &connection, const Result<LoginService::Answer> &answer)
{
    if (answer) {
        connection.answer(jsonAnswer({{QStringLiteral("token"), QString::fromLatin1(answer->token.reveal())},
                                      {QStringLiteral("id"), answer->tokenId},
                                      {QStringLiteral("device"), answer->device},
                                      {QStringLiteral("agent"), QString::number(answer->agent.value)},
                                      {QStringLiteral("name"), answer->name}}));
        return;
    }
    const Error &error = answer.error();
    const Duration wait = error.until - m_desk.workspace().clock().now();
    if (error.kind == ErrorKind::refused)
        connection.answer(plainProblem(401, QStringLiteral("name or password is wrong")));
    else if (error.kind == ErrorKind::rateLimited)
        connection.answer(laterAnswer(429, wait, QStringLiteral("too many attempts")));
    else
        connection.answer(laterAnswer(503, wait, word(error.kind)));
}

void Server::listTokens(HttpConnection &connection, const Principal &principal)
{
    const auto list = m_desk.workspace().read<QList<TokenRecord>>(
        [agent = principal.agent](Database &database) { return loadTokens(database, agent); });
    whenDone(list, &connection, [&connection, principal](const Result<QList<TokenRecord>> &tokens) {
        if (!tokens) {
            connection.answer(troubleAnswer(tokens.error()));
            return;
        }
        QJsonArray all;
        for (const TokenRecord &token : *tokens)
            all.append(tokenJson(token, principal));
        connection.answer(jsonAnswer({{QStringLiteral("tokens"), all}}));
    });
}

void Server::dropToken(HttpConnection &connection, const Principal &principal)
{
    revoke(connection, principal, connection.head().path.section(u'/', -1));
}

void Server::logOut(HttpConnection &connection, const Principal &principal)
{
    revoke(connection, principal, principal.token);
}

/// A device whose token is no good (any more) hears why, where that concerns what it keeps.
void Server::sayWhoIsNot(HttpConnection &connection)
{
    m_authenticator.explain(connection.head().header("authorization"), &connection,
                            [&connection](const Authenticator::Farewell &farewell) {
                                connection.answer(partingAnswer(farewell.parting, farewell.hash));
                            });
}

/// A device that was told to erase what it kept says that it has, by its token or what it keeps of that: the one thing
/// that either is still good for.
void Server::takeErased(HttpConnection &connection)
{
    if (slowsStranger(connection, QStringLiteral("erased ")))
        return;
    connection.readBody(m_options.limits.loginBytes, AgentId(), [this, &connection](const QByteArray &body) {
        const auto note = [this, &connection](const Authenticator::Farewell &farewell) {
            noteErased(connection, farewell);
        };
        const auto object = parseJson(body);
        const QString token = object ? object->value(QLatin1StringView("token")).toString() : QString();
        if (token.isEmpty())
            m_authenticator.explain(connection.head().header("authorization"), &connection, note);
        else
            m_authenticator.explainErased(token, object->value(QLatin1StringView("proof")).toString(), &connection,
                                          note);
    });
}

void Server::noteErased(HttpConnection &connection, const Authenticator::Farewell &farewell)
{
    if (farewell.parting != Parting::erase) {
        connection.answer(partingAnswer(farewell.parting, farewell.hash));
        return;
    }
    const AccessLine line{{}, QStringLiteral("erased"), {}, {}, clientAddress(connection).toString(), farewell.tokenId,
                          {}};
    const auto noted = m_desk.workspace().write<bool>(Urgency::interactive, [line](Writing &writing) {
        if (storeErased(writing, line.token))
            logAccess(writing, line);
        return writing.database().result(true);
    });
    whenDone(noted, &connection, [&connection](const Result<bool> &result) {
        HttpReply done;
        done.status = 204;
        connection.answer(result ? done : troubleAnswer(result.error()));
    });
}

void Server::revoke(HttpConnection &connection, const Principal &principal, const QString &token)
{
    const AccessLine line{
        {}, QStringLiteral("tokenRevoked"), principal.agent, {}, clientAddress(connection).toString(), token, {}};
    const auto revoked = m_desk.workspace().write<bool>(
        Urgency::interactive, [token, agent = principal.agent, line](Writing &writing) -> Result<bool> {
            const bool isRevoked = revokeToken(writing, token, agent);
            if (isRevoked)
                logAccess(writing, line);
            return isRevoked;
        });
    whenDone(revoked, &connection, [this, token, &connection](const Result<bool> &result) {
        m_authenticator.forget(token);
        HttpReply done;
        done.status = 204;
        if (!result)
            connection.answer(troubleAnswer(result.error()));
        else
            connection.answer(*result ? done : plainProblem(404));
    });
}

} // namespace Earshot
