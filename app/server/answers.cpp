// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/answers.h"

#include "model/words.h"

#include <QJsonDocument>

#include <algorithm>

namespace Earshot {

HttpReply jsonAnswer(const QJsonObject &object, int status)
{
    HttpReply answer;
    answer.status = status;
    answer.type = "application/json";
    answer.body = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return answer;
}

HttpReply problemAnswer(const Problem &problem)
{
    HttpReply answer = jsonAnswer(problem.toJson(), problem.status);
    answer.type = "application/problem+json";
    return answer;
}

HttpReply plainProblem(int status, const QString &detail)
{
    return problemAnswer({QStringLiteral("about:blank"),
                          status,
                          detail.isEmpty() ? QString::fromLatin1(reasonPhrase(status)) : detail,
                          {}});
}

HttpReply strangerAnswer()
{
    HttpReply answer = plainProblem(401);
    answer.headers.emplaceBack("WWW-Authenticate", "Bearer realm=\"earshot\"");
    return answer;
}

HttpReply partingAnswer(Parting parting, const QString &hash)
{
    if (parting == Parting::none)
        return strangerAnswer();
    HttpReply answer = strangerAnswer();
    QJsonObject problem = QJsonDocument::fromJson(answer.body).object();
    problem.insert(QStringLiteral("type"), partingType(parting));
    problem.insert(QStringLiteral("proof"), partingProof(parting, hash));
    answer.body = QJsonDocument(problem).toJson(QJsonDocument::Compact);
    return answer;
}

HttpReply laterAnswer(int status, Duration wait, const QString &detail)
{
    HttpReply answer = plainProblem(status, detail);
    const qint64 seconds = std::max<qint64>(1, (wait.count() + 999) / 1000);
    answer.headers.emplaceBack("Retry-After", QByteArray::number(seconds));
    return answer;
}

HttpReply troubleAnswer(const Error &error)
{
    return laterAnswer(503, std::chrono::seconds(5), word(error.kind));
}

} // namespace Earshot
