// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/serveranswers.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Earshot {

namespace {

/// A person has to do something about it elsewhere; until then asking is of no use.
constexpr Duration untilSomebodyLogsIn = std::chrono::minutes(1);

/// A page where none of Earshot's can be: what is moved elsewhere, or asked for before anything else may be (RFC 6585).
bool isOfSomebodyElse(int status)
{
    return (status >= 200 && status < 400) || status == 511;
}

} // namespace

ServerAnswers::ServerAnswers(const QUrl &server, const Clock &clock)
    : m_server(server)
    , m_clock(clock)
{
}

bool ServerAnswers::isOfEarshot(const HttpAnswer &refusal)
{
    const QJsonObject problem = QJsonDocument::fromJson(refusal.body).object();
    return refusal.header("www-authenticate").contains("realm=\"earshot\"") ||
           (problem.value(QLatin1StringView("type")) == QLatin1StringView("about:blank") &&
            problem.value(QLatin1StringView("status")).toInt() == 401);
}

Parting ServerAnswers::parting(const HttpAnswer &refusal, const Secret &token)
{
    return partingIn(QJsonDocument::fromJson(refusal.body).object(), token);
}

Error ServerAnswers::error(const HttpAnswer &answer) const
{
    if (answer.status == 401 && !isOfEarshot(answer))
        return {
            ErrorKind::transient,
            QStringLiteral("something on the way to the server asks for a log-in of its own, as a hotel's page or a "
                           "proxy does"),
            m_clock.now() + untilSomebodyLogsIn};
    Error error = errorOf(answer, m_clock.now());
    const QString detail = QJsonDocument::fromJson(answer.body).object().value(QLatin1StringView("detail")).toString();
    error.detail =
        QStringLiteral("%1 answers %2 %3").arg(m_server.host(), QString::number(answer.status), detail).trimmed();
    if (answer.status == 404)
        error = {ErrorKind::notFound, QStringLiteral("no Earshot server answers at %1").arg(m_server.toString()), {}};
    if (isOfSomebodyElse(answer.status))
        error = {ErrorKind::malformed, QStringLiteral("%1 is no Earshot server").arg(m_server.toString()), {}};
    return error;
}

Result<QJsonObject> ServerAnswers::object(const HttpAnswer &answer) const
{
    if (answer.status != 200)
        return tl::unexpected(error(answer));
    const QJsonDocument document = QJsonDocument::fromJson(answer.body);
    if (!document.isObject())
        return fail(ErrorKind::malformed, QStringLiteral("%1 is no Earshot server").arg(m_server.toString()));
    return document.object();
}

Result<QList<ServerCall>> ServerAnswers::calls(const HttpAnswer &answer, qsizetype count) const
{
    const Result<QJsonObject> told = object(answer);
    if (!told)
        return tl::unexpected(told.error());
    QList<ServerCall> answers;
    for (const QJsonValue &response : told->value(QLatin1StringView("methodResponses")).toArray())
        answers.append({response[0].toString(), response[1].toObject()});
    if (answers.size() != count)
        return fail(ErrorKind::malformed, QStringLiteral("%1 answers something else").arg(m_server.toString()));
    return answers;
}

} // namespace Earshot
